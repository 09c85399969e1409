//! A task from the office down to a village and back, through the pages.

use axum::http::StatusCode;
use huiyin_domain::id::TaskId;
use huiyin_domain::place::PlaceCode;
use jiff::ToSpan;

use crate::admin::{desk, missing_words};
use crate::browser::{Answer, Browser, House, houses};

fn due(house: &House) -> String {
    let day = house.town.app.config.day(house.town.app.now());
    day.saturating_add(3.days()).to_string()
}

pub fn place_of(house: &House, login: &str) -> PlaceCode {
    let person = house.town.town.person(login).expect("somebody");
    person.posts[0].place.clone()
}

/// Fills the form in and looks; then gives.
pub async fn gives(office: &mut Browser, house: &House, change: (&str, &str)) -> (TaskId, Answer) {
    let form = office.get("/desk/tasks/new").await;
    assert!(missing_words(&form.body).is_empty(), "{}", form.body);
    let (id, due) = (form.input("id"), due(house));
    let place = place_of(house, "office").to_string();
    let mut fields = vec![
        ("id", id.as_str()),
        ("title", "Look at the stoves"),
        ("standard", "Every stove of the village"),
        ("sort", "key"),
        ("want", "number"),
        ("counted_in", "=stoves"),
        ("place", &place),
        ("level", "community"),
        ("due_on", &due),
        ("do", "look"),
    ];
    fields.retain(|(name, _)| *name != change.0);
    fields.push(change);
    let seen = office.post("/desk/tasks", &fields).await;
    fields.retain(|(name, _)| *name != "do");
    fields.push(("do", "give"));
    if seen.status == StatusCode::OK {
        assert!(seen.body.contains("value=\"give\""), "{}", seen.body);
        let given = office.post("/desk/tasks", &fields).await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
        let again = office.post("/desk/tasks", &fields).await;
        assert_eq!(again.location(), given.location());
    }
    (id.parse().expect("an id"), seen)
}

#[tokio::test]
async fn a_task_goes_down_comes_back_and_is_struck_off() {
    for house in houses(141) {
        let mut office = desk(&house, "office").await;
        let mut village = desk(&house, "community").await;
        let mut street = desk(&house, "dispatcher").await;
        let (id, _) = gives(&mut office, &house, ("sort", "key")).await;
        let place = place_of(&house, "community");
        let part = format!("/desk/tasks/{id}/{place}");

        let board = village.get("/desk/tasks").await;
        assert!(board.body.contains(&part), "{}", board.body);
        let page = village.get(&part).await;
        assert!(page.body.contains("data-queue-label="), "{}", page.body);
        assert!(missing_words(&page.body).is_empty(), "{}", page.body);
        let key = page.input("key");
        let bare = village
            .post(&format!("{part}/report"), &[("key", &key)])
            .await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(bare.input("key"), key, "the form keeps its name");
        let fields = [("key", key.as_str()), ("amount", "12"), ("says", "done")];
        for _ in 0..2 {
            let told = village.post(&format!("{part}/report"), &fields).await;
            assert_eq!(told.location(), part, "{}", told.body);
        }

        let seen = street.get(&part).await;
        let version = seen.input("version");
        let fields = [("version", version.as_str()), ("why", "")];
        let silent = street.post(&format!("{part}/back"), &fields).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [("version", version.as_str()), ("why", "Two are missing")];
        let back = street.post(&format!("{part}/back"), &fields).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
        let page = village.get(&part).await;
        assert!(page.body.contains("Two are missing"));
        let key = page.input("key");
        let fields = [("key", key.as_str()), ("amount", "14")];
        village.post(&format!("{part}/report"), &fields).await;

        let at = place.parent().expect("a street");
        let view = street.get(&format!("/desk/tasks/{id}?at={at}")).await;
        let ticked = format!("{place} 3");
        assert!(view.body.contains(&ticked), "{}", view.body);
        let at = at.to_string();
        let none = street
            .post(&format!("/desk/tasks/{id}/verify"), &[("at", &at)])
            .await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [("at", at.as_str()), ("part", &ticked)];
        let done = street
            .post(&format!("/desk/tasks/{id}/verify"), &fields)
            .await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let table = office.get(&format!("/desk/tasks/{id}/parts.csv")).await;
        assert!(table.body.contains("'=stoves") && table.body.contains(",14\r\n"));
        let view = office.get(&format!("/desk/tasks/{id}")).await;
        assert_eq!(view.status, StatusCode::OK);
        assert!(missing_words(&view.body).is_empty(), "{}", view.body);

        let fields = [("why", "The frost is over")];
        let gone = office
            .post(&format!("/desk/tasks/{id}/withdraw"), &fields)
            .await;
        assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.body);
    }
}

#[tokio::test]
async fn what_is_wrong_comes_back_filled_in_and_strangers_find_nothing() {
    let house = houses(142).remove(0);
    let mut office = desk(&house, "office").await;
    for change in [
        ("title", ""),
        ("due_on", "2020-01-01"),
        ("level", "door"),
        ("due_on", "x"),
    ] {
        let (_, seen) = gives(&mut office, &house, change).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{change:?}");
        assert!(seen.body.contains("Every stove of the village"));
    }
    let rule = office.get("/desk/tasks/new").await.input("id");
    let place = place_of(&house, "office").to_string();
    let first = due(&house);
    let fields = [
        ("id", rule.as_str()),
        ("title", "Ring through the cards"),
        ("standard", "Each card is answered"),
        ("place", &place),
        ("level", "community"),
        ("rhythm", "month"),
        ("first_on", &first),
        ("working_days", "5"),
        ("sort", "regular"),
        ("do", "look"),
    ];
    let mut fields = fields.to_vec();
    let seen = office.post("/desk/tasks", &fields).await;
    assert!(seen.body.contains("value=\"give\""), "{}", seen.body);
    fields.pop();
    fields.push(("do", "give"));
    let made = office.post("/desk/tasks", &fields).await;
    assert_eq!(made.location(), "/desk/tasks/settings", "{}", made.body);
    let settings = office.get("/desk/tasks/settings").await;
    assert!(settings.body.contains("Ring through the cards"));
    assert!(
        missing_words(&settings.body).is_empty(),
        "{}",
        settings.body
    );
    let wrong = [("place", place.as_str()), ("warn", "9"), ("refuse", "x")];
    let wrong = office.post("/desk/tasks/settings", &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ended = office
        .post(&format!("/desk/tasks/rules/{rule}/end"), &[])
        .await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    for month in ["", "?month=2026-12", "?month=2026-13", "?month=9999-99"] {
        let page = office.get(&format!("/desk/tasks/calendar{month}")).await;
        let is_month = !month.ends_with("13") && !month.ends_with("99");
        assert_eq!(page.status == StatusCode::OK, is_month, "{month}");
    }

    let (id, _) = gives(&mut office, &house, ("sort", "urgent")).await;
    let mut grid = desk(&house, "grid-worker").await;
    let (place, elsewhere) = (place_of(&house, "community"), "990121002001");
    for path in [
        format!("/desk/tasks/{id}"),
        format!("/desk/tasks/{id}/{place}"),
        format!("/desk/tasks/{id}/parts.csv"),
        format!("/desk/tasks/{id}/{elsewhere}"),
        format!("/desk/tasks/{id}/nonsense"),
        "/desk/tasks/nonsense".to_owned(),
    ] {
        let page = grid.get(&path).await;
        assert!(page.status.is_client_error(), "{path}: {}", page.status);
    }
}
