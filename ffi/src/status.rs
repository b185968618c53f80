//! What every function returns: 0 success, 1 to 15 states, 256 and up errors in blocks of 256.

use ordnorm::normalize::{Error, ErrorKind};

/// Version of this ABI. A library refuses a state of another one.
pub const ORDNORM_ABI_VERSION: u32 = 1;

/// Success.
pub const ORDNORM_OK: u32 = 0;
/// State: a record is ready, and provisional until `ORDNORM_VERDICT`.
pub const ORDNORM_RECORD: u32 = 1;
/// State: the message has been read to its end.
pub const ORDNORM_END: u32 = 2;
/// State: the work is too small for this message.
pub const ORDNORM_MORE_SCRATCH: u32 = 3;
/// State: the output does not fit; the needed size has been written, and nothing else.
pub const ORDNORM_OUTPUT_FULL: u32 = 4;
/// State, reserved: more of the message is needed.
pub const ORDNORM_MORE_INPUT: u32 = 5;
/// State: an order begins.
pub const ORDNORM_BEGIN: u32 = 6;
/// State: an order ends; its verdict is known.
pub const ORDNORM_VERDICT: u32 = 7;
/// State: there is no such value.
pub const ORDNORM_ABSENT: u32 = 8;
/// State: findings are to be taken before the next step.
pub const ORDNORM_NOTES: u32 = 9;

/// Error, misuse: a pointer is NULL that must not be.
pub const ORDNORM_ERROR_NULL: u32 = 256;
/// Error, misuse: the header that the program was compiled with is of another ABI version.
pub const ORDNORM_ERROR_VERSION: u32 = 257;
/// Error, misuse: the state is smaller than `ordnorm_state_size` says.
pub const ORDNORM_ERROR_STATE_SIZE: u32 = 258;
/// Error, misuse: state, order, work and channels begin at a multiple of 8.
pub const ORDNORM_ERROR_ALIGNMENT: u32 = 259;
/// Error, misuse: these bytes are not what the function takes, or were moved or overwritten.
pub const ORDNORM_ERROR_HANDLE: u32 = 260;
/// Error, misuse: no message is open.
pub const ORDNORM_ERROR_NOT_OPEN: u32 = 261;
/// Error, misuse: this version takes whole messages only: `last` must be 1, and `base` 0.
pub const ORDNORM_ERROR_LAST: u32 = 262;
/// Error, misuse: no such option, or not a value of it.
pub const ORDNORM_ERROR_OPTION: u32 = 263;
/// Error, misuse: no such record.
pub const ORDNORM_ERROR_RECORD: u32 = 264;
/// Error, misuse: no such field, code or number.
pub const ORDNORM_ERROR_NUMBER: u32 = 265;
/// Error, misuse: the value is of another type.
pub const ORDNORM_ERROR_TYPE: u32 = 266;
/// Error, misuse: the columns are not of this version's size.
pub const ORDNORM_ERROR_COLUMN_SIZE: u32 = 267;
/// Error, misuse: a column lies outside of the target.
pub const ORDNORM_ERROR_COLUMN_PLACE: u32 = 268;
/// Error, misuse: a column's form, capacity, digits or scale do not go together.
pub const ORDNORM_ERROR_COLUMN_FORM: u32 = 269;
/// Error, misuse: a column's record cannot be had here.
pub const ORDNORM_ERROR_COLUMN_RECORD: u32 = 270;
/// Error, misuse: the text is not UTF-8.
pub const ORDNORM_ERROR_UTF8: u32 = 271;
/// Error, misuse: `ordnorm_next` stands inside of an order; go on with it to its verdict first.
pub const ORDNORM_ERROR_INSIDE: u32 = 272;
/// Error, misuse: two blocks overlap.
pub const ORDNORM_ERROR_OVERLAP: u32 = 273;

