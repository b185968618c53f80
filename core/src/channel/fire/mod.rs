//! Rules at work: a piece of the message becomes an entry.
//!
//! The notation gives its values through [`Fields`]; what stands here is the same for all of them. A
//! composite value (a quantity with its unit) is put together first and laid down as one piece.

mod convert;
mod dates;

use core::ops::Range;

use ordnorm_chan::table::{
    Channel, Condition, Path, Rule, Run, Section, flag, joint, operator, pack, section, shape, transform,
};
use ordnorm_chan::vocabulary::{self, ValueType, field, finding, group};

use super::desk::{Content, Desk, Several, ValueBuffer, continued};
use crate::order::{Entry, kind, origin, pack_ascii};
use crate::syntax::{Raw, raw};
use crate::value::charset::Charset;
use crate::value::decimal::{self, Style};
use crate::value::identifier;
use crate::value::unit;
use dates::dated;

/// The scheme of global location numbers (ISO 6523), packed.
const GLN_SCHEME: u64 = pack(b"0088");

/// The values of a record or scope, as its notation gives them.
pub trait Fields {
    /// The bytes that are read.
    fn bytes(&self) -> &[u8];
    /// The value at one place, blanks around it taken off; `None` where there is nothing.
    fn get(&self, path: Path) -> Option<Raw>;
    /// The last element and component that a range reaches.
    fn reach(&self, path: Path) -> (u8, u8) {
        (path.element_last, path.component_last)
    }
    /// The value has been used; of no interest where the engine counts unknown values itself.
    fn used(&mut self, _raw: Raw) {}
    /// The values at a path (a range) are of no use.
    fn ignore(&mut self, _path: Path) {}
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
    let mut room = None;
    let text = value.and_then(|v| clean(fields, v, &mut room));
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
    let mut room = None;
    clean(fields, value, &mut room).is_some_and(|text| channel.lists(values, text))
}

/// Room for a value whose escapes are taken out: made only where there are any.
type Room = Option<ValueBuffer>;

/// The bytes of a short value without escapes; `None` where it is longer than the room.
#[inline]
fn clean<'b, F: Fields>(fields: &'b F, value: Raw, room: &'b mut Room) -> Option<&'b [u8]> {
    if value.flags & raw::ESCAPED == 0 {
        Some(value.of(fields.bytes()))
    } else {
        unescaped(fields, value, room)
    }
}

