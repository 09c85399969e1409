//! The partner units of a community, each with its year: in the order in which they registered,
//! so that nobody is first for having done more. An office above communities sees which units are
//! paired with which of them, and does nothing there.

use askama::Template;
use axum::extract::RawQuery;
use huiyin_app::partners::list;
use huiyin_domain::id::PartnerId;
use huiyin_domain::partner::Deed;
use huiyin_domain::place::{Level, PlaceCode};

use crate::form::Form;
use crate::layout::Page;
use crate::pages::volunteer::PlaceWords;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};

#[derive(Template)]
#[template(path = "pages/desk/partners.html")]
struct PartnersPage<'a> {
    page: &'a Page,
    title: String,
    rows: Vec<Row>,
    sorts: Vec<String>,
    older: String,
}

struct Row {
    href: String,
    name: String,
    /// What stands beside the name: not agreed yet, something to confirm.
    note: String,
    done: Vec<String>,
}

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    if community(&visit).is_none() {
        return area(&visit, asked.text("after")).await;
    }
    let after: Option<PartnerId> = match asked.text("after") {
        "" => None,
        id => Some(id.parse().map_err(|_| Problem::Malformed)?),
    };
    let page = visit.page();
    let app = &visit.state.app;
    let number = app.config.day(visit.state.now()).year();
    let found = match &community(&visit) {
        Some(place) => list::list(app, &visit.actor, place, (number, after)).await?,
        None => list::Reply::default(),
    };
    let atlas = app.atlas_now().await?;
    let rows = found.rows.iter().map(|row| {
        let unit = atlas.unit(row.partner.unit);
        Row {
            href: format!("/desk/partners/{}", row.partner.id),
            name: unit.map_or_else(String::new, |unit| {
                unit.names.in_lang(page.lang.as_str()).to_owned()
            }),
            note: match (row.partner.agreed_at, row.waiting) {
                (None, _) => page.t("partner-asks").into_owned(),
                (Some(_), 0) => String::new(),
                (Some(_), waiting) => page.tn("partner-waiting", "count", waiting).into_owned(),
            },
            done: row
                .progress
                .iter()
                .map(|line| of_share(&page, line))
                .collect(),
        }
    });
    html(&PartnersPage {
        rows: rows.collect(),
        title: page
            .tn("partners-title-year", "year", i64::from(number))
            .into_owned(),
        sorts: Deed::ALL
            .iter()
            .map(|&sort| sort_word(&page, sort))
            .collect(),
        older: found
            .next
            .map_or_else(String::new, |next| format!("/desk/partners?after={next}")),
        page: &page,
    })
}

/// The community for which the reader speaks; none for an office above communities.
fn community(visit: &Visit) -> Option<PlaceCode> {
    let mut posts = visit.actor.posts.iter();
    posts.find_map(|post| post.place.at(Level::Community))
}

#[derive(Template)]
#[template(path = "pages/desk/partners_area.html")]
struct AreaPage<'a> {
    page: &'a Page,
    rows: Vec<AreaRow>,
    older: String,
}

struct AreaRow {
    name: String,
    place: String,
    contact: String,
    tone: &'static str,
    sign: &'static str,
    state: String,
}

/// Those of an area, to be looked at.
async fn area(visit: &Visit, after: &str) -> Answer {
    let behind = match after.split_once('_') {
        None => list::Behind::default(),
        Some((place, id)) => list::Behind {
            place: place.to_owned(),
            id: id.parse().map_err(|_| Problem::Malformed)?,
        },
    };
    let app = &visit.state.app;
    let (found, next) = list::area(app, &visit.actor, behind).await?;
    let page = visit.page();
    let atlas = app.atlas_now().await?;
    let mut places = PlaceWords::default();
    let mut rows = Vec::new();
    for partner in &found {
        let unit = atlas.unit(partner.unit);
        let (tone, sign, key) = match partner.agreed_at {
            Some(_) => ("done", "circle-check", "partner-agreed"),
            None => ("wait", "hourglass", "partner-not-agreed"),
        };
        rows.push(AreaRow {
            name: unit.map_or_else(String::new, |unit| {
                unit.names.in_lang(page.lang.as_str()).to_owned()
            }),
            place: places.of(visit, &page, &partner.place).await?,
            contact: partner.contact.clone(),
            tone,
            sign,
            state: page.t(key).into_owned(),
        });
    }
    html(&AreaPage {
        rows,
        older: next.map_or_else(String::new, |next| {
            format!("/desk/partners?after={}_{}", next.place, next.id)
        }),
        page: &page,
    })
}

/// What a sort of deed is called.
pub(super) fn sort_word(page: &Page, sort: Deed) -> String {
    page.t(&format!("partner-deed-{}", sort.word()))
        .into_owned()
}

/// `1 of 2`.
pub(super) fn of_share(page: &Page, &(_, done, share): &(Deed, u32, u32)) -> String {
    let args = [
        ("done", i64::from(done).into()),
        ("share", i64::from(share).into()),
    ];
    page.ta("partner-of-share", &args).into_owned()
}
