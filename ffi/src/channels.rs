//! Channels that are compiled at run time.
//!
//! A block holds, from its begin, a head and the compiled channels, and from its end backwards their
//! tables. What lies between is where the next channel is compiled: roomy, for nobody knows how large
//! it becomes; then its table is moved to the end, without gaps.

use ordnorm::chan::table::Channel;
use ordnorm::chan::{Arena, ChannelError, ErrorKind, Storage, compile};
use ordnorm::channel::builtin;

use crate::raw;
use crate::sink::{self, Sink};
use crate::status::*;

/// Bytes of a block of channels that are enough to compile most channels.
pub const ORDNORM_GOOD_CHANNELS: u32 = 262_144;

/// What a block of channels begins with.
const MARK: u32 = 0x6F52_4E03;

/// The head of a block of channels.
#[repr(C, align(8))]
struct Shelf {
    mark: u32,
    size: u32,
    /// How many channels stand behind the head.
    count: u32,
    /// Where the tables begin.
    tables: u32,
    /// The last fault.
    fault: Option<ChannelError>,
}

impl Shelf {
    /// The shelf in a block.
    ///
    /// # Safety
    /// The block is NULL or the caller's, and nothing else uses its head for `'a`.
    unsafe fn of<'a>(block: *mut u8) -> Outcome<&'a mut Shelf> {
        raw::check_block(block)?;
        // SAFETY: not NULL and aligned; a block has four bytes at the least.
        if unsafe { block.cast::<u32>().read() } != MARK {
            return stop(ORDNORM_ERROR_HANDLE);
        }
        // SAFETY: the mark was set by `ordnorm_channels_init`, which wrote a whole head.
        Ok(unsafe { &mut *block.cast::<Shelf>() })
    }

    /// Where the channel of a number stands.
    const fn place(number: u32) -> usize {
        size_of::<Shelf>() + number as usize * size_of::<Channel<'static>>()
    }
}

/// The channels of a block.
///
/// # Safety
/// The block is the caller's and stays as it is.
pub(crate) unsafe fn loaded(block: *const u8, size: u32) -> Outcome<&'static [Channel<'static>]> {
    // Before anything of it is read: a shorter one is no block of `ordnorm_channels_init`.
    if (size as usize) < size_of::<Shelf>() {
        return stop(ORDNORM_ERROR_HANDLE);
    }
    // SAFETY: the caller's block; only read here.
    let shelf = unsafe { Shelf::of(block.cast_mut()) }?;
    if size < shelf.size {
        return stop(ORDNORM_ERROR_HANDLE);
    }
    // SAFETY: so many channels have been written there.
    Ok(unsafe { core::slice::from_raw_parts(block.add(Shelf::place(0)).cast(), shelf.count as usize) })
}

/// The error of a fault.
const fn code(kind: ErrorKind) -> u32 {
    match kind {
        ErrorKind::UnexpectedWord => ORDNORM_ERROR_CHANNEL_WORD,
        ErrorKind::UnexpectedEnd => ORDNORM_ERROR_CHANNEL_LINE_END,
        ErrorKind::UnknownField => ORDNORM_ERROR_CHANNEL_FIELD,
        ErrorKind::UnknownName => ORDNORM_ERROR_CHANNEL_NAME,
        ErrorKind::UnknownWord => ORDNORM_ERROR_CHANNEL_CODE,
        ErrorKind::Repeated => ORDNORM_ERROR_CHANNEL_REPEATED,
        ErrorKind::BadPath => ORDNORM_ERROR_CHANNEL_PATH,
        ErrorKind::PartApart => ORDNORM_ERROR_CHANNEL_PART,
        ErrorKind::WrongBlock => ORDNORM_ERROR_CHANNEL_BLOCK,
        ErrorKind::ConcreteElse => ORDNORM_ERROR_CHANNEL_ELSE,
        ErrorKind::Missing => ORDNORM_ERROR_CHANNEL_MISSING,
        ErrorKind::TooLarge => ORDNORM_ERROR_CHANNEL_SIZE,
        ErrorKind::UnknownBase => ORDNORM_ERROR_CHANNEL_BASE,
        ErrorKind::OpenQuote => ORDNORM_ERROR_CHANNEL_QUOTE,
        _ => ORDNORM_ERROR_CHANNEL_OTHER,
    }
}

