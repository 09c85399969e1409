//! Make a checklist, or another version of it: rounds that were begun go on with theirs.

use std::collections::BTreeSet;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::ChecklistId;
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::round::{Line, SpotSort};
use huiyin_store::Tx;
use huiyin_store::checklists::{self, Checklist};

use super::good_place;
use super::put_spot::NAME_CHARS_MAX;
use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::venues::post_for;
use crate::{App, Error, Refusal};

const LINES_MAX: usize = 40;
const CHECK_CHARS_MAX: usize = 200;
const CODE_CHARS_MAX: usize = 40;

/// A checklist as somebody filled it in.
#[derive(Debug, Clone)]
pub struct Request {
    pub id: ChecklistId,
    /// The version that was seen, none for a new one.
    pub version: Option<i64>,
    pub place: PlaceCode,
    pub sort: SpotSort,
    pub names: Names,
    pub lines: Vec<Line>,
}

pub async fn put(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    permit(actor, Action::RoundsKeep)?;
    let unit = post_for(actor, Action::RoundsKeep, &request.place)?.unit;
    let faults = faults(&request);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let record = Record::new(app, actor, "checklist-kept", request.id);
    let (id, actor, now) = (request.id, actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let before = checklists::read(tx, request.id)?;
        let checklist = Checklist {
            id: request.id,
            unit,
            place: before
                .as_ref()
                .map_or_else(|| request.place.clone(), |one| one.place.clone()),
            sort: before.as_ref().map_or(request.sort, |one| one.sort),
            version: before.as_ref().map_or(0, |one| one.version) + 1,
            names: request.names.clone(),
            lines: request.lines.clone(),
            closed_at: None,
        };
        if let Some(before) = &before {
            if post_for(&actor, Action::RoundsKeep, &before.place).is_err() {
                return Err(Refusal::NotFound(Thing::Checklist).into());
            }
            // Sent again: it says so already.
            if before.names == checklist.names && before.lines == checklist.lines {
                return Ok(());
            }
            let version = before.version;
            if request.version.is_some_and(|seen| seen != version) || request.version.is_none() {
                return Err(Refusal::Stale { version }.into());
            }
        }
        good_place(tx, &checklist.place)?;
        // --- everything is checked; from here on we write ---
        match before {
            Some(_) => checklists::insert_version(tx, &checklist, now)?,
            None => checklists::insert(tx, &checklist, now)?,
        }
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

fn faults(request: &Request) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let is_long = |names: &Names, max: usize| {
        let mut names = names.0.values();
        names.any(|name| name.chars().count() > max)
    };
    if request.names.is_empty() {
        faults.push(FieldFault::new("name", "fault-required"));
    }
    if is_long(&request.names, NAME_CHARS_MAX) {
        faults.push(FieldFault::new("name", "fault-too-long").with("max", NAME_CHARS_MAX));
    }
    let lines = &request.lines;
    if lines.is_empty() || lines.iter().any(|line| line.check.is_empty()) {
        faults.push(FieldFault::new("lines", "fault-required"));
    }
    if lines.len() > LINES_MAX {
        faults.push(FieldFault::new("lines", "fault-too-many").with("max", LINES_MAX));
    }
    let too_long = |line: &Line| {
        let texts = [Some(&line.check), line.right.as_ref(), line.wrong.as_ref()];
        texts
            .into_iter()
            .flatten()
            .any(|text| is_long(text, CHECK_CHARS_MAX))
            || line.code.chars().count() > CODE_CHARS_MAX
            || line.weight.chars().count() > CODE_CHARS_MAX
    };
    if lines.iter().any(too_long) {
        faults.push(FieldFault::new("lines", "fault-too-long").with("max", CHECK_CHARS_MAX));
    }
    let codes: BTreeSet<&str> = lines.iter().map(|line| line.code.as_str()).collect();
    if codes.len() != lines.len() || codes.contains("") {
        faults.push(FieldFault::new("lines", "fault-line-codes"));
    }
    faults
}
