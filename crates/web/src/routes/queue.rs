//! What a phone needs to work without signal and to send later.

use super::Permission::{Public, SignedIn};
use super::{Route, get, post};
use crate::pages::queue;

#[rustfmt::skip]
pub(super) fn table() -> Vec<Route> {
    vec![
        get("/waiting", SignedIn, queue::waiting::show),
        get("/queue/state", Public, queue::state::show),
        get("/queue/files/{file}", SignedIn, queue::files::show),
        post("/queue/files/{file}", SignedIn, queue::files::append),
        get("/sw.js", Public, queue::app::worker),
        get("/manifest.webmanifest", Public, queue::app::manifest),
    ]
}
