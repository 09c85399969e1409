//! Mail, text messages and events that are written down instead of sent: for the demo, where an
//! outbox page shows letters to everybody, and for tests. What waited in the outbox stays there
//! as it is; what went out directly is added.

use std::sync::Arc;

use huiyin_store::outbox::Copies;
use huiyin_store::{Store, outbox};

use super::reach::Inside;
use super::webhooks::fault;
use super::{
    Ask, Call, Clock, Elsewhere, Letter, Mail, Pending, SendError, Sms, TextMessage, Told, Webhooks,
};

/// Writes everything into the outbox of the database.
#[derive(Clone)]
pub struct Recorded {
    store: Store,
    clock: Arc<dyn Clock>,
}

impl Recorded {
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    async fn keep(&self, letter: outbox::Recorded) -> Result<(), SendError> {
        self.store
            .write(letter.id, move |tx| outbox::record(tx, &letter))
            .await
            .map_err(|_| SendError::Temporary("the outbox could not be written".to_owned()))
    }
}

impl Mail for Recorded {
    fn send<'a>(&'a self, letter: &'a Letter) -> Pending<'a, Result<(), SendError>> {
        Box::pin(self.keep(outbox::Recorded {
            id: letter.id,
            at: self.clock.now(),
            channel: "mail".to_owned(),
            recipient: letter.to.clone(),
            subject: letter.subject.clone(),
            body: letter.body.clone(),
        }))
    }

    fn copies(&self) -> Copies {
        Copies::Kept
    }
}

impl Sms for Recorded {
    fn send<'a>(&'a self, message: &'a TextMessage) -> Pending<'a, Result<(), SendError>> {
        Box::pin(self.keep(outbox::Recorded {
            id: message.id,
            at: self.clock.now(),
            channel: "sms".to_owned(),
            recipient: message.phone.clone(),
            subject: String::new(),
            body: message.text.clone(),
        }))
    }

    fn copies(&self) -> Copies {
        Copies::Kept
    }
}

/// Nobody elsewhere hears of a town that is only played.
impl Webhooks for Recorded {
    fn call<'a>(&'a self, _: &'a Call) -> Pending<'a, Result<(), SendError>> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn fault(&self, url: &str) -> Option<&'static str> {
        fault(url, Inside::Refused)
    }

    fn copies(&self) -> Copies {
        Copies::Kept
    }
}

/// Nobody elsewhere is asked on behalf of a town that is only played.
impl Elsewhere for Recorded {
    fn ask<'a>(&'a self, _: &'a Ask) -> Pending<'a, Result<Told, SendError>> {
        let away = SendError::Away("a played town knows no other".to_owned());
        Box::pin(std::future::ready(Err(away)))
    }

    fn fault(&self, url: &str) -> Option<&'static str> {
        fault(url, Inside::Refused)
    }
}
