//! How a resident or a volunteer wants to be told.

use askama::Template;
use huiyin_app::telling::prefer;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::telling_form::{self, TellingForm};
use crate::visit::{Answer, Visit, html, see};

const PATH: &str = "/my/telling";

#[derive(Template)]
#[template(path = "pages/resident/telling.html")]
struct TellingPage<'a> {
    page: &'a Page,
    form: TellingForm,
}

pub async fn show(visit: Visit) -> Answer {
    let page = visit.page();
    let held = prefer::read(&visit.state.app, &visit.actor).await?;
    html(&TellingPage {
        form: telling_form::of(&page, &held),
        page: &page,
    })
}

pub async fn set(visit: Visit, form: Form) -> Answer {
    let app = &visit.state.app;
    let held = prefer::read(app, &visit.actor).await?;
    let wanted = telling_form::read(&form, &held.preferences)?;
    prefer::set(app, &visit.actor, wanted).await?;
    let back = see(PATH);
    Ok(flash::say(
        back,
        Tone::Done,
        "telling-kept",
        visit.transport(),
    ))
}
