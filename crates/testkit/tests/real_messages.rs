//! The main job on real input: thousands of messages come in whole, are found, dispatched and
//! taken to the end. Runs where `../shared/data` lies beside the project.

use std::fs::File;
use std::path::PathBuf;

use huiyin_app::cases::dispatch::dispatch;
use huiyin_app::cases::list::{self, Filter, Order, State};
use huiyin_app::cases::{read, similar};
use huiyin_app::import::Mode;
use huiyin_app::import_cases::{Plan, Report, Target, import};
use huiyin_domain::access::Actor;
use huiyin_domain::case::Value;
use huiyin_domain::id::CaseId;
use huiyin_domain::person::Role;
use huiyin_domain::words::Lang;
use huiyin_testkit::actors::{Brought, TestTown};
use huiyin_testkit::town::Townsperson;

const STREET: &str = "990121001";

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/appeals"
    ));
    folder.is_dir().then_some(folder)
}

fn plan(columns: &[(&str, Target)]) -> Plan {
    let field = |name: &str| Target::Field(name.to_owned());
    let mut map = vec![
        ("留言编号".to_owned(), Target::Source),
        ("留言时间".to_owned(), Target::At),
        ("留言主题".to_owned(), field("description")),
        ("留言详情".to_owned(), field("description")),
    ];
    map.extend(
        columns
            .iter()
            .map(|(name, target)| ((*name).to_owned(), target.clone())),
    );
    Plan {
        kind: "appeal".to_owned(),
        map,
        place: STREET.parse().unwrap(),
        language: Lang::ZH,
        then: Vec::new(),
        set: Vec::new(),
        mode: Mode::Real,
    }
}

fn answered() -> Plan {
    let columns = [
        ("答复意见", Target::Field("answer".to_owned())),
        ("答复时间", Target::AnsweredAt),
    ];
    Plan {
        then: ["take", "answer", "unjudged"].map(str::to_owned).to_vec(),
        set: vec![("outcome".to_owned(), "explained".to_owned())],
        ..plan(&columns)
    }
}

async fn bring(town: &TestTown, plan: &Plan, path: &PathBuf) -> Report {
    let file = File::open(path).unwrap();
    let report = import(&town.app, &Actor::system(), plan.clone(), file, |_| {})
        .await
        .unwrap();
    assert_eq!(report.faults, []);
    report
}

/// All that the dispatcher of the street finds, or as much as one wants to see.
async fn found(town: &TestTown, state: State, text: &str) -> Vec<list::CaseRow> {
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let request = list::Request {
            filter: Filter {
                state,
                order: Order::Newest,
                ..Filter::default()
            },
            text: text.to_owned(),
            after,
            limit: list::ROWS_MAX,
        };
        let dispatcher = town.staff("dispatcher").actor;
        let page = list::list(&town.app, &dispatcher, request).await.unwrap();
        rows.extend(page.rows);
        match page.next {
            None => return rows,
            next => after = next,
        }
    }
}

/// The text of each line, as the contest gave it.
fn texts(path: &PathBuf) -> Vec<String> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let records = reader.records().map(Result::unwrap);
    records
        .map(|record| format!("{}\n{}", &record[2], &record[4]))
        .collect()
}

async fn everything_is_found(town: &TestTown, path: &PathBuf) {
    let texts = texts(path);
    for [one, other] in [
        ["噪音", "扰民"],
        ["小区", "停车"],
        ["拖欠", "工资"],
        ["公交", "线路"],
    ] {
        let said = |text: &&String| text.contains(one) && text.contains(other);
        let expected = texts.iter().filter(said).count();
        let found = found(town, State::All, &format!("{one} {other}"))
            .await
            .len();
        assert!(expected > 10, "{one} {other} is a bad question");
        assert!(
            found >= expected,
            "{one} {other}: {found} found, {expected} speak of it"
        );
    }
}

