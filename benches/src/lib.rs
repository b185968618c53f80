//! Generated order files, and the work that is measured on them.
//!
//! [`generate`] makes realistic files from fixed seeds: the same bytes on every machine. [`measure`] does
//! one pass over such a file, from a plain scan of its bytes (the floor that every number is compared
//! with) to the text of canonical orders. The criterion benches, the `ratio` program and the comparison
//! with other libraries all use these two, so that they speak about the same bytes and the same work.

pub mod edi;
pub mod generate;
pub mod measure;
