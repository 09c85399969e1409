//! One step for many cases: tick rows, press the step; a step that asks something asks it
//! once. What became of each case is told line by line.

use askama::Template;
use axum::http::StatusCode;
use huiyin_app::Error;
use huiyin_app::cases::bulk::{self, Request};
use huiyin_app::cases::read;
use huiyin_domain::access::Actor;
use huiyin_domain::case::{Input, Kind, Step, Values, Who};
use huiyin_domain::id::CaseId;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, html_as, own_path, see};

use super::step_form::{self, Typed};
use super::{saying, show};

/// Buttons below the inbox.
pub const STEPS_MAX: usize = 6;
/// More than one page of the inbox has.
const CASES_MAX: usize = 100;

/// Whether some post of the actor may be meant; whether it may with a single case is
/// decided when the step is taken.
pub fn is_of(who: &Who, actor: &Actor) -> bool {
    match who {
        Who::Post(role, _) => actor.posts.iter().any(|post| post.role == *role),
        _ => false,
    }
}

#[derive(Template)]
#[template(path = "pages/desk/bulk.html")]
struct BulkPage<'a> {
    page: &'a Page,
    verb: String,
    back: &'a str,
    step: String,
    cases: Vec<Chosen>,
    fields: String,
}

struct Chosen {
    value: String,
    title: String,
}

#[derive(Template)]
#[template(path = "pages/desk/bulk_done.html")]
struct DonePage<'a> {
    page: &'a Page,
    verb: String,
    back: &'a str,
    done: usize,
    lines: Vec<Line>,
}

struct Line {
    id: CaseId,
    title: String,
    tone: &'static str,
    sign: &'static str,
    word: String,
}

pub async fn take(visit: Visit, form: Form) -> Answer {
    let page = visit.page();
    let back = own_path(form.text("back")).to_owned();
    let cases: Vec<(CaseId, i64)> = form
        .all("case")
        .filter_map(chosen)
        .take(CASES_MAX)
        .collect();
    if cases.is_empty() {
        return Ok(flash::say(
            see(&back),
            Tone::Info,
            "nothing-chosen",
            visit.transport(),
        ));
    }
    let kinds = visit.state.app.kinds();
    let named = form.text("step").to_owned();
    let (slug, step) = named.split_once('.').ok_or(Problem::Malformed)?;
    let kind = kinds.by_slug(slug).ok_or(Problem::Malformed)?;
    let step = kind.step(step).ok_or(Problem::Malformed)?;
    let sheet = Bulk {
        visit: &visit,
        page: &page,
        kind,
        step,
        back: &back,
        cases: &cases,
    };
    if !step.fields.is_empty() && form.get("filled").is_none() {
        return sheet.ask(StatusCode::OK, None).await;
    }
    let read = step_form::read(&visit, kind, &step.name, form).await?;
    if read.only_redraw || !read.faults.is_empty() {
        let status = match read.only_redraw {
            true => StatusCode::OK,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let typed = Typed {
            step: &step.name,
            form: &read.form,
            faults: read.faults,
        };
        return sheet.ask(status, Some(typed)).await;
    }
    sheet.take(read.values).await
}

/// One step for the chosen cases.
struct Bulk<'a> {
    visit: &'a Visit,
    page: &'a Page,
    kind: &'a Kind,
    step: &'a Step,
    back: &'a str,
    cases: &'a [(CaseId, i64)],
}

impl Bulk<'_> {
    fn verb(&self) -> String {
        show::step_word(self.page, &self.kind.slug, &self.step.name)
    }

    /// Asks once what the step wants to know.
    async fn ask(&self, status: StatusCode, typed: Option<Typed<'_>>) -> Answer {
        let mut cases = Vec::with_capacity(self.cases.len());
        for (id, version) in self.cases {
            let title = title_of(self.visit, *id).await;
            cases.push(Chosen {
                value: format!("{id}.{version}"),
                title,
            });
        }
        let fields =
            step_form::for_many(self.visit, self.page, self.kind, self.step, typed.as_ref())
                .await?;
        let drawn = BulkPage {
            page: self.page,
            verb: self.verb(),
            back: self.back,
            step: format!("{}.{}", self.kind.slug, self.step.name),
            cases,
            fields,
        };
        html_as(status, &drawn)
    }

    /// Takes it, and tells line by line what became of each case.
    async fn take(&self, values: Values) -> Answer {
        let request = Request {
            cases: self.cases.to_vec(),
            step: self.step.name.clone(),
            input: Input { values },
        };
        let (app, actor) = (&self.visit.state.app, &self.visit.actor);
        let mut lines = Vec::with_capacity(self.cases.len());
        for (id, reply) in bulk::bulk(app, actor, request).await? {
            let title = title_of(self.visit, id).await;
            let (tone, sign, word) = match reply {
                Ok(_) => (
                    "done",
                    "circle-check",
                    self.page.t("desk-bulk-ok").into_owned(),
                ),
                Err(error) => ("late", "alert-circle", self.why_not(error)?),
            };
            lines.push(Line {
                id,
                title,
                tone,
                sign,
                word,
            });
        }
        html(&DonePage {
            page: self.page,
            verb: self.verb(),
            back: self.back,
            done: lines.iter().filter(|line| line.tone == "done").count(),
            lines,
        })
    }

    fn why_not(&self, error: Error) -> Result<String, Problem> {
        let refusal = error.refusal().cloned().ok_or(error)?;
        Ok(match refusal.faults().first() {
            Some(fault) => saying::filled(self.page, fault.key, &fault.words()),
            None => saying::sentence(self.page, &refusal),
        })
    }
}

/// The title of a case, or its number when it may not be read any more.
async fn title_of(visit: &Visit, id: CaseId) -> String {
    let read = read::read(&visit.state.app, &visit.actor, id).await;
    read.map_or_else(|_| id.to_string(), |case| case.title)
}

/// `id.version` of a ticked row.
fn chosen(value: &str) -> Option<(CaseId, i64)> {
    let (id, version) = value.split_once('.')?;
    Some((id.parse().ok()?, version.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_its_id_and_the_version_seen() {
        let id = CaseId::from_raw(77);
        assert_eq!(chosen(&format!("{id}.4")), Some((id, 4)));
        for wrong in ["", ".", "x.1", "0000000000001", "0000000000001.x"] {
            assert_eq!(chosen(wrong), None, "{wrong}");
        }
    }
}
