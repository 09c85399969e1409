//! Bring a list: look at it line by line first, then keep all of it or nothing. Each line becomes
//! a case like any other, through the same decision as the form. What was brought before is left
//! out, so that the same list twice adds nothing.

use std::collections::HashMap;
use std::sync::Arc;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::{Class, FieldFault, Kind, Value, Values};
use huiyin_domain::id::{CaseId, CollectionId, PersonId, UnitId};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::words::Lang;
use huiyin_store::collections::{self, Collection};
use huiyin_store::{Tx, places};
use sha2::{Digest, Sha256};

use super::lines::{self, LINES_MAX, Line};
use crate::administration::{Record, permit};
use crate::cases::Channel;
use crate::cases::open::{self, Many};
use crate::error::Thing;
use crate::import::clean;
use crate::venues::post_for;
use crate::{App, Error, Refusal};

const TITLE_CHARS_MAX: usize = 60;

/// A list as somebody handed it in.
#[derive(Debug, Clone)]
pub struct Request {
    /// Made by whoever brings it: sent twice, it is one.
    pub id: CollectionId,
    pub kind: String,
    pub place: PlaceCode,
    /// Whose it is, in words: a class, a floor.
    pub title: String,
    pub text: String,
    pub language: Lang,
}

/// What becomes of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    New,
    /// It came with this list already.
    Known(CollectionId),
    Wrong(Vec<FieldFault>),
}

/// A list as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    pub lines: Vec<(Line, State)>,
    pub new: usize,
    pub known: usize,
    pub wrong: usize,
}

impl Seen {
    fn of(lines: Vec<(Line, State)>) -> Seen {
        let count = |is: fn(&State) -> bool| lines.iter().filter(|(_, state)| is(state)).count();
        Seen {
            new: count(|state| *state == State::New),
            known: count(|state| matches!(state, State::Known(_))),
            wrong: count(|state| matches!(state, State::Wrong(_))),
            lines,
        }
    }
}

/// What became of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Brought {
    Kept(CollectionId),
    /// Something is wrong with it: nothing was kept.
    Refused(Seen),
}

/// What would become of it; nothing is kept.
pub async fn look_over(app: &App, actor: &Actor, request: Request) -> Result<Seen, Error> {
    let op = Bringing::new(app, actor, request)?;
    let read = move |tx: &mut Tx<'_>| op.judge(tx).map(|(seen, _)| seen);
    app.store.read(read).await.map_err(Error::from)
}

/// Keeps all of it, or nothing.
pub async fn bring(app: &App, actor: &Actor, request: Request) -> Result<Brought, Error> {
    let op = Bringing::new(app, actor, request)?;
    let key = op.unit.get();
    let write = move |tx: &mut Tx<'_>| op.run(tx);
    app.store.write(key, write).await.map_err(Error::from)
}

struct Bringing {
    app: App,
    actor: Actor,
    kind: Arc<Kind>,
    unit: UnitId,
    person: PersonId,
    request: Request,
    lines: Vec<Line>,
    record: Record,
}

/// A line that is to be kept, with the case that it will be.
type Fresh = (usize, CaseId, String);

/// What is to be written when nothing is wrong.
type Judged = Option<(Many, Vec<Fresh>)>;

impl Bringing {
    fn new(app: &App, actor: &Actor, mut request: Request) -> Result<Bringing, Error> {
        permit(actor, Action::CollectionsBring)?;
        let kind = app.kinds().by_slug(&request.kind).cloned();
        let kind = kind.filter(|kind| kind.collection.is_some());
        let kind = kind.ok_or(Refusal::NotFound(Thing::Kind))?;
        let post = post_for(actor, Action::CollectionsBring, &request.place)?;
        request.title = clean(&request.title);
        let lines = lines::read(&request.text, &headings(app, &kind));
        let mut faults = Vec::new();
        if request.title.is_empty() {
            faults.push(FieldFault::new("title", "fault-required"));
        }
        if request.title.chars().count() > TITLE_CHARS_MAX {
            faults.push(FieldFault::new("title", "fault-too-long").with("max", TITLE_CHARS_MAX));
        }
        if lines.is_empty() {
            faults.push(FieldFault::new("text", "fault-required"));
        }
        if lines.len() > LINES_MAX {
            faults.push(FieldFault::new("text", "fault-lines-many").with("max", LINES_MAX));
        }
        if !faults.is_empty() {
            return Err(Refusal::Invalid(faults).into());
        }
        Ok(Bringing {
            app: app.clone(),
            actor: actor.clone(),
            unit: post.unit,
            person: actor.person().ok_or(Refusal::SignInNeeded)?,
            record: Record::new(app, actor, "collection-brought", request.id),
            kind,
            request,
            lines,
        })
    }

