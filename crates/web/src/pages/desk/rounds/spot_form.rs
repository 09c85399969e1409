//! The form of one spot: each line with three marks to press; a fault with a photo first, how
//! serious it is, and words for whoever has some.

use std::collections::BTreeMap;
use std::sync::Arc;

use huiyin_app::files::upload;
use huiyin_app::rounds::answer::{Marked, Request, Says, mark_field};
use huiyin_app::rounds::look::{Known, Stop};
use huiyin_app::{Error, Refusal, rounds};
use huiyin_domain::case::{Finding, Kind};
use huiyin_domain::id::{AnswerId, CaseId, FileId, RoundId, SpotId};
use huiyin_domain::round::{Line, Mark, Photo};

use super::weights;
use crate::form::{FILE_BYTES_MAX, Form};
use crate::layout::Page;
use crate::pages::desk::inbox::Choice;
use crate::pages::desk::show;
use crate::pages::samples::{self, CheckView};
use crate::pages::wrong::Wrong;
use crate::visit::Visit;

/// So many photos come with one fault, and so many notes that are spoken.
const PHOTOS_MAX: usize = 6;
const SOUNDS_MAX: usize = 1;
/// Why a spot was not seen, to press and not to write.
const REASONS: [&str; 4] = ["locked", "nobody", "weather", "other"];

pub struct SpotForm {
    pub action: String,
    pub label: String,
    pub answer: String,
    pub lines: Vec<LineForm>,
    pub reasons: Vec<String>,
    pub photos: usize,
    pub megabytes: usize,
    /// Whether a fault takes a note that is spoken.
    pub hears: bool,
}

pub struct LineForm {
    pub code: String,
    /// What no other line of the page is called.
    pub at: String,
    pub check: String,
    pub right: String,
    /// How it looks when it is right, and when it is wrong.
    pub samples: Vec<CheckView>,
    pub mark: String,
    pub mark_error: String,
    pub says: String,
    pub says_error: String,
    pub photo_label: String,
    pub photo_error: String,
    pub kept: Vec<String>,
    pub sound_error: String,
    pub sounds: Vec<String>,
    pub weights: Vec<Choice>,
    pub case: String,
    /// Address and stage of what is known and not mended.
    pub known: Option<(String, String)>,
}

/// What the forms of a round have in common.
pub struct Forms<'a> {
    pub page: &'a Page,
    pub round: RoundId,
    pub lines: &'a [Line],
    finding: Option<(Arc<Kind>, Finding)>,
}

impl<'a> Forms<'a> {
    pub fn of(visit: &Visit, page: &'a Page, (round, lines): (RoundId, &'a [Line])) -> Forms<'a> {
        Forms {
            page,
            round,
            lines,
            finding: rounds::kind(&visit.state.app).ok(),
        }
    }

    /// The form of a spot, empty or as it was filled in.
    pub fn draw(
        &self,
        visit: &Visit,
        (stop, known): (&Stop, Option<&Known>),
        (typed, wrong): (&Form, &Wrong),
    ) -> SpotForm {
        let lang = self.page.lang.as_str();
        let lines = self.lines.iter().map(|line| {
            let known = known.and_then(|known| known.get(&line.code));
            let field = |name: &str| format!("{name}-{}", line.code);
            let case = match typed.text(&field("case")) {
                "" => CaseId::from_raw(visit.state.app.mint()).to_string(),
                given => given.to_owned(),
            };
            LineForm {
                at: format!("{}-{}", stop.number, line.code),
                check: line.check.in_lang(lang).to_owned(),
                right: line
                    .right
                    .as_ref()
                    .map_or("", |right| right.in_lang(lang))
                    .to_owned(),
                samples: samples::of_line(self.page, line),
                mark: typed.text(&mark_field(&line.code)).to_owned(),
                mark_error: wrong.at(&mark_field(&line.code)).to_owned(),
                says: typed.text(&field("says")).to_owned(),
                says_error: wrong.at(&field("says")).to_owned(),
                photo_label: match line.photo {
                    Photo::Wanted => self.page.t("round-photo-wanted").into_owned(),
                    Photo::Welcome => self.page.t("photo-add").into_owned(),
                },
                photo_error: wrong.at(&field("photo")).to_owned(),
                kept: typed.all(&field("photo")).map(str::to_owned).collect(),
                sound_error: wrong.at(&field("sound")).to_owned(),
                sounds: typed.all(&field("sound")).map(str::to_owned).collect(),
                weights: weights(
                    self.page,
                    self.finding.as_ref(),
                    match typed.text(&field("weight")) {
                        "" => &line.weight,
                        typed => typed,
                    },
                ),
                case,
                known: known.map(|one| {
                    let stage = show::stage_word(self.page, &one.kind, &one.stage);
                    (format!("/desk/cases/{}", one.finding.case), stage)
                }),
                code: line.code.clone(),
            }
        });
        let reason = |word: &&str| self.page.t(&format!("round-why-{word}")).into_owned();
        SpotForm {
            action: format!("/desk/rounds/{}/{}", self.round, stop.spot),
            label: stop.names.in_lang(lang).to_owned(),
            answer: match typed.text("id") {
                "" => AnswerId::from_raw(visit.state.app.mint()).to_string(),
                given => given.to_owned(),
            },
            lines: lines.collect(),
            reasons: REASONS.iter().map(reason).collect(),
            photos: PHOTOS_MAX,
            megabytes: FILE_BYTES_MAX >> 20,
            hears: self
                .finding
                .as_ref()
                .is_some_and(|(_, own)| own.sounds.is_some()),
        }
    }
}

