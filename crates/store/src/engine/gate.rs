//! The gate between writer and checkpointer. A writer under load takes
//! SQLite's write lock again as soon as it has let it go, and SQLite's locks
//! are not fair: without the gate the checkpointer would never get its turn to
//! begin the log anew, and the log would grow for as long as the load lasts.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

#[derive(Default)]
pub(super) struct Gate {
    is_shut: AtomicBool,
    lock: Mutex<()>,
    opened: Condvar,
}

/// The gate is shut until this is dropped.
pub(super) struct Shut<'g>(&'g Gate);

impl Gate {
    /// Wait until the gate is open; nearly always it is.
    pub(super) fn pass(&self) {
        if self.is_shut.load(Ordering::Acquire) {
            let mut held = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
            while self.is_shut.load(Ordering::Acquire) {
                held = self
                    .opened
                    .wait(held)
                    .unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    pub(super) fn shut(&self) -> Shut<'_> {
        self.is_shut.store(true, Ordering::Release);
        Shut(self)
    }
}

impl Drop for Shut<'_> {
    fn drop(&mut self) {
        let held = self.0.lock.lock().unwrap_or_else(PoisonError::into_inner);
        self.0.is_shut.store(false, Ordering::Release);
        drop(held);
        self.0.opened.notify_all();
    }
}
