//! The log of looks, for the auditor: which post opened which seal, when and why.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::{AppointmentId, CaseId, HouseholdId, LookId, UnitId};
use huiyin_store::{DbError, Tx, appointment_people, households, looks};
use jiff::Timestamp;

pub use huiyin_store::looks::Look;

use crate::administration::permit;
use crate::{App, Error};

/// So many are shown at once.
pub const SHOWN: usize = 100;

/// Behind which seal somebody looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// Of a case; the word says whose.
    Case(CaseId, String),
    Appointment(AppointmentId),
    Household(HouseholdId),
}

/// One look, of whatever sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    pub id: LookId,
    pub at: Timestamp,
    pub of: Of,
    pub unit: Option<UnitId>,
    pub purpose: String,
}

/// The looks before one, or the latest.
pub async fn latest(
    app: &App,
    actor: &Actor,
    before: Option<LookId>,
) -> Result<Vec<Looked>, Error> {
    permit(actor, Action::LogRead)?;
    let read = move |tx: &mut Tx<'_>| -> Result<_, DbError> {
        let limit = i64::try_from(SHOWN).unwrap_or(i64::MAX);
        let of_cases = looks::latest(tx, before, limit)?;
        let of_windows = appointment_people::latest_looks(tx, before, limit)?;
        let mut all: Vec<Looked> = of_cases.into_iter().map(of_case).collect();
        all.extend(of_windows.into_iter().map(|look| Looked {
            id: look.id,
            at: look.at,
            of: Of::Appointment(look.of),
            unit: look.unit,
            purpose: look.purpose,
        }));
        let of_doors = households::latest_looks(tx, before, limit)?;
        all.extend(of_doors.into_iter().map(|look| Looked {
            id: look.id,
            at: look.at,
            of: Of::Household(look.of),
            unit: look.unit,
            purpose: look.purpose,
        }));
        all.sort_by_key(|look| std::cmp::Reverse(look.id));
        all.truncate(SHOWN);
        Ok(all)
    };
    app.store.read(read).await.map_err(Error::from)
}

fn of_case(look: Look) -> Looked {
    Looked {
        id: look.id,
        at: look.at,
        of: Of::Case(look.case, look.what),
        unit: look.unit,
        purpose: look.purpose,
    }
}
