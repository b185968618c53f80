//! Broken files that know where their bytes come from.

use std::ops::Range;

/// A broken file, and where its bytes come from.
#[derive(Clone, Debug, Default)]
pub struct Mutant {
    pub name: String,
    pub bytes: Vec<u8>,
    /// Begin in the file, begin in the sample, length; in sequence.
    pub kept: Vec<(usize, usize, usize)>,
    /// Places of the sample that were moved on purpose.
    pub moved: Vec<Range<usize>>,
    /// Only content that no rule knows was added.
    pub adds: bool,
}

impl Mutant {
    pub fn named(name: String) -> Mutant {
        Mutant { name, ..Mutant::default() }
    }

    pub fn keep(&mut self, sample: &[u8], range: Range<usize>) {
        if !range.is_empty() {
            self.kept.push((self.bytes.len(), range.start, range.len()));
            self.bytes.extend(&sample[range]);
        }
    }

    pub fn write(&mut self, new: &[u8]) {
        self.bytes.extend(new);
    }

    /// The sample with a range replaced.
    pub fn replaced(name: String, sample: &[u8], range: Range<usize>, new: &[u8]) -> Mutant {
        let mut mutant = Mutant::named(name);
        mutant.keep(sample, 0..range.start);
        mutant.write(new);
        mutant.keep(sample, range.end..sample.len());
        mutant
    }

    /// The sample with a range twice.
    pub fn doubled(name: String, sample: &[u8], range: Range<usize>) -> Mutant {
        let mut mutant = Mutant::named(name);
        mutant.keep(sample, 0..range.end);
        mutant.keep(sample, range.start..sample.len());
        mutant
    }

    /// The sample with two ranges (the first before the second) in each other's place.
    pub fn swapped(name: String, sample: &[u8], a: Range<usize>, b: Range<usize>) -> Mutant {
        let mut mutant = Mutant::named(name);
        mutant.keep(sample, 0..a.start);
        mutant.keep(sample, b.clone());
        mutant.keep(sample, a.end..b.start);
        mutant.keep(sample, a.clone());
        mutant.keep(sample, b.end..sample.len());
        mutant
    }

    /// The place in the sample of a place in the file; `None` where it was written anew, in part or whole.
    pub fn back(&self, at: usize, end: usize) -> Option<(usize, usize)> {
        let (begin, origin, length) = *self.kept.iter().rfind(|(begin, _, _)| *begin <= at)?;
        if end > begin + length {
            return None;
        }
        Some((origin + at - begin, origin + end - begin))
    }

    /// Writes over a range of the file; the bytes have no origin any more.
    pub fn overwrite(&mut self, range: Range<usize>, new: &[u8]) {
        let mut kept = Vec::new();
        let shift = |at: usize| at + new.len() - range.len();
        for (begin, origin, length) in std::mem::take(&mut self.kept) {
            let end = begin + length;
            if begin < range.start {
                kept.push((begin, origin, length.min(range.start - begin)));
            }
            if end > range.end {
                let from = begin.max(range.end);
                kept.push((shift(from), origin + from - begin, end - from));
            }
        }
        kept.retain(|(_, _, length)| *length > 0);
        self.kept = kept;
        self.bytes.splice(range, new.iter().copied());
    }
}
