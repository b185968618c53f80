//! Files of the other EDI notations: X12, TRADACOMS, IDoc, VDA.

use std::fmt::Write;

use crate::generate::{Dice, FIRMS, GOODS, REMARKS, STREETS, TOWNS, date, gln, gtin, line_count, money};

/// One X12 interchange of 850 purchase orders (4010), at least `bytes` long.
pub fn x12(bytes: usize) -> Vec<u8> {
    let mut dice = Dice::new(11);
    let mut out = String::with_capacity(bytes + 65_536);
    out.push_str(
        "ISA*00*          *00*          *ZZ*SENDER         *01*049351117      *260203*1701*U*00401*000000131*0*P*>~\
         GS*PO*SENDER*049351117*20260203*1701*131*X*004010~",
    );
    let mut sets = 0u32;
    while out.len() < bytes {
        sets += 1;
        let begin = out.len();
        let lines = line_count(&mut dice);
        let _ = write!(
            out,
            "ST*850*{sets:06}~BEG*00*SA*{}**{}~CUR*BY*USD~",
            4_500_000_000 + u64::from(sets),
            date(&mut dice)
        );
        let _ = write!(out, "DTM*002*{}~", date(&mut dice));
        for role in ["BY", "ST"] {
            let (town, postcode) = *dice.pick(&TOWNS);
            let (firm, street) = (*dice.pick(&FIRMS), *dice.pick(&STREETS));
            let _ = write!(
                out,
                "N1*{role}*{firm}*92*{}~N3*{street}~N4*{town}**{postcode}*DE~",
                dice.below(100_000)
            );
        }
        let mut hash = 0;
        for line in 1..=lines {
            let quantity = 1 + dice.below(200);
            hash += quantity;
            let price = money(5 + dice.below(20_000), '.');
            let _ = write!(
                out,
                "PO1*{line}*{quantity}*EA*{price}*PE*UK*{}*VN*A{}~",
                gtin(&mut dice),
                dice.below(100_000)
            );
            if dice.chance(60) {
                let _ = write!(out, "PID*F****{}~", dice.pick(&GOODS));
            }
            if dice.chance(15) {
                let _ = write!(out, "DTM*002*{}~", date(&mut dice));
            }
            if dice.chance(5) {
                let _ = write!(out, "NTE*LIN*{}~", dice.pick(&REMARKS));
            }
        }
        let _ = write!(out, "CTT*{lines}*{hash}~");
        let segments = out.as_bytes()[begin..].iter().filter(|b| **b == b'~').count() + 1;
        let _ = write!(out, "SE*{segments}*{sets:06}~");
    }
    let _ = write!(out, "GE*{sets}*131~IEA*1*000000131~");
    out.into_bytes()
}

/// One TRADACOMS file of ORDERS:9, at least `bytes` long.
pub fn tradacoms(bytes: usize) -> Vec<u8> {
    let mut dice = Dice::new(12);
    let mut out = String::with_capacity(bytes + 65_536);
    let (buyer, seller) = (gln(&mut dice), gln(&mut dice));
    let _ = write!(
        out,
        "STX=ANA:1+{buyer}:SOME STORES LTD+{seller}:SUPPLIER UK LTD+260203:130233+000007++ORDHDR'\
         MHD=1+ORDHDR:9'TYP=0430+NEW-ORDERS'SDT={seller}:30034'CDT={buyer}'FIL=1630+1+260203'MTR=6'"
    );
    let mut orders = 0;
    while out.len() < bytes {
        orders += 1;
        let begin = out.len();
        let lines = line_count(&mut dice);
        let day = &date(&mut dice)[2..];
        let _ = write!(
            out,
            "MHD={}+ORDERS:9'CLO={}:{}'ORD={}::{day}'DIN={day}'",
            orders + 1,
            gln(&mut dice),
            dice.below(100_000),
            70_000 + orders
        );
        for line in 1..=lines {
            let price = 10_000 + dice.below(1_000_000);
            let _ = write!(
                out,
                "OLD={line}+{}++:{}+{}+{}+{price}+++{}'",
                gtin(&mut dice),
                dice.below(1_000_000),
                1 + dice.below(24),
                1 + dice.below(200),
                dice.pick(&GOODS)
            );
        }
        let _ = write!(out, "OTR={lines}'");
        let segments = out.as_bytes()[begin..].iter().filter(|b| **b == b'\'').count() + 1;
        let _ = write!(out, "MTR={segments}'");
    }
    let _ = write!(out, "MHD={}+ORDTLR:9'OFT={orders}'MTR=3'END={}'", orders + 2, orders + 2);
    out.into_bytes()
}

/// A record of so many places, each text at its own.
fn record(out: &mut String, places: &[(usize, &str)]) {
    let begin = out.len();
    for (place, text) in places {
        while out.len() < begin + place {
            out.push(' ');
        }
        out.push_str(text);
    }
    out.push('\n');
}

/// A file of SAP IDocs (ORDERS05), trimmed lines, at least `bytes` long.
pub fn idoc(bytes: usize) -> Vec<u8> {
    let mut dice = Dice::new(13);
    let mut out = String::with_capacity(bytes + 65_536);
    let mut number = 0u64;
    while out.len() < bytes {
        number += 1;
        let document = format!("{number:016}");
        let lines = line_count(&mut dice);
        record(
            &mut out,
            &[
                (0, "EDI_DC40"),
                (10, "100"),
                (13, &document),
                (39, "ORDERS05"),
                (99, "ORDERS"),
                (160, "CUST01"),
                (277, "WE01"),
                (378, "20260203"),
                (386, "101500"),
            ],
        );
        let head = |name: &'static str| [(0, name), (30, "100")];
        let mut data = |name: &'static str, fields: &[(usize, &str)]| {
            let [first, second] = head(name);
            let all: Vec<_> = [first, second, (33, document.as_str()), (49, "000001")]
                .into_iter()
                .chain(fields.iter().copied())
                .collect();
            record(&mut out, &all);
        };
        let order = (4_500_000_000 + number).to_string();
        data("E2EDK01005", &[(67, "EUR"), (142, "NB"), (146, &order)]);
        data("E2EDK02", &[(63, "001"), (66, &order), (107, &date(&mut dice))]);
        let (town, postcode) = *dice.pick(&TOWNS);
        data(
            "E2EDKA1003",
            &[
                (63, "AG"),
                (66, "1000"),
                (100, *dice.pick(&FIRMS)),
                (240, *dice.pick(&STREETS)),
                (345, town),
                (389, postcode),
                (407, "DE"),
            ],
        );
        data("E2EDK03", &[(63, "002"), (66, &date(&mut dice))]);
        for line in 1..=lines {
            let quantity = 1 + dice.below(200);
            let cents = 5 + dice.below(20_000);
            data(
                "E2EDP01007",
                &[
                    (63, &format!("{:05}", line * 10)),
                    (74, &format!("{quantity}.000")),
                    (89, "PCE"),
                    (117, &money(cents, '.')),
                    (132, "1"),
                    (141, &money(quantity * cents, '.')),
                ],
            );
            data(
                "E2EDP19001",
                &[(63, "002"), (66, &format!("MAT-{}", dice.below(100_000))), (101, *dice.pick(&GOODS))],
            );
        }
        data("E2EDS01", &[(63, "001"), (66, &lines.to_string())]);
    }
    out.into_bytes()
}
