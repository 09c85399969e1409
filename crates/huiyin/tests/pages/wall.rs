//! Helping from the wall, and working at a desk while having wishes of one's own.

use axum::http::StatusCode;
use huiyin_domain::access::Actor;
use huiyin_domain::case::Value;
use huiyin_testkit::actors::Brought;
use huiyin_testkit::town::Townsperson;

use crate::browser::{Browser, House, houses};

const WISH: &str = "A pair of knee pads for the winter.";

fn person<'h>(house: &'h House, login: &str) -> &'h Townsperson {
    let person = house.town.town.person(login);
    person.unwrap_or_else(|| panic!("nobody signs in as {login}"))
}

async fn browser_of(house: &House, login: &str) -> Browser {
    house.signed_in(person(house, login).id).await
}

/// A wish of somebody else, brought in where the first community worker is.
async fn wished(house: &House) -> Brought {
    let place = person(house, "community").posts[0].place.clone();
    let values = [
        ("description", Value::Text(WISH.to_owned())),
        ("place", Value::Place(place)),
        ("name", Value::Text("Mrs. Li".to_owned())),
        ("contact", Value::Text("li@example.org".to_owned())),
    ];
    let wish = house.town.resident("li").opens("wish", &values).await;
    wish.expect("anybody may wish")
}

async fn on_the_wall(house: &House) -> Brought {
    let wish = wished(house).await;
    let values = [
        ("thing", Value::Choice("health".to_owned())),
        (
            "public_text",
            Value::Text("Knee pads for the winter".to_owned()),
        ),
        ("consent", Value::YesNo(true)),
    ];
    let community = house.town.staff("community");
    let published = community.takes(&wish, "publish", &values).await;
    published.expect("the community may publish");
    wish
}

#[tokio::test]
async fn somebody_of_the_desk_helps_as_a_neighbour() {
    for house in houses(51) {
        let wish = on_the_wall(&house).await;
        let (wall, mine) = (format!("/wall/{}", wish.id), format!("/my/{}", wish.id));
        for login in ["handler", "auditor"] {
            let mut other = browser_of(&house, login).await;
            assert_eq!(
                other.get(&mine).await.status,
                StatusCode::NOT_FOUND,
                "{login}"
            );
        }
        let mut handler = browser_of(&house, "handler").await;
        handler.get(&wall).await.says("/steps/claim");
        let early = handler
            .post(&format!("{mine}/steps/deliver"), &[("f-report", "?")])
            .await;
        assert_eq!(early.status, StatusCode::NOT_FOUND, "it is not theirs yet");
        let claimed = handler.post(&format!("{wall}/steps/claim"), &[]).await;
        assert_eq!(claimed.location(), mine, "{}", claimed.body);

        let page = handler.get(&mine).await;
        page.says("/steps/deliver");
        for sealed in ["li@example.org", "Mrs. Li"] {
            assert!(!page.body.contains(sealed), "{sealed} is sealed");
        }
        handler.get("/my").await.says(&mine);
        let delivered = [("f-report", "Brought them on Sunday, they fit.")];
        let delivered = handler
            .post(&format!("{mine}/steps/deliver"), &delivered)
            .await;
        assert_eq!(delivered.location(), mine, "{}", delivered.body);

        // Whoever came second is told so; who has no part in it sees nothing.
        let mut second = browser_of(&house, "operator").await;
        let late = second.post(&format!("{wall}/steps/claim"), &[]).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
        assert_eq!(second.get(&mine).await.status, StatusCode::NOT_FOUND);
        house.town.verify();
    }
}

#[tokio::test]
async fn a_partner_unit_takes_a_wish_from_the_wall() {
    for house in houses(52) {
        let wish = on_the_wall(&house).await;
        let wall = format!("/wall/{}", wish.id);
        let desk = format!("/desk/cases/{}", wish.id);
        let mut partner = browser_of(&house, "partner").await;
        assert_eq!(partner.get(&desk).await.status, StatusCode::NOT_FOUND);
        let page = partner.get(&wall).await;
        page.says("/steps/claim_for_unit").says("/steps/claim\"");
        let taken = partner
            .post(&format!("{wall}/steps/claim_for_unit"), &[])
            .await;
        assert_eq!(taken.location(), desk, "{}", taken.body);
        partner.get(&desk).await.says("/steps/deliver");

        let mut volunteer = house
            .signed_in(house.town.town.volunteers().next().expect("a volunteer").id)
            .await;
        volunteer.get("/wall").await;
        let own = volunteer
            .post(&format!("{wall}/steps/claim_for_unit"), &[])
            .await;
        assert_eq!(own.status, StatusCode::NOT_FOUND, "they have no unit");
        house.town.verify();
    }
}

#[tokio::test]
async fn what_is_not_on_the_wall_does_not_exist_for_a_stranger() {
    for house in houses(53) {
        let wish = wished(&house).await;
        let volunteer = house
            .town
            .town
            .volunteers()
            .next()
            .expect("a volunteer")
            .actor();
        let partner = person(&house, "partner").actor();
        for (actor, step) in [
            (&volunteer, "claim"),
            (&partner, "claim"),
            (&partner, "claim_for_unit"),
        ] {
            let stranger = huiyin_testkit::actors::Staff::of(&house.town, actor.clone());
            let refused = stranger.takes(&wish, step, &[]).await;
            let refused = refused.expect_err("it is on no wall");
            assert_eq!(
                refused.refusal().map(huiyin_app::Refusal::key),
                Some("refused-no-case".to_owned()),
                "{step}"
            );
            assert!(stranger.reads(&wish).await.is_err());
        }
        let anyone = huiyin_testkit::actors::Staff::of(&house.town, Actor::anyone());
        assert!(anyone.takes(&wish, "withdraw", &[]).await.is_err());
    }
}

#[tokio::test]
async fn somebody_of_the_desk_brings_in_and_follows_what_is_their_own() {
    for house in houses(54) {
        let place = person(&house, "community").posts[0].place.to_string();
        let mut handler = browser_of(&house, "handler").await;
        handler.get("/new/wish").await;
        let fields = [
            ("checked", "1"),
            ("f-description", WISH),
            ("f-place", &place),
        ];
        let sent = handler.post("/new/wish", &fields).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let mine = sent.location().trim_end_matches("/receipt").to_owned();

        // In another browser no code was shown: it is theirs because they are who they are.
        let mut other = browser_of(&house, "handler").await;
        other.get("/my").await.says(&mine);
        let page = other.get(&mine).await;
        page.says("/steps/add").says("/steps/withdraw");
        let added = [("f-message", "Size L, please.")];
        let added = other.post(&format!("{mine}/steps/add"), &added).await;
        assert_eq!(added.location(), mine, "{}", added.body);

        let id = mine.trim_start_matches("/my/");
        let mut colleague = browser_of(&house, "office").await;
        colleague.get("/help").await;
        let theirs = colleague.post(&format!("{mine}/steps/withdraw"), &[]).await;
        assert_eq!(theirs.status, StatusCode::NOT_FOUND);
        let withdrawn = other.post(&format!("{mine}/steps/withdraw"), &[]).await;
        assert_eq!(withdrawn.location(), mine, "{}", withdrawn.body);
        let desk = other.get(&format!("/desk/cases/{id}")).await;
        assert_ne!(desk.status, StatusCode::INTERNAL_SERVER_ERROR);
        house.town.verify();
    }
}
