//! The power is cut. The house lies on a disk that is a file on another disk, where a file can be
//! copied in one instant without being read: the copy is what the disk held at that moment, and
//! what a machine would find on it that starts again. What only the system or the program knew is
//! not on it.

use std::path::{Path, PathBuf};

use crate::audit;
use crate::disk::{self, Mounted, text};
use crate::finding::{Fault, Finding};
use crate::harm::{Harm, Scene};
use crate::place::{Place, url_in};
use crate::server::Start;
use crate::tools::run;

const OUTER_BYTES: u64 = 16 << 30;
const INNER_BYTES: u64 = 1 << 30;

/// In the order in which they are let go.
pub struct Power {
    inner: Mounted,
    outer: Mounted,
    /// Where copies are looked at.
    desk: PathBuf,
    cuts: Vec<Cut>,
}

/// A disk whose power was cut.
struct Cut {
    image: PathBuf,
    /// So long was the journal a moment before: what it says there must be on the disk.
    journal_bytes: u64,
}

impl Power {
    pub fn prepare(folder: &Path) -> Result<Power, Fault> {
        let image = folder.join("outer.img");
        disk::make(&image, OUTER_BYTES, "xfs", &["-q", "-m", "reflink=1"])?;
        let outer = Mounted::image(&image, &folder.join("outer"))?;
        let image = outer.at().join("disk.img");
        disk::make(&image, INNER_BYTES, "ext4", &["-q", "-m", "0"])?;
        let inner = Mounted::image(&image, &folder.join("inner"))?;
        Ok(Power {
            inner,
            outer,
            desk: folder.join("cut"),
            cuts: Vec::new(),
        })
    }

    /// Starts the house on a copy, as an operator would, and looks at all that was acknowledged.
    fn look_at(&self, cut: &Cut, scene: &Scene<'_>) -> Result<Vec<Finding>, Fault> {
        let disk = Mounted::image(&cut.image, &self.desk)?;
        let data = disk.at().join("site");
        let place = Place::at(url_in(&data), &data)?;
        let start = Start::of(scene.start.binary, &place)?;
        let acts = scene.common.journal.read_as_of(cut.journal_bytes)?;
        let (_, findings) = audit::whole(&start, &scene.common.keys.dispatcher, &acts)?;
        Ok(findings)
    }
}

impl Harm for Power {
    fn site(&self) -> PathBuf {
        self.inner.at().join("site")
    }

    fn strike(&mut self, scene: &mut Scene<'_>) -> Result<(), Fault> {
        let image = self.outer.at().join(format!("cut-{}.img", self.cuts.len()));
        let journal_bytes = scene.common.journal.bytes()?;
        let disk = self.outer.at().join("disk.img");
        run("cp", &["--reflink=always", text(&disk)?, text(&image)?])?;
        self.cuts.push(Cut {
            image,
            journal_bytes,
        });
        Ok(())
    }

    fn look_back(&mut self, scene: &mut Scene<'_>) -> Result<(), Fault> {
        for (number, cut) in self.cuts.iter().enumerate() {
            let found = self.look_at(cut, scene);
            let found = found.map_err(|fault| format!("cut {number}: {fault}"))?;
            // A disk that lost something is left to whoever looks for the reason.
            if found.is_empty() {
                std::fs::remove_file(&cut.image)?;
            }
            scene.seen.findings.extend(found.into_iter().map(|found| {
                let what = format!("cut {number}: {}", found.what);
                Finding::new(found.sort, what)
            }));
        }
        Ok(())
    }
}
