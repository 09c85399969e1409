//! What a pairing costs, or why it can never be. One function says both, for the search over
//! millions and for the reasons of one, so that they cannot differ.

use std::collections::HashMap;

use super::model::{Helper, HelperId, Need, Point, Reach, Ring, Slots, Urgency};
use super::reason::{Part, Reason};
use super::rules::Rules;

/// Why somebody is not proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Never {
    /// They declined, are not wanted there, or it is their own.
    Avoided,
    /// They have as many proposals to answer as may be.
    AskedEnough,
    HoldEnough,
    MissedTooOften,
    TooFar,
    SkillMissing,
    NotFree,
    OtherLanguage,
    Unwilling,
}

impl Never {
    /// The word for it in keys.
    pub fn word(self) -> &'static str {
        match self {
            Never::Avoided => "avoided",
            Never::AskedEnough => "asked-enough",
            Never::HoldEnough => "hold-enough",
            Never::MissedTooOften => "missed-too-often",
            Never::TooFar => "too-far",
            Never::SkillMissing => "skill-missing",
            Never::NotFree => "not-free",
            Never::OtherLanguage => "other-language",
            Never::Unwilling => "unwilling",
        }
    }
}

/// What a pairing costs, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairing {
    pub cost: i64,
    pub reasons: Vec<Reason>,
}

/// Words as numbers.
#[derive(Debug, Default)]
pub(super) struct WordBook {
    numbers: HashMap<String, u32>,
    words: Vec<String>,
}

impl WordBook {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(&known) = self.numbers.get(word) {
            return known;
        }
        let number = u32::try_from(self.words.len()).expect("nobody has so many words");
        self.numbers.insert(word.to_owned(), number);
        self.words.push(word.to_owned());
        number
    }

    pub fn word(&self, number: u32) -> String {
        self.words[number as usize].clone()
    }

    fn numbers(&mut self, words: &[String]) -> Vec<u32> {
        let mut numbers: Vec<u32> = words.iter().map(|word| self.number(word)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The skills and all above them: whoever repairs lamps repairs.
    fn skills(&mut self, skills: &[String]) -> Vec<u32> {
        let ends = |skill: &str| {
            let dots = skill.match_indices('.').map(|(at, _)| at);
            dots.chain([skill.len()]).collect::<Vec<_>>()
        };
        let all = skills.iter().flat_map(|skill| {
            ends(skill)
                .into_iter()
                .map(|end| skill[..end].to_owned())
                .collect::<Vec<_>>()
        });
        let all: Vec<String> = all.collect();
        self.numbers(&all)
    }
}

/// A need as it is priced.
#[derive(Debug)]
pub(super) struct KnownNeed {
    pub place: String,
    at: Option<Point>,
    skills: Vec<u32>,
    about: Vec<u32>,
    when: Slots,
    language: Option<u32>,
    pub prefers: Vec<HelperId>,
    avoids: Vec<HelperId>,
    missed: Vec<(HelperId, u32)>,
    /// What it costs to propose nobody.
    pub price: i64,
}

impl KnownNeed {
    pub fn new(need: &Need, rules: &Rules, words: &mut WordBook) -> KnownNeed {
        let mut avoids = need.avoids.clone();
        avoids.sort_unstable();
        let urgent = match need.urgent {
            Urgency::Usual => 0,
            Urgency::Urgent => rules.wait.urgent,
        };
        KnownNeed {
            place: need.place.clone(),
            at: need.at,
            skills: words.numbers(&need.skills),
            about: words.numbers(&need.about),
            when: need.when,
            language: need.language.as_deref().map(|word| words.number(word)),
            prefers: need.prefers.clone(),
            avoids,
            missed: need.missed.iter().map(|m| (m.helper, m.times)).collect(),
            price: rules.wait.first_day
                + rules.wait.day * i64::from(need.waited_hours) / 24
                + urgent,
        }
    }
}

/// A helper as they are priced.
#[derive(Debug)]
pub(super) struct KnownHelper {
    pub id: HelperId,
    pub place: String,
    at: Option<Point>,
    reach: Reach,
    skills: Vec<u32>,
    free: Slots,
    languages: Vec<u32>,
    rather_not: Vec<u32>,
    held: u32,
    asked: u32,
}

impl KnownHelper {
    pub fn new(helper: &Helper, words: &mut WordBook) -> KnownHelper {
        KnownHelper {
            id: helper.id,
            place: helper.place.clone(),
            at: helper.at,
            reach: helper.reach,
            skills: words.skills(&helper.skills),
            free: helper.free,
            languages: words.numbers(&helper.languages),
            rather_not: words.numbers(&helper.rather_not),
            held: helper.held,
            asked: helper.asked,
        }
    }

    /// Whether they may be asked for anything at all.
    pub fn may_be_asked(&self, rules: &Rules) -> Result<(), Never> {
        match (
            self.asked < rules.ask.at_once_max,
            self.held <= rules.must.hold_at_most,
        ) {
            (false, _) => Err(Never::AskedEnough),
            (_, false) => Err(Never::HoldEnough),
            _ => Ok(()),
        }
    }
}

/// Both of a pairing, as they are priced.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub rules: &'a Rules,
    pub need: &'a KnownNeed,
    pub helper: &'a KnownHelper,
}

