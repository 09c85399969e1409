use huiyin_domain::access::Who;
use huiyin_domain::id::{PersonId, PostId};
use huiyin_domain::person::{Post, Role};
use huiyin_domain::words::Lang;
use huiyin_store::persons::Person;
use huiyin_store::{persons, posts};
use jiff::SignedDuration;

use super::sign_in::{Proof, Reply, Request, prove, sign_in};
use super::*;
use crate::error::{Error, Refusal};
use crate::testing::{Bench, UNIT, actor, benches, peer};

const PASSWORD: &str = "correct horse battery";

/// Ana, who was invited, took her invite and holds a post in the community.
async fn ana(bench: &Bench) -> PersonId {
    let app = &bench.app;
    let now = app.now();
    let id = PersonId::make(now, 1);
    let person = Person {
        id,
        login: None,
        contact: Some("ana@example.org".into()),
        name: "Ana".into(),
        language: "en".into(),
        made_at: now,
        closed_at: None,
    };
    let post = Post {
        id: PostId::make(now, 1),
        person: id,
        unit: UNIT,
        role: Role::Community,
        place: "652901001001".parse().unwrap(),
        starts_at: now,
        ends_at: None,
    };
    app.store
        .write(0, move |tx| {
            persons::insert(tx, &person)?;
            posts::insert(tx, &post)
        })
        .await
        .unwrap();
    let invitation = invite::create(app, &huiyin_domain::access::Actor::system(), id)
        .await
        .unwrap();
    let acceptance = |token: &str| invite::Acceptance {
        token: token.to_owned(),
        login: " Ana.L ".into(),
        password: PASSWORD.into(),
        peer: peer(),
        agent: "Firefox".into(),
    };
    let session = invite::accept(app, acceptance(invitation.token.reveal()))
        .await
        .unwrap();
    assert_eq!(session.person, id);
    let twice = invite::accept(app, acceptance(invitation.token.reveal())).await;
    assert_eq!(key(twice), "refused-invite-gone");
    id
}

fn request(login: &str, password: &str) -> Request {
    Request {
        login: login.into(),
        password: password.into(),
        peer: peer(),
        agent: "Firefox\r\n".into(),
        previous: None,
    }
}

fn key<T>(answer: Result<T, Error>) -> String {
    match answer {
        Ok(_) => "done".to_owned(),
        Err(Error::Refused(refusal)) => refusal.key(),
        Err(other) => panic!("{other:?}"),
    }
}

fn signed_in(reply: Reply) -> NewSession {
    match reply {
        Reply::SignedIn(session) => session,
        Reply::SecondFactorNeeded(_) => panic!("no second factor was taken up"),
    }
}

#[tokio::test]
async fn a_password_opens_and_posts_count_from_the_next_request() {
    for bench in benches() {
        let app = &bench.app;
        let ana = ana(&bench).await;
        let session = signed_in(sign_in(app, request("ANA.L", PASSWORD)).await.unwrap());
        let token = session.token.reveal();
        let seen = visitor(app, token).await.unwrap().unwrap();
        assert_eq!(seen.actor.who, Who::Person(ana));
        assert_eq!(seen.actor.posts.len(), 1);
        assert_eq!(seen.name, "Ana");

        let post = seen.actor.posts[0].post;
        let now = app.now();
        bench.clock.advance(SignedDuration::from_secs(1));
        app.store
            .write(0, move |tx| posts::end(tx, post, now))
            .await
            .unwrap();
        let seen = visitor(app, token).await.unwrap().unwrap();
        assert!(seen.actor.posts.is_empty());

        session::sign_out(app, token).await.unwrap();
        assert_eq!(visitor(app, token).await.unwrap(), None);
        assert_eq!(visitor(app, "nonsense").await.unwrap(), None);
    }
}

#[tokio::test]
async fn wrong_and_unknown_are_answered_alike_and_many_failures_wait() {
    for bench in benches() {
        let app = &bench.app;
        ana(&bench).await;
        assert_eq!(
            key(sign_in(app, request("nobody", PASSWORD)).await),
            "refused-sign-in"
        );
        for _ in 0..9 {
            assert_eq!(
                key(sign_in(app, request("ana.l", "wrong")).await),
                "refused-sign-in"
            );
        }
        assert_eq!(
            key(sign_in(app, request("ana.l", "wrong")).await),
            "refused-sign-in"
        );
        assert_eq!(
            key(sign_in(app, request("ana.l", PASSWORD)).await),
            "refused-too-many"
        );
        bench.clock.advance(SignedDuration::from_mins(6));
        assert_eq!(key(sign_in(app, request("ana.l", PASSWORD)).await), "done");
    }
}

