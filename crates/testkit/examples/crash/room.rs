//! The disk has no room: it is small, and somebody else fills it to the last byte and keeps it
//! full while people go on, and then takes away what filled it.

use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rand::Rng;

use crate::disk::{self, Mounted};
use crate::finding::Fault;
use crate::harm::{Harm, Scene};

/// Three times what the log may take before it is begun anew, so that only somebody else fills it.
const BYTES: u64 = 192 << 20;
/// It stays full for so long.
const FULL_MS: std::ops::Range<u64> = 800..2_000;
/// What becomes free meanwhile is taken again so soon.
const AGAIN: Duration = Duration::from_millis(10);
/// Written at once, as long as there is so much room, and then less and less.
const CHUNK: usize = 1 << 20;

pub struct Room {
    disk: Mounted,
}

impl Room {
    pub fn prepare(folder: &Path) -> Result<Room, Fault> {
        let image = folder.join("small.img");
        // Nothing is kept back for whoever administers the machine.
        disk::make(&image, BYTES, "ext4", &["-q", "-m", "0"])?;
        let disk = Mounted::image(&image, &folder.join("small"))?;
        Ok(Room { disk })
    }
}

impl Harm for Room {
    fn site(&self) -> PathBuf {
        self.disk.at().join("site")
    }

    fn strike(&mut self, scene: &mut Scene<'_>) -> Result<(), Fault> {
        let path = self.disk.at().join("filler");
        let mut filler = File::create(&path)?;
        let since = Instant::now();
        let lasts = Duration::from_millis(scene.rng.random_range(FULL_MS));
        while since.elapsed() < lasts {
            fill(&mut filler)?;
            thread::sleep(AGAIN);
        }
        drop(filler);
        std::fs::remove_file(&path)?;
        scene.goes_on("there was room again")
    }
}

/// Writes until nothing is taken any more.
fn fill(filler: &mut File) -> Result<(), Fault> {
    let chunk = vec![0x5a; CHUNK];
    let mut length = chunk.len();
    while length > 0 {
        match filler.write(&chunk[..length]) {
            Ok(0) => length /= 2,
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::StorageFull => length /= 2,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