#[cold]
#[inline(never)]
fn unescaped<'b, F: Fields>(fields: &'b F, value: Raw, room: &'b mut Room) -> Option<&'b [u8]> {
    let room = room.insert([0; crate::limits::VALUE_BYTES]);
    let length = fields.unescape(value, room)?;
    room.get(..length).map(<[u8]>::trim_ascii)
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
        let mut rules = run.of(self.channel.rules);
        let mut given = false;
        while let Some((rule, behind)) = rules.split_first() {
            // What is of no use stands behind all others.
            if rule.transform == transform::IGNORE {
                return;
            }
            let (tails, next) = behind.split_at_checked(usize::from(rule.tails)).unwrap_or_default();
            rules = next;
            if rule.flags & flag::ELSE == 0 || !given {
                given = self.rule(rule, tails);
            }
        }
    }

    /// Notes what a run of rules lists as of no use.
    pub fn ignore(&mut self, run: Run) {
        for rule in run.of(self.channel.rules).iter().rev() {
            if rule.transform != transform::IGNORE {
                return;
            }
            if rule.condition_count == 0 || self.conditions_hold(rule) {
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
        if rule.shape & shape::SINGLE == 0 {
            return self.other(rule, tails);
        }
        // A value that is absent makes its conditions idle.
        let Some(value) = self.fields.get(rule.source) else {
            if rule.fallback != 0 && self.conditions_hold(rule) {
                self.defaulted(rule);
            }
            return false;
        };
        if rule.condition_count != 0 && !self.conditions_hold(rule) {
            return false;
        }
        if rule.shape & shape::PIECES != 0 {
            return self.pieced(rule, tails, value);
        }
        self.value(rule, tails, value)
    }

    /// A rule that is more, or less, than the value of one place.
    fn other(&mut self, rule: &Rule, tails: &[Rule]) -> bool {
        if rule.condition_count != 0 && !self.conditions_hold(rule) {
            return false;
        }
        match rule.transform {
            transform::CONSTANT => {
                let entry = self.constant(rule);
                self.push_numbered(entry, Several::Flagged)
            }
            transform::CONTENT => self.content(rule),
            transform::EXPECT => self.expected(rule),
            _ => self.range(rule, tails),
        }
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
                given |= self.value(rule, if given { &[] } else { tails }, value);
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
            self.desk.push(continued(entry, by), Several::Flagged);
        }
        nth
    }

    /// What stands between two pieces: the rule's own joint, or one by a code of the message.
    fn joint(&mut self, rule: &Rule) -> u8 {
        if rule.join != joint::MAPPED {
            return rule.join;
        }
        let mut room = None;
        let code = self.fields.get(rule.other);
        if let Some(code) = code {
            self.fields.used(code);
        }
        let text = code.and_then(|code| clean(self.fields, code, &mut room)).unwrap_or(b"");
        self.channel.map_entry(rule.argument, text).map_or(joint::BLANK, |entry| entry.word as u8)
    }

    /// A value whose further pieces stand at other places (`A + B`).
    fn pieced(&mut self, rule: &Rule, tails: &[Rule], value: Raw) -> bool {
        let pieces = || tails.iter().filter(|tail| tail.transform == transform::PIECE);
        if rule.transform == transform::TEXT {
            let rest = tails.iter().position(|t| t.transform != transform::PIECE).unwrap_or(tails.len());
            let given = self.value(rule, tails.get(rest..).unwrap_or(&[]), value);
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
        let mut room = None;
        put(clean(self.fields, value, &mut room).unwrap_or(b""));
        self.fields.used(value);
        for tail in pieces() {
            if let Some(piece) = self.fields.get(tail.source) {
                self.fields.used(piece);
                put(between);
                let mut room = None;
                put(clean(self.fields, piece, &mut room).unwrap_or(b""));
            }
        }
        match text.get(..length) {
            Some(text) if rule.transform == transform::DATE => {
                match dated(self.desk, rule.field, text, pattern, value) {
                    Some(entry) => self.push_numbered(entry, policy(rule)),
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

    /// One value with its parts.
    fn value(&mut self, rule: &Rule, tails: &[Rule], value: Raw) -> bool {
        self.fields.used(value);
        let findings = self.desk.state.found;
        let Some(mut head) = self.entry(rule, value) else {
            self.absent(rule, tails, findings);
            return false;
        };
        if rule.flags & flag::WEAK == flag::WEAK {
            head.origin = origin::DERIVED;
        }
        head.nth = self.nth(head.field);
        if rule.shape & shape::PLAIN != 0 {
            return self.desk.push(head, policy(rule));
        }
        if tails.is_empty() && rule.transform != transform::UNIT {
            if rule.join == joint::MAPPED {
                // The code beside the first piece joins it to nothing.
                self.joint(rule);
            }
            if rule.flags & flag::ALL != 0 && rule.join != joint::NONE && self.desk.has_begun(&head) {
                let by = self.joint(rule);
                return self.desk.push(continued(head, by), Several::Flagged);
            }
            return self.desk.push(head, policy(rule)) && self.also(rule, value);
        }
        self.composite(rule, tails, value, head)
    }

    /// A value that is none takes its parts with it; the finding that says why is kept in mind.
    #[cold]
    fn absent(&mut self, rule: &Rule, tails: &[Rule], findings: u32) {
        for tail in tails {
            if let Some(value) = self.fields.get(tail.source) {
                self.fields.used(value);
            }
        }
        if self.desk.state.found != findings {
            self.desk.mark(rule.field);
        }
    }

    /// A value whose parts are laid down with it, all or none.
    fn composite(&mut self, rule: &Rule, tails: &[Rule], value: Raw, head: Entry) -> bool {
        let mut count = self.stage(0, head, value);
        for tail in tails {
            if let Some((entry, value)) = self.part(tail, head.field) {
                count += self.stage(count, Entry { nth: head.nth, ..entry }, value);
            }
        }
        self.check_party_id(count, value);
        if head.field == field::LINE_PRICE && self.desk.has_price_of_kind(count) {
            return false;
        }
        self.desk.keep(head, count, policy(rule))
    }

    /// Lays a part down beside the others, a unit with the source's own word where that is not its code;
    /// how many entries?
    fn stage(&mut self, at: usize, entry: Entry, value: Raw) -> usize {
        self.desk.stage(at, entry);
        if entry.field == field::LINE_UNIT && entry.origin == origin::MAPPED && value.length > 0 {
            if let Some(text) = self.text(field::LINE_UNIT_TEXT, value) {
                self.desk.stage(at + 1, Entry { nth: entry.nth, ..text });
                return 2;
            }
        }
        1
    }

    /// A part of a composite value, and where it stands.
    fn part(&mut self, tail: &Rule, head: u16) -> Option<(Entry, Raw)> {
        if tail.transform == transform::CONSTANT {
            return Some((self.constant(tail), Raw::default()));
        }
        let value = self.fields.get(tail.source)?;
        self.fields.used(value);
        if tail.transform == transform::UNIT && tail.field == field::LINE_UNIT && head != field::LINE_QUANTITY
        {
            // Where the line has no quantity, that of a change or of a plan brings the line's unit along.
            let changes = matches!(head, field::LINE_QUANTITY_CHANGE | field::LINE_QUANTITY_BEFORE);
            let plans = head == field::SCHEDULE_QUANTITY && !self.desk.has(field::LINE_QUANTITY);
            if !(changes || plans) || self.desk.has(field::LINE_UNIT) {
                self.same_unit(tail, value);
                return None;
            }
        }
        Some((self.entry(tail, value)?, value))
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

    /// What follows is another instance of the open section's group.
    pub fn new_instance(&mut self) {
        if let Some(open) = self.channel.sections.get(usize::from(self.section)) {
            self.desk.start_section(open.depth);
        }
    }

    fn push_numbered(&mut self, mut entry: Entry, policy: Several) -> bool {
        entry.nth = self.nth(entry.field);
        self.desk.push(entry, policy)
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
        let mut text = self.channel.key(key);
        let units =
            [field::LINE_UNIT, field::LINE_PACK_UNIT, field::LINE_PRICE_UNIT, field::LINE_PRICE_QTY_UNIT];
        let known = if units.contains(&entry.field) { self.fields.unit(text) } else { None };
        if let Some((unit, _)) = &known {
            text = unit.as_str().as_bytes();
        }
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

    /// The defaults of a section that ends.
    pub fn defaults(&mut self, run: Run) {
        for rule in run.of(self.channel.rules) {
            self.defaulted(rule);
        }
    }

    /// A party of a fixed role: its record, if it has more than its role.
    pub fn role(&mut self, party: &Section) -> Option<Range<usize>> {
        self.desk.open_record(0);
        self.desk.start_section(party.depth);
        self.run(party.constants);
        let constants = self.desk.open_entries().len();
        self.run(party.rules);
        let found = self.desk.open_entries().len() > constants;
        let record = self.desk.close_record();
        if found {
            return Some(record);
        }
        self.desk.cut(record.start);
        None
    }

    /// The default of a rule whose value is absent.
    fn defaulted(&mut self, rule: &Rule) -> bool {
        if rule.fallback == 0 || self.desk.has(rule.field) {
            return false;
        }
        let mut entry =
            Entry { field: rule.field, origin: origin::DEFAULTED, confidence: 100, ..Entry::default() };
        self.key_entry(&mut entry, rule.fallback - 1);
        self.desk.note(finding::DEFAULTED, rule.field, 0, 0);
        self.push_numbered(entry, Several::Flagged)
    }

    /// The second field that a map's code sets (`7:order+copy=duplicate`).
    fn also(&mut self, rule: &Rule, value: Raw) -> bool {
        if rule.flags & flag::BY_MAP == 0 || rule.transform != transform::MAP {
            return true;
        }
        let mut room = None;
        let Some(code) = clean(self.fields, value, &mut room) else { return true };
        let Some(entry) = self.channel.map_entry(rule.argument, code) else { return true };
        if entry.also_field != 0 {
            let mut also = self.at(entry.also_field, value);
            (also.kind, also.value, also.origin) = (kind::WORD, u64::from(entry.also_word), origin::MAPPED);
            also.nth = 1;
            self.desk.push(also, Several::Flagged);
        }
        true
    }

    /// A quantity that is counted in the line's unit must not name another one.
    fn same_unit(&mut self, tail: &Rule, value: Raw) {
        let Some(unit) = self.unit(tail, value) else { return };
        if !self.desk.agrees(&unit) {
            self.desk.note(finding::CONFLICTING_VALUES, field::LINE_UNIT, value.at, value.length);
        }
    }

    /// A party id that must have a check digit by its scheme.
    fn check_party_id(&mut self, count: usize, value: Raw) {
        let location =
            |e: &Entry| e.field == field::PARTY_ID_SCHEME && e.kind == kind::ASCII && e.value == GLN_SCHEME;
        if !self.desk.staged(count).iter().any(location) {
            return;
        }
        let mut room = None;
        if clean(self.fields, value, &mut room).is_some_and(|text| !identifier::gln_check(text)) {
            self.desk.note(finding::BAD_CHECK_DIGIT, field::PARTY_ID, value.at, value.length);
        }
    }

    /// A value that should be one of the listed ones.
    fn expected(&mut self, rule: &Rule) -> bool {
        let Some(value) = self.fields.get(rule.source) else { return false };
        self.fields.used(value);
        let values = Run { start: rule.argument, count: u16::from(rule.other.component_last) };
        if !lists(self.channel, values, value, self.fields) {
            if rule.flags & flag::REQUIRED == 0 {
                self.desk.note(finding::UNKNOWN_VERSION, 0, value.at, value.length);
            } else {
                self.desk.note_grave(finding::UNKNOWN_CODE, 0, value.at, value.length);
            }
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
