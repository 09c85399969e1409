//! The place that a form of the administration asks for: searched by name, chosen from the
//! list, or typed as a code, which is looked for as well.
//!
//! A handler says first [`settle`], which may mean that the form is only to be drawn anew,
//! then [`picked`]; its page draws the field with [`draw`].

use huiyin_domain::place::PlaceCode;

use crate::fields::place::{self, Asking};
use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::Visit;

/// Name of the field in every form of the administration.
const NAME: &str = "place";
const SEARCHED: &str = "place--search";

/// Whether a button within the field was pressed: then nothing is to be done yet.
pub fn settle(form: &mut Form) -> bool {
    if place::act(form) {
        return true;
    }
    let held = form.text(NAME).trim().to_owned();
    let code = |text: &str| text.trim().parse::<PlaceCode>().ok();
    match (code(&held), code(form.text(SEARCHED))) {
        // What cannot be a code is kept where it can be read and put right.
        (None, _) if !held.is_empty() => {
            form.put(NAME, []);
            form.put(SEARCHED, [held]);
        }
        (None, Some(typed)) => form.put(NAME, [typed.to_string()]),
        _ => {}
    }
    false
}

/// The place that was chosen; none when nothing was entered. Otherwise the key of what to say.
pub fn picked(form: &Form) -> Result<Option<PlaceCode>, &'static str> {
    let searched = form.text(SEARCHED).trim();
    match (form.text(NAME).parse(), searched) {
        (Ok(place), _) => Ok(Some(place)),
        (Err(_), "") => Ok(None),
        (Err(_), text) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err("admin-place-code-wrong")
        }
        (Err(_), _) => Err("fault-place-not-chosen"),
    }
}

/// The same where there must be a place.
pub fn needed(form: &Form) -> Result<PlaceCode, &'static str> {
    picked(form)?.ok_or("fault-required")
}

/// What the field says around its box.
pub struct Ask {
    /// Key of the label.
    pub label: &'static str,
    /// Key of what helps to fill it in.
    pub help: &'static str,
    pub error: String,
    pub required: bool,
}

impl Ask {
    /// Asks where it is.
    pub fn where_it_is(error: String) -> Ask {
        Ask {
            label: "admin-place",
            help: "admin-place-help",
            error,
            required: true,
        }
    }
}

/// Draws the field: HTML, to be put into a page as it is.
pub async fn draw(visit: &Visit, page: &Page, form: &Form, ask: Ask) -> Result<String, Problem> {
    let described = match ask.error.is_empty() {
        true => format!("{NAME}-help"),
        false => format!("{NAME}-help {NAME}-error"),
    };
    let asking = Asking {
        page,
        id: NAME,
        name: NAME,
        label: &page.t(ask.label),
        help: &page.t(ask.help),
        error: &ask.error,
        described: &described,
        required: ask.required,
    };
    place::draw_alone(visit, &asking, form).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        let mut form = Form::default();
        for (name, text) in pairs {
            form.put(name, [(*text).to_owned()]);
        }
        form
    }

    #[test]
    fn a_code_is_taken_wherever_it_was_typed_and_a_name_must_be_chosen() {
        let cases = [
            (vec![("place", "6529")], Ok(Some("6529"))),
            (vec![("place--search", "6529")], Ok(Some("6529"))),
            (
                vec![("place", "6529"), ("place--search", "阳光")],
                Ok(Some("6529")),
            ),
            (vec![("place", "")], Ok(None)),
            (vec![("place", "12")], Err("admin-place-code-wrong")),
            (vec![("place--search", "12")], Err("admin-place-code-wrong")),
            (
                vec![("place--search", "阳光")],
                Err("fault-place-not-chosen"),
            ),
        ];
        for (pairs, expected) in cases {
            let mut form = form(&pairs);
            assert!(!settle(&mut form), "{pairs:?}");
            let expected = expected.map(|code| code.map(|code| code.parse().unwrap()));
            assert_eq!(picked(&form), expected, "{pairs:?}");
        }
        assert_eq!(needed(&form(&[])), Err("fault-required"));
    }

    #[test]
    fn what_cannot_be_a_code_can_still_be_read() {
        let mut typed = form(&[("place", "阳光社区")]);
        assert!(!settle(&mut typed));
        assert_eq!(typed.text("place"), "");
        assert_eq!(typed.text("place--search"), "阳光社区");
        let mut pressed = form(&[("place--search", "阳光"), ("act", "place-find:place")]);
        assert!(settle(&mut pressed));
    }
}
