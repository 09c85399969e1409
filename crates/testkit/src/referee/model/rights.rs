//! Who may do what, and what stands against a step: read from the kinds and from the table of
//! permissions, as a person would read them.

use huiyin_domain::case::{CallRole, CallState, Owner, Value};
use huiyin_domain::id::PersonId;
use huiyin_domain::person::{Post, Role};
use jiff::Timestamp;
use toml::{Table, Value as Toml};

use super::clocks::{self, fires};
use super::hours::{Limit, hours};
use super::rules::{Effect, Rules, either, strings};
use super::{Call, Case, Doer, Happened, Map, Model};
use crate::referee::finding::{Fault, Rule};

/// Whether a post stands to a case in one of these ways.
fn stands(post: &Post, case: &Case, ways: &[&str]) -> bool {
    ways.iter().any(|way| match *way {
        "own" => case.owner == Owner::Unit(post.unit),
        "called" => case.calls.contains_key(&post.unit),
        "opened" => case.opened_unit == Some(post.unit),
        "place" => case.place.is_within(&post.place),
        _ => false,
    })
}

/// Whether somebody may know of a case by a post.
pub fn may_read(post: &Post, case: &Case) -> bool {
    let ways: &[&str] = match post.role {
        Role::Operator | Role::GridWorker => &["opened", "place"],
        Role::Community | Role::Dispatcher | Role::Supervisor | Role::Office => {
            &["own", "called", "opened", "place"]
        }
        Role::Handler => &["own", "called", "opened"],
        Role::Partner => &["own", "called"],
        _ => &[],
    };
    stands(post, case, ways)
}

/// Whether somebody may learn who brought a case in: by a post, or because they deliver.
pub fn may_unseal(map: &Map, person: PersonId, case: &Case) -> bool {
    let delivers = case.owner == Owner::Person(person) && case.closed_at.is_none();
    let by_post = |post: &Post| {
        let ways: &[&str] = match post.role {
            Role::Operator => &["opened"],
            Role::Community | Role::Dispatcher => &["own", "place"],
            Role::Supervisor => &["place"],
            _ => &[],
        };
        stands(post, case, ways)
    };
    delivers || map.posts_of(person).any(by_post)
}

/// Whether somebody calls back about what was closed here: then they may learn whom to call, as
/// long as the case waits for it.
pub fn may_call_back(map: &Map, person: PersonId, case: &Case) -> bool {
    let calls = |post: &Post| {
        matches!(post.role, Role::Operator | Role::Supervisor) && stands(post, case, &["place"])
    };
    case.closed_at.is_some() && map.posts_of(person).any(calls)
}

impl Model {
    /// What stands against a step that was taken all the same.
    pub(super) fn was_allowed(&self, case: &Case, happened: &Happened<'_>) -> Result<(), Fault> {
        let rules = self.rules(case);
        let name = happened.entry.step.as_str();
        let step = rules.step(name);
        let step = step.ok_or_else(|| Fault::new(Rule::Kind, format!("no step {name}")))?;
        if !rules.leaves(step, &case.stage) {
            let what = format!("`{name}` was taken at `{}`", case.stage);
            return Err(Fault::new(Rule::Kind, what));
        }
        let acting = happened.entry.acting.as_str();
        let mut by = rules.by(step);
        if !by.any(|who| self.is(who, acting, case, &happened.doer)) {
            let what = format!("`{name}` was taken by {acting} {:?}", happened.doer);
            return Err(Fault::new(Rule::Rights, what));
        }
        if acting == "clock" {
            self.was_due(case, name, happened.now)?;
        }
        let is_staff = matches!(acting, "post" | "clock" | "system");
        let required = rules.required(step, is_staff);
        let is_missing = |field: &&&str| !happened.handed.contains_key(**field);
        if let Some(field) = required.iter().find(is_missing) {
            let what = format!("`{name}` was taken without `{field}`");
            return Err(Fault::new(Rule::Kind, what));
        }
        let value = |field: &str| either(happened.handed, &case.values, field);
        for rule in rules.rules(step) {
            if rule.holds(value) && !self.holds(&rule, case, happened) {
                let what = format!("`{name}` was taken against `{}`", rule.word);
                return Err(Fault::new(Rule::Kind, what));
            }
        }
        Ok(())
    }

