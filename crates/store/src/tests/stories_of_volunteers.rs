//! Volunteers, their services and certificates, and partner units, on both engines.

use huiyin_domain::id::{CertificateId, DeedId, PartnerId, ResourceId, ServiceId, VolunteerId};
use huiyin_domain::partner::{Deed, Partner, PartnerDeed, Resource};
use huiyin_domain::person::Post;
use huiyin_domain::volunteer::{
    Avoid, Certificate, CertificateState, Certified, Confirmer, DayPart, FreeDay, FreeParts,
    FreeWeek, Membership, Offer, Reach, Service, ServiceState, Skill, Speaks, Standing, Volunteer,
    Whom,
};
use jiff::civil::{Weekday, date};

use super::*;
use crate::services::{Sum, Whose};
use crate::volunteers::Behind;
use crate::{certificates, partners, posts, services, skills, volunteers};

const POST: PostId = PostId::from_raw(77);
const FIRST_ONE: VolunteerId = VolunteerId::from_raw(5);
const NEXT_ONE: VolunteerId = VolunteerId::from_raw(6);

/// Run in one write, with a post of the community and two skills.
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
            for code in ["repair", "repair.electric"] {
                let skill = Skill {
                    code: code.parse().unwrap(),
                    names: Names::both(code, code),
                    place: None,
                };
                assert!(skills::add(tx, &skill)?);
                assert!(!skills::add(tx, &skill)?, "once");
            }
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
            name: "Ana".to_owned(),
            place: place(COMMUNITY),
            unit: Some(WATER),
            skills: vec!["repair.electric".parse().unwrap()],
            free: FreeWeek::default().with(Weekday::Saturday, DayPart::Morning),
            days: vec![FreeDay {
                day: date(2026, 11, 7),
                parts: FreeParts::default().with(DayPart::Evening),
            }],
            reach: Reach::Km(3),
            speaks: vec![Speaks::Zh, Speaks::Sign],
            avoids: vec![Avoid::Stairs],
            avoid_note: "no dogs".to_owned(),
        },
        membership: Some(Membership {
            unit: WATER,
            agreed_at: None,
        }),
        asked_at: at(1),
        standing: Standing::Asked,
    }
}

fn whole() -> Scope {
    Scope::for_the_house()
}

#[test]
fn a_volunteer_asks_is_accepted_changes_and_leaves() {
    in_write(|tx| {
        let ana = volunteer(FIRST_ONE, ANA);
        volunteers::insert(tx, &ana)?;
        assert_eq!(volunteers::by_id(tx, FIRST_ONE)?, Some(ana.clone()));
        assert_eq!(volunteers::of_person(tx, ANA)?, Some(ana.clone()));
        let start = Behind::default();
        let asking = volunteers::asking(tx, &whole(), &start, 9)?;
        assert_eq!(asking, std::slice::from_ref(&ana));
        assert_eq!(volunteers::count_asking(tx, &whole())?, 1);
        assert_eq!(volunteers::accepted(tx, &whole(), &start, 9)?, []);

        assert!(volunteers::accept(tx, FIRST_ONE, POST, at(2))?);
        assert!(!volunteers::accept(tx, FIRST_ONE, POST, at(3))?, "once");
        let declined = volunteers::decline(tx, FIRST_ONE, (POST, "far"), at(3))?;
        assert!(!declined, "it is decided");
        let skill = "repair.electric".parse().unwrap();
        let found = volunteers::skilled(tx, &whole(), &skill, &start, 9)?;
        assert_eq!(found.len(), 1);
        let behind = Behind {
            community: COMMUNITY.to_owned(),
            id: FIRST_ONE,
        };
        let more = volunteers::skilled(tx, &whole(), &skill, &behind, 9)?;
        assert_eq!(more, []);

        let before = volunteers::by_id(tx, FIRST_ONE)?.unwrap();
        assert_eq!(before.standing, Standing::Accepted { at: at(2) });
        let mut after = before.clone();
        after.offer.skills = vec!["repair".parse().unwrap()];
        after.offer.place = place(NEXT_STREET);
        volunteers::update(tx, &before, &after)?;
        assert_eq!(volunteers::by_id(tx, FIRST_ONE)?, Some(after.clone()));
        assert_eq!(volunteers::skilled(tx, &whole(), &skill, &start, 9)?, []);

        assert!(volunteers::agree_to_member(tx, FIRST_ONE, WATER, at(4))?);
        assert!(!volunteers::agree_to_member(tx, FIRST_ONE, HEATING, at(4))?);
        let zero = VolunteerId::from_raw(0);
        assert_eq!(volunteers::of_unit(tx, WATER, zero, 9)?.len(), 1);

        volunteers::leave(tx, &after, at(5))?;
        assert_eq!(volunteers::by_id(tx, FIRST_ONE)?, None);
        assert_eq!(volunteers::of_person(tx, ANA)?, None);
        assert_eq!(volunteers::accepted(tx, &whole(), &start, 9)?, []);
        volunteers::insert(tx, &volunteer(NEXT_ONE, ANA))?;
        Ok(())
    });
}

