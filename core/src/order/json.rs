//! The canonical JSON, written from entries.
//!
//! How this works. [`walk_head`] and [`walk_line`] know which member stands where; a [`Visitor`]
//! says what is done with it: [`Json`] writes members, [`Provenance`] writes their JSON Pointers and
//! places. Repeated groups come in the order of the message: a new instance begins where `nth` changes.
//! Nothing is kept, nothing is allocated; a member is looked for in its record's entries, which are few.

use core::fmt::{Error as Failed, Write};

use ordnorm_chan::table::joint;
use ordnorm_chan::vocabulary::{self as vocabulary, field, group, word};

use super::collect::{Entries, Order};
use super::{Entry, Finding, Shown, Texts, entry::unpack_ascii, kind, origin};
use crate::value::date::Date;
use crate::value::decimal::Decimal;

type Done = Result<(), Failed>;

/// A place in the tree: a member's name or an index.
#[derive(Clone, Copy, Debug)]
pub enum Key<'k> {
    /// The root, or a value in an array whose index does not matter.
    None,
    /// A member of an object.
    Name(&'k str),
    /// An element of an array.
    Index(u32),
}

/// What is done with the members of an order.
pub trait Visitor {
    /// An object or array begins.
    fn open(&mut self, key: Key<'_>, array: bool) -> Done;
    /// It ends.
    fn close(&mut self, array: bool) -> Done;
    /// A value, with its further pieces.
    fn value(&mut self, key: Key<'_>, value: &Entry, pieces: Pieces<'_>) -> Done;
    /// A number that no entry stands for.
    fn number(&mut self, key: Key<'_>, number: u32) -> Done;
    /// A fixed text.
    fn text(&mut self, key: Key<'_>, text: &str) -> Done;
}

/// The pieces that continue a text.
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    entries: super::collect::EntryIter<'a>,
    field: u16,
    nth: u16,
    begun: bool,
}

impl<'a> Pieces<'a> {
    /// The further pieces of the first value of a field.
    fn of(entries: &Entries<'a>, head: &Entry) -> Pieces<'a> {
        Pieces { entries: entries.iter(), field: head.field, nth: head.nth, begun: false }
    }

    /// The further pieces of the value that an iterator has just given.
    fn behind(iter: &super::collect::EntryIter<'a>, head: &Entry) -> Pieces<'a> {
        Pieces { entries: iter.clone(), field: head.field, nth: head.nth, begun: true }
    }

    /// No further pieces.
    #[must_use]
    pub fn none() -> Pieces<'a> {
        Pieces { entries: Entries::of(&[]).iter(), field: 0, nth: 0, begun: true }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a Entry;

    fn next(&mut self) -> Option<&'a Entry> {
        loop {
            let entry = self.entries.next()?;
            if entry.field != self.field {
                continue;
            }
            if entry.nth != self.nth {
                // One instance ends where the next one begins.
                if self.begun && !entry.is_continuation() {
                    return None;
                }
                continue;
            }
            if entry.is_continuation() {
                return Some(entry);
            }
            if self.begun {
                return None;
            }
            self.begun = true;
        }
    }
}

/// Members of the document that are one value, in their order.
const HEAD: &[u16] = &[
    field::ORDER_REASON,
    field::ORDER_TYPE,
    field::ORDER_COPY,
    field::ORDER_NUMBER,
    field::ORDER_REVISION,
    field::ORDER_PREVIOUS_NUMBER,
    field::ORDER_OTHER_NUMBER,
    field::ORDER_SELLER_NUMBER,
    field::ORDER_ISSUED,
    field::ORDER_VALID_UNTIL,
    field::ORDER_CURRENCY,
    field::ORDER_LANGUAGE,
    field::ORDER_BUYER_REFERENCE,
    field::ORDER_COST_CENTRE,
    field::ORDER_RESPONSE,
];

const MESSAGE: &[u16] = &[
    field::MESSAGE_ID,
    field::MESSAGE_INTERCHANGE,
    field::MESSAGE_SENDER,
    field::MESSAGE_RECIPIENT,
    field::MESSAGE_SENT,
    field::MESSAGE_TEST,
    field::MESSAGE_REPLY_TO,
    field::MESSAGE_SUBJECT,
];

const DELIVERY: &[u16] = &[
    field::DELIVERY_REQUESTED,
    field::DELIVERY_EARLIEST,
    field::DELIVERY_LATEST,
    field::DELIVERY_CANCEL_AFTER,
    field::DELIVERY_PARTIAL,
    field::DELIVERY_INCOTERM,
    field::DELIVERY_PLACE,
    field::DELIVERY_UNLOADING,
    field::DELIVERY_METHOD,
];

const DISPATCH: &[u16] = &[field::DISPATCH_REQUESTED, field::DISPATCH_EARLIEST, field::DISPATCH_LATEST];

const PAYMENT: &[u16] = &[field::PAYMENT_TERMS, field::PAYMENT_MEANS, field::PAYMENT_DAYS];

const TOTALS: &[u16] = &[
    field::TOTALS_LINES,
    field::TOTALS_QUANTITY,
    field::TOTALS_NET,
    field::TOTALS_TAX,
    field::TOTALS_GROSS,
    field::TOTALS_ALLOWANCES,
    field::TOTALS_CHARGES,
];

const PARTY: &[u16] = &[field::PARTY_CITY, field::PARTY_POSTCODE, field::PARTY_REGION, field::PARTY_COUNTRY];

const QUANTITY: &[u16] = &[field::LINE_QUANTITY, field::LINE_UNIT, field::LINE_UNIT_TEXT];
const PACK: &[u16] = &[field::LINE_PACK, field::LINE_PACK_UNIT];
const PRICE_QUANTITY: &[u16] = &[field::LINE_PRICE_QUANTITY, field::LINE_PRICE_QTY_UNIT];
const TAX: &[u16] = &[field::LINE_TAX_CATEGORY, field::LINE_TAX_PERCENT];
const RECEIVED: &[u16] = &[field::RECEIVED_CUMULATIVE, field::RECEIVED_LAST_DATE, field::RECEIVED_NOTE];

/// The last name of a field's JSON path.
fn leaf(number: u16) -> &'static str {
    let path = vocabulary::json_path(number);
    let begin = path.bytes().rposition(|byte| byte == b'.').map_or(0, |dot| dot + 1);
    let leaf = path.get(begin..).unwrap_or(path);
    leaf.strip_suffix("[]").unwrap_or(leaf)
}

/// A member of one value, if it is there.
fn member<V: Visitor>(entries: Entries<'_>, number: u16, v: &mut V) -> Done {
    match entries.get(number) {
        Some(entry) => v.value(Key::Name(leaf(number)), entry, Pieces::of(&entries, entry)),
        None => Ok(()),
    }
}

/// An object of single values, if it has any.
fn object<V: Visitor>(key: Key<'_>, entries: Entries<'_>, fields: &[u16], v: &mut V) -> Done {
    if !entries.iter().any(|e| fields.contains(&e.field)) {
        return Ok(());
    }
    v.open(key, false)?;
    for number in fields {
        member(entries, *number, v)?;
    }
    v.close(false)
}

/// An array of the instances of a group.
fn instances<V: Visitor>(name: &str, entries: Entries<'_>, wanted: u8, v: &mut V) -> Done {
    let of = |e: &&Entry| vocabulary::facts(e.field).group() == wanted;
    if !entries.iter().any(|e| of(&e)) {
        return Ok(());
    }
    v.open(Key::Name(name), true)?;
    let mut count = 0;
    let mut open: Option<u16> = None;
    let mut iter = entries.iter();
    while let Some(entry) = iter.next() {
        if !of(&entry) {
            continue;
        }
        if open != Some(entry.nth) {
            if open.is_some() {
                v.close(false)?;
            }
            v.open(Key::Index(count), false)?;
            count += 1;
            open = Some(entry.nth);
        }
        if !entry.is_continuation() {
            v.value(Key::Name(leaf(entry.field)), entry, Pieces::behind(&iter, entry))?;
        }
    }
    v.close(false)?;
    v.close(true)
}

/// Everything of a document that stands before its lines.
pub fn walk_head<V: Visitor>(
    channel: &str,
    document: Entries<'_>,
    v: &mut V,
    parties: impl FnOnce(&mut V) -> Done,
) -> Done {
    v.text(Key::Name("schema"), "ordnorm/1")?;
    v.text(Key::Name("channel"), channel)?;
    // A message that turns out to be the caller's own says so behind its first kind.
    if let Some(kind) = document.iter().filter(|e| e.field == field::ORDER_KIND).last() {
        v.value(Key::Name("kind"), kind, Pieces::none())?;
    }
    for number in HEAD {
        member(document, *number, v)?;
    }
    object(Key::Name("message"), document, MESSAGE, v)?;
    instances("carriers", document, group::CARRIER, v)?;
    object(Key::Name("delivery"), document, DELIVERY, v)?;
    object(Key::Name("dispatch"), document, DISPATCH, v)?;
    payment(document, v)?;
    parties(v)?;
    notes(document, v)?;
    instances("attachments", document, group::ATTACHMENT, v)
}

fn notes<V: Visitor>(entries: Entries<'_>, v: &mut V) -> Done {
    instances("references", entries, group::REFERENCE, v)?;
    instances("notes", entries, group::NOTE, v)?;
    instances("allowances", entries, group::ALLOWANCE, v)
}

fn payment<V: Visitor>(document: Entries<'_>, v: &mut V) -> Done {
    let discounts = |e: &Entry| vocabulary::facts(e.field).group() == group::DISCOUNT;
    if !document.iter().any(|e| PAYMENT.contains(&e.field) || discounts(e)) {
        return Ok(());
    }
    v.open(Key::Name("payment"), false)?;
    for number in PAYMENT {
        member(document, *number, v)?;
    }
    instances("discounts", document, group::DISCOUNT, v)?;
    v.close(false)
}

/// What stands behind the lines of a document.
pub fn walk_totals<V: Visitor>(document: Entries<'_>, v: &mut V) -> Done {
    object(Key::Name("totals"), document, TOTALS, v)
}

/// An array of parties.
pub fn walk_parties<'a, V: Visitor>(parties: impl Iterator<Item = Entries<'a>>, v: &mut V) -> Done {
    let mut count = 0;
    for party in parties {
        if count == 0 {
            v.open(Key::Name("parties"), true)?;
        }
        walk_party(Key::Index(count), party, v)?;
        count += 1;
    }
    if count > 0 { v.close(true) } else { Ok(()) }
}

fn walk_party<V: Visitor>(key: Key<'_>, party: Entries<'_>, v: &mut V) -> Done {
    v.open(key, false)?;
    member(party, field::PARTY_ROLE, v)?;
    with_scheme("ids", party, field::PARTY_ID, field::PARTY_ID_SCHEME, v)?;
    member(party, field::PARTY_NAME, v)?;
    if party.iter().filter(|e| e.field == field::PARTY_NAME && !e.is_continuation()).count() > 1 {
        list("names", party, field::PARTY_NAME, v)?;
    }
    member(party, field::PARTY_DEPARTMENT, v)?;
    if let Some(endpoint) = party.get(field::PARTY_ENDPOINT) {
        v.open(Key::Name("endpoint"), false)?;
        if let Some(scheme) = party.get(field::PARTY_ENDPOINT_SCHEME) {
            v.value(Key::Name("scheme"), scheme, Pieces::none())?;
        }
        v.value(Key::Name("value"), endpoint, Pieces::none())?;
        v.close(false)?;
    }
    list("street", party, field::PARTY_STREET, v)?;
    for number in PARTY {
        member(party, *number, v)?;
    }
    contacts(party, v)?;
    v.close(false)
}

/// `[{scheme, value}]`: a scheme stands right behind its value.
fn with_scheme<V: Visitor>(name: &str, entries: Entries<'_>, value: u16, scheme: u16, v: &mut V) -> Done {
    let mut count = 0;
    let mut iter = entries.iter().peekable();
    while let Some(entry) = iter.next() {
        if entry.field != value || entry.is_continuation() {
            continue;
        }
        if count == 0 {
            v.open(Key::Name(name), true)?;
        }
        v.open(Key::Index(count), false)?;
        if let Some(scheme) = iter.peek().filter(|next| next.field == scheme) {
            v.value(Key::Name("scheme"), scheme, Pieces::none())?;
        }
        v.value(Key::Name("value"), entry, Pieces::none())?;
        v.close(false)?;
        count += 1;
    }
    if count > 0 { v.close(true) } else { Ok(()) }
}

/// An array of the values of one field.
fn list<V: Visitor>(name: &str, entries: Entries<'_>, number: u16, v: &mut V) -> Done {
    let mut count = 0;
    for entry in entries.iter().filter(|e| e.field == number && !e.is_continuation()) {
        if count == 0 {
            v.open(Key::Name(name), true)?;
        }
        v.value(Key::Index(count), entry, Pieces::none())?;
        count += 1;
    }
    if count > 0 { v.close(true) } else { Ok(()) }
}

/// The first contact, and further ones.
fn contacts<V: Visitor>(party: Entries<'_>, v: &mut V) -> Done {
    let mut open: Option<u16> = None;
    let mut count = 0;
    let mut iter = party.iter();
    while let Some(entry) = iter.next() {
        if vocabulary::facts(entry.field).group() != group::CONTACT {
            continue;
        }
        if open != Some(entry.nth) {
            if open.is_some() {
                v.close(false)?;
            }
            match count {
                0 => v.open(Key::Name("contact"), false)?,
                1 => {
                    v.open(Key::Name("contacts"), true)?;
                    v.open(Key::Index(0), false)?;
                }
                n => v.open(Key::Index(n - 1), false)?,
            }
            count += 1;
            open = Some(entry.nth);
        }
        if !entry.is_continuation() {
            v.value(Key::Name(leaf(entry.field)), entry, Pieces::behind(&iter, entry))?;
        }
    }
    if open.is_some() {
        v.close(false)?;
    }
    if count > 1 { v.close(true) } else { Ok(()) }
}

/// One line.
pub fn walk_line<V: Visitor>(
    key: Key<'_>,
    number: u32,
    line: Entries<'_>,
    v: &mut V,
    parties: impl FnOnce(&mut V) -> Done,
) -> Done {
    v.open(key, false)?;
    v.number(Key::Name("seq"), number)?;
    for number in [field::LINE_NUMBER, field::LINE_PARENT, field::LINE_ACTION] {
        member(line, number, v)?;
    }
    items(line, v)?;
    member(line, field::LINE_DESCRIPTION, v)?;
    instances("attributes", line, group::ATTRIBUTE, v)?;
    let changes = [field::LINE_QUANTITY_CHANGE, field::LINE_QUANTITY_BEFORE];
    let changed = changes.into_iter().any(|number| line.get(number).is_some());
    if !changed || line.get(field::LINE_QUANTITY).is_some() {
        object(Key::Name("quantity"), line, QUANTITY, v)?;
    }
    for (name, number) in ["quantity_change", "quantity_before"].into_iter().zip(changes) {
        if line.get(number).is_some() {
            // All quantities of a line are counted in its unit.
            object(Key::Name(name), line, &[number, field::LINE_UNIT, field::LINE_UNIT_TEXT], v)?;
        }
    }
    object(Key::Name("pack"), line, PACK, v)?;
    member(line, field::LINE_FREE_QUANTITY, v)?;
    prices(line, v)?;
    object(Key::Name("price_quantity"), line, PRICE_QUANTITY, v)?;
    member(line, field::LINE_AMOUNT, v)?;
    object(Key::Name("tax"), line, TAX, v)?;
    object(Key::Name("delivery"), line, DELIVERY, v)?;
    object(Key::Name("dispatch"), line, DISPATCH, v)?;
    instances("schedules", line, group::SCHEDULE, v)?;
    object(Key::Name("received"), line, RECEIVED, v)?;
    parties(v)?;
    member(line, field::LINE_COST_CENTRE, v)?;
    member(line, field::LINE_PARTIAL, v)?;
    notes(line, v)?;
    v.close(false)
}

/// `[{scheme, value}]` of all item numbers, in the order of the message.
fn items<V: Visitor>(line: Entries<'_>, v: &mut V) -> Done {
    let mut count = 0;
    for entry in line.iter().filter(|e| (field::LINE_GTIN..=field::LINE_OTHER_ID).contains(&e.field)) {
        if entry.is_continuation() {
            continue;
        }
        if count == 0 {
            v.open(Key::Name("items"), true)?;
        }
        v.open(Key::Index(count), false)?;
        v.text(Key::Name("scheme"), leaf(entry.field))?;
        v.value(Key::Name("value"), entry, Pieces::none())?;
        v.close(false)?;
        count += 1;
    }
    if count > 0 { v.close(true) } else { Ok(()) }
}

/// The net price, or the only one; the others in `prices`.
fn prices<V: Visitor>(line: Entries<'_>, v: &mut V) -> Done {
    let parts = || line.iter().filter(|e| vocabulary::facts(e.field).group() == group::PRICE);
    let heads = || parts().filter(|e| e.field == field::LINE_PRICE);
    let Some(first) = heads().next() else { return Ok(()) };
    // Where the parts of a price stand together, as readers lay them down, each look goes on behind the
    // last one: thousands of prices in one line stay linear.
    let sorted = parts().zip(parts().skip(1)).all(|(a, b)| a.nth <= b.nth);
    let is_net = |e: &&Entry| e.field == field::LINE_PRICE_KIND && e.word() == Some(word::PRICE_NET);
    let only = heads().count() == 1;
    let main = if only {
        Some(first.nth)
    } else if sorted {
        let mut kinds = parts().filter(is_net).map(|e| e.nth);
        let mut kind = kinds.next();
        heads().map(|e| e.nth).find(|nth| {
            while kind.is_some_and(|kind| kind < *nth) {
                kind = kinds.next();
            }
            kind == Some(*nth)
        })
    } else {
        heads().map(|e| e.nth).find(|nth| parts().filter(is_net).any(|e| e.nth == *nth))
    };
    if let Some(nth) = main {
        price(Key::Name("price"), parts().filter(|e| e.nth == nth), v)?;
    }
    let mut count = 0;
    let mut rest = parts();
    let mut next = rest.next();
    for head in heads().filter(|e| Some(e.nth) != main) {
        if count == 0 {
            v.open(Key::Name("prices"), true)?;
        }
        if sorted {
            while next.is_some_and(|e| e.nth < head.nth) {
                next = rest.next();
            }
            let own = core::iter::from_fn(|| {
                let part = next.filter(|e| e.nth == head.nth)?;
                next = rest.next();
                Some(part)
            });
            price(Key::Index(count), own, v)?;
        } else {
            price(Key::Index(count), parts().filter(|e| e.nth == head.nth), v)?;
        }
        count += 1;
    }
    if count > 0 { v.close(true) } else { Ok(()) }
}

fn price<'e, V: Visitor>(key: Key<'_>, parts: impl Iterator<Item = &'e Entry>, v: &mut V) -> Done {
    v.open(key, false)?;
    for entry in parts {
        v.value(Key::Name(leaf(entry.field)), entry, Pieces::none())?;
    }
    v.close(false)
}

