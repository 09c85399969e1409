//! Menus of services, and gifts.

use super::{Route, get, post};
use crate::guard::Permission::{Petitioner, Public, Staff};
use crate::pages::desk::{gifts, menu};
use crate::pages::{public, resident};
use huiyin_domain::access::Action;

#[rustfmt::skip]
pub(super) fn table() -> Vec<Route> {
    vec![
        post("/my/{case}/series", Petitioner, resident::series::turn),
        get("/menu", Public, public::menu::list),
        get("/menu/{place}", Public, public::menu::show),
        get("/desk/menu", Staff(Action::MenuEdit), menu::list::show),
        get("/desk/menu/new", Staff(Action::MenuEdit), menu::edit::blank),
        get("/desk/menu/{service}", Staff(Action::MenuEdit), menu::edit::show),
        post("/desk/menu/{service}", Staff(Action::MenuEdit), menu::edit::keep),
        get("/gifts", Public, public::gifts::show),
        get("/desk/gifts", Staff(Action::GiftsEdit), gifts::enter::list),
        post("/desk/gifts", Staff(Action::GiftsEdit), gifts::enter::keep),
        get("/desk/gifts/{gift}", Staff(Action::GiftsEdit), gifts::show::page),
        post("/desk/gifts/{gift}", Staff(Action::GiftsEdit), gifts::show::keep),
        post("/desk/gifts/{gift}/forget", Staff(Action::GiftsEdit), gifts::show::forget_donor),
        get("/desk/gifts/{gift}/receipt", Staff(Action::GiftsEdit), gifts::receipt::print),
    ]
}
