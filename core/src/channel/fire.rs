//! Rules at work: a piece of the message becomes an entry.
//!
//! The notation gives its values through [`Fields`]; what stands here is the same for all of them. A
//! composite value (a quantity with its unit) is put together first and laid down as one piece.

use ordnorm_chan::table::{
    Channel, Condition, Path, Rule, Run, flag, joint, operator, otherwise, pack, section, transform,
};
use ordnorm_chan::vocabulary::{self, ValueType, field, finding, group};

use super::desk::{Content, Desk, Several, ValueBuffer, continued, is_identifier};
use crate::limits::COMPOSITE;
use crate::order::{Entry, Shown, kind, origin, pack_ascii};
use crate::syntax::{Raw, raw};
use crate::value::charset::{self, Charset};
use crate::value::code;
use crate::value::date::{self, DateError, Parsed};
use crate::value::decimal::{self, DecimalError, Style};
use crate::value::identifier;
use crate::value::phone;
use crate::value::unit;

/// The values of a record or scope, as its notation gives them.
pub trait Fields {
    /// The bytes that are read.
    fn bytes(&self) -> &[u8];
    /// The value at one place, blanks around it taken off; `None` where there is nothing.
    fn get(&self, path: Path) -> Option<Raw>;
    /// The last element and component that a range reaches.
    fn reach(&self, path: Path) -> (u8, u8);
    /// The value has been used.
    fn used(&mut self, raw: Raw);
    /// The values at a path (a range) are of no use.
    fn ignore(&mut self, path: Path);
    /// Takes the notation's escapes out; `None` where the room is too small.
    fn unescape(&self, raw: Raw, out: &mut [u8]) -> Option<usize>;
    /// The character set of the values.
    fn charset(&self) -> Charset;
    /// How numbers are written where neither the rule nor the channel says it.
    fn style(&self) -> Style;
    /// Is a text one of the values that are carried under this number?
    fn is_carried(&self, _number: u16, _text: &[u8]) -> bool {
        false
    }
    /// The unit of a text, and whether the text is its code.
    fn unit(&self, text: &[u8]) -> Option<(unit::Unit, bool)>;
}

/// Does a condition hold?
pub fn holds<F: Fields>(channel: &Channel<'_>, condition: &Condition, fields: &mut F, own: &[&str]) -> bool {
    let value = fields.get(condition.path);
    if let Some(value) = value {
        fields.used(value);
    }
    let mut buffer = [0; crate::limits::VALUE_BYTES];
    let text = value.and_then(|v| clean(fields, v, &mut buffer));
    match condition.operator {
        operator::PRESENT => value.is_some(),
        operator::ABSENT => value.is_none(),
        operator::CARRIED => text.is_some_and(|t| fields.is_carried(condition.values.start, t)),
        operator => compare(channel, operator, condition.values, text, own),
    }
}

/// Does an operator that looks at the text of a value hold?
pub fn compare(channel: &Channel<'_>, operator: u8, values: Run, text: Option<&[u8]>, own: &[&str]) -> bool {
    let any = |holds: &dyn Fn(&[u8], &[u8]) -> bool| {
        text.is_some_and(|t| values.of(channel.keys).iter().any(|key| holds(t, channel.text(*key))))
    };
    match operator {
        operator::EQUAL => text.is_some_and(|t| channel.lists(values, t)),
        operator::UNEQUAL => !text.is_some_and(|t| channel.lists(values, t)),
        operator::BEGINS => any(&|t, key| t.starts_with(key)),
        operator::ENDS => any(&|t, key| t.ends_with(key)),
        operator::OWN => text.is_some_and(|t| own.iter().any(|o| o.as_bytes() == t)),
        operator::MAPPED => text.is_some_and(|t| channel.map_entry(values.start, t).is_some()),
        _ => false,
    }
}

fn lists<F: Fields>(channel: &Channel<'_>, values: Run, value: Raw, fields: &F) -> bool {
    let mut buffer = [0; crate::limits::VALUE_BYTES];
    clean(fields, value, &mut buffer).is_some_and(|text| channel.lists(values, text))
}

/// The bytes of a short value without escapes; `None` where it is longer than the buffer.
fn clean<'b, F: Fields>(fields: &'b F, value: Raw, buffer: &'b mut ValueBuffer) -> Option<&'b [u8]> {
    if value.flags & raw::ESCAPED == 0 {
        return Some(value.of(fields.bytes()));
    }
    let length = fields.unescape(value, buffer)?;
    buffer.get(..length).map(<[u8]>::trim_ascii)
}

/// Entries of one composite value.
struct Parts {
    entries: [Entry; COMPOSITE],
    count: usize,
}

impl Parts {
    fn push(&mut self, entry: Entry) {
        if let Some(place) = self.entries.get_mut(self.count) {
            *place = entry;
            self.count += 1;
        }
    }

    fn as_slice(&self) -> &[Entry] {
        self.entries.get(..self.count).unwrap_or(&[])
    }

    fn as_mut_slice(&mut self) -> &mut [Entry] {
        self.entries.get_mut(..self.count).unwrap_or(&mut [])
    }
}

/// Fires rules on the values of a record or scope.
pub struct Firing<'f, 'd, 'c, F> {
    /// The channel.
    pub channel: &'f Channel<'c>,
    /// The values.
    pub fields: &'f mut F,
    /// Where they go.
    pub desk: &'f mut Desk<'d>,
    /// The open section.
    pub section: u8,
}

