//! What everybody may see of a case: written to tables that have no personal columns, with
//! the place and the time as coarse as the kind says.

use huiyin_domain::case::{CaseView, Kind, See, Values};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::planted::{self, Fault};
use huiyin_store::public_cases::{self, PublicCase};
use huiyin_store::{DbError, Tx};

use crate::Config;

/// Shows the case, with `values` beside those shown already.
pub(crate) fn show(
    tx: &mut Tx<'_>,
    config: &Config,
    (kind, case): (&Kind, &CaseView),
    values: &Values,
) -> Result<(), DbError> {
    let mut shown = match public_cases::read(tx, case.id)? {
        Some(before) => before.values,
        None => Values::new(),
    };
    for name in &kind.public.fields {
        let public = kind
            .field(name)
            .is_some_and(|field| field.see == See::Public);
        if let Some(value) = values.get(name).filter(|_| public) {
            shown.insert(name.clone(), value.clone());
        }
    }
    public_cases::put(tx, &row(config, kind, case, shown))
}

/// Shows these fields no longer; the rest stays as it is.
pub(crate) fn less(
    tx: &mut Tx<'_>,
    config: &Config,
    (kind, case): (&Kind, &CaseView),
    fields: &[String],
) -> Result<(), DbError> {
    let Some(mut shown) = public_cases::read(tx, case.id)? else {
        return Ok(());
    };
    shown.values.retain(|name, _| !fields.contains(name));
    public_cases::put(tx, &row(config, kind, case, shown.values))
}

/// Brings stage, outcome and days of a shown case up to date; nothing when it is not shown.
pub(crate) fn refresh(
    tx: &mut Tx<'_>,
    config: &Config,
    (kind, case): (&Kind, &CaseView),
) -> Result<(), DbError> {
    match public_cases::read(tx, case.id)? {
        Some(shown) => public_cases::put(tx, &row(config, kind, case, shown.values)),
        None => Ok(()),
    }
}

fn row(config: &Config, kind: &Kind, case: &CaseView, values: Values) -> PublicCase {
    PublicCase {
        id: case.id,
        kind: case.kind.clone(),
        stage: case.stage.clone(),
        place: coarse(kind, &case.place),
        item: case.item.clone(),
        title: match planted::is(Fault::PublicTellsAll) {
            true => kind.title_of(&case.values),
            false => kind.public_title(&values),
        },
        sort: kind
            .public_sort()
            .and_then(|field| values.get(field)?.word()),
        values,
        opened_on: config.day(case.opened_at),
        changed_on: config.day(case.opened_at),
        closed_on: case.closed_at.map(|at| config.day(at)),
        outcome: case.outcome.clone(),
    }
}

/// The place, no nearer than the kind says.
fn coarse(kind: &Kind, place: &PlaceCode) -> PlaceCode {
    place.at(kind.public.place).unwrap_or_else(|| place.clone())
}
