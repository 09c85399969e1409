//! What can be done with cases. One operation per file; this is only the list.

pub mod advance;
pub mod bulk;
pub mod caller;
mod channel;
pub mod dispatch;
pub mod erase;
pub(crate) mod facts;
pub(crate) mod figures;
mod guess;
pub mod instead;
mod key;
pub mod kind_versions;
pub mod list;
pub mod month;
pub(crate) mod names;
pub mod open;
pub(crate) mod perform;
pub mod petitioner;
mod publication;
pub mod read;
mod reader;
pub mod receipt;
pub mod remark;
pub mod search;
pub mod similar;
pub(crate) mod spoken;
pub(crate) mod stand_in;
pub mod track;

pub use channel::Channel;
pub use key::IdempotencyKey;
pub use reader::Reader;
pub(crate) use reader::Seal;
