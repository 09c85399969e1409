//! What repeats, and how much a desk takes in a week.

use askama::Template;
use axum::extract::Path;
use huiyin_app::Error;
use huiyin_app::tasks::{limit, repeat};
use huiyin_domain::id::TaskRuleId;
use huiyin_domain::task::Limits;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::parts::number;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/tasks/settings.html")]
struct SettingsPage<'a> {
    page: &'a Page,
    limits: Vec<LimitView>,
    rules: Vec<RuleView>,
    wrong: Wrong,
}

struct LimitView {
    place: String,
    name: String,
    warn: i64,
    refuse: i64,
}

struct RuleView {
    id: TaskRuleId,
    title: String,
    rhythm: String,
    next: String,
    days: String,
}

pub async fn show(visit: Visit) -> Answer {
    draw(&visit, Wrong::default()).await
}

async fn draw(visit: &Visit, wrong: Wrong) -> Answer {
    let (app, actor) = (&visit.state.app, &visit.actor);
    let limits = limit::held(app, actor).await?;
    let rules = repeat::list(app, actor).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let limits = limits.into_iter().map(|held| LimitView {
        place: held.place.to_string(),
        name: held.names.in_lang(page.lang.as_str()).to_owned(),
        warn: held.limits.warn,
        refuse: held.limits.refuse,
    });
    let rules = rules.into_iter().map(|rule| RuleView {
        id: rule.id,
        title: rule.title,
        rhythm: page
            .t(&format!("task-rhythm-{}", rule.rhythm.word()))
            .into_owned(),
        next: when.day(rule.next_on),
        days: page
            .tn("task-for-days", "count", rule.working_days)
            .into_owned(),
    });
    let status = wrong.status;
    let drawn = SettingsPage {
        limits: limits.collect(),
        rules: rules.collect(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

async fn after(visit: &Visit, (done, word): (Result<(), Error>, &str)) -> Answer {
    match done {
        Ok(()) => {
            let to = see("/desk/tasks/settings");
            Ok(flash::say(to, Tone::Done, word, visit.transport()))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(visit, wrong).await
        }
    }
}

pub async fn set(visit: Visit, form: Form) -> Answer {
    let place = form.text("place").parse().map_err(|_| Problem::NotFound)?;
    let limits = Limits {
        warn: number(&form, "warn"),
        refuse: number(&form, "refuse"),
    };
    let done = limit::set(&visit.state.app, &visit.actor, (place, limits)).await;
    after(&visit, (done, "task-limit-set")).await
}

pub async fn end(visit: Visit, Path(id): Path<TaskRuleId>) -> Answer {
    let done = repeat::end(&visit.state.app, &visit.actor, id).await;
    after(&visit, (done, "task-rule-ended")).await
}
