//! Dates, with the precision and the offset that the sender gave them.
//!
//! A [`Date`] is packed into 62 bits, so that it costs as much as a number. It never claims
//! more than was written: a week stays a week, a day has no time, a time without a zone has no
//! offset. The calendar is the Gregorian one, years 1 to 9999.
//!
//! How a sender writes dates is data of the channel: a *pattern*, see [`parse`].

mod read;

pub use read::{DateError, PIVOT, Parsed, parse};

/// A date of some precision.
///
/// From the high bits down: year 14, month 4, day 5, hour 5, minute 6, second 6, ISO week 6,
/// precision 3, has an offset 1, offset in minutes plus 2048 (12).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Date(u64);

/// How exactly a [`Date`] is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Precision {
    /// `2024`
    Year,
    /// `2024-03`
    Month,
    /// `2024-W13`, ISO 8601 weeks
    Week,
    /// `2024-03-22`
    Day,
    /// `2024-03-22T12:00`
    Minute,
    /// `2024-03-22T12:00:05`
    Second,
}

/// Most characters of a written date: `2002-08-30T11:10:05+01:00`.
pub const MAX_TEXT: usize = 25;

const YEAR: u32 = 48;
const MONTH: u32 = 44;
const DAY: u32 = 39;
const HOUR: u32 = 34;
const MINUTE: u32 = 28;
const SECOND: u32 = 22;
const WEEK: u32 = 16;
const PRECISION: u32 = 13;
const HAS_OFFSET: u32 = 12;
const OFFSET_BIAS: i16 = 2048;
/// Offsets go from -23:59 to +23:59 (RFC 3339 §5.6).
const MAX_OFFSET: i16 = 23 * 60 + 59;

impl Date {
    /// A day of the calendar; `None` where there is no such day.
    #[must_use]
    pub fn from_day(year: u16, month: u8, day: u8) -> Option<Date> {
        if !(1..=9999).contains(&year) || day == 0 || day > days_in_month(year, month) {
            return None;
        }
        Some(Date::pack(year, month, day, 0, Precision::Day))
    }

