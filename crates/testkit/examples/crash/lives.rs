//! What people do in the trial: three lives of a case, each with photos, words, steps and people.

use std::io::Cursor;

use image::{ImageFormat, RgbImage};
use rand::Rng;
use rand::seq::IndexedRandom;
use serde_json::{Value, json};

use crate::client::{Answer, Asked};
use crate::finding::Fault;
use crate::journal::Deed;
use crate::writer::{Stop, Writer};

/// What a phone shows whenever it sends a form.
pub struct Phone {
    cookies: String,
    token: String,
    owner: String,
}

/// Lives until it is over.
pub fn live(mut writer: Writer) -> Result<(), Fault> {
    let phone = match writer.phone() {
        Ok(phone) => phone,
        Err(Stop::Broken(fault)) => return Err(fault),
        Err(Stop::Over | Stop::Refused) => return Ok(()),
    };
    until_over(|| match writer.rng.random_range(0..3) {
        0 => writer.appeal(),
        1 => writer.appeal_by_form(),
        _ => writer.wish(&phone),
    })
}

/// Acts again and again.
pub fn until_over(mut act: impl FnMut() -> Result<(), Stop>) -> Result<(), Fault> {
    loop {
        match act() {
            Ok(()) | Err(Stop::Refused) => {}
            Err(Stop::Over) => return Ok(()),
            Err(Stop::Broken(fault)) => return Err(fault),
        }
    }
}

impl Writer {
    /// Somebody who has signed in, on a phone that can send later.
    fn phone(&mut self) -> Result<Phone, Stop> {
        let session = format!("session={}", self.common.keys.sessions[self.number]);
        let asked = Asked::get("/queue/state").with("cookie", session.as_str());
        let answer = self.ask(&asked, &[200], "asking who is signed in")?;
        let state = answer.json()?;
        let text = |name: &str| state[name].as_str().map(str::to_owned);
        Ok(Phone {
            cookies: format!("{session}; {}", answer.cookies()),
            token: text("token").ok_or("no token for forms")?,
            owner: text("owner").ok_or("nobody has signed in")?,
        })
    }

    /// Brought in over the API with photos, handed on, taken on, answered and judged.
    fn appeal(&mut self) -> Result<(), Stop> {
        let keys = self.common.keys.clone();
        let place = self.place();
        let photos = [self.photo()?, self.photo()?];
        let mark = self.mark();
        let said = json!({"kind": "appeal", "values": {
            "description": format!("{mark} 楼道里的灯不亮"), "place": place, "photos": photos,
        }});
        let (case, code) = self.open(&mark, said, photos.len())?;
        self.comment(&case, &keys.dispatcher)?;
        let unit = keys.departments.choose(&mut self.rng);
        let unit = unit.ok_or("a town has departments")?;
        let handler = &keys.units[unit];
        self.step((&case, "dispatch"), &keys.dispatcher, json!({"unit": unit}))?;
        self.step((&case, "accept"), handler, json!({}))?;
        self.comment_with_photo(&case, &code)?;
        let mark = self.mark();
        let answer = json!({"outcome": "solved", "answer": format!("{mark} 灯已经换好")});
        self.marked_step((&case, "answer"), handler, (&mark, answer))?;
        self.judge(&case, &code)
    }

    /// Brought in on the page, as a browser sends its form.
    fn appeal_by_form(&mut self) -> Result<(), Stop> {
        let keys = self.common.keys.clone();
        let page = self.ask(&Asked::get("/new/appeal"), &[200], "the form")?;
        let field = |name: &str| page.between(&format!("name=\"{name}\" value=\""), "\"");
        let (csrf, id) = (field("csrf"), field("id"));
        let (csrf, id) = (csrf.ok_or("no token")?, id.ok_or("no id")?);
        let (mark, place, picture) = (self.mark(), self.place(), self.picture()?);
        let description = format!("{mark} 楼下的长椅坏了");
        let texts = [
            ("csrf", csrf.as_str()),
            ("id", &id),
            ("checked", "1"),
            ("instead", "no"),
            ("f-description", &description),
            ("f-place", &place),
        ];
        let asked = Asked::form("/new/appeal", &texts, ("f-photos", &picture));
        let asked = asked.with("cookie", page.cookies());
        self.goes_on()?;
        let deed = Deed::Open { photos: 1 };
        self.write((&mark, &deed), asked, &[303])?;
        self.comment(&id, &keys.dispatcher)
    }

    /// Put on the wall; a neighbour claims it on the phone, brings it, and it is confirmed.
    fn wish(&mut self, phone: &Phone) -> Result<(), Stop> {
        let keys = self.common.keys.clone();
        let community = keys.communities.choose(&mut self.rng);
        let (place, office) = community.ok_or("a town has communities")?;
        let mark = self.mark();
        let said = json!({"kind": "wish", "values": {
            "description": format!("{mark} 想要一副护膝"), "place": place,
        }});
        let (case, code) = self.open(&mark, said, 0)?;
        let mark = self.mark();
        let shown = json!({"thing": "health", "public_text": format!("{mark} 一副护膝"),
            "consent": true});
        self.marked_step((&case, "publish"), office, (&mark, shown))?;
        let path = format!("/wall/{case}/steps/claim");
        let asked = Asked::post(path, "application/x-www-form-urlencoded", "");
        self.by_phone(phone, (&case, "claim"), asked, "")?;
        let (mark, picture) = (self.mark(), self.picture()?);
        let report = format!("{mark} 已经送到");
        let texts = [("f-report", report.as_str()), ("f-photo_consent", "yes")];
        let path = format!("/my/{case}/steps/deliver");
        let asked = Asked::form(path, &texts, ("f-photos", &picture));
        self.by_phone(phone, (&case, "deliver"), asked, &mark)?;
        self.goes_on()?;
        let asked = self.named(Asked::json(
            format!("/api/v1/cases/{case}/steps/confirm"),
            &json!({"values": {"got": true}}),
        ));
        let asked = asked.with("tracking-code", code);
        self.write(("", &self.deed((&case, "confirm"), 0)), asked, &[200])?;
        Ok(())
    }

