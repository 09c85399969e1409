//! What is chosen at the desk: a place that is searched or listed, a unit that may be called;
//! and the places that a history speaks of.

use axum::http::StatusCode;
use huiyin_domain::place::Level;
use huiyin_domain::unit::UnitCategory;

use crate::browser::{Browser, House, houses};

async fn desk(house: &House, login: &str) -> Browser {
    let person = house.town.town.person(login);
    let person = person.unwrap_or_else(|| panic!("nobody signs in as {login}"));
    house.signed_in(person.id).await
}

#[tokio::test]
async fn a_place_is_found_listed_and_chosen_without_a_script() {
    for house in houses(81) {
        let mut office = desk(&house, "office").await;
        let street = house.town.town.places_at(Level::Street).next();
        let street = street.expect("a street");
        let (code, name) = (street.code.to_string(), street.names.in_lang("en"));
        let choice = format!("name=\"place\" value=\"{code}\"");
        let form = "/admin/duties";
        let looked = [
            ("place--search", name),
            ("time_limit", "36"),
            ("act", "place-find:place"),
        ];
        let found = office.post(form, &looked).await;
        assert_eq!(found.status, StatusCode::OK, "{}", found.body);
        found.says(&choice).says("value=\"36\"");
        let inside = code[..6].to_owned();
        let listed = [("act", format!("place-inside:place:{inside}"))];
        let listed = listed.each_ref().map(|(name, text)| (*name, text.as_str()));
        office.post(form, &listed).await.says(name);
        // What is typed and not chosen is no place; a code is.
        let typed = office.post(form, &[("place--search", name)]).await;
        assert_eq!(typed.status, StatusCode::UNPROCESSABLE_ENTITY);
        typed.says("choose one of the places found").says(&choice);
        let time = format!("/admin/working-time?place--search={code}");
        let opened = office.get(&time).await;
        assert_eq!(opened.location(), format!("/admin/working-time/{code}"));
        let person = house.town.town.person("handler").expect("a handler");
        let mut security = desk(&house, "security").await;
        let posts = format!("/admin/people/{}/posts", person.id);
        let unit = person.posts[0].unit.to_string();
        let post = [
            ("role", "supervisor"),
            ("unit", unit.as_str()),
            ("place--search", name),
        ];
        let refused = security.post(&posts, &post).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("choose one of the places found");
    }
}

#[tokio::test]
async fn a_place_of_the_highest_level_is_made_only_when_that_is_said() {
    for house in houses(82) {
        let mut office = desk(&house, "office").await;
        let slip = [("code", "9909"), ("zh", "手滑")];
        let refused = office.post("/admin/places", &slip).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("highest level").says("value=\"9909\"");
        let renamed = office.post("/admin/places/9909", &[("zh", "手滑")]).await;
        assert_eq!(renamed.status, StatusCode::NOT_FOUND);
        assert!(!office.get("/admin/places").await.body.contains("at=9909"));
        let meant = [slip[0], slip[1], ("top", "yes")];
        let made = office.post("/admin/places", &meant).await;
        assert_eq!(made.location(), "/admin/places", "{}", made.body);
        office.get("/admin/places").await.says("at=9909");
    }
}

#[tokio::test]
async fn a_whistle_lists_only_whom_the_post_may_call() {
    for house in houses(83) {
        let mut dispatcher = desk(&house, "dispatcher").await;
        let form = dispatcher.get("/desk/new/whistle").await;
        let listed = |category| {
            let units = house.town.town.units.iter();
            let own = units.filter(|unit| unit.category == category);
            own.filter(|unit| form.body.contains(&format!("value=\"{}\"", unit.id)))
                .count()
        };
        assert!(listed(UnitCategory::Department) > 3, "{}", form.body);
        for beyond in [
            UnitCategory::Community,
            UnitCategory::Street,
            UnitCategory::Partner,
        ] {
            assert_eq!(listed(beyond), 0, "{beyond:?}");
        }
    }
}

#[tokio::test]
async fn a_history_names_the_places_it_was_in() {
    for house in houses(84) {
        let town = &house.town.town;
        let worker = town.person("community").expect("a community worker");
        let own = worker.posts[0].place.clone();
        let buildings = town.places_at(Level::Building);
        let own = buildings.filter(|place| place.code.is_within(&own));
        let [one, other] = &own.take(2).collect::<Vec<_>>()[..] else {
            panic!("a community has two buildings");
        };
        let mut operator = desk(&house, "operator").await;
        let form = operator.get("/desk/new/appeal").await;
        let (id, place) = (form.input("id"), one.code.to_string());
        let fields = [
            ("id", id.as_str()),
            ("channel", "hotline"),
            ("f-description", "The door of the stairway does not close."),
            ("f-place", place.as_str()),
        ];
        let saved = operator.post("/desk/new/appeal", &fields).await;
        assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
        let mut community = desk(&house, "community").await;
        let case = format!("/desk/cases/{id}");
        for at in [&other.code, &one.code] {
            let page = community.get(&case).await;
            let (version, at) = (page.input("version"), at.to_string());
            let sorted = [
                ("version", version.as_str()),
                ("f-item", "housing"),
                ("f-place", at.as_str()),
            ];
            let done = community
                .post(&format!("{case}/steps/classify"), &sorted)
                .await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        }
        let page = community.get(&case).await;
        let past = page.body.split("class=\"letter-past\"").nth(1);
        let past = past.expect("the page has a history");
        assert!(past.contains(other.names.in_lang("en")), "{past}");
        assert!(!past.contains(&other.code.to_string()), "{past}");
    }
}
