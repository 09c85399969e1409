//! What the journal says, held against what the house shows to a reader.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use huiyin_domain::planted;
use serde_json::Value;

use crate::client::{Asked, Http};
use crate::finding::{Fault, Finding, Sort};
use crate::journal::{Act, Deed};
use crate::server::Start;
use crate::stores;

const READERS: usize = 3;

/// A case as a reader finds it.
pub struct Shown {
    pub case: Value,
    pub entries: Vec<Value>,
}

/// Cases by their ids.
pub type AllShown = BTreeMap<String, Shown>;

pub struct Audit<'a> {
    pub address: SocketAddr,
    /// May read everything.
    pub token: &'a str,
    pub acts: &'a [Act],
}

/// Starts a house, holds the journal against what it shows, ends it, and looks at what it leaves:
/// how many cases there are, and all that is wrong.
pub fn whole(start: &Start<'_>, token: &str, acts: &[Act]) -> Result<(usize, Vec<Finding>), Fault> {
    let mut server = start.start_and_wait()?;
    let audit = Audit {
        address: start.address,
        token,
        acts,
    };
    let (cases, mut findings) = audit.run()?;
    server.kill()?;
    findings.extend(left(start)?);
    Ok((cases, findings))
}

/// What is wrong with the files and the database of a house that has ended.
pub fn left(start: &Start<'_>) -> Result<Vec<Finding>, Fault> {
    planted::plant(start.release);
    let compared = stores::compared(start.url, start.data);
    planted::plant(None);
    let mut findings = compared?;
    findings.extend(start.verified()?);
    Ok(findings)
}

impl Audit<'_> {
    /// How many cases there are, and all that is wrong with them.
    pub fn run(&self) -> Result<(usize, Vec<Finding>), Fault> {
        let (shown, findings) = self.all()?;
        Ok((shown.len(), findings))
    }

    /// All cases, and all that is wrong with them.
    pub fn all(&self) -> Result<(AllShown, Vec<Finding>), Fault> {
        let ids = self.ids()?;
        let next = AtomicUsize::new(0);
        let read = || -> Result<_, Fault> {
            let http = Http::to(self.address)?;
            let (mut shown, mut findings) = (BTreeMap::new(), Vec::new());
            while let Some(id) = ids.get(next.fetch_add(1, Ordering::Relaxed)) {
                let case = self.shown(&http, id)?;
                findings.extend(self.whole(&http, id, &case)?);
                shown.insert(id.clone(), case);
            }
            Ok((shown, findings))
        };
        let (mut shown, mut findings) = (BTreeMap::new(), Vec::new());
        thread::scope(|scope| -> Result<(), Fault> {
            let readers: Vec<_> = (0..READERS).map(|_| scope.spawn(read)).collect();
            for reader in readers {
                let (read, found) = reader.join().map_err(|_| "a reader panicked")??;
                shown.extend(read);
                findings.extend(found);
            }
            Ok(())
        })?;
        findings.extend(self.acts.iter().filter_map(|act| compared(act, &shown)));
        Ok((shown, findings))
    }

    fn read(&self, http: &Http, path: &str) -> Result<Value, Fault> {
        let asked = Asked::get(path).with("authorization", self.token);
        let answer = http.ask(&asked, None).ok_or("the house does not answer")?;
        match answer.status {
            200 => answer.json(),
            status => Err(format!("{path}: {status} {}", answer.text()).into()),
        }
    }

    /// Every case that there is.
    fn ids(&self) -> Result<Vec<String>, Fault> {
        let http = Http::to(self.address)?;
        let (mut ids, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/v1/cases?state=all&limit=200{cursor}");
            let page = self.read(&http, &path)?;
            let rows = page["cases"].as_array().into_iter().flatten();
            ids.extend(rows.filter_map(|row| row["id"].as_str().map(str::to_owned)));
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return Ok(ids),
            }
        }
    }

    fn shown(&self, http: &Http, id: &str) -> Result<Shown, Fault> {
        let case = self.read(http, &format!("/api/v1/cases/{id}"))?;
        let history = self.read(http, &format!("/api/v1/cases/{id}/history"))?;
        let entries = history["entries"].as_array().cloned().unwrap_or_default();
        Ok(Shown { case, entries })
    }

    /// Whether all of a case is there: each entry, each byte of each photo, somebody who owns it.
    fn whole(&self, http: &Http, id: &str, shown: &Shown) -> Result<Vec<Finding>, Fault> {
        let mut findings = Vec::new();
        let mut half = |what: String| {
            let what = format!("case {id}: {what}");
            findings.push(Finding::new(Sort::Half, what));
        };
        let numbers: Vec<_> = shown.entries.iter().map(|entry| &entry["number"]).collect();
        let version = shown.case["version"].as_u64().unwrap_or(0);
        if !(1..=version).eq(numbers.iter().filter_map(|number| number.as_u64())) {
            half(format!("of version {version}, with entries {numbers:?}"));
        }
        let is_claimed = ["claimed", "delivered"].contains(&text(&shown.case["stage"]));
        if is_claimed && shown.case["owner"]["type"] != "person" {
            half(format!("claimed, and owned by {}", shown.case["owner"]));
        }
        let mut kept = 0;
        for file in shown.case["files"].as_array().into_iter().flatten() {
            kept += 1;
            let path = format!("/api/v1/cases/{id}/files/{}", text(&file["id"]));
            let asked = Asked::get(path).with("authorization", self.token);
            let answer = http.ask(&asked, None).ok_or("the house does not answer")?;
            let bytes = file["bytes"].as_u64();
            if answer.status != 200 || bytes != Some(answer.body.len() as u64) {
                half(format!(
                    "a photo of {bytes:?} bytes answers {}",
                    answer.status
                ));
            }
        }
        let named: usize = shown.entries.iter().map(photos).sum();
        if kept != named {
            half(format!("{kept} photos, of which its history names {named}"));
        }
        Ok(findings)
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

/// How many photos an entry names.
pub fn photos(entry: &Value) -> usize {
    entry["says"]["photos"].as_array().map_or(0, Vec::len)
}

fn says(entry: &Value, mark: &str) -> bool {
    let said = entry["says"].as_object().into_iter().flatten();
    let mut said = said.filter_map(|(_, value)| value.as_str());
    mark.is_empty() || said.any(|text| text.contains(mark))
}

/// What is wrong with a write, if anything is.
fn compared(act: &Act, shown: &AllShown) -> Option<Finding> {
    let (found, photos_due): (Vec<&Value>, usize) = match &act.deed {
        Deed::Open { photos } => {
            let first = shown.values().filter_map(|shown| shown.entries.first());
            (
                first.filter(|entry| says(entry, &act.mark)).collect(),
                *photos,
            )
        }
        Deed::Step { case, step, photos } => {
            let entries = shown.get(case).into_iter().flat_map(|shown| &shown.entries);
            let ours = |entry: &&Value| entry["step"] == *step && says(entry, &act.mark);
            (entries.filter(ours).collect(), *photos)
        }
    };
    let sort = match found.as_slice() {
        [] if act.done_at_ms.is_some() => Sort::Lost,
        [] => return None,
        [entry] if photos(entry) == photos_due => return None,
        [_] => Sort::Half,
        _ => Sort::Twice,
    };
    let times = found.len();
    let what = format!("{:?} {} is there {times} times", act.deed, act.mark);
    Some(Finding {
        done_at_ms: act.done_at_ms,
        ..Finding::new(sort, what)
    })
}
