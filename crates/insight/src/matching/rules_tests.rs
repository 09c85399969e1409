use super::model::Ring;
use super::rules::{MATCHING_RULES, Rules};

#[test]
fn the_shipped_rules_are_well_formed_and_every_key_is_in_them() {
    let rules = Rules::shipped();
    assert_eq!(rules.ask.at_once_max, 3);
    assert_eq!(rules.ring(Ring::Community), 15);
    // A key that is missing in the file would be nought, and each key of it is explained.
    let lines: Vec<&str> = MATCHING_RULES.lines().collect();
    let keys = lines.iter().filter(|line| line.contains(" = "));
    let keys = keys.filter(|line| !line.starts_with('#')).count();
    assert_eq!(keys, 33, "a key more or less: change rules_read.rs as well");
    assert_eq!(Rules::read("same.toml", MATCHING_RULES), Ok(rules));
}

#[test]
fn an_own_file_says_only_what_differs() {
    let rules = Rules::read("own.toml", "[wait]\nday = 50\n").expect("it is well-formed");
    let mut expected = Rules::shipped();
    expected.wait.day = 50;
    assert_eq!(rules, expected);
}

#[test]
fn all_faults_are_told_at_once_with_their_lines() {
    let text = "[ask]\nat_once_max = 0\nat_twice_max = 3\n\n[must]\nbe_free = 1\n\
                [distance]\ncommunity = 900\nkilometre = -1\n[moon]\nfar = 1\n[wait]\nday = \"x\"\n";
    let faults = Rules::read("own.toml", text).expect_err("it is wrong");
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let starts = [
        "own.toml:2: `at_once_max` is out of range; write a whole number from 1 to 50",
        "own.toml:3: [ask] has no `at_twice_max`; write one of again_after_hours, answer_hours,",
        "own.toml:6: `be_free` is a integer; write true or false",
        "own.toml:8: `community` costs more than `street`; what is nearer may not cost more",
        "own.toml:9: `kilometre` is out of range; write a whole number from 0 to 1000000",
        "own.toml:10: there is no table `moon`; write one of ask, cost,",
        "own.toml:13: `day` is a string; write a whole number from 0 to 1000000",
    ];
    assert_eq!(told.len(), starts.len(), "{told:#?}");
    for (told, start) in told.iter().zip(starts) {
        assert!(
            told.starts_with(start),
            "{told} does not start with {start}"
        );
    }
    let broken = Rules::read("own.toml", "[ask\nat_once_max = 1").expect_err("no TOML");
    assert_eq!(broken[0].line, 1);
}
