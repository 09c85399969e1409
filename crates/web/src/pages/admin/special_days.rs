//! The year of a place or a unit: its working days, its days off, the swapped ones, and the
//! special days that it keeps itself.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use huiyin_app::almanac::Almanac;
use huiyin_app::calendars::{look, put_day};
use huiyin_domain::calendar::{Calendar, Days, PlaceHours, SpecialDay, What, Whose};
use huiyin_domain::id::UnitId;
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use jiff::Span;
use jiff::civil::Date;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::saying;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

use super::units;
use super::working_time::{HoursForm, Typed, in_words, missing_words};

#[derive(Template)]
#[template(path = "pages/admin/special_days.html")]
struct YearPage<'a> {
    page: &'a Page,
    name: String,
    address: String,
    holds: String,
    hours: Option<HoursForm>,
    missing: String,
    year: i16,
    months: Vec<Month>,
    own: Vec<OwnDay>,
    day: DayForm,
}

struct Month {
    name: String,
    working: u32,
    off: Vec<String>,
    swapped: Vec<String>,
}

struct OwnDay {
    date: Date,
    says: String,
    what: String,
}

/// What was typed to add a day, and what is wrong with it.
#[derive(Default)]
struct DayForm {
    date: String,
    date_error: String,
    is_working: bool,
    hours: String,
    hours_error: String,
    name: String,
    name_error: String,
}

impl DayForm {
    fn of_form(form: &Form) -> DayForm {
        DayForm {
            date: form.text("date").to_owned(),
            is_working: form.text("what") == "working",
            hours: form.text("hours").to_owned(),
            name: form.text("name").to_owned(),
            ..DayForm::default()
        }
    }

    fn read(&mut self, page: &Page) -> Option<SpecialDay> {
        let hours = match self.hours.as_str() {
            "" => Ok(None),
            text => text.parse().map(Some),
        };
        // A day off with hours would not be one.
        let word = if self.is_working { "working" } else { "off" };
        let what = hours.ok().and_then(|hours| What::from_parts(word, hours));
        let date: Option<Date> = self.date.parse().ok();
        if date.is_none() {
            self.date_error = page.t("admin-time-date-wrong").into_owned();
        }
        if what.is_none() {
            self.hours_error = page.t("admin-time-hours-wrong").into_owned();
        }
        Some(SpecialDay {
            date: date?,
            what: what?,
            names: Names::one(page.lang.as_str(), &self.name),
        })
    }
}

/// What of the page is not as it is kept.
#[derive(Default)]
pub struct Drawn {
    status: StatusCode,
    hours: Option<Typed>,
    year: Option<i16>,
    day: DayForm,
}

impl Drawn {
    /// The page with hours that cannot be meant, as they were typed.
    pub fn with_hours(typed: Typed) -> Drawn {
        Drawn {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            hours: Some(typed),
            ..Drawn::default()
        }
    }

    /// The page as an address asks for it.
    pub fn asked(query: &Form) -> Drawn {
        let year = query.text("year").parse().ok();
        Drawn {
            year: year.filter(|year| (1970..=2200).contains(year)),
            ..Drawn::default()
        }
    }
}

pub async fn draw(visit: &Visit, whose: Whose, drawn: Drawn) -> Answer {
    let page = visit.page();
    let lang = page.lang.as_str();
    let app = &visit.state.app;
    let (almanac, missing) = look::look(app).await?;
    let (name, place, unit) = match &whose {
        Whose::Place(place) => {
            let found = huiyin_app::places::look::path(app, place.clone()).await?;
            let found = found.ok_or(Problem::NotFound)?;
            (
                found.place.names.in_lang(lang).to_owned(),
                place.clone(),
                None,
            )
        }
        Whose::Unit(id) => {
            let atlas = app.atlas_now().await?;
            let unit = atlas.unit(*id).ok_or(Problem::NotFound)?;
            (
                unit.names.in_lang(lang).to_owned(),
                unit.place.clone(),
                Some(*id),
            )
        }
    };
    let calendar = almanac.calendar(Some(&place), unit);
    let year = drawn
        .year
        .unwrap_or_else(|| calendar.zone().date(app.now()).year());
    let mut day = drawn.day;
    if day.date.is_empty() && drawn.year.is_some() {
        day.date = format!("{year}-01-01");
    }
    let drawn_page = YearPage {
        holds: holds(visit, &page, &almanac, &place).await?,
        hours: unit.is_none().then(|| {
            let kept = almanac.hours(&place).map(|(_, hours)| hours.clone());
            let kept = Typed::of_hours(&kept.unwrap_or_else(PlaceHours::usual));
            drawn
                .hours
                .unwrap_or(kept)
                .form(&page, almanac.has_hours(&place))
        }),
        missing: missing_words(&page, missing),
        months: (1..=12)
            .filter_map(|month| one_month(&page, &calendar, year, month))
            .collect(),
        own: almanac
            .days(&whose)
            .map(|days| own(&page, days, year))
            .unwrap_or_default(),
        address: address(&whose),
        page: &page,
        name,
        year,
        day,
    };
    html_as(drawn.status, &drawn_page)
}

/// Where the page of a place or unit is.
fn address(whose: &Whose) -> String {
    match whose {
        Whose::Place(place) => format!("/admin/working-time/{place}"),
        Whose::Unit(unit) => format!("/admin/units/{unit}/days"),
    }
}

