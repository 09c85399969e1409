//! Rounds through the pages: set up by the community, walked by a grid worker, seen by nobody
//! else.

use axum::http::StatusCode;
use huiyin_app::jobs;
use huiyin_domain::place::PlaceCode;

use crate::admin::{desk, missing_words};
use crate::browser::{Answer, Browser, House, houses};
use crate::tasks::place_of;

/// What every value of an attribute is, in the order of the page.
pub fn all<'b>(body: &'b str, before: &str) -> Vec<&'b str> {
    let parts = body.split(before).skip(1);
    parts.filter_map(|part| part.split('"').next()).collect()
}

pub fn fine(answer: Answer) -> Answer {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let missing = missing_words(&answer.body);
    assert!(missing.is_empty(), "{missing:?}");
    answer
}

/// The community takes the checklists, adds two stairwells in a grid, and lets rounds come.
pub async fn sets_up(community: &mut Browser, house: &House, grid: &PlaceCode) {
    let place = place_of(house, "community").to_string();
    let empty = fine(community.get("/desk/rounds/setup").await);
    assert_eq!(empty.body.matches("btn-primary").count(), 1);
    for _ in 0..2 {
        let fields = [("place", place.as_str())];
        let taken = community
            .post("/desk/rounds/setup/checklists", &fields)
            .await;
        assert_eq!(taken.location(), "/desk/rounds/setup", "{}", taken.body);
    }
    for (name, turn) in [("一单元", "1"), ("二单元", "2")] {
        let id = fine(community.get("/desk/rounds/setup/spots/new").await).input("id");
        let mut fields = vec![
            ("id", id.as_str()),
            ("sort", "stairwell"),
            ("place", grid.as_str()),
            ("position", turn),
            ("zh", ""),
        ];
        let bare = community.post("/desk/rounds/setup/spots", &fields).await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(bare.input("id"), id, "the form keeps its name");
        fields.pop();
        fields.push(("zh", name));
        for _ in 0..2 {
            let added = community.post("/desk/rounds/setup/spots", &fields).await;
            assert_eq!(added.location(), "/desk/rounds/setup", "{}", added.body);
        }
    }
    let setup = fine(community.get("/desk/rounds/setup").await);
    let id = setup.input("id");
    let lists = all(&setup.body, "/desk/rounds/setup/checklists/");
    let mut stairwell = "";
    for list in &lists {
        let page = community
            .get(&format!("/desk/rounds/setup/checklists/{list}"))
            .await;
        if fine(page).body.contains("value=\"charge\"") {
            stairwell = list;
        }
    }
    for every in ["storm", "year"] {
        let day = house.town.app.config.day(house.town.app.now()).to_string();
        let fields = [
            ("id", id.as_str()),
            ("checklist", stairwell),
            ("place", place.as_str()),
            ("every", every),
            ("first_on", &day),
        ];
        let made = community.post("/desk/rounds/setup/cadences", &fields).await;
        let expected = match every {
            "year" => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::SEE_OTHER,
        };
        assert_eq!(made.status, expected, "{}", made.body);
    }
    let begun = community.post("/desk/rounds/setup/storm", &[]).await;
    assert_eq!(begun.location(), "/desk/rounds/setup", "{}", begun.body);
}

/// The fields of the first form of a page, each line with this mark.
pub fn filled(page: &Answer, mark: &str) -> Vec<(String, String)> {
    let form = page.body.split("data-queue-label=").nth(1).expect("a form");
    let form = form.split("</form>").next().expect("an end");
    let mut fields = vec![(
        "id".to_owned(),
        all(form, "name=\"id\" value=\"")[0].to_owned(),
    )];
    for part in form.split("name=\"case-").skip(1) {
        let (code, rest) = part.split_once("\" value=\"").expect("a code");
        let case = rest.split('"').next().expect("a case");
        fields.push((format!("case-{code}"), case.to_owned()));
        fields.push((format!("mark-{code}"), mark.to_owned()));
    }
    fields
}

pub fn lent(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    let pairs = fields.iter();
    pairs
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect()
}

