//! How cases of a kind are looked at from above: which steps are a contact with whoever brought
//! it in, which ones answer, how the answer is judged, who calls back and who looks it over. A
//! kind says so in `[supervision]`; one that does not is left out of rates, calls and inspections.

/// A field by which an answer is judged, and the words of it that count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub field: String,
    pub counts: Vec<String>,
}

impl Judged {
    /// Whether this word counts in favour of the answer.
    pub fn is_for(&self, word: &str) -> bool {
        self.counts.iter().any(|counts| counts == word)
    }
}

/// The two ends of a follow-up call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUpSteps {
    /// Somebody answered, and said how it was.
    pub reached: String,
    /// Nobody did, this time.
    pub not_reached: String,
}

/// What `[supervision]` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Supervision {
    /// The steps of which the first is the first contact.
    pub contact: Vec<String>,
    /// The steps that answer.
    pub answer: Vec<String>,
    /// The field with the answer, for whoever looks it over.
    pub text: Option<String>,
    /// By which the person says that it is solved.
    pub solved: Option<Judged>,
    /// By which the person says that they are content.
    pub content: Option<Judged>,
    /// Outcomes with which nobody's work can be judged: withdrawn, for one.
    pub leave_out: Vec<String>,
    pub follow_up: Option<FollowUpSteps>,
    /// The step with which somebody who looked an answer over tells the unit.
    pub inspected: Option<String>,
}

/// The words of the two judgements in the shape of an entry.
pub const SOLVED: &str = "solved";
pub const CONTENT: &str = "content";

impl Supervision {
    /// Both judgements, by their word in the shape.
    pub fn judgements(&self) -> impl Iterator<Item = (&'static str, &Judged)> {
        let both = [(SOLVED, &self.solved), (CONTENT, &self.content)];
        both.into_iter()
            .filter_map(|(word, judged)| Some((word, judged.as_ref()?)))
    }

    pub fn is_contact(&self, step: &str) -> bool {
        self.contact.iter().any(|known| known == step)
    }

    pub fn is_answer(&self, step: &str) -> bool {
        self.answer.iter().any(|known| known == step)
    }

    pub fn leaves_out(&self, outcome: &str) -> bool {
        self.leave_out.iter().any(|known| known == outcome)
    }

    /// Every step that it names.
    pub fn steps(&self) -> impl Iterator<Item = &str> {
        let calls = self.follow_up.iter();
        let calls = calls.flat_map(|steps| [&steps.reached, &steps.not_reached]);
        let named = self.contact.iter().chain(&self.answer).chain(calls);
        named.chain(&self.inspected).map(String::as_str)
    }

    /// Whether the step is one of a follow-up call.
    pub fn is_follow_up(&self, step: &str) -> bool {
        let calls = self.follow_up.as_ref();
        calls.is_some_and(|calls| calls.reached == step || calls.not_reached == step)
    }
}