impl Pair<'_> {
    /// What it costs.
    pub fn cost(self) -> Result<i64, Never> {
        let mut cost = 0;
        self.each(|_, points| cost += points)?;
        Ok(cost)
    }

    /// What it costs, with all that speaks for it and against it.
    pub fn reasons(self, words: &WordBook) -> Result<Pairing, Never> {
        let (mut cost, mut reasons) = (0, Vec::new());
        self.each(|part, points| {
            cost += points;
            reasons.push(part.reason(|number| words.word(number)));
        })?;
        Ok(Pairing { cost, reasons })
    }

    /// Every part of the price, in the order in which people would say it.
    fn each(self, mut say: impl FnMut(Part, i64)) -> Result<(), Never> {
        let Pair { need, helper, .. } = self;
        helper.may_be_asked(self.rules)?;
        if need.avoids.binary_search(&helper.id).is_ok() {
            return Err(Never::Avoided);
        }
        if need.prefers.contains(&helper.id) {
            say(Part::SameHelper, -self.rules.same_helper);
        }
        self.skills(&mut say)?;
        self.way(&mut say)?;
        self.time(&mut say)?;
        self.language(&mut say)?;
        self.will(&mut say)?;
        self.trust(&mut say)
    }

    fn skills(self, say: &mut impl FnMut(Part, i64)) -> Result<(), Never> {
        for skill in &self.need.skills {
            match self.helper.skills.binary_search(skill) {
                Ok(_) => say(Part::Skill(*skill), 0),
                Err(_) if self.rules.must.have_skills => return Err(Never::SkillMissing),
                Err(_) => say(Part::SkillMissing(*skill), self.rules.cost.skill_missing),
            }
        }
        Ok(())
    }

    fn way(self, say: &mut impl FnMut(Part, i64)) -> Result<(), Never> {
        let Pair {
            rules,
            need,
            helper,
        } = self;
        let ring = Ring::around(&need.place, &helper.place).ok_or(Never::TooFar)?;
        // Whoever is known only by a wide place may be anywhere in it: that is not too far.
        let known = need.place.len().min(helper.place.len());
        let reach = helper.reach.ring;
        if rules.must.be_within_reach && ring < reach && ring.code_len() < known {
            return Err(Never::TooFar);
        }
        say(Part::Near(ring), rules.ring(ring));
        if let (Some(one), Some(other)) = (need.at, helper.at) {
            let metres = one.metres_to(other);
            let is_too_far = helper.reach.metres_max.is_some_and(|max| metres > max);
            if rules.must.be_within_reach && is_too_far {
                return Err(Never::TooFar);
            }
            say(
                Part::Far { metres },
                rules.kilometre * i64::from(metres) / 1000,
            );
        }
        Ok(())
    }

    fn time(self, say: &mut impl FnMut(Part, i64)) -> Result<(), Never> {
        let (when, free) = (self.need.when, self.helper.free);
        if free.is_empty() {
            say(Part::FreeTimeUnknown, self.rules.cost.free_time_unknown);
            return Ok(());
        }
        let both = match when.is_empty() {
            true => free,
            false => when.and(free),
        };
        match both.first() {
            Some(slot) => say(Part::Free(slot), 0),
            None if self.rules.must.be_free => return Err(Never::NotFree),
            None => say(Part::FreeTimeUnknown, self.rules.cost.free_time_unknown),
        }
        Ok(())
    }

    fn language(self, say: &mut impl FnMut(Part, i64)) -> Result<(), Never> {
        let Some(wanted) = self.need.language else {
            return Ok(());
        };
        let spoken = &self.helper.languages;
        match spoken.binary_search(&wanted) {
            Ok(_) => say(Part::Speaks(wanted), 0),
            Err(_) if !spoken.is_empty() && self.rules.must.speak_language => {
                return Err(Never::OtherLanguage);
            }
            Err(_) => say(Part::LanguageUnknown, self.rules.cost.language_unknown),
        }
        Ok(())
    }

    fn will(self, say: &mut impl FnMut(Part, i64)) -> Result<(), Never> {
        for about in &self.need.about {
            if self.helper.rather_not.binary_search(about).is_ok() {
                if self.rules.must.be_willing {
                    return Err(Never::Unwilling);
                }
                say(Part::RatherNot(*about), self.rules.cost.rather_not);
            }
        }
        Ok(())
    }

    fn trust(self, say: &mut impl FnMut(Part, i64)) -> Result<(), Never> {
        let Pair {
            rules,
            need,
            helper,
        } = self;
        let missed = need.missed.iter().find(|(who, _)| *who == helper.id);
        if let Some(&(_, times)) = missed.filter(|(_, times)| *times > 0) {
            if times > rules.must.miss_at_most {
                return Err(Never::MissedTooOften);
            }
            say(Part::Missed(times), rules.cost.missed * i64::from(times));
        }
        if helper.held > 0 {
            let cost = rules.cost.held * i64::from(helper.held);
            say(Part::Holds(helper.held), cost);
        }
        if helper.asked > 0 {
            let cost = rules.cost.asked * i64::from(helper.asked);
            say(Part::Asked(helper.asked), cost);
        }
        Ok(())
    }
}

/// One pairing by itself: for staff who propose somebody by hand.
pub fn pair(rules: &Rules, need: &Need, helper: &Helper) -> Result<Pairing, Never> {
    let mut words = WordBook::default();
    let need = KnownNeed::new(need, rules, &mut words);
    let helper = KnownHelper::new(helper, &mut words);
    Pair {
        rules,
        need: &need,
        helper: &helper,
    }
    .reasons(&words)
}
