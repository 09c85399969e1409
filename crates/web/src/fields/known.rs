//! What fields offer and name: units, items, places. Read once for a whole form.

use std::collections::BTreeMap;

use huiyin_app::atlas::Atlas;
use huiyin_app::cases::similar;
use huiyin_app::errands::PaperLine;
use huiyin_app::limits::Purpose;
use huiyin_app::menu;
use huiyin_app::places::look::{self, Found};
use huiyin_app::procedures::{self, list::Wanted};
use huiyin_domain::case::FieldType;
use huiyin_domain::id::{CaseId, MenuServiceId, UnitId};
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::procedure;
use huiyin_domain::sample::Pictured;
use huiyin_domain::unit::{ItemCode, Unit, UnitCategory};

use crate::form::Form;
use crate::pages::desk::show;
use crate::pages::public::guide::group_word;
use crate::problem::Problem;
use crate::visit::Visit;
use crate::when::When;

use super::place::Looking;
use super::{Sheet, input_name};

/// What is proposed to whoever fills in a form.
#[derive(Clone, Debug, Default)]
pub struct Suggested {
    pub units: Vec<UnitId>,
    /// No other unit can be meant: those who were called, or whom this reader may call.
    pub only: Option<Vec<UnitId>>,
    pub items: Vec<ItemCode>,
    /// Where the case is: units far away are not offered.
    pub near: Option<PlaceCode>,
    /// The case that the form is about: open ones like it are proposed where a case is asked for.
    pub case: Option<CaseId>,
    /// The papers of the errand that the form is about.
    pub papers: Vec<PaperLine>,
}

/// Values with their labels under one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Group {
    pub label: String,
    pub members: Vec<(String, String)>,
}

/// What the fields of one form offer.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub units: Vec<Group>,
    pub items: Vec<Group>,
    pub services: Vec<Group>,
    pub procedures: Vec<Group>,
    /// By the name of the field: number and name of each paper that can be ticked, and what it
    /// looks like.
    pub papers: BTreeMap<String, Vec<(String, String, Option<Pictured>)>>,
    pub suggested_units: Vec<String>,
    pub suggested_items: Vec<String>,
    pub cases: Vec<LikeCase>,
    /// By the name of the field: the place chosen, and what was found.
    pub places: BTreeMap<String, PlaceState>,
}

/// A case that seems to be about the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LikeCase {
    pub id: String,
    pub title: String,
    /// Where and since when, and which words say so.
    pub about: String,
}

/// Where the choosing of a place stands.
#[derive(Debug, Default)]
pub(crate) struct PlaceState {
    pub chosen: Option<Found>,
    pub looking: Looking,
    pub found: Vec<Found>,
    /// The place whose insides are listed, with those above it.
    pub within: Option<Found>,
}

impl Known {
    pub(super) async fn load(
        visit: &Visit,
        sheet: Sheet<'_>,
        form: &Form,
    ) -> Result<Known, Problem> {
        let mut known = Known {
            suggested_units: sheet
                .suggested
                .units
                .iter()
                .map(ToString::to_string)
                .collect(),
            suggested_items: sheet
                .suggested
                .items
                .iter()
                .map(ToString::to_string)
                .collect(),
            ..Known::default()
        };
        let fields = sheet
            .asked
            .iter()
            .filter_map(|asked| sheet.kind.field(&asked.field));
        let lang = visit.taste.lang;
        for field in fields {
            match &field.kind {
                FieldType::Unit(_) | FieldType::Units(_) if known.units.is_empty() => {
                    let atlas = visit.state.app.atlas_now().await?;
                    known.units = units(visit, &atlas, sheet.suggested);
                }
                FieldType::Item(_) if known.items.is_empty() => {
                    let atlas = visit.state.app.atlas_now().await?;
                    known.items = items(&atlas, lang.as_str());
                }
                FieldType::Service(_) => {
                    known.services = services(visit, sheet, form, &field.name).await?;
                }
                FieldType::Procedure(_) => known.procedures = procedures(visit).await?,
                FieldType::Papers(_) => {
                    let papers = papers(sheet, &field.name, lang.as_str());
                    known.papers.insert(field.name.clone(), papers);
                }
                FieldType::Case(_) => {
                    if let Some(case) = sheet.suggested.case {
                        known.cases = like_cases(visit, case).await?;
                    }
                }
                FieldType::Place(_) => {
                    let state = place_state(visit, &input_name(&field.name), form).await?;
                    known.places.insert(field.name.clone(), state);
                }
                _ => {}
            }
        }
        Ok(known)
    }
}

