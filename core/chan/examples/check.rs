//! Compiles channel files and says what is wrong with them: `cargo run --example check FILE…`
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let mut storage = Box::new(ordnorm_chan::Storage::<1024>::new());
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
