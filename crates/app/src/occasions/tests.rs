//! Cases brought together: told, handed over once, and where they were when the day is off.

use std::collections::BTreeMap;

use huiyin_domain::access::Actor;
use huiyin_domain::case::Input;
use huiyin_domain::case::Value;
use huiyin_domain::gift::Sort;
use huiyin_domain::id::{CaseId, CollectionId, GiftId, OccasionId};
use huiyin_domain::person::Role;
use huiyin_domain::words::Lang;
use huiyin_store::occasions::LineState;
use jiff::SignedDuration;

use super::cancel::cancel;
use super::end::{self, Names, end};
use super::look::{self, Wanted};
use super::make::{self, make};
use super::pack::{Packing, pack};
use super::{off, put, tick};
use crate::cases::{advance, read};
use crate::collections::bring::{self, Brought};
use crate::gifts::{self, Donor, enter};
use crate::testing::{Bench, benches};
use crate::venues::tests::{at, key};
use crate::verify::verify;
use crate::{Error, collections};

const DAY: OccasionId = OccasionId::from_raw(7);
const GIFT: GiftId = GiftId::from_raw(8);

/// A community with three cases on the wall, and the day.
async fn ready(bench: &Bench) -> (Actor, Vec<CaseId>) {
    let community = bench.employ(1, Role::Community, "c@example.org").await;
    let kinds = bench.app.kinds();
    let mut all = kinds.current().iter();
    let kind = all.find(|kind| kind.occasion.is_some()).unwrap().clone();
    let id = CollectionId::from_raw(1);
    let request = bring::Request {
        id,
        kind: kind.slug.clone(),
        place: "652901001001".parse().unwrap(),
        title: "三年级一班".to_owned(),
        text: "书包,女孩 8 岁,1-1\n篮球,男孩 10 岁,1-2\n跳绳,女孩 9 岁,1-3".to_owned(),
        language: Lang::ZH,
    };
    let kept = bring::bring(&bench.app, &community, request).await.unwrap();
    assert_eq!(kept, Brought::Kept(id));
    let page = collections::look::show(&bench.app, &community, id)
        .await
        .unwrap();
    let cases: Vec<CaseId> = page.lines.iter().map(|line| line.case).collect();
    for (case, what) in cases.iter().zip(["书包", "篮球", "跳绳"]) {
        let input = Input::default()
            .with("thing", Value::Choice("school".to_owned()))
            .with("public_text", Value::Text(what.to_owned()))
            .with("consent", Value::YesNo(true));
        take(bench, &community, *case, ("publish", input))
            .await
            .unwrap();
    }
    let request = make::Request {
        id: DAY,
        kind: kind.slug.clone(),
        place: "652901001001".parse().unwrap(),
        title: "儿童节集中兑现".to_owned(),
        address: "社区活动室".to_owned(),
        note: String::new(),
        starts_at: at("2026-03-06T10:00:00+08:00"),
        ends_at: at("2026-03-06T12:00:00+08:00"),
    };
    for _ in 0..2 {
        make(&bench.app, &community, request.clone()).await.unwrap();
    }
    (community, cases)
}

async fn take(
    bench: &Bench,
    actor: &Actor,
    id: CaseId,
    (step, input): (&str, Input),
) -> Result<advance::Reply, Error> {
    let request = advance::Request {
        id,
        version: None,
        step: step.to_owned(),
        input,
        key: None,
        at: None,
    };
    advance::advance(&bench.app, actor, request).await
}

async fn stage(bench: &Bench, actor: &Actor, case: CaseId) -> String {
    read::read(&bench.app, actor, case)
        .await
        .unwrap()
        .case
        .stage
}

fn keys(reply: &put::Reply) -> Vec<String> {
    let told = |reply: &Result<(), Error>| match reply {
        Ok(()) => String::new(),
        Err(error) => key(error),
    };
    reply.iter().map(|(_, reply)| told(reply)).collect()
}

fn is_true(bench: &Bench) {
    let app = bench.app.clone();
    let report = std::thread::spawn(move || verify(&app))
        .join()
        .unwrap()
        .unwrap();
    assert!(
        report.findings.is_empty() && report.beside.is_empty(),
        "{report:?}"
    );
}

async fn over(bench: &Bench, actor: &Actor, report: &str, names: Names) -> Result<(), Error> {
    let request = end::Request {
        id: DAY,
        report: report.to_owned(),
        why: "今天没来得及，下周送到学校。".to_owned(),
        names,
    };
    end(&bench.app, actor, request).await
}

