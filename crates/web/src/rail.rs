//! The doors of the desk's rail. To add one: a line in [`DOORS`].

use huiyin_domain::access::{Action, Actor, may_somewhere};

use crate::layout::RailDoor;

/// Action that opens the door, address, icon, word, keys.
const DOORS: [(Action, &str, &str, &str, &str); 7] = [
    (Action::CaseList, "/desk", "inbox", "desk-inbox", "g i"),
    (
        Action::CaseOpen,
        "/desk/new",
        "phone-call",
        "desk-call",
        "g n",
    ),
    (
        Action::CaseList,
        "/desk/search",
        "search",
        "desk-search",
        "g s",
    ),
    (
        Action::FiguresRead,
        "/desk/figures",
        "chart-bar",
        "desk-figures",
        "g f",
    ),
    (
        Action::FollowUpCall,
        "/desk/follow-ups",
        "phone",
        "follow-ups-title",
        "g u",
    ),
    (
        Action::AnswersInspect,
        "/desk/inspections",
        "clipboard-list",
        "inspections-title",
        "g q",
    ),
    (
        Action::KindsRead,
        "/admin",
        "settings",
        "desk-manage",
        "g a",
    ),
];

/// The doors that this actor may open.
pub fn doors(actor: &Actor) -> Vec<RailDoor> {
    DOORS
        .iter()
        .filter(|(action, ..)| may_somewhere(actor, *action))
        .map(|&(_, href, icon, word, keys)| RailDoor {
            href,
            icon,
            word,
            keys,
            waiting: None,
        })
        .collect()
}
