//! What somebody asked of a list, as it stands in the address: lenient, because an
//! address may be old, shortened or typed by hand. What makes no sense is left out.

use huiyin_app::cases::list::{Cursor, Filter, Order, State};
use huiyin_domain::access::Relation;
use jiff::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::form::Form;

/// The address of a list, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    pub state: String,
    pub q: String,
    pub kind: String,
    pub stage: String,
    pub item: String,
    pub place: String,
    pub urgent: String,
    pub late: String,
    pub mine: String,
    pub after: String,
}

/// Longer texts than this are no search.
const TEXT_CHARS_MAX: usize = 200;

impl ListQuery {
    /// Reads what follows the question mark of an address.
    pub fn read(query: Option<&str>) -> ListQuery {
        let form = Form::from_query(query.unwrap_or_default()).unwrap_or_default();
        let text = |name: &str| {
            form.text(name)
                .chars()
                .take(TEXT_CHARS_MAX)
                .collect::<String>()
        };
        ListQuery {
            state: match form.text("state") {
                known @ ("closed" | "all") => known.to_owned(),
                _ => String::new(),
            },
            q: text("q"),
            kind: text("kind"),
            stage: text("stage"),
            item: text("item"),
            place: text("place"),
            urgent: text("urgent"),
            late: text("late"),
            mine: text("mine"),
            after: text("after"),
        }
    }

    /// The filter that the application understands.
    pub fn filter(&self, now: Timestamp) -> Filter {
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        let state = match self.state.as_str() {
            "closed" => State::Closed,
            "all" => State::All,
            _ => State::Open,
        };
        let by_due = state == State::Open && self.q.is_empty();
        Filter {
            state,
            order: if by_due { Order::Due } else { Order::Newest },
            kind: some(&self.kind),
            stage: some(&self.stage),
            item: self.item.parse().ok(),
            place: self.place.parse().ok(),
            urgent_only: !self.urgent.is_empty(),
            due_before: (!self.late.is_empty()).then_some(now),
            via: (!self.mine.is_empty() && by_due).then_some(Relation::Own),
            owner: None,
            words: Vec::new(),
        }
    }

    /// Where the page begins, if it is not the first.
    pub fn cursor(&self) -> Option<Cursor> {
        let (due_at, id) = self.after.split_once('.')?;
        Some(Cursor {
            due_at: due_at.parse().ok()?,
            id: id.parse().ok()?,
        })
    }

    /// Whether anything but the state narrows the list.
    pub fn is_narrowed(&self) -> bool {
        let whole = ListQuery {
            state: self.state.clone(),
            ..ListQuery::default()
        };
        *self
            != ListQuery {
                after: self.after.clone(),
                ..whole
            }
    }

    /// The address of the same list with one thing changed, beginning anew.
    pub fn with(&self, change: impl FnOnce(&mut ListQuery)) -> String {
        let mut other = ListQuery {
            after: String::new(),
            ..self.clone()
        };
        change(&mut other);
        other.query()
    }

    /// What follows the question mark of an address.
    pub fn query(&self) -> String {
        let pairs = [
            ("state", &self.state),
            ("q", &self.q),
            ("kind", &self.kind),
            ("stage", &self.stage),
            ("item", &self.item),
            ("place", &self.place),
            ("urgent", &self.urgent),
            ("late", &self.late),
            ("mine", &self.mine),
            ("after", &self.after),
        ];
        let said = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let pairs = said.map(|(name, value)| {
            format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC))
        });
        pairs.collect::<Vec<_>>().join("&")
    }
}

/// A cursor as it stands in an address.
pub fn after(cursor: Cursor) -> String {
    format!("{}.{}", cursor.due_at, cursor.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_survives_being_read_and_written() {
        let address = "state=closed&q=%E6%9A%96%E6%B0%94&kind=x&place=652901&urgent=1&after=0.7";
        let asked = ListQuery::read(Some(address));
        assert_eq!(asked.q, "暖气");
        assert_eq!(ListQuery::read(Some(&asked.query())), asked);
        assert_eq!(asked.cursor(), Some(Cursor { due_at: 0, id: 7 }));
        assert!(asked.is_narrowed());
        assert!(!asked.with(|other| other.q.clear()).contains("after"));
        assert!(!ListQuery::read(Some("state=all&after=1.2")).is_narrowed());
    }

    #[test]
    fn nonsense_narrows_nothing() {
        for query in [
            "place=%ff",
            "place=abc",
            "item=%20!",
            "after=x.y",
            "state=mine",
            "=&&=",
            "late",
        ] {
            let asked = ListQuery::read(Some(query));
            let filter = asked.filter(Timestamp::UNIX_EPOCH);
            assert_eq!(filter.place, None, "{query}");
            assert_eq!(filter.item, None, "{query}");
            assert_eq!(filter.state, State::Open, "{query}");
            assert_eq!(asked.cursor(), None, "{query}");
        }
    }

    #[test]
    fn what_is_open_comes_as_it_falls_due_and_the_rest_newest_first() {
        let order = |query: &str| {
            ListQuery::read(Some(query))
                .filter(Timestamp::UNIX_EPOCH)
                .order
        };
        assert_eq!(order(""), Order::Due);
        assert_eq!(order("q=x"), Order::Newest);
        assert_eq!(order("state=closed"), Order::Newest);
    }
}