/// The text of an error.
#[cfg(feature = "names")]
pub(crate) const fn text(status: u32) -> &'static str {
    let kind = match status {
        ORDNORM_ERROR_CHANNEL_WORD => ErrorKind::UnexpectedWord,
        ORDNORM_ERROR_CHANNEL_LINE_END => ErrorKind::UnexpectedEnd,
        ORDNORM_ERROR_CHANNEL_FIELD => ErrorKind::UnknownField,
        ORDNORM_ERROR_CHANNEL_NAME => ErrorKind::UnknownName,
        ORDNORM_ERROR_CHANNEL_CODE => ErrorKind::UnknownWord,
        ORDNORM_ERROR_CHANNEL_REPEATED => ErrorKind::Repeated,
        ORDNORM_ERROR_CHANNEL_PATH => ErrorKind::BadPath,
        ORDNORM_ERROR_CHANNEL_PART => ErrorKind::PartApart,
        ORDNORM_ERROR_CHANNEL_BLOCK => ErrorKind::WrongBlock,
        ORDNORM_ERROR_CHANNEL_ELSE => ErrorKind::ConcreteElse,
        ORDNORM_ERROR_CHANNEL_MISSING => ErrorKind::Missing,
        ORDNORM_ERROR_CHANNEL_SIZE => ErrorKind::TooLarge,
        ORDNORM_ERROR_CHANNEL_BASE => ErrorKind::UnknownBase,
        ORDNORM_ERROR_CHANNEL_QUOTE => ErrorKind::OpenQuote,
        _ => return "a fault in the channel text",
    };
    kind.text()
}

/// Makes a block for channels out of bytes.
///
/// Memory: `channels` is `size` bytes of the caller's, aligned to 8, which must not be moved afterwards;
/// ORDNORM_GOOD_CHANNELS bytes are enough for most channels, 60000 for a small one. A compiled channel
/// takes a few kilobytes of it, but compiling needs room here, so that it needs little on the stack.
/// NULL: `channels` must not be NULL.
/// Threads: one thread at a time while channels are added, any number afterwards.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_CHANNEL_SIZE
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_channels_init(channels: *mut u8, size: u32) -> u32 {
    let run = || -> Outcome {
        raw::check_block(channels)?;
        if (size as usize) < size_of::<Shelf>() {
            return stop(ORDNORM_ERROR_CHANNEL_SIZE);
        }
        let size = size & !7;
        // SAFETY: not NULL, aligned, large enough.
        unsafe {
            channels.cast::<Shelf>().write(Shelf { mark: MARK, size, count: 0, tables: size, fault: None })
        };
        Ok(())
    };
    status(run())
}

