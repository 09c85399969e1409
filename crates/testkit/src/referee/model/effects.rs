//! What a step does to a case, effect by effect, as the kinds' guide says it.

use huiyin_domain::case::{CallState, Owner, Value, Values};
use huiyin_domain::id::UnitId;
use huiyin_domain::menu::{Pairs, Venue};
use toml::Value as Toml;

use super::clocks::{self, Orders};
use super::rules::{Effect, Rules, either, strings};
use super::{Case, Happened, Model, promises};
use crate::referee::finding::{Fault, Rule};

/// A step while it is being followed.
pub(super) struct Following<'a> {
    pub model: &'a Model,
    pub rules: &'a Rules,
    pub before: Option<&'a Case>,
    pub happened: &'a Happened<'a>,
    pub after: Case,
    pub orders: Orders,
    pub converted: bool,
}

/// The case after an entry.
pub(super) fn apply(
    model: &Model,
    before: Option<&Case>,
    happened: &Happened<'_>,
) -> Result<Case, Fault> {
    let after = match before {
        Some(before) => before.clone(),
        None => blank(model, happened)?,
    };
    let rules = model.book.of(&after.kind);
    let entry = happened.entry;
    let step = rules.step(&entry.step);
    let step = step.ok_or_else(|| Fault::new(Rule::Kind, format!("no step {}", entry.step)))?;
    let mut following = Following {
        model,
        rules,
        before,
        happened,
        after,
        orders: Orders::default(),
        converted: false,
    };
    let after = &mut following.after;
    for (field, value) in happened.handed {
        if rules.keeps(field) {
            after.values.insert(field.clone(), value.clone());
        }
    }
    after.version += 1;
    after.changed_at = happened.now;
    after.tells_followers = None;
    *after.counts.entry(entry.step.clone()).or_default() += 1;
    let known = before
        .map(|before| before.values.clone())
        .unwrap_or_default();
    let value = |field: &str| either(happened.handed, &known, field);
    if let Some(stage) = next_stage(step.get("to"), &value) {
        after.stage = stage;
    }
    for effect in rules.effects(step) {
        if effect.holds(value) {
            following.effect(&effect, &value)?;
        }
    }
    following.release();
    clocks::set(&mut following);
    promises::set(&mut following);
    Ok(following.after)
}

fn next_stage(to: Option<&Toml>, value: &dyn Fn(&str) -> Option<Value>) -> Option<String> {
    match to? {
        Toml::String(stage) => Some(stage.clone()),
        branch => {
            let word = value(branch.get("field")?.as_str()?)?.word()?;
            Some(branch.get(&word)?.as_str()?.to_owned())
        }
    }
}

/// A case before its first effect: whoever answers for its place has it.
fn blank(model: &Model, happened: &Happened<'_>) -> Result<Case, Fault> {
    let entry = happened.entry;
    let kind = model.opened.get(&entry.case).cloned().unwrap_or_default();
    let rules = model.book.of(&kind);
    let place = rules
        .field_of("place")
        .and_then(|field| happened.handed.get(field));
    let Some(Value::Place(place)) = place.cloned() else {
        return Err(Fault::new(Rule::Kind, "it was opened nowhere"));
    };
    let item = rules
        .field_of("item")
        .and_then(|field| happened.handed.get(field));
    let item = match item {
        Some(Value::Item(item)) => Some(item.clone()),
        _ => None,
    };
    let local = model.map.place_unit(&place);
    let above = local.and_then(|unit| model.map.above(unit));
    let accused = accused(rules, happened.handed, &Values::new());
    let mut ladder = [local, above, happened.doer.unit].into_iter().flatten();
    let owner = ladder.find(|unit| !accused.contains(unit));
    let owner = owner.ok_or_else(|| Fault::new(Rule::Standing, "nobody could own it"))?;
    Ok(Case {
        id: entry.case,
        kind,
        stage: String::new(),
        version: 0,
        place,
        item,
        urgent: false,
        owner: Owner::Unit(owner),
        previous: None,
        opened_unit: happened.doer.unit,
        opened_role: happened.doer.role,
        opened_at: happened.now,
        changed_at: happened.now,
        closed_at: None,
        outcome: None,
        clock: None,
        kept: Default::default(),
        paused_for: Default::default(),
        extended_for: Default::default(),
        promises: Default::default(),
        calls: Default::default(),
        counts: Default::default(),
        values: Values::new(),
        merged_into: None,
        shown: None,
        tells_followers: None,
    })
}

