//! Where a paper of somebody is, and how it gets from one hand to the next.

use crate::worded::worded;

worded! {
    /// In whose hands a paper is.
    PaperState {
        /// With the person, and not handed over yet.
        Listed = "listed",
        /// With whoever does the errand.
        Held = "held",
        /// At the office.
        Filed = "filed",
        /// With the person again.
        Returned = "returned",
        /// The office keeps it for good, as it says of such papers.
        Kept = "kept",
    }
}

worded! {
    /// What is done with papers.
    Move {
        /// From the person to whoever does the errand.
        HandOver = "hand-over",
        /// From there to the office.
        File = "file",
        /// From the office to whoever does the errand.
        Fetch = "fetch",
        /// The office keeps it.
        Keep = "keep",
        /// Back to the person.
        GiveBack = "give-back",
    }
}

/// A paper is not where it would have to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misplaced;

impl PaperState {
    /// Whether somebody else has it who must bring it back.
    pub fn is_out(self) -> bool {
        matches!(self, PaperState::Held | PaperState::Filed)
    }
}

impl Move {
    /// Where a paper is afterwards that is now there.
    pub fn from(self, state: PaperState) -> Result<PaperState, Misplaced> {
        use PaperState::{Filed, Held, Kept, Listed, Returned};
        match (self, state) {
            (Move::HandOver, Listed | Returned) => Ok(Held),
            (Move::File, Held) => Ok(Filed),
            (Move::Fetch, Filed) => Ok(Held),
            (Move::Keep, Filed) => Ok(Kept),
            (Move::GiveBack, Held) => Ok(Returned),
            _ => Err(Misplaced),
        }
    }
}
