//! The clock by which a house is served.

use std::sync::Arc;

use huiyin_app::outside::{LiveClock, SteadyClock};
use huiyin_app::seen;
use huiyin_store::Store;
use jiff::SignedDuration;
use rustix::time::{ClockId, clock_gettime};

/// The machine's clock, followed with care from when the house was last open.
///
/// # Errors
/// When the clock cannot be right, unless somebody says that it is.
pub fn steady(store: &Store, is_right: bool) -> anyhow::Result<SteadyClock> {
    let seen = match is_right {
        true => None,
        false => seen::last(store)?,
    };
    let begun = SteadyClock::begin(Arc::new(LiveClock), Arc::new(running), seen);
    Ok(begun?)
}

/// How long the machine has been running; it counts while the machine sleeps.
fn running() -> SignedDuration {
    let time = clock_gettime(ClockId::Boottime);
    let nanoseconds = i32::try_from(time.tv_nsec).unwrap_or_default();
    SignedDuration::new(time.tv_sec, nanoseconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_runs_on() {
        let once = running();
        assert!(once > SignedDuration::ZERO);
        assert!(running() >= once);
    }
}
