//! The built-in channels, compiled from `core/channels/*.chan` when the library is built.

#![allow(clippy::unreadable_literal)]

include!(concat!(env!("OUT_DIR"), "/channels.rs"));
