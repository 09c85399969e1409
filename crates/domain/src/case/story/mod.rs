//! Stories: a kind's own tests, as whoever runs the process would tell them.
//!
//! One story begins with `# what it is about`; each line after it says `who | does | what
//! follows`. `docs/kind-authors.md` lists the words. Stories are told in memory, by the same
//! [`super::decide`] that moves real cases.

mod cast;
mod errand;
mod expect;
mod read;
mod run;
mod world;

use std::sync::Arc;

use super::fault::{Fault, Severity};
use super::kind::Kind;
use super::kinds::Kinds;

/// Tells every story of a kind: how many there are, and where each goes another way.
pub fn run_all(kind: &Arc<Kind>, kinds: &Arc<Kinds>) -> (usize, Vec<Fault>) {
    let mut count = 0;
    let mut faults = Vec::new();
    for (name, text) in kind.files.stories() {
        let fault = |line: usize, what: String| Fault {
            file: format!("{}/{name}", kind.slug),
            line,
            severity: Severity::Error,
            what,
            instead: None,
        };
        match read::read(text) {
            Err((line, what)) => faults.push(fault(line, what)),
            Ok(stories) => {
                count += stories.len();
                for story in &stories {
                    if let Err((line, what)) = run::tell(story, kind, kinds) {
                        faults.push(fault(line, format!("{}: {what}", story.title)));
                    }
                }
            }
        }
    }
    (count, faults)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod time_tests;
#[cfg(test)]
mod walk_tests;
