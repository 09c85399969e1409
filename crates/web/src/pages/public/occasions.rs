//! Days on which many are brought together, for everybody: what is to come, and how it was. No
//! names, and no figure below ten.

use askama::Template;
use axum::extract::{Path, RawQuery};
use huiyin_app::limits::Purpose;
use huiyin_app::occasions::look;
use huiyin_domain::id::OccasionId;

use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::occasions::{OccasionCard, card};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/public/occasions.html")]
struct ListPage<'a> {
    page: &'a Page,
    cards: Vec<OccasionCard>,
}

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    visit.count(Purpose::Search)?;
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let place = query.text("place").parse().ok();
    let found = look::list(&visit.state.app, place).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    html(&ListPage {
        cards: found
            .iter()
            .map(|one| card(&when, one, "/occasions"))
            .collect(),
        page: &page,
    })
}

#[derive(Template)]
#[template(path = "pages/public/occasion.html")]
struct OccasionPage<'a> {
    page: &'a Page,
    card: OccasionCard,
    unit: String,
    report: String,
    /// How many were handed over, in words.
    told: String,
    cancelled_for: String,
}

pub async fn show(visit: Visit, Path(id): Path<OccasionId>) -> Answer {
    let found = look::show(&visit.state.app, id).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let occasion = &found.occasion;
    let told = match (occasion.ended_at, found.told()) {
        (Some(_), Some(count)) => page.tn("occasion-told", "count", count).into_owned(),
        (Some(_), None) => page.t("occasion-told-few").into_owned(),
        (None, _) => String::new(),
    };
    html(&OccasionPage {
        unit: found.unit.in_lang(page.lang.as_str()).to_owned(),
        report: occasion.report.clone().unwrap_or_default(),
        cancelled_for: occasion.cancelled_for.clone().unwrap_or_default(),
        card: card(&when, &found, "/occasions"),
        told,
        page: &page,
    })
}
