//! Rules: what must hold for a step.
//!
//! A new rule is its own file with a struct that implements [`RuleWord`], one line in the list
//! at the end of this file, and its sentence `refused-rule-<word>` in the words of refusals.

use super::checking::Checking;
use super::definition::reader::{Node, suggest};
use super::moment::Moment;
use super::refusal::{Args, Class, FieldFault, Refusal};

/// Why a rule does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// Something that was handed in is wrong; told beside the field.
    Field(FieldFault),
    /// The step cannot be taken now.
    Step(Class, Args),
}

impl Broken {
    fn conflict() -> Broken {
        Broken::Step(Class::Conflict, Args::new())
    }
}

/// What every rule can do.
pub trait RuleWord: Sized {
    /// Its word in `kind.toml`.
    const WORD: &'static str;
    /// Whether it looks at what is handed in, so that it cannot be asked beforehand.
    const NEEDS_INPUT: bool = false;

    fn parse(node: &Node<'_, '_>) -> Option<Self>;

    /// Says what is wrong with it in this step of this kind.
    fn check(&self, _checking: &mut Checking<'_>) {}

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken>;
}

macro_rules! rules {
    ($($module:ident :: $name:ident),+ $(,)?) => {
        $(mod $module; pub use $module::$name;)+

        /// A rule, with its options.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Rule { $($name($name)),+ }

        impl Rule {
            /// The words of all rules.
            pub const WORDS: &'static [&'static str] = &[$($name::WORD),+];

            pub(super) fn parse(word: &str, key: &Node<'_, '_>, node: &Node<'_, '_>) -> Option<Rule> {
                match word {
                    $($name::WORD => $name::parse(node).map(Rule::$name),)+
                    _ => {
                        let instead = Some(suggest(word, Rule::WORDS));
                        key.reader.error(&key.at, format!("there is no rule `{word}`"), instead);
                        None
                    }
                }
            }

            /// Its word in `kind.toml`.
            pub fn word(&self) -> &'static str {
                match self { $(Rule::$name(_) => $name::WORD),+ }
            }

            /// Whether it looks at what is handed in.
            pub fn needs_input(&self) -> bool {
                match self { $(Rule::$name(_) => $name::NEEDS_INPUT),+ }
            }

            pub(super) fn check(&self, checking: &mut Checking<'_>) {
                match self { $(Rule::$name(it) => it.check(checking)),+ }
            }

            pub(super) fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
                match self { $(Rule::$name(it) => it.holds(moment)),+ }
            }
        }
    };
}

impl Rule {
    /// The refusal of a step whose rule does not hold.
    pub(super) fn refusal(&self, class: Class, args: Args) -> Refusal {
        Refusal::Rule {
            rule: self.word(),
            class,
            args,
        }
    }
}

pub(super) use call_state::parse_states;

rules! {
    taken::Taken,
    within::Within,
    differs::Differs,
    future::Future,
    consent::Consent,
    needs::Needs,
    open_claims::OpenClaims,
    not_petitioner::NotPetitioner,
    not_owner::NotOwner,
    not_own_unit::NotOwnUnit,
    urgent::Urgent,
    clock::ClockIs,
    stands::Stands,
    new_reason::NewReason,
    reach::Reach,
    call_state::CallStateIs,
    calls_answered::CallsAnswered,
    calls_rated::CallsRated,
    chosen::Chosen,
    papers_home::PapersHome,
    papers_back::PapersBack,
}
