//! Faults in channel files: where they are, what they are, and what was meant.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::error_of;
use ordnorm_chan::ErrorKind::{self, *};

/// One fault: a text, its line and column, its kind, and the name that is suggested ("" = none).
type Case = (&'static str, u32, u32, ErrorKind, &'static str);

fn check(before: &str, cases: &[Case]) {
    let mut wrong = String::new();
    for (text, line, column, kind, near) in cases {
        let whole = format!("{before}{text}");
        let added = u32::try_from(before.matches('\n').count()).unwrap();
        let error = error_of(&whole);
        let nearest = error.nearest.map(|near| near.as_str().to_string()).unwrap_or_default();
        let found = (error.line, error.column, error.kind, nearest.as_str());
        if found != (line + added, *column, *kind, *near) {
            wrong +=
                &format!("{text}  {error} {found:?}, not line {} {column} {kind:?} {near}\n", line + added);
        }
        assert!(!error.expected.is_empty(), "{error}\n{whole}");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn statements() {
    check(
        "",
        &[
            ("", 1, 1, Missing, ""),
            ("# nothing\n", 1, 1, Missing, ""),
            ("syntax csv\n", 1, 1, Missing, ""),
            ("  channel a\n", 1, 1, Missing, ""),
            ("channel a\n", 1, 1, Missing, ""),
            ("channel\nsyntax csv\n", 1, 8, UnexpectedEnd, ""),
            ("channel a one\nsyntax csv\n", 1, 11, UnexpectedWord, ""),
            ("channel a 99999\nsyntax csv\n", 1, 11, UnexpectedWord, ""),
            ("channel a 1 for buyer X\nsyntax csv\n", 1, 17, UnexpectedWord, ""),
            ("channel a 1 for sender\nsyntax csv\n", 1, 23, UnexpectedEnd, ""),
            ("channel a\nchannel b\nsyntax csv\n", 2, 1, Repeated, ""),
            ("channel a\nheader\n", 2, 1, Missing, ""),
            ("channel a\nsyntax cvs\n", 2, 8, UnexpectedWord, "csv"),
            ("channel a\nsyntax csv\nsyntax csv\n", 3, 1, Repeated, ""),
            ("channel a\nsyntax csv colour red\n", 2, 12, UnexpectedWord, ""),
            ("channel a\nsyntax csv separator ;;\n", 2, 22, UnexpectedWord, ""),
            ("channel a\nsyntax csv separator ß\n", 2, 22, UnexpectedWord, ""),
            ("channel a\nsyntax csv header maybe\n", 2, 19, UnexpectedWord, ""),
            ("channel a\nsyntax csv decimal x\n", 2, 20, UnexpectedWord, ""),
            ("channel a\nsyntax csv date gestern\n", 2, 17, UnexpectedWord, ""),
            ("channel a\nsyntax edifact separator ;\n", 2, 16, UnexpectedWord, ""),
            ("channel a\nsyntax csv\ncolumm x\n", 3, 1, UnexpectedWord, "column"),
            ("channel a\nsyntax csv\n  line.quantity x\n", 3, 3, Missing, ""),
            ("channel a\nsyntax csv charset \"utf\n", 2, 20, OpenQuote, ""),
            ("channel a extends b\n", 1, 19, UnknownBase, ""),
            ("channel a extends\n", 1, 18, UnexpectedEnd, ""),
        ],
    );
}

#[test]
fn rules() {
    let before =
        "channel a\nsyntax edifact\nqualifier DTM/1.1 QTY/1.1\nmap kinds 9:order 1:cancel else review\n";
    check(
        before,
        &[
            ("header\n  order.nummer BGM/2\n", 2, 3, UnknownField, "order.number"),
            ("header\n  order.number\n", 2, 15, UnexpectedEnd, ""),
            ("header\n  order.number BGM/2.x\n", 2, 16, BadPath, ""),
            ("header\n  order.number BGM/0\n", 2, 16, BadPath, ""),
            ("header\n  order.number BGM/251\n", 2, 16, BadPath, ""),
            ("header\n  order.number BGM/252\n", 2, 16, BadPath, ""),
            ("header\n  order.number BGM\n", 2, 16, BadPath, ""),
            ("header\n  order.number BGM/\n", 2, 16, BadPath, ""),
            ("header\n  order.number BGM/2 requird\n", 2, 22, UnexpectedWord, "required"),
            ("header\n  order.number BGM/2 decimal\n", 2, 22, UnexpectedWord, ""),
            ("header\n  order.number BGM/2 ignore\n", 2, 22, UnexpectedWord, ""),
            ("header\n  order.issued DTM[137]/1.2 date dats DTM/1.3\n", 2, 34, UnexpectedWord, ""),
            ("header\n  order.issued DTM[137]/1.2 date YYYYMMDD DTM/1.3\n", 2, 43, UnexpectedWord, ""),
            ("header\n  order.issued DTM[toolongqualifier]/1.2\n", 2, 16, BadPath, ""),
            ("header\n  order.currency CUX[2]/1.2\n", 2, 18, Missing, ""),
            ("header\n  order.kind BGM/3 map kind\n", 2, 24, UnknownName, "kinds"),
            ("header\n  order.kind BGM/3 default ordr\n", 2, 28, UnknownWord, "order"),
            ("header\n  order.kind = oder\n", 2, 16, UnknownWord, "order"),
            ("header\n  order.type = rsh\n", 2, 16, UnknownWord, "rush"),
            ("header\n  order.issued = 2024\n", 2, 18, UnexpectedWord, ""),
            ("header\n  totals.lines = many\n", 2, 18, UnexpectedWord, ""),
            ("header\n  message.test = maybe\n", 2, 18, UnexpectedWord, ""),
            ("header\n  order.kind = order x\n", 2, 22, UnexpectedWord, ""),
            ("header\n  order.number BGM/2 | RFF/1\n", 2, 24, BadPath, ""),
            ("header\n  order.issued DTM/1.2 + BGM/1\n", 2, 26, BadPath, ""),
            ("header\n  order.number BGM/2 | BGM/1 + BGM/3\n", 2, 32, UnexpectedWord, ""),
            ("header\n  note FTX/4.* join x\n", 2, 21, UnexpectedWord, ""),
            ("header\n  order.number BGM/1..2\n", 2, 24, Missing, ""),
            ("header\n  order.number BGM/2 when\n", 2, 26, UnexpectedEnd, ""),
            ("header\n  order.number BGM/2 when BGM/1\n", 2, 32, UnexpectedEnd, ""),
            ("header\n  order.number BGM/2 when BGM/1 is 3\n", 2, 33, UnexpectedWord, ""),
            ("header\n  order.number BGM/2 when RFF/1 = 3\n", 2, 27, BadPath, ""),
            ("header\n  order.number BGM/2 when BGM/1 in 1 2 requird\n", 2, 40, UnexpectedWord, "required"),
            ("header\n  order.number BGM/2 when BGM/1 known-to kind\n", 2, 42, UnknownName, "kinds"),
            ("header\n  order.number BGM/2 when BGM/1 = ^who\n", 2, 35, UnknownName, ""),
            ("header\n  party.buyer.name NAD/4\n", 2, 3, WrongBlock, ""),
            ("header\n  party.name NAD/4\n", 2, 3, WrongBlock, ""),
            ("header\n  line.quantity QTY/1.2\n", 2, 3, WrongBlock, ""),
            ("header\n  line.note FTX/4\n", 2, 3, WrongBlock, ""),
            ("header\nheader\n", 2, 1, Repeated, ""),
            ("line on LIN\n  line.quantity QTY/1.2\n  line.unit QTY/1.3\n", 3, 3, PartApart, "line.quantity"),
            ("line on LIN\n  line.unit QTY/1.3\n  line.quantity QTY/1.2\n", 3, 3, PartApart, ""),
            ("line on LIN\n  line.price_basis PRI/1.5\n", 2, 3, PartApart, "line.price"),
            ("line on LIN\n  allowance.kind ALC/1\n", 2, 3, PartApart, "allowance.amount"),
            ("line on LIN\n  schedule.date DTM/1.2\n", 2, 3, PartApart, "schedule.quantity"),
            ("line on LIN\n  order.number LIN/1\n", 2, 3, WrongBlock, ""),
            ("line on LIN\n  line.quantity QTY/1.2 unit QTY/1.3 unit QTY/1.3\n", 2, 38, Repeated, ""),
            ("line on LIN\n  line.quantity QTY/1.2 unti QTY/1.3\n", 2, 25, UnexpectedWord, "unit"),
            ("line on LIN\n  line.quantity QTY/1.2 unit PRI/1.3\n", 2, 30, BadPath, ""),
            ("line on LIN\n  line.quantity QTY[21]/1.2 unit QTY[1]/1.3\n", 2, 34, BadPath, ""),
            ("line on LIN\n  line.quantity QTY/1.2 decimal implied 0\n", 2, 41, UnexpectedWord, ""),
            ("line on LIN\n  line.quantity QTY/1.2 decimal implied 19\n", 2, 41, UnexpectedWord, ""),
            ("line on LIN\n  line.price PRI/1.2 basis PRI/1.5 map kinds\n", 2, 40, UnknownWord, ""),
            ("line on LIN\n  line.item LIN/3.1 item LIN/3.2 kinds\n", 2, 34, UnknownField, ""),
            ("line on LIN\n  line.item LIN/3.1\n", 2, 20, UnexpectedEnd, ""),
            ("line on LIN\n  line.reference.contrct RFF/1.2\n", 2, 3, UnknownWord, "contract"),
            ("line on LIN\n  expect LIN/1 = \n", 2, 17, UnexpectedEnd, ""),
            ("line on LIN\n  expect LIN/1 != 3\n", 2, 16, UnexpectedWord, ""),
            ("line on LIN\n  ignore\n", 2, 9, UnexpectedEnd, ""),
            ("line on LIN\n  ignore QTY/1.1 LIN/1 when QTY/1.1 = 3\n", 2, 29, BadPath, ""),
            ("line on LIN\n  content LIN/1 base63\n", 2, 17, UnexpectedWord, ""),
            ("line on LIN\n  replace line.number LIN/1\n", 2, 3, UnexpectedWord, ""),
        ],
    );
}

#[test]
fn blocks() {
    let before = "channel a\nsyntax edifact\n";
    check(
        before,
        &[
            ("line\n", 1, 5, Missing, ""),
            ("line on\n", 1, 8, UnexpectedEnd, ""),
            ("line on LIN/1\n", 1, 9, BadPath, ""),
            ("line at LIN\n", 1, 6, UnexpectedWord, ""),
            ("party on NAD in lines\nline on LIN\n", 1, 17, UnknownName, "line"),
            ("party on NAD when NAD/1\n", 1, 24, UnexpectedEnd, ""),
            ("party on NAD when LOC/1 = 7\n", 1, 19, BadPath, ""),
            ("partie on NAD\n", 1, 1, UnexpectedWord, "party"),
            ("party on NAD\nparty on NAD\n", 2, 1, Unreachable, ""),
            ("header\n  order.number LIN/1\nline on LIN\n", 2, 1, Unreachable, ""),
            ("aside on TDT\n  order.number TDT/1\n", 2, 3, WrongBlock, ""),
            ("party on NAD\n  order.number NAD/1\n", 2, 3, WrongBlock, ""),
            ("message at UNH\n", 1, 9, UnexpectedWord, ""),
            ("message by Nr\n", 1, 9, UnexpectedWord, ""),
        ],
    );
}

#[test]
fn maps_qualifiers_and_pairs() {
    let before = "channel a\nsyntax x12\n";
    check(
        before,
        &[
            ("map m 1:order else order\n", 1, 20, ConcreteElse, ""),
            ("map m 1:order else\n", 1, 19, UnexpectedEnd, ""),
            ("map m 1:order else keep 2:cancel\n", 1, 25, UnexpectedWord, ""),
            ("map m 1\n", 1, 7, UnexpectedWord, ""),
            ("map m 1:order 1:cancel\n", 1, 15, Repeated, ""),
            ("map m 1:order\nmap m 2:cancel\n", 2, 5, Repeated, ""),
            ("map m 1:order+copy=duplicat\n", 1, 7, UnknownWord, "duplicate"),
            ("map m 1:order+colour=red\n", 1, 7, UnknownField, ""),
            ("map m \"a b\n", 1, 7, OpenQuote, ""),
            ("map m 1:x\nheader\n  order.kind BEG/1 map m\n", 3, 24, UnknownWord, ""),
            ("map m 1:byer\nheader\nparty on N1\n  party.role N1/1 map m\n", 4, 23, UnknownWord, "buyer"),
            (
                "map m 1:order\nheader\n  order.kind BEG/1 map m\nparty on N1\n  party.role N1/1 map m\n",
                5,
                23,
                UnknownWord,
                "",
            ),
            ("qualifier DTM\n", 1, 11, BadPath, ""),
            ("qualifier DTM/1..2\n", 1, 11, BadPath, ""),
            ("qualifier DTM/1 DTM/2\n", 1, 17, Repeated, ""),
            ("pairs PO1/6..\npairs PO1/6..\n", 2, 7, Repeated, ""),
            ("pairs PO1/6..\nqualifier PO1/6\n", 2, 11, Repeated, ""),
            ("pairs PO1/6.. 1 by 1\n", 1, 7, BadPath, ""),
            ("pairs PO1/6.. 0 by 1\n", 1, 7, BadPath, ""),
            ("pairs PO1/6.. 1 to 2\n", 1, 17, UnexpectedWord, ""),
            ("qualifier DTM/1\nheader\n  order.issued DTM[]/key\n", 3, 16, BadPath, ""),
            ("column Nr\n", 1, 8, UnexpectedWord, ""),
            ("layout BEG A+1\n", 1, 8, UnexpectedWord, ""),
            ("namespace a b\n", 1, 11, UnexpectedWord, ""),
        ],
    );
}

#[test]
fn rows() {
    let before = "channel a\nsyntax csv\ncolumn nummer Nr Number\ncolumn menge Menge\n";
    check(
        before,
        &[
            ("column menge Qty\n", 1, 8, Repeated, ""),
            ("message by numer\n", 1, 12, UnknownName, "nummer"),
            ("message on nummer\n", 1, 9, UnexpectedWord, ""),
            ("detect header hat nummer\n", 1, 15, UnexpectedWord, ""),
            ("detect nummer\n", 1, 8, UnexpectedWord, ""),
            ("detect header has\n", 1, 18, UnexpectedEnd, ""),
            ("detect header has nummer|menge\n", 1, 19, UnexpectedWord, ""),
            ("detect header has nummer |\n", 1, 27, UnexpectedEnd, ""),
            ("detect header has nummer | mange\n", 1, 28, UnknownName, "menge"),
            ("detect mange = ORD\n", 1, 8, UnknownName, "menge"),
            ("summary\n", 1, 8, Missing, ""),
            ("summary when mange = Summe\n", 1, 14, UnknownName, "menge"),
            ("summary when nummer = Summe\n  line.quantity menge\n", 2, 3, WrongBlock, ""),
            ("line when nummer = Summe\n", 1, 6, UnexpectedWord, ""),
            ("line\n  line.quantity mange\n", 2, 17, UnknownName, "menge"),
            ("line\n  line.quantity menge unit einheit\n", 2, 28, UnknownName, ""),
            ("party\n", 1, 1, UnexpectedWord, ""),
            ("line on menge\n", 1, 6, UnexpectedWord, ""),
            ("line\n  party.ship_to.name nummer\n", 2, 3, WrongBlock, ""),
            ("header\n  party.shipto.name nummer\n", 2, 9, UnknownWord, "ship_to"),
            ("header\n  party.deliver_to.name nummer\n", 2, 9, UnknownWord, ""),
            ("header\n  party.buyer.nam nummer\n", 2, 3, UnknownField, ""),
            ("header\n  order.note nummer\n", 2, 3, UnknownField, ""),
            ("line\n  line.discount menge\n", 2, 3, UnknownField, ""),
            ("line\nline.quantity menge\n", 2, 1, UnexpectedWord, ""),
            ("line\n  line.item nummer\n", 2, 19, UnexpectedEnd, ""),
            ("header\n  party.buyer.name ^name\n", 2, 20, UnknownName, ""),
        ],
    );
}

#[test]
fn rows_without_a_header() {
    let before = "channel a\nsyntax csv header no\n";
    check(
        before,
        &[
            ("line\n  line.quantity menge\n", 2, 17, UnknownName, ""),
            ("column menge\ndetect header has menge\n", 2, 8, UnexpectedWord, ""),
        ],
    );
}

#[test]
fn forms() {
    let before = "channel a\nsyntax form\n";
    check(
        before,
        &[
            ("detect header has a\n", 1, 8, UnexpectedWord, ""),
            ("detect form has\n", 1, 16, UnexpectedEnd, ""),
            ("detect a\n", 1, 8, UnexpectedWord, ""),
            ("header\n  order.number no[]\n", 2, 16, WrongBlock, ""),
            ("header\n  party.buyer.name who[]\n", 2, 20, WrongBlock, ""),
            ("column no number[]\nheader\n  order.number no\n", 3, 16, WrongBlock, ""),
            ("summary when a = b\n", 1, 1, UnexpectedWord, ""),
        ],
    );
}

#[test]
fn trees() {
    let before = "channel a\nsyntax json\n";
    check(
        before,
        &[
            ("header\n", 1, 1, Missing, ""),
            ("line at lines\n", 1, 1, Missing, ""),
            ("carry a/b as c\n", 1, 7, Missing, ""),
            ("message at a//b\n", 1, 12, BadPath, ""),
            ("message at m\nmessage at m when t = 1\n", 2, 12, Unreachable, ""),
            ("message at m\nline\n", 2, 5, Missing, ""),
            ("message at m\nline at .\n", 2, 9, BadPath, ""),
            ("message at m\nline at lines as buyer\n", 2, 9, WrongBlock, ""),
            ("message at m\nparty at p as byer\n", 2, 15, UnknownWord, "buyer"),
            ("message at m\nparty at p in lines\n", 2, 15, UnknownName, ""),
            ("message at m\nline at lines\nparty at p in header line\n", 3, 22, UnexpectedWord, ""),
            ("message at m\nheader\n  order.number ^nummer\nline at l\n", 3, 16, UnknownName, ""),
            ("message at m\ncarry x/y as c\ncarry x/z as c\n", 3, 14, Repeated, ""),
            ("message at m\ncarry x/y as c key k\n", 2, 21, UnexpectedEnd, ""),
            ("message at m\nparty at p when role = ^buyr\ncarry m/b as buyer\n", 2, 24, UnknownName, ""),
            ("message at m\nheader\n  order.number line/nr\nline at line\n", 3, 1, WrongBlock, ""),
            ("message at m\nline at l\nline at l\n  line.number n\n", 3, 1, Repeated, ""),
            (
                "message at m\nparty at a as buyer\nparty at b as seller\n  party.name n\nheader\n  order.number b/nr\n",
                3,
                1,
                BadPath,
                "",
            ),
            ("message at m\nheader\n  order.issued a/d + a/t\n  delivery.place a/d | p\n", 4, 1, BadPath, ""),
            (
                "message at m\nheader\n  order.number a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z\n",
                3,
                16,
                BadPath,
                "",
            ),
            ("message at m\nheader\n  expect a in b\n", 3, 10, BadPath, ""),
        ],
    );
    check(
        "channel a\nsyntax xml\nnamespace cbc urn:cbc\n",
        &[
            ("namespace cbc urn:other\n", 1, 11, Repeated, ""),
            ("detect cac:Order\n", 1, 8, UnknownName, "cbc"),
            ("message at cac:Order\n", 1, 12, UnknownName, "cbc"),
            ("message at Order\nheader\n  order.number ID when @cbc:x = 1\n", 3, 24, BadPath, ""),
        ],
    );
}

#[test]
fn fixed_records() {
    check(
        "channel a\nsyntax fixed name 3 date YYYYMMDD\nlayout HDR NR@3+8 DATE+8\n",
        &[
            ("layout HDR NR@9+3\n", 1, 12, Repeated, ""),
            ("layout LIN NR\n", 1, 12, BadPath, ""),
            ("layout LIN NR+0\n", 1, 12, BadPath, ""),
            ("layout LIN NR@65530+9\n", 1, 12, BadPath, ""),
            ("layout LIN @3+9\n", 1, 12, BadPath, ""),
            ("header\n  order.number HDR/NUM\n", 2, 16, UnknownName, ""),
            ("header\n  order.issued HDR/DAT\n", 2, 16, UnknownName, "DATE"),
            ("header\n  order.issued LIN/DATE\n", 2, 16, UnknownName, ""),
            ("detect HDR/TYPE = X\n", 1, 8, UnknownName, ""),
        ],
    );
}

#[test]
fn what_is_full_says_so() {
    use std::fmt::Write as _;
    let mut text = String::from("channel a\nsyntax csv\nline\n");
    for number in 0..70 {
        writeln!(text, "  line.other_id column{number}").unwrap();
    }
    let error = error_of(&text);
    assert_eq!((error.kind, error.line), (TooLarge, 68));
    let mut text = String::from("channel a\nsyntax edifact\nline on LIN\n");
    for number in 0..70_000 {
        writeln!(text, "  line.other_id PIA/{}", number % 250 + 1).unwrap();
    }
    assert_eq!(error_of(&text).kind, TooLarge);
}

#[test]
fn what_was_expected_is_said_in_full() {
    for (text, wanted) in [
        ("syntax excel\n", "json, xml"),
        ("syntax csv\nheader\n  order.kind = bestellung\n", "order, change, replace"),
        ("syntax csv\nheader\n  party.deliver_to.name Name\n", "a role: buyer, seller, ship_to"),
        ("syntax csv\nline\nline.quantity Menge\n", "a rule is an indented line"),
        ("syntax csv\nline\n  line.item Nr\n", "item PATH MAP"),
        ("syntax csv\nline\n  line.item Nr decimal\n", "line.seller_id"),
    ] {
        let error = error_of(&format!("channel a\n{text}"));
        assert!(error.expected.contains(wanted), "{error}\n{text}");
    }
}

#[test]
fn a_suggestion_and_its_place_are_written_out() {
    let error = error_of("channel a\nsyntax csv\nline\n  line.quantty Menge\n");
    let text =
        "line 4, column 3: unknown field; expected a field of the vocabulary; did you mean line.quantity?";
    assert_eq!(error.to_string(), text);
}
