//! Venues and activities on the pages: of two who want one hour one gets it, staff decide, wrong
//! input comes back as it was, seats are given in order, and the door knows who came.

use axum::http::StatusCode;

use jiff::SignedDuration;

use crate::admin::{desk, missing_words};
use crate::browser::{Answer, Browser, House, houses};

pub(crate) const VENUE: &str = "0000000000011";
const ROOM: &str = "0000000000012";
const MEETING: &str = "0000000000013";
const ROOM_PAGE: &str = "/venues/0000000000011/rooms/0000000000012";
const MEETING_PAGE: &str = "/activities/0000000000013";

pub(crate) type Fields<'a> = Vec<(&'a str, &'a str)>;

pub(crate) async fn neighbour(house: &House, number: usize) -> Browser {
    let person = house.town.town.volunteers().nth(number);
    house.signed_in(person.expect("a dozen").id).await
}

fn venue(place: &str) -> Fields<'_> {
    let mut fields = vec![
        ("id", VENUE),
        ("zh", "礼堂"),
        ("en", "Hall"),
        ("sort", "hall"),
        ("place", place),
        ("address", "1, Sun lane"),
        ("holidays", "open"),
    ];
    for day in [
        "day-1", "day-2", "day-3", "day-4", "day-5", "day-6", "day-7",
    ] {
        fields.push((day, "9-21"));
    }
    fields
}

fn room(approval: &str) -> Fields<'_> {
    vec![
        ("id", ROOM),
        ("zh", "大厅"),
        ("en", "Great room"),
        ("seats", "40"),
        ("who", "everybody"),
        ("approval", approval),
        ("minutes_max", "120"),
        ("days_max", "30"),
        ("open_max", "3"),
    ]
}

/// Replaces what a field says.
pub(crate) fn with<'a>(mut fields: Fields<'a>, name: &str, value: &'a str) -> Fields<'a> {
    for field in &mut fields {
        if field.0 == name {
            field.1 = value;
        }
    }
    fields
}

/// The community opens a hall with one room, on the pages of the desk.
pub(crate) async fn hall(house: &House, approval: &str) -> Browser {
    let community = house.town.town.person("community").expect("a community");
    let place = community.posts[0].place.to_string();
    let mut keeper = desk(house, "community").await;
    let nameless = with(venue(&place), "address", "");
    let wrong = keeper.post("/desk/venues", &nameless).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("value=\"Hall\"").says("Please fill this in");
    let page = format!("/desk/venues/{VENUE}");
    for _ in 0..2 {
        let made = keeper.post("/desk/venues", &venue(&place)).await;
        assert_eq!(made.location(), page, "{}", made.body);
    }
    let rooms = format!("{page}/new-room");
    let none = with(room(approval), "seats", "none");
    let wrong = keeper.post(&rooms, &none).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("value=\"none\"").says("value=\"Great room\"");
    let made = keeper.post(&rooms, &room(approval)).await;
    assert_eq!(made.location(), page, "{}", made.body);
    for page in ["/venues", &page, "/desk/venues", ROOM_PAGE] {
        let seen = keeper.get(page).await;
        assert_eq!(seen.status, StatusCode::OK, "{page}");
        assert_eq!(missing_words(&seen.body), Vec::<&str>::new(), "{page}");
    }
    keeper
}

/// The day after the one that the page of the room shows.
pub(crate) async fn tomorrow(browser: &mut Browser) -> String {
    let page = browser.get(ROOM_PAGE).await;
    let after = page.body.split("rel=\"next\" href=\"").nth(1);
    let after = after.and_then(|rest| rest.split('"').next());
    let after = after.expect("a day after").to_owned();
    browser.get(&after).await.input("day")
}

async fn books(browser: &mut Browser, day: &str, (id, from): (&str, &str)) -> Answer {
    let fields = [
        ("id", id),
        ("day", day),
        ("from", from),
        ("to", "11:00"),
        ("heads", "10"),
        ("purpose", "choir practice"),
    ];
    browser.post(ROOM_PAGE, &fields).await
}

