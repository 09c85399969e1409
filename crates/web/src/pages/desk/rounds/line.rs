//! How a line of a checklist looks when it is right and when it is wrong: a drawing is chosen, or
//! a photo is sent; what is kept is another version.

use askama::Template;
use axum::extract::Path;
use huiyin_app::rounds::look::{self, Checklist};
use huiyin_app::rounds::picture_line::{self, says_field};
use huiyin_app::{Error, Refusal};
use huiyin_domain::id::{ChecklistId, FileId};
use huiyin_domain::names::Names;
use huiyin_domain::round::Line;
use huiyin_domain::sample::{Sample, Side};

use crate::flash;
use crate::form::{FILE_BYTES_MAX, Form};
use crate::layout::{Page, Tone};
use crate::pages::admin::choices;
use crate::pages::sample_pick::{Fields, NOBODY, PickView};
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

#[derive(Template)]
#[template(path = "pages/desk/rounds/line.html")]
struct LinePage<'a> {
    page: &'a Page,
    checklist: String,
    back: String,
    title: String,
    action: String,
    version: String,
    sides: Vec<SideView>,
    megabytes: usize,
    has_nobody: bool,
    wrong: Wrong,
}

struct SideView {
    word: &'static str,
    title: String,
    error: String,
    pick: PickView,
    says: Vec<Says>,
}

struct Says {
    lang: &'static str,
    field: String,
    label: String,
    typed: String,
    error: String,
    is_needed: bool,
}

/// The address of this page; empty for a line whose code does not fit into one.
pub(super) fn href(checklist: ChecklistId, line: &Line) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    match line.code.chars().all(plain) {
        true => format!("/desk/rounds/setup/checklists/{checklist}/{}", line.code),
        false => String::new(),
    }
}

fn fields(side: Side) -> Fields {
    Fields::named(&format!("{}-", side.word()))
}

fn kept(line: &Line, side: Side) -> Option<FileId> {
    line.picture(side).and_then(|one| one.picture.photo())
}

async fn held(
    visit: &Visit,
    (id, code): &(ChecklistId, String),
) -> Result<(Checklist, Line), Problem> {
    let held = look::checklist(&visit.state.app, &visit.actor, *id).await?;
    let line = held.lines.iter().find(|line| line.code == *code).cloned();
    Ok((held, line.ok_or(Problem::NotFound)?))
}

pub async fn show(visit: Visit, Path(at): Path<(ChecklistId, String)>) -> Answer {
    let (held, line) = held(&visit, &at).await?;
    let typed = form_of(&held, &line);
    draw(&visit, (&held, &line), &typed, Wrong::default())
}

/// The pictures of a line as their form would have been filled in.
fn form_of(held: &Checklist, line: &Line) -> Form {
    let mut form = Form::default();
    form.put("version", [held.version.to_string()]);
    for side in Side::ALL {
        let Some(sample) = line.picture(side) else {
            continue;
        };
        fields(side).fill(&mut form, &sample.picture);
        for lang in ["zh", "en"] {
            let said = choices::name_in(&sample.says, lang);
            form.put(&says_field(side, lang), [said]);
        }
    }
    form
}

fn draw(visit: &Visit, (held, line): (&Checklist, &Line), typed: &Form, wrong: Wrong) -> Answer {
    let page = visit.page();
    let lang = page.lang.as_str();
    let title = line.check.in_lang(lang).to_owned();
    let status = wrong.status;
    let drawn = LinePage {
        checklist: held.names.in_lang(lang).to_owned(),
        back: format!("/desk/rounds/setup/checklists/{}", held.id),
        title,
        action: href(held.id, line),
        version: typed.text("version").to_owned(),
        sides: Side::ALL
            .into_iter()
            .map(|side| side_view(&page, (line, side), typed, &wrong))
            .collect(),
        megabytes: FILE_BYTES_MAX >> 20,
        has_nobody: typed.get(NOBODY).is_some(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn side_view(page: &Page, (line, side): (&Line, Side), typed: &Form, wrong: &Wrong) -> SideView {
    let says = |lang: &'static str| {
        let field = says_field(side, lang);
        Says {
            label: page.t(&format!("sample-says-{lang}")).into_owned(),
            typed: typed.text(&field).to_owned(),
            error: wrong.at(&field).to_owned(),
            is_needed: !choices::name_in(&line.check, lang).is_empty(),
            lang,
            field,
        }
    };
    let fields = fields(side);
    SideView {
        word: side.word(),
        title: page.t(&format!("sample-of-{}", side.word())).into_owned(),
        error: match wrong.at(&fields.picture) {
            "" => wrong.at(&fields.file).to_owned(),
            error => error.to_owned(),
        },
        pick: PickView::of(page, fields, side.drawings(), (typed, kept(line, side))),
        says: vec![says("zh"), says("en")],
    }
}

pub async fn change(visit: Visit, Path(at): Path<(ChecklistId, String)>, mut form: Form) -> Answer {
    let (held, line) = held(&visit, &at).await?;
    let done = keep(&visit, (&held, &line), &mut form).await;
    match done {
        Ok(()) => {
            let to = see(&format!("/desk/rounds/setup/checklists/{}", held.id));
            Ok(flash::say(
                to,
                Tone::Done,
                "line-pictured",
                visit.transport(),
            ))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, (&held, &line), &form.typed(), wrong)
        }
    }
}

async fn keep(
    visit: &Visit,
    (held, line): (&Checklist, &Line),
    form: &mut Form,
) -> Result<(), Error> {
    for side in Side::ALL {
        fields(side).take_in(visit, form).await?;
    }
    let is_new = |side: Side| fields(side).is_new(form, kept(line, side));
    if Side::ALL.into_iter().any(is_new) && form.get(NOBODY).is_none() {
        return Err(Refusal::field(NOBODY, "fault-required").into());
    }
    let request = picture_line::Request {
        checklist: held.id,
        version: form.text("version").parse().unwrap_or(0),
        line: line.code.clone(),
        right: sample(form, Side::Right)?,
        wrong: sample(form, Side::Wrong)?,
    };
    picture_line::put(&visit.state.app, &visit.actor, request).await
}

/// What a form says of one side.
fn sample(form: &Form, side: Side) -> Result<Option<Sample>, Refusal> {
    let Some(picture) = fields(side).chosen(form)? else {
        return Ok(None);
    };
    let said = |lang: &str| form.text(&says_field(side, lang));
    let says = match (picture.photo(), said("zh"), said("en")) {
        // A drawing has words of its own.
        (None, ..) | (Some(_), "", "") => Names::default(),
        (Some(_), "", en) => Names::one("en", en),
        (Some(_), zh, en) => choices::named(zh, en),
    };
    Ok(Some(Sample { picture, says }))
}
