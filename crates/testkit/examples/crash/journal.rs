//! The journal of whoever writes from outside: a line is on the disk before a request leaves, and
//! another one before anybody believes the answer.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::finding::Fault;

/// What is to be written.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// Something is brought in, with so many photos.
    Open { photos: usize },
    /// An entry of this step in this case, with so many photos.
    Step {
        case: String,
        step: String,
        photos: usize,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    /// `mark` stands in what is said, and nowhere else; it is empty for steps without a word.
    Sent {
        number: u64,
        mark: String,
        deed: Deed,
    },
    Done {
        number: u64,
        at_ms: u64,
    },
}

/// What the journal says of one write.
#[derive(Debug, Clone)]
pub struct Act {
    pub mark: String,
    pub deed: Deed,
    /// When it was acknowledged, in milliseconds since 1970, if it was.
    pub done_at_ms: Option<u64>,
}

/// The time of day, by which a journal and a fire are compared.
pub fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_millis() as u64)
}

/// How many of these were acknowledged.
pub fn acknowledged(acts: &[Act]) -> usize {
    acts.iter().filter(|act| act.done_at_ms.is_some()).count()
}

pub struct Journal {
    path: PathBuf,
    file: Mutex<File>,
    next: AtomicU64,
}

impl Journal {
    pub fn begin(path: &Path) -> Result<Journal, Fault> {
        let file = OpenOptions::new()
            .create_new(true)
            .append(true)
            .open(path)?;
        Ok(Journal {
            path: path.to_owned(),
            file: Mutex::new(file),
            next: AtomicU64::new(0),
        })
    }

    /// Before the first delivery.
    pub fn sent(&self, mark: &str, deed: &Deed) -> Result<u64, Fault> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.write(&Line::Sent {
            number,
            mark: mark.to_owned(),
            deed: deed.clone(),
        })?;
        Ok(number)
    }

    /// After the answer.
    pub fn done(&self, number: u64) -> Result<(), Fault> {
        let at_ms = now_ms();
        self.write(&Line::Done { number, at_ms })
    }

    fn write(&self, line: &Line) -> Result<(), Fault> {
        let mut text = serde_json::to_string(line)?;
        text.push('\n');
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(text.as_bytes())?;
        Ok(file.sync_data()?)
    }

    /// How long it is by now.
    pub fn bytes(&self) -> Result<u64, Fault> {
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(file.metadata()?.len())
    }

    /// All that it says, as it lies on the disk.
    pub fn read(&self) -> Result<Vec<Act>, Fault> {
        self.read_as_of(u64::MAX)
    }

    /// All that was ever sent. Acknowledged is what it said so of when it was so long.
    pub fn read_as_of(&self, bytes: u64) -> Result<Vec<Act>, Fault> {
        let mut acts = BTreeMap::new();
        let mut read = 0;
        for line in BufReader::new(File::open(&self.path)?).lines() {
            let line = line?;
            read += line.len() as u64 + 1;
            match serde_json::from_str(&line)? {
                Line::Done { .. } if read > bytes => {}
                Line::Sent { number, mark, deed } => {
                    let act = Act {
                        mark,
                        deed,
                        done_at_ms: None,
                    };
                    acts.insert(number, act);
                }
                Line::Done { number, at_ms } => {
                    let act = acts.get_mut(&number).ok_or("done before it was sent")?;
                    act.done_at_ms = Some(at_ms);
                }
            }
        }
        Ok(acts.into_values().collect())
    }
}
