//! `--detect`
use crate::channels::Loaded;
use crate::input::Input;
pub fn show(_: &str, _: &Input, _: &Loaded) -> u8 { 0 }
