//! Tasks: the board, giving one, the one view, one part, the calendar.

use huiyin_domain::access::Action;

use super::Permission::Staff;
use super::{Route, get, post};
use crate::pages::desk::tasks;

#[rustfmt::skip]
pub(super) fn table() -> Vec<Route> {
    use Action::{TaskGive, TaskRead, TaskReport, TaskVerify};
    vec![
        get("/desk/tasks", Staff(TaskRead), tasks::board::show),
        post("/desk/tasks", Staff(TaskGive), tasks::new::add),
        get("/desk/tasks/new", Staff(TaskGive), tasks::new::new),
        get("/desk/tasks/calendar", Staff(TaskRead), tasks::calendar::show),
        get("/desk/tasks/settings", Staff(TaskGive), tasks::settings::show),
        post("/desk/tasks/settings", Staff(TaskGive), tasks::settings::set),
        post("/desk/tasks/rules/{rule}/end", Staff(TaskGive), tasks::settings::end),
        get("/desk/tasks/{task}", Staff(TaskRead), tasks::task::show),
        get("/desk/tasks/{task}/map", Staff(TaskRead), tasks::map::show),
        get("/desk/tasks/{task}/parts.csv", Staff(TaskRead), tasks::export::csv),
        post("/desk/tasks/{task}/verify", Staff(TaskVerify), tasks::task::strike_off),
        post("/desk/tasks/{task}/withdraw", Staff(TaskGive), tasks::task::take_back),
        get("/desk/tasks/{task}/{place}", Staff(TaskRead), tasks::part::show),
        post("/desk/tasks/{task}/{place}/note", Staff(TaskReport), tasks::part::take_note),
        post("/desk/tasks/{task}/{place}/report", Staff(TaskReport), tasks::part::tell),
        post("/desk/tasks/{task}/{place}/verify", Staff(TaskVerify), tasks::part::strike_off),
        post("/desk/tasks/{task}/{place}/back", Staff(TaskVerify), tasks::part::back),
        post("/desk/tasks/{task}/{place}/break-down", Staff(TaskReport), tasks::part::split),
        get("/desk/tasks/{task}/{place}/photos/{file}", Staff(TaskRead), tasks::part::photo),
    ]
}
