#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ordnorm_fuzz::checks::form(bytes));
