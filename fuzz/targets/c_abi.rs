#![no_main]

#[path = "../src/c_abi.rs"]
mod c_abi;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| c_abi::c_abi(bytes));
