//! A whole order in memory that the caller owns.
//!
//! The reader hands out records; [`Order::take`] keeps them: entries, findings, and the texts that stand
//! in the reader's scratch memory. When something does not fit, the order says so and keeps what it has:
//! a shorter order is never a complete one.

use crate::limits::OPEN_RECORDS;

use super::{End, Entry, Event, Finding, RecordKind, Texts, Verdict, kind, vocabulary};

/// A range of entries that belong to one record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(C)]
pub struct Part {
    /// First entry.
    start: u32,
    /// How many.
    count: u32,
    /// The next part of the same record + 1, 0 = none.
    next: u32,
    /// Its line, 0 = the document.
    line: u32,
    /// A [`RecordKind`], or [`CONTINUED`].
    kind: u32,
    /// The greatest number of a line so far: it never falls, though a line closes behind its sub-lines.
    greatest: u32,
}

/// The kind of a part that continues a record.
const CONTINUED: u32 = 0;

/// Memory for one order.
#[derive(Debug)]
pub struct OrderMemory<'m> {
    /// For values: about ten a line.
    pub entries: &'m mut [Entry],
    /// For records: one a line and party, and two.
    pub parts: &'m mut [Part],
    /// For findings.
    pub findings: &'m mut [Finding],
    /// For texts that had to be decoded.
    pub texts: &'m mut [u8],
}

/// What did not fit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Full {
    /// The memory for entries.
    Entries,
    /// The memory for records.
    Parts,
    /// The memory for findings.
    Findings,
    /// The memory for texts.
    Texts,
}

/// A whole order.
#[derive(Debug)]
pub struct Order<'m> {
    memory: OrderMemory<'m>,
    message: &'m [u8],
    channel: &'m str,
    entries: usize,
    parts: usize,
    findings: usize,
    texts: usize,
    /// First and last part of the document's own values, + 1.
    document: (u32, u32),
    /// Lines and parties that are handed out in parts: whether it is a party, and the last part so far,
    /// + 1. A party or a sub-line may come between two parts of a line.
    open: [(bool, u32); OPEN_RECORDS],
    end: Option<End>,
    full: Option<Full>,
}