    /// Whether whoever acted is one of those who may.
    fn is(&self, who: &str, acting: &str, case: &Case, doer: &Doer) -> bool {
        let Some((role, way)) = who.split_once('@') else {
            return match who {
                "anyone" => true,
                "signed-in" => acting == "person",
                who => acting == who,
            };
        };
        if role == "signed-in" {
            return acting == "person" && doer.person.map(Owner::Person) == Some(case.owner);
        }
        let post = doer.post.and_then(|post| self.map.post(post));
        let Some(post) = post.filter(|post| acting == "post" && post.role.word() == role) else {
            return false;
        };
        if way == "any" {
            return true;
        }
        let call = case.calls.get(&post.unit);
        let so = match way {
            "called" => call.is_some_and(|call| call.state != CallState::Released),
            "opened" => {
                case.opened_unit == Some(post.unit)
                    && case.opened_role == Some(post.role)
                    && case.place.is_within(&post.place)
            }
            "above" => self.is_above(post, case),
            way => stands(post, case, &[way]),
        };
        so && may_read(post, case)
    }

    fn is_above(&self, post: &Post, case: &Case) -> bool {
        let owner = case.owner.unit();
        let from = owner.or_else(|| self.map.place_unit(&case.place));
        let above = from.and_then(|unit| self.map.above(unit));
        let owner = owner.and_then(|unit| self.map.unit(unit));
        above == Some(post.unit)
            || owner.is_some_and(|owner| post.place.level() < owner.place.level())
                && case.place.is_within(&post.place)
    }

    /// A clock takes no step but its own, and not before its time.
    fn was_due(&self, case: &Case, step: &str, now: Timestamp) -> Result<(), Fault> {
        let rules = self.rules(case);
        let own = case
            .clock
            .as_ref()
            .and_then(|clock| fires(rules, clock, now));
        let mut late = case.calls.values().filter(|call| call.is_late(now));
        if own == Some(step) || late.any(|call| late_step(rules, call.role) == Some(step)) {
            return Ok(());
        }
        let what = format!("a clock took `{step}`, and it was time for {own:?}");
        Err(Fault::new(Rule::Firing, what))
    }

    /// Something that a clock should have done by now.
    pub fn overdue(&self, case: &Case, now: Timestamp) -> Option<String> {
        clocks::overdue(self.rules(case), case, now)
    }

    /// The units that a case may never belong to.
    pub fn accused(&self, case: &Case) -> Vec<huiyin_domain::id::UnitId> {
        let nothing = huiyin_domain::case::Values::new();
        super::effects::accused(self.rules(case), &nothing, &case.values)
    }

    /// Whether a rule of a step held when it was taken. Who else holds what, and how many claims
    /// somebody has, is asked elsewhere.
    fn holds(&self, rule: &Effect<'_>, case: &Case, happened: &Happened<'_>) -> bool {
        match rule.word {
            "clock" | "new_reason" | "within" | "future" => in_time(rule, case, happened),
            "calls_answered" | "calls_rated" | "call_state" => of_calls(rule, case, happened),
            "not_owner" => match case.owner {
                Owner::Unit(unit) => {
                    let person = happened.doer.person.into_iter();
                    let mut posts = person.flat_map(|person| self.map.posts_of(person));
                    !posts.any(|post| post.unit == unit)
                }
                Owner::Person(person) => happened.doer.person != Some(person),
            },
            _ => of_matter(rule, case, happened),
        }
    }
}

/// The field of a form that a rule names.
fn of<'h>(happened: &'h Happened<'_>, field: Option<&str>) -> Option<&'h Value> {
    field.and_then(|field| happened.handed.get(field))
}

