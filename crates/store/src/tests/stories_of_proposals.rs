//! Proposals on both engines: asked once, answered once, and ended with the case.

use huiyin_domain::id::{ProposalId, VolunteerId};
use huiyin_domain::person::Post;
use huiyin_domain::proposal::{DeclineReason, LapseReason, ProposalState};
use huiyin_domain::volunteer::{FreeWeek, Offer, Reach, Standing, Volunteer};
use jiff::civil::date;

use super::*;
use crate::askings;
use crate::proposals::{self, Missed, Of, Proposal};
use crate::public_cases::PublicCase;
use crate::{posts, public_cases, volunteers};

const POST: PostId = PostId::from_raw(77);
const CASE: CaseId = CaseId::from_raw(40);
const OF_ANA: VolunteerId = VolunteerId::from_raw(5);
const OF_BEN: VolunteerId = VolunteerId::from_raw(6);

/// Run in one write: two volunteers who were accepted, and a public case at its first stage.
fn in_write(test: impl Fn(&mut Tx<'_>) -> Result<(), DbError> + Send + Copy + 'static) {
    in_town(|store| {
        let write = move |tx: &mut Tx<'_>| {
            let post = Post {
                id: POST,
                person: BEN,
                unit: HEATING,
                role: Role::Community,
                place: place(COMMUNITY),
                starts_at: at(0),
                ends_at: None,
            };
            posts::insert(tx, &post)?;
            for (id, person) in [(OF_ANA, ANA), (OF_BEN, BEN)] {
                volunteers::insert(tx, &volunteer(id, person))?;
                assert!(volunteers::accept(tx, id, POST, at(1))?);
            }
            open(tx, &appeal(CASE.get(), 900), &[])?;
            public_cases::put(tx, &shown())?;
            test(tx)
        };
        store.write_blocking(0, write).unwrap();
    });
}

fn volunteer(id: VolunteerId, person: PersonId) -> Volunteer {
    Volunteer {
        id,
        person,
        offer: Offer {
            name: "somebody".to_owned(),
            place: place(COMMUNITY),
            unit: None,
            skills: Vec::new(),
            free: FreeWeek::default(),
            days: Vec::new(),
            reach: Reach::Street,
            speaks: Vec::new(),
            avoids: Vec::new(),
            avoid_note: String::new(),
        },
        membership: None,
        asked_at: at(0),
        standing: Standing::Asked,
    }
}

fn shown() -> PublicCase {
    PublicCase {
        id: CASE,
        kind: "appeal".to_owned(),
        stage: "received".to_owned(),
        place: place(COMMUNITY),
        item: None,
        sort: None,
        title: "something".to_owned(),
        values: Values::new(),
        opened_on: date(2026, 11, 2),
        changed_on: date(2026, 11, 2),
        closed_on: None,
        outcome: None,
    }
}

fn proposal(id: i64, volunteer: VolunteerId) -> Proposal {
    Proposal {
        id: ProposalId::from_raw(id),
        case: CASE,
        volunteer,
        community: place(COMMUNITY),
        batch: at(60),
        post: None,
        cost: 15,
        reasons: "[]".to_owned(),
        made_at: at(60),
        answer_by: at(120),
        state: ProposalState::Open,
    }
}

fn declined(tx: &mut Tx<'_>) -> Result<Vec<(String, i64)>, DbError> {
    askings::declined(tx, &Scope::for_the_house(), at(0))
}

#[test]
fn whoever_declines_is_counted_by_reason_and_never_asked_again() {
    in_write(|tx| {
        let first = proposal(1, OF_ANA);
        proposals::insert(tx, &first)?;
        assert_eq!(proposals::by_id(tx, first.id)?, Some(first.clone()));
        assert_eq!(
            proposals::open_of_volunteer(tx, OF_ANA)?,
            std::slice::from_ref(&first)
        );
        assert_eq!(proposals::count_open(tx)?, [(OF_ANA, 1)]);
        let looking = proposals::looking_one(tx, CASE)?.unwrap();
        assert_eq!((looking.asked, looking.person), (1, None));
        assert_eq!(looking.stage, "received");

        let why = Some(DeclineReason::TooFar);
        assert!(proposals::decline(tx, first.id, why, at(70))?);
        assert!(!proposals::decline(tx, first.id, None, at(71))?, "once");
        let state = ProposalState::Declined { at: at(70), why };
        let asked = proposals::asked(tx, Of::Case(CASE))?;
        assert_eq!(asked, proposals::asked(tx, Of::Kind("appeal"))?);
        assert_eq!((asked[0].volunteer, asked[0].state), (OF_ANA, state));
        assert_eq!(declined(tx)?, [("too-far".to_owned(), 1)]);
        let nowhere = scope_of(Role::Community, HEATING, NEXT_STREET);
        assert_eq!(askings::declined(tx, &nowhere, at(0))?, []);
        assert_eq!(proposals::open_of_volunteer(tx, OF_ANA)?, []);
        Ok(())
    });
}

