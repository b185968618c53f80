//! `--explain`
use crate::input::Input;
use ordnorm::channel::{Options, Registry};
pub fn show(_: &str, _: &Input, _: &Registry<'_>, _: &Options<'_>) -> u8 { 0 }
