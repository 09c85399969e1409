//! Working time: which places keep hours of their own, and the hours of one.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, RawQuery};
use huiyin_app::almanac::Almanac;
use huiyin_app::calendars::{look, put};
use huiyin_app::places;
use huiyin_domain::calendar::{Hours, Nation, PlaceHours, Week, Whose};
use huiyin_domain::place::PlaceCode;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, see};

use super::{pick, special_days, units};

#[derive(Template)]
#[template(path = "pages/admin/working_time.html")]
struct ListPage<'a> {
    page: &'a Page,
    rows: Vec<Row>,
    usual: String,
    /// The field in which a place is chosen, as HTML.
    place: String,
    missing: String,
}

struct Row {
    name: String,
    href: String,
    says: String,
}

/// The widest places, and all that keep hours or days of their own.
pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let mut asked = Form::from_query(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let page = visit.page();
    let is_handed_in = !pick::settle(&mut asked) && query.is_some();
    let mut ask = pick::Ask::where_it_is(String::new());
    match pick::needed(&asked) {
        Ok(place) if is_handed_in => return Ok(see(&format!("/admin/working-time/{place}"))),
        Err(key) if is_handed_in => ask.error = page.t(key).into_owned(),
        _ => {}
    }
    let (almanac, missing) = look::look(&visit.state.app).await?;
    html(&ListPage {
        rows: rows(&visit, &page, &almanac).await?,
        usual: in_words(&page, &PlaceHours::usual()),
        place: pick::draw(&visit, &page, &asked, ask).await?,
        missing: missing_words(&page, missing),
        page: &page,
    })
}

/// The warning that a year is missing, empty when none is.
pub fn missing_words(page: &Page, missing: Option<i16>) -> String {
    let said = |year: i16| {
        page.ts("admin-time-missing", "year", &year.to_string())
            .into_owned()
    };
    missing.map(said).unwrap_or_default()
}

async fn rows(visit: &Visit, page: &Page, almanac: &Almanac) -> Result<Vec<Row>, Problem> {
    let lang = page.lang.as_str();
    let mut rows = Vec::new();
    let widest = places::look::inside(&visit.state.app, None).await?;
    let widest: Vec<PlaceCode> = widest.into_iter().map(|found| found.place.code).collect();
    let places: BTreeSet<&PlaceCode> = widest.iter().chain(almanac.places()).collect();
    for place in places {
        let own = almanac.hours(place).filter(|_| almanac.has_hours(place));
        let days = almanac.days(&Whose::Place(place.clone()));
        rows.push(Row {
            name: units::place_name(visit, page, place).await?,
            href: format!("/admin/working-time/{place}"),
            says: says(
                page,
                own.map(|(_, hours)| hours),
                days.map_or(0, |days| days.iter().count()),
            ),
        });
    }
    let atlas = visit.state.app.atlas_now().await?;
    for id in almanac.units() {
        let days = almanac.days(&Whose::Unit(id));
        let named = atlas
            .unit(id)
            .map(|unit| unit.names.in_lang(lang).to_owned());
        rows.push(Row {
            name: named.unwrap_or_else(|| id.to_string()),
            href: format!("/admin/units/{id}/days"),
            says: says(page, None, days.map_or(0, |days| days.iter().count())),
        });
    }
    Ok(rows)
}

fn says(page: &Page, hours: Option<&PlaceHours>, days: usize) -> String {
    let days = (days > 0).then(|| {
        page.ta("admin-time-days", &[("count", days.into())])
            .into_owned()
    });
    let hours = hours.map(|hours| in_words(page, hours));
    let parts: Vec<String> = hours.into_iter().chain(days).collect();
    match parts.is_empty() {
        true => page.t("admin-time-nothing").into_owned(),
        false => parts.join(" · "),
    }
}

/// Monday to Friday 09:00-12:00 14:00-18:00: neighbours with the same hours as one.
pub fn in_words(page: &Page, hours: &PlaceHours) -> String {
    let days = hours.week.days();
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for (at, day) in days.iter().enumerate() {
        match parts.last_mut() {
            Some((_, last)) if days[*last] == *day => *last = at,
            _ => parts.push((at, at)),
        }
    }
    let weekday = |at: usize| page.t(&format!("when-weekday-{}", at + 1)).into_owned();
    let open = parts.iter().filter(|(first, _)| !days[*first].is_empty());
    let said: Vec<String> = open
        .map(|&(first, last)| match first == last {
            true => format!("{} {}", weekday(first), days[first]),
            false => format!("{}–{} {}", weekday(first), weekday(last), days[first]),
        })
        .collect();
    said.join(" · ")
}

