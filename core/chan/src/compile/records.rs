//! Records and their places: names, columns, qualifiers, pairs, layouts.

use super::{Compiler, Result, Stop};
use crate::error::ErrorKind;
use crate::path::{self, Place, Written};
use crate::table::{Field, Name, Pairs, Path, Run, known, pack, syntax};
use crate::words::{Line, Word};

/// The most columns of a channel: as many as the engine has slots for.
const COLUMNS: usize = 64;
/// The most fields of a layout: one bit each tells which are used.
const FIELDS: u16 = 63;

impl<'t> Compiler<'t, '_, '_> {
    /// The row of a record name; it is entered if it is new.
    pub(super) fn row(&mut self, name: &str) -> Result<u8> {
        let row = match self.known_row(name) {
            Some(row) => Some(row),
            None => {
                let text = self.intern(name)?;
                let name = Name { key: pack(name.as_bytes()), text, ..Name::default() };
                self.pools.names.push(name).and_then(|row| u8::try_from(row).ok())
            }
        };
        let most = if self.is_rows() { COLUMNS } else { usize::from(Path::MOST) };
        row.filter(|row| usize::from(*row) < most).ok_or_else(|| self.full())
    }

    fn known_row(&self, name: &str) -> Option<u8> {
        let key = pack(name.as_bytes());
        let names = self.pools.names.as_slice();
        let row = names.iter().position(|n| n.key == key && self.pools.text(n.text) == name.as_bytes())?;
        u8::try_from(row).ok()
    }

    /// `column NAME [HEADER…]`: the headers that a column may have, the best first.
    pub(super) fn column(&mut self, mut line: Line<'t>) -> Result<()> {
        let name = self.word(&mut line, "a column's name")?;
        if !self.is_rows() {
            return Err(self.unexpected(name, "a notation with columns"));
        }
        let row = self.row(name.text)?;
        let layer = self.layer;
        match self.notes.columns.iter_mut().find(|(known, _)| *known == row) {
            Some((_, earlier)) if *earlier == layer => {
                return Err(self.error(
                    ErrorKind::Repeated,
                    name.column,
                    "one column statement for each name",
                ));
            }
            Some((_, earlier)) => *earlier = layer,
            None => self.notes.columns.push((row, layer)).map_err(|_| self.full())?,
        }
        let start = self.pools.keys.len();
        while let Some(synonym) = self.maybe(&mut line)? {
            self.key(synonym.text)?;
            self.name_column(row, synonym.text);
        }
        let synonyms = self.keys_from(start)?;
        self.name_column(row, name.text);
        self.pools.names.update(usize::from(row), |n| n.synonyms = synonyms);
        Ok(())
    }

    fn name_column(&mut self, row: u8, name: &str) {
        if name.as_bytes().windows(2).any(|pair| pair == b"[]") {
            self.pools.names.update(usize::from(row), |n| n.flags |= known::INDEXED);
        }
    }

    /// The place of a column. Where the channel has column statements, each column needs one: a
    /// misspelt name would else be a column that no file has.
    pub(super) fn column_path(&mut self, word: Word<'t>) -> Result<Path> {
        let declared = !self.notes.columns.is_empty() || self.head.dialect.headless != 0;
        if declared && self.known_row(word.text).is_none() {
            let error = self.error(ErrorKind::UnknownName, word.column, "a column with a column statement");
            let names = self.pools.names.as_slice().iter();
            let names = names.filter_map(|n| core::str::from_utf8(self.pools.text(n.text)).ok());
            return Err(self.suggest(error, word.text, names));
        }
        let row = self.row(word.text)?;
        self.name_column(row, word.text);
        Ok(Path::single(row.saturating_add(1), 1))
    }

