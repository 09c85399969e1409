//! Lists are read line by line, name nobody, and are kept whole or not at all.

use huiyin_domain::access::Actor;
use huiyin_domain::id::CollectionId;
use huiyin_domain::person::Role;
use huiyin_domain::words::Lang;

use super::bring::{Brought, Request, State, bring, look_over};
use super::lines::{self, LINES_MAX};
use super::look;
use crate::testing::{Bench, benches};
use crate::venues::tests::key;
use crate::verify::verify;

fn list(id: i64, kind: &str, text: &str) -> Request {
    Request {
        id: CollectionId::from_raw(id),
        kind: kind.to_owned(),
        place: "652901001001".parse().unwrap(),
        title: "三年级一班".to_owned(),
        text: text.to_owned(),
        language: Lang::ZH,
    }
}

/// The kind that may be brought so.
fn kind(bench: &Bench) -> String {
    let kinds = bench.app.kinds();
    let mut all = kinds.current().iter();
    let found = all.find(|kind| kind.collection.is_some());
    found.expect("a kind that comes in lists").slug.clone()
}

#[test]
fn what_is_typed_pasted_or_saved_is_the_same_list() {
    let headings = vec!["您的心愿".to_owned()];
    let comma = "书包,女孩 8 岁,1-12\n篮球,,\n";
    let tabs = "您的心愿\t给谁\t记号\r\n书包\t女孩 8 岁\t1-12\r\n\r\n篮球\r\n";
    let full = "书包，女孩 8 岁，1-12\n\n篮球";
    let quoted = "\"书包\",\"女孩 8 岁\",1-12\n篮球";
    for text in [comma, tabs, full, quoted] {
        let read = lines::read(text, &headings);
        let told: Vec<_> = read
            .iter()
            .map(|line| (&*line.what, &*line.whom, &*line.sign, line.faults.len()))
            .collect();
        let first = ("书包", "女孩 8 岁", "1-12", 0);
        assert_eq!(told, [first, ("篮球", "", "", 0)], "{text}");
    }
    assert_eq!(lines::read(tabs, &headings)[1].number, 4);
    assert_eq!(
        lines::read("\"红色的,大的\"书包,男孩", &[])[0].what,
        "红色的,大的书包"
    );
}

#[tokio::test]
async fn a_list_is_kept_whole_and_once() {
    for bench in benches() {
        let teacher = bench.employ(1, Role::Community, "t@example.org").await;
        let kind = kind(&bench);
        let text = "书包,女孩 8 岁,1-12\n书包,女孩 8 岁,1-12\n篮球,男孩 10 岁,1-3";
        let seen = look_over(&bench.app, &teacher, list(1, &kind, text))
            .await
            .unwrap();
        assert_eq!((seen.new, seen.known, seen.wrong), (3, 0, 0), "{seen:?}");
        let id = CollectionId::from_raw(1);
        for _ in 0..2 {
            let kept = bring(&bench.app, &teacher, list(1, &kind, text))
                .await
                .unwrap();
            assert_eq!(kept, Brought::Kept(id));
        }
        let page = look::show(&bench.app, &teacher, id).await.unwrap();
        assert_eq!(page.lines.len(), 3);
        assert_eq!(page.lines[0].sign, "1-12");
        assert_eq!(page.lines[2].what, "篮球");
        // The same list under another id, and a longer one.
        let again = bring(&bench.app, &teacher, list(2, &kind, text))
            .await
            .unwrap_err();
        assert_eq!(key(&again), "refused-collection-known");
        let longer = format!("{text}\n跳绳,女孩 9 岁,1-7");
        let seen = look_over(&bench.app, &teacher, list(3, &kind, &longer))
            .await
            .unwrap();
        assert_eq!((seen.new, seen.known), (1, 3));
        assert_eq!(seen.lines[0].1, State::Known(id));
        bring(&bench.app, &teacher, list(3, &kind, &longer))
            .await
            .unwrap();
        let third = look::show(&bench.app, &teacher, CollectionId::from_raw(3)).await;
        assert_eq!(third.unwrap().lines.len(), 1);
        assert_eq!(look::list(&bench.app, &teacher).await.unwrap().len(), 2);
        let (app, report) = (bench.app.clone(), std::thread::spawn);
        let report = report(move || verify(&app)).join().unwrap().unwrap();
        assert!(
            report.findings.is_empty() && report.beside.is_empty(),
            "{report:?}"
        );
        assert_eq!(report.cases, 4);
    }
}

#[tokio::test]
async fn one_wrong_line_keeps_nothing() {
    for bench in benches() {
        let teacher = bench.employ(1, Role::Community, "t@example.org").await;
        let kind = kind(&bench);
        let long = "长".repeat(1_001);
        for (line, key) in [
            ("书包,王小明,1-1", "fault-line-name"),
            ("书包,女孩,13912345678", "fault-line-contact"),
            (",女孩,1-1", "fault-line-what"),
            ("书包,女孩,1-1,多的", "fault-line-cells"),
            (&*long, "fault-too-long"),
        ] {
            let text = format!("篮球,男孩,1-2\n{line}");
            let request = list(1, &kind, &text);
            let brought = bring(&bench.app, &teacher, request).await.unwrap();
            let Brought::Refused(seen) = brought else {
                panic!("{line} was kept");
            };
            assert_eq!((seen.new, seen.wrong), (1, 1), "{line}");
            let (told, State::Wrong(faults)) = &seen.lines[1] else {
                panic!("{line} is not wrong");
            };
            assert_eq!((told.number, faults[0].key), (2, key), "{line}");
        }
        assert!(look::list(&bench.app, &teacher).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn who_may_bring_and_what() {
    for bench in benches() {
        let teacher = bench.employ(1, Role::Community, "t@example.org").await;
        let worker = bench.employ(2, Role::GridWorker, "g@example.org").await;
        let kind = kind(&bench);
        let refused = async |actor: &Actor, request: Request| {
            key(&bring(&bench.app, actor, request).await.unwrap_err())
        };
        let good = || list(1, &kind, "书包");
        assert_eq!(refused(&worker, good()).await, "refused-not-permitted");
        let nobody = Actor::anyone();
        assert_eq!(refused(&nobody, good()).await, "refused-sign-in-needed");
        let elsewhere = Request {
            place: "652901".parse().unwrap(),
            ..good()
        };
        assert_eq!(refused(&teacher, elsewhere).await, "refused-not-permitted");
        let other = Request {
            kind: "no-such-kind".to_owned(),
            ..good()
        };
        assert_eq!(refused(&teacher, other).await, "refused-no-kind");
        let empty = list(1, &kind, " \n\t\n");
        assert_eq!(refused(&teacher, empty).await, "fault-required");
        let many = list(1, &kind, &"书包\n".repeat(LINES_MAX + 1));
        assert_eq!(refused(&teacher, many).await, "fault-lines-many");
        let untitled = Request {
            title: " ".to_owned(),
            ..good()
        };
        assert_eq!(refused(&teacher, untitled).await, "fault-required");
        let strange = look::show(&bench.app, &teacher, CollectionId::from_raw(9)).await;
        assert_eq!(key(&strange.unwrap_err()), "refused-no-collection");
    }
}
