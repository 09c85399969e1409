//! What can be guessed: text, likeness, the item a text speaks of, and who could help whom.
//!
//! Pure functions over text: no clock, no chance, no database. Every guess carries
//! the words that led to it, because a person has to be able to disagree with it.
//! One more guess: a file of its own with its tests, and a line here.

mod answer_words;
mod answers;
mod fold;
mod items;
mod likeness;
pub mod matching;
mod personal;
mod words;

pub use answers::{Answer, AnswerFlag, AnswerRule, Ending, answer_flags, answer_print};
pub use fold::fold;
pub use items::{ItemNames, ItemSuggester, Suggestion};
pub use likeness::{Likeness, WordSet, likeness, telling_words};
pub use personal::{Sign, names_somebody};
pub use words::{index_words, query_words, warm_up};
