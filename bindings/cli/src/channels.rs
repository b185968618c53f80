//! The channels that are built in, and those of files.

use std::fmt::Write as _;
use std::fs;

use ordnorm::chan::table::{Channel, Fact, fact, syntax};
use ordnorm::chan::{ChannelError, Storage, compile};
use ordnorm::channel::detect::fact_columns;
use ordnorm::channel::{Registry, builtin};

/// The channels of `--load`, and where they come from.
#[derive(Default)]
pub struct Loaded {
    channels: Vec<Channel<'static>>,
    files: Vec<String>,
    texts: Vec<(&'static str, &'static str)>,
}

/// A loaded channel lives as long as the program: its memory is never given back.
fn forever<T: ?Sized>(value: Box<T>) -> &'static mut T {
    Box::leak(value)
}

impl Loaded {
    /// Compiles the files, each of which may extend a built-in channel or one of the files before.
    pub fn read(files: &[String]) -> Result<Loaded, String> {
        let mut loaded = Loaded::default();
        for file in files {
            let bytes = fs::read(file).map_err(|e| format!("{file}: the channel cannot be read: {e}"))?;
            let text = String::from_utf8(bytes).map_err(|e| {
                format!("{file}: a channel is UTF-8 text (byte {})", e.utf8_error().valid_up_to())
            })?;
            let text: &'static str = forever(text.into_boxed_str());
            let storage = forever(Box::new(Storage::<1024>::new()));
            let base = |name: &str| loaded.text_of(name);
            let channel = compile(text, &base, storage.arena()).map_err(|e| message(file, text, &e))?;
            if let Some(place) = loaded.channels.iter().position(|c| c.name == channel.name) {
                let other = loaded.files.get(place).map_or("", String::as_str);
                return Err(format!("{file}: there is a channel {} already, from {other}", channel.name));
            }
            loaded.texts.push((channel.name, text));
            loaded.channels.push(channel);
            loaded.files.push(file.clone());
        }
        Ok(loaded)
    }

    fn text_of(&self, name: &str) -> Option<&'static str> {
        let all = self.texts.iter().chain(builtin::SOURCES);
        all.into_iter().find(|(other, _)| *other == name).map(|(_, text)| *text)
    }

    /// All channels, the loaded ones first.
    pub fn registry(&self) -> Registry<'_> {
        Registry::with(&self.channels)
    }

    /// Where a channel comes from.
    pub fn origin(&self, number: usize) -> &str {
        self.files.get(number).map_or("built in", String::as_str)
    }

    /// One line for each channel.
    pub fn list(&self) -> String {
        let registry = self.registry();
        let width = registry.iter().map(|c| c.name.len()).max().unwrap_or(0);
        let mut out = String::new();
        for (number, channel) in registry.iter().enumerate() {
            let facts: Vec<_> = channel.facts.iter().map(|fact| fact_text(channel, fact)).collect();
            let notation = syntax::NAMES.get(usize::from(channel.syntax)).copied().unwrap_or("");
            let version = format!("v{}", channel.version);
            let (name, origin) = (channel.name, self.origin(number));
            let _ =
                writeln!(out, "{name:width$}  {version:<4} {notation:<9} {origin:<9} {}", facts.join(", "));
        }
        out
    }
}

/// `FILE:LINE:COLUMN: message`, the line, and a caret below the place.
fn message(file: &str, text: &str, error: &ChannelError) -> String {
    let (line, column) = (error.line, error.column);
    let whole = error.to_string();
    let words = whole.split_once(": ").map_or(whole.as_str(), |(_, words)| words);
    let mut out = format!("{file}:{line}:{column}: {words}");
    let source = usize::try_from(line).ok().and_then(|n| text.lines().nth(n.saturating_sub(1)));
    if let (Some(source), 0) = (source, error.layer) {
        let before = usize::try_from(column).unwrap_or(1).saturating_sub(1).min(source.len());
        let before = source.get(..before).unwrap_or("");
        let indent: String = before.chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        let _ = write!(out, "\n    {source}\n    {indent}^");
    }
    out
}

/// Bytes as text.
pub fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A fact as it is written in a channel.
pub fn fact_text(channel: &Channel<'_>, fact: &Fact) -> String {
    if fact.kind == fact::COLUMN {
        let names: Vec<_> = fact_columns(channel, fact)
            .filter_map(|row| channel.names.get(row))
            .map(|name| lossy(channel.text(name.text)))
            .collect();
        let whole = if channel.syntax == syntax::FORM { "form" } else { "header" };
        return format!("{whole} has {}", names.join(" | "));
    }
    let mut out = lossy(channel.text(fact.name));
    if fact.path.is_some() {
        let _ = write!(out, "/{}", fact.path.element);
        if fact.path.component > 0 {
            let _ = write!(out, ".{}", fact.path.component);
        }
    }
    let values: Vec<_> = fact.values.of(channel.keys).iter().map(|v| lossy(channel.text(*v))).collect();
    match values.as_slice() {
        [] => {}
        [value] => {
            let _ = write!(out, " = {value}");
        }
        many => {
            let _ = write!(out, " in {}", many.join(" "));
        }
    }
    out
}