impl<'c, F: Fields> Firing<'_, '_, 'c, F> {
    /// Fires a run of rules.
    pub fn run(&mut self, run: Run) {
        let rules = run.of(self.channel.rules);
        let mut index = 0;
        let mut given = false;
        while let Some(rule) = rules.get(index) {
            index += 1;
            let tails = index;
            while rules.get(index).is_some_and(|r| r.flags & flag::TAIL != 0) {
                index += 1;
            }
            if rule.transform == transform::IGNORE || (rule.flags & flag::ELSE != 0 && given) {
                continue;
            }
            given = self.rule(rule, rules.get(tails..index).unwrap_or(&[]));
        }
    }

    /// Notes what a run of rules lists as of no use.
    pub fn ignore(&mut self, run: Run) {
        for rule in run.of(self.channel.rules) {
            if rule.transform == transform::IGNORE
                && (rule.condition_count == 0 || self.conditions_hold(rule))
            {
                self.fields.ignore(rule.source);
            }
        }
    }

    fn conditions_hold(&mut self, rule: &Rule) -> bool {
        let run = Run { start: rule.conditions, count: u16::from(rule.condition_count) };
        let own = self.desk.options.own;
        run.of(self.channel.conditions).iter().all(|c| holds(self.channel, c, self.fields, own))
    }

    /// Fires one rule; did it give a value?
    fn rule(&mut self, rule: &Rule, tails: &[Rule]) -> bool {
        // A single value that is absent makes its conditions idle.
        let single = rule.source.is_single() && rule.transform < transform::CONSTANT;
        let value = if single { self.fields.get(rule.source) } else { None };
        if single && value.is_none() && rule.fallback == 0 {
            return false;
        }
        if rule.condition_count != 0 && !self.conditions_hold(rule) {
            return false;
        }
        if let Some(value) = value {
            if tails.iter().any(|tail| tail.transform == transform::PIECE) {
                return self.pieced(rule, tails, value);
            }
            return self.value(rule, tails, value, 0);
        }
        match rule.transform {
            transform::CONSTANT => {
                let entry = self.constant(rule);
                let entry = self.numbered(entry);
                return self.desk.push(&[entry], Several::Flagged);
            }
            transform::CONTENT => return self.content(rule),
            transform::EXPECT => return self.expected(rule),
            _ => {}
        }
        if rule.source.is_single() {
            return match self.fields.get(rule.source) {
                Some(value) => self.value(rule, tails, value, 0),
                None => {
                    self.defaulted(rule);
                    false
                }
            };
        }
        self.range(rule, tails)
    }

    /// A rule over several places.
    fn range(&mut self, rule: &Rule, tails: &[Rule]) -> bool {
        if rule.transform == transform::DATE && rule.join != joint::NONE {
            return self.joined_date(rule);
        }
        let (last_element, last_component) = self.fields.reach(rule.source);
        let mut given = false;
        let mut nth = 0;
        for element in rule.source.element..=last_element {
            for component in rule.source.component..=last_component {
                let Some(value) = self.fields.get(Path::single(element, component)) else { continue };
                if given && rule.flags & flag::FIRST != 0 {
                    continue;
                }
                if given && rule.join != joint::NONE {
                    nth = self.piece(rule, value, nth);
                    continue;
                }
                given |= self.value(rule, if given { &[] } else { tails }, value, 0);
                if given && nth == 0 {
                    nth = self.last_nth();
                }
            }
        }
        given
    }

    fn last_nth(&self) -> u16 {
        let top = self.desk.state.top as usize;
        top.checked_sub(1).and_then(|i| self.desk.entries.get(i)).map_or(0, |e| e.nth)
    }

    /// A further piece of a text.
    fn piece(&mut self, rule: &Rule, value: Raw, nth: u16) -> u16 {
        self.fields.used(value);
        if let Some(mut entry) = self.text(rule.field, value) {
            entry.nth = nth;
            let by = self.joint(rule);
            self.desk.push(&[continued(entry, by)], Several::Flagged);
        }
        nth
    }

    /// What stands between two pieces: the rule's own joint, or one by a code of the message.
    fn joint(&mut self, rule: &Rule) -> u8 {
        if rule.join != joint::MAPPED {
            return rule.join;
        }
        let mut buffer = [0; crate::limits::VALUE_BYTES];
        let code = self.fields.get(rule.other);
        if let Some(code) = code {
            self.fields.used(code);
        }
        let text = code.and_then(|code| clean(self.fields, code, &mut buffer)).unwrap_or(b"");
        self.channel.map_entry(rule.argument, text).map_or(joint::BLANK, |entry| entry.word as u8)
    }

