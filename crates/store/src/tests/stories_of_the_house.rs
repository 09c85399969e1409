use huiyin_domain::id::{FileId, TokenId, ViewId};
use huiyin_domain::person::Post;
use huiyin_domain::unit::Duty;

use super::*;
use crate::administration::{self, Act};
use crate::files::{self, File};
use crate::idempotency::{self, Answered};
use crate::invites::{self, Invite};
use crate::norms;
use crate::sessions::{self, Session};
use crate::sign_in_codes::{self, SignInCode};
use crate::tokens::{self, Token};
use crate::views::{self, SavedView};
use crate::{posts, recovery_codes, settings};

fn is_conflict<T>(answer: &Result<T, DbError>) -> bool {
    matches!(answer, Err(DbError::Conflict { .. }))
}

/// Run in one write; the closure's asserts speak.
fn in_write(test: impl Fn(&mut Tx<'_>) -> Result<(), DbError> + Send + Copy + 'static) {
    in_town(|store| store.write_blocking(0, move |tx| test(tx)).unwrap());
}

#[test]
fn places_are_a_tree() {
    in_write(|tx| {
        let codes = |places: Vec<Place>| -> Vec<String> {
            places.iter().map(|place| place.code.to_string()).collect()
        };
        assert_eq!(codes(places::children(tx, None)?), ["6529"]);
        let county = place("652901");
        assert_eq!(
            codes(places::children(tx, Some(&place("6529")))?),
            ["652901"]
        );
        assert_eq!(
            codes(places::children(tx, Some(&county))?),
            ["652901001", "652901002"]
        );
        assert_eq!(
            codes(places::within(tx, Some(&county), None, 2)?),
            ["652901001", COMMUNITY]
        );
        let rest = places::within(tx, Some(&county), Some(&place(COMMUNITY)), 9)?;
        assert_eq!(codes(rest), ["652901002", NEXT_STREET]);
        assert_eq!(
            codes(places::find(tx, "地方652901001", Some(&county), 9)?),
            ["652901001", COMMUNITY]
        );
        assert_eq!(codes(places::find(tx, "place 6529", None, 1)?), ["6529"]);
        assert_eq!(codes(places::find(tx, "zh", None, 9)?), [""; 0]);
        places::close(tx, &place(COMMUNITY), Some(at(1)))?;
        assert_eq!(
            codes(places::find(tx, "地方652901001", None, 9)?),
            ["652901001"]
        );
        assert_eq!(
            places::read(tx, &place(COMMUNITY))?.unwrap().closed_at,
            Some(at(1))
        );
        assert!(is_conflict(&places::close(tx, &place("1501"), None)));
        assert_eq!(places::count(tx)?, 6);
        Ok(())
    });
}

#[test]
fn units_and_duties_answer_for_items() {
    in_write(|tx| {
        let community = Unit {
            place: place(COMMUNITY),
            parent: Some(HOTLINE),
            ..unit(UnitId::from_raw(9), UnitCategory::Community)
        };
        units::put(tx, &community)?;
        assert_eq!(units::read(tx, community.id)?, Some(community.clone()));
        assert_eq!(units::read_all(tx)?.len(), 4);
        let at_place = units::at_place(tx, &place(COMMUNITY), UnitCategory::Community)?;
        assert_eq!(at_place, Some(community.clone()));
        let within = units::within(tx, &place("6529"), UnitCategory::Department, 9)?;
        assert_eq!(within.len(), 2);

        let duty = |item: &str, code: &str, unit| Duty {
            item: item.parse().unwrap(),
            place: place(code),
            unit,
            assisting: vec![HOTLINE],
            limit: "5wd".parse().ok(),
        };
        for duty in [
            duty("heating", "6529", HEATING),
            duty("heating", COMMUNITY, community.id),
            duty("heating.indoor", "6529", WATER),
        ] {
            duties::put(tx, &duty)?;
        }
        let all = duties::read_all(tx)?;
        for (item, code) in [
            ("heating.indoor.cold", COMMUNITY),
            ("heating.pipe", COMMUNITY),
            ("heating", NEXT_STREET),
            ("heating", "1501"),
            ("roads", COMMUNITY),
        ] {
            let (item, code) = (item.parse().unwrap(), place(code));
            let expected = huiyin_domain::unit::resolve(&all, &item, &code).cloned();
            assert_eq!(
                duties::resolve(tx, &item, &code)?,
                expected,
                "{item} {code}"
            );
        }
        duties::remove(tx, &"heating".parse().unwrap(), &place(COMMUNITY))?;
        assert_eq!(duties::read_all(tx)?.len(), 2);
        assert_eq!(duties::read_items(tx)?.len(), 3);
        assert!(duties::read_item(tx, &"water".parse().unwrap())?.is_some());
        Ok(())
    });
}

#[test]
fn posts_count_from_a_day_to_a_day() {
    in_write(|tx| {
        let post = |id, starts, ends: Option<i64>| Post {
            id: PostId::from_raw(id),
            person: ANA,
            unit: HEATING,
            role: Role::Handler,
            place: place("652901"),
            starts_at: at(starts),
            ends_at: ends.map(at),
        };
        for post in [post(1, 0, None), post(2, 0, Some(10)), post(3, 20, None)] {
            posts::insert(tx, &post)?;
        }
        let held = |tx: &mut Tx<'_>, minute| -> Result<Vec<i64>, DbError> {
            Ok(posts::held(tx, ANA, at(minute))?
                .iter()
                .map(|held| held.post.get())
                .collect())
        };
        assert_eq!(held(tx, 5)?, [1, 2]);
        assert_eq!(held(tx, 10)?, [1]);
        assert_eq!(held(tx, 20)?, [1, 3]);
        posts::end(tx, PostId::from_raw(1), at(15))?;
        assert!(is_conflict(&posts::end(tx, PostId::from_raw(1), at(16))));
        assert_eq!(held(tx, 15)?, [0; 0]);
        assert_eq!(
            posts::name_of_holder(tx, PostId::from_raw(1))?.as_deref(),
            Some("Ana")
        );
        assert_eq!(posts::of_person(tx, ANA)?.len(), 3);
        assert_eq!(
            posts::by_id(tx, PostId::from_raw(2))?,
            Some(post(2, 0, Some(10)))
        );
        assert_eq!(posts::of_unit(tx, HEATING, at(16))?.len(), 1);
        posts::end_of_person(tx, ANA, at(17))?;
        assert_eq!(held(tx, 30)?, [0; 0]);
        Ok(())
    });
}

