//! The product as somebody uses it who runs it: by its commands, on each engine at hand.

mod house;

use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use huiyin_store::scratch::{Harm, Scratch};
use serde_json::{Value, json};

use crate::house::{House, Served};

const STREETS: &str = "code,name,name_en\n652901001,兰干街道,Langan\n";
const VILLAGES: &str = "code,name\n652901001001,前进社区\n652901001003,柯柯牙社区\n";
const ITEMS: &str = "code,name,name_en,keywords\nheating,供热,Heating,暖气 不热 供暖\n";
const DUTIES: &str = "item,place,unit,assisting,limit\nheating,6529,供热公司,,24h\n";
const UNITS: &str = "category,name,name_en,place,parent\n\
    department,供热公司,Heating company,6529,\n";
/// Two ways to write a time, tabs and several lines in a text; line 7 has no time that one
/// could read, and line 8 is there already.
const MESSAGES: &str = "编号,时间,主题,详情,答复,答复时间\n\
    1,2019/1/5 10:31:09,暖气不热,\"\n\t\t\t三单元暖气不热，\n\t\t\t供暖公司没人来。\n\",,\n\
    2,2019-02-03 08:00:00,小区停车,\t\t车没地方停\t,已经划线。,2019/2/10 9:00\n\
    3,昨天,路灯,灯坏了,,\n\
    1,2019/1/5 10:31:09,暖气不热,又一次,,\n";
const MAP: &str =
    "编号=@source,时间=@at,主题=description,详情=description,答复=answer,答复时间=@answered-at";

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a list can be written");
    path.display().to_string()
}

/// One house for each engine, with nothing in it.
fn houses() -> Vec<House> {
    Scratch::each().into_iter().map(House::new).collect()
}

fn begun(house: &House) {
    let links = house.does(&["begin", "--place", "6529", "--name", "地区办"]);
    for administrator in ["system", "security", "auditor"] {
        assert!(links.contains(administrator), "{links}");
    }
    let villages = write(house.folder(), "villages.csv", VILLAGES);
    let streets = write(house.folder(), "streets.csv", STREETS);
    house.does(&["import", "places", &villages, &streets, "--found-units"]);
    for (list, text) in [("units", UNITS), ("items", ITEMS), ("duties", DUTIES)] {
        let file = write(house.folder(), &format!("{list}.csv"), text);
        let said = house.does(&["import", list, &file]);
        assert!(said.contains("1 lines: 1 added"), "{said}");
    }
}

#[test]
fn lists_are_tried_told_and_taken_once() {
    for house in houses() {
        let told = house.refuses(&["import", "places", "nothing.csv"]);
        let is_told = told.contains("there is no database") || told.contains("nothing.csv");
        assert!(is_told, "{told}");
        begun(&house);
        let again = house.refuses(&[
            "begin",
            "--place",
            "6529",
            "--name",
            "x",
            "--language",
            "en",
        ]);
        assert!(again.contains("begun already"), "{again}");

        let new = "code,name\n652902001001,新村\nnonsense,x\n652902001,新街道\n";
        let new = write(house.folder(), "new.csv", new);
        let dry = house.refuses(&["import", "places", &new, "--dry-run"]);
        assert!(dry.contains("new.csv, line 3, code `nonsense`"), "{dry}");
        assert!(dry.contains("3 lines: 2 would be added"), "{dry}");
        let real = house.refuses(&["import", "places", &new]);
        assert!(
            real.contains("3 lines: 2 added, 0 changed, 0 unchanged, 1 not used"),
            "{real}"
        );
        let again = house.refuses(&["import", "places", &new]);
        assert!(
            again.contains("3 lines: 0 added, 0 changed, 2 unchanged"),
            "{again}"
        );
    }
}

#[test]
fn holidays_come_in_from_a_calendar_and_once() {
    for house in houses() {
        begun(&house);
        let event = |day: &str, name: &str| {
            format!("BEGIN:VEVENT\nDTSTART;VALUE=DATE:{day}\nSUMMARY:{name}\nEND:VEVENT\n")
        };
        let good = event("20270101", "新年");
        let text = format!(
            "BEGIN:VCALENDAR\n{good}{}END:VCALENDAR\n",
            event("soon", "?")
        );
        let file = write(house.folder(), "days.ics", &text);
        let import = ["import", "holidays", &file, "--place", "6529"];
        let dry = house.refuses(&[&import[..], &["--dry-run"]].concat());
        assert!(dry.contains("days.ics, line 7, DTSTART `soon`"), "{dry}");
        assert!(dry.contains("2 events: 1 would be added"), "{dry}");
        let real = house.refuses(&import);
        assert!(
            real.contains("2 events: 1 added, 0 changed, 0 unchanged, 1 not used"),
            "{real}"
        );
        std::fs::write(&file, format!("BEGIN:VCALENDAR\n{good}END:VCALENDAR\n"))
            .expect("a list can be written");
        let again = house.does(&import);
        assert!(
            again.contains("1 events: 0 added, 0 changed, 1 unchanged"),
            "{again}"
        );
        let nowhere = house.refuses(&["import", "holidays", &file, "--place", "1501"]);
        assert!(nowhere.contains("no such place"), "{nowhere}");
    }
}

