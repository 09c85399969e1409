//! Windows of offices: how many wait, booking a time, taking people in.

use huiyin_domain::access::Action::{WindowsKeep, WindowsServe};

use super::{Route, get, post};
use crate::guard::Permission::{Public, Staff};
use crate::pages::desk::windows;
use crate::pages::public::{self, book};
use crate::pages::resident::appointment;

#[rustfmt::skip]
pub(super) fn table() -> Vec<Route> {
    vec![
        get("/windows", Public, public::windows::list),
        get("/windows/{window}", Public, public::windows::show),
        get("/guide/{slug}/book", Public, book::windows),
        get("/guide/{slug}/book/{window}", Public, book::free),
        get("/guide/{slug}/book/{window}/who", Public, book::who),
        post("/guide/{slug}/book/{window}/who", Public, book::book),
        get("/appointments/{appointment}", Public, appointment::show),
        get("/appointments/{appointment}/change", Public, appointment::other),
        post("/appointments/{appointment}/change", Public, appointment::change),
        post("/appointments/{appointment}/cancel", Public, appointment::cancel),
        get("/appointments/{appointment}/calendar.ics", Public, appointment::calendar),
        get("/desk/windows", Staff(WindowsServe), windows::list::list),
        get("/desk/windows/new", Staff(WindowsKeep), windows::setup::new),
        post("/desk/windows", Staff(WindowsKeep), windows::setup::add),
        get("/desk/windows/{window}", Staff(WindowsKeep), windows::setup::show),
        post("/desk/windows/{window}", Staff(WindowsKeep), windows::setup::change),
        post("/desk/windows/{window}/days", Staff(WindowsKeep), windows::setup::day),
        get("/desk/windows/{window}/today", Staff(WindowsServe), windows::today::show),
        post("/desk/windows/{window}/walk-in", Staff(WindowsServe), windows::today::draw_number),
        post("/desk/windows/{window}/today/{appointment}", Staff(WindowsServe), windows::today::press),
        post("/desk/windows/{window}/today/{appointment}/contact", Staff(WindowsServe), windows::today::unseal),
        post("/desk/windows/{window}/today/{appointment}/settled", Staff(WindowsServe), windows::today::settled),
    ]
}