#[tokio::test]
async fn a_day_from_its_making_to_its_report() {
    for bench in benches() {
        let (community, cases) = ready(&bench).await;
        let app = &bench.app;
        let (_, found) = look::candidates(app, &community, DAY, Wanted::default())
            .await
            .unwrap();
        assert_eq!(found.len(), 3);
        let reply = put::put(app, &community, DAY, cases.clone()).await.unwrap();
        assert_eq!(keys(&reply), ["", "", ""]);
        // Once more, it is the same; from here it is not offered again.
        let reply = put::put(app, &community, DAY, cases.clone()).await.unwrap();
        assert_eq!(keys(&reply), ["", "", ""]);
        let (_, found) = look::candidates(app, &community, DAY, Wanted::default())
            .await
            .unwrap();
        assert!(found.is_empty());
        let page = read::read(app, &community, cases[0]).await.unwrap();
        assert_eq!(page.entries.last().unwrap().step, "plan");
        assert!(page.offers.iter().all(|offer| offer.step != "hand_over"));
        let early = tick::tick(app, &community, DAY, (cases.clone(), "交到了手里。".into())).await;
        assert_eq!(keys(&early.unwrap())[0], "refused-occasion-early");

        bench.clock.advance(SignedDuration::from_hours(4 * 24 + 2));
        let two = vec![cases[0], cases[1], cases[0]];
        let reply = tick::tick(app, &community, DAY, (two, "交到了手里。".into()))
            .await
            .unwrap();
        assert_eq!(keys(&reply), ["", "", "refused-occasion-settled"]);
        assert_eq!(stage(&bench, &community, cases[0]).await, "delivered");
        for (report, names, expected) in [
            ("", Names::NotLookedAt, "fault-required"),
            ("谢谢王小明。", Names::NotLookedAt, "fault-report-name"),
            ("打 13912345678。", Names::AreNone, "fault-line-contact"),
        ] {
            let refused = over(&bench, &community, report, names).await;
            assert_eq!(key(&refused.unwrap_err()), expected, "{report}");
        }
        for _ in 0..2 {
            over(
                &bench,
                &community,
                "来了很多孩子，很热闹。",
                Names::NotLookedAt,
            )
            .await
            .unwrap();
        }
        // What was not handed over is where it was, with a word.
        assert_eq!(stage(&bench, &community, cases[2]).await, "on_wall");
        let page = read::read(app, &community, cases[2]).await.unwrap();
        assert_eq!(page.entries.last().unwrap().step, "unplan");
        let page = look::run(app, &community, DAY).await.unwrap();
        let states: Vec<LineState> = page.rows.iter().map(|row| row.line.state).collect();
        let delivered = LineState::Delivered;
        assert_eq!(states, [delivered, delivered, LineState::Off]);
        // Two are too few to be told as a figure.
        assert_eq!(look::show(app, DAY).await.unwrap().told(), None);
        let late = put::put(app, &community, DAY, vec![cases[2]])
            .await
            .unwrap();
        assert_eq!(keys(&late), ["refused-occasion-over"]);
        is_true(&bench);
    }
}

#[tokio::test]
async fn two_who_tick_at_once_hand_it_over_once() {
    for bench in benches() {
        let (community, cases) = ready(&bench).await;
        let other = bench.employ(2, Role::Community, "d@example.org").await;
        put::put(&bench.app, &community, DAY, cases.clone())
            .await
            .unwrap();
        bench.clock.advance(SignedDuration::from_hours(4 * 24 + 2));
        let says = || (cases.clone(), "交到了手里。".to_owned());
        let (one, two) = tokio::join!(
            tick::tick(&bench.app, &community, DAY, says()),
            tick::tick(&bench.app, &other, DAY, says()),
        );
        for (one, two) in keys(&one.unwrap()).iter().zip(keys(&two.unwrap())) {
            let mut both = [one.as_str(), two.as_str()];
            both.sort_unstable();
            assert_eq!(both, ["", "refused-occasion-settled"]);
        }
        for case in &cases {
            let page = read::read(&bench.app, &community, *case).await.unwrap();
            let handed = page
                .entries
                .iter()
                .filter(|entry| entry.step == "hand_over");
            assert_eq!(handed.count(), 1);
        }
        is_true(&bench);
    }
}

#[tokio::test]
async fn called_off_it_is_where_it_was() {
    for bench in benches() {
        let (community, cases) = ready(&bench).await;
        let app = &bench.app;
        put::put(app, &community, DAY, cases.clone()).await.unwrap();
        let due = read::read(app, &community, cases[1])
            .await
            .unwrap()
            .case
            .clock;
        off::off(app, &community, (DAY, cases[0]), "已经有了。".into())
            .await
            .unwrap();
        let again = off::off(app, &community, (DAY, cases[0]), "已经有了。".into()).await;
        assert_eq!(key(&again.unwrap_err()), "refused-occasion-settled");
        // One is withdrawn meanwhile: there is nothing to be said to it any more.
        take(&bench, &community, cases[2], ("withdraw", Input::default()))
            .await
            .unwrap();
        let silent = cancel(app, &community, DAY, " ".into()).await;
        assert_eq!(key(&silent.unwrap_err()), "fault-required");
        for _ in 0..2 {
            cancel(app, &community, DAY, "下雨，改日再办。".into())
                .await
                .unwrap();
        }
        let page = read::read(app, &community, cases[1]).await.unwrap();
        assert_eq!(page.case.stage, "on_wall");
        assert_eq!(page.case.clock, due);
        assert_eq!(page.entries.last().unwrap().step, "unplan");
        let gone = over(&bench, &community, "没有办。", Names::NotLookedAt).await;
        assert_eq!(key(&gone.unwrap_err()), "refused-occasion-over");
        is_true(&bench);
    }
}

