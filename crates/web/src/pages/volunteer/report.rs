//! Report back what one did.

use askama::Template;
use axum::http::StatusCode;
use huiyin_app::volunteers::report::{self, Request};
use huiyin_domain::id::ServiceId;
use huiyin_domain::volunteer::Whom;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::desk::saying;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

use super::minutes;

#[derive(Template)]
#[template(path = "pages/volunteer/report.html")]
struct ReportPage<'a> {
    page: &'a Page,
    id: ServiceId,
    error: String,
    what: String,
    what_error: String,
    whoms: Vec<Choice>,
    day: String,
    day_error: String,
    hours: String,
    hours_error: String,
}

#[derive(Default)]
struct Wrong {
    status: StatusCode,
    error: String,
    what: String,
    day: String,
    hours: String,
}

pub async fn show(visit: Visit) -> Answer {
    let mut form = Form::default();
    let today = visit.state.app.config.day(visit.state.now());
    form.put("day", [today.to_string()]);
    form.put("hours", ["1".to_owned()]);
    draw(&visit, &form, Wrong::default())
}

fn draw(visit: &Visit, form: &Form, wrong: Wrong) -> Answer {
    let page = visit.page();
    let typed = form.text("id").parse().ok();
    let chosen = match form.text("whom") {
        "" => Whom::Elders.word(),
        word => word,
    };
    let whoms = Whom::ALL.iter().map(|whom| Choice {
        value: whom.word().to_owned(),
        label: page
            .t(&format!("volunteer-whom-{}", whom.word()))
            .into_owned(),
        chosen: whom.word() == chosen,
    });
    let drawn = ReportPage {
        id: typed.unwrap_or_else(|| ServiceId::from_raw(visit.state.app.mint())),
        error: wrong.error,
        what: form.text("what").to_owned(),
        what_error: wrong.what,
        whoms: whoms.collect(),
        day: form.text("day").to_owned(),
        day_error: wrong.day,
        hours: form.text("hours").to_owned(),
        hours_error: wrong.hours,
        page: &page,
    };
    html_as(wrong.status, &drawn)
}

/// Keeps what was reported.
pub async fn send(visit: Visit, form: Form) -> Answer {
    let page = visit.page();
    let mut wrong = Wrong {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        ..Wrong::default()
    };
    let day = form.text("day").parse().ok();
    let minutes = minutes(form.text("hours"));
    let (Some(day), Some(minutes)) = (day, minutes) else {
        if day.is_none() {
            wrong.day = page.t("fault-service-day").into_owned();
        }
        if minutes.is_none() {
            wrong.hours = page.t("fault-service-hours").into_owned();
        }
        return draw(&visit, &form, wrong);
    };
    let request = Request {
        id: form.text("id").parse().map_err(|_| Problem::Malformed)?,
        day,
        what: form.text("what").to_owned(),
        whom: form.text("whom").parse().map_err(|()| Problem::Malformed)?,
        minutes,
    };
    match report::report(&visit.state.app, &visit.actor, request).await {
        Ok(()) => Ok(flash::say(
            see("/volunteer"),
            Tone::Done,
            "volunteer-reported",
            visit.transport(),
        )),
        Err(error) => {
            wrong.what = saying::fault(&page, &error, "what");
            wrong.day = saying::fault(&page, &error, "day");
            wrong.hours = saying::fault(&page, &error, "hours");
            let has_fields = error
                .refusal()
                .is_some_and(|refusal| !refusal.faults().is_empty());
            let (status, said) = saying::refused(&page, error)?;
            wrong.status = status;
            if !has_fields {
                wrong.error = said.text;
            }
            draw(&visit, &form, wrong)
        }
    }
}
