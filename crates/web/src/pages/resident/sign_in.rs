//! Signing in without a password: a code goes to the phone or mailbox that was left with
//! a case, and whoever types it sees all their own.

use askama::Template;
use axum::http::{HeaderMap, StatusCode, header};
use huiyin_app::identity::code::{self, Ask, Entry};
use huiyin_app::identity::session;
use huiyin_app::{Error, Refusal};

use crate::cookies::Cookie;
use crate::fields;
use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk;
use crate::problem::{self, Problem};
use crate::visit::{Answer, Visit, html, html_as, own_path, see, with_cookie, without_cookie};

#[derive(Template)]
#[template(path = "pages/resident/sign_in.html")]
struct SignInPage<'a> {
    page: &'a Page,
    contact: &'a str,
    back: &'a str,
    fault: String,
}

#[derive(Template)]
#[template(path = "pages/resident/sign_in_code.html")]
struct CodePage<'a> {
    page: &'a Page,
    contact: &'a str,
    /// The contact with its middle hidden.
    veiled: &'a str,
    back: &'a str,
    fault: String,
}

pub async fn show(visit: Visit) -> Answer {
    let query = visit.path.split_once('?').map_or("", |(_, query)| query);
    let query = Form::from_query(query).map_err(Problem::Form)?;
    html(&SignInPage {
        page: &visit.page(),
        contact: "",
        back: own_path(query.get("back").unwrap_or("/my")),
        fault: String::new(),
    })
}

/// Sends the code. The answer is the same whether or not anybody is known there.
pub async fn ask(visit: Visit, form: Form) -> Answer {
    let page = visit.page();
    let (contact, back) = (form.text("contact"), own_path(form.text("back")));
    let asked = Ask {
        contact: contact.to_owned(),
        language: page.lang,
        peer: visit.peer,
    };
    match code::ask(&visit.state.app, asked).await {
        Ok(sent) => html(&CodePage {
            page: &page,
            contact: &sent.contact,
            veiled: &sent.veiled,
            back,
            fault: String::new(),
        }),
        Err(error) => {
            let (status, fault) = fault(&page, error)?;
            let again = SignInPage {
                page: &page,
                contact,
                back,
                fault,
            };
            html_as(status, &again)
        }
    }
}

/// Signs in with the code.
pub async fn prove(visit: Visit, headers: HeaderMap, form: Form) -> Answer {
    let page = visit.page();
    let (contact, back) = (form.text("contact"), own_path(form.text("back")));
    let entry = Entry {
        contact: contact.to_owned(),
        code: form.text("code").to_owned(),
        language: page.lang,
        peer: visit.peer,
        agent: agent(&headers),
        previous: held(&visit, &headers),
    };
    match code::enter(&visit.state.app, entry).await {
        Ok(session) => {
            let cookie = Cookie::Session.set(session.token.reveal(), visit.transport());
            Ok(with_cookie(
                see(if back == "/" { "/my" } else { back }),
                cookie,
            ))
        }
        Err(error) => {
            let (status, fault) = fault(&page, error)?;
            let again = CodePage {
                page: &page,
                contact,
                veiled: contact,
                back,
                fault,
            };
            html_as(status, &again)
        }
    }
}

/// Signs out; this browser forgets the cases and appointments it was shown as well.
pub async fn out(visit: Visit, headers: HeaderMap) -> Answer {
    if let Some(token) = held(&visit, &headers) {
        session::sign_out(&visit.state.app, &token).await?;
    }
    let to = without_cookie(see("/"), Cookie::Session, visit.transport());
    let to = desk::sign_in::cleared(to);
    let to = without_cookie(to, Cookie::Appointments, visit.transport());
    Ok(without_cookie(to, Cookie::Cases, visit.transport()))
}

/// What is wrong, said at the field; only what is broken or too often has its own page.
fn fault(page: &Page, error: Error) -> Result<(StatusCode, String), Problem> {
    match &error {
        Error::Refused(Refusal::TooMany { .. }) => Err(error.into()),
        Error::Refused(refusal) => {
            let at_field = refusal.faults().first();
            let said = at_field.map(|fault| fields::sentence(page, fault));
            let said = said.or_else(|| problem::sentence(page, refusal));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, said.unwrap_or_default()))
        }
        _ => Err(error.into()),
    }
}

/// The token that the browser holds now.
fn held(visit: &Visit, headers: &HeaderMap) -> Option<String> {
    let token = Cookie::Session.read(headers, visit.transport());
    token.map(str::to_owned)
}

/// The browser, as it names itself.
fn agent(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT);
    let agent = agent.and_then(|agent| agent.to_str().ok());
    agent.unwrap_or_default().to_owned()
}
