//! The papers of an errand, as the pages of a case tell of them.

use huiyin_domain::case::{FieldType, Kind, Value};
use huiyin_domain::procedure::PaperState;

use super::case_view::Letter;
use crate::pages::public::guide::form_and_count;
use crate::pages::samples::{self, View};

/// The papers of an errand; none, where the case is no errand.
#[derive(Default)]
pub struct Papers {
    pub lines: Vec<PaperRow>,
    /// When which paper came into which hands.
    pub moves: Vec<(String, String, String)>,
    pub out: String,
}

/// A paper, and in whose hands it is.
pub struct PaperRow {
    pub name: String,
    /// What it looks like.
    pub picture: Option<View>,
    pub small: String,
    pub state: String,
    pub tone: &'static str,
    pub sign: &'static str,
    pub since: String,
}

impl Letter<'_> {
    /// The procedure, or the papers, that a value means.
    pub(super) fn of_errand(&self, kind: &Kind, field: &str, value: &Value) -> Option<String> {
        let errand = self.case.errand.as_ref()?;
        match (&kind.field(field)?.kind, value) {
            (FieldType::Procedure(_), Value::Choice(_)) => {
                Some(errand.procedure.names.in_lang(self.lang()).to_owned())
            }
            (FieldType::Papers(_), Value::Choices(numbers)) => {
                let names = errand
                    .papers
                    .iter()
                    .filter(|paper| numbers.contains(&paper.number.to_string()));
                let names: Vec<&str> = names
                    .map(|paper| paper.names.in_lang(self.lang()))
                    .collect();
                Some(names.join(&self.said("desk-and")))
            }
            _ => None,
        }
    }

    /// Each paper of the errand, and in whose hands it is.
    pub fn papers(&self) -> Papers {
        let Some(errand) = &self.case.errand else {
            return Papers::default();
        };
        let name = |number: u32| {
            let paper = errand.papers.iter().find(|paper| paper.number == number);
            paper.map_or_else(String::new, |paper| {
                paper.names.in_lang(self.lang()).to_owned()
            })
        };
        let state = |state: PaperState| self.said(&format!("papers-state-{}", state.word()));
        let lines = errand.papers.iter().map(|paper| PaperRow {
            picture: samples::of_paper(
                self.page,
                paper.names.in_lang(self.lang()),
                paper.picture.as_ref(),
            ),
            name: name(paper.number),
            small: match paper.asked {
                Some((form, count)) => form_and_count(self.page, form, count),
                None => self.said("papers-result"),
            },
            state: state(paper.state),
            tone: match paper.state {
                PaperState::Held => "work",
                PaperState::Filed => "wait",
                PaperState::Returned => "done",
                PaperState::Kept | PaperState::Listed => "quiet",
            },
            sign: match paper.state {
                PaperState::Returned => "circle-check",
                PaperState::Held => "user",
                PaperState::Filed => "building",
                PaperState::Kept => "archive",
                PaperState::Listed => "file-text",
            },
            since: match paper.state {
                PaperState::Listed => String::new(),
                _ => self.when.moment(paper.changed_at),
            },
        });
        let moves = errand.moves.iter().map(|moved| {
            let at = self.when.moment(moved.at);
            (at, name(moved.number), state(moved.state))
        });
        let out = errand.out();
        Papers {
            lines: lines.collect(),
            moves: moves.collect(),
            out: match out {
                0 => self.said("papers-none-out"),
                out => self.page.tn("papers-out", "count", out as i64).into_owned(),
            },
        }
    }
}
