//! Doors through the pages: a run, a contact, a matter brought in from a door, and whoever must not
//! see them.

use axum::http::StatusCode;
use huiyin_domain::place::{Level, PlaceCode};

use crate::admin::desk;
use crate::browser::{Browser, House, houses};
use crate::rounds::{all, fine};
use crate::tasks::place_of;

const NUMBER: &str = "13900007788";

/// A building in the community of whoever signs in as `community`.
fn building(house: &House) -> PlaceCode {
    let community = place_of(house, "community");
    let mut buildings = house.town.town.places_at(Level::Building);
    let building = buildings.find(|place| place.code.is_within(&community));
    building.expect("a community has a building").code.clone()
}

async fn adds(community: &mut Browser, place: &PlaceCode, door: &str) -> String {
    let list = format!("/desk/households/{place}");
    let id = fine(community.get(&list).await).input("id");
    let place = place.to_string();
    let fields = [("id", id.as_str()), ("place", &place), ("door", door)];
    for _ in 0..2 {
        let added = community.post(&format!("{list}/doors"), &fields).await;
        assert_eq!(added.location(), list, "{}", added.body);
    }
    let page = fine(community.get(&list).await);
    format!(
        "/desk/household/{}",
        all(&page.body, "href=\"/desk/household/")[0]
    )
}

