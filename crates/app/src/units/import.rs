//! Bring units in from a CSV file.
//!
//! Columns: `name` (Chinese) or `name_<language>`, `category`, `place`, and if wanted
//! `parent` (the name of another unit) and `id` (to rename a unit). A unit is known again
//! by its id, else by category, place and Chinese (or first) name.

use std::collections::HashMap;
use std::sync::Arc;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::id::UnitId;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::unit::{Unit, UnitCategory};
use huiyin_store::{Tx, places, units};

use crate::administration::{Record, permit};
use crate::atlas::AtlasShelf;
use crate::import::{Became, LineFault, Mode, Report, Row, Table};
use crate::places::put::good_names;
use crate::{App, Error};

/// What one line asks for.
#[derive(Debug, Clone)]
struct Wanted {
    /// With the id it gets if it is new.
    unit: Unit,
    given_id: Option<UnitId>,
    parent: String,
    no_place: LineFault,
    no_parent: LineFault,
    no_unit: LineFault,
}

pub async fn import(
    app: &App,
    actor: &Actor,
    files: &[&[u8]],
    mode: Mode,
) -> Result<Report, Error> {
    permit(actor, Action::UnitsEdit)?;
    let mut report = Report::default();
    let table = Table::read(files, &mut report)?;
    table.need(&["category", "place"])?;
    let mut wanted = Vec::new();
    for row in table.rows() {
        let id = UnitId::from_raw(app.mint());
        match read_row(&table, row, id) {
            Ok(one) => wanted.push(one),
            Err(fault) => report.faults.push(fault),
        }
    }
    let wanted = Arc::new(wanted);
    let record = Record::new(app, actor, "units-imported", "units");
    if mode == Mode::DryRun {
        let judge = move |tx: &mut Tx<'_>| judge(tx, &wanted, report).map(|(report, _)| report);
        return app.store.read(judge).await.map_err(Error::from);
    }
    let write = move |tx: &mut Tx<'_>| {
        let (report, units) = judge(tx, &wanted, report.clone())?;
        // --- everything is checked; from here on we write ---
        for unit in &units {
            units::put(tx, unit)?;
        }
        AtlasShelf::touch(tx)?;
        record.clone().shaped(&report.shape()).keep(tx)?;
        Ok::<_, Error>(report)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

fn read_row(table: &Table, row: &Row, id: UnitId) -> Result<Wanted, LineFault> {
    let names =
        good_names(table.names(row)).map_err(|_| table.fault(row, "name", "fault-no-name"))?;
    let category: UnitCategory = table
        .get(row, "category")
        .parse()
        .map_err(|()| table.fault(row, "category", "fault-category"))?;
    let place: PlaceCode = table
        .get(row, "place")
        .parse()
        .map_err(|_| table.fault(row, "place", "fault-code"))?;
    let given_id = match table.get(row, "id") {
        "" => None,
        text => Some(
            text.parse()
                .map_err(|_| table.fault(row, "id", "fault-unknown"))?,
        ),
    };
    Ok(Wanted {
        unit: Unit {
            id,
            category,
            names,
            place,
            parent: None,
            closed_at: None,
        },
        given_id,
        parent: table.get(row, "parent").to_owned(),
        no_place: table.fault(row, "place", "fault-unknown"),
        no_parent: table.fault(row, "parent", "fault-unknown"),
        no_unit: table.fault(row, "id", "fault-unknown"),
    })
}

/// By what a unit is known again.
type Likeness = (UnitCategory, PlaceCode, String);

fn likeness(unit: &Unit) -> Likeness {
    let name = unit.names.in_lang("zh").to_owned();
    (unit.category, unit.place.clone(), name)
}

/// What the house holds, and what the lines before this one add to it.
#[derive(Default)]
struct Known {
    units: HashMap<UnitId, Unit>,
    alike: HashMap<Likeness, UnitId>,
}

impl Known {
    fn read(tx: &mut Tx<'_>) -> Result<Self, Error> {
        let mut known = Self::default();
        for unit in units::read_all(tx)? {
            known.alike.entry(likeness(&unit)).or_insert(unit.id);
            known.units.insert(unit.id, unit);
        }
        Ok(known)
    }

    /// The one unit of this name that stands for a place around `unit`.
    fn parent(&self, name: &str, unit: &Unit) -> Option<UnitId> {
        let mut fitting = self.alike.iter().filter(|((_, place, known), id)| {
            known == name && **id != unit.id && unit.place.is_within(place)
        });
        let first = fitting.next().map(|(_, id)| *id);
        first.filter(|_| fitting.next().is_none())
    }
}

/// Compares with what is known: the full report, and the units to write, each after its
/// parent.
fn judge(
    tx: &mut Tx<'_>,
    wanted: &[Wanted],
    mut report: Report,
) -> Result<(Report, Vec<Unit>), Error> {
    let mut known = Known::read(tx)?;
    let mut lines: Vec<(UnitId, &Wanted)> = Vec::new();
    for one in wanted {
        if places::read(tx, &one.unit.place)?.is_none() {
            report.faults.push(one.no_place.clone());
            continue;
        }
        match one.given_id {
            Some(id) if !known.units.contains_key(&id) => {
                report.faults.push(one.no_unit.clone());
            }
            Some(id) => lines.push((id, one)),
            None => {
                let id = *known
                    .alike
                    .entry(likeness(&one.unit))
                    .or_insert(one.unit.id);
                lines.push((id, one));
            }
        }
    }
    let mut waiting = Vec::new();
    for (id, one) in lines {
        let old = known.units.get(&id);
        let mut unit = Unit {
            id,
            closed_at: old.and_then(|old| old.closed_at),
            parent: old.and_then(|old| old.parent),
            ..one.unit.clone()
        };
        if !one.parent.is_empty() {
            let Some(parent) = known.parent(&one.parent, &unit) else {
                report.faults.push(one.no_parent.clone());
                continue;
            };
            unit.parent = Some(parent);
        }
        waiting.push((unit, one));
    }
    let changed = in_order(waiting, &mut known, &mut report);
    report.in_order();
    Ok((report, changed))
}

/// Those that differ from what is known, parents first. Units that stand in a circle have
/// no first one and are left out.
fn in_order(
    mut waiting: Vec<(Unit, &Wanted)>,
    known: &mut Known,
    report: &mut Report,
) -> Vec<Unit> {
    let mut changed = Vec::new();
    loop {
        let before = waiting.len();
        waiting.retain(|(unit, _)| {
            let is_ready = unit
                .parent
                .is_none_or(|parent| known.units.contains_key(&parent));
            if is_ready {
                let became = Became::of(known.units.get(&unit.id), unit);
                report.note(became);
                if became != Became::Unchanged {
                    changed.push(unit.clone());
                }
                known.units.insert(unit.id, unit.clone());
            }
            !is_ready
        });
        if waiting.len() == before {
            break;
        }
    }
    report
        .faults
        .extend(waiting.iter().map(|(_, one)| one.no_parent.clone()));
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, actor, benches};
    use huiyin_domain::person::Role;

    async fn run(bench: &Bench, text: &str, mode: Mode) -> Report {
        let office = actor(Role::Office);
        import(&bench.app, &office, &[text.as_bytes()], mode)
            .await
            .unwrap()
    }

    const FILE: &str = "name,name_en,category,place,parent\n\
        供热科,Heating desk,department,652901,供热公司\n\
        供热公司,Heating company,department,6529,\n\
        阳光社区,Sunshine community,community,652901001001,\n\
        无处,Nowhere,department,9999,\n\
        无类,No sort,club,6529,\n\
        甲,A,department,6529,乙\n\
        乙,B,department,6529,甲\n\
        ,,department,6529,\n";

    #[tokio::test]
    async fn units_come_in_once_each_after_its_parent() {
        for bench in benches() {
            let real = run(&bench, FILE, Mode::Real).await;
            assert_eq!((real.lines, real.added, real.unchanged), (8, 2, 1));
            let told: Vec<(u64, &str)> = real
                .faults
                .iter()
                .map(|fault| (fault.line, fault.column.as_str()))
                .collect();
            let expected = [
                (5, "place"),
                (6, "category"),
                (7, "parent"),
                (8, "parent"),
                (9, "name"),
            ];
            assert_eq!(told, expected);
            let again = run(&bench, FILE, Mode::Real).await;
            assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 3));

            let all = super::super::list::list(&bench.app).await.unwrap();
            let desk = all
                .iter()
                .find(|unit| unit.names.in_lang("en") == "Heating desk")
                .unwrap();
            let company = all
                .iter()
                .find(|unit| Some(unit.id) == desk.parent)
                .unwrap();
            assert_eq!(company.names.in_lang("en"), "Heating company");

            let renamed = format!(
                "id,name,category,place\n{},供热处,department,652901\n",
                desk.id
            );
            let report = run(&bench, &renamed, Mode::DryRun).await;
            assert_eq!((report.changed, report.faults.len()), (1, 0));
        }
    }

    #[tokio::test]
    async fn a_unit_is_founded_for_each_place_once() {
        for bench in benches() {
            let office = actor(Role::Office);
            // 6529, 652901 and 652901001; the community has its unit already.
            assert_eq!(
                super::super::found::found(&bench.app, &office)
                    .await
                    .unwrap(),
                3
            );
            assert_eq!(
                super::super::found::found(&bench.app, &office)
                    .await
                    .unwrap(),
                0
            );
            let refused = super::super::found::found(&bench.app, &actor(Role::Security)).await;
            assert!(refused.is_err());
        }
    }
}
