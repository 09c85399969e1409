//! The duty list: which item, where, whose, helped by whom, within how long. Dispatch
//! proposes units from it.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use huiyin_app::atlas::Atlas;
use huiyin_app::duties::{limit, put, remove};
use huiyin_domain::calendar::Span;
use huiyin_domain::id::UnitId;
use huiyin_domain::unit::Duty;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::desk::{saying, show};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, html_as, see};

use super::{choices, pick, units};

#[derive(Template)]
#[template(path = "pages/admin/duties.html")]
struct DutiesPage<'a> {
    page: &'a Page,
    items: Vec<Choice>,
    groups: Vec<Group>,
    count: usize,
}

/// The lines of one item.
struct Group {
    item: String,
    duties: Vec<Line>,
}

struct Line {
    place: String,
    unit: String,
    assisting: String,
    limit: String,
    href: String,
}

#[derive(Template)]
#[template(path = "pages/admin/duty.html")]
struct DutyPage<'a> {
    page: &'a Page,
    error: String,
    items: Vec<Choice>,
    /// The field in which a place is chosen, as HTML.
    place: String,
    units: Vec<Choice>,
    assisting: Vec<Choice>,
    time_limit: String,
    limit_error: String,
    is_old: bool,
}

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let item = asked.text("item");
    let atlas = visit.state.app.atlas_now().await?;
    let page = visit.page();
    let fits = |duty: &&Duty| {
        item.is_empty()
            || duty
                .item
                .with_ancestors()
                .iter()
                .any(|code| code.as_str() == item)
    };
    let mut duties: Vec<&Duty> = atlas.duties().filter(fits).collect();
    duties.sort_by(|a, b| (&a.item, &a.place).cmp(&(&b.item, &b.place)));
    let mut groups: Vec<(&Duty, Vec<Line>)> = Vec::new();
    for duty in &duties {
        let line = line(&visit, &page, &atlas, duty).await?;
        match groups
            .last_mut()
            .filter(|(first, _)| first.item == duty.item)
        {
            Some((_, lines)) => lines.push(line),
            None => groups.push((duty, vec![line])),
        }
    }
    let named = |duty: &Duty| {
        let item = atlas.item(&duty.item);
        let name = item.map(|item| item.names.in_lang(page.lang.as_str()).to_owned());
        name.unwrap_or_else(|| duty.item.to_string())
    };
    html(&DutiesPage {
        items: choices::items(&page, &atlas, item),
        groups: groups
            .into_iter()
            .map(|(first, duties)| Group {
                item: named(first),
                duties,
            })
            .collect(),
        count: duties.len(),
        page: &page,
    })
}

async fn line(visit: &Visit, page: &Page, atlas: &Atlas, duty: &Duty) -> Result<Line, Problem> {
    let lang = page.lang.as_str();
    let unit = |id| {
        atlas
            .unit(id)
            .map_or("", |unit| unit.names.in_lang(lang))
            .to_owned()
    };
    let assisting: Vec<String> = duty.assisting.iter().map(|id| unit(*id)).collect();
    Ok(Line {
        place: units::place_name(visit, page, &duty.place).await?,
        unit: unit(duty.unit),
        assisting: assisting.join(&page.t("desk-and")),
        limit: duty
            .limit
            .map(|limit| show::limit(page, limit))
            .unwrap_or_default(),
        href: format!("/admin/duties/line?item={}&place={}", duty.item, duty.place),
    })
}

/// One line: an old one by item and place, or a new one.
pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let atlas = visit.state.app.atlas_now().await?;
    let old = atlas.duties().find(|duty| {
        duty.item.as_str() == asked.text("item") && duty.place.as_str() == asked.text("place")
    });
    let mut form = asked;
    if let Some(duty) = old {
        form.put("unit", [duty.unit.to_string()]);
        form.put("assisting", duty.assisting.iter().map(ToString::to_string));
        form.put("time_limit", duty.limit.map(|limit| limit.to_string()));
    }
    draw(
        &visit,
        &form,
        Wrong {
            is_old: old.is_some(),
            ..Wrong::default()
        },
    )
    .await
}

/// What is wrong with a line that comes back.
#[derive(Default)]
struct Wrong {
    status: StatusCode,
    is_old: bool,
    error: String,
    place: String,
    limit: String,
}

