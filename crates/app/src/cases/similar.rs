//! Similar cases, offered before somebody sends the same thing again.
//!
//! Whoever asks is told that something like it is on its way, where and since when, and which
//! of their own words it shares; never a word that somebody else wrote.

use huiyin_domain::access::{Action, Actor, Scope, scope};
use huiyin_domain::id::CaseId;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_insight::{WordSet, likeness, telling_words};
use huiyin_store::{DbError, Tx, cases, search};
use jiff::Timestamp;

use crate::{App, Error};

/// What is about to be sent.
#[derive(Debug, Clone)]
pub struct Request {
    pub kind: String,
    pub place: PlaceCode,
    pub text: String,
}

/// A case that may be about the same thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Similar {
    pub id: CaseId,
    pub stage: String,
    /// No nearer than the community.
    pub place: PlaceCode,
    pub opened_at: Timestamp,
    /// Words that the asker used and the case has too.
    pub words: Vec<String>,
    /// From nought to one.
    pub likeness: f32,
    /// The case's own title, for staff who may read it.
    pub title: Option<String>,
}

const OFFERED: usize = 3;
const WORDS_LOOKED_UP: usize = 8;

/// Open cases of the same community that may be about the same thing, the likest first.
pub async fn similar(app: &App, actor: &Actor, request: Request) -> Result<Vec<Similar>, Error> {
    let scope = scope(actor, Action::CaseRead);
    let words = telling_words(&request.text, WORDS_LOOKED_UP);
    let read = move |tx: &mut Tx<'_>| -> Result<_, DbError> { find(tx, &scope, &request, &words) };
    app.store.read(read).await.map_err(Error::from)
}

fn find(
    tx: &mut Tx<'_>,
    scope: &Scope,
    request: &Request,
    words: &[String],
) -> Result<Vec<Similar>, DbError> {
    let around = request
        .place
        .at(Level::Community)
        .unwrap_or_else(|| request.place.clone());
    let house = Scope::for_the_house();
    let near = search::open_candidates(tx, &house, &request.kind, &around, words)?;
    let asked = WordSet::of(&request.text);
    let mut found = Vec::new();
    for row in near {
        let Some(like) = likeness(&asked, &WordSet::of(&row.title)) else {
            continue;
        };
        found.push(Similar {
            id: row.id,
            stage: row.stage,
            place: row.place.at(Level::Community).unwrap_or(row.place),
            opened_at: row.opened_at,
            words: like.because,
            likeness: like.score,
            title: Some(row.title),
        });
    }
    found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness));
    found.truncate(OFFERED);
    for similar in &mut found {
        if cases::load(tx, scope, similar.id)?.is_none() {
            similar.title = None;
        }
    }
    Ok(found)
}
