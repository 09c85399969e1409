//! Norms: how long something may take, as published: by item, urgency and sort of request, from
//! a day on. A line that has counted is never rewritten; a new one counts from its own day.

use jiff::civil::Date;

use crate::calendar::Span;
use crate::unit::ItemCode;

/// For what a limit holds. What is left out holds for all.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    /// With everything below it.
    pub item: Option<ItemCode>,
    /// The sort of request, a word of the kind's own.
    pub request: Option<String>,
    pub urgency: Urgency,
}

/// Whether a limit is one for urgent cases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    #[default]
    Plain,
    Urgent,
}

impl Urgency {
    pub const ALL: [Urgency; 2] = [Urgency::Plain, Urgency::Urgent];

    /// The word for it in files, columns and forms.
    pub fn word(self) -> &'static str {
        match self {
            Urgency::Plain => "plain",
            Urgency::Urgent => "urgent",
        }
    }
}

impl std::str::FromStr for Urgency {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let found = Urgency::ALL.into_iter().find(|known| known.word() == text);
        found.ok_or(())
    }
}

/// A limit and for what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub scope: Scope,
    pub limit: Span,
}

/// A line of the table of norms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Norm {
    /// The slug of a kind.
    pub kind: String,
    /// One of its clocks or terms.
    pub clock: String,
    pub from_day: Date,
    pub line: Line,
}

/// Of what the limit is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    pub kind: &'a str,
    pub clock: &'a str,
    pub item: Option<&'a ItemCode>,
    pub request: Option<&'a str>,
    pub urgency: Urgency,
    /// The day on which the time begins.
    pub day: Date,
}

/// All norms of the house.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Norms(Vec<Norm>);

impl Norms {
    pub fn new(norms: Vec<Norm>) -> Norms {
        Norms(norms)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Norm> {
        self.0.iter()
    }

    /// The limit that holds: of the lines that fit, the one for the most special item, then one
    /// for this sort of request before one for all, then the latest. `published` are the lines
    /// that come with the kind; they hold since ever.
    pub fn limit(&self, published: &[Line], asked: &Question<'_>) -> Option<Span> {
        let own = self.0.iter().filter(|norm| {
            norm.kind == asked.kind && norm.clock == asked.clock && norm.from_day <= asked.day
        });
        let own = own.map(|norm| (&norm.line, Some(norm.from_day)));
        let all = published.iter().map(|line| (line, None)).chain(own);
        let fitting = all.filter(|(line, _)| line.scope.holds(asked));
        let (line, _) = fitting.max_by_key(|(line, since)| {
            let item = line.scope.item.as_ref();
            let special = item.map_or(0, |item| item.as_str().len());
            (special, line.scope.request.is_some(), *since)
        })?;
        Some(line.limit)
    }
}

impl Scope {
    fn holds(&self, asked: &Question<'_>) -> bool {
        let item = |own: &ItemCode| {
            let asked = asked.item.map(ItemCode::with_ancestors);
            asked.is_some_and(|items| items.contains(own))
        };
        self.urgency == asked.urgency
            && self.item.as_ref().is_none_or(item)
            && self
                .request
                .as_deref()
                .is_none_or(|own| asked.request == Some(own))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn line(item: &str, request: &str, limit: &str) -> Line {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Line {
            scope: Scope {
                item: given(item).map(|item| item.parse().unwrap()),
                request: given(request),
                urgency: Urgency::Plain,
            },
            limit: limit.parse().unwrap(),
        }
    }

    fn norm(from_day: Date, line: Line) -> Norm {
        Norm {
            kind: "lamp".to_owned(),
            clock: "answer".to_owned(),
            from_day,
            line,
        }
    }

    #[test]
    fn the_most_special_line_wins_then_the_latest() {
        let published = [line("", "", "5wd"), line("", "help", "10wd")];
        let urgent = Norm {
            line: Line {
                scope: Scope {
                    urgency: Urgency::Urgent,
                    ..Scope::default()
                },
                limit: "30m".parse().unwrap(),
            },
            ..norm(date(2026, 3, 1), line("", "", "1d"))
        };
        let other = Norm {
            clock: "triage".to_owned(),
            ..norm(date(2020, 1, 1), line("heating", "help", "1m"))
        };
        let norms = Norms::new(vec![
            norm(date(2026, 1, 1), line("", "", "4wd")),
            norm(date(2026, 6, 1), line("", "", "3wd")),
            norm(date(2026, 6, 1), line("heating", "", "2wd")),
            norm(date(2026, 6, 1), line("heating", "help", "1wd")),
            urgent,
            other,
        ]);
        let ask = |item: &str, request: Option<&str>, day, urgency| {
            let item: Option<ItemCode> = item.parse().ok();
            let asked = Question {
                kind: "lamp",
                clock: "answer",
                item: item.as_ref(),
                request,
                urgency,
                day,
            };
            let limit = norms.limit(&published, &asked);
            limit.map_or_else(|| "none".to_owned(), |limit| limit.to_string())
        };
        let (early, late) = (date(2025, 5, 5), date(2026, 6, 1));
        let plain = Urgency::Plain;
        assert_eq!(ask("", None, early, plain), "5wd");
        assert_eq!(ask("", Some("help"), early, plain), "10wd");
        assert_eq!(ask("", None, date(2026, 5, 31), plain), "4wd");
        assert_eq!(ask("", None, late, plain), "3wd");
        assert_eq!(ask("", Some("help"), late, plain), "10wd");
        assert_eq!(ask("heating.indoor", None, late, plain), "2wd");
        assert_eq!(ask("heating.indoor", Some("help"), late, plain), "1wd");
        assert_eq!(ask("roads", Some("other"), late, plain), "3wd");
        assert_eq!(ask("", None, late, Urgency::Urgent), "30m");
        assert_eq!(ask("", None, early, Urgency::Urgent), "none");
    }
}
