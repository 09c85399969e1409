//! Hours and days are kept, hold at once, and can be taken back.

use huiyin_domain::access::Actor;
use huiyin_domain::calendar::{PlaceHours, SpecialDay, Week, What, Whose};
use huiyin_domain::names::Names;
use huiyin_domain::person::Role;
use huiyin_domain::place::PlaceCode;
use jiff::civil::{Date, date};

use super::{look, put, put_day};
use crate::testing::{Bench, UNIT, actor, benches};

fn code(text: &str) -> PlaceCode {
    text.parse().unwrap()
}

async fn minutes(bench: &Bench, place: &str, day: Date) -> u32 {
    let (almanac, _) = look::look(&bench.app).await.unwrap();
    let calendar = almanac.calendar(Some(&code(place)), Some(UNIT));
    calendar.day(day).hours.minutes()
}

#[tokio::test]
async fn hours_of_a_place_hold_within_it_until_they_are_taken_back() {
    for bench in benches() {
        let (app, office) = (&bench.app, actor(Role::Office));
        let monday = date(2026, 3, 2);
        assert_eq!(minutes(&bench, "652901001001", monday).await, 7 * 60);
        let long: Week = serde_json::from_str(r#"["10-20","","","","","","10-12"]"#).unwrap();
        let hours = PlaceHours {
            week: long,
            ..PlaceHours::usual()
        };
        put::put(app, &office, code("652901"), hours.clone())
            .await
            .unwrap();
        assert_eq!(minutes(&bench, "652901001001", monday).await, 10 * 60);
        assert_eq!(minutes(&bench, "6529", monday).await, 7 * 60);
        let (almanac, _) = look::look(app).await.unwrap();
        assert_eq!(
            almanac.hours(&code("652901001")),
            Some((&code("652901"), &hours))
        );

        let nowhere = put::put(app, &office, code("1501"), hours.clone()).await;
        assert_eq!(
            nowhere.unwrap_err().refusal().unwrap().key(),
            "refused-no-place"
        );
        let refused = put::put(app, &actor(Role::Dispatcher), code("6529"), hours).await;
        assert_eq!(
            refused.unwrap_err().refusal().unwrap().key(),
            "refused-not-permitted"
        );

        put::remove(app, &office, code("652901")).await.unwrap();
        assert_eq!(minutes(&bench, "652901001001", monday).await, 7 * 60);
        let twice = put::remove(app, &office, code("652901")).await;
        assert_eq!(
            twice.unwrap_err().refusal().unwrap().key(),
            "refused-no-place"
        );
    }
}

#[tokio::test]
async fn a_special_day_is_put_changed_and_taken_away() {
    for bench in benches() {
        let (app, office) = (&bench.app, actor(Role::Office));
        let monday = date(2026, 3, 2);
        let day = |what| SpecialDay {
            date: monday,
            what,
            names: Names::one("zh", " 停电\u{200b} 检修 "),
        };
        let (place, unit) = (Whose::Place(code("652901")), Whose::Unit(UNIT));
        put_day::put(app, &office, place.clone(), day(What::Off))
            .await
            .unwrap();
        assert_eq!(minutes(&bench, "652901001001", monday).await, 0);
        let short = What::Working(Some("10-11".parse().unwrap()));
        put_day::put(app, &office, unit.clone(), day(short))
            .await
            .unwrap();
        assert_eq!(minutes(&bench, "652901001001", monday).await, 60);
        put_day::put(app, &office, unit.clone(), day(What::Working(None)))
            .await
            .unwrap();
        assert_eq!(minutes(&bench, "652901001001", monday).await, 7 * 60);
        let (almanac, _) = look::look(app).await.unwrap();
        let kept = almanac.days(&unit).unwrap().get(monday).unwrap();
        assert_eq!(kept.names, Names::one("zh", "停电 检修"));
        assert_eq!(almanac.units().collect::<Vec<_>>(), [UNIT]);

        put_day::remove(app, &office, unit.clone(), monday)
            .await
            .unwrap();
        put_day::remove(app, &office, unit.clone(), monday)
            .await
            .unwrap();
        assert_eq!(minutes(&bench, "652901001001", monday).await, 0);
        put_day::remove(app, &office, place, monday).await.unwrap();
        assert_eq!(minutes(&bench, "652901001001", monday).await, 7 * 60);

        let long = SpecialDay {
            names: Names::one("zh", &"长".repeat(61)),
            ..day(What::Off)
        };
        let refused = put_day::put(app, &office, unit.clone(), long).await;
        assert_eq!(
            refused.unwrap_err().refusal().unwrap().key(),
            "refused-invalid"
        );
        let refused = put_day::put(app, &Actor::anyone(), unit, day(What::Off)).await;
        assert_eq!(
            refused.unwrap_err().refusal().unwrap().key(),
            "refused-sign-in-needed"
        );
    }
}
