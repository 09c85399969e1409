//! Who is asked in the demo's town, and what they say: some yes, some no, the rest wait for
//! whoever looks.

use huiyin_app::proposals::{accept, decline, own};
use huiyin_app::{App, Error, jobs};
use huiyin_domain::access::{Actor, Who};
use huiyin_domain::proposal::DeclineReason;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::town::Town;

/// Chances of their own, so that the rest of the town stays as it was.
const SALT: u64 = 0x5eed_0016;

/// Lets the house ask once, and a few of those asked answer. Needs volunteers who were accepted.
pub async fn answers(app: &App, town: &Town, seed: u64) -> Result<(), Error> {
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
    Ok(())
}
