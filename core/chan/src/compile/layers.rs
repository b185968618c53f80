//! The texts that a channel is made of: its own and those that it extends, the base first.

use super::{Compiler, Result};
use crate::error::ErrorKind;
use crate::words::{self, Line, Word};

/// How many channels may extend each other.
const LAYERS: usize = 4;
/// The largest text of a channel in bytes: a thousand times a usual one.
const TEXT_BYTES: usize = 1 << 20;

/// The texts, the base first.
#[derive(Clone, Copy, Default)]
pub struct Layers<'t> {
    texts: [&'t str; LAYERS],
    count: u8,
}

/// A piece of these texts. Notes that outlive a line hold pieces, not borrows, so that they can lie in
/// memory which outlives the texts.
#[derive(Clone, Copy, Default)]
pub struct Span {
    /// Counted through all texts.
    at: u32,
    length: u32,
}

impl Span {
    pub const EMPTY: Span = Span { at: 0, length: 0 };
}

impl<'t> Layers<'t> {
    /// Puts a text below the others; `None` where there are too many.
    fn put_below(&mut self, text: &'t str) -> Option<()> {
        if usize::from(self.count) == LAYERS {
            return None;
        }
        self.texts.rotate_right(1);
        *self.texts.first_mut()? = text;
        self.count += 1;
        Some(())
    }

    /// The number of the channel's own text.
    pub fn last(&self) -> u8 {
        self.count.saturating_sub(1)
    }

    /// The text of a layer.
    fn get(&self, layer: u8) -> Option<&'t str> {
        self.texts().get(usize::from(layer)).copied()
    }

    /// All texts, the base first.
    fn texts(&self) -> &[&'t str] {
        self.texts.get(..usize::from(self.count)).unwrap_or(&[])
    }

    /// Where a piece of these texts stands; the empty piece for a text that is no part of them.
    fn span(&self, piece: &'t str) -> Span {
        let mut before = 0;
        for text in self.texts() {
            // What `str::substr_range` will tell.
            let at = piece.as_ptr().addr().wrapping_sub(text.as_ptr().addr());
            if at <= text.len() && piece.len() <= text.len() - at {
                let at = u32::try_from(before + at).unwrap_or(0);
                return Span { at, length: u32::try_from(piece.len()).unwrap_or(0) };
            }
            before += text.len();
        }
        Span::EMPTY
    }

    /// The piece at a place.
    fn piece(&self, span: Span) -> &'t str {
        let (Ok(mut at), Ok(length)) = (usize::try_from(span.at), usize::try_from(span.length)) else {
            return "";
        };
        for text in self.texts() {
            if let Some(piece) = text.get(at..at + length) {
                return piece;
            }
            at = at.saturating_sub(text.len());
        }
        ""
    }
}

/// The lines of all layers, each with the number of its layer.
pub struct Lines<'t> {
    layers: Layers<'t>,
    layer: u8,
    lines: words::Lines<'t>,
}

impl<'t> Iterator for Lines<'t> {
    type Item = (u8, Line<'t>);

    fn next(&mut self) -> Option<(u8, Line<'t>)> {
        loop {
            if let Some(line) = self.lines.next() {
                return Some((self.layer, line));
            }
            self.lines = words::lines(self.layers.get(self.layer + 1)?);
            self.layer += 1;
        }
    }
}

impl<'t> Compiler<'t, '_, '_> {
    /// Takes a text and those that it extends.
    #[inline(never)]
    pub(super) fn stack(&mut self, text: &'t str, base: &dyn Fn(&str) -> Option<&'static str>) -> Result<()> {
        let mut top = text;
        loop {
            if top.len() > TEXT_BYTES {
                return Err(self.fault(ErrorKind::TooLarge, 1, 1, "a text of at most 1 MiB"));
            }
            if self.layers.put_below(top).is_none() {
                let expected = "at most four channels that extend each other";
                return Err(self.fault(ErrorKind::TooLarge, 1, 1, expected));
            }
            let Some((name, line)) = self.extended(top)? else { return Ok(()) };
            match base(name.text) {
                Some(text) => top = text,
                None => {
                    return Err(self.fault(
                        ErrorKind::UnknownBase,
                        line,
                        name.column,
                        "the name of a channel",
                    ));
                }
            }
        }
    }

    /// The name behind `extends` in the first line of a channel, and the number of that line.
    fn extended(&self, text: &'t str) -> Result<Option<(Word<'t>, u32)>> {
        let Some(mut line) = words::lines(text).next() else {
            return Err(self.fault(ErrorKind::Missing, 1, 1, "channel NAME VERSION"));
        };
        let number = line.number;
        let first = line.next_word().ok().flatten();
        if line.indented || first.is_none_or(|word| word.text != "channel") {
            return Err(self.fault(ErrorKind::Missing, number, 1, "channel NAME VERSION"));
        }
        while let Ok(Some(word)) = line.next_word() {
            if word.text == "extends" {
                return match line.next_word() {
                    Ok(Some(name)) => Ok(Some((name, number))),
                    _ => {
                        let (kind, column) = (ErrorKind::UnexpectedEnd, line.column());
                        Err(self.fault(kind, number, column, "the name of a channel"))
                    }
                };
            }
        }
        Ok(None)
    }

    /// All lines of all layers, the base first.
    pub(super) fn lines(&self) -> Lines<'t> {
        let first = words::lines(self.layers.get(0).unwrap_or(""));
        Lines { layers: self.layers, layer: 0, lines: first }
    }

    /// The number of the first line of the layer that is read.
    pub(super) fn first_line(&self) -> u32 {
        let text = self.layers.get(self.layer).unwrap_or("");
        words::lines(text).next().map_or(0, |line| line.number)
    }

    /// Where a piece of the texts stands.
    pub(super) fn span(&self, piece: &'t str) -> Span {
        self.layers.span(piece)
    }

    /// The piece of the texts at a place.
    pub(super) fn piece(&self, span: Span) -> &'t str {
        self.layers.piece(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_found_again_by_its_place() {
        let (own, base) = ("channel own extends base\n", "\u{feff}channel base\nsyntax csv\n");
        let mut layers = Layers::default();
        assert!(layers.put_below(own).is_some() && layers.put_below(base).is_some());
        for piece in own.split(' ').chain(base.split(' ')).chain([own, base]) {
            assert_eq!(layers.piece(layers.span(piece)), piece);
        }
        assert_eq!(layers.piece(layers.span("from elsewhere")), "");
        assert_eq!(layers.piece(Span { at: 70, length: 1 }), "");
        assert_eq!(layers.last(), 1);
    }

    #[test]
    fn more_than_four_texts_are_too_many() {
        let mut layers = Layers::default();
        let fits = ["a", "b", "c", "d", "e"].map(|text| layers.put_below(text).is_some());
        assert_eq!(fits, [true, true, true, true, false]);
        assert_eq!((layers.get(0), layers.get(3), layers.get(4)), (Some("d"), Some("a"), None));
    }
}
