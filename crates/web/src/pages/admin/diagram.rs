//! The way of a kind as a picture: stages below each other, steps as arcs between them,
//! forward ones on the right, backward ones on the left. Drawn here, so that no script is
//! needed; the table below the picture says the same in words.

use std::fmt::Write;

use huiyin_domain::case::{Kind, Target};

use crate::layout::Page;
use crate::pages::desk::show;

const ROW: usize = 64;
const BOX_HEIGHT: usize = 40;
const BOX_WIDTH: usize = 200;
/// From one line of a name to the next.
const LINE: usize = 17;
/// Room for the arcs on each side.
const SIDE: usize = 130;

/// An arc from one stage to another, by their places in the list.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
struct Arc {
    from: usize,
    to: usize,
}

/// The picture, as SVG. Its colours are the page's.
pub fn svg(page: &Page, kind: &Kind) -> String {
    let (width, height) = (BOX_WIDTH + 2 * SIDE, kind.stages.len() * ROW);
    let mut svg = format!(
        "<svg class=\"way\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\">\
         <defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" \
         markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\"/></marker></defs>",
        escaped(&page.t("admin-kind-way")),
    );
    for arc in arcs(kind) {
        let _ = write!(
            svg,
            "<path class=\"way-arc\" marker-end=\"url(#tip)\" d=\"{}\"/>",
            path(arc)
        );
    }
    for (at, stage) in kind.stages.iter().enumerate() {
        let class = if stage.closed {
            "way-stage way-closed"
        } else {
            "way-stage"
        };
        let (top, middle) = (at * ROW + (ROW - BOX_HEIGHT) / 2, at * ROW + ROW / 2);
        let name = show::stage_word(page, &kind.slug, &stage.name);
        let _ = write!(
            svg,
            "<rect class=\"{class}\" x=\"{SIDE}\" y=\"{top}\" width=\"{BOX_WIDTH}\" \
             height=\"{BOX_HEIGHT}\" rx=\"8\"/>{}",
            text(&name, middle),
        );
    }
    svg.push_str("</svg>");
    svg
}

/// The name of a stage in the middle of its box, on two lines where one is too narrow.
fn text(name: &str, middle: usize) -> String {
    let lines = lines(name);
    let first = middle * 2 + LINE - LINE * lines.len();
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let _ = write!(
            text,
            "<text class=\"way-name\" x=\"{}\" y=\"{}\" dominant-baseline=\"central\" \
             text-anchor=\"middle\">{}</text>",
            SIDE + BOX_WIDTH / 2,
            first / 2 + at * LINE,
            escaped(line),
        );
    }
    text
}

/// A name as it fits into a box, parted where its halves are most alike; what has no spaces,
/// as Chinese, is short enough.
fn lines(name: &str) -> Vec<&str> {
    if width(name) <= BOX_WIDTH - 24 {
        return vec![name];
    }
    let parts = name.match_indices(' ').map(|(at, _)| name.split_at(at));
    let longer = |(first, second): &(&str, &str)| width(first).max(width(second.trim()));
    match parts.min_by_key(longer) {
        Some((first, second)) => vec![first, second.trim_start()],
        None => vec![name],
    }
}

/// About how wide a name is drawn: Latin letters take a little more than half their height.
fn width(name: &str) -> usize {
    let tenths = |c: char| if c.is_ascii() { 82 } else { 150 };
    name.chars().map(tenths).sum::<usize>() / 10
}

/// Every pair of stages between which some step leads, once.
fn arcs(kind: &Kind) -> Vec<Arc> {
    let place = |name: &str| kind.stages.iter().position(|stage| stage.name == name);
    let mut arcs = Vec::new();
    for step in &kind.steps {
        let targets: Vec<&str> = match &step.to {
            Target::Stage(stage) => vec![stage],
            Target::Branch { stages, .. } => {
                stages.iter().map(|(_, stage)| stage.as_str()).collect()
            }
            Target::Stay | Target::OtherKind => Vec::new(),
        };
        for from in step.from.iter().filter_map(|stage| place(stage)) {
            let reached = targets.iter().filter_map(|stage| place(stage));
            arcs.extend(reached.filter(|to| *to != from).map(|to| Arc { from, to }));
        }
    }
    arcs.sort_unstable();
    arcs.dedup();
    arcs
}

/// Straight down to the next stage; around the outside to any other.
fn path(Arc { from, to }: Arc) -> String {
    let middle = |at: usize| at * ROW + ROW / 2;
    if to == from + 1 {
        let x = SIDE + BOX_WIDTH / 2;
        return format!(
            "M{x} {}V{}",
            middle(from) + BOX_HEIGHT / 2,
            middle(to) - BOX_HEIGHT / 2 - 1
        );
    }
    let reach = (18 + 14 * from.abs_diff(to)).min(SIDE - 10);
    let (edge, out) = match to > from {
        true => (SIDE + BOX_WIDTH, SIDE + BOX_WIDTH + reach),
        false => (SIDE, SIDE - reach),
    };
    // A little apart, so that what leaves and what arrives do not lie on each other.
    let (leaves, arrives) = match to > from {
        true => (middle(from) + 7, middle(to) - 7),
        false => (middle(from) - 7, middle(to) + 7),
    };
    format!("M{edge} {leaves}C{out} {leaves} {out} {arrives} {edge} {arrives}")
}

fn escaped(text: &str) -> String {
    askama::filters::escape(text, askama::filters::Html)
        .map(|text| text.to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_stage_is_straight_below_and_a_way_back_goes_left() {
        assert_eq!(path(Arc { from: 0, to: 1 }), "M230 52V75");
        assert!(path(Arc { from: 0, to: 3 }).starts_with("M330 "));
        assert!(path(Arc { from: 3, to: 0 }).starts_with("M130 "));
    }

    #[test]
    fn a_long_name_stands_on_two_lines_within_its_box() {
        assert_eq!(lines("Received"), ["Received"]);
        assert_eq!(lines("单位负责人在盯"), ["单位负责人在盯"]);
        let long = "Supervised by the people's congress";
        assert_eq!(lines(long), ["Supervised by the", "people's congress"]);
        let drawn = text(long, 32);
        assert!(
            drawn.contains("y=\"23\"") && drawn.contains("y=\"40\""),
            "{drawn}"
        );
        assert!(text("Received", 32).contains("y=\"32\""));
    }
}
