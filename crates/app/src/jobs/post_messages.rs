//! What is to be told by now goes into messages: one for each reader, however much it is.

use huiyin_domain::id::MessageId;
use huiyin_domain::telling::TOGETHER;
use huiyin_store::outbox::{self, Message};
use huiyin_store::tellings::{self, Waiting};
use huiyin_store::{DbError, Tx};

use super::Job;
use crate::telling::message;
use crate::{App, Error};

const BATCH: i64 = 100;
/// What is more than this comes in a second message.
const TOGETHER_MAX: i64 = 50;

/// Whether anybody is to be told anything by now.
pub(super) async fn is_due(app: &App) -> Result<bool, Error> {
    let now = app.now();
    let any = move |tx: &mut Tx<'_>| tellings::any_due(tx, now);
    app.store.read(any).await.map_err(Error::from)
}

/// Puts into the outbox what is due, a batch of readers at a time; how many there were.
pub(super) async fn run(app: &App) -> Result<u64, Error> {
    let now = app.now();
    let due = move |tx: &mut Tx<'_>| tellings::due(tx, now, BATCH);
    let due = app.store.read(due).await.map_err(Error::from)?;
    let mut posted = 0;
    for who in due {
        post(app, who).await?;
        posted += 1;
    }
    Ok(posted)
}

async fn post(app: &App, who: Waiting) -> Result<(), Error> {
    let (inner, now) = (app.clone(), app.now());
    // What is about to be due comes along.
    let until = now.saturating_add(TOGETHER).unwrap_or(now);
    let compose = move |tx: &mut Tx<'_>| {
        let waiting = tellings::waiting(tx, who, until, TOGETHER_MAX)?;
        let composed = message::compose(&inner, tx, who, &waiting)?;
        Ok::<_, Error>((waiting, composed))
    };
    let (waiting, composed) = app.store.read(compose).await.map_err(Error::from)?;
    let Some(first) = waiting.first() else {
        return Ok(());
    };
    let id = MessageId::from_raw(app.mint());
    let message = composed.map(|composed| Message {
        id,
        at: now,
        // The first of what it tells is told by no other message.
        cause: format!("telling {}", first.id),
        channel: who.channel.word().to_owned(),
        recipient: composed.recipient,
        subject: composed.subject,
        body: composed.body,
        target: None,
        quiet: composed.quiet,
        sent_at: None,
    });
    let inner = app.clone();
    let keep = move |tx: &mut Tx<'_>| -> Result<(), DbError> {
        let Some(message) = &message else {
            return waiting
                .iter()
                .try_for_each(|telling| tellings::dropped(tx, telling.id));
        };
        if !outbox::insert(tx, message)? {
            return tellings::dropped(tx, waiting[0].id);
        }
        for telling in &waiting {
            tellings::told(tx, telling.id, id)?;
        }
        Job::SendMessage(id).enqueue(&inner, tx, now)
    };
    match app.store.write(who.reader, keep).await.map_err(Error::from) {
        // Somebody else told a part of it meanwhile; the next round looks again.
        Err(fault) if is_conflict(&fault) => Ok(()),
        other => other,
    }
}

fn is_conflict(fault: &Error) -> bool {
    match fault {
        Error::Broken { source, .. } => {
            matches!(source.downcast_ref(), Some(DbError::Conflict { .. }))
        }
        _ => false,
    }
}
