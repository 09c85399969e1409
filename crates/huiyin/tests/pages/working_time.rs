//! Working time on the pages of the administration: hours, special days, the year, the
//! warning.

use axum::http::StatusCode;

use crate::admin::{desk, missing_words};
use crate::browser::{House, houses};

fn county(house: &House) -> String {
    let office = house.town.town.person("office").expect("an office");
    office.posts[0].place.to_string()
}

#[tokio::test]
async fn hours_of_a_place_are_kept_refused_and_taken_back() {
    for house in houses(56) {
        let mut office = desk(&house, "office").await;
        let place = county(&house);
        let path = format!("/admin/working-time/{place}");
        let asked = office
            .get(&format!("/admin/working-time?place={place}"))
            .await;
        assert_eq!(asked.location(), path);
        let fresh = office.get(&path).await;
        fresh
            .says("value=\"09:00-12:00 14:00-18:00\"")
            .says("Everywhere else");
        assert!(!fresh.body.contains("Take its own hours back"));

        let mut form = vec![("zone", "Asia/Urumqi"), ("nation", "cn")];
        for day in ["day-1", "day-2", "day-3", "day-4", "day-5"] {
            form.push((day, "10-14、15:30-19:30"));
        }
        let kept = office.post(&path, &form).await;
        assert_eq!(kept.location(), path, "{}", kept.body);
        office
            .get(&path)
            .await
            .says("10:00-14:00 15:30-19:30")
            .says("Take its own hours back");
        office
            .get("/admin/working-time")
            .await
            .says("Monday–Friday 10:00-14:00 15:30-19:30");
        let within = format!("/admin/working-time/{}", &place[..4]);
        office
            .get(&within)
            .await
            .says("value=\"09:00-12:00 14:00-18:00\"");

        for (wrong, says) in [
            (
                vec![("zone", "Mars"), ("day-1", "9-12")],
                "no time zone of this name",
            ),
            (
                vec![("zone", "Asia/Shanghai"), ("day-1", "all day")],
                "Not hours",
            ),
            (vec![("zone", "Asia/Shanghai")], "Somebody has to work"),
        ] {
            let refused = office.post(&path, &wrong).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            refused.says(says);
        }
        office.get(&path).await.says("10:00-14:00 15:30-19:30");
        assert_eq!(
            office.post(&path, &[("remove", "1")]).await.location(),
            path
        );
        office.get(&path).await.says("Everywhere else");
    }
}

#[tokio::test]
async fn special_days_stand_in_the_year_of_a_place_and_a_unit() {
    for house in houses(57) {
        let mut office = desk(&house, "office").await;
        let path = format!("/admin/working-time/{}", county(&house));
        let year = office.get(&format!("{path}?year=2026")).await;
        // The National Day, and the Sunday on which people work for it.
        year.says("1–7 National Day").says("Sunday 20 National Day");
        let days = format!("{path}/days");
        let fair = [
            ("date", "2026-08-01"),
            ("what", "off"),
            ("name", "County fair"),
        ];
        let kept = office.post(&days, &fair).await;
        assert_eq!(
            kept.location(),
            format!("{path}?year=2026"),
            "{}",
            kept.body
        );
        office
            .get(&format!("{path}?year=2026"))
            .await
            .says("Saturday 1 County fair");

        let handler = house.town.town.person("handler").expect("a handler");
        let unit = format!("/admin/units/{}/days", handler.posts[0].unit);
        let duty = [
            ("date", "2026-08-01"),
            ("what", "working"),
            ("hours", "8-20"),
            ("name", "On duty"),
        ];
        assert_eq!(
            office.post(&unit, &duty).await.location(),
            format!("{unit}?year=2026")
        );
        let of_unit = office.get(&format!("{unit}?year=2026")).await;
        of_unit.says("Saturday 1 On duty, 08:00-20:00");
        assert!(
            !of_unit.body.contains("name=\"zone\""),
            "a unit has no hours of its own"
        );
        for (wrong, says) in [
            (
                vec![("date", "2026-02-30"), ("what", "off")],
                "There is no such day",
            ),
            (
                vec![("date", "2026-03-30"), ("what", "off"), ("hours", "9-12")],
                "Not hours",
            ),
        ] {
            let refused = office.post(&unit, &wrong).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            refused.says(says);
        }
        office
            .post(&unit, &[("date", "2026-08-01"), ("remove", "1")])
            .await;
        let back = office.get(&format!("{unit}?year=2026")).await;
        back.says("Saturday 1 County fair");
    }
}

#[tokio::test]
async fn all_words_are_there_in_both_languages() {
    let house = houses(59).remove(0);
    let handler = house.town.town.person("handler").expect("a handler");
    let unit = format!("/admin/units/{}/days", handler.posts[0].unit);
    let path = format!("/admin/working-time/{}?year=2026", county(&house));
    let mut office = desk(&house, "office").await;
    let off = [("date", "2026-08-01"), ("what", "off")];
    office.post(&unit, &off).await;
    for language in ["zh", "en"] {
        office.language = language;
        for page in [
            "/admin",
            "/admin/working-time",
            "/admin/working-time?place=x",
            &path,
            &unit,
        ] {
            let answer = office.get(page).await;
            let missing = missing_words(&answer.body);
            assert!(missing.is_empty(), "{language} {page}: {missing:?}");
            assert_eq!(
                answer.body.matches("<h1").count(),
                1,
                "{page} has one heading"
            );
        }
    }
}

#[tokio::test]
async fn a_missing_year_is_told_to_those_who_can_put_it_in() {
    for house in houses(58) {
        for (now, is_missing) in [
            ("2026-10-31T12:00:00+08:00", false),
            ("2026-11-01T12:00:00+08:00", true),
        ] {
            house.town.clock.set(now.parse().expect("an instant"));
            let mut office = desk(&house, "office").await;
            for page in ["/admin", "/admin/working-time"] {
                let told = office
                    .get(page)
                    .await
                    .body
                    .contains("public holidays of 2027 are missing");
                assert_eq!(told, is_missing, "{page} at {now}");
            }
            let mut auditor = desk(&house, "auditor").await;
            assert!(!auditor.get("/admin").await.body.contains("are missing"));
        }
    }
}
