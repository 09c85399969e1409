use super::*;
use crate::testing::{Bench, actor, benches};
use huiyin_domain::person::Role;

async fn run(bench: &Bench, text: &str, mode: Mode) -> Report {
    let office = actor(Role::Office);
    let manner = Manner {
        mode,
        system: System::Wgs84,
    };
    import(&bench.app, &office, &[text.as_bytes()], manner)
        .await
        .unwrap()
}

async fn count(bench: &Bench) -> i64 {
    bench.app.store.read(places::count).await.unwrap()
}

const FILE: &str = "code,name,name_en,shape\n\
    652302001002,西街社区,West street,\n\
    652302001,宁边路街道,,\n\
    652302001001,,,\n\
    nonsense,x,,\n\
    652302009001,没有街道的村,,\n\
    652302001,又一次,,\n\
    652302001003,带形状,,\"{\"\"type\"\":\"\"Point\"\",\"\"coordinates\"\":[1,2]}\"\n\
    652302001004,坏形状,,<svg>\n";

#[tokio::test]
async fn every_bad_line_is_told_and_the_rest_comes_in_once() {
    for bench in benches() {
        let before = count(&bench).await;
        let dry = run(&bench, FILE, Mode::DryRun).await;
        assert_eq!(count(&bench).await, before);
        let real = run(&bench, FILE, Mode::Real).await;
        assert_eq!(dry, real);
        assert_eq!((real.lines, real.added, real.changed), (8, 3, 0));
        let told: Vec<(u64, &str)> = real
            .faults
            .iter()
            .map(|fault| (fault.line, fault.key))
            .collect();
        assert_eq!(
            told,
            [
                (4, "fault-no-name"),
                (5, "fault-code"),
                (6, "fault-no-parent"),
                (7, "fault-line-twice"),
                (9, "fault-shape"),
            ]
        );
        // The county 652302 was made; its prefecture too.
        assert_eq!(count(&bench).await, before + 5);
        let again = run(&bench, FILE, Mode::Real).await;
        assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 3));
        assert_eq!(count(&bench).await, before + 5);

        let renamed = "code,name\n652302001002,新西街社区\n";
        assert_eq!(run(&bench, renamed, Mode::Real).await.changed, 1);
        let found = super::super::look::search(&bench.app, "新西街".into())
            .await
            .unwrap();
        assert_eq!(found[0].place.names.in_lang("en"), "West street");
        let path: Vec<String> = found[0]
            .path
            .iter()
            .map(|place| place.code.to_string())
            .collect();
        assert_eq!(path, ["6523", "652302", "652302001"]);
    }
}

fn feature(code: &str, name: &str, ring: &[[f64; 2]]) -> serde_json::Value {
    serde_json::json!({
        "type": "Feature",
        "properties": { "code": code, "name": name, "name_en": "x" },
        "geometry": { "type": "Polygon", "coordinates": [ring] },
    })
}

fn boxed(west: f64, east: f64) -> Vec<[f64; 2]> {
    let corners = [(west, 41.0), (east, 41.0), (east, 41.01), (west, 41.01)];
    let ring = corners.iter().chain(&corners[..1]);
    ring.map(|&(lon, lat)| [lon, lat]).collect()
}

#[tokio::test]
async fn geojson_comes_in_once_and_gaps_and_overlaps_are_said() {
    let mut open = boxed(80.0, 80.01);
    open.pop();
    let features = [
        feature("652901001001", "阳光社区", &boxed(80.0, 80.03)),
        feature("652901001001001", "一网格", &boxed(80.0, 80.011)),
        feature("652901001001002", "二网格", &boxed(80.01, 80.02)),
        feature("652901001001003", "三网格", &open),
        feature("nonsense", "x", &boxed(80.0, 80.01)),
        feature("652901001001002", "又一次", &boxed(80.0, 80.01)),
        feature("652901009001001", "没有社区", &boxed(80.0, 80.01)),
    ];
    let file = serde_json::json!({ "type": "FeatureCollection", "features": features });
    let file = file.to_string();
    for bench in benches() {
        let before = count(&bench).await;
        let dry = run(&bench, &file, Mode::DryRun).await;
        assert_eq!(count(&bench).await, before);
        let real = run(&bench, &file, Mode::Real).await;
        assert_eq!(dry, real);
        assert_eq!((real.lines, real.added, real.changed), (7, 2, 1));
        let faults = real.faults.iter().map(|fault| (fault.line, fault.key));
        let told: Vec<(u64, &str)> = faults.collect();
        assert_eq!(
            told,
            [
                (4, "fault-shape-not-closed"),
                (5, "fault-code"),
                (6, "fault-line-twice"),
                (7, "fault-no-parent"),
            ]
        );
        let warnings = real.warnings.iter().map(super::super::cover::Warning::key);
        let warned: Vec<&str> = warnings.collect();
        assert_eq!(warned, ["land-gap", "land-overlap"]);
        // A thousandth of a degree wide, a hundredth high.
        let shared = real.warnings[1].finding.area_m2();
        assert!((80_000.0..110_000.0).contains(&shared), "{shared}");
        let again = run(&bench, &file, Mode::Real).await;
        assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 3));

        let office = actor(Role::Office);
        let within = Some("652901001001".parse().unwrap());
        let sent = features::export(&bench.app, &office, within).await.unwrap();
        assert_eq!(sent["features"].as_array().unwrap().len(), 3);
        let back = run(&bench, &sent.to_string(), Mode::Real).await;
        assert_eq!((back.unchanged, back.faults.len()), (3, 0));
    }
}

#[tokio::test]
async fn what_is_no_collection_is_refused_whole() {
    for bench in benches() {
        let office = actor(Role::Office);
        for text in [
            "{",
            "{\"type\":\"Feature\"}",
            "{\"type\":\"FeatureCollection\"}",
        ] {
            let manner = Manner {
                mode: Mode::Real,
                system: System::Wgs84,
            };
            let refused = import(&bench.app, &office, &[text.as_bytes()], manner).await;
            assert!(matches!(refused, Err(Error::Refused(_))), "{text}");
        }
    }
}

#[tokio::test]
async fn the_three_prefectures_come_in_whole() {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/divisions"
    );
    let mut texts = Vec::new();
    for prefecture in ["1501", "6523", "6529"] {
        // The villages first: what they lie in stands in a later file.
        for list in ["villages", "streets"] {
            let Ok(text) = std::fs::read(format!("{folder}/{prefecture}_{list}.csv")) else {
                return; // The real lists are not part of the project.
            };
            texts.push(text);
        }
    }
    let files: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
    for bench in benches() {
        let before = count(&bench).await;
        let office = actor(Role::Office);
        let system = System::Wgs84;
        let run = |mode| import(&bench.app, &office, &files, Manner { mode, system });
        let dry = run(Mode::DryRun).await.unwrap();
        assert_eq!(count(&bench).await, before);
        let real = run(Mode::Real).await.unwrap();
        assert_eq!(dry, real);
        assert_eq!(real.faults, []);
        let lines = real.lines;
        assert_eq!(lines, 99 + 1_396 + 106 + 926 + 114 + 1_340);
        assert_eq!(real.added + real.changed, lines);
        assert_eq!(run(Mode::Real).await.unwrap().unchanged, lines);
        // Four of the bench's places are real ones of 6529.
        let counties = 10 + 7 + 9;
        let made = i64::try_from(lines).unwrap() + counties + 3;
        assert_eq!(count(&bench).await, before + made - 4);
    }
}
