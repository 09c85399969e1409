//! A checklist, and another version of it: rounds that were begun go on with theirs.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use huiyin_app::rounds::look::{self, Checklist};
use huiyin_app::rounds::{self, put_checklist};
use huiyin_domain::case::{Finding, Kind};
use huiyin_domain::id::ChecklistId;
use huiyin_domain::names::Names;
use huiyin_domain::round::{Line, Photo};

use super::weights;
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::admin::choices;
use crate::pages::desk::inbox::Choice;
use crate::pages::samples::{self, CheckView};
use crate::pages::wrong::Wrong;
use crate::visit::{Answer, Visit, html_as, see};

/// So many empty lines stand below those that are there.
const EMPTY_LINES: usize = 2;

#[derive(Template)]
#[template(path = "pages/desk/rounds/checklist.html")]
struct ChecklistPage<'a> {
    page: &'a Page,
    title: String,
    id: ChecklistId,
    sort: String,
    version: i64,
    typed: &'a Form,
    lines: Vec<LineView>,
    wrong: Wrong,
}

struct LineView {
    number: usize,
    number_text: String,
    code: String,
    zh: String,
    en: String,
    wrong_zh: String,
    wrong_en: String,
    weights: Vec<Choice>,
    is_photo_wanted: bool,
    samples: Vec<CheckView>,
    /// Where its pictures are chosen; empty for a line that is not kept yet.
    pictures: String,
}

pub async fn show(visit: Visit, Path(id): Path<ChecklistId>) -> Answer {
    let held = look::checklist(&visit.state.app, &visit.actor, id).await?;
    let typed = form_of(&held);
    draw(&visit, &held, &typed, Wrong::default())
}

fn field(name: &str, number: usize) -> String {
    format!("{name}-{number}")
}

/// A checklist as its form would have been filled in.
fn form_of(held: &Checklist) -> Form {
    let mut form = Form::default();
    let mut put = |name: &str, text: &str| form.put(name, [text.to_owned()]);
    put("version", &held.version.to_string());
    put("zh", &choices::name_in(&held.names, "zh"));
    put("en", &choices::name_in(&held.names, "en"));
    for (number, line) in (1..).zip(&held.lines) {
        let wrong = line.wrong.clone().unwrap_or_default();
        put(&field("code", number), &line.code);
        put(&field("zh", number), &choices::name_in(&line.check, "zh"));
        put(&field("en", number), &choices::name_in(&line.check, "en"));
        put(&field("wrong-zh", number), &choices::name_in(&wrong, "zh"));
        put(&field("wrong-en", number), &choices::name_in(&wrong, "en"));
        put(&field("weight", number), &line.weight);
        if line.photo == Photo::Wanted {
            put(&field("photo", number), "yes");
        }
    }
    form
}

/// The numbers of the lines of a form.
fn numbers(form: &Form) -> BTreeSet<usize> {
    let codes = form
        .texts()
        .filter_map(|(name, _)| name.strip_prefix("code-"));
    codes.filter_map(|number| number.parse().ok()).collect()
}

fn draw(visit: &Visit, held: &Checklist, typed: &Form, wrong: Wrong) -> Answer {
    let page = visit.page();
    let known = numbers(typed);
    let last = known.last().copied().unwrap_or(0);
    let filled = known
        .iter()
        .filter(|&&number| !typed.text(&field("zh", number)).is_empty());
    let empty = last + 1..=last + EMPTY_LINES;
    let finding = rounds::kind(&visit.state.app).ok();
    let view = |number: usize| {
        let code = typed.text(&field("code", number));
        let kept = held.lines.iter().find(|line| line.code == code);
        LineView {
            samples: kept.map_or_else(Vec::new, |line| samples::of_line(&page, line)),
            pictures: kept.map_or_else(String::new, |line| super::line::href(held.id, line)),
            ..line_view(visit, &page, (number, typed), finding.as_ref())
        }
    };
    let status = wrong.status;
    let drawn = ChecklistPage {
        title: held.names.in_lang(page.lang.as_str()).to_owned(),
        id: held.id,
        sort: page
            .t(&format!("spot-sort-{}", held.sort.word()))
            .into_owned(),
        version: held.version,
        lines: filled.copied().chain(empty).map(view).collect(),
        typed,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn line_view(
    visit: &Visit,
    page: &Page,
    (number, typed): (usize, &Form),
    finding: Option<&(Arc<Kind>, Finding)>,
) -> LineView {
    let text = |name: &str| typed.text(&field(name, number)).to_owned();
    let code = text("code");
    LineView {
        number,
        number_text: number.to_string(),
        code: match code.is_empty() {
            true => format!("own-{}", visit.state.app.mint()),
            false => code,
        },
        zh: text("zh"),
        en: text("en"),
        wrong_zh: text("wrong-zh"),
        wrong_en: text("wrong-en"),
        weights: weights(page, finding, &text("weight")),
        is_photo_wanted: typed.get(&field("photo", number)).is_some(),
        samples: Vec::new(),
        pictures: String::new(),
    }
}

pub async fn change(visit: Visit, Path(id): Path<ChecklistId>, form: Form) -> Answer {
    let (app, actor) = (&visit.state.app, &visit.actor);
    let held = look::checklist(app, actor, id).await?;
    let request = put_checklist::Request {
        id,
        version: form.text("version").parse().ok(),
        place: held.place.clone(),
        sort: held.sort,
        names: choices::names(&form),
        lines: lines(&held, &form),
    };
    match put_checklist::put(app, actor, request).await {
        Ok(()) => {
            let to = see("/desk/rounds/setup");
            Ok(flash::say(
                to,
                Tone::Done,
                "checklist-kept",
                visit.transport(),
            ))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, &held, &form, wrong)
        }
    }
}

/// The lines of a form; one without words is gone. What the form does not ask stays as it was.
fn lines(held: &Checklist, form: &Form) -> Vec<Line> {
    let line = |number: usize| {
        let text = |name: &str| form.text(&field(name, number));
        let code = text("code");
        let before = held.lines.iter().find(|line| line.code == code);
        let wrong = choices::named(text("wrong-zh"), text("wrong-en"));
        (!text("zh").is_empty()).then(|| Line {
            code: code.to_owned(),
            check: choices::named(text("zh"), text("en")),
            right: before.and_then(|line| line.right.clone()),
            wrong: Some(wrong).filter(|wrong: &Names| !wrong.is_empty()),
            right_picture: before.and_then(|line| line.right_picture.clone()),
            wrong_picture: before.and_then(|line| line.wrong_picture.clone()),
            item: before.and_then(|line| line.item.clone()),
            weight: text("weight").to_owned(),
            photo: match form.get(&field("photo", number)) {
                Some(_) => Photo::Wanted,
                None => Photo::Welcome,
            },
        })
    };
    numbers(form).into_iter().filter_map(line).collect()
}
