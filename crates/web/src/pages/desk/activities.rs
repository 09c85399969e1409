//! The activities that somebody looks after, and the form in which one is made.

use askama::Template;
use huiyin_app::Refusal;
use huiyin_app::activities::look::{self, Line};
use huiyin_app::activities::make::{self, Request, Where};
use huiyin_app::associations;
use huiyin_app::venues::look as venues;
use huiyin_domain::activity::{About, Handover, Question};
use huiyin_domain::association::GroupState;
use huiyin_domain::calendar::Zone;
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::ActivityId;
use huiyin_domain::venue::{Pattern, Repeat};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::admin::pick;
use crate::pages::desk::inbox::Choice;
use crate::pages::parts::{self, ActivityCard};
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/activities.html")]
struct ActivitiesPage<'a> {
    page: &'a Page,
    is_empty: bool,
    /// What is coming, and what is past.
    parts: Vec<(String, Vec<ActivityCard>)>,
}

pub async fn list(visit: Visit) -> Answer {
    let lines = look::kept(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let (past, coming): (Vec<Line>, Vec<Line>) = lines
        .into_iter()
        .partition(|line| line.activity.ends_at <= when.now);
    let cards = |lines: &[Line]| {
        let cards = lines
            .iter()
            .map(|line| parts::activity_card(&when, line, "/desk/activities"));
        cards.collect()
    };
    html(&ActivitiesPage {
        is_empty: coming.is_empty() && past.is_empty(),
        parts: vec![
            (
                page.t("desk-activities-coming").into_owned(),
                cards(&coming),
            ),
            (page.t("desk-activities-past").into_owned(), cards(&past)),
        ],
        page: &page,
    })
}

#[derive(Template)]
#[template(path = "pages/desk/activity_new.html")]
struct NewPage<'a> {
    page: &'a Page,
    id: String,
    rooms: Vec<Choice>,
    groups: Vec<Choice>,
    place: String,
    handovers: Vec<Choice>,
    patterns: Vec<Choice>,
    typed: &'a Form,
    wrong: Wrong,
}

pub async fn new(visit: Visit) -> Answer {
    let mut typed = Form::default();
    for (field, usual) in [("capacity", "30"), ("team_max", "1"), ("times", "4")] {
        typed.put(field, [usual.to_owned()]);
    }
    draw(&visit, &typed, Wrong::default()).await
}