/// Walks through a whole order, its verdict and findings apart.
pub fn walk<V: Visitor>(order: &Order<'_>, v: &mut V) -> Done {
    let document = order.document();
    walk_head(order.channel(), document, v, |v| walk_parties(order.parties(0), v))?;
    let lines = order.line_count();
    if lines > 0 {
        v.open(Key::Name("lines"), true)?;
        for number in 1..=lines {
            if let Some(line) = order.line(number) {
                walk_line(Key::Index(number - 1), number, line, v, |v| {
                    walk_parties(order.parties(number), v)
                })?;
            }
        }
        v.close(true)?;
    }
    walk_totals(document, v)
}

/// Writes an order as canonical JSON.
///
/// # Errors
/// The output refused a piece.
pub fn write<W: Write>(order: &Order<'_>, provenance: bool, out: &mut W) -> Done {
    let mut json = Json::new(out, order.texts());
    json.begin()?;
    walk(order, &mut json)?;
    let end = order.end().copied();
    json.end(end.as_ref(), order.findings())?;
    if provenance {
        json.open(Key::Name("provenance"), false)?;
        json.pointers(|pointers| walk(order, pointers))?;
        json.close(false)?;
    }
    json.finish()
}

/// Writes members.
pub struct Json<'w, 't, W> {
    out: &'w mut W,
    texts: Texts<'t>,
    comma: bool,
}

