//! The channel language of `ordnorm`: vocabulary, parser, checks, table builder.
//!
//! A channel is a text of 20 to 100 lines that says how the messages of one sender or one format
//! become canonical orders. [`compile`] turns such a text into a [`table::Channel`], a handful of
//! typed slices in the caller's memory. `no_std`, no allocation, no recursion. The language itself is
//! described in `docs/channels.md`.
#![no_std]
#![forbid(unsafe_code)]

#[cfg(test)]
extern crate std;

mod calm;
mod compile;
pub mod error;
mod path;
mod sound;
pub mod table;
pub mod vocabulary;
mod words;

pub use compile::{Arena, Storage, compile};
pub use error::{ChannelError, ErrorKind};
