//! An activity for whoever runs it: who comes, the list at the door, the code at the door, what
//! may still be changed, calling it off, and the report afterwards.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;
use huiyin_app::activities::look::{self, Guest, Running};
use huiyin_app::activities::make::{self, Change};
use huiyin_app::activities::{cancel, report, tick};
use huiyin_app::venues::look as venues;
use huiyin_app::{Error, Refusal};
use huiyin_domain::activity::{Question, SignUpState, Sort};
use huiyin_domain::calendar::Zone;
use huiyin_domain::id::ActivityId;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::parts;
use crate::pages::wrong::Wrong;
use crate::qr;
use crate::visit::{Answer, Visit, html, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/activity.html")]
struct ActivityPage<'a> {
    page: &'a Page,
    id: String,
    title: String,
    when: String,
    seats: String,
    tone: &'static str,
    sign: &'static str,
    counts: String,
    questions: Vec<String>,
    guests: Vec<GuestRow>,
    sees_guests: bool,
    /// The door is open, or was.
    may_tick: bool,
    is_off: bool,
    is_over: bool,
    form: ChangeForm,
    report: String,
    wrong: Wrong,
}

struct GuestRow {
    person: String,
    number: i64,
    name: String,
    state: String,
    answers: Vec<String>,
    team: String,
    is_seated: bool,
    came: bool,
}

struct ChangeForm {
    title: String,
    text: String,
    capacity: String,
    until_day: String,
    until_time: String,
}

pub async fn show(visit: Visit, Path(id): Path<ActivityId>) -> Answer {
    draw(&visit, id, None, Wrong::default()).await
}