impl<'w, 't, W: Write> Json<'w, 't, W> {
    /// A writer for values whose texts are in `texts`.
    pub const fn new(out: &'w mut W, texts: Texts<'t>) -> Self {
        Json { out, texts, comma: false }
    }

    /// Does a comma come before the next member? What [`Json::resume`] wants to know.
    #[must_use]
    pub const fn comma(&self) -> bool {
        self.comma
    }

    /// Goes on behind members that another writer has written.
    pub const fn resume(out: &'w mut W, texts: Texts<'t>, comma: bool) -> Self {
        Json { out, texts, comma }
    }

    /// The object begins.
    ///
    /// # Errors
    /// The output refused a piece.
    pub fn begin(&mut self) -> Done {
        self.comma = false;
        self.out.write_str("{")
    }

    /// The object ends.
    ///
    /// # Errors
    /// The output refused a piece.
    pub fn finish(&mut self) -> Done {
        self.out.write_str("}")
    }

    /// Verdict, findings and what was not used.
    ///
    /// # Errors
    /// The output refused a piece.
    pub fn end(&mut self, end: Option<&super::End>, findings: &[Finding]) -> Done {
        let Some(end) = end else { return Ok(()) };
        self.text(Key::Name("verdict"), end.verdict.name())?;
        if !findings.is_empty() {
            self.open(Key::Name("findings"), true)?;
            for finding in findings {
                self.finding(finding)?;
            }
            self.close(true)?;
        }
        self.unmapped(end)
    }

