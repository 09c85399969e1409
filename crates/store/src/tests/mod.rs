//! Every store function on both engines, over one small town.

mod dumps;
mod privacy;
mod stories_of_calendars;
mod stories_of_cases;
mod stories_of_histories;
mod stories_of_lists;
mod stories_of_proposals;
mod stories_of_search;
mod stories_of_the_house;
mod stories_of_volunteers;

use huiyin_domain::access::{Action, Actor, HeldPost, Scope, Who, scope};
use huiyin_domain::case::{
    Acting, Call, CaseView, ClockView, FIRST, KindHash, Memory, Owner, Value, Values,
};
use huiyin_domain::id::{CaseId, PersonId, PostId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::person::Role;
use huiyin_domain::place::{Place, PlaceCode};
use huiyin_domain::unit::{Item, Unit, UnitCategory};
use jiff::{SignedDuration, Timestamp};

use crate::entries::{NewEntry, Text};
use crate::kind_versions::KindVersion;
use crate::persons::Person;
use crate::scratch::Scratch;
use crate::search::Found;
use crate::{DbError, Store, Tx};
use crate::{cases, duties, entries, kind_versions, persons, places, search, units};

pub(crate) const COMMUNITY: &str = "652901001001";
pub(crate) const NEXT_STREET: &str = "652901002001";
pub(crate) const HEATING: UnitId = UnitId::from_raw(1);
pub(crate) const WATER: UnitId = UnitId::from_raw(2);
pub(crate) const HOTLINE: UnitId = UnitId::from_raw(3);
pub(crate) const ANA: PersonId = PersonId::from_raw(1);
pub(crate) const BEN: PersonId = PersonId::from_raw(2);

pub(crate) fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap() + SignedDuration::from_mins(minute)
}

pub(crate) fn place(code: &str) -> PlaceCode {
    code.parse().unwrap()
}

pub(crate) fn kind_hash() -> KindHash {
    KindHash::from_bytes([7; 32])
}

/// Run a test on each engine, in a town with places, units, people, a kind.
pub(crate) fn in_town(test: impl Fn(&Store)) {
    for scratch in Scratch::each_with_tables() {
        let store = scratch.open();
        store.write_blocking(0, town).unwrap();
        test(&store);
    }
}

fn town(tx: &mut Tx<'_>) -> Result<(), DbError> {
    for code in [
        "6529",
        "652901",
        "652901001",
        COMMUNITY,
        "652901002",
        NEXT_STREET,
    ] {
        let names = Names::both(&format!("地方{code}"), &format!("place {code}"));
        places::put(
            tx,
            &Place {
                code: place(code),
                names,
                shape: None,
                closed_at: None,
            },
        )?;
    }
    for (id, category) in [
        (HEATING, UnitCategory::Department),
        (WATER, UnitCategory::Department),
        (HOTLINE, UnitCategory::Hotline),
    ] {
        units::put(tx, &unit(id, category))?;
    }
    for (id, name) in [(ANA, "Ana"), (BEN, "Ben")] {
        persons::insert(tx, &person(id, name))?;
    }
    for code in ["heating", "heating.indoor", "water"] {
        let item = Item {
            code: code.parse().unwrap(),
            names: Names::one("en", code),
            keywords: vec![code.to_owned()],
            closed_at: None,
        };
        duties::put_item(tx, &item)?;
    }
    let version = KindVersion {
        slug: "appeal".to_owned(),
        hash: kind_hash(),
        source: "{}".to_owned(),
    };
    assert!(kind_versions::keep(tx, &version)?);
    assert!(!kind_versions::keep(tx, &version)?);
    assert_eq!(kind_versions::read_all(tx)?, [version]);
    Ok(())
}

pub(crate) fn unit(id: UnitId, category: UnitCategory) -> Unit {
    Unit {
        id,
        category,
        names: Names::one("en", &format!("unit {id}")),
        place: place("652901"),
        parent: None,
        closed_at: None,
    }
}

pub(crate) fn person(id: PersonId, name: &str) -> Person {
    Person {
        id,
        login: Some(name.to_lowercase()),
        contact: None,
        name: name.to_owned(),
        language: "en".to_owned(),
        made_at: at(0),
        closed_at: None,
    }
}

/// An open appeal in the community, owned by HEATING, due in `due` minutes.
pub(crate) fn appeal(id: i64, due: i64) -> CaseView {
    CaseView {
        id: CaseId::from_raw(id),
        kind: "appeal".to_owned(),
        kind_hash: kind_hash(),
        stage: "received".to_owned(),
        version: 1,
        place: place(COMMUNITY),
        item: Some("heating.indoor".parse().unwrap()),
        urgent: false,
        owner: Owner::Unit(HEATING),
        previous_owner: None,
        opened_unit: None,
        opened_role: None,
        opened_at: at(id),
        closed_at: None,
        outcome: None,
        clock: Some(ClockView::plain("answer", at(id), at(due))),
        terms: Vec::new(),
        memory: Memory::default(),
        counts: [("open".to_owned(), 1)].into(),
        calls: Vec::<Call>::new(),
        values: Values::from([("text".to_owned(), Value::Text("暖气不热".to_owned()))]),
        merged_into: None,
    }
}

pub(crate) fn open(tx: &mut Tx<'_>, view: &CaseView, words: &[&str]) -> Result<(), DbError> {
    cases::insert(
        tx,
        &cases::Opening {
            view,
            channel: "web",
            title: "暖气不热",
        },
    )?;
    let entry = NewEntry {
        case: view.id,
        number: 1,
        at: view.opened_at,
        step: "open",
        acting: &Acting::Petitioner,
        from: None,
        to: &view.stage,
        shape: "{}",
        text: Some(Text {
            salt: &[1; 16],
            json: "{\"text\":\"暖气不热\"}",
        }),
    };
    entries::append(tx, &entry, &FIRST)?;
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let found = Found {
        case: view.id,
        kind: &view.kind,
        place: &view.place,
        words: &words,
    };
    search::insert(tx, &found)
}

pub(crate) fn loaded(store: &Store, id: i64) -> cases::Loaded {
    store
        .read_blocking(move |tx| cases::load(tx, &Scope::for_the_house(), CaseId::from_raw(id)))
        .unwrap()
        .unwrap()
}

/// The scope in which somebody with this role may list cases.
pub(crate) fn scope_of(role: Role, unit: UnitId, at: &str) -> Scope {
    let post = HeldPost {
        post: PostId::from_raw(1),
        unit,
        role,
        place: place(at),
        took_over: Vec::new(),
    };
    let actor = Actor {
        who: Who::Person(ANA),
        posts: vec![post],
    };
    scope(&actor, Action::CaseList)
}