    /// A value whose further pieces stand at other places (`A + B`).
    fn pieced(&mut self, rule: &Rule, tails: &[Rule], value: Raw) -> bool {
        let pieces = || tails.iter().filter(|tail| tail.transform == transform::PIECE);
        if rule.transform == transform::TEXT {
            let rest = tails.iter().position(|t| t.transform != transform::PIECE).unwrap_or(tails.len());
            let given = self.value(rule, tails.get(rest..).unwrap_or(&[]), value, 0);
            if given {
                let nth = self.last_nth();
                for tail in pieces() {
                    if let Some(piece) = self.fields.get(tail.source) {
                        self.piece(rule, piece, nth);
                    }
                }
            }
            return given;
        }
        let pattern = if rule.transform == transform::DATE { self.pattern(rule) } else { None };
        let between: &[u8] = if pattern == Some(b"iso") { b"T" } else { b"" };
        let mut text: ValueBuffer = [0; crate::limits::VALUE_BYTES];
        let mut length = 0;
        let mut put = |bytes: &[u8]| match text.get_mut(length..length + bytes.len()) {
            Some(place) => {
                place.copy_from_slice(bytes);
                length += bytes.len();
            }
            None => length = usize::MAX / 2,
        };
        put(value.of(self.fields.bytes()));
        self.fields.used(value);
        for tail in pieces() {
            if let Some(piece) = self.fields.get(tail.source) {
                self.fields.used(piece);
                put(between);
                put(piece.of(self.fields.bytes()));
            }
        }
        match text.get(..length) {
            Some(text) if rule.transform == transform::DATE => {
                match dated(self.desk, rule.field, text, pattern, value) {
                    Some(entry) => {
                        let entry = self.numbered(entry);
                        self.desk.push(&[entry], policy(rule))
                    }
                    None => false,
                }
            }
            // Only texts and dates stand in pieces.
            _ => {
                self.desk.unknown(1, true, value.at, value.length);
                false
            }
        }
    }

    /// A date and its time at two places.
    fn joined_date(&mut self, rule: &Rule) -> bool {
        let mut digits: ValueBuffer = [0; crate::limits::VALUE_BYTES];
        let mut length = 0;
        let mut whole: Option<Raw> = None;
        let (_, last) = self.fields.reach(rule.source);
        for component in rule.source.component..=last {
            let Some(value) = self.fields.get(Path::single(rule.source.element, component)) else { continue };
            self.fields.used(value);
            let text = value.of(self.fields.bytes());
            if let Some(place) = digits.get_mut(length..length + text.len()) {
                place.copy_from_slice(text);
                length += text.len();
            }
            let end = value.at + value.length;
            whole = Some(whole.map_or(value, |w| Raw { length: end.saturating_sub(w.at), ..w }));
        }
        let Some(whole) = whole else { return false };
        let pattern = self.pattern(rule);
        let text = digits.get(..length).unwrap_or(&[]);
        match dated(self.desk, rule.field, text, pattern, whole) {
            Some(entry) => {
                let entry = self.numbered(entry);
                self.desk.push(&[entry], policy(rule))
            }
            None => false,
        }
    }

    /// One value with its parts.
    fn value(&mut self, rule: &Rule, tails: &[Rule], value: Raw, nth: u16) -> bool {
        self.fields.used(value);
        let findings = self.desk.state.found;
        let Some(mut head) = self.entry(rule, value) else {
            // Its parts go with it.
            for tail in tails {
                if let Some(value) = self.fields.get(tail.source) {
                    self.fields.used(value);
                }
            }
            if self.desk.state.found != findings {
                // It stood there, and the finding says why it is absent.
                self.desk.mark(rule.field);
            }
            return false;
        };
        if rule.flags & flag::WEAK == flag::WEAK {
            head.origin = origin::DERIVED;
        }
        head.nth = if nth != 0 { nth } else { self.nth(head.field) };
        if rule.flags & flag::ALL != 0 && rule.join != joint::NONE && self.desk.has(head.field) {
            let by = self.joint(rule);
            return self.desk.push(&[continued(head, by)], Several::Flagged);
        }
        if tails.is_empty() && rule.transform != transform::UNIT {
            return self.desk.push(&[head], policy(rule)) && self.also(rule, value);
        }
        let mut parts = Parts { entries: [Entry::default(); COMPOSITE], count: 0 };
        parts.push(head);
        for tail in tails {
            self.part(tail, &mut parts);
        }
        for part in parts.as_mut_slice() {
            part.nth = head.nth;
        }
        self.check_party_id(&parts, value);
        if head.field == field::LINE_PRICE && self.desk.has_price_of_kind(parts.as_slice()) {
            return false;
        }
        self.desk.push(parts.as_slice(), policy(rule))
    }

    /// A part of a composite value.
    fn part(&mut self, tail: &Rule, parts: &mut Parts) {
        if tail.transform == transform::CONSTANT {
            let entry = self.constant(tail);
            parts.push(entry);
            return;
        }
        let Some(value) = self.fields.get(tail.source) else { return };
        self.fields.used(value);
        if tail.transform == transform::UNIT {
            let head = parts.as_slice().first().map_or(0, |e| e.field);
            let changes = matches!(head, field::LINE_QUANTITY_CHANGE | field::LINE_QUANTITY_BEFORE);
            let first = changes && !self.desk.has(field::LINE_UNIT);
            if tail.field == field::LINE_UNIT && head != field::LINE_QUANTITY && !first {
                return self.same_unit(tail, value);
            }
            return self.unit(tail, value, parts);
        }
        if let Some(entry) = self.entry(tail, value) {
            parts.push(entry);
        }
    }

    /// The number of the instance that a value belongs to.
    fn nth(&mut self, number: u16) -> u16 {
        let wanted = vocabulary::facts(number).group();
        if wanted == group::NONE {
            return if vocabulary::facts(number).is_many() { 0 } else { 1 };
        }
        if wanted == group::PARTY {
            return 1;
        }
        let mut here = self.section;
        while let Some(open) = self.channel.sections.get(usize::from(here)) {
            if open.group == wanted {
                return self.desk.section_instance(open.depth, wanted);
            }
            if open.kind != section::GROUP {
                break;
            }
            here = open.parent;
        }
        if wanted == group::CONTACT {
            // A contact outside of a contact block: they all belong to one.
            return 1;
        }
        self.desk.new_instance(wanted)
    }

