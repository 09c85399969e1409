//! The form of one line of a menu.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use huiyin_app::menu::{put, read};
use huiyin_app::{Error, Refusal};
use huiyin_domain::access::{Action, scope};
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::MenuServiceId;
use huiyin_domain::menu::{Pairs, Says, Season, Service, Venue};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::admin::choices::name_in;
use crate::pages::desk::inbox::Choice;
use crate::pages::desk::saying;
use crate::visit::{Answer, Visit, html_as, see};

#[derive(Template)]
#[template(path = "pages/desk/menu/edit.html")]
struct EditPage<'a> {
    page: &'a Page,
    action: String,
    form: &'a Form,
    is_new: bool,
    is_closed: bool,
    error: String,
    parts: Vec<Part>,
    venues: Vec<Choice>,
    pairs: Vec<Choice>,
    places: Vec<Choice>,
    wrong: Wrong,
}

/// A text in both languages.
struct Part {
    name: &'static str,
    label: String,
    help: String,
    zh: String,
    en: String,
    error: String,
    is_long: bool,
}

/// What is wrong with the single fields.
#[derive(Default)]
struct Wrong {
    place: String,
    minutes: String,
    season: String,
    skills: String,
    position: String,
}

/// The texts of a line, in their order, and whether they are long.
const PARTS: [(&str, bool); 6] = [
    ("name", false),
    ("about", true),
    ("who", false),
    ("needed", true),
    ("not_promised", true),
    ("hours", false),
];

pub async fn blank(visit: Visit) -> Answer {
    let mut form = Form::default();
    form.put(
        "id",
        [MenuServiceId::from_raw(visit.state.app.mint()).to_string()],
    );
    form.put("version", ["0".to_owned()]);
    form.put("position", ["1".to_owned()]);
    let first = scope(&visit.actor, Action::MenuEdit);
    form.put("place", first.places().first().map(ToString::to_string));
    draw(&visit, &form, None).await
}

pub async fn show(visit: Visit, Path(id): Path<MenuServiceId>) -> Answer {
    let service = read::read(&visit.state.app, id).await?;
    draw(&visit, &filled(&service), None).await
}

fn filled(service: &Service) -> Form {
    let mut form = Form::default();
    let says = &service.says;
    let texts = [
        ("name", &says.name),
        ("about", &says.about),
        ("who", &says.who),
        ("needed", &says.needed),
        ("not_promised", &says.not_promised),
        ("hours", &says.hours),
    ];
    for (name, names) in texts {
        for lang in ["zh", "en"] {
            form.put(&format!("{name}-{lang}"), [name_in(names, lang)]);
        }
    }
    let season = service.season;
    form.put("id", [service.id.to_string()]);
    form.put("version", [service.version.to_string()]);
    form.put("place", [service.place.to_string()]);
    form.put("position", [service.position.to_string()]);
    form.put("venue", [service.venue.word().to_owned()]);
    form.put("pairs", [service.pairs.word().to_owned()]);
    form.put("skills", [service.skills.join("、")]);
    form.put(
        "minutes",
        service.minutes.map(|minutes| minutes.to_string()),
    );
    form.put("season_from", season.map(|season| season.from.to_string()));
    form.put("season_to", season.map(|season| season.to.to_string()));
    form.put("closed_at", service.closed_at.map(|at| at.to_string()));
    form
}

async fn draw(visit: &Visit, form: &Form, error: Option<Error>) -> Answer {
    let page = visit.page();
    let fault = |field: &str| {
        let said = error
            .as_ref()
            .map(|error| saying::fault(&page, error, field));
        said.unwrap_or_default()
    };
    let part = |(name, is_long): (&'static str, bool)| Part {
        label: page.t(&format!("menu-field-{name}")).into_owned(),
        help: page.t(&format!("menu-field-{name}-help")).into_owned(),
        zh: form.text(&format!("{name}-zh")).to_owned(),
        en: form.text(&format!("{name}-en")).to_owned(),
        error: fault(name),
        name,
        is_long,
    };
    let parts = PARTS.map(part).into_iter().collect();
    let wrong = Wrong {
        place: fault("place"),
        minutes: fault("minutes"),
        season: fault("season"),
        skills: fault("skills"),
        position: fault("position"),
    };
    let (status, error) = match error {
        None => (StatusCode::OK, String::new()),
        Some(error) => {
            let (status, said) = saying::refused(&page, error)?;
            (status, said.text)
        }
    };
    let id = form.text("id").to_owned();
    let is_new = form.text("version") == "0";
    let word = |key: &str, value: &str| page.t(&format!("{key}-{value}")).into_owned();
    let choice = |field: &'static str, key: &'static str, value: &'static str| Choice {
        value: value.to_owned(),
        label: word(key, value),
        chosen: form.text(field) == value,
    };
    let venues = Venue::ALL
        .iter()
        .map(|one| choice("venue", "menu-venue", one.word()));
    let pairs = Pairs::ALL
        .iter()
        .map(|one| choice("pairs", "menu-pairs", one.word()));
    html_as(
        status,
        &EditPage {
            action: format!("/desk/menu/{id}"),
            is_closed: !form.text("closed_at").is_empty(),
            is_new,
            error,
            parts,
            venues: venues.collect(),
            pairs: pairs.collect(),
            places: places(visit, &page, form.text("place")).await?,
            wrong,
            form,
            page: &page,
        },
    )
}

