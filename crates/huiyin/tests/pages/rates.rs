//! Figures, rates, follow-up calls and their rules on the pages.

use axum::http::StatusCode;
use huiyin_domain::case::Value;
use huiyin_testkit::actors::{Brought, TestTown};
use jiff::SignedDuration;

use crate::admin::{desk, missing_words};
use crate::browser::{House, houses};
use crate::desk::{calls, near, takes};

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Answered, and closed because nobody judged it.
async fn unjudged(house: &House) -> Brought {
    let town = &house.town;
    let community = town.staff("community");
    let place = community.actor.posts[0].place.clone();
    let values = [
        ("description", text("The lamp in the yard is out.")),
        ("place", Value::Place(place)),
        ("contact", text("ana@example.org")),
    ];
    let brought = town.resident("ana").opens("appeal", &values).await;
    let brought = brought.expect("anybody may");
    let answer = [
        ("outcome", Value::Choice("solved".to_owned())),
        ("answer", text("A new lamp since Monday.")),
    ];
    community
        .takes(&brought, "take", &[])
        .await
        .expect("it is theirs");
    community
        .takes(&brought, "answer", &answer)
        .await
        .expect("it is theirs");
    town.passes(SignedDuration::from_hours(7 * 24)).await;
    brought
}

#[tokio::test]
async fn rates_are_shown_and_taken_along_each_with_its_denominator() {
    for house in houses(71) {
        unjudged(&house).await;
        let mut supervisor = desk(&house, "supervisor").await;
        for (by, what) in [
            ("unit", "Unit"),
            ("place", "Place"),
            ("item", "No item yet"),
            ("kind", "Appeal"),
        ] {
            let page = supervisor
                .get(&format!(
                    "/desk/rates?by={by}&from=2026-11-01&to=2026-11-09"
                ))
                .await;
            page.says(what)
                .says("100.0 %")
                .says("(1/1)")
                .says("few cases");
            assert_eq!(missing_words(&page.body), Vec::<&str>::new());
        }
        let csv = supervisor
            .get("/desk/rates.csv?by=kind&from=2026-11-01&to=2026-11-09")
            .await;
        assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
        csv.says("Response count,Response of,Response per cent")
            .says("Appeal,1,1,100.0,1,1,100.0,0,0,,\r\n");
        let before = supervisor
            .get("/desk/rates?from=2026-11-01&to=2026-11-02&as_of=2026-11-02")
            .await;
        before
            .says("1 of 1 got their first contact in time")
            .says("0 of 0 closed");
        let wrong = supervisor
            .get("/desk/rates?from=2026-11-09&to=2026-11-01")
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong.says("Choose a first and a last day");
    }
}

#[tokio::test]
async fn the_list_says_whom_to_call_and_what_to_say() {
    for house in houses(72) {
        let case = unjudged(&house).await;
        let mut operator = desk(&house, "operator").await;
        let list = operator.get("/desk/follow-ups").await;
        list.says("One case waits for a call.")
            .says("this is the service hotline")
            .says("The lamp in the yard is out.")
            .says("Nobody has judged the answer")
            .says("Not called yet");
        assert!(!list.body.contains("ana@example.org"), "the seal is shut");
        assert_eq!(missing_words(&list.body), Vec::<&str>::new());

        let address = format!("/desk/cases/{}", case.id);
        let page = operator.get(&address).await;
        page.says("Note what they said").says("Nobody answered");
        let opened = operator
            .post(&format!("{address}/seal"), &[("purpose", "follow-up call")])
            .await;
        opened.says("ana@example.org");
        let steps = format!("{address}/steps");
        let tried = operator.post(&format!("{steps}/not_reached"), &[]).await;
        assert_eq!(tried.location(), address);
        operator.get("/desk/follow-ups").await.says("Once,");
        let said = [("f-solved", "yes"), ("f-content", "yes")];
        let noted = operator.post(&format!("{steps}/follow_up"), &said).await;
        assert_eq!(noted.location(), address, "{}", noted.body);
        operator
            .get("/desk/follow-ups")
            .await
            .says("Nobody waits for a call.")
            .says("1 were content");
        let again = operator
            .post(&format!("{address}/seal"), &[("purpose", "once more")])
            .await;
        assert_eq!(again.status, StatusCode::FORBIDDEN, "the call is over");
    }
}

#[tokio::test]
async fn rules_count_from_a_day_on_and_the_past_stays() {
    for house in houses(73) {
        let mut office = desk(&house, "office").await;
        let page = office.get("/admin/supervision").await;
        page.says("response 20, resolution 40, satisfaction 40 of 100");
        let rates = |response: &'static str, from: &'static str| {
            [
                ("response", response),
                ("resolution", "45"),
                ("satisfaction", "45"),
                ("sample_min", "5"),
                ("response_hours", "24"),
                ("from", from),
            ]
        };
        let address = "/admin/supervision/rates";
        let heavy = office.post(address, &rates("11", "2026-11-02")).await;
        assert_eq!(heavy.status, StatusCode::UNPROCESSABLE_ENTITY);
        heavy.says("value=\"11\"");
        let past = office.post(address, &rates("10", "2026-11-01")).await;
        assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY);
        past.says("What held on a past day stays");
        let kept = office.post(address, &rates("10", "2026-11-05")).await;
        assert_eq!(kept.location(), "/admin/supervision");
        office
            .get("/admin/supervision")
            .await
            .says("Now: Score: response 20")
            .says("response 10, resolution 45");

        let calls = |shares: &'static str| {
            [
                ("percent", "5"),
                ("unjudged_percent", "100"),
                ("tries_max", "2"),
                ("shares", shares),
                ("from", "2026-11-02"),
            ]
        };
        let address = "/admin/supervision/follow-ups";
        let wrong = office.post(address, &calls("appeal vanished 20")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong.says("appeal vanished 20");
        let kept = office.post(address, &calls("appeal explained 50")).await;
        assert_eq!(kept.location(), "/admin/supervision");
        office
            .get("/admin/supervision")
            .await
            .says("5 of a hundred")
            .says("at most 2 calls. appeal explained 50");
    }
}