    fn numbered(&mut self, mut entry: Entry) -> Entry {
        entry.nth = self.nth(entry.field);
        entry
    }

    /// The value of a constant, or of a default.
    fn constant(&self, rule: &Rule) -> Entry {
        let weak = rule.flags & flag::WEAK == flag::WEAK;
        let origin = if weak { origin::DERIVED } else { origin::MAPPED };
        let mut entry = Entry { field: rule.field, origin, confidence: 100, ..Entry::default() };
        if rule.argument != 0 {
            entry.kind = kind::WORD;
            entry.value = u64::from(rule.argument);
            return entry;
        }
        let key = rule.fallback.saturating_sub(1);
        self.key_entry(&mut entry, key);
        entry
    }

    fn key_entry(&self, entry: &mut Entry, key: u16) {
        let text = self.channel.key(key);
        let domain = vocabulary::domain_of(entry.field);
        if let Some(number) = vocabulary::word_number(domain, text) {
            (entry.kind, entry.value) = (kind::WORD, u64::from(number));
        } else if vocabulary::facts(entry.field).value() == ValueType::Flag {
            (entry.kind, entry.value) = (kind::FLAG, u64::from(text == b"true"));
        } else if let (ValueType::Decimal, Ok(d)) =
            (vocabulary::facts(entry.field).value(), decimal::parse(text, Style::POINT))
        {
            (entry.kind, entry.value, entry.scale) = (kind::DECIMAL, d.mantissa().cast_unsigned(), d.scale());
        } else if let Some(packed) = pack_ascii(text) {
            (entry.kind, entry.value) = (kind::ASCII, packed);
        } else if let Some(place) = self.channel.keys.get(usize::from(key)) {
            entry.kind = kind::CHANNEL;
            entry.value = (u64::from(place.at) << 32) | u64::from(place.length);
        }
    }

    /// The default of a rule whose value is absent.
    pub fn defaulted(&mut self, rule: &Rule) -> bool {
        if rule.fallback == 0 || self.desk.has(rule.field) {
            return false;
        }
        let mut entry =
            Entry { field: rule.field, origin: origin::DEFAULTED, confidence: 100, ..Entry::default() };
        self.key_entry(&mut entry, rule.fallback - 1);
        self.desk.note(finding::DEFAULTED, rule.field, 0, 0);
        let entry = self.numbered(entry);
        self.desk.push(&[entry], Several::Flagged)
    }

    /// The second field that a map's code sets (`7:order+copy=duplicate`).
    fn also(&mut self, rule: &Rule, value: Raw) -> bool {
        if rule.flags & flag::BY_MAP == 0 || rule.transform != transform::MAP {
            return true;
        }
        let mut buffer = [0; crate::limits::VALUE_BYTES];
        let Some(code) = clean(self.fields, value, &mut buffer) else { return true };
        let Some(entry) = self.channel.map_entry(rule.argument, code) else { return true };
        if entry.also_field != 0 {
            let (at, length) = self.desk.place(value.at, value.length);
            let also = Entry {
                field: entry.also_field,
                kind: kind::WORD,
                value: u64::from(entry.also_word),
                origin: origin::MAPPED,
                confidence: 100,
                at,
                length,
                nth: 1,
                scale: 0,
            };
            self.desk.push(&[also], Several::Flagged);
        }
        true
    }

    /// Turns a value into an entry, by the rule's transform.
    fn entry(&mut self, rule: &Rule, value: Raw) -> Option<Entry> {
        let mut entry = match rule.transform {
            transform::TEXT => self.text(rule.field, value)?,
            transform::DECIMAL => self.decimal(rule, value)?,
            transform::DATE => {
                let pattern = self.pattern(rule);
                let mut buffer = [0; crate::limits::VALUE_BYTES];
                match clean(self.fields, value, &mut buffer) {
                    Some(text) => dated(self.desk, rule.field, text, pattern, value)?,
                    None => {
                        self.desk.note(finding::INVALID_DATE, rule.field, value.at, value.length);
                        return None;
                    }
                }
            }
            transform::MAP => self.mapped(rule, value)?,
            transform::ITEM => self.item(rule, value)?,
            transform::GTIN | transform::ISBN => self.item_number(rule.field, value)?,
            transform::ISO4217 | transform::ISO3166 | transform::CODE | transform::WORD => {
                self.code(rule, value)?
            }
            transform::E164 => self.phone(rule.field, value)?,
            transform::FLAG => self.flag(rule, value)?,
            transform::COUNT => self.count(rule, value)?,
            transform::UNIT => {
                let mut parts = Parts { entries: [Entry::default(); COMPOSITE], count: 0 };
                self.unit(rule, value, &mut parts);
                *parts.as_slice().first()?
            }
            _ => self.text(rule.field, value)?,
        };
        if entry.origin == 0 {
            entry.origin = origin::EXPLICIT;
        }
        if entry.confidence == 0 {
            entry.confidence = 100;
        }
        Some(entry)
    }

    fn at(&self, number: u16, value: Raw) -> Entry {
        let (at, length) = self.desk.place(value.at, value.length);
        Entry { field: number, at, length, ..Entry::default() }
    }

