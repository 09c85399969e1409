//! How a store is opened.

use crate::shipping::Shipping;

/// How many threads serve a store and how much may wait before each.
#[derive(Debug, Clone)]
pub struct Options {
    /// Writers on PostgreSQL; SQLite has one.
    pub writers: usize,
    pub readers: usize,
    /// Waiting operations per writer, and for all readers together. At most
    /// this many are answered late; the next is told "busy" at once.
    pub queue_length_max: usize,
    /// A replica of PostgreSQL, for those who only look ([`super::Horizon`]).
    pub replica: Option<String>,
    pub durability: Durability,
    /// SQLite alone: a copy elsewhere, never more than seconds old.
    pub shipping: Option<Shipping>,
}

/// When a write is answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Durability {
    /// When a power cut cannot undo it any more.
    #[default]
    Full,
    /// At once; it is safe when the store has been shut down. Only for a database that is being
    /// made, and that is thrown away when the making is cut short.
    WhenShut,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            writers: 4,
            readers: 4,
            queue_length_max: 1024,
            replica: None,
            durability: Durability::default(),
            shipping: None,
        }
    }
}
