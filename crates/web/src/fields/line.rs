//! What fields of one line share: a control with its keyboard on the phone.

use askama::Template;

use crate::layout::Page;

use super::Frame;

/// How the one control behaves.
pub(super) struct Control {
    /// The `type` of the input.
    pub kind: &'static str,
    /// The keyboard that a phone shows.
    pub mode: &'static str,
    pub autocomplete: &'static str,
    pub chars_max: Option<usize>,
}

#[derive(Template)]
#[template(path = "fields/line.html")]
struct Line<'a> {
    page: &'a Page,
    frame: &'a Frame<'a>,
    control: Control,
    help: String,
}

/// Draws a control of one line; the kind's own help goes before the general one.
pub(super) fn draw_line(
    frame: &Frame<'_>,
    control: Control,
    help: &str,
) -> Result<String, askama::Error> {
    let help = match frame.help.is_empty() {
        true if help.is_empty() => String::new(),
        true => frame.page.t(help).into_owned(),
        false => frame.help.clone(),
    };
    Line {
        page: frame.page,
        frame,
        control,
        help,
    }
    .render()
}
