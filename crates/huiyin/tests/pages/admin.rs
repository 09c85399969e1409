//! The administration: what it keeps, what it refuses, and that every page of the desk
//! and the administration is drawn in both languages with all its words.

use axum::http::StatusCode;

use crate::browser::{Browser, House, houses};

pub async fn desk(house: &House, login: &str) -> Browser {
    let person = house.town.town.person(login);
    let person = person.unwrap_or_else(|| panic!("nobody signs in as {login}"));
    house.signed_in(person.id).await
}

/// Keys of words that a page shows instead of the words.
pub fn missing_words(body: &str) -> Vec<&str> {
    const AREAS: &[&str] = &[
        "desk-",
        "admin-",
        "refused-",
        "fault-",
        "flash-",
        "when-",
        "role-",
        "level-",
        "telling-",
        "rates-",
        "follow-ups-",
        "occasion-",
        "collection-",
        "packing-",
        "inspections-",
        "proposals-",
        "volunteer-",
        "volunteers-",
        "certificate-",
        "partner-",
        "partners-",
        "venue-",
        "venues-",
        "room-",
        "booking-",
        "activity-",
        "activities-",
        "sign-up-",
        "plans-",
        "menu-",
        "gifts-",
        "team-",
        "teams-",
        "grid-ask-",
        "grid-kept-",
        "grid-who",
        "grid-say",
        "grids-",
        "poster-",
        "posters-",
    ];
    let texts = body.split('>').filter_map(|part| part.split('<').next());
    let attributes = ["title=\"", "aria-label=\"", "placeholder=\""];
    let said = attributes.iter().flat_map(|name| {
        body.split(name)
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
    });
    texts
        .chain(said)
        .map(str::trim)
        .filter(|text| AREAS.iter().any(|area| text.starts_with(area)) && !text.contains(' '))
        .collect()
}

/// The pages of the desk and the administration, with somebody who may see them.
const PAGES: [(&str, &[&str]); 5] = [
    (
        "dispatcher",
        &[
            "/desk",
            "/desk/search?q=x",
            "/desk?state=closed",
            "/desk/me",
            "/desk/me/telling",
            "/desk/notices",
            "/desk/menu",
            "/desk/menu/new",
            "/desk/gifts",
            "/desk/help",
            "/desk/figures",
            "/desk/rates",
            "/desk/rates?by=item",
            "/desk/new/appeal",
            "/desk/new/whistle",
            "/admin",
            "/admin/duties",
            "/admin/duties/line",
            "/admin/items",
            "/admin/duties/import",
            "/admin/items/import",
            "/admin/kinds/appeal",
            "/admin/kinds/wish",
            "/admin/kinds/whistle",
        ],
    ),
    (
        "office",
        &[
            "/admin/places",
            "/admin/places?q=a",
            "/admin/places/import",
            "/admin/units",
            "/admin/units/import",
            "/admin/supervision",
        ],
    ),
    (
        "security",
        &[
            "/desk",
            "/admin",
            "/admin/people",
            "/admin/tokens",
            "/admin/kinds",
        ],
    ),
    (
        "auditor",
        &["/admin", "/admin/looks", "/admin/log", "/desk/me"],
    ),
    ("system", &["/admin", "/admin/jobs", "/admin/webhooks"]),
];

#[tokio::test]
async fn every_page_is_drawn_with_all_its_words_in_both_languages() {
    let house = houses(51).remove(0);
    for language in ["zh", "en"] {
        for (login, paths) in PAGES {
            let mut browser = desk(&house, login).await;
            browser.language = language;
            for path in paths {
                let answer = browser.get(path).await;
                if answer.status == StatusCode::SEE_OTHER {
                    continue;
                }
                assert_eq!(answer.status, StatusCode::OK, "{login} {path}");
                assert_eq!(
                    answer.body.matches("<h1").count(),
                    1,
                    "{path} has one heading"
                );
                let missing = missing_words(&answer.body);
                assert!(missing.is_empty(), "{language} {path}: {missing:?}");
            }
        }
    }
}