#[tokio::test]
async fn a_round_is_set_up_walked_and_its_fault_is_a_case() {
    for house in houses(151) {
        let mut community = desk(&house, "community").await;
        let mut worker = desk(&house, "grid-worker").await;
        let grid = place_of(&house, "grid-worker");
        fine(worker.get("/desk/today").await);
        fine(community.get("/desk/rounds").await);
        sets_up(&mut community, &house, &grid).await;

        let today = fine(worker.get("/desk/today").await);
        let round = all(&today.body, "href=\"/desk/rounds/")[1].to_owned();
        let path = format!("/desk/rounds/{round}");
        let page = fine(worker.get(&path).await);
        let actions = all(&page.body, "action=\"/desk/rounds/");
        assert_eq!(actions.len(), 2, "{}", page.body);
        assert!(page.body.find("一单元") < page.body.find("二单元"));
        let first = format!("/desk/rounds/{}", actions[0]);

        let mut fields = filled(&page, "ok");
        let (lamp, way) = ("mark-lamp", "mark-way");
        for field in &mut fields {
            if [lamp, way].contains(&field.0.as_str()) {
                field.1 = "not-ok".to_owned();
            }
        }
        // A photo is wanted of the one and not of the other.
        let photoless = worker.post(&first, &lent(&fields)).await;
        assert_eq!(photoless.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(missing_words(&photoless.body).is_empty());
        assert_eq!(
            photoless.input("id"),
            fields[0].1,
            "the form keeps its name"
        );
        fields.retain(|field| field.0 != way);
        let unmarked = worker.post(&first, &lent(&fields)).await;
        assert_eq!(unmarked.status, StatusCode::UNPROCESSABLE_ENTITY);
        fields.push((way.to_owned(), "ok".to_owned()));
        fields.push(("weight-lamp".to_owned(), "grave".to_owned()));
        for _ in 0..2 {
            let told = worker.post(&first, &lent(&fields)).await;
            assert_eq!(told.location(), path, "{}", told.body);
        }
        let page = fine(worker.get(&path).await);
        let cases = all(&page.body, "href=\"/desk/cases/");
        assert_eq!(cases.len(), 1, "{}", page.body);
        fine(worker.get(&format!("/desk/cases/{}", cases[0])).await);
        fine(worker.get(&first).await);

        let second = format!(
            "/desk/rounds/{}",
            all(&page.body, "action=\"/desk/rounds/")[0]
        );
        let id = filled(&page, "ok")[0].1.clone();
        let fields = [("id", id.as_str()), ("why", "Locked")];
        let told = worker.post(&second, &fields).await;
        assert_eq!(told.location(), path, "{}", told.body);
        let page = fine(worker.get(&path).await);
        assert!(!page.body.contains("data-queue-label"), "{}", page.body);
        let board = fine(community.get("/desk/rounds").await);
        assert!(board.body.contains("2 / 2"), "{}", board.body);
        jobs::run_due(&house.town.app).await.expect("jobs run");
    }
}

#[tokio::test]
async fn a_checklist_changes_a_spot_closes_and_strangers_find_nothing() {
    let house = houses(152).remove(0);
    let mut community = desk(&house, "community").await;
    let grid = place_of(&house, "grid-worker");
    sets_up(&mut community, &house, &grid).await;
    let setup = community.get("/desk/rounds/setup").await;
    let list = all(&setup.body, "/desk/rounds/setup/checklists/")[0].to_owned();
    let list = format!("/desk/rounds/setup/checklists/{list}");
    let line = [
        ("zh", "楼道"),
        ("version", "1"),
        ("code-1", "lamp"),
        ("zh-1", "灯都亮"),
        ("weight-1", "minor"),
    ];
    let kept = community.post(&list, &line).await;
    assert_eq!(kept.location(), "/desk/rounds/setup", "{}", kept.body);
    let mut other = line;
    other[3].1 = "灯和开关都好";
    let stale = community.post(&list, &other).await;
    assert!(stale.status.is_client_error(), "{}", stale.status);
    let none = community.post(&list, &[("zh", ""), ("version", "2")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);

    let spots = all(&setup.body, "href=\"/desk/rounds/setup/spots/");
    let spot = spots.iter().find(|spot| **spot != "new").expect("a spot");
    let spot = format!("/desk/rounds/setup/spots/{spot}");
    fine(community.get(&spot).await);
    let wrong = community
        .post(&spot, &[("zh", "门"), ("position", "x")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let closed = community
        .post(&spot, &[("zh", "门"), ("do", "close")])
        .await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
    let ends = all(&setup.body, "action=\"/desk/rounds/setup/cadences/");
    let ended = community
        .post(&format!("/desk/rounds/setup/cadences/{}", ends[0]), &[])
        .await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);

    let board = community.get("/desk/rounds").await;
    let rounds = all(&board.body, "href=\"/desk/rounds/");
    let round = rounds
        .iter()
        .find(|round| **round != "setup")
        .expect("a round");
    let mut handler = desk(&house, "handler").await;
    let mut worker = desk(&house, "grid-worker").await;
    for path in [
        format!("/desk/rounds/{round}"),
        "/desk/today".to_owned(),
        "/desk/rounds/setup".to_owned(),
    ] {
        assert_eq!(
            handler.get(&path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    for path in ["/desk/rounds/setup", &list, &spot] {
        assert_eq!(
            worker.get(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    for path in ["/desk/rounds/x", "/desk/rounds/0000000000001/0000000000001"] {
        assert!(worker.get(path).await.status.is_client_error(), "{path}");
    }
}
