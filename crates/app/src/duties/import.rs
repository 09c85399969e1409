//! Bring the duty list in from a CSV file.
//!
//! Columns: `item` (its code), `place` (its code), `unit` (name or id), `assisting` (names
//! or ids, separated by semicolons), `limit` (`30m`, `4h`, `3d`). A line is known by item
//! and place. Where several units have one name, the one nearest around the place is meant.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::calendar::Span;
use huiyin_domain::id::UnitId;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::unit::{Duty, ItemCode, Unit};
use huiyin_store::{Tx, duties, units};

use super::{limit, put};
use crate::administration::{Record, permit};
use crate::atlas::AtlasShelf;
use crate::import::{Became, LineFault, Mode, Report, Row, Table};
use crate::{App, Error};

/// What one line asks for.
#[derive(Debug, Clone)]
struct Wanted {
    item: ItemCode,
    place: PlaceCode,
    unit: String,
    assisting: Vec<String>,
    limit: Option<Span>,
    /// What to say when a column names something that is not there.
    faults: HashMap<&'static str, LineFault>,
}

pub async fn import(
    app: &App,
    actor: &Actor,
    files: &[&[u8]],
    mode: Mode,
) -> Result<Report, Error> {
    permit(actor, Action::DutiesEdit)?;
    let mut report = Report::default();
    let table = Table::read(files, &mut report)?;
    table.need(&["item", "place", "unit"])?;
    let mut seen = HashSet::new();
    let mut wanted = Vec::new();
    for row in table.rows() {
        match read_row(&table, row) {
            Ok(one) if !seen.insert((one.item.clone(), one.place.clone())) => {
                report
                    .faults
                    .push(table.fault(row, "item", "fault-line-twice"));
            }
            Ok(one) => wanted.push(one),
            Err(fault) => report.faults.push(fault),
        }
    }
    let wanted = Arc::new(wanted);
    let record = Record::new(app, actor, "duties-imported", "duties");
    if mode == Mode::DryRun {
        let judge = move |tx: &mut Tx<'_>| judge(tx, &wanted, report).map(|(report, _)| report);
        return app.store.read(judge).await.map_err(Error::from);
    }
    let write = move |tx: &mut Tx<'_>| {
        let (report, duties) = judge(tx, &wanted, report.clone())?;
        // --- everything is checked; from here on we write ---
        for duty in &duties {
            duties::put(tx, duty)?;
        }
        AtlasShelf::touch(tx)?;
        record.clone().shaped(&report.shape()).keep(tx)?;
        Ok::<_, Error>(report)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

fn read_row(table: &Table, row: &Row) -> Result<Wanted, LineFault> {
    let item = table
        .get(row, "item")
        .parse()
        .map_err(|_| table.fault(row, "item", "fault-item-code"))?;
    let place = table
        .get(row, "place")
        .parse()
        .map_err(|_| table.fault(row, "place", "fault-code"))?;
    let limit = match table.get(row, "limit") {
        "" => None,
        text => Some(limit::span(text).ok_or_else(|| table.fault(row, "limit", "fault-limit"))?),
    };
    let named = |text: &str| text.trim().to_owned();
    Ok(Wanted {
        item,
        place,
        unit: named(table.get(row, "unit")),
        assisting: table
            .get(row, "assisting")
            .split([';', '；', '、', '|'])
            .map(named)
            .filter(|name| !name.is_empty())
            .collect(),
        limit,
        faults: ["item", "place", "unit", "assisting", "limit"]
            .into_iter()
            .map(|column| (column, table.fault(row, column, "fault-unknown")))
            .collect(),
    })
}

/// Compares with what is known: the full report, and the lines to write.
fn judge(
    tx: &mut Tx<'_>,
    wanted: &[Wanted],
    mut report: Report,
) -> Result<(Report, Vec<Duty>), Error> {
    let all = units::read_all(tx)?;
    let known: HashMap<(ItemCode, PlaceCode), Duty> = duties::read_all(tx)?
        .into_iter()
        .map(|duty| ((duty.item.clone(), duty.place.clone()), duty))
        .collect();
    let mut changed = Vec::new();
    for one in wanted {
        let duty = match resolve(&all, one) {
            Ok(duty) => duty,
            Err(column) => {
                report.faults.push(one.faults[column].clone());
                continue;
            }
        };
        if let Some(fault) = put::faults(tx, &duty)?.first() {
            report
                .faults
                .extend(one.faults.get(fault.field.as_str()).cloned());
            continue;
        }
        let became = Became::of(known.get(&(duty.item.clone(), duty.place.clone())), &duty);
        report.note(became);
        if became != Became::Unchanged {
            changed.push(duty);
        }
    }
    report.in_order();
    Ok((report, changed))
}

/// The line with its units found, or the column that names none.
fn resolve(all: &[Unit], one: &Wanted) -> Result<Duty, &'static str> {
    let assisting: Option<Vec<UnitId>> = one
        .assisting
        .iter()
        .map(|name| unit(all, name, &one.place))
        .collect();
    Ok(Duty {
        item: one.item.clone(),
        place: one.place.clone(),
        unit: unit(all, &one.unit, &one.place).ok_or("unit")?,
        assisting: assisting.ok_or("assisting")?,
        limit: one.limit,
    })
}

