//! Doors of the demo's town: every community has its own, some with a contact that their people
//! left, one of which has to be asked for again soon.

use huiyin_app::households::leave_contact::{self, Agreed, leave_contact};
use huiyin_app::households::{import, list};
use huiyin_app::import::Mode;
use huiyin_app::{App, Error};
use huiyin_domain::access::Actor;
use huiyin_domain::place::{Level, PlaceCode};
use jiff::{SignedDuration, Timestamp};

use crate::town::Town;
use crate::volunteering::Staff;

/// In a town each floor of an entrance has two doors; a yard in a village has as many as this.
const FLOORS: i64 = 3;
const YARDS: i64 = 5;
/// Every so many doors have left a contact.
const EVERY: usize = 9;
/// The first contact was left so long ago.
const LONG_AGO: SignedDuration = SignedDuration::from_hours(24 * 345);

/// The doors are there; contacts in the first community only. `set` says what time it is.
pub async fn begins(app: &App, town: &Town, set: impl Fn(Timestamp)) -> Result<(), Error> {
    let staff = Staff::of(town);
    for community in town.places_at(Level::Community) {
        if let Some(keeper) = staff.keeper(&community.code) {
            let file = doors(town, &community.code);
            import::import(app, &keeper, &[file.as_bytes()], Mode::Real).await?;
        }
    }
    let first = staff.first_community(town);
    let Some(keeper) = staff.keeper(&first) else {
        return Ok(());
    };
    let now = app.now();
    let left = leave(app, (&keeper, &first), &set).await;
    set(now);
    left
}

/// One line for each door: of a building those of its entrances, in a village the yards.
fn doors(town: &Town, community: &PlaceCode) -> String {
    let mut file = "place,door\n".to_owned();
    let buildings = town.places_at(Level::Building);
    for building in buildings.filter(|place| place.code.is_within(community)) {
        let code = &building.code;
        let is_yard = building.names.in_lang("zh").ends_with('院');
        if is_yard {
            for yard in 1..=YARDS {
                file.push_str(&format!("{code},{yard}号\n"));
            }
            continue;
        }
        let entrances = town.places_at(Level::Door);
        let entrances = entrances.filter(|place| place.code.is_within(code)).count();
        for entrance in 1..=entrances.max(1) {
            for floor in 1..=FLOORS {
                file.push_str(&format!("{code},{entrance}-{floor}01\n"));
                file.push_str(&format!("{code},{entrance}-{floor}02\n"));
            }
        }
    }
    file
}

async fn leave(
    app: &App,
    (keeper, place): (&Actor, &PlaceCode),
    set: &impl Fn(Timestamp),
) -> Result<(), Error> {
    let now = app.now();
    let page = list::list(app, keeper, (place.clone(), None)).await?;
    for (number, line) in page.lines.iter().step_by(EVERY).enumerate() {
        set(if number == 0 { now - LONG_AGO } else { now });
        let request = leave_contact::Request {
            id: line.household.id,
            contact: format!("1390000{:04}", 7_000 + number),
            agreed: Agreed::Yes,
        };
        leave_contact(app, keeper, request).await?;
    }
    Ok(())
}
