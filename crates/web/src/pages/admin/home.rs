//! What can be administered, as far as somebody's posts allow. To add a page: a line below.

use askama::Template;
use huiyin_app::calendars::look;
use huiyin_domain::access::{Action, may_somewhere};

use crate::layout::Page;
use crate::visit::{Answer, Visit, html};

use super::working_time;

struct Door {
    action: Action,
    href: &'static str,
    icon: &'static str,
    title: &'static str,
    text: &'static str,
}

macro_rules! door {
    ($action:ident, $href:literal, $icon:literal, $title:literal) => {
        Door {
            action: Action::$action,
            href: $href,
            icon: $icon,
            title: $title,
            text: concat!($title, "-about"),
        }
    };
}

const DOORS: [Door; 14] = [
    door!(PlacesEdit, "/admin/places", "map-pin", "admin-places"),
    door!(UnitsEdit, "/admin/units", "building", "admin-units"),
    door!(
        DutiesEdit,
        "/admin/duties",
        "clipboard-list",
        "admin-duties"
    ),
    door!(DutiesEdit, "/admin/norms", "hourglass", "admin-norms"),
    door!(PlacesEdit, "/admin/working-time", "calendar", "admin-time"),
    door!(
        SupervisionEdit,
        "/admin/supervision",
        "chart-bar",
        "admin-supervision"
    ),
    door!(PeopleEdit, "/admin/people", "users", "admin-people"),
    door!(TokensEdit, "/admin/tokens", "key", "admin-tokens"),
    door!(LogRead, "/admin/looks", "eye", "admin-looks"),
    door!(LogRead, "/admin/log", "clipboard-list", "admin-log"),
    door!(JobsEdit, "/admin/jobs", "clock", "admin-jobs"),
    door!(WebhooksEdit, "/admin/webhooks", "send", "admin-webhooks"),
    door!(
        WebhooksEdit,
        "/admin/installations",
        "building-community",
        "admin-installations"
    ),
    door!(KindsRead, "/admin/kinds", "category", "admin-kinds"),
];

#[derive(Template)]
#[template(path = "pages/admin/home.html")]
struct HomePage<'a> {
    page: &'a Page,
    doors: Vec<&'static Door>,
    missing: String,
}

pub async fn show(visit: Visit) -> Answer {
    let page = visit.page();
    let missing = match may_somewhere(&visit.actor, Action::PlacesEdit) {
        true => look::look(&visit.state.app).await?.1,
        false => None,
    };
    let doors = DOORS
        .iter()
        .filter(|door| may_somewhere(&visit.actor, door.action));
    html(&HomePage {
        doors: doors.collect(),
        missing: working_time::missing_words(&page, missing),
        page: &page,
    })
}
