//! Amounts against quantities and prices.
//!
//! A declared amount was rounded by its sender, and so was the price: what is left of a difference when both
//! are allowed for is another price, basis or quantity than was meant.

use ordnorm_chan::vocabulary::{field, word};

use crate::order::Entry;
use crate::value::decimal::Decimal;

/// The declared amount of a line whose quantity and price come to something else.
///
/// Only what can be compared is: a net price (or one that does not say what it is) in the unit of the
/// quantity, on a line without allowances.
#[must_use]
pub fn wrong_amount(entries: &[Entry]) -> Option<&Entry> {
    let line = Line::of(entries)?;
    let amount = line.amount?;
    let is_wrong = differs(line.quantity?.decimal()?, line.price?, amount.decimal()?, line.basis)?;
    Some(amount).filter(|_| is_wrong)
}

/// What a line comes to: the amount that it declares, else quantity times price. `None`: it cannot be told.
#[must_use]
pub fn amount(entries: &[Entry]) -> Option<Decimal> {
    if let Some(declared) = entries.iter().find(|e| e.field == field::LINE_AMOUNT) {
        return declared.decimal();
    }
    let line = Line::of(entries)?;
    let product = line.quantity?.decimal()?.checked_mul(line.price?)?;
    // A price for 100 pieces moves the decimal mark; other bases would have to be rounded.
    let places = [1, 10, 100, 1000].iter().position(|power| line.basis.equals(Decimal::whole(*power)))?;
    Decimal::new(product.mantissa(), product.scale().checked_add(places as u8)?)
}

/// Is a declared sum the one of the lines, as far as rounding each of them explains?
#[must_use]
pub fn is_near(declared: Decimal, sum: Decimal, lines: u32) -> bool {
    let cents = Decimal::new(i64::from(lines), 2);
    let difference = declared.checked_sub(sum).and_then(absolute);
    difference.zip(cents).is_none_or(|(difference, cents)| difference.compare(cents).is_le())
}

/// What a line says about money.
struct Line<'e> {
    amount: Option<&'e Entry>,
    /// In the unit of the price.
    quantity: Option<&'e Entry>,
    price: Option<Decimal>,
    basis: Decimal,
}

impl<'e> Line<'e> {
    /// `None` where something else makes the amount, too, or where price and quantity cannot be compared.
    fn of(entries: &'e [Entry]) -> Option<Line<'e>> {
        let (mut amount, mut quantity, mut unit, mut counted, mut counted_unit) =
            (None, None, None, None, None);
        let mut prices = Prices::default();
        // One pass: a line has many values, and most have nothing to do with money.
        for entry in entries {
            match entry.field {
                field::LINE_AMOUNT => amount = Some(entry),
                field::LINE_QUANTITY => quantity = Some(entry),
                field::LINE_UNIT => unit = Some(entry.value),
                field::LINE_PRICE_QUANTITY => counted = Some(entry),
                field::LINE_PRICE_QTY_UNIT => counted_unit = Some(entry.value),
                field::LINE_PRICE..=field::LINE_PRICE_KIND => prices.take(entry),
                field::LINE_FREE_QUANTITY | field::LINE_PRICE_TAX_INCL => return None,
                field::ALLOWANCE_KIND..=field::ALLOWANCE_CODE => return None,
                _ => {}
            }
        }
        let price = prices.net()?;
        let (quantity, unit) = if counted.is_some() { (counted, counted_unit) } else { (quantity, unit) };
        if price.unit.is_some_and(|of_price| unit.is_some_and(|of_quantity| of_price != of_quantity)) {
            return None;
        }
        let basis = match price.basis {
            Some(basis) => basis.decimal()?,
            None => Decimal::ONE,
        };
        Some(Line { amount, quantity, price: price.head.and_then(Entry::decimal), basis })
    }
}

/// A price with its parts.
#[derive(Clone, Copy, Default)]
struct Price<'e> {
    head: Option<&'e Entry>,
    basis: Option<&'e Entry>,
    unit: Option<u64>,
    kind: Option<u16>,
}

/// The prices of a line, as they go by.
#[derive(Default)]
struct Prices<'e> {
    now: Price<'e>,
    net: Option<Price<'e>>,
    count: u32,
}

impl<'e> Prices<'e> {
    fn take(&mut self, entry: &'e Entry) {
        match entry.field {
            field::LINE_PRICE => {
                self.settle();
                self.now = Price { head: Some(entry), ..Price::default() };
                self.count += 1;
            }
            field::LINE_PRICE_BASIS => self.now.basis = Some(entry),
            field::LINE_PRICE_UNIT => self.now.unit = Some(entry.value),
            _ => self.now.kind = entry.word(),
        }
    }

    fn settle(&mut self) {
        if self.now.kind == Some(word::PRICE_NET) {
            self.net = self.net.or(Some(self.now));
        }
    }

    /// The price that the amount is made of.
    fn net(mut self) -> Option<Price<'e>> {
        self.settle();
        let says_nothing = matches!(self.now.kind, None | Some(word::PRICE_UNKNOWN));
        self.net.or(Some(self.now).filter(|_| self.count == 1 && says_nothing))
    }
}

/// Is `quantity · price` another number than `amount · basis`, more than rounding explains? `None`: the
/// numbers are too large to tell.
fn differs(quantity: Decimal, price: Decimal, amount: Decimal, basis: Decimal) -> Option<bool> {
    let difference = quantity.checked_mul(price)?.checked_sub(amount.checked_mul(basis)?)?;
    // The last place of the price, once for each unit; that of the amount, a hundredth at least.
    let last_place = |of: Decimal, most: u8| Decimal::new(1, of.scale().min(most));
    let of_price = quantity.checked_mul(last_place(price, 18)?)?;
    let of_amount = basis.checked_mul(last_place(amount, 2)?)?;
    let allowed = absolute(of_price)?.checked_add(absolute(of_amount)?)?;
    // Half of the price's place would do for one rounding; whole ones allow for those that cut off.
    Some(absolute(difference)?.compare(allowed).is_gt())
}

fn absolute(value: Decimal) -> Option<Decimal> {
    if value.is_negative() { Decimal::ZERO.checked_sub(value) } else { Some(value) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::value::decimal::{Style, parse};

    #[test]
    fn rounding_is_allowed_for_and_nothing_else() {
        let d = |text: &str| parse(text.as_bytes(), Style::POINT).unwrap();
        for (quantity, price, amount, basis, wrong) in [
            ("48", "699.84", "335.92", "100", false),
            ("48", "699.84", "33592.32", "100", true),
            ("3", "0.333333", "1.00", "1", false),
            ("3", "0.33", "1.00", "1", false),
            ("10", "1.25", "12.50", "1", false),
            ("10", "1.25", "12.80", "1", true),
            ("10", "1.25", "12", "1", false),
            ("10", "125", "12.50", "1", true),
            ("-2", "5.00", "-10.00", "1", false),
        ] {
            let got = differs(d(quantity), d(price), d(amount), d(basis));
            assert_eq!(got, Some(wrong), "{quantity} {price} {amount} {basis}");
        }
        assert_eq!(differs(d("999999999999999999"), d("999999999999999999"), d("1"), d("1")), None);
    }
}
