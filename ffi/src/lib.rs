//! The C ABI of `ordnorm`; `include/ordnorm.h` is generated from this crate and tells the rest.
//!
//! How this works. Everything lives in blocks of bytes that the caller lends: a *state* (`state.rs`)
//! reads a message, an *order* (`held.rs`) is what `ordnorm_read` collects, *channels* (`channels.rs`)
//! hold what was compiled at run time. Each block begins with a mark, so that a wrong block is an error
//! and not a fault. `view.rs` makes one view of a state's current record and of an order's records, so
//! that `get.rs` and `bind.rs` have one set of functions for both. Raw pointers are turned into
//! references in `raw.rs`; what a caller must keep is said in the header, once for all functions.
//!
//! With `panic = "abort"` the crate stands without `std` and brings its own panic handler (profiles
//! `dist` and `firmware`); else, in tests, it takes that of `std`.
#![no_std]
#![allow(clippy::missing_safety_doc)] // The header says it once: pointers point to what they say.
#![allow(clippy::too_many_arguments)] // C has no results of two values.
#![deny(unsafe_op_in_unsafe_fn)]

#[cfg(any(test, not(panic = "abort")))]
extern crate std;

mod bind;
#[cfg(feature = "compiler")]
mod channels;
mod constants;
mod get;
mod held;
mod list;
mod locale;
mod raw;
#[cfg(any(feature = "names", feature = "compiler"))]
mod sink;
mod state;
mod status;
#[cfg(feature = "names")]
mod texts;
mod view;

pub use bind::*;
#[cfg(feature = "compiler")]
pub use channels::*;
pub use constants::*;
pub use get::*;
#[cfg(feature = "names")]
pub use held::{ORDNORM_JSON_PROVENANCE, ordnorm_to_json};
pub use held::{ordnorm_line_count, ordnorm_party, ordnorm_party_by_role, ordnorm_read};
pub use list::*;
pub use state::*;
pub use status::*;
#[cfg(feature = "names")]
pub use texts::*;

/// Nothing that this library does reaches it; `tests/firmware` proves that by linking.
#[cfg(all(not(test), panic = "abort"))]
#[panic_handler]
fn panicked(_: &core::panic::PanicInfo<'_>) -> ! {
    #[cfg(feature = "panic-proof")]
    {
        unsafe extern "C" {
            fn ordnorm_panic_reached() -> !;
        }
        // SAFETY: no such function exists: a program that reaches this does not link.
        unsafe { ordnorm_panic_reached() }
    }
    #[cfg(not(feature = "panic-proof"))]
    loop {
        core::hint::spin_loop();
    }
}
