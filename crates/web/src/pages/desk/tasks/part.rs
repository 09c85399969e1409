//! One part of a task: what is wanted, the form in which it is reported, and its history. The
//! form is filled in outdoors: it can be sent later, and twice, and counts once.

use askama::Template;
use axum::extract::Path;
use huiyin_app::files::fetch::{self, Size};
use huiyin_app::tasks::part::{self, Line};
use huiyin_app::tasks::report::{self, PHOTOS_MAX};
use huiyin_app::tasks::{break_down, note, send_back, verify};
use huiyin_app::{Error, Refusal};
use huiyin_domain::id::{FileId, TaskId, TaskReportId};
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::task::{State, Want};

use super::{Chip, due, evidence, role_word, sort_chip, state_chip, today};
use crate::flash;
use crate::form::{FILE_BYTES_MAX, Form};
use crate::layout::{Page, Tone};
use crate::pages::resident::file::shown;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/tasks/part.html")]
struct PartPage<'a> {
    page: &'a Page,
    base: String,
    up: String,
    title: String,
    place: String,
    standard: String,
    evidence: String,
    due: String,
    is_late: bool,
    sort: Chip,
    state: Chip,
    unit: String,
    /// Whose post it is meant for.
    role: String,
    above: String,
    giver: String,
    withdrawn: String,
    /// What was said when it was sent back last.
    back: String,
    history: Vec<LineView>,
    may: May,
    wants: Wants,
    /// To how many places it can be broken down.
    below: String,
    level: &'static str,
    version: i64,
    key: String,
    photos: usize,
    megabytes: usize,
    typed: &'a Form,
    wrong: Wrong,
}

/// What whoever looks may do now.
#[derive(Default)]
struct May {
    note: bool,
    report: bool,
    judge: bool,
    break_down: bool,
}

struct Wants {
    text: bool,
    number: bool,
    photo: bool,
    counted_in: String,
}

struct LineView {
    kind: &'static str,
    who: String,
    when: String,
    did: String,
    says: String,
    amount: String,
    photos: Vec<FileId>,
}

pub async fn show(visit: Visit, Path((id, place)): Path<(TaskId, String)>) -> Answer {
    let place = place_of(&place)?;
    draw(&visit, (id, place), &Form::default(), Wrong::default()).await
}

fn place_of(text: &str) -> Result<PlaceCode, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

async fn draw(
    visit: &Visit,
    (id, place): (TaskId, PlaceCode),
    typed: &Form,
    wrong: Wrong,
) -> Answer {
    let found = part::look(&visit.state.app, &visit.actor, id, place.clone()).await?;
    if found.part.state == State::BrokenDown {
        return Ok(see(&format!("/desk/tasks/{id}?at={place}")));
    }
    let page = visit.page();
    let when = When::of(visit, &page);
    let key = match typed.text("key") {
        "" => TaskReportId::from_raw(visit.state.app.mint()).to_string(),
        key => key.to_owned(),
    };
    let status = wrong.status;
    html_as(status, &view(&when, &found, (typed, wrong), key))
}

fn view<'a>(
    when: &When<'a>,
    found: &part::Page,
    (typed, wrong): (&'a Form, Wrong),
    key: String,
) -> PartPage<'a> {
    let page = when.page;
    let lang = page.lang.as_str();
    let (task, part) = (&found.task, &found.part);
    let is_open = part.state.is_to_do() && task.withdrawn.is_none();
    let may = May {
        note: is_open && found.side.answers && part.state == State::Given,
        report: is_open && found.side.answers,
        judge: part.state == State::Reported && found.side.verifies,
        break_down: is_open && found.side.answers && found.below.is_some(),
    };
    let places: Vec<&str> = found
        .place
        .iter()
        .map(|place| place.names.in_lang(lang))
        .collect();
    let back = found
        .history
        .last()
        .filter(|_| part.state == State::SentBack);
    PartPage {
        base: format!("/desk/tasks/{}/{}", task.id, part.place),
        up: found
            .up
            .as_ref()
            .map(|up| format!("/desk/tasks/{}?at={up}", task.id))
            .unwrap_or_default(),
        title: task.title.clone(),
        place: places.join(" "),
        standard: task.standard.clone(),
        evidence: evidence(page, task),
        due: due(when, task),
        is_late: part.state.is_to_do() && task.is_late_on(today(when)),
        sort: sort_chip(page, task.sort),
        state: state_chip(page, part.state),
        unit: found.unit.in_lang(lang).to_owned(),
        role: role_word(page, &found.task),
        above: found.above.in_lang(lang).to_owned(),
        giver: found.giver.in_lang(lang).to_owned(),
        withdrawn: task
            .withdrawn
            .as_ref()
            .map(|back| back.why.clone())
            .unwrap_or_default(),
        back: back.map(|line| line.entry.says.clone()).unwrap_or_default(),
        history: found.history.iter().map(|one| line(when, one)).collect(),
        may,
        wants: Wants {
            text: task.evidence.wants(Want::Text),
            number: task.evidence.wants(Want::Number),
            photo: task.evidence.wants(Want::Photo),
            counted_in: task.evidence.counted_in.clone(),
        },
        below: match found.below {
            Some((level, count)) => {
                let key = format!("task-count-{}", level.word());
                page.tn(&key, "count", count as i64).into_owned()
            }
            None => String::new(),
        },
        level: found.below.map_or("", |(level, _)| level.word()),
        version: part.version,
        key,
        photos: PHOTOS_MAX,
        megabytes: FILE_BYTES_MAX >> 20,
        typed,
        wrong,
        page,
    }
}

