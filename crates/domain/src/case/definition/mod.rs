//! Reading `kind.toml`: every fault at once, each with its line and what to write instead.

mod clocks;
mod letters;
mod many;
mod matching;
mod parse;
mod read;
pub mod reader;
mod steps;
mod supervision;

pub use parse::Places;
pub use read::{Read, parse};

/// Names of fields, stages, steps, clocks, outcomes, choices, letters and kinds.
pub fn is_name(word: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase();
    let rest = |byte: u8| letter(byte) || byte.is_ascii_digit() || byte == b'_' || byte == b'-';
    word.len() <= 40
        && word.bytes().next().is_some_and(letter)
        && word.bytes().all(rest)
        && !word.ends_with(['-', '_'])
}

/// What a name is, for faults.
pub const NAME_RULE: &str = "write small letters a-z, digits, - and _, at most 40 of them";

#[cfg(test)]
mod tests;
