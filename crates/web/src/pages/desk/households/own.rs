//! The places whose doors somebody reads, each with how many it has.

use askama::Template;
use huiyin_app::households::list;
use huiyin_domain::access::{Action, may_somewhere};

use crate::layout::Page;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/desk/households/own.html")]
struct OwnPage<'a> {
    page: &'a Page,
    rows: Vec<PlaceRow>,
    may_keep: bool,
}

/// A place with how many doors it has.
pub struct PlaceRow {
    pub href: String,
    pub name: String,
    pub doors: String,
}

pub async fn show(visit: Visit) -> Answer {
    let found = list::own_counted(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let row = |(place, count): &(huiyin_domain::place::Place, i64)| PlaceRow {
        href: format!("/desk/households/{}", place.code),
        name: place.names.in_lang(page.lang.as_str()).to_owned(),
        doors: page.tn("households-count", "count", *count).into_owned(),
    };
    html(&OwnPage {
        rows: found.iter().map(row).collect(),
        may_keep: may_somewhere(&visit.actor, Action::HouseholdsKeep),
        page: &page,
    })
}
