//! The house asks: every few minutes for all that looks for somebody, and at once for what is
//! urgent.

use huiyin_domain::case::{PROPOSED, Recipient};
use huiyin_domain::id::{CaseId, NoticeId, PostId, ProposalId, VolunteerId};
use huiyin_domain::place::Level;
use huiyin_domain::proposal::{LapseReason, ProposalState};
use huiyin_insight::matching::{self, propose, propose_at_once};
use huiyin_store::proposals::{self, Looking, Of, Proposal};
use huiyin_store::{DbError, Tx, notices, settings, volunteers};
use jiff::{SignedDuration, Timestamp};

use super::known::{Known, is_accepted, looks};
use super::reasons;
use crate::jobs::Job;
use crate::{App, Error};

/// The setting that says when the last batch was made.
const LAST: &str = "proposals-batch";
const OVERDUE: i64 = 200;

/// Ends what nobody answered, and asks anew when it is time; how many were asked.
pub(crate) async fn sweep(app: &App) -> Result<u64, Error> {
    lapse(app).await?;
    let now = app.now();
    let minutes = i64::from(app.config.matching.ask.batch_minutes);
    let since = (now - SignedDuration::from_mins(minutes)).as_microsecond();
    let is_time = move |tx: &mut Tx<'_>| -> Result<bool, DbError> {
        let last = settings::get(tx, LAST)?.and_then(|last| last.parse::<i64>().ok());
        Ok(last.is_none_or(|last| last <= since))
    };
    if !app.store.read(is_time).await.map_err(Error::from)? {
        return Ok(0);
    }
    // Of several servers one makes the batch.
    let claim = move |tx: &mut Tx<'_>| -> Result<bool, DbError> {
        if !is_time(tx)? {
            return Ok(false);
        }
        settings::put(tx, LAST, &now.as_microsecond().to_string())?;
        Ok(true)
    };
    match app.store.write(0, claim).await.map_err(Error::from)? {
        true => batch(app, now).await,
        false => Ok(0),
    }
}

async fn batch(app: &App, now: Timestamp) -> Result<u64, Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| -> Result<Known, Error> {
        let mut known = Known::helpers(&inner, tx)?;
        if !known.helpers.is_empty() {
            known.add_needs(&inner, tx)?;
        }
        Ok(known)
    };
    let known = app.store.read(read).await.map_err(Error::from)?;
    if known.needs.is_empty() {
        return Ok(0);
    }
    let rules = app.config.matching.clone();
    let weigh = move || propose(&rules, &known.needs, &known.helpers).proposals;
    let found = tokio::task::spawn_blocking(weigh).await;
    let found = found.map_err(|fault| Error::broken("weighing who could help", fault))?;
    ask_all(app, found, now).await
}

/// Asks the best helpers for one urgent case; how many.
pub(crate) async fn at_once(app: &App, case: CaseId) -> Result<(), Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| -> Result<Known, Error> {
        let mut known = Known::helpers(&inner, tx)?;
        known.add_one(&inner, tx, case)?;
        Ok(known)
    };
    let known = app.store.read(read).await.map_err(Error::from)?;
    let Some(need) = known.needs.first() else {
        return Ok(());
    };
    let rules = &app.config.matching;
    let count = usize::try_from(rules.ask.urgent_helpers).unwrap_or(usize::MAX);
    let found = propose_at_once(rules, need, &known.helpers, count);
    ask_all(app, found, app.now()).await.map(drop)
}

async fn ask_all(app: &App, found: Vec<matching::Proposal>, now: Timestamp) -> Result<u64, Error> {
    let mut asked = 0;
    for found in found {
        let case = CaseId::from_raw(found.need.0);
        let question = Question {
            case,
            volunteer: VolunteerId::from_raw(found.helper.0),
            post: None,
            cost: found.cost,
            reasons: reasons::written(&found.reasons)?,
            batch: now,
        };
        let inner = app.clone();
        let write = move |tx: &mut Tx<'_>| ask(&inner, tx, &question).map(|asked| asked.is_some());
        asked += u64::from(
            app.store
                .write(case.get(), write)
                .await
                .map_err(Error::from)?,
        );
    }
    Ok(asked)
}

