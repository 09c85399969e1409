//! How often a step was taken before.

use super::Looked;
use crate::case::refusal::Args;

pub(super) fn times(looked: &Looked<'_>, step: &str) -> u32 {
    looked.case.map_or(0, |case| case.times(step))
}

pub(super) fn args(step: &str, times: u32) -> Args {
    vec![("step", step.to_owned()), ("times", times.to_string())]
}