/// Compiles the text of a channel into a block; its name is the one that the text gives it.
///
/// The text is not needed afterwards. Give the block to a state with ORDNORM_OPTION_CHANNELS, again
/// after each channel that is added. A channel may extend a built-in one.
///
/// Memory: `channels` is a block of `ordnorm_channels_init`.
/// NULL: `channels` must not be NULL; `text` only with length 0.
/// Threads: one thread at a time for each block, and no state may read with it meanwhile.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_UTF8, and
/// ORDNORM_ERROR_CHANNEL_…, which `ordnorm_channel_error` explains
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_channel_compile(channels: *mut u8, text: *const u8, length: u32) -> u32 {
    let run = || -> Outcome {
        // SAFETY: the caller's block.
        let shelf = unsafe { Shelf::of(channels) }?;
        // SAFETY: the caller's bytes.
        let Ok(text) = core::str::from_utf8(unsafe { raw::input(text, length) }?) else {
            return stop(ORDNORM_ERROR_UTF8);
        };
        let place = Shelf::place(shelf.count);
        let begin = place + size_of::<Channel<'static>>();
        let room = (shelf.tables as usize).saturating_sub(begin);
        // SAFETY: the room between channels and tables is nobody's.
        let Some((storage, used)) = (unsafe { storage_in(channels.wrapping_add(begin), room) }) else {
            shelf.fault = Some(too_large());
            return stop(ORDNORM_ERROR_CHANNEL_SIZE);
        };
        // Looked at where it lies: a channel is large for a stack.
        let mut compiled = compile(text, &built_in, storage);
        let channel = match &mut compiled {
            Ok(channel) => channel,
            Err(fault) => {
                shelf.fault = Some(*fault);
                return stop(code(fault.kind));
            }
        };
        // SAFETY: so many channels have been written there.
        let known = unsafe {
            let first = channels.add(Shelf::place(0)).cast::<Channel<'static>>();
            core::slice::from_raw_parts(first, shelf.count as usize)
        };
        if known.iter().any(|other| other.name == channel.name) {
            // Two of the same name would both fit, and none of them be chosen.
            shelf.fault = Some(ChannelError {
                kind: ErrorKind::Repeated,
                expected: "a name of its own",
                ..too_large()
            });
            return stop(ORDNORM_ERROR_CHANNEL_REPEATED);
        }
        let mut tables = Tables { block: channels, floor: begin + used, end: shelf.tables as usize };
        // SAFETY: between the storage and the tables of other channels the block is nobody's.
        if !unsafe { tables.keep(channel) } {
            shelf.fault = Some(too_large());
            return stop(ORDNORM_ERROR_CHANNEL_SIZE);
        }
        // SAFETY: the place lies behind the channels and before the storage.
        unsafe { channels.add(place).cast::<Channel<'static>>().write(*channel) };
        shelf.tables = (tables.end & !7) as u32;
        shelf.count += 1;
        shelf.fault = None;
        Ok(())
    };
    status(run())
}

/// The largest storage for which there is room, so that its table fits behind it, and its size.
///
/// # Safety
/// The room is the caller's, aligned, and nothing uses it for as long as the storage is used.
unsafe fn storage_in(room: *mut u8, size: usize) -> Option<(Arena<'static>, usize)> {
    // A table is a small part of the storage that it was compiled in.
    let fits = |storage: usize| storage + storage / 4 <= size;
    // SAFETY: it fits, each time.
    unsafe {
        if fits(size_of::<Storage<512>>()) {
            Some((empty::<512>(room).arena(), size_of::<Storage<512>>()))
        } else if fits(size_of::<Storage<256>>()) {
            Some((empty::<256>(room).arena(), size_of::<Storage<256>>()))
        } else if fits(size_of::<Storage<128>>()) {
            Some((empty::<128>(room).arena(), size_of::<Storage<128>>()))
        } else if fits(size_of::<Storage<64>>()) {
            Some((empty::<64>(room).arena(), size_of::<Storage<64>>()))
        } else {
            None
        }
    }
}

/// The text of a built-in channel.
fn built_in(name: &str) -> Option<&'static str> {
    builtin::SOURCES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// The fault of a block that is too small.
const fn too_large() -> ChannelError {
    ChannelError {
        kind: ErrorKind::TooLarge,
        line: 1,
        column: 1,
        expected: "a larger block for channels",
        nearest: None,
        layer: 0,
    }
}

/// An empty storage.
///
/// # Safety
/// It fits into the room, which is aligned and nobody else's.
unsafe fn empty<const N: usize>(room: *mut u8) -> &'static mut Storage<N> {
    // SAFETY: a storage holds integers and lists, of which all zero is a value: an empty list.
    unsafe {
        room.write_bytes(0, size_of::<Storage<N>>());
        &mut *room.cast::<Storage<N>>()
    }
}

/// Tables at the end of a block, the last one first.
struct Tables {
    block: *mut u8,
    /// They must not reach below.
    floor: usize,
    /// Where they begin.
    end: usize,
}

