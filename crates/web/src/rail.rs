//! The doors of the desk's rail. To add one: a line in [`DOORS`].

use huiyin_domain::access::{Action, Actor, may_somewhere};

use crate::layout::RailDoor;

/// Action that opens the door, address, icon, word, keys.
const DOORS: &[(Action, &str, &str, &str, &str)] = &[
    (Action::CaseList, "/desk", "inbox", "desk-inbox", "g i"),
    (
        Action::RoundsWalk,
        "/desk/today",
        "home",
        "today-title",
        "g h",
    ),
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
    (Action::CaseList, NOTICES, "bell", "desk-notices", "g b"),
    (
        Action::TaskRead,
        "/desk/tasks",
        "progress",
        "tasks-title",
        "g t",
    ),
    (
        Action::SupervisionRead,
        "/desk/supervision",
        "hourglass",
        "supervision",
        "g l",
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
    (Action::MenuEdit, "/desk/menu", "tool", "menu-desk", "g m"),
    (
        Action::GiftsEdit,
        "/desk/gifts",
        "gift",
        "gifts-desk",
        "g d",
    ),
    (
        Action::VolunteersKeep,
        "/desk/volunteers",
        "heart-handshake",
        "volunteers-title",
        "g v",
    ),
    (
        Action::PartnerSpeak,
        "/desk/partner",
        "building",
        "partner-own",
        "g p",
    ),
    (
        Action::ActivitiesRun,
        "/desk/activities",
        "calendar",
        "desk-activities",
        "g c",
    ),
    (
        Action::OccasionsRun,
        "/desk/occasions",
        "heart",
        "occasions-desk",
        "g j",
    ),
    (
        Action::CollectionsBring,
        "/desk/collections",
        "clipboard-list",
        "collections-title",
        "g w",
    ),
    (
        Action::PlacesChange,
        "/desk/places",
        "map-pin",
        "land-title",
        "g k",
    ),
    (
        Action::TeamRead,
        "/desk/teams",
        "users",
        "teams-title",
        "g e",
    ),
    (
        Action::HouseholdsRead,
        "/desk/households",
        "building-community",
        "households-title",
        "g r",
    ),
    (
        Action::ProceduresEdit,
        "/desk/guide",
        "file-text",
        "guide-desk",
        "g o",
    ),
    (
        Action::WindowsServe,
        "/desk/windows",
        "ticket",
        "windows-desk",
        "g x",
    ),
    (
        Action::KindsRead,
        "/admin",
        "settings",
        "desk-manage",
        "g a",
    ),
];

const NOTICES: &str = "/desk/notices";

/// The doors that this actor may open; behind one of them notices wait that they have not read.
pub fn doors(actor: &Actor, unread: i64) -> Vec<RailDoor> {
    let unread = u32::try_from(unread).ok().filter(|unread| *unread > 0);
    DOORS
        .iter()
        .filter(|(action, ..)| may_somewhere(actor, *action))
        .map(|&(_, href, icon, word, keys)| RailDoor {
            href,
            icon,
            word,
            keys,
            waiting: unread.filter(|_| href == NOTICES),
        })
        .collect()
}
