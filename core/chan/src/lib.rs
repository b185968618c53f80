//! The channel language.
#![no_std]
#![forbid(unsafe_code)]

pub mod vocabulary;
