use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::*;

/// What a machine shows, and what really is.
struct Machine {
    truth: Timestamp,
    runs: SignedDuration,
    off_by: SignedDuration,
}

impl Machine {
    fn new() -> Machine {
        Machine {
            truth: "2026-11-29T01:00:00Z".parse().unwrap(),
            runs: SignedDuration::from_hours(1),
            off_by: SignedDuration::ZERO,
        }
    }

    fn shown(&self) -> Shown {
        Shown {
            wall: self.truth + self.off_by,
            running: self.runs,
        }
    }

    fn passes(&mut self, time: SignedDuration) {
        self.truth += time;
        self.runs += time;
    }

    fn belief(&self) -> Belief {
        Belief::begin(self.shown(), Some(self.truth)).unwrap()
    }
}

const SECOND: SignedDuration = SignedDuration::from_secs(1);
const HOUR: SignedDuration = SignedDuration::from_hours(1);
const YEAR: SignedDuration = SignedDuration::from_hours(365 * 24);

#[test]
fn a_jump_that_is_set_right_again_leaves_no_trace() {
    for off_by in [61 * SECOND, HOUR, 30 * 24 * HOUR, 10 * YEAR] {
        for off_by in [off_by, -off_by] {
            let mut machine = Machine::new();
            let mut belief = machine.belief();
            machine.off_by = off_by;
            assert_eq!(
                belief.tell(machine.shown()),
                (machine.truth, Some(Turn::Doubted))
            );
            for _ in 0..9 {
                machine.passes(60 * SECOND);
                assert_eq!(belief.tell(machine.shown()), (machine.truth, None));
            }
            machine.off_by = SignedDuration::ZERO;
            assert_eq!(
                belief.tell(machine.shown()),
                (machine.truth, Some(Turn::Followed))
            );
        }
    }
}

#[test]
fn a_small_step_is_followed_and_time_stands_rather_than_going_back() {
    let mut machine = Machine::new();
    let mut belief = machine.belief();
    machine.off_by = 30 * SECOND;
    let ahead = machine.truth + 30 * SECOND;
    assert_eq!(belief.tell(machine.shown()), (ahead, None));
    machine.off_by = SignedDuration::ZERO;
    assert_eq!(belief.tell(machine.shown()), (ahead, None));
    machine.passes(31 * SECOND);
    assert_eq!(belief.tell(machine.shown()), (machine.truth, None));
}

#[test]
fn a_machine_that_slept_is_believed_after_ten_minutes() {
    let mut machine = Machine::new();
    let mut belief = machine.belief();
    machine.off_by = 20 * HOUR;
    belief.tell(machine.shown());
    machine.passes(10 * 60 * SECOND);
    let wall = machine.truth + machine.off_by;
    assert_eq!(belief.tell(machine.shown()), (wall, Some(Turn::Followed)));
}

#[test]
fn a_clock_that_was_ahead_is_waited_for_at_half_the_pace() {
    let mut machine = Machine::new();
    machine.off_by = HOUR;
    let mut belief = Belief::begin(machine.shown(), None).unwrap();
    machine.off_by = SignedDuration::ZERO;
    let mut last = belief.tell(machine.shown()).0;
    for minute in 0..140 {
        machine.passes(60 * SECOND);
        let (now, _) = belief.tell(machine.shown());
        assert!(now > last || minute > 120, "time goes on");
        last = now;
    }
    assert_eq!(last, machine.truth);
}

#[test]
fn what_lasts_but_cannot_be_is_never_followed() {
    for off_by in [10 * YEAR, -2 * 24 * HOUR, -10 * YEAR] {
        let mut machine = Machine::new();
        let mut belief = machine.belief();
        machine.off_by = off_by;
        for _ in 0..500 {
            machine.passes(HOUR);
            assert_eq!(belief.tell(machine.shown()).0, machine.truth);
        }
    }
}

#[test]
fn a_house_does_not_open_at_a_time_that_cannot_be() {
    let machine = Machine::new();
    let seen = machine.truth;
    let opens = |off_by: SignedDuration| {
        let shown = Shown {
            wall: seen + off_by,
            ..machine.shown()
        };
        let mut belief = Belief::begin(shown, Some(seen))?;
        Ok::<_, Unbelievable>(belief.tell(shown).0)
    };
    assert_eq!(opens(30 * 24 * HOUR), Ok(seen + 30 * 24 * HOUR));
    assert_eq!(opens(-HOUR), Ok(seen));
    for off_by in [-2 * 24 * HOUR, -10 * YEAR, 10 * YEAR] {
        let wall = seen + off_by;
        assert_eq!(opens(off_by), Err(Unbelievable { wall, seen }));
    }
}

#[test]
fn time_never_goes_back_whatever_the_clock_shows() {
    for seed in 0..200 {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut machine = Machine::new();
        let mut belief = machine.belief();
        let mut last = machine.truth;
        for _ in 0..500 {
            machine.passes(SignedDuration::from_secs(rng.random_range(0..900)));
            if rng.random_ratio(1, 4) {
                let far = 10_i64.pow(rng.random_range(0..9));
                machine.off_by = SignedDuration::from_secs(rng.random_range(-far..=far));
            }
            let (now, _) = belief.tell(machine.shown());
            assert!(now >= last, "seed {seed}");
            last = now;
        }
    }
}
