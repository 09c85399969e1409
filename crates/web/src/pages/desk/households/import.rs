//! Doors from a table: every bad line is told by its number, and with one bad line nothing is
//! written.

use askama::Template;
use axum::http::StatusCode;
use huiyin_app::households::import;
use huiyin_app::import::{Mode, Report};

use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::saying;
use crate::pages::wrong::Wrong;
use crate::visit::{Answer, Visit, html_as};

/// So many bad lines are shown at once; the figure counts them all.
const FAULTS_SHOWN: usize = 500;

#[derive(Template)]
#[template(path = "pages/desk/households/import.html")]
struct ImportPage<'a> {
    page: &'a Page,
    report: Option<ReportView>,
    wrong: Wrong,
}

struct ReportView {
    tone: &'static str,
    title: String,
    text: String,
    /// Line and what is wrong with it.
    faults: Vec<(u64, String)>,
}

pub async fn show(visit: Visit) -> Answer {
    draw(&visit, None, Wrong::default())
}

fn draw(visit: &Visit, report: Option<ReportView>, wrong: Wrong) -> Answer {
    let is_refused = report
        .as_ref()
        .is_some_and(|report| !report.faults.is_empty());
    let status = match is_refused {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => wrong.status,
    };
    let page = &visit.page();
    html_as(
        status,
        &ImportPage {
            page,
            report,
            wrong,
        },
    )
}

/// Checks or imports the file.
pub async fn take(visit: Visit, form: Form) -> Answer {
    let page = visit.page();
    let file = form.files("file").next();
    let bytes = file.and_then(|file| file.bytes.clone()).unwrap_or_default();
    if bytes.is_empty() {
        let missing = huiyin_app::Refusal::field("file", "admin-import-no-file");
        return draw(&visit, None, Wrong::of(&page, missing.into())?);
    }
    let mode = match form.text("do") {
        "import" => Mode::Real,
        _ => Mode::DryRun,
    };
    let (app, actor) = (&visit.state.app, &visit.actor);
    match import::import(app, actor, &[&bytes], mode).await {
        Ok(report) => draw(
            &visit,
            Some(report_view(&page, &report, mode)),
            Wrong::default(),
        ),
        Err(error) => draw(&visit, None, Wrong::of(&page, error)?),
    }
}

fn report_view(page: &Page, report: &Report, mode: Mode) -> ReportView {
    let (tone, title) = match (report.faults.is_empty(), mode) {
        (false, _) => ("late", "households-import-refused"),
        (true, Mode::DryRun) => ("info", "households-import-checked"),
        (true, Mode::Real) => ("done", "households-import-done"),
    };
    let figures = [
        ("added", report.added.into()),
        ("same", report.unchanged.into()),
        ("wrong", report.faults.len().into()),
    ];
    let faults = report.faults.iter().take(FAULTS_SHOWN);
    let faults = faults.map(|fault| {
        let why = saying::filled(page, fault.key, &fault.args);
        let says = match fault.column.as_str() {
            "" => why,
            column => format!("{column} “{}”: {why}", fault.value),
        };
        (fault.line, says)
    });
    ReportView {
        tone,
        title: page.t(title).into_owned(),
        text: page.ta("households-import-figures", &figures).into_owned(),
        faults: faults.collect(),
    }
}
