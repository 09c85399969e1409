//! Associations and interest groups: what they are for, how one joins, who leads them.
//!
//! One more interest: a variant here and its words in the pages. What people believe, and whom
//! they would vote for, is none.

use crate::worded::worded;

worded! {
    /// What a group is for.
    Interest {
        Sports = "sports",
        Music = "music",
        Reading = "reading",
        Crafts = "crafts",
        Games = "games",
        Garden = "garden",
        Helping = "helping",
        Parents = "parents",
        Learning = "learning",
        Other = "other",
    }
}

worded! {
    /// How one joins.
    Entry {
        /// At once.
        Open = "open",
        /// A leader accepts whoever asks.
        Asked = "asked",
    }
}

worded! {
    /// Where a group stands with the community.
    GroupState {
        /// Somebody would like to begin it.
        Asked = "asked",
        Registered = "registered",
        Declined = "declined",
        Closed = "closed",
    }
}

impl GroupState {
    /// Whether there is still somebody in it, and so somebody who leads it.
    pub fn is_alive(self) -> bool {
        matches!(self, GroupState::Asked | GroupState::Registered)
    }
}

worded! {
    /// Where somebody stands in a group.
    Standing {
        Asked = "asked",
        Member = "member",
        Leader = "leader",
    }
}
