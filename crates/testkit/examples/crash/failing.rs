//! The disk fails for a moment: it does not flush, does not write, has no room all at once, or
//! does not give a file its name. Half of the time the machine does not survive it either.

use std::path::{Path, PathBuf};

use rand::Rng;

use crate::disk::text;
use crate::finding::Fault;
use crate::harm::{Harm, Scene};
use crate::strace::{Strace, injected};

/// It fails for so long.
const FAILS_MS: std::ops::Range<u64> = 200..800;

pub struct Failing {
    folder: PathBuf,
    /// How often each of the ways has been gone, and how many calls failed.
    rounds: usize,
    failed: [usize; WAYS.len()],
}

/// A way to fail: the calls, the error, and the files that it is about, of those of the database.
struct Way {
    calls: &'static str,
    error: &'static str,
    files: &'static [&'static str],
}

/// Everything when no file is named.
const WAYS: [Way; 4] = [
    Way {
        calls: "fsync,fdatasync",
        error: "EIO",
        files: &[],
    },
    Way {
        calls: "pwrite64,write",
        error: "EIO",
        files: &["", "-wal"],
    },
    Way {
        calls: "/^rename",
        error: "EIO",
        files: &[],
    },
    Way {
        calls: "pwrite64,write",
        error: "ENOSPC",
        files: &["", "-wal"],
    },
];

impl Failing {
    pub fn prepare(folder: &Path) -> Failing {
        Failing {
            folder: folder.to_owned(),
            rounds: 0,
            failed: [0; WAYS.len()],
        }
    }

    fn attach(&self, way: &Way, scene: &mut Scene<'_>, told: &Path) -> Result<Strace, Fault> {
        // All of them fail, or every other one.
        let when = match scene.rng.random_bool(0.5) {
            true => "",
            false => ":when=1+2",
        };
        let trace = format!("trace={}", way.calls);
        let inject = format!("inject={}:error={}{when}", way.calls, way.error);
        let database = self.site().join("huiyin.db");
        let files = way.files.iter();
        let files: Vec<String> = files
            .map(|end| Ok(format!("{}{end}", text(&database)?)))
            .collect::<Result<_, Fault>>()?;
        let mut what = vec!["-e", trace.as_str(), "-e", inject.as_str()];
        for file in &files {
            what.extend(["-P", file.as_str()]);
        }
        Strace::attach(scene.server.id(), &what, told)
    }
}

impl Harm for Failing {
    fn site(&self) -> PathBuf {
        self.folder.join("site")
    }

    fn strike(&mut self, scene: &mut Scene<'_>) -> Result<(), Fault> {
        let at = self.rounds % WAYS.len();
        let told = self.folder.join(format!("strace-{}", self.rounds));
        let way = &WAYS[at];
        let strace = self.attach(way, scene, &told)?;
        scene.pause(FAILS_MS);
        // Each way is first survived, and the next time not.
        let dies = (self.rounds / WAYS.len()) % 2 == 1;
        if dies {
            scene.server.kill()?;
        }
        strace.detach()?;
        if dies {
            scene.kill_and_start()?;
        }
        self.failed[at] += injected(&told)?;
        self.rounds += 1;
        scene.goes_on(&format!("{} of {}", way.error, way.calls))
    }

    fn look_back(&mut self, _: &mut Scene<'_>) -> Result<(), Fault> {
        for (way, failed) in WAYS.iter().zip(self.failed).take(self.rounds) {
            if failed == 0 {
                return Err(format!("no {} was answered with {}", way.calls, way.error).into());
            }
        }
        Ok(())
    }
}