/// Whose hours hold here, and which they are.
async fn holds(
    visit: &Visit,
    page: &Page,
    almanac: &Almanac,
    place: &PlaceCode,
) -> Result<String, Problem> {
    let (whose, hours) = match almanac.hours(place) {
        Some((of, hours)) => {
            let name = units::place_name(visit, page, of).await?;
            (name, in_words(page, hours))
        }
        None => {
            let everywhere = page.t("admin-time-everywhere").into_owned();
            (everywhere, in_words(page, &PlaceHours::usual()))
        }
    };
    let args = [
        ("whose", whose.as_str().into()),
        ("hours", hours.as_str().into()),
    ];
    Ok(page.ta("admin-time-holds", &args).into_owned())
}

fn one_month(page: &Page, calendar: &Calendar, year: i16, month: i8) -> Option<Month> {
    let first = Date::new(year, month, 1).ok()?;
    let days = first.series(Span::new().days(1));
    let days: Vec<Date> = days.take_while(|date| date.month() == month).collect();
    let working = days
        .iter()
        .filter(|date| calendar.is_working(**date))
        .count();
    let special = days.iter().filter_map(|date| calendar.day(*date).special);
    let (off, swapped): (Vec<_>, Vec<_>) = special.partition(|day| day.what == What::Off);
    Some(Month {
        name: page.t(&format!("when-month-{month}")).into_owned(),
        working: u32::try_from(working).unwrap_or_default(),
        off: runs(page, &off),
        swapped: swapped.iter().map(|day| one_day(page, day)).collect(),
    })
}

/// Days off in a row that bear one name are told as one.
fn runs(page: &Page, days: &[&SpecialDay]) -> Vec<String> {
    let mut runs: Vec<(&SpecialDay, Date)> = Vec::new();
    for day in days {
        match runs.last_mut() {
            Some((first, last))
                if first.names == day.names && last.tomorrow().ok() == Some(day.date) =>
            {
                *last = day.date;
            }
            _ => runs.push((day, day.date)),
        }
    }
    runs.iter()
        .map(|(first, last)| match first.date == *last {
            true => one_day(page, first),
            false => {
                let name = first.names.in_lang(page.lang.as_str());
                let (first, last) = (first.date.day().to_string(), last.day().to_string());
                let args = [
                    ("first", first.as_str().into()),
                    ("last", last.as_str().into()),
                    ("name", name.into()),
                ];
                page.ta("admin-time-run", &args).trim().to_owned()
            }
        })
        .collect()
}

fn one_day(page: &Page, day: &SpecialDay) -> String {
    let weekday = format!("when-weekday-{}", day.date.weekday().to_monday_one_offset());
    let weekday = page.t(&weekday).into_owned();
    let (date, name) = (
        day.date.day().to_string(),
        day.names.in_lang(page.lang.as_str()),
    );
    let args = [
        ("weekday", weekday.as_str().into()),
        ("day", date.as_str().into()),
        ("name", name.into()),
    ];
    let said = page.ta("admin-time-day-of", &args).trim().to_owned();
    match day.what.hours() {
        Some(hours) => format!("{said}, {hours}"),
        None => said,
    }
}

fn own(page: &Page, days: &Days, year: i16) -> Vec<OwnDay> {
    let of_year = days.iter().filter(|day| day.date.year() == year);
    of_year
        .map(|day| OwnDay {
            date: day.date,
            says: one_day(page, day),
            what: match &day.what {
                What::Off => page.t("admin-time-off").into_owned(),
                What::Working(_) => page.t("admin-time-working").into_owned(),
            },
        })
        .collect()
}

/// The year of a unit.
pub async fn of_unit(visit: Visit, Path(unit): Path<UnitId>, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).unwrap_or_default();
    draw(&visit, Whose::Unit(unit), Drawn::asked(&asked)).await
}

pub async fn keep_of_place(visit: Visit, Path(place): Path<PlaceCode>, form: Form) -> Answer {
    keep(&visit, Whose::Place(place), &form).await
}

pub async fn keep_of_unit(visit: Visit, Path(unit): Path<UnitId>, form: Form) -> Answer {
    keep(&visit, Whose::Unit(unit), &form).await
}

/// Keeps a day; or takes it away, when its other button was pressed.
async fn keep(visit: &Visit, whose: Whose, form: &Form) -> Answer {
    let (app, actor, page) = (&visit.state.app, &visit.actor, visit.page());
    let mut typed = DayForm::of_form(form);
    let back = |date: Date| format!("{}?year={}", address(&whose), date.year());
    let kept = if form.get("remove").is_some() {
        let date: Date = form.text("date").parse().map_err(|_| Problem::Malformed)?;
        (
            back(date),
            put_day::remove(app, actor, whose.clone(), date).await,
        )
    } else {
        let Some(day) = typed.read(&page) else {
            return refused(visit, whose, StatusCode::UNPROCESSABLE_ENTITY, typed).await;
        };
        (
            back(day.date),
            put_day::put(app, actor, whose.clone(), day).await,
        )
    };
    match kept {
        (back, Ok(())) => Ok(flash::say(
            see(&back),
            Tone::Done,
            "day-kept",
            visit.transport(),
        )),
        (_, Err(error)) => {
            typed.name_error = saying::fault(&page, &error, "name");
            let (status, _) = saying::refused(&page, error)?;
            refused(visit, whose, status, typed).await
        }
    }
}

async fn refused(visit: &Visit, whose: Whose, status: StatusCode, day: DayForm) -> Answer {
    let drawn = Drawn {
        status,
        day,
        ..Drawn::default()
    };
    draw(visit, whose, drawn).await
}
