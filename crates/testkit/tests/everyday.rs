//! What the kinds promise, with everything around them: letters that reach people, clocks that
//! run, histories that stay. The rules themselves are told in the kinds' own stories.

use huiyin_domain::case::{Owner, Value};
use huiyin_domain::place::PlaceCode;
use huiyin_domain::telling::TOGETHER;
use huiyin_testkit::actors::{Brought, Staff, TestTown};
use jiff::SignedDuration;

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn word(word: &str) -> Value {
    Value::Choice(word.to_owned())
}

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

/// The place of the first community worker, for whom the first dispatcher is there, too.
fn home(town: &TestTown) -> PlaceCode {
    let community = town
        .town
        .person("community")
        .expect("somebody of a community");
    community.posts[0].place.clone()
}

async fn says(town: &TestTown, name: &str, kind: &str, said: &str) -> Brought {
    let values = [
        ("description", text(said)),
        ("place", Value::Place(home(town))),
        ("contact", text(&format!("{name}@example.org"))),
    ];
    let brought = town.resident(name).opens(kind, &values).await;
    brought.expect("anybody may")
}

async fn does(staff: &Staff<'_>, case: &Brought, step: &str, values: &[(&str, Value)]) -> String {
    let reply = staff.takes(case, step, values).await;
    reply
        .unwrap_or_else(|refused| panic!("{step}: {refused}"))
        .stage
}

/// How many letters each of these people got whose text says this.
async fn told(town: &TestTown, names: &[&str], said: &str) -> Vec<usize> {
    town.does_its_work().await;
    // What happens within minutes is told together, so nothing goes out before them.
    town.passes(TOGETHER).await;
    let letters = town.letters().await;
    let count = |name: &&str| {
        let to = format!("{name}@example.org");
        let theirs = letters.iter().filter(|letter| letter.recipient == to);
        theirs.filter(|letter| letter.body.contains(said)).count()
    };
    names.iter().map(count).collect()
}

#[tokio::test]
async fn all_who_asked_the_same_are_told_and_each_judges_for_themselves() {
    for town in TestTown::each(91) {
        let community = town.staff("community");
        let said = "三号楼暖气不热";
        let one = says(&town, "ana", "appeal", said).await;
        let two = says(&town, "ben", "appeal", said).await;
        let three = says(&town, "eve", "appeal", said).await;
        for other in [&two, &three] {
            let into = [("into", Value::Case(one.id))];
            assert_eq!(does(&community, other, "merge", &into).await, "following");
        }
        assert_eq!(
            told(&town, &["ana", "ben", "eve"], "一起答复您").await,
            [0, 1, 1]
        );
        does(&community, &one, "take", &[]).await;
        let answer = [
            ("outcome", word("solved")),
            ("answer", text("阀门已经打开。")),
        ];
        does(&community, &one, "answer", &answer).await;
        assert_eq!(
            told(&town, &["ana", "ben", "eve"], "阀门已经打开").await,
            [1, 1, 1]
        );

        let content = |yes| {
            [
                ("solved", word("yes")),
                ("content", Value::YesNo(yes)),
                ("why", text("还是冷")),
            ]
        };
        for (name, case, yes, stage) in [
            ("ben", &two, false, "supervised"),
            ("eve", &three, true, "closed"),
        ] {
            let judged = town
                .resident(name)
                .takes(case, "judge", &content(yes))
                .await;
            assert_eq!(
                judged.expect("it is theirs to judge").stage,
                stage,
                "{name}"
            );
        }
        let first = town.resident("ana").reads(&one).await.expect("it is hers");
        assert_eq!(
            first.case.stage, "answered",
            "the others do not judge for her"
        );
        town.does_its_work().await;
        town.verify();
    }
}

#[tokio::test]
async fn what_is_followed_is_withdrawn_and_the_followers_go_on() {
    for town in TestTown::each(92) {
        let community = town.staff("community");
        let one = says(&town, "ana", "appeal", "楼道堆满杂物").await;
        let two = says(&town, "ben", "appeal", "楼道杂物很多").await;
        does(&community, &two, "merge", &[("into", Value::Case(one.id))]).await;
        let withdrawn = town.resident("ana").takes(&one, "withdraw", &[]).await;
        assert_eq!(withdrawn.expect("she may").stage, "closed");
        town.does_its_work().await;
        let other = town.resident("ben").reads(&two).await.expect("it is his");
        assert_eq!(
            (other.case.stage.as_str(), other.case.merged_into),
            ("received", None)
        );
        town.does_its_work().await;
        town.verify();
    }
}

