//! What surrounds every page: the three shells, the macros and the [`Page`]
//! that each template struct carries as its field `page`.
//!
//! To add a page: a struct with `page: &'a Page`, a template that extends
//! `layout/resident.html`, `layout/desk.html` or `layout/print.html` and
//! imports `layout/macros.html` as `ui`. `README.md` beside this file lists
//! the macros and classes.

use std::borrow::Cow;
use std::sync::Arc;

use huiyin_app::config::Demo;
use huiyin_domain::words::{Lang, Value, Words};

use crate::assets;

/// The colours a reader asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device says.
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// `None` for a word that names no theme.
    pub fn named(word: &str) -> Option<Theme> {
        [Theme::Auto, Theme::Light, Theme::Dark]
            .into_iter()
            .find(|theme| theme.as_str() == word)
    }
}

/// How large and plain the pages are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    #[default]
    Normal,
    /// Large type, large targets, strong contrast.
    Elder,
}

impl View {
    pub fn as_str(self) -> &'static str {
        match self {
            View::Normal => "normal",
            View::Elder => "elder",
        }
    }

    /// `None` for a word that names no view.
    pub fn named(word: &str) -> Option<View> {
        [View::Normal, View::Elder]
            .into_iter()
            .find(|view| view.as_str() == word)
    }
}

/// What a flash or an alert is about; picks colour and icon together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Done,
    Info,
    Wait,
    Late,
}

impl Tone {
    /// The word that macros and classes know it by.
    pub fn as_str(self) -> &'static str {
        match self {
            Tone::Done => "done",
            Tone::Info => "info",
            Tone::Wait => "wait",
            Tone::Late => "late",
        }
    }
}

/// One sentence that is said once, after an act.
#[derive(Clone, Debug)]
pub struct Flash {
    pub tone: Tone,
    pub text: String,
}

/// One door of the desk's rail.
#[derive(Clone, Debug)]
pub struct RailDoor {
    pub href: &'static str,
    pub icon: &'static str,
    /// Key of its word.
    pub word: &'static str,
    /// Keyboard shortcut, such as `g i`.
    pub keys: &'static str,
    /// How many things wait behind it, where that is known.
    pub waiting: Option<u32>,
}

/// Pages that lie behind another door than their address says, or, with no name, behind none.
const ELSEWHERE: &[(&str, &str)] = &[
    ("/desk/rounds", "/desk/today"),
    ("/desk/meetings", "/desk/today"),
    ("/desk/rates", "/desk/figures"),
    ("/desk/precedents", "/desk/supervision"),
    ("/desk/venues", "/desk/activities"),
    ("/desk/meals", "/desk/activities"),
    ("/desk/associations", "/desk/activities"),
    ("/desk/proposals", "/desk/volunteers"),
    ("/desk/rounds", "/desk/today"),
    ("/desk/services", "/desk/volunteers"),
    ("/desk/skills", "/desk/volunteers"),
    ("/desk/partners", "/desk/volunteers"),
    ("/desk/civic-posts", "/desk/volunteers"),
    ("/desk/pairings", "/desk/volunteers"),
    ("/desk/map", "/desk"),
    ("/desk/me", ""),
    ("/desk/help", ""),
];

/// Shell data of one answer.
#[derive(Clone)]
pub struct Page {
    pub words: Arc<Words>,
    pub lang: Lang,
    pub theme: Theme,
    pub view: View,
    /// Token of the session's forms.
    pub csrf: String,
    /// This answer's nonce, for the rare inline block.
    pub nonce: String,
    /// Whether this browser asks for its first page: it has nothing of the bundle yet.
    pub is_first: bool,
    /// Path and query of this page, so that a setting leads back here.
    pub path: String,
    /// Name of the town or county that runs this house.
    pub town: String,
    /// What the signed-in person is called here (post and unit).
    pub signed_in: Option<String>,
    /// Whose this page is, as a phone knows them.
    pub owner: Option<String>,
    pub flash: Option<Flash>,
    pub demo: Demo,
    /// The desk's doors that this person may open.
    pub rail: Vec<RailDoor>,
}

impl Page {
    /// A page for somebody unknown, with nothing chosen yet.
    pub fn new(words: Arc<Words>, lang: Lang, town: String) -> Page {
        Page {
            words,
            lang,
            theme: Theme::Auto,
            view: View::Normal,
            csrf: String::new(),
            nonce: String::new(),
            is_first: false,
            path: "/".to_owned(),
            town,
            signed_in: None,
            owner: None,
            flash: None,
            demo: Demo::Off,
            rail: Vec::new(),
        }
    }

    /// The text of `key` in the reader's language.
    pub fn t<'p>(&'p self, key: &'p str) -> Cow<'p, str> {
        self.words.get(self.lang, key, &[])
    }

