//! The catalogue, and what in it a few plain words mean.

use huiyin_domain::procedure::{For, Procedure};
use huiyin_insight::{ItemNames, ItemSuggester};
use huiyin_store::{Tx, procedures};
use jiff::Timestamp;

use super::{PROCEDURES_MAX, listed};
use crate::{App, Error};

/// A procedure as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub procedure: Procedure,
    pub version: i64,
    pub closed_at: Option<Timestamp>,
}

/// What somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub text: String,
    pub place: Option<For>,
}

/// So many fit a few words.
const FITTING_MAX: usize = 12;

/// Everything that is in force: what fits the words best comes first, else by group and name.
pub async fn open(app: &App, wanted: Wanted) -> Result<Vec<Listed>, Error> {
    let mut rows = all(app).await?;
    rows.retain(|row| {
        row.closed_at.is_none()
            && wanted
                .place
                .is_none_or(|place| row.procedure.places.contains(&place))
    });
    if wanted.text.trim().is_empty() {
        return Ok(rows);
    }
    let names: Vec<ItemNames> = rows
        .iter()
        .map(|row| ItemNames {
            code: row.procedure.slug.clone(),
            names: row.procedure.texts().map(str::to_owned).collect(),
        })
        .collect();
    let fitting = ItemSuggester::new(&names).suggest(&wanted.text, FITTING_MAX);
    let found = fitting.iter().filter_map(|one| {
        let at = rows.iter().position(|row| row.procedure.slug == one.code)?;
        Some(rows[at].clone())
    });
    Ok(found.collect())
}

/// All of it, closed ones too, by group and slug.
pub async fn all(app: &App) -> Result<Vec<Listed>, Error> {
    let limit = i64::try_from(PROCEDURES_MAX).unwrap_or(i64::MAX);
    let read = move |tx: &mut Tx<'_>| -> Result<Vec<Listed>, Error> {
        let kept = procedures::all(tx, limit)?;
        kept.into_iter().map(listed).collect()
    };
    let mut rows = app.store.read(read).await.map_err(Error::from)?;
    rows.sort_by_key(|row| (row.procedure.group, row.procedure.slug.clone()));
    Ok(rows)
}
