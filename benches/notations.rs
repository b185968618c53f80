//! Each notation from the plain scan of its bytes to the text of canonical orders.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ordnorm_benches::generate::{self, Locale};
use ordnorm_benches::measure::{self, Room};

const SIZE: usize = 1 << 20;

fn notation(c: &mut Criterion, name: &str, bytes: &[u8], reader: Option<fn(&[u8]) -> u64>, text: bool) {
    let mut room = Room::default();
    if !measure::is_known(bytes, &mut room) {
        return;
    }
    let table = black_box(measure::table());
    let mut group = c.benchmark_group(name);
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("floor", |b| b.iter(|| measure::floor(black_box(bytes), &table)));
    if let Some(reader) = reader {
        group.bench_function("reader", |b| b.iter(|| reader(black_box(bytes))));
    }
    group.bench_function("records", |b| b.iter(|| measure::records(black_box(bytes), &mut room)));
    if text {
        group.bench_function("text", |b| b.iter(|| measure::text(black_box(bytes), &mut room)));
    }
    group.finish();
}

fn notations(c: &mut Criterion) {
    notation(c, "edifact", &generate::edifact(SIZE), Some(measure::edifact_tokens), true);
    notation(c, "json", &generate::webhooks(SIZE), Some(measure::json_items), true);
    notation(
        c,
        "csv-german",
        &generate::csv(Locale::German, SIZE),
        Some(|b| measure::csv_fields(b, b';')),
        true,
    );
    notation(
        c,
        "csv-english",
        &generate::csv(Locale::English, SIZE),
        Some(|b| measure::csv_fields(b, b',')),
        true,
    );
    notation(c, "form", &generate::form(SIZE), Some(measure::form_fields), false);
}

fn long_order(c: &mut Criterion) {
    let bytes = generate::edifact_long(200_000);
    notation(c, "edifact-200000-lines", &bytes, Some(measure::edifact_tokens), false);
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(30);
    targets = notations
}
criterion_group! {
    name = long;
    config = Criterion::default().sample_size(10);
    targets = long_order
}
criterion_main!(benches, long);
