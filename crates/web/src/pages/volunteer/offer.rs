//! Register as a volunteer, or change what one offers: one page, of which only the name and the
//! community are needed.

use askama::Template;
use axum::http::StatusCode;
use huiyin_app::volunteers::register::{self, Reply};
use huiyin_app::volunteers::skills;
use huiyin_domain::id::VolunteerId;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::volunteer::{
    Avoid, DayPart, FreeDay, FreeParts, FreeWeek, Offer, Reach, Speaks, Volunteer,
};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::admin::pick;
use crate::pages::desk::inbox::Choice;
use crate::pages::desk::saying;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

use super::offer_parts::{
    DAY_ROWS, DayRow, SkillGroup, chips, days, groups, part_word, reaches, units, week,
};

#[derive(Template)]
#[template(path = "pages/volunteer/offer.html")]
struct OfferPage<'a> {
    page: &'a Page,
    id: VolunteerId,
    is_known: bool,
    error: String,
    name: String,
    name_error: String,
    place: String,
    units: Vec<Choice>,
    unit_error: String,
    skills: Vec<SkillGroup>,
    skills_error: String,
    week: Vec<DayRow>,
    parts: Vec<String>,
    days: Vec<DayRow>,
    reaches: Vec<Choice>,
    speaks: Vec<Choice>,
    avoids: Vec<Choice>,
    avoid_note: String,
    note_error: String,
}

/// What is wrong, and with what status it comes back.
#[derive(Default)]
struct Wrong {
    status: StatusCode,
    error: String,
    name: String,
    place: String,
    unit: String,
    skills: String,
    note: String,
}

pub async fn show(visit: Visit) -> Answer {
    let known = register::read(&visit.state.app, &visit.actor).await?;
    let form = known.as_ref().map_or_else(Form::default, filled);
    draw(&visit, &form, known.as_ref(), Wrong::default()).await
}

/// The form as it holds what is offered now.
fn filled(known: &Volunteer) -> Form {
    let offer = &known.offer;
    let mut form = Form::default();
    form.put("name", [offer.name.clone()]);
    form.put("place", [offer.place.to_string()]);
    form.put("unit", offer.unit.map(|unit| unit.to_string()));
    form.put("skill", offer.skills.iter().map(ToString::to_string));
    let free = FreeWeek::DAYS.iter().zip(1..).flat_map(|(&day, number)| {
        let parts = DayPart::ALL.iter();
        let parts = parts.filter(move |part| offer.free.on(day).has(**part));
        parts.map(move |part| format!("{number}-{}", part.word()))
    });
    form.put("free", free);
    for (row, day) in (1..).zip(&offer.days) {
        form.put(&format!("day-{row}"), [day.day.to_string()]);
        let parts = DayPart::ALL.iter().filter(|part| day.parts.has(**part));
        let parts = parts.map(|part| part.word().to_owned());
        form.put(&format!("day-{row}-part"), parts);
    }
    form.put("reach", [offer.reach.word()]);
    let words = offer.speaks.iter().map(|word| word.word().to_owned());
    form.put("speaks", words);
    let words = offer.avoids.iter().map(|word| word.word().to_owned());
    form.put("avoid", words);
    form.put("avoid_note", [offer.avoid_note.clone()]);
    form
}

/// Keeps what is offered.
pub async fn keep(visit: Visit, mut form: Form) -> Answer {
    let app = &visit.state.app;
    let known = register::read(app, &visit.actor).await?;
    if pick::settle(&mut form) {
        return draw(&visit, &form, known.as_ref(), Wrong::default()).await;
    }
    let page = visit.page();
    let mut wrong = Wrong {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        ..Wrong::default()
    };
    let place = match pick::needed(&form) {
        Ok(place) => place,
        Err(key) => {
            wrong.place = page.t(key).into_owned();
            if form.text("name").is_empty() {
                wrong.name = page.t("fault-required").into_owned();
            }
            return draw(&visit, &form, known.as_ref(), wrong).await;
        }
    };
    let offer = read(&form, place)?;
    let id = form.text("id").parse().map_err(|_| Problem::Malformed)?;
    match register::register(app, &visit.actor, id, offer).await {
        Ok(reply) => {
            let word = match reply {
                Reply::Asked => "volunteer-asked",
                Reply::Changed => "volunteer-changed",
            };
            let back = see("/volunteer");
            Ok(flash::say(back, Tone::Done, word, visit.transport()))
        }
        Err(error) => {
            wrong.name = saying::fault(&page, &error, "name");
            wrong.place = saying::fault(&page, &error, "place");
            wrong.unit = saying::fault(&page, &error, "unit");
            wrong.skills = saying::fault(&page, &error, "skills");
            wrong.note = saying::fault(&page, &error, "avoid_note");
            let (status, said) = saying::refused(&page, error)?;
            wrong.status = status;
            wrong.error = said.text;
            draw(&visit, &form, known.as_ref(), wrong).await
        }
    }
}

