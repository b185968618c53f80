//! One view of a state's current record and of the records of an order.

use ordnorm::chan::vocabulary::{self, field, group};
use ordnorm::order::{End, Entries, Entry, EntryIter, Event, Finding, Order, Texts, kind};

use crate::held::{self, Held, PARTY_BIT};
use crate::raw;
use crate::state::{self, State};
use crate::status::*;

/// Bit of a code that is not a word of the vocabulary: its characters, first one in the low byte.
const CODE_BIT: u32 = 0x8000_0000;

/// What can be looked at.
pub enum View<'a> {
    /// A message that is being read: the current record.
    State(&'a State),
    /// A collected order.
    Order(&'a Order<'static>),
}

impl<'a> View<'a> {
    /// The state or order in a block.
    ///
    /// # Safety
    /// The block is NULL or the caller's, and nothing changes it for `'a`.
    pub unsafe fn of(block: *const u8) -> Outcome<View<'a>> {
        raw::check_block(block)?;
        // SAFETY: not NULL and aligned; a block has four bytes at the least.
        match unsafe { block.cast::<u32>().read() } {
            // SAFETY: the mark was set by `ordnorm_init`, which wrote a whole state.
            state::MARK => Ok(View::State(unsafe { &*block.cast::<State>() })),
            // SAFETY: the caller's block.
            held::MARK => Ok(View::Order(&unsafe { Held::of(block) }?.order)),
            _ => stop(ORDNORM_ERROR_HANDLE),
        }
    }

    /// The values of a record: 0 the document, 1 … lines, with the high bit parties; of a state: 0.
    pub fn record(&self, number: u32) -> Outcome<Values<'a>> {
        match *self {
            View::State(state) => match (number, state.reader()?.event()) {
                (0, Some(Event::Record(record))) => {
                    Ok(Values { entries: Entries::of(record.entries), texts: record.texts })
                }
                _ => stop(ORDNORM_ERROR_RECORD),
            },
            View::Order(order) => {
                let entries = match number {
                    0 => Some(order.document()),
                    _ if number & PARTY_BIT != 0 => order.party(number & !PARTY_BIT),
                    _ => order.line(number),
                };
                match entries {
                    Some(entries) => Ok(Values { entries, texts: order.texts() }),
                    None => stop(ORDNORM_ERROR_RECORD),
                }
            }
        }
    }

    /// The end of the order.
    pub fn end(&self) -> Outcome<End> {
        let end = match *self {
            View::State(state) => match state.reader()?.event() {
                Some(Event::End(end)) => Some(end),
                _ => None,
            },
            View::Order(order) => order.end().copied(),
        };
        match end {
            Some(end) => Ok(end),
            None => stop(ORDNORM_ERROR_RECORD),
        }
    }

    /// The findings: all of an order, those of the last step of a state.
    pub fn findings(&self) -> Outcome<&'a [Finding]> {
        match *self {
            View::State(state) => Ok(state.reader()?.findings()),
            View::Order(order) => Ok(order.findings()),
        }
    }

    /// A finding: 1 …; 0 the one that decided the verdict.
    pub fn finding(&self, number: u32) -> Outcome<Finding> {
        let found = match number.checked_sub(1) {
            Some(index) => self.findings()?.get(index as usize).copied(),
            None => self.end()?.cause,
        };
        match found {
            Some(finding) => Ok(finding),
            None => stop(ORDNORM_ABSENT),
        }
    }

    /// The message.
    #[cfg(feature = "names")]
    pub fn message(&self) -> &'a [u8] {
        match *self {
            View::State(state) => state.message(),
            View::Order(order) => order.texts().message,
        }
    }

    /// The channel that read it.
    pub fn channel(&self) -> Outcome<&'a str> {
        match *self {
            View::State(state) => Ok(state.reader()?.channel()),
            View::Order(order) => Ok(order.channel()),
        }
    }
}

/// The first party of a role.
pub fn party_of_role(order: &Order<'_>, line: u32, role: u32) -> Option<u32> {
    let is = |entries: Entries<'_>| entries.get(field::PARTY_ROLE).and_then(code) == Some(role);
    order.party_numbers(line).find(|number| order.party(*number).is_some_and(is))
}

/// A value, and what follows it in its record.
pub struct Value<'a> {
    /// The value.
    pub entry: &'a Entry,
    rest: EntryIter<'a>,
    texts: Texts<'a>,
}

impl<'a> Value<'a> {
    /// Does `write` for each piece of the text: the joint before it, and the piece.
    pub fn pieces(&self, mut write: impl FnMut(&str, &[u8])) {
        write("", self.texts.bytes(self.entry).unwrap_or(&[]));
        let same = |e: &&Entry| e.field == self.entry.field && e.nth == self.entry.nth;
        for piece in self.rest.clone().filter(same).take_while(|e| e.is_continuation()) {
            write(ordnorm::chan::table::joint::text(piece.scale), self.texts.bytes(piece).unwrap_or(&[]));
        }
    }

    /// The bytes of its first piece, and whether there are others.
    pub fn first_piece(&self) -> (&'a [u8], bool) {
        let mut count = 0;
        self.pieces(|_, _| count += 1);
        (self.texts.bytes(self.entry).unwrap_or(&[]), count > 1)
    }