impl<'m> Order<'m> {
    /// An empty order for a message.
    #[must_use]
    pub const fn new(message: &'m [u8], memory: OrderMemory<'m>) -> Order<'m> {
        Order {
            memory,
            message,
            channel: "",
            entries: 0,
            parts: 0,
            findings: 0,
            texts: 0,
            document: (0, 0),
            open: [(false, 0); OPEN_RECORDS],
            end: None,
            full: None,
        }
    }

    /// Forgets what it holds.
    pub fn clear(&mut self) {
        (self.entries, self.parts, self.findings, self.texts) = (0, 0, 0, 0);
        (self.document, self.open) = ((0, 0), [(false, 0); OPEN_RECORDS]);
        (self.end, self.full) = (None, None);
    }

    /// Takes an event and the findings that came with it.
    pub fn take(&mut self, event: &Event<'_>, channel: &'m str, findings: &[Finding]) {
        if let Event::Begin { .. } = event {
            self.clear();
            self.channel = channel;
        }
        for finding in findings {
            match self.memory.findings.get_mut(self.findings) {
                Some(place) => {
                    *place = *finding;
                    self.findings += 1;
                }
                None => self.full = Some(Full::Findings),
            }
        }
        match event {
            Event::Record(record) => {
                if self
                    .record(record.kind, record.line, record.partial, record.entries, &record.texts)
                    .is_none()
                    && self.full.is_none()
                {
                    self.full = Some(Full::Entries);
                }
            }
            Event::End(end) => {
                self.end = Some(*end);
                self.close_full();
            }
            Event::Begin { .. } | Event::Findings => {}
        }
    }

    /// An order of which something did not fit is not complete: whoever books it must know.
    fn close_full(&mut self) {
        let (Some(_), Some(end)) = (self.full, &mut self.end) else { return };
        let (severity, _) = vocabulary::finding_effect(vocabulary::finding::CAPACITY_EXCEEDED);
        let note = Finding {
            code: vocabulary::finding::CAPACITY_EXCEEDED,
            severity: severity as u8,
            ..Finding::NONE
        };
        if end.verdict == Verdict::Accepted {
            end.verdict = Verdict::Review;
            end.cause = Some(note);
        }
        // Where the findings are what did not fit, it takes the place of the last one.
        let last = self.findings.min(self.memory.findings.len().saturating_sub(1));
        if let Some(place) = self.memory.findings.get_mut(last) {
            *place = note;
            self.findings = last + 1;
        }
    }

    fn record(
        &mut self,
        kind: RecordKind,
        line: u32,
        partial: bool,
        entries: &[Entry],
        texts: &Texts<'_>,
    ) -> Option<()> {
        let start = self.entries;
        for entry in entries {
            let kept = match entry.kind {
                kind::SCRATCH | kind::CHANNEL => self.keep_text(entry, texts)?,
                _ => *entry,
            };
            *self.memory.entries.get_mut(self.entries)? = kept;
            self.entries += 1;
        }
        let count = (self.entries - start) as u32;
        let document = matches!(kind, RecordKind::Header | RecordKind::Summary);
        let party = kind == RecordKind::Party;
        let line_of =
            |part: u32| part.checked_sub(1).and_then(|p| self.memory.parts.get(p as usize)).map(|p| p.line);
        let is_open = |open: &(bool, u32)| open.0 == party && line_of(open.1) == Some(line);
        let open = if document { None } else { self.open.iter().position(is_open) };
        let before = match open.and_then(|place| self.open.get(place)) {
            Some((_, part)) => *part,
            None if document => self.document.1,
            None => 0,
        };
        let continues = open.is_some();
        let kind = if continues { CONTINUED } else { kind as u32 };
        let parts = self.memory.parts.get(..self.parts).unwrap_or(&[]);
        let greatest = parts.last().map_or(0, |before| before.greatest).max(line);
        let made = Part { start: start as u32, count, next: 0, line, kind, greatest };
        let number = self.parts as u32 + 1;
        let Some(place) = self.memory.parts.get_mut(self.parts) else {
            self.full = Some(Full::Parts);
            return None;
        };
        *place = made;
        self.parts += 1;
        if let Some(place) = before.checked_sub(1).and_then(|b| self.memory.parts.get_mut(b as usize)) {
            place.next = number;
        }
        if document {
            self.document = (if self.document.0 == 0 { number } else { self.document.0 }, number);
        } else if let Some(open) = open.or_else(|| self.open.iter().position(|(_, part)| *part == 0)) {
            if let Some(open) = self.open.get_mut(open) {
                *open = (party, if partial { number } else { 0 });
            }
        }
        Some(())
    }

    fn keep_text(&mut self, entry: &Entry, texts: &Texts<'_>) -> Option<Entry> {
        let text = texts.bytes(entry)?;
        let Some(place) = self.memory.texts.get_mut(self.texts..self.texts + text.len()) else {
            self.full = Some(Full::Texts);
            return None;
        };
        place.copy_from_slice(text);
        let value = ((self.texts as u64) << 32) | text.len() as u64;
        self.texts += text.len();
        Some(Entry { value, kind: kind::SCRATCH, ..*entry })
    }

    /// What did not fit, if anything: such an order must not be booked.
    #[must_use]
    pub const fn full(&self) -> Option<Full> {
        self.full
    }

    /// The end of the order; `None` before it has been reached.
    #[must_use]
    pub const fn end(&self) -> Option<&End> {
        self.end.as_ref()
    }

    /// The channel that read it.
    #[must_use]
    pub const fn channel(&self) -> &'m str {
        self.channel
    }

    /// The findings.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        self.memory.findings.get(..self.findings).unwrap_or(&[])
    }

    /// Where the texts of its entries are.
    #[must_use]
    pub fn texts(&self) -> Texts<'_> {
        Texts { message: self.message, scratch: self.memory.texts, channel: &[] }
    }

    /// The values of the document itself.
    #[must_use]
    pub fn document(&self) -> Entries<'_> {
        self.entries_from(self.document.0)
    }

    /// How many lines it has.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        self.end.map_or(0, |end| end.lines)
    }

    /// The values of a line (1, 2 …).
    #[must_use]
    pub fn line(&self, number: u32) -> Option<Entries<'_>> {
        self.find_line(number).map(|(part, _)| self.entries_from(part as u32))
    }

    /// The part of a line, + 1, and where what belongs to it begins.
    ///
    /// Lines close one after the other, each behind its parties and its sub-lines: all of that stands
    /// behind what closed before the line opened.
    fn find_line(&self, line: u32) -> Option<(usize, usize)> {
        let parts = self.memory.parts.get(..self.parts).unwrap_or(&[]);
        let begin = parts.partition_point(|p| p.greatest < line);
        let is = |p: &Part| p.kind == RecordKind::Line as u32 && p.line == line;
        let place = parts.get(begin..)?.iter().position(is)?;
        Some((begin + place + 1, begin))
    }

    /// The last part of the record that begins with a part, + 1.
    fn last_part(&self, part: usize) -> usize {
        let mut last = part;
        // The parts of a record ascend.
        while let Some(next) = last.checked_sub(1).and_then(|place| self.memory.parts.get(place)) {
            if next.next as usize <= last {
                break;
            }
            last = next.next as usize;
        }
        last
    }

    /// The parties of the document (0) or of a line.
    pub fn parties(&self, line: u32) -> impl Iterator<Item = Entries<'_>> {
        self.party_numbers(line).map(|number| self.entries_from(number))
    }

    /// The numbers of the parties of the document (0) or of a line, see [`Order::party`].
    pub fn party_numbers(&self, line: u32) -> impl Iterator<Item = u32> {
        let (end, begin) = match line {
            0 => (self.parts, 0),
            // A party may stand between two parts of its line.
            _ => self.find_line(line).map_or((0, 0), |(part, begin)| (self.last_part(part), begin)),
        };
        let window = self.memory.parts.get(begin..end).unwrap_or(&[]);
        (begin as u32 + 1..)
            .zip(window)
            .filter(move |(_, p)| p.kind == RecordKind::Party as u32 && p.line == line)
            .map(|(number, _)| number)
    }

    /// A party by its number.
    #[must_use]
    pub fn party(&self, number: u32) -> Option<Entries<'_>> {
        let parts = self.memory.parts.get(..self.parts)?;
        let part = parts.get(number.checked_sub(1)? as usize)?;
        (part.kind == RecordKind::Party as u32).then(|| self.entries_from(number))
    }

    fn entries_from(&self, part: u32) -> Entries<'_> {
        Entries {
            entries: self.memory.entries.get(..self.entries).unwrap_or(&[]),
            parts: self.memory.parts.get(..self.parts).unwrap_or(&[]),
            part,
        }
    }

    /// Goes through the records in the order in which they closed.
    #[must_use]
    pub fn records(&self) -> Records<'_, 'm> {
        Records { order: self, next: 0 }
    }
}

