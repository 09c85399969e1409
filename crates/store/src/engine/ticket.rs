//! A ticket: what a form carries that was written down without signal and may be sent many
//! times. The first write of its request, and no other, keeps the ticket in the same
//! transaction; a write that finds it kept already does nothing and says so.
//!
//! Two ways lead around it: [`super::Store::write_aside`], for what a request writes besides
//! what it was sent for (a file that is taken in, a page that was looked at), and a refusal,
//! after which the ticket is worth nothing in this request and everything in the next one.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::applied::{self, Applied};
use crate::dialect::{DbError, Tx};

tokio::task_local! {
    static HELD: Arc<Ticket>;
}

/// What became of a ticket in its request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Nothing was written for it.
    Unused,
    /// It was written with what the form does.
    Applied,
    /// It had been before, and nothing was done.
    Repeated,
}

const FRESH: u8 = 0;
const TAKEN: u8 = 1;
const APPLIED: u8 = 2;
const REPEATED: u8 = 3;

/// A form that may be sent many times and is applied once.
#[derive(Debug)]
pub struct Ticket {
    row: Applied,
    state: AtomicU8,
}

impl Ticket {
    pub fn new(row: Applied) -> Ticket {
        Ticket {
            row,
            state: AtomicU8::new(FRESH),
        }
    }

    /// What became of it.
    pub fn used(&self) -> Use {
        match self.state.load(Ordering::Acquire) {
            APPLIED => Use::Applied,
            REPEATED => Use::Repeated,
            _ => Use::Unused,
        }
    }

    /// The ticket of this request, for its first write only.
    pub(super) fn take() -> Option<Arc<Ticket>> {
        let held = HELD.try_with(Arc::clone).ok()?;
        let order = Ordering::AcqRel;
        let taken = held
            .state
            .compare_exchange(FRESH, TAKEN, order, Ordering::Acquire);
        taken.is_ok().then_some(held)
    }

    pub(super) fn is_kept(&self, tx: &mut Tx<'_>) -> Result<bool, DbError> {
        applied::read(tx, self.row.person, &self.row.token).map(|row| row.is_some())
    }

    pub(super) fn keep(&self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        applied::keep(tx, &self.row)
    }

    /// The write is durable.
    pub(super) fn is_applied(&self) {
        self.state.store(APPLIED, Ordering::Release);
    }

    pub(super) fn is_repeated(&self) {
        self.state.store(REPEATED, Ordering::Release);
    }
}

/// Runs a request that holds this ticket.
pub async fn with_ticket<F: Future>(ticket: Arc<Ticket>, request: F) -> F::Output {
    HELD.scope(ticket, request).await
}
