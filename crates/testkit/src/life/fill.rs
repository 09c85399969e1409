//! What people write into the fields that they are asked: something that fits, not anything.

use std::net::{IpAddr, Ipv4Addr};

use huiyin_app::cases::read::{CasePage, Offer};
use huiyin_app::files::upload::{self, upload};
use huiyin_app::limits::Peer;
use huiyin_domain::access::{Actor, HeldPost};
use huiyin_domain::case::{Asked, Field, FieldType, Kind, Step, Value, Values};
use huiyin_domain::id::UnitId;
use huiyin_domain::person::Role;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::unit::{ItemCode, UnitCategory};
use huiyin_domain::words::Lang;
use jiff::SignedDuration;
use rand::Rng;
use rand::seq::{IndexedRandom, IteratorRandom};

use super::Life;
use huiyin_domain::procedure::{PaperState, builtin_procedures};

use crate::town::pictures::Subject;
use crate::town::{Template, Texts};

use super::pools::pool;

/// The field in which staff write what the wall says: here the words of whoever asked, as
/// the texts of the town name nobody.
const PUBLIC_TEXT: &str = "public_text";

/// Somebody who fills in a form.
pub(crate) struct Writer<'l> {
    life: &'l mut Life,
    language: Lang,
    /// What they have come to say, when they bring something in.
    template: Option<&'static Template>,
    /// What the case began with, when they write about one.
    origin: Option<&'static Template>,
    /// The outcome that they have chosen: an answer fits it.
    outcome: Option<String>,
    /// Whether this step was taken before, and did not content.
    is_again: bool,
    /// What the case is about, when it is known.
    item: Option<ItemCode>,
    duty_units: Vec<UnitId>,
    called: Vec<UnitId>,
    /// The papers of the errand that they write about, and where each is.
    papers: Vec<(u32, PaperState)>,
    /// What was said when the case came in.
    matter: Option<String>,
    /// Whether the person is content, when they judge.
    is_content: bool,
    /// The post of whoever writes something down: they speak of their own area.
    post: Option<HeldPost>,
}