/// From today on every answer is read, by two questions.
async fn has_every_answer_read(house: &House) {
    let mut office = desk(house, "office").await;
    let rules = |questions: &'static str| {
        [
            ("read_percent", "100"),
            ("flagged_percent", "100"),
            ("questions", questions),
            ("from", "2026-11-02"),
        ]
    };
    let address = "/admin/supervision/inspections";
    let none = office.post(address, &rules("")).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = office
        .post(
            address,
            &rules("说了做什么 | It says what was done\n说了时间 | It says when"),
        )
        .await;
    assert_eq!(kept.location(), "/admin/supervision");
}

/// A case of Ana's that is answered with thanks, and read by a program.
async fn is_only_thanked(town: &TestTown) -> Brought {
    let community = town.staff("community");
    let place = community.actor.posts[0].place.clone();
    let values = [
        ("description", text("The lamp in the yard is out.")),
        ("place", Value::Place(place)),
    ];
    let case = town.resident("ana").opens("appeal", &values).await;
    let case = case.expect("anybody may");
    let answer = [
        ("outcome", Value::Choice("explained".to_owned())),
        ("answer", text("Received, thank you for telling us.")),
    ];
    community
        .takes(&case, "take", &[])
        .await
        .expect("it is theirs");
    community
        .takes(&case, "answer", &answer)
        .await
        .expect("it is theirs");
    town.does_its_work().await;
    case
}

#[tokio::test]
async fn an_answer_that_only_thanks_is_read_over_and_the_unit_is_told() {
    for house in houses(74) {
        let town = &house.town;
        has_every_answer_read(&house).await;
        let case = is_only_thanked(town).await;

        let mut supervisor = desk(&house, "supervisor").await;
        let list = supervisor.get("/desk/inspections").await;
        list.says("The lamp in the yard is out.")
            .says("It names nothing that was done or can be done.")
            .says("Because of: received, thank");
        let sheet = format!("/desk/inspections/{}", case.id);
        supervisor
            .get(&sheet)
            .await
            .says("Received, thank you for telling us.")
            .says("It says what was done");
        let half = supervisor.post(&sheet, &[("check-1", "no")]).await;
        assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
        half.says("Please answer every question.");
        let checks = [("check-1", "no"), ("check-2", "yes")];
        let kept = supervisor.post(&sheet, &checks).await;
        let page = format!("/desk/cases/{}", case.id);
        assert_eq!(kept.location(), page);
        let told = [
            ("f-verdict", "improve"),
            ("f-feedback", "Say who comes, and on which day."),
        ];
        let step = format!("{page}/steps/read_over");
        let told = supervisor.post(&step, &told).await;
        assert_eq!(told.location(), page, "{}", told.body);
        let list = supervisor.get("/desk/inspections").await;
        list.says("Nothing to read now").says("1/2");
        assert_eq!(missing_words(&list.body), Vec::<&str>::new());
        let mut unit = desk(&house, "community").await;
        unit.get(&page)
            .await
            .says("Say who comes, and on which day.");
        assert_eq!(unit.get(&sheet).await.status, StatusCode::FORBIDDEN);
        let seen = town.resident("ana").reads(&case).await.expect("it is hers");
        let said = &seen.entries.last().expect("an entry").says;
        assert!(said.is_empty(), "what is told to the unit stays there");
    }
}

/// What the two tables of the figures count as open, by unit and by kind.
async fn open_figures(house: &House, login: &str) -> [i64; 2] {
    let page = desk(house, login).await.get("/desk/figures").await;
    assert_eq!(page.status, StatusCode::OK);
    let sum = |table: &str| -> i64 {
        let rows = table.split("<th scope=\"row\">").skip(1);
        let cells = rows.filter_map(|row| row.split("<td class=\"num\">").nth(1));
        let figures = cells.filter_map(|cell| cell.split('<').next());
        figures
            .map(|figure| figure.parse::<i64>().expect("a figure"))
            .sum()
    };
    let tables: Vec<i64> = page.body.split("<table").skip(1).map(sum).collect();
    tables.try_into().expect("two tables")
}

#[tokio::test]
async fn figures_count_what_somebody_looks_after_by_unit_and_by_kind() {
    for house in houses(73) {
        let (place, mut operator) = (near(&house), desk(&house, "operator").await);
        let first = calls(&mut operator, &place, "The yard is dark.").await;
        calls(&mut operator, &place, "The pump is loud.").await;
        assert_eq!(open_figures(&house, "community").await, [2, 2]);
        let handler = house.town.town.person("handler").expect("a handler");
        let unit = handler.posts[0].unit.to_string();
        let mut community = desk(&house, "community").await;
        let sent = takes(&mut community, &first, "dispatch", &[("f-unit", &unit)]).await;
        assert_eq!(sent.location(), first, "{}", sent.body);
        assert_eq!(open_figures(&house, "community").await, [2, 2]);
        // Whoever looks after no place sees what their own unit owns.
        assert_eq!(open_figures(&house, "handler").await, [1, 1]);
    }
}
