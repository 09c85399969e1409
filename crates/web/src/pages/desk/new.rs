//! Writing a case down for somebody: keyboard only, while they speak. Typing their number
//! finds their open cases, which is the one look-up by contact and is logged.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use huiyin_app::cases::open::{self, Request};
use huiyin_app::cases::{Channel, IdempotencyKey, caller};
use huiyin_domain::access::{Action, Actor, may_somewhere};
use huiyin_domain::case::{Kind, Who};
use huiyin_domain::id::{CaseId, HouseholdId};
use huiyin_domain::person::Role;

use crate::fields::{ACT, Read};
use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, html_as, see};

use super::inbox::{Choice, Tab};
use super::new_door;
use super::opening_form;
use super::saying::{self, Said};
use super::show::{self, RowView};
use super::step_form::Typed;

/// The buttons that ask the duty list, or for the caller's cases, before anything is kept.
const SUGGEST: &str = "suggest";
const CALLER: &str = "caller";

#[derive(Template)]
#[template(path = "pages/desk/new.html")]
struct NewPage<'a> {
    page: &'a Page,
    said: Option<Said>,
    slug: &'a str,
    kind: String,
    kinds: Vec<Tab>,
    id: String,
    channels: Vec<Choice>,
    fields: String,
    /// The choosing of a door, for kinds that come from one.
    door: String,
    verb: String,
    names_units: bool,
    finds_caller: bool,
    /// The control in which the caller's number is typed.
    contact: String,
    found: String,
}

#[derive(Template)]
#[template(path = "pages/desk/caller.html")]
struct CallerPart<'a> {
    page: &'a Page,
    asked: bool,
    rows: Vec<RowView>,
}

#[derive(Template)]
#[template(path = "pages/desk/saved.html")]
struct SavedPage<'a> {
    page: &'a Page,
    slug: &'a str,
    id: CaseId,
    code: Option<String>,
    what_next: String,
}

/// Whether somebody with these posts may write such a case down.
pub fn opens(kind: &Kind, actor: &Actor) -> bool {
    kind.open.by.iter().any(|who| match who {
        Who::Anyone => !kind.internal,
        who => super::bulk::is_of(who, actor),
    })
}

/// The first kind that this person may write down.
pub async fn choose(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let kinds = visit.state.app.kinds();
    let first = kinds
        .current()
        .iter()
        .find(|kind| opens(kind, &visit.actor));
    let first = first.ok_or(Problem::NotPermitted)?;
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Ok(see(&format!("/desk/new/{}{query}", first.slug)))
}

pub async fn show(visit: Visit, Path(slug): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let kinds = visit.state.app.kinds();
    let kind = kinds.by_slug(&slug).ok_or(Problem::NotFound)?;
    let query = query.unwrap_or_default();
    let form = new_door::of_link(&visit, kind, &query).await?;
    let typed = form.as_ref().map(|form| Typed {
        step: "open",
        form,
        faults: Vec::new(),
    });
    let back = Back {
        typed,
        ..Back::default()
    };
    draw(&visit, &slug, back).await
}

/// The caller's open cases, as a part of the page.
pub async fn find_caller(
    visit: Visit,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let kinds = visit.state.app.kinds();
    let kind = kinds.by_slug(&slug).ok_or(Problem::NotFound)?;
    let contact = opening_form::contact_name(kind).unwrap_or_default();
    let part = found(&visit, &visit.page(), asked.text(&contact)).await?;
    Ok(Html(part).into_response())
}

/// What a page that comes back brings along.
#[derive(Default)]
struct Back<'a> {
    status: StatusCode,
    said: Option<Said>,
    id: Option<String>,
    typed: Option<Typed<'a>>,
    /// The number whose open cases are asked for.
    caller: String,
}