#[tokio::test]
async fn nothing_is_taken_of_a_gift_that_is_not_there() {
    for bench in benches() {
        let (community, cases) = ready(&bench).await;
        let app = &bench.app;
        put::put(app, &community, DAY, cases.clone()).await.unwrap();
        let given = enter::Request {
            id: GIFT,
            place: "652901001001".parse().unwrap(),
            sort: Sort::Goods,
            what: "书包".to_owned(),
            amount: 2,
            donor: Donor::default(),
            naming: enter::Naming::Unnamed,
        };
        enter::enter(app, &community, given).await.unwrap();
        let list = |count: usize| -> BTreeMap<CaseId, Packing> {
            let packing = Packing {
                gift: Some(GIFT),
                is_ready: true,
            };
            cases
                .iter()
                .take(count)
                .map(|case| (*case, packing))
                .collect()
        };
        let short = pack(app, &community, DAY, list(3)).await;
        assert_eq!(key(&short.unwrap_err()), "fault-gift-short");
        pack(app, &community, DAY, list(2)).await.unwrap();
        bench.clock.advance(SignedDuration::from_hours(4 * 24 + 2));
        let says = (cases.clone(), "交到了手里。".to_owned());
        assert_eq!(
            keys(&tick::tick(app, &community, DAY, says).await.unwrap()),
            ["", "", ""]
        );
        let account = gifts::list::list(app, None, None).await.unwrap();
        let went: Vec<_> = account.gifts[0]
            .1
            .iter()
            .map(|line| (line.amount, &*line.toward))
            .collect();
        assert_eq!(went, [(1, "儿童节集中兑现"), (1, "儿童节集中兑现")]);
        is_true(&bench);
    }
}

#[tokio::test]
async fn who_may_run_it_and_what_is_refused() {
    for bench in benches() {
        let (community, cases) = ready(&bench).await;
        let worker = bench.employ(2, Role::GridWorker, "g@example.org").await;
        let app = &bench.app;
        let barred = put::put(app, &worker, DAY, cases.clone()).await;
        assert_eq!(key(&barred.unwrap_err()), "refused-not-permitted");
        let nobody = put::put(app, &Actor::anyone(), DAY, cases.clone()).await;
        assert_eq!(key(&nobody.unwrap_err()), "refused-sign-in-needed");
        let nothing = put::put(app, &community, DAY, Vec::new()).await;
        assert_eq!(key(&nothing.unwrap_err()), "fault-required");
        let strange = put::put(app, &community, OccasionId::from_raw(1), cases.clone()).await;
        assert_eq!(keys(&strange.unwrap())[0], "refused-no-occasion");
        let unknown = put::put(app, &community, DAY, vec![CaseId::from_raw(3)]).await;
        assert_eq!(keys(&unknown.unwrap()), ["refused-no-case"]);
        put::put(app, &community, DAY, cases.clone()).await.unwrap();
        let second = make::Request {
            id: OccasionId::from_raw(9),
            kind: look::show(app, DAY).await.unwrap().occasion.kind,
            place: "652901001001".parse().unwrap(),
            title: "另一次".to_owned(),
            address: "学校".to_owned(),
            note: String::new(),
            starts_at: at("2026-03-07T10:00:00+08:00"),
            ends_at: at("2026-03-07T12:00:00+08:00"),
        };
        make(app, &community, second.clone()).await.unwrap();
        let twice = put::put(app, &community, second.id, cases.clone())
            .await
            .unwrap();
        assert_eq!(keys(&twice)[0], "refused-occasion-elsewhere");
        let past = make::Request {
            id: OccasionId::from_raw(10),
            starts_at: at("2026-03-01T10:00:00+08:00"),
            ends_at: at("2026-03-01T09:00:00+08:00"),
            title: String::new(),
            ..second
        };
        let refused = make(app, &community, past).await.unwrap_err();
        let told: Vec<&str> = refused
            .refusal()
            .unwrap()
            .faults()
            .iter()
            .map(|fault| fault.key)
            .collect();
        assert_eq!(
            told,
            ["fault-required", "fault-room-over", "fault-ends-before"]
        );
    }
}
