//! How text becomes a typed value: numbers, dates, units, identifiers, phone numbers, character
//! sets and code lists.
//!
//! Every function here looks at the bytes of one value and at nothing else. Where the value
//! stood, what it is for and what to do when it is wrong is known elsewhere. Nothing allocates,
//! nothing panics; what a function writes goes into the caller's buffer.

pub mod charset;
pub mod code;
pub mod date;
pub mod decimal;
pub mod identifier;
pub mod phone;
pub mod unit;