fn in_time(rule: &Effect<'_>, case: &Case, happened: &Happened<'_>) -> bool {
    let now = happened.now;
    match rule.word {
        "clock" => case
            .clock
            .as_ref()
            .is_some_and(|clock| match rule.says.as_str() {
                Some("running") => clock.paused.is_none() && clock.due_at > now,
                _ => clock.paused.is_some(),
            }),
        "new_reason" => {
            let field = rule.says("field").unwrap_or_default();
            let named = either(happened.handed, &case.values, field);
            let word = named.and_then(|value| value.word());
            let word = rule.says("as").map(str::to_owned).or(word);
            let used = match rule.says("of") {
                Some("pause") => &case.paused_for,
                _ => &case.extended_for,
            };
            Map::supervises(&happened.doer) || word.is_none_or(|word| !used.contains(&word))
        }
        "within" => {
            let since = match rule.says("of") {
                Some("closed") => case.closed_at,
                _ => Some(case.opened_at),
            };
            let time = Limit::read(rule.says("time").unwrap_or("0m"));
            since.is_some_and(|since| now <= hours().due(since, time))
        }
        _ => match of(happened, rule.says("field")) {
            Some(Value::Date(day)) => {
                let most = rule.says("at_most").map(Limit::read);
                let last = most.map(|most| hours().day(hours().due(now, most)));
                let today = hours().day(now);
                let may_be_today = rule.says.get("today").is_some();
                let is_past = *day < today || *day == today && !may_be_today;
                !is_past && last.is_none_or(|last| *day <= last)
            }
            _ => true,
        },
    }
}

fn of_calls(rule: &Effect<'_>, case: &Case, happened: &Happened<'_>) -> bool {
    let own = happened.doer.unit.and_then(|unit| case.calls.get(&unit));
    let is_open = |call: &Call| call.is_awaited() || call.state == CallState::Objecting;
    let mut calls = case.calls.values();
    match rule.word {
        "calls_answered" => !calls.any(is_open),
        "calls_rated" => calls.all(|call| {
            let had_to_come = call.role == CallRole::Summoned && call.state != CallState::Released;
            !had_to_come || call.rating.is_some()
        }),
        _ => own.is_some_and(|call| strings(Some(rule.says)).any(|word| word == call.state.word())),
    }
}

fn of_matter(rule: &Effect<'_>, case: &Case, happened: &Happened<'_>) -> bool {
    let text = rule.says.as_str();
    match rule.word {
        "taken" => {
            let steps = strings(rule.says.get("step"));
            let times = |step: &str| i64::from(*case.counts.get(step).unwrap_or(&0));
            let times: i64 = steps.map(times).sum();
            let bound = |key: &str| rule.says.get(key).and_then(Toml::as_integer);
            bound("at_least").is_none_or(|least| times >= least)
                && bound("at_most").is_none_or(|most| times <= most)
        }
        "differs" => match of(happened, text) {
            Some(Value::Unit(unit)) => case.owner != Owner::Unit(*unit),
            _ => true,
        },
        "urgent" => rule.says.as_bool() == Some(case.urgent),
        "stands" => table(rule).all(|(field, wanted)| {
            let found = case.values.get(field).filter(|value| !value.is_empty());
            match wanted {
                "given" => found.is_some(),
                "missing" => found.is_none(),
                word => found.and_then(Value::word).as_deref() == Some(word),
            }
        }),
        "consent" => {
            let said = either(happened.handed, &case.values, text.unwrap_or_default());
            said == Some(Value::YesNo(true))
        }
        "needs" => of(happened, text).is_some(),
        _ => true,
    }
}

fn table<'r>(rule: &'r Effect<'_>) -> impl Iterator<Item = (&'r String, &'r str)> {
    let table: Option<&Table> = rule.says.as_table();
    let each = table.into_iter().flatten();
    each.filter_map(|(field, wanted)| Some((field, wanted.as_str()?)))
}

/// The step that a clock takes when a unit called in this role is late.
fn late_step(rules: &Rules, role: CallRole) -> Option<&str> {
    let word = match role {
        CallRole::Summoned => "call",
        CallRole::Assisting => "assist",
    };
    let open = rules.step("open").into_iter();
    let all = open.chain(rules.steps().map(|(_, step)| step));
    let mut effects = all.flat_map(|step| rules.effects(step));
    let clock = effects.find_map(|effect| {
        let is_it = effect.word == word;
        effect
            .says
            .get("clock")
            .and_then(Toml::as_str)
            .filter(|_| is_it)
    })?;
    rules.clock(clock)?.get("then")?.as_str()
}
