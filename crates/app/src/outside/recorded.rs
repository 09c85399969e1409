//! Mail and text messages that are written down instead of sent: for the demo, where an
//! outbox page shows them to everybody, and for tests.

use std::sync::Arc;

use huiyin_store::{Store, outbox};

use super::{Clock, Letter, Mail, Pending, SendError, Sms, TextMessage};

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
            .write(letter.id, move |tx| outbox::insert(tx, &letter))
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
}
