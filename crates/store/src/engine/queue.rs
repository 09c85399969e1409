//! A bounded queue with many senders and many takers: full means "busy",
//! at once; closed means that what is inside is still served, and no more.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// With fewer nobody waits for others.
const MANY: usize = 8;
/// So long, and so many times, as long as more come in each: far less than a commit takes.
const MOMENT: Duration = Duration::from_micros(100);
const MOMENTS: u32 = 5;

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

    /// As [`Queue::take`], by somebody who has just answered so many. When many wait, those that
    /// were answered are about to send what comes next: a moment later all of them are taken at
    /// once, and not one half in turn with the other, for twice as many commits.
    pub(super) fn take_all(&self, answered: usize, count_max: usize) -> Option<Vec<T>> {
        let mut there = self.length();
        let expected = (there + answered).min(count_max);
        if there > 0 && expected >= MANY {
            for _ in 0..MOMENTS {
                if there >= expected {
                    break;
                }
                thread::sleep(MOMENT);
                let before = std::mem::replace(&mut there, self.length());
                if there == before {
                    break;
                }
            }
        }
        self.take(count_max)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_first_is_taken_first_and_nothing_is_left() {
        let queue = Queue::new(20);
        for number in 0..20 {
            queue.offer(number).unwrap();
        }
        assert_eq!(queue.offer(20), Err(20));
        assert_eq!(queue.take_all(0, 3), Some(vec![0, 1, 2]));
        assert_eq!(queue.take_all(3, 10), Some((3..13).collect()));
        queue.close();
        assert_eq!(queue.take_all(50, 64), Some((13..20).collect()));
        assert_eq!(queue.take_all(7, 64), None);
    }

    #[test]
    fn nothing_is_lost_while_more_are_waited_for() {
        let queue = Queue::new(64);
        for number in 0..32 {
            queue.offer(number).unwrap();
        }
        let coming = || (32..64).for_each(|number| queue.offer(number).unwrap());
        let taken = std::thread::scope(|scope| {
            scope.spawn(coming);
            queue.take_all(32, 64)
        });
        let rest = match queue.length() {
            0 => Vec::new(),
            _ => queue.take_all(0, 64).unwrap(),
        };
        let all = [taken.unwrap(), rest].concat();
        assert_eq!(all, (0..64).collect::<Vec<_>>());
    }
}