/// The places whose menus this desk looks after, and the open ones right within.
async fn places(
    visit: &Visit,
    page: &Page,
    chosen: &str,
) -> Result<Vec<Choice>, crate::problem::Problem> {
    use huiyin_app::places::look;
    use huiyin_domain::place::Level;
    let app = &visit.state.app;
    let mut found = Vec::new();
    for code in scope(&visit.actor, Action::MenuEdit).places() {
        found.extend(look::path(app, code.clone()).await?);
        if code.level() < Level::Community {
            found.extend(look::inside(app, Some(code.clone())).await?);
        }
    }
    let choice = |found: look::Found| Choice {
        chosen: found.place.code.as_str() == chosen,
        value: found.place.code.to_string(),
        label: found.place.names.in_lang(page.lang.as_str()).to_owned(),
    };
    Ok(found.into_iter().map(choice).collect())
}

/// Keeps a line; or closes or opens it, when its other button was pressed.
pub async fn keep(visit: Visit, Path(id): Path<MenuServiceId>, mut form: Form) -> Answer {
    let app = &visit.state.app;
    form.put("id", [id.to_string()]);
    let now = app.now();
    match form.text("turn") {
        "close" => form.put("closed_at", [now.to_string()]),
        "open" => form.put("closed_at", []),
        _ => {}
    }
    let service = match understood(id, &form) {
        Ok(service) => service,
        Err(faults) => {
            let error = Error::Refused(Refusal::Invalid(faults));
            return draw(&visit, &form, Some(error)).await;
        }
    };
    match put::put(app, &visit.actor, service).await {
        Ok(()) => {
            let to = see("/desk/menu");
            Ok(flash::say(to, Tone::Done, "menu-kept", visit.transport()))
        }
        Err(error) => draw(&visit, &form, Some(error)).await,
    }
}

/// What was typed, as a line of a menu; or everything that cannot be understood.
fn understood(id: MenuServiceId, form: &Form) -> Result<Service, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, key: &'static str| faults.push(FieldFault::new(field, key));
    let names = |part: &str| {
        let of = |lang: &str| {
            (
                lang.to_owned(),
                form.text(&format!("{part}-{lang}")).to_owned(),
            )
        };
        Names([of("zh"), of("en")].into())
    };
    let whole = |text: &str| text.trim().parse::<i64>().ok();
    let minutes = whole(form.text("minutes"));
    if minutes.is_none() && !form.text("minutes").trim().is_empty() {
        fault("minutes", "fault-not-number");
    }
    let position = whole(form.text("position")).filter(|at| (0..=9999).contains(at));
    if position.is_none() {
        fault("position", "fault-not-number");
    }
    let ends = (
        form.text("season_from").trim(),
        form.text("season_to").trim(),
    );
    let season = match (ends.0.parse(), ends.1.parse()) {
        (Ok(from), Ok(to)) => Some(Season { from, to }),
        _ => {
            if ends != ("", "") {
                fault("season", "fault-season");
            }
            None
        }
    };
    let place: Option<PlaceCode> = form.text("place").parse().ok();
    if place.is_none() {
        fault("place", "fault-not-place");
    }
    let closed_at = form.text("closed_at").parse().ok();
    let (Some(place), Some(position), true) = (place, position, faults.is_empty()) else {
        return Err(faults);
    };
    let skills = form.text("skills").split(['、', ',', '，', ';', '\n']);
    Ok(Service {
        id,
        place,
        position,
        says: Says {
            name: names("name"),
            about: names("about"),
            who: names("who"),
            needed: names("needed"),
            not_promised: names("not_promised"),
            hours: names("hours"),
        },
        skills: skills.map(str::to_owned).collect(),
        minutes,
        venue: form.text("venue").parse().unwrap_or(Venue::Home),
        pairs: form.text("pairs").parse().unwrap_or(Pairs::First),
        season,
        closed_at,
        version: whole(form.text("version")).unwrap_or(0),
    })
}
