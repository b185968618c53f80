//! **An order message of any channel in, one canonical order out.** `no_std`, no allocation, no panic.
#![no_std]
#![forbid(unsafe_code)]
#![allow(clippy::cast_possible_truncation)]

#[cfg(test)]
extern crate std;

pub mod channel;
pub mod check;
pub mod limits;
pub mod normalize;
pub mod order;
pub mod syntax;
pub mod value;

pub use ordnorm_chan as chan;