/// A record of a collected order, see [`Order::records`].
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    /// Its kind.
    pub kind: RecordKind,
    /// Its line, 0 = the document.
    pub line: u32,
    /// Its values.
    pub entries: Entries<'a>,
}

/// The records of an order.
#[derive(Debug)]
pub struct Records<'a, 'm> {
    order: &'a Order<'m>,
    next: usize,
}

impl<'a> Iterator for Records<'a, '_> {
    type Item = Kept<'a>;

    fn next(&mut self) -> Option<Kept<'a>> {
        loop {
            let part = self.order.memory.parts.get(..self.order.parts)?.get(self.next)?;
            self.next += 1;
            let number = self.next as u32;
            let kind = match part.kind {
                1 => RecordKind::Header,
                2 => RecordKind::Party,
                3 => RecordKind::Line,
                4 => RecordKind::Summary,
                _ => continue,
            };
            return Some(Kept { kind, line: part.line, entries: self.order.entries_from(number) });
        }
    }
}

/// The entries of a record, in the order of the message.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entries<'a> {
    entries: &'a [Entry],
    parts: &'a [Part],
    part: u32,
}

impl<'a> Entries<'a> {
    /// The entries of one slice.
    #[must_use]
    pub const fn of(entries: &'a [Entry]) -> Entries<'a> {
        Entries { entries, parts: &[], part: 0 }
    }

    /// The entries.
    #[must_use]
    pub fn iter(&self) -> EntryIter<'a> {
        if self.parts.is_empty() && self.part == 0 {
            return EntryIter { now: self.entries.iter(), rest: Entries::default() };
        }
        EntryIter { now: [].iter(), rest: *self }
    }

    /// The first entry of a field.
    #[must_use]
    pub fn get(&self, field: u16) -> Option<&'a Entry> {
        self.iter().find(|e| e.field == field)
    }
}

/// Goes through the entries of a record.
#[derive(Clone, Debug)]
pub struct EntryIter<'a> {
    now: core::slice::Iter<'a, Entry>,
    rest: Entries<'a>,
}

impl<'a> Iterator for EntryIter<'a> {
    type Item = &'a Entry;

    fn next(&mut self) -> Option<&'a Entry> {
        loop {
            if let Some(entry) = self.now.next() {
                return Some(entry);
            }
            let index = self.rest.part.checked_sub(1)?;
            let part = self.rest.parts.get(index as usize)?;
            let start = part.start as usize;
            self.now = self.rest.entries.get(start..start + part.count as usize).unwrap_or(&[]).iter();
            // Parts of one record follow each other: a wrong one would end the walk.
            self.rest.part = if part.next > self.rest.part { part.next } else { 0 };
        }
    }
}
