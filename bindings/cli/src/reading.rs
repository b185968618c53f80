//! Messages to JSON in bounded memory.
//!
//! Most orders are small: they are collected and written. One that does not fit is read again by a second
//! reader, into memory that is large enough; one that would need more than [`MOST`] is written as a
//! stream, by readers that go through it one after the other: its head, then line by line, then the
//! findings. These readers follow the first one and never go back, so that the time stays linear whatever
//! the file holds.

use ordnorm::channel::{Options, Registry};
use ordnorm::normalize::{Error, ErrorKind, Memory, Reader};
use ordnorm::order::json::{self, Json, Key, Visitor as _};
use ordnorm::order::{
    End, Entry, Event, Finding, Order, OrderMemory, Part, Record, RecordKind, Texts, Verdict, kind,
};
use ordnorm::value::charset::{self, Charset};

use crate::input::Input;
use crate::output::Output;
use crate::progress::Progress;

/// An order that needs more memory than this is written as a stream.
pub const MOST: usize = 64 << 20;

/// Why reading stopped.
pub enum Fault {
    /// The message.
    Message(Error),
    /// The output.
    Output(std::io::Error),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        Fault::Message(error)
    }
}

/// Memory for a reader.
pub struct Lent {
    entries: Vec<Entry>,
    findings: Vec<Finding>,
    scratch: Vec<u8>,
}

impl Lent {
    /// Enough for any record of a message: memory that is not used is not taken from the system.
    pub fn new(message: &[u8]) -> Lent {
        let utf16 = matches!(charset::from_bom(message), Some((Charset::Utf16Le | Charset::Utf16Be, _)));
        let most = if utf16 { u32::MAX as usize } else { MOST };
        let scratch = message.len().saturating_mul(3).saturating_add(1 << 16).min(most);
        Lent {
            entries: vec![Entry::default(); 4096],
            findings: vec![Finding::NONE; 4096],
            scratch: vec![0; scratch],
        }
    }

    /// The memory.
    pub fn memory(&mut self) -> Memory<'_> {
        Memory { entries: &mut self.entries, findings: &mut self.findings, scratch: &mut self.scratch }
    }
}

/// How much memory an order needs.
#[derive(Clone, Copy, Default)]
struct Size {
    entries: usize,
    parts: usize,
    findings: usize,
    texts: usize,
}

impl Size {
    const START: Size = Size { entries: 1 << 15, parts: 1 << 12, findings: 1 << 10, texts: 1 << 17 };

    fn bytes(&self) -> usize {
        self.entries * size_of::<Entry>()
            + self.parts * size_of::<Part>()
            + self.findings * size_of::<Finding>()
            + self.texts
    }

    fn add(&mut self, record: &Record<'_>) {
        self.entries += record.entries.len();
        self.parts += 1;
        let decoded = record.entries.iter().filter(|e| matches!(e.kind, kind::SCRATCH | kind::CHANNEL));
        self.texts += decoded.filter_map(|e| record.texts.bytes(e)).map(<[u8]>::len).sum::<usize>();
    }

    fn most(self, other: Size) -> Size {
        Size {
            entries: self.entries.max(other.entries),
            parts: self.parts.max(other.parts),
            findings: self.findings.max(other.findings),
            texts: self.texts.max(other.texts),
        }
    }
}

/// Memory for an order.
struct Room {
    entries: Vec<Entry>,
    parts: Vec<Part>,
    findings: Vec<Finding>,
    texts: Vec<u8>,
}

impl Room {
    fn new(size: Size) -> Room {
        Room {
            entries: vec![Entry::default(); size.entries],
            parts: vec![Part::default(); size.parts],
            findings: vec![Finding::NONE; size.findings],
            texts: vec![0; size.texts],
        }
    }

    fn memory(&mut self) -> OrderMemory<'_> {
        OrderMemory {
            entries: &mut self.entries,
            parts: &mut self.parts,
            findings: &mut self.findings,
            texts: &mut self.texts,
        }
    }
}