#[tokio::test]
async fn a_wish_for_a_street_lamp_becomes_an_appeal_and_keeps_its_history() {
    for town in TestTown::each(93) {
        let community = town.staff("community");
        let wish = says(&town, "ana", "wish", "门口想要一盏路灯").await;
        let more = [("message", text("晚上看不见台阶"))];
        town.resident("ana")
            .takes(&wish, "add", &more)
            .await
            .expect("she may");
        let reason = [("reason", text("路灯归电力公司管，他们会答复您。"))];
        assert_eq!(
            does(&community, &wish, "turn_into_appeal", &reason).await,
            "received"
        );
        assert_eq!(
            told(&town, &["ana"], "照样能用").await,
            [1],
            "the code stays"
        );

        // The same code shows it, with all that was said before, and the new kind's steps go on.
        let code = wish.code.clone().expect("a code").parse().expect("a code");
        let (id, actor) = huiyin_app::cases::track::track(&town.app, &code)
            .await
            .expect("it is hers");
        let page = huiyin_app::cases::read::read(&town.app, &actor, id)
            .await
            .expect("it is hers");
        assert_eq!((page.case.kind.as_str(), page.case.version), ("appeal", 3));
        let history: Vec<_> = page
            .entries
            .iter()
            .map(|entry| entry.step.as_str())
            .collect();
        assert_eq!(history, ["open", "add", "turn_into_appeal"]);
        assert_eq!(page.entries[1].says["message"], text("晚上看不见台阶"));
        assert_eq!(page.values["description"], text("门口想要一盏路灯"));
        does(&community, &wish, "take", &[]).await;
        let answer = [("outcome", word("solved")), ("answer", text("装好了。"))];
        assert_eq!(does(&community, &wish, "answer", &answer).await, "answered");
        assert_eq!(told(&town, &["ana"], "装好了").await, [1]);
        town.verify();
    }
}

async fn on_the_wall(town: &TestTown, name: &str) -> Brought {
    let wish = says(town, name, "wish", "一袋大米").await;
    let values = [
        ("thing", word("food")),
        ("public_text", text("一袋大米")),
        ("consent", Value::YesNo(true)),
    ];
    assert_eq!(
        does(&town.staff("community"), &wish, "publish", &values).await,
        "on_wall"
    );
    wish
}

#[tokio::test]
async fn nobody_takes_on_too_many_wishes_and_what_is_not_brought_is_free_again() {
    for town in TestTown::each(94) {
        let (carla, dora) = (town.volunteer(0), town.volunteer(1));
        let mut wishes = Vec::new();
        for name in ["ana", "ben", "eve"] {
            wishes.push(on_the_wall(&town, name).await);
        }
        for wish in &wishes[..2] {
            assert_eq!(does(&carla, wish, "claim", &[]).await, "claimed");
        }
        let third = carla
            .takes(&wishes[2], "claim", &[])
            .await
            .expect_err("two are enough");
        let key = third.refusal().map(huiyin_app::Refusal::key);
        assert_eq!(key.as_deref(), Some("refused-rule-open_claims"));
        let taken = dora
            .takes(&wishes[0], "claim", &[])
            .await
            .expect_err("one to one");
        let key = taken.refusal().map(huiyin_app::Refusal::key);
        assert_eq!(
            key.as_deref(),
            Some("refused-wrong-stage"),
            "she is told, not sent away"
        );
        does(&dora, &wishes[2], "claim", &[]).await;
        does(&dora, &wishes[2], "deliver", &[("report", text("送到了"))]).await;

        town.passes(days(14)).await;
        assert_eq!(told(&town, &["ben"], "一袋大米").await.len(), 1);
        for wish in &wishes[..2] {
            let page = town
                .resident("ana")
                .reads(wish)
                .await
                .expect("it is theirs");
            assert_eq!(page.case.stage, "on_wall", "released if late");
            assert!(matches!(page.case.owner, Owner::Unit(_)));
        }
        assert_eq!(
            does(&carla, &wishes[0], "claim", &[]).await,
            "claimed",
            "another try"
        );
        town.does_its_work().await;
        town.verify();
    }
}

