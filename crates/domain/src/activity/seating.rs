//! Who sits and who waits. Seats are numbered from one; the order of the waiting is that in
//! which they came, and nobody overtakes.

/// Where somebody who comes now is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chair {
    Seat(i64),
    Waiting,
}

/// What becomes of a seat that was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moving {
    /// It is free for whoever comes.
    Free,
    /// It goes to the one who has waited longest.
    Given,
    /// It is kept for the one who has waited longest, until they confirm.
    Offered,
}

/// The chair for whoever comes now: the lowest free one, unless somebody waits already. `taken`
/// holds the numbers of the taken ones in order.
pub fn place_for(taken: &[i64], capacity: i64, waiting: i64) -> Chair {
    if waiting > 0 {
        return Chair::Waiting;
    }
    let free = (1..=capacity).zip(taken.iter().map(Some).chain(std::iter::repeat(None)));
    let mut free = free.filter(|(number, taken)| taken.is_none_or(|taken| *taken != *number));
    free.next()
        .map_or(Chair::Waiting, |(number, _)| Chair::Seat(number))
}

/// What becomes of a seat when `waiting` people wait for it.
pub fn offered_to(waiting: i64, handover: super::Handover) -> Moving {
    match (waiting, handover) {
        (..=0, _) => Moving::Free,
        (_, super::Handover::AtOnce) => Moving::Given,
        (_, super::Handover::Offered) => Moving::Offered,
    }
}
