//! `papers_home = true`: no paper of the person is in other hands.

use super::{Broken, Class, Moment, Node, RuleWord};

/// Every paper is accounted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PapersHome;

impl RuleWord for PapersHome {
    const WORD: &'static str = "papers_home";

    fn parse(node: &Node<'_, '_>) -> Option<PapersHome> {
        node.one_way("papers_home").map(|()| PapersHome)
    }

    fn holds(&self, moment: &Moment<'_>) -> Result<(), Broken> {
        let errand = moment.facts.errand.as_ref();
        let papers = errand.into_iter().flat_map(|errand| errand.papers.values());
        match papers.filter(|state| state.is_out()).count() {
            0 => Ok(()),
            out => Err(Broken::Step(Class::Conflict, vec![("count", out.to_string())])),
        }
    }
}
