//! A certificate on paper: what the volunteer did, courses and thanks, and the code by which
//! anybody checks it.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse as _;
use huiyin_app::volunteers::{certify, revoke};
use huiyin_domain::id::CertificateId;
use huiyin_domain::volunteer::{Certificate, CertificateState, Certified, MarkSort};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::problem::Problem;
use crate::qr;
use crate::sheet::{self, Sheet};
use crate::visit::{Answer, Visit, html, see};
use crate::when::When;

use super::{PlaceWords, hours, hours_word};

#[derive(Template)]
#[template(path = "pages/volunteer/certificate.html")]
struct CertificatePage<'a> {
    page: &'a Page,
    told: Told,
    /// In fours, and without spaces.
    code: String,
    digits: &'a str,
    address: String,
    qr: String,
    made: String,
    /// Where it is as a file; empty when it cannot be one.
    file: String,
}

/// What a certificate says, in words.
pub(super) struct Told {
    pub name: String,
    pub place: String,
    pub span: String,
    pub services: String,
    pub hours: String,
    pub lines: Vec<Line>,
    /// How many services do not stand there one by one; empty when all do.
    pub more: String,
    pub training: Vec<String>,
    pub recognition: Vec<String>,
}

impl Told {
    fn facts(&self) -> [(&'static str, &str); 5] {
        [
            ("certificate-name", &self.name),
            ("certificate-place", &self.place),
            ("certificate-span", &self.span),
            ("certificate-services", &self.services),
            ("certificate-hours", &self.hours),
        ]
    }

    /// Whether readers of PDF have signs for all that people have written.
    fn can_be_file(&self) -> bool {
        let lines = self.lines.iter().map(|line| &line.what);
        let marks = self.training.iter().chain(&self.recognition);
        let mut all = lines.chain(marks).chain([&self.name, &self.place]);
        all.all(|text| sheet::can_say(text))
    }
}

/// A service in the table.
pub(super) struct Line {
    pub day: String,
    pub what: String,
    pub whom: String,
    pub hours: String,
}

/// Puts what is certified into words.
pub(super) async fn told(visit: &Visit, page: &Page, content: &Certified) -> Result<Told, Problem> {
    let when = When::of(visit, page);
    let args = [
        ("since", content.since.to_string().into()),
        ("until", content.until.to_string().into()),
    ];
    let lines = content.lines.iter().map(|line| Line {
        day: line.day.to_string(),
        what: line.what.clone(),
        whom: page
            .t(&format!("volunteer-whom-{}", line.whom.word()))
            .into_owned(),
        hours: hours(i64::from(line.minutes)),
    });
    let marks = |sort: MarkSort| {
        let marks = content.marks.iter().filter(|mark| mark.sort == sort);
        let words = marks.map(|mark| match mark.minutes {
            0 => format!("{} · {}", mark.what, when.day(mark.day)),
            some => format!(
                "{} · {} · {}",
                mark.what,
                when.day(mark.day),
                hours_word(page, i64::from(some))
            ),
        });
        words.collect::<Vec<_>>()
    };
    let told = u32::try_from(content.lines.len()).unwrap_or(u32::MAX);
    let more = content.services.saturating_sub(told);
    Ok(Told {
        name: content.name.clone(),
        place: PlaceWords::default()
            .of(visit, page, &content.place)
            .await?,
        span: page.ta("certificate-span-days", &args).into_owned(),
        services: content.services.to_string(),
        hours: hours_word(page, i64::from(content.minutes)),
        lines: lines.collect(),
        more: match (more, told) {
            (0, _) | (_, 0) => String::new(),
            (more, _) => page
                .tn("certificate-more", "count", i64::from(more))
                .into_owned(),
        },
        training: marks(MarkSort::Training),
        recognition: marks(MarkSort::Recognition),
    })
}

pub async fn show(visit: Visit, Path(id): Path<CertificateId>) -> Answer {
    let (found, content) = valid(&visit, id).await?;
    let page = visit.page();
    let address = format!("{}/certificate/{}", visit.origin, found.code);
    let told = told(&visit, &page, &content).await?;
    html(&CertificatePage {
        file: match told.can_be_file() {
            true => format!("/volunteer/certificates/{id}/pdf"),
            false => String::new(),
        },
        told,
        qr: qr::svg(&address, &page.t("certificate-qr")),
        made: When::of(&visit, &page).day_of(found.made_at),
        code: page.groups(&found.code).join(" "),
        digits: &found.code,
        address,
        page: &page,
    })
}

async fn valid(visit: &Visit, id: CertificateId) -> Result<(Certificate, Certified), Problem> {
    let found = certify::read(&visit.state.app, &visit.actor, id).await?;
    match found.state.clone() {
        CertificateState::Valid(content) => Ok((found, content)),
        CertificateState::Revoked { .. } => Err(Problem::NotFound),
    }
}

/// The same as a file. A name in signs for which readers of PDF have no font is printed from
/// the page, which does not offer the file then.
pub async fn pdf(visit: Visit, Path(id): Path<CertificateId>) -> Answer {
    let (found, content) = valid(&visit, id).await?;
    let page = visit.page();
    let told = told(&visit, &page, &content).await?;
    if !told.can_be_file() {
        return Err(Problem::NotFound);
    }
    let address = format!("{}/certificate/{}", visit.origin, found.code);
    let made = When::of(&visit, &page).day_of(found.made_at);
    let code = page.groups(&found.code).join(" ");
    let file = drawn(&page, &told, (&address, &code, &made));
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"certificate.pdf\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, file).into_response())
}

fn drawn(page: &Page, told: &Told, (address, code, made): (&str, &str, &str)) -> Vec<u8> {
    let mut sheet = Sheet::new();
    sheet.heading(&page.t("certificate-title"));
    for (key, text) in told.facts() {
        sheet.fact(&page.t(key), text);
    }
    if !told.lines.is_empty() {
        sheet.part(&page.t("certificate-lines"));
        for line in &told.lines {
            sheet.row([&line.day, &line.what, &line.whom, &line.hours]);
        }
        sheet.small(&told.more);
    }
    for (key, lines) in [
        ("certificate-training", &told.training),
        ("certificate-recognition", &told.recognition),
    ] {
        if !lines.is_empty() {
            sheet.part(&page.t(key));
            lines.iter().for_each(|line| sheet.text(line));
        }
    }
    let how = page.t("certificate-how-to-check");
    sheet.code(address, &[&how, address, code]);
    sheet.text(&page.ts("certificate-issued", "day", made));
    sheet.small(&page.t("certificate-consent"));
    sheet.small(&page.town);
    sheet.finish(&page.t("certificate-title"))
}

/// Has a certificate made.
pub async fn make(visit: Visit, form: Form) -> Answer {
    let id: CertificateId = form.text("id").parse().map_err(|_| Problem::Malformed)?;
    certify::certify(&visit.state.app, &visit.actor, id).await?;
    Ok(flash::say(
        see("/volunteer"),
        Tone::Done,
        "certificate-made",
        visit.transport(),
    ))
}

/// Takes one back.
pub async fn revoke(visit: Visit, Path(id): Path<CertificateId>) -> Answer {
    revoke::revoke(&visit.state.app, &visit.actor, id).await?;
    Ok(flash::say(
        see("/volunteer"),
        Tone::Done,
        "certificate-revoked",
        visit.transport(),
    ))
}
