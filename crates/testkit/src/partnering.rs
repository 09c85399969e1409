//! Partner units of the demo's town: paired with the community of whoever signs in as
//! `community`, with what they did this year and what they can lend.

use huiyin_app::partners::{agree, confirm, lend, pair, report};
use huiyin_app::{App, Error};
use huiyin_domain::id::{DeedId, PartnerId, ResourceId};
use huiyin_domain::partner::{Deed, Resource};
use huiyin_domain::person::Role;
use jiff::ToSpan;

use crate::town::{Town, Townsperson};
use crate::volunteering::Staff;

/// How many units are paired.
const PAIRED: usize = 2;

/// What each did, and how many days ago; the last waits to be confirmed.
const DEEDS: [(Deed, &str, i64); 3] = [
    (Deed::Meeting, "和社区商量今年的事", 25),
    (Deed::Service, "给独居老人家里换纱窗", 12),
    (Deed::Service, "派两辆车送老人体检", 2),
];
const RESOURCES: [&str; 2] = ["能坐八十人的会议室，周末可借", "一台投影仪和两只音箱"];

/// Pairs the first units, as of now.
pub async fn begins(app: &App, town: &Town) -> Result<(), Error> {
    let staff = Staff::of(town);
    let place = staff.first_community(town);
    let Some(keeper) = staff.keeper(&place) else {
        return Ok(());
    };
    let of_partner = |person: &&Townsperson| person.role() == Some(Role::Partner);
    let today = app.config.day(app.now());
    for person in town.people.iter().filter(of_partner).take(PAIRED) {
        let unit = person.actor();
        let id = PartnerId::from_raw(app.mint());
        let request = pair::Request {
            id,
            place: place.clone(),
            contact: "办公室 0998-5550120".to_owned(),
        };
        pair::pair(app, &unit, request).await?;
        agree::agree(app, &keeper, id).await?;
        for (number, (sort, what, ago)) in DEEDS.into_iter().enumerate() {
            let deed = DeedId::from_raw(app.mint());
            let request = report::Request {
                id: deed,
                sort,
                day: today.saturating_sub(ago.days()),
                what: what.to_owned(),
            };
            report::report(app, &unit, id, request).await?;
            if number + 1 < DEEDS.len() {
                confirm::confirm(app, &keeper, (id, deed), confirm::Word::Confirmed).await?;
            }
        }
        for what in RESOURCES {
            let resource = Resource {
                id: ResourceId::from_raw(app.mint()),
                what: what.to_owned(),
            };
            lend::lend(app, &unit, id, resource).await?;
        }
    }
    Ok(())
}
