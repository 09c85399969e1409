//! Units: who can take a case and answer it.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use huiyin_app::places::look::{self, Found};
use huiyin_app::units::put;
use huiyin_app::{Error, Refusal};
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::UnitId;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::unit::{Unit, UnitCategory};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::desk::{saying, show};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

use super::{choices, pick};

#[derive(Template)]
#[template(path = "pages/admin/units.html")]
struct UnitsPage<'a> {
    page: &'a Page,
    q: String,
    rows: Vec<Row>,
    form: UnitForm,
}

struct Row {
    id: String,
    name: String,
    category: String,
    place: String,
    above: String,
    closed: bool,
}

/// The form of a unit, as it is drawn.
pub struct UnitForm {
    pub zh: String,
    pub en: String,
    pub categories: Vec<Choice>,
    /// The field in which a place is chosen, as HTML.
    pub place: String,
    pub parents: Vec<Choice>,
}

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let form = Form::default();
    draw(
        &visit,
        asked.text("q"),
        StatusCode::OK,
        (&form, String::new()),
    )
    .await
}

async fn draw(visit: &Visit, q: &str, status: StatusCode, typed: (&Form, String)) -> Answer {
    let atlas = visit.state.app.atlas_now().await?;
    let page = visit.page();
    let lang = page.lang.as_str();
    let fits = |unit: &&Unit| q.is_empty() || unit.names.0.values().any(|name| name.contains(q));
    let mut units: Vec<&Unit> = atlas.units().filter(fits).collect();
    units.sort_by(|a, b| (&a.place, a.category).cmp(&(&b.place, b.category)));
    let mut rows = Vec::with_capacity(units.len());
    for unit in units {
        rows.push(Row {
            id: unit.id.to_string(),
            name: unit.names.in_lang(lang).to_owned(),
            category: format!("unit-category-{}", unit.category.word()),
            place: place_name(visit, &page, &unit.place).await?,
            above: unit
                .parent
                .and_then(|above| atlas.unit(above))
                .map(|above| above.names.in_lang(lang).to_owned())
                .unwrap_or_default(),
            closed: unit.closed_at.is_some(),
        });
    }
    let drawn = UnitsPage {
        form: unit_form(visit, &page, typed.0, typed.1).await?,
        q: q.to_owned(),
        page: &page,
        rows,
    };
    html_as(status, &drawn)
}

/// The name of a place as it is told from others, or its code.
pub async fn place_name(visit: &Visit, page: &Page, code: &PlaceCode) -> Result<String, Problem> {
    let found = look::path(&visit.state.app, code.clone()).await?;
    let named = |found: Found| show::found_word(page, &found);
    Ok(found.map_or_else(|| code.to_string(), named))
}

/// The form with what was typed, or what the unit has.
pub async fn unit_form(
    visit: &Visit,
    page: &Page,
    form: &Form,
    place_error: String,
) -> Result<UnitForm, Problem> {
    let atlas = visit.state.app.atlas_now().await?;
    let category = form.text("category");
    let parent = form.text("parent").to_owned();
    Ok(UnitForm {
        zh: form.text("zh").to_owned(),
        en: form.text("en").to_owned(),
        categories: UnitCategory::ALL
            .into_iter()
            .map(|known| Choice {
                value: known.word().to_owned(),
                label: page
                    .t(&format!("unit-category-{}", known.word()))
                    .into_owned(),
                chosen: known.word() == category,
            })
            .collect(),
        place: pick::draw(visit, page, form, pick::Ask::where_it_is(place_error)).await?,
        parents: choices::units(page, &atlas, &[parent]),
    })
}

/// The unit that a form describes, or all that cannot be understood of it.
pub fn read(form: &Form, id: Option<UnitId>) -> Result<put::Request, Error> {
    let (category, place) = (form.text("category").parse(), pick::needed(form));
    let (Ok(category), Ok(place)) = (category, place) else {
        let mut faults = Vec::new();
        if category.is_err() {
            faults.push(FieldFault::new("category", "fault-not-choice"));
        }
        if let Err(key) = pick::needed(form) {
            faults.push(FieldFault::new("place", key));
        }
        return Err(Refusal::Invalid(faults).into());
    };
    Ok(put::Request {
        id,
        category,
        names: choices::names(form),
        place,
        parent: form.text("parent").parse().ok(),
    })
}

/// What is wrong with a unit, told in the one place that its form has for it.
pub fn told(page: &Page, error: Error) -> Result<(StatusCode, String), Problem> {
    let only_place = saying::fault(page, &error, "place");
    let faults = error.refusal().map_or(0, |refusal| refusal.faults().len());
    let (status, said) = saying::refused(page, error)?;
    match faults {
        1 if !only_place.is_empty() => Ok((status, only_place)),
        _ => Ok((status, said.text)),
    }
}

pub async fn add(visit: Visit, mut form: Form) -> Answer {
    if pick::settle(&mut form) {
        return draw(&visit, "", StatusCode::OK, (&form, String::new())).await;
    }
    let put = match read(&form, None) {
        Ok(request) => put::put(&visit.state.app, &visit.actor, request).await,
        Err(error) => Err(error),
    };
    match put {
        Ok(_) => {
            let answer = see("/admin/units");
            Ok(flash::say(
                answer,
                Tone::Done,
                "unit-kept",
                visit.transport(),
            ))
        }
        Err(error) => {
            let (status, said) = told(&visit.page(), error)?;
            draw(&visit, "", status, (&form, said)).await
        }
    }
}
