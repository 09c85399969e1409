//! A text as a QR code, drawn as SVG in the colours of the page.

use qrcode::{EcLevel, QrCode};

/// The quiet border that readers need, in modules.
const BORDER: usize = 3;

/// The SVG of a text; `label` is read to whoever cannot see it.
pub fn svg(text: &str, label: &str) -> String {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .expect("addresses of this house are far shorter than a QR code can hold");
    let width = code.width();
    let side = width + 2 * BORDER;
    let mut path = String::new();
    for (row, line) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        while column < width {
            let run = line[column..]
                .iter()
                .take_while(|color| **color == qrcode::Color::Dark)
                .count();
            if run > 0 {
                path.push_str(&format!(
                    "M{} {}h{run}v1h-{run}z",
                    column + BORDER,
                    row + BORDER
                ));
            }
            column += run.max(1);
        }
    }
    let label = askama::filters::escape(label, askama::filters::Html)
        .map(|label| label.to_string())
        .unwrap_or_default();
    format!(
        "<svg viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"{label}\">\
         <path d=\"{path}\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_square_with_three_finders_and_an_escaped_label() {
        let drawn = svg("https://huiyin.example/t/4539148803436467", "\"<x>");
        assert!(drawn.starts_with("<svg viewBox=\"0 0 "));
        assert!(
            drawn.contains("M3 3h7v1h-7z"),
            "the upper edge of the first finder"
        );
        assert!(!drawn.contains("<x>") && !drawn.contains("style="));
    }
}