#[test]
fn messages_come_in_from_a_file_and_once() {
    for house in houses() {
        begun(&house);
        let file = write(house.folder(), "messages.csv", MESSAGES);
        let import = [
            "import",
            "cases",
            "--kind",
            "appeal",
            &file,
            "--map",
            MAP,
            "--place",
            "652901001001",
            "--then",
            "take,answer,unjudged",
            "--set",
            "outcome=explained",
        ];
        let dry = house.refuses(&[&import[..], &["--dry-run"]].concat());
        assert!(
            dry.contains("4 lines, 2 new cases, 0 known already"),
            "{dry}"
        );
        assert!(house.does(&["verify"]).starts_with("0 cases"));
        let real = house.refuses(&[&import[..], &["--dispatch"]].concat());
        assert!(
            real.contains("4 lines, 2 new cases, 0 known already, 1 taken"),
            "{real}"
        );
        assert!(real.contains("line 7, 时间 `昨天`"), "{real}");
        assert!(real.contains("line 8: "), "{real}");
        assert!(real.contains("1 waited: 1 dispatched"), "{real}");
        let again = house.refuses(&import);
        assert!(
            again.contains("4 lines, 0 new cases, 2 known already, 0 taken"),
            "{again}"
        );
        let verified = house.does(&["verify"]);
        assert!(verified.contains("2 cases, 1 of them open"), "{verified}");

        assert_eq!(house.does(&["archive"]), "");
        let archived = house.does(&["archive", "2019"]);
        assert!(
            archived.contains("2019: 1 cases, 3 entries, "),
            "{archived}"
        );
        assert!(
            archived.contains("the histories of 1 cases went out"),
            "{archived}"
        );
        assert_eq!(
            archived.lines().next(),
            house.does(&["archive"]).lines().next()
        );
        assert_eq!(house.does(&["verify"]), verified);
        let young = house.refuses(&["archive", "2999"]);
        assert!(young.contains("not settled yet"), "{young}");
    }
}

/// A folder of kinds, not of one kind, and what lies in it whole or not.
#[test]
fn kinds_are_looked_for_where_they_lie() {
    let house = houses().remove(0);
    let kinds = house.folder().join("own");
    let wrong = house.refuses(&["check", &house.folder().display().to_string()]);
    assert!(wrong.contains("there is no kind in"), "{wrong}");
    let one = kinds.join("lamp");
    std::fs::create_dir_all(one.join("stories")).expect("a folder can be made");
    write(&one, "words.zh.ftl", "lamp--name = 路灯\n");
    std::fs::write(one.join("lamp.png"), [0xff, 0xd8]).expect("a picture can be written");
    let lacks = house.refuses(&["check", &kinds.display().to_string()]);
    assert!(
        lacks.contains("lamp/kind.toml:1: the folder has no definition"),
        "{lacks}"
    );
    assert!(lacks.contains("1 kinds, 1 errors"), "{lacks}");
    let inside = house.refuses(&["check", &one.display().to_string()]);
    assert!(inside.contains("there is no kind in"), "{inside}");
}

/// A plan that cannot be followed is told once, before a line is read; what a dry run lets
/// pass, the real run takes.
#[test]
fn a_plan_is_looked_at_before_the_lines() {
    for house in houses() {
        begun(&house);
        let lines = "编号,时间,主题,答复,答复时间\n\
            1,2019/1/5 10:31,暖气不热,,\n\
            2,2019/1/5 10:32,,,\n\
            3,2099/1/5 10:33,还没有发生,,\n\
            4,2019/1/5 10:34,路灯坏了,,2019/1/9\n";
        let file = write(house.folder(), "plan.csv", lines);
        let import = |map: &str, then: &str, set: &str, more: &[&str]| {
            let base = [
                "import",
                "cases",
                &file,
                "--kind",
                "appeal",
                "--place",
                "652901001001",
            ];
            let plan = ["--map", map, "--then", then, "--set", set];
            house.refuses(&[&base[..], &plan, more].concat())
        };
        let wrong = import(
            "编号=@source,主题=descriptoin,答复=answer",
            "take,answr",
            "outcome=fine",
            &[],
        );
        for told in [
            "descriptoin: The kind has no field of this name",
            "answr: There is no step of this name",
            "answer: Neither bringing it in nor a step of --then asks for this",
            "outcome: Neither",
        ] {
            assert_eq!(wrong.matches(told).count(), 1, "{told}\n{wrong}");
        }
        let unfit = import(MAP_OF_PLAN, "take,answer", "outcome=fine", &[]);
        assert!(
            unfit.contains("outcome: Please choose from the list"),
            "{unfit}"
        );
        assert!(house.does(&["verify"]).starts_with("0 cases"));

        for more in [&["--dry-run"][..], &[]] {
            let told = import(MAP_OF_PLAN, "take,answer", "outcome=explained", more);
            for fault in [
                "line 3, description ``: Please fill this in",
                "line 4: This lies in the future",
                "line 5, answer ``: Please fill this in",
            ] {
                assert!(told.contains(fault), "{fault}\n{told}");
            }
        }
    }
}

