//! What is known of those who need something and of those who would help: no name, no address,
//! only what says whether they fit.

/// Somebody who needs something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NeedId(pub i64);

/// Somebody who would help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HelperId(pub i64);

/// The lowest place of the tree in which both are, widest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ring {
    Prefecture,
    County,
    Street,
    Community,
    Grid,
    MicroGrid,
    Building,
    Door,
}

impl Ring {
    /// Widest first, with the word in the file of rules and the length of such a code.
    pub const ALL: [(Ring, &'static str, usize); 8] = [
        (Ring::Prefecture, "prefecture", 4),
        (Ring::County, "county", 6),
        (Ring::Street, "street", 9),
        (Ring::Community, "community", 12),
        (Ring::Grid, "grid", 15),
        (Ring::MicroGrid, "micro-grid", 18),
        (Ring::Building, "building", 21),
        (Ring::Door, "door", 24),
    ];

    pub fn word(self) -> &'static str {
        Ring::ALL[self as usize].1
    }

    /// How long the code of a place of this level is.
    pub fn code_len(self) -> usize {
        Ring::ALL[self as usize].2
    }

    /// The narrowest place in which both codes lie; none when they share no prefecture.
    pub fn around(one: &str, other: &str) -> Option<Ring> {
        let shared = one.bytes().zip(other.bytes());
        let shared = shared.take_while(|(a, b)| a == b).count();
        let mut rings = Ring::ALL.iter().rev();
        rings
            .find(|(_, _, len)| *len <= shared)
            .map(|(ring, _, _)| *ring)
    }
}

impl std::str::FromStr for Ring {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let found = Ring::ALL.iter().find(|(_, word, _)| *word == text);
        found.map(|(ring, _, _)| *ring).ok_or(())
    }
}

/// A part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayPart {
    Morning,
    Afternoon,
    Evening,
}

impl DayPart {
    pub const ALL: [DayPart; 3] = [DayPart::Morning, DayPart::Afternoon, DayPart::Evening];

    pub fn word(self) -> &'static str {
        match self {
            DayPart::Morning => "morning",
            DayPart::Afternoon => "afternoon",
            DayPart::Evening => "evening",
        }
    }
}

/// A part of a day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// Monday is 1, as everywhere in the house.
    pub day: u8,
    pub part: DayPart,
}

/// Some parts of a week, one bit for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Slots(u32);

impl Slots {
    pub const NONE: Slots = Slots(0);
    pub const ALL: Slots = Slots((1 << 21) - 1);

    fn bit(slot: Slot) -> u32 {
        let day = u32::from(slot.day.clamp(1, 7) - 1);
        1 << (3 * day + slot.part as u32)
    }

    #[must_use]
    pub fn with(self, slot: Slot) -> Slots {
        Slots(self.0 | Slots::bit(slot))
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn contains(self, slot: Slot) -> bool {
        self.0 & Slots::bit(slot) != 0
    }

    #[must_use]
    pub fn and(self, other: Slots) -> Slots {
        Slots(self.0 & other.0)
    }

    /// The earliest of the week.
    pub fn first(self) -> Option<Slot> {
        let bit = (self.0 != 0).then(|| self.0.trailing_zeros())?;
        let day = u8::try_from(bit / 3 + 1).ok()?;
        let part = DayPart::ALL[bit as usize % 3];
        Some(Slot { day, part })
    }

    /// From Monday morning to Sunday evening.
    pub fn iter(self) -> impl Iterator<Item = Slot> {
        let days = (1..=7).flat_map(|day| DayPart::ALL.map(|part| Slot { day, part }));
        days.filter(move |slot| self.contains(*slot))
    }
}

impl FromIterator<Slot> for Slots {
    fn from_iter<T: IntoIterator<Item = Slot>>(slots: T) -> Slots {
        slots.into_iter().fold(Slots::NONE, Slots::with)
    }
}

/// A point on the map, in degrees of WGS 84.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub latitude: f64,
    pub longitude: f64,
}

impl Point {
    /// How far it is as the crow flies; exact enough within a prefecture.
    pub fn metres_to(self, other: Point) -> u32 {
        const METRES_PER_DEGREE: f64 = 111_195.0;
        let middle = f64::midpoint(self.latitude, other.latitude).to_radians();
        let north = self.latitude - other.latitude;
        let east = (self.longitude - other.longitude) * middle.cos();
        let metres = METRES_PER_DEGREE * north.hypot(east);
        // A distance is never negative, and what is absurdly far is just far.
        metres.round().min(f64::from(u32::MAX)) as u32
    }
}

/// How far somebody goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Within the place of this level in which they are.
    pub ring: Ring,
    /// And no farther than this, where both points are known.
    pub metres_max: Option<u32>,
}

/// How often somebody did not come to this household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missed {
    pub helper: HelperId,
    pub times: u32,
}

/// Something that is needed.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    pub id: NeedId,
    /// The code of the place: every place around it is a beginning of it.
    pub place: String,
    pub at: Option<Point>,
    /// Skills that all are wanted: `repair.electric`, or `repair` for anything below it.
    pub skills: Vec<String>,
    /// What it is about, in words that helpers may rather not do.
    pub about: Vec<String>,
    /// When; empty when it does not matter.
    pub when: Slots,
    /// In which language, when that matters.
    pub language: Option<String>,
    pub waited_hours: u32,
    pub urgent: Urgency,
    /// Helpers asked for by name: they came before and may come again.
    pub prefers: Vec<HelperId>,
    /// Helpers not to be asked: they declined, or are not wanted.
    pub avoids: Vec<HelperId>,
    pub missed: Vec<Missed>,
}

/// Whether something bears delay.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Urgency {
    #[default]
    Usual,
    Urgent,
}

/// Somebody who would help.
#[derive(Debug, Clone, PartialEq)]
pub struct Helper {
    pub id: HelperId,
    pub place: String,
    pub at: Option<Point>,
    pub reach: Reach,
    pub skills: Vec<String>,
    /// When they are free; empty when they have not said.
    pub free: Slots,
    /// What they speak; empty when they have not said.
    pub languages: Vec<String>,
    /// What they would rather not do.
    pub rather_not: Vec<String>,
    /// How many cases they have taken on and not brought to an end.
    pub held: u32,
    /// How many proposals wait for their answer.
    pub asked: u32,
}