    /// The text of `key` with its placeables filled.
    pub fn ta<'p>(&'p self, key: &'p str, args: &[(&str, Value<'_>)]) -> Cow<'p, str> {
        self.words.get(self.lang, key, args)
    }

    /// The text of `key` with one word filled in; easy to write in a template.
    pub fn ts<'p>(&'p self, key: &'p str, name: &str, word: &str) -> Cow<'p, str> {
        self.ta(key, &[(name, Value::from(word))])
    }

    /// The text of `key` with one number filled in; easy to write in a template.
    pub fn tn<'p>(&'p self, key: &'p str, name: &str, number: i64) -> Cow<'p, str> {
        self.ta(key, &[(name, Value::from(number))])
    }

    /// Address of a file of the bundle, with its hash in it.
    pub fn asset(&self, file: &str) -> &'static str {
        assets::url(file)
    }

    /// The style sheet itself.
    pub fn style(&self) -> &'static str {
        assets::style()
    }

    /// Address of one icon of the sprite; a kind of case may name one that we
    /// do not carry, and then gets the common one.
    pub fn icon(&self, name: &str) -> String {
        let name = if assets::has_icon(name) {
            name
        } else {
            "message"
        };
        format!("{}#{name}", assets::url("icons.svg"))
    }

    /// Address of a drawing; none when there is none of this key.
    pub fn drawing(&self, key: &str) -> Option<String> {
        let file = assets::drawing_file(key)?;
        Some(format!("{}#{key}", assets::url(file)))
    }

    /// Whether an icon points along the line of reading, and so turns with it.
    pub fn turns(&self, name: &str) -> bool {
        [
            "arrow-left",
            "arrow-right",
            "chevron-right",
            "send",
            "logout",
        ]
        .contains(&name)
    }

    /// Whether the shell should mark this address as the one that is open.
    pub fn is_at(&self, href: &str) -> bool {
        let path = self.path.split('?').next().unwrap_or_default();
        path == href
            || path
                .strip_prefix(href)
                .is_some_and(|rest| href != "/" && rest.starts_with('/'))
    }

    /// Whether this door of the rail is the one that is open: the closest of all that match.
    pub fn is_behind(&self, door: &RailDoor) -> bool {
        if let Some((_, room)) = ELSEWHERE.iter().find(|(path, _)| self.is_at(path)) {
            return door.href == *room;
        }
        let closest = self
            .rail
            .iter()
            .filter(|other| self.is_at(other.href))
            .max_by_key(|other| other.href.len());
        closest.is_some_and(|closest| closest.href == door.href)
    }

    /// A tracking code in groups of four, as it is read aloud.
    pub fn groups(&self, code: &str) -> Vec<String> {
        let digits: Vec<char> = code.chars().filter(|c| c.is_alphanumeric()).collect();
        digits.chunks(4).map(|four| four.iter().collect()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(path: &str) -> Page {
        let words = Words::load(crate::words::sources()).expect("built-in words");
        let mut page = Page::new(Arc::new(words), Lang::ZH, "和静县".to_owned());
        page.path = path.to_owned();
        page
    }

    #[test]
    fn the_open_door_is_marked_and_its_neighbours_are_not() {
        assert!(page("/desk/cases?late=1").is_at("/desk/cases"));
        assert!(page("/desk/cases/0abc").is_at("/desk/cases"));
        assert!(!page("/desk/casestudy").is_at("/desk/cases"));
        assert!(!page("/wishes").is_at("/"));
        assert!(page("/").is_at("/"));
    }

    #[test]
    fn one_door_of_the_rail_is_open_even_when_one_address_lies_within_another() {
        let door = |href| RailDoor {
            href,
            icon: "inbox",
            word: "desk-inbox",
            keys: "",
            waiting: None,
        };
        let open = |path| {
            let mut page = page(path);
            page.rail = vec![
                door("/desk"),
                door("/desk/search"),
                door("/desk/supervision"),
                door("/desk/figures"),
            ];
            let open = page.rail.iter().filter(|door| page.is_behind(door));
            open.map(|door| door.href).collect::<Vec<_>>()
        };
        assert_eq!(open("/desk/search?q=1"), ["/desk/search"]);
        assert_eq!(open("/desk/cases/0abc"), ["/desk"]);
        assert_eq!(open("/desk/rates?by=item"), ["/desk/figures"]);
        assert_eq!(open("/desk/precedents?item=heat"), ["/desk/supervision"]);
        assert_eq!(open("/desk/me/telling"), Vec::<&str>::new());
        assert_eq!(open("/admin"), Vec::<&str>::new());
    }

    #[test]
    fn a_code_is_read_in_fours() {
        assert_eq!(
            page("/").groups("1234-5678 90123456"),
            ["1234", "5678", "9012", "3456"]
        );
        assert_eq!(page("/").groups(""), Vec::<String>::new());
    }

    #[test]
    fn settings_are_known_by_their_words() {
        assert_eq!(Theme::named("dark"), Some(Theme::Dark));
        assert_eq!(Theme::named("pink"), None);
        assert_eq!(View::named("elder"), Some(View::Elder));
        assert_eq!(View::named(""), None);
    }

    #[test]
    fn texts_take_words_and_numbers() {
        let page = page("/");
        assert_eq!(page.ts("code-say", "code", "1234"), "这样念：1234");
        assert_eq!(
            page.ta(
                "photo-help",
                &[("count", 3.into()), ("megabytes", 10.into())]
            ),
            "最多 3 张，一张 10 MB 以内。照片里的位置信息会去掉。"
        );
    }
}
