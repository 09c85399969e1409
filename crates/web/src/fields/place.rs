//! Where: typed and searched, or chosen from the list level by level, or brought along by
//! the QR code of the building. Without JavaScript the buttons of the field draw the form
//! anew; with it, what is typed is looked for at once.

use askama::Template;
use axum::extract::RawQuery;
use huiyin_app::limits::Purpose;
use huiyin_app::places::locate;
use huiyin_app::places::look::{self, Found};
use huiyin_domain::geo::{Degrees, System};
use huiyin_domain::place::PlaceCode;

use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::show::path_word;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html};

use super::known::{PlaceState, place_state};
use super::{ACT, Frame};

/// How somebody is looking for a place just now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Looking {
    #[default]
    Not,
    For(String),
    /// In the list; none: at the top of it.
    Inside(Option<PlaceCode>),
}

/// The longest text that is looked for.
const TEXT_CHARS_MAX: usize = 60;

impl Looking {
    pub(super) fn of(name: &str, form: &Form) -> Looking {
        if let Some(inside) = form.get(&format!("{name}--inside")) {
            return Looking::Inside(inside.parse().ok());
        }
        let text: String = form
            .text(&searched(name))
            .chars()
            .take(TEXT_CHARS_MAX)
            .collect();
        match text.is_empty() || form.get(name).is_some_and(|code| !code.is_empty()) {
            true => Looking::Not,
            false => Looking::For(text),
        }
    }
}

/// Name of the box in which a place is searched.
fn searched(name: &str) -> String {
    format!("{name}--search")
}

/// Does what a button within a place field asks for; whether there was one.
pub(crate) fn act(form: &mut Form) -> bool {
    let Some(act) = form.get(ACT).map(str::to_owned) else {
        return false;
    };
    let mut words = act.splitn(3, ':');
    match (words.next(), words.next(), words.next()) {
        (Some("place-find"), Some(name), _) => {
            form.put(name, []);
            form.put(&format!("{name}--inside"), []);
        }
        (Some("place-inside"), Some(name), code) => {
            form.put(name, []);
            form.put(
                &format!("{name}--inside"),
                [code.unwrap_or_default().to_owned()],
            );
        }
        (Some("place-change"), Some(name), _) => {
            form.put(name, []);
            form.put(&searched(name), []);
        }
        _ => return false,
    }
    form.put(ACT, []);
    true
}

/// What surrounds the box in which a place is chosen.
pub(crate) struct Asking<'a> {
    pub page: &'a Page,
    pub id: &'a str,
    pub name: &'a str,
    pub label: &'a str,
    pub help: &'a str,
    pub error: &'a str,
    /// For `aria-describedby`.
    pub described: &'a str,
    pub required: bool,
}

#[derive(Template)]
#[template(path = "fields/place.html")]
struct Place<'a> {
    page: &'a Page,
    frame: &'a Asking<'a>,
    chosen: Option<Shown>,
    searched: String,
    text: &'a str,
    list: List<'a>,
}

/// What was found, as a list of its own: also the answer to htmx.
#[derive(Template)]
#[template(path = "fields/place_list.html")]
struct List<'a> {
    page: &'a Page,
    name: &'a str,
    id: &'a str,
    found: Vec<Shown>,
    /// Something was looked for, so an empty list says so.
    looked: bool,
    /// It was looked for by the position of the phone.
    by_position: bool,
    /// The way down to the place whose insides are listed; none unless listing.
    crumbs: Option<Vec<(String, String)>>,
}

/// A place with where it lies.
struct Shown {
    code: String,
    name: String,
    path: String,
    has_inside: bool,
}

fn shown(found: &Found, lang: &str) -> Shown {
    Shown {
        code: found.place.code.to_string(),
        name: found.place.names.in_lang(lang).to_owned(),
        path: path_word(found, lang),
        has_inside: found.has_inside,
    }
}

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    let asking = Asking {
        page: frame.page,
        id: &frame.id,
        name: &frame.name,
        label: &frame.label,
        help: &frame.help,
        error: &frame.error,
        described: &frame.described,
        required: frame.required,
    };
    let state = frame.known.places.get(&frame.field.name);
    draw_box(&asking, state, frame.form)
}

/// Draws the choosing of a place on a page that is no form of a kind.
pub(crate) async fn draw_alone(
    visit: &Visit,
    asking: &Asking<'_>,
    form: &Form,
) -> Result<String, Problem> {
    let state = place_state(visit, asking.name, form).await?;
    draw_box(asking, Some(&state), form).map_err(Problem::Template)
}