    /// Text, decoded only where it must be.
    fn text(&mut self, number: u16, value: Raw) -> Option<Entry> {
        let bytes = value.of(self.fields.bytes());
        let set = self.fields.charset();
        if is_identifier(number) && !has_check_digit(number) && identifier::is_lossy_number(bytes) {
            self.desk.note(finding::LOSSY_IDENTIFIER, number, value.at, value.length);
        }
        let plain = value.flags & raw::ESCAPED == 0;
        if plain
            && (charset::is_ascii(bytes) || (set == Charset::Utf8 && charset::utf8_error(bytes).is_none()))
        {
            let mut entry = self.desk.plain_text(number, value.at, value.length);
            (entry.origin, entry.confidence) = (origin::EXPLICIT, 100);
            return Some(entry);
        }
        self.decoded(number, value, set)
    }

    #[cold]
    #[inline(never)]
    fn decoded(&mut self, number: u16, value: Raw, set: Charset) -> Option<Entry> {
        let mut entry = if value.flags & raw::ESCAPED == 0 {
            self.desk.decode_text(number, value.of(self.fields.bytes()), set, value.at, value.length)?
        } else {
            // Escapes first, into the far end of the scratch memory, then characters.
            let (room, _) = self.desk.free_scratch();
            let half = room.len() / 2;
            let (front, back) = room.split_at_mut(half);
            let Some(length) = self.fields.unescape(value, back) else {
                self.desk.note(finding::CAPACITY_EXCEEDED, number, value.at, value.length);
                return None;
            };
            let text = back.get(..length).unwrap_or(&[]).trim_ascii();
            if text.is_empty() {
                return None;
            }
            let valid =
                charset::is_ascii(text) || (set == Charset::Utf8 && charset::utf8_error(text).is_none());
            let guessed = set == Charset::Ascii && !valid;
            let chosen = match set {
                Charset::Ascii if charset::utf8_error(text).is_none() => Charset::Utf8,
                Charset::Ascii => Charset::Latin1,
                other => other,
            };
            let done = charset::decode(text, chosen, front);
            let (short, replaced) = (done.read < text.len(), done.replaced);
            if guessed {
                self.desk.note(finding::CHARSET_GUESSED, number, value.at, value.length);
            }
            if short {
                self.desk.note(finding::CAPACITY_EXCEEDED, number, value.at, value.length);
                return None;
            }
            if replaced > 0 {
                self.desk.note(finding::CHARSET_MISMATCH, number, value.at, value.length);
            }
            self.desk.scratch_entry(number, value.at, value.length, done.written)
        };
        (entry.origin, entry.confidence) = (origin::EXPLICIT, 100);
        Some(entry)
    }