async fn draw(visit: &Visit, id: ActivityId, typed: Option<&Form>, wrong: Wrong) -> Answer {
    let found = look::run(&visit.state.app, &visit.actor, id).await?;
    let zone = venues::zone(
        &visit.state.app,
        Some(found.page.line.activity.place.clone()),
    )
    .await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let line = &found.page.line;
    let activity = &line.activity;
    let (seats, look) = parts::seats(&when, line);
    let questions = &activity.about.questions;
    let guests = found.guests.iter().flatten();
    let status = wrong.status;
    let door_opens = activity.starts_at - jiff::SignedDuration::from_hours(1);
    let drawn = ActivityPage {
        id: id.to_string(),
        title: activity.title.clone(),
        when: parts::span(&when, activity.starts_at, activity.ends_at),
        seats,
        tone: look.tone,
        sign: look.sign,
        counts: counts(&page, &found),
        questions: questions.iter().map(|one| one.says.clone()).collect(),
        guests: guests
            .map(|guest| guest_row(&page, questions, guest))
            .collect(),
        sees_guests: found.guests.is_some(),
        may_tick: when.now >= door_opens && activity.cancelled_at.is_none(),
        is_off: activity.cancelled_at.is_some(),
        is_over: activity.ends_at <= when.now,
        form: change_form(&zone, &found, typed),
        report: match typed.and_then(|typed| typed.get("report")) {
            Some(typed) => typed.to_owned(),
            None => activity.report.clone().unwrap_or_default(),
        },
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn counts(page: &Page, found: &Running) -> String {
    let counts = found.page.line.counts;
    let args = [
        ("seated", counts.seated.into()),
        ("capacity", found.page.line.activity.capacity.into()),
        ("waiting", counts.waiting.into()),
        ("came", counts.came.into()),
    ];
    page.ta("desk-activity-counts", &args).into_owned()
}

fn guest_row(page: &Page, questions: &[Question], guest: &Guest) -> GuestRow {
    let sign_up = &guest.sign_up;
    let answers = questions.iter().enumerate().map(|(number, question)| {
        let given = sign_up.answers.given.get(&number);
        match (&question.sort, given.map(String::as_str)) {
            (Sort::YesNo, Some("yes")) => page.t("answer-yes").into_owned(),
            (Sort::YesNo, Some(_)) => page.t("answer-no").into_owned(),
            (_, given) => given.unwrap_or_default().to_owned(),
        }
    });
    let team = match (&sign_up.answers.team, sign_up.answers.members) {
        (Some(team), Some(members)) => format!("{team} · {members}"),
        _ => String::new(),
    };
    GuestRow {
        person: sign_up.person.to_string(),
        number: sign_up.number,
        name: guest.name.clone(),
        state: page
            .t(&format!("activity-state-{}", sign_up.state.word()))
            .into_owned(),
        answers: answers.collect(),
        team,
        is_seated: sign_up.state == SignUpState::Seated,
        came: sign_up.came_at.is_some(),
    }
}

fn change_form(zone: &Zone, found: &Running, typed: Option<&Form>) -> ChangeForm {
    let activity = &found.page.line.activity;
    let until = activity.sign_up_until.to_zoned(parts::clocks(zone));
    let text = |field: &str, held: String| match typed.and_then(|typed| typed.get(field)) {
        Some(typed) => typed.to_owned(),
        None => held,
    };
    ChangeForm {
        title: text("title", activity.title.clone()),
        text: text("text", activity.about.text.clone()),
        capacity: text("capacity", activity.capacity.to_string()),
        until_day: text("until_day", until.date().to_string()),
        until_time: text("until_time", until.strftime("%H:%M").to_string()),
    }
}

async fn after(
    visit: &Visit,
    id: ActivityId,
    form: &Form,
    (done, word): (Result<(), Error>, &str),
) -> Answer {
    match done {
        Ok(()) => {
            let answer = see(&format!("/desk/activities/{id}"));
            Ok(flash::say(answer, Tone::Done, word, visit.transport()))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(visit, id, Some(form), wrong).await
        }
    }
}

pub async fn change(visit: Visit, Path(id): Path<ActivityId>, form: Form) -> Answer {
    let app = &visit.state.app;
    let held = look::run(app, &visit.actor, id).await?;
    let place = held.page.line.activity.place.clone();
    let zone = venues::zone(app, Some(place)).await?;
    let until = parts::instant(&zone, form.text("until_day"), form.text("until_time"));
    let done = match until {
        Some(sign_up_until) => {
            let change = Change {
                id,
                title: form.text("title").to_owned(),
                text: form.text("text").to_owned(),
                sign_up_until,
                capacity: parts::number(&form, "capacity"),
            };
            make::change(app, &visit.actor, change).await
        }
        None => Err(Refusal::field("until", "fault-day-time").into()),
    };
    after(&visit, id, &form, (done, "activity-kept")).await
}

pub async fn cancel(visit: Visit, Path(id): Path<ActivityId>, form: Form) -> Answer {
    let done = cancel::cancel(&visit.state.app, &visit.actor, id).await;
    after(&visit, id, &form, (done, "activity-off")).await
}

/// The list at the door.
pub async fn tick(visit: Visit, Path(id): Path<ActivityId>, form: Form) -> Answer {
    let there: BTreeSet<_> = form
        .all("there")
        .filter_map(|person| person.parse().ok())
        .collect();
    let done = tick::tick(&visit.state.app, &visit.actor, id, there).await;
    after(&visit, id, &form, (done, "door-kept")).await
}

pub async fn report(visit: Visit, Path(id): Path<ActivityId>, form: Form) -> Answer {
    let text = form.text("report").to_owned();
    let done = report::report(&visit.state.app, &visit.actor, id, text).await;
    after(&visit, id, &form, (done, "report-kept")).await
}

#[derive(Template)]
#[template(path = "pages/desk/door.html")]
struct DoorPage<'a> {
    page: &'a Page,
    id: String,
    title: String,
    qr: String,
    code: String,
}

/// The code at the door, to be shown on a screen: it changes every half minute.
pub async fn door(visit: Visit, Path(id): Path<ActivityId>) -> Answer {
    let (activity, code) = look::door(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let link = format!("{}/activities/{id}/here?code={}", visit.origin, code.long);
    html(&DoorPage {
        id: id.to_string(),
        title: activity.title,
        qr: qr::svg(&link, &page.t("door-qr")),
        code: code.short,
        page: &page,
    })
}