/// The members to be shown first, and the groups without them.
pub(super) fn apart(
    groups: &[Group],
    first: impl Fn(&str) -> bool,
) -> (Vec<(String, String)>, Vec<Group>) {
    let mut chosen = Vec::new();
    let mut rest = groups.to_vec();
    for group in &mut rest {
        let (own, others) = group.members.drain(..).partition(|(value, _)| first(value));
        let own: Vec<_> = own;
        chosen.extend(own);
        group.members = others;
    }
    rest.retain(|group| !group.members.is_empty());
    (chosen, rest)
}

/// Open units by category, those that have to do with the place.
fn units(visit: &Visit, atlas: &Atlas, suggested: &Suggested) -> Vec<Group> {
    let page = visit.page();
    let near = suggested.near.as_ref();
    let only = suggested.only.as_ref();
    let is_meant = |unit: &&Unit| only.is_none_or(|only| only.contains(&unit.id));
    let county = near.and_then(|near| near.at(Level::County));
    let counts = |unit: &&Unit| match (near, &county) {
        (Some(near), Some(county)) => near.is_within(&unit.place) || unit.place.is_within(county),
        _ => true,
    };
    let open: Vec<&Unit> = atlas
        .units()
        .filter(|unit| unit.closed_at.is_none())
        .filter(counts)
        .filter(is_meant)
        .collect();
    let order = [
        UnitCategory::Department,
        UnitCategory::Community,
        UnitCategory::Street,
        UnitCategory::County,
        UnitCategory::Prefecture,
        UnitCategory::Partner,
        UnitCategory::Hotline,
    ];
    order
        .into_iter()
        .map(|category| Group {
            label: page
                .t(&format!("unit-category-{}", category.word()))
                .into_owned(),
            members: open
                .iter()
                .filter(|unit| unit.category == category)
                .map(|unit| {
                    (
                        unit.id.to_string(),
                        unit.names.in_lang(page.lang.as_str()).to_owned(),
                    )
                })
                .collect(),
        })
        .filter(|group| !group.members.is_empty())
        .collect()
}

/// What can be ordered: of the place that was chosen, else of the menu from which somebody
/// comes, else of every menu.
async fn services(
    visit: &Visit,
    sheet: Sheet<'_>,
    form: &Form,
    field: &str,
) -> Result<Vec<Group>, Problem> {
    let app = &visit.state.app;
    let place = form.text(&input_name(&sheet.kind.place_field));
    let mut place: Option<PlaceCode> = place.parse().ok();
    if let (None, Ok(chosen)) = (
        &place,
        form.text(&input_name(field)).parse::<MenuServiceId>(),
    ) {
        place = menu::read::read(app, chosen)
            .await
            .ok()
            .map(|one| one.place);
    }
    let offered = match place {
        Some(place) => menu::list::offered(app, place).await?,
        None => menu::list::everywhere(app).await?,
    };
    let lang = visit.taste.lang;
    let lang = lang.as_str();
    let mut groups: Vec<(PlaceCode, Group)> = Vec::new();
    for service in offered.services {
        let member = (
            service.id.to_string(),
            service.says.name.in_lang(lang).to_owned(),
        );
        match groups.iter_mut().find(|(place, _)| *place == service.place) {
            Some((_, group)) => group.members.push(member),
            None => {
                let names = offered.places.get(&service.place);
                let label = names.map(|names| names.in_lang(lang).to_owned());
                let group = Group {
                    label: label.unwrap_or_default(),
                    members: vec![member],
                };
                groups.push((service.place, group));
            }
        }
    }
    Ok(groups.into_iter().map(|(_, group)| group).collect())
}

