//! Procedures: what one has to know to have something done at an office. What it is, for whom,
//! what to bring, where, how long, what it costs, on which law it rests. A procedure is a file,
//! so that it can be carried from one house to another; each change is a version, and what was
//! begun under one goes on under it.

mod papers;
mod read;
mod write;

#[cfg(test)]
mod tests;

pub use papers::{Misplaced, Move, PaperState};
pub use read::{builtin_procedures, read_procedure};
pub use write::with_picture;

use crate::names::Names;
use crate::sample::Pictured;
use crate::worded::worded;

worded! {
    /// The occasion in life on which somebody needs it.
    Group {
        Papers = "papers",
        Child = "child",
        Home = "home",
        Health = "health",
        Work = "work",
        OldAge = "old-age",
        Hardship = "hardship",
        Disability = "disability",
        Farm = "farm",
        Land = "land",
        Death = "death",
    }
}

worded! {
    /// How it can be done.
    Way {
        Online = "online",
        Window = "window",
        Community = "community",
        Home = "home",
    }
}

worded! {
    /// In what sort of place people need it.
    For {
        Village = "village",
        Community = "community",
    }
}

worded! {
    /// As what a paper is asked for.
    Form {
        Original = "original",
        Copy = "copy",
        Both = "both",
        FillIn = "form",
    }
}

/// The longest name of a file of a procedure.
pub const SLUG_LEN_MAX: usize = 40;
/// The page on which a new one is added has this address.
const SLUG_TAKEN: &str = "new";
/// More papers than this nobody can carry, and more questions nobody answers.
pub const PAPERS_MAX: usize = 20;
pub const QUESTIONS_MAX: usize = 8;

/// Whether a text can be the slug of a procedure.
pub fn is_slug(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty() && text.len() <= SLUG_LEN_MAX && text.chars().all(plain) && text != SLUG_TAKEN
}

/// How one gets something done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    pub slug: String,
    pub names: Names,
    pub group: Group,
    /// Where it is needed; both when it is all the same.
    pub places: Vec<For>,
    pub about: Names,
    /// For whom.
    pub whom: Names,
    /// Who decides, and where one goes.
    pub office: Names,
    pub fee: Names,
    /// The law on which it rests; none, where nobody has said so.
    pub basis: Option<Names>,
    /// How many working days are promised.
    pub days: i64,
    /// How many the law allows; none, where nobody has said so.
    pub legal_days: Option<i64>,
    pub ways: Vec<Way>,
    /// Where it is done online.
    pub link: Option<String>,
    /// Words by which people look for it.
    pub keywords: Vec<String>,
    pub questions: Vec<Question>,
    pub papers: Vec<Paper>,
}

/// What is asked before it is known what one needs; answered with yes or no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub key: String,
    pub names: Names,
}

/// A paper to bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub names: Names,
    pub form: Form,
    pub count: i64,
    pub note: Names,
    /// What it looks like.
    pub picture: Option<Pictured>,
    /// Under which answer it is needed; always, when there is none.
    pub when: Option<Condition>,
}

/// A question answered in this way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    pub question: String,
    pub answer: Answer,
}

worded! {
    /// Yes or no.
    Answer {
        Yes = "yes",
        No = "no",
    }
}

/// What somebody answered, question by question.
pub type Answers = std::collections::BTreeMap<String, Answer>;

impl Procedure {
    /// The papers that are needed; what is not answered is taken as no.
    pub fn needed(&self, answers: &Answers) -> Vec<(usize, &Paper)> {
        let holds = |paper: &Paper| {
            let Some(condition) = &paper.when else {
                return true;
            };
            let answered = answers.get(&condition.question).copied();
            answered.unwrap_or(Answer::No) == condition.answer
        };
        let papers = self.papers.iter().enumerate();
        papers.filter(|(_, paper)| holds(paper)).collect()
    }

    /// Every text by which it can be found, in every language.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let names = self.names.0.values().chain(self.about.0.values());
        names.chain(&self.keywords).map(String::as_str)
    }
}
