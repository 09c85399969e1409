//! Faults that can be planted, so that the referee of the test kit can show that it finds them.
//!
//! In the product there are none: [`is`] says no, always, unless the feature `planted` is on, and
//! only tests turn that on. With it a fault holds on the thread on which it was planted and on
//! those that a store opened there begins, so that tests run beside each other undisturbed. A
//! process that is a test of its own has it planted by name. One more: a variant, one line where
//! the product shall go wrong, and its line in the referee's own test
//! (`crates/testkit/tests/referee.rs`).

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// Something that the product could do wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Fault { $($(#[$doc])* $name),+ }

        impl Fault {
            pub const ALL: &'static [Fault] = &[$(Fault::$name),+];
        }
    };
}

faults! {
    /// A clock that keeps what is left is whole again whenever the case changes hands.
    ClockRefilled,
    /// A clock that stands never goes on by itself.
    PauseWithoutEnd,
    /// A clock is made to stand twice for the same reason, by whoever asks.
    PausedTwice,
    /// What was promised first moves together with what is promised now.
    PromiseRewritten,
    /// Working time passes on public holidays.
    HolidayWorked,
    /// A clock goes on from when the house looked, and not from the end of its pause.
    ResumedLate,
    /// A clock's patience ends before it has begun.
    RungSkipped,
    /// A clock takes its step an hour before its time.
    FiredEarly,
    /// What a form must say may be left out.
    FormUnread,
    /// The owner's steps are open to whoever holds such a post.
    StrangerLetIn,
    /// A unit that is complained of gets the case.
    AccusedOwns,
    /// An entry bears the day before the one on which it was written.
    EntryOutOfOrder,
    /// A step is taken on a version that is no longer the latest.
    StaleTaken,
    /// What was answered under a key is forgotten.
    KeyForgotten,
    /// A step that is refused leaves its key behind.
    RefusalKept,
    /// A message leaves twice.
    NoticeTwice,
    /// Messages leave in quiet hours.
    NightWoken,
    /// A case that is opened again is not counted.
    CountDrifts,
    /// The public page bears the title that only those concerned may see.
    PublicTellsAll,
    /// The seal opens for whoever knows of the case.
    SealOpened,
    /// A unit that gets a case does not list it.
    ListForgets,
    /// Whoever asked the same is not told of the answer.
    FollowersForgotten,
    /// A write is answered before it is committed.
    AnsweredEarly,
    /// A file is answered for before its bytes are kept.
    BytesLater,
    /// The bytes of a file are kept before anything in the database says so.
    BytesFirst,
    /// A migration is committed before it is noted that it was done.
    MigratedApart,
    /// Whatever the machine's clock is set to is followed at once, back and forth.
    JumpFollowed,
    /// No fault: a release later, whose migration those that run already can live with.
    NextRelease,
    /// A release later, which takes from the database what those that run already still use.
    NextReleaseTakes,
    /// What was heard of another installation is heard again, and taken once more.
    HeardForgotten,
    /// Told to stop, the house ends at once.
    ClosedAtOnce,
    /// A commit does not wait for the disk.
    FlushLater,
    /// A commit that failed is answered as if it were kept.
    FailureIgnored,
    /// Nothing is shipped any more, and nobody is told.
    ShippingStops,
}

/// Whether this fault is planted here.
#[cfg(not(feature = "planted"))]
#[must_use]
pub const fn is(_: Fault) -> bool {
    false
}

#[cfg(feature = "planted")]
pub use held::{is, plant};

/// The work of a thread that begins here: what is planted here is planted there, too.
pub fn carried<T>(work: impl FnOnce() -> T + Send) -> impl FnOnce() -> T + Send {
    #[cfg(feature = "planted")]
    let work = {
        let planted = held::here();
        move || {
            plant(planted);
            work()
        }
    };
    work
}

/// For threads that begin later, in whatever way: each is to do this first.
pub fn carrier() -> impl Fn() + Send + Sync + 'static {
    #[cfg(feature = "planted")]
    let planted = held::here();
    move || {
        #[cfg(feature = "planted")]
        plant(planted);
    }
}

/// Plants the fault of this name here. In the product nobody even asks for the name.
pub fn plant_named(name: impl FnOnce() -> Option<String>) {
    #[cfg(feature = "planted")]
    if let Some(name) = name() {
        let named = |fault: &&Fault| format!("{fault:?}") == name;
        plant(Fault::ALL.iter().find(named).copied());
    }
    #[cfg(not(feature = "planted"))]
    let _ = name;
}

#[cfg(feature = "planted")]
mod held {
    use std::cell::Cell;

    use super::Fault;

    thread_local! {
        static PLANTED: Cell<Option<Fault>> = const { Cell::new(None) };
    }

    /// Whether this fault is planted here.
    #[must_use]
    pub fn is(fault: Fault) -> bool {
        PLANTED.get() == Some(fault)
    }

    /// Plants a fault on this thread, in the place of the one before; none takes it away.
    pub fn plant(fault: Option<Fault>) {
        PLANTED.set(fault);
    }

    pub(super) fn here() -> Option<Fault> {
        PLANTED.get()
    }
}
