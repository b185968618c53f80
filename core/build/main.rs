//! Build script: prints the built-in tables as Rust statics.
fn main() {}