    fn deed(&self, (case, step): (&str, &str), photos: usize) -> Deed {
        Deed::Step {
            case: case.to_owned(),
            step: step.to_owned(),
            photos,
        }
    }

    /// Under a name of its own.
    fn named(&mut self, asked: Asked) -> Asked {
        let name = self.name();
        asked.with("idempotency-key", name)
    }

    pub fn open(
        &mut self,
        mark: &str,
        said: Value,
        photos: usize,
    ) -> Result<(String, String), Stop> {
        self.goes_on()?;
        let asked = self.named(Asked::json("/api/v1/cases", &said));
        let asked = asked.with("authorization", self.common.keys.dispatcher.clone());
        let receipt = self.write((mark, &Deed::Open { photos }), asked, &[201])?;
        let receipt = receipt.json()?;
        let text = |name: &str| receipt[name].as_str().map(str::to_owned);
        let (id, code) = (text("id"), text("tracking_code"));
        Ok((id.ok_or("no id")?, code.ok_or("no code")?))
    }

    pub fn step(&mut self, what: (&str, &str), token: &str, values: Value) -> Result<Answer, Stop> {
        self.marked_step(what, token, ("", values))
    }

    pub fn marked_step(
        &mut self,
        (case, step): (&str, &str),
        token: &str,
        (mark, values): (&str, Value),
    ) -> Result<Answer, Stop> {
        self.goes_on()?;
        let path = format!("/api/v1/cases/{case}/steps/{step}");
        let asked = self.named(Asked::json(path, &json!({ "values": values })));
        let asked = asked.with("authorization", token);
        self.write((mark, &self.deed((case, step), 0)), asked, &[200])
    }

    pub fn judge(&mut self, case: &str, code: &str) -> Result<(), Stop> {
        self.goes_on()?;
        let path = format!("/api/v1/cases/{case}/steps/judge");
        let judged = json!({"values": {"solved": "yes", "content": true}});
        let asked = self.named(Asked::json(path, &judged));
        let asked = asked.with("tracking-code", code);
        self.write(("", &self.deed((case, "judge"), 0)), asked, &[200])?;
        Ok(())
    }

    /// A note of the desk.
    fn comment(&mut self, case: &str, token: &str) -> Result<(), Stop> {
        self.goes_on()?;
        let mark = self.mark();
        let said = json!({"text": format!("{mark} 已经打过电话")});
        let asked = self.named(Asked::json(format!("/api/v1/cases/{case}/comments"), &said));
        let asked = asked.with("authorization", token);
        self.write((&mark, &self.deed((case, "note"), 0)), asked, &[201])?;
        Ok(())
    }

    /// A word and a photo of whoever brought it in.
    pub fn comment_with_photo(&mut self, case: &str, code: &str) -> Result<(), Stop> {
        self.goes_on()?;
        let (mark, photo) = (self.mark(), self.photo()?);
        let said = json!({"text": format!("{mark} 今天还是不亮"), "files": [photo]});
        let asked = self.named(Asked::json(format!("/api/v1/cases/{case}/comments"), &said));
        let asked = asked.with("tracking-code", code);
        self.write((&mark, &self.deed((case, "add"), 1)), asked, &[201])?;
        Ok(())
    }

    /// A form that waited on the phone.
    fn by_phone(
        &mut self,
        phone: &Phone,
        (case, step): (&str, &str),
        asked: Asked,
        mark: &str,
    ) -> Result<(), Stop> {
        self.goes_on()?;
        let asked = asked
            .with("cookie", phone.cookies.clone())
            .with("x-csrf-token", phone.token.clone())
            .with("x-queue-id", self.name())
            .with("x-queue-owner", phone.owner.clone())
            .with("x-queue-made-ms", "1000");
        let photos = usize::from(!mark.is_empty());
        let deed = self.deed((case, step), photos);
        let told = self.write((mark, &deed), asked, &[200])?;
        match told.json().is_ok_and(|told| told["state"] == "done") {
            true => Ok(()),
            false => Err(format!("a form came back: {}", told.text()).into()),
        }
    }

    pub fn place(&mut self) -> String {
        let communities = &self.common.keys.communities;
        let at = self.rng.random_range(0..communities.len());
        communities[at].0.clone()
    }

    /// Sends a photo ahead. Whoever is not answered gives it up and takes another one.
    pub fn photo(&mut self) -> Result<String, Stop> {
        loop {
            self.goes_on()?;
            let picture = self.picture()?;
            let asked = Asked::form("/api/v1/files", &[], ("file", &picture));
            if let Some(kept) = self.once(&asked, &[201], "sending a photo")? {
                let kept = kept.json()?;
                return Ok(kept["id"].as_str().ok_or("a file has an id")?.to_owned());
            }
        }
    }

    /// A picture that nobody else has.
    fn picture(&mut self) -> Result<Vec<u8>, Stop> {
        let image = RgbImage::from_fn(48, 32, |_, _| image::Rgb(self.rng.random()));
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, ImageFormat::Png)?;
        Ok(bytes.into_inner())
    }
}
