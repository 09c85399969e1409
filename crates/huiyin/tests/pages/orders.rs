//! Orders from the menu, the menu itself, orders that come back, and gifts.

use axum::http::StatusCode;
use huiyin_domain::case::Value;
use huiyin_domain::id::{CaseId, GiftId, MenuServiceId};
use huiyin_domain::place::PlaceCode;
use huiyin_testkit::actors::Brought;
use jiff::{SignedDuration, ToSpan};

use crate::admin::{desk, missing_words};
use crate::browser::{Answer, Browser, House, houses};

const TAP: &str = "The tap in my kitchen drips day and night.";

/// The community of whoever signs in as `community`.
fn community(house: &House) -> PlaceCode {
    let person = house.town.town.person("community").expect("a community");
    person.posts[0].place.clone()
}

/// The repairs on the menu that counts in that community.
fn repairs(house: &House) -> MenuServiceId {
    let place = community(house);
    let mut lines = house.town.town.menu.iter();
    let line = lines.find(|line| line.key == "repair" && place.is_within(&line.service.place));
    line.expect("somebody repairs things").service.id
}

async fn neighbour(house: &House, number: usize) -> Browser {
    let person = house.town.town.volunteers().nth(number);
    house.signed_in(person.expect("a dozen").id).await
}

/// Orders a repair, with more fields.
async fn sends(house: &House, browser: &mut Browser, more: &[(&str, &str)]) -> Answer {
    let (place, service) = (community(house).to_string(), repairs(house).to_string());
    let address = format!("/new/order?service={service}&place={place}");
    let id = browser.get(&address).await.input("id");
    let mut fields = vec![
        ("id", id.as_str()),
        ("checked", "1"),
        ("f-service", &service),
        ("f-description", TAP),
        ("f-place", &place),
        ("f-minor", "no"),
        ("f-contact", "ana@example.org"),
    ];
    fields.extend(more);
    browser.post("/new/order", &fields).await
}

/// The case that an answer leads to.
fn ordered(sent: &Answer) -> CaseId {
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let id = sent.location().split('/').nth(2).expect("/my/id/receipt");
    id.parse().expect("an id")
}

/// Takes a step on a page of somebody who brought it in or takes care of it.
async fn steps(browser: &mut Browser, id: CaseId, step: &str, more: &[(&str, &str)]) -> Answer {
    let path = format!("/my/{id}");
    let page = browser.get(&path).await;
    page.says(&format!("/steps/{step}"));
    let version = page.input("version");
    let mut fields = vec![("version", version.as_str())];
    fields.extend(more);
    browser.post(&format!("{path}/steps/{step}"), &fields).await
}

fn today(house: &House) -> jiff::civil::Date {
    house.town.app.config.day(house.town.app.now())
}

