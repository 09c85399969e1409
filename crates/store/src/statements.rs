//! Every statement of the product in one list, so that a test can prepare
//! them all on both engines. Each noun's file has one `statements!` block;
//! a new noun is a line in `FILES`.

use crate::Statement;

/// Names the statements of a file:
/// `READ = "SELECT …";` or `READ = "SELECT …", postgres = "SELECT …";`.
macro_rules! statements {
    (@one $name:ident, $text:expr) => {
        $crate::Statement::both(concat!(module_path!(), "::", stringify!($name)), $text)
    };
    (@one $name:ident, $text:expr, $other:expr) => {
        $crate::Statement::split(concat!(module_path!(), "::", stringify!($name)), $text, $other)
    };
    ($($name:ident = $text:expr $(, postgres = $other:expr)?;)+) => {
        $(const $name: $crate::Statement = statements!(@one $name, $text $(, $other)?);)+
        pub(crate) const ALL: &[&$crate::Statement] = &[$(&$name),+];
    };
}
pub(crate) use statements;

/// The statements of each file.
const FILES: &[&[&Statement]] = &[
    crate::activities::ALL,
    crate::administration::ALL,
    crate::applied::ALL,
    crate::appointment_people::ALL,
    crate::appointments::ALL,
    crate::archives::ALL,
    crate::askings::ALL,
    crate::associations::ALL,
    crate::bookings::ALL,
    crate::calendar_links::ALL,
    crate::calendars::ALL,
    crate::calls::ALL,
    crate::cases::ALL,
    crate::certificates::ALL,
    crate::checklists::ALL,
    crate::civic_posts::ALL,
    crate::collections::ALL,
    crate::dump::ALL,
    crate::duties::ALL,
    crate::elsewhere::ALL,
    crate::entries::ALL,
    crate::erasures::ALL,
    crate::errands::ALL,
    crate::files::ALL,
    crate::findings::ALL,
    crate::follow_ups::ALL,
    crate::gifts::ALL,
    crate::histories::ALL,
    crate::households::ALL,
    crate::idempotency::ALL,
    crate::inspections::ALL,
    crate::installations::ALL,
    crate::invites::ALL,
    crate::jobs::ALL,
    crate::kind_versions::ALL,
    crate::kitchens::ALL,
    crate::leaving_files::ALL,
    crate::lists::ALL,
    crate::lists::BOARDS,
    crate::lists::PASTS,
    crate::lists::NEWEST,
    crate::lists::STREAMS,
    crate::lists::LYING,
    crate::looks::ALL,
    crate::meals::ALL,
    crate::meetings::ALL,
    crate::menus::ALL,
    crate::norms::ALL,
    crate::notices::ALL,
    crate::occasions::ALL,
    crate::outbox::ALL,
    crate::pairings::ALL,
    crate::partners::ALL,
    crate::persons::ALL,
    crate::petitioners::ALL,
    crate::pictures::ALL,
    crate::place_changes::ALL,
    crate::places::ALL,
    crate::pledges::ALL,
    crate::posts::ALL,
    crate::preferences::ALL,
    crate::procedures::ALL,
    crate::proposals::ALL,
    crate::public_cases::ALL,
    crate::reads::ALL,
    crate::recovery_codes::ALL,
    crate::rollups::ALL,
    crate::rooms::ALL,
    crate::rounds::ALL,
    crate::rulings::ALL,
    crate::samples::ALL,
    crate::search::ALL,
    crate::series::ALL,
    crate::services::ALL,
    crate::sessions::ALL,
    crate::settings::ALL,
    crate::shifts::ALL,
    crate::sign_in_codes::ALL,
    crate::sign_ups::ALL,
    crate::skills::ALL,
    crate::staged_pieces::ALL,
    crate::supervision_rules::ALL,
    crate::teams::ALL,
    crate::task_parts::ALL,
    crate::task_telling::ALL,
    crate::tasks::ALL,
    crate::tellings::ALL,
    crate::timing::ALL,
    crate::tokens::ALL,
    crate::tries::ALL,
    crate::units::ALL,
    crate::venues::ALL,
    crate::verify::ALL,
    crate::views::ALL,
    crate::volunteers::ALL,
    crate::webhooks::ALL,
    crate::windows::ALL,
];

/// Every statement, file by file.
pub fn all() -> impl Iterator<Item = &'static Statement> {
    FILES.iter().copied().flatten().copied()
}

#[cfg(test)]
#[path = "statements_tests.rs"]
mod tests;
