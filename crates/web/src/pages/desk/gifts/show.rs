//! One gift: where it went so far, and one more line.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::gifts::forget::forget;
use huiyin_app::gifts::give::{Request, Says, give};
use huiyin_app::gifts::read::read;
use huiyin_app::{Error, Refusal};
use huiyin_domain::gift::left;
use huiyin_domain::id::GiftId;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::{saying, show};
use crate::pages::public::gifts::{self as account, GiftLine};
use crate::visit::{Answer, Visit, html_as, see};

#[derive(Template)]
#[template(path = "pages/desk/gifts/show.html")]
struct GiftPage<'a> {
    page: &'a Page,
    id: GiftId,
    what: String,
    amount: String,
    number: String,
    place: String,
    received: String,
    donor: String,
    contact: String,
    is_shown: bool,
    lines: Vec<GiftLine>,
    rest: String,
    has_rest: bool,
    next_line: i64,
    form: &'a Form,
    error: String,
    wrong_amount: String,
    wrong_toward: String,
    wrong_why: String,
}

pub async fn page(visit: Visit, Path(id): Path<GiftId>) -> Answer {
    draw(&visit, id, &Form::default(), None).await
}

async fn draw(visit: &Visit, id: GiftId, form: &Form, error: Option<Error>) -> Answer {
    let found = read(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let when = show::when(visit, &page);
    let fault = |field: &str| {
        let said = error
            .as_ref()
            .map(|error| saying::fault(&page, error, field));
        said.unwrap_or_default()
    };
    let (wrong_amount, wrong_toward) = (fault("amount"), fault("toward"));
    let wrong_why = fault("why");
    let (status, error) = match error {
        None => (StatusCode::OK, String::new()),
        Some(error) => {
            let (status, said) = saying::refused(&page, error)?;
            (status, said.text)
        }
    };
    let gift = &found.gift;
    html_as(
        status,
        &GiftPage {
            id,
            what: gift.what.clone(),
            amount: account::amount(&page, gift.sort, gift.amount),
            number: account::number(gift),
            place: found.place.in_lang(page.lang.as_str()).to_owned(),
            received: when.day(gift.received_on),
            donor: found.donor.name.clone().unwrap_or_default(),
            contact: found.donor.contact.clone().unwrap_or_default(),
            is_shown: gift.donor_shown.is_some(),
            lines: account::lines(&page, &when, (gift, &found.lines)),
            rest: account::rest(&page, gift, &found.lines),
            has_rest: left(gift, &found.lines) > 0,
            next_line: found.lines.last().map_or(0, |line| line.line) + 1,
            form,
            error,
            wrong_amount,
            wrong_toward,
            wrong_why,
            page: &page,
        },
    )
}

/// One more line: where a part went, or which line was wrong.
pub async fn keep(visit: Visit, Path(id): Path<GiftId>, form: Form) -> Answer {
    let app = &visit.state.app;
    let found = read(app, &visit.actor, id).await?;
    let line = form.text("line").parse().unwrap_or(0);
    let says = match form.text("wrong").parse() {
        Ok(line) => Says::TakesBack {
            line,
            why: form.text("why").to_owned(),
        },
        Err(_) => {
            let Some(amount) = found.gift.sort.read(form.text("amount")) else {
                let error = Error::Refused(Refusal::field("amount", "fault-amount"));
                return draw(&visit, id, &form, Some(error)).await;
            };
            Says::Gave {
                amount,
                toward: form.text("toward").to_owned(),
            }
        }
    };
    let request = Request {
        gift: id,
        line,
        says,
    };
    match give(app, &visit.actor, request).await {
        Ok(()) => {
            let to = see(&format!("/desk/gifts/{id}"));
            Ok(flash::say(to, Tone::Done, "gift-line", visit.transport()))
        }
        Err(error) => draw(&visit, id, &form, Some(error)).await,
    }
}

/// Who gave it is forgotten.
pub async fn forget_donor(visit: Visit, Path(id): Path<GiftId>) -> Answer {
    forget(&visit.state.app, &visit.actor, id).await?;
    let to = see(&format!("/desk/gifts/{id}"));
    Ok(flash::say(
        to,
        Tone::Done,
        "gift-forgotten",
        visit.transport(),
    ))
}
