//! Errands: every paper is accounted for, whatever is tried.

use std::collections::BTreeMap;

use huiyin_domain::access::Actor;
use huiyin_domain::case::{Input, Kind, Value};
use huiyin_domain::id::{CaseId, UnitId};
use huiyin_domain::person::Role;
use huiyin_domain::procedure::{PaperState, builtin_procedures};
use huiyin_domain::words::Lang;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use crate::Error;
use crate::cases::{Channel, advance, list, open, read};
use crate::procedures::{import, put};
use crate::testing::{Bench, benches};
use crate::venues::tests::key;
use crate::verify::verify;

const CASE: CaseId = CaseId::from_raw(77);

struct Town {
    bench: Bench,
    kind: Kind,
    door: Actor,
    community: Actor,
}

impl Town {
    async fn all() -> Vec<Town> {
        let mut towns = Vec::new();
        for bench in benches() {
            let door = bench.employ(1, Role::GridWorker, "g@example.org").await;
            let community = bench.employ(2, Role::Community, "c@example.org").await;
            let reply = import::import(&bench.app, &Actor::system(), builtin_procedures()).await;
            reply.unwrap();
            let kinds = bench.app.kinds();
            let mut kinds = kinds.current().iter();
            let kind = kinds.find(|kind| kind.procedure_field().is_some());
            let kind = Kind::clone(kind.expect("a kind of errands"));
            towns.push(Town {
                bench,
                kind,
                door,
                community,
            });
        }
        towns
    }

    async fn asks(&self, id: CaseId, procedure: &str) -> Result<open::Reply, Error> {
        let input = Input::default()
            .with("procedure", Value::Choice(procedure.to_owned()))
            .with(
                "description",
                Value::Text("老年优待证，她下不了楼。".to_owned()),
            )
            .with("for_whom", Value::Choice("self".to_owned()))
            .with("way", Value::Choice("at_home".to_owned()))
            .with("place", Value::Place("652901001001".parse().unwrap()));
        let request = open::Request {
            id,
            kind: self.kind.slug.clone(),
            values: input.values,
            language: Lang::ZH,
            channel: Channel::Door,
            key: None,
            at: None,
        };
        open::open(&self.bench.app, &self.door, request).await
    }

    async fn takes(&self, who: &Actor, step: &str, input: Input) -> Result<(), Error> {
        let request = advance::Request {
            id: CASE,
            version: None,
            step: step.to_owned(),
            input,
            key: None,
            at: None,
        };
        advance::advance(&self.bench.app, who, request)
            .await
            .map(drop)
    }

    async fn agreed(&self) {
        self.asks(CASE, "senior-card").await.unwrap();
        let input = Input::default()
            .with("meet_on", Value::Date("2026-03-03".parse().unwrap()))
            .with("meet_at", Value::Text("家门口".to_owned()));
        self.takes(&self.community, "accept", input).await.unwrap();
    }

    async fn errand(&self) -> super::Errand {
        let page = read::read(&self.bench.app, &self.community, CASE).await;
        page.unwrap().errand.expect("an errand")
    }

    async fn states(&self) -> BTreeMap<u32, PaperState> {
        let papers = self.errand().await.papers.into_iter();
        papers.map(|paper| (paper.number, paper.state)).collect()
    }

    fn is_true(&self) {
        let app = self.bench.app.clone();
        let report = std::thread::spawn(move || verify(&app))
            .join()
            .unwrap()
            .unwrap();
        assert!(
            report.findings.is_empty() && report.beside.is_empty(),
            "{report:?}"
        );
    }
}

fn ticks(field: &str, numbers: &[u32]) -> Input {
    let numbers = numbers.iter().map(ToString::to_string).collect();
    Input::default().with(field, Value::Choices(numbers))
}

