//! Build script: prints the built-in tables as Rust statics.
mod values;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    values::write()
}
