//! A kind of case, as callers see it: what it asks, its stages, steps and outcomes.

use huiyin_domain::case::{Asked, Field, FieldType, Kind, See, Show, Step, Target, Who};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::v1::tongue::Tongue;

/// A kind of case in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KindRow {
    /// What the kind is called in addresses and requests.
    pub kind: String,
    #[schema(example = "Appeal")]
    pub name: String,
    /// Whether staff bring these in for themselves; then there is no tracking code.
    pub internal: bool,
    /// Whether anybody may bring one in without having signed in.
    pub open_to_anyone: bool,
}

impl KindRow {
    pub fn of(kind: &Kind, tongue: &Tongue) -> KindRow {
        KindRow {
            kind: kind.slug.clone(),
            name: tongue.kind(&kind.slug),
            internal: kind.internal,
            open_to_anyone: kind.open.by.contains(&Who::Anyone),
        }
    }
}

/// The kinds in force, in the order of the pages.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Kinds {
    pub kinds: Vec<KindRow>,
}

/// A kind of case: what it asks, its stages, steps and outcomes.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Kind)]
pub struct KindShape {
    #[serde(flatten)]
    pub row: KindRow,
    /// The version of its definition; cases go on under the one they were opened with.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub version: String,
    /// The field whose beginning names a case in lists.
    #[schema(example = "description")]
    pub title_field: String,
    /// The field that says where.
    #[schema(example = "place")]
    pub place_field: String,
    /// Every field that some step asks for.
    pub fields: Vec<FieldShape>,
    /// What opening one asks.
    pub open: StepShape,
    pub stages: Vec<Stage>,
    pub steps: Vec<StepShape>,
    pub outcomes: Vec<Outcome>,
    /// When the public may see a case of this kind: `never`, `always` or `published`.
    #[schema(example = "never")]
    pub public: &'static str,
    /// The kinds into which a case of this kind can be converted.
    pub converts_to: Vec<String>,
}

impl KindShape {
    pub fn of(kind: &Kind, tongue: &Tongue) -> KindShape {
        let mut converts_to: Vec<String> = kind.converts_to().map(str::to_owned).collect();
        converts_to.dedup();
        KindShape {
            row: KindRow::of(kind, tongue),
            version: kind.hash.to_string(),
            title_field: kind.title_field.clone(),
            place_field: kind.place_field.clone(),
            fields: kind
                .fields
                .iter()
                .map(|field| FieldShape::of(kind, field, None, tongue))
                .collect(),
            open: StepShape::of(kind, &kind.open, tongue),
            stages: kind
                .stages
                .iter()
                .map(|stage| Stage {
                    stage: stage.name.clone(),
                    name: tongue.part(kind, "stage", &stage.name),
                    closed: stage.closed,
                })
                .collect(),
            steps: kind
                .steps
                .iter()
                .map(|step| StepShape::of(kind, step, tongue))
                .collect(),
            outcomes: kind
                .outcomes
                .iter()
                .map(|outcome| Outcome {
                    outcome: outcome.name.clone(),
                    name: tongue.part(kind, "outcome", &outcome.name),
                    solved: outcome.solved,
                })
                .collect(),
            public: match kind.public.show {
                Show::Never => "never",
                Show::Always => "always",
                Show::Published => "published",
            },
            converts_to,
        }
    }
}

/// A field that a kind asks for.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Field)]
pub struct FieldShape {
    /// What the field is called in `values`.
    #[schema(example = "description")]
    pub field: String,
    /// `text`, `person`, `phone`, `contact`, `address`, `choice`, `date`, `place`, `item`,
    /// `unit` and `case` are strings; `number` and `rating` integers; `yes-no` is a boolean;
    /// `choices`, `units` and `photos` are arrays of strings.
    #[serde(rename = "type")]
    #[schema(example = "text")]
    pub kind: &'static str,
    #[schema(example = "What is it about?")]
    pub label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Whether the step cannot be taken without it; only where a step is described.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// Who sees it: `owner`, `handlers`, `petitioner`, `public`, or `sealed`.
    #[schema(example = "handlers")]
    pub see: &'static str,
    /// The least number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// The most characters, files, or the greatest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// What may be chosen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub choices: Vec<Choice>,
}

