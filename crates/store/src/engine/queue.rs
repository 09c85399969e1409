//! A bounded queue with many senders and many takers: full means "busy",
//! at once; closed means that what is inside is still served, and no more.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

pub(super) struct Queue<T> {
    inner: Mutex<Inner<T>>,
    filled: Condvar,
    length_max: usize,
}

struct Inner<T> {
    waiting: VecDeque<T>,
    closed: bool,
}

impl<T> Queue<T> {
    pub(super) fn new(length_max: usize) -> Self {
        let inner = Inner {
            waiting: VecDeque::new(),
            closed: false,
        };
        Self {
            inner: Mutex::new(inner),
            filled: Condvar::new(),
            length_max,
        }
    }

    /// Nothing that panics runs under this lock, so poison means nothing.
    fn lock(&self) -> MutexGuard<'_, Inner<T>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives the thing back when the queue is full or closed.
    pub(super) fn offer(&self, thing: T) -> Result<(), T> {
        let mut inner = self.lock();
        if inner.closed || inner.waiting.len() >= self.length_max {
            return Err(thing);
        }
        inner.waiting.push_back(thing);
        drop(inner);
        self.filled.notify_one();
        Ok(())
    }

    /// Wait for something, then take up to `count_max` of what is there.
    /// `None` when the queue is closed and empty.
    pub(super) fn take(&self, count_max: usize) -> Option<Vec<T>> {
        let mut inner = self.lock();
        while inner.waiting.is_empty() {
            if inner.closed {
                return None;
            }
            inner = self
                .filled
                .wait(inner)
                .unwrap_or_else(PoisonError::into_inner);
        }
        let count = inner.waiting.len().min(count_max);
        Some(inner.waiting.drain(..count).collect())
    }

    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.filled.notify_all();
    }

    pub(super) fn length(&self) -> usize {
        self.lock().waiting.len()
    }
}
