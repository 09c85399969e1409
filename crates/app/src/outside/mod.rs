//! The world outside: clock, chance, mail, text messages, webhooks, other installations and files.
//!
//! The only traits of the house stand here, because each has two real implementations:
//! one that reaches out and one that is recorded or fixed. Ambient clock and chance are
//! asked for here and nowhere else. One more neighbour: a file with its trait and its two
//! implementations, and a field in [`Outside`].

mod clock;
mod elsewhere;
mod entropy;
mod files;
mod mail;
mod peers;
mod reach;
mod recorded;
mod sms;
mod steady;
mod volumes;
mod webhooks;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

pub(crate) use files::{hex, unhex};

pub use clock::{Clock, LiveClock, SetClock};
pub use elsewhere::{Ask, Elsewhere, HttpElsewhere, Part, Told};
pub use entropy::{Entropy, LiveEntropy, SeededEntropy};
pub use files::{BucketStyle, FileHash, Files, FilesError, FilesSettings, Kept};
pub use mail::{Letter, Mail, MailSettings, Security, SmtpMail};
pub use peers::is_private;
pub use reach::Inside;
pub use recorded::Recorded;
pub use sms::{BodyFormat, GatewaySms, Sms, SmsSettings, TextMessage};
pub use steady::{Running, SteadyClock, Unbelievable};
pub(crate) use volumes::Volumes;
pub use webhooks::{Call, HttpWebhooks, WebhookSettings, Webhooks};

/// Everything outside, chosen once when the product starts.
#[derive(Clone)]
pub struct Outside {
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    pub mail: Arc<dyn Mail>,
    pub sms: Arc<dyn Sms>,
    pub webhooks: Arc<dyn Webhooks>,
    pub elsewhere: Arc<dyn Elsewhere>,
    pub files: Files,
}

/// What a message to the outside came to, if it did not go out. The texts never hold
/// an address, a number or a word of the message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Nobody is there to take it: that says nothing against the message.
    #[error("not sent for now: {0}")]
    Away(String),
    /// Worth another try later.
    #[error("not sent for now: {0}")]
    Temporary(String),
    /// Trying again would change nothing.
    #[error("cannot be sent: {0}")]
    Permanent(String),
}

/// The answer of something that takes a while, in a form that a trait object can give.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
