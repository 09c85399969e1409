//! A contact is left by those who agreed, seen only by an act of its own, and gone after a year or
//! at once.

use huiyin_domain::access::Actor;
use huiyin_domain::id::{HouseholdId, PersonId};
use huiyin_domain::person::Role;
use huiyin_store::{Tx, administration, households};
use jiff::SignedDuration;

use super::at_door;
use super::contact::{self, unseal};
use super::erase_contact::erase_contact;
use super::leave_contact::{self, Agreed, leave_contact};
use super::list::list;
use super::tests::{
    COMMUNITY, NEIGHBOUR, ONE, added, code, door, elsewhere, holds, keeper, refused,
};
use super::{add, close, look};
use crate::testing::{Bench, benches};
use crate::{jobs, looks};

const NUMBER: &str = "139 0000 0001";

async fn leave(bench: &Bench, actor: &Actor, id: HouseholdId) {
    let request = leave_contact::Request {
        id,
        contact: NUMBER.to_owned(),
        agreed: Agreed::Yes,
    };
    leave_contact(&bench.app, actor, request).await.unwrap();
}

fn why(id: HouseholdId, purpose: &str) -> contact::Request {
    contact::Request {
        id,
        purpose: purpose.to_owned(),
    }
}

async fn looked(bench: &Bench, id: HouseholdId) -> Vec<households::Look> {
    let read = move |tx: &mut Tx<'_>| households::looks_of(tx, id, 10);
    bench.app.store.read(read).await.unwrap()
}

#[tokio::test]
async fn a_contact_needs_the_tick_and_shows_only_by_an_act_of_its_own() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let (app, id) = (&bench.app, added(&bench, &keeper, (ONE, "3-201")).await);
        let request = leave_contact::Request {
            id,
            contact: NUMBER.to_owned(),
            agreed: Agreed::No,
        };
        let done = leave_contact(app, &keeper, request).await;
        assert_eq!(refused(done), "agreed:fault-household-agreed");
        assert_eq!(unseal(app, &keeper, why(id, "storm")).await.unwrap(), None);
        assert_eq!(looked(&bench, id).await, []);
        leave(&bench, &keeper, id).await;
        let page = list(app, &keeper, (code(COMMUNITY), None)).await.unwrap();
        assert!(page.lines[0].kept_until.is_some());
        assert!(!format!("{page:?}").contains("13900000001"));
        let page = look::look(app, &keeper, id).await.unwrap();
        assert!(page.contact.is_some() && page.looks.is_empty());
        assert!(!format!("{page:?}").contains("13900000001"));
        let done = unseal(app, &keeper, why(id, " ")).await;
        assert_eq!(refused(done), "purpose:fault-required");
        let done = unseal(app, &keeper, why(id, &"x".repeat(201))).await;
        assert_eq!(refused(done), "purpose:fault-too-long");
        let left = unseal(app, &keeper, why(id, "a burst pipe")).await.unwrap();
        assert_eq!(left.unwrap().contact, "+8613900000001");
        let looks = looked(&bench, id).await;
        assert_eq!(
            (looks.len(), looks[0].purpose.as_str()),
            (1, "a burst pipe")
        );
        assert_eq!(looks[0].person, PersonId::from_raw(1));
        let auditor = elsewhere(&keeper, Role::Auditor, "6529");
        let all = looks::latest(app, &auditor, None).await.unwrap();
        assert!(matches!(all[0].of, looks::Of::Household(of) if of == id));
        let worker = elsewhere(&keeper, Role::GridWorker, ONE);
        let page = look::look(app, &worker, id).await.unwrap();
        assert_eq!((page.looks.len(), page.may_look), (1, true));
        holds(&bench);
    }
}

#[tokio::test]
async fn nobody_from_elsewhere_or_above_opens_it() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let (app, id) = (&bench.app, added(&bench, &keeper, (ONE, "3-201")).await);
        leave(&bench, &keeper, id).await;
        for (role, place, key) in [
            (Role::Community, NEIGHBOUR, "refused-no-household"),
            (Role::GridWorker, NEIGHBOUR, "refused-no-household"),
            (Role::Office, COMMUNITY, "refused-not-permitted"),
            (Role::Supervisor, COMMUNITY, "refused-not-permitted"),
            (Role::Security, COMMUNITY, "refused-not-permitted"),
        ] {
            let other = elsewhere(&keeper, role, place);
            let done = unseal(app, &other, why(id, "curious")).await;
            assert_eq!(refused(done), key, "{role:?}");
            let done = erase_contact(app, &other, id).await;
            assert_eq!(refused(done), key, "{role:?}");
        }
        assert_eq!(looked(&bench, id).await, []);
    }
}

