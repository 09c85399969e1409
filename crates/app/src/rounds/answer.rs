//! Say what was seen at a spot of a round. What is not as it should be becomes a case, in the
//! same transaction; what is known already and still open is not written down twice; what was
//! mended and is there again is the return of the one before.
//!
//! Two may answer for the same spot: the later one has seen what the earlier one said, and both
//! stay in the history.

use std::collections::BTreeMap;
use std::sync::Arc;

use huiyin_domain::access::{Action, Actor, Scope};
use huiyin_domain::case::{FieldFault, Finding as Own, Kind, Value, Values};
use huiyin_domain::id::{AnswerId, CaseId, FileId, RoundId, SpotId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::round::{Line, Mark, Marks, Photo, Seen};
use huiyin_domain::words::Lang;
use huiyin_store::findings::{self, Finding, Standing};
use huiyin_store::rounds::{self, Answer, Stop};
use huiyin_store::{Tx, cases, checklists};
use jiff::Timestamp;

use super::{BACK_WITHIN, kind, walked};
use crate::administration::permit;
use crate::cases::Channel;
use crate::cases::open::{self, Many};
use crate::error::Thing;
use crate::import::clean;
use crate::venues::post_for;
use crate::{App, Error, Refusal};

const SAYS_CHARS_MAX: usize = 500;
const ANSWERS_PHOTOS_MAX: usize = 6;

/// What somebody saw of one line.
#[derive(Debug, Clone)]
pub struct Marked {
    pub mark: Mark,
    pub says: String,
    /// How serious it is; empty is as the checklist says.
    pub weight: String,
    pub photos: Vec<FileId>,
    /// A note that was spoken.
    pub sounds: Vec<FileId>,
    /// Made by the form: the case that a fault becomes.
    pub case: CaseId,
}

/// What somebody says of a spot.
#[derive(Debug, Clone)]
pub enum Says {
    /// Every line, by its code.
    Marks(BTreeMap<String, Marked>),
    /// It was not seen, and why.
    LeftOut(String),
}

#[derive(Debug, Clone)]
pub struct Request {
    /// Made by whoever shows the form: sent twice, it is said once.
    pub id: AnswerId,
    pub round: RoundId,
    pub spot: SpotId,
    pub says: Says,
    pub language: Lang,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply {
    /// How many cases it became.
    pub opened: usize,
    /// Where one goes next on this round.
    pub next: Option<SpotId>,
}

pub async fn answer(app: &App, actor: &Actor, request: Request) -> Result<Reply, Error> {
    permit(actor, Action::RoundsWalk)?;
    let (kind, own) = kind(app)?;
    let lane = request.round.get();
    let op = Answering {
        app: app.clone(),
        actor: actor.clone(),
        now: app.now(),
        kind,
        own,
        request,
    };
    app.store
        .write(lane, move |tx| op.run(tx))
        .await
        .map_err(Error::from)
}

struct Answering {
    app: App,
    actor: Actor,
    now: Timestamp,
    kind: Arc<Kind>,
    own: Own,
    request: Request,
}

/// A fault that is to be written down.
struct Fault<'l> {
    line: &'l Line,
    marked: &'l Marked,
    case: CaseId,
    photos: Vec<FileId>,
    sounds: Vec<FileId>,
    back_of: Option<CaseId>,
}

/// An answer that may be written: the marks, the case of each fault, and those cases.
struct Judged {
    marks: Marks,
    /// Case, line, and of which case it is the return.
    faults: Vec<(CaseId, String, Option<CaseId>)>,
    many: Many,
}

impl Answering {
    fn run(&self, tx: &mut Tx<'_>) -> Result<Reply, Error> {
        let request = &self.request;
        rounds::lock(tx, request.round)?;
        checklists::lock_spot(tx, request.spot)?;
        let listed = walked(tx, &self.actor, request.round)?;
        let unit = post_for(&self.actor, Action::RoundsWalk, &listed.round.place)?.unit;
        let stops = rounds::stops(tx, request.round)?;
        let stop = stops.iter().find(|stop| stop.spot == request.spot);
        let stop = stop.ok_or(Refusal::NotFound(Thing::Spot))?;
        let next = next_of(&stops, request.spot);
        if let Some(before) = rounds::read_answer(tx, request.id)? {
            return match (before.round, before.spot) == (request.round, request.spot) {
                true => Ok(Reply { opened: 0, next }),
                false => Err(Refusal::KeyReused.into()),
            };
        }
        let Judged {
            marks,
            faults,
            many,
        } = match &request.says {
            Says::LeftOut(why) => {
                let why = good(why, "why")?;
                // --- everything is checked; from here on we write ---
                let left_out = self.answer(unit, None, Some(why));
                self.settle(tx, &left_out, 0)?;
                return Ok(Reply { opened: 0, next });
            }
            Says::Marks(marked) => {
                let round = &listed.round;
                let lines = checklists::version(tx, round.checklist, round.version)?;
                let lines = lines.map(|(_, lines)| lines).unwrap_or_default();
                self.judge(tx, stop, (&lines, marked))?
            }
        };
        // --- everything is checked; from here on we write ---
        let opened = faults.len();
        many.write(tx)?;
        let faulty = marks
            .values()
            .filter(|seen| seen.mark == Mark::NotOk)
            .count();
        let is_seen = marks.values().any(|seen| seen.mark != Mark::None);
        let seen = self.answer(unit, Some(marks), None);
        self.settle(tx, &seen, i64::try_from(faulty).unwrap_or(i64::MAX))?;
        if is_seen {
            checklists::seen(tx, request.spot, self.now)?;
        }
        for (case, line, back_of) in faults {
            let finding = Finding {
                case,
                answer: request.id,
                round: request.round,
                spot: request.spot,
                place: stop.place.clone(),
                line,
                found_at: self.now,
                back_of,
            };
            findings::insert(tx, &finding)?;
        }
        Ok(Reply { opened, next })
    }

    fn answer(&self, unit: UnitId, marks: Option<Marks>, left_out_for: Option<String>) -> Answer {
        Answer {
            id: self.request.id,
            round: self.request.round,
            spot: self.request.spot,
            unit,
            at: self.now,
            marks,
            left_out_for,
        }
    }

    /// Keeps it; the round is done when nothing of it is left.
    fn settle(&self, tx: &mut Tx<'_>, answer: &Answer, faults: i64) -> Result<(), Error> {
        if rounds::answer(tx, answer, faults)? {
            rounds::done(tx, answer.round, self.now)?;
        }
        Ok(())
    }

    /// Every line has its mark, and each fault is a case that can be opened.
    fn judge(
        &self,
        tx: &mut Tx<'_>,
        stop: &Stop,
        (lines, marked): (&[Line], &BTreeMap<String, Marked>),
    ) -> Result<Judged, Error> {
        let (mut marks, mut wrong, mut faults) = (Marks::new(), Vec::new(), Vec::new());
        for line in lines {
            let Some(one) = marked.get(&line.code) else {
                wrong.push(FieldFault::new(&mark_field(&line.code), "fault-required"));
                continue;
            };
            let mut seen = Seen {
                mark: one.mark,
                says: clean(&one.says),
                case: None,
            };
            if one.mark == Mark::NotOk {
                wrong.extend(faulty(line, one));
                let last = findings::last(tx, stop.spot, &line.code)?;
                seen.case = match last {
                    // Known, and somebody is at it.
                    Some(last) if last.closed_at.is_none() => Some(last.finding.case),
                    last => {
                        wrong.extend(photoless(line, one));
                        let fault = self.fault(tx, (line, one), last, &faults)?;
                        let case = fault.case;
                        faults.push(fault);
                        Some(case)
                    }
                };
            }
            marks.insert(line.code.clone(), seen);
        }
        if !wrong.is_empty() {
            return Err(Refusal::Invalid(wrong).into());
        }
        let many = self.many(tx, stop, &faults)?;
        let faults = faults.into_iter();
        let faults = faults.map(|one| (one.case, one.line.code.clone(), one.back_of));
        Ok(Judged {
            marks,
            faults: faults.collect(),
            many,
        })
    }

    /// What is wrong with a line becomes the case that the form names, or another where that one is
    /// there already: a page that was kept is sent a second time. A photo goes into one case.
    fn fault<'l>(
        &self,
        tx: &mut Tx<'_>,
        (line, marked): (&'l Line, &'l Marked),
        last: Option<Standing>,
        before: &[Fault<'_>],
    ) -> Result<Fault<'l>, Error> {
        let is_named = before.iter().any(|fault| fault.case == marked.case);
        let is_there = cases::load(tx, &Scope::for_the_house(), marked.case)?.is_some();
        let is_free = |file: &&FileId| {
            let mut others = before
                .iter()
                .flat_map(|fault| fault.photos.iter().chain(&fault.sounds));
            !others.any(|other| other == *file)
        };
        Ok(Fault {
            case: match is_named || is_there {
                true => CaseId::from_raw(self.app.mint()),
                false => marked.case,
            },
            photos: marked.photos.iter().filter(is_free).copied().collect(),
            sounds: marked.sounds.iter().filter(is_free).copied().collect(),
            back_of: last
                .filter(|last| self.was_mended(last))
                .map(|last| last.finding.case),
            line,
            marked,
        })
    }

    /// Whether it ended as mended, and not long ago.
    fn was_mended(&self, last: &Standing) -> bool {
        let since = self.now - BACK_WITHIN;
        let outcome = last.outcome.as_deref();
        let outcome = outcome.and_then(|outcome| self.kind.outcome(outcome));
        last.closed_at.is_some_and(|at| at >= since)
            && outcome.is_some_and(|outcome| outcome.solved)
    }

    fn many(&self, tx: &mut Tx<'_>, stop: &Stop, faults: &[Fault<'_>]) -> Result<Many, Error> {
        let atlas = self.app.atlas(tx)?;
        let requests = faults.iter().map(|fault| {
            let item = fault.line.item.clone();
            let item = item.filter(|item| atlas.item(item).is_some());
            self.request(stop, fault, item)
        });
        let requests: Vec<open::Request> = requests.collect();
        match Many::decide(&self.app, tx, (&self.actor, &self.kind), requests)? {
            Ok(many) => Ok(many),
            Err(refused) => match refused.into_iter().next() {
                Some((_, refusal)) => Err(refusal.into()),
                None => Err(Refusal::NotPermitted.into()),
            },
        }
    }

    /// A fault as a case.
    fn request(
        &self,
        stop: &Stop,
        fault: &Fault<'_>,
        item: Option<huiyin_domain::unit::ItemCode>,
    ) -> open::Request {
        let (kind, own, lang) = (&self.kind, &self.own, self.request.language.as_str());
        let in_lang = |names: &Names| names.in_lang(lang).to_owned();
        let mut what = in_lang(fault.line.wrong.as_ref().unwrap_or(&fault.line.check));
        let says = clean(&fault.marked.says);
        if !says.is_empty() {
            what = format!("{what}: {says}");
        }
        let mut values = Values::new();
        values.insert(kind.title_field.clone(), Value::Text(what));
        values.insert(kind.place_field.clone(), Value::Place(stop.place.clone()));
        values.insert(own.spot.clone(), Value::Text(in_lang(&stop.names)));
        let known = kind.field(&own.weight);
        let known = known.map(|field| field.kind.words()).unwrap_or_default();
        let mut weights = [&fault.marked.weight, &fault.line.weight].into_iter();
        if let Some(weight) = weights.find(|weight| known.contains(&weight.as_str())) {
            values.insert(own.weight.clone(), Value::Choice(weight.clone()));
        }
        if fault.back_of.is_some() {
            values.insert(own.again.clone(), Value::YesNo(true));
        }
        if !fault.photos.is_empty() {
            let photos = fault.photos.clone();
            values.insert(own.photos.clone(), Value::Files(photos));
        }
        if let Some(field) = own.sounds.clone().filter(|_| !fault.sounds.is_empty()) {
            values.insert(field, Value::Files(fault.sounds.clone()));
        }
        if let Some((field, item)) = kind.item_field.clone().zip(item) {
            values.insert(field, Value::Item(item));
        }
        open::Request {
            id: fault.case,
            kind: kind.slug.clone(),
            values,
            language: self.request.language,
            channel: Channel::Door,
            key: None,
            at: None,
        }
    }
}

