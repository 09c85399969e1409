//! Open a case: somebody brings something in, over whatever channel.
//!
//! The client makes the id, so sending the same form twice opens one case and gets the
//! same receipt.

use std::sync::Arc;

use huiyin_domain::access::{Action, Actor, Scope, may_somewhere};
use huiyin_domain::case::{self, Decision, Input, Kind, Value, Values};
use huiyin_domain::code::TrackingCode;
use huiyin_domain::id::CaseId;
use huiyin_domain::words::Lang;
use huiyin_store::{Tx, cases, petitioners, places};
use jiff::Timestamp;

use crate::error::Thing;
use crate::{App, Error, Refusal};

use super::Channel;
use super::facts::{About, gather};
use super::key::{Answer, IdempotencyKey};
use super::perform::{self, Opening};

/// What somebody brings in.
#[derive(Debug, Clone)]
pub struct Request {
    /// Made by whoever asks, so that asking again is harmless.
    pub id: CaseId,
    pub kind: String,
    /// All that the form asked, name and contact included: those go to the sealed record.
    pub values: Values,
    /// The language in which letters are written.
    pub language: Lang,
    pub channel: Channel,
    pub key: Option<IdempotencyKey>,
    /// When it came in, if that was earlier than now (imports).
    pub at: Option<Timestamp>,
}

/// What the receipt shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub id: CaseId,
    /// For whoever brought it in; none when staff brought it in for themselves.
    pub code: Option<TrackingCode>,
    pub version: i64,
    /// Whether this very request had been made before.
    pub repeated: bool,
}

/// Opens a case.
pub async fn open(app: &App, actor: &Actor, request: Request) -> Result<Reply, Error> {
    let kind = app
        .kinds()
        .by_slug(&request.kind)
        .cloned()
        .ok_or(Refusal::NotFound(Thing::Kind))?;
    if actor.is_staff() && !may_somewhere(actor, Action::CaseOpen) {
        return Err(Refusal::NotPermitted.into());
    }
    let op = Opened::new(app, actor, kind, request);
    let key = op.request.key.as_ref();
    let lane = key.map_or(op.request.id.get(), IdempotencyKey::lane);
    app.store
        .write(lane, move |tx| op.run(tx))
        .await
        .map_err(Error::from)
}

/// What `open` would say, without opening anything.
pub(crate) async fn try_out(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    let kind = app.kinds().by_slug(&request.kind).cloned();
    let op = Opened {
        app: app.clone(),
        actor: actor.clone(),
        now: request.at.unwrap_or_else(|| app.now()),
        kind: kind.ok_or(Refusal::NotFound(Thing::Kind))?,
        words: Vec::new(),
        request: Arc::new(request),
    };
    let read = move |tx: &mut Tx<'_>| op.decide(tx).map(drop);
    app.store.read(read).await.map_err(Error::from)
}

/// Many at once, in the caller's transaction.
pub(crate) struct Many(Vec<(Opened, Decision)>);

impl Many {
    /// What opening each of them comes to, or why not, by the number of the request; nothing is
    /// written.
    pub fn decide(
        app: &App,
        tx: &mut Tx<'_>,
        (actor, kind): (&Actor, &Arc<Kind>),
        requests: Vec<Request>,
    ) -> Result<Result<Many, Vec<(usize, Refusal)>>, Error> {
        let (mut decided, mut refused) = (Vec::new(), Vec::new());
        for (number, request) in requests.into_iter().enumerate() {
            let op = Opened::new(app, actor, kind.clone(), request);
            match op.decide(tx) {
                Ok(decision) => decided.push((op, decision)),
                Err(Error::Refused(refusal)) => refused.push((number, refusal)),
                Err(fault) => return Err(fault),
            }
        }
        Ok(match refused.is_empty() {
            true => Ok(Many(decided)),
            false => Err(refused),
        })
    }