#[tokio::test]
async fn a_card_is_fetched_and_every_paper_comes_back() {
    for town in Town::all().await {
        let (door, community) = (&town.door, &town.community);
        town.agreed().await;
        assert_eq!(town.states().await.len(), 4);
        town.takes(door, "hand_over", ticks("papers_in", &[1, 2]))
            .await
            .unwrap();
        let twice = town
            .takes(door, "hand_over", ticks("papers_in", &[1]))
            .await;
        assert_eq!(key(&twice.unwrap_err()), "refused-wrong-stage");
        town.takes(community, "file", ticks("papers_filed", &[1, 2]))
            .await
            .unwrap();
        let fetched = ticks("papers_fetched", &[1])
            .with("papers_kept", Value::Choices(vec!["2".to_owned()]))
            .with("result", Value::Text("老年优待证 1 本".to_owned()));
        town.takes(community, "fetch", fetched).await.unwrap();
        // The card itself is the fifth paper, and must not be forgotten.
        let forgotten = town
            .takes(door, "give_back", ticks("papers_back", &[1]))
            .await;
        assert_eq!(key(&forgotten.unwrap_err()), "fault-papers-missing");
        let others = town
            .takes(door, "give_back", ticks("papers_back", &[1, 2, 5]))
            .await;
        assert_eq!(key(&others.unwrap_err()), "fault-not-paper");
        town.takes(door, "give_back", ticks("papers_back", &[1, 5]))
            .await
            .unwrap();
        town.takes(&Actor::petitioner(CASE), "confirm", Input::default())
            .await
            .unwrap();
        let errand = town.errand().await;
        assert_eq!((errand.out(), errand.moves.len()), (0, 9));
        assert_eq!(town.states().await[&2], PaperState::Kept);
        assert_eq!(town.states().await[&5], PaperState::Returned);
        town.is_true();
    }
}

#[tokio::test]
async fn it_goes_on_under_the_version_with_which_it_began() {
    for town in Town::all().await {
        town.agreed().await;
        let mut all = builtin_procedures().iter();
        let (_, text) = all.find(|(slug, _)| *slug == "senior-card").unwrap();
        let cut = text.rfind("\n[[papers]]").unwrap();
        let shorter = text[..cut].to_owned();
        let request = put::Request {
            slug: "senior-card".to_owned(),
            text: shorter,
            version: 1,
        };
        put::put(&town.bench.app, &Actor::system(), request)
            .await
            .unwrap();
        assert_eq!(town.errand().await.version, 1);
        assert_eq!(town.errand().await.procedure.papers.len(), 4);
        town.is_true();
    }
}

#[tokio::test]
async fn what_is_not_in_the_guide_is_no_errand() {
    for town in Town::all().await {
        let refused = town.asks(CASE, "palace").await.unwrap_err();
        assert_eq!(key(&refused), "fault-not-procedure");
        let app = &town.bench.app;
        crate::procedures::close::close(app, &Actor::system(), "senior-card")
            .await
            .unwrap();
        let refused = town.asks(CASE, "senior-card").await.unwrap_err();
        assert_eq!(key(&refused), "fault-not-procedure");
        town.is_true();
    }
}

#[tokio::test]
async fn of_two_who_hand_over_at_once_one_does() {
    for town in Town::all().await {
        town.agreed().await;
        let take = |numbers: &[u32]| {
            let input = ticks("papers_in", numbers);
            town.takes(&town.door, "hand_over", input)
        };
        let (one, other) = tokio::join!(take(&[1]), take(&[1, 2]));
        assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1);
        let held = town.states().await;
        let held = held.values().filter(|state| state.is_out()).count();
        assert_eq!(town.errand().await.moves.len(), held);
        town.is_true();
    }
}

/// What every step does to a paper, written down once more without the product.
fn naive(field: &str, state: &str) -> Option<&'static str> {
    match (field, state) {
        ("papers_in", "listed" | "returned") => Some("held"),
        ("papers_filed", "held") => Some("filed"),
        ("papers_fetched", "filed") => Some("held"),
        ("papers_kept", "filed") => Some("kept"),
        ("papers_back", "held") => Some("returned"),
        _ => None,
    }
}