    /// Is it a text?
    pub fn is_text(&self) -> bool {
        matches!(self.entry.kind, kind::TEXT | kind::SCRATCH | kind::CHANNEL)
    }

    /// Its code, where it is one that fits; else 0.
    pub fn code(&self) -> Option<u32> {
        if !self.is_text() {
            return code(self.entry);
        }
        let (text, more) = self.first_piece();
        let short = !more && text.len() <= 4 && text.iter().all(u8::is_ascii_graphic);
        Some(if short { packed(ordnorm::chan::table::pack(text)) } else { 0 })
    }
}

/// A code word's number, or up to four characters with the high bit; 0 where it is longer.
fn code(entry: &Entry) -> Option<u32> {
    match entry.kind {
        kind::WORD => u32::try_from(entry.value).ok(),
        kind::ASCII => Some(packed(entry.value)),
        _ => None,
    }
}

fn packed(value: u64) -> u32 {
    match u32::try_from(value) {
        Ok(characters) if characters != 0 => characters | CODE_BIT,
        _ => 0,
    }
}

/// The values of a record.
pub struct Values<'a> {
    /// They.
    pub entries: Entries<'a>,
    texts: Texts<'a>,
}

/// Are the instances of a field numbered by its group?
fn is_numbered(field: u16) -> bool {
    !matches!(vocabulary::facts(field).group(), group::NONE | group::PARTY)
}

impl<'a> Values<'a> {
    /// The `nth` value of a field: of the `nth` instance of its group where it belongs to one; of field
    /// 0: the `nth` value of the record.
    pub fn value(&self, field: u16, nth: u32) -> Outcome<Value<'a>> {
        let mut iter = self.entries.iter();
        if field == field::PARTY_ID_SCHEME {
            return self.scheme(nth);
        }
        let numbered = is_numbered(field);
        let mut count = 0u32;
        while let Some(entry) = iter.next() {
            if (field != 0 && entry.field != field) || entry.is_continuation() {
                continue;
            }
            count += 1;
            if (if numbered { u32::from(entry.nth) } else { count }) == nth {
                return Ok(Value { entry, rest: iter, texts: self.texts });
            }
        }
        stop(ORDNORM_ABSENT)
    }

    /// The scheme of the `nth` id of a party: it stands right behind it.
    fn scheme(&self, nth: u32) -> Outcome<Value<'a>> {
        let mut count = 0u32;
        let mut iter = self.entries.iter();
        while let Some(entry) = iter.next() {
            if entry.field == field::PARTY_ID && !entry.is_continuation() {
                count += 1;
            }
            if entry.field == field::PARTY_ID_SCHEME && count == nth {
                return Ok(Value { entry, rest: iter, texts: self.texts });
            }
        }
        stop(ORDNORM_ABSENT)
    }

    /// The number by which a value of these is found.
    pub fn number_of(&self, entry: &Entry) -> u32 {
        if is_numbered(entry.field) {
            return u32::from(entry.nth);
        }
        // A scheme has the number of its id.
        let scheme = entry.field == field::PARTY_ID_SCHEME;
        let field = if scheme { field::PARTY_ID } else { entry.field };
        let before = self.entries.iter().take_while(|e| !core::ptr::eq(*e, entry));
        let count = before.filter(|e| e.field == field && !e.is_continuation()).count() as u32;
        if scheme { count } else { count + 1 }
    }

    /// How many values of a field there are; the highest number where they are numbered.
    pub fn count(&self, field: u16) -> u32 {
        let of = |e: &&Entry| (field == 0 || e.field == field) && !e.is_continuation();
        if is_numbered(field) {
            return self.entries.iter().filter(of).map(|e| u32::from(e.nth)).max().unwrap_or(0);
        }
        self.entries.iter().filter(of).count() as u32
    }

    /// The number of the `nth` value of a field whose scheme, type or kind is `selector`.
    pub fn select(&self, field: u16, selector: u32, nth: u32) -> Outcome<u32> {
        let told_by = told_by(field);
        if told_by == 0 {
            return stop(ORDNORM_ERROR_NUMBER);
        }
        let mut left = nth;
        for number in 1..=self.count(field) {
            let fits = self.value(told_by, number).is_ok_and(|v| v.code() == Some(selector));
            if fits && self.value(field, number).is_ok() {
                if left <= 1 {
                    return Ok(number);
                }
                left -= 1;
            }
        }
        stop(ORDNORM_ABSENT)
    }
}

/// The field whose code tells the instances of a field apart, 0 = none.
fn told_by(field: u16) -> u16 {
    match field {
        field::PARTY_ID => field::PARTY_ID_SCHEME,
        field::PARTY_ENDPOINT => field::PARTY_ENDPOINT_SCHEME,
        _ => match vocabulary::facts(field).group() {
            group::REFERENCE => field::REFERENCE_TYPE,
            group::NOTE => field::NOTE_SUBJECT,
            group::ALLOWANCE => field::ALLOWANCE_KIND,
            group::SCHEDULE => field::SCHEDULE_STATUS,
            group::PRICE => field::LINE_PRICE_KIND,
            _ => 0,
        },
    }
}

/// A field's number; any other number is an error.
pub fn field_number(field: u32) -> Outcome<u16> {
    match u16::try_from(field) {
        Ok(number) if number <= vocabulary::LAST_FIELD => Ok(number),
        _ => stop(ORDNORM_ERROR_NUMBER),
    }
}
