//! Puts away what nobody needs any more: sessions and codes that ran out, files whose case
//! was never sent, answers kept for whoever asks twice, and in the end what the outbox
//! recorded.

use huiyin_store::{Tx, idempotency, outbox, sessions, sign_in_codes};
use jiff::SignedDuration;

use crate::files::sweep;
use crate::{App, Error};

/// No session holds longer unused than the longest that is granted.
const SESSION_IDLE_MAX: SignedDuration = SignedDuration::from_hours(24 * 14);
/// Whoever repeats a request does so within days.
const ANSWERS_KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);
const OUTBOX_KEEPS: SignedDuration = SignedDuration::from_hours(24 * 30);

pub(super) async fn run(app: &App) -> Result<(), Error> {
    let now = app.now();
    let forget = move |tx: &mut Tx<'_>| {
        sessions::sweep(tx, now, now - SESSION_IDLE_MAX)?;
        sign_in_codes::sweep(tx, now)?;
        idempotency::forget(tx, now - ANSWERS_KEPT)?;
        outbox::sweep(tx, now - OUTBOX_KEEPS)
    };
    app.store.write(0, forget).await?;
    sweep::sweep(app).await?;
    Ok(())
}
