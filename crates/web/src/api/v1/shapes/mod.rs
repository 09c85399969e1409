//! What the API answers with: one file for each noun. These are the promise to callers;
//! a field may be added, none may go or change its meaning.

mod case;
mod chain;
mod kind;
mod problem;
mod reference;

pub use case::{Case, CaseRow, CaseRows, Entry, FileShape, History, Offered, Steps};
pub use chain::{Chain, FarChain, Known, SealedEntry};
pub use kind::{KindRow, KindShape, Kinds};
pub use problem::{FieldProblem, ProblemShape};
pub use reference::{ItemShape, Items, Me, PlaceShape, Places, UnitRef, UnitShape, Units};
