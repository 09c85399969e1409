//! Send a letter or a text message that waits in the outbox. It carries the same name at every
//! try, so whoever takes it can tell that it is the same.

use huiyin_domain::id::MessageId;
use huiyin_domain::telling::{Audience, Channel, Preferences, Quiet};
use huiyin_store::Tx;
use huiyin_store::outbox::{self, Message};
use jiff::Timestamp;

use super::Ran;
use crate::outside::{Letter, SendError, TextMessage};
use crate::{App, Error};

pub(super) async fn run(app: &App, id: MessageId) -> Result<Ran, Error> {
    let read = move |tx: &mut Tx<'_>| outbox::read(tx, id);
    let message = app.store.read(read).await.map_err(Error::from)?;
    let Some(message) = message.filter(|message| message.sent_at.is_none()) else {
        return Ok(Ran::Done);
    };
    if let Some(until) = asleep(app, message.quiet) {
        return Ok(Ran::Later(until));
    }
    let copies = match message.channel.parse() {
        Ok(Channel::Sms) => app.outside.sms.copies(),
        _ => app.outside.mail.copies(),
    };
    let sent = send(app, message).await;
    sent.map_err(|fault| Error::broken("sending a message", fault))?;
    let now = app.now();
    let gone = move |tx: &mut Tx<'_>| outbox::sent(tx, id, now, copies);
    app.store.write(id.get(), gone).await.map_err(Error::from)?;
    Ok(Ran::Done)
}

/// Until when whoever gets it is not disturbed, if it is quiet now: what could not be sent by
/// day is not sent at night.
fn asleep(app: &App, quiet: Option<Quiet>) -> Option<Timestamp> {
    let (quiet, now) = (quiet?, app.now());
    let usual = Preferences::usual(Audience::Residents);
    let until = Preferences { quiet, ..usual }.waking(now, &app.config.time_zone);
    (until > now).then_some(until)
}

async fn send(app: &App, message: Message) -> Result<(), SendError> {
    let id = message.id.get();
    match message.channel.parse() {
        Ok(Channel::Sms) => {
            let text = TextMessage {
                id,
                phone: message.recipient,
                text: message.body,
            };
            app.outside.sms.send(&text).await
        }
        _ => {
            let letter = Letter {
                id,
                to: message.recipient,
                subject: message.subject,
                body: message.body,
            };
            app.outside.mail.send(&letter).await
        }
    }
}
