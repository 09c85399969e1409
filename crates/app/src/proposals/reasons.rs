//! Reasons as they lie in the database, and as much of them as somebody may read.

use huiyin_domain::place::Level;
use huiyin_insight::matching::{Reason, Ring};

use crate::Error;

pub(super) fn written(reasons: &[Reason]) -> Result<String, Error> {
    serde_json::to_string(reasons).map_err(|fault| Error::broken("writing reasons", fault))
}

pub(super) fn read(json: &str) -> Result<Vec<Reason>, Error> {
    serde_json::from_str(json).map_err(|fault| Error::broken("reading reasons", fault))
}

/// What whoever is asked may read: no nearer to the place than the public may know, nothing that
/// weighs them.
pub(super) fn for_the_asked(reasons: Vec<Reason>, public: Level) -> Vec<Reason> {
    let coarse = |reason: Reason| match reason {
        Reason::Near { ring } => {
            let known: Ring = ring.parse().ok()?;
            let widest: Ring = public.word().parse().ok()?;
            let ring = known.min(widest).word().to_owned();
            Some(Reason::Near { ring })
        }
        Reason::Far { .. } => None,
        other if other.speaks_against() => None,
        other => Some(other),
    };
    reasons.into_iter().filter_map(coarse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_asked_reads_no_more_than_the_public_knows() {
        let near = |ring: &str| Reason::Near {
            ring: ring.to_owned(),
        };
        let all = vec![
            near("building"),
            Reason::Far { metres: 40 },
            Reason::Holds { cases: 1 },
            Reason::Urgent,
        ];
        let seen = for_the_asked(all, Level::Community);
        assert_eq!(seen, [near("community"), Reason::Urgent]);
        let seen = for_the_asked(vec![near("street")], Level::Community);
        assert_eq!(seen, [near("street")]);
    }
}