    /// What was not used.
    ///
    /// # Errors
    /// The output refused a piece.
    pub fn unmapped(&mut self, end: &super::End) -> Done {
        self.open(Key::Name("unmapped"), false)?;
        self.number(Key::Name("unknown"), end.unknown)?;
        self.number(Key::Name("ignored"), end.ignored)?;
        if let Some(first) = end.first_at {
            self.number(Key::Name("first_at"), first)?;
        }
        self.close(false)
    }

    /// One of the findings.
    ///
    /// # Errors
    /// The output refused a piece.
    pub fn finding(&mut self, finding: &Finding) -> Done {
        self.open(Key::None, false)?;
        self.text(Key::Name("code"), vocabulary::finding_name(finding.code))?;
        self.text(Key::Name("severity"), finding.severity().name())?;
        match finding.field {
            0 => {}
            crate::check::LINES => self.text(Key::Name("field"), "lines")?,
            number => self.text(Key::Name("field"), vocabulary::name(number))?,
        }
        if finding.line > 0 {
            self.number(Key::Name("line"), finding.line)?;
        }
        self.number(Key::Name("at"), finding.at)?;
        self.number(Key::Name("length"), finding.length)?;
        let two = matches!(
            finding.code,
            vocabulary::finding::AMBIGUOUS_DECIMAL | vocabulary::finding::AMBIGUOUS_DATE
        );
        if two && !matches!(finding.expected.kind, 0 | 255) {
            self.key(Key::Name("found"))?;
            self.out.write_str("\"")?;
            self.shown(&finding.expected)?;
            self.out.write_str("|")?;
            self.shown(&finding.found)?;
            return self.quote_and_close();
        }
        for (name, shown) in [("expected", &finding.expected), ("found", &finding.found)] {
            if shown.kind != 0 && shown.kind != Shown::ELSEWHERE.kind {
                self.key(Key::Name(name))?;
                self.out.write_str("\"")?;
                self.shown(shown)?;
                self.out.write_str("\"")?;
            }
        }
        if finding.found.kind == 0
            && quotes_its_place(finding.code)
            && (1..=FOUND_BYTES as u32).contains(&finding.length)
        {
            self.key(Key::Name("found"))?;
            self.out.write_str("\"")?;
            self.shown(&Shown::text(finding.at, finding.length))?;
            self.out.write_str("\"")?;
        }
        self.close(false)
    }

