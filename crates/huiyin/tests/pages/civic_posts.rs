//! Civic posts and visits on the pages: taken, pledged, rated, visited; whoever may not does not.

use axum::http::StatusCode;

use crate::admin::{desk, missing_words};
use crate::browser::{Browser, House, houses};
use crate::volunteers::{accepted, community, link, neighbour};

const ID: &str = "0000000000031";
const UNTIL: &str = "2099-12-31";

/// Today, as a form of the page fills it in.
async fn day_of(browser: &mut Browser, path: &str) -> String {
    let form = browser.get(path).await;
    let day = form.body.split("type=\"date\" value=\"").nth(1);
    let day = day.and_then(|rest| rest.split('"').next());
    day.expect("a day").to_owned()
}

async fn lists(keeper: &mut Browser) -> String {
    let today = day_of(keeper, "/desk/civic-posts/new").await;
    let bad = [
        ("id", ID),
        ("title", ""),
        ("duties", "x"),
        ("seats", "many"),
    ];
    let wrong = keeper.post("/desk/civic-posts", &bad).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ends = format!("{}-12-31", &today[..4]);
    let fields = [
        ("id", ID),
        ("title", "Lamps of the stairs"),
        ("duties", "Look at them\nTell us"),
        ("seats", "1"),
        ("starts_on", today.as_str()),
        ("ends_on", ends.as_str()),
    ];
    let page = format!("/desk/civic-posts/{ID}");
    for _ in 0..2 {
        let listed = keeper.post("/desk/civic-posts", &fields).await;
        assert_eq!(listed.location(), page, "{}", listed.body);
    }
    page
}

