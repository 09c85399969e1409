//! A case as a letter: what, where, when, who has it, and its history as a conversation.
//! The case page and its print are drawn from this.

use std::collections::BTreeMap;

use huiyin_app::atlas::Atlas;
use huiyin_app::cases::read::CasePage;
use huiyin_domain::access::Actor;
use huiyin_domain::case::{Effect, Kind, Owner, See, Value, Weight, Who};
use huiyin_domain::id::UnitId;
use huiyin_domain::place::PlaceCode;

use crate::layout::Page;
use crate::when::{Left, When};

use super::show;

/// What stands at the top.
pub struct Head {
    pub id: String,
    pub version: i64,
    pub title: String,
    pub kind: String,
    pub kind_slug: String,
    pub stage: String,
    pub tone: &'static str,
    pub sign: &'static str,
    pub urgent: bool,
    pub outcome: String,
}

/// A label and what it says.
pub struct Line {
    pub label: String,
    pub text: String,
    pub small: String,
}

impl Line {
    pub fn new(label: String, text: String) -> Line {
        Line {
            label,
            text,
            small: String::new(),
        }
    }
}

/// Of the places around a place the nearest; everybody here knows the prefecture.
const PATH_SHOWN: usize = 3;

/// A case in one reader's words.
pub struct Letter<'a> {
    pub page: &'a Page,
    pub when: &'a When<'a>,
    pub case: &'a CasePage,
    pub atlas: &'a Atlas,
    /// Who reads it.
    pub actor: &'a Actor,
}

