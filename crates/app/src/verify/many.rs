//! What is brought together: what was handed over on an occasion was handed over by the case's own
//! step.

use huiyin_domain::id::CaseId;
use huiyin_store::{Tx, occasions};

use super::{BATCH, Report};
use crate::{App, Error};

pub(super) fn check(app: &App, report: &mut Report) -> Result<(), Error> {
    let mut last: Option<CaseId> = None;
    loop {
        let read = move |tx: &mut Tx<'_>| {
            let lines = occasions::delivered(tx, last, BATCH)?.into_iter();
            let lines = lines.map(|(case, kind)| Ok((case, kind, occasions::steps_of(tx, case)?)));
            lines.collect::<Result<Vec<_>, Error>>()
        };
        let lines = app.store.read_blocking(read).map_err(Error::from)?;
        let Some((case, ..)) = lines.last() else {
            return Ok(());
        };
        last = Some(*case);
        for (case, kind, steps) in &lines {
            let kinds = app.kinds();
            let own = kinds.by_slug(kind).and_then(|kind| kind.occasion.as_ref());
            if own.is_some_and(|own| !steps.contains(&own.deliver)) {
                report.add(
                    *case,
                    6,
                    "an occasion says it was handed over, its history does not",
                );
            }
        }
    }
}
