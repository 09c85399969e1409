//! Language, colours and size of the pages: kept in cookies, changed with one press.

use askama::Template;

use crate::cookies::Cookie;
use crate::form::Form;
use crate::language;
use crate::layout::{Page, Theme, View};
use crate::visit::{Answer, Visit, html, see_own, with_cookie};

#[derive(Template)]
#[template(path = "pages/settings.html")]
struct SettingsPage<'a> {
    page: &'a Page,
}

pub async fn show(visit: Visit) -> Answer {
    html(&SettingsPage {
        page: &visit.page(),
    })
}

/// Keeps what was chosen and leads back to the page on which it was.
pub async fn change(visit: Visit, form: Form) -> Answer {
    let mut answer = see_own(form.text("back"));
    let lang = form
        .get("lang")
        .and_then(|tag| language::known(tag, &visit.state.app.words));
    let theme = form.get("theme").and_then(Theme::named);
    let view = form.get("view").and_then(View::named);
    let chosen = [
        (Cookie::Language, lang.map(|lang| lang.to_string())),
        (Cookie::Theme, theme.map(|theme| theme.as_str().to_owned())),
        (Cookie::View, view.map(|view| view.as_str().to_owned())),
    ];
    for (cookie, value) in chosen {
        if let Some(value) = value {
            answer = with_cookie(answer, cookie.set(&value, visit.transport()));
        }
    }
    Ok(answer)
}
