//! Something else that fits better: offered when a form is sent, before anything is kept, and
//! while somebody types, where a script runs. Whoever takes the offer goes on in the other form
//! with all that was typed; whoever stays is not asked again.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use huiyin_app::cases::instead::{self, Instead};
use huiyin_app::limits::Purpose;
use huiyin_domain::case::Kind;

use crate::fields;
use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};

use super::new_form::{self, found as word};

#[derive(Template)]
#[template(path = "pages/resident/instead.html")]
struct InsteadPage<'a> {
    page: &'a Page,
    slug: &'a str,
    own: String,
    offer: OfferView,
    entered: Vec<(&'a str, &'a str)>,
}

/// The same while somebody types, as a part of the form.
#[derive(Template)]
#[template(path = "pages/resident/instead_part.html")]
struct InsteadPart<'a> {
    page: &'a Page,
    slug: &'a str,
    offer: Option<OfferView>,
}

struct OfferView {
    to: String,
    name: String,
    item: String,
    unit: String,
    because: String,
}

/// What is offered instead of what was typed, if anything is.
pub(super) async fn found(
    visit: &Visit,
    kind: &Kind,
    form: &Form,
) -> Result<Option<Instead>, Problem> {
    let text = form.text(&fields::input_name(&kind.title_field));
    let place = form.text(&fields::input_name(&kind.place_field));
    let place = place.parse().ok();
    let offer = instead::instead(&visit.state.app, kind, (text, place.as_ref())).await?;
    // Only what residents may open can be offered to them.
    Ok(offer.filter(|offer| new_form::kind(visit, &offer.to).is_ok()))
}

fn view(page: &Page, offer: &Instead) -> OfferView {
    let lang = page.lang.as_str();
    let named = |names: &Option<huiyin_domain::names::Names>| {
        let names = names.as_ref();
        names.map_or_else(String::new, |names| names.in_lang(lang).to_owned())
    };
    OfferView {
        name: word(page, &format!("{}--name", offer.to)),
        item: named(&offer.item),
        unit: named(&offer.unit),
        because: offer.because.join(&page.t("list-and")),
        to: offer.to.clone(),
    }
}

pub(super) fn page(visit: &Visit, kind: &Kind, form: &Form, offer: Instead) -> Answer {
    let shell = visit.page();
    let hidden = |name: &str| matches!(name, "csrf" | "instead" | "checked" | "act");
    html(&InsteadPage {
        slug: &kind.slug,
        own: word(&shell, &format!("{}--name", kind.slug)),
        offer: view(&shell, &offer),
        entered: form.texts().filter(|(name, _)| !hidden(name)).collect(),
        page: &shell,
    })
}

/// Asked while somebody types; what is typed is read and forgotten.
pub async fn while_typing(visit: Visit, Path(slug): Path<String>, form: Form) -> Answer {
    visit.count(Purpose::Search)?;
    let kind = new_form::kind(&visit, &slug)?;
    let shell = visit.page();
    let offer = found(&visit, &kind, &form).await?;
    let part = InsteadPart {
        slug: &kind.slug,
        offer: offer.as_ref().map(|offer| view(&shell, offer)),
        page: &shell,
    };
    let part = part.render().map_err(Problem::Template)?;
    Ok(Html(part).into_response())
}
