//! Who may take a step. One word each in `by = [...]`: `petitioner`, `anyone`, `signed-in`,
//! `owner`, `clock`, `system`, or a post as `role@relation`.

use crate::access::{Actor, HeldPost, Who as Actual};
use crate::person::Role;

use super::decision::Acting;
use super::facts::Facts;
use super::view::{CaseView, Owner};

/// Who may take a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// Whoever brought the case in.
    Petitioner,
    /// Anybody at all.
    Anyone,
    /// Somebody who has signed in, with a post or without: volunteers.
    SignedIn,
    /// The person who owns the case: the volunteer who took it over.
    Owner,
    /// Nobody: a clock that ran out.
    Clock,
    /// The product itself.
    System,
    /// A post that stands in a relation to the case.
    Post(Role, Stands),
}

/// How a post must stand towards the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stands {
    /// Its unit owns the case.
    Own,
    /// Its unit was called.
    Called,
    /// Its unit opened the case.
    Opened,
    /// The case's place lies in its place.
    Place,
    /// Its unit stands above the owner.
    Above,
    /// However it stands: for opening.
    Any,
}

impl Stands {
    pub const ALL: [(Stands, &'static str); 6] = [
        (Stands::Own, "own"),
        (Stands::Called, "called"),
        (Stands::Opened, "opened"),
        (Stands::Place, "place"),
        (Stands::Above, "above"),
        (Stands::Any, "any"),
    ];
}

impl std::str::FromStr for Who {
    type Err = String;

    /// Reads one word; the error says what to write instead.
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "petitioner" => return Ok(Who::Petitioner),
            "anyone" => return Ok(Who::Anyone),
            "signed-in" => return Ok(Who::SignedIn),
            "owner" => return Ok(Who::Owner),
            "clock" => return Ok(Who::Clock),
            "system" => return Ok(Who::System),
            _ => {}
        }
        let (role, stands) = text.split_once('@').ok_or_else(|| {
            "write petitioner, anyone, signed-in, owner, clock, system or role@relation".to_owned()
        })?;
        let role: Role = role.parse().map_err(|()| {
            let roles: Vec<_> = Role::ALL.iter().map(|role| role.word()).collect();
            format!("roles are {}", roles.join(", "))
        })?;
        let known = Stands::ALL.iter().find(|(_, word)| *word == stands);
        known
            .map(|&(stands, _)| Who::Post(role, stands))
            .ok_or_else(|| {
                let words: Vec<_> = Stands::ALL.iter().map(|(_, word)| *word).collect();
                format!("relations are {}", words.join(", "))
            })
    }
}

impl std::fmt::Display for Who {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Who::Petitioner => f.write_str("petitioner"),
            Who::Anyone => f.write_str("anyone"),
            Who::SignedIn => f.write_str("signed-in"),
            Who::Owner => f.write_str("owner"),
            Who::Clock => f.write_str("clock"),
            Who::System => f.write_str("system"),
            Who::Post(role, stands) => {
                let word = Stands::ALL.iter().find(|(known, _)| known == stands);
                write!(f, "{}@{}", role.word(), word.map_or("", |(_, word)| word))
            }
        }
    }
}

impl Who {
    /// Whether somebody on duty takes the step, not only the person or a clock.
    pub fn is_on_duty(self) -> bool {
        matches!(self, Who::Post(..))
    }

    /// In which capacity `actor` may take a step of this sort; none when they may not.
    pub fn admits(self, actor: &Actor, case: Option<&CaseView>, facts: &Facts) -> Option<Acting> {
        match self {
            Who::Petitioner => is_petitioner(actor, case, facts).then_some(Acting::Petitioner),
            Who::Anyone => Some(capacity(actor)),
            Who::SignedIn => actor.person().map(Acting::Person),
            Who::Owner => {
                let owner = case.map(|case| case.owner);
                actor
                    .person()
                    .filter(|&person| owner == Some(Owner::Person(person)))
                    .map(Acting::Person)
            }
            Who::Clock => (actor.who == Actual::Clock).then_some(Acting::Clock),
            Who::System => (actor.who == Actual::System).then_some(Acting::System),
            Who::Post(role, stands) => actor
                .posts
                .iter()
                .filter(|post| post.role == role)
                .find(|post| stands.holds(post, case, facts))
                .map(|post| Acting::Post(post.clone())),
        }
    }
}

impl Stands {
    fn holds(self, post: &HeldPost, case: Option<&CaseView>, facts: &Facts) -> bool {
        let Some(case) = case else {
            return self == Stands::Any;
        };
        match self {
            Stands::Any => true,
            Stands::Own => case.owner == Owner::Unit(post.unit),
            Stands::Called => case.call_of(post.unit).is_some(),
            Stands::Opened => case.opened_unit == Some(post.unit),
            Stands::Place => case.place.is_within(&post.place),
            Stands::Above => {
                facts.above_unit == Some(post.unit) || stands_higher(post, case, facts)
            }
        }
    }
}

/// Whether the post's unit is higher in the tree than the owner, over the same place.
fn stands_higher(post: &HeldPost, case: &CaseView, facts: &Facts) -> bool {
    let level = |unit| facts.units.get(&unit).map(|unit| unit.place.level());
    let owner = case.owner.unit().and_then(level);
    let higher = match (level(post.unit), owner) {
        (Some(post), Some(owner)) => post < owner,
        _ => false,
    };
    higher && case.place.is_within(&post.place)
}

fn is_petitioner(actor: &Actor, case: Option<&CaseView>, facts: &Facts) -> bool {
    match actor.who {
        Actual::Petitioner(own) => case.is_some_and(|case| case.id == own),
        Actual::Person(person) => facts.petitioner_person == Some(person),
        _ => false,
    }
}

/// What somebody acts as when nothing special is asked.
fn capacity(actor: &Actor) -> Acting {
    match (actor.who, actor.posts.first()) {
        (Actual::Service(token), _) => Acting::Service(token),
        (_, Some(post)) => Acting::Post(post.clone()),
        (Actual::Person(person), None) => Acting::Person(person),
        (Actual::Petitioner(_), None) => Acting::Petitioner,
        (Actual::Clock, None) => Acting::Clock,
        (Actual::System, None) => Acting::System,
        (Actual::Anyone, None) => Acting::Anyone,
    }
}
