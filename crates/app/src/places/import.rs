//! Bring places in from a CSV or GeoJSON file: the official divisions (streets, then
//! communities and villages, 9 and 12 digits), or anything below them.
//!
//! Columns: `code`, `name` (Chinese) or `name_<language>`, and `shape` (GeoJSON); the features
//! of a GeoJSON file have the same as properties and their geometry. Places are known by their
//! codes, because names repeat. A county or prefecture that the file does not name gets a name
//! made from its code, until somebody gives it a better one.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::geo::System;
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_store::{Tx, place_changes, places};

use super::put::{good_names, good_shape};
use super::{cover, features, shelf};
use crate::administration::{Record, permit};
use crate::import::{Became, LineFault, Mode, Report, Row, Table, too_large};
use crate::{App, Error, Refusal};

/// What one line asks for.
#[derive(Debug, Clone)]
struct Wanted {
    place: Place,
    fault: LineFault,
}

/// Whether to write, and in which system the coordinates are.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    pub mode: Mode,
    pub system: System,
}

pub async fn import(
    app: &App,
    actor: &Actor,
    files: &[&[u8]],
    Manner { mode, system }: Manner,
) -> Result<Report, Error> {
    permit(actor, Action::PlacesEdit)?;
    let mut report = Report::default();
    let read = match files.iter().any(|bytes| features::are_features(bytes)) {
        true => read_features(files, system, &mut report)?,
        false => {
            let table = Table::read(files, &mut report)?;
            table.need(&["code"])?;
            read_table(&table, system, &mut report)
        }
    };
    let wanted = Arc::new(read);
    let record = Record::new(app, actor, "places-imported", "places");
    if mode == Mode::DryRun {
        let judge = move |tx: &mut Tx<'_>| judge(tx, &wanted, report).map(|(report, _)| report);
        return app.store.read(judge).await.map_err(Error::from);
    }
    let write = move |tx: &mut Tx<'_>| {
        let (report, places) = judge(tx, &wanted, report.clone())?;
        // --- everything is checked; from here on we write ---
        for place in &places {
            places::put(tx, place)?;
        }
        if !places.is_empty() {
            shelf::touch(tx)?;
        }
        record.clone().shaped(&report.shape()).keep(tx)?;
        Ok::<_, Error>(report)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// The lines that can be understood, the widest places first.
fn read_table(table: &Table, system: System, report: &mut Report) -> Vec<Wanted> {
    let mut found = Vec::new();
    for row in table.rows() {
        match read_row(table, row, system) {
            Ok(place) => found.push(Wanted {
                place,
                fault: table.fault(row, "code", "fault-no-parent"),
            }),
            Err(fault) => report.faults.push(fault),
        }
    }
    in_order(found, report)
}

/// The features that can be understood, the widest places first.
fn read_features(
    files: &[&[u8]],
    system: System,
    report: &mut Report,
) -> Result<Vec<Wanted>, Refusal> {
    too_large(files)?;
    let mut found = Vec::new();
    for (file, bytes) in files.iter().enumerate() {
        for feature in features::read(file, bytes, system)? {
            report.lines += 1;
            match feature {
                Ok((line, place)) => found.push(Wanted {
                    fault: LineFault {
                        file,
                        line,
                        column: "code".to_owned(),
                        value: place.code.to_string(),
                        key: "fault-no-parent",
                        args: Vec::new(),
                    },
                    place,
                }),
                Err(fault) => report.faults.push(fault),
            }
        }
    }
    Ok(in_order(found, report))
}

/// Without those that stand there twice.
fn in_order(found: Vec<Wanted>, report: &mut Report) -> Vec<Wanted> {
    let mut seen = HashSet::new();
    let mut wanted = Vec::with_capacity(found.len());
    for one in found {
        match seen.insert(one.place.code.clone()) {
            true => wanted.push(one),
            false => report.faults.push(LineFault {
                key: "fault-line-twice",
                ..one.fault
            }),
        }
    }
    wanted.sort_by_key(|wanted| {
        (
            wanted.place.code.level(),
            wanted.fault.file,
            wanted.fault.line,
        )
    });
    wanted
}

fn read_row(table: &Table, row: &Row, system: System) -> Result<Place, LineFault> {
    let code: PlaceCode = table
        .get(row, "code")
        .parse()
        .map_err(|_| table.fault(row, "code", "fault-code"))?;
    let names =
        good_names(table.names(row)).map_err(|_| table.fault(row, "name", "fault-no-name"))?;
    let shape = match table.get(row, "shape") {
        "" => None,
        text => {
            let shape = good_shape(text, system);
            Some(shape.map_err(|fault| table.fault(row, "shape", fault.key()))?)
        }
    };
    Ok(Place {
        code,
        names,
        shape,
        closed_at: None,
    })
}

/// Compares with what is known: the full report, and the places to write.
fn judge(
    tx: &mut Tx<'_>,
    wanted: &[Wanted],
    mut report: Report,
) -> Result<(Report, Vec<Place>), Error> {
    let mut writes: BTreeMap<PlaceCode, Place> = BTreeMap::new();
    for Wanted { place, fault } in wanted {
        if !prepare_above(tx, &place.code, &mut writes)? {
            report.faults.push(fault.clone());
            continue;
        }
        let known = places::read(tx, &place.code)?;
        let is_closed = known
            .as_ref()
            .is_some_and(|known| known.closed_at.is_some());
        if is_closed && place_changes::has_heirs(tx, &place.code)? {
            report.faults.push(LineFault {
                key: "fault-place-became",
                ..fault.clone()
            });
            continue;
        }
        let place = merged(place, known.as_ref());
        let became = Became::of(known.as_ref(), &place);
        report.note(became);
        if became != Became::Unchanged {
            writes.insert(place.code.clone(), place);
        }
    }
    report.in_order();
    report.warnings = cover::of_changes(tx, &writes)?;
    Ok((report, writes.into_values().collect()))
}

/// What the line says, and of what it does not say what was known.
fn merged(place: &Place, known: Option<&Place>) -> Place {
    let mut place = place.clone();
    if let Some(known) = known {
        place.shape = place.shape.or_else(|| known.shape.clone());
        for (lang, name) in &known.names.0 {
            place
                .names
                .0
                .entry(lang.clone())
                .or_insert_with(|| name.clone());
        }
    }
    place
}

/// Whether the place has somewhere to lie; counties and prefectures are made if need be.
fn prepare_above(
    tx: &mut Tx<'_>,
    code: &PlaceCode,
    writes: &mut BTreeMap<PlaceCode, Place>,
) -> Result<bool, Error> {
    let above: Vec<PlaceCode> = code.with_ancestors().into_iter().skip(1).rev().collect();
    let mut missing = Vec::new();
    for code in above {
        if writes.contains_key(&code) || places::read(tx, &code)?.is_some() {
            continue;
        }
        if code.level() > Level::County {
            return Ok(false);
        }
        missing.push(code);
    }
    for code in missing {
        let place = Place {
            names: made_names(&code),
            code: code.clone(),
            shape: None,
            closed_at: None,
        };
        writes.insert(code, place);
    }
    Ok(true)
}

fn made_names(code: &PlaceCode) -> Names {
    match code.level() {
        Level::Prefecture => Names::both(&format!("{code} 地区"), &format!("Prefecture {code}")),
        _ => Names::both(&format!("{code} 县（市、区）"), &format!("County {code}")),
    }
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;