impl<'l> Writer<'l> {
    pub fn new(life: &'l mut Life) -> Writer<'l> {
        let is_content = life.rng.random_bool(0.86);
        Writer {
            life,
            language: Lang::ZH,
            template: None,
            origin: None,
            outcome: None,
            is_again: false,
            item: None,
            duty_units: Vec::new(),
            called: Vec::new(),
            papers: Vec::new(),
            matter: None,
            is_content,
            post: None,
        }
    }

    /// The form of a kind, filled in; and the language of whoever did.
    pub async fn opening(&mut self, kind: &Kind, actor: &Actor) -> (Values, Lang) {
        self.post = actor.posts.first().cloned();
        let is_staff = actor.is_staff();
        let texts = Texts::get();
        let templates = match kind.slug.as_str() {
            "wish" => &texts.wishes,
            "whistle" => &texts.whistles,
            _ if asks_for_service(kind) => &texts.orders,
            _ => &texts.appeals,
        };
        let template = templates.choose(&mut self.life.rng);
        let template = template.expect("there are texts of each sort");
        self.template = Some(template);
        self.item = template.item.clone();
        self.language = template.language.parse().unwrap_or(Lang::ZH);
        let asked: Vec<Asked> = kind
            .open
            .fields
            .iter()
            .filter(|asked| is_staff || !asked.staff_only)
            .cloned()
            .collect();
        (self.fill(kind, &kind.open, &asked).await, self.language)
    }

    /// What a step asks, filled in.
    pub async fn step(&mut self, page: &CasePage, offer: &Offer) -> Values {
        self.language = Life::language_of(&page.title);
        self.item = page.case.item.clone();
        let matter = page.values.get(&page.kind.title_field);
        self.matter = matter.and_then(Value::as_text).map(str::to_owned);
        let matter = self.matter.as_deref();
        self.origin = matter.and_then(|matter| Texts::get().behind(matter));
        self.is_again = page.entries.iter().any(|entry| entry.step == offer.step);
        if let Some(duty) = &page.facts.duty {
            self.duty_units = std::iter::once(duty.unit)
                .chain(duty.assisting.clone())
                .collect();
        }
        let papers = page.errand.iter().flat_map(|errand| &errand.papers);
        self.papers = papers.map(|paper| (paper.number, paper.state)).collect();
        self.called = page.case.calls.iter().map(|call| call.unit).collect();
        if let Some(item) = self.origin.and_then(|origin| origin.item.as_ref()) {
            self.item = Some(item.clone());
        } else if self.item.is_none() {
            self.item = self.guess(&page.title);
        }
        match page.kind.step(&offer.step) {
            Some(step) => self.fill(&page.kind, step, &offer.asked).await,
            None => Values::new(),
        }
    }

    fn guess(&self, text: &str) -> Option<ItemCode> {
        let best = self.life.items.suggest(text, 1);
        best.first().and_then(|best| best.code.parse().ok())
    }

    async fn fill(&mut self, kind: &Kind, step: &Step, asked: &[Asked]) -> Values {
        let mut values = Values::new();
        for asked in asked {
            let Some(field) = kind.field(&asked.field) else {
                continue;
            };
            let is_needed = asked.required
                || field.name == kind.title_field
                || field.name == kind.place_field
                || self.life.rng.random_bool(likelihood(&field.kind));
            if !is_needed {
                continue;
            }
            if let Some(value) = self.value(kind, step, field).await {
                values.insert(field.name.clone(), value);
            }
        }
        self.fit_service(kind, &mut values);
        values
    }

    /// The service that is meant, from a menu of the place where it is wanted.
    fn fit_service(&mut self, kind: &Kind, values: &mut Values) {
        let Some(Value::Place(place)) = values.get(&kind.place_field).cloned() else {
            return;
        };
        let today = self.life.app.config.day(self.life.app.now());
        let menu = self.life.town.menu.iter();
        let offered = menu.filter(|line| line.service.is_offered(&place, today));
        let lines: Vec<_> = offered.collect();
        let meant = |line: &&&crate::town::Line| {
            let template = self.template;
            template.is_some_and(|template| template.is_marked(line.key))
        };
        let Some(line) = lines.iter().find(meant).or(lines.first()) else {
            return;
        };
        let id = line.service.id;
        for value in values.values_mut() {
            if let Value::Service(service) = value {
                *service = id;
            }
        }
    }

    async fn value(&mut self, kind: &Kind, step: &Step, field: &Field) -> Option<Value> {
        Some(match &field.kind {
            FieldType::Text(text) => Value::Text(self.text(kind, step, field, text.max)),
            FieldType::Choice(choice) => Value::Choice(self.choice(&choice.choices)?),
            FieldType::Choices(choices) => {
                let chosen = choices.choices.iter().choose(&mut self.life.rng);
                Value::Choices(chosen.cloned().into_iter().collect())
            }
            FieldType::Number(number) => {
                let most = number.max.min(number.min.saturating_add(30));
                Value::Number(self.life.rng.random_range(number.min..=most))
            }
            FieldType::Date(_) => Value::Date(self.date()),
            FieldType::Place(_) => Value::Place(self.place()),
            FieldType::Item(_) => Value::Item(self.item.clone().or_else(|| self.any_item())?),
            FieldType::Unit(_) => Value::Unit(self.unit()?),
            FieldType::Units(_) => Value::Units(self.units()),
            FieldType::Photos(_) => self.photo().await?,
            FieldType::Signature(_) => self.drawn(Subject::Signature).await?,
            // Nobody speaks in this town.
            FieldType::Sounds(_) => return None,
            FieldType::YesNo(_) => Value::YesNo(self.yes_or_no(&field.name)),
            FieldType::Rating(_) => Value::Rating(match self.is_content {
                true => self.life.rng.random_range(4..=5),
                false => self.life.rng.random_range(1..=3),
            }),
            FieldType::Case(_) => Value::Case(*self.life.open.choose(&mut self.life.rng)?),
            FieldType::Person(_) => Value::Text(self.name()),
            FieldType::Phone(_) | FieldType::Contact(_) => Value::Text(self.contact()),
            FieldType::Address(_) => Value::Text(self.address()),
            FieldType::Emergency(_) => Value::Text(self.contact()),
            FieldType::Procedure(_) => {
                let (slug, _) = builtin_procedures().first()?;
                Value::Choice((*slug).to_owned())
            }
            FieldType::Papers(_) => self.papers(step, &field.name)?,
            FieldType::Service(_) => Value::Service(self.life.town.menu.first()?.service.id),
        })
    }

    /// Every paper that is where the step takes it from.
    fn papers(&self, step: &Step, field: &str) -> Option<Value> {
        let what = step.paper_move(field)?;
        let there = self
            .papers
            .iter()
            .filter(|(_, state)| what.from(*state).is_ok());
        let numbers: Vec<String> = there.map(|(number, _)| number.to_string()).collect();
        (!numbers.is_empty()).then_some(Value::Choices(numbers))
    }

    fn text(&mut self, kind: &Kind, step: &Step, field: &Field, max: usize) -> String {
        let text = match self.template {
            _ if kind.signature_of(&field.name).is_some() => self.name(),
            Some(template) if field.name == kind.title_field => template.fill(&mut self.life.rng),
            _ if field.name == PUBLIC_TEXT && self.matter.is_some() => {
                self.matter.clone().unwrap_or_default()
            }
            _ => self.says(pool(&step.name, &field.name, self.is_content)),
        };
        text.chars().take(max).collect()
    }

    /// What fits this very matter; else what fits what it is about.
    fn says(&mut self, pool: &str) -> String {
        let pool = match pool {
            "answer" if self.is_again => "answer-again",
            pool => pool,
        };
        let name = match pool {
            "answer" => self.outcome.as_deref().unwrap_or(pool),
            pool => pool,
        };
        if let Some(line) = self.origin.and_then(|origin| origin.line(name)) {
            return line.to_owned();
        }
        let language = self.language.as_str();
        let rng = &mut self.life.rng;
        Texts::get().say_of(pool, language, self.item.as_ref(), rng)
    }

    /// What fits the matter. Else the first choice is the plain one; whoever is not content
    /// takes another.
    fn choice(&mut self, choices: &[String]) -> Option<String> {
        let fitting = self.origin.map(|origin| origin.fitting(choices));
        let fitting = fitting.unwrap_or_default();
        if let Some(&fits) = fitting.choose(&mut self.life.rng)
            && !self.is_again
        {
            self.outcome = Some(fits.clone());
            return Some(fits.clone());
        }
        let usual = if self.is_content { 0.85 } else { 0.2 };
        match self.life.rng.random_bool(usual) || self.is_again {
            true => choices.first().cloned(),
            false => choices.choose(&mut self.life.rng).cloned(),
        }
    }

    fn date(&mut self) -> jiff::civil::Date {
        let days = self.life.rng.random_range(1..=6);
        let then = self.life.app.now() + SignedDuration::from_hours(24 * days);
        self.life.app.config.day(then)
    }

    /// Mostly a building; sometimes only the community is known.
    fn place(&mut self) -> PlaceCode {
        let level = match self.life.rng.random_range(0..10) {
            0 | 1 => Level::Community,
            2 | 3 => Level::Grid,
            4..=6 => Level::Building,
            _ => Level::Door,
        };
        let post = self.post.as_ref();
        let is_here = |code: &PlaceCode| post.is_none_or(|post| code.is_within(&post.place));
        let places = self.life.town.places_at(level);
        let place = places
            .filter(|place| is_here(&place.code))
            .choose(&mut self.life.rng);
        match (place, post) {
            (Some(place), _) => place.code.clone(),
            // Their area is smaller than that.
            (None, Some(post)) => post.place.clone(),
            (None, None) => unreachable!("the town has places of every level"),
        }
    }

    fn any_item(&mut self) -> Option<ItemCode> {
        let items = self.life.town.items.iter();
        items
            .choose(&mut self.life.rng)
            .map(|item| item.code.clone())
    }

    /// A unit: one that is there already, the one of the duty list, or some department.
    fn unit(&mut self) -> Option<UnitId> {
        let near = if self.called.is_empty() {
            &self.duty_units
        } else {
            &self.called
        };
        if let Some(&unit) = near.choose(&mut self.life.rng)
            && self.life.rng.random_bool(0.85)
        {
            return Some(unit);
        }
        self.departments().choose(&mut self.life.rng).copied()
    }

    fn units(&mut self) -> Vec<UnitId> {
        if let Some(next) = self.next_above() {
            return vec![next];
        }
        let of_item = self.item.as_ref().and_then(|item| {
            let duties = self.life.town.duties.iter();
            duties.into_iter().find(|duty| &duty.item == item)
        });
        let mut units: Vec<UnitId> = of_item
            .map(|duty| {
                std::iter::once(duty.unit)
                    .chain(duty.assisting.clone())
                    .collect()
            })
            .unwrap_or_default();
        let more = self.life.rng.random_range(0..=1) + usize::from(units.is_empty());
        let departments = self.departments();
        units.extend(
            departments
                .iter()
                .copied()
                .choose_multiple(&mut self.life.rng, more),
        );
        units.sort();
        units.dedup();
        units
    }

    /// Whom a grid worker or a community calls: the office one level up. Others call departments.
    fn next_above(&self) -> Option<UnitId> {
        let post = self.post.as_ref()?;
        let level = match post.role {
            Role::GridWorker => Level::Community,
            Role::Community => Level::Street,
            _ => return None,
        };
        let office = self.life.town.office_of(&post.place.at(level)?)?;
        Some(office.id)
    }

    fn departments(&self) -> Vec<UnitId> {
        self.life
            .town
            .units
            .iter()
            .filter(|unit| unit.category == UnitCategory::Department)
            .map(|unit| unit.id)
            .collect()
    }

    async fn photo(&mut self) -> Option<Value> {
        let wants = match self.template {
            Some(template) => template.has_photo,
            None => self.life.rng.random_ratio(1, 8),
        };
        if !wants || self.life.rng.random_range(0..100) >= self.life.pace.photos_percent {
            return None;
        }
        let subject = match self.template {
            Some(_) => Subject::of(self.item.as_ref()),
            None => Subject::Repaired,
        };
        self.drawn(subject).await
    }

    async fn drawn(&mut self, subject: Subject) -> Option<Value> {
        let address: [u8; 3] = self.life.rng.random();
        let request = upload::Request {
            bytes: self.life.album.picture(subject, &mut self.life.rng),
            name: "photo.jpg".to_owned(),
            peer: Peer::new(IpAddr::V4(Ipv4Addr::new(
                10, address[0], address[1], address[2],
            ))),
        };
        let file = upload(&self.life.app, request).await.ok()?;
        Some(Value::Files(vec![file.id]))
    }

    fn yes_or_no(&mut self, field: &str) -> bool {
        // What is seldom so: a child alone at home, somebody who has been there before.
        if ["minor", "again"].iter().any(|word| field.contains(word)) {
            return self.life.rng.random_ratio(1, 12);
        }
        match (field.contains("urgent"), self.template) {
            (true, Some(template)) => template.is_urgent,
            (true, None) => self.life.rng.random_ratio(1, 12),
            (false, _) => self.is_content,
        }
    }

    fn name(&mut self) -> String {
        let people = self.life.town.people.iter();
        let person = people
            .choose(&mut self.life.rng)
            .expect("the town has people");
        person.name.clone()
    }

    fn contact(&mut self) -> String {
        let number: u32 = self.life.rng.random_range(1..10_000);
        match self.life.rng.random_bool(0.5) {
            true => format!("130{number:08}"),
            false => format!("resident{number}@tingxi.example"),
        }
    }

    fn address(&mut self) -> String {
        let place = self.place();
        let path = place.with_ancestors();
        let near = path.iter().take(2).rev();
        near.filter_map(|code| {
            self.life
                .town
                .places
                .iter()
                .find(|place| &place.code == code)
        })
        .map(|place| place.names.in_lang(self.language.as_str()))
        .collect::<Vec<_>>()
        .join(" ")
    }
}

/// How often somebody fills in what they need not.
fn likelihood(field: &FieldType) -> f64 {
    match field {
        FieldType::Photos(_) => 1.0,
        FieldType::Phone(_) | FieldType::Contact(_) => 0.7,
        FieldType::Person(_) => 0.6,
        FieldType::Item(_) | FieldType::YesNo(_) => 0.8,
        FieldType::Case(_) | FieldType::Units(_) | FieldType::Unit(_) => 0.0,
        _ => 0.35,
    }
}

/// Whether a kind is opened by choosing from a menu.
fn asks_for_service(kind: &Kind) -> bool {
    let is_service = |field: &Field| matches!(field.kind, FieldType::Service(_));
    let mut asked = kind.open.fields.iter();
    asked.any(|asked| kind.field(&asked.field).is_some_and(is_service))
}