    /// A month.
    #[must_use]
    pub fn from_month(year: u16, month: u8) -> Option<Date> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        Some(Date::pack(year, month, 0, 0, Precision::Month))
    }

    /// A year.
    #[must_use]
    pub fn from_year(year: u16) -> Option<Date> {
        (1..=9999).contains(&year).then(|| Date::pack(year, 0, 0, 0, Precision::Year))
    }

    /// An ISO 8601 week; `None` for week 53 of a year that has 52.
    #[must_use]
    pub fn from_week(year: u16, week: u8) -> Option<Date> {
        if !(1..=9999).contains(&year) || week == 0 || week > weeks_in_year(year) {
            return None;
        }
        Some(Date::pack(year, 0, 0, week, Precision::Week))
    }

    /// The day with this number, see [`Date::day_number`].
    #[must_use]
    pub fn from_day_number(number: i32) -> Option<Date> {
        // Days of 400 years repeat; the year begins in March so that the leap day is its last.
        let days = number.checked_add(719_468)?;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        Date::from_day(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The same day at a time, without an offset. `second` absent: known to the minute. 24:00 is
    /// the end of the day and stays so (ISO 8601-1/Amd 1); second 60 is a leap second. `None`
    /// where this is not a day or there is no such time.
    #[must_use]
    pub fn with_time(self, hour: u8, minute: u8, second: Option<u8>) -> Option<Date> {
        let seconds = second.unwrap_or(0);
        let is_midnight = hour == 24 && minute == 0 && seconds == 0;
        if self.precision() < Precision::Day || minute > 59 || seconds > 60 || (hour > 23 && !is_midnight) {
            return None;
        }
        let precision = if second.is_some() { Precision::Second } else { Precision::Minute };
        let day = Date::pack(self.year(), self.month_bits(), self.day_bits(), 0, precision);
        Some(Date(
            day.0 | u64::from(hour) << HOUR | u64::from(minute) << MINUTE | u64::from(seconds) << SECOND,
        ))
    }

    /// The same time with its offset from UTC in minutes. `None` where this has no time of day
    /// or the offset is a day or more.
    #[must_use]
    pub fn with_offset(self, minutes: i16) -> Option<Date> {
        if self.precision() < Precision::Minute || !(-MAX_OFFSET..=MAX_OFFSET).contains(&minutes) {
            return None;
        }
        // Between 609 and 3487.
        let biased = (minutes + OFFSET_BIAS) as u64;
        Some(Date(self.0 & !0x1FFF | 1 << HAS_OFFSET | biased))
    }

    /// The packed form. Later days are greater than earlier ones of the same precision.
    #[inline]
    #[must_use]
    pub const fn to_bits(self) -> u64 {
        self.0
    }

    /// The date of [`Date::to_bits`]; `None` for bits that are none.
    #[must_use]
    pub fn from_bits(bits: u64) -> Option<Date> {
        let raw = Date(bits);
        let precision = raw.checked_precision()?;
        let (year, month, day) = (raw.year(), raw.month_bits(), raw.day_bits());
        let mut date = match precision {
            Precision::Year => Date::from_year(year)?,
            Precision::Month => Date::from_month(year, month)?,
            Precision::Week => Date::from_week(year, raw.bits(WEEK, 6))?,
            _ => Date::from_day(year, month, day)?,
        };
        if precision >= Precision::Minute {
            let second = (precision == Precision::Second).then(|| raw.bits(SECOND, 6));
            date = date.with_time(raw.bits(HOUR, 5), raw.bits(MINUTE, 6), second)?;
            if bits >> HAS_OFFSET & 1 == 1 {
                // Twelve bits.
                date = date.with_offset((bits & 0xFFF) as i16 - OFFSET_BIAS)?;
            }
        }
        // Anything left over makes it another number than the one that this date has.
        (date.0 == bits).then_some(date)
    }

    /// 1 to 9999.
    #[must_use]
    pub const fn year(self) -> u16 {
        // 14 bits.
        (self.0 >> YEAR & 0x3FFF) as u16
    }

    /// 1 to 12; `None` for a year or a week.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        Some(self.month_bits()).filter(|&month| month > 0)
    }

    /// 1 to 31; `None` where it is not known to the day.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        Some(self.day_bits()).filter(|&day| day > 0)
    }

    /// ISO 8601 week, 1 to 53; `None` unless the date is a week.
    #[must_use]
    pub fn week(self) -> Option<u8> {
        Some(self.bits(WEEK, 6)).filter(|&week| week > 0)
    }

    /// 0 to 24; `None` without a time.
    #[must_use]
    pub fn hour(self) -> Option<u8> {
        (self.precision() >= Precision::Minute).then(|| self.bits(HOUR, 5))
    }

    /// 0 to 59; `None` without a time.
    #[must_use]
    pub fn minute(self) -> Option<u8> {
        (self.precision() >= Precision::Minute).then(|| self.bits(MINUTE, 6))
    }

    /// 0 to 60; `None` where it is not known to the second.
    #[must_use]
    pub fn second(self) -> Option<u8> {
        (self.precision() == Precision::Second).then(|| self.bits(SECOND, 6))
    }

    /// Minutes east of UTC; `None` where the sender gave no zone.
    #[must_use]
    pub const fn offset(self) -> Option<i16> {
        if self.0 >> HAS_OFFSET & 1 == 1 { Some((self.0 & 0xFFF) as i16 - OFFSET_BIAS) } else { None }
    }

    /// How exactly it is known.
    #[must_use]
    pub const fn precision(self) -> Precision {
        match self.checked_precision() {
            Some(precision) => precision,
            // No date is built with another number.
            None => Precision::Second,
        }
    }

    /// Days since 1970-01-01 in the sender's own calendar (offsets are not applied), to compare
    /// days; `None` where it is not known to the day.
    #[must_use]
    pub fn day_number(self) -> Option<i32> {
        (self.precision() >= Precision::Day)
            .then(|| number_of_day(self.year(), self.month_bits(), self.day_bits()))
    }

    /// The first and the last day that it can mean, as in [`Date::day_number`]: a week from
    /// Monday to Sunday, a month, a year, or the day itself twice.
    #[must_use]
    pub fn days(self) -> (i32, i32) {
        let year = self.year();
        match self.precision() {
            Precision::Year => (number_of_day(year, 1, 1), number_of_day(year, 12, 31)),
            Precision::Month => {
                let month = self.month_bits();
                (number_of_day(year, month, 1), number_of_day(year, month, days_in_month(year, month)))
            }
            Precision::Week => {
                let monday = monday_of_week(year, self.bits(WEEK, 6));
                (monday, monday + 6)
            }
            _ => {
                let day = number_of_day(year, self.month_bits(), self.day_bits());
                (day, day)
            }
        }
    }

    /// Writes the ISO 8601 text into `out` and returns it: `2024`, `2024-03`, `2024-W13`,
    /// `2002-08-30`, `2002-08-30T11:10`, `2002-08-30T11:10:05Z`, `2002-08-30T11:10:05+01:00`.
    pub fn write(self, out: &mut [u8; 32]) -> &str {
        let mut pen = Pen { slots: out.iter_mut(), length: 0 };
        let year = self.year();
        pen.two((year / 100) as u8);
        pen.two((year % 100) as u8);
        let precision = self.precision();
        if precision == Precision::Week {
            pen.byte(b'-');
            pen.byte(b'W');
            pen.two(self.bits(WEEK, 6));
        } else {
            if precision >= Precision::Month {
                pen.byte(b'-');
                pen.two(self.month_bits());
            }
            if precision >= Precision::Day {
                pen.byte(b'-');
                pen.two(self.day_bits());
            }
        }
        if precision >= Precision::Minute {
            pen.byte(b'T');
            pen.two(self.bits(HOUR, 5));
            pen.byte(b':');
            pen.two(self.bits(MINUTE, 6));
        }
        if precision == Precision::Second {
            pen.byte(b':');
            pen.two(self.bits(SECOND, 6));
        }
        match self.offset() {
            None => {}
            Some(0) => pen.byte(b'Z'),
            Some(minutes) => {
                pen.byte(if minutes < 0 { b'-' } else { b'+' });
                let minutes = minutes.unsigned_abs();
                pen.two((minutes / 60) as u8);
                pen.byte(b':');
                pen.two((minutes % 60) as u8);
            }
        }
        let length = pen.length;
        out.get(..length).and_then(|text| core::str::from_utf8(text).ok()).unwrap_or_default()
    }

    fn pack(year: u16, month: u8, day: u8, week: u8, precision: Precision) -> Date {
        Date(
            u64::from(year) << YEAR
                | u64::from(month) << MONTH
                | u64::from(day) << DAY
                | u64::from(week) << WEEK
                | (precision as u64) << PRECISION,
        )
    }

    /// The field of at most eight bits that begins at `shift`.
    const fn bits(self, shift: u32, width: u32) -> u8 {
        (self.0 >> shift & ((1 << width) - 1)) as u8
    }

    const fn month_bits(self) -> u8 {
        self.bits(MONTH, 4)
    }

    const fn day_bits(self) -> u8 {
        self.bits(DAY, 5)
    }

    const fn checked_precision(self) -> Option<Precision> {
        match self.bits(PRECISION, 3) {
            0 => Some(Precision::Year),
            1 => Some(Precision::Month),
            2 => Some(Precision::Week),
            3 => Some(Precision::Day),
            4 => Some(Precision::Minute),
            5 => Some(Precision::Second),
            _ => None,
        }
    }
}

