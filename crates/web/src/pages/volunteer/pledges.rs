//! What a volunteer pledged: what they did of it, and giving it up.

use askama::Template;
use axum::extract::Path;
use huiyin_app::civic_posts::mine::{self, Mine};
use huiyin_app::civic_posts::{give_up, report};
use huiyin_domain::civic_post::PledgeState;
use huiyin_domain::id::{CivicPostId, PledgeId, PledgeReportId};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::public::civic_posts::{holder, term};
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

const PATH: &str = "/volunteer/pledges";

#[derive(Template)]
#[template(path = "pages/volunteer/pledges.html")]
struct PledgesPage<'a> {
    page: &'a Page,
    rows: Vec<Row>,
    wrong: Wrong,
}

struct Row {
    id: PledgeId,
    civic_post: CivicPostId,
    title: String,
    term: String,
    promise: String,
    tone: &'static str,
    sign: &'static str,
    state: String,
    reason: String,
    is_held: bool,
    reports: Vec<String>,
    report: PledgeReportId,
    what: String,
    day: String,
    /// Whether it is the form of this one that comes back.
    is_wrong: bool,
}

impl Row {
    /// The id of a field, of which there is one for each pledge.
    fn field(&self, name: &str) -> String {
        format!("{name}-{}", self.id)
    }

    /// What is wrong with a field, where it is this form that comes back.
    fn wrong_at<'w>(&self, wrong: &'w Wrong, field: &str) -> &'w str {
        if self.is_wrong { wrong.at(field) } else { "" }
    }
}

pub async fn show(visit: Visit) -> Answer {
    draw(&visit, None, &Form::default(), Wrong::default()).await
}

async fn draw(visit: &Visit, at: Option<PledgeId>, typed: &Form, wrong: Wrong) -> Answer {
    let found = mine::mine(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let today = visit.state.app.config.day(visit.state.now()).to_string();
    let row = |found: &Mine| {
        let is_wrong = at == Some(found.pledge.id);
        let mut row = row(&page, &when, found);
        let fresh = PledgeReportId::from_raw(visit.state.app.mint());
        row.report = fresh;
        row.day.clone_from(&today);
        if is_wrong {
            row.report = typed.text("id").parse().unwrap_or(fresh);
            typed.text("what").clone_into(&mut row.what);
            typed.text("day").clone_into(&mut row.day);
            row.is_wrong = true;
        }
        row
    };
    let status = wrong.status;
    let drawn = PledgesPage {
        rows: found.iter().map(row).collect(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn row(page: &Page, when: &When<'_>, found: &Mine) -> Row {
    let pledge = &found.pledge;
    let (tone, sign, key) = match &pledge.state {
        PledgeState::Asked => ("wait", "hourglass", "pledge-state-asked"),
        PledgeState::Held { .. } => ("done", "circle-check", "pledge-state-held"),
        PledgeState::Declined { .. } => ("quiet", "x", "pledge-state-declined"),
    };
    Row {
        id: pledge.id,
        civic_post: found.civic_post.id,
        title: found.civic_post.title.clone(),
        term: term(when, &found.civic_post),
        promise: pledge.promise.clone(),
        tone,
        sign,
        state: page.t(key).into_owned(),
        reason: match &pledge.state {
            PledgeState::Declined { reason, .. } => reason.clone(),
            _ => String::new(),
        },
        is_held: pledge.is_held(),
        reports: holder(when, &(pledge.clone(), found.reports.clone())).reports,
        report: PledgeReportId::from_raw(0),
        what: String::new(),
        day: String::new(),
        is_wrong: false,
    }
}

/// Says what was done.
pub async fn report(visit: Visit, Path(id): Path<PledgeId>, form: Form) -> Answer {
    let page = visit.page();
    let Ok(day) = form.text("day").parse() else {
        let missing = huiyin_app::Refusal::field("day", "fault-service-day");
        let wrong = Wrong::of(&page, missing.into())?;
        return draw(&visit, Some(id), &form, wrong).await;
    };
    let request = report::Request {
        id: form.text("id").parse().map_err(|_| Problem::Malformed)?,
        pledge: id,
        day,
        what: form.text("what").to_owned(),
    };
    match report::report(&visit.state.app, &visit.actor, request).await {
        Ok(()) => Ok(flash::say(
            see(PATH),
            Tone::Done,
            "pledge-reported",
            visit.transport(),
        )),
        Err(error) => {
            let wrong = Wrong::of(&page, error)?;
            draw(&visit, Some(id), &form, wrong).await
        }
    }
}

/// Gives it up, or takes back that they asked.
pub async fn end(visit: Visit, Path(id): Path<PledgeId>) -> Answer {
    give_up::give_up(&visit.state.app, &visit.actor, id).await?;
    Ok(flash::say(
        see(PATH),
        Tone::Done,
        "pledge-ended",
        visit.transport(),
    ))
}
