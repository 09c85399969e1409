//! Bring doors in from a CSV file. Columns: `place` (the code) and `door`. A file in which any line
//! is bad is refused whole; the same file twice adds nothing.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashSet};

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::FieldFault;
use huiyin_domain::household::{Door, Household};
use huiyin_domain::id::HouseholdId;
use huiyin_domain::place::PlaceCode;
use huiyin_store::{Tx, households, places};

use super::{good_door, post_at};
use crate::administration::{Record, permit};
use crate::import::{Became, LineFault, Mode, Report, Row, Table};
use crate::{App, Error, Refusal};

/// So many lines are one file.
pub const LINES_MAX: usize = 5_000;

/// What one line asks for.
#[derive(Debug, Clone)]
struct Wanted {
    place: PlaceCode,
    door: Door,
    /// What to say if the place is none of the actor's.
    elsewhere: LineFault,
}

pub async fn import(
    app: &App,
    actor: &Actor,
    files: &[&[u8]],
    mode: Mode,
) -> Result<Report, Error> {
    permit(actor, Action::HouseholdsKeep)?;
    let mut report = Report::default();
    let table = Table::read(files, &mut report)?;
    table.need(&["place", "door"])?;
    if report.lines > LINES_MAX {
        let fault = FieldFault::new("file", "fault-lines-many").with("max", LINES_MAX);
        return Err(Refusal::Invalid(vec![fault]).into());
    }
    let wanted = read_table(&table, &mut report);
    let record = Record::new(app, actor, "households-imported", "households");
    let (inner, actor) = (app.clone(), actor.clone());
    if mode == Mode::DryRun {
        let read = move |tx: &mut Tx<'_>| {
            let judged = judge(tx, (&actor, &wanted), (report, mode))?;
            Ok::<_, Error>(judged.0)
        };
        return app.store.read(read).await.map_err(Error::from);
    }
    let write = move |tx: &mut Tx<'_>| {
        let (report, fresh) = judge(tx, (&actor, &wanted), (report.clone(), mode))?;
        if !report.faults.is_empty() {
            return Ok(report);
        }
        // --- everything is checked; from here on we write ---
        for (place, door) in fresh {
            let household = Household {
                id: HouseholdId::from_raw(inner.mint()),
                place,
                door,
                closed_at: None,
            };
            households::insert_if_new(tx, &household, inner.now())?;
        }
        record.clone().shaped(&report.shape()).keep(tx)?;
        Ok::<_, Error>(report)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// The lines that can be understood, without those that stand there twice.
fn read_table(table: &Table, report: &mut Report) -> Vec<Wanted> {
    let mut seen = HashSet::new();
    let mut wanted = Vec::new();
    for row in table.rows() {
        match read_row(table, row) {
            Ok(one) if seen.insert((one.place.clone(), one.door.sorted())) => wanted.push(one),
            Ok(_) => {
                let fault = table.fault(row, "door", "fault-household-twice");
                report.faults.push(fault);
            }
            Err(fault) => report.faults.push(fault),
        }
    }
    wanted
}

fn read_row(table: &Table, row: &Row) -> Result<Wanted, LineFault> {
    let place = table.get(row, "place").parse();
    let place = place.map_err(|_| table.fault(row, "place", "fault-code"))?;
    let door = good_door(table.get(row, "door")).map_err(|fault| LineFault {
        args: fault.words(),
        ..table.fault(row, "door", fault.key)
    })?;
    Ok(Wanted {
        place,
        door,
        elsewhere: table.fault(row, "place", "fault-household-place"),
    })
}

type Fresh = Vec<(PlaceCode, Door)>;

/// Compares with what is known: the full report, and the doors to write.
fn judge(
    tx: &mut Tx<'_>,
    (actor, wanted): (&Actor, &[Wanted]),
    (mut report, mode): (Report, Mode),
) -> Result<(Report, Fresh), Error> {
    let mut fresh = Vec::new();
    // The doors that each place has; none for a place that is not the actor's.
    let mut known: BTreeMap<&PlaceCode, Option<HashSet<String>>> = BTreeMap::new();
    for one in wanted {
        let doors = match known.entry(&one.place) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(doors(tx, actor, (&one.place, mode))?),
        };
        match doors {
            None => report.faults.push(one.elsewhere.clone()),
            Some(doors) if doors.contains(&one.door.sorted()) => report.note(Became::Unchanged),
            Some(_) => {
                report.note(Became::Added);
                fresh.push((one.place.clone(), one.door.clone()));
            }
        }
    }
    report.in_order();
    Ok((report, fresh))
}

/// The doors that a place has, as they are told apart; none when it is closed, or no place of the
/// actor's.
fn doors(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (place, mode): (&PlaceCode, Mode),
) -> Result<Option<HashSet<String>>, Error> {
    if post_at(actor, Action::HouseholdsKeep, place).is_err() || !is_open(tx, place, mode)? {
        return Ok(None);
    }
    let doors = households::of_place(tx, place)?.into_iter();
    Ok(Some(doors.map(|one| one.door.sorted()).collect()))
}

/// Whether a place is open; nobody closes it while doors are written.
fn is_open(tx: &mut Tx<'_>, place: &PlaceCode, mode: Mode) -> Result<bool, Error> {
    match mode {
        Mode::Real => Ok(places::lock(tx, place)?),
        Mode::DryRun => {
            let found = places::read(tx, place)?;
            Ok(found.is_some_and(|place| place.closed_at.is_none()))
        }
    }
}
