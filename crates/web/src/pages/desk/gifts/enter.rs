//! The gifts that this desk took, and the form for one more.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use huiyin_app::gifts::enter::{Naming, Request, enter};
use huiyin_app::gifts::list;
use huiyin_app::places::look;
use huiyin_app::{Error, Refusal};
use huiyin_domain::access::{Action, scope};
use huiyin_domain::case::FieldFault;
use huiyin_domain::gift::{Gift, Line, Sort};
use huiyin_domain::id::GiftId;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::desk::inbox::Choice;
use crate::pages::desk::{saying, show};
use crate::pages::public::gifts as account;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

#[derive(Template)]
#[template(path = "pages/desk/gifts/list.html")]
struct ListPage<'a> {
    page: &'a Page,
    form: &'a Form,
    id: GiftId,
    error: String,
    wrong: Wrong,
    places: Vec<Choice>,
    sorts: Vec<Choice>,
    named: bool,
    rows: Vec<Row>,
    next: String,
}

/// What is wrong with the single fields.
#[derive(Default)]
struct Wrong {
    place: String,
    what: String,
    amount: String,
    donor: String,
    contact: String,
}

struct Row {
    href: String,
    what: String,
    amount: String,
    number: String,
    received: String,
    rest: String,
}

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let mut form = Form::default();
    form.put("after", [query.text("after").to_owned()]);
    form.put("sort", [Sort::Goods.word().to_owned()]);
    draw(&visit, &form, None).await
}

async fn draw(visit: &Visit, form: &Form, error: Option<Error>) -> Answer {
    let page = visit.page();
    let app = &visit.state.app;
    let fault = |field: &str| {
        let said = error
            .as_ref()
            .map(|error| saying::fault(&page, error, field));
        said.unwrap_or_default()
    };
    let wrong = Wrong {
        place: fault("place"),
        what: fault("what"),
        amount: fault("amount"),
        donor: fault("donor"),
        contact: fault("contact"),
    };
    let (status, error) = match error {
        None => (StatusCode::OK, String::new()),
        Some(error) => {
            let (status, said) = saying::refused(&page, error)?;
            (status, said.text)
        }
    };
    let own = scope(&visit.actor, Action::GiftsEdit);
    let mut places = Vec::new();
    for code in own.places() {
        if let Some(found) = look::path(app, code.clone()).await? {
            places.push(Choice {
                chosen: form.text("place") == code.as_str(),
                value: code.to_string(),
                label: found.place.names.in_lang(page.lang.as_str()).to_owned(),
            });
        }
    }
    let here = own.places().first().cloned();
    let before = form.text("after").parse().ok();
    let found = list::list(app, here, before).await?;
    let when = show::when(visit, &page);
    let row = |(gift, lines): &(Gift, Vec<Line>)| Row {
        href: format!("/desk/gifts/{}", gift.id),
        what: gift.what.clone(),
        amount: account::amount(&page, gift.sort, gift.amount),
        number: account::number(gift),
        received: when.day(gift.received_on),
        rest: account::rest(&page, gift, lines),
    };
    let sort = |sort: &Sort| Choice {
        value: sort.word().to_owned(),
        label: page.t(&format!("gifts-sort-{}", sort.word())).into_owned(),
        chosen: form.text("sort") == sort.word(),
    };
    let id = form.get("id").and_then(|id| id.parse().ok());
    html_as(
        status,
        &ListPage {
            id: id.unwrap_or_else(|| GiftId::from_raw(app.mint())),
            error,
            wrong,
            places,
            sorts: Sort::ALL.iter().map(sort).collect(),
            named: !form.text("named").is_empty(),
            rows: found.gifts.iter().map(row).collect(),
            next: found
                .next
                .map_or_else(String::new, |next| format!("/desk/gifts?after={next}")),
            form,
            page: &page,
        },
    )
}

/// Writes a gift down; then its page, from which the receipt is printed.
pub async fn keep(visit: Visit, form: Form) -> Answer {
    let request = match understood(&form) {
        Ok(request) => request,
        Err(faults) => {
            let error = Error::Refused(Refusal::Invalid(faults));
            return draw(&visit, &form, Some(error)).await;
        }
    };
    let id = request.id;
    match enter(&visit.state.app, &visit.actor, request).await {
        Ok(()) => {
            let to = see(&format!("/desk/gifts/{id}"));
            Ok(flash::say(
                to,
                Tone::Done,
                "gift-entered",
                visit.transport(),
            ))
        }
        Err(error) => {
            let mut form = form.clone();
            if matches!(error, Error::Refused(Refusal::KeyReused)) {
                form.put("id", []);
            }
            draw(&visit, &form, Some(error)).await
        }
    }
}

fn understood(form: &Form) -> Result<Request, Vec<FieldFault>> {
    let given = |field: &str| Some(form.text(field).to_owned()).filter(|text| !text.is_empty());
    let sort = form.text("sort").parse().unwrap_or(Sort::Goods);
    let place = form.text("place").parse();
    let amount = sort.read(form.text("amount"));
    let id = form.text("id").parse();
    let (Ok(place), Some(amount), Ok(id)) = (place, amount, id) else {
        let mut faults = Vec::new();
        if form
            .text("place")
            .parse::<huiyin_domain::place::PlaceCode>()
            .is_err()
        {
            faults.push(FieldFault::new("place", "fault-not-place"));
        }
        if amount.is_none() {
            faults.push(FieldFault::new("amount", "fault-amount"));
        }
        if form.text("what").is_empty() {
            faults.push(FieldFault::new("what", "fault-required"));
        }
        return Err(faults);
    };
    Ok(Request {
        id,
        place,
        sort,
        what: form.text("what").to_owned(),
        amount,
        donor: huiyin_app::gifts::Donor {
            name: given("donor"),
            contact: given("contact"),
        },
        naming: match given("named") {
            Some(_) => Naming::Named,
            None => Naming::Unnamed,
        },
    })
}
