//! What firmware does with the C ABI: the smallest use, or (`--cfg everything`) all of it.
//! Compiled to an object without a linker and without `std`; `run` links it with the static library.
#![no_std]
#![allow(missing_docs)]

const LINE_QUANTITY: u32 = 133;
const LINE_SELLER_ID: u32 = 126;

unsafe extern "C" {
    fn ordnorm_init(state: *mut u8, size: u32, version: u32) -> u32;
    fn ordnorm_open(
        state: *mut u8,
        m: *const u8,
        n: u32,
        base: *const u64,
        last: u32,
        w: *mut u8,
        s: u32,
    ) -> u32;
    fn ordnorm_next(state: *mut u8) -> u32;
    fn ordnorm_record(state: *const u8, kind: *mut u32, line: *mut u32, partial: *mut u32) -> u32;
    fn ordnorm_get_decimal(o: *const u8, r: u32, f: u32, n: u32, mantissa: *mut i64, scale: *mut u32) -> u32;
    fn ordnorm_get_code(o: *const u8, r: u32, f: u32, n: u32, code: *mut u32) -> u32;
    fn ordnorm_text(o: *const u8, r: u32, f: u32, n: u32, p: u32, t: *mut *const u8, l: *mut u32) -> u32;
    fn ordnorm_verdict(o: *const u8, verdict: *mut u32) -> u32;
}

#[cfg(everything)]
#[allow(clashing_extern_declarations)] // Only their addresses are taken.
mod everything {
    include!(concat!(env!("OUT"), "/functions.rs"));
}

#[repr(align(8))]
pub struct Block<const N: usize>([u8; N]);
#[unsafe(no_mangle)]
pub static mut STATE: Block<12288> = Block([0; 12288]);
#[unsafe(no_mangle)]
pub static mut WORK: Block<4096> = Block([0; 4096]);
#[unsafe(no_mangle)]
pub static mut BOOKED: i64 = 0;

/// Where the image begins.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _start(message: *const u8, length: u32) -> u32 {
    let state = (&raw mut STATE).cast::<u8>();
    let work = (&raw mut WORK).cast::<u8>();
    let (mut kind, mut line, mut partial, mut scale, mut code, mut count) = (0, 0, 0, 0, 0, 0);
    let (mut mantissa, mut text) = (0i64, core::ptr::null());
    unsafe {
        #[cfg(everything)]
        core::ptr::read_volatile(&raw const everything::ALL);
        ordnorm_init(state, 12288, 1);
        ordnorm_open(state, message, length, core::ptr::null(), 1, work, 4096);
        loop {
            match ordnorm_next(state) {
                1 => {
                    ordnorm_record(state, &mut kind, &mut line, &mut partial);
                    ordnorm_get_decimal(state, 0, LINE_QUANTITY, 1, &mut mantissa, &mut scale);
                    ordnorm_get_code(state, 0, LINE_QUANTITY + 1, 1, &mut code);
                    ordnorm_text(state, 0, LINE_SELLER_ID, 1, 1, &mut text, &mut count);
                    BOOKED += mantissa;
                }
                7 => {
                    ordnorm_verdict(state, &mut code);
                }
                6 | 9 => {}
                status => return status,
            }
        }
    }
}