    fn quote_and_close(&mut self) -> Done {
        self.out.write_str("\"")?;
        self.close(false)
    }

    /// A small value, inside of quotes.
    fn shown(&mut self, shown: &Shown) -> Done {
        let entry = Entry { value: shown.value, kind: shown.kind, scale: shown.scale, ..Entry::default() };
        match shown.kind {
            kind::TEXT if shown.scale == 1 => {
                let (at, length) = ((shown.value >> 32) as usize, (shown.value & 0xFFFF_FFFF) as usize);
                let text = self.texts.message.get(at..at + length).unwrap_or(&[]);
                self.out.write_str(core::str::from_utf8(text).unwrap_or(""))
            }
            kind::TEXT => {
                let at = (shown.value >> 32) as usize;
                let length = ((shown.value & 0xFFFF_FFFF) as usize).min(FOUND_BYTES);
                let text = self.texts.message.get(at..at + length).unwrap_or(&[]);
                for chunk in text.utf8_chunks() {
                    self.escaped(chunk.valid())?;
                    if !chunk.invalid().is_empty() {
                        self.out.write_str("\u{FFFD}")?;
                    }
                }
                Ok(())
            }
            kind::COUNT => self.digits(shown.value),
            _ => self.plain(&entry),
        }
    }

    fn key(&mut self, key: Key<'_>) -> Done {
        if self.comma {
            self.out.write_str(",")?;
        }
        self.comma = true;
        if let Key::Name(name) = key {
            self.out.write_str("\"")?;
            self.out.write_str(name)?;
            self.out.write_str("\":")?;
        }
        Ok(())
    }

