//! What is flagged on real answers: which share by which rule. Runs where `../shared/data` lies
//! beside the project; `--no-capture` shows the shares, and some answers of each rule to read.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use huiyin_insight::{Answer, AnswerFlag, AnswerRule, Ending, answer_flags, answer_print};

/// Of each rule so many are shown.
const SHOWN: usize = 5;

struct Pair {
    asked: String,
    text: String,
}

fn pairs() -> Option<Vec<Pair>> {
    let path = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/appeals/messages-with-replies.csv"
    ));
    let mut reader = csv::Reader::from_path(path).ok()?;
    let pair = |record: csv::StringRecord| Pair {
        asked: format!("{}\n{}", &record[2], &record[4]),
        text: record[5].to_owned(),
    };
    Some(
        reader
            .records()
            .map(|record| pair(record.unwrap()))
            .collect(),
    )
}

fn flagged(pairs: &[Pair]) -> Vec<Vec<AnswerFlag>> {
    let mut prints: HashMap<i64, usize> = HashMap::new();
    for print in pairs.iter().filter_map(|pair| answer_print(&pair.text)) {
        *prints.entry(print).or_default() += 1;
    }
    let flags = |pair: &Pair| {
        let print = answer_print(&pair.text);
        let same = print.and_then(|print| prints.get(&print));
        answer_flags(&Answer {
            asked: &pair.asked,
            text: &pair.text,
            // The list does not say how it ended: as if everything had only been explained.
            ending: Ending::Unsolved,
            others: same.map_or(0, |same| same - 1),
        })
    };
    pairs.iter().map(flags).collect()
}

fn short(text: &str, count: usize) -> String {
    let line = text.split_whitespace().collect::<String>();
    line.chars().take(count).collect()
}

fn show(pairs: &[Pair], flags: &[Vec<AnswerFlag>], rule: AnswerRule) {
    let hits = pairs.iter().zip(flags).filter_map(|(pair, flags)| {
        let flag = flags.iter().find(|flag| flag.rule == rule)?;
        Some((pair, flag))
    });
    let hits: Vec<_> = hits.collect();
    let share = hits.len() as f64 * 100.0 / pairs.len() as f64;
    println!(
        "{}: {} of {} ({share:.1} %)",
        rule.word(),
        hits.len(),
        pairs.len()
    );
    for (pair, flag) in hits.iter().step_by((hits.len() / SHOWN).max(1)).take(SHOWN) {
        println!("  {:?}", flag.because);
        println!("    asked: {}", short(&pair.asked, 90));
        println!("    said:  {}", short(&pair.text, 220));
    }
}

#[test]
fn a_small_share_of_real_answers_is_flagged_by_each_rule() {
    let Some(pairs) = pairs() else { return };
    let flags = flagged(&pairs);
    let mut shares: BTreeMap<AnswerRule, f64> = BTreeMap::new();
    for rule in AnswerRule::ALL {
        show(&pairs, &flags, rule);
        let hits = flags.iter().flatten().filter(|flag| flag.rule == rule);
        shares.insert(rule, hits.count() as f64 / pairs.len() as f64);
    }
    let any = flags.iter().filter(|flags| !flags.is_empty()).count();
    println!("any: {any} of {}", pairs.len());
    for (rule, most) in [
        (AnswerRule::NoMeasures, 0.10),
        (AnswerRule::NoDate, 0.40),
        (AnswerRule::Copied, 0.15),
        (AnswerRule::Unsaid, 0.15),
    ] {
        let share = shares[&rule];
        assert!(share > 0.0 && share < most, "{}: {share}", rule.word());
    }
}