/// Units that the matter complains of: what is handed in counts first.
pub(super) fn accused(rules: &Rules, handed: &Values, known: &Values) -> Vec<UnitId> {
    let field = rules.part_of("accused");
    match field.and_then(|field| either(handed, known, field)) {
        Some(Value::Units(units)) => units,
        _ => Vec::new(),
    }
}

impl Following<'_> {
    fn effect(
        &mut self,
        effect: &Effect<'_>,
        value: &dyn Fn(&str) -> Option<Value>,
    ) -> Result<(), Fault> {
        let now = self.happened.now;
        let text = effect.says.as_str();
        match effect.word {
            "assign" => self.assign(effect),
            "take_over" => self.after.previous = None,
            "urgent" => {
                let field = effect.says("field");
                let said = field.map(|field| self.happened.handed.get(field));
                self.after.urgent |= said.is_none_or(|said| said == Some(&Value::YesNo(true)));
            }
            "item" => {
                if let Some(Value::Item(item)) = self.handed(text) {
                    self.after.item = Some(item);
                }
            }
            "place" => {
                if let Some(Value::Place(place)) = self.handed(text) {
                    self.after.place = place;
                }
            }
            "close" => {
                let outcome = match effect.says("field") {
                    Some(field) => value(field).and_then(|value| value.word()),
                    None => text.map(str::to_owned),
                };
                self.after.closed_at = Some(now);
                self.after.outcome = outcome;
            }
            "reopen" => {
                self.after.closed_at = None;
                self.after.outcome = None;
            }
            "merge" => {
                if let Some(Value::Case(case)) = self.handed(text) {
                    self.after.merged_into = Some(case);
                }
            }
            "unmerge" => self.after.merged_into = None,
            "followers" => self.after.tells_followers = text.map(str::to_owned),
            "forget" => {
                for field in strings(Some(effect.says)) {
                    self.after.values.remove(field);
                }
            }
            "publish" => self.publish(effect, value),
            "unpublish" if effect.says.is_array() => {
                if let Some(shown) = &mut self.after.shown {
                    strings(Some(effect.says)).for_each(|field| drop(shown.remove(field)));
                }
            }
            "unpublish" => self.after.shown = None,
            "convert" => self.convert(effect, value)?,
            "call" | "assist" | "report" | "settle" | "rate" | "late" => self.calls(effect),
            "menu" => self.menu(effect)?,
            "promise" | "alarm" | "pause" | "extend" | "resume" | "refill" => {
                self.orders.take(effect, value, now);
                self.remember_reason(effect, value);
            }
            // Letters are followed by what leaves the house; a ruling is a precedent.
            // In the town of the referee nothing comes back, and nobody is a volunteer.
            "notify" | "ruling" | "repeat" | "credit" => {}
            // Nor has it a guide: nobody can begin an errand there, and papers are held against
            // a model of their own, in the tests of errands.
            "procedure" | "papers" | "receive" | "procedure_time" => {}
            other => return Err(Fault::new(Rule::Kind, format!("no effect {other}"))),
        }
        Ok(())
    }

    /// What the menu says of the service, as it stands on it.
    fn menu(&mut self, effect: &Effect<'_>) -> Result<(), Fault> {
        let Some(Value::Service(named)) = self.handed(effect.says("service")) else {
            return Ok(());
        };
        let service = self.model.map.service(named);
        let service =
            service.ok_or_else(|| Fault::new(Rule::Kind, format!("{named} is on no menu")))?;
        let is_again = self.handed(effect.says("again")) == Some(Value::YesNo(true));
        let twos = service.pairs == Pairs::Always || service.pairs == Pairs::First && !is_again;
        let known = [("home", service.venue == Venue::Home), ("pairs", twos)];
        for (word, holds) in known {
            if let Some(field) = effect.says(word) {
                self.after
                    .values
                    .insert(field.to_owned(), Value::YesNo(holds));
            }
        }
        Ok(())
    }

    pub fn handed(&self, field: Option<&str>) -> Option<Value> {
        self.happened.handed.get(field?).cloned()
    }

    fn remember_reason(&mut self, effect: &Effect<'_>, value: &dyn Fn(&str) -> Option<Value>) {
        let why = clocks::reason(effect, value);
        match effect.word {
            "pause" => self.after.paused_for.extend(why),
            "extend" => self.after.extended_for.extend(why),
            _ => {}
        }
    }

    fn publish(&mut self, effect: &Effect<'_>, value: &dyn Fn(&str) -> Option<Value>) {
        let public = self.rules.public_fields();
        let shown = self.after.shown.get_or_insert_default();
        for field in strings(Some(effect.says)).filter(|field| public.contains(field)) {
            if let Some(value) = value(field) {
                shown.insert(field.to_owned(), value);
            }
        }
    }

    // ---- Who has it ----

    fn assign(&mut self, effect: &Effect<'_>) {
        let named = match effect.says("field").map(|field| self.handed(Some(field))) {
            Some(Some(Value::Unit(unit))) => Some(Owner::Unit(unit)),
            _ => None,
        };
        let word = effect.says.as_str().or(effect.says("else"));
        let owner = named.or_else(|| self.found(word.unwrap_or_default()));
        let Some(owner) = owner.filter(|owner| *owner != self.after.owner) else {
            return;
        };
        self.after.previous = self.before.map(|_| self.after.owner);
        self.after.owner = owner;
    }

    /// Whoever a word means: the first on its ladder that is not complained of.
    fn found(&self, word: &str) -> Option<Owner> {
        let map = &self.model.map;
        let handed = self.happened.handed;
        let known = self.before.map(|before| &before.values);
        let accused = accused(self.rules, handed, known.unwrap_or(&Values::new()));
        let (place, item) = self.where_and_what();
        let local = map.place_unit(&place);
        let had = self.before.and_then(|before| before.owner.unit());
        let above = had.or(local).and_then(|unit| map.above(unit));
        let duty = map.duty(item.as_ref(), &place).map(|duty| duty.unit);
        let ladder = match word {
            "duty" => vec![duty, local, above],
            "place" => vec![local, above],
            "above" => vec![above],
            "actor" => return self.happened.doer.person.map(Owner::Person),
            "actor-unit" => vec![self.happened.doer.unit],
            "opener" => vec![self.before.and_then(|case| case.opened_unit), local, above],
            "previous" => match self.after.previous {
                Some(Owner::Person(person)) => return Some(Owner::Person(person)),
                Some(Owner::Unit(unit)) => vec![Some(unit), local, above],
                None => vec![local, above],
            },
            _ => Vec::new(),
        };
        let mut ladder = ladder.into_iter().flatten();
        ladder.find(|unit| !accused.contains(unit)).map(Owner::Unit)
    }

    /// Where it is and what it is about: what is handed in counts first.
    pub fn where_and_what(
        &self,
    ) -> (
        huiyin_domain::place::PlaceCode,
        Option<huiyin_domain::unit::ItemCode>,
    ) {
        let case = self.before.unwrap_or(&self.after);
        let place = match self.handed(self.rules.field_of("place")) {
            Some(Value::Place(place)) => place,
            _ => case.place.clone(),
        };
        let item = match self.handed(self.rules.field_of("item")) {
            Some(Value::Item(item)) => Some(item),
            _ => case.item.clone(),
        };
        (place, item)
    }

    // ---- Another kind ----

    fn convert(
        &mut self,
        effect: &Effect<'_>,
        value: &dyn Fn(&str) -> Option<Value>,
    ) -> Result<(), Fault> {
        let to = effect.says("to").unwrap_or_default();
        let rules = self.model.book.of(to);
        let mut values = Values::new();
        let place = rules.field_of("place").unwrap_or_default();
        let here = self
            .before
            .map_or(&self.after, |before| before)
            .place
            .clone();
        values.insert(place.to_owned(), Value::Place(here));
        let with = effect.says.get("with").and_then(Toml::as_table);
        for (new, old) in with.into_iter().flatten() {
            if let Some(value) = old.as_str().and_then(value) {
                values.insert(new.clone(), value);
            }
        }
        let after = &mut self.after;
        after.kind = to.to_owned();
        after.counts.clear();
        after.values = values.clone();
        after.shown = None;
        for call in after.calls.values_mut() {
            call.state = CallState::Released;
            call.due_at = None;
        }
        let open = rules.step("open");
        let open = open.ok_or_else(|| Fault::new(Rule::Kind, format!("no kind {to}")))?;
        let of_new = |field: &str| values.get(field).cloned();
        if let Some(stage) = next_stage(open.get("to"), &of_new) {
            after.stage = stage;
        }
        self.converted = true;
        // What follows is the opening of the new kind, with its own words.
        let old = std::mem::replace(&mut self.rules, rules);
        for effect in rules.effects(open) {
            if effect.holds(of_new) {
                self.effect_of_opening(&effect, &values)?;
            }
        }
        self.rules = old;
        Ok(())
    }

    fn effect_of_opening(&mut self, effect: &Effect<'_>, values: &Values) -> Result<(), Fault> {
        let value = |field: &str| values.get(field).cloned();
        match effect.word {
            // The place is what it was; nobody hands in who shall have it.
            "assign" | "notify" => self.effect(effect, &value),
            "urgent" => Ok(()),
            other => Err(Fault::new(
                Rule::Kind,
                format!("{other} at another opening"),
            )),
        }
    }
}