#[tokio::test]
async fn places_are_added_renamed_closed_and_imported() {
    for house in houses(52) {
        let mut office = desk(&house, "office").await;
        let county = house.town.town.person("office").expect("an office").posts[0]
            .place
            .to_string();
        let street = format!("{county}777");
        office.get("/admin/places").await;
        let named = [
            ("code", street.as_str()),
            ("zh", "新街街道"),
            ("en", "New Street"),
        ];
        let added = office.post("/admin/places", &named).await;
        assert_eq!(
            added.location(),
            format!("/admin/places?at={county}"),
            "{}",
            added.body
        );
        let wrong = office
            .post("/admin/places", &[("code", "12"), ("zh", "短")])
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong.says("value=\"12\"").says("Not the code of a place");
        let path = format!("/admin/places/{street}");
        office
            .post(&path, &[("zh", "新街街道"), ("en", "Newer Street")])
            .await;
        office
            .get(&format!("/admin/places?at={street}"))
            .await
            .says("Newer Street");
        office.post(&format!("{path}/close"), &[]).await;
        office
            .get(&format!("/admin/places?at={street}"))
            .await
            .says("Open it again");

        let table = format!("code,name\n{street}001,桥头社区\nx,坏\n");
        let form = [("do", "check")];
        let files = [("file", table.as_bytes())];
        let checked = office
            .post_files("/admin/places/import", &form, &files)
            .await;
        checked.says("nothing was changed").says("1 wrong");
        let found = format!("/admin/places?at={street}001");
        assert_eq!(office.get(&found).await.status, StatusCode::NOT_FOUND);
        let form = [("do", "import")];
        office
            .post_files("/admin/places/import", &form, &files)
            .await
            .says("1 added");
        office.get(&found).await.says("桥头社区");
        let again = office
            .post_files("/admin/places/import", &form, &files)
            .await;
        again.says("0 added");
        let none = office.post("/admin/places/import", &form).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn units_items_and_duties_are_kept_and_dispatch_hears_of_them() {
    for house in houses(53) {
        let mut office = desk(&house, "office").await;
        let county = house.town.town.person("office").expect("an office").posts[0]
            .place
            .to_string();
        office.get("/admin/units").await;
        let unit = [
            ("zh", "路灯所"),
            ("en", "Lamp office"),
            ("category", "department"),
            ("place", county.as_str()),
        ];
        let added = office.post("/admin/units", &unit).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
        let list = office.get("/admin/units?q=Lamp").await;
        let at = list
            .body
            .find("/admin/units/0")
            .expect("the unit is listed");
        let path = list.body[at..]
            .split('"')
            .next()
            .unwrap_or_default()
            .to_owned();
        let id = path.rsplit('/').next().unwrap_or_default().to_owned();
        let item = [
            ("code", "lamps.broken"),
            ("zh", "路灯坏了"),
            ("keywords", "路灯 黑"),
        ];
        assert_eq!(
            office.post("/admin/items", &item).await.status,
            StatusCode::SEE_OTHER
        );
        let bad = office
            .post("/admin/items", &[("code", "Lamps!"), ("zh", "坏")])
            .await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        let duty = [
            ("item", "lamps.broken"),
            ("place", county.as_str()),
            ("unit", id.as_str()),
            ("time_limit", "36"),
        ];
        let kept = office.post("/admin/duties", &duty).await;
        assert_eq!(kept.location(), "/admin/duties", "{}", kept.body);
        office
            .get("/admin/duties?item=lamps.broken")
            .await
            .says("Lamp office")
            .says("36 hours");
        office.get(&path).await.says("36 hours");
        let soon = [duty[0], duty[1], duty[2], ("time_limit", "soon")];
        let wrong = office.post("/admin/duties", &soon).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong.says("value=\"soon\"");
        let gone = [duty[0], duty[1], duty[2], ("remove", "1")];
        office.post("/admin/duties", &gone).await;
        assert!(
            !office
                .get("/admin/duties?item=lamps.broken")
                .await
                .body
                .contains("36 hours")
        );
    }
}

#[tokio::test]
async fn posts_are_given_and_ended_and_administrators_hold_nothing_else() {
    for house in houses(54) {
        let mut security = desk(&house, "security").await;
        let person = house.town.town.person("handler").expect("a handler");
        let path = format!("/admin/people/{}", person.id);
        security.get(&path).await.says(&person.name);
        let unit = person.posts[0].unit.to_string();
        let both = [("role", "auditor"), ("unit", unit.as_str())];
        let refused = security.post(&format!("{path}/posts"), &both).await;
        assert!(refused.status.is_client_error(), "{}", refused.status);
        let more = [("role", "supervisor"), ("unit", unit.as_str())];
        let given = security.post(&format!("{path}/posts"), &more).await;
        assert_eq!(given.location(), path, "{}", given.body);
        let post = format!("{path}/posts/{}/end", person.posts[0].id);
        assert_eq!(security.post(&post, &[]).await.location(), path);
        let token = [
            ("name", "Hotline"),
            ("unit", unit.as_str()),
            ("role", "operator"),
            ("scope", "cases:read"),
        ];
        security.get("/admin/tokens").await;
        let made = security.post("/admin/tokens", &token).await;
        made.says("hy_");
        assert!(
            !security.get("/admin/tokens").await.body.contains("hy_"),
            "shown once"
        );
        let unscoped = security.post("/admin/tokens", &token[..3]).await;
        assert_eq!(unscoped.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}