/// Puts bytes one behind the other.
struct Pen<'a> {
    slots: core::slice::IterMut<'a, u8>,
    length: usize,
}

impl Pen<'_> {
    fn byte(&mut self, byte: u8) {
        if let Some(slot) = self.slots.next() {
            *slot = byte;
            self.length += 1;
        }
    }

    /// Two digits of a number below 100.
    fn two(&mut self, number: u8) {
        self.byte(b'0' + number / 10 % 10);
        self.byte(b'0' + number % 10);
    }
}

const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// 28 to 31; 0 where there is no such month.
const fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 0,
    }
}

/// Days since 1970-01-01. The year begins in March here, so that the leap day is its last.
fn number_of_day(year: u16, month: u8, day: u8) -> i32 {
    let year = i32::from(year) - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let from_march = (i32::from(month) + 9) % 12;
    let of_year = (153 * from_march + 2) / 5 + i32::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// 0 for Monday to 6 for Sunday. 1970-01-01 was a Thursday.
const fn weekday(day_number: i32) -> i32 {
    (day_number + 3).rem_euclid(7)
}

/// Week 1 is the one with 4 January in it (ISO 8601-1, calendar week).
fn monday_of_week(year: u16, week: u8) -> i32 {
    let fourth = number_of_day(year, 1, 4);
    fourth - weekday(fourth) + (i32::from(week) - 1) * 7
}

/// 53 weeks where the year has 53 Thursdays.
fn weeks_in_year(year: u16) -> u8 {
    let first = weekday(number_of_day(year, 1, 1));
    if first == 3 || (first == 2 && is_leap(year)) { 53 } else { 52 }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn days_count_through_the_calendar() {
        assert_eq!(Date::from_day(1970, 1, 1).unwrap().day_number(), Some(0));
        assert_eq!(Date::from_day(2024, 3, 22).unwrap().day_number(), Some(19_804));
        assert_eq!(Date::from_month(2024, 2).unwrap().day_number(), None);
        assert_eq!(Date::from_month(2024, 2).unwrap().days(), (19_754, 19_782));
        let mut number = Date::from_day(1, 1, 1).unwrap().day_number().unwrap();
        let mut before = 0;
        while let Some(date) = Date::from_day_number(number) {
            assert_eq!(date.day_number(), Some(number));
            assert!(date.to_bits() > before);
            before = date.to_bits();
            number += 1;
        }
        assert_eq!(Date::from_day_number(number - 1), Date::from_day(9999, 12, 31));
        assert_eq!(Date::from_day_number(i32::MAX), None);
    }

    #[test]
    fn weeks_follow_each_other() {
        let mut monday = Date::from_week(1, 1).unwrap().days().0;
        for year in 1..=9999 {
            for week in 1..=weeks_in_year(year) {
                assert_eq!(Date::from_week(year, week).unwrap().days(), (monday, monday + 6));
                monday += 7;
            }
        }
    }

    #[test]
    fn bits_come_back_or_are_refused() {
        let day = Date::from_day(2024, 3, 22).unwrap();
        let time = day.with_time(11, 10, Some(5)).unwrap();
        let dates = [
            Date::from_year(2024).unwrap(),
            Date::from_month(2024, 3).unwrap(),
            Date::from_week(2024, 13).unwrap(),
            day,
            day.with_time(24, 0, None).unwrap(),
            time,
            time.with_offset(0).unwrap(),
            time.with_offset(-MAX_OFFSET).unwrap(),
            time.with_offset(MAX_OFFSET).unwrap(),
        ];
        for date in dates {
            assert_eq!(Date::from_bits(date.to_bits()), Some(date));
            for bit in 0..64 {
                let other = date.to_bits() ^ 1 << bit;
                if let Some(read) = Date::from_bits(other) {
                    assert_eq!(read.to_bits(), other);
                    let mut out = [0; 32];
                    let text = read.write(&mut out);
                    assert_eq!(parse(text.as_bytes(), b"iso"), Ok(Parsed::Date(read)), "{text}");
                }
            }
        }
        assert_eq!(day.with_offset(0), None);
        assert_eq!(time.with_offset(24 * 60), None);
        assert_eq!((time.hour(), time.minute(), time.second()), (Some(11), Some(10), Some(5)));
        assert_eq!((time.year(), time.month(), time.day(), time.week()), (2024, Some(3), Some(22), None));
        assert_eq!((day.hour(), day.second(), day.offset()), (None, None, None));
        assert_eq!(time.with_offset(90).unwrap().offset(), Some(90));
    }
}
