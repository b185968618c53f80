//! Which member of the canonical form stands where.
//!
//! Members that are one value are listed here in their order; arrays come in the order of the message, where a
//! new instance begins at each new `nth`. A member is looked for in its record's entries, which are few.

use core::fmt::Error as Failed;

use ordnorm_chan::vocabulary::{self as vocabulary, field, group, word};

use super::{Done, Key, Pieces, Visitor};
use crate::order::Entry;
use crate::order::collect::{Entries, Order};

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

/// An array that is there only where it has elements.
struct Array<'n> {
    name: &'n str,
    count: u32,
}

impl<'n> Array<'n> {
    const fn new(name: &'n str) -> Self {
        Array { name, count: 0 }
    }

    /// The key of the next element: the first one opens the array.
    fn element<V: Visitor>(&mut self, v: &mut V) -> Result<Key<'static>, Failed> {
        if self.count == 0 {
            v.open(Key::Name(self.name), true)?;
        }
        self.count += 1;
        Ok(Key::Index(self.count - 1))
    }

    fn end<V: Visitor>(self, v: &mut V) -> Done {
        if self.count > 0 { v.close(true) } else { Ok(()) }
    }
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
    let mut array = Array::new("parties");
    for party in parties {
        let key = array.element(v)?;
        walk_party(key, party, v)?;
    }
    array.end(v)
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
    let mut array = Array::new(name);
    let mut iter = entries.iter().peekable();
    while let Some(entry) = iter.next() {
        if entry.field != value || entry.is_continuation() {
            continue;
        }
        let key = array.element(v)?;
        v.open(key, false)?;
        if let Some(scheme) = iter.peek().filter(|next| next.field == scheme) {
            v.value(Key::Name("scheme"), scheme, Pieces::none())?;
        }
        v.value(Key::Name("value"), entry, Pieces::none())?;
        v.close(false)?;
    }
    array.end(v)
}

/// An array of the values of one field.
fn list<V: Visitor>(name: &str, entries: Entries<'_>, number: u16, v: &mut V) -> Done {
    let mut array = Array::new(name);
    for entry in entries.iter().filter(|e| e.field == number && !e.is_continuation()) {
        let key = array.element(v)?;
        v.value(key, entry, Pieces::none())?;
    }
    array.end(v)
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
    let mut array = Array::new("items");
    for entry in line.iter().filter(|e| (field::LINE_GTIN..=field::LINE_OTHER_ID).contains(&e.field)) {
        if entry.is_continuation() {
            continue;
        }
        let key = array.element(v)?;
        v.open(key, false)?;
        v.text(Key::Name("scheme"), leaf(entry.field))?;
        v.value(Key::Name("value"), entry, Pieces::none())?;
        v.close(false)?;
    }
    array.end(v)
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
    let mut array = Array::new("prices");
    let mut rest = parts();
    let mut next = rest.next();
    for head in heads().filter(|e| Some(e.nth) != main) {
        let key = array.element(v)?;
        if sorted {
            while next.is_some_and(|e| e.nth < head.nth) {
                next = rest.next();
            }
            let own = core::iter::from_fn(|| {
                let part = next.filter(|e| e.nth == head.nth)?;
                next = rest.next();
                Some(part)
            });
            price(key, own, v)?;
        } else {
            price(key, parts().filter(|e| e.nth == head.nth), v)?;
        }
    }
    array.end(v)
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
