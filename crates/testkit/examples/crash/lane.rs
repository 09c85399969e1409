//! Trials one after the other, and what needs other things beside it: most of the time a trial
//! waits.

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use crate::finding::Fault;
use crate::told::Told;

/// What a trial must have for itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Nothing but its folder.
    Disk,
    /// Its folder, or a database on the server; most of the time nothing happens in it.
    Waits,
    /// A database on the server.
    Server,
    /// The whole machine, because it says how much time may pass; or the whole server, which it kills.
    Alone,
}

/// What a trial does in a folder of its own.
pub type Run<'a> = Box<dyn Fn(&Path) -> Result<Told, Fault> + Send + Sync + 'a>;

/// A trial that is asked for.
pub struct Entry<'a> {
    pub name: String,
    pub lane: Lane,
    pub run: Run<'a>,
}

/// Runs all of a lane, each in a folder of its own, and says what came of it; whether all holds.
pub fn holds(lane: Lane, entries: &[Entry<'_>], folder: &Path) -> Result<bool, Fault> {
    let mut holds = true;
    for entry in entries.iter().filter(|entry| entry.lane == lane) {
        holds &= entry.holds(folder)?;
    }
    Ok(holds)
}

impl Entry<'_> {
    fn holds(&self, folder: &Path) -> Result<bool, Fault> {
        let folder = folder.join(self.name.replace(' ', "-"));
        std::fs::create_dir_all(&folder)?;
        let started = Instant::now();
        let holds = match (self.run)(&folder) {
            Ok(told) => told.print(&self.name, started.elapsed().as_secs()),
            Err(fault) => {
                let why = with_causes(&*fault);
                println!("failed {}: {why}", self.name);
                false
            }
        };
        match holds {
            true => std::fs::remove_dir_all(&folder)?,
            false => println!("what is left of it lies in {}", folder.display()),
        }
        Ok(holds)
    }
}

fn with_causes(fault: &(dyn Error + 'static)) -> String {
    let causes = std::iter::successors(Some(fault), |fault| (*fault).source());
    let said: Vec<String> = causes.map(ToString::to_string).collect();
    said.join(": ")
}
