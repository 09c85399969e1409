//! The windows of offices for everybody: when they are open, and how many wait there now.

use askama::Template;
use axum::extract::{Path, RawQuery};
use huiyin_app::limits::Purpose;
use huiyin_app::windows::list::{self, Line, Request};
use huiyin_domain::id::WindowId;

use crate::form::Form;
use crate::layout::Page;
use crate::pages::window_parts::{DayRow, called, day_row, wait_words};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/public/windows.html")]
struct ListPage<'a> {
    page: &'a Page,
    text: String,
    cards: Vec<Card>,
    more: bool,
}

/// A window in a list.
pub struct Card {
    pub href: String,
    pub name: String,
    pub unit: String,
    pub location: String,
    pub wait: String,
    pub today: DayRow,
}

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    visit.count(Purpose::Search)?;
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let request = Request {
        text: query.text("text").chars().take(60).collect(),
        procedure: None,
    };
    let text = request.text.clone();
    let (lines, more) = list::list(&visit.state.app, request).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    html(&ListPage {
        cards: lines
            .iter()
            .map(|line| card(&when, line, &format!("/windows/{}", line.window.id)))
            .collect(),
        text,
        more,
        page: &page,
    })
}

pub fn card(when: &When<'_>, line: &Line, href: &str) -> Card {
    let lang = when.page.lang.as_str();
    Card {
        href: href.to_owned(),
        name: line.window.names.in_lang(lang).to_owned(),
        unit: line.unit.in_lang(lang).to_owned(),
        location: line.window.setup.location.clone(),
        wait: wait_words(when.page, &line.wait),
        today: day_row(when, &line.today),
    }
}

#[derive(Template)]
#[template(path = "pages/public/window.html")]
struct ShowPage<'a> {
    page: &'a Page,
    card: Card,
    place: String,
    contact: String,
    called: String,
    days: Vec<DayRow>,
    minutes: i64,
}

pub async fn show(visit: Visit, Path(id): Path<WindowId>) -> Answer {
    visit.count(Purpose::Search)?;
    let found = list::show(&visit.state.app, id).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let line = &found.line;
    html(&ShowPage {
        card: card(&when, line, ""),
        place: line.place.in_lang(page.lang.as_str()).to_owned(),
        contact: line.window.setup.contact.clone(),
        called: called(&page, &line.wait),
        days: found.days.iter().map(|day| day_row(&when, day)).collect(),
        minutes: line.window.setup.minutes,
        page: &page,
    })
}
