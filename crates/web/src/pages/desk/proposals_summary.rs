//! What came of asking people in the last thirty days: counts, never by person; and what waits.

use askama::Template;
use huiyin_app::proposals::Waiting;
use huiyin_app::proposals::summary::{self, Reply};
use huiyin_domain::access::{Action, may_somewhere};

use crate::layout::Page;
use crate::visit::{Answer, Visit, html};

use super::show;

#[derive(Template)]
#[template(path = "pages/desk/proposals_summary.html")]
struct SummaryPage<'a> {
    page: &'a Page,
    /// Whether the volunteers are theirs to look after.
    is_keeper: bool,
    is_empty: bool,
    sentence: String,
    /// None while there are too few to be told apart.
    reasons: Option<Vec<(String, i64)>>,
    waiting: Vec<Row>,
}

/// Something that has found nobody yet.
struct Row {
    href: String,
    title: String,
    place: String,
    since: String,
    asked: String,
}

pub async fn show(visit: Visit) -> Answer {
    let found = summary::summary(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let waiting = found.waiting.iter();
    let waiting = waiting.map(|case| row(&visit, &page, (&found, case)));
    html(&SummaryPage {
        waiting: waiting.collect(),
        is_keeper: may_somewhere(&visit.actor, Action::VolunteersKeep),
        is_empty: found.states.is_empty(),
        sentence: sentence(&page, &found),
        reasons: found.reasons.as_ref().map(|reasons| {
            let line = |(word, count): (&String, &i64)| {
                let word = match word.as_str() {
                    "" => "none",
                    word => word,
                };
                let key = format!("proposals-no-{word}");
                (page.t(&key).into_owned(), *count)
            };
            reasons.iter().map(line).collect()
        }),
        page: &page,
    })
}

fn row(visit: &Visit, page: &Page, (found, case): (&Reply, &Waiting)) -> Row {
    Row {
        href: format!("/desk/cases/{}/proposals", case.case),
        title: case.title.clone(),
        place: show::place_word(page, &case.place, |code| found.places.get(code)),
        since: show::when(visit, page).ago(case.opened_at),
        asked: match case.asked {
            0 => page.t("proposals-waiting-nobody").into_owned(),
            asked => page
                .ta("proposals-waiting-asked", &[("asked", asked.into())])
                .into_owned(),
        },
    }
}

fn sentence(page: &Page, found: &Reply) -> String {
    let of = |state: &str| found.states.get(state).copied().unwrap_or(0);
    let args = [
        ("asked", found.states.values().sum::<i64>().into()),
        ("accepted", of("accepted").into()),
        ("declined", of("declined").into()),
        ("lapsed", of("lapsed").into()),
        ("open", of("open").into()),
    ];
    page.ta("proposals-summary-sentence", &args).into_owned()
}