    /// Opens them all.
    pub fn write(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        for (op, decision) in &self.0 {
            op.write(tx, decision)?;
        }
        Ok(())
    }
}

struct Opened {
    app: App,
    actor: Actor,
    now: Timestamp,
    kind: Arc<Kind>,
    words: Vec<String>,
    request: Arc<Request>,
}

impl Opened {
    fn new(app: &App, actor: &Actor, kind: Arc<Kind>, request: Request) -> Opened {
        Opened {
            app: app.clone(),
            actor: actor.clone(),
            now: request.at.unwrap_or_else(|| app.now()),
            words: super::search::words_of(&kind, &request.values),
            kind,
            request: Arc::new(request),
        }
    }

    fn run(&self, tx: &mut Tx<'_>) -> Result<Reply, Error> {
        let request = &self.request;
        if let Some(repeated) = self.repeated(tx)? {
            return Ok(repeated);
        }
        let decision = self.decide(tx)?;

        // --- everything is checked; from here on we write ---
        let code = self.write(tx, &decision)?;
        if let Some(key) = &request.key {
            key.keep(
                tx,
                Answer {
                    case: request.id,
                    version: 1,
                },
                self.now,
            )?;
        }
        Ok(Reply {
            id: request.id,
            code,
            version: 1,
            repeated: false,
        })
    }

    fn write(&self, tx: &mut Tx<'_>, decision: &Decision) -> Result<Option<TrackingCode>, Error> {
        let request = &self.request;
        let code = (!self.kind.internal).then(|| TrackingCode::from_chance(self.app.chance()));
        let opening = Opening {
            code: code.as_ref(),
            language: request.language,
            channel: request.channel,
            words: &self.words,
            person: self.actor.person().filter(|_| !self.actor.is_staff()),
        };
        perform::open(&self.app, tx, (&self.kind, decision), &opening, self.now)?;
        Ok(code)
    }

    /// What opening comes to, or why not; nothing is written.
    fn decide(&self, tx: &mut Tx<'_>) -> Result<Decision, Error> {
        let input = Input {
            values: self.request.values.clone(),
        };
        let about = About {
            kind: &self.kind,
            case: None,
            step: &self.kind.open,
            input: &input,
            actor: &self.actor,
            now: self.now,
        };
        let facts = gather(&self.app, tx, &about)?;
        let scene = case::Scene {
            kind: &self.kind,
            actor: &self.actor,
            facts: &facts,
            now: self.now,
        };
        self.place(tx)?;
        let decision = case::decide_open(&scene, self.request.id, &input)?;
        perform::check_files(tx, &self.kind, &decision)?;
        Ok(decision)
    }

    /// Whether the place is one that is there; asked first, because nobody can be found to
    /// own a case that is nowhere.
    fn place(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        let field = &self.kind.place_field;
        let Some(Value::Place(code)) = self.request.values.get(field) else {
            return Ok(());
        };
        match places::read(tx, code)? {
            Some(place) if place.closed_at.is_none() => Ok(()),
            _ => Err(Refusal::field(field, "fault-not-place").into()),
        }
    }

    /// The first answer, when this request was made before under the same key. An id alone
    /// proves nothing: whoever has only that does not get the code.
    fn repeated(&self, tx: &mut Tx<'_>) -> Result<Option<Reply>, Error> {
        let request = &self.request;
        let before = match &request.key {
            Some(key) => key.find(tx)?,
            None => None,
        };
        match before {
            Some(Answer { case: id, version }) => {
                let code =
                    petitioners::to_deliver(tx, id)?.and_then(|sealed| sealed.code.parse().ok());
                Ok(Some(Reply {
                    id,
                    code,
                    version,
                    repeated: true,
                }))
            }
            None if cases::load(tx, &Scope::for_the_house(), request.id)?.is_some() => {
                Err(Refusal::KeyReused.into())
            }
            None => Ok(None),
        }
    }
}
