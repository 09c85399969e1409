//! A sheet of paper as a PDF: a heading, facts, lines in columns, a QR code beside its address;
//! and a poster with large letters in the middle, on A4 or A3.
//!
//! No font lies in the file: Latin letters are set in Times, one of the fourteen that every
//! reader has (ISO 32000-1, 9.6.2.2), Chinese ones in the collection Adobe-GB1 (9.7.5.2), for
//! which readers bring a font of their own. What that collection lacks, [`can_say`] refuses.

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo};
use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};
use qrcode::{Color, EcLevel, QrCode};

/// A4, in points.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 56.0;
/// Between lines, in parts of the size of letters.
const LEADING: f32 = 1.5;
/// The size of what is read on, of what stands beside it, and of the heading.
const TEXT: f32 = 11.0;
const SMALL: f32 = 9.0;
const HEAD: f32 = 20.0;
const LABEL_WIDTH: f32 = 110.0;
const QR_SIDE: f32 = 110.0;
/// Where the columns of a line begin.
const COLUMNS: [f32; 4] = [MARGIN, 140.0, 400.0, 480.0];

/// Sizes of paper. What is drawn is drawn for A4, and laid on the paper as large as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    A4,
    A3,
}

impl Paper {
    /// How much larger than A4.
    fn scale(self) -> f32 {
        match self {
            Paper::A4 => 1.0,
            Paper::A3 => std::f32::consts::SQRT_2,
        }
    }

    /// A page with nothing on it.
    fn page(self) -> Content {
        let mut page = Content::new();
        if self != Paper::A4 {
            page.transform([self.scale(), 0.0, 0.0, self.scale(), 0.0, 0.0]);
        }
        page
    }
}

const LATIN: Name<'static> = Name(b"Latin");
const HAN: Name<'static> = Name(b"Han");

/// Whether every sign of the text is in the fonts that a reader of PDF has.
pub fn can_say(text: &str) -> bool {
    text.chars().all(|sign| is_latin(sign) || is_han(sign))
}

fn is_latin(sign: char) -> bool {
    matches!(sign, ' '..='~')
}

/// Of the collection's 30,000 signs those that texts in Chinese are made of.
fn is_han(sign: char) -> bool {
    matches!(sign,
        '\u{00b7}' | '\u{2013}'..='\u{2014}' | '\u{2018}'..='\u{2019}' | '\u{201c}'..='\u{201d}'
        | '\u{2026}' | '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{4db5}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}')
}

/// How wide a sign is set, about, in parts of the size: only for where lines end.
fn width(sign: char) -> f32 {
    match sign {
        'm' | 'w' | 'A'..='Z' | '@' | '%' => 0.75,
        sign if is_latin(sign) => 0.5,
        _ => 1.0,
    }
}

/// The text in lines that are no wider than this.
fn lines(text: &str, size: f32, most: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    for sign in text.chars() {
        let next = width(sign) * size;
        if used + next > most {
            lines.push(String::new());
            used = 0.0;
        }
        used += next;
        if let Some(line) = lines.last_mut() {
            line.push(sign);
        }
    }
    lines
}

/// Sheets that are being filled, from the top.
pub struct Sheet {
    paper: Paper,
    done: Vec<Content>,
    page: Content,
    /// How much is left of the page, from below.
    y: f32,
}

impl Sheet {
    pub fn new() -> Sheet {
        Sheet::on(Paper::A4)
    }

    pub fn on(paper: Paper) -> Sheet {
        Sheet {
            paper,
            done: Vec::new(),
            page: paper.page(),
            y: HEIGHT - MARGIN,
        }
    }

    pub fn heading(&mut self, text: &str) {
        self.says(text, (MARGIN, HEAD));
        self.y -= HEAD / 2.0;
    }

    /// A heading within the page.
    pub fn part(&mut self, text: &str) {
        self.y -= TEXT / 2.0;
        self.says(text, (MARGIN, TEXT + 2.0));
    }

    pub fn text(&mut self, text: &str) {
        self.says(text, (MARGIN, TEXT));
    }

    pub fn small(&mut self, text: &str) {
        self.says(text, (MARGIN, SMALL));
    }

    /// Text in the middle of the page, in letters of this size.
    pub fn centred(&mut self, text: &str, size: f32) {
        let most = WIDTH - 2.0 * MARGIN;
        for line in lines(text, size, most) {
            let wide: f32 = line.chars().map(|sign| width(sign) * size).sum();
            self.room(size);
            self.sets(&line, (MARGIN + (most - wide).max(0.0) / 2.0, size));
            self.y -= size * LEADING;
        }
    }

    /// Leaves room below.
    pub fn space(&mut self, height: f32) {
        self.y -= height;
    }

    /// Goes on overleaf.
    pub fn turn(&mut self) {
        let full = std::mem::replace(&mut self.page, self.paper.page());
        self.done.push(full);
        self.y = HEIGHT - MARGIN;
    }