#[test]
fn a_person_registers_once() {
    in_town(|store| {
        let twice = store.write_blocking(0, |tx| {
            skills::add(
                tx,
                &Skill {
                    code: "repair.electric".parse().unwrap(),
                    names: Names::one("en", "electric"),
                    place: None,
                },
            )?;
            volunteers::insert(tx, &volunteer(FIRST_ONE, ANA))?;
            volunteers::insert(tx, &volunteer(NEXT_ONE, ANA))
        });
        assert!(twice.is_err());
    });
}

fn service(id: i64, day: i8) -> Service {
    Service {
        id: ServiceId::from_raw(id),
        volunteer: FIRST_ONE,
        place: place(COMMUNITY),
        unit: Some(WATER),
        day: date(2026, 11, day),
        what: "carried rice".to_owned(),
        whom: Whom::Elders,
        minutes: 90,
        case: None,
        reported_at: at(1),
        state: ServiceState::Reported,
    }
}

#[test]
fn what_is_confirmed_is_summed_once() {
    in_write(|tx| {
        volunteers::insert(tx, &volunteer(FIRST_ONE, ANA))?;
        for (id, day) in [(1, 3), (2, 2), (3, 3)] {
            assert!(services::report(tx, &service(id, day))?);
            assert!(!services::report(tx, &service(id, day))?, "sent twice");
        }
        let waiting = services::waiting(tx, &whole(), &services::Behind::default(), 2)?;
        assert_eq!(waiting.len(), 2);
        assert_eq!(waiting[0].name, "Ana");
        let community = (Confirmer::Community, Some(POST));
        assert!(services::confirm(tx, &service(1, 3), community, at(2))?);
        assert!(!services::confirm(tx, &service(1, 3), community, at(3))?);
        let served = (Confirmer::Served, None);
        assert!(services::confirm(tx, &service(2, 2), served, at(3))?);
        let third = ServiceId::from_raw(3);
        assert!(services::refuse(tx, third, (POST, "not here"), at(4))?);
        assert!(!services::confirm(tx, &service(3, 3), served, at(5))?);
        let sum = Sum {
            year: 2026,
            services: 2,
            minutes: 180,
        };
        let here = place(COMMUNITY);
        for whose in [
            Whose::Volunteer(FIRST_ONE),
            Whose::Place(&here),
            Whose::Unit(WATER, &here),
        ] {
            assert_eq!(services::sums(tx, &whose)?, [sum], "{whose:?}");
        }
        assert!(services::sums_are_true(tx)?);

        let ids = |found: Vec<Service>| -> Vec<i64> {
            found.iter().map(|service| service.id.get()).collect()
        };
        let all = services::of_volunteer(tx, FIRST_ONE, None, 9)?;
        assert_eq!(
            all[2].state,
            ServiceState::Confirmed {
                at: at(3),
                by: Confirmer::Served,
            }
        );
        assert_eq!(ids(all), [3, 1, 2]);
        let before = Some((date(2026, 11, 3), ServiceId::from_raw(1)));
        assert_eq!(ids(services::of_volunteer(tx, FIRST_ONE, before, 9)?), [2]);

        services::forget(tx, FIRST_ONE)?;
        let left = services::of_volunteer(tx, FIRST_ONE, None, 9)?;
        assert!(left.iter().all(|service| service.what.is_empty()));
        assert_eq!(ids(left), [1, 2], "what nobody confirmed is gone");
        assert!(services::sums_are_true(tx)?);
        Ok(())
    });
}

