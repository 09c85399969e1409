//! One unit: what it is called, where, under whom, and its lines of the duty list.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::units::{close, put};
use huiyin_domain::id::UnitId;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::show;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

use super::units::{self, UnitForm};
use super::{choices, pick};

#[derive(Template)]
#[template(path = "pages/admin/unit.html")]
struct UnitPage<'a> {
    page: &'a Page,
    name: String,
    action: String,
    form: UnitForm,
    duties: Vec<Line>,
    closed: bool,
}

struct Line {
    item: String,
    place: String,
    limit: String,
}

pub async fn show(visit: Visit, Path(unit): Path<UnitId>) -> Answer {
    draw(&visit, unit, StatusCode::OK, None).await
}

async fn draw(
    visit: &Visit,
    id: UnitId,
    status: StatusCode,
    typed: Option<(&Form, String)>,
) -> Answer {
    let atlas = visit.state.app.atlas_now().await?;
    let unit = atlas.unit(id).ok_or(Problem::NotFound)?;
    let page = visit.page();
    let lang = page.lang.as_str();
    let mut held = Form::default();
    held.put("zh", [choices::name_in(&unit.names, "zh")]);
    held.put("en", [choices::name_in(&unit.names, "en")]);
    held.put("category", [unit.category.word().to_owned()]);
    held.put("place", [unit.place.to_string()]);
    held.put("parent", unit.parent.iter().map(ToString::to_string));
    let (form, place_error) = typed.unwrap_or((&held, String::new()));
    let mut duties = Vec::new();
    for duty in atlas.duties().filter(|duty| duty.unit == id) {
        let item = atlas
            .item(&duty.item)
            .map(|item| item.names.in_lang(lang).to_owned());
        duties.push(Line {
            item: item.unwrap_or_else(|| duty.item.to_string()),
            place: units::place_name(visit, &page, &duty.place).await?,
            limit: duty
                .limit
                .map(|limit| show::limit(&page, limit))
                .unwrap_or_default(),
        });
    }
    let drawn = UnitPage {
        name: unit.names.in_lang(lang).to_owned(),
        action: format!("/admin/units/{id}"),
        form: units::unit_form(visit, &page, form, place_error).await?,
        closed: unit.closed_at.is_some(),
        page: &page,
        duties,
    };
    html_as(status, &drawn)
}

pub async fn change(visit: Visit, Path(unit): Path<UnitId>, mut form: Form) -> Answer {
    if pick::settle(&mut form) {
        let again = Some((&form, String::new()));
        return draw(&visit, unit, StatusCode::OK, again).await;
    }
    let changed = match units::read(&form, Some(unit)) {
        Ok(changed) => put::put(&visit.state.app, &visit.actor, changed).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(_) => Ok(kept(&visit, unit)),
        Err(error) => {
            let (status, said) = units::told(&visit.page(), error)?;
            draw(&visit, unit, status, Some((&form, said))).await
        }
    }
}

fn kept(visit: &Visit, unit: UnitId) -> axum::response::Response {
    let answer = see(&format!("/admin/units/{unit}"));
    flash::say(answer, Tone::Done, "unit-kept", visit.transport())
}

/// Closes a unit, or opens a closed one again.
pub async fn turn(visit: Visit, Path(unit): Path<UnitId>) -> Answer {
    let (app, actor) = (&visit.state.app, &visit.actor);
    let atlas = app.atlas_now().await?;
    let held = atlas.unit(unit).ok_or(Problem::NotFound)?;
    match held.closed_at {
        None => close::close(app, actor, unit).await?,
        Some(_) => close::reopen(app, actor, unit).await?,
    }
    Ok(kept(&visit, unit))
}