    /// Something beside what it is called.
    pub fn fact(&mut self, label: &str, text: &str) {
        self.columns(&[(label, MARGIN), (text, MARGIN + LABEL_WIDTH)]);
    }

    /// A line of a table.
    pub fn row(&mut self, cells: [&str; 4]) {
        let cells: Vec<(&str, f32)> = cells.into_iter().zip(COLUMNS).collect();
        self.columns(&cells);
    }

    /// An address as a QR code, with what is said of it beside it.
    pub fn code(&mut self, address: &str, beside: &[&str]) {
        self.room(QR_SIDE + TEXT * 2.0);
        self.y -= TEXT;
        let top = self.y;
        self.modules(address, (MARGIN, QR_SIDE));
        let from = MARGIN + QR_SIDE + TEXT;
        for text in beside {
            self.says(text, (from, TEXT));
        }
        self.y = self.y.min(top - QR_SIDE - TEXT);
    }

    /// An address as a QR code in the middle, so wide.
    pub fn large_code(&mut self, address: &str, side: f32) {
        self.room(side);
        self.modules(address, ((WIDTH - side) / 2.0, side));
        self.y -= side;
    }

    /// Draws a QR code below where the page stands.
    fn modules(&mut self, address: &str, (left, wide): (f32, f32)) {
        let code = QrCode::with_error_correction_level(address, EcLevel::M)
            .expect("addresses of this house are far shorter than a QR code can hold");
        let side = code.width();
        let module = wide / side as f32;
        for (index, color) in code.to_colors().into_iter().enumerate() {
            if color == Color::Dark {
                let x = left + (index % side) as f32 * module;
                let y = self.y - (index / side + 1) as f32 * module;
                self.page.rect(x, y, module, module);
            }
        }
        self.page.fill_nonzero();
    }

    /// Texts beside each other, each as wide as there is room before the next.
    fn columns(&mut self, cells: &[(&str, f32)]) {
        let ends = cells.iter().skip(1).map(|&(_, from)| from - TEXT / 2.0);
        let ends = ends.chain([WIDTH - MARGIN]);
        let parts: Vec<(Vec<String>, f32)> = cells
            .iter()
            .zip(ends)
            .map(|(&(text, from), end)| (lines(text, TEXT, end - from), from))
            .collect();
        let most = parts.iter().map(|(lines, _)| lines.len()).max();
        for number in 0..most.unwrap_or(0) {
            self.room(TEXT);
            for (lines, from) in &parts {
                if let Some(line) = lines.get(number) {
                    self.sets(line, (*from, TEXT));
                }
            }
            self.y -= TEXT * LEADING;
        }
    }

    fn says(&mut self, text: &str, (from, size): (f32, f32)) {
        if text.is_empty() {
            return;
        }
        for line in lines(text, size, WIDTH - MARGIN - from) {
            self.room(size);
            self.sets(&line, (from, size));
            self.y -= size * LEADING;
        }
    }

    /// Goes on to the next page when so much has no room on this one.
    fn room(&mut self, height: f32) {
        if self.y - height < MARGIN {
            self.turn();
        }
    }

    /// Sets a line below where the page stands, in both fonts by turns.
    fn sets(&mut self, line: &str, (x, size): (f32, f32)) {
        self.page.begin_text().next_line(x, self.y - size);
        let signs: Vec<char> = line.chars().collect();
        for run in signs.chunk_by(|one, next| is_latin(*one) == is_latin(*next)) {
            if is_latin(run[0]) {
                let bytes: String = run.iter().collect();
                self.page.set_font(LATIN, size).show(Str(bytes.as_bytes()));
            } else {
                let text: String = run.iter().collect();
                let units = text.encode_utf16();
                let bytes: Vec<u8> = units.flat_map(u16::to_be_bytes).collect();
                self.page.set_font(HAN, size).show(Str(&bytes));
            }
        }
        self.page.end_text();
    }

    /// The file.
    pub fn finish(mut self, title: &str) -> Vec<u8> {
        self.done.push(self.page);
        let mut next = Ref::new(1);
        let (catalog, tree, latin, info) = (next.bump(), next.bump(), next.bump(), next.bump());
        let han = [next.bump(), next.bump(), next.bump()];
        let pages: Vec<(Ref, Ref)> = (0..self.done.len())
            .map(|_| (next.bump(), next.bump()))
            .collect();
        let mut pdf = Pdf::new();
        pdf.catalog(catalog).pages(tree);
        pdf.document_info(info).title(TextStr(title));
        let count = i32::try_from(pages.len()).unwrap_or(i32::MAX);
        pdf.pages(tree)
            .kids(pages.iter().map(|(page, _)| *page))
            .count(count);
        for (content, (id, content_id)) in self.done.into_iter().zip(pages) {
            let mut page = pdf.page(id);
            let scale = self.paper.scale();
            page.media_box(Rect::new(0.0, 0.0, WIDTH * scale, HEIGHT * scale));
            page.parent(tree).contents(content_id);
            let mut resources = page.resources();
            resources.fonts().pair(LATIN, latin).pair(HAN, han[0]);
            resources.finish();
            page.finish();
            pdf.stream(content_id, &content.finish());
        }
        pdf.type1_font(latin).base_font(Name(b"Times-Roman"));
        song(&mut pdf, han);
        pdf.finish()
    }
}

