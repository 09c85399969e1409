//! A kind of case, as read from its folder: fields, stages, steps, clocks, outcomes.
//!
//! Everything here is data. What fields, rules and effects can do is said by the closed lists
//! in `field/`, `rule/` and `effect/`.

use jiff::Timestamp;

use crate::place::Level;
use crate::planted::{self, Fault};
use crate::procedure::Move;
use crate::telling::Importance;

use super::clock::{Clock, TermRule};
use super::collection::Collection;
use super::effect::{Effect, Repeat};
use super::field::{FieldType, Signature};
use super::finding::Finding;
use super::instead::Instead;
use super::matching::{Matching, PROPOSED};
use super::occasion::Occasion;
use super::rule::Rule;
use super::source::KindFiles;
use super::supervision::Supervision;
use super::timing::ClockView;
use super::who::Who;

pub use super::kind_hash::{BadKindHash, KindHash};

/// Who may see a field's value; each level includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum See {
    /// Only the unit or person that owns the case.
    Owner,
    /// Every unit that takes part.
    Handlers,
    /// Whoever brought it in, too.
    Petitioner,
    /// Everybody, where the kind publishes it.
    Public,
}

/// Something that is asked and known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub kind: FieldType,
    pub see: See,
    /// Whether the value belongs to the matter; else it stays in the entry of its step.
    pub keep: bool,
}

/// A field that a step asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub field: String,
    pub required: bool,
    /// Asked of staff only; whoever is not staff is not shown it and may not send it.
    pub staff_only: bool,
}

/// Where a case stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    pub name: String,
    /// The clock that runs here; none in a closed stage.
    pub clock: Option<String>,
    /// Whether a case here has got its answer.
    pub closed: bool,
    /// Whether it is held open for somebody's safety: nobody withdraws it here.
    pub held: bool,
}

/// How much a step's button weighs on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// The next thing to do.
    Main,
    Plain,
    /// Possible, but not what one comes for.
    Quiet,
}

/// Where a step leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The case stays where it is.
    Stay,
    Stage(String),
    /// It depends on the value of a field of this step.
    Branch {
        field: String,
        stages: Vec<(String, String)>,
    },
    /// The case goes on as another kind (by the effect `convert`).
    OtherKind,
}

/// Something that holds only when a field of the step has this value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    pub field: String,
    pub value: String,
}

/// A rule or an effect with its condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conditional<T> {
    pub when: Option<When>,
    pub what: T,
}

/// What moves a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub name: String,
    /// The stages from which it can be taken; empty for the opening step.
    pub from: Vec<String>,
    pub to: Target,
    pub by: Vec<Who>,
    pub fields: Vec<Asked>,
    pub rules: Vec<Conditional<Rule>>,
    pub effects: Vec<Conditional<Effect>>,
    pub weight: Weight,
}

impl Step {
    /// The field that names the procedure, if the step begins an errand.
    pub fn procedure_field(&self) -> Option<&str> {
        let mut effects = self.effects.iter();
        effects.find_map(|effect| effect.what.procedure_field())
    }

    /// What the step does with the papers that are ticked in a field.
    pub fn paper_move(&self, field: &str) -> Option<Move> {
        let mut moves = self
            .effects
            .iter()
            .filter_map(|effect| effect.what.papers());
        let found = moves.find(|(name, _)| *name == field);
        found.map(|(_, what)| what)
    }

    /// What the step asks for under this name.
    pub fn asks(&self, field: &str) -> Option<&Asked> {
        self.fields.iter().find(|asked| asked.field == field)
    }

    /// Whether a clock takes this step.
    pub fn is_by_clock(&self) -> bool {
        self.by.contains(&Who::Clock)
    }
}

/// What really happened in the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub name: String,
    /// Whether the person got what they came for, as far as figures go.
    pub solved: bool,
}

/// When the public may see a case of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Show {
    Never,
    /// From opening on.
    Always,
    /// When a step publishes it.
    Published,
}

