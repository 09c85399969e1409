//! Other installations whose cases are worked on here.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::installations::create::{self, Request};
use huiyin_app::installations::list::{self, Handed, Line};
use huiyin_app::installations::turn::{self, Turn};
use huiyin_domain::id::InstallationId;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::desk::{saying, show};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

use super::{choices, pick, units};

const PATH: &str = "/admin/installations";

#[derive(Template)]
#[template(path = "pages/admin/installations.html")]
struct InstallationsPage<'a> {
    page: &'a Page,
    /// Where the one that was just made has its webhook.
    made: String,
    rows: Vec<Row>,
    units: Vec<Choice>,
    name: String,
    url: String,
    token: String,
    /// The field in which a place is chosen, as HTML.
    place: String,
    faults: Faults,
}

/// What is wrong with each field.
#[derive(Default)]
struct Faults {
    name: String,
    url: String,
    token: String,
    unit: String,
    place: String,
}

struct Row {
    id: String,
    name: String,
    url: String,
    /// Where it tells what happens.
    events: String,
    around: String,
    is_off: bool,
    /// Whether we can believe what it tells.
    tells: bool,
    /// The field for its key.
    secret_id: String,
    /// What was wrong with the key that was just entered.
    secret_error: String,
    tone: &'static str,
    sign: &'static str,
    state: String,
    fault: String,
    open: i64,
    refused: Vec<RefusedLine>,
}

/// A step that was not taken on the other side.
struct RefusedLine {
    case: String,
    why: String,
}

/// What the page says besides, after something was tried.
#[derive(Default)]
struct Back {
    status: StatusCode,
    made: String,
    /// Whose key was none, and why.
    unbelieved: Option<(InstallationId, String)>,
    faults: Faults,
    typed: Form,
}

pub async fn list(visit: Visit) -> Answer {
    draw(&visit, Back::default()).await
}

async fn draw(visit: &Visit, back: Back) -> Answer {
    let app = &visit.state.app;
    let held = list::list(app, &visit.actor).await?;
    let atlas = app.atlas_now().await?;
    let page = visit.page();
    let when = show::when(visit, &page);
    let mut rows = Vec::with_capacity(held.len());
    for line in &held {
        let place = units::place_name(visit, &page, &line.installation.place).await?;
        let unit = atlas.unit(line.installation.unit);
        let unit = unit.map(|unit| unit.names.in_lang(page.lang.as_str()).to_owned());
        let around: Vec<String> = unit.into_iter().chain(std::iter::once(place)).collect();
        let mut row = row(visit, (&page, &when), line, around.join(" · "));
        if let Some((id, fault)) = &back.unbelieved
            && *id == line.installation.id
        {
            row.secret_error.clone_from(fault);
        }
        rows.push(row);
    }
    let Back {
        mut faults, typed, ..
    } = back;
    let place_fault = std::mem::take(&mut faults.place);
    let place = pick::Ask::where_it_is(place_fault);
    let drawn = InstallationsPage {
        rows,
        units: choices::units(&page, &atlas, &[typed.text("unit").to_owned()]),
        name: typed.text("name").to_owned(),
        url: typed.text("url").to_owned(),
        token: typed.text("token").to_owned(),
        place: pick::draw(visit, &page, &typed, place).await?,
        made: back.made,
        faults,
        page: &page,
    };
    html_as(back.status, &drawn)
}

/// Where an installation tells us what happens.
fn events_of(visit: &Visit, id: InstallationId) -> String {
    format!("{}/api/v1/installations/{id}/events", visit.origin)
}

