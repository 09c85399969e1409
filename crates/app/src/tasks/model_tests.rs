//! Random acts of a whole prefecture, held against a model that knows nothing of the product:
//! a table of what each place has said, summed by hand.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use huiyin_domain::access::Actor;
use huiyin_domain::id::TaskReportId;
use huiyin_domain::person::Role;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::task::{Rollup, State};

use super::tests::{ID, place, request, settled, works};
use super::{break_down, give, look, note, report, send_back, verify};
use crate::Error;
use crate::testing::{Bench, benches, peer};
use crate::verify::verify as audit;

/// Chance that repeats, without a library.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides).unwrap()
    }
}

/// What a place has said, as the model knows it.
#[derive(Debug, Clone)]
struct Said {
    state: State,
    amount: i64,
    entries: i64,
}

impl Said {
    fn new() -> Said {
        Said {
            state: State::Given,
            amount: 0,
            entries: 0,
        }
    }
}

struct World {
    bench: Bench,
    dice: Dice,
    /// The places that report, and what each has said.
    said: BTreeMap<PlaceCode, Said>,
    villages: BTreeMap<PlaceCode, Actor>,
    towns: BTreeMap<PlaceCode, Actor>,
    office: Actor,
    key: i64,
}

impl World {
    /// The one who acts for a place, and the one above.
    fn people(&self, at: &PlaceCode) -> (Actor, Actor) {
        let village = at.at(Level::Community).unwrap();
        let town = at.at(Level::Street).unwrap();
        let (village, town) = (&self.villages[&village], &self.towns[&town]);
        match at.level() {
            Level::Grid => (village.clone(), self.office.clone()),
            _ => (village.clone(), town.clone()),
        }
    }

    async fn act(&mut self) {
        let count = self.said.len() as u64;
        let at = self
            .said
            .keys()
            .nth(self.dice.throw(count))
            .unwrap()
            .clone();
        let (own, above) = self.people(&at);
        let known = self.said[&at].clone();
        let app = self.bench.app.clone();
        let amount = self.dice.throw(50) as i64;
        let is_open = known.state.is_to_do();
        match self.dice.throw(6) {
            0 => {
                let done = note::note(&app, &own, ID, at.clone()).await;
                // What was sent back stays so.
                let moves = known.state == State::Given;
                self.moved(&at, done, (is_open, moves), State::Noted);
            }
            1 | 2 => {
                self.key += 1;
                let told = report::Request {
                    key: TaskReportId::from_raw(self.key),
                    task: ID,
                    place: at.clone(),
                    says: String::new(),
                    amount: Some(amount),
                    photos: Vec::new(),
                    peer: peer(),
                };
                let done = report::report(&app, &own, told).await;
                if is_open {
                    self.said.get_mut(&at).unwrap().amount = amount;
                }
                self.moved(&at, done, (is_open, is_open), State::Reported);
            }
            3 => {
                let seen = vec![(at.clone(), known.entries)];
                let done = verify::verify(&app, &above, ID, seen)
                    .await
                    .unwrap()
                    .remove(0)
                    .1;
                let may = known.state == State::Reported;
                self.moved(&at, done.map_err(Error::from), (may, may), State::Verified);
            }
            4 => {
                let back = send_back::Request {
                    task: ID,
                    place: at.clone(),
                    version: known.entries,
                    why: "look again".to_owned(),
                };
                let done = send_back::send_back(&app, &above, back).await;
                let may = known.state == State::Reported;
                self.moved(&at, done, (may, may), State::SentBack);
            }
            _ if at.level() == Level::Community && self.dice.throw(4) == 0 => {
                let to = (at.clone(), Level::Grid);
                let done = break_down::break_down(&app, &own, ID, to).await;
                assert_eq!(done.is_ok(), is_open, "{at} {known:?}");
                if is_open {
                    self.said.remove(&at);
                    let grids = ["001", "002"].map(|grid| place(&format!("{at}{grid}")));
                    self.said.extend(grids.map(|grid| (grid, Said::new())));
                }
            }
            _ => {}
        }
    }

    fn moved(
        &mut self,
        at: &PlaceCode,
        done: Result<(), Error>,
        (may, moves): (bool, bool),
        to: State,
    ) {
        let said = self.said.get_mut(at).unwrap();
        assert_eq!(done.is_ok(), may, "{at} {said:?} to {to:?}: {done:?}");
        if moves {
            said.state = to;
            said.entries += 1;
        }
    }

    /// What the model says of everything in a place.
    fn sum(&self, within: &PlaceCode) -> Rollup {
        let mut sum = Rollup::default();
        for (place, said) in &self.said {
            if place.is_within(within) {
                sum.add(said.state, 1, said.amount);
            }
        }
        sum
    }

    async fn compare(&self) {
        let top = look::look(&self.bench.app, &self.office, ID, None)
            .await
            .unwrap();
        assert_eq!(top.sum, self.sum(&place("9801")));
        for (town, who) in &self.towns {
            let page = look::look(&self.bench.app, who, ID, None).await.unwrap();
            assert_eq!(page.sum, self.sum(town), "{town}");
            for row in &page.rows {
                assert_eq!(row.sum, self.sum(&row.part.place), "{}", row.part.place);
            }
        }
    }
}

async fn world(bench: Bench, seed: u64) -> World {
    let codes = settled(&bench, (2, 3, 9, 2)).await;
    let office = works(&bench, 1, Role::Office, "9801").await;
    give::give(&bench.app, &office, request("9801", Level::Community))
        .await
        .unwrap();
    let (mut villages, mut towns) = (BTreeMap::new(), BTreeMap::new());
    for (number, code) in (10..).zip(&codes) {
        let village = works(&bench, number, Role::Community, code).await;
        villages.insert(place(code), village);
        let town = place(&code[..9]);
        if let Entry::Vacant(vacant) = towns.entry(town.clone()) {
            let who = works(&bench, number + 100, Role::Dispatcher, town.as_str()).await;
            vacant.insert(who);
        }
    }
    World {
        said: villages
            .keys()
            .map(|code| (code.clone(), Said::new()))
            .collect(),
        dice: Dice(seed),
        villages,
        towns,
        office,
        key: 0,
        bench,
    }
}

#[tokio::test]
async fn sums_are_what_the_places_have_said() {
    for (seed, bench) in (1..).zip(benches()) {
        let mut world = world(bench, seed).await;
        for round in 0..240 {
            world.act().await;
            if round % 20 == 19 {
                world.compare().await;
            }
        }
        let app = world.bench.app.clone();
        let beside = tokio::task::spawn_blocking(move || audit(&app).unwrap().beside);
        assert_eq!(beside.await.unwrap(), Vec::<&str>::new());
    }
}
