//! The photos of a venue or an activity that everybody sees: what hangs, hanging more, and taking
//! one down.

use askama::Template;
use axum::extract::Path;
use huiyin_app::pictures::hang::{self, COUNT_MAX, hang};
use huiyin_app::pictures::take_down::take_down;
use huiyin_app::pictures::{Called, Of, Picture, look};
use huiyin_app::{Error, Refusal};
use huiyin_domain::id::{ActivityId, FileId, VenueId};

use crate::flash;
use crate::form::{FILE_BYTES_MAX, Form};
use crate::layout::{Page, Tone};
use crate::pages::wrong::Wrong;
use crate::visit::{Answer, Visit, html_as, see};

#[derive(Template)]
#[template(path = "pages/desk/pictures.html")]
struct PicturesPage<'a> {
    page: &'a Page,
    /// The list of what it is one of: its address, and the key of its name.
    list: (&'static str, &'static str),
    base: String,
    title: String,
    pictures: Vec<Picture>,
    /// How many more may hang.
    room: usize,
    megabytes: usize,
    says: String,
    agreed: bool,
    wrong: Wrong,
}

pub async fn of_venue(visit: Visit, Path(id): Path<VenueId>) -> Answer {
    draw(&visit, Of::Venue(id), &Form::default(), Wrong::default()).await
}

pub async fn of_activity(visit: Visit, Path(id): Path<ActivityId>) -> Answer {
    draw(&visit, Of::Activity(id), &Form::default(), Wrong::default()).await
}

pub async fn hang_in_venue(visit: Visit, Path(id): Path<VenueId>, form: Form) -> Answer {
    add(&visit, Of::Venue(id), &form).await
}

pub async fn hang_in_activity(visit: Visit, Path(id): Path<ActivityId>, form: Form) -> Answer {
    add(&visit, Of::Activity(id), &form).await
}

pub async fn down_in_venue(visit: Visit, Path((id, file)): Path<(VenueId, FileId)>) -> Answer {
    down(&visit, Of::Venue(id), file).await
}

pub async fn down_in_activity(
    visit: Visit,
    Path((id, file)): Path<(ActivityId, FileId)>,
) -> Answer {
    down(&visit, Of::Activity(id), file).await
}

fn list(of: Of) -> (&'static str, &'static str) {
    match of {
        Of::Venue(_) => ("/desk/venues", "desk-venues"),
        Of::Activity(_) => ("/desk/activities", "desk-activities"),
    }
}

fn base(of: Of) -> String {
    match of {
        Of::Venue(id) => format!("/desk/venues/{id}"),
        Of::Activity(id) => format!("/desk/activities/{id}"),
    }
}

async fn draw(visit: &Visit, of: Of, typed: &Form, wrong: Wrong) -> Answer {
    let (called, pictures) = look::kept(&visit.state.app, &visit.actor, of).await?;
    let page = visit.page();
    let status = wrong.status;
    let drawn = PicturesPage {
        list: list(of),
        base: base(of),
        title: match called {
            Called::Venue(names) => names.in_lang(page.lang.as_str()).to_owned(),
            Called::Activity(title) => title,
        },
        room: COUNT_MAX.saturating_sub(pictures.len()),
        pictures,
        megabytes: FILE_BYTES_MAX >> 20,
        says: typed.text("says").to_owned(),
        agreed: typed.get("agreed").is_some(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

async fn add(visit: &Visit, of: Of, form: &Form) -> Answer {
    let kept: Option<Vec<_>> = form.files("file").map(|file| file.bytes.clone()).collect();
    let done = match kept {
        Some(photos) => {
            let request = hang::Request {
                of,
                photos,
                says: form.text("says").to_owned(),
                agreed: form.get("agreed").is_some(),
                peer: visit.peer,
            };
            hang(&visit.state.app, &visit.actor, request).await
        }
        None => Err(Refusal::field("file", "photo-too-large").into()),
    };
    answer(visit, of, form, (done, "pictures-hung")).await
}

async fn down(visit: &Visit, of: Of, file: FileId) -> Answer {
    let done = take_down(&visit.state.app, &visit.actor, of, file).await;
    answer(visit, of, &Form::default(), (done, "picture-down")).await
}

async fn answer(
    visit: &Visit,
    of: Of,
    form: &Form,
    (done, word): (Result<(), Error>, &str),
) -> Answer {
    match done {
        Ok(()) => {
            let answer = see(&format!("{}/pictures", base(of)));
            Ok(flash::say(answer, Tone::Done, word, visit.transport()))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(visit, of, form, wrong).await
        }
    }
}
