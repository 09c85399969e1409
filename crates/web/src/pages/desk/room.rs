//! The form of a room: how many it holds, and by which rules it is given.

use askama::Template;
use axum::extract::Path;
use huiyin_app::Refusal;
use huiyin_app::venues::look::{self, Room};
use huiyin_app::venues::put::Doors;
use huiyin_app::venues::put_room::{self, Request};
use huiyin_domain::id::{RoomId, VenueId};
use huiyin_domain::venue::{Approval, Rules, Who};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::admin::choices;
use crate::pages::desk::inbox::Choice;
use crate::pages::parts;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

#[derive(Template)]
#[template(path = "pages/desk/room.html")]
struct RoomPage<'a> {
    page: &'a Page,
    venue: String,
    venue_id: String,
    /// Empty for one that is being made.
    title: String,
    action: String,
    id: String,
    zh: String,
    en: String,
    about: String,
    numbers: Vec<Number>,
    whos: Vec<Choice>,
    approvals: Vec<Choice>,
    rules: String,
    is_shut: bool,
    wrong: Wrong,
}

struct Number {
    field: &'static str,
    label: String,
    value: String,
}

const NUMBERS: [&str; 4] = ["seats", "minutes_max", "days_max", "open_max"];

pub async fn new(visit: Visit, Path(venue): Path<VenueId>) -> Answer {
    let mut typed = Form::default();
    fill(&mut typed, &Rules::default());
    draw(&visit, (venue, None), &typed, Wrong::default()).await
}

pub async fn show(visit: Visit, Path((venue, room)): Path<(VenueId, RoomId)>) -> Answer {
    let found = look::show(&visit.state.app, venue).await?;
    let held = found.rooms.iter().find(|held| held.id == room);
    let typed = form_of(held.ok_or(Problem::NotFound)?);
    draw(&visit, (venue, Some(room)), &typed, Wrong::default()).await
}

async fn draw(
    visit: &Visit,
    (venue, room): (VenueId, Option<RoomId>),
    typed: &Form,
    wrong: Wrong,
) -> Answer {
    let found = look::show(&visit.state.app, venue).await?;
    look::permit(&visit.actor, &found.line.venue)?;
    let page = visit.page();
    let lang = page.lang.as_str();
    let held = found.rooms.iter().find(|held| Some(held.id) == room);
    let id = match (room, typed.text("id")) {
        (Some(room), _) => room.to_string(),
        (None, "") => RoomId::from_raw(visit.state.app.mint()).to_string(),
        (None, id) => id.to_owned(),
    };
    let whos = Who::ALL.iter().map(|one| one.word());
    let approvals = Approval::ALL.iter().map(|one| one.word());
    let status = wrong.status;
    let drawn = RoomPage {
        venue: found.line.venue.names.in_lang(lang).to_owned(),
        venue_id: venue.to_string(),
        title: held.map_or_else(String::new, |held| held.names.in_lang(lang).to_owned()),
        action: match room {
            Some(room) => format!("/desk/venues/{venue}/rooms/{room}"),
            None => format!("/desk/venues/{venue}/new-room"),
        },
        id,
        zh: typed.text("zh").to_owned(),
        en: typed.text("en").to_owned(),
        about: typed.text("about").to_owned(),
        numbers: NUMBERS
            .into_iter()
            .map(|field| Number {
                field,
                label: page.t(&format!("room-field-{field}")).into_owned(),
                value: typed.text(field).to_owned(),
            })
            .collect(),
        whos: parts::choices(&page, "room-who", whos, typed.text("who")),
        approvals: parts::choices(&page, "room-approval", approvals, typed.text("approval")),
        rules: typed.text("rules").to_owned(),
        is_shut: typed.get("shut").is_some(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn fill(form: &mut Form, rules: &Rules) {
    let mut put = |name: &str, text: String| form.put(name, [text]);
    put("minutes_max", rules.minutes_max.to_string());
    put("days_max", rules.days_max.to_string());
    put("open_max", rules.open_max.to_string());
    put("who", rules.who.word().to_owned());
    put("approval", rules.approval.word().to_owned());
    put("rules", rules.text.clone());
}

fn form_of(room: &Room) -> Form {
    let mut form = Form::default();
    fill(&mut form, &room.rules);
    let name = |lang: &str| room.names.0.get(lang).cloned().unwrap_or_default();
    form.put("zh", [name("zh")]);
    form.put("en", [name("en")]);
    form.put("about", [room.about.clone()]);
    form.put("seats", [room.seats.to_string()]);
    if room.closed_at.is_some() {
        form.put("shut", ["yes".to_owned()]);
    }
    form
}

pub async fn add(visit: Visit, Path(venue): Path<VenueId>, form: Form) -> Answer {
    keep(&visit, (venue, None), &form).await
}

pub async fn change(
    visit: Visit,
    Path((venue, room)): Path<(VenueId, RoomId)>,
    form: Form,
) -> Answer {
    keep(&visit, (venue, Some(room)), &form).await
}

async fn keep(visit: &Visit, (venue, room): (VenueId, Option<RoomId>), form: &Form) -> Answer {
    let kept = match request(venue, room, form) {
        Ok(request) => put_room::put(&visit.state.app, &visit.actor, request).await,
        Err(refusal) => Err(refusal.into()),
    };
    match kept {
        Ok(()) => {
            let answer = see(&format!("/desk/venues/{venue}"));
            Ok(flash::say(
                answer,
                Tone::Done,
                "room-kept",
                visit.transport(),
            ))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(visit, (venue, room), form, wrong).await
        }
    }
}

fn request(venue: VenueId, room: Option<RoomId>, form: &Form) -> Result<Request, Refusal> {
    let id = room.or_else(|| form.text("id").parse().ok());
    let choice = |field: &'static str| Refusal::field(field, "fault-not-choice");
    Ok(Request {
        id: id.ok_or_else(|| Refusal::field("zh", "fault-form-old"))?,
        venue,
        names: choices::names(form),
        seats: parts::number(form, "seats"),
        about: form.text("about").to_owned(),
        rules: Rules {
            who: form.text("who").parse().map_err(|()| choice("who"))?,
            approval: form
                .text("approval")
                .parse()
                .map_err(|()| choice("approval"))?,
            minutes_max: parts::number(form, "minutes_max"),
            days_max: parts::number(form, "days_max"),
            open_max: parts::number(form, "open_max"),
            text: form.text("rules").to_owned(),
        },
        doors: match form.get("shut") {
            Some(_) => Doors::Shut,
            None => Doors::Open,
        },
    })
}
