//! Bring places in from a CSV or GeoJSON file: the official divisions (streets, then
//! communities and villages, 9 and 12 digits), or anything below them.
//!
//! Columns: `code`, `name` (Chinese) or `name_<language>`, and `shape` (GeoJSON); the features
//! of a GeoJSON file have the same as properties and their geometry. Places are known by their codes, because names repeat. A county or prefecture that the file
//! does not name gets a name made from its code, until somebody gives it a better one.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::geo::System;
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, Place, PlaceCode};
use huiyin_store::{Tx, places};

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
        shelf::touch(tx)?;
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
mod tests {
    use super::*;
    use crate::testing::{Bench, actor, benches};
    use huiyin_domain::person::Role;

    async fn run(bench: &Bench, text: &str, mode: Mode) -> Report {
        let office = actor(Role::Office);
        let manner = Manner {
            mode,
            system: System::Wgs84,
        };
        import(&bench.app, &office, &[text.as_bytes()], manner)
            .await
            .unwrap()
    }

    async fn count(bench: &Bench) -> i64 {
        bench.app.store.read(places::count).await.unwrap()
    }

    const FILE: &str = "code,name,name_en,shape\n\
        652302001002,西街社区,West street,\n\
        652302001,宁边路街道,,\n\
        652302001001,,,\n\
        nonsense,x,,\n\
        652302009001,没有街道的村,,\n\
        652302001,又一次,,\n\
        652302001003,带形状,,\"{\"\"type\"\":\"\"Point\"\",\"\"coordinates\"\":[1,2]}\"\n\
        652302001004,坏形状,,<svg>\n";

    #[tokio::test]
    async fn every_bad_line_is_told_and_the_rest_comes_in_once() {
        for bench in benches() {
            let before = count(&bench).await;
            let dry = run(&bench, FILE, Mode::DryRun).await;
            assert_eq!(count(&bench).await, before);
            let real = run(&bench, FILE, Mode::Real).await;
            assert_eq!(dry, real);
            assert_eq!((real.lines, real.added, real.changed), (8, 3, 0));
            let told: Vec<(u64, &str)> = real
                .faults
                .iter()
                .map(|fault| (fault.line, fault.key))
                .collect();
            assert_eq!(
                told,
                [
                    (4, "fault-no-name"),
                    (5, "fault-code"),
                    (6, "fault-no-parent"),
                    (7, "fault-line-twice"),
                    (9, "fault-shape"),
                ]
            );
            // The county 652302 was made; its prefecture too.
            assert_eq!(count(&bench).await, before + 5);
            let again = run(&bench, FILE, Mode::Real).await;
            assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 3));
            assert_eq!(count(&bench).await, before + 5);

