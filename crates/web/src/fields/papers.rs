//! The papers of an errand that can be where this step takes them from, each to be ticked.

use askama::Template;

use crate::layout::Page;

use super::Frame;
use super::choices::Option;

#[derive(Template)]
#[template(path = "fields/papers.html")]
struct Papers<'a> {
    page: &'a Page,
    frame: &'a Frame<'a>,
    options: Vec<Option>,
}

pub(super) fn draw(frame: &Frame<'_>) -> Result<String, askama::Error> {
    let papers = frame.known.papers.get(&frame.field.name);
    let papers = papers.map(Vec::as_slice).unwrap_or_default();
    let options = papers.iter().map(|(value, label)| Option {
        value: value.clone(),
        label: label.clone(),
        chosen: frame.has(value),
    });
    Papers {
        page: frame.page,
        frame,
        options: options.collect(),
    }
    .render()
}
