//! What is brought together: what was handed over on an occasion was handed over by the case's own
//! step.

use std::collections::BTreeSet;

use huiyin_domain::id::CaseId;
use huiyin_store::{DbError, Tx, occasions};

use super::{BATCH, Report};
use crate::{App, Error};

pub(super) fn check(app: &App, report: &mut Report) -> Result<(), Error> {
    let mut last: Option<CaseId> = None;
    loop {
        let read = move |tx: &mut Tx<'_>| {
            let lines = occasions::delivered(tx, last, BATCH)?;
            let steps = match lines.last() {
                Some((until, _)) => occasions::steps_of_delivered(tx, last, *until)?,
                None => BTreeSet::new(),
            };
            Ok::<_, DbError>((lines, steps))
        };
        let (lines, steps) = app.store.read_blocking(read).map_err(Error::from)?;
        let Some((until, _)) = lines.last() else {
            return Ok(());
        };
        last = Some(*until);
        let kinds = app.kinds();
        for (case, kind) in &lines {
            let own = kinds.by_slug(kind).and_then(|kind| kind.occasion.as_ref());
            if own.is_some_and(|own| !steps.contains(&(*case, own.deliver.clone()))) {
                report.add(
                    *case,
                    6,
                    "an occasion says it was handed over, its history does not",
                );
            }
        }
    }
}