#[tokio::test]
async fn a_wish_that_nobody_claims_grows_louder_and_never_just_ends() {
    for town in TestTown::each(95) {
        let wish = on_the_wall(&town, "ana").await;
        let ana = town.resident("ana");
        for (after, stage) in [
            (7, "offered"),
            (7, "ours"),
            (14, "ours"),
            (28, "ours"),
            (56, "supervised"),
        ] {
            town.passes(days(after)).await;
            let page = ana.reads(&wish).await.expect("it is hers");
            assert_eq!(page.case.stage, stage);
        }
        town.verify();
    }
}

#[tokio::test]
async fn what_nobody_ever_touches_is_told_of_ever_more_rarely_and_still_has_an_owner() {
    for town in TestTown::each(96) {
        let mut cases = Vec::new();
        for kind in ["appeal", "wish"] {
            cases.push(says(&town, "ana", kind, "没有人来看").await);
        }
        let dispatcher = town.staff("dispatcher");
        let unit = town
            .town
            .units
            .iter()
            .find(|unit| unit.category.word() == "department");
        let whistle = [
            ("description", text("地面下沉")),
            ("place", Value::Place(home(&town))),
            ("units", Value::Units(vec![unit.expect("a department").id])),
            ("urgent", Value::YesNo(true)),
        ];
        let whistle = dispatcher
            .opens("whistle", &whistle)
            .await
            .expect("a dispatcher whistles");
        for _ in 0..120 {
            town.passes(days(5)).await;
        }
        for case in &cases {
            let page = town.resident("ana").reads(case).await.expect("it is hers");
            assert!(page.case.version < 20, "{} entries", page.case.version);
            assert!(page.case.clock.is_some() && page.case.closed_at.is_none());
        }
        let page = dispatcher.reads(&whistle).await.expect("it is theirs");
        assert!(page.case.version < 20, "{} entries", page.case.version);
        assert_eq!(page.case.stage, "supervised");
        town.verify();
    }
}

#[tokio::test]
async fn what_waits_for_a_part_goes_on_by_itself_and_the_person_is_told_why() {
    for town in TestTown::each(97) {
        let community = town.staff("community");
        let case = says(&town, "ana", "appeal", "电梯不动了").await;
        does(&community, &case, "take", &[]).await;
        let ana = town.resident("ana");
        let promised = |page: &huiyin_app::cases::read::CasePage| {
            let term = page.case.term("resolution").expect("an answer is promised");
            (term.first_due_at, term.due_at)
        };
        let (first, _) = promised(&ana.reads(&case).await.expect("it is hers"));
        let now = town.app.now();
        let until = town.app.config.day(now + days(10));
        let asked = [
            ("wait_why", word("parts")),
            ("wait_until", Value::Date(until)),
            ("wait_note", text("电机要从外地运来。")),
        ];
        does(&community, &case, "ask_wait", &asked).await;
        does(&town.staff("supervisor"), &case, "grant_wait", &[]).await;
        assert_eq!(told(&town, &["ana"], "等配件或材料").await, [1]);
        let page = ana.reads(&case).await.expect("it is hers");
        let clock = page.case.clock.clone().expect("it is open");
        let left = clock.paused.as_ref().expect("it stands").left;
        let (kept, later) = promised(&page);
        assert_eq!(kept, first, "what was promised first stays");
        assert!(later > first, "and what is promised now is later");
        town.verify();

        town.passes(days(9)).await;
        let page = ana.reads(&case).await.expect("it is hers");
        assert!(page.case.clock.expect("it is open").paused.is_some());
        town.passes(days(2)).await;
        let page = ana.reads(&case).await.expect("it is hers");
        let clock = page.case.clock.clone().expect("it is open");
        assert!(clock.paused.is_none(), "it goes on by itself");
        assert!(
            page.entries
                .iter()
                .any(|entry| entry.step == "go_on" && entry.acting == "clock")
        );
        let owner = page.case.owner.unit();
        let calendar = page.facts.calendar(owner);
        let from = page.entries.last().expect("it has a history").shape["resumed"]["from"].as_i64();
        let from = from.and_then(|at| jiff::Timestamp::from_microsecond(at).ok());
        let from = from.expect("the entry tells from when");
        assert_eq!(clock.measure.between(calendar, from, clock.due_at), left);
        town.verify();
    }
}