    fn decimal(&mut self, rule: &Rule, value: Raw) -> Option<Entry> {
        let style = match rule.argument & 0xFF {
            0 => match self.channel.dialect.decimal {
                0 => self.fields.style(),
                bits => Style::from_bits(bits).unwrap_or(Style::EITHER),
            },
            bits => Style::from_bits(bits as u8).unwrap_or(Style::EITHER),
        };
        let style = match self.desk.options.style {
            Some(chosen) if style == Style::UNKNOWN => chosen,
            _ => style,
        };
        let mut buffer = [0; crate::limits::VALUE_BYTES];
        let parsed = match clean(self.fields, value, &mut buffer) {
            Some(text) if value.flags & raw::NUMBER != 0 => decimal::parse_json(text),
            Some(text) => decimal::parse(text, style),
            None => Err(DecimalError::Invalid),
        };
        let parsed = match (parsed, (rule.argument >> 8) as u8) {
            (Ok(d), places) if places > 0 => {
                decimal::with_implied(d, places).ok_or(DecimalError::TooManyDigits)
            }
            (parsed, _) => parsed,
        };
        match parsed {
            Ok(d) => {
                let mut entry = self.at(rule.field, value);
                (entry.kind, entry.value, entry.scale) =
                    (kind::DECIMAL, d.mantissa().cast_unsigned(), d.scale());
                (entry.origin, entry.confidence) = (origin::EXPLICIT, 100);
                Some(entry)
            }
            Err(error) => {
                self.bad_number(rule.field, value, error);
                None
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn bad_number(&mut self, number: u16, value: Raw, error: DecimalError) {
        match error {
            DecimalError::Empty => {}
            DecimalError::Ambiguous { grouped, fraction } => self.desk.note_shown(
                finding::AMBIGUOUS_DECIMAL,
                number,
                value.at,
                value.length,
                Shown::decimal(fraction),
                Shown::decimal(grouped),
            ),
            _ => self.desk.note(finding::INVALID_NUMBER, number, value.at, value.length),
        }
    }

    /// The pattern of a date: the rule's own, by the code at another place, or the channel's.
    fn pattern(&mut self, rule: &Rule) -> Option<&'c [u8]> {
        if rule.flags & flag::BY_MAP == 0 {
            let text = match rule.argument {
                0 => self.channel.text(self.channel.dialect.date),
                key => self.channel.key(key - 1),
            };
            return Some(if text.is_empty() { b"infer" } else { text });
        }
        let code = self.fields.get(rule.other);
        if let Some(code) = code {
            self.fields.used(code);
        }
        let mut buffer = [0; crate::limits::VALUE_BYTES];
        let text = match code {
            Some(code) => clean(self.fields, code, &mut buffer)?,
            None => b"",
        };
        self.channel.map_entry(rule.argument, text).map(|entry| self.channel.text(entry.value))
    }

    /// A code word by a map.
    fn mapped(&mut self, rule: &Rule, value: Raw) -> Option<Entry> {
        let mut buffer = [0; crate::limits::VALUE_BYTES];
        let text = clean(self.fields, value, &mut buffer)?;
        let mut entry = self.at(rule.field, value);
        (entry.origin, entry.confidence) = (origin::MAPPED, 100);
        if let Some(known) = self.channel.map_entry(rule.argument, text) {
            let number =
                matches!(vocabulary::facts(rule.field).value(), ValueType::Decimal | ValueType::Count);
            if number {
                let value = decimal::parse(self.channel.text(known.value), Style::POINT).ok()?;
                let count = vocabulary::facts(rule.field).value() == ValueType::Count;
                entry.kind = if count { kind::COUNT } else { kind::DECIMAL };
                (entry.value, entry.scale) = (value.mantissa().cast_unsigned(), value.scale());
            } else if known.word != 0 {
                (entry.kind, entry.value) = (kind::WORD, u64::from(known.word));
            } else if let Some(packed) = pack_ascii(self.channel.text(known.value)) {
                (entry.kind, entry.value) = (kind::ASCII, packed);
            } else {
                entry.kind = kind::CHANNEL;
                entry.value = (u64::from(known.value.at) << 32) | u64::from(known.value.length);
            }
            return Some(entry);
        }
        let map = self.channel.maps.get(usize::from(rule.argument))?;
        match map.otherwise {
            otherwise::KEEP => self.desk.note(finding::UNKNOWN_CODE, rule.field, value.at, value.length),
            otherwise::AS_WRITTEN => {}
            _ => {
                let (expected, found) = (Shown::NONE, Shown::NONE);
                self.desk.note_grave(
                    finding::UNKNOWN_CODE,
                    rule.field,
                    value.at,
                    value.length,
                    expected,
                    found,
                );
            }
        }
        let number = matches!(vocabulary::facts(rule.field).value(), ValueType::Decimal | ValueType::Count);
        if map.otherwise == otherwise::REJECT || rule.field == field::ORDER_KIND || number {
            return None;
        }
        let mut kept = self.as_written(rule.field, value)?;
        (kept.origin, kept.confidence) = (origin::EXPLICIT, 100);
        Some(kept)
    }

    /// A code as it stands: packed where it is short, else as text.
    fn as_written(&mut self, number: u16, value: Raw) -> Option<Entry> {
        let mut buffer = [0; crate::limits::VALUE_BYTES];
        if let Some(packed) = clean(self.fields, value, &mut buffer).and_then(pack_ascii) {
            let mut entry = self.at(number, value);
            (entry.kind, entry.value) = (kind::ASCII, packed);
            return Some(entry);
        }
        self.text(number, value)
    }

    /// An item number whose qualifier decides the field.
    fn item(&mut self, rule: &Rule, value: Raw) -> Option<Entry> {
        let qualifier = self.fields.get(rule.other);
        if let Some(qualifier) = qualifier {
            self.fields.used(qualifier);
        }
        let mut buffer = [0; crate::limits::VALUE_BYTES];
        let code = match qualifier {
            Some(qualifier) => clean(self.fields, qualifier, &mut buffer)?,
            None => b"",
        };
        let number = match self.channel.map_entry(rule.argument, code) {
            Some(entry) if entry.word != 0 => entry.word,
            _ => field::LINE_OTHER_ID,
        };
        self.item_number(number, value)
    }

    /// An item number, its check digit verified where it has one.
    fn item_number(&mut self, number: u16, value: Raw) -> Option<Entry> {
        let mut buffer = [0; crate::limits::VALUE_BYTES];
        let (sound, lossy) = match clean(self.fields, value, &mut buffer) {
            Some(text) => {
                let sound = match number {
                    field::LINE_GTIN => identifier::gtin_check(text),
                    field::LINE_ISBN => {
                        identifier::isbn10_check(text)
                            || identifier::isbn13_check(text)
                            || identifier::gtin_check(text)
                    }
                    field::LINE_PZN => identifier::pzn_check(text),
                    _ => true,
                };
                // A number whose check digit is right has not been rounded.
                (sound, !sound && identifier::is_lossy_number(text))
            }
            None => (false, false),
        };
        if lossy {
            self.desk.note(finding::LOSSY_IDENTIFIER, number, value.at, value.length);
        } else if !sound {
            self.desk.note(finding::BAD_CHECK_DIGIT, number, value.at, value.length);
        }
        let mut entry = self.text(number, value)?;
        if !sound {
            entry.field = field::LINE_OTHER_ID;
        }
        entry.origin = origin::EXPLICIT;
        Some(entry)
    }

    /// A currency, a country, another code or a code word.
    fn code(&mut self, rule: &Rule, value: Raw) -> Option<Entry> {
        let mut buffer = [0; crate::limits::VALUE_BYTES];
        let Some(text) = clean(self.fields, value, &mut buffer) else { return self.text(rule.field, value) };
        let known = match rule.transform {
            transform::ISO4217 => match code::currency(text).or_else(|| code::withdrawn_currency(text)) {
                Some(code) => pack_ascii(&code),
                None => None,
            },
            transform::ISO3166 => match code::country(text).or_else(|| code::country_alpha3(text)) {
                Some(code) => pack_ascii(&code),
                None => None,
            },
            transform::WORD => {
                let domain = vocabulary::domain_of(rule.field);
                if let Some(number) = vocabulary::word_number(domain, text) {
                    let mut entry = self.at(rule.field, value);
                    (entry.kind, entry.value) = (kind::WORD, u64::from(number));
                    return Some(entry);
                }
                if matches!(rule.field, field::ORDER_KIND | field::ORDER_REASON | field::ORDER_COPY) {
                    let none = Shown::NONE;
                    self.desk.note_grave(
                        finding::UNKNOWN_CODE,
                        rule.field,
                        value.at,
                        value.length,
                        none,
                        none,
                    );
                    return None;
                }
                pack_ascii(text)
            }
            _ => pack_ascii(text),
        };
        match known {
            Some(packed) => {
                let mut entry = self.at(rule.field, value);
                (entry.kind, entry.value) = (kind::ASCII, packed);
                Some(entry)
            }
            None => {
                if matches!(rule.transform, transform::ISO4217 | transform::ISO3166) {
                    self.desk.note(finding::UNKNOWN_CODE, rule.field, value.at, value.length);
                }
                self.as_written(rule.field, value)
            }
        }
    }

    /// A telephone number in E.164; what is none stays as written.
    fn phone(&mut self, number: u16, value: Raw) -> Option<Entry> {
        let mut buffer = [0; crate::limits::VALUE_BYTES];
        let mut digits = [0u8; 16];
        let phone = clean(self.fields, value, &mut buffer).and_then(|text| phone::e164(text, &mut digits));
        match phone {
            Some(phone) => self.desk.copy_text(number, phone.as_bytes(), value.at, value.length),
            None => {
                self.desk.note(finding::UNKNOWN_IDENTIFIER, number, value.at, value.length);
                self.text(number, value)
            }
        }
    }

    fn flag(&mut self, rule: &Rule, value: Raw) -> Option<Entry> {
        let mut buffer = [0; crate::limits::VALUE_BYTES];
        let text = clean(self.fields, value, &mut buffer)?;
        let values = Run { start: rule.argument, count: u16::from(rule.other.component_last) };
        let yes = self.channel.lists(values, text);
        let no = matches!(text, b"0" | b"false" | b"no" | b"nein" | b"N" | b"FALSE" | b"False");
        if !yes && !no {
            self.desk.note(finding::UNKNOWN_CODE, rule.field, value.at, value.length);
            return None;
        }
        if yes && rule.field == field::MESSAGE_TEST {
            self.desk.note(finding::TEST_MESSAGE, rule.field, value.at, value.length);
        }
        let mut entry = self.at(rule.field, value);
        (entry.kind, entry.value) = (kind::FLAG, u64::from(yes));
        Some(entry)
    }

    fn count(&mut self, rule: &Rule, value: Raw) -> Option<Entry> {
        let mut buffer = [0; crate::limits::VALUE_BYTES];
        let text = clean(self.fields, value, &mut buffer)?;
        match decimal::parse(text, Style::POINT) {
            Ok(d) if !d.is_negative() && d.scale() == 0 => {
                let mut entry = self.at(rule.field, value);
                (entry.kind, entry.value) = (kind::COUNT, d.mantissa().cast_unsigned());
                Some(entry)
            }
            Err(DecimalError::Empty) => None,
            _ => {
                self.desk.note(finding::INVALID_NUMBER, rule.field, value.at, value.length);
                None
            }
        }
    }

    /// A unit: its code, and the source's own word where that is not the code.
    fn unit(&mut self, rule: &Rule, value: Raw, parts: &mut Parts) {
        self.fields.used(value);
        let mut buffer = [0; crate::limits::VALUE_BYTES];
        let text = clean(self.fields, value, &mut buffer).unwrap_or(b"");
        let mapped = match rule.flags & flag::BY_MAP {
            0 => None,
            _ => self.channel.map_entry(rule.argument, text).map(|entry| self.channel.text(entry.value)),
        };
        let found = match self.desk.state.unit {
            _ if mapped.is_some() => mapped.and_then(unit::by_code).map(|unit| (unit, false)),
            // Mostly the unit of the line before.
            Some((known, unit, exact)) if text.len() <= 8 && known == pack(text) => Some((unit, exact)),
            _ => {
                let found = self.fields.unit(text);
                self.desk.state.unit =
                    found.filter(|_| text.len() <= 8).map(|(unit, exact)| (pack(text), unit, exact));
                found
            }
        };
        let exact = found.is_some_and(|(_, exact)| exact);
        if let Some((code, _)) = found {
            let mut entry = self.at(rule.field, value);
            entry.kind = kind::ASCII;
            entry.value = pack_ascii(code.as_str().as_bytes()).unwrap_or(0);
            entry.origin = if exact { origin::EXPLICIT } else { origin::MAPPED };
            entry.confidence = 100;
            parts.push(entry);
        } else {
            self.desk.note(finding::UNKNOWN_UNIT, rule.field, value.at, value.length);
        }
        if !exact && rule.field == field::LINE_UNIT {
            if let Some(entry) = self.text(field::LINE_UNIT_TEXT, value) {
                parts.push(entry);
            }
        }
    }

    /// A quantity that is counted in the line's unit must not name another one.
    fn same_unit(&mut self, tail: &Rule, value: Raw) {
        let mut parts = Parts { entries: [Entry::default(); COMPOSITE], count: 0 };
        self.unit(tail, value, &mut parts);
        let Some(unit) = parts.as_slice().first() else { return };
        if !self.desk.agrees(unit) {
            self.desk.note(finding::CONFLICTING_VALUES, field::LINE_UNIT, value.at, value.length);
        }
    }

    /// A party id that must have a check digit by its scheme.
    fn check_party_id(&mut self, parts: &Parts, value: Raw) {
        let is = |text: &[u8]| {
            parts.as_slice().iter().any(|e| {
                e.field == field::PARTY_ID_SCHEME
                    && e.kind == kind::ASCII
                    && Some(e.value) == pack_ascii(text)
            })
        };
        if !is(b"0088") {
            return;
        }
        let mut buffer = [0; crate::limits::VALUE_BYTES];
        if clean(self.fields, value, &mut buffer).is_some_and(|text| !identifier::gln_check(text)) {
            self.desk.note(finding::BAD_CHECK_DIGIT, field::PARTY_ID, value.at, value.length);
        }
    }

    /// A value that should be one of the listed ones.
    fn expected(&mut self, rule: &Rule) -> bool {
        let Some(value) = self.fields.get(rule.source) else { return false };
        self.fields.used(value);
        let values = Run { start: rule.argument, count: u16::from(rule.other.component_last) };
        if !lists(self.channel, values, value, self.fields) {
            self.desk.note(finding::UNKNOWN_VERSION, 0, value.at, value.length);
        }
        true
    }

    /// A value that is itself a message: it is read when its record closes.
    fn content(&mut self, rule: &Rule) -> bool {
        let Some(value) = self.fields.get(rule.source) else { return false };
        self.fields.used(value);
        // Quoted-printable and character sets of contents come with the mail reader.
        let encoded = rule.join != 0 || rule.fallback != 0;
        if self.desk.state.content.is_some() || encoded {
            self.desk.note(finding::UNSUPPORTED_CONTENT, 0, value.at, value.length);
            return false;
        }
        self.desk.state.content = Some(Content {
            at: value.at,
            length: value.length,
            channel: rule.argument,
            base64: rule.flags & flag::BASE64 != 0,
            escaped: value.flags & raw::ESCAPED != 0,
        });
        true
    }
}

/// A date, or the finding that it is none. Periods become an earliest and a latest date.
fn dated(desk: &mut Desk<'_>, number: u16, text: &[u8], pattern: Option<&[u8]>, value: Raw) -> Option<Entry> {
    let parsed = match pattern {
        Some(pattern) => date::parse(text, pattern),
        None => Err(DateError::Invalid),
    };
    let (at, length) = desk.place(value.at, value.length);
    let make = |field: u16, date: date::Date| Entry {
        field,
        kind: kind::DATE,
        value: date.to_bits(),
        at,
        length,
        origin: origin::EXPLICIT,
        confidence: 100,
        nth: 1,
        scale: 0,
    };
    match parsed {
        Ok(Parsed::Date(date)) => Some(make(number, date)),
        Ok(Parsed::Period(first, last)) => {
            let (from, to) = match number {
                field::DELIVERY_REQUESTED => (field::DELIVERY_EARLIEST, field::DELIVERY_LATEST),
                field::DISPATCH_REQUESTED => (field::DISPATCH_EARLIEST, field::DISPATCH_LATEST),
                _ => {
                    desk.note(finding::INVALID_DATE, number, value.at, value.length);
                    return None;
                }
            };
            desk.push(&[make(from, first)], Several::Flagged);
            Some(make(to, last))
        }
        Err(DateError::Empty) => None,
        Err(DateError::Ambiguous) => ambiguous_date(desk, number, text, value).map(|date| make(number, date)),
        Err(DateError::Invalid) => {
            desk.note(finding::INVALID_DATE, number, value.at, value.length);
            None
        }
    }
}

/// Day or month first: the caller's locale decides, else both readings are told and the value is absent.
#[cold]
fn ambiguous_date(desk: &mut Desk<'_>, number: u16, text: &[u8], value: Raw) -> Option<date::Date> {
    let digits = text.iter().all(u8::is_ascii_digit);
    let (day_first, month_first): (&[u8], &[u8]) = if digits {
        (b"DDMMYY", b"YYMMDD")
    } else if text.get(text.len().saturating_sub(3)) == Some(&b'/') {
        (b"D/M/YY", b"M/D/YY")
    } else {
        (b"D/M/YYYY", b"M/D/YYYY")
    };
    let read = |pattern| match date::parse(text, pattern) {
        Ok(Parsed::Date(date)) => Some(date),
        _ => None,
    };
    let (a, b) = (read(day_first), read(month_first));
    if let Some(first) = desk.options.day_first {
        return if first { a } else { b };
    }
    let shown = |d: Option<date::Date>| d.map_or(Shown::NONE, Shown::date);
    let earlier_first = match (a, b) {
        (Some(a), Some(b)) => a.to_bits() <= b.to_bits(),
        _ => true,
    };
    let (first, second) = if earlier_first { (a, b) } else { (b, a) };
    desk.note_shown(finding::AMBIGUOUS_DATE, number, value.at, value.length, shown(first), shown(second));
    None
}

/// Item numbers whose form is checked by a transform of their own.
const fn has_check_digit(number: u16) -> bool {
    matches!(number, field::LINE_GTIN | field::LINE_ISBN | field::LINE_PZN)
}

const fn policy(rule: &Rule) -> Several {
    if rule.flags & flag::WEAK == flag::WEAK {
        Several::Flagged
    } else if rule.flags & flag::FIRST != 0 {
        Several::First
    } else if rule.flags & flag::LAST != 0 {
        Several::Last
    } else {
        Several::Flagged
    }
}
