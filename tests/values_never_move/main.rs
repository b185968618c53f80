//! A value never moves: not to another line, not to another order, not to another field.
//!
//! Every sample is broken in many small ways: a segment, row or member is dropped, doubled, swapped with
//! its neighbour; unknown ones are put in; quantities and prices come twice with a component missing;
//! parties move behind lines; two files become one; the file is cut at every byte. Then the broken file is
//! read, and three things are asked. All three work with *places*: every value says where it stands.
//!
//! **Own ground (always).** The broken file is split by a few lines of this test into messages and lines:
//! the segments from one LIN to the next, the element of `product_items`, the row. A value of line *n* must
//! stand in the *n*-th of them, a value of the document outside of all, and both in one message or in its
//! envelope. No finding excuses a value from elsewhere.
//!
//! **Same value (unless flagged).** A mutation knows which bytes it has kept, so each place of the broken
//! file leads back to a place of the sample. If an order is accepted and has no finding above `info`, then
//! each of its values must have stood in the sample's reading too, at that place, in the same field, with
//! the same value; and the values of one record (a line, a party, the document) must come from one record
//! there. What is absent is absent: that is allowed. What a mutation wrote itself has no place in the
//! sample and is not asked for, nor is what it moved on purpose asked for its old record.
//! Control counts (UNT, CNT) give away most mutations. Therefore each mutation is read a second time with
//! these counts put right, so that the engine cannot lean on them.
//!
//! **Nothing is lost (additions).** A mutation that only adds content that no rule knows must leave every
//! value where it was.
//!
//! For a cut file: an order that is accepted has every value of the sample's order.
//!
//! | file | what |
//! |---|---|
//! | `reading.rs` | orders with the place of every value |
//! | `mutants.rs` | broken files that know where their bytes come from |
//! | `judge.rs` | the three questions |
//! | `edifact.rs`, `x12.rs`, `json.rs`, `csv.rs` | how a notation is split here, and what is broken in its samples |
//! | `form.rs` | form fields: each line keeps to one index |
//! | `two_in_one.rs` | two files in one |
//!
//! `CASE=part-of-a-name` takes only some samples, `FAULTS=100` shows more than twelve faults.

mod csv;
mod edifact;
mod form;
mod json;
mod judge;
mod mutants;
mod reading;
mod two_in_one;
mod x12;