#[tokio::test]
async fn a_run_is_seen_first_and_what_is_wrong_stands_beside_its_field() {
    for house in houses(51) {
        let mut community = desk(&house, "community").await;
        let place = building(&house);
        let own = fine(community.get("/desk/households").await);
        own.says("No doors yet");
        let list = format!("/desk/households/{place}");
        fine(community.get(&list).await).says("No households yet");
        let run = format!("{list}/run");
        fine(community.get(&run).await);
        let mut fields = vec![
            ("entrance-first", "2"),
            ("entrance-last", "1"),
            ("floor-first", "1"),
            ("floor-last", "x"),
            ("doors", "2"),
        ];
        let wrong = community.post(&run, &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong.body.matches("smaller one first").count(), 2);
        wrong.says("value=\"x\"");
        fields[0].1 = "1";
        fields[1].1 = "2";
        fields[3].1 = "3";
        let seen = fine(community.post(&run, &fields).await);
        seen.says("2-302").says("12 of 12 are new");
        fine(community.get(&list).await).says("No households yet");
        fields.push(("do", "keep"));
        for _ in 0..2 {
            let kept = community.post(&run, &fields).await;
            assert_eq!(kept.location(), list);
        }
        fine(community.get(&list).await).says("About 12 households");
        let of_place = fine(community.get(&format!("/desk/places/{place}")).await);
        of_place.says("About 12 households");
        let file = community.get(&format!("{list}/doors.csv")).await;
        assert_eq!(file.body.lines().count(), 13);
        let bad = format!("place,door\n{place},9-101\n{place},张大爷\n");
        let files = [("file", bad.as_bytes())];
        let refused = community.post_files("/desk/households/import", &[("do", "import")], &files);
        let refused = refused.await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("Nothing was written").says("张大爷");
        fine(community.get(&list).await).says("About 12 households");
        let none = community
            .post_files("/desk/households/import", &[], &[])
            .await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn a_contact_is_kept_by_those_who_agreed_and_shown_by_an_act_of_its_own() {
    for house in houses(52) {
        let mut community = desk(&house, "community").await;
        let place = building(&house);
        let one = adds(&mut community, &place, "3-201").await;
        let leave = format!("/desk/households/{place}/contact");
        let id = one.rsplit('/').next().unwrap_or_default().to_owned();
        let mut fields = vec![("household", id.as_str()), ("contact", NUMBER)];
        let wrong = community.post(&leave, &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong
            .says(NUMBER)
            .says("when the people of the door agreed");
        fields.push(("agreed", "yes"));
        let kept = community.post(&leave, &fields).await;
        assert_eq!(kept.location(), format!("/desk/households/{place}"));
        for path in [&one, &format!("/desk/households/{place}")] {
            let page = fine(community.get(path).await);
            assert!(!page.body.contains("7788"), "{path}");
        }
        let open = format!("{one}/contact/open");
        let wrong = community.post(&open, &[("purpose", "")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let shown = fine(community.post(&open, &[("purpose", "水管爆了")]).await);
        shown.says("+8613900007788").says("水管爆了");
        let mut auditor = desk(&house, "auditor").await;
        let looks = fine(auditor.get("/admin/looks").await);
        looks.says("水管爆了").says("the contact of door");
        let mut office = desk(&house, "office").await;
        let seen = fine(office.get(&one).await);
        seen.says("The grid worker and the community can open it");
        let kept_out = office.post(&open, &[("purpose", "curious")]).await;
        assert_eq!(kept_out.status, StatusCode::FORBIDDEN);
        for login in ["system", "security", "auditor"] {
            let mut other = desk(&house, login).await;
            let page = other.get(&one).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{login}");
        }
        let erased = community.post(&format!("{one}/contact/erase"), &[]).await;
        assert_eq!(erased.location(), one);
        let gone = fine(community.get(&one).await);
        gone.says("left no contact");
        let place_text = place.to_string();
        let twice = [("place", place_text.as_str()), ("door", "３－２０１")];
        let wrong = community
            .post(&one, &[("place", "652999"), ("door", "")])
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(community.post(&one, &twice).await.location(), one);
        for (what, says) in [
            ("close", "This door is closed"),
            ("open", "Bring something in from here"),
        ] {
            let closed = community
                .post(&format!("{one}/close"), &[("do", what)])
                .await;
            assert_eq!(closed.location(), one);
            fine(community.get(&one).await).says(says);
        }
    }
}

#[tokio::test]
async fn a_matter_from_a_door_takes_its_address_and_the_contact_only_when_they_ask() {
    for house in houses(53) {
        let mut community = desk(&house, "community").await;
        let place = building(&house);
        let one = adds(&mut community, &place, "3-201").await;
        let household = one.rsplit('/').next().unwrap_or_default().to_owned();
        let link = format!("/desk/new?household={household}");
        let there = community.get(&link).await.location().to_owned();
        let form = fine(community.get(&there).await);
        form.says("3-201\"").says("From a door");
        let id = form.input("id");
        let action = there.split('?').next().unwrap_or_default().to_owned();
        let place_text = place.to_string();
        let mut fields = vec![
            ("id", id.as_str()),
            ("channel", "door"),
            ("f-description", "楼道的灯坏了"),
            ("f-place", place_text.as_str()),
            ("household", household.as_str()),
            ("household-asks", "yes"),
        ];
        let wrong = community.post(&action, &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong.says("No contact was left").says("楼道的灯坏了");
        let left = [("contact", NUMBER), ("agreed", "yes")];
        community.post(&format!("{one}/contact"), &left).await;
        let doors = [&fields[..4], &[("act", "doors")]].concat();
        let chosen = fine(community.post(&action, &doors).await);
        chosen.says(&format!("<option value=\"{household}\""));
        let saved = fine(community.post(&action, &fields).await);
        assert!(!saved.body.contains("7788"));
        fine(community.get(&one).await).says("asked to bring something in");
        let case = all(&saved.body, "href=\"/desk/cases/")[0].to_owned();
        let seal = format!("/desk/cases/{case}/seal");
        let opened = community.post(&seal, &[("purpose", "请他们开门")]).await;
        opened.says("13900007788").says("3-201");
        let elsewhere = place_of(&house, "community")
            .parent()
            .map(|at| at.to_string());
        let elsewhere = format!("{}999", elsewhere.unwrap_or_default());
        fields[3].1 = &elsewhere;
        let wrong = community.post(&action, &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong.says("in another place than the one above");
    }
}