#[tokio::test]
async fn a_resident_orders_a_repair_and_rates_it() {
    for house in houses(91) {
        let place = community(&house);
        let mut ana = house.browser();
        let menu = ana.get(&format!("/menu/{place}")).await;
        menu.says("Small repairs").says("No gas, no new wiring");
        menu.says(&format!("/new/order?service={}", repairs(&house)));
        let id = ordered(&sends(&house, &mut ana, &[]).await);
        ana.get(&format!("/my/{id}"))
            .await
            .says(TAP)
            .says("Small repairs");

        let order = Brought { id, code: None };
        let worker = house.town.staff("community");
        let told = [("public_text", Value::Text("A tap drips".to_owned()))];
        let opened = worker.takes(&order, "open_up", &told).await;
        opened.expect("the community opens it to all");
        let mut ben = neighbour(&house, 1).await;
        ben.get("/wall?kind=order").await.says("A tap drips");
        let claimed = ben.post(&format!("/wall/{id}/steps/claim"), &[]).await;
        assert_eq!(claimed.location(), format!("/my/{id}"), "{}", claimed.body);
        let mut cleo = neighbour(&house, 2).await;
        let late = cleo.post(&format!("/wall/{id}/steps/claim"), &[]).await;
        assert_ne!(late.status, StatusCode::SEE_OTHER, "one of them comes");

        let day = today(&house).to_string();
        let when = [("f-meet_on", day.as_str()), ("f-meet_at", "3 o'clock")];
        let arranged = steps(&mut ben, id, "arrange", &when).await;
        assert_eq!(arranged.status, StatusCode::SEE_OTHER, "{}", arranged.body);
        ana.get(&format!("/my/{id}")).await.says("3 o&#39;clock");
        let report = [
            ("f-report", "A new washer, it is dry."),
            ("f-minutes_spent", "30"),
        ];
        let done = steps(&mut ben, id, "finish", &report).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        ben.get(&format!("/my/{id}")).await;
        let own = ben
            .post(
                &format!("/my/{id}/steps/rate"),
                &[("f-got", "yes"), ("f-stars", "5")],
            )
            .await;
        assert_ne!(own.status, StatusCode::SEE_OTHER, "nobody rates themselves");

        let empty = steps(&mut ana, id, "rate", &[("f-got", "yes")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "no stars");
        let stars = [("f-got", "yes"), ("f-stars", "5"), ("f-word", "Thank you!")];
        let rated = steps(&mut ana, id, "rate", &stars).await;
        assert_eq!(rated.status, StatusCode::SEE_OTHER, "{}", rated.body);
        let closed = worker.reads(&order).await.expect("it is theirs");
        assert_eq!(closed.case.outcome.as_deref(), Some("served"));
        house.town.verify();
    }
}

#[tokio::test]
async fn nothing_is_ordered_that_is_not_on_the_menu() {
    for house in houses(92) {
        let mut ana = house.browser();
        let wrong = sends(&house, &mut ana, &[("f-every", "week")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "no day");
        wrong.says(TAP);
        let place = community(&house);
        let foreign = house.town.town.menu.iter();
        let mut foreign = foreign.filter(|line| !place.is_within(&line.service.place));
        let foreign = foreign.next().expect("another street").service.id;
        let (place, foreign) = (place.to_string(), foreign.to_string());
        let id = ana.get("/new/order").await.input("id");
        let fields = [
            ("id", id.as_str()),
            ("checked", "1"),
            ("f-service", &foreign),
            ("f-description", TAP),
            ("f-place", &place),
            ("f-minor", "no"),
        ];
        let sent = ana.post("/new/order", &fields).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
        sent.says(TAP);
    }
}

/// A form of a line of the menu.
fn line<'f>(place: &'f str, version: &'f str, name: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("version", version),
        ("place", place),
        ("position", "1"),
        ("name-en", name),
        ("name-zh", "磨剪刀"),
        ("venue", "community"),
        ("pairs", "never"),
    ]
}

