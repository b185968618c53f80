//! Realistic order files from fixed seeds.
//!
//! The shapes follow what buyers send: many short orders and a few long ones, article numbers with right
//! check digits, optional segments that are mostly absent. Amounts agree with quantity and price, counts
//! with what they count, so that a strict reader has nothing to complain about.

use std::fmt::Write as _;

/// A small generator of numbers (SplitMix64): the same on every machine.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// A generator with its seed.
    pub const fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// The next 64 bits.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.draw() % limit.max(1)
    }

    /// True in `percent` of 100 cases.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len() as u64) as usize]
    }
}

/// Digits with a GS1 check digit behind them.
fn with_check_digit(digits: &str) -> String {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| u32::from(b - b'0') * if i % 2 == 0 { 3 } else { 1 })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

pub(crate) fn gtin(dice: &mut Dice) -> String {
    with_check_digit(&format!("40{:010}", dice.below(10_000_000_000)))
}

pub(crate) fn gln(dice: &mut Dice) -> String {
    with_check_digit(&format!("4012345{:05}", dice.below(100_000)))
}

pub(crate) const GOODS: [&str; 12] = [
    "Schraube M6 x 20",
    "Duebel 8 mm",
    "Klebeband braun 50 m",
    "Kaffee gemahlen 500 g",
    "Druckerpapier A4",
    "Batterie AA 1,5 V",
    "Waschmittel 5 l",
    "Kabelbinder 200",
    "Handschuhe L",
    "Gummibaerchen",
    "Notizblock A5 kariert",
    "Kugelschreiber blau",
];
pub(crate) const FIRMS: [&str; 5] =
    ["Muster AG", "Beispiel Handels GmbH", "Nordlicht Markt eG", "Baucenter Sued", "Haus und Hof KG"];
pub(crate) const STREETS: [&str; 4] = ["Hauptstr. 12", "Am Anger 3", "Industriering 45", "Lange Reihe 101"];
pub(crate) const TOWNS: [(&str, &str); 5] =
    [("Berlin", "10115"), ("Hamburg", "20095"), ("Leipzig", "04103"), ("Essen", "45127"), ("Bonn", "53111")];
pub(crate) const REMARKS: [&str; 4] =
    ["Bitte vor 10 Uhr", "Anlieferung ueber Rampe 2", "Avis erwuenscht", "wie besprochen, nur volle Lagen"];

/// How many lines the next order has: mostly few, sometimes many.
pub(crate) fn line_count(dice: &mut Dice) -> u32 {
    (match dice.below(100) {
        0..=59 => 1 + dice.below(8),
        60..=89 => 8 + dice.below(32),
        90..=97 => 40 + dice.below(80),
        _ => 120 + dice.below(280),
    }) as u32
}

pub(crate) fn date(dice: &mut Dice) -> String {
    format!("2026{:02}{:02}", 1 + dice.below(12), 1 + dice.below(28))
}

/// Cents as `12.90`.
pub(crate) fn money(cents: u64, mark: char) -> String {
    format!("{}{mark}{:02}", cents / 100, cents % 100)
}

/// One EDIFACT interchange of ORDERS D.96A (EANCOM), at least `bytes` long.
pub fn edifact(bytes: usize) -> Vec<u8> {
    let mut dice = Dice::new(1);
    let mut out = String::with_capacity(bytes + 65_536);
    let (sender, recipient) = (gln(&mut dice), gln(&mut dice));
    out.push_str("UNA:+.? '");
    let _ = write!(out, "UNB+UNOA:3+{sender}:14+{recipient}:14+260203:1701+131++ORDERS'");
    let mut messages = 0;
    while out.len() < bytes {
        messages += 1;
        let lines = line_count(&mut dice);
        message(&mut out, &mut dice, messages, lines);
    }
    let _ = write!(out, "UNZ+{messages}+131'");
    out.into_bytes()
}

/// One EDIFACT interchange with a single order of so many lines.
pub fn edifact_long(lines: u32) -> Vec<u8> {
    let mut dice = Dice::new(2);
    let mut out = String::new();
    let (sender, recipient) = (gln(&mut dice), gln(&mut dice));
    let _ = write!(out, "UNB+UNOA:3+{sender}:14+{recipient}:14+260203:1701+7++ORDERS'");
    message(&mut out, &mut dice, 1, lines);
    out.push_str("UNZ+1+7'");
    out.into_bytes()
}