/// What an order needs, found while it is read.
#[derive(Clone, Copy, Default)]
struct Needs {
    /// All of it.
    whole: Size,
    /// The document without its lines.
    document: Size,
    /// The largest line with its parties.
    line: Size,
    /// The line in work.
    current: Size,
    end: Option<End>,
}

impl Needs {
    fn add(&mut self, event: &Event<'_>, findings: usize) {
        self.whole.findings += findings;
        match event {
            Event::Record(record) => {
                self.whole.add(record);
                if record.line == 0 {
                    self.document.add(record);
                } else {
                    self.current.add(record);
                    self.line = self.line.most(self.current);
                    if record.kind == RecordKind::Line && !record.partial {
                        self.current = Size::default();
                    }
                }
            }
            Event::End(end) => self.end = Some(*end),
            Event::Begin { .. } | Event::Findings => {}
        }
    }
}

/// A message and how it is to be read.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// The message.
    pub input: &'a Input,
    /// The channels.
    pub registry: Registry<'a>,
    /// The options.
    pub options: Options<'a>,
    /// Write provenance.
    pub provenance: bool,
    /// An order that needs more memory than this is written as a stream: [`MOST`].
    pub most: usize,
}

impl<'a> Job<'a> {
    fn trail(&self, lent: &'a mut Lent, refused: &'a dyn Fn(Error)) -> Result<Trail<'a>, Error> {
        Trail::new(self.input.bytes(), self.registry, self.options, lent, refused)
    }
}

/// What is done with each event of an order.
type Action<'f> = dyn FnMut(&Event<'_>, &[Finding]) -> Result<(), std::fmt::Error> + 'f;

/// A reader that goes through the orders of the message, forward only.
pub struct Trail<'a> {
    reader: Reader<'a>,
    /// Orders that it has gone through.
    done: usize,
    /// Who hears of the messages between them that no channel recognises.
    refused: &'a dyn Fn(Error),
}

impl<'a> Trail<'a> {
    /// A reader before the first order; `refused` hears of the messages that no channel recognises.
    pub fn new(
        message: &'a [u8],
        registry: Registry<'a>,
        options: Options<'a>,
        lent: &'a mut Lent,
        refused: &'a dyn Fn(Error),
    ) -> Result<Trail<'a>, Error> {
        let reader = Reader::new(message, registry, options, lent.memory())?;
        Ok(Trail { reader, done: 0, refused })
    }

    /// Goes through the next order and shows its events; `false`: there is none.
    pub fn order(&mut self, progress: &mut Progress, action: &mut Action<'_>) -> Result<bool, Fault> {
        let mut failed = false;
        while self.advance()? {
            let Some(event) = self.reader.event() else { continue };
            failed = failed || action(&event, self.reader.findings()).is_err();
            match event {
                Event::Record(record) => {
                    let at = record.entries.last().map_or(0, |e| e.at as usize);
                    progress.at(at);
                }
                Event::End(_) => {
                    self.done += 1;
                    return if failed {
                        Err(Fault::Output(std::io::Error::other("the output ended")))
                    } else {
                        Ok(true)
                    };
                }
                Event::Begin { .. } | Event::Findings => {}
            }
        }
        Ok(false)
    }

    /// Goes on to the next event; a message that no channel recognises is told and read over.
    fn advance(&mut self) -> Result<bool, Error> {
        loop {
            match self.reader.advance() {
                Err(error) if error.kind == ErrorKind::NotRecognised => (self.refused)(error),
                other => return other,
            }
        }
    }

    /// Goes through the order of a number, counted from 0.
    fn order_of(
        &mut self,
        number: usize,
        progress: &mut Progress,
        action: &mut Action<'_>,
    ) -> Result<(), Fault> {
        while self.done < number {
            self.order(progress, &mut |_, _| Ok(()))?;
        }
        self.order(progress, action).map(drop)
    }
}

/// The readers that follow the first one.
struct Trails<'a> {
    job: Job<'a>,
    lent: std::slice::IterMut<'a, Lent>,
    trails: [Option<Trail<'a>>; 4],
}