/// What the public sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicRule {
    pub show: Show,
    pub fields: Vec<String>,
    /// The place is told no nearer than this.
    pub place: Level,
}

/// Whether a case bears no delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    Urgent,
    Usual,
}

/// Of what somebody says the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonOf {
    Pause,
    Extension,
}

/// Something that a clock does by itself, and the step by which it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'k> {
    Warn { step: &'k str },
    End { step: &'k str },
    Resume { step: &'k str },
}

impl<'k> Event<'k> {
    pub fn step(self) -> &'k str {
        match self {
            Event::Warn { step } | Event::End { step } | Event::Resume { step } => step,
        }
    }
}

/// A kind of case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    pub slug: String,
    pub hash: KindHash,
    /// A Tabler icon.
    pub icon: String,
    /// Kinds stand in this order on the pages.
    pub order: i64,
    pub languages: Vec<String>,
    /// The field whose beginning names a case in lists.
    pub title_field: String,
    /// The field that says where.
    pub place_field: String,
    /// The field that says what item of the duty list it is, if the kind asks for it.
    pub item_field: Option<String>,
    /// The choice field that says what sort of request it is, if the kind asks for it.
    pub request_field: Option<String>,
    /// The field that names the units which the matter complains of.
    pub accused_field: Option<String>,
    /// Whether staff bring these in for themselves: then there is no petitioner.
    pub internal: bool,
    pub fields: Vec<Field>,
    pub open: Step,
    pub stages: Vec<Stage>,
    pub steps: Vec<Step>,
    pub clocks: Vec<Clock>,
    /// What is promised to whoever brings one in.
    pub terms: Vec<TermRule>,
    pub outcomes: Vec<Outcome>,
    pub public: PublicRule,
    /// How its cases are looked at from above; none when they are not.
    pub supervision: Option<Supervision>,
    /// Which of its cases look for a helper; none when nobody is proposed.
    pub matching: Option<Matching>,
    /// What is offered to whoever writes of something else; none when nothing is.
    pub instead: Option<Instead>,
    /// How many of it are brought at once; none when they never are.
    pub collection: Option<Collection>,
    /// How its cases are brought together on one day; none when they never are.
    pub occasion: Option<Occasion>,
    /// How rounds write its cases down; none when they do not.
    pub finding: Option<Finding>,
    /// Letters that are more than information.
    pub weights: Vec<(String, Importance)>,
    /// The files it was read from, kept with the cases opened under it.
    pub files: KindFiles,
}

impl Kind {
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The signature that a field is, or whose name it is. Of those who work on the case only
    /// whoever may know who brought it in sees either; whoever brought it in does when the
    /// signature says so.
    pub fn signature_of(&self, name: &str) -> Option<&Field> {
        let mut signed = self.signatures();
        let found = signed.find(|(field, signature)| field.name == name || signature.name == name);
        found.map(|(field, _)| field)
    }

    /// Every field that is signed.
    pub fn signatures(&self) -> impl Iterator<Item = (&Field, &Signature)> {
        self.fields.iter().filter_map(|field| match &field.kind {
            FieldType::Signature(signature) => Some((field, signature)),
            _ => None,
        })
    }