/// What a form says of a spot; its photos are kept, so that the form comes back with them.
pub async fn read(
    visit: &Visit,
    (round, spot, lines): (RoundId, SpotId, &[Line]),
    form: &mut Form,
) -> Result<Request, Error> {
    let id = form.text("id").parse();
    let id = id.map_err(|_| Refusal::field("id", "fault-form-old"))?;
    let language = visit.page().lang;
    let says = match form.text("why") {
        "" => Says::Marks(marks(visit, lines, form).await?),
        why => Says::LeftOut(why.to_owned()),
    };
    Ok(Request {
        id,
        round,
        spot,
        says,
        language,
    })
}

async fn marks(
    visit: &Visit,
    lines: &[Line],
    form: &mut Form,
) -> Result<BTreeMap<String, Marked>, Error> {
    let mut marks = BTreeMap::new();
    for line in lines {
        let field = |name: &str| format!("{name}-{}", line.code);
        let Ok(mark) = form.text(&mark_field(&line.code)).parse() else {
            continue;
        };
        let (photos, sounds) = match mark {
            Mark::NotOk => (
                photos(visit, &field("photo"), form).await?,
                sounds(visit, &field("sound"), form).await?,
            ),
            Mark::Ok | Mark::None => (Vec::new(), Vec::new()),
        };
        let case = form.text(&field("case")).parse();
        let marked = Marked {
            mark,
            says: form.text(&field("says")).to_owned(),
            weight: form.text(&field("weight")).to_owned(),
            photos,
            sounds,
            case: case.map_err(|_| Refusal::field("id", "fault-form-old"))?,
        };
        marks.insert(line.code.clone(), marked);
    }
    Ok(marks)
}

/// The photos of a fault, those that came before and those that come now.
async fn photos(visit: &Visit, field: &str, form: &mut Form) -> Result<Vec<FileId>, Error> {
    let kept = form.all(field).filter_map(|id| id.parse().ok());
    let mut kept: Vec<FileId> = kept.take(PHOTOS_MAX).collect();
    let sent: Vec<_> = form.files(field).cloned().collect();
    if kept.len() + sent.len() > PHOTOS_MAX {
        return Err(Refusal::too_many(field, PHOTOS_MAX).into());
    }
    for file in sent {
        let bytes = file
            .bytes
            .ok_or_else(|| Refusal::field(field, "photo-too-large"))?;
        kept.push(upload::photo(&visit.state.app, bytes, visit.peer, field).await?);
        form.put(field, kept.iter().map(ToString::to_string));
    }
    Ok(kept)
}

/// The note that was spoken: the last one counts.
async fn sounds(visit: &Visit, field: &str, form: &mut Form) -> Result<Vec<FileId>, Error> {
    let kept = form.all(field).filter_map(|id| id.parse().ok());
    let mut kept: Vec<FileId> = kept.take(SOUNDS_MAX).collect();
    let sent: Vec<_> = form.files(field).cloned().collect();
    for file in sent {
        let bytes = file
            .bytes
            .ok_or_else(|| Refusal::field(field, "sound-too-large"))?;
        kept = vec![upload::sound(&visit.state.app, bytes, visit.peer, field).await?];
        form.put(field, kept.iter().map(ToString::to_string));
    }
    Ok(kept)
}