fn line(when: &When<'_>, line: &Line) -> LineView {
    let page = when.page;
    let entry = &line.entry;
    let role = line
        .role
        .map(|role| page.t(&format!("role-{}", role.word())).into_owned());
    let unit = line.unit.in_lang(page.lang.as_str());
    LineView {
        kind: match entry.state {
            State::Reported => "said",
            State::Verified | State::SentBack => "mine",
            _ => "machine",
        },
        who: match role {
            Some(role) => format!("{unit} · {role}"),
            None => unit.to_owned(),
        },
        when: when.moment(entry.at),
        did: page
            .t(&format!("task-did-{}", entry.state.word()))
            .into_owned(),
        says: entry.says.clone(),
        amount: entry
            .amount
            .map(|amount| amount.to_string())
            .unwrap_or_default(),
        photos: line.photos.clone(),
    }
}

/// Back to the part with what was done, or the page again with what is wrong.
async fn after(
    visit: &Visit,
    (id, place): (TaskId, PlaceCode),
    form: &Form,
    (done, word): (Result<(), Error>, &str),
) -> Answer {
    match done {
        Ok(()) => {
            let to = see(&format!("/desk/tasks/{id}/{place}"));
            Ok(flash::say(to, Tone::Done, word, visit.transport()))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(visit, (id, place), form, wrong).await
        }
    }
}

pub async fn take_note(visit: Visit, Path((id, place)): Path<(TaskId, String)>) -> Answer {
    let place = place_of(&place)?;
    let done = note::note(&visit.state.app, &visit.actor, id, place.clone()).await;
    after(&visit, (id, place), &Form::default(), (done, "task-noted")).await
}

pub async fn tell(visit: Visit, Path((id, place)): Path<(TaskId, String)>, form: Form) -> Answer {
    let place = place_of(&place)?;
    let done = match request(&visit, (id, &place), &form) {
        Ok(request) => report::report(&visit.state.app, &visit.actor, request).await,
        Err(refusal) => Err(refusal.into()),
    };
    after(&visit, (id, place), &form.typed(), (done, "task-reported")).await
}

fn request(
    visit: &Visit,
    (task, place): (TaskId, &PlaceCode),
    form: &Form,
) -> Result<report::Request, Refusal> {
    let photos: Option<Vec<_>> = form.files("photo").map(|file| file.bytes.clone()).collect();
    let key = form.text("key").parse();
    Ok(report::Request {
        key: key.map_err(|_| Refusal::field("says", "fault-form-old"))?,
        task,
        place: place.clone(),
        says: form.text("says").to_owned(),
        amount: match form.text("amount") {
            "" => None,
            text => Some(text.parse().unwrap_or(-1)),
        },
        photos: photos.ok_or_else(|| Refusal::field("photo", "photo-too-large"))?,
        peer: visit.peer,
    })
}

pub async fn strike_off(
    visit: Visit,
    Path((id, place)): Path<(TaskId, String)>,
    form: Form,
) -> Answer {
    let place = place_of(&place)?;
    let version = form.text("version").parse().unwrap_or(-1);
    let parts = vec![(place.clone(), version)];
    let done = verify::verify(&visit.state.app, &visit.actor, id, parts).await;
    let done = done.and_then(|mut reply| match reply.pop() {
        Some((_, Err(refusal))) => Err(refusal.into()),
        _ => Ok(()),
    });
    after(&visit, (id, place), &form, (done, "task-verified")).await
}

pub async fn back(visit: Visit, Path((id, place)): Path<(TaskId, String)>, form: Form) -> Answer {
    let place = place_of(&place)?;
    let request = send_back::Request {
        task: id,
        place: place.clone(),
        version: form.text("version").parse().unwrap_or(-1),
        why: form.text("why").to_owned(),
    };
    let done = send_back::send_back(&visit.state.app, &visit.actor, request).await;
    after(&visit, (id, place), &form, (done, "task-sent-back")).await
}

pub async fn split(visit: Visit, Path((id, place)): Path<(TaskId, String)>, form: Form) -> Answer {
    let place = place_of(&place)?;
    let level = Level::ALL.into_iter().map(|(level, _)| level);
    let level = level
        .into_iter()
        .find(|level| level.word() == form.text("level"));
    let done = match level {
        Some(level) => {
            let to = (place.clone(), level);
            break_down::break_down(&visit.state.app, &visit.actor, id, to).await
        }
        None => Err(Refusal::field("level", "fault-required").into()),
    };
    after(&visit, (id, place), &form, (done, "task-broken-down")).await
}

/// A photo of a report, for whoever may see the part.
pub async fn photo(
    visit: Visit,
    Path((id, place, file)): Path<(TaskId, String, FileId)>,
) -> Answer {
    let place = place_of(&place)?;
    let app = &visit.state.app;
    let file = part::photo(app, &visit.actor, (id, place), file).await?;
    let bytes = fetch::fetch(app, &file, Size::Display).await?;
    shown(bytes, &file.media_type)
}
