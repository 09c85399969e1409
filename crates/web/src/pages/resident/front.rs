//! The front page: one box and three quiet doors; then what sort of thing it is.

use askama::Template;
use axum::extract::Path;
use huiyin_app::Refusal;
use huiyin_app::error::Thing;
use huiyin_app::places::history;
use huiyin_app::places::look::{self, Found};
use huiyin_domain::place::{Level, PlaceCode};

use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::show::path_word;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};

use super::new_form::{self, Opening, openings};
use super::{new, observe};

#[derive(Template)]
#[template(path = "pages/resident/front.html")]
struct FrontPage<'a> {
    page: &'a Page,
    /// Brought along by the QR code of a building: code, name, where it lies.
    at: Option<(String, String, String)>,
    /// Who is there for the place; empty where there is no such card.
    grid: String,
    /// The menu of services: of this place, or where to find one.
    menu: String,
    /// Where passers-by report what they see; empty where nobody looks after that.
    observe: String,
    /// How many matters were brought in, or looked up, from here.
    own: i64,
}

#[derive(Template)]
#[template(path = "pages/resident/sort.html")]
struct SortPage<'a> {
    page: &'a Page,
    text: &'a str,
    place: &'a str,
    openings: Vec<Opening>,
}

#[derive(Template)]
#[template(path = "pages/resident/changed_place.html")]
struct ChangedPage<'a> {
    page: &'a Page,
    name: String,
    /// Address, name, where it lies.
    heirs: Vec<(String, String, String)>,
}

pub async fn show(visit: Visit) -> Answer {
    html(&FrontPage {
        page: &visit.page(),
        at: None,
        grid: String::new(),
        menu: "/menu".to_owned(),
        observe: observe(&visit, None),
        own: own(&visit),
    })
}

/// The same page at a place: what the QR code on a door opens.
pub async fn at_place(visit: Visit, Path(code): Path<String>) -> Answer {
    let code: PlaceCode = code.parse().map_err(|_| Refusal::NotFound(Thing::Place))?;
    let found = look::path(&visit.state.app, code).await?;
    let found = found.ok_or(Refusal::NotFound(Thing::Place))?;
    if found.place.closed_at.is_some() {
        return has_changed(&visit, &found).await;
    }
    let page = visit.page();
    let lang = page.lang.as_str();
    let name = found.place.names.in_lang(lang).to_owned();
    let observe = observe(&visit, Some(&found.place.code));
    let menu = format!("/menu/{}", found.place.code);
    let code = &found.place.code;
    let grid = match code.level() {
        Level::Community => format!("/grids/{code}"),
        level if level > Level::Community => format!("/grid/{code}"),
        _ => String::new(),
    };
    let at = Some((found.place.code.to_string(), name, path_word(&found, lang)));
    html(&FrontPage {
        page: &page,
        at,
        grid,
        menu,
        observe,
        own: own(&visit),
    })
}

/// The code of a place that is no more: it leads to those that took over.
async fn has_changed(visit: &Visit, old: &Found) -> Answer {
    let heirs = history::heirs(&visit.state.app, old.place.code.clone()).await?;
    if heirs.is_empty() {
        return Err(Refusal::NotFound(Thing::Place).into());
    }
    let page = visit.page();
    let lang = page.lang.as_str();
    let heir = |found: &Found| {
        (
            format!("/p/{}", found.place.code),
            found.place.names.in_lang(lang).to_owned(),
            path_word(found, lang),
        )
    };
    html(&ChangedPage {
        name: old.place.names.in_lang(lang).to_owned(),
        heirs: heirs.iter().map(heir).collect(),
        page: &page,
    })
}

fn observe(visit: &Visit, at: Option<&PlaceCode>) -> String {
    match (observe::is_there(visit), at) {
        (false, _) => String::new(),
        (true, None) => "/observe".to_owned(),
        (true, Some(at)) => format!("/observe?place={at}&way=wall"),
    }
}

fn own(visit: &Visit) -> i64 {
    i64::try_from(visit.shown.len()).expect("a cookie holds few cases")
}

/// What sort of thing it is, asked of whoever comes without having said anything.
pub async fn sorts(visit: Visit) -> Answer {
    sort(&visit, &Form::default())
}

/// Whoever has said something goes on with the first kind, as nearly everybody means it; its
/// form leads to the others. Whoever has not is asked what sort of thing it is.
pub async fn say(visit: Visit, form: Form) -> Answer {
    let first = new_form::first(&visit);
    match first.filter(|_| !form.text("text").trim().is_empty()) {
        Some(kind) => new::begin(&visit, &kind, &form).await,
        None => sort(&visit, &form),
    }
}

fn sort(visit: &Visit, form: &Form) -> Answer {
    let page = visit.page();
    let openings = openings(visit, &page);
    if openings.is_empty() {
        return Err(Problem::NotFound);
    }
    html(&SortPage {
        page: &page,
        text: form.text("text"),
        place: form.text("place"),
        openings,
    })
}