    fn run(&self, tx: &mut Tx<'_>) -> Result<Brought, Error> {
        if let Some(before) = collections::read(tx, self.request.id)? {
            return match before.unit == self.unit {
                true => Ok(Brought::Kept(before.id)),
                false => Err(Refusal::KeyReused.into()),
            };
        }
        let (seen, judged) = self.judge(tx)?;
        let Some((many, fresh)) = judged else {
            return Ok(Brought::Refused(seen));
        };
        if fresh.is_empty() {
            return Err(Refusal::rule(Class::Conflict, "collection-known").into());
        }
        // --- everything is checked; from here on we write ---
        many.write(tx)?;
        let id = self.request.id;
        collections::insert(
            tx,
            &Collection {
                id,
                unit: self.unit,
                person: self.person,
                place: self.request.place.clone(),
                kind: self.kind.slug.clone(),
                title: self.request.title.clone(),
                brought_at: self.app.now(),
                line_count: i64::try_from(fresh.len()).unwrap_or(i64::MAX),
            },
        )?;
        for (number, case, print) in &fresh {
            let number = i64::try_from(*number).unwrap_or(i64::MAX);
            collections::add_line(tx, (id, number), *case, print)?;
        }
        self.record.keep(tx)?;
        Ok(Brought::Kept(id))
    }

    /// What becomes of each line, and what is to be written when nothing is wrong.
    fn judge(&self, tx: &mut Tx<'_>) -> Result<(Seen, Judged), Error> {
        let place = places::read(tx, &self.request.place)?;
        if place.is_none_or(|place| place.closed_at.is_some()) {
            return Err(Refusal::field("place", "fault-not-place").into());
        }
        let prints = self.prints();
        let mut seen = Vec::with_capacity(self.lines.len());
        let (mut requests, mut fresh) = (Vec::new(), Vec::new());
        for (at, (line, print)) in self.lines.iter().zip(prints).enumerate() {
            let state = match collections::of_print(tx, &print)? {
                _ if !line.faults.is_empty() => State::Wrong(line.faults.clone()),
                Some(before) => State::Known(before),
                None => {
                    let id = CaseId::from_raw(self.app.mint());
                    requests.push(self.opening(id, line));
                    fresh.push((at, line.number, id, print));
                    State::New
                }
            };
            seen.push((line.clone(), state));
        }
        let many = Many::decide(&self.app, tx, (&self.actor, &self.kind), requests)?;
        let many = match many {
            Ok(many) => Some(many),
            Err(refused) => {
                for (number, refusal) in refused {
                    seen[fresh[number].0].1 = State::Wrong(self.told(&refusal));
                }
                None
            }
        };
        let seen = Seen::of(seen);
        let is_whole = seen.wrong == 0;
        let fresh = fresh.into_iter();
        let fresh = fresh.map(|(_, number, id, print)| (number, id, print));
        let judged = many
            .filter(|_| is_whole)
            .map(|many| (many, fresh.collect()));
        Ok((seen, judged))
    }

    /// What a refusal says of the parts of a line.
    fn told(&self, refusal: &Refusal) -> Vec<FieldFault> {
        let named = |field: &str| match self.kind.collection.as_ref() {
            Some(own) if own.whom == field => "whom",
            Some(own) if own.sign == field => "sign",
            _ => "what",
        };
        let faults = refusal.faults().iter();
        let mut faults: Vec<FieldFault> = faults
            .map(|fault| FieldFault {
                field: named(&fault.field).to_owned(),
                ..fault.clone()
            })
            .collect();
        if faults.is_empty() {
            faults.push(FieldFault::new("line", "fault-line-refused"));
        }
        faults
    }

    fn opening(&self, id: CaseId, line: &Line) -> open::Request {
        let mut values = Values::new();
        let place = Value::Place(self.request.place.clone());
        values.insert(self.kind.place_field.clone(), place);
        let own = self.kind.collection.as_ref();
        let given = own.map(|own| [(&own.whom, &line.whom), (&own.sign, &line.sign)]);
        let what = [(&self.kind.title_field, &line.what)];
        for (field, text) in given.into_iter().flatten().chain(what) {
            if !text.is_empty() {
                values.insert(field.clone(), Value::Text(text.clone()));
            }
        }
        open::Request {
            id,
            kind: self.kind.slug.clone(),
            values,
            language: self.request.language,
            channel: Channel::Import,
            key: None,
            at: None,
        }
    }

    /// What makes each line that line: what it says, who brings it where, in which year, and
    /// which of several equal ones it is.
    fn prints(&self) -> Vec<String> {
        let year = self.app.config.day(self.app.now()).year();
        let mut times: HashMap<(&str, &str, &str), usize> = HashMap::new();
        let lines = self.lines.iter();
        lines
            .map(|line| {
                let says = (line.what.as_str(), line.whom.as_str(), line.sign.as_str());
                let nth = times.entry(says).or_default();
                *nth += 1;
                let parts = [
                    self.kind.slug.as_str(),
                    self.request.place.as_str(),
                    &self.unit.to_string(),
                    &year.to_string(),
                    says.0,
                    says.1,
                    says.2,
                    &nth.to_string(),
                ];
                let mut sum = Sha256::new();
                for part in parts {
                    sum.update(part.as_bytes());
                    sum.update([0]);
                }
                let sum = sum.finalize();
                sum.iter().map(|byte| format!("{byte:02x}")).collect()
            })
            .collect()
    }
}

/// How the first column may be headed: as the kind calls it in any of its languages.
fn headings(app: &App, kind: &Kind) -> Vec<String> {
    let key = kind.field_key(&kind.title_field);
    let languages = kind.languages.iter().filter_map(|lang| lang.parse().ok());
    let words = languages.filter_map(|lang| app.words.find(lang, &key, &[]));
    words.map(|word| clean(&word)).collect()
}
