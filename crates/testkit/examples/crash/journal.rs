//! The journal of whoever writes from outside: a line is on the disk before a request leaves, and
//! another one before anybody believes the answer.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

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
    },
}

/// What the journal says of one write.
#[derive(Debug, Clone)]
pub struct Act {
    pub mark: String,
    pub deed: Deed,
    pub is_acknowledged: bool,
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
        self.write(&Line::Done { number })
    }

    fn write(&self, line: &Line) -> Result<(), Fault> {
        let mut text = serde_json::to_string(line)?;
        text.push('\n');
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(text.as_bytes())?;
        Ok(file.sync_data()?)
    }

    /// All that it says, as it lies on the disk.
    pub fn read(&self) -> Result<Vec<Act>, Fault> {
        let mut acts = BTreeMap::new();
        for line in BufReader::new(File::open(&self.path)?).lines() {
            match serde_json::from_str(&line?)? {
                Line::Sent { number, mark, deed } => {
                    let act = Act {
                        mark,
                        deed,
                        is_acknowledged: false,
                    };
                    acts.insert(number, act);
                }
                Line::Done { number } => {
                    let act = acts.get_mut(&number);
                    act.ok_or("done before it was sent")?.is_acknowledged = true;
                }
            }
        }
        Ok(acts.into_values().collect())
    }
}
