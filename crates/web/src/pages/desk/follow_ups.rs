//! Whom to call back: the closed cases that a rule has chosen, the longest waiting first, and
//! what to say. The call itself is noted on the page of the case.

use askama::Template;
use huiyin_app::supervision::follow_ups::{self, Reply};

use crate::layout::Page;
use crate::visit::{Answer, Visit, html};

use super::show;

#[derive(Template)]
#[template(path = "pages/desk/follow_ups.html")]
struct FollowUpsPage<'a> {
    page: &'a Page,
    sentence: String,
    scripts: Vec<Script>,
    rows: Vec<Row>,
}

/// What to say about cases of one kind.
struct Script {
    kind: String,
    text: String,
}

struct Row {
    href: String,
    title: String,
    kind: String,
    place: String,
    outcome: String,
    why: String,
    tries: String,
    closed: String,
}

pub async fn show(visit: Visit) -> Answer {
    let found = follow_ups::list(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    html(&FollowUpsPage {
        sentence: sentence(&page, &found),
        scripts: scripts(&visit, &page, &found),
        rows: rows(&visit, &page, &found),
        page: &page,
    })
}

/// What came of the calls of the last thirty days.
fn sentence(page: &Page, found: &Reply) -> String {
    let of = |result: &str| found.results.get(result).copied().unwrap_or(0);
    let args = [
        ("waiting", found.rows.len().into()),
        ("content", of("content").into()),
        ("unhappy", of("unhappy").into()),
        ("missed", of("not-reached").into()),
    ];
    page.ta("follow-ups-sentence", &args).into_owned()
}

fn scripts(visit: &Visit, page: &Page, found: &Reply) -> Vec<Script> {
    let kinds = visit.state.app.kinds();
    let waits = |slug: &str| found.rows.iter().any(|row| row.kind == slug);
    let asked = kinds.current().iter().filter(|kind| waits(&kind.slug));
    asked
        .map(|kind| Script {
            kind: show::kind_word(page, &kind.slug),
            text: page.t(&kind.call_script_key()).into_owned(),
        })
        .collect()
}

fn rows(visit: &Visit, page: &Page, found: &Reply) -> Vec<Row> {
    let when = show::when(visit, page);
    let row = |row: &follow_ups::FollowUp| Row {
        href: format!("/desk/cases/{}", row.case),
        title: row.title.clone(),
        kind: show::kind_word(page, &row.kind),
        place: show::place_word(page, &row.place, |code| found.places.get(code)),
        outcome: row.outcome.as_deref().map_or_else(String::new, |outcome| {
            show::outcome_word(page, &row.kind, outcome)
        }),
        why: page.t(&format!("follow-ups-why-{}", row.why)).into_owned(),
        tries: match row.tried_at {
            None => page.t("follow-ups-not-tried").into_owned(),
            Some(tried) => {
                let args = [
                    ("tries", row.tries.into()),
                    ("when", when.ago(tried).into()),
                ];
                page.ta("follow-ups-tried", &args).into_owned()
            }
        },
        closed: when.ago(row.chosen_at),
    };
    found.rows.iter().map(row).collect()
}
