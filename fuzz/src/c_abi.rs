//! Any bytes through the C functions, with every buffer as large as the fuzzer says and not a byte larger:
//! each is an allocation of its own, so that the address sanitizer sees the first byte too many.

use std::ptr;

use ordnorm_ffi::*;

/// A block of exactly this many bytes (a multiple of 8), aligned as the header asks for.
struct Block(Vec<u64>);

impl Block {
    fn new(bytes: usize) -> Block {
        Block(vec![0xAAAA_AAAA_AAAA_AAAA; bytes / 8])
    }

    fn at(&mut self) -> *mut u8 {
        if self.0.is_empty() { ptr::null_mut() } else { self.0.as_mut_ptr().cast() }
    }

    fn size(&self) -> u32 {
        (self.0.len() * 8) as u32
    }
}

/// Numbers of the fuzzer, one after the other; zeros behind the last.
struct Wishes<'a>(&'a [u8]);

impl Wishes<'_> {
    fn next(&mut self) -> u32 {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                u32::from(*first)
            }
            None => 0,
        }
    }
}

const UNTOUCHED: u32 = 0x5A5A_5A5A;

/// A status is success, a state or an error; what is none of them is a fault.
fn known(status: u32) -> u32 {
    assert!(status <= 15 || status >= 256, "a status of {status}");
    let (mut text, mut length) = (ptr::null(), 0);
    assert_eq!(
        unsafe { ordnorm_status_text(status, &mut text, &mut length) },
        ORDNORM_OK,
        "a status without a text"
    );
    if length > 0 {
        let text = unsafe { std::slice::from_raw_parts(text, length as usize) };
        assert!(std::str::from_utf8(text).is_ok());
    }
    status
}

/// Outputs are written on success only.
fn untouched(status: u32, outputs: &[u32]) {
    if status != ORDNORM_OK {
        assert!(outputs.iter().all(|o| *o == UNTOUCHED), "written without success: {outputs:x?}");
    }
}

/// A text function, asked with a buffer of `capacity` bytes.
fn text(capacity: usize, call: impl Fn(*mut u8, u32, *mut u32) -> u32) {
    let mut buffer = vec![0x5Au8; capacity];
    let mut needed = UNTOUCHED;
    let at = if capacity == 0 { ptr::null_mut() } else { buffer.as_mut_ptr() };
    let status = known(call(at, capacity as u32, &mut needed));
    match status {
        ORDNORM_OK => {
            assert!(needed as usize <= capacity);
            assert!(std::str::from_utf8(&buffer[..needed as usize]).is_ok(), "texts are UTF-8");
            assert!(buffer[needed as usize..].iter().all(|b| *b == 0x5A), "written behind the text");
        }
        ORDNORM_OUTPUT_FULL => {
            assert!(needed as usize > capacity, "it would have fitted");
            // With what it asks for, it succeeds.
            let mut buffer = vec![0u8; needed as usize];
            let mut again = 0;
            assert_eq!(call(buffer.as_mut_ptr(), needed, &mut again), ORDNORM_OK);
            assert_eq!(again, needed);
        }
        _ => assert_eq!(needed, UNTOUCHED),
    }
}

/// Everything that can be asked of an order or a record.
fn ask(order: *const u8, message: &[u8], wishes: &mut Wishes<'_>) {
    unsafe {
        let mut lines = UNTOUCHED;
        untouched(known(ordnorm_line_count(order, &mut lines)), &[lines]);
        let mut verdict = UNTOUCHED;
        untouched(known(ordnorm_verdict(order, &mut verdict)), &[verdict]);
        let (mut unknown, mut ignored) = (UNTOUCHED, UNTOUCHED);
        untouched(known(ordnorm_unmapped(order, &mut unknown, &mut ignored)), &[unknown, ignored]);
        let mut count = UNTOUCHED;
        let status = known(ordnorm_finding_count(order, &mut count));
        untouched(status, &[count]);
        for index in 0..if status == ORDNORM_OK { count.min(8) + 2 } else { 1 } {
            let mut out = [UNTOUCHED; 4];
            let [code, severity, field, line] = &mut out;
            untouched(known(ordnorm_finding(order, index, code, severity, field, line)), &out);
            let (mut at, mut length) = (UNTOUCHED, UNTOUCHED);
            if known(ordnorm_finding_place(order, index, &mut at, &mut length)) == ORDNORM_OK {
                assert!(at as usize + length as usize <= message.len());
            }
            text(wishes.next() as usize, |b, c, n| ordnorm_finding_text(order, index, b, c, n));
            text(wishes.next() as usize, |b, c, n| {
                ordnorm_finding_value(order, index, wish_which(index), b, c, n)
            });
        }
        let mut records = vec![0, 1, 2, wishes.next(), u32::MAX, 0x8000_0000 | wishes.next()];
        for line in [0, 1] {
            for index in 1..4 {
                let mut record = UNTOUCHED;
                let status = known(ordnorm_party(order, line, index, &mut record));
                untouched(status, &[record]);
                if status == ORDNORM_OK {
                    records.push(record);
                }
            }
            let mut record = UNTOUCHED;
            untouched(known(ordnorm_party_by_role(order, line, wishes.next(), &mut record)), &[record]);
        }
        for record in records {
            for index in 0..6 {
                let mut out = [UNTOUCHED; 3];
                let [field, nth, value_type] = &mut out;
                let status = known(ordnorm_entry(order, record, index, field, nth, value_type));
                untouched(status, &out);
                let [field, nth, _] =
                    if status == ORDNORM_OK { out } else { [wishes.next(), wishes.next(), 0] };
                value(order, record, field, nth, message, wishes);
            }
        }
        for flags in [0, 1, wishes.next()] {
            text(wishes.next() as usize * 8, |b, c, n| ordnorm_to_json(order, flags, b, c, n));
        }
        bind(order, wishes);
    }
}

