//! Meals on the pages: the desk writes the menu, people ask for what is on it, get a code, and
//! the meal is handed out once.

use axum::http::StatusCode;

use crate::admin::{desk, missing_words};
use crate::browser::{Answer, Browser, House, houses};
use crate::venues::{Fields, VENUE, hall, neighbour, tomorrow, with};

const LUNCH: &str = "0000000000021";
const LUNCH_PAGE: &str = "/meals/0000000000021";
const DESK_PAGE: &str = "/desk/meals/0000000000021";

fn lunch(day: &str) -> Fields<'_> {
    vec![
        ("id", LUNCH),
        ("day", day),
        ("sitting", "lunch"),
        ("from", "11:00"),
        ("to", "13:00"),
        ("until_day", day),
        ("until_time", "09:00"),
        ("brings", "yes"),
        ("name-1", "Noodles"),
        ("price-1", "8.50"),
        ("portions-1", "3"),
        ("allergens-1", "gluten"),
        ("allergens-1", "eggs"),
        ("name-3", "Porridge"),
        ("price-3", "0"),
        ("portions-3", "10"),
    ]
}

/// A venue that cooks tomorrow.
async fn kitchen(house: &House) -> Browser {
    let mut keeper = hall(house, "at-once").await;
    let day = tomorrow(&mut keeper).await;
    let meals = format!("/desk/venues/{VENUE}/meals");
    for (field, value) in [
        ("day", ""),
        ("from", "noon"),
        ("to", "10:00"),
        ("until_time", "12:00"),
        ("until_day", "2000-01-01"),
        ("sitting", "supper"),
        ("name-1", ""),
        ("price-1", "cheap"),
        ("price-1", ""),
        ("portions-1", "0"),
        ("portions-1", "all"),
    ] {
        let wrong = keeper.post(&meals, &with(lunch(&day), field, value)).await;
        let place = format!("{field}={value}: {}", wrong.body);
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{place}");
        wrong.says("value=\"Porridge\"");
        assert_eq!(missing_words(&wrong.body), Vec::<&str>::new(), "{place}");
    }
    for _ in 0..2 {
        let made = keeper.post(&meals, &lunch(&day)).await;
        assert_eq!(made.location(), DESK_PAGE, "{}", made.body);
    }
    keeper
}

async fn asks(browser: &mut Browser, id: &str, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("meal", id), ("whom", "Grandma Wang")];
    all.extend_from_slice(fields);
    browser.post(LUNCH_PAGE, &all).await
}

/// The code on the page of one's own meals.
async fn code(browser: &mut Browser) -> String {
    let page = browser.get("/my/meals").await;
    assert_eq!(missing_words(&page.body), Vec::<&str>::new());
    let code = page
        .body
        .split("class=\"code\" dir=\"ltr\"><span><b>")
        .nth(1);
    let code = code.and_then(|rest| rest.split('<').next());
    code.expect("a code").to_owned()
}

#[tokio::test]
async fn the_menu_is_there_for_everybody_and_what_is_wrong_comes_back() {
    for house in houses(111) {
        let mut keeper = kitchen(&house).await;
        let mut anybody = house.browser();
        let week = format!("/venues/{VENUE}/meals");
        let venue = anybody.get(&format!("/venues/{VENUE}")).await;
        venue.says(&week);
        let page = anybody.get(LUNCH_PAGE).await;
        page.says("¥8.50").says("contains gluten, eggs");
        page.says("free").says("/sign-in?back=/meals/");
        let mut ana = neighbour(&house, 0).await;
        let nothing: &[(&str, &str)] = &[];
        for fields in [
            nothing,
            &[("dish-1", "4")],
            &[("dish-1", "-1")],
            &[("dish-1", "many")],
            &[("dish-1", "1"), ("handing", "brought")],
            &[("dish-1", "1"), ("handing", "thrown")],
        ] {
            let wrong = asks(&mut ana, "0000000000101", fields).await;
            let place = format!("{fields:?}: {}", wrong.body);
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{place}");
            wrong.says("value=\"Grandma Wang\"");
            assert_eq!(missing_words(&wrong.body), Vec::<&str>::new(), "{place}");
        }
        let unsaid = asks(&mut ana, "nonsense", &[("dish-1", "1")]).await;
        assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
        let list = format!("{DESK_PAGE}/list");
        let hand = format!("{DESK_PAGE}/hand");
        let off = format!("{DESK_PAGE}/off");
        let desk_week = format!("/desk{week}");
        for path in [DESK_PAGE, &list, &hand, &desk_week] {
            let seen = keeper.get(path).await;
            assert_eq!(seen.status, StatusCode::OK, "{path}");
            assert_eq!(missing_words(&seen.body), Vec::<&str>::new(), "{path}");
        }
        let mut other = desk(&house, "dispatcher").await;
        for path in [DESK_PAGE, &list, &hand] {
            let foreign = other.get(path).await;
            assert!(
                foreign.status.is_client_error(),
                "{path}: {}",
                foreign.status
            );
        }
        let slip = keeper.post(&off, &[]).await;
        assert_eq!(slip.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            keeper.post(&off, &[("sure", "yes")]).await.location(),
            DESK_PAGE
        );
        let late = asks(&mut ana, "0000000000102", &[("dish-1", "1")]).await;
        assert_eq!(late.status, StatusCode::GONE, "{}", late.body);
        late.says("does not cook this meal");
    }
}

#[tokio::test]
async fn the_last_portion_goes_to_one_and_a_code_fetches_once() {
    for house in houses(112) {
        let mut keeper = kitchen(&house).await;
        let (mut ana, mut ben) = (neighbour(&house, 0).await, neighbour(&house, 1).await);
        let (one, other) = tokio::join!(
            asks(&mut ana, "0000000000101", &[("dish-1", "2")]),
            asks(&mut ben, "0000000000102", &[("dish-1", "2")]),
        );
        let (lost, mut winner) = match one.status {
            StatusCode::SEE_OTHER => (other, ana),
            _ => (one, ben),
        };
        assert_eq!(
            lost.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            lost.body
        );
        lost.says("portions left: 1");
        winner.get(LUNCH_PAGE).await.says("You have ordered");
        let code = code(&mut winner).await;
        assert_eq!(code.len(), 5);
        keeper
            .get(&format!("{DESK_PAGE}/list"))
            .await
            .says("Grandma Wang")
            .says(&format!("…{}", &code[3..]));
        let hand = format!("{DESK_PAGE}/hand");
        let found = keeper.get(&format!("{hand}?code={code}")).await;
        found
            .says("Grandma Wang")
            .says("Noodles × 2")
            .says("¥17.00");
        for (wrong, said) in [("1", "five digits"), ("abcde", "five digits")] {
            let answer = keeper.post(&hand, &[("code", wrong)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            answer.says(said);
        }
        let given = keeper.post(&hand, &[("code", &code)]).await;
        assert_eq!(given.location(), hand, "{}", given.body);
        let twice = keeper.post(&hand, &[("code", &code)]).await;
        assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.body);
        twice.says("cannot be fetched twice");
        let again = keeper.get(&format!("{hand}?code={code}")).await;
        again.says("cannot be fetched twice");
        winner.get("/my/meals").await.says("Fetched");
        // One of the two is theirs and was fetched, the other was never kept.
        let mut answers = Vec::new();
        for id in ["0000000000101", "0000000000102"] {
            let back = winner.post(&format!("/my/meals/{id}/cancel"), &[]).await;
            answers.push(back.status);
        }
        answers.sort_by_key(|status| status.as_u16());
        assert_eq!(answers, [StatusCode::NOT_FOUND, StatusCode::GONE]);
    }
}