/// Reads what was chosen; what no page offers is no request of ours.
fn read(form: &Form, place: PlaceCode) -> Result<Offer, Problem> {
    let malformed = |()| Problem::Malformed;
    let mut free = FreeWeek::default();
    for word in form.all("free") {
        let (day, part) = word.split_once('-').ok_or(Problem::Malformed)?;
        let number: usize = day.parse().map_err(|_| Problem::Malformed)?;
        let day = number.checked_sub(1).and_then(|at| FreeWeek::DAYS.get(at));
        let part = part.parse().map_err(malformed)?;
        free = free.with(*day.ok_or(Problem::Malformed)?, part);
    }
    let mut days = Vec::new();
    for row in 1..=register::DAYS_MAX + DAY_ROWS {
        let Some(day) = form.get(&format!("day-{row}")) else {
            break;
        };
        if day.is_empty() {
            continue;
        }
        let mut parts = FreeParts::default();
        for part in form.all(&format!("day-{row}-part")) {
            parts = parts.with(part.parse().map_err(malformed)?);
        }
        let day = day.parse().map_err(|_| Problem::Malformed)?;
        days.push(FreeDay { day, parts });
    }
    let words = |name: &'static str| form.all(name).map(str::to_owned);
    let skills = words("skill").map(|word| word.parse().map_err(|_| Problem::Malformed));
    let speaks = words("speaks").map(|word| word.parse().map_err(malformed));
    let avoids = words("avoid").map(|word| word.parse().map_err(malformed));
    let reach = match form.text("reach") {
        "" => Reach::Community,
        word => word.parse().map_err(malformed)?,
    };
    let unit = match form.text("unit") {
        "" => None,
        unit => Some(unit.parse().map_err(|_| Problem::Malformed)?),
    };
    Ok(Offer {
        name: form.text("name").to_owned(),
        place,
        unit,
        skills: skills.collect::<Result<_, _>>()?,
        free,
        days,
        reach,
        speaks: speaks.collect::<Result<_, _>>()?,
        avoids: avoids.collect::<Result<_, _>>()?,
        avoid_note: form.text("avoid_note").to_owned(),
    })
}

async fn draw(visit: &Visit, form: &Form, known: Option<&Volunteer>, wrong: Wrong) -> Answer {
    let page = visit.page();
    let app = &visit.state.app;
    let place: Option<PlaceCode> = form.text("place").parse().ok();
    let community = place.as_ref().and_then(|place| place.at(Level::Community));
    let listed = skills::list(app, community).await?;
    let typed_id = form.text("id").parse().ok();
    let id = typed_id.unwrap_or_else(|| VolunteerId::from_raw(app.mint()));
    let ask = pick::Ask {
        label: "volunteer-place",
        help: "volunteer-place-help",
        error: wrong.place,
        required: true,
    };
    let drawn = OfferPage {
        id,
        is_known: known.is_some(),
        error: wrong.error,
        name: form.text("name").to_owned(),
        name_error: wrong.name,
        place: pick::draw(visit, &page, form, ask).await?,
        units: units(visit, &page, form, place.as_ref()).await?,
        unit_error: wrong.unit,
        skills: groups(&page, form, &listed),
        skills_error: wrong.skills,
        week: week(&page, form),
        parts: DayPart::ALL
            .iter()
            .map(|&part| part_word(&page, part))
            .collect(),
        days: days(&page, form),
        reaches: reaches(&page, form),
        speaks: chips(
            &page,
            form,
            "speaks",
            Speaks::ALL.iter().map(|word| word.word()),
        ),
        avoids: chips(
            &page,
            form,
            "avoid",
            Avoid::ALL.iter().map(|word| word.word()),
        ),
        avoid_note: form.text("avoid_note").to_owned(),
        note_error: wrong.note,
        page: &page,
    };
    html_as(wrong.status, &drawn)
}
