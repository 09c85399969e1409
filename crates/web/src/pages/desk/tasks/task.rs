//! The one view of a task: who has it, who did it, where it stands, level by level and place by
//! place; and striking off what was reported right below.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use huiyin_app::tasks::look::{self, Row};
use huiyin_app::tasks::{verify, withdraw};
use huiyin_app::{Error, Refusal};
use huiyin_domain::id::TaskId;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::task::State;

use super::{Chip, due, evidence, progress, role_word, sort_chip, state_chip, today};
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::saying;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/tasks/task.html")]
struct TaskPage<'a> {
    page: &'a Page,
    id: TaskId,
    at: String,
    title: String,
    standard: String,
    evidence: String,
    due: String,
    is_late: bool,
    sort: Chip,
    giver: String,
    given: String,
    /// Whose post it is meant for.
    role: String,
    over_limit_for: String,
    withdrawn: String,
    /// The places around the one that is shown: address and name; the last is where we are.
    crumbs: Vec<(String, String)>,
    here: String,
    steps: Vec<Figure>,
    figures: Vec<Figure>,
    rows: Vec<RowView>,
    counted_in: String,
    may_verify: bool,
    may_withdraw: bool,
    refused: Vec<String>,
    wrong: Wrong,
}

struct Figure {
    figure: String,
    label: String,
}

struct RowView {
    place: String,
    name: String,
    href: String,
    unit: String,
    state: Option<Chip>,
    progress: String,
    share: i64,
    open: i64,
    reported: i64,
    back: String,
    amount: String,
    version: i64,
    verifies: bool,
}

pub(super) fn place_of(query: &Form) -> Result<Option<PlaceCode>, Problem> {
    match query.text("at") {
        "" => Ok(None),
        code => code.parse().map(Some).map_err(|_| Problem::NotFound),
    }
}

pub async fn show(visit: Visit, Path(id): Path<TaskId>, RawQuery(query): RawQuery) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let at = place_of(&query)?;
    draw(&visit, (id, at), Wrong::default(), Vec::new()).await
}

async fn draw(
    visit: &Visit,
    (id, at): (TaskId, Option<PlaceCode>),
    wrong: Wrong,
    refused: Vec<String>,
) -> Answer {
    let found = look::look(&visit.state.app, &visit.actor, id, at).await?;
    if let Some(part) = &found.part
        && part.state != State::BrokenDown
    {
        return Ok(see(&format!("/desk/tasks/{id}/{}", part.place)));
    }
    let page = visit.page();
    let when = When::of(visit, &page);
    let status = match refused.is_empty() {
        true => wrong.status,
        false => StatusCode::CONFLICT,
    };
    html_as(status, &view(&when, id, &found, (wrong, refused)))
}

fn view<'a>(
    when: &When<'a>,
    id: TaskId,
    found: &look::Page,
    (wrong, refused): (Wrong, Vec<String>),
) -> TaskPage<'a> {
    let page = when.page;
    let lang = page.lang.as_str();
    let task = &found.task;
    let mut crumbs: Vec<(String, String)> = found
        .path
        .iter()
        .map(|place| {
            let href = format!("/desk/tasks/{id}?at={}", place.code);
            (href, place.names.in_lang(lang).to_owned())
        })
        .collect();
    let here = crumbs.pop().map(|(_, name)| name).unwrap_or_default();
    TaskPage {
        id,
        at: found
            .path
            .last()
            .map(|place| place.code.to_string())
            .unwrap_or_default(),
        title: task.title.clone(),
        standard: task.standard.clone(),
        evidence: evidence(page, task),
        due: due(when, task),
        is_late: task.is_late_on(today(when)) && !found.sum.is_done() && found.sum.total() > 0,
        sort: sort_chip(page, task.sort),
        giver: found.giver.in_lang(lang).to_owned(),
        given: when.day_of(task.given_at),
        role: role_word(page, task),
        over_limit_for: task.over_limit_for.clone().unwrap_or_default(),
        withdrawn: task
            .withdrawn
            .as_ref()
            .map(|back| back.why.clone())
            .unwrap_or_default(),
        steps: steps(page, found),
        figures: figures(when, found),
        rows: found.rows.iter().map(|one| row(page, found, one)).collect(),
        counted_in: task.evidence.counted_in.clone(),
        may_verify: found.rows.iter().any(|row| row.verifies),
        may_withdraw: found.may_withdraw,
        crumbs,
        here,
        refused,
        wrong,
        page,
    }
}

