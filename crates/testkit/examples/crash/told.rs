//! What came of a trial: a line for each promise, and whether it holds.

/// Of what does not hold, so much is shown.
const SHOWN: usize = 5;

#[derive(Default)]
pub struct Told {
    /// What was seen, in a sentence.
    pub seen: String,
    /// Why this machine does not allow it, if it does not.
    why_not: Option<String>,
    lines: Vec<Line>,
}

struct Line {
    what: String,
    holds: bool,
    /// The first of what speaks against it.
    against: Vec<String>,
}

impl Told {
    pub fn of(seen: String) -> Told {
        Told {
            seen,
            ..Told::default()
        }
    }

    /// Nothing was tried.
    pub fn skipped(why_not: String) -> Told {
        Told {
            why_not: Some(why_not),
            ..Told::default()
        }
    }

    /// Whether a promise holds, and what speaks against it.
    pub fn tell(&mut self, holds: bool, what: impl Into<String>, against: &[String]) {
        self.lines.push(Line {
            what: what.into(),
            holds,
            against: against.iter().take(SHOWN).cloned().collect(),
        });
    }

    /// A promise that holds when nothing speaks against it.
    pub fn promise(&mut self, what: impl Into<String>, against: &[String]) {
        self.tell(against.is_empty(), what, against);
    }

    /// Prints what holds and what does not, all at once; whether all of it does.
    pub fn print(&self, name: &str, seconds: u64) -> bool {
        if let Some(why) = &self.why_not {
            println!("skipped {name}: not on this machine: {why}");
            return true;
        }
        let mut text = format!("{name} ({seconds} s): {}\n", self.seen);
        for line in &self.lines {
            let word = if line.holds { "passed" } else { "failed" };
            text.push_str(&format!("{word} {name}: {}\n", line.what));
            let against = line.against.iter().map(|why| format!("    {why}\n"));
            text.extend(against);
        }
        print!("{text}");
        self.lines.iter().all(|line| line.holds)
    }
}