/// Error, input: the message is empty.
pub const ORDNORM_ERROR_EMPTY: u32 = 512;
/// Error, input: no channel recognises the message.
pub const ORDNORM_ERROR_NOT_RECOGNISED: u32 = 513;
/// Error, input: two channels recognise the message equally well.
pub const ORDNORM_ERROR_AMBIGUOUS: u32 = 514;
/// Error, input: no channel of this name.
pub const ORDNORM_ERROR_UNKNOWN_CHANNEL: u32 = 515;
/// Error, input: the message is larger than 4 GiB.
pub const ORDNORM_ERROR_TOO_LARGE: u32 = 516;
/// Error, input: the message is not well formed.
pub const ORDNORM_ERROR_MALFORMED: u32 = 517;

/// Error, capacity: the work is smaller than `ORDNORM_LEAST_WORK`.
pub const ORDNORM_ERROR_WORK: u32 = 768;
/// Error, capacity: the order needs more than 4 GiB.
pub const ORDNORM_ERROR_ORDER_SIZE: u32 = 769;
/// Error, capacity: the value has more places than wanted and would have to be rounded.
pub const ORDNORM_ERROR_WOULD_ROUND: u32 = 770;
/// Error, capacity: the value does not fit into the number.
pub const ORDNORM_ERROR_RANGE: u32 = 771;

/// Error, channel text: a word that has no meaning there.
pub const ORDNORM_ERROR_CHANNEL_WORD: u32 = 1024;
/// Error, channel text: the line ends too early.
pub const ORDNORM_ERROR_CHANNEL_LINE_END: u32 = 1025;
/// Error, channel text: no such field.
pub const ORDNORM_ERROR_CHANNEL_FIELD: u32 = 1026;
/// Error, channel text: no such record, column, map or block.
pub const ORDNORM_ERROR_CHANNEL_NAME: u32 = 1027;
/// Error, channel text: no such code word.
pub const ORDNORM_ERROR_CHANNEL_CODE: u32 = 1028;
/// Error, channel text: this stands twice.
pub const ORDNORM_ERROR_CHANNEL_REPEATED: u32 = 1029;
/// Error, channel text: not a path of this notation.
pub const ORDNORM_ERROR_CHANNEL_PATH: u32 = 1030;
/// Error, channel text: a part of a composite value stands apart from it.
pub const ORDNORM_ERROR_CHANNEL_PART: u32 = 1031;
/// Error, channel text: the field does not belong into this block.
pub const ORDNORM_ERROR_CHANNEL_BLOCK: u32 = 1032;
/// Error, channel text: an unknown code must not become a concrete value.
pub const ORDNORM_ERROR_CHANNEL_ELSE: u32 = 1033;
/// Error, channel text: something that a channel needs is missing.
pub const ORDNORM_ERROR_CHANNEL_MISSING: u32 = 1034;
/// Error, channel text: the channel does not fit into the memory.
pub const ORDNORM_ERROR_CHANNEL_SIZE: u32 = 1035;
/// Error, channel text: the channel that it extends is not known.
pub const ORDNORM_ERROR_CHANNEL_BASE: u32 = 1036;
/// Error, channel text: a quote is not closed.
pub const ORDNORM_ERROR_CHANNEL_QUOTE: u32 = 1037;
/// Error, channel text: another fault; `ordnorm_channel_error` says which.
pub const ORDNORM_ERROR_CHANNEL_OTHER: u32 = 1279;

/// Why a function stopped: a state or an error.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Stop(pub(crate) u32);

/// What the insides of the functions return.
pub(crate) type Outcome<T = ()> = Result<T, Stop>;

/// A stop as a result.
pub(crate) const fn stop<T>(code: u32) -> Outcome<T> {
    Err(Stop(code))
}

/// The status of an outcome.
pub(crate) const fn status(outcome: Outcome) -> u32 {
    match outcome {
        Ok(()) => ORDNORM_OK,
        Err(Stop(code)) => code,
    }
}

