//! The supervision board: what will be late and why, those cases first that need a supervisor
//! most, with the steps by which one may help; and how units and places stand.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::RawQuery;
use huiyin_app::atlas::Atlas;
use huiyin_app::cases::list::BoardLine;
use huiyin_app::supervision::board::{self, Board, ROWS_MAX, Request, Span, Watched};
use huiyin_domain::case::{Kinds, ReasonOf};
use huiyin_domain::id::UnitId;
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_domain::supervision::{Reason, Standstill};

use crate::form::Form;
use crate::layout::Page;
use crate::visit::{Answer, Visit, html};
use crate::when::When;

use super::inbox::{Choice, Tab};
use super::show::{self, RowView};

const HERE: &str = "/desk/supervision";
/// More steps than these stand on the case's own page.
const STEPS_MAX: usize = 4;

#[derive(Template)]
#[template(path = "pages/desk/supervision.html")]
struct SupervisionPage<'a> {
    page: &'a Page,
    sentence: String,
    tabs: Vec<(Tab, String)>,
    span: &'static str,
    units: Vec<Choice>,
    places: Vec<Choice>,
    is_narrowed: bool,
    rows: Vec<Row>,
    more: String,
    tables: Vec<Table>,
}

struct Row {
    row: RowView,
    reasons: Vec<ReasonView>,
    steps: Vec<StepLink>,
}

struct ReasonView {
    sign: &'static str,
    text: String,
}

struct StepLink {
    href: String,
    label: String,
}

struct Table {
    title: String,
    what: String,
    rows: Vec<Stand>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Stand {
    href: String,
    name: String,
    urgent: i64,
    late: i64,
    soon: [i64; 3],
}

/// What somebody asked of the board, as it stands in the address.
struct Asked {
    span: Span,
    unit: Option<UnitId>,
    place: Option<PlaceCode>,
}

impl Asked {
    fn read(query: Option<&str>) -> Asked {
        let form = Form::from_query(query.unwrap_or_default()).unwrap_or_default();
        let span = form.text("span");
        let named = Span::ALL.into_iter().find(|known| known.word() == span);
        Asked {
            span: named.unwrap_or_default(),
            unit: form.text("unit").parse().ok(),
            place: form.text("place").parse().ok(),
        }
    }

    fn address(span: Span, unit: Option<UnitId>, place: Option<&PlaceCode>) -> String {
        let unit = unit.map(|unit| format!("&unit={unit}")).unwrap_or_default();
        let place = place.map(|place| format!("&place={place}"));
        let place = place.unwrap_or_default();
        format!("{HERE}?span={}{unit}{place}", span.word())
    }
}

pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let app = &visit.state.app;
    let asked = Asked::read(query.as_deref());
    let page = visit.page();
    let request = Request {
        span: asked.span,
        owner: asked.unit,
        place: asked.place.clone(),
    };
    let board = board::board(app, &visit.actor, request).await?;
    let atlas = app.atlas_now().await?;
    let kinds = app.kinds();
    let teller = Teller {
        page: &page,
        when: show::when(&visit, &page),
        kinds: &kinds,
        atlas: &atlas,
        board: &board,
        asked: &asked,
    };
    let counts = Span::ALL.map(|span| teller.count(span));
    let is_full = board.list.rows.len() >= ROWS_MAX;
    let first = || page.tn("supervision-first", "count", as_i64(ROWS_MAX));
    let more = is_full.then(|| first().into_owned());
    html(&SupervisionPage {
        sentence: teller.sentence(counts),
        tabs: teller
            .tabs()
            .into_iter()
            .zip(counts.map(|count| count.to_string()))
            .collect(),
        span: asked.span.word(),
        units: teller.units(),
        places: teller.places(),
        is_narrowed: asked.unit.is_some() || asked.place.is_some(),
        rows: teller.rows(),
        more: more.unwrap_or_default(),
        tables: vec![teller.by_unit(), teller.by_place()],
        page: &page,
    })
}