#[tokio::test]
async fn a_session_is_rotated_listed_ended_and_runs_out() {
    for bench in benches() {
        let app = &bench.app;
        ana(&bench).await;
        let first = signed_in(sign_in(app, request("ana.l", PASSWORD)).await.unwrap());
        let again = Request {
            previous: Some(first.token.reveal().to_owned()),
            ..request("ana.l", PASSWORD)
        };
        let second = signed_in(sign_in(app, again).await.unwrap());
        assert_eq!(visitor(app, first.token.reveal()).await.unwrap(), None);
        let seen = visitor(app, second.token.reveal()).await.unwrap().unwrap();
        assert!(seen.is_freshly_proved(app.now()));

        bench.clock.advance(SignedDuration::from_mins(20));
        assert!(!seen.is_freshly_proved(app.now()));
        let beginning = ("Firefox".to_owned(), second.token.reveal().to_owned());
        let third = sign_in::step_up(app, &seen, PASSWORD.into(), beginning)
            .await
            .unwrap();
        assert_eq!(visitor(app, second.token.reveal()).await.unwrap(), None);
        let seen = visitor(app, third.token.reveal()).await.unwrap().unwrap();
        assert!(seen.is_freshly_proved(app.now()));

        let other = signed_in(sign_in(app, request("ana.l", PASSWORD)).await.unwrap());
        let listed = session::list(app, &seen).await.unwrap();
        assert_eq!(listed.iter().filter(|one| one.is_this_one).count(), 1);
        let handle = &listed.iter().find(|one| !one.is_this_one).unwrap().handle;
        session::revoke(app, &seen, handle).await.unwrap();
        assert_eq!(
            key(session::revoke(app, &seen, handle).await),
            "refused-no-session"
        );
        assert_eq!(
            key(session::revoke(app, &seen, "é").await),
            "refused-no-session"
        );
        session::revoke_others(app, &seen).await.unwrap();
        assert_eq!(visitor(app, other.token.reveal()).await.unwrap(), None);

        bench.clock.advance(SignedDuration::from_hours(3));
        assert!(visitor(app, third.token.reveal()).await.unwrap().is_some());
        bench.clock.advance(SignedDuration::from_hours(3));
        assert!(visitor(app, third.token.reveal()).await.unwrap().is_some());
        bench.clock.advance(SignedDuration::from_hours(5));
        assert_eq!(visitor(app, third.token.reveal()).await.unwrap(), None);
    }
}

#[tokio::test]
async fn the_second_factor_is_asked_for_and_works_once() {
    for bench in benches() {
        let app = &bench.app;
        ana(&bench).await;
        let session = signed_in(sign_in(app, request("ana.l", PASSWORD)).await.unwrap());
        let seen = visitor(app, session.token.reveal()).await.unwrap().unwrap();
        let enrolment = second_factor::enrol(app, &seen).await.unwrap();
        assert!(enrolment.qr_svg.contains("<svg"));
        let secret = totp::unbase32(&enrolment.secret).unwrap();
        let code_now = || totp::digits(&secret, totp::step_at(app.now()));
        let wrong = second_factor::confirm(app, &seen, &enrolment.secret, "000000").await;
        assert_eq!(key(wrong), "refused-invalid");
        let codes = second_factor::confirm(app, &seen, &enrolment.secret, &code_now())
            .await
            .unwrap();
        assert_eq!(codes.len(), 10);

        let proof = |token: &NewSession, code: &str| Proof {
            token: token.token.reveal().to_owned(),
            code: code.to_owned(),
            peer: peer(),
            agent: "Firefox".into(),
        };
        let half = || async {
            match sign_in(app, request("ana.l", PASSWORD)).await.unwrap() {
                Reply::SecondFactorNeeded(half) => half,
                Reply::SignedIn(_) => panic!("the second factor was forgotten"),
            }
        };
        let token = half().await;
        assert_eq!(visitor(app, token.token.reveal()).await.unwrap(), None);
        let used = prove(app, proof(&token, &code_now())).await;
        assert_eq!(key(used), "refused-sign-in-code");
        bench.clock.advance(SignedDuration::from_secs(30));
        let session = prove(app, proof(&token, &code_now())).await.unwrap();
        assert!(
            visitor(app, session.token.reveal())
                .await
                .unwrap()
                .is_some()
        );
        assert_eq!(
            key(prove(app, proof(&token, &code_now())).await),
            "refused-sign-in-again"
        );

        let token = half().await;
        let recovery = codes[0].to_uppercase();
        prove(app, proof(&token, &recovery)).await.unwrap();
        let token = half().await;
        assert_eq!(
            key(prove(app, proof(&token, &recovery)).await),
            "refused-sign-in-code"
        );
        let standing = second_factor::standing(app, &seen).await.unwrap();
        assert!(standing.is_taken_up);
        assert_eq!(standing.recovery_codes_left, 9);
        second_factor::disable(app, &seen, PASSWORD.into())
            .await
            .unwrap();
        signed_in(sign_in(app, request("ana.l", PASSWORD)).await.unwrap());
    }
}

