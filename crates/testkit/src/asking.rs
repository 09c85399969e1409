//! Who is asked in the demo's town, and what they say: some yes, some no, the rest wait for
//! whoever looks.

use huiyin_app::cases::Channel;
use huiyin_app::cases::advance::{self, advance};
use huiyin_app::cases::open::{self, open};
use huiyin_app::proposals::{accept, decline, own};
use huiyin_app::{App, Error, jobs};
use huiyin_domain::access::{Actor, Who};
use huiyin_domain::case::{Input, Value, Values};
use huiyin_domain::id::CaseId;
use huiyin_domain::proposal::DeclineReason;
use huiyin_domain::words::Lang;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::town::Town;
use crate::volunteering::Staff;

/// Chances of their own, so that the rest of the town stays as it was.
const SALT: u64 = 0x5eed_0016;

/// Lets the house ask once, and a few of those asked answer. Needs volunteers who were accepted.
pub async fn answers(app: &App, town: &Town, seed: u64) -> Result<(), Error> {
    looks_for_somebody(app, town, "想要一个带靠背的洗澡凳，站久了腿软。").await?;
    jobs::sweep(app).await?;
    let mut rng = ChaCha8Rng::seed_from_u64(seed ^ SALT);
    for person in town.volunteers() {
        let actor = Actor {
            who: Who::Person(person.id),
            posts: Vec::new(),
        };
        for line in own::list(app, &actor).await?.lines {
            let said = match rng.random_range(0..10) {
                0..3 => accept::accept(app, &actor, line.id).await.map(drop),
                3..6 => {
                    let why = DeclineReason::ALL.choose(&mut rng).copied();
                    decline::decline(app, &actor, line.id, why).await
                }
                _ => Ok(()),
            };
            match said {
                // They may have taken on as much as one person may.
                Ok(()) | Err(Error::Refused(_)) => {}
                Err(error) => return Err(error),
            }
        }
    }
    looks_for_somebody(app, town, "阳台的晾衣杆太高，想换一根摇得下来的。").await
}

/// Somebody where most is to be seen has a wish, and the community has just put it on the wall.
async fn looks_for_somebody(app: &App, town: &Town, text: &str) -> Result<(), Error> {
    let staff = Staff::of(town);
    let place = staff.first_community(town);
    let Some(keeper) = staff.keeper(&place) else {
        return Ok(());
    };
    let text = Value::Text(text.to_owned());
    let id = CaseId::from_raw(app.mint());
    let request = open::Request {
        id,
        kind: "wish".to_owned(),
        values: values([
            ("description", text.clone()),
            ("place", Value::Place(place)),
        ]),
        language: Lang::ZH,
        channel: Channel::Web,
        key: None,
        at: None,
    };
    open(app, &Actor::anyone(), request).await?;
    let said = [
        ("thing", Value::Choice("household".to_owned())),
        ("public_text", text),
        ("consent", Value::YesNo(true)),
    ];
    let request = advance::Request {
        id,
        version: None,
        step: "publish".to_owned(),
        input: Input {
            values: values(said),
        },
        key: None,
        at: None,
    };
    advance(app, &keeper, request).await.map(drop)
}

fn values<const N: usize>(values: [(&str, Value); N]) -> Values {
    let owned = values.into_iter();
    owned
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