#[test]
fn persons_sign_in_with_what_is_theirs() {
    in_write(|tx| {
        assert_eq!(persons::by_login(tx, "ana")?, Some(person(ANA, "Ana")));
        assert_eq!(persons::by_id(tx, BEN)?, Some(person(BEN, "Ben")));
        let changed = crate::persons::Person {
            contact: Some("ana@example.org".to_owned()),
            language: "zh".to_owned(),
            ..person(ANA, "Ana")
        };
        persons::update(tx, &changed)?;
        assert_eq!(persons::by_contact(tx, "ana@example.org")?, Some(changed));
        persons::set_login(tx, BEN, "benedict", "hash 1")?;
        persons::set_password(tx, ANA, "hash 2")?;
        persons::note_failure(tx, ANA, Some(at(9)))?;
        let secrets = persons::credentials_by_login(tx, "ana")?.unwrap();
        assert_eq!((secrets.failures, secrets.locked_until), (1, Some(at(9))));
        assert_eq!(secrets.password_hash.as_deref(), Some("hash 2"));
        persons::note_success(tx, ANA)?;
        persons::set_totp(tx, ANA, Some(b"secret"), None)?;
        persons::use_totp_step(tx, ANA, 7)?;
        assert!(is_conflict(&persons::use_totp_step(tx, ANA, 7)));
        let secrets = persons::credentials(tx, ANA)?.unwrap();
        assert_eq!((secrets.failures, secrets.totp_step), (0, Some(7)));
        assert_eq!(persons::staff(tx, "", None, 9)?.len(), 2);
        assert_eq!(persons::staff(tx, "bene", Some(ANA), 9)?.len(), 1);
        persons::close(tx, BEN, at(1))?;
        assert!(persons::credentials_by_login(tx, "benedict")?.is_none());

        let codes = [[1; 32], [2; 32]];
        recovery_codes::put(tx, ANA, &codes)?;
        assert!(recovery_codes::use_up(tx, ANA, &codes[0])?);
        assert!(!recovery_codes::use_up(tx, ANA, &codes[0])?);
        assert_eq!(recovery_codes::count(tx, ANA)?, 1);
        recovery_codes::delete(tx, ANA)
    });
}