impl Wrong {
    /// Says everything that the line lacks; `limit` is the key of what is wrong with that.
    fn lacks(&mut self, page: &Page, form: &Form, limit: Option<&'static str>) {
        let said = |key: &'static str| page.t(key).into_owned();
        if [form.text("item"), form.text("unit")].contains(&"") {
            self.error = said("admin-duty-lacks");
        }
        self.place = pick::needed(form).err().map(said).unwrap_or_default();
        self.limit = limit.map(said).unwrap_or_default();
    }
}

async fn draw(visit: &Visit, form: &Form, wrong: Wrong) -> Answer {
    let atlas = visit.state.app.atlas_now().await?;
    let page = visit.page();
    let assisting: Vec<String> = form.all("assisting").map(str::to_owned).collect();
    let drawn = DutyPage {
        error: wrong.error,
        items: choices::items(&page, &atlas, form.text("item")),
        place: pick::draw(visit, &page, form, pick::Ask::where_it_is(wrong.place)).await?,
        units: choices::units(&page, &atlas, &[form.text("unit").to_owned()]),
        assisting: choices::units(&page, &atlas, &assisting),
        time_limit: form.text("time_limit").to_owned(),
        limit_error: wrong.limit,
        is_old: wrong.is_old,
        page: &page,
    };
    html_as(wrong.status, &drawn)
}

/// A limit as it was typed: hours, or as people write limits; none when nothing was typed.
fn read_limit(text: &str) -> Result<Option<Span>, &'static str> {
    if text.is_empty() {
        return Ok(None);
    }
    let hours: Option<f64> = text.parse().ok();
    let minutes = hours.map(|hours| (hours * 60.0).round());
    let span = match minutes {
        Some(minutes) if (1.0..=525_600.0).contains(&minutes) => limit::span(&minutes.to_string()),
        Some(_) => None,
        None => limit::span(text),
    };
    span.map(Some).ok_or("admin-limit-wrong")
}

/// Keeps a line; or removes it, when its other button was pressed.
pub async fn keep(visit: Visit, mut form: Form) -> Answer {
    let (app, page) = (&visit.state.app, visit.page());
    if pick::settle(&mut form) {
        return draw(&visit, &form, Wrong::default()).await;
    }
    let is_old = form.get("remove").is_some();
    let mut wrong = Wrong {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        ..Wrong::default()
    };
    let item = form.text("item").parse();
    let place = pick::needed(&form);
    let limit = read_limit(form.text("time_limit"));
    // Whoever removes a line need not name its unit again.
    let unit = match form.text("unit").parse() {
        Err(_) if is_old => Ok(UnitId::from_raw(0)),
        unit => unit,
    };
    let (Ok(item), Ok(place), Ok(limit), Ok(unit)) = (item, place, limit, unit) else {
        wrong.lacks(&page, &form, limit.err());
        return draw(&visit, &form, wrong).await;
    };
    let kept = match is_old {
        true => remove::remove(app, &visit.actor, item, place).await,
        false => {
            let duty = Duty {
                unit,
                assisting: form
                    .all("assisting")
                    .filter_map(|id| id.parse().ok())
                    .collect(),
                limit,
                item,
                place,
            };
            put::put(app, &visit.actor, duty).await
        }
    };
    match kept {
        Ok(()) => Ok(flash::say(
            see("/admin/duties"),
            Tone::Done,
            "duty-kept",
            visit.transport(),
        )),
        Err(error) => {
            wrong.place = saying::fault(&page, &error, "place");
            let (status, said) = saying::refused(&page, error)?;
            draw(
                &visit,
                &form,
                Wrong {
                    status,
                    error: said.text,
                    ..wrong
                },
            )
            .await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_hours_or_as_people_write_it() {
        for (text, whole) in [
            ("24", "1d"),
            ("0.5", "30m"),
            ("1.25", "75m"),
            ("5wd", "5wd"),
        ] {
            assert_eq!(read_limit(text), Ok(whole.parse().ok()), "{text}");
        }
        assert_eq!(read_limit(""), Ok(None));
        for wrong in ["0", "-1", "x", "NaN", "1e9", "inf", "wd", "400wd"] {
            assert!(read_limit(wrong).is_err(), "{wrong}");
        }
    }
}
