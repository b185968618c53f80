//! Every capacity of the library, in one place.

/// Tokens (elements and components) of one EDIFACT segment, its tag among them. The largest of the
/// directories have about 40; with the place behind the last one they fill one machine word of bits.
pub const TOKENS: usize = 63;
/// Elements of one EDIFACT segment, its tag among them.
pub const ELEMENTS: usize = 32;
/// Bytes of one segment: offsets inside it are 16 bit.
pub const SEGMENT_BYTES: usize = 65_535;
/// Segments of a message whose values each order of a file inherits (TRADACOMS).
pub const INHERITED_SEGMENTS: usize = 64;
/// Bytes of such a message: it is read once more for each order.
pub const INHERITED_BYTES: u32 = 4096;
/// Columns of a CSV file.
pub const COLUMNS: usize = 128;
/// Lines of a CSV file among which the header is looked for: titles may stand above it.
pub const HEADER_LINES: usize = 8;
/// Bytes above a header that is not the first line.
pub const HEADER_BYTES: usize = 4096;
/// Bytes of a form field's name.
pub const FORM_NAME_BYTES: usize = 96;
/// Bytes that the lines of a form may cost whose fields do not stand in the order of the lines: each of
/// them is looked for in the whole form. Beside it sixteen times the length of the form.
pub const FORM_AGAIN_BYTES: usize = 1 << 26;
/// Nesting of JSON and XML.
pub const DEPTH: usize = 64;
/// Values that wait for the end of their node in tree notations.
pub const SLOTS: usize = 64;
/// Carried values (contacts beside messages) of one parent node.
pub const CARRIED: usize = 16;
/// Nodes of a channel that are open in each other, arrays among them.
pub const NODES: usize = 24;
/// Records that are open in each other: document, line, sub-line, party.
pub const OPEN_RECORDS: usize = 4;
/// Sections that are open in each other.
pub const OPEN_SECTIONS: usize = 8;
/// Messages inside of messages.
pub const NESTING: usize = if cfg!(feature = "nested") { 4 } else { 1 };
/// Entries of one composite value.
pub const COMPOSITE: usize = 8;
/// Entries that are looked at backwards for a repeated value.
pub const LOOK_BACK: usize = 256;
/// Bytes of a value that is decoded before it is parsed (numbers, dates, codes).
pub const VALUE_BYTES: usize = 80;
/// Parties that a message hands to the one inside of it.
pub const PARTIES: usize = if cfg!(feature = "nested") { 4 } else { 0 };
/// Orders whose numbers are remembered, to tell one that comes again; firmware leaves that to its host.
pub const RECENT: usize = if cfg!(feature = "nested") { 16 } else { 0 };