impl Tables {
    /// Copies a table; empty where it does not fit, which `end` < `floor` says.
    ///
    /// # Safety
    /// The block between `floor` and `end` is nobody's.
    unsafe fn copy<T: Copy>(&mut self, table: &[T]) -> &'static [T] {
        let at = self.end.saturating_sub(size_of_val(table)) & !(align_of::<T>() - 1);
        self.end = at;
        if at < self.floor {
            return &[];
        }
        // SAFETY: it lies between floor and end, aligned as the block is aligned to 8.
        unsafe {
            let place = self.block.add(at).cast::<T>();
            place.copy_from_nonoverlapping(table.as_ptr(), table.len());
            core::slice::from_raw_parts(place, table.len())
        }
    }

    /// Copies a channel's tables, which it refers to from then on; `false` where they do not fit.
    ///
    /// # Safety
    /// As with `copy`.
    unsafe fn keep(&mut self, channel: &mut Channel<'static>) -> bool {
        // All of them, so that none is forgotten.
        let Channel {
            name,
            version: _,
            syntax: _,
            dialect: _,
            seed: _,
            group: _,
            message_first: _,
            message_last: _,
            text,
            keys,
            facts,
            names,
            hash,
            sections,
            grid,
            cells,
            cases,
            rules,
            conditions,
            maps,
            map_entries,
            pairs,
            required,
            nodes,
            variants,
            tests,
            carries,
            fields,
            namespaces,
            openings,
            privacy,
        } = channel;
        // SAFETY: as the caller says.
        unsafe {
            *name = core::str::from_utf8(self.copy(name.as_bytes())).unwrap_or("");
            *text = self.copy(text);
            *keys = self.copy(keys);
            *facts = self.copy(facts);
            *names = self.copy(names);
            *hash = self.copy(hash);
            *sections = self.copy(sections);
            *grid = self.copy(grid);
            *cells = self.copy(cells);
            *cases = self.copy(cases);
            *rules = self.copy(rules);
            *conditions = self.copy(conditions);
            *maps = self.copy(maps);
            *map_entries = self.copy(map_entries);
            *pairs = self.copy(pairs);
            *required = self.copy(required);
            *nodes = self.copy(nodes);
            *variants = self.copy(variants);
            *tests = self.copy(tests);
            *carries = self.copy(carries);
            *fields = self.copy(fields);
            *namespaces = self.copy(namespaces);
            *openings = self.copy(openings);
            *privacy = self.copy(privacy);
        }
        self.end >= self.floor
    }
}

/// What was wrong with the last text: its line and column (in bytes), both from 1, and a sentence that
/// says what was expected and the nearest known name.
///
/// Memory: `channels` is a block of `ordnorm_channels_init`; `buffer` has `capacity` bytes.
/// NULL: `buffer` only with capacity 0, which asks for the size.
/// Threads: one thread at a time for each block.
/// Errors: ORDNORM_OUTPUT_FULL, ORDNORM_ABSENT when nothing was wrong, ORDNORM_ERROR_NULL,
/// ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_channel_error(
    channels: *mut u8,
    line: *mut u32,
    column: *mut u32,
    buffer: *mut u8,
    capacity: u32,
    needed: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        raw::check_out(line)?;
        raw::check_out(column)?;
        // SAFETY: the caller's block.
        let Some(fault) = unsafe { Shelf::of(channels) }?.fault else { return stop(ORDNORM_ABSENT) };
        let write = |sink: &mut Sink<'_>| {
            sink.push(fault.kind.text().as_bytes());
            if !fault.expected.is_empty() {
                sink.push(b"; expected ");
                sink.push(fault.expected.as_bytes());
            }
            if let Some(name) = &fault.nearest {
                sink.push(b"; did you mean ");
                sink.push(name.as_str().as_bytes());
                sink.push(b"?");
            }
            if fault.layer > 0 {
                sink.push(b" (in the channel that it extends)");
            }
            Ok(())
        };
        // SAFETY: the caller's buffer.
        unsafe { sink::fill(buffer, capacity, needed, write) }?;
        // SAFETY: checked.
        unsafe {
            raw::put(line, fault.line);
            raw::put(column, fault.column);
        }
        Ok(())
    };
    status(run())
}
