//! Bring special days in from iCalendar files: the public holidays of any country.
//!
//! Every all-day event is a day off. A day is known by its date, so a file can be brought
//! in again and again; days that it no longer names stay until somebody takes them away.
//! Events that come back every year are written down up to [`YEARS_AHEAD`] years ahead.

use std::collections::BTreeMap;
use std::sync::Arc;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::calendar::{SpecialDay, Whose};
use huiyin_domain::case::Class;
use huiyin_store::{DbError, Tx, calendars};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{ics, put_day};
use crate::administration::{Record, permit};
use crate::almanac::AlmanacShelf;
use crate::import::{Became, Mode, Report, decode};
use crate::{App, Error, Refusal};

/// How far ahead days that repeat are written down.
pub const YEARS_AHEAD: i16 = 5;

/// Nobody has so many holidays.
const BYTES_MAX: usize = 4 * 1024 * 1024;

pub async fn import(
    app: &App,
    actor: &Actor,
    whose: Whose,
    files: &[&[u8]],
    mode: Mode,
) -> Result<Report, Error> {
    permit(actor, Action::PlacesEdit)?;
    if files.iter().map(|bytes| bytes.len()).sum::<usize>() > BYTES_MAX {
        let bytes_max = BYTES_MAX as u64;
        return Err(Refusal::TooLarge { bytes_max }.into());
    }
    let year = TimeZone::UTC.to_datetime(app.now()).year();
    let years = year - 1..=year.saturating_add(YEARS_AHEAD);
    let mut report = Report::default();
    let mut days: BTreeMap<Date, SpecialDay> = BTreeMap::new();
    for (file, bytes) in files.iter().enumerate() {
        let text = decode(bytes);
        if !text.to_ascii_uppercase().contains("BEGIN:VCALENDAR") {
            return Err(Refusal::rule(Class::Invalid, "import-no-calendar").into());
        }
        let (events, found) = ics::read(file, &text, &years, &mut report.faults);
        report.lines += events;
        days.extend(found);
    }
    report.in_order();
    let days: Result<Vec<SpecialDay>, Refusal> = days.into_values().map(put_day::good).collect();
    let days = Arc::new(days?);
    let record = Record::new(app, actor, "holidays-imported", &whose);
    if mode == Mode::DryRun {
        let judge = move |tx: &mut Tx<'_>| {
            put_day::known(tx, &whose)?;
            Ok::<_, Error>(judge(tx, &whose, &days, report)?.0)
        };
        return app.store.read(judge).await.map_err(Error::from);
    }
    let ids: Vec<i64> = days.iter().map(|_| app.mint()).collect();
    let write = move |tx: &mut Tx<'_>| {
        put_day::known(tx, &whose)?;
        let (report, changed) = judge(tx, &whose, &days, report.clone())?;
        // --- everything is checked; from here on we write ---
        for (id, day) in ids.iter().zip(&changed) {
            calendars::put_day(tx, *id, &whose, day)?;
        }
        if !changed.is_empty() {
            AlmanacShelf::touch(tx)?;
        }
        record.clone().shaped(&report.shape()).keep(tx)?;
        Ok::<_, Error>(report)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// Compares with what is known: the full report, and the days to write.
fn judge(
    tx: &mut Tx<'_>,
    whose: &Whose,
    days: &[SpecialDay],
    mut report: Report,
) -> Result<(Report, Vec<SpecialDay>), DbError> {
    let all = calendars::read_days(tx)?.into_iter();
    let own = all.filter(|(owner, _)| owner == whose);
    let known: BTreeMap<Date, SpecialDay> = own.map(|(_, day)| (day.date, day)).collect();
    let mut changed = Vec::new();
    for day in days {
        let became = Became::of(known.get(&day.date), day);
        report.note(became);
        if became != Became::Unchanged {
            changed.push(day.clone());
        }
    }
    Ok((report, changed))
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;