fn wish_which(index: u32) -> u32 {
    index % 3
}

unsafe fn value(
    order: *const u8,
    record: u32,
    field: u32,
    nth: u32,
    message: &[u8],
    wishes: &mut Wishes<'_>,
) {
    unsafe {
        let mut count = UNTOUCHED;
        untouched(known(ordnorm_count(order, record, field, &mut count)), &[count]);
        let mut found = UNTOUCHED;
        untouched(known(ordnorm_select(order, record, field, wishes.next(), nth, &mut found)), &[found]);
        let (mut mantissa, mut scale) = (0, UNTOUCHED);
        untouched(known(ordnorm_get_decimal(order, record, field, nth, &mut mantissa, &mut scale)), &[scale]);
        let mut number = 0;
        known(ordnorm_get_scaled(order, record, field, nth, wishes.next(), &mut number));
        let (mut day, mut time, mut precision, mut offset) = (UNTOUCHED, UNTOUCHED, UNTOUCHED, 0);
        let status =
            ordnorm_get_date(order, record, field, nth, &mut day, &mut time, &mut precision, &mut offset);
        untouched(known(status), &[day, time, precision]);
        let mut out = UNTOUCHED;
        untouched(known(ordnorm_get_code(order, record, field, nth, &mut out)), &[out]);
        let mut out = UNTOUCHED;
        untouched(known(ordnorm_get_count(order, record, field, nth, &mut out)), &[out]);
        let mut out = UNTOUCHED;
        untouched(known(ordnorm_get_flag(order, record, field, nth, &mut out)), &[out]);
        text(wishes.next() as usize, |b, c, n| ordnorm_get_text(order, record, field, nth, b, c, n));
        let (mut at, mut length) = (ptr::null(), 0);
        for piece in 0..3 {
            if known(ordnorm_text(order, record, field, nth, piece, &mut at, &mut length)) == ORDNORM_OK
                && length > 0
            {
                let bytes = std::slice::from_raw_parts(at, length as usize);
                assert!(std::str::from_utf8(bytes).is_ok());
            }
        }
        let mut out = [UNTOUCHED; 4];
        let [at, length, origin, confidence] = &mut out;
        let status = known(ordnorm_place(order, record, field, nth, at, length, origin, confidence));
        untouched(status, &out);
        if status == ORDNORM_OK {
            assert!(out[0] as usize + out[1] as usize <= message.len());
        }
    }
}

unsafe fn bind(order: *const u8, wishes: &mut Wishes<'_>) {
    let columns: Vec<Column> = (0..wishes.next() % 6)
        .map(|_| Column {
            record: wishes.next() % 5,
            role: wishes.next(),
            field: wishes.next(),
            selector: wishes.next(),
            nth: wishes.next() % 4,
            form: wishes.next() % 10,
            offset: wishes.next(),
            capacity: wishes.next(),
            digits: wishes.next() % 24,
            scale: wishes.next() % 24,
            indicator: if wishes.next().is_multiple_of(2) { u32::MAX } else { wishes.next() },
        })
        .collect();
    let mut target = vec![0u8; wishes.next() as usize];
    let mut flawed = UNTOUCHED;
    let at = if target.is_empty() { ptr::null_mut() } else { target.as_mut_ptr() };
    let list = if columns.is_empty() { ptr::null() } else { columns.as_ptr() };
    let (count, size) = (columns.len() as u32, size_of::<Column>() as u32);
    known(unsafe {
        ordnorm_bind(order, wishes.next(), list, count, size, at, target.len() as u32, &mut flawed)
    });
}

