//! The papers of an errand that can be where this step takes them from, each to be ticked.

use askama::Template;

use crate::layout::Page;

use super::Frame;
use crate::pages::samples::{self, View};

#[derive(Template)]
#[template(path = "fields/papers.html")]
struct Papers<'a> {
    page: &'a Page,
    frame: &'a Frame<'a>,
    options: Vec<Tick>,
}

/// A paper to tick, with what it looks like.
struct Tick {
    value: String,
    label: String,
    chosen: bool,
    picture: Option<View>,
}

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    let papers = frame.known.papers.get(&frame.field.name);
    let papers = papers.map(Vec::as_slice).unwrap_or_default();
    let options = papers.iter().map(|(value, label, picture)| Tick {
        value: value.clone(),
        label: label.clone(),
        chosen: frame.has(value),
        picture: samples::of_paper(frame.page, label, picture.as_ref()),
    });
    Papers {
        page: frame.page,
        frame,
        options: options.collect(),
    }
    .render()
}