/// The form with the hours of a place.
pub struct HoursForm {
    pub zone: String,
    pub zone_error: String,
    pub nations: Vec<Choice>,
    pub days: Vec<DayField>,
    pub week_error: String,
    pub is_own: bool,
}

pub struct DayField {
    pub id: String,
    pub label: String,
    pub hours: String,
    pub error: String,
}

/// What was typed into the form of hours.
pub struct Typed {
    zone: String,
    nation: String,
    days: [String; 7],
}

impl Typed {
    fn of_form(form: &Form) -> Typed {
        Typed {
            zone: form.text("zone").to_owned(),
            nation: form.text("nation").to_owned(),
            days: std::array::from_fn(|at| form.text(&field(at)).to_owned()),
        }
    }

    pub fn of_hours(hours: &PlaceHours) -> Typed {
        Typed {
            zone: hours.zone.name().to_owned(),
            nation: hours.nation.map_or("", Nation::code).to_owned(),
            days: std::array::from_fn(|at| hours.week.days()[at].to_string()),
        }
    }

    /// The hours, unless something in them cannot be meant.
    fn read(&self) -> Option<PlaceHours> {
        let mut days = [const { Hours::NONE }; 7];
        for (day, text) in days.iter_mut().zip(&self.days) {
            *day = text.parse().ok()?;
        }
        Some(PlaceHours {
            zone: self.zone.parse().ok()?,
            nation: Nation::of_code(&self.nation),
            week: Week::new(days).ok()?,
        })
    }

    pub fn form(&self, page: &Page, is_own: bool) -> HoursForm {
        let said = |is_wrong: bool, key: &'static str| match is_wrong {
            true => page.t(key).into_owned(),
            false => String::new(),
        };
        let bad_zone = self.zone.parse::<huiyin_domain::calendar::Zone>().is_err();
        let nation = |value: &str, key: &str| Choice {
            value: value.to_owned(),
            label: page.t(key).into_owned(),
            chosen: self.nation == value,
        };
        HoursForm {
            zone: self.zone.clone(),
            zone_error: said(bad_zone, "admin-time-zone-wrong"),
            nations: vec![
                nation("cn", "admin-time-nation-cn"),
                nation("", "admin-time-nation-none"),
            ],
            days: (0..7)
                .map(|at| DayField {
                    id: field(at),
                    label: page.t(&format!("when-weekday-{}", at + 1)).into_owned(),
                    hours: self.days[at].clone(),
                    error: said(
                        self.days[at].parse::<Hours>().is_err(),
                        "admin-time-hours-wrong",
                    ),
                })
                .collect(),
            week_error: said(self.days.iter().all(String::is_empty), "admin-time-never"),
            is_own,
        }
    }
}

fn field(at: usize) -> String {
    format!("day-{}", at + 1)
}

/// One place: its hours, its year, its own days.
pub async fn show(visit: Visit, Path(place): Path<PlaceCode>, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let drawn = special_days::Drawn::asked(&asked);
    special_days::draw(&visit, Whose::Place(place), drawn).await
}

/// Keeps the hours of a place; or takes them back, when the other button was pressed.
pub async fn keep(visit: Visit, Path(place): Path<PlaceCode>, form: Form) -> Answer {
    let (app, actor) = (&visit.state.app, &visit.actor);
    let address = format!("/admin/working-time/{place}");
    if form.get("remove").is_some() {
        put::remove(app, actor, place).await?;
    } else {
        let typed = Typed::of_form(&form);
        let Some(hours) = typed.read() else {
            let drawn = special_days::Drawn::with_hours(typed);
            return special_days::draw(&visit, Whose::Place(place), drawn).await;
        };
        put::put(app, actor, place, hours).await?;
    }
    let kept = flash::say(see(&address), Tone::Done, "hours-kept", visit.transport());
    Ok(kept)
}