fn message(out: &mut String, dice: &mut Dice, number: u32, lines: u32) {
    let begin = out.len();
    let _ = write!(
        out,
        "UNH+ME{number:06}+ORDERS:D:96A:UN:EAN008'BGM+220+{}+9'",
        4_500_000_000 + u64::from(number)
    );
    let (issued, wanted) = (date(dice), date(dice));
    let _ = write!(out, "DTM+137:{issued}:102'DTM+2:{wanted}:102'");
    if dice.chance(20) {
        let _ = write!(out, "FTX+DEL+++{}'", dice.pick(&REMARKS));
    }
    if dice.chance(40) {
        let _ = write!(out, "RFF+CT:{}'DTM+171:{}:102'", dice.below(1_000_000), date(dice));
    }
    let _ = write!(out, "NAD+BY+{}::9'", gln(dice));
    if dice.chance(25) {
        out.push_str("CTA+OC+:Einkauf'COM+030 2312500:TE'");
    }
    let _ = write!(out, "NAD+SU+{}::9'", gln(dice));
    let (town, postcode) = *dice.pick(&TOWNS);
    let (firm, street) = (*dice.pick(&FIRMS), *dice.pick(&STREETS));
    let _ = write!(out, "NAD+DP+{}::9++{firm}+{street}+{town}++{postcode}+DE'", gln(dice));
    if dice.chance(30) {
        let _ = write!(out, "NAD+IV+{}::9'", gln(dice));
    }
    out.push_str("CUX+2:EUR:9'");
    let mut total = 0u64;
    for line in 1..=lines {
        total += edifact_line(out, dice, line);
    }
    let _ = write!(out, "UNS+S'CNT+2:{lines}'MOA+79:{}'", money(total, '.'));
    let segments = out.as_bytes()[begin..].iter().filter(|b| **b == b'\'').count() + 1;
    let _ = write!(out, "UNT+{segments}+ME{number:06}'");
}

/// One line of an order; its amount in cents.
fn edifact_line(out: &mut String, dice: &mut Dice, line: u32) -> u64 {
    let quantity = 1 + dice.below(200);
    let cents = 5 + dice.below(20_000);
    let amount = quantity * cents;
    let _ = write!(out, "LIN+{line}++{}:EN'", gtin(dice));
    if dice.chance(60) {
        let _ = write!(out, "PIA+1+A{}:SA'", dice.below(100_000));
    }
    if dice.chance(30) {
        let _ = write!(out, "PIA+1+{}:IN'", dice.below(1_000_000));
    }
    if dice.chance(40) {
        let _ = write!(out, "IMD+F++:::{}'", dice.pick(&GOODS));
    }
    let unit = *dice.pick(&["PCE", "PCE", "PCE", "KGM", "CT"]);
    let _ = write!(out, "QTY+21:{quantity}:{unit}'");
    if dice.chance(20) {
        let _ = write!(out, "QTY+59:{}'", 1 + dice.below(24));
    }
    if dice.chance(15) {
        let _ = write!(out, "DTM+2:{}:102'", date(dice));
    }
    let _ = write!(out, "MOA+203:{}'", money(amount, '.'));
    if dice.chance(3) {
        let _ = write!(out, "FTX+LIN+++{}'", dice.pick(&REMARKS));
    }
    let _ = write!(out, "PRI+AAA:{}'", money(cents, '.'));
    if dice.chance(20) {
        let _ = write!(out, "RFF+PL:{}'", dice.below(10_000));
    }
    if dice.chance(10) {
        out.push_str("TAX+7+VAT+++:::19'");
    }
    amount
}

/// WhatsApp Cloud API webhooks with catalogue orders, one a line, at least `bytes` together.
pub fn webhooks(bytes: usize) -> Vec<u8> {
    let mut dice = Dice::new(3);
    let mut out = String::with_capacity(bytes + 8_192);
    let mut number = 0u64;
    while out.len() < bytes {
        number += 1;
        let phone = format!("49171{:07}", dice.below(10_000_000));
        let _ = write!(
            out,
            "{{\"object\":\"whatsapp_business_account\",\"entry\":[{{\"id\":\"102290129340398\",\"changes\":[{{\"value\":\
             {{\"messaging_product\":\"whatsapp\",\"metadata\":{{\"display_phone_number\":\"493023125000\",\
             \"phone_number_id\":\"106540352242922\"}},\"contacts\":[{{\"profile\":{{\"name\":\"{}\"}},\
             \"wa_id\":\"{phone}\"}}],\"messages\":[{{\"from\":\"{phone}\",\"id\":\"wamid.HBgM{:016X}{number:08X}\",\
             \"timestamp\":\"{}\",\"type\":\"order\",\"order\":{{\"catalog_id\":\"354160437058781\",",
            dice.pick(&FIRMS),
            dice.draw(),
            1_770_000_000 + number * 37,
        );
        if dice.chance(30) {
            let _ = write!(out, "\"text\":\"{}\",", dice.pick(&REMARKS));
        }
        out.push_str("\"product_items\":[");
        let items = 1 + dice.below(12);
        for item in 0..items {
            if item > 0 {
                out.push(',');
            }
            let _ = write!(
                out,
                "{{\"product_retailer_id\":\"SKU-{:05}\",\"quantity\":{},\"item_price\":{},\"currency\":\"EUR\"}}",
                dice.below(100_000),
                1 + dice.below(40),
                money(5 + dice.below(20_000), '.'),
            );
        }
        out.push_str("]}}]},\"field\":\"messages\"}]}]}\n");
    }
    out.into_bytes()
}

