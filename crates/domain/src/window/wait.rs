//! How long whoever comes now will wait, told plainly from the last who were served.

/// Told in steps of so many minutes: nobody believes eleven.
const STEP: i64 = 5;

/// The minutes until it is the turn of somebody who comes now; none when nobody waits. `took`
/// says how long each of the last ones took, `usual` stands in where nobody was served yet.
pub fn wait_minutes(took: &[i64], usual: i64, (waiting, seats): (i64, i64)) -> Option<i64> {
    if waiting <= 0 {
        return None;
    }
    let mut took: Vec<i64> = took
        .iter()
        .copied()
        .filter(|minutes| *minutes > 0)
        .collect();
    took.sort_unstable();
    let middle = took.get(took.len() / 2).copied().unwrap_or(usual).max(1);
    let seats = seats.max(1);
    let whole = waiting.saturating_mul(middle);
    let minutes = (whole + seats - 1) / seats;
    Some((minutes + STEP - 1) / STEP * STEP)
}