/// One of several that may be chosen.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Choice {
    #[schema(example = "phone")]
    pub choice: String,
    #[schema(example = "By telephone")]
    pub name: String,
}

impl FieldShape {
    /// `asked` says how a step asks for it.
    pub fn of(kind: &Kind, field: &Field, asked: Option<&Asked>, tongue: &Tongue) -> FieldShape {
        let (min, max) = bounds(&field.kind);
        FieldShape {
            field: field.name.clone(),
            kind: field.kind.word(),
            label: tongue.part(kind, "field", &field.name),
            help: tongue.help(kind, &field.name),
            required: asked.map(|asked| asked.required),
            see: seen_by(kind, field),
            min,
            max,
            choices: choices(&field.kind)
                .into_iter()
                .map(|choice| Choice {
                    choice: choice.to_owned(),
                    name: tongue.choice(kind, &field.name, choice),
                })
                .collect(),
        }
    }
}

/// What may be chosen; `yes-no` needs no words for it.
fn choices(kind: &FieldType) -> Vec<&str> {
    match kind {
        FieldType::Choice(_) | FieldType::Choices(_) => kind.words(),
        _ => Vec::new(),
    }
}

fn bounds(kind: &FieldType) -> (Option<i64>, Option<i64>) {
    let count = |max: usize| i64::try_from(max).ok();
    match kind {
        FieldType::Text(text) => (None, count(text.max)),
        FieldType::Photos(photos) => (None, count(photos.max)),
        FieldType::Sounds(sounds) => (None, count(sounds.max)),
        FieldType::Signature(_) => (None, Some(1)),
        FieldType::Number(number) => (Some(number.min), Some(number.max)),
        FieldType::Rating(_) => (Some(1), Some(5)),
        _ => (None, None),
    }
}

fn seen_by(kind: &Kind, field: &Field) -> &'static str {
    match field.see {
        _ if field.kind.petitioner_part().is_some() => "sealed",
        _ if kind.signature_of(&field.name).is_some() => "sealed",
        See::Owner => "owner",
        See::Handlers => "handlers",
        See::Petitioner => "petitioner",
        See::Public => "public",
    }
}

/// Where a case stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Stage {
    #[schema(example = "in-hand")]
    pub stage: String,
    #[schema(example = "In hand")]
    pub name: String,
    /// Whether a case here has got its answer.
    pub closed: bool,
}

/// What really happened in the end.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Outcome {
    #[schema(example = "solved")]
    pub outcome: String,
    #[schema(example = "Solved")]
    pub name: String,
    /// Whether the person got what they came for, as far as figures go.
    pub solved: bool,
}

/// What moves a case.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Step)]
pub struct StepShape {
    #[schema(example = "accept")]
    pub step: String,
    #[schema(example = "We take this on")]
    pub name: String,
    /// The stages from which it can be taken; none for opening.
    #[schema(example = json!(["dispatched"]))]
    pub from: Vec<String>,
    /// The stages to which it may lead; none when the case stays, or goes on as another kind.
    #[schema(example = json!(["in-hand"]))]
    pub to: Vec<String>,
    /// Whether nobody takes it: a clock that ran out does.
    pub by_clock: bool,
    pub fields: Vec<FieldShape>,
}

impl StepShape {
    pub fn of(kind: &Kind, step: &Step, tongue: &Tongue) -> StepShape {
        StepShape {
            step: step.name.clone(),
            name: tongue.part(kind, "step", &step.name),
            from: step.from.clone(),
            to: match &step.to {
                Target::Stay | Target::OtherKind => Vec::new(),
                Target::Stage(stage) => vec![stage.clone()],
                Target::Branch { stages, .. } => {
                    let mut to: Vec<String> =
                        stages.iter().map(|(_, stage)| stage.clone()).collect();
                    to.sort();
                    to.dedup();
                    to
                }
            },
            by_clock: step.is_by_clock(),
            fields: asked(kind, &step.fields, tongue),
        }
    }
}

/// The fields that a step asks for.
pub(super) fn asked(kind: &Kind, asked: &[Asked], tongue: &Tongue) -> Vec<FieldShape> {
    asked
        .iter()
        .filter_map(|asked| {
            let field = kind.field(&asked.field)?;
            Some(FieldShape::of(kind, field, Some(asked), tongue))
        })
        .collect()
}