fn draw_box(
    asking: &Asking<'_>,
    state: Option<&PlaceState>,
    form: &Form,
) -> Result<String, askama::Error> {
    let lang = asking.page.lang.as_str();
    let looking = state.map(|state| state.looking.clone()).unwrap_or_default();
    let searched = searched(asking.name);
    let crumbs = match &looking {
        Looking::Inside(_) => Some(crumbs(state.and_then(|state| state.within.as_ref()), lang)),
        _ => None,
    };
    let found = state
        .map(|state| state.found.as_slice())
        .unwrap_or_default();
    Place {
        page: asking.page,
        frame: asking,
        chosen: state
            .and_then(|state| state.chosen.as_ref())
            .map(|place| shown(place, lang)),
        text: form.get(&searched).unwrap_or_default(),
        searched,
        list: List {
            page: asking.page,
            name: asking.name,
            id: asking.id,
            found: found.iter().map(|place| shown(place, lang)).collect(),
            looked: matches!(looking, Looking::For(_)),
            by_position: false,
            crumbs,
        },
    }
    .render()
}

fn crumbs(within: Option<&Found>, lang: &str) -> Vec<(String, String)> {
    let Some(within) = within else {
        return Vec::new();
    };
    let path = within.path.iter().chain(std::iter::once(&within.place));
    path.map(|place| (place.code.to_string(), place.names.in_lang(lang).to_owned()))
        .collect()
}

/// Whether something was typed but no place chosen from what was found.
pub(super) fn is_open(name: &str, form: &Form) -> bool {
    let is_given = |name: &str| form.get(name).is_some_and(|text| !text.trim().is_empty());
    !is_given(name) && is_given(&searched(name))
}

/// Answers htmx: the places that match what is being typed.
pub async fn find(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let name = query.text("name");
    let id = query.text("id");
    let is_word = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if !is_word(name) || !is_word(id) {
        return Err(Problem::Malformed);
    }
    let looking = Looking::of(name, &query);
    let position = position(&query)?;
    let page = visit.page();
    let app = &visit.state.app;
    let found = match (position, &looking) {
        (Some(request), _) => {
            visit.count(Purpose::Search)?;
            Vec::from_iter(locate::locate(app, request).await?)
        }
        (None, Looking::For(text)) => {
            visit.count(Purpose::Search)?;
            look::search(app, text.clone()).await?
        }
        _ => Vec::new(),
    };
    html(&List {
        page: &page,
        name,
        id,
        found: found
            .iter()
            .map(|place| shown(place, page.lang.as_str()))
            .collect(),
        looked: position.is_some() || looking != Looking::Not,
        by_position: position.is_some(),
        crumbs: None,
    })
}

/// Where the phone says that it is, when it was asked: in WGS 84, as browsers give it.
fn position(query: &Form) -> Result<Option<locate::Request>, Problem> {
    let (Some(lon), Some(lat)) = (query.get("lon"), query.get("lat")) else {
        return Ok(None);
    };
    let number = |text: &str| text.parse::<f64>().map_err(|_| Problem::Malformed);
    let at = Degrees {
        lon: number(lon)?,
        lat: number(lat)?,
    };
    let system = System::Wgs84;
    Ok(Some(locate::Request { at, system }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        let mut form = Form::default();
        for (name, text) in pairs {
            form.put(name, [(*text).to_owned()]);
        }
        form
    }

    #[test]
    fn a_button_of_the_field_only_draws_the_form_anew() {
        let mut pressed = form(&[("f-at", "652901"), ("act", "place-change:f-at")]);
        assert!(act(&mut pressed));
        assert_eq!(pressed.get("f-at"), None);
        let mut pressed = form(&[("act", "place-inside:f-at:6529")]);
        assert!(act(&mut pressed));
        let inside = Looking::Inside(Some("6529".parse().unwrap()));
        assert_eq!(Looking::of("f-at", &pressed), inside);
        assert!(!act(&mut form(&[("act", "send")])));
        assert!(!act(&mut form(&[])));
    }

    #[test]
    fn what_is_typed_but_not_chosen_is_not_a_place() {
        let typed = form(&[("f-at--search", "幸福里")]);
        assert!(is_open("f-at", &typed));
        assert_eq!(
            Looking::of("f-at", &typed),
            Looking::For("幸福里".to_owned())
        );
        let chosen = form(&[("f-at--search", "幸福里"), ("f-at", "652901001001")]);
        assert!(!is_open("f-at", &chosen));
        assert_eq!(Looking::of("f-at", &chosen), Looking::Not);
        assert!(!is_open("f-at", &form(&[])));
    }
}
