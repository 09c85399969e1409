//! Samples on pages: how a line of a checklist looks when it is right or wrong, and what a paper
//! looks like; and the photos among them, which everybody may see.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use huiyin_app::files::fetch::Size;
use huiyin_app::samples::fetch;
use huiyin_domain::id::FileId;
use huiyin_domain::round::Line;
use huiyin_domain::sample::{Pictured, Sample, Side};

use crate::layout::Page;
use crate::pages::resident::file;
use crate::visit::{Answer, Visit};

/// Where a picture is found.
pub struct View {
    /// The address of a drawing; empty for a photo.
    pub drawing: String,
    /// The addresses of a photo; empty for a drawing.
    pub small: String,
    pub large: String,
    /// What is to be seen.
    pub says: String,
}

impl View {
    /// None when there is no such drawing any more.
    fn of(page: &Page, picture: &Pictured, says: String) -> Option<View> {
        let (drawing, small, large) = match picture {
            Pictured::Drawing(key) => (page.drawing(key)?, String::new(), String::new()),
            Pictured::Photo(file) => {
                let large = format!("/samples/{file}");
                (String::new(), format!("{large}/small"), large)
            }
        };
        Some(View {
            drawing,
            small,
            large,
            says,
        })
    }
}

/// What is to be seen on a drawing.
pub fn drawing_word(page: &Page, key: &str) -> String {
    page.t(&format!("drawing-{key}")).into_owned()
}

/// How a line looks when it is right, and when it is wrong.
pub struct CheckView {
    /// What is to be seen, and which of the two it is.
    pub label: String,
    /// The address of the sign, for a photo: a drawing has it on it.
    pub sign: String,
    pub view: View,
}

/// The pictures of a line that it has.
pub fn of_line(page: &Page, line: &Line) -> Vec<CheckView> {
    let one = |side: &Side| check(page, *side, line.picture(*side)?);
    Side::ALL.iter().filter_map(one).collect()
}

pub fn check(page: &Page, side: Side, sample: &Sample) -> Option<CheckView> {
    let says = match (&sample.picture, sample.says.is_empty()) {
        (Pictured::Drawing(key), true) => drawing_word(page, key),
        _ => sample.says.in_lang(page.lang.as_str()).to_owned(),
    };
    let word = page.t(&format!("sample-{}", side.word())).into_owned();
    let told = [("side", word.into()), ("says", says.clone().into())];
    Some(CheckView {
        label: page.ta("sample-says", &told).into_owned(),
        sign: page
            .drawing(&format!("sign-{}", side.word()))
            .unwrap_or_default(),
        view: View::of(page, &sample.picture, says)?,
    })
}

/// What a paper looks like, where somebody has said so.
pub fn of_paper(page: &Page, name: &str, picture: Option<&Pictured>) -> Option<View> {
    let says = page.ts("sample-paper", "name", name).into_owned();
    View::of(page, picture?, says)
}

pub async fn show(visit: Visit, Path(id): Path<FileId>) -> Answer {
    send(&visit, id, Size::Display).await
}

pub async fn small(visit: Visit, Path(id): Path<FileId>) -> Answer {
    send(&visit, id, Size::Small).await
}

/// What hangs here never changes, so a phone asks for it once.
async fn send(visit: &Visit, id: FileId, size: Size) -> Answer {
    let bytes = fetch::fetch(&visit.state.app, id, size).await?;
    let mut answer = file::shown(bytes, "image/jpeg")?;
    let kept = HeaderValue::from_static("public, max-age=31536000, immutable");
    answer.headers_mut().insert(header::CACHE_CONTROL, kept);
    Ok(answer)
}
