//! What the statements of the language become in the table.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{extending, with};
use ordnorm_chan::ErrorKind;
use ordnorm_chan::table::{Cell, Channel, Path, Rule, Run, flag, joint, known, operator, section, transform};
use ordnorm_chan::vocabulary::{self as vocabulary, field};

fn compiled<T>(text: &str, look: impl FnOnce(&Channel<'_>) -> T) -> T {
    with(text, look).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The cell of a record in a section, by their names.
fn cell(channel: &Channel<'_>, record: &str, section: usize) -> Cell {
    let row = channel.row(record.as_bytes()).unwrap();
    channel.cells[usize::from(channel.grid[row * channel.sections.len() + section])]
}

fn fields(channel: &Channel<'_>, run: Run) -> Vec<&'static str> {
    run.of(channel.rules).iter().map(|rule| vocabulary::name(rule.field)).collect()
}

fn rule(channel: &Channel<'_>, number: u16) -> Rule {
    *channel.rules.iter().find(|rule| rule.field == number).unwrap()
}

fn section_of(channel: &Channel<'_>, kind: u8, parent: u8) -> usize {
    channel
        .sections
        .iter()
        .position(|s| s.kind == kind && (s.parent == parent || kind == section::HEADER))
        .unwrap()
}

const FLAT: &str = "channel a\nsyntax edifact\nqualifier DTM/1.1 QTY/1.1 RFF/1.1\n";

#[test]
fn a_record_belongs_to_the_innermost_section_that_names_it() {
    let text = format!(
        "{FLAT}header\n  order.issued DTM[137]/1.2\nparty on NAD in header line\n  party.role NAD/1\n\
         reference on RFF in header keep DTM\n  reference RFF/1.2\n  reference.date DTM[171]/1.2\n\
         line on LIN until UNS\n  line.number LIN/1\nsummary on UNS\n  totals.lines CNT/1.2\n"
    );
    compiled(&text, |c| {
        let reference = section_of(c, section::GROUP, 0);
        let line = section_of(c, section::LINE, 0);
        let summary = section_of(c, section::SUMMARY, 0);
        // The reference keeps its date; the header has its own.
        assert_eq!(usize::from(cell(c, "DTM", reference).owner), reference);
        assert_eq!(cell(c, "DTM", 0).owner, 0);
        assert_eq!(fields(c, cell(c, "DTM", reference).cases.of(c.cases)[0].rules), ["reference.date"]);
        // Nobody names a DTM in the line, and the line is left by LIN and UNS only.
        assert_eq!(cell(c, "DTM", line), c.cells[0]);
        assert_eq!(cell(c, "RFF", line), c.cells[0]);
        assert_eq!(usize::from(cell(c, "UNS", line).opens), summary);
        assert_eq!(usize::from(cell(c, "LIN", line).opens), line);
        assert_eq!(cell(c, "LIN", line).owner, 0);
        // A party in a line is the line's.
        let opened = c.sections[usize::from(cell(c, "NAD", line).opens)];
        assert_eq!((opened.kind, usize::from(opened.parent), opened.depth), (section::PARTY, line, 2));
    });
}

#[test]
fn several_candidates_are_tried_in_order() {
    let text = format!(
        "{FLAT}line on LIN\n  line.number LIN/1\nschedule on LOC in line when LOC/1 = 7\n  schedule.location LOC/2\n\
         aside on LOC in line when LOC/1 = 8 and LOC/2 present\ngroup on LOC in line\n  line.delivery.unloading_point LOC/2\n"
    );
    compiled(&text, |c| {
        let line = section_of(c, section::LINE, 0);
        let first = cell(c, "LOC", line);
        let second = c.cells[usize::from(first.otherwise)];
        let third = c.cells[usize::from(second.otherwise)];
        assert_eq!([first, second, third].map(|c| c.conditions.count), [1, 2, 0]);
        let kind = |cell: Cell| c.sections[usize::from(cell.opens)].kind;
        assert_eq!([first, second, third].map(kind), [section::GROUP, section::ASIDE, section::GROUP]);
        assert_eq!(third.otherwise, 0);
    });
}

#[test]
fn what_holds_everywhere_joins_the_cases_of_a_block() {
    let text =
        format!("{FLAT}ignore DTM[17] DTM[137]/1.3\nheader\n  order.issued DTM[137]/1.2\n  ignore DTM[]\n");
    compiled(&text, |c| {
        let cell = cell(c, "DTM", 0);
        let cases = cell.cases.of(c.cases);
        assert_eq!(cases.len(), 3);
        let own = cases.iter().find(|case| case.key == ordnorm_chan::table::pack(b"137")).unwrap();
        let rules = own.rules.of(c.rules);
        assert_eq!(rules.len(), 2);
        assert!(rules.iter().any(|r| r.transform == transform::IGNORE));
        assert!(cases.iter().any(|case| case.key == u64::MAX));
    });
}

#[test]
fn many_names_are_all_found() {
    let mut text = String::from(FLAT);
    for number in 0..240 {
        text.push_str(&format!("ignore R{number}\n"));
    }
    text.push_str("ignore ALONGRECORDNAME ALONGRECORDNAMF\n");
    compiled(&text, |c| {
        assert_eq!(c.names.len(), 245);
        assert!(c.row(b"R239").is_some() && c.row(b"ALONGRECORDNAMF").is_some());
        assert!(c.row(b"R240").is_none() && c.row(b"").is_none() && c.row(b"ALONGRECORDNAM").is_none());
    });
}

#[test]
fn parts_stand_behind_their_value() {
    let text = format!(
        "{FLAT}map basis PE:1 HP:100 else reject\nmap units Stk:H87\nline on PO1\n  line.price PO1/4 basis PO1/5 map basis kind = net\n  \
         line.quantity PO1/2 unit PO1/3 map units\n"
    );
    compiled(&text, |c| {
        let at = c.rules.iter().position(|r| r.field == field::LINE_PRICE).unwrap();
        let [price, basis, kind] = c.rules[at..at + 3] else { panic!() };
        assert_eq!((price.flags & flag::TAIL, basis.flags & flag::TAIL, kind.flags & flag::TAIL), (0, 1, 1));
        assert_eq!((basis.transform, basis.flags & flag::BY_MAP), (transform::MAP, flag::BY_MAP));
        assert_eq!(kind.transform, transform::CONSTANT);
        let unit = rule(c, field::LINE_UNIT);
        assert_eq!((unit.transform, unit.flags & flag::BY_MAP), (transform::UNIT, flag::BY_MAP));
    });
}

#[test]
fn pairs_give_their_qualifier_too() {
    let text = "channel a\nsyntax x12\npairs SDQ/3..\nline on PO1\n  line.number PO1/1\nschedule on SDQ in line\n  \
                schedule.quantity SDQ[] unit SDQ/1 location SDQ[]/key\n";
    compiled(text, |c| {
        assert_eq!(rule(c, field::SCHEDULE_QUANTITY).source, Path::single(Path::PAIR, 1));
        assert_eq!(rule(c, field::SCHEDULE_LOCATION).source, Path::single(Path::PAIR, 2));
        assert_eq!((c.pairs[0].first, c.pairs[0].last, c.pairs[0].value), (3, 255, 0));
    });
}

#[test]
fn layouts_name_the_places_of_fixed_records() {
    let text = "channel a\nsyntax fixed name 3 version 3 length 128\ndetect H/TYPE = ORD\nqualifier T/Q\n\
                layout H TYPE@3+3 NR+10\nlayout T Q@3+3 TEXT+70 FORM+2\nlayout H DATE@30+8\n\
                map breaks *:line =:none else keep\nmessage on H until E\nheader\n  order.number H/NR\n  order.issued H/DATE\n  \
                order.other_number T[OTH]/TEXT\n\
                note on N keep T\n  note T/TEXT all join breaks T/FORM\n";
    compiled(text, |c| {
        assert_eq!(
            (c.dialect.name_widths, c.dialect.version_digits, c.dialect.record_length),
            ([3, 0], 3, 128)
        );
        let row = c.row(b"H").unwrap();
        let number = c.field(row, rule(c, field::ORDER_NUMBER).source.element).unwrap();
        assert_eq!((c.text(number.name), number.offset, number.length), (&b"NR"[..], 6, 10));
        let date = c.field(row, rule(c, field::ORDER_ISSUED).source.element).unwrap();
        assert_eq!((date.offset, date.length), (30, 8));
        let note = rule(c, field::NOTE);
        assert_eq!(note.join, joint::MAPPED);
        assert_eq!(c.map_entry(note.argument, b"*").unwrap().word, u16::from(joint::LINE));
        assert_eq!(c.field(c.row(b"T").unwrap(), note.other.element).unwrap().offset, 76);
        assert_eq!(
            (usize::from(c.message_first), usize::from(c.message_last)),
            (row + 1, c.row(b"E").unwrap() + 1)
        );
        assert_eq!(c.facts[0].path.element, 1);
    });
}

const TREE: &str = "channel a\nsyntax json\nmessage at m\n";

fn node<'c>(c: &'c Channel<'c>, from: u16, path: &str) -> &'c ordnorm_chan::table::Node {
    let mut here = usize::from(from);
    for name in path.split('/') {
        let mut next = usize::from(c.nodes[here].child);
        while next != 0 && c.text(c.nodes[next].name) != name.as_bytes() {
            next = usize::from(c.nodes[next].next);
        }
        assert_ne!(next, 0, "{path}");
        here = next;
    }
    &c.nodes[here]
}

#[test]
fn a_rule_fires_in_the_innermost_scope_and_its_slots_are_cleared_there() {
    let text = format!(
        "{TREE}header\n  order.number nr\n  order.issued dates/day + dates/time\nline at items\n  \
         line.quantity amount/value unit amount/unit\n  line.price amount/price currency money/code\n"
    );
    compiled(&text, |c| {
        let number = node(c, 0, "m/nr");
        assert_eq!(number.rules.of(c.rules)[0].source.element, Path::SELF);
        let dates = node(c, 0, "m/dates");
        assert_eq!((dates.slots_count, dates.rules.count), (2, 2));
        assert_eq!(dates.rules.of(c.rules)[1].transform, transform::PIECE);
        let amount = node(c, 0, "m/items/amount");
        assert_eq!((amount.slots_count, amount.rules.count), (2, 2));
        let line = node(c, 0, "m/items");
        assert_eq!((line.slots_count, line.rules.count), (2, 2));
        let price = node(c, 0, "m/items/amount/price");
        assert!(price.slot > line.slots_first && price.slot <= line.slots_first + line.slots_count);
        // No two scopes share a slot.
        let mut owned: Vec<u8> =
            c.nodes.iter().flat_map(|n| n.slots_first..n.slots_first + n.slots_count).collect();
        owned.sort_unstable();
        assert_eq!(owned, [0, 1, 2, 3, 4, 5]);
    });
}

#[test]
fn a_scope_moves_out_of_another_record() {
    let text =
        format!("{TREE}header\n  delivery.requested to/date\nparty at to as ship_to\n  party.name name\n");
    compiled(&text, |c| {
        assert_eq!(node(c, 0, "m/to/date").rules.count, 0);
        assert_eq!(fields(c, node(c, 0, "m").rules), ["delivery.requested"]);
        assert_eq!(node(c, 0, "m").slots_count, 1);
        assert_eq!(fields(c, node(c, 0, "m/to/name").rules), ["party.name"]);
    });
}

#[test]
fn headings_that_follow_each_other_share_their_rules() {
    let text = format!(
        "{TREE}party at buyer/party as buyer\nparty at seller as seller\nparty at payer, carrier as carrier\n  \
         party.name name | company\ncontact at person in party\n  party.contact.name name\n"
    );
    compiled(&text, |c| {
        let opened = ["m/buyer/party", "m/seller", "m/payer", "m/carrier"].map(|path| node(c, 0, path));
        let [buyer, seller, payer, carrier] = opened;
        assert!(opened.iter().all(|n| n.child == buyer.child && n.rules == buyer.rules));
        assert!(opened.iter().all(|n| (n.slots_first, n.slots_count) == (0, 2)));
        let role = |n: &ordnorm_chan::table::Node| {
            let constants = c.sections[usize::from(n.section)].constants.of(c.rules);
            constants.first().map_or("", |rule| vocabulary::word_text(rule.argument))
        };
        assert_eq!([buyer, seller, payer, carrier].map(role), ["buyer", "seller", "", "carrier"]);
        let contact = c.sections.last().unwrap();
        assert_eq!((contact.kind, contact.depth), (section::GROUP, 2));
    });
}

#[test]
fn blocks_with_conditions_are_openings() {
    let text = format!(
        "{TREE}carry m/refs/buyer as buyer\ncarry m/refs/payer as payer\n\
         party at parties as buyer when id = ^buyer\nparty at parties as payer when id = ^payer and kind != X\n  party.name name\n"
    );
    compiled(&text, |c| {
        assert_eq!(c.openings.len(), 2);
        let [a, b] = [c.openings[0], c.openings[1]];
        assert_eq!((a.node, a.root), (b.node, b.root));
        assert_ne!(a.section, b.section);
        assert_eq!((a.tests.count, b.tests.count), (1, 2));
        let test = a.tests.of(c.tests)[0];
        assert_eq!((test.operator, test.values.start), (operator::CARRIED, 0));
        assert_eq!(c.nodes[usize::from(a.node)].flags & known::CHOICE, known::CHOICE);
        assert_eq!(fields(c, node(c, a.root, "name").rules), ["party.name"]);
        // The message itself is looked at for what it carries.
        assert_eq!(c.text(c.nodes[usize::from(c.carries[0].parent)].name), b"m");
        assert_eq!((c.text(c.carries[0].item), c.text(c.carries[0].value)), (&b"refs"[..], &b"buyer"[..]));
    });
}

#[test]
fn a_part_of_a_set_names_its_set() {
    let text = format!(
        "{TREE}line at items\n  line.number nr\nline at parts in line\n  line.number nr\n  line.parent ^nr\n"
    );
    compiled(&text, |c| {
        let parent = rule(c, field::LINE_PARENT);
        assert_eq!(parent.source.component, 2);
        assert_eq!(node(c, 0, "m/items/nr").slot, parent.source.element);
        assert_eq!(node(c, 0, "m/items").slots_count, 1);
        assert_eq!(c.sections.iter().map(|s| s.depth).max(), Some(2));
    });
}

#[test]
fn names_of_xml_have_namespaces_and_values_have_attributes() {
    let text = "channel a\nsyntax xml\nnamespace x urn:x urn:x:2\ndetect x:Order\nmessage at x:Order\nline at Line\n  \
                line.quantity Qty unit @code when @kind absent\n  line.note . \n";
    compiled(text, |c| {
        assert_eq!(node(c, 0, "Order").namespace, 1);
        assert_eq!(c.namespaces[0].names.count, 2);
        let quantity = rule(c, field::LINE_QUANTITY);
        assert_eq!(quantity.source.element, Path::SELF);
        let own = node(c, 0, "Order/Line/Qty");
        assert_eq!((own.slots_count, own.rules.count), (2, 2));
        assert_eq!(rule(c, field::NOTE).source.element, Path::SELF);
    });
}

#[test]
fn parties_of_fixed_roles_stand_together_by_message() {
    let text = "channel a\nsyntax json\nmessage at m when k = 1\nheader\n  party.buyer.name b\nmessage at m\nheader\n  \
                party.seller.name s\n  party.buyer.name b\n";
    compiled(text, |c| {
        let [a, b] = [c.variants[0], c.variants[1]];
        assert_eq!((a.roles_count, b.roles_count), (1, 2));
        assert_eq!(a.roles_first + 1, b.roles_first);
        let outer = |first: u8| c.sections[usize::from(first)].parent;
        assert_eq!((outer(a.roles_first), outer(b.roles_first)), (a.section, b.section));
    });
}

#[test]
fn columns_of_forms_have_an_index() {
    let text = "channel a\nsyntax form\ndetect form has NEW_ITEM-QUANTITY[]\nline\n  line.quantity NEW_ITEM-QUANTITY[]\n";
    compiled(text, |c| assert_eq!(c.names[0].flags & known::INDEXED, known::INDEXED));
}

#[test]
fn keys_of_maps_may_stand_in_quotes() {
    let text =
        format!("{FLAT}map m \"a b\":seller \"c:d\":buyer e:payer\nparty on NAD\n  party.role NAD/1 map m\n");
    compiled(&text, |c| {
        let word = |key: &[u8]| vocabulary::word_text(c.map_entry(0, key).unwrap().word);
        assert_eq!((word(b"a b"), word(b"c:d"), word(b"e")), ("seller", "buyer", "payer"));
    });
}

const BASE: &str = "channel base 3\nsyntax edifact\ndetect UNH/2.1 = ORDERS\nqualifier DTM/1.1\nmap roles BY:buyer SU:seller\n\
                    envelope\n  message.sender UNB/2.1\nheader\n  order.number BGM/2\n  order.issued DTM[137]/1.2\n\
                    party on NAD in header line\n  party.role NAD/1 map roles\nreference on RFF in header\n  reference RFF/1.2\n\
                    line on LIN\n  line.number LIN/1\n  line.other_id LIN/3.1\n  line.other_id LIN/3.2\n";

fn extended<T>(text: &str, look: impl FnOnce(&Channel<'_>) -> T) -> T {
    let middle = "channel middle 1 extends base\nmap roles BY:buyer\nline on LIN\n  line.quantity QTY/1.2\n";
    extending(&[("base", BASE), ("middle", middle)], text, look)
        .unwrap_or_else(|error| panic!("{error}\n{text}"))
}

#[test]
fn an_extension_adds_replaces_and_removes() {
    let text = "channel acme 2 extends middle for sender 4012345000009 4012345000016\nsyntax edifact decimal ,\n\
                header\n  replace order.number BGM/1\n  remove order.issued\nline\n  remove line.other_id LIN/3.2\n  line.note FTX/4\n\
                reference on RFF in line\n  line.reference RFF/1.2\nmap roles SU:seller else reject\n";
    extended(text, |c| {
        assert_eq!((c.name, c.version, c.dialect.decimal), ("acme", 2, 2));
        assert_eq!(rule(c, field::ORDER_NUMBER).source, Path::single(1, 1));
        assert!(c.rules.iter().all(|r| r.field != field::ORDER_ISSUED));
        let others: Vec<Path> =
            c.rules.iter().filter(|r| r.field == field::LINE_OTHER_ID).map(|r| r.source).collect();
        assert_eq!(others, [Path::single(3, 1)]);
        assert_eq!(rule(c, field::LINE_QUANTITY).source, Path::single(1, 2));
        assert_eq!(c.maps.len(), 1);
        assert!(c.map_entry(0, b"BY").is_none() && c.map_entry(0, b"SU").is_some());
        let sender = c.facts.last().unwrap();
        assert_eq!(
            (c.text(sender.name), sender.path, sender.values.count),
            (&b"UNB"[..], Path::single(2, 1), 2)
        );
        assert_eq!(c.sections.iter().filter(|s| s.kind == section::GROUP).count(), 2);
    });
}

#[test]
fn faults_of_extensions_are_told_with_their_layer() {
    let bases = [("base", BASE)];
    let error = |text: &str| extending(&bases, text, |_| ()).unwrap_err();
    let unknown = error("channel a extends base\nheader\n  remove order.currency\n");
    assert_eq!(
        (unknown.kind, unknown.line, unknown.column, unknown.layer),
        (ErrorKind::UnknownName, 3, 10, 0)
    );
    let notation = error("channel a extends base\nsyntax x12\n");
    assert_eq!((notation.kind, notation.line), (ErrorKind::UnexpectedWord, 2));
    let circle = "channel x extends x\nheader\n";
    let circle = extending(&[("x", circle)], circle, |_| ()).unwrap_err();
    assert_eq!(circle.kind, ErrorKind::TooLarge);
    let broken = [("broken", "channel broken\nsyntax csv\nline\n  line.quantty q\n")];
    let error = extending(&broken, "channel a extends broken\n", |_| ()).unwrap_err();
    assert_eq!((error.kind, error.line, error.layer), (ErrorKind::UnknownField, 4, 1));
}

#[test]
fn layouts_may_stand_in_a_file_of_their_own() {
    let layouts = "channel layouts 1\nsyntax fixed name 3\nlayout HDR NO@3+10\n";
    let text = "channel a extends layouts\nlayout HDR DAY@20+8\nheader\n  order.number HDR/NO\n  order.issued HDR/DAY date YYYYMMDD\n";
    extending(&[("layouts", layouts)], text, |c| {
        let row = c.row(b"HDR").unwrap();
        let place = |number| c.field(row, rule(c, number).source.element).map(|f| (f.offset, f.length));
        assert_eq!(place(field::ORDER_NUMBER), Some((3, 10)));
        assert_eq!(place(field::ORDER_ISSUED), Some((20, 8)));
    })
    .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn an_extension_may_add_a_message_with_a_header_of_its_own() {
    let base = "channel base\nsyntax json\ndetect object = x\nmessage at orders\nheader\n  order.number nr\n";
    let text = "channel a extends base\nheader\n  order.issued day date iso\nmessage at notes\nheader\n  \
                order.kind = not_an_order\n  order.reason = other\n";
    extending(&[("base", base)], text, |c| {
        assert_eq!(c.variants.len(), 2);
        assert_eq!(node(c, 0, "orders/day").rules.count, 1);
        let added = c.sections[usize::from(c.variants[1].section)];
        assert_eq!(fields(c, added.constants), ["order.kind", "order.reason"]);
    })
    .unwrap_or_else(|error| panic!("{error}"));
}
