use std::sync::Arc;

use super::*;
use crate::case::source::KindFiles;

/// Tells a story of the first built-in kind; the fault, if it goes another way.
fn told(story: &str) -> Result<(), String> {
    let kinds = Arc::new(Kinds::builtin());
    let kind = kinds.current()[0].clone();
    let mut kind = Kind::clone(&kind);
    kind.files = KindFiles::new(
        &kind.slug,
        [("stories/a.story".to_owned(), story.to_owned())],
    );
    let (_, faults) = run_all(&Arc::new(kind), &kinds);
    match faults.as_slice() {
        [] => Ok(()),
        [fault, ..] => Err(fault.to_string()),
    }
}

const OPENED: &str = "# A story\nresident | opens: description=cold, place=home | stage received\n";

#[test]
fn a_story_that_goes_as_told_is_good() {
    let story = format!("{OPENED}resident | withdraw | closed, stage closed");
    assert!(told(&story).is_err(), "`closed` is no word of stories");
    let story = format!("{OPENED}resident | withdraw | stage closed, outcome withdrawn, no clock");
    assert_eq!(told(&story), Ok(()));
}

#[test]
fn a_story_that_goes_another_way_names_its_line() {
    for (line, expected) in [
        (
            "resident | withdraw | stage received",
            ":3: A story: expected stage received, but it is closed",
        ),
        (
            "neighbour | withdraw | stage closed",
            ":3: A story: refused: not-yours",
        ),
        (
            "resident | withdraw | refused: not-yours",
            ":3: A story: expected refused: not-yours, but it was done",
        ),
        (
            "nobody | withdraw | stage closed",
            ":3: A story: nobody is called `nobody`",
        ),
        (
            "resident | withdraw",
            ":3: the line has 2 columns; write who | does | what follows",
        ),
        (
            "resident | dance | stage closed",
            ":3: A story: refused: no-such-step",
        ),
    ] {
        let fault = told(&format!("{OPENED}{line}")).unwrap_err();
        assert!(fault.contains(expected), "{fault}");
    }
}