fn unit(all: &[Unit], name: &str, place: &PlaceCode) -> Option<UnitId> {
    if let Ok(id) = name.parse::<UnitId>() {
        return Some(id);
    }
    let named =
        |unit: &&Unit| unit.closed_at.is_none() && unit.names.0.values().any(|known| known == name);
    let mut fitting: Vec<&Unit> = all.iter().filter(named).collect();
    if fitting.len() > 1 {
        fitting.retain(|unit| place.is_within(&unit.place));
        fitting.sort_by_key(|unit| std::cmp::Reverse(unit.place.as_str().len()));
    }
    match fitting[..] {
        [one] => Some(one.id),
        [first, second, ..] if first.place != second.place => Some(first.id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duties::{import_items, item, list};
    use crate::testing::{UNIT, actor, benches};
    use huiyin_domain::person::Role;

    const ITEMS: &str = "code,name,name_en,keywords\n\
        heating,供热,Heating,\n\
        heating.indoor,室内不热,Cold rooms,暖气；不热;暖气\n\
        Heating,坏码,,\n\
        water,,,\n";
    const DUTIES: &str = "item,place,unit,assisting,limit\n\
        heating,6529,阳光社区,,3d\n\
        heating.indoor,652901001,Sunshine community,,24h\n\
        heating.indoor,652901001,阳光社区,,\n\
        heating,652901,没有的单位,,\n\
        heating,9999,阳光社区,,\n\
        roads,6529,阳光社区,,\n\
        heating,652901001001,阳光社区,,soon\n\
        heating.indoor,652901,阳光社区,阳光社区,\n";

    #[tokio::test]
    async fn items_and_duties_come_in_once() {
        for bench in benches() {
            let app = &bench.app;
            let office = actor(Role::Office);
            let items = import_items::import(app, &office, &[ITEMS.as_bytes()], Mode::Real)
                .await
                .unwrap();
            assert_eq!((items.added, items.faults.len()), (2, 2));
            let again = import_items::import(app, &office, &[ITEMS.as_bytes()], Mode::Real)
                .await
                .unwrap();
            assert_eq!((again.added, again.unchanged), (0, 2));

            let dry = import(app, &office, &[DUTIES.as_bytes()], Mode::DryRun)
                .await
                .unwrap();
            assert!(list::list(app).await.unwrap().duties.is_empty());
            let real = import(app, &office, &[DUTIES.as_bytes()], Mode::Real)
                .await
                .unwrap();
            assert_eq!(dry, real);
            assert_eq!(real.added, 2);
            let told: Vec<(u64, &str, &str)> = real
                .faults
                .iter()
                .map(|fault| (fault.line, fault.column.as_str(), fault.key))
                .collect();
            assert_eq!(
                told,
                [
                    (4, "item", "fault-line-twice"),
                    (5, "unit", "fault-unknown"),
                    (6, "place", "fault-unknown"),
                    (7, "item", "fault-unknown"),
                    (8, "limit", "fault-limit"),
                    (9, "assisting", "fault-unknown"),
                ]
            );
            let again = import(app, &office, &[DUTIES.as_bytes()], Mode::Real)
                .await
                .unwrap();
            assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 2));

            let lists = list::list(app).await.unwrap();
            assert_eq!(lists.items[1].keywords, ["暖气", "不热"]);
            assert_eq!(lists.duties[0].unit, UNIT);
            assert_eq!(lists.duties[1].limit, "1d".parse().ok());
            item::close(app, &office, "heating".parse().unwrap())
                .await
                .unwrap();
            let (item, place) = ("heating".parse().unwrap(), "6529".parse().unwrap());
            crate::duties::remove::remove(app, &office, item, place)
                .await
                .unwrap();
            let lists = list::list(app).await.unwrap();
            assert!(lists.items[0].closed_at.is_some());
            assert_eq!(lists.duties.len(), 1);
            let refused = import(
                app,
                &actor(Role::Community),
                &[b"item,place,unit\n"],
                Mode::Real,
            )
            .await;
            assert!(refused.is_err());
        }
    }
}
