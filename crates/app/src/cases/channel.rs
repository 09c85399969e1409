//! The way by which a case came in.

/// The way by which a case came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// The person's own phone or computer.
    Web,
    /// The hotline (12345).
    Hotline,
    /// The leaders' mailbox.
    Mailbox,
    /// A desk or window.
    Desk,
    /// A grid worker or village team at the door.
    Door,
    /// A wish wall, on paper or at an occasion.
    Wall,
    /// A neighbours' group.
    Group,
    /// A partner system, over the API.
    Partner,
    /// A file that was brought in.
    Import,
}

impl Channel {
    pub const ALL: [Channel; 9] = [
        Channel::Web,
        Channel::Hotline,
        Channel::Mailbox,
        Channel::Desk,
        Channel::Door,
        Channel::Wall,
        Channel::Group,
        Channel::Partner,
        Channel::Import,
    ];

    /// Those that staff choose from when they write a case down for somebody.
    pub const BY_STAFF: [Channel; 6] = [
        Channel::Hotline,
        Channel::Desk,
        Channel::Door,
        Channel::Mailbox,
        Channel::Wall,
        Channel::Group,
    ];

    /// The word for it in files, the database and word keys.
    pub fn word(self) -> &'static str {
        match self {
            Channel::Web => "web",
            Channel::Hotline => "hotline",
            Channel::Mailbox => "mailbox",
            Channel::Desk => "desk",
            Channel::Door => "door",
            Channel::Wall => "wall",
            Channel::Group => "group",
            Channel::Partner => "partner",
            Channel::Import => "import",
        }
    }
}

impl std::str::FromStr for Channel {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Channel::ALL
            .into_iter()
            .find(|channel| channel.word() == text)
            .ok_or(())
    }
}
