//! Standard output: one object a line into a pipe, indented on a terminal.

use std::fmt;
use std::io::{self, IsTerminal, Write};

/// Where orders go.
pub struct Output {
    out: Box<dyn Write>,
    buffer: String,
    indent: Option<Indent>,
    error: Option<io::Error>,
}

/// The buffer goes out when it is as long as this.
const FULL: usize = 1 << 16;

impl Output {
    /// Standard output as it is.
    pub fn new() -> Output {
        let out = io::stdout().lock();
        let indent = out.is_terminal().then(Indent::default);
        Output { indent, ..Output::to(Box::new(out)) }
    }

    /// Anything else.
    pub fn to(out: Box<dyn Write>) -> Output {
        Output { out, buffer: String::with_capacity(2 * FULL), indent: None, error: None }
    }

    /// An object is complete.
    pub fn end_object(&mut self) -> io::Result<()> {
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        self.buffer.push('\n');
        Ok(())
    }

    /// Everything goes out.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(self.buffer.as_bytes())?;
        self.buffer.clear();
        self.out.flush()
    }
}

impl fmt::Write for Output {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        match &mut self.indent {
            None => self.buffer.push_str(text),
            Some(indent) => indent.write(text, &mut self.buffer),
        }
        if self.buffer.len() < FULL {
            return Ok(());
        }
        self.flush().map_err(|error| {
            self.error = Some(error);
            fmt::Error
        })
    }
}

/// How wide an object may be that stands in one line.
const WIDTH: usize = 88;

/// Lays compact JSON out: what holds no other object and is short stays in one line.
#[derive(Default)]
struct Indent {
    depth: usize,
    in_string: bool,
    escaped: bool,
    /// The innermost object or array, as long as it may stay in one line; its items end at `breaks`.
    pending: Option<(String, Vec<usize>)>,
}

impl Indent {
    fn write(&mut self, text: &str, out: &mut String) {
        for c in text.chars() {
            if self.in_string {
                self.put(c, out);
                match c {
                    _ if self.escaped => self.escaped = false,
                    '\\' => self.escaped = true,
                    '"' => self.in_string = false,
                    _ => {}
                }
                continue;
            }
            match c {
                '{' | '[' => {
                    self.spread(out);
                    self.pending = Some((c.to_string(), Vec::new()));
                }
                '}' | ']' => match self.pending.take() {
                    Some((line, _)) => {
                        out.push_str(&line);
                        out.push(c);
                    }
                    None => {
                        self.depth = self.depth.saturating_sub(1);
                        self.new_line(out);
                        out.push(c);
                    }
                },
                ',' => match &mut self.pending {
                    Some((line, breaks)) => {
                        line.push_str(", ");
                        breaks.push(line.len());
                    }
                    None => {
                        out.push(',');
                        self.new_line(out);
                    }
                },
                ':' => {
                    self.put(':', out);
                    self.put(' ', out);
                }
                _ => {
                    self.in_string = c == '"';
                    self.put(c, out);
                }
            }
            if self.pending.as_ref().is_some_and(|(line, _)| line.len() + 2 * self.depth > WIDTH) {
                self.spread(out);
            }
        }
    }

    fn put(&mut self, c: char, out: &mut String) {
        match &mut self.pending {
            Some((line, _)) => line.push(c),
            None => out.push(c),
        }
    }

    fn new_line(&self, out: &mut String) {
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', 2 * self.depth));
    }

    /// What was kept for one line gets a line for each item.
    fn spread(&mut self, out: &mut String) {
        let Some((line, breaks)) = self.pending.take() else { return };
        let mut from = 1;
        out.push_str(line.get(..1).unwrap_or(""));
        self.depth += 1;
        self.new_line(out);
        for end in breaks {
            out.push_str(line.get(from..end).unwrap_or("").trim_end());
            self.new_line(out);
            from = end;
        }
        out.push_str(line.get(from..).unwrap_or(""));
    }
}

#[cfg(test)]
mod tests {
    use super::Indent;

    #[test]
    fn short_objects_stay_in_one_line() {
        let mut out = String::new();
        let json = r#"{"a":"x, {y}","items":[{"scheme":"gtin","value":"1\"2"},{"scheme":"b","value":"3"}],"empty":{}}"#;
        Indent::default().write(json, &mut out);
        let wanted = "{\n  \"a\": \"x, {y}\",\n  \"items\": [\n    {\"scheme\": \"gtin\", \"value\": \"1\\\"2\"},\n    \
                      {\"scheme\": \"b\", \"value\": \"3\"}\n  ],\n  \"empty\": {}\n}";
        assert_eq!(out, wanted);
    }
}
