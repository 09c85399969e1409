//! The windows in the places of whoever looks.

use askama::Template;
use huiyin_app::windows::today::{self, Serves};
use huiyin_domain::access::{Action, may_somewhere};

use crate::layout::Page;
use crate::pages::window_parts::wait_words;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/desk/windows/list.html")]
struct ListPage<'a> {
    page: &'a Page,
    rows: Vec<Row>,
    may_keep: bool,
}

struct Row {
    id: String,
    name: String,
    unit: String,
    location: String,
    wait: String,
    expected: usize,
    served: usize,
    serves: bool,
    is_closed: bool,
}

pub async fn list(visit: Visit) -> Answer {
    let kept = today::list(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let lang = page.lang.as_str();
    let rows = kept.iter().map(|one| Row {
        id: one.line.window.id.to_string(),
        name: one.line.window.names.in_lang(lang).to_owned(),
        unit: one.line.unit.in_lang(lang).to_owned(),
        location: one.line.window.setup.location.clone(),
        wait: wait_words(&page, &one.line.wait),
        expected: one.line.expected,
        served: one.line.served,
        serves: one.serves == Serves::Yes,
        is_closed: one.line.window.closed_at.is_some(),
    });
    html(&ListPage {
        rows: rows.collect(),
        may_keep: may_somewhere(&visit.actor, Action::WindowsKeep),
        page: &page,
    })
}