/// The Chinese font that readers bring, with its signs by their codes in UTF-16.
fn song(pdf: &mut Pdf, [font, signs, look]: [Ref; 3]) {
    let name = Name(b"STSong-Light");
    pdf.type0_font(font)
        .base_font(Name(b"STSong-Light-UniGB-UTF16-H"))
        .encoding_predefined(Name(b"UniGB-UTF16-H"))
        .descendant_font(signs);
    pdf.cid_font(signs)
        .subtype(CidFontType::Type0)
        .base_font(name)
        .system_info(SystemInfo {
            registry: Str(b"Adobe"),
            ordering: Str(b"GB1"),
            supplement: 4,
        })
        .font_descriptor(look)
        .default_width(1000.0);
    pdf.font_descriptor(look)
        .name(name)
        .flags(FontFlags::SYMBOLIC | FontFlags::SERIF)
        .bbox(Rect::new(-25.0, -254.0, 1000.0, 880.0))
        .italic_angle(0.0)
        .ascent(880.0)
        .descent(-120.0)
        .cap_height(880.0)
        .stem_v(93.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_readers_have_no_signs_for_is_refused() {
        assert!(can_say("和畅 · Tel. 0998-5550100（上午）"));
        assert!(!can_say("ئالىم"));
        assert!(!can_say("Әлия"));
    }

    #[test]
    fn long_lines_are_broken_and_long_sheets_go_on_overleaf() {
        assert_eq!(lines("一二三四五", 10.0, 35.0), ["一二三", "四五"]);
        let mut sheet = Sheet::new();
        sheet.heading("志愿服务记录证明");
        for _ in 0..60 {
            sheet.row(["2026-11-28", "帮邻居买菜", "老人", "1.5"]);
        }
        sheet.code("http://huiyin.example/certificate/1", &["核验"]);
        let file = sheet.finish("志愿服务记录证明");
        assert!(file.starts_with(b"%PDF-1."));
        let text = String::from_utf8_lossy(&file);
        assert!(text.contains("/Count 2"));
        let inked: String = "帮邻"
            .encode_utf16()
            .map(|unit| format!("{unit:04X}"))
            .collect();
        let as_written = [inked.clone(), inked.to_lowercase()];
        let raw = "帮邻"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect::<Vec<_>>();
        let has_raw = file.windows(raw.len()).any(|window| window == raw);
        assert!(has_raw || as_written.iter().any(|hex| text.contains(hex)));
    }

    /// The dark modules of a poster's code, read back from what is drawn.
    fn drawn(file: &[u8]) -> Vec<Vec<bool>> {
        let text = String::from_utf8_lossy(file);
        let squares: Vec<[f32; 3]> = text
            .lines()
            .filter_map(|line| line.strip_suffix(" re"))
            .filter_map(|line| {
                let parts: Vec<f32> = line
                    .split(' ')
                    .filter_map(|part| part.parse().ok())
                    .collect();
                Some([*parts.first()?, *parts.get(1)?, *parts.get(2)?])
            })
            .collect();
        let module = squares[0][2];
        let left = squares.iter().map(|one| one[0]).fold(f32::MAX, f32::min);
        let top = squares.iter().map(|one| one[1]).fold(f32::MIN, f32::max);
        let cell = |from: f32, to: f32| ((to - from) / module).round() as usize;
        let side = squares
            .iter()
            .map(|one| cell(left, one[0]))
            .max()
            .unwrap_or(0)
            + 1;
        let mut rows = vec![vec![false; side]; side];
        for one in &squares {
            rows[cell(one[1], top)][cell(left, one[0])] = true;
        }
        rows
    }

    #[test]
    fn a_poster_has_its_address_in_large_and_is_as_large_as_its_paper() {
        let address = "https://huiyin.example/p/990121001001001001001";
        for (paper, box_of) in [(Paper::A4, "[0 0 595 842]"), (Paper::A3, "[0 0 841.4")] {
            let mut sheet = Sheet::on(paper);
            sheet.centred("有事请扫码", 44.0);
            sheet.large_code(address, 250.0);
            sheet.turn();
            sheet.centred("有事请扫码", 44.0);
            sheet.large_code(address, 250.0);
            let file = sheet.finish("海报");
            let text = String::from_utf8_lossy(&file);
            assert!(text.contains("/Count 2") && text.contains(box_of), "{text}");
            let code = QrCode::with_error_correction_level(address, EcLevel::M).unwrap();
            let meant: Vec<bool> = code
                .to_colors()
                .into_iter()
                .map(|color| color == Color::Dark)
                .collect();
            let rows = drawn(&file);
            assert_eq!(rows.len(), code.width());
            assert_eq!(
                rows.concat(),
                meant,
                "what is drawn is the code of the address"
            );
        }
    }
}
