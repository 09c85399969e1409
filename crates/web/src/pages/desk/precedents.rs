//! The precedents: what was ruled for which item in which place, to be found by both, and made
//! a line of the duty list by one button.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, RawQuery};
use huiyin_app::atlas::Atlas;
use huiyin_app::supervision::adopt;
use huiyin_app::supervision::precedents::{self, After, Precedent, Sought};
use huiyin_domain::access::{Action, may_somewhere};
use huiyin_domain::id::{CaseId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::unit::ItemCode;
use jiff::Timestamp;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::visit::{Answer, Visit, html, see};
use crate::when::When;

use super::inbox::{Choice, near, place_choices};
use super::show;

const HERE: &str = "/desk/precedents";

#[derive(Template)]
#[template(path = "pages/desk/precedents.html")]
struct PrecedentsPage<'a> {
    page: &'a Page,
    items: Vec<Choice>,
    places: Vec<Choice>,
    is_narrowed: bool,
    lines: Vec<Line>,
    may_adopt: bool,
    first: String,
    more: String,
}

struct Line {
    case: String,
    entry: i64,
    item: String,
    place: String,
    unit: String,
    when: String,
    by: String,
    reason: String,
    is_duty: bool,
}

/// What somebody asked, as it stands in the address.
struct Asked {
    item: Option<ItemCode>,
    place: Option<PlaceCode>,
    after: Option<After>,
}

impl Asked {
    fn read(query: Option<&str>) -> Asked {
        let form = Form::from_query(query.unwrap_or_default()).unwrap_or_default();
        let after = form.text("after").split_once('.').and_then(|(at, case)| {
            let at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
            Some((at, case.parse().ok()?))
        });
        Asked {
            item: form.text("item").parse().ok(),
            place: form.text("place").parse().ok(),
            after,
        }
    }

    fn address(&self, after: Option<After>) -> String {
        let item = self.item.as_ref().map(ItemCode::as_str).unwrap_or_default();
        let place = self.place.as_ref().map(PlaceCode::as_str);
        let place = place.unwrap_or_default();
        let after = after.map(|(at, case)| format!("&after={}.{case}", at.as_microsecond()));
        let after = after.unwrap_or_default();
        format!("{HERE}?item={item}&place={place}{after}")
    }
}

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let app = &visit.state.app;
    let asked = Asked::read(query.as_deref());
    let page = visit.page();
    let sought = Sought {
        item: asked.item.clone(),
        place: asked.place.clone(),
    };
    let found = precedents::list(app, &visit.actor, sought, asked.after).await?;
    let atlas = app.atlas_now().await?;
    let when = show::when(&visit, &page);
    let teller = Teller {
        page: &page,
        when: &when,
        atlas: &atlas,
        places: &found.places,
    };
    let lines = found.precedents.iter().map(|found| teller.line(found));
    let place = asked.place.as_ref().map(PlaceCode::to_string);
    let place = place.unwrap_or_default();
    html(&PrecedentsPage {
        lines: lines.collect(),
        items: items(&page, &atlas, asked.item.as_ref()),
        places: place_choices(&page, &near(&visit).await?, &place),
        is_narrowed: asked.item.is_some() || asked.place.is_some(),
        may_adopt: may_somewhere(&visit.actor, Action::PrecedentsAdopt),
        first: asked.after.map(|_| asked.address(None)).unwrap_or_default(),
        more: found
            .next
            .map(|next| asked.address(Some(next)))
            .unwrap_or_default(),
        page: &page,
    })
}

/// Makes a line of the duty list out of a ruling.
pub async fn adopt(visit: Visit, Path((case, entry)): Path<(CaseId, i64)>) -> Answer {
    adopt::adopt(&visit.state.app, &visit.actor, case, entry).await?;
    Ok(flash::say(
        see(HERE),
        Tone::Done,
        "precedent-adopted",
        visit.transport(),
    ))
}

fn items(page: &Page, atlas: &Atlas, chosen: Option<&ItemCode>) -> Vec<Choice> {
    let choice = |item: &huiyin_domain::unit::Item| Choice {
        value: item.code.to_string(),
        label: item.names.in_lang(page.lang.as_str()).to_owned(),
        chosen: Some(&item.code) == chosen,
    };
    atlas.items().map(choice).collect()
}

/// Precedents in the reader's words.
pub struct Teller<'a> {
    pub page: &'a Page,
    pub when: &'a When<'a>,
    pub atlas: &'a Atlas,
    pub places: &'a BTreeMap<PlaceCode, Names>,
}

impl Teller<'_> {
    fn named(&self, names: Option<&Names>) -> Option<String> {
        names.map(|names| names.in_lang(self.page.lang.as_str()).to_owned())
    }

    fn unit(&self, unit: UnitId) -> String {
        let name = self.named(self.atlas.unit(unit).map(|unit| &unit.names));
        name.unwrap_or_else(|| self.page.t("desk-some-unit").into_owned())
    }

    /// The post that ruled: its unit and role, never a name.
    fn by(&self, precedent: &Precedent) -> String {
        let unit = precedent.ruling.by_unit.map(|unit| self.unit(unit));
        let unit = unit.unwrap_or_else(|| self.page.t("desk-some-unit").into_owned());
        match precedent.ruling.by_role {
            Some(role) => {
                let key = format!("role-{}", role.word());
                format!("{unit} · {}", self.page.t(&key))
            }
            None => unit,
        }
    }

    fn line(&self, precedent: &Precedent) -> Line {
        let ruling = &precedent.ruling;
        let item = self.named(self.atlas.item(&ruling.item).map(|item| &item.names));
        let place = show::place_word(self.page, &ruling.place, |code| self.places.get(code));
        Line {
            case: ruling.case.to_string(),
            entry: ruling.entry,
            item: item.unwrap_or_else(|| ruling.item.to_string()),
            place,
            unit: self.unit(ruling.unit),
            when: self.when.day_of(ruling.at),
            by: self.by(precedent),
            reason: precedent.reason.clone(),
            is_duty: precedent.is_duty,
        }
    }

    /// The precedent in one sentence, for whoever dispatches.
    pub fn sentence(&self, precedent: &Precedent) -> String {
        let line = self.line(precedent);
        let key = match line.reason.is_empty() {
            true => "precedent-sentence",
            false => "precedent-sentence-why",
        };
        let args = [
            ("item", line.item.into()),
            ("place", line.place.into()),
            ("unit", line.unit.into()),
            ("day", line.when.into()),
            ("by", line.by.into()),
            ("reason", line.reason.into()),
        ];
        self.page.ta(key, &args).into_owned()
    }
}
