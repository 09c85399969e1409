//! What a paper of a procedure looks like: a drawing is chosen, or a photo is sent; what is kept
//! is another version of the procedure.

use askama::Template;
use axum::extract::Path;
use huiyin_app::files::upload;
use huiyin_app::procedures::{picture_paper, read};
use huiyin_app::{Error, Refusal};
use huiyin_domain::id::FileId;
use huiyin_domain::procedure::{Paper, read_procedure};
use huiyin_domain::sample::{PAPERS, Pictured};

use crate::flash;
use crate::form::{FILE_BYTES_MAX, Form};
use crate::layout::{Page, Tone};
use crate::pages::samples;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

/// The choice of a photo, among those of the drawings.
const OWN: &str = "own";

#[derive(Template)]
#[template(path = "pages/desk/guide_paper.html")]
struct PaperPage<'a> {
    page: &'a Page,
    slug: String,
    procedure: String,
    name: String,
    action: String,
    version: String,
    /// The photo that is kept, or was sent and waits, and where the small one of it is.
    photo: String,
    preview: String,
    is_own: bool,
    is_none: bool,
    /// Key, address, words, and whether it is chosen.
    drawings: Vec<(String, String, String, bool)>,
    megabytes: usize,
    has_nobody: bool,
    wrong: Wrong,
}

/// A paper of a procedure as it was kept last.
struct Held {
    slug: String,
    /// The first is 1.
    number: usize,
    version: i64,
    procedure: huiyin_domain::names::Names,
    paper: Paper,
}

async fn held(visit: &Visit, (slug, number): (String, usize)) -> Result<Held, Problem> {
    let (kept, _) = read::for_the_desk(&visit.state.app, &visit.actor, &slug).await?;
    let procedure = read_procedure(&slug, &kept.text).map_err(|_| Problem::NotFound)?;
    let place = number.checked_sub(1).ok_or(Problem::NotFound)?;
    let paper = procedure.papers.get(place).cloned();
    Ok(Held {
        paper: paper.ok_or(Problem::NotFound)?,
        procedure: procedure.names,
        version: kept.version,
        slug,
        number,
    })
}

pub async fn show(visit: Visit, Path(at): Path<(String, usize)>) -> Answer {
    let held = held(&visit, at).await?;
    let mut typed = Form::default();
    typed.put("version", [held.version.to_string()]);
    match &held.paper.picture {
        Some(Pictured::Photo(file)) => {
            typed.put("photo", [file.to_string()]);
            typed.put("picture", [OWN.to_owned()]);
        }
        Some(Pictured::Drawing(key)) => typed.put("picture", [key.clone()]),
        None => {}
    }
    draw(&visit, &held, &typed, Wrong::default())
}

fn kept_photo(held: &Held) -> Option<FileId> {
    held.paper.picture.as_ref().and_then(Pictured::photo)
}

fn draw(visit: &Visit, held: &Held, typed: &Form, wrong: Wrong) -> Answer {
    let page = visit.page();
    let lang = page.lang.as_str();
    let chosen = typed.text("picture");
    let photo = typed.text("photo").parse::<FileId>().ok();
    let status = wrong.status;
    let drawing = |key: &&str| {
        let href = page.drawing(key).unwrap_or_default();
        let label = samples::drawing_word(&page, key);
        ((*key).to_owned(), href, label, chosen == *key)
    };
    let drawn = PaperPage {
        procedure: held.procedure.in_lang(lang).to_owned(),
        name: held.paper.names.in_lang(lang).to_owned(),
        action: format!("/desk/guide/{}/papers/{}", held.slug, held.number),
        slug: held.slug.clone(),
        version: typed.text("version").to_owned(),
        preview: match photo {
            Some(file) if kept_photo(held) == Some(file) => format!("/samples/{file}/small"),
            Some(file) => format!("/files/{file}/small"),
            None => String::new(),
        },
        photo: photo.map_or_else(String::new, |file| file.to_string()),
        is_own: chosen == OWN,
        is_none: chosen.is_empty(),
        drawings: PAPERS.iter().map(drawing).collect(),
        megabytes: FILE_BYTES_MAX >> 20,
        has_nobody: typed.get("nobody").is_some(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

pub async fn change(visit: Visit, Path(at): Path<(String, usize)>, mut form: Form) -> Answer {
    let held = held(&visit, at).await?;
    match keep(&visit, &held, &mut form).await {
        Ok(()) => {
            let to = see(&format!("/desk/guide/{}", held.slug));
            Ok(flash::say(
                to,
                Tone::Done,
                "paper-pictured",
                visit.transport(),
            ))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, &held, &form.typed(), wrong)
        }
    }
}

async fn keep(visit: &Visit, held: &Held, form: &mut Form) -> Result<(), Error> {
    let app = &visit.state.app;
    let sent: Vec<_> = form.files("file").cloned().collect();
    if let Some(file) = sent.into_iter().last() {
        let bytes = file.bytes;
        let bytes = bytes.ok_or_else(|| Refusal::field("file", "photo-too-large"))?;
        let id = upload::sample(app, bytes, visit.peer, "file").await?;
        form.put("photo", [id.to_string()]);
        form.put("picture", [OWN.to_owned()]);
    }
    let picture = match form.text("picture") {
        "" => None,
        OWN => {
            let photo = form.text("photo").parse();
            let photo = photo.map_err(|_| Refusal::field("picture", "fault-sample-gone"))?;
            if kept_photo(held) != Some(photo) && form.get("nobody").is_none() {
                return Err(Refusal::field("nobody", "fault-required").into());
            }
            Some(Pictured::Photo(photo))
        }
        key if PAPERS.contains(&key) => Some(Pictured::Drawing(key.to_owned())),
        _ => return Err(Refusal::field("picture", "fault-unknown").into()),
    };
    let request = picture_paper::Request {
        slug: held.slug.clone(),
        version: form.text("version").parse().unwrap_or(-1),
        paper: held.number - 1,
        picture,
    };
    picture_paper::put(app, &visit.actor, request).await?;
    Ok(())
}