fn as_i64(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The board in the reader's words.
struct Teller<'a> {
    page: &'a Page,
    when: When<'a>,
    kinds: &'a Kinds,
    atlas: &'a Atlas,
    board: &'a Board,
    asked: &'a Asked,
}

impl Teller<'_> {
    fn said(&self, key: &str) -> String {
        self.page.t(key).into_owned()
    }

    fn unit(&self, unit: Option<UnitId>) -> String {
        let Some(id) = unit else {
            return self.said("desk-a-volunteer");
        };
        let known = self.atlas.unit(id);
        let name = known.map(|unit| unit.names.in_lang(self.page.lang.as_str()).to_owned());
        name.unwrap_or_else(|| self.said("desk-some-unit"))
    }

    fn street(&self, code: &PlaceCode) -> String {
        let names: Option<&Names> = self.board.streets.get(code);
        let name = names.map(|names| names.in_lang(self.page.lang.as_str()).to_owned());
        name.unwrap_or_else(|| code.to_string())
    }

    /// The lines that what was asked narrows the board to.
    fn lines(&self) -> impl Iterator<Item = &BoardLine> {
        let Asked { unit, place, .. } = self.asked;
        let fits = move |line: &&BoardLine| {
            unit.is_none_or(|unit| line.unit == Some(unit))
                && place
                    .as_ref()
                    .is_none_or(|place| line.street.is_within(place))
        };
        self.board.lines.iter().filter(fits)
    }

    fn count(&self, span: Span) -> i64 {
        self.lines().map(|line| span.count(line)).sum()
    }

    fn sentence(&self, [late, today, _, week]: [i64; 4]) -> String {
        let args = [
            ("late", late.into()),
            ("today", today.into()),
            ("week", week.into()),
        ];
        self.page.ta("supervision-sentence", &args).into_owned()
    }

    fn tabs(&self) -> [Tab; 4] {
        Span::ALL.map(|span| Tab {
            href: Asked::address(span, self.asked.unit, self.asked.place.as_ref()),
            label: self.said(&format!("supervision-span-{}", span.word())),
            here: span == self.asked.span,
        })
    }

    fn units(&self) -> Vec<Choice> {
        let mut units: BTreeMap<UnitId, String> = BTreeMap::new();
        for unit in self.board.lines.iter().filter_map(|line| line.unit) {
            units.entry(unit).or_insert_with(|| self.unit(Some(unit)));
        }
        let choice = |(unit, label): (UnitId, String)| Choice {
            value: unit.to_string(),
            chosen: self.asked.unit == Some(unit),
            label,
        };
        units.into_iter().map(choice).collect()
    }

    fn places(&self) -> Vec<Choice> {
        let choice = |code: &PlaceCode| Choice {
            value: code.to_string(),
            label: self.street(code),
            chosen: self.asked.place.as_ref() == Some(code),
        };
        self.board.streets.keys().map(choice).collect()
    }

    fn rows(&self) -> Vec<Row> {
        let views = show::rows(&self.when, self.kinds, &self.board.list);
        let nothing = Watched::default();
        let cases = self.board.list.rows.iter().zip(views);
        cases
            .map(|(case, row)| {
                let watched = self.board.watched.get(&case.id).unwrap_or(&nothing);
                Row {
                    reasons: self.reasons(&case.kind, &watched.reasons),
                    steps: self.steps(&case.kind, &row.id, &watched.steps),
                    row,
                }
            })
            .collect()
    }

    fn steps(&self, slug: &str, case: &str, steps: &[String]) -> Vec<StepLink> {
        let link = |step: &String| StepLink {
            href: format!("/desk/cases/{case}?step={step}#step-{step}"),
            label: show::step_word(self.page, slug, step),
        };
        steps.iter().take(STEPS_MAX).map(link).collect()
    }

    /// Why, in sentences; that it is simply due when nothing else is known.
    fn reasons(&self, slug: &str, reasons: &[Reason]) -> Vec<ReasonView> {
        if reasons.is_empty() {
            return vec![ReasonView {
                sign: "clock",
                text: self.said("supervision-why-due"),
            }];
        }
        reasons
            .iter()
            .map(|reason| self.reason(slug, reason))
            .collect()
    }

    fn reason(&self, slug: &str, reason: &Reason) -> ReasonView {
        let key = format!("supervision-why-{}", reason.word());
        let times = |times: &u32| self.page.tn(&key, "times", i64::from(*times)).into_owned();
        let (sign, text) = match reason {
            Reason::Urgent => ("urgent", self.said(&key)),
            Reason::Unread { since } => (
                "eye-off",
                self.page
                    .ts(&key, "ago", &self.when.ago(*since))
                    .into_owned(),
            ),
            Reason::Unmoved { times: count } => ("bell", times(count)),
            Reason::ToAndFro { times: count } => ("arrows-split", times(count)),
            Reason::AssistLate { units } => {
                let names = units.iter().map(|unit| self.unit(Some(*unit)));
                let names = names.collect::<Vec<_>>().join(&self.said("desk-and"));
                ("users", self.page.ts(&key, "units", &names).into_owned())
            }
            Reason::SameStage { since } => {
                let span = self.when.now.duration_since(*since);
                let span = self.when.span(span);
                (
                    "clock-hour-4",
                    self.page.ts(&key, "span", &span).into_owned(),
                )
            }
            Reason::TheirTurn => ("message", self.said(&key)),
            Reason::Waits(standstill) => ("player-pause", self.waits(&key, slug, standstill)),
        };
        ReasonView { sign, text }
    }

    /// For what a clock stands, in the words of its kind.
    fn waits(&self, key: &str, slug: &str, standstill: &Standstill) -> String {
        let kind = self.kinds.by_slug(slug);
        let why = kind.map_or_else(
            || standstill.why.clone(),
            |kind| self.said(&kind.reason_key(ReasonOf::Pause, &standstill.why)),
        );
        let args = [
            ("why", why.into()),
            ("until", self.when.moment(standstill.until).into()),
        ];
        self.page.ta(key, &args).into_owned()
    }

    fn by_unit(&self) -> Table {
        let mut rows: BTreeMap<Option<UnitId>, Stand> = BTreeMap::new();
        for line in self.lines() {
            add(rows.entry(line.unit).or_default(), line);
        }
        let rows = rows.into_iter().map(|(unit, row)| Stand {
            // Volunteers are people, and no list is made of one person's cases.
            href: unit.map_or_else(String::new, |unit| {
                Asked::address(self.asked.span, Some(unit), self.asked.place.as_ref())
            }),
            name: self.unit(unit),
            ..row
        });
        self.table("supervision-by-unit", "desk-figures-unit", rows.collect())
    }

    fn by_place(&self) -> Table {
        let mut rows: BTreeMap<&PlaceCode, Stand> = BTreeMap::new();
        for line in self.lines() {
            add(rows.entry(&line.street).or_default(), line);
        }
        let rows = rows.into_iter().map(|(street, row)| Stand {
            href: Asked::address(self.asked.span, self.asked.unit, Some(street)),
            name: self.street(street),
            ..row
        });
        self.table("supervision-by-place", "desk-place", rows.collect())
    }

    /// Those with most that is late or soon will be first; those with nothing left out.
    fn table(&self, title: &str, what: &str, mut rows: Vec<Stand>) -> Table {
        rows.retain(|row| row.late + row.soon[2] + row.urgent > 0);
        rows.sort_by_key(|row| (-row.late, row.soon.map(|count| -count)));
        Table {
            title: self.said(title),
            what: self.said(what),
            rows,
        }
    }
}

fn add(row: &mut Stand, line: &BoardLine) {
    row.urgent += line.urgent;
    row.late += line.late;
    for (sum, count) in row.soon.iter_mut().zip(line.soon) {
        *sum += count;
    }
}
