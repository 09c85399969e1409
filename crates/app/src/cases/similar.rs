//! Similar cases, offered before somebody sends the same thing again.
//!
//! Compared is all that was said when they came in. Whoever asks is told that something like it
//! is on its way, where and since when, and which of their own words it shares; never a word
//! that somebody else wrote.

use std::cmp::Reverse;

use huiyin_domain::access::{Action, Actor, Scope, scope};
use huiyin_domain::case::{Kind, See, Values};
use huiyin_domain::id::CaseId;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_insight::{WordSet, likeness, telling_words};
use huiyin_store::search::{Near, Told};
use huiyin_store::{Tx, cases, search};
use jiff::{SignedDuration, Timestamp};

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
    pub closed_at: Option<Timestamp>,
    /// Words that the asker used and the case has too.
    pub words: Vec<String>,
    /// From nought to one.
    pub likeness: f32,
    /// The case's own title, for staff who may read it.
    pub title: Option<String>,
}

const OFFERED: usize = 3;
const WORDS_LOOKED_UP: usize = 8;
/// Less alike than this is another matter.
const LIKENESS_MIN: f32 = 0.35;
/// From the next community it must be so much more alike.
const FARTHER: f32 = 0.85;
/// What was closed longer ago has been settled; what comes now is new.
const CLOSED_WITHIN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Cases of the same community, else of the same street, that may be about the same thing:
/// open ones first, the likest first.
pub async fn similar(app: &App, actor: &Actor, request: Request) -> Result<Vec<Similar>, Error> {
    let search = Search {
        app: app.clone(),
        scope: scope(actor, Action::CaseRead),
        groups: groups(&telling_words(&request.text, WORDS_LOOKED_UP)),
        asked: WordSet::of(&request.text),
        closed_after: app.now() - CLOSED_WITHIN,
        request,
    };
    let read = move |tx: &mut Tx<'_>| search.run(tx);
    app.store.read(read).await.map_err(Error::from)
}

/// Two telling words must be shared; a single one suffices when there is no other.
fn groups(words: &[String]) -> Vec<Vec<String>> {
    if let [only] = words {
        return vec![vec![only.clone()]];
    }
    let pairs = words.iter().enumerate().flat_map(|(at, one)| {
        let others = words[at + 1..].iter();
        others.map(move |other| vec![one.clone(), other.clone()])
    });
    pairs.collect()
}

struct Search {
    app: App,
    /// What the asker may read by their posts.
    scope: Scope,
    groups: Vec<Vec<String>>,
    asked: WordSet,
    closed_after: Timestamp,
    request: Request,
}

impl Search {
    fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<Similar>, Error> {
        let place = &self.request.place;
        let mut found = Vec::new();
        for level in [Level::Community, Level::Street] {
            let around = place.at(level).unwrap_or_else(|| place.clone());
            found = self.around(tx, &around)?;
            if found.len() >= OFFERED {
                break;
            }
        }
        found.sort_by(|a, b| {
            let rank = |similar: &Similar| Reverse(similar.closed_at.is_none());
            rank(a)
                .cmp(&rank(b))
                .then(b.likeness.total_cmp(&a.likeness))
        });
        found.truncate(OFFERED);
        for similar in &mut found {
            if cases::load(tx, &self.scope, similar.id)?.is_none() {
                similar.title = None;
            }
        }
        Ok(found)
    }

    fn around(&self, tx: &mut Tx<'_>, around: &PlaceCode) -> Result<Vec<Similar>, Error> {
        let near = Near {
            kind: &self.request.kind,
            place: around,
            groups: &self.groups,
            closed_after: self.closed_after,
        };
        let mut found = Vec::new();
        for told in search::near_candidates(tx, &Scope::for_the_house(), &near)? {
            found.extend(self.compare(tx, told)?);
        }
        Ok(found)
    }

    fn compare(&self, tx: &mut Tx<'_>, told: Told) -> Result<Option<Similar>, Error> {
        let Told {
            row,
            kind_hash,
            values,
        } = told;
        let kind = self.app.kind_of(tx, kind_hash)?;
        let Some(like) = likeness(&self.asked, &WordSet::of(&said(&kind, &values))) else {
            return Ok(None);
        };
        let community = row.place.at(Level::Community);
        let same = community == self.request.place.at(Level::Community);
        let score = match same {
            true => like.score,
            false => like.score * FARTHER,
        };
        Ok((score >= LIKENESS_MIN).then(|| Similar {
            id: row.id,
            stage: row.stage,
            place: community.unwrap_or(row.place),
            opened_at: row.opened_at,
            closed_at: row.closed_at,
            words: like.because,
            likeness: score,
            title: Some(row.title),
        }))
    }
}

/// All that was said when the case came in, but what only its handlers know.
fn said(kind: &Kind, values: &Values) -> String {
    let asked = kind.open.fields.iter();
    let fields = asked.filter_map(|asked| kind.field(&asked.field));
    let told = fields
        .filter(|field| field.see >= See::Petitioner && field.kind.petitioner_part().is_none());
    let texts = told.filter_map(|field| values.get(&field.name)?.as_text());
    texts.collect::<Vec<_>>().join("\n")
}