async fn draw(visit: &Visit, slug: &str, back: Back<'_>) -> Answer {
    let app = &visit.state.app;
    let page = visit.page();
    let kinds = app.kinds();
    let kind = kinds.by_slug(slug).ok_or(Problem::NotFound)?;
    if !opens(kind, &visit.actor) {
        return Err(Problem::NotPermitted);
    }
    let tabs = kinds
        .current()
        .iter()
        .filter(|kind| opens(kind, &visit.actor));
    let typed = back.typed.as_ref().map(|typed| typed.form);
    let door = match typed.map(|form| form.text(new_door::DOOR)) {
        Some(door) if door.parse::<HouseholdId>().is_ok() => format!("?{}={door}", new_door::DOOR),
        _ => String::new(),
    };
    let tabs = tabs.map(|other| Tab {
        href: format!("/desk/new/{}{door}", other.slug),
        label: show::kind_word(&page, &other.slug),
        here: other.slug == slug,
    });
    let finds_caller = !kind.internal && may_somewhere(&visit.actor, Action::CallerFind);
    let channel = back
        .typed
        .as_ref()
        .map(|typed| typed.form.text("channel").to_owned());
    let drawn = drawn_door(visit, &page, kind, &back).await?;
    let new_id = || CaseId::from_raw(app.mint()).to_string();
    let new_page = NewPage {
        kind: show::kind_word(&page, slug),
        kinds: tabs.collect(),
        id: back.id.unwrap_or_else(new_id),
        channels: if kind.internal {
            Vec::new()
        } else {
            channels(visit, &page, channel)
        },
        door: drawn,
        fields: opening_form::draw(visit, &page, kind, back.typed.as_ref()).await?,
        verb: page.t("desk-new-do").into_owned(),
        names_units: opening_form::names_units(kind),
        found: match finds_caller {
            true => found(visit, &page, &back.caller).await?,
            false => String::new(),
        },
        contact: opening_form::contact_name(kind).unwrap_or_default(),
        said: back.said,
        page: &page,
        finds_caller,
        slug,
    };
    html_as(back.status, &new_page)
}

/// The choosing of a door, with what was chosen.
async fn drawn_door(
    visit: &Visit,
    page: &Page,
    kind: &Kind,
    back: &Back<'_>,
) -> Result<String, Problem> {
    let none = Form::default();
    let typed = back.typed.as_ref();
    let form = typed.map_or(&none, |typed| typed.form);
    let faults = typed.map_or(&[][..], |typed| &typed.faults);
    new_door::draw(visit, page, kind, (form, faults)).await
}

/// The hotline first for those who answer it, the desk for the others.
fn channels(visit: &Visit, page: &Page, chosen: Option<String>) -> Vec<Choice> {
    let has = |role| visit.actor.posts.iter().any(|post| post.role == role);
    let usual = match (has(Role::Operator), has(Role::GridWorker)) {
        (true, _) => Channel::Hotline,
        (_, true) => Channel::Door,
        _ => Channel::Desk,
    };
    let chosen = chosen.unwrap_or_else(|| usual.word().to_owned());
    let choice = |channel: Channel| Choice {
        value: channel.word().to_owned(),
        label: page
            .t(&format!("desk-channel-{}", channel.word()))
            .into_owned(),
        chosen: channel.word() == chosen,
    };
    Channel::BY_STAFF.into_iter().map(choice).collect()
}

/// The open cases of a number; nothing while it is not whole.
async fn found(visit: &Visit, page: &Page, typed: &str) -> Result<String, Problem> {
    let app = &visit.state.app;
    let asked = !typed.is_empty() && typed.bytes().filter(u8::is_ascii_digit).count() >= 7;
    let reply = match asked {
        true => caller::caller(app, &visit.actor, typed).await?,
        false => huiyin_app::cases::list::Reply::default(),
    };
    let rows = show::rows(&show::when(visit, page), &app.kinds(), &reply);
    CallerPart { page, asked, rows }
        .render()
        .map_err(Problem::Template)
}

