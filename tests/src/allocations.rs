//! An allocator that counts, for the benchmarks' memory figures.
//!
//! It attributes nothing to call sites.
#![allow(unsafe_code)] // `GlobalAlloc` is an unsafe trait; every call goes to the system allocator unchanged.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

static CALLS: AtomicUsize = AtomicUsize::new(0);
static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// The system allocator with counters; a binary installs it with `#[global_allocator]`.
pub struct Counting;

/// What one call of [`measure`] allocated.
#[derive(Clone, Copy, Debug)]
pub struct Allocations {
    /// Allocations and reallocations.
    pub calls: usize,
    /// Highest number of bytes in use at once, beyond those in use at the start.
    pub peak_bytes: usize,
    /// Bytes that the result keeps.
    pub kept_bytes: usize,
}

/// Runs `work` and counts; only right in a binary that installs [`Counting`] and runs one thread.
pub fn measure<T>(work: impl FnOnce() -> T) -> (T, Allocations) {
    let calls = CALLS.load(Relaxed);
    let live = LIVE.load(Relaxed);
    PEAK.store(live, Relaxed);
    let result = work();
    let counted = Allocations {
        calls: CALLS.load(Relaxed) - calls,
        peak_bytes: PEAK.load(Relaxed).saturating_sub(live),
        kept_bytes: LIVE.load(Relaxed).saturating_sub(live),
    };
    (result, counted)
}

fn grown(bytes: usize) {
    CALLS.fetch_add(1, Relaxed);
    let live = LIVE.fetch_add(bytes, Relaxed) + bytes;
    PEAK.fetch_max(live, Relaxed);
}

// SAFETY: pointers and layouts pass through to `System` as they came; the counters touch no memory of the caller.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grown(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        LIVE.fetch_sub(layout.size(), Relaxed);
        grown(size);
        unsafe { System.realloc(pointer, layout, size) }
    }
}
