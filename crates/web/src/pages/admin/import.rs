//! Importing tables: places, units, items, the duty list. A table can be checked first;
//! every bad line is told by its number, and the good ones can be imported again and again.

use askama::Template;
use axum::http::StatusCode;
use huiyin_app::import::{Mode, Report};
use huiyin_app::places::import::Manner;
use huiyin_app::{Error, duties, places, units};

use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::saying;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as};

/// What is imported, by the word in its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct What {
    word: &'static str,
    sample: &'static str,
}

/// To import one more kind of table: a line here and its words.
const TABLES: [What; 4] = [
    What {
        word: "places",
        sample: "code,name,name_en\n652901001001,阳光社区,Sunshine community",
    },
    What {
        word: "units",
        sample: "category,name,name_en,place,parent\ndepartment,城管局,Urban management,652901,",
    },
    What {
        word: "items",
        sample: "code,name,name_en,keywords\nheating.indoor,室温不足,Cold rooms,暖气 不热",
    },
    What {
        word: "duties",
        sample: "item,place,unit,assisting,limit\nheating,6529,热力公司,阳光社区;城管局,24h",
    },
];

impl What {
    /// The table named in the address: `/admin/<word>/import`.
    fn asked(visit: &Visit) -> Result<What, Problem> {
        let word = visit.path.split('/').nth(2).unwrap_or_default();
        let table = TABLES.into_iter().find(|table| table.word == word);
        table.ok_or(Problem::NotFound)
    }

    fn title(&self) -> String {
        format!("admin-import-{}", self.word)
    }

    fn help(&self) -> String {
        format!("admin-import-{}-help", self.word)
    }

    fn file_help(&self) -> &'static str {
        match self.has_land() {
            true => "admin-import-file-help-land",
            false => "admin-import-file-help",
        }
    }

    fn home(&self) -> String {
        format!("/admin/{}", self.word)
    }

    fn back(&self) -> String {
        format!("admin-{}", self.word)
    }

    /// Whether it may have borders: then it may be GeoJSON, and a system has to be said.
    fn has_land(&self) -> bool {
        self.word == "places"
    }

    fn sample(&self) -> &'static str {
        self.sample
    }
}

#[derive(Template)]
#[template(path = "pages/admin/import.html")]
struct ImportPage<'a> {
    page: &'a Page,
    what: What,
    report: Option<ReportView>,
    file_error: String,
}

struct ReportView {
    tone: &'static str,
    title: String,
    text: String,
    faults: Vec<FaultLine>,
    /// Gaps and overlaps of the borders that came in.
    warnings: Vec<String>,
}

struct FaultLine {
    line: u64,
    says: String,
}

/// So many bad lines are shown at once; the figure counts them all.
const FAULTS_SHOWN: usize = 500;

pub async fn show(visit: Visit) -> Answer {
    let what = What::asked(&visit)?;
    draw(&visit, what, StatusCode::OK, None, String::new())
}

fn draw(
    visit: &Visit,
    what: What,
    status: StatusCode,
    report: Option<ReportView>,
    file_error: String,
) -> Answer {
    html_as(
        status,
        &ImportPage {
            page: &visit.page(),
            what,
            report,
            file_error,
        },
    )
}

/// Checks or imports the file.
pub async fn take(visit: Visit, form: Form) -> Answer {
    let what = What::asked(&visit)?;
    let page = visit.page();
    let file = form
        .files("file")
        .next()
        .and_then(|file| file.bytes.clone());
    let Some(bytes) = file else {
        let said = page.t("admin-import-no-file").into_owned();
        return draw(&visit, what, StatusCode::UNPROCESSABLE_ENTITY, None, said);
    };
    let mode = match form.text("do") {
        "import" => Mode::Real,
        _ => Mode::DryRun,
    };
    let system = form.text("system").parse().unwrap_or_default();
    match brought(&visit, what, &bytes, Manner { mode, system }).await {
        Ok(report) => {
            let shown = report_view(&page, &report, mode);
            draw(&visit, what, StatusCode::OK, Some(shown), String::new())
        }
        Err(error) => {
            let (status, said) = saying::refused(&page, error)?;
            draw(&visit, what, status, None, said.text)
        }
    }
}

async fn brought(visit: &Visit, what: What, bytes: &[u8], manner: Manner) -> Result<Report, Error> {
    let (files, mode) = (&[bytes], manner.mode);
    let (app, actor) = (&visit.state.app, &visit.actor);
    match what.word {
        "places" => places::import::import(app, actor, files, manner).await,
        "units" => units::import::import(app, actor, files, mode).await,
        "items" => duties::import_items::import(app, actor, files, mode).await,
        _ => duties::import::import(app, actor, files, mode).await,
    }
}

fn report_view(page: &Page, report: &Report, mode: Mode) -> ReportView {
    let figures = [
        ("added", report.added.into()),
        ("changed", report.changed.into()),
        ("same", report.unchanged.into()),
        ("wrong", report.faults.len().into()),
    ];
    let title = match mode {
        Mode::DryRun => "admin-import-checked",
        Mode::Real => "admin-import-done",
    };
    ReportView {
        tone: match report.faults.is_empty() && report.warnings.is_empty() {
            true => "done",
            false => "wait",
        },
        title: page.t(title).into_owned(),
        text: page.ta("admin-import-figures", &figures).into_owned(),
        faults: report
            .faults
            .iter()
            .take(FAULTS_SHOWN)
            .map(|fault| FaultLine {
                line: fault.line,
                says: match (
                    fault.column.as_str(),
                    saying::filled(page, fault.key, &fault.args),
                ) {
                    ("", why) => why,
                    (column, why) => format!("{column} “{}”: {why}", fault.value),
                },
            })
            .collect(),
        warnings: report
            .warnings
            .iter()
            .take(FAULTS_SHOWN)
            .map(|warning| saying::filled(page, warning.key(), &warning.args(page.lang.as_str())))
            .collect(),
    }
}