/// What the control of a line is called.
pub fn mark_field(code: &str) -> String {
    format!("mark-{code}")
}

fn faulty(line: &Line, one: &Marked) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if one.says.chars().count() > SAYS_CHARS_MAX {
        let fault = FieldFault::new(&format!("says-{}", line.code), "fault-too-long");
        faults.push(fault.with("max", SAYS_CHARS_MAX));
    }
    let field = format!("photo-{}", line.code);
    if one.photos.len() > ANSWERS_PHOTOS_MAX {
        faults.push(FieldFault::new(&field, "fault-too-many").with("max", ANSWERS_PHOTOS_MAX));
    }
    faults
}

/// What is known already needs no other photo.
fn photoless(line: &Line, one: &Marked) -> Option<FieldFault> {
    let field = format!("photo-{}", line.code);
    let is_wanted = line.photo == Photo::Wanted && one.photos.is_empty();
    is_wanted.then(|| FieldFault::new(&field, "fault-photo-wanted"))
}

fn good(why: &str, field: &str) -> Result<String, Refusal> {
    let why = clean(why);
    match why.chars().count() {
        0 => Err(Refusal::field(field, "fault-required")),
        count if count > SAYS_CHARS_MAX => Err(Refusal::too_long(field, SAYS_CHARS_MAX)),
        _ => Ok(why),
    }
}

/// The next spot that is not settled, behind this one or else before it.
pub(super) fn next_of(stops: &[Stop], spot: SpotId) -> Option<SpotId> {
    let here = stops.iter().position(|stop| stop.spot == spot)?;
    let (before, behind) = stops.split_at(here);
    let left = |stop: &&Stop| stop.settled_at.is_none() && stop.spot != spot;
    let next = behind
        .iter()
        .find(left)
        .or_else(|| before.iter().find(left));
    next.map(|stop| stop.spot)
}
