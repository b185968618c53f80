//! Slow readers, written from the standards without a look at the fast ones: what both say must agree.

/// The service characters of an EDIFACT file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Service {
    pub component: u8,
    pub element: u8,
    pub release: Option<u8>,
    pub terminator: u8,
}

pub const STANDARD: Service =
    Service { component: b':', element: b'+', release: Some(b'?'), terminator: b'\'' };

/// A segment: elements of components; the tag is element 0.
pub type Segment = Vec<Vec<Vec<u8>>>;

/// Splits an EDIFACT file into segments, byte by byte; `false` where something without a terminator is left.
pub fn edifact(bytes: &[u8], service: Service) -> (Vec<Segment>, bool) {
    let mut segments = Vec::new();
    let mut rest = bytes;
    loop {
        rest = skip_noise(rest, service);
        if rest.is_empty() {
            return (segments, true);
        }
        let mut segment: Segment = vec![vec![Vec::new()]];
        let mut at = 0;
        let mut complete = false;
        while at < rest.len() {
            let byte = rest[at];
            at += 1;
            if byte == service.terminator {
                complete = true;
                break;
            }
            if byte == service.element {
                segment.push(vec![Vec::new()]);
            } else if byte == service.component {
                segment.last_mut().expect("an element").push(Vec::new());
            } else if Some(byte) == service.release {
                let Some(released) = rest.get(at) else { return (segments, false) };
                at += 1;
                put(&mut segment, *released);
            } else if !matches!(byte, b'\r' | b'\n') {
                put(&mut segment, byte);
            }
        }
        if !complete {
            return (segments, false);
        }
        segments.push(segment);
        rest = &rest[at..];
    }
}

fn put(segment: &mut Segment, byte: u8) {
    segment.last_mut().and_then(|element| element.last_mut()).expect("a component").push(byte);
}

fn skip_noise(mut bytes: &[u8], service: Service) -> &[u8] {
    loop {
        bytes = match bytes {
            [0..=0x20 | 0x7F, rest @ ..] => rest,
            [0xEF, 0xBB, 0xBF, rest @ ..] => rest,
            // An apostrophe ends nothing here, but the interchange before may have ended with it.
            [byte, rest @ ..] if *byte == service.terminator || *byte == b'\'' => rest,
            _ => return bytes,
        };
    }
}

/// Splits separated values into rows of cells, by RFC 4180; `None` where a quote stands at an odd place,
/// since the RFC does not say what that means. Beside the RFC: the end mark of old files, and the texts that
/// a spreadsheet writes as formulas.
pub fn csv(text: &[u8], separator: u8) -> Option<Vec<Vec<Vec<u8>>>> {
    let line =
        [&b"\r\n"[..], b"\n", b"\r"].into_iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    let text = match line.strip_suffix(b"\x1A") {
        Some(before) if matches!(before.last(), None | Some(b'\r' | b'\n')) => before,
        _ => text,
    };
    let formula = |cell: Vec<u8>| match cell.as_slice() {
        [b'=', b'"', inner @ .., b'"'] if !inner.contains(&b'"') => inner.to_vec(),
        _ => cell,
    };
    let mut rows = Vec::new();
    let mut row: Vec<Vec<u8>> = Vec::new();
    let mut cell: Vec<u8> = Vec::new();
    let mut quoted = false;
    let mut was_quoted = false;
    let mut at = 0;
    let mut begin = 0;
    while let Some(byte) = text.get(at).copied() {
        at += 1;
        if quoted {
            match (byte, text.get(at)) {
                (b'"', Some(b'"')) => {
                    cell.push(b'"');
                    at += 1;
                }
                (b'"', _) => quoted = false,
                _ => cell.push(byte),
            }
        } else if byte == b'"' {
            if !cell.is_empty() || was_quoted {
                return None;
            }
            quoted = true;
            was_quoted = true;
        } else if byte == separator || matches!(byte, b'\r' | b'\n') {
            row.push(formula(std::mem::take(&mut cell)));
            was_quoted = false;
            if byte != separator {
                // A line without any byte is no row.
                if at - 1 > begin {
                    rows.push(std::mem::take(&mut row));
                }
                row.clear();
                begin = at;
            }
        } else if was_quoted {
            return None;
        } else {
            cell.push(byte);
        }
    }
    if quoted {
        return None;
    }
    if at > begin {
        row.push(formula(cell));
        rows.push(row);
    }
    Some(rows)
}

/// Splits the body of a form post into names and values, by the WHATWG URL standard, 5.1.
pub fn form(body: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let decode = |text: &[u8]| {
        let mut out = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let escaped = text.get(at + 1..at + 3).and_then(|digits| {
                let hex = digits.iter().all(u8::is_ascii_hexdigit);
                let digits = std::str::from_utf8(digits).ok().filter(|_| hex)?;
                u8::from_str_radix(digits, 16).ok()
            });
            match (text[at], escaped) {
                (b'%', Some(byte)) => {
                    out.push(byte);
                    at += 2;
                }
                (b'+', _) => out.push(b' '),
                (byte, _) => out.push(byte),
            }
            at += 1;
        }
        out
    };
    let pairs = body.split(|byte| *byte == b'&').filter(|pair| !pair.trim_ascii().is_empty());
    pairs
        .map(|pair| {
            let mut parts = pair.splitn(2, |byte| *byte == b'=');
            let mut part = || decode(parts.next().unwrap_or(b"").trim_ascii());
            (part(), part())
        })
        .collect()
}
