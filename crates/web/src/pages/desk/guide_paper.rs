//! What a paper of a procedure looks like: a drawing is chosen, or a photo is sent; what is kept
//! is another version of the procedure.

use askama::Template;
use axum::extract::Path;
use huiyin_app::procedures::{picture_paper, read};
use huiyin_app::{Error, Refusal};
use huiyin_domain::id::FileId;
use huiyin_domain::procedure::{Paper, read_procedure};
use huiyin_domain::sample::{PAPERS, Pictured};

use crate::flash;
use crate::form::{FILE_BYTES_MAX, Form};
use crate::layout::{Page, Tone};
use crate::pages::sample_pick::{Fields, NOBODY, PickView};
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

#[derive(Template)]
#[template(path = "pages/desk/guide_paper.html")]
struct PaperPage<'a> {
    page: &'a Page,
    slug: String,
    procedure: String,
    name: String,
    action: String,
    version: String,
    pick: PickView,
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
    if let Some(picture) = &held.paper.picture {
        fields().fill(&mut typed, picture);
    }
    draw(&visit, &held, &typed, Wrong::default())
}

fn fields() -> Fields {
    Fields::named("")
}

fn kept_photo(held: &Held) -> Option<FileId> {
    held.paper.picture.as_ref().and_then(Pictured::photo)
}

fn draw(visit: &Visit, held: &Held, typed: &Form, wrong: Wrong) -> Answer {
    let page = visit.page();
    let lang = page.lang.as_str();
    let status = wrong.status;
    let drawings = PAPERS.iter().map(|key| (*key).to_owned());
    let kept = kept_photo(held);
    let drawn = PaperPage {
        procedure: held.procedure.in_lang(lang).to_owned(),
        name: held.paper.names.in_lang(lang).to_owned(),
        action: format!("/desk/guide/{}/papers/{}", held.slug, held.number),
        slug: held.slug.clone(),
        version: typed.text("version").to_owned(),
        pick: PickView::of(&page, fields(), drawings, (typed, kept)),
        megabytes: FILE_BYTES_MAX >> 20,
        has_nobody: typed.get(NOBODY).is_some(),
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
    let fields = fields();
    fields.take_in(visit, form).await?;
    let picture = fields.chosen(form)?;
    if fields.is_new(form, kept_photo(held)) && form.get(NOBODY).is_none() {
        return Err(Refusal::field(NOBODY, "fault-required").into());
    }
    if let Some(Pictured::Drawing(key)) = &picture
        && !PAPERS.contains(&key.as_str())
    {
        return Err(Refusal::field(&fields.picture, "fault-unknown").into());
    }
    let request = picture_paper::Request {
        slug: held.slug.clone(),
        version: form.text("version").parse().unwrap_or(-1),
        paper: held.number - 1,
        picture,
    };
    picture_paper::put(app, &visit.actor, request).await?;
    Ok(())
}