#[test]
fn a_certificate_that_is_taken_back_says_nothing() {
    in_write(|tx| {
        volunteers::insert(tx, &volunteer(FIRST_ONE, ANA))?;
        let certificate = Certificate {
            id: CertificateId::from_raw(1),
            volunteer: FIRST_ONE,
            code: "1234567890123452".to_owned(),
            made_at: at(1),
            state: CertificateState::Valid(Certified {
                name: "Ana".to_owned(),
                place: place(COMMUNITY),
                since: date(2026, 1, 1),
                until: date(2026, 11, 3),
                services: 2,
                minutes: 180,
                lines: Vec::new(),
                marks: Vec::new(),
            }),
        };
        certificates::insert(tx, &certificate)?;
        let code = &certificate.code;
        let found = certificates::by_code(tx, code)?;
        assert_eq!(found, Some(certificate.clone()));
        assert_eq!(certificates::of_volunteer(tx, FIRST_ONE, 9)?.len(), 1);
        assert!(certificates::revoke(tx, certificate.id, at(2))?);
        assert!(!certificates::revoke(tx, certificate.id, at(3))?);
        let gone = certificates::by_id(tx, certificate.id)?.unwrap();
        assert_eq!(gone.state, CertificateState::Revoked { at: at(2) });
        Ok(())
    });
}

#[test]
fn a_unit_is_paired_once_and_its_deeds_are_confirmed() {
    in_write(|tx| {
        let partner = Partner {
            id: PartnerId::from_raw(1),
            unit: WATER,
            place: place(COMMUNITY),
            contact: "office, 0997-2123456".to_owned(),
            asked_at: at(1),
            agreed_at: None,
            ended_at: None,
        };
        partners::insert(tx, &partner, POST)?;
        assert!(partners::agree(tx, partner.id, POST, at(2))?);
        assert!(!partners::agree(tx, partner.id, POST, at(3))?);
        let here = place(COMMUNITY);
        let none = PartnerId::from_raw(0);
        assert_eq!(partners::of_place(tx, &here, none, 9)?.len(), 1);
        assert_eq!(partners::of_unit(tx, WATER)?[0].agreed_at, Some(at(2)));

        let resource = Resource {
            id: ResourceId::from_raw(1),
            what: "a hall for 80".to_owned(),
        };
        partners::add_resource(tx, partner.id, &resource, at(2))?;
        assert_eq!(
            partners::resources(tx, partner.id, 9)?,
            std::slice::from_ref(&resource)
        );
        assert!(partners::close_resource(
            tx,
            resource.id,
            partner.id,
            at(3)
        )?);
        assert_eq!(partners::resources(tx, partner.id, 9)?, []);

        let year = (date(2026, 1, 1), date(2026, 12, 31));
        for (id, sort) in [(1, Deed::Meeting), (2, Deed::Service), (3, Deed::Service)] {
            let deed = PartnerDeed {
                id: DeedId::from_raw(id),
                partner: partner.id,
                sort,
                day: date(2026, 3, 3),
                what: "snow".to_owned(),
                reported_at: at(3),
                state: huiyin_domain::partner::DeedState::Reported,
            };
            partners::report(tx, &deed, POST)?;
            partners::report(tx, &deed, POST)?;
        }
        assert!(partners::confirm(tx, DeedId::from_raw(1), POST, at(4))?);
        assert!(partners::refuse(tx, DeedId::from_raw(2), POST, at(4))?);
        assert!(!partners::confirm(tx, DeedId::from_raw(2), POST, at(5))?);
        assert_eq!(partners::deeds(tx, partner.id, year, 9)?.len(), 3);
        let confirmed = partners::confirmed(tx, &here, year)?;
        assert_eq!(confirmed, [(partner.id, Deed::Meeting)]);
        assert_eq!(partners::waiting(tx, &here)?, [(partner.id, 1)]);
        assert!(partners::end(tx, partner.id, at(6))?);
        assert_eq!(partners::of_place(tx, &here, none, 9)?, []);
        Ok(())
    });
}
