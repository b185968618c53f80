//! Build script: prints the built-in tables as Rust statics.
mod channels;
mod values;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    values::write()?;
    channels::write()
}
