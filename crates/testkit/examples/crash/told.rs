//! What came of a trial that is not one of kills: a line for each promise, and whether it holds.

/// Of what does not hold, so much is shown.
const SHOWN: usize = 5;

#[derive(Default)]
pub struct Told {
    lines: Vec<(bool, String)>,
    why: Vec<(usize, String)>,
}

impl Told {
    /// Whether a promise holds, and the first of what speaks against it.
    pub fn tell(&mut self, holds: bool, what: impl Into<String>, against: &[String]) {
        let number = self.lines.len();
        self.lines.push((holds, what.into()));
        let shown = against.iter().take(SHOWN);
        self.why.extend(shown.map(|why| (number, why.clone())));
    }

    /// Prints what holds and what does not; whether all of it does.
    pub fn print(&self, name: &str) -> bool {
        for (number, (holds, what)) in self.lines.iter().enumerate() {
            println!(
                "{} {name}: {what}",
                if *holds { "passed" } else { "failed" }
            );
            for (_, why) in self.why.iter().filter(|(of, _)| *of == number) {
                println!("    {why}");
            }
        }
        self.lines.iter().all(|(holds, _)| *holds)
    }
}
