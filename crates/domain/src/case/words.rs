//! The keys under which a kind's words stand, and the words of refusals.

use super::kind::Kind;

/// Language and source of the sentences for refusals, faults of fields and rules.
pub const REFUSAL_WORDS: &[(&str, &str)] = &[
    ("zh", include_str!("refusals.zh.ftl")),
    ("en", include_str!("refusals.en.ftl")),
];

/// What a letter may be filled with.
pub const LETTER_ARGS: &[&str] = &[
    "code", "title", "place", "owner", "due", "until", "reason", "outcome", "said", "link", "house",
];

/// What a sentence may be filled with that says who does what next: the owner, the moment by
/// which, and the step that whoever reads it may take.
pub const NEXT_ARGS: &[&str] = &["unit", "when", "step"];

/// A text that a kind must have, or may have, in every one of its languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct WordNeed {
    pub key: String,
    pub required: bool,
    /// Whether it is a letter, with `.subject`, `.body` and `.sms`.
    pub is_letter: bool,
    /// What it may be filled with.
    pub args: &'static [&'static str],
}

impl Kind {
    /// What this kind is called.
    pub fn name_key(&self) -> String {
        format!("{}--name", self.slug)
    }

    /// One sentence for whoever is about to bring one in.
    pub fn intro_key(&self) -> String {
        format!("{}--intro", self.slug)
    }

    /// The question at the head of its form; it may be missing.
    pub fn ask_key(&self) -> String {
        format!("{}--ask", self.slug)
    }

    /// A sentence at the head of its wall; it may be missing.
    pub fn wall_key(&self) -> String {
        format!("{}--wall", self.slug)
    }

    pub fn field_key(&self, field: &str) -> String {
        format!("{}-field-{field}", self.slug)
    }

    /// A sentence beside the field; it may be missing.
    pub fn field_help_key(&self, field: &str) -> String {
        format!("{}-field-{field}-help", self.slug)
    }

    pub fn choice_key(&self, field: &str, choice: &str) -> String {
        format!("{}-choice-{field}-{choice}", self.slug)
    }

    pub fn stage_key(&self, stage: &str) -> String {
        format!("{}-stage-{stage}", self.slug)
    }

    /// Who does what next in this stage, for whoever waits for it; it may be missing.
    pub fn next_key(&self, stage: &str) -> String {
        format!("{}-stage-{stage}-next", self.slug)
    }

    /// The same for whoever is waited for; it may be missing.
    pub fn yours_key(&self, stage: &str) -> String {
        format!("{}-stage-{stage}-yours", self.slug)
    }

    /// The verb on the button.
    pub fn step_key(&self, step: &str) -> String {
        format!("{}-step-{step}", self.slug)
    }

    /// A sentence beside the button; it may be missing.
    pub fn step_help_key(&self, step: &str) -> String {
        format!("{}-step-{step}-help", self.slug)
    }

    /// What the history says when it was done.
    pub fn done_key(&self, step: &str) -> String {
        format!("{}-done-{step}", self.slug)
    }

    pub fn outcome_key(&self, outcome: &str) -> String {
        format!("{}-outcome-{outcome}", self.slug)
    }

    /// What the clock counts down to.
    pub fn clock_key(&self, clock: &str) -> String {
        format!("{}-clock-{clock}", self.slug)
    }

    /// What to say on the telephone when an answer is followed up.
    pub fn call_script_key(&self) -> String {
        format!("{}--call-script", self.slug)
    }

    /// What is promised.
    pub fn term_key(&self, term: &str) -> String {
        format!("{}-term-{term}", self.slug)
    }

    /// A letter: its attributes are `.subject`, `.body` and `.sms`.
    pub fn letter_key(&self, letter: &str) -> String {
        format!("{}-letter-{letter}", self.slug)
    }

    /// Every text that this kind needs or may have.
    pub fn words_needed(&self) -> Vec<WordNeed> {
        let mut needs = Vec::new();
        let mut add = |key: String, required: bool| {
            needs.push(WordNeed {
                key,
                required,
                is_letter: false,
                args: &[],
            });
        };
        add(self.name_key(), true);
        add(self.intro_key(), true);
        let supervision = self.supervision.as_ref();
        if supervision.is_some_and(|supervision| supervision.follow_up.is_some()) {
            add(self.call_script_key(), true);
        }
        add(self.ask_key(), false);
        add(self.wall_key(), false);
        for field in &self.fields {
            add(self.field_key(&field.name), true);
            add(self.field_help_key(&field.name), false);
            if matches!(field.kind.word(), "choice" | "choices") {
                for choice in field.kind.words() {
                    add(self.choice_key(&field.name, choice), true);
                }
            }
            if field.kind.word() == "yes-no" {
                for answer in ["yes", "no"] {
                    add(self.choice_key(&field.name, answer), false);
                }
            }
        }
        for stage in &self.stages {
            add(self.stage_key(&stage.name), true);
        }
        for step in std::iter::once(&self.open).chain(&self.steps) {
            let has_button = step.by.iter().any(|who| who.is_person());
            add(self.step_key(&step.name), has_button);
            add(self.step_help_key(&step.name), false);
            add(self.done_key(&step.name), true);
        }
        for outcome in &self.outcomes {
            add(self.outcome_key(&outcome.name), true);
        }
        for clock in &self.clocks {
            add(self.clock_key(&clock.name), true);
        }
        for term in &self.terms {
            add(self.term_key(&term.name), true);
        }
        let stages = self.stages.iter();
        let next =
            stages.flat_map(|stage| [self.next_key(&stage.name), self.yours_key(&stage.name)]);
        needs.extend(next.map(|key| WordNeed {
            key,
            required: false,
            is_letter: false,
            args: NEXT_ARGS,
        }));
        needs.extend(self.letters().into_iter().map(|letter| WordNeed {
            key: self.letter_key(letter),
            required: true,
            is_letter: true,
            args: LETTER_ARGS,
        }));
        needs
    }
}