#[tokio::test]
async fn it_is_gone_after_a_year_and_asked_for_before() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        let first = added(&bench, &keeper, (ONE, "3-201")).await;
        leave(&bench, &keeper, first).await;
        bench.clock.advance(SignedDuration::from_hours(24 * 300));
        let later = added(&bench, &keeper, (ONE, "3-202")).await;
        leave(&bench, &keeper, later).await;
        let asked = async || {
            let page = list(app, &keeper, (code(COMMUNITY), None)).await.unwrap();
            let doors = page.asked_again.iter().map(|line| line.household.id);
            doors.collect::<Vec<_>>()
        };
        assert_eq!(asked().await, []);
        bench.clock.advance(SignedDuration::from_hours(24 * 50));
        assert_eq!(asked().await, [first]);
        bench.clock.advance(SignedDuration::from_hours(24 * 15));
        assert_eq!(asked().await, []);
        // Before any job has run, it is as if it were gone.
        assert_eq!(
            unseal(app, &keeper, why(first, "storm")).await.unwrap(),
            None
        );
        jobs::keep_house(app).await.unwrap();
        let read = move |tx: &mut Tx<'_>| {
            Ok::<_, huiyin_store::DbError>((
                households::unseal(tx, first)?.is_some(),
                households::unseal(tx, later)?.is_some(),
            ))
        };
        assert_eq!(app.store.read(read).await.unwrap(), (false, true));
        // Asked again, its people agreed again: the year begins anew.
        leave(&bench, &keeper, first).await;
        let page = look::look(app, &keeper, first).await.unwrap();
        assert!(page.contact.is_some_and(|kept| !kept.asked_again));
    }
}

#[tokio::test]
async fn whoever_left_it_has_it_erased_at_once_and_a_closed_door_keeps_none() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let app = &bench.app;
        let request = add::Request {
            contact: NUMBER.to_owned(),
            agreed: Agreed::Yes,
            ..door(ONE, "3-201")
        };
        add::add(app, &keeper, request).await.unwrap();
        let page = list(app, &keeper, (code(ONE), None)).await.unwrap();
        let id = page.lines[0].household.id;
        assert!(page.lines[0].kept_until.is_some());
        assert!(erase_contact(app, &keeper, id).await.unwrap());
        assert!(!erase_contact(app, &keeper, id).await.unwrap());
        assert_eq!(unseal(app, &keeper, why(id, "storm")).await.unwrap(), None);
        leave(&bench, &keeper, id).await;
        let closing = (id, close::Becomes::Closed);
        close::close(app, &keeper, closing).await.unwrap();
        let kept = app.store.read(move |tx| households::kept(tx, id)).await;
        assert_eq!(kept.unwrap(), None);
        let request = leave_contact::Request {
            id,
            contact: NUMBER.to_owned(),
            agreed: Agreed::Yes,
        };
        let done = leave_contact(app, &keeper, request).await;
        assert_eq!(refused(done), "refused-household-closed");
        let log = app
            .store
            .read(|tx| administration::newest(tx, None, 20))
            .await;
        let log = log.unwrap();
        let acts: Vec<&str> = log.iter().map(|one| one.act.as_str()).collect();
        let expected = [
            "household-closed",
            "household-contact-left",
            "household-contact-erased",
            "household-added",
        ];
        assert_eq!(acts, expected);
        assert!(!format!("{log:?}").contains("1390000"));
        holds(&bench);
    }
}

#[tokio::test]
async fn a_case_from_a_door_takes_the_contact_only_when_its_people_ask() {
    for bench in benches() {
        let keeper = keeper(&bench).await;
        let (app, id) = (&bench.app, added(&bench, &keeper, (ONE, "3-201")).await);
        let address = at_door::address(app, &keeper, id).await.unwrap();
        let names: Vec<&str> = address.places.iter().map(|one| one.in_lang("zh")).collect();
        assert_eq!(names, ["652901001001", "第一网格", "1号楼"]);
        let purpose = || "they ask".to_owned();
        let asked = at_door::asked(app, &keeper, (id, purpose())).await.unwrap();
        assert_eq!(asked, None);
        leave(&bench, &keeper, id).await;
        at_door::address(app, &keeper, id).await.unwrap();
        assert_eq!(looked(&bench, id).await, []);
        let asked = at_door::asked(app, &keeper, (id, purpose())).await.unwrap();
        assert_eq!(asked.as_deref(), Some("+8613900000001"));
        assert_eq!(looked(&bench, id).await.len(), 1);
        let office = elsewhere(&keeper, Role::Office, COMMUNITY);
        let done = at_door::asked(app, &office, (id, purpose())).await;
        assert_eq!(refused(done), "refused-not-permitted");
        let neighbour = elsewhere(&keeper, Role::Community, NEIGHBOUR);
        let done = at_door::address(app, &neighbour, id).await;
        assert_eq!(refused(done), "refused-no-household");
    }
}
