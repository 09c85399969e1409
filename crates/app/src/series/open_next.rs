//! Opens the next of a row, some days before its day: like the last one, for the same person,
//! under a code of its own.

use std::sync::Arc;

use huiyin_domain::access::{Actor, Scope};
use huiyin_domain::case::{
    self, CaseView, Decision, Input, Kind, PetitionerPart, Recipient, Scene, Value, Values,
};
use huiyin_domain::code::TrackingCode;
use huiyin_domain::id::{CaseId, NoticeId, SeriesId};
use huiyin_domain::words::Lang;
use huiyin_store::petitioners::Petitioner;
use huiyin_store::series::{self, Series};
use huiyin_store::{Tx, cases, notices, petitioners};
use jiff::{Timestamp, ToSpan};

use crate::cases::Channel;
use crate::cases::facts::{About, gather};
use crate::cases::perform::{self, Opening};
use crate::cases::search;
use crate::jobs::Job;
use crate::{App, Error};

/// So many days before its day a case is opened.
const DAYS_BEFORE: i32 = 6;
const BATCH: i64 = 100;

/// Opens all that is due; how many were.
pub(crate) async fn run(app: &App) -> Result<u64, Error> {
    let today = app.config.day(app.now());
    let until = today.saturating_add(DAYS_BEFORE.days());
    let read = move |tx: &mut Tx<'_>| series::due(tx, until, BATCH);
    let due = app.store.read(read).await.map_err(Error::from)?;
    let mut opened = 0;
    for id in due {
        let op = Next {
            app: app.clone(),
            id,
            now: app.now(),
        };
        opened += u64::from(app.store.write(id.get(), move |tx| op.run(tx)).await?);
    }
    Ok(opened)
}

struct Next {
    app: App,
    id: SeriesId,
    now: Timestamp,
}

impl Next {
    /// Whether a case was opened. When it no longer can be, the row ends, and that is told.
    fn run(&self, tx: &mut Tx<'_>) -> Result<bool, Error> {
        let today = self.app.config.day(self.now);
        let until = today.saturating_add(DAYS_BEFORE.days());
        let Some(mut row) = series::read(tx, self.id)? else {
            return Ok(false);
        };
        // The house has slept through its day: the one after it is meant.
        if row.next_on < today {
            let yesterday = today.saturating_sub(1.day());
            row.next_on = row.every.after(row.first_on, yesterday);
        }
        let is_due = row.ended_at.is_none() && row.paused_at.is_none() && row.next_on <= until;
        if !is_due {
            return Ok(false);
        }
        let Some(last) = cases::load(tx, &Scope::for_the_house(), row.last_case)? else {
            return Ok(false);
        };
        let kind = self.app.kinds().by_slug(&last.view.kind).cloned();
        let sealed = petitioners::to_deliver(tx, row.last_case)?;
        let (Some(kind), Some(sealed)) = (kind, sealed) else {
            return Ok(false);
        };
        let id = CaseId::from_raw(self.app.mint());
        let values = carried(&kind, &last.view.values, &sealed, &row);
        let decision = match self.decide(tx, (&kind, id), &values) {
            Ok(decision) => decision,
            Err(Error::Refused(refusal)) => {
                let why = refusal.key();
                tracing::warn!(series = %self.id, refusal = %why, "the next one cannot be opened");
                return self.end(tx, &kind, (row, &last.view)).map(|()| false);
            }
            Err(fault) => return Err(fault),
        };

        // --- everything is checked; from here on we write ---
        let code = TrackingCode::from_chance(self.app.chance());
        let words = search::words_of(&kind, &values);
        let opening = Opening {
            code: Some(&code),
            language: sealed.language.parse().unwrap_or(Lang::ZH),
            channel: Channel::Web,
            words: &words,
            person: sealed.person,
        };
        perform::open(&self.app, tx, (&kind, &decision), &opening, self.now)?;
        series::add_case(tx, row.id, id)?;
        let next = Series {
            last_case: id,
            next_on: row.every.after(row.first_on, row.next_on),
            ..row
        };
        series::update(tx, &next)?;
        Ok(true)
    }

    /// It comes no more: whoever ordered it is told, and the community that has to know.
    fn end(
        &self,
        tx: &mut Tx<'_>,
        kind: &Kind,
        (row, last): (Series, &CaseView),
    ) -> Result<(), Error> {
        let ended = Series {
            ended_at: Some(self.now),
            ..row
        };
        series::update(tx, &ended)?;
        let Some(repeat) = kind.repeat() else {
            return Ok(());
        };
        let community = self.app.atlas(tx)?.place_unit(&last.place);
        let readers = std::iter::once(Recipient::Petitioner).chain(community.map(Recipient::Unit));
        let mut first = None;
        for whom in readers {
            let id = NoticeId::from_raw(self.app.mint());
            first.get_or_insert(id);
            let letter = &repeat.ended;
            notices::insert(tx, id, last.id, last.version, whom, letter, self.now)?;
        }
        match first {
            Some(first) => Ok(Job::DeliverNotices(first).enqueue(&self.app, tx, self.now)?),
            None => Ok(()),
        }
    }

    fn decide(
        &self,
        tx: &mut Tx<'_>,
        (kind, id): (&Arc<Kind>, CaseId),
        values: &Values,
    ) -> Result<Decision, Error> {
        let actor = Actor::system();
        let input = Input {
            values: values.clone(),
        };
        let about = About {
            kind,
            case: None,
            step: &kind.open,
            input: &input,
            actor: &actor,
            now: self.now,
        };
        let facts = gather(&self.app, tx, &about)?;
        let scene = Scene {
            kind,
            actor: &actor,
            facts: &facts,
            now: self.now,
        };
        Ok(case::decide_open(&scene, id, &input)?)
    }
}

/// What the last one was opened with, for the next day.
fn carried(kind: &Kind, known: &Values, sealed: &Petitioner, row: &Series) -> Values {
    let mut values = Values::new();
    for asked in &kind.open.fields {
        let Some(field) = kind.field(&asked.field) else {
            continue;
        };
        let part = field.kind.petitioner_part().map(|part| match part {
            PetitionerPart::Name => sealed.name.as_ref(),
            PetitionerPart::Contact => sealed.contact.as_ref(),
            PetitionerPart::Address => sealed.address.as_ref(),
            PetitionerPart::Emergency => sealed.emergency.as_ref(),
        });
        let value = match part {
            Some(text) => text.cloned().map(Value::Text),
            None => known.get(&field.name).cloned(),
        };
        if let Some(value) = value {
            values.insert(field.name.clone(), value);
        }
    }
    if let Some(repeat) = kind.repeat() {
        values.remove(&repeat.every);
        values.insert(repeat.on.clone(), Value::Date(row.next_on));
        values.insert(repeat.again.clone(), Value::YesNo(true));
    }
    values
}
