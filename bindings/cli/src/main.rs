//! temporary
use ordnorm::channel::{Options, Registry};
use ordnorm::normalize::{Memory, Reader};
use ordnorm::order::{Entry, Finding, Order, OrderMemory, Part, json};
fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let mut entries = vec![Entry::default(); 512];
        let mut findings = vec![Finding::NONE; 512];
        let mut scratch = vec![0u8; 65536];
        let mut oe = vec![Entry::default(); 100_000];
        let mut op = vec![Part::default(); 20_000];
        let mut of = vec![Finding::NONE; 10_000];
        let mut ot = vec![0u8; 1 << 20];
        let mut reader = Reader::new(
            &bytes,
            Registry::builtin(),
            Options::default(),
            Memory { entries: &mut entries, findings: &mut findings, scratch: &mut scratch },
        )
        .unwrap();
        let mut order = Order::new(
            &bytes,
            OrderMemory { entries: &mut oe, parts: &mut op, findings: &mut of, texts: &mut ot },
        );
        while reader.collect(&mut order).unwrap() {
            let mut out = String::new();
            json::write(&order, std::env::var("PROV").is_ok(), &mut out).unwrap();
            println!("{out}");
        }
    }
}
