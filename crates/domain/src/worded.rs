//! Enums whose variants each have one word: in files, forms, word keys and the database.
//!
//! ```text
//! worded! {
//!     /// What sort of thing it is.
//!     Sort {
//!         Small = "small",
//!     }
//! }
//! ```

/// Makes the enum with `ALL`, `word`, and reading and writing by the word.
macro_rules! worded {
    ($(#[$doc:meta])* $name:ident { $($(#[$said:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$said])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word for it in files, forms and the database.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $($word => Ok($name::$variant),)+ _ => Err(()) }
            }
        }
    };
}
pub(crate) use worded;
