//! What the fuzz targets check; `tests/regressions.rs` uses the same files.
#![allow(missing_docs)]

pub mod checks;
pub mod naive;
