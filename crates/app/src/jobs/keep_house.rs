//! Puts away what nobody needs any more: sessions and codes that ran out, files whose case
//! was never sent, answers kept for whoever asks twice, who has rated what nobody is asked
//! about any more, who ate what, who booked a time at a window, numbers of those who stood in for somebody, what phones
//! without signal have sent, contacts that people left at their door a year ago, and in the end what people were told and what left the house.

use huiyin_domain::id::TellingId;
use huiyin_store::{
    Tx, applied, appointment_people, households, idempotency, meals, outbox, sessions, shifts,
    sign_in_codes, staged_pieces, teams, tellings, tries,
};
use jiff::{SignedDuration, ToSpan};

use crate::civic_posts::close;
use crate::files::sweep;
use crate::offline::STAGED_KEPT;
use crate::{App, Error};

/// No session holds longer unused than the longest that is granted.
const SESSION_IDLE_MAX: SignedDuration = SignedDuration::from_hours(24 * 14);
/// Whoever repeats a request does so within days.
const ANSWERS_KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);
/// What somebody was told is on their page for so long.
const TELLINGS_KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);
/// Who ate what is known for so long after the meal: long enough to sort out a mistake.
const MEALS_KNOWN: SignedDuration = SignedDuration::from_hours(24 * 28);
/// Who came to a window is known for as many days.
const BOOKERS_KNOWN_DAYS: i64 = 28;
/// A phone forgets a form after a day; one that was kept longer is told so for a month.
const APPLIED_KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);
const OUTBOX_KEEPS: SignedDuration = SignedDuration::from_hours(24 * 30);

pub(super) async fn run(app: &App) -> Result<(), Error> {
    let now = app.now();
    let today = app.config.day(now);
    let came = today.saturating_sub(BOOKERS_KNOWN_DAYS.days());
    let forget = move |tx: &mut Tx<'_>| {
        sessions::sweep(tx, now, now - SESSION_IDLE_MAX)?;
        sign_in_codes::sweep(tx, now)?;
        tries::forget(tx, now)?;
        idempotency::forget(tx, now - ANSWERS_KEPT)?;
        applied::forget(tx, now - APPLIED_KEPT)?;
        staged_pieces::sweep(tx, now - STAGED_KEPT)?;
        shifts::sweep(tx, now)?;
        let told = TellingId::make(now - TELLINGS_KEPT, 0);
        tellings::sweep(tx, told)?;
        meals::put_away(tx, now - MEALS_KNOWN)?;
        appointment_people::put_away(tx, came, now)?;
        households::expire(tx, today)?;
        outbox::sweep(tx, now - OUTBOX_KEEPS)
    };
    app.store.write(0, forget).await?;
    sweep::sweep(app).await?;
    close::forget_raters(app).await?;
    let forget = move |tx: &mut Tx<'_>| teams::forget_numbers(tx, now);
    app.store.write(0, forget).await?;
    Ok(())
}
