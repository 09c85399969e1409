//! The referee plays its seeds.

use huiyin_store::Engine;
use huiyin_testkit::referee::{Size, play};

#[test]
fn try_some() {
    let from: u64 = std::env::var("FROM")
        .ok()
        .and_then(|t| t.parse().ok())
        .unwrap_or(0);
    let n: u64 = std::env::var("SEEDS")
        .ok()
        .and_then(|t| t.parse().ok())
        .unwrap_or(20);
    let start = std::time::Instant::now();
    let mut failed = 0;
    let mut steps = std::collections::BTreeMap::<String, usize>::new();
    let (mut acts, mut refused, mut entries, mut messages) = (0, 0, 0, 0);
    for seed in from..from + n {
        match play(Engine::Sqlite, seed, if std::env::var("ONE").is_ok() { Size { acts: (1, 1), pause_days: 9 } } else { Size::SMALL }).unwrap() {
            Ok(report) => {
                acts += report.acts;
                refused += report.refused;
                entries += report.entries;
                messages += report.messages;
                for (s, c) in report.steps {
                    *steps.entry(s).or_default() += c;
                }
            }
            Err(finding) => {
                failed += 1;
                println!("{finding}");
            }
        }
    }
    println!("{steps:#?}");
    println!(
        "{failed} of {n} failed in {:?}: {acts} acts, {refused} refused, {entries} entries, {messages} messages",
        start.elapsed()
    );
}

#[test]
fn try_faults() {
    use huiyin_domain::planted::{self, Fault};
    let only = std::env::var("FAULT").ok();
    for fault in Fault::ALL {
        if only.as_ref().is_some_and(|o| *o != format!("{fault:?}")) { continue; }
        let mut found = None;
        for seed in 0..150 {
            planted::plant(Some(*fault));
            let played = play(Engine::Sqlite, seed, Size::SMALL).unwrap();
            planted::plant(None);
            if let Err(f) = played { found = Some((seed, f)); break; }
        }
        match found { Some((seed, f)) => println!("{fault:?}: seed {seed} {:?} {}", f.fault.rule, &f.to_string().chars().take(260).collect::<String>()), None => println!("{fault:?}: NOT FOUND") }
    }
}