    pub fn stage(&self, name: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.name == name)
    }

    pub fn step(&self, name: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.name == name)
    }

    pub fn clock(&self, name: &str) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.name == name)
    }

    pub fn outcome(&self, name: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.name == name)
    }

    pub fn term(&self, name: &str) -> Option<&TermRule> {
        self.terms.iter().find(|term| term.name == name)
    }

    /// The step that a running clock of a case takes when it runs out.
    pub fn step_at_end(&self, clock: &ClockView) -> Option<&str> {
        let known = self.clock(&clock.name)?;
        Some(known.step_at(clock.round))
    }

    /// What a clock of a case does by itself now: nothing before its time.
    pub fn event(&self, clock: &ClockView, now: Timestamp) -> Option<Event<'_>> {
        let early = i64::from(planted::is(Fault::FiredEarly));
        let now = super::after_minutes(now, 60 * early);
        if let Some(pause) = &clock.paused {
            let goes_on = pause.until <= now && !planted::is(Fault::PauseWithoutEnd);
            let step = self.resuming_step()?;
            return goes_on.then_some(Event::Resume { step });
        }
        if clock.due_at <= now {
            let step = self.step_at_end(clock)?;
            return Some(Event::End { step });
        }
        let warnings = &self.clock(&clock.name)?.warnings;
        let next = usize::try_from(clock.warned).ok();
        let next = next.and_then(|next| warnings.get(next));
        let next = next.filter(|_| clock.round == 0 && clock.wake_at <= now)?;
        Some(Event::Warn { step: &next.then })
    }

    /// The step by which a clock that stands goes on by itself.
    pub fn resuming_step(&self) -> Option<&str> {
        let resumes = |step: &&Step| {
            let mut effects = step.effects.iter();
            step.is_by_clock() && effects.any(|effect| effect.what.resumes())
        };
        self.steps
            .iter()
            .find(resumes)
            .map(|step| step.name.as_str())
    }

    /// The field that names the procedure, if cases of this kind are errands.
    pub fn procedure_field(&self) -> Option<&str> {
        self.open.procedure_field()
    }

    /// The field whose choices are the reasons for which a clock may stand.
    pub fn pause_field(&self) -> Option<&str> {
        let mut effects = self.steps.iter().flat_map(|step| &step.effects);
        effects.find_map(|effect| effect.what.pause_field())
    }

    /// The step that a clock takes when a unit called in this role is late.
    pub fn late_step(&self, role: super::view::CallRole) -> Option<&str> {
        let steps = std::iter::once(&self.open).chain(&self.steps);
        let mut effects = steps.flat_map(|step| &step.effects);
        let clock = effects.find_map(|effect| effect.what.call_clock(role))?;
        self.clock(clock).map(|clock| clock.then.as_str())
    }

    /// The word for the reason of a pause or an extension.
    pub fn reason_key(&self, of: ReasonOf, why: &str) -> String {
        let field = match of {
            ReasonOf::Pause => self.pause_field(),
            ReasonOf::Extension => {
                let mut effects = self.steps.iter().flat_map(|step| &step.effects);
                effects.find_map(|effect| effect.what.extension_field())
            }
        };
        self.choice_key(field.unwrap_or_default(), why)
    }

    /// The kinds into which a case of this kind can be converted.
    pub fn converts_to(&self) -> impl Iterator<Item = &str> {
        self.steps
            .iter()
            .flat_map(|step| &step.effects)
            .filter_map(|effect| effect.what.converts_to())
    }

    /// How much a letter weighs: what asks for an act is urgent when the case is.
    pub fn importance(&self, letter: &str, urgency: Urgency) -> Importance {
        let said = self.weights.iter().find(|(name, _)| name == letter);
        match (said.map(|(_, importance)| *importance), urgency) {
            (Some(Importance::Act), Urgency::Urgent) => Importance::Urgent,
            (said, _) => said.unwrap_or(Importance::Info),
        }
    }

    /// How what is opened comes back, if it may.
    pub fn repeat(&self) -> Option<&Repeat> {
        self.open
            .effects
            .iter()
            .find_map(|effect| match &effect.what {
                Effect::Repeat(repeat) => Some(repeat),
                _ => None,
            })
    }

    /// Every letter that a step of this kind may write.
    pub fn letters(&self) -> std::collections::BTreeSet<&str> {
        std::iter::once(&self.open)
            .chain(&self.steps)
            .flat_map(|step| &step.effects)
            .flat_map(|effect| effect.what.letters())
            .chain(self.matching.is_some().then_some(PROPOSED))
            .collect()
    }
}
