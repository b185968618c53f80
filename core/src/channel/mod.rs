//! Channels: how records and nodes become fields. Nothing here knows a format or a single channel.

pub mod builtin;
pub mod desk;
pub mod detect;
pub mod fire;
#[cfg(feature = "flat")]
pub mod flat;
#[cfg(feature = "form")]
pub mod form;
#[cfg(any(feature = "csv", feature = "form"))]
mod names;
#[cfg(feature = "json")]
mod restore;
#[cfg(feature = "csv")]
pub mod rows;
#[cfg(any(feature = "json", feature = "csv", feature = "form"))]
mod slot;
#[cfg(feature = "json")]
pub mod tree;

use ordnorm_chan::table::Channel;

use crate::order::RecordKind;
use crate::value::decimal::Style;

/// What the caller wants, beside the message.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// How numbers are written where the message does not say it (`--locale`).
    pub style: Option<Style>,
    /// The order of day and month in `03/04/2026` where the message does not say it.
    pub day_first: Option<bool>,
    /// Values below this confidence (0 to 100) send an order to review.
    pub min_confidence: u8,
    /// Read as this channel instead of detecting one.
    pub channel: Option<&'a str>,
    /// Who we are: ids whose messages are our own.
    pub own: &'a [&'a str],
    /// The day on which the message was written where it does not say so: it gives relative dates their
    /// day.
    pub as_of: Option<crate::value::date::Date>,
}

impl Options<'_> {
    /// Takes the number and date habits of a locale (`de-DE`): what is written without saying which.
    ///
    /// # Errors
    /// The locale is not known.
    pub fn locale(&mut self, name: &str) -> Result<(), UnknownLocale> {
        let (language, region) = name.split_once(['-', '_']).unwrap_or((name, ""));
        let comma = match language {
            "de" | "fr" | "it" | "es" | "nl" | "pl" | "tr" | "pt" | "da" | "sv" | "nb" | "fi" | "cs"
            | "ru" => !matches!(region, "CH" | "LI"),
            "en" => false,
            _ => return Err(UnknownLocale),
        };
        self.style = Some(if comma { Style::COMMA_GROUPED } else { Style::POINT_GROUPED });
        self.day_first = Some(!(language == "en" && matches!(region, "" | "US")));
        Ok(())
    }
}

/// A locale that is not known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnknownLocale;

impl Default for Options<'_> {
    fn default() -> Self {
        Options { style: None, day_first: None, min_confidence: 80, channel: None, own: &[], as_of: None }
    }
}

/// The channels that a message may be read with: loaded ones go before built-in ones.
#[derive(Clone, Copy, Debug)]
pub struct Registry<'a> {
    loaded: &'a [Channel<'a>],
    builtin: &'a [&'a Channel<'a>],
}

impl<'a> Registry<'a> {
    /// The built-in channels only.
    #[must_use]
    pub fn builtin() -> Registry<'static> {
        Registry { loaded: &[], builtin: builtin::ALL }
    }

    /// The built-in channels and some loaded ones.
    #[must_use]
    pub fn with(loaded: &'a [Channel<'a>]) -> Registry<'a> {
        Registry { loaded, builtin: builtin::ALL }
    }

    /// Just these channels: what firmware links.
    #[must_use]
    pub const fn only(channels: &'a [&'a Channel<'a>]) -> Registry<'a> {
        Registry { loaded: &[], builtin: channels }
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.loaded.len() + self.builtin.len()
    }

    /// Is there none?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A channel by its number.
    #[must_use]
    pub fn get(&self, number: usize) -> Option<&'a Channel<'a>> {
        match self.loaded.get(number) {
            Some(channel) => Some(channel),
            None => self.builtin.get(number.checked_sub(self.loaded.len())?).copied(),
        }
    }

    /// A channel by its number; one that reads nothing where there is none.
    #[must_use]
    pub fn channel(&self, number: usize) -> &'a Channel<'a> {
        self.get(number).unwrap_or(&Channel::EMPTY)
    }

    /// Is it a loaded one?
    #[must_use]
    pub const fn is_loaded(&self, number: usize) -> bool {
        number < self.loaded.len()
    }

    /// All channels, loaded ones first.
    pub fn iter(&self) -> impl Iterator<Item = &'a Channel<'a>> + use<'a> {
        self.loaded.iter().chain(self.builtin.iter().copied())
    }

    /// The number of a channel by its name.
    #[must_use]
    pub fn find(&self, name: &[u8]) -> Option<usize> {
        self.iter().position(|channel| channel.name.as_bytes() == name)
    }
}

/// What a step of an engine gives to its driver.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signal {
    /// An order begins, read by the channel of this number.
    Begin(usize),
    /// A record is complete: entries from `start` on; they are cut when the driver comes back.
    Record {
        /// Its kind.
        kind: RecordKind,
        /// Its line.
        line: u32,
        /// First entry.
        start: usize,
        /// More of it follows.
        partial: bool,
        /// It stays open: only what was handed out is cut.
        open: bool,
    },
    /// The order is complete.
    End,
    /// A content is to be read; the order that carries it rests meanwhile.
    Content,
    /// No channel knows what begins here.
    Unrecognised(u32),
    /// Two channels know equally well what begins here.
    Ambiguous(u32),
    /// The notation's grammar is broken here, outside of any order.
    Malformed(u32),
    /// Nothing is left.
    Done,
}

impl Signal {
    /// A record that is complete.
    #[must_use]
    pub const fn complete(kind: RecordKind, line: u32, start: usize) -> Signal {
        Signal::Record { kind, line, start, partial: false, open: false }
    }
}
