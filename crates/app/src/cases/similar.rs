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

use super::read::find;
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
        telling: telling_words(&request.text, WORDS_LOOKED_UP),
        asked: WordSet::of(&request.text),
        closed_after: app.now() - CLOSED_WITHIN,
        request,
        enough: OFFERED,
    };
    let read = move |tx: &mut Tx<'_>| search.offer(tx);
    app.store.read(read).await.map_err(Error::from)
}

/// Open cases that may be about the same thing as one that is there already, the likest first:
/// to choose from when they are to be answered together. Only what the actor may read.
pub async fn similar_to(app: &App, actor: &Actor, id: CaseId) -> Result<Vec<Similar>, Error> {
    let (inner, actor, now) = (app.clone(), actor.clone(), app.now());
    let read = move |tx: &mut Tx<'_>| -> Result<Vec<Similar>, Error> {
        let (held, _) = find(tx, &actor, id)?;
        let kind = inner.kind_of(tx, held.view.kind_hash)?;
        let text = said(&kind, &held.view.values);
        let search = Search {
            scope: scope(&actor, Action::CaseRead),
            telling: telling_words(&text, WORDS_LOOKED_UP),
            asked: WordSet::of(&text),
            closed_after: now,
            request: Request {
                kind: held.view.kind,
                place: held.view.place,
                text,
            },
            enough: OFFERED + 1, // it finds itself too
            app: inner,
        };
        let mut others = search.found(tx)?;
        others.retain(|similar| similar.id != id);
        search.hide(tx, &mut others)?;
        others.retain(|similar| similar.title.is_some());
        others.truncate(OFFERED);
        Ok(others)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// Any so many of the telling words, or all when there are no more.
fn groups(words: &[String], count: usize) -> Vec<Vec<String>> {
    if words.len() <= count || count == 0 {
        return vec![words.iter().take(count).cloned().collect()];
    }
    let mut groups = groups(&words[1..], count);
    for mut group in self::groups(&words[1..], count - 1) {
        group.insert(0, words[0].clone());
        groups.push(group);
    }
    groups
}

/// Where is looked, and how many telling words must be shared there: first what shares much,
/// because of what shares little there is too much to compare it all.
const LOOKS: &[(Level, usize)] = &[
    (Level::Community, 3),
    (Level::Community, 2),
    (Level::Street, 2),
];

struct Search {
    app: App,
    /// What the asker may read by their posts.
    scope: Scope,
    telling: Vec<String>,
    asked: WordSet,
    closed_after: Timestamp,
    request: Request,
    /// With so many it looks no farther.
    enough: usize,
}

impl Search {
    fn offer(&self, tx: &mut Tx<'_>) -> Result<Vec<Similar>, Error> {
        let mut found = self.found(tx)?;
        found.truncate(OFFERED);
        self.hide(tx, &mut found)?;
        Ok(found)
    }

    /// Leaves out the titles of what the asker may not read.
    fn hide(&self, tx: &mut Tx<'_>, found: &mut [Similar]) -> Result<(), Error> {
        for similar in found {
            if cases::load(tx, &self.scope, similar.id)?.is_none() {
                similar.title = None;
            }
        }
        Ok(())
    }

    fn found(&self, tx: &mut Tx<'_>) -> Result<Vec<Similar>, Error> {
        let place = &self.request.place;
        let mut found: Vec<Similar> = Vec::new();
        for &(level, shared) in LOOKS {
            let around = place.at(level).unwrap_or_else(|| place.clone());
            for similar in self.around(tx, &around, shared)? {
                if found.iter().all(|known| known.id != similar.id) {
                    found.push(similar);
                }
            }
            if found.len() >= self.enough {
                break;
            }
        }
        found.sort_by(|a, b| {
            let rank = |similar: &Similar| Reverse(similar.closed_at.is_none());
            rank(a)
                .cmp(&rank(b))
                .then(b.likeness.total_cmp(&a.likeness))
        });
        Ok(found)
    }

    fn around(
        &self,
        tx: &mut Tx<'_>,
        around: &PlaceCode,
        shared: usize,
    ) -> Result<Vec<Similar>, Error> {
        let near = Near {
            kind: &self.request.kind,
            place: around,
            groups: &groups(&self.telling, shared),
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

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn words_are_grouped_each_with_each() {
        let words = |count: usize| -> Vec<String> {
            ["a", "b", "c", "d"][..count]
                .iter()
                .map(|&word| word.to_owned())
                .collect()
        };
        let told = |count, shared| -> Vec<String> {
            let mut told: Vec<String> = groups(&words(count), shared)
                .iter()
                .map(|group| group.concat())
                .collect();
            told.sort();
            told
        };
        assert_eq!(told(4, 3), ["abc", "abd", "acd", "bcd"]);
        assert_eq!(told(3, 2), ["ab", "ac", "bc"]);
        assert_eq!(told(2, 3), ["ab"]);
        assert_eq!(told(1, 2), ["a"]);
        assert_eq!(told(0, 2), [""]);
    }
}