/// What a reader is for.
#[derive(Clone, Copy)]
enum For {
    /// Orders that are read again, and the heads of those that are written as a stream.
    Whole,
    /// Their lines.
    Lines,
    /// Their findings.
    Findings,
    /// Where the values of their lines stand.
    Provenance,
}

impl<'a> Trails<'a> {
    fn get(&mut self, what: For) -> Result<&mut Trail<'a>, Fault> {
        let nothing = || Fault::Output(std::io::Error::other("no reader is left"));
        let place = self.trails.get_mut(what as usize).ok_or_else(nothing)?;
        if place.is_none() {
            let lent = self.lent.next().ok_or_else(nothing)?;
            *lent = Lent::new(self.job.input.bytes());
            *place = Some(self.job.trail(lent, &|_| {})?);
        }
        place.as_mut().ok_or_else(nothing)
    }

    /// Reads an order again, into memory that is large enough.
    fn collect(
        &mut self,
        number: usize,
        size: Size,
        progress: &mut Progress,
        use_it: &mut dyn FnMut(&Order<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let job = self.job;
        let mut room = Room::new(size);
        let mut order = Order::new(job.input.bytes(), room.memory());
        self.get(For::Whole)?.order_of(number, progress, &mut |event, findings| {
            take(&mut order, &job.registry, event, findings);
            Ok(())
        })?;
        use_it(&order)
    }

    /// Writes an order as a stream: head, lines, totals, verdict, findings.
    fn write(
        &mut self,
        number: usize,
        needs: &Needs,
        out: &mut Output,
        progress: &mut Progress,
    ) -> Result<(), Fault> {
        let Some(end) = needs.end else { return Ok(()) };
        let job = self.job;
        let message = job.input.bytes();
        let mut room = Room::new(needs.document);
        let mut document = Order::new(message, room.memory());
        self.get(For::Whole)?.order_of(number, progress, &mut |event, _| {
            if !matches!(event, Event::Record(record) if record.line > 0) {
                take(&mut document, &job.registry, event, &[]);
            }
            Ok(())
        })?;
        let texts = Texts { message, ..Texts::default() };
        let head = |out: &mut Output| {
            let mut json = Json::new(out, document.texts());
            json.begin()?;
            let parties = |v: &mut Json<'_, '_, Output>| json::walk_parties(document.parties(0), v);
            json::walk_head(document.channel(), document.document(), &mut json, parties)?;
            if end.lines > 0 {
                json.open(Key::Name("lines"), true)?;
            }
            Ok(())
        };
        head(out).map_err(|_: std::fmt::Error| failed(out))?;
        if end.lines > 0 {
            let mut comma = false;
            let written = self.lines(For::Lines, number, needs, progress, &mut |seq, line| {
                let Some(entries) = line.line(seq) else { return Ok(()) };
                let mut json = Json::resume(&mut *out, line.texts(), comma);
                comma = true;
                let parties = |v: &mut Json<'_, '_, Output>| json::walk_parties(line.parties(seq), v);
                json::walk_line(Key::Index(seq - 1), seq, entries, &mut json, parties)
            });
            written.map_err(|fault| or_output(fault, out))?;
        }
        let totals = |out: &mut Output| {
            let mut json = Json::resume(out, document.texts(), true);
            if end.lines > 0 {
                json.close(true)?;
            }
            json::walk_totals(document.document(), &mut json)?;
            json.text(Key::Name("verdict"), end.verdict.name())?;
            if needs.whole.findings > 0 {
                json.open(Key::Name("findings"), true)?;
            }
            Ok(())
        };
        totals(out).map_err(|_: std::fmt::Error| failed(out))?;
        if needs.whole.findings > 0 {
            let mut comma = false;
            let written = self.get(For::Findings)?.order_of(number, progress, &mut |_, findings| {
                for finding in findings {
                    let mut json = Json::resume(&mut *out, texts, comma);
                    comma = true;
                    json.finding(finding)?;
                }
                Ok(())
            });
            written.map_err(|fault| or_output(fault, out))?;
        }
        let rest = |out: &mut Output| {
            let mut json = Json::resume(out, texts, true);
            if needs.whole.findings > 0 {
                json.close(true)?;
            }
            json.unmapped(&end)
        };
        rest(out).map_err(|_| failed(out))?;
        if job.provenance {
            self.provenance(number, needs, &document, out, progress)?;
        }
        Json::resume(&mut *out, texts, true).finish().map_err(|_| failed(out))?;
        out.end_object().map_err(Fault::Output)
    }

    /// Goes through the lines of an order, each with its parties.
    fn lines(
        &mut self,
        what: For,
        number: usize,
        needs: &Needs,
        progress: &mut Progress,
        action: &mut dyn FnMut(u32, &Order<'_>) -> Result<(), std::fmt::Error>,
    ) -> Result<(), Fault> {
        let job = self.job;
        let mut room = Room::new(needs.line);
        let mut line = Order::new(job.input.bytes(), room.memory());
        self.get(what)?.order_of(number, progress, &mut |event, _| {
            let Event::Record(record) = event else { return Ok(()) };
            if record.line == 0 {
                return Ok(());
            }
            line.take(event, "", &[]);
            if record.kind == RecordKind::Line && !record.partial {
                action(record.line, &line)?;
                line.clear();
            }
            Ok(())
        })
    }

    fn provenance(
        &mut self,
        number: usize,
        needs: &Needs,
        document: &Order<'_>,
        out: &mut Output,
        progress: &mut Progress,
    ) -> Result<(), Fault> {
        let head = |out: &mut Output| {
            let mut json = Json::resume(out, document.texts(), true);
            json.open(Key::Name("provenance"), false)?;
            json.pointers(|p| {
                json::walk_head("", document.document(), p, |p| json::walk_parties(document.parties(0), p))
            })?;
            Ok(json.comma())
        };
        let mut comma = head(out).map_err(|_: std::fmt::Error| failed(out))?;
        let written = self.lines(For::Provenance, number, needs, progress, &mut |seq, line| {
            let Some(entries) = line.line(seq) else { return Ok(()) };
            let mut json = Json::resume(&mut *out, line.texts(), comma);
            json.pointers(|p| {
                p.open(Key::Name("lines"), true)?;
                json::walk_line(Key::Index(seq - 1), seq, entries, p, |p| {
                    json::walk_parties(line.parties(seq), p)
                })?;
                p.close(true)
            })?;
            comma = json.comma();
            Ok(())
        });
        written.map_err(|fault| or_output(fault, out))?;
        let totals = |out: &mut Output| {
            let mut json = Json::resume(out, document.texts(), comma);
            json.pointers(|p| json::walk_totals(document.document(), p))?;
            json.close(false)
        };
        totals(out).map_err(|_| failed(out))
    }
}

/// Writes the orders of a message; `verdict` hears of each of them, `refused` of the messages between them
/// that no channel recognises. Gives their number.
pub fn write(
    job: &Job<'_>,
    out: &mut Output,
    progress: &mut Progress,
    verdict: &mut dyn FnMut(Verdict),
    refused: &dyn Fn(Error),
) -> Result<usize, Fault> {
    let message = job.input.bytes();
    let nothing = || Lent { entries: Vec::new(), findings: Vec::new(), scratch: Vec::new() };
    let mut lent: [Lent; 4] = std::array::from_fn(|_| nothing());
    let mut first = Lent::new(message);
    let mut main = job.trail(&mut first, refused)?;
    let mut trails = Trails { job: *job, lent: lent.iter_mut(), trails: [None, None, None, None] };
    let mut size = Size::START;
    loop {
        let mut room = Room::new(size);
        let mut order = Order::new(message, room.memory());
        let needs = loop {
            let mut needs = Needs::default();
            let found = main.order(progress, &mut |event, findings| {
                needs.add(event, findings.len());
                take(&mut order, &job.registry, event, findings);
                Ok(())
            })?;
            let Some(end) = needs.end.filter(|_| found) else { return Ok(main.done) };
            verdict(end.verdict);
            if order.full().is_some() || needs.whole.bytes() > job.most {
                break needs;
            }
            write_whole(&order, job, out)?;
        };
        let number = main.done - 1;
        if needs.whole.bytes() > job.most {
            trails.write(number, &needs, out, progress)?;
            continue;
        }
        // The next orders get larger memory; this one is read again.
        drop(room);
        // Half as much again, so that a file of growing orders is not read twice as a whole.
        let whole = needs.whole;
        let half = |n: usize| n + n / 2;
        size = size.most(Size {
            entries: half(whole.entries),
            parts: half(whole.parts),
            findings: half(whole.findings),
            texts: half(whole.texts),
        });
        trails.collect(number, whole, progress, &mut |order| write_whole(order, job, out))?;
    }
}

/// Lets an order take an event.
fn take<'m>(order: &mut Order<'m>, registry: &Registry<'m>, event: &Event<'_>, findings: &[Finding]) {
    let channel = match event {
        Event::Begin { channel } => registry.find(channel.as_bytes()).and_then(|n| registry.get(n)),
        _ => None,
    };
    order.take(event, channel.map_or("", |c| c.name), findings);
}