#[test]
fn nobody_is_asked_twice_at_once_nor_after_declining() {
    for ends in [false, true] {
        in_town(|store| {
            let write = move |tx: &mut Tx<'_>| {
                volunteers::insert(tx, &volunteer(OF_ANA, ANA))?;
                open(tx, &appeal(CASE.get(), 900), &[])?;
                proposals::insert(tx, &proposal(1, OF_ANA))?;
                if ends {
                    proposals::decline(tx, ProposalId::from_raw(1), None, at(61))?;
                }
                proposals::insert(tx, &proposal(2, OF_ANA))
            };
            let twice = store.write_blocking(0, write);
            assert!(twice.is_err(), "asked twice");
        });
    }
    in_write(|tx| {
        proposals::insert(tx, &proposal(1, OF_ANA))?;
        let lapsed = proposals::lapse(
            tx,
            ProposalId::from_raw(1),
            LapseReason::Unanswered,
            at(130),
        );
        assert!(lapsed?);
        proposals::insert(tx, &proposal(2, OF_ANA))
    });
}

#[test]
fn with_the_case_all_that_waits_about_it_ends() {
    in_write(|tx| {
        proposals::insert(tx, &proposal(1, OF_ANA))?;
        proposals::insert(tx, &proposal(2, OF_BEN))?;
        assert_eq!(proposals::overdue(tx, at(119), 9)?, []);
        assert_eq!(proposals::overdue(tx, at(120), 9)?.len(), 2);
        assert!(proposals::accept(tx, CASE, OF_BEN, at(80))?);
        assert!(!proposals::accept(tx, CASE, OF_BEN, at(80))?, "once");
        assert_eq!(
            proposals::lapse_of_case(tx, CASE, LapseReason::Taken, at(80))?,
            1
        );
        let states: Vec<_> = proposals::of_case(tx, CASE, 9)?
            .into_iter()
            .map(|proposal| proposal.state)
            .collect();
        let taken = LapseReason::Taken;
        assert_eq!(
            states,
            [
                ProposalState::Accepted { at: at(80) },
                ProposalState::Lapsed {
                    at: at(80),
                    why: taken
                }
            ]
        );
        assert_eq!(proposals::overdue(tx, at(200), 9)?, []);
        let house = Scope::for_the_house();
        let ended = [("accepted".to_owned(), 1), ("lapsed".to_owned(), 1)];
        assert_eq!(askings::ended(tx, &house, at(0))?, ended);
        assert_eq!(declined(tx)?, []);

        proposals::miss(tx, CASE, OF_BEN)?;
        proposals::miss(tx, CASE, OF_BEN)?;
        let missed = Missed {
            case: CASE,
            volunteer: OF_BEN,
            times: 2,
        };
        assert_eq!(proposals::missed(tx, Of::Case(CASE))?, [missed]);
        assert_eq!(proposals::missed(tx, Of::Kind("appeal"))?, [missed]);
        Ok(())
    });
}

#[test]
fn what_waits_for_nobody_is_found() {
    in_write(|tx| {
        proposals::insert(tx, &proposal(1, OF_ANA))?;
        assert_eq!(proposals::open_without(tx, 9)?, []);
        let ana = volunteers::by_id(tx, OF_ANA)?.unwrap();
        volunteers::leave(tx, &ana, at(65))?;
        assert_eq!(proposals::open_without(tx, 9)?, [CASE]);
        assert_eq!(proposals::lapse_of_volunteer(tx, OF_ANA, at(65))?, 1);
        assert_eq!(proposals::open_without(tx, 9)?, []);
        proposals::insert(tx, &proposal(2, OF_BEN))?;
        public_cases::remove(tx, CASE)?;
        assert_eq!(proposals::open_without(tx, 9)?, [CASE]);
        assert_eq!(proposals::looking_one(tx, CASE)?, None);
        Ok(())
    });
}

#[test]
fn cases_that_look_for_somebody_come_in_order() {
    in_write(|tx| {
        let list = |tx: &mut Tx<'_>, stage: &str, last| -> Result<Vec<CaseId>, DbError> {
            let found = proposals::looking(tx, ("appeal", stage), last, 9)?;
            Ok(found.into_iter().map(|case| case.case).collect())
        };
        assert_eq!(list(tx, "received", None)?, [CASE]);
        assert_eq!(list(tx, "received", Some(CASE))?, []);
        assert_eq!(list(tx, "elsewhere", None)?, []);
        assert_eq!(proposals::count_held(tx)?, []);
        Ok(())
    });
}
