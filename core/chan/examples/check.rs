//! Compiles channel files and says what is wrong with them: `cargo run --example check FILE…`
fn main() {
    for path in std::env::args().skip(1) {
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                println!("{path}: {error}");
                continue;
            }
        };
        let mut storage = Box::new(ordnorm_chan::Storage::<512>::new());
        match ordnorm_chan::compile(&text, &|_| None, storage.arena()) {
            Ok(c) => println!(
                "{path}: {} rules, {} cells, {} sections, {} names, {} nodes, {} keys, {} bytes of text",
                c.rules.len(),
                c.cells.len(),
                c.sections.len(),
                c.names.len(),
                c.nodes.len(),
                c.keys.len(),
                c.text.len()
            ),
            Err(e) => println!("{path}: {e}"),
        }
    }
}