/// Everything in the guide, under its groups.
async fn procedures(visit: &Visit) -> Result<Vec<Group>, Problem> {
    let page = visit.page();
    let rows = procedures::list::open(&visit.state.app, Wanted::default()).await?;
    let mut groups: BTreeMap<procedure::Group, Group> = BTreeMap::new();
    for row in rows {
        let of = row.procedure.group;
        let group = groups.entry(of).or_default();
        group.label = group_word(&page, of);
        let name = row.procedure.names.in_lang(page.lang.as_str()).to_owned();
        group.members.push((row.procedure.slug, name));
    }
    Ok(groups.into_values().collect())
}

/// The papers that are where the field's step takes them from.
fn papers(sheet: Sheet<'_>, field: &str, lang: &str) -> Vec<(String, String, Option<Pictured>)> {
    let mut steps = sheet.kind.steps.iter();
    let Some(what) = steps.find_map(|step| step.paper_move(field)) else {
        return Vec::new();
    };
    let papers = sheet.suggested.papers.iter();
    let there = papers.filter(|paper| what.from(paper.state).is_ok());
    there
        .map(|paper| {
            (
                paper.number.to_string(),
                paper.names.in_lang(lang).to_owned(),
                paper.picture.clone(),
            )
        })
        .collect()
}

/// Open items under their headings.
fn items(atlas: &Atlas, lang: &str) -> Vec<Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for item in atlas.items().filter(|item| item.closed_at.is_none()) {
        let heading = item
            .code
            .with_ancestors()
            .pop()
            .unwrap_or_else(|| item.code.clone());
        let named = atlas
            .item(&heading)
            .map(|item| item.names.in_lang(lang).to_owned());
        let group = groups.entry(heading.to_string()).or_default();
        group.label = named.unwrap_or_else(|| heading.to_string());
        group
            .members
            .push((item.code.to_string(), item.names.in_lang(lang).to_owned()));
    }
    groups.into_values().collect()
}

/// Open cases like this one, each with why it is offered.
async fn like_cases(visit: &Visit, case: CaseId) -> Result<Vec<LikeCase>, Problem> {
    let app = &visit.state.app;
    let page = visit.page();
    let when = When {
        page: &page,
        now: app.now(),
        zone: app.config.time_zone.clone(),
    };
    let mut cases = Vec::new();
    for similar in similar::similar_to(app, &visit.actor, case).await? {
        let place = look::path(app, similar.place).await?;
        let place = place.map(|found| show::found_word(&page, &found));
        let about = [
            ("place", place.unwrap_or_default().into()),
            ("when", when.ago(similar.opened_at).into()),
            ("words", similar.words.join(&page.t("desk-and")).into()),
        ];
        cases.push(LikeCase {
            id: similar.id.to_string(),
            title: similar.title.unwrap_or_default(),
            about: page.ta("field-case-like", &about).into_owned(),
        });
    }
    Ok(cases)
}

pub(super) async fn place_state(
    visit: &Visit,
    name: &str,
    form: &Form,
) -> Result<PlaceState, Problem> {
    let app = &visit.state.app;
    let mut state = PlaceState {
        looking: Looking::of(name, form),
        ..PlaceState::default()
    };
    if let Some(code) = form.get(name).and_then(|code| code.parse().ok()) {
        state.chosen = look::path(app, code).await?;
    }
    match &state.looking {
        Looking::Not => {}
        Looking::For(text) => {
            visit.count(Purpose::Search)?;
            state.found = look::search(app, text.clone()).await?;
        }
        Looking::Inside(place) => {
            state.found = look::inside(app, place.clone()).await?;
            if let Some(place) = place {
                state.within = look::path(app, place.clone()).await?;
            }
        }
    }
    Ok(state)
}