async fn draw(visit: &Visit, typed: &Form, wrong: Wrong) -> Answer {
    let rooms = venues::kept_rooms(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let lang = page.lang.as_str();
    let room = typed.text("room");
    let rooms = rooms.iter().map(|kept| {
        let id = kept.room.id.to_string();
        Choice {
            label: format!(
                "{} · {}",
                kept.venue.in_lang(lang),
                kept.room.names.in_lang(lang)
            ),
            chosen: id == room,
            value: id,
        }
    });
    let ask = pick::Ask {
        label: "activity-place",
        help: "activity-place-help",
        error: wrong.at("place").to_owned(),
        required: false,
    };
    let handovers = Handover::ALL.iter().map(|one| one.word());
    let patterns = Pattern::ALL.iter().map(|one| one.word());
    let status = wrong.status;
    let drawn = NewPage {
        id: match typed.text("id") {
            "" => ActivityId::from_raw(visit.state.app.mint()).to_string(),
            id => id.to_owned(),
        },
        rooms: rooms.collect(),
        groups: groups(visit, typed).await?,
        place: pick::draw(visit, &page, typed, ask).await?,
        handovers: parts::choices(&page, "handover", handovers, typed.text("handover")),
        patterns: parts::choices(&page, "repeat", patterns, typed.text("repeat")),
        typed,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

/// The groups that the actor looks after.
async fn groups(visit: &Visit, typed: &Form) -> Result<Vec<Choice>, Problem> {
    let kept = associations::look::kept(&visit.state.app, &visit.actor).await?;
    let kept = kept.into_iter().map(|line| line.group);
    let open = kept.filter(|group| group.state == GroupState::Registered);
    let choice = |id: String, label: String| Choice {
        chosen: typed.text("association") == id,
        value: id,
        label,
    };
    Ok(open
        .map(|one| choice(one.id.to_string(), one.name))
        .collect())
}

pub async fn add(visit: Visit, mut form: Form) -> Answer {
    if pick::settle(&mut form) {
        return draw(&visit, &form, Wrong::default()).await;
    }
    let zone = zone_of(&visit, &form).await?;
    let made = match request(&zone, &form) {
        Ok(request) => {
            let id = request.id;
            let made = make::make(&visit.state.app, &visit.actor, request).await;
            made.map(|_| id)
        }
        Err(refusal) => Err(refusal.into()),
    };
    match made {
        Ok(id) => {
            let answer = see(&format!("/desk/activities/{id}"));
            let word = "activity-made";
            Ok(flash::say(answer, Tone::Done, word, visit.transport()))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, &form, wrong).await
        }
    }
}

/// By which clock the times of a form are meant: that of the room, or of the place.
async fn zone_of(visit: &Visit, form: &Form) -> Result<Zone, Problem> {
    let app = &visit.state.app;
    if let Ok(room) = form.text("room").parse() {
        return Ok(venues::room(app, room, None).await?.zone);
    }
    Ok(venues::zone(app, pick::needed(form).ok()).await?)
}

/// The activity that a form describes, or all that cannot be understood of it.
fn request(zone: &Zone, form: &Form) -> Result<Request, Refusal> {
    let mut faults = Vec::new();
    let mut need = |holds: bool, field: &str, key: &'static str| {
        if !holds {
            faults.push(FieldFault::new(field, key));
        }
    };
    let starts_at = parts::instant(zone, form.text("day"), form.text("from"));
    let ends_at = parts::instant(zone, form.text("day"), form.text("to"));
    need(starts_at.is_some(), "from", "fault-day-time");
    need(ends_at.is_some(), "to", "fault-day-time");
    let until = match form.text("until_day") {
        "" => starts_at,
        day => parts::instant(zone, day, form.text("until_time")),
    };
    need(
        until.is_some() || starts_at.is_none(),
        "until",
        "fault-day-time",
    );
    let lines = form.text("questions").lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty());
    let questions: Option<Vec<Question>> = lines.map(Question::read).collect();
    need(questions.is_some(), "questions", "fault-question");
    let place = match (form.text("room").parse(), pick::needed(form)) {
        (Ok(room), _) => Some(Where::Room(room)),
        (Err(_), Ok(place)) => Some(Where::Outside(place)),
        (Err(_), Err(key)) => {
            need(false, "place", key);
            None
        }
    };
    let repeat = match form.text("repeat").parse::<Pattern>() {
        Err(()) => Some(None),
        Ok(pattern) => {
            let times = form.text("times").parse().ok();
            times
                .and_then(|times| Repeat::new(pattern, times))
                .map(Some)
        }
    };
    need(repeat.is_some(), "times", "fault-repeat");
    let id = form.text("id").parse();
    need(id.is_ok(), "title", "fault-form-old");
    let whole = (starts_at, ends_at, until, questions, place);
    let (
        (Some(starts_at), Some(ends_at), Some(until), Some(questions), Some(place)),
        Some(repeat),
        Ok(id),
    ) = (whole, repeat, id)
    else {
        return Err(Refusal::Invalid(faults));
    };
    Ok(Request {
        id,
        place,
        title: form.text("title").to_owned(),
        about: About {
            text: form.text("text").to_owned(),
            address: form.text("address").to_owned(),
            questions,
            handover: form.text("handover").parse().unwrap_or(Handover::AtOnce),
            team_max: parts::number(form, "team_max"),
        },
        starts_at,
        ends_at,
        sign_up_until: until,
        capacity: parts::number(form, "capacity"),
        repeat,
        association: form.text("association").parse().ok(),
    })
}
