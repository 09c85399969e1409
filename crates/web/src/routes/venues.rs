//! Venues with their rooms, activities, and the calendars of both.

use huiyin_domain::access::Action;

use super::{Route, get, post};
use crate::guard::Permission::{Public, SignedIn, Staff};
use crate::pages::{desk, public, resident};

#[rustfmt::skip]
pub(super) fn table() -> Vec<Route> {
    vec![
        get("/venues", Public, public::venues::list),
        get("/venues/{venue}", Public, public::venues::show),
        get("/venues/{venue}/rooms/{room}", Public, public::room::show),
        post("/venues/{venue}/rooms/{room}", SignedIn, public::room::book),
        get("/activities", Public, public::activities::list),
        get("/activities/{activity}", Public, public::activities::show),
        post("/activities/{activity}/sign-up", SignedIn, public::activities::sign_up),
        post("/activities/{activity}/leave", SignedIn, public::activities::leave),
        post("/activities/{activity}/confirm", SignedIn, public::activities::confirm),
        get("/activities/{activity}/here", SignedIn, public::activities::here),
        post("/activities/{activity}/here", SignedIn, public::activities::come),
        get("/calendar/{feed}", Public, public::calendar::show),
        get("/my/plans", SignedIn, resident::plans::show),
        post("/my/plans/link", SignedIn, resident::plans::link),
        post("/my/bookings/{booking}/cancel", SignedIn, resident::plans::cancel),
        get("/desk/venues", Staff(Action::VenuesEdit), desk::venues::list),
        get("/desk/venues/new", Staff(Action::VenuesEdit), desk::venues::new),
        post("/desk/venues", Staff(Action::VenuesEdit), desk::venues::add),
        get("/desk/venues/{venue}", Staff(Action::VenuesEdit), desk::venues::show),
        post("/desk/venues/{venue}", Staff(Action::VenuesEdit), desk::venues::change),
        get("/desk/venues/{venue}/new-room", Staff(Action::VenuesEdit), desk::room::new),
        post("/desk/venues/{venue}/new-room", Staff(Action::VenuesEdit), desk::room::add),
        get("/desk/venues/{venue}/rooms/{room}", Staff(Action::VenuesEdit), desk::room::show),
        post("/desk/venues/{venue}/rooms/{room}", Staff(Action::VenuesEdit), desk::room::change),
        post("/desk/venues/{venue}/bookings/{booking}", Staff(Action::VenuesEdit), desk::venues::decide),
        get("/desk/activities", Staff(Action::ActivitiesRun), desk::activities::list),
        get("/desk/activities/new", Staff(Action::ActivitiesRun), desk::activities::new),
        post("/desk/activities", Staff(Action::ActivitiesRun), desk::activities::add),
        get("/desk/activities/{activity}", Staff(Action::ActivitiesRun), desk::activity::show),
        post("/desk/activities/{activity}", Staff(Action::ActivitiesRun), desk::activity::change),
        post("/desk/activities/{activity}/cancel", Staff(Action::ActivitiesRun), desk::activity::cancel),
        post("/desk/activities/{activity}/tick", Staff(Action::ActivitiesRun), desk::activity::tick),
        post("/desk/activities/{activity}/report", Staff(Action::ActivitiesRun), desk::activity::report),
        get("/desk/activities/{activity}/door", Staff(Action::ActivitiesRun), desk::activity::door),
    ]
}