/// What was said twice is offered, found by all that was said: the body of a message finds the
/// case with its subject, of which the body need not hold a word.
async fn the_same_said_again_is_offered(town: &TestTown, path: &PathBuf) {
    let dispatcher = town.staff("dispatcher").actor;
    let ask = |actor: Actor, text: String| async move {
        let request = similar::Request {
            kind: "appeal".to_owned(),
            place: STREET.parse().unwrap(),
            text,
        };
        similar::similar(&town.app, &actor, request).await.unwrap()
    };
    let mut reader = csv::Reader::from_path(path).unwrap();
    let said: Vec<(String, String)> = reader
        .records()
        .map(Result::unwrap)
        .map(|line| (line[2].trim().to_owned(), line[4].to_owned()))
        .collect();
    let (mut asked, mut offered) = (0, 0);
    for (subject, body) in said.iter().step_by(40) {
        let alike = ask(dispatcher.clone(), body.clone()).await;
        let head: String = subject.chars().take(20).collect();
        let found = alike
            .iter()
            .any(|it| it.title.as_ref().unwrap().starts_with(&head));
        (asked, offered) = (asked + 1, offered + usize::from(found));
    }
    assert!(
        offered * 10 >= asked * 9,
        "{offered} of {asked} are offered"
    );

    // One of the hot matters of that year, told by somebody else in a sentence of their own.
    let again = "买伊景园滨河苑的房子，要我们再买车位，这不是捆绑销售吗？";
    let alike = ask(dispatcher.clone(), again.to_owned()).await;
    assert_eq!(alike.len(), 3);
    for one in alike {
        let case = read::read(&town.app, &dispatcher, one.id).await.unwrap();
        let text = case.values["description"].as_text().unwrap();
        assert!(text.contains("伊景园"), "{text}");
    }
    let alike = ask(Actor::anyone(), again.to_owned()).await;
    assert_eq!(alike.len(), 3);
    for one in alike {
        assert_eq!(one.title, None, "nobody reads what others wrote");
        assert!(
            one.words.iter().all(|word| again.contains(word)),
            "{:?}",
            one.words
        );
    }
    let other = ask(Actor::anyone(), "猫在树上下不来了".to_owned()).await;
    assert_eq!(other, [], "nothing like it was ever said");
}

async fn one_goes_to_its_end(town: &TestTown) {
    let filter = |stage: &str| Filter {
        stage: Some(stage.to_owned()),
        ..Filter::default()
    };
    let request = list::Request {
        filter: filter("dispatched"),
        limit: 200,
        ..list::Request::default()
    };
    let dispatcher = town.staff("dispatcher");
    let page = list::list(&town.app, &dispatcher.actor, request).await;
    let rows = page.unwrap().rows;
    let works_there = |person: &&Townsperson, unit| {
        person.role() == Some(Role::Handler) && person.posts[0].unit == unit
    };
    let (case, login) = rows
        .iter()
        .find_map(|row| {
            let unit = row.owner.unit()?;
            let handler = town.town.people.iter().find(|it| works_there(it, unit))?;
            let (id, code) = (row.id, None);
            Some((Brought { id, code }, handler.login.clone()?))
        })
        .expect("a department got something");
    let handler = town.staff(&login);
    handler.takes(&case, "accept", &[]).await.unwrap();
    let answer = [
        ("outcome", Value::Choice("solved".to_owned())),
        ("answer", Value::Text("已经修好。".to_owned())),
    ];
    handler.takes(&case, "answer", &answer).await.unwrap();
    let judged = [
        ("solved", Value::Choice("yes".to_owned())),
        ("content", Value::YesNo(true)),
    ];
    let ana = town.resident("ana");
    let reply = ana.takes(&case, "judge", &judged).await.unwrap();
    assert_eq!(reply.stage, "closed");
}

async fn whole(town: &TestTown, folder: &std::path::Path) {
    let messages = folder.join("messages-2019.csv");
    let report = bring(town, &plan(&[]), &messages).await;
    assert_eq!(
        (report.lines, report.added, report.known),
        (4_326, 4_326, 0)
    );
    assert_eq!(found(town, State::Open, "").await.len(), 4_326);
    everything_is_found(town, &messages).await;
    the_same_said_again_is_offered(town, &messages).await;

    let again = bring(town, &plan(&[]), &messages).await;
    assert_eq!((again.added, again.known, again.remarks), (0, 4_326, 0));

    let with_replies = folder.join("messages-with-replies.csv");
    let report = bring(town, &answered(), &with_replies).await;
    assert_eq!(
        (report.lines, report.added, report.answered),
        (2_816, 2_816, 2_816)
    );
    let closed = found(town, State::Closed, "").await;
    assert_eq!(closed.len(), 2_816);
    assert!(closed.iter().all(|row| row.closed_at > Some(row.opened_at)));
    assert!(
        closed
            .iter()
            .any(|row| row.opened_at.to_string().starts_with("2011"))
    );
    let again = bring(town, &answered(), &with_replies).await;
    assert_eq!((again.added, again.known, again.answered), (0, 2_816, 0));

    let report = dispatch(&town.app, &Actor::system()).await.unwrap();
    assert_eq!((report.looked_at, report.refused), (4_326, 0));
    assert!(report.dispatched > 1_000, "{report:?}");
    one_goes_to_its_end(town).await;
    let ids: std::collections::BTreeSet<CaseId> = found(town, State::All, "")
        .await
        .iter()
        .map(|row| row.id)
        .collect();
    assert_eq!(ids.len(), 4_326 + 2_816);
}

#[tokio::test]
async fn real_messages_come_in_whole_are_found_dispatched_and_answered() {
    let Some(folder) = folder() else {
        return; // The messages are not part of the project.
    };
    for town in TestTown::each(5) {
        whole(&town, &folder).await;
        huiyin_app::jobs::run_due(&town.app).await.unwrap();
        town.verify();
    }
}