#[tokio::test]
async fn of_two_who_want_one_hour_one_gets_it_and_the_other_sees_what_is_free() {
    for house in houses(101) {
        hall(&house, "at-once").await;
        let (mut ana, mut ben) = (neighbour(&house, 0).await, neighbour(&house, 1).await);
        let day = tomorrow(&mut ana).await;
        let (one, other) = tokio::join!(
            books(&mut ana, &day, ("0000000000101", "09:30")),
            books(&mut ben, &day, ("0000000000102", "10:00")),
        );
        let (won, lost, mut winner) = match one.status {
            StatusCode::SEE_OTHER => (one, other, ana),
            _ => (other, one, ben),
        };
        assert_eq!(won.location(), "/my/plans", "{}", won.body);
        assert_eq!(lost.status, StatusCode::CONFLICT, "{}", lost.body);
        lost.says("value=\"choir practice\"")
            .says("value=\"10\"")
            .says("11:00–21:00")
            .says("Please choose another time");
        let plans = winner.get("/my/plans").await;
        plans.says("Great room").says("choir practice");
        assert_eq!(missing_words(&plans.body), Vec::<&str>::new());
        let form = plans.body.split("action=\"/my/bookings/").nth(1);
        let id = form.and_then(|rest| rest.split('/').next());
        let give = format!("/my/bookings/{}/cancel", id.expect("a booking"));
        let given = winner.post(&give, &[("which", "one")]).await;
        assert_eq!(given.location(), "/my/plans", "{}", given.body);
        let mut cai = neighbour(&house, 2).await;
        let again = books(&mut cai, &day, ("0000000000103", "10:00")).await;
        assert_eq!(again.location(), "/my/plans", "its hours are free again");
    }
}

#[tokio::test]
async fn a_wish_that_breaks_a_rule_comes_back_with_a_sentence() {
    for house in houses(102) {
        hall(&house, "at-once").await;
        let mut anybody = house.browser();
        let page = anybody.get(ROOM_PAGE).await;
        page.says("/sign-in?back=");
        let mut ana = neighbour(&house, 0).await;
        let day = tomorrow(&mut ana).await;
        for (field, value) in [
            ("from", ""),
            ("to", "22:00"),
            ("to", "12:30"),
            ("heads", "41"),
            ("heads", "many"),
            ("purpose", ""),
            ("day", "2000-01-01"),
            ("day", "nonsense"),
            ("repeat", "weekly"),
        ] {
            let mut fields = vec![
                ("id", "0000000000101"),
                ("day", day.as_str()),
                ("from", "10:00"),
                ("to", "11:00"),
                ("heads", "10"),
                ("purpose", "choir practice"),
                ("repeat", ""),
                ("times", "99"),
            ];
            fields = with(fields, field, value);
            let answer = ana.post(ROOM_PAGE, &fields).await;
            let place = format!("{field}={value}: {}", answer.body);
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{place}");
            assert_eq!(missing_words(&answer.body), Vec::<&str>::new(), "{place}");
        }
    }
}

#[tokio::test]
async fn staff_decide_what_needs_to_be_approved() {
    for house in houses(103) {
        let mut keeper = hall(&house, "asked").await;
        let mut ana = neighbour(&house, 0).await;
        let day = tomorrow(&mut ana).await;
        let asked = books(&mut ana, &day, ("0000000000101", "10:00")).await;
        assert_eq!(asked.location(), "/my/plans", "{}", asked.body);
        ana.get("/my/plans").await.says("Waits for an answer");
        let page = format!("/desk/venues/{VENUE}");
        keeper.get(&page).await.says("choir practice");
        let decide = format!("{page}/bookings/0000000000101");
        let foreign = ana.post(&decide, &[("decision", "given")]).await;
        assert_ne!(foreign.location(), page, "not by whoever asks");
        let mut other = desk(&house, "dispatcher").await;
        let foreign = other.post(&decide, &[("decision", "given")]).await;
        assert_ne!(foreign.location(), page, "not by another unit");
        let given = keeper.post(&decide, &[("decision", "given")]).await;
        assert_eq!(given.location(), page, "{}", given.body);
        let late = keeper.post(&decide, &[("decision", "declined")]).await;
        assert_eq!(late.status, StatusCode::GONE, "it is decided");
        ana.get("/my/plans").await.says("Booked");
        house.town.does_its_work().await;
        let letters = house.town.letters().await;
        let mut bodies = letters.iter().map(|letter| letter.body.as_str());
        assert!(
            bodies.any(|body| body.contains("Great room") || body.contains("大厅")),
            "they are told of the room"
        );
    }
}

/// An activity in the room for one, or for two with a question.
async fn meeting(keeper: &mut Browser, day: &str, capacity: &str) {
    let fields = vec![
        ("id", MEETING),
        ("title", "Dumplings"),
        ("day", day),
        ("from", "14:00"),
        ("to", "16:00"),
        ("room", ROOM),
        ("capacity", capacity),
        ("team_max", "1"),
        ("questions", "Which filling? | meat, cabbage"),
        ("handover", "at-once"),
        ("repeat", ""),
        ("times", "4"),
    ];
    let nobody = with(fields.clone(), "capacity", "0");
    let wrong = keeper.post("/desk/activities", &nobody).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("value=\"Dumplings\"");
    for _ in 0..2 {
        let made = keeper.post("/desk/activities", &fields).await;
        assert_eq!(made.location(), format!("/desk{MEETING_PAGE}"));
    }
}

