//! What lies before somebody today, on one page that a phone keeps: the rounds, what is said to
//! be mended and waits for another pair of eyes, and what falls due first.

use askama::Template;
use huiyin_app::households;
use huiyin_app::rounds::look;

use super::{RoundRow, round_row};
use crate::layout::Page;
use crate::pages::desk::show::{self, RowView};
use crate::visit::{Answer, Visit, html};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/rounds/today.html")]
struct TodayPage<'a> {
    page: &'a Page,
    day: String,
    rounds: Vec<RoundRow>,
    checks: Vec<RowView>,
    due: Vec<RowView>,
    /// The places whose doors somebody reads, fetched ahead with the rest: address and name.
    doors: Vec<(String, String)>,
}

pub async fn show(visit: Visit) -> Answer {
    let app = &visit.state.app;
    let today = look::today(app, &visit.actor).await?;
    let own = households::list::own(app, &visit.actor).await?;
    let page = visit.page();
    let doors = own.iter().map(|place| {
        let name = place.names.in_lang(page.lang.as_str()).to_owned();
        (format!("/desk/households/{}", place.code), name)
    });
    let when = When::of(&visit, &page);
    let kinds = app.kinds();
    let rounds = today.rounds.iter();
    let rounds = rounds.map(|one| round_row(&when, one, &today.places, today.day));
    html(&TodayPage {
        day: when.day(today.day),
        doors: doors.collect(),
        rounds: rounds.collect(),
        checks: show::rows(&when, &kinds, &today.checks),
        due: show::rows(&when, &kinds, &today.due),
        page: &page,
    })
}