/// Why a write failed.
fn failed(out: &mut Output) -> Fault {
    match out.end_object() {
        Err(error) => Fault::Output(error),
        Ok(()) => Fault::Output(std::io::Error::other("an order could not be written")),
    }
}

fn or_output(fault: Fault, out: &mut Output) -> Fault {
    match fault {
        Fault::Output(_) => failed(out),
        other => other,
    }
}

fn write_whole(order: &Order<'_>, job: &Job<'_>, out: &mut Output) -> Result<(), Fault> {
    json::write(order, job.provenance, out).map_err(|_| failed(out))?;
    out.end_object().map_err(Fault::Output)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::io;
    use std::path::{Path, PathBuf};
    use std::rc::Rc;

    use ordnorm::channel::{Options, Registry};

    use super::{Fault, Job, MOST, write};
    use crate::input::Input;
    use crate::output::Output;
    use crate::progress::Progress;

    /// Bytes that are looked at when they have been written.
    #[derive(Clone, Default)]
    struct Shared(Rc<RefCell<Vec<u8>>>);

    impl io::Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn written(input: &Input, most: usize, provenance: bool) -> String {
        let shared = Shared::default();
        let mut out = Output::to(Box::new(shared.clone()));
        let job = Job { input, registry: Registry::builtin(), options: Options::default(), provenance, most };
        let done = write(&job, &mut out, &mut Progress::new(0), &mut |_| {}, &|_| {});
        assert!(matches!(done, Ok(_) | Err(Fault::Message(_))));
        assert!(out.flush().is_ok());
        let bytes = shared.0.borrow();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn samples() -> Vec<PathBuf> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/samples");
        let folders = ["edifact-orders", "csv-order", "whatsapp-order", "ordnorm-json", "oci-cart"]
            .map(|name| folder.join(name));
        let files = folders.iter().flat_map(std::fs::read_dir).flatten().flatten().map(|file| file.path());
        files
            .filter(|path| path.extension().is_some_and(|e| e != "tsv" && e != "args" && e != "chan"))
            .collect()
    }

    #[test]
    fn a_stream_is_the_same_as_a_whole_order() {
        let files = samples();
        assert!(files.len() > 200);
        for path in files {
            let input = Input::Held(std::fs::read(&path).unwrap_or_default());
            for provenance in [false, true] {
                let (whole, stream) = (written(&input, MOST, provenance), written(&input, 0, provenance));
                assert_eq!(whole, stream, "{}", path.display());
            }
        }
    }

    #[test]
    fn an_order_that_does_not_fit_is_read_again() {
        let mut message = String::from("number,article,qty,note\n");
        for line in 1..9000 {
            message += &format!("4711,A-{line},{line},\"a \"\"note\"\" of its own\"\n");
        }
        let input = Input::Held(message.replace("number", "Bestellnummer").into_bytes());
        let (whole, stream) = (written(&input, MOST, true), written(&input, 0, true));
        assert!(whole.contains("\"seq\":8999"));
        assert_eq!(whole.len(), stream.len());
        assert!(whole == stream);
    }
}