    fn digits(&mut self, number: u64) -> Done {
        let mut buffer = [0u8; 20];
        let mut rest = number;
        let mut begin = buffer.len();
        for place in buffer.iter_mut().rev() {
            *place = b'0' + (rest % 10) as u8;
            rest /= 10;
            begin -= 1;
            if rest == 0 {
                break;
            }
        }
        let digits = buffer.get(begin..).unwrap_or(&[]);
        self.out.write_str(core::str::from_utf8(digits).unwrap_or("0"))
    }

    /// Text inside of quotes.
    fn escaped(&mut self, text: &str) -> Done {
        let mut rest = text;
        while let Some(place) = rest.bytes().position(|b| b < 0x20 || b == b'"' || b == b'\\') {
            let (clean, tail) = rest.split_at_checked(place).unwrap_or((rest, ""));
            self.out.write_str(clean)?;
            let byte = tail.as_bytes().first().copied().unwrap_or(b' ');
            match byte {
                b'"' => self.out.write_str("\\\"")?,
                b'\\' => self.out.write_str("\\\\")?,
                b'\n' => self.out.write_str("\\n")?,
                b'\r' => self.out.write_str("\\r")?,
                b'\t' => self.out.write_str("\\t")?,
                _ => {
                    self.out.write_str("\\u00")?;
                    for nibble in [byte >> 4, byte & 15] {
                        let digit = if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 };
                        self.out.write_char(char::from(digit))?;
                    }
                }
            }
            rest = tail.get(1..).unwrap_or("");
        }
        self.out.write_str(rest)
    }

    /// A value without quotes around it.
    fn plain(&mut self, value: &Entry) -> Done {
        match value.kind {
            kind::DECIMAL => {
                let mut buffer = [0u8; 24];
                let text = value.decimal().unwrap_or(Decimal::ZERO).write(&mut buffer);
                self.out.write_str(text)
            }
            kind::DATE => {
                let mut buffer = [0u8; 32];
                match Date::from_bits(value.value) {
                    Some(date) => self.out.write_str(date.write(&mut buffer)),
                    None => Ok(()),
                }
            }
            kind::WORD => self.out.write_str(vocabulary::word_text(value.value as u16)),
            kind::ASCII => {
                let (bytes, length) = unpack_ascii(value.value);
                self.escaped(core::str::from_utf8(bytes.get(..length).unwrap_or(&[])).unwrap_or(""))
            }
            _ => self.escaped(self.texts.str(value).unwrap_or("")),
        }
    }

    /// The places of the values that a walk goes through, each under its JSON Pointer.
    ///
    /// # Errors
    /// The output refused a piece.
    pub fn pointers(&mut self, walk: impl FnOnce(&mut Provenance<'_, 'w, 't, W>) -> Done) -> Done {
        walk(&mut Provenance { json: self, path: heapless::Vec::new(), marks: heapless::Vec::new() })
    }
}

