//! One function, compiled for several processors; the version that runs doesn't change any bit.
//!
//! [`for_every_processor`] compiles a function three times: for AVX-512, for AVX2, and for any processor of
//! the same architecture. The best version for the machine is selected at run time. Functions that it calls
//! are compiled in this way only if they are inlined, so everything that loops over runs inside one is
//! `#[inline(always)]`.

use std::sync::atomic::{AtomicU8, Ordering};

/// The most advanced instructions that may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Instructions {
    /// Those that every processor of the architecture has.
    Portable,
    /// AVX2, where it exists.
    Avx2,
    /// All that are useful here, including AVX-512.
    All,
}

static MOST: AtomicU8 = AtomicU8::new(Instructions::All as u8);

/// Allows no more than these instructions from now on: for tests that compare the results of different
/// processors.
pub fn allow(most: Instructions) {
    MOST.store(most as u8, Ordering::Relaxed);
}

/// The instructions that are currently allowed.
pub(crate) fn allowed() -> Instructions {
    match MOST.load(Ordering::Relaxed) {
        0 => Instructions::Portable,
        1 => Instructions::Avx2,
        _ => Instructions::All,
    }
}

/// Defines functions that are compiled for several processors and selected at run time.
macro_rules! for_every_processor {
    ($(
        $(#[$about:meta])*
        $visible:vis fn $name:ident $(<const $n:ident: usize>)?
            ($($argument:ident: $kind:ty),* $(,)?) $(-> $gives:ty)?
        $body:block
    )+) => {$(
        $(#[$about])*
        $visible fn $name $(<const $n: usize>)? ($($argument: $kind),*) $(-> $gives)? {
            #[inline(always)]
            fn plain $(<const $n: usize>)? ($($argument: $kind),*) $(-> $gives)? $body

            #[inline(never)]
            fn portable $(<const $n: usize>)? ($($argument: $kind),*) $(-> $gives)? {
                plain($($argument),*)
            }

            #[multiversion::multiversion(targets("x86_64+avx2"))]
            fn avx2 $(<const $n: usize>)? ($($argument: $kind),*) $(-> $gives)? {
                multiversion::target::match_target! {
                    "x86_64+avx2" => plain($($argument),*),
                    _ => portable($($argument),*),
                }
            }

            #[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl"))]
            fn all $(<const $n: usize>)? ($($argument: $kind),*) $(-> $gives)? {
                multiversion::target::match_target! {
                    "x86_64+avx512f+avx512dq+avx512vl" => plain($($argument),*),
                    _ => avx2($($argument),*),
                }
            }

            match $crate::kernel::allowed() {
                $crate::kernel::Instructions::Portable => portable($($argument),*),
                $crate::kernel::Instructions::Avx2 => avx2($($argument),*),
                $crate::kernel::Instructions::All => all($($argument),*),
            }
        }
    )+};
}

pub(crate) use for_every_processor;
