//! Where a paper of somebody is, and how it gets from one hand to the next.

/// In whose hands a paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperState {
    /// With the person, and not handed over yet.
    Listed,
    /// With whoever does the errand.
    Held,
    /// At the office.
    Filed,
    /// With the person again.
    Returned,
    /// The office keeps it for good, as it says of such papers.
    Kept,
}

/// What is done with papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Move {
    /// From the person to whoever does the errand.
    HandOver,
    /// From there to the office.
    File,
    /// From the office to whoever does the errand.
    Fetch,
    /// The office keeps it.
    Keep,
    /// Back to the person.
    GiveBack,
}

/// A paper is not where it would have to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misplaced;

impl PaperState {
    pub const ALL: &'static [PaperState] = &[
        PaperState::Listed,
        PaperState::Held,
        PaperState::Filed,
        PaperState::Returned,
        PaperState::Kept,
    ];

    pub fn word(self) -> &'static str {
        match self {
            PaperState::Listed => "listed",
            PaperState::Held => "held",
            PaperState::Filed => "filed",
            PaperState::Returned => "returned",
            PaperState::Kept => "kept",
        }
    }

    /// Whether somebody else has it who must bring it back.
    pub fn is_out(self) -> bool {
        matches!(self, PaperState::Held | PaperState::Filed)
    }
}

impl std::str::FromStr for PaperState {
    type Err = ();
    fn from_str(text: &str) -> Result<PaperState, ()> {
        let found = PaperState::ALL.iter().find(|state| state.word() == text);
        found.copied().ok_or(())
    }
}

impl Move {
    pub const ALL: &'static [Move] = &[
        Move::HandOver,
        Move::File,
        Move::Fetch,
        Move::Keep,
        Move::GiveBack,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Move::HandOver => "hand-over",
            Move::File => "file",
            Move::Fetch => "fetch",
            Move::Keep => "keep",
            Move::GiveBack => "give-back",
        }
    }

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