#[tokio::test]
async fn papers_are_where_a_naive_model_says() {
    const STEPS: [(&str, &str); 9] = [
        ("hand_over", "papers_in"),
        ("hand_more", "papers_in"),
        ("hand_more", "papers_in"),
        ("file", "papers_filed"),
        ("file_more", "papers_filed"),
        ("refused_there", "papers_fetched"),
        ("fetch_more", "papers_fetched"),
        ("fetch_more", "papers_kept"),
        ("give_back", "papers_back"),
    ];
    for (seed, town) in (0..).zip(Town::all().await) {
        let mut rng = StdRng::seed_from_u64(seed);
        town.agreed().await;
        let mut model: BTreeMap<u32, &str> = (1..=4).map(|number| (number, "listed")).collect();
        let (mut done, mut moves) = (0, 0);
        for _ in 0..160 {
            let (step, field) = *STEPS.choose(&mut rng).unwrap();
            // Nothing at all is ticked now and then, as on a form that is sent empty.
            let chance = *[0.0, 0.3, 0.6].choose(&mut rng).unwrap();
            let numbers: Vec<u32> = (1..=5).filter(|_| rng.random_bool(chance)).collect();
            let mut input = ticks(field, &numbers);
            if step == "refused_there" {
                input = input.with("why_not", Value::Text("缺章。".to_owned()));
            }
            let fits = numbers.iter().all(|number| {
                let state = model.get(number);
                state.is_some_and(|state| naive(field, state).is_some())
            });
            let came = town.takes(&town.community, step, input).await;
            if came.is_ok() {
                assert!(fits, "{step} {numbers:?} {model:?}");
                for number in &numbers {
                    let state = model[number];
                    model.insert(*number, naive(field, state).unwrap());
                    moves += 1;
                }
                done += 1;
                let out = model
                    .values()
                    .any(|state| matches!(*state, "held" | "filed"));
                assert!(step != "give_back" || !out, "{model:?}");
            }
            let states = town.states().await;
            let told: BTreeMap<u32, &str> = states.iter().map(|(n, s)| (*n, s.word())).collect();
            assert_eq!(told, model, "after {step} {numbers:?}");
        }
        assert!(done >= 2, "only {done} steps were possible");
        assert_eq!(town.errand().await.moves.len(), moves);
        town.is_true();
    }
}

#[tokio::test]
async fn who_signed_is_known_to_the_unit_in_charge_and_to_themselves() {
    for town in Town::all().await {
        town.agreed().await;
        let name = Value::Text("阿依努尔".to_owned());
        let handed = ticks("papers_in", &[1]).with("signed_name", name);
        town.takes(&town.community, "hand_over", handed)
            .await
            .unwrap();
        let app = &town.bench.app;
        let sees = async |who: &Actor| {
            let page = read::read(app, who, CASE).await.unwrap();
            let said = page.entries.iter().map(|entry| &entry.says);
            let mut all = said.chain([&page.values]);
            all.any(|values| values.contains_key("signed_name"))
        };
        let mut office = town.bench.employ(3, Role::Office, "o@example.org").await;
        // It looks over the place, and another unit is in charge.
        office.posts[0].unit = UnitId::from_raw(99);
        assert!(sees(&town.community).await);
        assert!(sees(&Actor::petitioner(CASE)).await, "they signed it");
        assert!(!sees(&office).await);
        let found = async |text: &str| {
            let request = list::Request {
                filter: list::Filter {
                    state: list::State::All,
                    ..list::Filter::default()
                },
                text: text.to_owned(),
                limit: 10,
                ..list::Request::default()
            };
            let found = list::list(app, &town.community, request).await.unwrap();
            found.rows.len()
        };
        assert_eq!((found("老年优待证").await, found("阿依努尔").await), (1, 0));
    }
}