/// Keeps what was written down, and shows the code to read out.
pub async fn open(visit: Visit, Path(slug): Path<String>, mut form: Form) -> Answer {
    let app = &visit.state.app;
    let kinds = app.kinds();
    let kind = kinds.by_slug(&slug).ok_or(Problem::NotFound)?;
    // An id that is none, because nobody made it for this form, is replaced.
    let id = form.text("id").parse();
    let id = id.unwrap_or_else(|_| CaseId::make(app.now(), app.chance()));
    let door_fault = new_door::fill_in(&visit, kind, &mut form).await?;
    let mut read = opening_form::read(&visit, kind, form).await?;
    let looks_up = matches!(read.form.text(ACT), SUGGEST | CALLER | new_door::DOORS);
    if read.only_redraw || looks_up {
        return again(&visit, &slug, id, read, None).await;
    }
    read.faults.extend(door_fault);
    if read.faults.is_empty() {
        new_door::bring_along(&visit, kind, &mut read).await?;
    }
    if !read.faults.is_empty() {
        let said = Said::fields(&visit.page());
        return again(
            &visit,
            &slug,
            id,
            read,
            Some((StatusCode::UNPROCESSABLE_ENTITY, said)),
        )
        .await;
    }
    let channel = read.form.text("channel").parse().ok();
    let channel = channel.filter(|channel| Channel::BY_STAFF.contains(channel));
    // Pressed twice, it is written down once, and the code to read out is the same.
    let named = (visit.browser.id(), &*id.to_string());
    let key = IdempotencyKey::of_form(app, named, &read.values).await?;
    let request = Request {
        id,
        kind: slug.clone(),
        values: read.values.clone(),
        language: visit.taste.lang,
        channel: channel.unwrap_or(Channel::Desk),
        key: Some(key),
        at: None,
    };
    match open::open(app, &visit.actor, request).await {
        Ok(reply) => saved(&visit, &slug, &reply).await,
        Err(error) => {
            let faults = error
                .refusal()
                .map(|r| r.faults().to_vec())
                .unwrap_or_default();
            let (status, said) = saying::refused(&visit.page(), error)?;
            let said = (status, said.above(&faults));
            again(&visit, &slug, id, Read { faults, ..read }, Some(said)).await
        }
    }
}

/// The form once more, with everything that was typed.
async fn again(
    visit: &Visit,
    slug: &str,
    id: CaseId,
    read: Read,
    said: Option<(StatusCode, Said)>,
) -> Answer {
    let (status, said) = match said {
        Some((status, said)) => (status, Some(said)),
        None => (StatusCode::OK, None),
    };
    let kinds = visit.state.app.kinds();
    let contact = kinds
        .by_slug(slug)
        .and_then(|kind| opening_form::contact_name(kind));
    let caller = match (read.form.text(ACT), contact) {
        (CALLER, Some(contact)) => read.form.text(&contact).to_owned(),
        _ => String::new(),
    };
    let typed = Typed {
        step: "open",
        form: &read.form,
        faults: read.faults,
    };
    let back = Back {
        status,
        said,
        id: Some(id.to_string()),
        typed: Some(typed),
        caller,
    };
    draw(visit, slug, back).await
}

/// The receipt: the code to read out, who has it now and until when.
async fn saved(visit: &Visit, slug: &str, reply: &open::Reply) -> Answer {
    let page = visit.page();
    html(&SavedPage {
        what_next: what_next(visit, &page, reply.id).await?,
        code: reply.code.as_ref().map(|code| code.as_str().to_owned()),
        id: reply.id,
        page: &page,
        slug,
    })
}

/// Who has it now, and until when.
async fn what_next(visit: &Visit, page: &Page, id: CaseId) -> Result<String, Problem> {
    let app = &visit.state.app;
    let case = huiyin_app::cases::read::read(app, &visit.actor, id).await?;
    let atlas = app.atlas_now().await?;
    let when = show::when(visit, page);
    let letter = super::case_view::Letter {
        page,
        when: &when,
        case: &case,
        atlas: &atlas,
        actor: &visit.actor,
    };
    let clock = letter.clock().map(|clock| clock.by).unwrap_or_default();
    Ok(page
        .ta(
            "desk-saved-next",
            &[("unit", letter.owner().into()), ("when", clock.into())],
        )
        .into_owned())
}