/// Ana asks for the post and gets it.
async fn takes(house: &House, ana: &mut Browser, (keeper, page): (&mut Browser, &str)) {
    accepted(house, ana, "Ana Wu").await;
    let public = format!("/civic-posts/{ID}");
    let seen = ana.get(&public).await;
    seen.says("Lamps of the stairs").says("0 of 1 taken");
    let id = seen.input("id");
    let pledge = format!("{public}/pledge");
    let empty = [
        ("id", id.as_str()),
        ("shown_as", "Aunt Wu"),
        ("promise", ""),
    ];
    let wrong = ana.post(&pledge, &empty).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("Aunt Wu");
    let fields = [
        ("id", id.as_str()),
        ("shown_as", "Aunt Wu"),
        ("promise", "Every Monday"),
    ];
    assert_eq!(ana.post(&pledge, &fields).await.location(), public);
    let seen = house.browser().get(&public).await;
    assert!(
        !seen.body.contains("Every Monday"),
        "not before it is theirs"
    );
    let asking = keeper.get(page).await;
    asking.says("Aunt Wu").says("Every Monday");
    assert_eq!(missing_words(&asking.body), Vec::<&str>::new());
    let accept = link(&asking, &format!("{page}/pledges/"));
    assert_eq!(keeper.post(&accept, &[]).await.location(), page);
    let again = keeper.post(&accept, &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_post_is_taken_with_a_pledge_and_rated_by_residents() {
    for house in houses(92) {
        let mut keeper = desk(&house, "community").await;
        let page = lists(&mut keeper).await;
        let mut ana = neighbour(&house, 0).await;
        takes(&house, &mut ana, (&mut keeper, &page)).await;
        let own = ana.get("/volunteer/pledges").await;
        own.says("Every Monday");
        assert_eq!(missing_words(&own.body), Vec::<&str>::new());
        let reports = link(&own, "/volunteer/pledges/");
        let told = [("id", "0000000000041"), ("what", ""), ("day", "2026-01-01")];
        let wrong = ana.post(&reports, &told).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let today = day_of(&mut ana, "/volunteer/pledges").await;
        let told = [
            ("id", "0000000000041"),
            ("what", "Changed two"),
            ("day", &today),
        ];
        assert_eq!(
            ana.post(&reports, &told).await.location(),
            "/volunteer/pledges"
        );

        let far = keeper
            .post(&format!("{page}/rating"), &[("until", UNTIL)])
            .await;
        assert_eq!(far.status, StatusCode::UNPROCESSABLE_ENTITY);
        let asked = keeper
            .post(&format!("{page}/rating"), &[("until", &today)])
            .await;
        assert_eq!(asked.location(), page, "{}", asked.body);
        let public = format!("/civic-posts/{ID}");
        let seen = house.browser().get(&public).await;
        seen.says("Aunt Wu")
            .says("Changed two")
            .says("Fewer than ten people");
        let rate = format!("{public}/rate");
        let mut ben = neighbour(&house, 1).await;
        let nothing = ben.post(&rate, &[]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(ben.post(&rate, &[("use", "much")]).await.location(), public);
        let twice = ben.post(&rate, &[("use", "little")]).await;
        assert_eq!(twice.status, StatusCode::CONFLICT);
        let own = ana.post(&rate, &[("use", "much")]).await;
        assert_eq!(own.status, StatusCode::FORBIDDEN);
        let hands = [("much", "9"), ("partly", "a few"), ("little", "0")];
        let wrong = keeper.post(&format!("{page}/hands"), &hands).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let hands = [("much", "9"), ("partly", "2"), ("little", "0")];
        keeper.post(&format!("{page}/hands"), &hands).await;
        let seen = house.browser().get(&public).await;
        seen.says("10 people").says("2 people");
        assert_eq!(missing_words(&seen.body), Vec::<&str>::new());
        let list = house.browser().get("/civic-posts").await;
        list.says("1 of 1, full").says("Being rated");
        assert_eq!(
            keeper.post(&format!("{page}/close"), &[]).await.location(),
            page
        );
    }
}

/// A household asks; where the community looks at it.
async fn asks(house: &House, home: &mut Browser, keeper: &mut Browser) -> String {
    let place = community(house).to_string();
    let id = home.get("/my/pairing").await.input("id");
    let nowhere = [
        ("id", id.as_str()),
        ("contact", "13900001111"),
        ("rhythm", "week"),
    ];
    let wrong = home.post("/my/pairing", &nowhere).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [
        ("id", id.as_str()),
        ("place", place.as_str()),
        ("address", "3 Sun lane"),
        ("contact", "13900001111"),
        ("rhythm", "week"),
    ];
    for _ in 0..2 {
        let asked = home.post("/my/pairing", &fields).await;
        assert_eq!(asked.location(), "/my/pairing", "{}", asked.body);
    }
    let list = keeper.get("/desk/pairings").await;
    list.says("3 Sun lane").says("Somebody is needed");
    assert_eq!(missing_words(&list.body), Vec::<&str>::new());
    link(&list, "/desk/pairings/0")
}

#[tokio::test]
async fn a_household_is_visited_and_reads_what_was_written() {
    for house in houses(93) {
        let mut keeper = desk(&house, "community").await;
        let mut ana = neighbour(&house, 0).await;
        accepted(&house, &mut ana, "Ana Wu").await;
        let mut home = neighbour(&house, 2).await;
        let page = asks(&house, &mut home, &mut keeper).await;
        let found = keeper.get(&page).await;
        let volunteer = found.body.split("<option value=\"0").nth(1);
        let volunteer = volunteer.and_then(|rest| rest.split('"').next());
        let volunteer = format!("0{}", volunteer.expect("somebody to ask"));
        let offer = format!("{page}/offer");
        let bad = [("volunteer", volunteer.as_str()), ("tolerance", "99")];
        let wrong = keeper.post(&offer, &bad).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let whom = [("volunteer", volunteer.as_str()), ("tolerance", "2")];
        assert_eq!(keeper.post(&offer, &whom).await.location(), page);

        let offers = ana.get("/volunteer/pairings").await;
        assert!(!offers.body.contains("Sun lane"), "no address before a yes");
        let agree = link(&offers, "/volunteer/pairings/0");
        let one = agree.trim_end_matches("/agree").to_owned();
        assert_eq!(ana.get(&one).await.status, StatusCode::NOT_FOUND);
        let wrong = ana.post(&agree, &[("first", "soon")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let today = day_of(&mut ana, "/volunteer/pairings").await;
        assert_eq!(ana.post(&agree, &[("first", &today)]).await.location(), one);
        let shown = ana.get(&one).await;
        shown
            .says("3 Sun lane")
            .says("13900001111")
            .says("Due today");
        assert_eq!(missing_words(&shown.body), Vec::<&str>::new());
        let visits = format!("{one}/visits");
        let told = [
            ("id", "0000000000051"),
            ("what", "We talked"),
            ("day", UNTIL),
        ];
        let wrong = ana.post(&visits, &told).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong.says("We talked");
        let told = [
            ("id", "0000000000051"),
            ("what", "We talked"),
            ("day", &today),
        ];
        assert_eq!(ana.post(&visits, &told).await.location(), one);
        let own = home.get("/my/pairing").await;
        own.says("We talked").says("Ana Wu");
        assert_eq!(missing_words(&own.body), Vec::<&str>::new());
        let mut ben = neighbour(&house, 1).await;
        assert_eq!(ben.get(&one).await.status, StatusCode::NOT_FOUND);
        let nothing = format!("{page}/missed/2026-01-01");
        let miss = keeper.post(&nothing, &[("done", "called")]).await;
        assert_eq!(miss.status, StatusCode::CONFLICT, "nothing was missed");

        assert_eq!(
            home.post("/my/pairing/end", &[]).await.location(),
            "/my/pairing"
        );
        assert_eq!(ana.get(&one).await.status, StatusCode::NOT_FOUND);
        assert_eq!(keeper.get(&page).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn whoever_cannot_ask_on_a_phone_is_written_down_at_their_wish() {
    for house in houses(139) {
        let mut keeper = desk(&house, "community").await;
        let community = house.town.town.person("community").expect("a community");
        let place = community.posts[0].place.to_string();
        let id = keeper.get("/desk/pairings/new").await.input("id");
        let unasked = [
            ("id", id.as_str()),
            ("place", &place),
            ("address", "3 Sun lane, 201"),
            ("contact", "0998-5550123"),
            ("rhythm", "fortnight"),
        ];
        let wrong = keeper.post("/desk/pairings", &unasked).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong
            .says("value=\"3 Sun lane, 201\"")
            .says("asked-group-error");
        let mut asked = unasked.to_vec();
        asked.push(("asked", "yes"));
        for _ in 0..2 {
            let kept = keeper.post("/desk/pairings", &asked).await;
            assert_eq!(
                kept.location(),
                format!("/desk/pairings/{id}"),
                "{}",
                kept.body
            );
        }
        let page = keeper.get(&format!("/desk/pairings/{id}")).await;
        page.says("3 Sun lane, 201").says("0998-5550123");
        assert_eq!(missing_words(&page.body), Vec::<&str>::new());
        house.town.verify();
    }
}

#[tokio::test]
async fn an_office_sees_which_units_are_paired_in_its_area_and_does_nothing_there() {
    for house in houses(94) {
        let mut unit = desk(&house, "partner").await;
        let place = community(&house).to_string();
        let id = unit.get("/desk/partner").await.input("id");
        let fields = [
            ("id", id.as_str()),
            ("place", &place),
            ("contact", "Office 120"),
        ];
        unit.post("/desk/partner", &fields).await;
        let mut office = desk(&house, "office").await;
        let list = office.get("/desk/partners").await;
        list.says("Office 120").says("Which units are paired");
        assert_eq!(missing_words(&list.body), Vec::<&str>::new());
        assert!(
            !list.body.contains(&format!("/desk/partners/{id}")),
            "to look at only"
        );
    }
}
