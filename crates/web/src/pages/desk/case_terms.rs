//! What was promised to whoever brought the case in: first and now, kept or not.

use huiyin_domain::case::{ReasonOf, Term};

use super::case_view::{Letter, Line};

impl Letter<'_> {
    /// The reason for which the clock stands, in the kind's own words.
    pub(super) fn reason(&self, why: &str) -> String {
        self.said(&self.case.kind.reason_key(ReasonOf::Pause, why))
    }

    /// Every promise: by when, and whether it was kept.
    pub(super) fn terms(&self) -> Vec<Line> {
        let terms = self.case.case.terms.iter();
        terms
            .map(|term| Line {
                label: self.said(&self.case.kind.term_key(&term.name)),
                text: self.kept_or_due(term),
                small: self.moved(term),
            })
            .collect()
    }

    fn kept_or_due(&self, term: &Term) -> String {
        let is_late = term.is_late(self.when.now);
        let (key, at) = match term.met_at {
            Some(at) if is_late => ("case-term-kept-late", at),
            Some(at) => ("case-term-kept", at),
            None if is_late => ("case-term-late", term.due_at),
            None => ("case-term-due", term.due_at),
        };
        let moment = self.when.moment(at);
        self.page.ts(key, "moment", &moment).into_owned()
    }

    /// What was promised first, when it is not what is promised now.
    fn moved(&self, term: &Term) -> String {
        if term.due_at == term.first_due_at {
            return String::new();
        }
        let moment = self.when.moment(term.first_due_at);
        self.page
            .ts("case-term-first", "moment", &moment)
            .into_owned()
    }

    /// What was promised first, of a promise that is still open and was moved.
    pub(super) fn first_promise(&self) -> String {
        let mut open = self
            .case
            .case
            .terms
            .iter()
            .filter(|term| term.met_at.is_none());
        let moved = open.find(|term| term.due_at != term.first_due_at);
        moved
            .map(|term| self.when.moment(term.first_due_at))
            .unwrap_or_default()
    }
}