    /// A path of a record, in its parts.
    pub(super) fn flat_path(&self, word: Word<'t>) -> Result<Written<'t>> {
        path::parse(word.text).ok_or_else(|| self.bad_path(word))
    }

    fn bad_path(&self, word: Word<'t>) -> Stop {
        let expected = match self.head.syntax {
            syntax::FIXED => "RECORD/FIELD, such as E2EDK01/CURCY",
            _ => "RECORD/ELEMENT.COMPONENT, such as DTM/1.2",
        };
        self.error(ErrorKind::BadPath, word.column, expected)
    }

    /// The place that stands behind the slash; [`Path::NONE`] where there is none.
    pub(super) fn place_in(&mut self, row: u8, written: Written<'t>, word: Word<'t>) -> Result<Place> {
        let Some(text) = written.place else {
            return Ok(Place { path: Path::NONE, has_component: false });
        };
        if text == "key" && written.qualifier.is_some() {
            if self.pairs_of(row).is_none() {
                return Err(self.error(ErrorKind::BadPath, word.column, "a record with pairs"));
            }
            return Ok(Place { path: Path::single(Path::PAIR, 2), has_component: true });
        }
        if self.head.syntax != syntax::FIXED {
            return path::place(text).ok_or_else(|| self.bad_path(word));
        }
        let range = text.split_once(['.']).and_then(|(first, rest)| Some((first, rest.strip_prefix(['.'])?)));
        if let Some((first, last)) = range {
            if let Some((first, last)) = self.field_of(row, first).zip(self.field_of(row, last)) {
                let (element, element_last) = (first.saturating_add(1), last.saturating_add(1));
                let path = Path { element, element_last, component: 1, component_last: 1 };
                return Ok(Place { path, has_component: true });
            }
        }
        match self.field_of(row, text) {
            Some(number) => {
                Ok(Place { path: Path::single(number.saturating_add(1), 1), has_component: true })
            }
            None => {
                let error = self.error(ErrorKind::UnknownName, word.column, "a field of the record's layout");
                let fields = self.pools.names.get(usize::from(row)).fields.of(self.pools.fields.as_slice());
                let names = fields.iter().filter_map(|f| core::str::from_utf8(self.pools.text(f.name)).ok());
                Err(self.suggest(error, text, names))
            }
        }
    }

    pub(super) fn field_of(&self, row: u8, name: &str) -> Option<u8> {
        let fields = self.pools.names.get(usize::from(row)).fields.of(self.pools.fields.as_slice());
        let place = fields.iter().position(|f| self.pools.text(f.name) == name.as_bytes())?;
        u8::try_from(place).ok()
    }

    /// Number of a record's pairs + 1.
    pub(super) fn pairs_of(&self, row: u8) -> Option<u8> {
        let place = self.notes.paired.iter().position(|(r, _)| *r == row)?;
        u8::try_from(place + 1).ok()
    }

    pub(super) fn qualifier_of(&self, row: u8) -> Option<Path> {
        self.notes.qualifiers.iter().find(|(r, ..)| *r == row).map(|(_, path, _)| *path)
    }

    /// `qualifier DTM/1.1 QTY/1.1 …`
    pub(super) fn qualifier(&mut self, mut line: Line<'t>) -> Result<()> {
        let mut next = Some(self.word(&mut line, "RECORD/PLACE")?);
        while let Some(word) = next {
            let (row, path) = self.declared_place(word)?;
            if !path.is_single() {
                return Err(self.bad_path(word));
            }
            let layer = self.layer;
            let known = self.notes.qualifiers.iter().position(|(r, ..)| *r == row);
            let earlier =
                known.and_then(|number| self.notes.qualifiers.get(number)).map(|(.., layer)| *layer);
            if earlier == Some(layer) || self.pairs_of(row).is_some() {
                return Err(self.second_qualifier(word));
            }
            match known.and_then(|number| self.notes.qualifiers.get_mut(number)) {
                Some(known) => *known = (row, path, layer),
                None => self.notes.qualifiers.push((row, path, layer)).map_err(|_| self.full())?,
            }
            next = self.maybe(&mut line)?;
        }
        Ok(())
    }

    fn second_qualifier(&self, word: Word<'t>) -> Stop {
        self.error(ErrorKind::Repeated, word.column, "one qualifier or pairs statement for each record")
    }

    /// A plain path with a place, of a flat notation.
    fn declared_place(&mut self, word: Word<'t>) -> Result<(u8, Path)> {
        if !self.is_flat() || self.is_rows() {
            return Err(self.unexpected(word, "a notation with records"));
        }
        let written = self.flat_path(word)?;
        if written.qualifier.is_some() || written.place.is_none() {
            return Err(self.bad_path(word));
        }
        let row = self.row(written.record)?;
        let path = self.place_in(row, written, word)?.path;
        Ok((row, path))
    }

    /// `pairs PIA/2..6 1 by 2` (components) · `pairs PO1/6..` (a qualifier, then its value)
    pub(super) fn pair_elements(&mut self, mut line: Line<'t>) -> Result<()> {
        let word = self.word(&mut line, "RECORD/FIRST..LAST")?;
        let (row, path) = self.declared_place(word)?;
        if self.qualifier_of(row).is_some() || path.component != 1 || path.component_last != 1 {
            return Err(self.second_qualifier(word));
        }
        let mut pairs = Pairs { first: path.element, last: path.element_last, value: 0, qualifier: 0 };
        if line.peek().is_some() {
            const COMPONENT: &str = "a component";
            pairs.value = self.number(&mut line, COMPONENT)?;
            self.exactly(&mut line, "by")?;
            pairs.qualifier = self.number(&mut line, COMPONENT)?;
            let sound = |component: u8| component > 0 && component <= Path::MOST;
            if !sound(pairs.value) || !sound(pairs.qualifier) || pairs.value == pairs.qualifier {
                return Err(self.bad_path(word));
            }
        }
        self.end(&mut line)?;
        let layer = self.layer;
        match self.notes.paired.iter().position(|(r, _)| *r == row) {
            Some(number) => {
                if self.notes.paired.get(number).is_some_and(|(_, earlier)| *earlier == layer) {
                    return Err(self.second_qualifier(word));
                }
                if let Some(known) = self.notes.paired.get_mut(number) {
                    known.1 = layer;
                }
                self.pools.pairs.update(number, |p| *p = pairs);
                Ok(())
            }
            None => {
                self.pools.pairs.push(pairs).ok_or_else(|| self.full())?;
                self.notes.paired.push((row, layer)).map_err(|_| self.full())
            }
        }
    }

    /// `record NAME NAME…`: a record that has further names.
    pub(super) fn record_names(&mut self, mut line: Line<'t>) -> Result<()> {
        let record = self.word(&mut line, "a record")?;
        if self.head.syntax != syntax::FIXED {
            return Err(self.unexpected(record, "a notation of fixed records"));
        }
        let row = self.row(record.text)?;
        let start = self.pools.keys.len();
        let mut next = Some(self.word(&mut line, "a further name of the record")?);
        while let Some(name) = next {
            self.key(name.text)?;
            next = self.maybe(&mut line)?;
        }
        let synonyms = self.keys_from(start)?;
        self.pools.names.update(usize::from(row), |n| n.synonyms = synonyms);
        Ok(())
    }

    /// `layout RECORD FIELD@OFFSET+LENGTH FIELD+LENGTH …`: offsets in characters, from 0; without an
    /// offset a field stands right behind the one before it.
    pub(super) fn layout(&mut self, mut line: Line<'t>) -> Result<()> {
        const FIELD: &str = "FIELD@OFFSET+LENGTH, or FIELD+LENGTH right behind the one before";
        let record = self.word(&mut line, "a record")?;
        if self.head.syntax != syntax::FIXED {
            return Err(self.unexpected(record, "a notation of fixed records"));
        }
        let row = self.row(record.text)?;
        let mut run = self.pools.names.get(usize::from(row)).fields;
        let end = usize::from(run.start) + usize::from(run.count);
        if end != self.pools.fields.len() {
            run = self.copy_fields(run)?;
        }
        let last = run.of(self.pools.fields.as_slice()).last().copied();
        let mut behind = last.map_or(0, |f| f.offset.saturating_add(f.length));
        let mut next = Some(self.word(&mut line, FIELD)?);
        while let Some(word) = next {
            let field = layout_field(word.text, behind)
                .ok_or_else(|| self.error(ErrorKind::BadPath, word.column, FIELD))?;
            behind = field.offset.saturating_add(field.length);
            if self.field_of(row, field.name).is_some() {
                return Err(self.error(ErrorKind::Repeated, word.column, "a field name of its own"));
            }
            let name = self.intern(field.name)?;
            let made = Field { name, offset: field.offset, length: field.length };
            self.pools.fields.push(made).ok_or_else(|| self.full())?;
            run.count += 1;
            if run.count > FIELDS {
                return Err(self.full());
            }
            self.pools.names.update(usize::from(row), |n| n.fields = run);
            next = self.maybe(&mut line)?;
        }
        Ok(())
    }

    /// The fields of one record stand together: those of an earlier line are entered again.
    fn copy_fields(&mut self, run: Run) -> Result<Run> {
        let start = u16::try_from(self.pools.fields.len()).map_err(|_| self.full())?;
        for i in 0..usize::from(run.count) {
            let field = self.pools.fields.get(usize::from(run.start) + i);
            self.pools.fields.push(field).ok_or_else(|| self.full())?;
        }
        Ok(Run { start, count: run.count })
    }
}

struct LayoutField<'t> {
    name: &'t str,
    offset: u16,
    length: u16,
}

/// `NAME@OFFSET+LENGTH` or `NAME+LENGTH`.
fn layout_field(text: &str, behind: u16) -> Option<LayoutField<'_>> {
    let (head, length) = text.rsplit_once(['+'])?;
    let (name, offset) = match head.rsplit_once(['@']) {
        Some((name, offset)) => (name, offset.parse().ok()?),
        None => (head, behind),
    };
    let length: u16 = length.parse().ok()?;
    offset.checked_add(length)?;
    if name.is_empty() || length == 0 { None } else { Some(LayoutField { name, offset, length }) }
}