/// Somebody is to be asked.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub case: CaseId,
    pub volunteer: VolunteerId,
    /// The post of whoever proposes them by hand.
    pub post: Option<PostId>,
    pub cost: i64,
    pub reasons: String,
    pub batch: Timestamp,
}

/// Asks somebody and tells them, if that is still right: the case looks for somebody, they are
/// there, were not asked about it already and are not asked too much.
pub(super) fn ask(
    app: &App,
    tx: &mut Tx<'_>,
    question: &Question,
) -> Result<Option<ProposalId>, Error> {
    let Some(case) = proposals::looking_one(tx, question.case)? else {
        return Ok(None);
    };
    let kind = app.kind_of(tx, case.kind_hash)?;
    let volunteer = volunteers::by_id(tx, question.volunteer)?;
    let volunteer = volunteer.filter(is_accepted);
    let community = case.place.at(Level::Community);
    let (Some(_), Some(volunteer), Some(community)) = (looks(&kind, &case), volunteer, community)
    else {
        return Ok(None);
    };
    if !may_ask(app, tx, &case, question)? {
        return Ok(None);
    }

    // --- everything is checked; from here on we write ---
    let now = app.now();
    let ask = &app.config.matching.ask;
    let hours = match case.urgent_at {
        Some(_) => ask.answer_hours_urgent,
        None => ask.answer_hours,
    };
    let id = ProposalId::from_raw(app.mint());
    proposals::insert(
        tx,
        &Proposal {
            id,
            case: case.case,
            volunteer: volunteer.id,
            community,
            batch: question.batch,
            post: question.post,
            cost: question.cost,
            reasons: question.reasons.clone(),
            made_at: now,
            answer_by: now + SignedDuration::from_hours(i64::from(hours)),
            state: ProposalState::Open,
        },
    )?;
    let notice = NoticeId::from_raw(app.mint());
    let whom = Recipient::Person(volunteer.person);
    notices::insert(tx, notice, case.case, case.version, whom, PROPOSED, now)?;
    Job::DeliverNotices(notice).enqueue(app, tx, now)?;
    Ok(Some(id))
}

fn may_ask(
    app: &App,
    tx: &mut Tx<'_>,
    case: &Looking,
    question: &Question,
) -> Result<bool, DbError> {
    let ask = &app.config.matching.ask;
    let at_once = match (case.urgent_at, question.post) {
        (None, None) => 1,
        // Staff may ask a second one beside the first.
        _ => i64::from(ask.urgent_helpers),
    };
    let is_once = |asked: &proposals::Asked| {
        let ends = matches!(
            asked.state,
            ProposalState::Open | ProposalState::Declined { .. }
        );
        asked.volunteer == question.volunteer && ends
    };
    let before = proposals::asked(tx, Of::Case(case.case))?;
    let waiting = proposals::open_of_volunteer(tx, question.volunteer)?.len();
    let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
    Ok(case.asked < at_once && !before.iter().any(is_once) && waiting < ask.at_once_max)
}

/// Ends what nobody has answered in time. Whoever did not answer is not held to it.
async fn lapse(app: &App) -> Result<(), Error> {
    let now = app.now();
    loop {
        let read = move |tx: &mut Tx<'_>| proposals::overdue(tx, now, OVERDUE);
        let due = app.store.read(read).await.map_err(Error::from)?;
        let is_last = due.len() < usize::try_from(OVERDUE).unwrap_or(usize::MAX);
        for proposal in due {
            let inner = app.clone();
            let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
                proposals::lapse(tx, proposal.id, LapseReason::Unanswered, now)?;
                ask_next(&inner, tx, proposal.case, now)
            };
            let key = proposal.case.get();
            app.store.write(key, write).await.map_err(Error::from)?;
        }
        if is_last {
            return Ok(());
        }
    }
}

/// When somebody did not come to an urgent case's help, the next one is asked at once.
pub(super) fn ask_next(
    app: &App,
    tx: &mut Tx<'_>,
    case: CaseId,
    now: Timestamp,
) -> Result<(), Error> {
    let case = proposals::looking_one(tx, case)?;
    if let Some(case) = case.filter(|case| case.urgent_at.is_some()) {
        Job::AskAtOnce(case.case).enqueue(app, tx, now)?;
    }
    Ok(())
}
