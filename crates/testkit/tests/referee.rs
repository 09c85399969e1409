//! The referee plays its seeds: two thousand in which nothing may be found, and as many as it
//! takes to find each of the faults that can be planted.

use huiyin_domain::planted::{self, Fault};
use huiyin_store::Engine;
use huiyin_testkit::referee::{Finding, Report, Rule, Size, play};

/// Seeds on SQLite, in parts that run beside each other.
const SEEDS: u64 = 2_000;
const PARTS: u64 = 8;
/// On PostgreSQL, where a database takes longer to be made.
const SEEDS_ON_POSTGRES: u64 = 24;
/// A planted fault must be found within so many seeds.
const SEEDS_FOR_A_FAULT: u64 = 400;

fn played(engine: Engine, seed: u64) -> Option<Result<Report, Finding>> {
    play(engine, seed, Size::SMALL)
}

fn nothing_is_found(engine: Engine, seeds: impl Iterator<Item = u64>) {
    let findings: Vec<String> = seeds
        .filter_map(|seed| played(engine, seed)?.err())
        .map(|finding| finding.to_string())
        .collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

fn part(number: u64) {
    nothing_is_found(Engine::Sqlite, (number..SEEDS).step_by(PARTS as usize));
}

macro_rules! parts {
    ($($name:ident = $number:literal),+) => {$(
        #[test]
        fn $name() {
            part($number);
        }
    )+};
}

parts! {
    nothing_is_found_in_part_1 = 0, nothing_is_found_in_part_2 = 1,
    nothing_is_found_in_part_3 = 2, nothing_is_found_in_part_4 = 3,
    nothing_is_found_in_part_5 = 4, nothing_is_found_in_part_6 = 5,
    nothing_is_found_in_part_7 = 6, nothing_is_found_in_part_8 = 7
}

#[test]
fn nothing_is_found_on_postgresql() {
    nothing_is_found(Engine::Postgres, 0..SEEDS_ON_POSTGRES);
}

#[test]
fn the_same_seed_plays_the_same_game() {
    for seed in 0..6 {
        let [once, again] = [(); 2].map(|()| played(Engine::Sqlite, seed));
        let report = once.as_ref().and_then(|once| once.as_ref().ok());
        let report = report.expect("nothing is found");
        assert!(report.sum.starts_with("end "), "{report:?}");
        assert_eq!(once, again);
    }
    let [one, other] = [0, 1].map(|seed| played(Engine::Sqlite, seed));
    assert_ne!(one, other);
}

#[test]
fn the_same_fault_is_found_at_the_same_act() {
    planted::plant(Some(Fault::NoticeTwice));
    let [once, again] = [(); 2].map(|()| first_finding(Fault::NoticeTwice));
    planted::plant(None);
    assert_eq!(once, again);
}

/// As what each fault shows.
fn shows(fault: Fault) -> &'static [Rule] {
    match fault {
        Fault::ClockRefilled | Fault::ResumedLate => &[Rule::Clock],
        Fault::HolidayWorked => &[Rule::Clock, Rule::Promise],
        Fault::PauseWithoutEnd | Fault::RungSkipped | Fault::FiredEarly => &[Rule::Firing],
        Fault::PausedTwice | Fault::FormUnread => &[Rule::Kind],
        Fault::PromiseRewritten => &[Rule::Promise],
        Fault::StrangerLetIn => &[Rule::Rights],
        Fault::AccusedOwns => &[Rule::Standing],
        Fault::EntryOutOfOrder => &[Rule::History],
        Fault::StaleTaken => &[Rule::Stale],
        Fault::KeyForgotten => &[Rule::Repeat],
        Fault::RefusalKept => &[Rule::Refusal],
        Fault::NoticeTwice => &[Rule::Twice],
        Fault::NightWoken => &[Rule::Quiet],
        Fault::CountDrifts => &[Rule::Figures],
        Fault::PublicTellsAll => &[Rule::Public],
        Fault::SealOpened => &[Rule::Seal],
        Fault::ListForgets => &[Rule::Verify],
        Fault::FollowersForgotten => &[Rule::Followers],
        Fault::JumpFollowed => &[Rule::Time],
        // Only a house that is killed, or whose disk fails, shows them:
        // `crates/testkit/examples/crash`.
        Fault::AnsweredEarly
        | Fault::BytesLater
        | Fault::BytesFirst
        | Fault::MigratedApart
        | Fault::NextRelease
        | Fault::NextReleaseTakes
        | Fault::HeardForgotten
        | Fault::ClosedAtOnce
        | Fault::FlushLater
        | Fault::FailureIgnored
        | Fault::ShippingStops => &[],
    }
}

/// The first finding while a fault is planted.
fn first_finding(fault: Fault) -> Option<Finding> {
    planted::plant(Some(fault));
    let found = (0..SEEDS_FOR_A_FAULT).find_map(|seed| played(Engine::Sqlite, seed)?.err());
    planted::plant(None);
    found
}

/// Every fourth fault, so that four tests run beside each other.
fn every_fourth_is_found(from: usize) {
    let faults = Fault::ALL.iter().filter(|fault| !shows(**fault).is_empty());
    for &fault in faults.skip(from).step_by(4) {
        let finding = first_finding(fault);
        let finding = finding.unwrap_or_else(|| panic!("{fault:?} is not found"));
        let rule = finding.fault.rule;
        assert!(
            shows(fault).contains(&rule),
            "{fault:?} is found as something else: {finding}"
        );
        println!("{fault:?}: {finding}");
    }
}

#[test]
fn planted_faults_are_found_1() {
    every_fourth_is_found(0);
}

#[test]
fn planted_faults_are_found_2() {
    every_fourth_is_found(1);
}

#[test]
fn planted_faults_are_found_3() {
    every_fourth_is_found(2);
}

#[test]
fn planted_faults_are_found_4() {
    every_fourth_is_found(3);
}

#[test]
fn there_are_at_least_twenty_faults_to_find() {
    assert!(Fault::ALL.len() >= 20);
}