/// The most bytes of the message that a finding quotes.
const FOUND_BYTES: usize = 80;

/// Findings that quote what stood there.
const fn quotes_its_place(code: u16) -> bool {
    use vocabulary::finding as f;
    matches!(
        code,
        f::INVALID_DATE
            | f::INVALID_NUMBER
            | f::LOSSY_IDENTIFIER
            | f::AMBIGUOUS_DATE
            | f::UNKNOWN_UNIT
            | f::UNKNOWN_CODE
    )
}

impl<W: Write> Visitor for Json<'_, '_, W> {
    fn open(&mut self, key: Key<'_>, array: bool) -> Done {
        self.key(key)?;
        self.comma = false;
        self.out.write_str(if array { "[" } else { "{" })
    }

    fn close(&mut self, array: bool) -> Done {
        self.comma = true;
        self.out.write_str(if array { "]" } else { "}" })
    }

    fn value(&mut self, key: Key<'_>, value: &Entry, pieces: Pieces<'_>) -> Done {
        self.key(key)?;
        match value.kind {
            kind::COUNT => return self.digits(value.value),
            kind::FLAG => return self.out.write_str(if value.value == 0 { "false" } else { "true" }),
            _ => {}
        }
        self.out.write_str("\"")?;
        self.plain(value)?;
        for piece in pieces {
            self.escaped(joint::text(piece.scale))?;
            self.plain(piece)?;
        }
        self.out.write_str("\"")
    }