#[test]
fn sessions_codes_and_invites_run_out() {
    in_write(|tx| {
        let session = |byte, expires| Session {
            token_hash: [byte; 32],
            person: ANA,
            agent: "browser".to_owned(),
            made_at: at(0),
            seen_at: at(0),
            proved_at: at(0),
            expires_at: at(expires),
        };
        for session in [session(1, 10), session(2, 20), session(3, 30)] {
            sessions::insert(tx, &session)?;
        }
        assert!(sessions::signed_in(tx, &[1; 32], at(9))?.is_some());
        assert!(sessions::signed_in(tx, &[1; 32], at(10))?.is_none());
        sessions::touch(tx, &[2; 32], at(5))?;
        let listed = sessions::of_person(tx, ANA, at(1))?;
        assert_eq!((listed.len(), listed[0].seen_at), (3, at(5)));
        assert!(sessions::delete_one_of(tx, ANA, &[3; 32])?);
        assert!(!sessions::delete_one_of(tx, BEN, &[2; 32])?);
        assert_eq!(sessions::sweep(tx, at(10), at(-1))?, 1);
        sessions::delete_of_person(tx, ANA, Some(&[2; 32]))?;
        sessions::delete_of_person(tx, ANA, None)?;
        assert!(sessions::of_person(tx, ANA, at(1))?.is_empty());

        let code = SignInCode {
            contact: "13900000001".to_owned(),
            code_hash: [5; 32],
            made_at: at(0),
            expires_at: at(5),
            failures: 0,
        };
        sign_in_codes::put(tx, &code)?;
        sign_in_codes::put(tx, &code)?;
        sign_in_codes::note_failure(tx, &code.contact)?;
        assert_eq!(sign_in_codes::read(tx, &code.contact)?.unwrap().failures, 1);
        sign_in_codes::delete(tx, &code.contact)?;
        assert!(is_conflict(&sign_in_codes::delete(tx, &code.contact)));
        assert_eq!(sign_in_codes::sweep(tx, at(9))?, 0);

        let invite = Invite {
            token_hash: [6; 32],
            person: BEN,
            made_at: at(0),
            expires_at: at(5),
            used_at: None,
        };
        invites::insert(tx, &invite)?;
        assert_eq!(invites::read(tx, &[6; 32])?, Some(invite));
        invites::use_up(tx, &[6; 32], at(1))?;
        assert!(is_conflict(&invites::use_up(tx, &[6; 32], at(1))));
        invites::withdraw(tx, BEN)?;
        assert!(invites::read(tx, &[6; 32])?.is_some(), "a used one is kept");
        Ok(())
    });
}

