//! Book a time at a window, without an account. Of many who want the last one at the same instant
//! one gets it: the window is locked while it is looked at, and the key of every five minutes
//! refuses a second. One contact has so many times on a day, which the database counts.

use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::code::TrackingCode;
use huiyin_domain::contact::Contact;
use huiyin_domain::id::{AppointmentId, WindowId};
use huiyin_domain::telling::Importance;
use huiyin_domain::window::{AppointmentState, Slot, TURNS_MAX};
use huiyin_domain::words::Lang;
use huiyin_store::appointment_people::{self, Booker};
use huiyin_store::appointments::{self, Appointment, Held};
use huiyin_store::windows::{self, Window};
use huiyin_store::{Tx, procedures};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::times::{last_day, plans, seat_for};
use super::{calendar_of, enough, moved_on, tell_booker};
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub(super) const NAME_CHARS_MAX: usize = 40;
/// So long somebody may send the same form again.
const AGAIN: SignedDuration = SignedDuration::from_hours(1);

/// What is to be done, where and when.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub window: WindowId,
    pub procedure: String,
    pub starts_at: Timestamp,
}

/// A time, and for whom.
#[derive(Debug, Clone)]
pub struct Request {
    /// Made by whoever asks: sent twice, it is one appointment.
    pub id: AppointmentId,
    pub wanted: Wanted,
    pub name: String,
    pub contact: String,
    pub language: Lang,
}

/// Books it.
pub async fn book(app: &App, request: Request) -> Result<(), Error> {
    let contact = faults(&request)?;
    let code = TrackingCode::from_chance(app.chance());
    let (inner, key) = (app.clone(), request.wanted.window.get());
    let write = move |tx: &mut Tx<'_>| {
        let now = inner.now();
        windows::lock(tx, request.wanted.window)?;
        if let Some(before) = appointments::read(tx, request.id)? {
            let booker = appointment_people::read(tx, request.id)?;
            let is_same = booker.is_some_and(|booker| {
                (&booker.contact, booker.name.as_str()) == (&contact, request.name.trim())
            });
            // The same form, sent again; not one that somebody made up around a number they saw.
            let is_again = now.duration_since(before.made_at) < AGAIN
                && before.time.map(|time| time.starts_at) == Some(request.wanted.starts_at);
            return match is_same && is_again {
                true => Ok(()),
                false => Err(Refusal::KeyReused.into()),
            };
        }
        let found = find(&inner, tx, (&request.wanted, None), now)?;
        let turn = turn(tx, (&contact, found.day), request.id)?;
        let one = Appointment {
            id: request.id,
            window: found.window.id,
            day: found.day,
            number: appointments::next_number(tx, found.window.id, found.day)?,
            procedure: Some((request.wanted.procedure.clone(), found.version)),
            time: Some(found.held()),
            state: AppointmentState::Booked,
            made_at: now,
            changed_at: now,
            arrived_at: None,
            called_at: None,
            ended_at: None,
            reminded_at: None,
        };
        let booker = Booker {
            appointment: one.id,
            code: code.as_str().to_owned(),
            name: request.name.trim().to_owned(),
            contact: contact.clone(),
            language: request.language.as_str().to_owned(),
            day: found.day,
            turn: Some(turn),
        };
        // --- everything is checked; from here on we write ---
        appointments::insert(tx, &one).map_err(moved_on)?;
        appointment_people::insert(tx, &booker).map_err(enough)?;
        let letter = ("letter-appointment-made", Importance::Info);
        tell_booker(&inner, tx, (&one, &found.window), letter, now)?;
        Ok::<_, Error>(())
    };
    app.store.write(key, write).await.map_err(Error::from)
}

/// The contact in its one form, or all that is wrong with the form.
fn faults(request: &Request) -> Result<String, Refusal> {
    let mut faults = Vec::new();
    match request.name.trim().chars().count() {
        0 => faults.push(FieldFault::new("name", "fault-required")),
        1..=NAME_CHARS_MAX => {}
        _ => {
            let fault = FieldFault::new("name", "fault-too-long");
            faults.push(fault.with("max", NAME_CHARS_MAX));
        }
    }
    let contact = request.contact.parse::<Contact>();
    if contact.is_err() {
        faults.push(FieldFault::new("contact", "fault-contact"));
    }
    match (contact, faults.is_empty()) {
        (Ok(contact), true) => Ok(contact.as_str().to_owned()),
        _ => Err(Refusal::Invalid(faults)),
    }
}

/// A time that is free.
pub(super) struct Found {
    pub window: Window,
    /// The version of the procedure that holds today.
    pub version: i64,
    pub day: Date,
    slot: Slot,
    seat: i64,
}

impl Found {
    pub fn held(&self) -> Held {
        Held {
            starts_at: self.slot.starts_at,
            ends_at: self.slot.ends_at,
            seat: self.seat,
            seats: self.window.setup.seats,
        }
    }
}

/// The time that somebody wants, if it is one and free. `but` is theirs already; what they come for
/// may have been withdrawn since they booked it.
pub(super) fn find(
    app: &App,
    tx: &mut Tx<'_>,
    (wanted, but): (&Wanted, Option<AppointmentId>),
    now: Timestamp,
) -> Result<Found, Error> {
    let window = super::open(tx, wanted.window)?;
    let kept = procedures::read(tx, &wanted.procedure)?;
    let kept = kept.filter(|kept| but.is_some() || kept.closed_at.is_none());
    let kept = kept.ok_or(Refusal::NotFound(Thing::Procedure))?;
    if !window.setup.does(&wanted.procedure) {
        return Err(Refusal::field("at", "fault-window-elsewhere").into());
    }
    if wanted.starts_at <= now {
        return Err(Refusal::field("at", "fault-window-over").into());
    }
    let calendar = calendar_of(app, tx, &window)?;
    let day = calendar.zone().date(wanted.starts_at);
    let no_time = || Refusal::field("at", "fault-window-no-time");
    if day > last_day(&window, &calendar, now) {
        return Err(no_time().into());
    }
    let plans = plans(tx, (&window, &calendar), (day, 1))?;
    let slots = plans.iter();
    let mut slots = slots.flat_map(|plan| plan.slots(window.setup.minutes, &calendar));
    let slot = slots.find(|slot| slot.starts_at == wanted.starts_at);
    let slot = slot.ok_or_else(no_time)?;
    let taken = appointments::taken(tx, window.id, (day, day), but)?;
    let seat = seat_for(&window.setup, &slot, &taken);
    let seat = seat.ok_or_else(|| Refusal::rule(Class::Conflict, "appointment-taken"))?;
    Ok(Found {
        window,
        version: kept.version,
        day,
        slot,
        seat,
    })
}

/// The turn that a contact still has on a day.
pub(super) fn turn(
    tx: &mut Tx<'_>,
    (contact, day): (&str, Date),
    but: AppointmentId,
) -> Result<i64, Error> {
    let taken = appointment_people::turns(tx, (contact, day), but)?;
    let free = (1..=TURNS_MAX).find(|turn| !taken.contains(turn));
    free.ok_or_else(|| {
        let args = vec![("max", TURNS_MAX.to_string())];
        let (class, key) = (Class::Conflict, "appointment-enough");
        Refusal::Rule { class, key, args }.into()
    })
}