    fn number(&mut self, key: Key<'_>, number: u32) -> Done {
        self.key(key)?;
        self.digits(u64::from(number))
    }

    fn text(&mut self, key: Key<'_>, text: &str) -> Done {
        self.key(key)?;
        self.out.write_str("\"")?;
        self.escaped(text)?;
        self.out.write_str("\"")
    }
}

/// Writes `"/lines/0/quantity/value":[at,length,"origin",confidence]` for every value.
pub struct Provenance<'j, 'w, 't, W> {
    json: &'j mut Json<'w, 't, W>,
    path: heapless::Vec<u8, 96>,
    marks: heapless::Vec<u8, 12>,
}

impl<W: Write> Provenance<'_, '_, '_, W> {
    fn push(&mut self, key: Key<'_>) -> Done {
        match key {
            Key::None => Ok(()),
            Key::Name(name) => {
                self.path.push(b'/').map_err(|_| Failed)?;
                self.path.extend_from_slice(name.as_bytes()).map_err(|_| Failed)
            }
            Key::Index(index) => {
                self.path.push(b'/').map_err(|_| Failed)?;
                let mut json = Json::new(&mut self.path, Texts::default());
                json.digits(u64::from(index))
            }
        }
    }
}

impl<W: Write> Visitor for Provenance<'_, '_, '_, W> {
    fn open(&mut self, key: Key<'_>, _: bool) -> Done {
        self.marks.push(self.path.len() as u8).map_err(|_| Failed)?;
        self.push(key)
    }

    fn close(&mut self, _: bool) -> Done {
        let length = self.marks.pop().ok_or(Failed)?;
        self.path.truncate(usize::from(length));
        Ok(())
    }

    fn value(&mut self, key: Key<'_>, value: &Entry, _: Pieces<'_>) -> Done {
        let length = self.path.len();
        self.push(key)?;
        self.json.key(Key::Name(core::str::from_utf8(&self.path).unwrap_or("")))?;
        self.json.out.write_str("[")?;
        self.json.digits(u64::from(value.at))?;
        self.json.out.write_str(",")?;
        self.json.digits(u64::from(value.length))?;
        self.json.out.write_str(",\"")?;
        self.json.out.write_str(origin::name(value.origin))?;
        self.json.out.write_str("\",")?;
        self.json.digits(u64::from(value.confidence))?;
        self.json.out.write_str("]")?;
        self.path.truncate(length);
        Ok(())
    }

    fn number(&mut self, _: Key<'_>, _: u32) -> Done {
        Ok(())
    }

    fn text(&mut self, _: Key<'_>, _: &str) -> Done {
        Ok(())
    }
}
