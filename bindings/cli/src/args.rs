//! What the user may say.

use clap::Parser;
use clap::error::ErrorKind;
use ordnorm::value::date::Date;

/// Turns order messages of any channel into one canonical order: a JSON object for each order, one a line.
#[derive(Parser, Debug)]
#[command(
    name = "ordnorm",
    version,
    max_term_width = 100,
    after_help = "Exit code: 0 every order is accepted · 1 at least one is for review, rejected or not an \
                  order · 2 a message that no channel recognises, a file that cannot be read, or wrong usage"
)]
pub struct Args {
    /// The messages; `-` or none: standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
    /// Read as this channel instead of detecting one
    #[arg(long, value_name = "NAME")]
    pub channel: Option<String>,
    /// Add the channel of a .chan file (repeatable)
    #[arg(long, value_name = "FILE.chan")]
    pub load: Vec<String>,
    /// Name the channels
    #[arg(long)]
    pub list: bool,
    /// Say which channels fit and why
    #[arg(long, conflicts_with_all = ["list", "explain"])]
    pub detect: bool,
    /// Show the message with the field of every byte that was used
    #[arg(long, conflicts_with = "list")]
    pub explain: bool,
    /// Who we are: a GLN, mail address, phone number or chat name whose messages are our own (repeatable)
    #[arg(long, value_name = "VALUE")]
    pub own: Vec<String>,
    /// Values below this confidence, 0 to 100, send an order to review
    #[arg(long, value_name = "N", default_value_t = 80, value_parser = clap::value_parser!(u8).range(0..=100))]
    pub min_confidence: u8,
    /// Add where each value stands in the message and how it came about
    #[arg(long)]
    pub provenance: bool,
    /// The day on which messages were written that do not say so, as 2026-03-13
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// How ambiguous numbers and dates are written, as de-DE or en-US
    #[arg(long, value_name = "LOCALE")]
    pub locale: Option<String>,
    /// What happens with personal data: keep
    #[arg(long, value_name = "POLICY", default_value = "keep", value_parser = policy)]
    pub privacy: String,
    /// Show credentials and other secrets, which every policy withholds
    #[arg(long)]
    pub show_secrets: bool,
}

/// Reads the arguments; what is wrong with them, in one line.
pub fn parse() -> Result<Args, String> {
    Args::try_parse().map_err(|error| {
        if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
            error.exit();
        }
        let text = error.render().to_string();
        let lines =
            text.lines().take_while(|line| !line.starts_with("Usage") && !line.starts_with("For more"));
        let parts: Vec<_> = lines.map(str::trim).filter(|line| !line.is_empty()).collect();
        let line = parts.join("; ");
        line.strip_prefix("error: ").unwrap_or(&line).to_owned()
    })
}

fn day(text: &str) -> Result<Date, String> {
    let mut parts = text.splitn(3, '-');
    let mut number = |length: usize| {
        let part = parts.next().filter(|p| p.len() == length && p.bytes().all(|b| b.is_ascii_digit()))?;
        part.parse::<u16>().ok()
    };
    let date = (|| {
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        Date::from_day(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    })();
    date.ok_or_else(|| "not a day of the calendar, such as 2026-03-13".to_owned())
}

fn policy(text: &str) -> Result<String, String> {
    match text {
        "keep" => Ok(text.to_owned()),
        _ => Err("no such policy in this version, the only one is keep".to_owned()),
    }
}
