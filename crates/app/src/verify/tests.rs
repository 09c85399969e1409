//! Whatever somebody does to a database behind the house's back is found, on both engines.

use huiyin_domain::access::Actor;
use huiyin_domain::case::{Input, Value, Values};
use huiyin_domain::words::Lang;
use huiyin_store::scratch::Harm;

use super::*;
use crate::cases::{Channel, advance, open};
use crate::testing::benches;

/// A case with two entries: still open, or withdrawn.
async fn case(app: &App, id: CaseId, second: &str) {
    let text = |text: &str| Value::Text(text.to_owned());
    let place = Value::Place("652901001001".parse().unwrap());
    let values = Values::from([
        ("description".to_owned(), text("三单元暖气不热")),
        ("place".to_owned(), place),
    ]);
    let request = open::Request {
        id,
        kind: "appeal".to_owned(),
        values,
        language: Lang::ZH,
        channel: Channel::Web,
        key: None,
        at: None,
    };
    open::open(app, &Actor::anyone(), request).await.unwrap();
    let field = if second == "add" { "message" } else { "why" };
    let request = advance::Request {
        id,
        version: None,
        step: second.to_owned(),
        input: Input {
            values: Values::from([(field.to_owned(), text("已经三天了"))]),
        },
        key: None,
        at: None,
    };
    let actor = Actor::petitioner(id);
    advance::advance(app, &actor, request).await.unwrap();
}

/// The number of an invariant, and how it is broken.
type Broken = (u8, &'static str);

/// What is done, to an open or a closed case, and which invariants are then broken, how.
const HARMS: [(Harm, &str, &[Broken]); 12] = [
    (
        Harm::TextChanged,
        "add",
        &[(4, "the text of entry 2 was changed")],
    ),
    (
        Harm::StepChanged,
        "add",
        &[(4, "entry 2 does not follow from the one before it")],
    ),
    (
        Harm::LastEntryDropped,
        "withdraw",
        &[
            (4, "entries are missing, or there are too many"),
            (4, "its history ends in another stage"),
        ],
    ),
    (
        Harm::FirstEntryDropped,
        "withdraw",
        &[
            (4, "entry 2 stands in the place of 1"),
            (4, "entry 2 begins in another stage"),
            (4, "entry 2 does not follow from the one before it"),
            (4, "entries are missing, or there are too many"),
        ],
    ),
    (
        Harm::HashesSwapped,
        "add",
        &[
            (4, "entry 1 does not follow from the one before it"),
            (4, "entry 2 does not follow from the one before it"),
        ],
    ),
    (
        Harm::TwoOwners,
        "add",
        &[(1, "it has not exactly one owner")],
    ),
    (Harm::NoOwner, "add", &[(1, "it has not exactly one owner")]),
    (Harm::NoClock, "add", &[(2, "no clock is running")]),
    (
        Harm::ClockMoved,
        "add",
        &[(2, "its clock runs to another end than its history tells")],
    ),
    (
        Harm::PromiseMoved,
        "add",
        &[(4, "what was promised is not what its history tells")],
    ),
    (
        Harm::NoOutcome,
        "withdraw",
        &[(3, "it is closed without an outcome that its kind knows")],
    ),
    (Harm::NoPetitioner, "add", &[(5, "nobody can follow it")]),
];

#[test]
fn every_harm_is_named_and_nothing_else() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for bench in benches() {
        let id = |number: usize| CaseId::from_raw(i64::try_from(number).unwrap() + 1);
        for (number, (_, second, _)) in HARMS.iter().enumerate() {
            runtime.block_on(case(&bench.app, id(number), second));
        }
        runtime.block_on(case(&bench.app, id(HARMS.len()), "add"));
        assert_eq!(verify(&bench.app).unwrap().findings, []);
        for (number, (harm, _, _)) in HARMS.iter().enumerate() {
            bench.scratch.harm(id(number), *harm);
        }
        let findings = verify(&bench.app).unwrap().findings;
        for (number, (harm, _, expected)) in HARMS.iter().enumerate() {
            let of_case = findings.iter().filter(|finding| finding.case == id(number));
            let told: Vec<(u8, &str)> = of_case
                .map(|finding| (finding.invariant, finding.what.as_str()))
                .collect();
            assert_eq!(told, *expected, "{harm:?}");
        }
        let whole = id(HARMS.len());
        assert!(findings.iter().all(|finding| finding.case != whole));
    }
}