/// The body of a form post with one basket, at least `bytes` long: fields as a shop's page sends them.
pub fn form(bytes: usize) -> Vec<u8> {
    let mut dice = Dice::new(5);
    let mut out = String::with_capacity(bytes + 4_096);
    let mut item = 0;
    while out.len() < bytes {
        item += 1;
        let goods = dice.pick(&GOODS).replace(' ', "+").replace(',', "%2C");
        let (article, quantity, cents) = (dice.below(100_000), 1 + dice.below(200), 5 + dice.below(20_000));
        let price = money(cents, '.');
        for (name, value) in [
            ("DESCRIPTION", goods.as_str()),
            ("MATNR", ""),
            ("VENDORMAT", &format!("A-{article:05}")),
            ("QUANTITY", &quantity.to_string()),
            ("UNIT", "PCE"),
            ("PRICE", &price),
            ("PRICEUNIT", "1"),
            ("CURRENCY", "EUR"),
            ("LEADTIME", "5"),
        ] {
            let _ = write!(out, "NEW_ITEM-{name}%5B{item}%5D={value}&");
        }
    }
    out.push_str("~OkCode=ADDI");
    out.into_bytes()
}

/// How a CSV file is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Locale {
    /// Semicolons, decimal comma, `15.02.2026`.
    German,
    /// Commas, decimal point, `2026-02-15`.
    English,
}

/// A CSV file of orders, at least `bytes` long: one row a line, the rows of an order together.
pub fn csv(locale: Locale, bytes: usize) -> Vec<u8> {
    let mut dice = Dice::new(4);
    let mut out = String::with_capacity(bytes + 65_536);
    out.push_str(match locale {
        Locale::German => {
            "Bestellnummer;Bestelldatum;Lieferdatum;Kundennummer;Pos;Artikelnummer;EAN;Bezeichnung;Menge;Einheit;\
             Nettopreis;Währung\n"
        }
        Locale::English => {
            "order_number,order_date,delivery_date,customer_number,line,sku,gtin,description,quantity,unit,\
             net_price,currency\n"
        }
    });
    let mut order = 4_711u64;
    while out.len() < bytes {
        order += 1;
        let (issued, wanted, customer) = (date(&mut dice), date(&mut dice), 10_000 + dice.below(5_000));
        let written = |date: &str| match locale {
            Locale::German => format!("{}.{}.{}", &date[6..8], &date[4..6], &date[..4]),
            Locale::English => format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..8]),
        };
        for line in 1..=line_count(&mut dice) {
            let (article, code) = (dice.below(100_000), gtin(&mut dice));
            let (goods, quantity) = (*dice.pick(&GOODS), 1 + dice.below(200));
            let cents = 5 + dice.below(20_000);
            let (issued, wanted) = (written(&issued), written(&wanted));
            let _ = match locale {
                Locale::German => writeln!(
                    out,
                    "{order};{issued};{wanted};{customer};{line};A-{article:05};{code};{goods};{quantity};{};{};EUR",
                    dice.pick(&["Stk", "Stk", "Karton", "kg"]),
                    money(cents, ','),
                ),
                Locale::English => {
                    let quote = if goods.contains(',') { "\"" } else { "" };
                    writeln!(
                        out,
                        "PO-{order},{issued},{wanted},{customer},{line},A-{article:05},{code},{quote}{goods}{quote},\
                         {quantity},{},{},USD",
                        dice.pick(&["EA", "EA", "CT", "KGM"]),
                        money(cents, '.'),
                    )
                }
            };
        }
    }
    out.into_bytes()
}
