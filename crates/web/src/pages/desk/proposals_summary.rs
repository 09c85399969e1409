//! What came of asking people in the last thirty days: counts, never by person.

use askama::Template;
use huiyin_app::proposals::summary::{self, Reply};

use crate::layout::Page;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/desk/proposals_summary.html")]
struct SummaryPage<'a> {
    page: &'a Page,
    is_empty: bool,
    sentence: String,
    /// None while there are too few to be told apart.
    reasons: Option<Vec<(String, i64)>>,
}

pub async fn show(visit: Visit) -> Answer {
    let found = summary::summary(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    html(&SummaryPage {
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
