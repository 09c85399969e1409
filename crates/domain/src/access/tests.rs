use super::matrix::{Relation, parse, relations};
use super::*;
use crate::id::{PersonId, PostId, UnitId};
use crate::person::Role;
use crate::place::PlaceCode;

fn place(code: &str) -> PlaceCode {
    code.parse().unwrap()
}

fn actor(role: Role, unit: i64, at: &str) -> Actor {
    Actor {
        who: Who::Person(PersonId::from_raw(1)),
        posts: vec![HeldPost {
            post: PostId::from_raw(1),
            unit: UnitId::from_raw(unit),
            role,
            place: place(at),
            took_over: Vec::new(),
        }],
    }
}

/// A case in community 652901001001, owned by unit 7, opened by unit 8, unit 9 called.
fn thing() -> Thing {
    Thing {
        place: place("652901001001"),
        owner_unit: Some(UnitId::from_raw(7)),
        opened_unit: Some(UnitId::from_raw(8)),
        called_units: vec![UnitId::from_raw(9)],
    }
}

#[test]
fn the_table_reads_and_faults_name_their_line() {
    assert!(parse(include_str!("matrix.txt")).is_ok());
    for (text, fault) in [
        ("\ncase.red operator own", "matrix.txt:2: no such action"),
        ("case.read boss own", "matrix.txt:1: no such role"),
        ("case.read operator mine", "matrix.txt:1: no such relation"),
        ("case.read operator", "matrix.txt:1: no relation"),
        (
            "case.read office any\ncase.read office own",
            "matrix.txt:2: stands twice",
        ),
    ] {
        assert_eq!(parse(text).unwrap_err(), fault);
    }
}

#[test]
fn every_action_may_be_done_by_somebody() {
    for &(action, word) in Action::ALL {
        assert!(
            Role::ALL
                .iter()
                .any(|&role| !relations(action, role).is_empty()),
            "{word}"
        );
    }
}

#[test]
fn administrators_see_no_content() {
    for role in [Role::System, Role::Security, Role::Auditor] {
        for action in [
            Action::CaseRead,
            Action::CaseList,
            Action::CaseComment,
            Action::CaseOpen,
            Action::CaseStep,
            Action::PetitionerRead,
            Action::CallerFind,
        ] {
            assert!(relations(action, role).is_empty(), "{role:?} {action:?}");
        }
    }
}

#[test]
fn reading_by_role_and_relation() {
    // own, parent, child, sibling and unassigned place; own, called, opening and strange unit
    for (role, unit, at, allowed) in [
        (Role::Community, 1, "652901001001", true),
        (Role::Community, 1, "652901001", true),
        (Role::Community, 1, "652901001001001", false),
        (Role::Community, 1, "652901001002", false),
        (Role::Community, 7, "652902001001", true),
        (Role::Handler, 1, "652901001001", false),
        (Role::Handler, 7, "6529", true),
        (Role::Handler, 8, "6529", true),
        (Role::Handler, 9, "6529", true),
        (Role::Partner, 8, "6529", false),
        (Role::Operator, 9, "652902", false),
        (Role::Operator, 8, "652902", true),
        (Role::System, 7, "652901001001", false),
    ] {
        let actor = actor(role, unit, at);
        assert_eq!(
            may(&actor, Action::CaseRead, Some(&thing())),
            allowed,
            "{role:?} of unit {unit} at {at}"
        );
    }
    assert!(!may(&Actor::anyone(), Action::CaseRead, Some(&thing())));
    assert!(!may(
        &actor(Role::Community, 7, "6529"),
        Action::CaseRead,
        None
    ));
}

#[test]
fn a_scope_is_as_wide_as_the_posts_and_no_wider() {
    let mut held = actor(Role::Community, 7, "652901001001");
    held.posts
        .push(actor(Role::Dispatcher, 6, "652901001").posts.remove(0));
    let wide = scope(&held, Action::CaseList);
    assert_eq!(wide.places(), [place("652901001")]);
    assert_eq!(wide.units(), [UnitId::from_raw(7), UnitId::from_raw(6)]);
    assert!(!wide.is_everything());

    assert!(scope(&Actor::anyone(), Action::CaseList).is_nothing());
    assert!(scope(&actor(Role::Auditor, 1, "6529"), Action::CaseList).is_nothing());
    assert!(
        scope(&actor(Role::Handler, 3, "6529"), Action::CaseList)
            .places()
            .is_empty()
    );
    assert_eq!(relations(Action::CaseOpen, Role::Operator), [Relation::Any]);
}