fn row(visit: &Visit, (page, when): (&Page, &When<'_>), line: &Line, around: String) -> Row {
    let installation = &line.installation;
    let said = |key: &str, at| page.ts(key, "when", &when.moment(at)).into_owned();
    let (tone, sign, state) = match (installation.off_at, installation.failing_since) {
        (Some(at), _) => ("late", "alert-circle", said("admin-webhook-off", at)),
        (None, Some(since)) => (
            "wait",
            "alert-triangle",
            said("admin-installation-failing", since),
        ),
        (None, None) => (
            "done",
            "circle-check",
            page.t("admin-webhook-on").into_owned(),
        ),
    };
    Row {
        id: installation.id.to_string(),
        name: installation.name.clone(),
        url: installation.url.clone(),
        events: events_of(visit, installation.id),
        around,
        is_off: installation.off_at.is_some(),
        tells: installation.tells,
        secret_id: format!("secret-{}", installation.id),
        secret_error: String::new(),
        tone,
        sign,
        state,
        fault: installation.fault.clone().unwrap_or_default(),
        open: line.open,
        refused: line.refused.iter().map(refused).collect(),
    }
}

fn refused(handed: &Handed) -> RefusedLine {
    let case = handed.case.unwrap_or(handed.theirs);
    RefusedLine {
        case: case.to_string(),
        why: handed.fault.clone().unwrap_or_default(),
    }
}

/// Registers an installation, and says where it is to tell what happens.
pub async fn create(visit: Visit, mut form: Form) -> Answer {
    let page = visit.page();
    if pick::settle(&mut form) {
        let back = Back {
            typed: form,
            ..Back::default()
        };
        return draw(&visit, back).await;
    }
    let needed = |key: &str| page.t(key).into_owned();
    let unit = form.text("unit").parse();
    let (place, unit) = match (pick::needed(&form), unit) {
        (Ok(place), Ok(unit)) => (place, unit),
        (place, unit) => {
            let faults = Faults {
                place: place.err().map(needed).unwrap_or_default(),
                unit: unit
                    .err()
                    .map_or_else(String::new, |_| needed("fault-required")),
                ..Faults::default()
            };
            let back = Back {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                faults,
                typed: form,
                ..Back::default()
            };
            return draw(&visit, back).await;
        }
    };
    let request = Request {
        name: form.text("name").to_owned(),
        url: form.text("url").to_owned(),
        token: form.text("token").to_owned(),
        unit,
        place,
    };
    let back = match create::create(&visit.state.app, &visit.actor, request).await {
        Ok(id) => Back {
            made: events_of(&visit, id),
            ..Back::default()
        },
        Err(error) => {
            let fault = |field| saying::fault(&page, &error, field);
            let faults = Faults {
                name: fault("name"),
                url: fault("url"),
                token: fault("token"),
                unit: fault("unit"),
                place: fault("place"),
            };
            let (status, _) = saying::refused(&page, error)?;
            Back {
                status,
                faults,
                typed: form,
                ..Back::default()
            }
        }
    };
    draw(&visit, back).await
}

/// Turns an installation off or on, has its list looked through, takes it away.
pub async fn turn(visit: Visit, Path(id): Path<InstallationId>, form: Form) -> Answer {
    let (to, said) = match form.text("do") {
        "on" => (Turn::On, "installation-on"),
        "off" => (Turn::Off, "installation-off"),
        "look" => (Turn::Look, "installation-looked"),
        "end" => (Turn::End, "installation-ended"),
        "believe" => return believe(visit, id, form).await,
        _ => return Err(Problem::Malformed),
    };
    turn::turn(&visit.state.app, &visit.actor, id, to).await?;
    let back = see(PATH);
    Ok(flash::say(back, Tone::Done, said, visit.transport()))
}

/// Takes the key of its webhook.
async fn believe(visit: Visit, id: InstallationId, form: Form) -> Answer {
    let secret = (id, form.text("secret"));
    match create::believe(&visit.state.app, &visit.actor, secret).await {
        Ok(()) => {
            let back = see(PATH);
            let said = "installation-believed";
            Ok(flash::say(back, Tone::Done, said, visit.transport()))
        }
        Err(error) => {
            let page = visit.page();
            let secret = saying::fault(&page, &error, "secret");
            let (status, _) = saying::refused(&page, error)?;
            let back = Back {
                status,
                unbelieved: Some((id, secret)),
                ..Back::default()
            };
            draw(&visit, back).await
        }
    }
}
