//! What the page of an offer lists to choose from, with what is chosen already.

use huiyin_app::volunteers::register;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::unit::UnitCategory;
use huiyin_domain::volunteer::{DayPart, FreeWeek, Reach, Skill};

use crate::form::Form;
use crate::layout::Page;
use crate::pages::desk::inbox::Choice;
use crate::problem::Problem;
use crate::visit::Visit;

/// How many days that differ can be entered at once.
pub(super) const DAY_ROWS: usize = 3;
const KM: [u8; 4] = [1, 3, 5, 10];

/// A general skill with the special ones below it.
pub(super) struct SkillGroup {
    pub name: String,
    /// How many of it are chosen, in words; empty when none is.
    pub chosen: String,
    pub choices: Vec<Choice>,
}

/// One day with a control for each of its parts.
pub(super) struct DayRow {
    pub label: String,
    /// The day itself, where it is a day that differs.
    pub date: String,
    pub id: String,
    pub parts: Vec<Choice>,
}

/// The partner units that one may belong to: those around the place, or all while none is chosen.
pub(super) async fn units(
    visit: &Visit,
    page: &Page,
    form: &Form,
    place: Option<&PlaceCode>,
) -> Result<Vec<Choice>, Problem> {
    let atlas = visit.state.app.atlas_now().await?;
    let chosen = form.text("unit");
    let open = atlas
        .units()
        .filter(|unit| unit.category == UnitCategory::Partner && unit.closed_at.is_none());
    let county = place.and_then(|place| place.at(Level::County));
    let near = open.filter(|unit| {
        unit.id.to_string() == chosen
            || county
                .as_ref()
                .is_none_or(|county| unit.place.is_within(county) || county.is_within(&unit.place))
    });
    Ok(near
        .map(|unit| Choice {
            value: unit.id.to_string(),
            label: unit.names.in_lang(page.lang.as_str()).to_owned(),
            chosen: unit.id.to_string() == chosen,
        })
        .collect())
}

pub(super) fn groups(page: &Page, form: &Form, listed: &[Skill]) -> Vec<SkillGroup> {
    let lang = page.lang.as_str();
    let chosen: Vec<&str> = form.all("skill").collect();
    let top = listed.iter().filter(|skill| skill.code.parent().is_none());
    let group = |general: &Skill| {
        let below = listed.iter();
        let below = below.filter(|skill| skill.code.is_within(&general.code));
        let choices: Vec<Choice> = below
            .map(|skill| Choice {
                value: skill.code.to_string(),
                label: match skill.code == general.code {
                    true => page.t("volunteer-skill-any").into_owned(),
                    false => skill.names.in_lang(lang).to_owned(),
                },
                chosen: chosen.contains(&skill.code.as_str()),
            })
            .collect();
        let count = choices.iter().filter(|choice| choice.chosen).count();
        SkillGroup {
            name: general.names.in_lang(lang).to_owned(),
            chosen: match count {
                0 => String::new(),
                count => page
                    .ta("volunteer-skills-chosen", &[("count", count.into())])
                    .into_owned(),
            },
            choices,
        }
    };
    top.map(group).collect()
}

pub(super) fn part_word(page: &Page, part: DayPart) -> String {
    let key = format!("volunteer-part-{}", part.word());
    page.t(&key).into_owned()
}

pub(super) fn week(page: &Page, form: &Form) -> Vec<DayRow> {
    let chosen: Vec<&str> = form.all("free").collect();
    let row = |number: usize| {
        let label = page.t(&format!("when-weekday-{number}")).into_owned();
        let parts = DayPart::ALL.iter().map(|&part| {
            let value = format!("{number}-{}", part.word());
            let args = [
                ("day", label.clone().into()),
                ("parts", part_word(page, part).into()),
            ];
            Choice {
                chosen: chosen.contains(&value.as_str()),
                label: page.ta("volunteer-free-day", &args).into_owned(),
                value,
            }
        });
        DayRow {
            parts: parts.collect(),
            date: String::new(),
            id: format!("free-{number}"),
            label,
        }
    };
    (1..=FreeWeek::DAYS.len()).map(row).collect()
}

/// The days that differ, and room for some more.
pub(super) fn days(page: &Page, form: &Form) -> Vec<DayRow> {
    let entered = |row: &usize| {
        form.get(&format!("day-{row}"))
            .is_some_and(|day| !day.is_empty())
    };
    let used = (1..=register::DAYS_MAX).take_while(entered).count();
    let row = |row: usize| {
        let id = format!("day-{row}");
        let chosen: Vec<&str> = form.all(&format!("{id}-part")).collect();
        let parts = DayPart::ALL.iter().map(|&part| Choice {
            value: part.word().to_owned(),
            label: part_word(page, part),
            chosen: chosen.contains(&part.word()),
        });
        DayRow {
            label: page
                .ta("volunteer-other-day", &[("number", row.into())])
                .into_owned(),
            date: form.text(&id).to_owned(),
            parts: parts.collect(),
            id,
        }
    };
    (1..=used + DAY_ROWS).map(row).collect()
}

pub(super) fn reaches(page: &Page, form: &Form) -> Vec<Choice> {
    let chosen = match form.text("reach") {
        "" => Reach::Community.word(),
        word => word.to_owned(),
    };
    let near = [Reach::Grid, Reach::Community, Reach::Street];
    let all = near.into_iter().chain(KM.map(Reach::Km));
    all.map(|reach| Choice {
        value: reach.word(),
        label: super::reach_word(page, reach),
        chosen: reach.word() == chosen,
    })
    .collect()
}

pub(super) fn chips(
    page: &Page,
    form: &Form,
    name: &str,
    words: impl Iterator<Item = &'static str>,
) -> Vec<Choice> {
    let chosen: Vec<&str> = form.all(name).collect();
    let chip = |word: &'static str| Choice {
        value: word.to_owned(),
        label: page.t(&format!("volunteer-{name}-{word}")).into_owned(),
        chosen: chosen.contains(&word),
    };
    words.map(chip).collect()
}