/// Through all doors: the first sixteen bytes are sizes, the next two hundred what is asked for, the rest is
/// the message.
pub fn c_abi(bytes: &[u8]) {
    let Some((control, rest)) = bytes.split_first_chunk::<16>() else { return };
    let (asked, message) = rest.split_at(rest.len().min(200));
    let mut wishes = Wishes(asked);
    let [state_wish, work_wish, work_more, order_wish, channels_wish, door, option, option_value, ..] =
        control.map(usize::from);
    let size = ordnorm_state_size(0);
    let mut state = Block::new(size as usize + (state_wish & 3) * 8);
    let mut work = Block::new(work_wish * 32 + work_more * 256);
    let mut channels = Block::new(channels_wish * 1_024);
    let at = if message.is_empty() { ptr::null() } else { message.as_ptr() };
    let length = message.len() as u32;
    unsafe {
        assert!(ordnorm_init(state.at(), size - 8, ORDNORM_ABI_VERSION) >= 256, "a state that is too small");
        assert_eq!(known(ordnorm_init(state.at(), state.size(), ORDNORM_ABI_VERSION)), ORDNORM_OK);
        // Before it is opened, it says so.
        known(ordnorm_next(state.at()));
        known(ordnorm_set_number(state.at(), (option % 8) as u32, option_value as u32));
        let name = [&b"edifact-orders"[..], b"csv-order", b"de-DE", b"", b"\xFF", b"whatsapp-order"]
            [option_value % 6];
        // The channels are a block of their own, below.
        if option / 8 % 8 != ORDNORM_OPTION_CHANNELS as usize {
            known(ordnorm_set_bytes(state.at(), (option / 8 % 8) as u32, name.as_ptr(), name.len() as u32));
        }
        if door & 1 == 1 && known(ordnorm_channels_init(channels.at(), channels.size())) == ORDNORM_OK {
            if known(ordnorm_channel_compile(channels.at(), at, length)) >= 256 {
                let (mut line, mut column) = (0, 0);
                let block = channels.at();
                text(wishes.next() as usize, |b, c, n| {
                    ordnorm_channel_error(block, &mut { line }, &mut { column }, b, c, n)
                });
                (line, column) = (line + 1, column + 1);
                let _ = (line, column);
            }
            let text = include_bytes!("../../core/channels/whatsapp-order.chan");
            known(ordnorm_channel_compile(channels.at(), text.as_ptr(), text.len() as u32));
            known(ordnorm_set_bytes(state.at(), ORDNORM_OPTION_CHANNELS, channels.at(), channels.size()));
        }
        let mut channel = UNTOUCHED;
        let status = known(ordnorm_detect(state.at(), at, length, work.at(), work.size(), &mut channel));
        untouched(status, &[channel]);
        if known(ordnorm_open(state.at(), at, length, ptr::null(), 1, work.at(), work.size())) != ORDNORM_OK {
            return;
        }
        if door & 2 == 2 {
            pull(&mut state, message, &mut wishes);
        } else {
            read(&mut state, order_wish * 64, message, &mut wishes);
        }
    }
}

unsafe fn pull(state: &mut Block, message: &[u8], wishes: &mut Wishes<'_>) {
    for step in 0..=16 * message.len() + 64 {
        assert!(step < 16 * message.len() + 64, "it comes to an end");
        let status = known(unsafe { ordnorm_next(state.at()) });
        let mut out = [UNTOUCHED; 3];
        let [kind, line, partial] = &mut out;
        untouched(known(unsafe { ordnorm_record(state.at(), kind, line, partial) }), &out);
        if step < 8 {
            ask(state.at(), message, wishes);
        }
        if status == ORDNORM_END || status >= 256 {
            let mut at = 0;
            if known(unsafe { ordnorm_error_at(state.at(), &mut at) }) == ORDNORM_OK {
                assert!(at as usize <= message.len());
            }
            return;
        }
    }
}

unsafe fn read(state: &mut Block, first: usize, message: &[u8], wishes: &mut Wishes<'_>) {
    let mut size = first;
    for _ in 0..24 {
        let mut order = Block::new(size);
        let mut needed = UNTOUCHED;
        let status = known(unsafe { ordnorm_read(state.at(), order.at(), order.size(), &mut needed) });
        match status {
            ORDNORM_OK => ask(order.at(), message, wishes),
            ORDNORM_OUTPUT_FULL => {
                assert!(needed > order.size(), "it would have fitted: {needed} of {}", order.size());
                size = (needed as usize).next_multiple_of(8);
            }
            _ => return,
        }
    }
}
