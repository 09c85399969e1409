//! What happened to a case at another installation that shares it.

use huiyin_app::installations::chain::FarPart;
use huiyin_domain::case::Link;

use super::case_view::Letter;

/// The part of a history that another installation keeps.
pub struct FarView {
    pub name: String,
    pub lines: Vec<FarLine>,
}

/// One of its entries, as far as it is told here: what was done, and when.
pub struct FarLine {
    pub did: String,
    pub when: String,
}

impl Letter<'_> {
    /// The parts of the history that others keep, each from its first entry on.
    pub fn elsewhere(&self) -> Vec<FarView> {
        self.case
            .elsewhere
            .iter()
            .map(|part| self.far(part))
            .collect()
    }

    fn far(&self, part: &FarPart) -> FarView {
        FarView {
            name: part.name.clone(),
            lines: part.links.iter().map(|link| self.far_line(link)).collect(),
        }
    }

    fn far_line(&self, link: &Link) -> FarLine {
        let kind = &self.case.kind;
        // The other side may know steps that we do not; the names of ours are their words, too.
        let is_known = link.from.is_none() || kind.step(&link.step).is_some();
        FarLine {
            did: match is_known {
                true => self.said(&format!("{}-done-{}", kind.slug, link.step)),
                false => link.step.clone(),
            },
            when: self.when.moment(link.at),
        }
    }
}
