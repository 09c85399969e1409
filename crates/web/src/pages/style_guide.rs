//! Every building block in its states, one page per shell: what the house
//! looks like, for its builders and for the browser tests.
//!
//! To show one more block: a line in the template of its shell.

use askama::Template;
use huiyin_domain::words::Lang;

use crate::layout::Page;

/// A guide and its two-language samples.
macro_rules! guide {
    ($(#[$says:meta])* $name:ident, $path:literal) => {
        $(#[$says])*
        #[derive(Template)]
        #[template(path = $path)]
        pub struct $name<'a> {
            pub page: &'a Page,
        }

        impl $name<'_> {
            /// A sample in the reader's language; real pages take their texts from the words.
            fn either<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
                if self.page.lang == Lang::ZH { zh } else { en }
            }
        }
    };
}

guide!(
    /// What residents meet.
    ResidentGuide,
    "pages/style_guide.html"
);
guide!(
    /// What the staff lives in.
    DeskGuide,
    "pages/style_guide_desk.html"
);
guide!(
    /// What is hung on a wall.
    PrintGuide,
    "pages/style_guide_print.html"
);
