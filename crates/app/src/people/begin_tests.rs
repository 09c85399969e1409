use super::*;
use crate::identity::invite::{Acceptance, accept};
use crate::identity::visitor;
use crate::people::post::{self, NewPost};
use crate::people::{close, create, edit, list};
use crate::testing::{Bench, UNIT, benches, peer};
use huiyin_domain::access::Actor;
use jiff::SignedDuration;

fn key<T>(answer: Result<T, Error>) -> String {
    match answer {
        Ok(_) => "done".to_owned(),
        Err(Error::Refused(refusal)) => refusal.key(),
        Err(other) => panic!("{other:?}"),
    }
}

/// The three administrators of a house just begun, signed in.
async fn administrators(bench: &Bench) -> [Actor; 3] {
    let request = || Request {
        place: "6529".parse().unwrap(),
        unit: Names::both("州办公室", "Prefecture office"),
        language: Lang::EN,
    };
    let invitations = begin(&bench.app, request()).await.unwrap();
    assert_eq!(
        key(begin(&bench.app, request()).await),
        "refused-house-begun"
    );
    let mut actors = Vec::new();
    for (role, invitation) in invitations {
        let acceptance = Acceptance {
            token: invitation.token.reveal().to_owned(),
            login: format!("the-{}", role.word()),
            password: "correct horse battery".into(),
            peer: peer(),
            agent: String::new(),
        };
        let session = accept(&bench.app, acceptance).await.unwrap();
        let seen = visitor(&bench.app, session.token.reveal())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(seen.actor.posts[0].role, role);
        actors.push(seen.actor);
    }
    actors.try_into().unwrap()
}

fn community(role: Role) -> NewPost {
    NewPost {
        unit: UNIT,
        role,
        place: "652901001001".parse().unwrap(),
        starts_at: None,
        ends_at: None,
    }
}

fn person(name: &str, contact: &str, post: Option<NewPost>) -> create::Request {
    create::Request {
        name: name.into(),
        contact: contact.into(),
        language: Lang::EN,
        post,
    }
}

#[tokio::test]
async fn administrators_give_posts_and_hold_nothing_else() {
    for bench in benches() {
        let app = &bench.app;
        let [system, security, auditor] = administrators(&bench).await;
        let ben = || {
            person(
                "Ben\u{202e}\n Li",
                "139 1234 5678",
                Some(community(Role::Community)),
            )
        };
        for nobody in [&system, &auditor] {
            assert_eq!(
                key(create::create(app, nobody, ben()).await),
                "refused-not-permitted"
            );
        }
        let made = create::create(app, &security, ben()).await.unwrap();
        assert_eq!(
            key(create::create(app, &security, ben()).await),
            "refused-invalid"
        );
        let listed = list::one(app, &security, made.person).await.unwrap();
        assert_eq!(listed.person.name, "Ben Li");
        assert_eq!(listed.person.contact.as_deref(), Some("+8613912345678"));
        let found = list::list(app, &security, "ben", None).await.unwrap();
        assert_eq!(found, [listed]);
        assert_eq!(list::list(app, &security, "", None).await.unwrap().len(), 4);

        let give = |role| post::give(app, &security, made.person, community(role));
        assert_eq!(key(give(Role::Auditor).await), "refused-roles-exclude");
        assert_eq!(key(give(Role::Community).await), "refused-post-twice");
        give(Role::Dispatcher).await.unwrap();
        let to_auditor = auditor.person().unwrap();
        let given = post::give(app, &security, to_auditor, community(Role::Handler)).await;
        assert_eq!(key(given), "refused-roles-exclude");
        let own = security.person().unwrap();
        let given = post::give(app, &security, own, community(Role::Security)).await;
        assert_eq!(key(given), "refused-not-oneself");
    }
}

#[tokio::test]
async fn posts_end_people_leave_and_the_last_key_stays() {
    for bench in benches() {
        let app = &bench.app;
        let [_, security, _] = administrators(&bench).await;
        let made = create::create(app, &security, person("Ben", "", None))
            .await
            .unwrap();
        let id = post::give(app, &security, made.person, community(Role::Handler))
            .await
            .unwrap();
        bench.clock.advance(SignedDuration::from_secs(1));
        post::end(app, &security, id).await.unwrap();
        bench.clock.advance(SignedDuration::from_secs(1));
        assert_eq!(key(post::end(app, &security, id).await), "refused-no-post");
        let mut late = community(Role::Handler);
        late.ends_at = Some(app.now() - SignedDuration::from_hours(1));
        let given = post::give(app, &security, made.person, late).await;
        assert_eq!(key(given), "refused-invalid");

        let last = security.posts[0].post;
        assert_eq!(
            key(post::end(app, &security, last).await),
            "refused-last-security"
        );
        let change = edit::Request {
            person: made.person,
            name: "Ben Wang".into(),
            contact: "ben@example.org".into(),
            language: Lang::ZH,
        };
        edit::edit(app, &security, change).await.unwrap();
        close::close(app, &security, made.person).await.unwrap();
        assert_eq!(
            key(close::close(app, &security, made.person).await),
            "refused-no-person"
        );
        let opened = invite::open(app, made.invitation.token.reveal(), peer()).await;
        assert!(opened.is_err());
    }
}
