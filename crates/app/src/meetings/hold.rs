//! Hold a meeting: its agenda is what was found since the last one and what is still open; its
//! minutes say what was decided, which unit sees to it, and by which day.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::id::MeetingId;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::round::MeetingSort;
use huiyin_store::Tx;
use huiyin_store::meetings::{self, Meeting};

pub use huiyin_store::meetings::Decided;

use super::look::agenda;
use crate::administration::{Record, permit};
use crate::import::clean;
use crate::venues::post_for;
use crate::{App, Error, Refusal};

const ATTENDED_CHARS_MAX: usize = 500;
const MINUTES_CHARS_MAX: usize = 5_000;
const WHAT_CHARS_MAX: usize = 300;

/// A meeting as somebody wrote it down.
#[derive(Debug, Clone)]
pub struct Request {
    /// Made by whoever shows the form: sent twice, it is one.
    pub id: MeetingId,
    pub place: PlaceCode,
    pub sort: MeetingSort,
    /// Units and functions.
    pub attended: String,
    pub minutes: String,
    pub decisions: Vec<Decided>,
}

pub async fn hold(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    permit(actor, Action::RoundsKeep)?;
    let unit = post_for(actor, Action::RoundsKeep, &request.place)?.unit;
    let faults = faults(&request);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let record = Record::new(app, actor, "meeting-held", request.id);
    let (id, now) = (request.id, app.now());
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        if let Some(before) = meetings::read(tx, request.id)? {
            return match before.unit == unit {
                true => Ok(()),
                false => Err(Refusal::KeyReused.into()),
            };
        }
        let (since_at, lines) = agenda(tx, (&request.place, request.sort), now)?;
        if lines.is_empty() {
            return Err(Refusal::rule(Class::Conflict, "meeting-nothing").into());
        }
        // --- everything is checked; from here on we write ---
        let meeting = Meeting {
            id: request.id,
            unit,
            place: request.place.clone(),
            sort: request.sort,
            since_at,
            held_at: now,
            attended: clean(&request.attended),
            minutes: request.minutes.trim().to_owned(),
            agenda: lines.iter().map(|line| line.finding.case).collect(),
            decisions: request.decisions.clone(),
        };
        meetings::insert(tx, &meeting)?;
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

fn faults(request: &Request) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let texts = [
        ("attended", &request.attended, ATTENDED_CHARS_MAX),
        ("minutes", &request.minutes, MINUTES_CHARS_MAX),
    ];
    for (field, text, max) in texts {
        match text.trim().chars().count() {
            0 => faults.push(FieldFault::new(field, "fault-required")),
            count if count > max => {
                faults.push(FieldFault::new(field, "fault-too-long").with("max", max));
            }
            _ => {}
        }
    }
    let is_long = |one: &Decided| one.what.chars().count() > WHAT_CHARS_MAX;
    if request.decisions.iter().any(is_long) {
        faults.push(FieldFault::new("decisions", "fault-too-long").with("max", WHAT_CHARS_MAX));
    }
    faults
}