impl Letter<'_> {
    fn slug(&self) -> &str {
        &self.case.kind.slug
    }

    pub(super) fn lang(&self) -> &str {
        self.page.lang.as_str()
    }

    pub fn said(&self, key: &str) -> String {
        self.page.t(key).into_owned()
    }

    pub fn unit(&self, unit: UnitId) -> String {
        let known = self
            .atlas
            .unit(unit)
            .map(|unit| unit.names.in_lang(self.lang()).to_owned());
        known.unwrap_or_else(|| self.said("desk-some-unit"))
    }

    /// Who is accountable now.
    pub fn owner(&self) -> String {
        match self.case.case.owner {
            Owner::Unit(unit) => self.unit(unit),
            Owner::Person(_) => self.said("desk-a-volunteer"),
        }
    }

    pub fn head(&self) -> Head {
        let case = &self.case.case;
        let look = show::stage_look(Some(&self.case.kind), &case.stage);
        let outcome = case.outcome.as_deref().filter(|_| case.closed_at.is_some());
        Head {
            id: case.id.to_string(),
            version: case.version,
            title: match self.case.erased_at {
                Some(_) => self.said("desk-erased-title"),
                None => self.case.title.clone(),
            },
            kind: show::kind_word(self.page, self.slug()),
            kind_slug: self.slug().to_owned(),
            stage: show::stage_word(self.page, self.slug(), &case.stage),
            tone: look.tone,
            sign: look.sign,
            urgent: case.urgent,
            outcome: outcome
                .map(|outcome| show::outcome_word(self.page, self.slug(), outcome))
                .unwrap_or_default(),
        }
    }

    /// That what was personal is gone, and since when.
    pub fn erased(&self) -> Option<String> {
        let at = self.case.erased_at?;
        let when = self.when.moment(at);
        Some(self.page.ts("desk-erased", "when", &when).into_owned())
    }

    /// Where the clock stands; how long it all took, once closed.
    pub fn clock(&self) -> Option<Left> {
        let case = &self.case.case;
        if let Some(closed) = case.closed_at {
            return Some(show::took(self.when, case.opened_at, closed));
        }
        let clock = case.clock.as_ref()?;
        let calendar = self.case.facts.calendar(case.owner.unit());
        let mut left = self.when.left_by(clock, calendar);
        if let Some(pause) = &clock.paused {
            let why = self.reason(&pause.why);
            left.words = self.page.ts("case-paused-for", "why", &why).into_owned();
        }
        left.first = self.first_promise();
        Some(left)
    }

    /// The matter itself, in the words of whoever brought it in; nothing when the heading
    /// says all of it.
    pub fn prose(&self) -> Vec<String> {
        let said = self.case.values.get(&self.case.kind.title_field);
        let said = said.and_then(Value::as_text).map(str::trim);
        said.filter(|said| *said != self.case.title)
            .map(str::to_owned)
            .into_iter()
            .collect()
    }

    /// Where, which item, who has it, since when, and all other values.
    pub fn facts(&self) -> Vec<Line> {
        let case = &self.case.case;
        let mut facts = vec![self.place()];
        if let Some(item) = &case.item {
            let name = self
                .atlas
                .item(item)
                .map(|item| item.names.in_lang(self.lang()));
            let text = name.unwrap_or(item.as_str()).to_owned();
            facts.push(Line::new(self.said("desk-fact-item"), text));
        }
        facts.push(Line::new(self.said("desk-fact-owner"), self.owner()));
        let channel = self.said(&format!("desk-channel-{}", self.case.channel));
        facts.push(Line {
            label: self.said("desk-fact-opened"),
            text: self.when.moment(case.opened_at),
            small: match case.opened_unit {
                Some(unit) => format!("{channel} · {}", self.unit(unit)),
                None => channel,
            },
        });
        facts.extend(self.terms());
        facts.extend(self.more_values());
        facts
    }

    pub fn place(&self) -> Line {
        let own = &self.case.case.place;
        let told = own.told_by();
        let around = self.case.places.iter();
        let around: Vec<&str> = around
            .filter(|place| !told.contains(&place.code))
            .map(|place| place.names.in_lang(self.lang()))
            .collect();
        let near = &around[around.len().saturating_sub(PATH_SHOWN)..];
        Line {
            label: self.said("desk-fact-place"),
            text: self.place_word(own),
            small: near.join(" · "),
        }
    }

    /// A place in words; those around the case, and those it was in before, are known by name.
    pub fn place_word(&self, code: &PlaceCode) -> String {
        let known = |code: &PlaceCode| {
            let mut places = self.case.places.iter().chain(&self.case.places_before);
            let place = places.find(|place| place.code == *code);
            place.map(|place| &place.names)
        };
        show::place_word(self.page, code, known)
    }

    fn more_values(&self) -> Vec<Line> {
        let kind = &self.case.kind;
        let told = [
            Some(&kind.title_field),
            Some(&kind.place_field),
            kind.item_field.as_ref(),
        ];
        let rest = kind
            .fields
            .iter()
            .filter(|field| !told.contains(&Some(&field.name)));
        rest.filter_map(|field| {
            let value = self.case.values.get(&field.name)?;
            // A chip says so already, or the table of those who were called.
            if matches!(value, Value::YesNo(_)) && self.makes_urgent(&field.name)
                || matches!(value, Value::Units(_)) && self.calls_by(&field.name)
            {
                return None;
            }
            let text = self.text_of(kind, &field.name, value)?;
            Some(Line::new(
                show::field_word(self.page, &kind.slug, &field.name),
                text,
            ))
        })
        .collect()
    }

    /// Whether some step marks the case as urgent by this field.
    fn makes_urgent(&self, field: &str) -> bool {
        self.has_effect(|effect| match effect {
            Effect::Urgent(urgent) => urgent.field() == Some(field),
            _ => false,
        })
    }

    /// Whether some step calls the units that this field names.
    fn calls_by(&self, field: &str) -> bool {
        self.has_effect(|effect| match effect {
            Effect::Call(call) => call.units == field,
            _ => false,
        })
    }

    fn has_effect(&self, is_it: impl Fn(&Effect) -> bool) -> bool {
        let kind = &self.case.kind;
        let mut effects = std::iter::once(&kind.open)
            .chain(&kind.steps)
            .flat_map(|step| &step.effects);
        effects.any(|effect| is_it(&effect.what))
    }

    /// Yes or no, in the kind's own words where it has some.
    fn yes_or_no(&self, kind: &Kind, field: &str, yes: bool) -> String {
        let word = if yes { "yes" } else { "no" };
        let own = format!("{}-choice-{field}-{word}", kind.slug);
        let own = self.page.words.find(self.page.lang, &own, &[]);
        own.map_or_else(
            || self.said(&format!("desk-{word}")),
            std::borrow::Cow::into_owned,
        )
    }

    /// A value in words; none for photos, which are shown, and for what is empty.
    pub fn text_of(&self, kind: &Kind, field: &str, value: &Value) -> Option<String> {
        if value.is_empty() {
            return None;
        }
        if let Some(named) = self.of_errand(kind, field, value) {
            return Some(named);
        }
        let choice = |choice: &str| self.said(&format!("{}-choice-{field}-{choice}", kind.slug));
        Some(match value {
            Value::Text(text) => text.clone(),
            Value::Choice(one) if kind.outcome(one).is_some() && kind.field(field).is_some() => {
                let known = format!("{}-outcome-{one}", kind.slug);
                let word = self.page.words.find(self.page.lang, &known, &[]);
                word.map_or_else(|| choice(one), std::borrow::Cow::into_owned)
            }
            Value::Choice(one) => choice(one),
            Value::Choices(many) => many
                .iter()
                .map(|one| choice(one))
                .collect::<Vec<_>>()
                .join(&self.said("desk-and")),
            Value::Number(number) => number.to_string(),
            Value::Date(date) => self.when.day(*date),
            Value::Place(code) => self.place_word(code),
            Value::Item(code) => {
                let item = self.atlas.item(code);
                item.map_or_else(
                    || code.to_string(),
                    |i| i.names.in_lang(self.lang()).to_owned(),
                )
            }
            Value::Unit(unit) => self.unit(*unit),
            Value::Units(units) => {
                let names = units
                    .iter()
                    .map(|unit| self.unit(*unit))
                    .collect::<Vec<_>>();
                names.join(&self.said("desk-and"))
            }
            Value::YesNo(yes) => self.yes_or_no(kind, field, *yes),
            Value::Rating(rating) => self.said(&format!("rating-{rating}")),
            Value::Case(case) => case.to_string(),
            Value::Service(service) => {
                let names = self.case.services.get(service)?;
                names.in_lang(self.lang()).to_owned()
            }
            Value::Files(_) => return None,
        })
    }

    /// Who sees which part of this case.
    pub fn sees(&self) -> Vec<Line> {
        let kind = &self.case.kind;
        let mut by: BTreeMap<See, Vec<String>> = BTreeMap::new();
        let personal = |field: &&huiyin_domain::case::Field| {
            field.kind.petitioner_part().is_some() || kind.signature_of(&field.name).is_some()
        };
        for field in kind.fields.iter().filter(|field| !personal(field)) {
            by.entry(field.see).or_default().push(show::field_word(
                self.page,
                &kind.slug,
                &field.name,
            ));
        }
        let level = |see: See| match see {
            See::Public => "desk-sees-public",
            See::Petitioner => "desk-sees-petitioner",
            See::Handlers => "desk-sees-handlers",
            See::Owner => "desk-sees-owner",
        };
        let mut lines: Vec<Line> = by
            .into_iter()
            .rev()
            .map(|(see, names)| {
                Line::new(self.said(level(see)), names.join(&self.said("desk-and")))
            })
            .collect();
        if !kind.internal {
            let names = kind.fields.iter().filter(personal);
            let names: Vec<_> = names
                .map(|field| show::field_word(self.page, &kind.slug, &field.name))
                .collect();
            lines.push(Line::new(
                self.said("desk-sees-sealed"),
                names.join(&self.said("desk-and")),
            ));
        }
        lines
    }

    /// The case that answers for this one, and those for which this one answers.
    pub fn merged(&self) -> Vec<(String, String)> {
        let into = self.case.case.merged_into.iter();
        let into = into.map(|id| (id.to_string(), self.said("desk-merged-into")));
        let followers = self.case.followers.iter();
        let followers = followers.map(|id| {
            (
                id.to_string(),
                self.page
                    .ts("desk-follower", "id", &id.to_string())
                    .into_owned(),
            )
        });
        into.chain(followers).collect()
    }

    /// For whom the case waits, when there is nothing for this reader to do.
    pub fn waits_for(&self) -> String {
        let case = &self.case.case;
        if case.closed_at.is_some() {
            return self.said("desk-waits-nobody");
        }
        let steps = self.case.kind.steps.iter();
        let mut next =
            steps.filter(|step| step.weight == Weight::Main && step.from.contains(&case.stage));
        if next.any(|step| step.by.contains(&Who::Petitioner)) {
            return self.said("desk-waits-petitioner");
        }
        self.page
            .ts("desk-waits-for", "unit", &self.owner())
            .into_owned()
    }
}