#[tokio::test]
async fn the_menu_is_kept_by_the_community_and_by_nobody_else() {
    for house in houses(93) {
        let place = community(&house).to_string();
        let mut keeper = desk(&house, "community").await;
        let list = keeper.get("/desk/menu").await;
        assert_eq!(missing_words(&list.body), Vec::<&str>::new());
        let form = keeper.get("/desk/menu/new").await;
        assert_eq!(form.status, StatusCode::OK);
        let id = MenuServiceId::from_raw(house.town.app.mint());
        let path = format!("/desk/menu/{id}");
        let mut wrong = line(&place, "0", "Knives sharpened");
        wrong.push(("minutes", "soon"));
        let refused = keeper.post(&path, &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("Knives sharpened").says("soon");
        let added = keeper
            .post(&path, &line(&place, "0", "Knives sharpened"))
            .await;
        assert_eq!(added.location(), "/desk/menu", "{}", added.body);
        let twice = keeper
            .post(&path, &line(&place, "0", "Knives sharpened"))
            .await;
        assert_eq!(twice.location(), "/desk/menu", "sent twice it is one");
        let mut anybody = house.browser();
        let menu = anybody.get(&format!("/menu/{place}")).await;
        assert_eq!(menu.body.matches("<h2>Knives sharpened").count(), 1);

        let mut second = desk(&house, "community").await;
        let changed = keeper
            .post(&path, &line(&place, "1", "Knives and scissors"))
            .await;
        assert_eq!(changed.location(), "/desk/menu", "{}", changed.body);
        let stale = second
            .post(&path, &line(&place, "1", "Scissors only"))
            .await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "somebody was quicker");
        stale.says("Scissors only");
        let mut closing = line(&place, "2", "Knives and scissors");
        closing.push(("turn", "close"));
        let closed = keeper.post(&path, &closing).await;
        assert_eq!(closed.location(), "/desk/menu", "{}", closed.body);
        let menu = anybody.get(&format!("/menu/{place}")).await;
        assert!(!menu.body.contains("Knives and scissors"), "it is paused");

        for login in ["handler", "auditor"] {
            let mut other = desk(&house, login).await;
            let sent = other.post(&path, &line(&place, "3", "Mine now")).await;
            assert_eq!(sent.status, StatusCode::FORBIDDEN, "{login}");
        }
        let elsewhere = format!("{}999", &place[..place.len() - 3]);
        let foreign = format!(
            "/desk/menu/{}",
            MenuServiceId::from_raw(house.town.app.mint())
        );
        let sent = keeper
            .post(&foreign, &line(&elsewhere, "0", "Far away"))
            .await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

/// How many cases there are of the first neighbour, who signs in again: sessions end in a day.
async fn own(house: &House) -> usize {
    let page = neighbour(house, 0).await.get("/my").await;
    let links = page.body.split("href=\"/my/0").skip(1);
    let ids = links.filter_map(|rest| rest.split('"').next());
    ids.collect::<std::collections::BTreeSet<_>>().len()
}

#[tokio::test]
async fn an_order_comes_back_by_itself_until_it_is_ended() {
    for house in houses(94) {
        let mut ana = neighbour(&house, 0).await;
        let before = own(&house).await;
        let first = today(&house).saturating_add(2.days()).to_string();
        let more = [("f-every", "week"), ("f-wanted_on", first.as_str())];
        let id = ordered(&sends(&house, &mut ana, &more).await);
        let path = format!("/my/{id}");
        ana.get(&path).await.says("Every week");
        house.town.does_its_work().await;
        assert_eq!(own(&house).await, before + 1, "the next is nine days off");
        house.town.passes(SignedDuration::from_hours(4 * 24)).await;
        assert_eq!(own(&house).await, before + 2, "it is ordered by itself");
        house.town.does_its_work().await;
        assert_eq!(own(&house).await, before + 2, "and once");

        let turn = format!("{path}/series");
        let mut ana = neighbour(&house, 0).await;
        let mut ben = neighbour(&house, 1).await;
        let foreign = ben.post(&turn, &[("turn", "end")]).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        let paused = ana.post(&turn, &[("turn", "pause")]).await;
        assert_eq!(paused.location(), path, "{}", paused.body);
        ana.get(&path).await.says("it rests now");
        house.town.passes(SignedDuration::from_hours(8 * 24)).await;
        let mut ana = neighbour(&house, 0).await;
        assert_eq!(own(&house).await, before + 2, "it rests");
        assert_eq!(ana.post(&turn, &[("turn", "go-on")]).await.location(), path);
        house.town.passes(SignedDuration::from_hours(8 * 24)).await;
        let mut ana = neighbour(&house, 0).await;
        assert_eq!(own(&house).await, before + 3, "it goes on");
        assert_eq!(ana.post(&turn, &[("turn", "end")]).await.location(), path);
        ana.get(&path).await.says("comes no more");
        let late = ana.post(&turn, &[("turn", "go-on")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        house.town.passes(SignedDuration::from_hours(15 * 24)).await;
        assert_eq!(own(&house).await, before + 3, "it has ended");
        house.town.verify();
    }
}

/// Four go to old people, by mistake, and seven to the canteen; never more than there is.
async fn goes_on(keeper: &mut Browser, page: &str) {
    let gave = [
        ("line", "1"),
        ("toward", "Three old people"),
        ("amount", "4"),
    ];
    assert_eq!(keeper.post(page, &gave).await.location(), page);
    assert_eq!(
        keeper.post(page, &gave).await.location(),
        page,
        "twice is once"
    );
    let other = [("line", "1"), ("toward", "Somebody else"), ("amount", "4")];
    let overtaken = keeper.post(page, &other).await;
    assert_eq!(overtaken.status, StatusCode::CONFLICT);
    overtaken.says("Somebody else");
    let more = [("line", "2"), ("toward", "The canteen"), ("amount", "7")];
    let too_much = keeper.post(page, &more).await;
    assert_eq!(too_much.status, StatusCode::UNPROCESSABLE_ENTITY);
    too_much.says("There is not so much left");
    let wrong = [
        ("line", "2"),
        ("wrong", "1"),
        ("why", "Written at the wrong gift"),
    ];
    assert_eq!(keeper.post(page, &wrong).await.location(), page);
    let again = [("line", "3"), ("wrong", "1"), ("why", "Once more")];
    assert_eq!(keeper.post(page, &again).await.status, StatusCode::CONFLICT);
    let rest = [("line", "3"), ("toward", "The canteen"), ("amount", "7")];
    assert_eq!(keeper.post(page, &rest).await.location(), page);
}

#[tokio::test]
async fn the_public_account_of_gifts_adds_up() {
    for house in houses(95) {
        let place = community(&house).to_string();
        let mut keeper = desk(&house, "community").await;
        let list = keeper.get("/desk/gifts").await;
        assert_eq!(missing_words(&list.body), Vec::<&str>::new());
        let id = list.input("id");
        let gift = |amount: &'static str| {
            [
                ("id", id.clone()),
                ("place", place.clone()),
                ("sort", "goods".to_owned()),
                ("what", "Rice, 5 kg".to_owned()),
                ("amount", amount.to_owned()),
                ("donor", "Mrs. Zhao".to_owned()),
                ("contact", "zhao@example.org".to_owned()),
            ]
        };
        let enters = async |browser: &mut Browser, amount| {
            let fields = gift(amount);
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, text)| (*name, text.as_str()))
                .collect();
            browser.post("/desk/gifts", &fields).await
        };
        let wrong = enters(&mut keeper, "some").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong.says("Rice, 5 kg").says("value=\"some\"");
        let page = format!("/desk/gifts/{id}");
        assert_eq!(enters(&mut keeper, "10").await.location(), page);
        assert_eq!(
            enters(&mut keeper, "10").await.location(),
            page,
            "twice is once"
        );
        assert_eq!(enters(&mut keeper, "11").await.status, StatusCode::CONFLICT);
        let mut handler = desk(&house, "handler").await;
        assert_eq!(handler.get(&page).await.status, StatusCode::FORBIDDEN);

        goes_on(&mut keeper, &page).await;
        let mut anybody = house.browser();
        let account = anybody.get(&format!("/gifts?place={place}")).await;
        account
            .says("10 things were given, 7 went on, 3 are left.")
            .says("The canteen")
            .says("Written at the wrong gift");
        for sealed in ["Zhao", "zhao@example.org"] {
            assert!(!account.body.contains(sealed), "{sealed} is sealed");
        }
        let receipt = format!("{page}/receipt");
        keeper.get(&receipt).await.says("Mrs. Zhao");
        assert_eq!(
            keeper.post(&format!("{page}/forget"), &[]).await.location(),
            page
        );
        let receipt = keeper.get(&receipt).await;
        assert!(!receipt.body.contains("Zhao"), "it is forgotten");
        let unknown = GiftId::from_raw(house.town.app.mint());
        let none = keeper.get(&format!("/desk/gifts/{unknown}")).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
        house.town.verify();
    }
}
