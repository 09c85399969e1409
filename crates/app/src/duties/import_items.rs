//! Bring items in from a CSV file.
//!
//! Columns: `code` (`heating.indoor`), `name` (Chinese) or `name_<language>`, and
//! `keywords`, separated by semicolons, commas or spaces. An item is known by its code.

use std::collections::HashSet;
use std::sync::Arc;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::unit::{Item, ItemCode};
use huiyin_store::{Tx, duties};

use super::item::good_keywords;
use crate::administration::{Record, permit};
use crate::atlas::AtlasShelf;
use crate::import::{Became, LineFault, Mode, Report, Row, Table};
use crate::places::put::good_names;
use crate::{App, Error};

pub async fn import(
    app: &App,
    actor: &Actor,
    files: &[&[u8]],
    mode: Mode,
) -> Result<Report, Error> {
    permit(actor, Action::DutiesEdit)?;
    let mut report = Report::default();
    let table = Table::read(files, &mut report)?;
    table.need(&["code"])?;
    let mut seen = HashSet::new();
    let mut items = Vec::new();
    for row in table.rows() {
        match read_row(&table, row) {
            Ok(item) if !seen.insert(item.code.clone()) => {
                report
                    .faults
                    .push(table.fault(row, "code", "fault-line-twice"));
            }
            Ok(item) => items.push(item),
            Err(fault) => report.faults.push(fault),
        }
    }
    report.in_order();
    let items = Arc::new(items);
    let record = Record::new(app, actor, "items-imported", "items");
    if mode == Mode::DryRun {
        let judge = move |tx: &mut Tx<'_>| judge(tx, &items, report).map(|(report, _)| report);
        return app.store.read(judge).await.map_err(Error::from);
    }
    let write = move |tx: &mut Tx<'_>| {
        let (report, items) = judge(tx, &items, report.clone())?;
        // --- everything is checked; from here on we write ---
        for item in &items {
            duties::put_item(tx, item)?;
        }
        AtlasShelf::touch(tx)?;
        record.clone().shaped(&report.shape()).keep(tx)?;
        Ok::<_, Error>(report)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

fn read_row(table: &Table, row: &Row) -> Result<Item, LineFault> {
    let code: ItemCode = table
        .get(row, "code")
        .parse()
        .map_err(|_| table.fault(row, "code", "fault-item-code"))?;
    let names =
        good_names(table.names(row)).map_err(|_| table.fault(row, "name", "fault-no-name"))?;
    let words = table.get(row, "keywords");
    Ok(Item {
        code,
        names,
        keywords: good_keywords(words.split([';', '；', ',', '，', '、', '|', ' ', '\n'])),
        closed_at: None,
    })
}

/// Compares with what is known: the full report, and the items to write.
fn judge(
    tx: &mut Tx<'_>,
    wanted: &[Item],
    mut report: Report,
) -> Result<(Report, Vec<Item>), Error> {
    let mut changed = Vec::new();
    for item in wanted {
        let known = duties::read_item(tx, &item.code)?;
        let item = Item {
            closed_at: known.as_ref().and_then(|known| known.closed_at),
            ..item.clone()
        };
        let became = Became::of(known.as_ref(), &item);
        report.note(became);
        if became != Became::Unchanged {
            changed.push(item);
        }
    }
    Ok((report, changed))
}