/// The error of a message that cannot be read.
pub(crate) const fn of_error(error: Error) -> u32 {
    match error.kind {
        ErrorKind::Empty => ORDNORM_ERROR_EMPTY,
        ErrorKind::NotRecognised => ORDNORM_ERROR_NOT_RECOGNISED,
        ErrorKind::Ambiguous => ORDNORM_ERROR_AMBIGUOUS,
        ErrorKind::UnknownChannel => ORDNORM_ERROR_UNKNOWN_CHANNEL,
        ErrorKind::TooLarge => ORDNORM_ERROR_TOO_LARGE,
        ErrorKind::TooLittleMemory => ORDNORM_ERROR_WORK,
        ErrorKind::TooLittleScratch => ORDNORM_MORE_SCRATCH,
        _ => ORDNORM_ERROR_MALFORMED,
    }
}

/// A status in words; the same words stand at the constants.
#[cfg(feature = "names")]
pub(crate) const fn text(status: u32) -> &'static str {
    match status {
        ORDNORM_OK => "success",
        ORDNORM_RECORD => "a record is ready",
        ORDNORM_END => "the message has been read to its end",
        ORDNORM_MORE_SCRATCH => "the work is too small for this message",
        ORDNORM_OUTPUT_FULL => "the output does not fit",
        ORDNORM_MORE_INPUT => "more of the message is needed",
        ORDNORM_BEGIN => "an order begins",
        ORDNORM_VERDICT => "an order ends; its verdict is known",
        ORDNORM_ABSENT => "there is no such value",
        ORDNORM_NOTES => "findings are to be taken",
        ORDNORM_ERROR_NULL => "a pointer is NULL that must not be",
        ORDNORM_ERROR_VERSION => "the program was compiled with the header of another ABI version",
        ORDNORM_ERROR_STATE_SIZE => "the state is too small",
        ORDNORM_ERROR_ALIGNMENT => "state, order, work and channels begin at a multiple of 8",
        ORDNORM_ERROR_HANDLE => "these bytes are not what the function takes",
        ORDNORM_ERROR_NOT_OPEN => "no message is open",
        ORDNORM_ERROR_LAST => "this version takes whole messages only",
        ORDNORM_ERROR_OPTION => "no such option, or not a value of it",
        ORDNORM_ERROR_RECORD => "no such record",
        ORDNORM_ERROR_NUMBER => "no such field, code or number",
        ORDNORM_ERROR_TYPE => "the value is of another type",
        ORDNORM_ERROR_COLUMN_SIZE => "the columns are not of this version's size",
        ORDNORM_ERROR_COLUMN_PLACE => "a column lies outside of the target",
        ORDNORM_ERROR_COLUMN_FORM => "a column's form, capacity, digits or scale do not go together",
        ORDNORM_ERROR_COLUMN_RECORD => "a column's record cannot be had here",
        ORDNORM_ERROR_UTF8 => "the text is not UTF-8",
        ORDNORM_ERROR_INSIDE => "an order is being read with ordnorm_next",
        ORDNORM_ERROR_OVERLAP => "two blocks overlap",
        ORDNORM_ERROR_EMPTY => ErrorKind::Empty.text(),
        ORDNORM_ERROR_NOT_RECOGNISED => ErrorKind::NotRecognised.text(),
        ORDNORM_ERROR_AMBIGUOUS => ErrorKind::Ambiguous.text(),
        ORDNORM_ERROR_UNKNOWN_CHANNEL => ErrorKind::UnknownChannel.text(),
        ORDNORM_ERROR_TOO_LARGE => ErrorKind::TooLarge.text(),
        ORDNORM_ERROR_MALFORMED => ErrorKind::Malformed.text(),
        ORDNORM_ERROR_WORK => "the work is too small",
        ORDNORM_ERROR_ORDER_SIZE => "the order needs more than 4 GiB",
        ORDNORM_ERROR_WOULD_ROUND => "the value has more places than wanted and would have to be rounded",
        ORDNORM_ERROR_RANGE => "the value does not fit into the number",
        #[cfg(feature = "compiler")]
        1024..=1279 => crate::channels::text(status),
        _ => "",
    }
}
