//! What happened to a case: its history as a conversation, and the units that take part,
//! with their own clocks.

use huiyin_app::cases::read::EntryView;
use huiyin_domain::case::{Call, CallState, Kind, See, Value};
use huiyin_domain::id::UnitId;
use jiff::Timestamp;

use crate::when::Left;

use super::case_photos::Photo;
use super::case_view::{Letter, Line};
use super::show;

/// A unit that takes part beside the owner.
pub struct CallView {
    pub unit: String,
    pub part: String,
    pub state: String,
    pub tone: &'static str,
    pub sign: &'static str,
    pub left: Option<Left>,
    pub came: String,
    pub rating: String,
}

/// One line of the history.
pub struct HistoryLine {
    pub kind: &'static str,
    pub who: String,
    pub did: String,
    pub when: String,
    pub took: String,
    pub says: Vec<Line>,
    pub photos: Vec<Photo>,
}

impl Letter<'_> {
    /// The units that take part, those that are awaited first.
    pub fn calls(&self) -> Vec<CallView> {
        let mut calls: Vec<&Call> = self.case.case.calls.iter().collect();
        calls.sort_by_key(|call| (!call.state.is_awaited(), call.due_at));
        calls.into_iter().map(|call| self.call(call)).collect()
    }

    fn call(&self, call: &Call) -> CallView {
        let (tone, sign) = match call.state {
            CallState::Waiting if call.late_at.is_some() => ("late", "alert-triangle"),
            CallState::Waiting | CallState::Insisted => ("wait", "hourglass"),
            CallState::Coming => ("info", "clock"),
            CallState::Present => ("work", "user-check"),
            CallState::Objecting => ("late", "hand-stop"),
            CallState::Done => ("done", "circle-check"),
            CallState::Released => ("quiet", "ban"),
        };
        let due = call.due_at.filter(|_| call.state.is_awaited());
        CallView {
            unit: self.unit(call.unit),
            part: self.said(&format!("desk-call-{}", call.role.word())),
            state: self.said(&format!("desk-call-is-{}", call.state.word())),
            tone,
            sign,
            left: due.map(|due| show::left(self.when, self.called_at(call.unit), due)),
            came: if call.late_at.is_some() {
                self.said("desk-call-came-late")
            } else {
                String::new()
            },
            rating: call
                .rating
                .map(|r| self.said(&format!("rating-{r}")))
                .unwrap_or_default(),
        }
    }

    /// When a unit was first named in the history; the opening when it never was.
    fn called_at(&self, unit: UnitId) -> Timestamp {
        let names_it = |entry: &&EntryView| {
            entry.says.values().any(|value| match value {
                Value::Units(units) => units.contains(&unit),
                Value::Unit(one) => *one == unit,
                _ => false,
            })
        };
        let entry = self.case.entries.iter().rev().find(names_it);
        entry.map_or(self.case.case.opened_at, |entry| entry.at)
    }

    /// The history, first entry first, with the time that each took.
    pub fn history(&self) -> Vec<HistoryLine> {
        let mut before: Option<Timestamp> = None;
        let mut lines = Vec::with_capacity(self.case.entries.len());
        for entry in &self.case.entries {
            lines.push(self.entry(entry, before));
            before = Some(entry.at);
        }
        lines
    }

    fn entry(&self, entry: &EntryView, before: Option<Timestamp>) -> HistoryLine {
        let kind = &entry.kind;
        // What came in stands above, as the matter itself.
        let (says, photos) = match &entry.from {
            Some(_) => (self.says(kind, entry), self.photos_in(kind, &entry.says)),
            None => (Vec::new(), Vec::new()),
        };
        let since = before.map(|before| entry.at.duration_since(before));
        HistoryLine {
            kind: self.entry_kind(entry, says.is_empty() && photos.is_empty()),
            who: self.who(entry),
            did: self.said(&format!("{}-done-{}", kind.slug, entry.step)),
            when: self.when.moment(entry.at),
            took: since
                .filter(|span| span.as_secs() >= 60)
                .map_or_else(String::new, |span| {
                    self.page
                        .ts("desk-after", "span", &self.when.span(span))
                        .into_owned()
                }),
            says,
            photos,
        }
    }

    /// What was said with a step: texts first, as they are, then the rest with its labels.
    fn says(&self, kind: &Kind, entry: &EntryView) -> Vec<Line> {
        let mut said = Vec::new();
        for field in &kind.fields {
            let Some(value) = entry.says.get(&field.name) else {
                continue;
            };
            let Some(text) = self.text_of(kind, &field.name, value) else {
                continue;
            };
            let label = show::field_word(self.page, &kind.slug, &field.name);
            match value {
                Value::Text(_) if said.iter().all(|line: &Line| !line.label.is_empty()) => {
                    said.insert(0, Line::new(String::new(), text));
                }
                _ => said.push(Line::new(label, text)),
            }
        }
        said
    }

    fn entry_kind(&self, entry: &EntryView, is_mute: bool) -> &'static str {
        let kind = &entry.kind;
        let step = kind.step(&entry.step);
        let stays = entry.from.as_deref() == Some(entry.to.as_str());
        let to_petitioner = step.is_some_and(|step| {
            let seen = |name: &str| {
                kind.field(name)
                    .is_some_and(|field| field.see >= See::Petitioner)
            };
            step.fields.iter().any(|asked| seen(&asked.field))
        });
        // Sorting it anew is no news to anybody.
        let speaks = entry
            .says
            .values()
            .any(|value| matches!(value, Value::Text(_)));
        match entry.acting.as_str() {
            "clock" | "system" => "machine",
            "petitioner" | "anyone" | "person" => "said",
            _ if is_mute => "machine",
            _ if entry.from.is_none() => "said",
            _ if entry
                .says
                .values()
                .any(|v| matches!(v, Value::Choice(c) if kind.outcome(c).is_some())) =>
            {
                "answer"
            }
            _ if stays && to_petitioner && speaks => "interim",
            _ if self.is_ours(entry) => "mine",
            _ => "said",
        }
    }

    /// Whether somebody of the reader's own units did it.
    fn is_ours(&self, entry: &EntryView) -> bool {
        let mut posts = self.actor.posts.iter();
        posts.any(|post| Some(post.unit) == entry.unit)
    }

    /// Post and unit rather than a name.
    pub(super) fn who(&self, entry: &EntryView) -> String {
        match (entry.acting.as_str(), entry.unit) {
            (_, Some(unit)) => self.unit(unit),
            (word, None) => self.said(&format!("desk-acting-{word}")),
        }
    }
}