const MAP_OF_PLAN: &str =
    "编号=@source,时间=@at,主题=description,答复=answer,答复时间=@answered-at";

/// What somebody brought in with a photo.
struct Brought {
    id: String,
    code: String,
    file: String,
}

/// Brings something in over the API, unless there have been too many already.
fn brings_in(served: &Served, number: usize) -> Option<Brought> {
    let file = served.sends_picture(&house::a_photo())?;
    let text = |answer: &Value, name: &str| answer[name].as_str().expect("a text").to_owned();
    let file = text(&file, "id");
    let words = format!("{number}: 三单元暖气不热");
    let values = json!({"description": words, "place": "652901001001", "photos": [file]});
    let receipt = served.post(
        "/api/v1/cases",
        &json!({"kind": "appeal", "values": values}),
    )?;
    Some(Brought {
        id: text(&receipt, "id"),
        code: text(&receipt, "tracking_code"),
        file,
    })
}

fn cases_of(said: &str) -> usize {
    let line = said.lines().find(|line| line.contains(" cases, "));
    let first = line.and_then(|line| line.split(' ').next());
    first
        .and_then(|count| count.parse().ok())
        .expect("the cases are counted")
}

#[test]
fn a_backup_is_taken_while_people_write_and_restored_elsewhere() {
    for house in houses() {
        begun(&house);
        let served = house.serves();
        assert_eq!(served.get("/health"), "ok\n");
        let before: Vec<Brought> = (0..3).filter_map(|it| brings_in(&served, it)).collect();
        assert_eq!(before.len(), 3);
        let (stop, written) = (AtomicBool::new(false), AtomicUsize::new(before.len()));
        let file = house.folder().join("house.backup").display().to_string();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !stop.load(Ordering::SeqCst) {
                    if brings_in(&served, 7).is_some() {
                        written.fetch_add(1, Ordering::SeqCst);
                    }
                }
            });
            std::thread::sleep(Duration::from_millis(300));
            house.does(&["backup", &file]);
            stop.store(true, Ordering::SeqCst);
        });
        served.ends();
        let kept = cases_of(&house.does(&["verify"]));
        assert_eq!(kept, written.into_inner(), "what was acknowledged is there");

        for scratch in Scratch::each() {
            let other = House::new(scratch);
            let spoiled = other.folder().join("spoiled.backup");
            let mut bytes = std::fs::read(&file).expect("the backup is a file");
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            let written = std::fs::File::create(&spoiled).and_then(|mut it| it.write_all(&bytes));
            written.expect("a file can be written");
            let told = other.refuses(&["restore", &spoiled.display().to_string()]);
            assert!(told.contains("damaged"), "{told}");

            let said = other.does(&["restore", &file]);
            assert!(said.contains(", 0 findings"), "{said}");
            let restored = cases_of(&said);
            assert!(
                restored >= before.len() && restored <= kept,
                "{restored} of {kept}"
            );
            let again = other.refuses(&["restore", &file]);
            assert!(
                again.contains("empty") || again.contains("not take"),
                "{again}"
            );

            // Photos came along and are served from there.
            let moved = other.serves();
            for brought in &before {
                let path = format!("/api/v1/cases/{}/files/{}", brought.id, brought.file);
                let picture = moved.bytes(&path, &brought.code);
                assert!(picture.starts_with(b"\xff\xd8"), "a JPEG");
            }
            moved.ends();
        }
    }
}

#[test]
fn verify_ends_with_an_error_when_somebody_was_at_the_database() {
    for house in houses() {
        begun(&house);
        let served = house.serves();
        let brought = (0..3).filter_map(|number| brings_in(&served, number));
        let ids: Vec<String> = brought.map(|brought| brought.id).collect();
        served.ends();
        assert!(house.does(&["verify"]).contains("3 cases"));
        let harms = [Harm::TwoOwners, Harm::NoClock, Harm::NoPetitioner];
        for (id, harm) in ids.iter().zip(harms) {
            house.scratch.harm(id.parse().expect("an id"), harm);
        }
        let told = house.refuses(&["verify"]);
        for (id, invariant) in ids.iter().zip([1, 2, 5]) {
            let line = format!("case {id}, invariant {invariant}: ");
            assert!(told.contains(&line), "{told}");
        }
        assert!(told.contains("3 findings"), "{told}");
    }
}
