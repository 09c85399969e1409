//! Effects: what follows from a step, beside the change of stage.
//!
//! A new effect is its own file with a struct that implements [`EffectWord`], and one line in
//! the list at the end of this file. Effects change the draft in the order in which the kind
//! names them; a letter is addressed to whoever stands there at its turn.

use super::checking::Checking;
use super::definition::reader::{Node, suggest};
use super::moment::{Draft, Moment};
use super::refusal::Refusal;
use super::view::CallRole;

/// What every effect can do.
pub trait EffectWord: Sized {
    /// Its word in `kind.toml`.
    const WORD: &'static str;

    fn parse(node: &Node<'_, '_>) -> Option<Self>;

    /// Says what is wrong with it in this step of this kind.
    fn check(&self, _checking: &mut Checking<'_>) {}

    fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal>;
}

macro_rules! effects {
    ($($module:ident :: $name:ident),+ $(,)?) => {
        $(mod $module; pub use $module::$name;)+

        /// An effect, with its options.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Effect { $($name($name)),+ }

        impl Effect {
            /// The words of all effects.
            pub const WORDS: &'static [&'static str] = &[$($name::WORD),+];

            pub(super) fn parse(word: &str, key: &Node<'_, '_>, node: &Node<'_, '_>) -> Option<Effect> {
                match word {
                    $($name::WORD => $name::parse(node).map(Effect::$name),)+
                    _ => {
                        let instead = Some(suggest(word, Effect::WORDS));
                        key.reader.error(&key.at, format!("there is no effect `{word}`"), instead);
                        None
                    }
                }
            }

            pub(super) fn check(&self, checking: &mut Checking<'_>) {
                match self { $(Effect::$name(it) => it.check(checking)),+ }
            }

            pub(super) fn apply(&self, moment: &Moment<'_>, draft: &mut Draft) -> Result<(), Refusal> {
                match self { $(Effect::$name(it) => it.apply(moment, draft)),+ }
            }
        }
    };
}

effects! {
    assign::Assign,
    take_over::TakeOver,
    assist::Assist,
    call::Call,
    report::Report,
    settle::Settle,
    rate::Rate,
    late::Late,
    close::Close,
    reopen::Reopen,
    publish::Publish,
    unpublish::Unpublish,
    convert::Convert,
    merge::Merge,
    unmerge::Unmerge,
    followers::Followers,
    urgent::Urgent,
    item::Item,
    place::Place,
    promise::Promise,
    ruling::Ruling,
    pause::Pause,
    resume::Resume,
    extend::Extend,
    refill::Refill,
    forget::Forget,
    notify::Notify,
    alarm::Alarm,
    menu::Menu,
    repeat::Repeat,
    credit::Credit,
    procedure::Procedure,
    papers::Papers,
    receive::Receive,
    procedure_time::ProcedureTime,
}

impl Effect {
    /// Whether it gives the case to the unit that the duty list names.
    pub fn gives_by_duty(&self) -> bool {
        matches!(self, Effect::Assign(assign) if assign.to == Some(assign::To::Duty))
    }

    /// Whether it gives the case to the unit a level above.
    pub fn gives_above(&self) -> bool {
        matches!(self, Effect::Assign(assign) if assign.to == Some(assign::To::Above))
    }

    /// Whether it gives the case back to whoever had it before.
    pub fn gives_back(&self) -> bool {
        let is_back = |to| to == Some(assign::To::Previous);
        matches!(self, Effect::Assign(assign) if assign.field.is_none() && is_back(assign.to))
    }

    /// Whether it lets a clock that stands go on.
    pub fn resumes(&self) -> bool {
        matches!(self, Effect::Resume(_))
    }

    /// The field of the reasons for which it lets a clock stand.
    pub fn pause_field(&self) -> Option<&str> {
        match self {
            Effect::Pause(pause) => Some(&pause.why),
            _ => None,
        }
    }

    /// The field of the reasons for which it gives more time.
    pub fn extension_field(&self) -> Option<&str> {
        match self {
            Effect::Extend(extend) => Some(&extend.why),
            _ => None,
        }
    }

    /// Whether it writes to whoever brought the case in.
    pub fn tells_petitioner(&self) -> bool {
        matches!(self, Effect::Notify(notify) if notify.tells_petitioner())
    }

    /// Whether it says what a field holds, which nobody is asked for.
    pub fn fills(&self, field: &str) -> bool {
        matches!(self, Effect::Menu(menu) if menu.home == field || menu.pairs == field)
    }

    /// The field of the procedure that the case is about, when it says so.
    pub fn procedure_field(&self) -> Option<&str> {
        match self {
            Effect::Procedure(procedure) => Some(&procedure.field),
            _ => None,
        }
    }

    /// Whether papers come into other hands by it.
    pub fn papers(&self) -> Option<(&str, crate::procedure::Move)> {
        match self {
            Effect::Papers(papers) => Some((&papers.field, papers.what)),
            _ => None,
        }
    }

    /// Whether it closes the case.
    pub fn closes(&self) -> bool {
        matches!(self, Effect::Close(_))
    }

    /// Whether it opens a closed case again.
    pub fn reopens(&self) -> bool {
        matches!(self, Effect::Reopen(_))
    }

    /// The kind into which it converts the case.
    pub fn converts_to(&self) -> Option<&str> {
        match self {
            Effect::Convert(convert) => Some(&convert.to),
            _ => None,
        }
    }

    /// The letters that it writes.
    pub fn letters(&self) -> impl Iterator<Item = &str> {
        let letters = match self {
            Effect::Notify(notify) => &notify.letters[..],
            _ => &[],
        };
        let ended = match self {
            Effect::Repeat(repeat) => Some(repeat.ended.as_str()),
            _ => None,
        };
        letters
            .iter()
            .map(|(_, letter)| letter.as_str())
            .chain(ended)
    }

    /// The clock that it starts against units in this role.
    pub fn call_clock(&self, role: CallRole) -> Option<&str> {
        match (self, role) {
            (Effect::Call(call), CallRole::Summoned) => Some(&call.clock),
            (Effect::Assist(assist), CallRole::Assisting) => Some(&assist.clock),
            _ => None,
        }
    }

    /// The units in this role against whom it notes that they are late.
    pub fn notes_late(&self) -> Option<CallRole> {
        match self {
            Effect::Late(late) => Some(late.role),
            _ => None,
        }
    }
}