            let renamed = "code,name\n652302001002,新西街社区\n";
            assert_eq!(run(&bench, renamed, Mode::Real).await.changed, 1);
            let found = super::super::look::search(&bench.app, "新西街".into())
                .await
                .unwrap();
            assert_eq!(found[0].place.names.in_lang("en"), "West street");
            let path: Vec<String> = found[0]
                .path
                .iter()
                .map(|place| place.code.to_string())
                .collect();
            assert_eq!(path, ["6523", "652302", "652302001"]);
        }
    }

    fn feature(code: &str, name: &str, ring: &[[f64; 2]]) -> serde_json::Value {
        serde_json::json!({
            "type": "Feature",
            "properties": { "code": code, "name": name, "name_en": "x" },
            "geometry": { "type": "Polygon", "coordinates": [ring] },
        })
    }

    fn boxed(west: f64, east: f64) -> Vec<[f64; 2]> {
        let corners = [(west, 41.0), (east, 41.0), (east, 41.01), (west, 41.01)];
        let ring = corners.iter().chain(&corners[..1]);
        ring.map(|&(lon, lat)| [lon, lat]).collect()
    }

    #[tokio::test]
    async fn geojson_comes_in_once_and_gaps_and_overlaps_are_said() {
        let mut open = boxed(80.0, 80.01);
        open.pop();
        let features = [
            feature("652901001001", "阳光社区", &boxed(80.0, 80.03)),
            feature("652901001001001", "一网格", &boxed(80.0, 80.011)),
            feature("652901001001002", "二网格", &boxed(80.01, 80.02)),
            feature("652901001001003", "三网格", &open),
            feature("nonsense", "x", &boxed(80.0, 80.01)),
            feature("652901001001002", "又一次", &boxed(80.0, 80.01)),
            feature("652901009001001", "没有社区", &boxed(80.0, 80.01)),
        ];
        let file = serde_json::json!({ "type": "FeatureCollection", "features": features });
        let file = file.to_string();
        for bench in benches() {
            let before = count(&bench).await;
            let dry = run(&bench, &file, Mode::DryRun).await;
            assert_eq!(count(&bench).await, before);
            let real = run(&bench, &file, Mode::Real).await;
            assert_eq!(dry, real);
            assert_eq!((real.lines, real.added, real.changed), (7, 2, 1));
            let faults = real.faults.iter().map(|fault| (fault.line, fault.key));
            let told: Vec<(u64, &str)> = faults.collect();
            assert_eq!(
                told,
                [
                    (4, "fault-shape-not-closed"),
                    (5, "fault-code"),
                    (6, "fault-line-twice"),
                    (7, "fault-no-parent"),
                ]
            );
            let warnings = real.warnings.iter().map(super::super::cover::Warning::key);
            let warned: Vec<&str> = warnings.collect();
            assert_eq!(warned, ["land-gap", "land-overlap"]);
            // A thousandth of a degree wide, a hundredth high.
            let shared = real.warnings[1].finding.area_m2();
            assert!((80_000.0..110_000.0).contains(&shared), "{shared}");
            let again = run(&bench, &file, Mode::Real).await;
            assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 3));

            let office = actor(Role::Office);
            let within = Some("652901001001".parse().unwrap());
            let sent = features::export(&bench.app, &office, within).await.unwrap();
            assert_eq!(sent["features"].as_array().unwrap().len(), 3);
            let back = run(&bench, &sent.to_string(), Mode::Real).await;
            assert_eq!((back.unchanged, back.faults.len()), (3, 0));
        }
    }

    #[tokio::test]
    async fn what_is_no_collection_is_refused_whole() {
        for bench in benches() {
            let office = actor(Role::Office);
            for text in [
                "{",
                "{\"type\":\"Feature\"}",
                "{\"type\":\"FeatureCollection\"}",
            ] {
                let manner = Manner {
                    mode: Mode::Real,
                    system: System::Wgs84,
                };
                let refused = import(&bench.app, &office, &[text.as_bytes()], manner).await;
                assert!(matches!(refused, Err(Error::Refused(_))), "{text}");
            }
        }
    }

    #[tokio::test]
    async fn the_three_prefectures_come_in_whole() {
        let folder = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/data/divisions"
        );
        let mut texts = Vec::new();
        for prefecture in ["1501", "6523", "6529"] {
            // The villages first: what they lie in stands in a later file.
            for list in ["villages", "streets"] {
                let Ok(text) = std::fs::read(format!("{folder}/{prefecture}_{list}.csv")) else {
                    return; // The real lists are not part of the project.
                };
                texts.push(text);
            }
        }
        let files: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
        for bench in benches() {
            let before = count(&bench).await;
            let office = actor(Role::Office);
            let system = System::Wgs84;
            let run = |mode| import(&bench.app, &office, &files, Manner { mode, system });
            let dry = run(Mode::DryRun).await.unwrap();
            assert_eq!(count(&bench).await, before);
            let real = run(Mode::Real).await.unwrap();
            assert_eq!(dry, real);
            assert_eq!(real.faults, []);
            let lines = real.lines;
            assert_eq!(lines, 99 + 1_396 + 106 + 926 + 114 + 1_340);
            assert_eq!(real.added + real.changed, lines);
            assert_eq!(run(Mode::Real).await.unwrap().unchanged, lines);
            // Four of the bench's places are real ones of 6529.
            let counties = 10 + 7 + 9;
            let made = i64::try_from(lines).unwrap() + counties + 3;
            assert_eq!(count(&bench).await, before + made - 4);
        }
    }
}
