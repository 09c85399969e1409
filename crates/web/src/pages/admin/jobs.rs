//! Work that could not be done: letters that did not go out, and what else failed too often.
//! Named by its sort and number alone, because whoever runs the house sees no content.

use askama::Template;
use axum::extract::Path;
use huiyin_app::jobs::dead_letters::{self, Verdict};
use huiyin_domain::id::{self, JobId};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::show;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, see};

#[derive(Template)]
#[template(path = "pages/admin/jobs.html")]
struct JobsPage<'a> {
    page: &'a Page,
    waiting: String,
    rows: Vec<Row>,
}

struct Row {
    id: String,
    what: String,
    why: String,
    tries: i64,
    when: String,
}

pub async fn list(visit: Visit) -> Answer {
    let found = dead_letters::list(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let when = show::when(&visit, &page);
    let rows = found.dead.into_iter().map(|dead| Row {
        id: dead.job.id.to_string(),
        what: page
            .ts(
                &format!("admin-job-{}", dead.job.name),
                "subject",
                &id::encode(dead.job.subject),
            )
            .into_owned(),
        why: dead.fault,
        tries: dead.job.tries,
        when: when.moment(dead.dead_at),
    });
    let waiting = [("count", found.standing.waiting.into())];
    html(&JobsPage {
        waiting: page.ta("admin-jobs-waiting", &waiting).into_owned(),
        rows: rows.collect(),
        page: &page,
    })
}

/// Tries again, or gives up.
pub async fn decide(visit: Visit, Path(job): Path<JobId>, form: Form) -> Answer {
    let (verdict, said) = match form.text("do") {
        "again" => (Verdict::Again, "job-again"),
        "give-up" => (Verdict::GivenUp, "job-given-up"),
        _ => return Err(Problem::Malformed),
    };
    dead_letters::decide(&visit.state.app, &visit.actor, job, verdict).await?;
    let back = see("/admin/jobs");
    Ok(flash::say(back, Tone::Done, said, visit.transport()))
}

/// Tries everything again.
pub async fn all_again(visit: Visit) -> Answer {
    dead_letters::all_again(&visit.state.app, &visit.actor).await?;
    let back = see("/admin/jobs");
    Ok(flash::say(
        back,
        Tone::Done,
        "jobs-again",
        visit.transport(),
    ))
}