fn entry(contact: &str, code: &str) -> code::Entry {
    code::Entry {
        contact: contact.into(),
        code: code.into(),
        language: Lang::ZH,
        peer: peer(),
        agent: String::new(),
        previous: None,
    }
}

async fn ask(bench: &Bench, contact: &str) -> Result<code::Sent, Error> {
    let ask = code::Ask {
        contact: contact.into(),
        language: Lang::ZH,
        peer: peer(),
    };
    code::ask(&bench.app, ask).await
}

/// The digits in the newest message.
async fn received(bench: &Bench) -> String {
    let newest = bench.outbox().await.remove(0);
    let digits: String = newest.body.chars().filter(char::is_ascii_digit).collect();
    digits[..6].to_owned()
}

#[tokio::test]
async fn a_code_to_ones_telephone_opens_ones_own() {
    for bench in benches() {
        let app = &bench.app;
        assert_eq!(key(ask(&bench, "0991-2345678").await), "refused-invalid");
        let sent = ask(&bench, "139 1234 5678").await.unwrap();
        assert_eq!(
            (sent.contact.as_str(), sent.veiled.as_str()),
            ("+8613912345678", "139****78")
        );
        let digits = received(&bench).await;
        assert_eq!(bench.outbox().await[0].recipient, "+8613912345678");
        let wrong = if digits == "000000" {
            "000001"
        } else {
            "000000"
        };
        assert_eq!(
            key(code::enter(app, entry("13912345678", wrong)).await),
            "refused-code-wrong"
        );
        let first = code::enter(app, entry("+86 13912345678", &digits))
            .await
            .unwrap();
        let seen = visitor(app, first.token.reveal()).await.unwrap().unwrap();
        assert!(seen.actor.posts.is_empty());
        assert!(
            my_cases::my_cases(app, &seen.actor, None)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(
            key(code::enter(app, entry("13912345678", &digits)).await),
            "refused-code-gone"
        );

        bench.clock.advance(SignedDuration::from_mins(30));
        ask(&bench, "13912345678").await.unwrap();
        let second = code::enter(app, entry("13912345678", &received(&bench).await))
            .await
            .unwrap();
        assert_eq!(second.person, first.person);
    }
}

#[tokio::test]
async fn codes_run_out_by_time_and_by_tries_and_are_no_way_around_a_password() {
    for bench in benches() {
        let app = &bench.app;
        ana(&bench).await;
        ask(&bench, "13912345678").await.unwrap();
        let digits = received(&bench).await;
        let wrong = if digits == "000000" {
            "000001"
        } else {
            "000000"
        };
        for _ in 0..5 {
            assert_eq!(
                key(code::enter(app, entry("13912345678", wrong)).await),
                "refused-code-wrong"
            );
        }
        assert_eq!(
            key(code::enter(app, entry("13912345678", &digits)).await),
            "refused-code-gone"
        );

        bench.clock.advance(SignedDuration::from_mins(30));
        ask(&bench, "13912345678").await.unwrap();
        bench.clock.advance(SignedDuration::from_mins(11));
        let late = code::enter(app, entry("13912345678", &received(&bench).await)).await;
        assert_eq!(key(late), "refused-code-gone");

        ask(&bench, "Ana@example.org").await.unwrap();
        let answer = code::enter(app, entry("ana@example.org", &received(&bench).await)).await;
        assert_eq!(key(answer), "refused-password-needed");
        for _ in 0..2 {
            ask(&bench, "ana@example.org").await.unwrap();
        }
        assert_eq!(
            key(ask(&bench, "ana@example.org").await),
            "refused-too-many"
        );
    }
}

#[tokio::test]
async fn a_token_speaks_for_a_unit_until_it_is_revoked() {
    for bench in benches() {
        let app = &bench.app;
        let security = actor(Role::Security);
        ana(&bench).await;
        let request = token::Request {
            name: "hotline".into(),
            scopes: vec![token::Scope::CasesWrite, token::Scope::CasesRead],
            unit: UNIT,
            role: Role::Operator,
            place: "652901001001".parse().unwrap(),
            expires_at: None,
        };
        let system = actor(Role::System);
        assert_eq!(
            key(token::create(app, &system, request.clone()).await),
            "refused-not-permitted"
        );
        let too_high = token::Request {
            role: Role::Security,
            ..request.clone()
        };
        assert_eq!(
            key(token::create(app, &security, too_high).await),
            "refused-invalid"
        );
        let made = token::create(app, &security, request).await.unwrap();
        let machine = token::machine(app, made.token.reveal())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(machine.actor.who, Who::Service(made.id));
        assert_eq!(machine.actor.posts[0].role, Role::Operator);
        assert!(machine.has(token::Scope::CasesRead) && !machine.has(token::Scope::HouseRead));
        assert_eq!(token::list(app, &security).await.unwrap().len(), 1);
        bench.clock.advance(SignedDuration::from_secs(1));
        token::revoke(app, &security, made.id).await.unwrap();
        assert_eq!(
            key(token::revoke(app, &security, made.id).await),
            "refused-no-token"
        );
        assert_eq!(
            token::machine(app, made.token.reveal()).await.unwrap(),
            None
        );
        assert_eq!(token::machine(app, "hy_").await.unwrap(), None);
        let log = crate::administration::log(app, &actor(Role::Auditor), None)
            .await
            .unwrap();
        let acts: Vec<&str> = log.iter().map(|line| line.act.act.as_str()).collect();
        assert_eq!(acts, ["token-revoked", "token-made", "invite-made"]);
    }
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions() {
    for bench in benches() {
        let app = &bench.app;
        ana(&bench).await;
        let one = signed_in(sign_in(app, request("ana.l", PASSWORD)).await.unwrap());
        let other = signed_in(sign_in(app, request("ana.l", PASSWORD)).await.unwrap());
        let seen = visitor(app, one.token.reveal()).await.unwrap().unwrap();
        let change = |old: &str, new: &str| {
            change_password::change_password(app, &seen, old.to_owned(), new.to_owned())
        };
        assert_eq!(key(change(PASSWORD, "short").await), "refused-invalid");
        assert_eq!(
            key(change("wrong", "another horse battery").await),
            "refused-sign-in"
        );
        change(PASSWORD, "another horse battery").await.unwrap();
        assert!(visitor(app, one.token.reveal()).await.unwrap().is_some());
        assert_eq!(visitor(app, other.token.reveal()).await.unwrap(), None);
        assert_eq!(
            key(sign_in(app, request("ana.l", PASSWORD)).await),
            "refused-sign-in"
        );
        assert_eq!(
            key(sign_in(app, request("ana.l", "another horse battery")).await),
            "done"
        );
        assert!(matches!(
            invite::open(app, "no such link", peer()).await,
            Err(Error::Refused(Refusal::NotFound(_)))
        ));
    }
}

#[tokio::test]
async fn hostile_input_is_refused_and_breaks_nothing() {
    let hostile = [
        "\0",
        "a\0b",
        "\u{202e}anal",
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        &"长".repeat(100_000),
        "",
    ];
    for bench in benches() {
        let app = &bench.app;
        ana(&bench).await;
        for text in hostile {
            bench.clock.advance(SignedDuration::from_hours(1));
            assert_eq!(
                key(sign_in(app, request(text, text)).await),
                "refused-sign-in"
            );
            assert_eq!(key(ask(&bench, text).await), "refused-invalid");
            assert_eq!(
                key(code::enter(app, entry("13912345678", text)).await),
                "refused-code-gone"
            );
            assert_eq!(
                key(invite::open(app, text, peer()).await),
                "refused-no-invite"
            );
            assert_eq!(visitor(app, text).await.unwrap(), None);
            assert_eq!(token::machine(app, text).await.unwrap(), None);
            let acceptance = invite::Acceptance {
                token: text.to_owned(),
                login: text.to_owned(),
                password: PASSWORD.into(),
                peer: peer(),
                agent: text.to_owned(),
            };
            assert_ne!(key(invite::accept(app, acceptance).await), "done");
            let found = crate::places::look::search(app, text.to_owned())
                .await
                .unwrap();
            assert!(found.is_empty());
            let security = actor(Role::Security);
            crate::people::list::list(app, &security, text, None)
                .await
                .unwrap();
        }
    }
}
