//! The rules of rates and follow-up calls, each with the day from which it counts. A rule begins
//! today or later: what held on a past day stays, so that its figures can be counted anew.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::case::Class;
use huiyin_domain::dated::Dated;
use huiyin_domain::follow_up::FollowUpRules;
use huiyin_domain::inspection::InspectionRules;
use huiyin_domain::rates::{BadRules, RateRules};
use huiyin_store::supervision_rules::{self, Sort};
use huiyin_store::{DbError, Tx};
use jiff::civil::Date;
use serde::Serialize;

use crate::administration::{Record, permit};
use crate::{App, Error, Refusal};

/// Everything that was ruled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    pub rates: Dated<RateRules>,
    pub follow_ups: Dated<FollowUpRules>,
    pub inspections: Dated<InspectionRules>,
}

/// Reads it all.
pub async fn look(app: &App) -> Result<Rules, Error> {
    let read = |tx: &mut Tx<'_>| -> Result<Rules, DbError> {
        Ok(Rules {
            rates: of_rates(tx)?,
            follow_ups: of_follow_ups(tx)?,
            inspections: of_inspections(tx)?,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

pub(crate) fn of_rates(tx: &mut Tx<'_>) -> Result<Dated<RateRules>, DbError> {
    let rules = supervision_rules::of_sort(tx, Sort::Rates)?;
    Ok(Dated::new(RateRules::default(), rules))
}

pub(crate) fn of_follow_ups(tx: &mut Tx<'_>) -> Result<Dated<FollowUpRules>, DbError> {
    let rules = supervision_rules::of_sort(tx, Sort::FollowUps)?;
    Ok(Dated::new(FollowUpRules::default(), rules))
}

pub(crate) fn of_inspections(tx: &mut Tx<'_>) -> Result<Dated<InspectionRules>, DbError> {
    let rules = supervision_rules::of_sort(tx, Sort::Inspections)?;
    Ok(Dated::new(InspectionRules::default(), rules))
}

/// Rules rates anew, from a day on.
pub async fn put_rates(
    app: &App,
    actor: &Actor,
    starts_on: Date,
    rules: RateRules,
) -> Result<(), Error> {
    rules.check().map_err(|bad| match bad {
        BadRules::Weights => Refusal::field("weights", "fault-weights"),
        BadRules::Sample => Refusal::field("sample_min", "fault-not-number"),
        BadRules::Hours => Refusal::field("response_hours", "fault-not-number"),
    })?;
    put(
        app,
        actor,
        (Sort::Rates, "rate-rules-put"),
        starts_on,
        rules,
    )
    .await
}

/// Rules follow-up calls anew, from a day on.
pub async fn put_follow_ups(
    app: &App,
    actor: &Actor,
    starts_on: Date,
    rules: FollowUpRules,
) -> Result<(), Error> {
    if !rules.is_sound() {
        return Err(Refusal::field("percent", "fault-not-number").into());
    }
    let sort = (Sort::FollowUps, "follow-up-rules-put");
    put(app, actor, sort, starts_on, rules).await
}

/// Rules inspections anew, from a day on.
pub async fn put_inspections(
    app: &App,
    actor: &Actor,
    starts_on: Date,
    rules: InspectionRules,
) -> Result<(), Error> {
    if !rules.is_sound() {
        return Err(Refusal::field("percent", "fault-not-number").into());
    }
    let sort = (Sort::Inspections, "inspection-rules-put");
    put(app, actor, sort, starts_on, rules).await
}

async fn put<T: Serialize + Clone + Send + Sync + 'static>(
    app: &App,
    actor: &Actor,
    (sort, act): (Sort, &str),
    starts_on: Date,
    rules: T,
) -> Result<(), Error> {
    permit(actor, Action::SupervisionEdit)?;
    let now = app.now();
    if starts_on < app.config.day(now) {
        return Err(Refusal::rule(Class::Invalid, "rules-past").into());
    }
    let (id, record) = (app.mint(), Record::new(app, actor, act, starts_on));
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        // --- everything is checked; from here on we write ---
        supervision_rules::add(tx, (id, sort), starts_on, &rules, now)?;
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}
