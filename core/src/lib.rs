//! The canonical order.
#![no_std]
#![forbid(unsafe_code)]

pub mod value;
