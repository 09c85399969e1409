//! An answer is read by a program: what should be looked at in it, and whether somebody should.

use huiyin_domain::access::Scope;
use huiyin_domain::case::{Kind, Value, Values};
use huiyin_domain::id::{CaseId, UnitId};
use huiyin_domain::inspection::Noticed;
use huiyin_domain::place::PlaceCode;
use huiyin_insight::{Answer, Ending, answer_flags, answer_print};
use huiyin_store::inspections::{self, Flag};
use huiyin_store::{Tx, cases, entries, erasures};
use jiff::Timestamp;

use crate::cases::spoken;
use crate::supervision::rules::of_inspections;
use crate::{App, Error};

/// Reads the last answer of a case. Run twice, nothing changes; an erased answer is left alone.
pub(super) async fn run(app: &App, id: CaseId) -> Result<(), Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| read_over(&inner, tx, id);
    let Some(found) = app.store.read(read).await.map_err(Error::from)? else {
        return Ok(());
    };
    let keep = move |tx: &mut Tx<'_>| match erasures::at(tx, id)? {
        // What was read is gone; nothing of it stays here.
        Some(_) => Ok(()),
        None => inspections::add(tx, &found.as_kept()),
    };
    app.store.write(id.get(), keep).await.map_err(Error::from)
}

/// What a program found in an answer.
struct Found {
    case: CaseId,
    entry: i64,
    kind: String,
    place: PlaceCode,
    unit: Option<UnitId>,
    answered_at: Timestamp,
    print: Option<i64>,
    flags: Vec<Flag>,
    chosen_at: Option<Timestamp>,
}

impl Found {
    fn as_kept(&self) -> inspections::Read<'_> {
        inspections::Read {
            case: self.case,
            entry: self.entry,
            kind: &self.kind,
            place: &self.place,
            unit: self.unit,
            answered_at: self.answered_at,
            print: self.print,
            flags: &self.flags,
            chosen_at: self.chosen_at,
        }
    }
}

fn read_over(app: &App, tx: &mut Tx<'_>, id: CaseId) -> Result<Option<Found>, Error> {
    let Some(held) = cases::load(tx, &Scope::for_the_house(), id)? else {
        return Ok(None);
    };
    let kind = app.kind_of(tx, held.view.kind_hash)?;
    let history = entries::list(tx, &held)?;
    let kinds = spoken::kinds(app, &kind, &history)?;
    let answered = history.iter().zip(&kinds).rev().find_map(|(entry, kind)| {
        let supervision = kind.supervision.as_ref()?;
        let field = supervision.text.as_ref()?;
        let said: Values = serde_json::from_str(entry.text.as_ref()?).ok()?;
        let text = said.get(field).and_then(Value::as_text)?.to_owned();
        supervision
            .is_answer(&entry.step)
            .then_some((entry, kind, text))
    });
    let Some((entry, kind, text)) = answered else {
        return Ok(None);
    };
    let asked = held.view.values.get(&kind.title_field);
    let solved = counts_as_solved(kind, &held.view.values);
    let print = answer_print(&text);
    let others = match print {
        Some(print) => inspections::same(tx, print, id)?,
        None => 0,
    };
    let flags = answer_flags(&Answer {
        asked: asked.and_then(Value::as_text).unwrap_or_default(),
        text: &text,
        ending: match solved {
            Some(false) => Ending::Unsolved,
            _ => Ending::Solved,
        },
        others: usize::try_from(others).unwrap_or(usize::MAX),
    });
    let flags: Vec<Flag> = flags
        .into_iter()
        .map(|flag| Flag {
            rule: flag.rule.word().to_owned(),
            because: flag.because,
        })
        .collect();
    let noticed = match flags.is_empty() {
        true => Noticed::Nothing,
        false => Noticed::Something,
    };
    let rules = of_inspections(tx)?;
    let rules = rules.on(app.config.day(entry.at));
    let chosen = rules.chooses(id, entry.number, noticed);
    Ok(Some(Found {
        case: id,
        entry: entry.number,
        kind: kind.slug.clone(),
        unit: held.view.owner.unit(),
        place: held.view.place,
        answered_at: entry.at,
        print,
        flags,
        chosen_at: chosen.then(|| app.now()),
    }))
}

/// How the outcome counts that an answer named, before the case is closed with it.
fn counts_as_solved(kind: &Kind, values: &Values) -> Option<bool> {
    let mut outcomes = values.values().filter_map(|value| match value {
        Value::Choice(choice) => kind.outcome(choice),
        _ => None,
    });
    outcomes.next().map(|outcome| outcome.solved)
}