async fn comes(browser: &mut Browser) -> Answer {
    let fields = [("q-0", "meat")];
    let sign_up = format!("{MEETING_PAGE}/sign-up");
    browser.post(&sign_up, &fields).await
}

#[tokio::test]
async fn who_waits_gets_the_seat_of_who_leaves_and_the_door_knows_its_code() {
    for house in houses(104) {
        let mut keeper = hall(&house, "at-once").await;
        let day = tomorrow(&mut keeper).await;
        meeting(&mut keeper, &day, "1").await;
        let (mut ana, mut ben) = (neighbour(&house, 0).await, neighbour(&house, 1).await);
        ana.get("/activities").await.says("Dumplings");
        let sign_up = format!("{MEETING_PAGE}/sign-up");
        let silent = ana.post(&sign_up, &[("q-0", "")]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        silent.says("Please fill this in");
        for _ in 0..2 {
            let seated = comes(&mut ana).await;
            assert_eq!(seated.location(), MEETING_PAGE, "{}", seated.body);
        }
        ana.get(MEETING_PAGE).await.says("I cannot come");
        ben.get(MEETING_PAGE).await.says("Full");
        assert_eq!(comes(&mut ben).await.location(), MEETING_PAGE);
        ben.get(MEETING_PAGE).await.says("Wait no longer");
        let list = keeper.get(&format!("/desk{MEETING_PAGE}")).await;
        list.says("1 of 1").says("meat");
        assert_eq!(missing_words(&list.body), Vec::<&str>::new());
        let leave = format!("{MEETING_PAGE}/leave");
        assert_eq!(ana.post(&leave, &[]).await.location(), MEETING_PAGE);
        ben.get(MEETING_PAGE).await.says("I cannot come");
        ben.get("/my/plans").await.says("Dumplings");

        let door = keeper.get(&format!("/desk{MEETING_PAGE}/door")).await;
        door.says("<svg");
        assert_eq!(missing_words(&door.body), Vec::<&str>::new());
        let here = format!("{MEETING_PAGE}/here");
        ben.get(&here).await.says("Check in");
        for wrong in ["000000", "", "'"] {
            let answer = ben.post(&here, &[("code", wrong)]).await;
            assert!(answer.status.is_client_error(), "{}", answer.status);
            answer.says("name=\"code\"");
        }
        let mut stranger = desk(&house, "dispatcher").await;
        let foreign = stranger.get(&format!("/desk{MEETING_PAGE}/door")).await;
        assert!(foreign.status.is_client_error(), "{}", foreign.status);
    }
}

/// The instant of a time of a day, by the clocks of the town.
fn moment(day: &str, time: &str) -> jiff::Timestamp {
    let text = format!("{day}T{time}:00+08:00");
    text.parse().expect("a moment")
}

/// The six digits that the page at the door shows.
fn shown(door: &Answer) -> String {
    let digits = door.body.split("data-copy=\"").nth(1);
    let digits = digits.and_then(|rest| rest.split('"').next());
    digits.expect("a code").to_owned()
}

#[tokio::test]
async fn the_code_at_the_door_changes_and_an_old_one_says_where_to_look() {
    for house in houses(105) {
        let mut keeper = hall(&house, "at-once").await;
        let day = tomorrow(&mut keeper).await;
        meeting(&mut keeper, &day, "2").await;
        let mut ana = neighbour(&house, 0).await;
        assert_eq!(comes(&mut ana).await.location(), MEETING_PAGE);
        house.town.clock.set(moment(&day, "13:50"));
        // Those who signed in the day before sign in again.
        let mut keeper = desk(&house, "community").await;
        let mut ana = neighbour(&house, 0).await;
        let page = format!("/desk{MEETING_PAGE}/door");
        let door = keeper.get(&page).await;
        door.says("class=\"qr\"><svg").says("every 20s");
        let old = shown(&door);
        assert_eq!(old.len(), 6);
        house.town.clock.advance(SignedDuration::from_secs(60));
        let door = keeper.get(&page).await;
        let new = shown(&door);
        assert_ne!(old, new, "it changes");
        let here = format!("{MEETING_PAGE}/here");
        let late = ana.post(&here, &[("code", &old)]).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        late.says("Please look at the screen by the door");
        let came = ana.post(&here, &[("code", &new)]).await;
        assert_eq!(came.location(), MEETING_PAGE, "{}", came.body);
        keeper
            .get(&format!("/desk{MEETING_PAGE}"))
            .await
            .says("checked");
    }
}
