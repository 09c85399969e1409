//! What one installation has handed to another, held against what the other one has of it.

use std::collections::BTreeMap;

use huiyin_domain::id::CaseId;
use huiyin_store::{DbError, Options, Store, Tx, elsewhere};
use serde_json::Value;

use crate::audit::{AllShown, Shown, photos};
use crate::finding::{Fault, Finding, Sort};

/// Cases of the first with those that the second opened for them, and all that is wrong.
pub struct Across {
    pub pairs: Vec<(String, String)>,
    pub findings: Vec<Finding>,
}

/// What of the first was brought to the second and back again.
pub fn compared(county: &AllShown, prefecture: &AllShown) -> Across {
    let mut across = Across {
        pairs: Vec::new(),
        findings: Vec::new(),
    };
    let handed = |shown: &&Shown| {
        shown
            .entries
            .iter()
            .any(|entry| entry["step"] == "dispatch")
    };
    for (id, ours) in county.iter().filter(|(_, shown)| handed(shown)) {
        let same = |shown: &Shown| word(opening(shown)) == word(opening(ours));
        let theirs: Vec<_> = prefecture.iter().filter(|(_, shown)| same(shown)).collect();
        across.counted(&format!("case {id}"), theirs.len());
        let [(other, theirs)] = theirs.as_slice() else {
            continue;
        };
        if photos(opening(theirs)) != photos(opening(ours)) {
            let what = format!("case {id} came over as {other} without its photos");
            across.findings.push(Finding::new(Sort::Half, what));
        }
        across.steps((id, ours), theirs, &["add", "judge"]);
        across.steps((other, theirs), ours, &["answer"]);
        across.pairs.push((id.clone(), (*other).clone()));
    }
    across
}

impl Across {
    fn counted(&mut self, what: &str, times: usize) {
        let sort = match times {
            0 => Sort::Lost,
            1 => return,
            _ => Sort::Twice,
        };
        let what = format!("{what} is there {times} times on the other side");
        self.findings.push(Finding::new(sort, what));
    }

    /// Each of these steps of one side was taken once on the other.
    fn steps(&mut self, (id, from): (&str, &Shown), to: &Shown, steps: &[&str]) {
        let is_of_them = |entry: &&Value| steps.iter().any(|step| entry["step"] == **step);
        for entry in from.entries.iter().filter(is_of_them) {
            let same =
                |other: &&Value| other["step"] == entry["step"] && word(other) == word(entry);
            let times = to.entries.iter().filter(same).count();
            let what = format!("case {id}: {} {}", entry["step"], word(entry));
            self.counted(&what, times);
        }
    }

    /// Whether each side keeps all entries of the other one, sealed.
    pub fn sealed(
        &self,
        (county, prefecture): (&AllShown, &AllShown),
        (of_county, of_prefecture): (&str, &str),
    ) -> Result<Vec<Finding>, Fault> {
        let ids = |pick: fn(&(String, String)) -> &String| self.pairs.iter().map(pick).cloned();
        let (ours, theirs) = (ids(|(id, _)| id).collect(), ids(|(_, id)| id).collect());
        let (at_home, abroad) = (kept(of_county, ours)?, kept(of_prefecture, theirs)?);
        let mut findings = Vec::new();
        for (id, other) in &self.pairs {
            for ((keeper, keeps), (case, of)) in [
                ((id, &at_home), (other, prefecture)),
                ((other, &abroad), (id, county)),
            ] {
                let (due, is) = (of[case].entries.len(), keeps[keeper]);
                if due != is {
                    let what = format!("case {keeper} keeps {is} entries of {due} of {case}");
                    findings.push(Finding::new(Sort::Lost, what));
                }
            }
        }
        Ok(findings)
    }
}

fn opening(shown: &Shown) -> &Value {
    shown.entries.first().unwrap_or(&Value::Null)
}

/// What somebody wrote, which nobody else did.
fn word(entry: &Value) -> &str {
    let words = ["description", "message", "answer"];
    let said = words.iter().find_map(|name| entry["says"][*name].as_str());
    said.unwrap_or("")
}

/// Of how many entries of another installation each of these cases keeps the seal.
fn kept(url: &str, cases: Vec<String>) -> Result<BTreeMap<String, usize>, Fault> {
    let store = Store::open(url, &Options::default())?;
    let mut ids = Vec::new();
    for case in cases {
        let id: CaseId = case.parse().map_err(|_| format!("{case} is no case"))?;
        ids.push((case, id));
    }
    let read = move |tx: &mut Tx<'_>| {
        let count = |(case, id): &(String, CaseId)| {
            Ok::<_, DbError>((case.clone(), elsewhere::of_case(tx, *id)?.len()))
        };
        ids.iter().map(count).collect::<Result<_, DbError>>()
    };
    let kept = store.read_blocking(read)?;
    store.shutdown_blocking();
    Ok(kept)
}
