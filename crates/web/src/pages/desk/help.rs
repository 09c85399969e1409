//! What the keyboard can do.

use askama::Template;

use crate::layout::Page;
use crate::visit::{Answer, Visit, html};

/// Key and the word that says what it does.
const KEYS: [(&str, &str); 13] = [
    ("j", "keys-next"),
    ("k", "keys-previous"),
    ("Enter", "desk-keys-enter"),
    ("x", "keys-select"),
    ("/", "keys-search"),
    ("g i", "keys-inbox"),
    ("g n", "keys-new"),
    ("g l", "supervision-keys"),
    ("g f", "desk-keys-figures"),
    ("g u", "follow-ups-title"),
    ("g q", "inspections-title"),
    ("Tab", "desk-keys-tab"),
    ("?", "keys-help"),
];

#[derive(Template)]
#[template(path = "pages/desk/help.html")]
struct HelpPage<'a> {
    page: &'a Page,
}

pub async fn show(visit: Visit) -> Answer {
    html(&HelpPage {
        page: &visit.page(),
    })
}