#[test]
#[expect(clippy::too_many_lines, reason = "a story is told in one go")]
fn tokens_files_and_the_rest_are_kept() {
    in_write(|tx| {
        let token = Token {
            id: TokenId::from_raw(1),
            name: "city app".to_owned(),
            scopes: vec!["cases:read".to_owned()],
            unit: HOTLINE,
            role: Role::Operator,
            place: place("6529"),
            made_at: at(0),
            expires_at: Some(at(9)),
            used_at: None,
            revoked_at: None,
        };
        tokens::insert(tx, &token, &[8; 32])?;
        assert_eq!(tokens::valid(tx, &[8; 32], at(8))?, Some(token.clone()));
        assert_eq!(tokens::valid(tx, &[8; 32], at(9))?, None);
        tokens::revoke(tx, token.id, at(1))?;
        assert!(is_conflict(&tokens::revoke(tx, token.id, at(1))));
        assert_eq!(tokens::valid(tx, &[8; 32], at(8))?, None);

        let file = |id: i64, hash| File {
            id: FileId::from_raw(id),
            case: None,
            hash: [hash; 32],
            small_hash: Some([hash + 1; 32]),
            media_type: "image/webp".to_owned(),
            bytes: 1234,
            width: Some(10),
            height: Some(20),
            name: "photo.jpg".to_owned(),
            made_at: at(id),
            erased_at: None,
        };
        for file in [file(1, 10), file(2, 20)] {
            files::insert(tx, &file)?;
        }
        open(tx, &appeal(1, 60), &[])?;
        open(tx, &appeal(2, 60), &[])?;
        files::attach(tx, FileId::from_raw(1), CaseId::from_raw(1))?;
        files::attach(tx, FileId::from_raw(1), CaseId::from_raw(1))?;
        assert!(is_conflict(&files::attach(
            tx,
            FileId::from_raw(1),
            CaseId::from_raw(2)
        )));
        assert_eq!(files::of_case(tx, CaseId::from_raw(1))?.len(), 1);
        assert_eq!(files::count_of_case(tx, CaseId::from_raw(1))?, 1);
        assert_eq!(files::orphans(tx, at(9), 9)?, [file(2, 20)]);
        assert!(files::is_in_use(tx, &[11; 32])? && files::is_in_use(tx, &[10; 32])?);
        files::erase(tx, FileId::from_raw(1), at(3))?;
        assert!(!files::is_in_use(tx, &[11; 32])? && !files::is_in_use(tx, &[10; 32])?);
        assert_eq!(files::by_id(tx, FileId::from_raw(1))?.unwrap().name, "");
        assert_eq!(files::each(tx, None, 9)?.len(), 1);

        settings::put(tx, "a", "1")?;
        settings::put(tx, "a", "2")?;
        assert_eq!(settings::get(tx, "a")?.as_deref(), Some("2"));
        assert_eq!(settings::get(tx, "b")?, None);

        let answered = Answered {
            request_hash: [1; 32],
            answer: "{}".to_owned(),
        };
        idempotency::keep(tx, "person 1", "key", &answered, at(1))?;
        assert_eq!(idempotency::read(tx, "person 1", "key")?, Some(answered));
        assert_eq!(idempotency::read(tx, "person 2", "key")?, None);
        assert_eq!(idempotency::forget(tx, at(2))?, 1);

        let act = Act {
            id: 1,
            at: at(1),
            person: Some(ANA),
            act: "post-given".to_owned(),
            subject: "1".to_owned(),
            shape: "{}".to_owned(),
        };
        administration::insert(tx, &act)?;
        assert_eq!(administration::newest(tx, None, 9)?, [act]);

        let view = SavedView {
            id: ViewId::from_raw(1),
            person: ANA,
            name: "mine".to_owned(),
            query: "late=1".to_owned(),
        };
        views::put(tx, &view)?;
        views::put(
            tx,
            &SavedView {
                query: "late=2".to_owned(),
                ..view.clone()
            },
        )?;
        assert_eq!(views::of_person(tx, ANA)?[0].query, "late=2");
        assert!(is_conflict(&views::remove(tx, BEN, view.id)));
        views::remove(tx, ANA, view.id)
    });
}

#[test]
fn norms_are_added_and_never_rewritten() {
    use huiyin_domain::norm::{Line, Norm, Scope, Urgency};
    in_town(|store| {
        let norm = |limit: &str, day| Norm {
            kind: "appeal".to_owned(),
            clock: "answer".to_owned(),
            from_day: jiff::civil::date(2026, 12, day),
            line: Line {
                scope: Scope {
                    item: "heating".parse().ok(),
                    request: Some("help".to_owned()),
                    urgency: Urgency::Plain,
                },
                limit: limit.parse().unwrap(),
            },
        };
        let add = |norm: Norm| store.write_blocking(0, move |tx| norms::add(tx, &norm, at(0)));
        add(norm("10wd", 1)).unwrap();
        add(norm("8wd", 2)).unwrap();
        assert!(add(norm("9wd", 2)).is_err(), "what counts from a day stays");
        let all = store.read_blocking(norms::read_all).unwrap();
        assert_eq!(all, [norm("10wd", 1), norm("8wd", 2)]);
    });
}
