//! Somebody who only reads, all the time: what is there can be read, whatever is wrong with
//! writing.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::Value;

use crate::client::{Asked, Http};
use crate::finding::{Fault, Sort};
use crate::server::Start;
use crate::writer::Common;

const PAUSE: Duration = Duration::from_millis(20);
/// Pages that anybody looks at.
const PAGES: [&str; 2] = ["/", "/wall"];
/// One of several that is about to end says here that it is not to be asked any more.
const OF_ONE_HOUSE: &str = "/health";

/// Whether the house may be gone for a moment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum House {
    Stays,
    Comes,
}

pub fn begin(
    common: &Arc<Common>,
    start: &Start<'_>,
    house: House,
) -> Result<JoinHandle<Result<(), Fault>>, Fault> {
    let mut pages = PAGES.to_vec();
    if start.front.is_none() {
        pages.push(OF_ONE_HOUSE);
    }
    let reader = Reader {
        common: Arc::clone(common),
        http: Http::to(start.reached_at())?,
        house,
        pages,
    };
    Ok(thread::spawn(move || reader.read_on()))
}

struct Reader {
    common: Arc<Common>,
    http: Http,
    house: House,
    pages: Vec<&'static str>,
}

impl Reader {
    fn read_on(&self) -> Result<(), Fault> {
        while !self.common.is_over.load(Ordering::Relaxed) {
            for page in &self.pages {
                self.read(Asked::get(*page));
            }
            let session = format!("session={}", self.common.keys.sessions[0]);
            self.read(Asked::get("/queue/state").with("cookie", session));
            let list = self.of_the_desk("/api/v1/cases?state=all&limit=3");
            for row in list["cases"].as_array().into_iter().flatten() {
                self.read_case(row["id"].as_str().unwrap_or_default());
            }
            thread::sleep(PAUSE);
        }
        Ok(())
    }

    fn read_case(&self, id: &str) {
        let case = self.of_the_desk(&format!("/api/v1/cases/{id}"));
        self.of_the_desk(&format!("/api/v1/cases/{id}/history"));
        for file in case["files"].as_array().into_iter().flatten() {
            let file = file["id"].as_str().unwrap_or_default();
            let path = format!("/api/v1/cases/{id}/files/{file}");
            let token = self.common.keys.dispatcher.as_str();
            self.read(Asked::get(path).with("authorization", token));
        }
    }

    /// Nothing when it was not answered, which is noted.
    fn of_the_desk(&self, path: &str) -> Value {
        let token = self.common.keys.dispatcher.as_str();
        let body = self.read(Asked::get(path).with("authorization", token));
        let body = body.and_then(|body| serde_json::from_slice(&body).ok());
        body.unwrap_or(Value::Null)
    }

    /// Each time from another household: how much one of them may look for is not what is tried.
    fn read(&self, asked: Asked) -> Option<Vec<u8>> {
        let path = asked.path.clone();
        let [.., one, two, three] = self.common.reads.load(Ordering::Relaxed).to_be_bytes();
        let asked = asked.with("x-forwarded-for", format!("10.{one}.{two}.{three}"));
        let what = match self.http.ask(&asked, None) {
            Some(answer) if answer.status == 200 => {
                self.common.reads.fetch_add(1, Ordering::Relaxed);
                return Some(answer.body);
            }
            Some(answer) => {
                let text: String = answer.text().chars().take(400).collect();
                format!("{path}: {} {text}", answer.status)
            }
            None if self.house == House::Comes => return None,
            None => format!("{path}: no answer"),
        };
        self.common.find(Sort::Unread, what);
        None
    }
}