/// Level by level: so many of so many are done.
fn steps(page: &Page, found: &look::Page) -> Vec<Figure> {
    let steps = found.steps.iter();
    steps
        .map(|step| Figure {
            figure: format!("{} / {}", step.done, step.places),
            label: page.t(&format!("level-{}", step.level.word())).into_owned(),
        })
        .collect()
}

fn figures(when: &When<'_>, found: &look::Page) -> Vec<Figure> {
    let (page, sum) = (when.page, &found.sum);
    let is_late = found.task.is_late_on(today(when));
    let late = match is_late {
        true => sum.to_do(),
        false => 0,
    };
    let mut figures: Vec<Figure> = [
        ("task-figure-to-do", sum.to_do()),
        ("task-figure-reported", sum.reported),
        ("task-figure-verified", sum.verified),
        ("task-figure-sent-back", sum.sent_back),
        ("task-figure-late", late),
    ]
    .into_iter()
    .map(|(key, count)| Figure {
        figure: count.to_string(),
        label: page.t(key).into_owned(),
    })
    .collect();
    let counted_in = &found.task.evidence.counted_in;
    if !counted_in.is_empty() {
        let sums = [
            ("task-figure-sum", sum.amount_verified),
            ("task-figure-sum-reported", sum.amount_reported),
        ];
        figures.extend(sums.map(|(key, amount)| Figure {
            figure: format!("{amount} {counted_in}"),
            label: page.t(key).into_owned(),
        }));
    }
    figures
}

fn row(page: &Page, found: &look::Page, row: &Row) -> RowView {
    let lang = page.lang.as_str();
    let (id, part) = (found.task.id, &row.part);
    let is_whole = part.state == State::BrokenDown;
    let (progress, share) = progress(&row.sum);
    let amount = match is_whole {
        true => Some(row.sum.amount_verified),
        false => part.amount,
    };
    RowView {
        place: part.place.to_string(),
        name: row.names.in_lang(lang).to_owned(),
        href: match is_whole {
            true => format!("/desk/tasks/{id}?at={}", part.place),
            false => format!("/desk/tasks/{id}/{}", part.place),
        },
        unit: row.unit.in_lang(lang).to_owned(),
        state: (!is_whole).then(|| state_chip(page, part.state)),
        progress,
        share,
        open: row.sum.to_do(),
        reported: row.sum.reported,
        back: match row.sum.sent_back {
            0 => String::new(),
            count => page.tn("task-back-count", "count", count).into_owned(),
        },
        amount: amount.map(|amount| amount.to_string()).unwrap_or_default(),
        version: part.version,
        verifies: row.verifies,
    }
}

/// Strikes off what was ticked on the page of a place.
pub async fn strike_off(visit: Visit, Path(id): Path<TaskId>, form: Form) -> Answer {
    let at: Option<PlaceCode> = form.text("at").parse().ok();
    let parts = form.all("part").filter_map(|part| {
        let (place, version) = part.split_once(' ')?;
        Some((place.parse().ok()?, version.parse().ok()?))
    });
    let done = verify::verify(&visit.state.app, &visit.actor, id, parts.collect()).await;
    let reply = match done {
        Ok(reply) => reply,
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            return draw(&visit, (id, at), wrong, Vec::new()).await;
        }
    };
    let page = visit.page();
    let why = |refusal: &Refusal| saying::sentence(&page, refusal);
    let refused = reply.iter().filter_map(|(place, done)| {
        let refusal = done.as_ref().err()?;
        Some(format!("{place}: {}", why(refusal)))
    });
    let refused: Vec<String> = refused.collect();
    if !refused.is_empty() {
        return draw(&visit, (id, at), Wrong::default(), refused).await;
    }
    let back = at.map(|at| format!("?at={at}")).unwrap_or_default();
    let to = see(&format!("/desk/tasks/{id}{back}"));
    Ok(flash::say(
        to,
        Tone::Done,
        "task-verified",
        visit.transport(),
    ))
}

pub async fn take_back(visit: Visit, Path(id): Path<TaskId>, form: Form) -> Answer {
    let why = form.text("why").to_owned();
    let done: Result<(), Error> = withdraw::withdraw(&visit.state.app, &visit.actor, id, why).await;
    match done {
        Ok(()) => {
            let to = see(&format!("/desk/tasks/{id}"));
            Ok(flash::say(
                to,
                Tone::Done,
                "task-withdrawn",
                visit.transport(),
            ))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, (id, None), wrong, Vec::new()).await
        }
    }
}
