//! Beginning a group, and for those who lead one: who is in it, who asks, and what is said of it.

use askama::Template;
use axum::extract::Path;
use huiyin_app::associations::begin::{self, Request, Told};
use huiyin_app::associations::change;
use huiyin_app::associations::decide::{self, Verdict};
use huiyin_app::associations::hand_over::{self, Afterwards};
use huiyin_app::associations::look::{self, By, Named};
use huiyin_app::{Error, Refusal};
use huiyin_domain::association::{Entry, Interest, Standing};
use huiyin_domain::id::{AssociationId, PersonId};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::admin::pick;
use crate::pages::desk::inbox::Choice;
use crate::pages::parts;
use crate::pages::wrong::Wrong;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

/// What is said of a group, as a form asks it.
pub struct ToldForm {
    pub name: String,
    pub interests: Vec<Choice>,
    pub about: String,
    pub meets: String,
    pub entries: Vec<Choice>,
}

pub fn told_form(page: &Page, typed: &Form) -> ToldForm {
    let interests = Interest::ALL.iter().map(|one| one.word());
    let entries = Entry::ALL.iter().map(|one| one.word());
    let entry = match typed.text("entry") {
        "" => Entry::Open.word(),
        entry => entry,
    };
    ToldForm {
        name: typed.text("name").to_owned(),
        interests: parts::choices(page, "interest", interests, typed.text("interest")),
        about: typed.text("about").to_owned(),
        meets: typed.text("meets").to_owned(),
        entries: parts::choices(page, "group-entry", entries, entry),
    }
}

pub fn read_told(form: &Form) -> Result<Told, Refusal> {
    let wrong = |field| move |()| Refusal::field(field, "fault-not-choice");
    Ok(Told {
        interest: form.text("interest").parse().map_err(wrong("interest"))?,
        name: form.text("name").to_owned(),
        about: form.text("about").to_owned(),
        meets: form.text("meets").to_owned(),
        entry: form.text("entry").parse().map_err(wrong("entry"))?,
    })
}

#[derive(Template)]
#[template(path = "pages/resident/group_new.html")]
struct NewPage<'a> {
    page: &'a Page,
    id: String,
    form: ToldForm,
    place: String,
    wrong: Wrong,
}

pub async fn new(visit: Visit) -> Answer {
    draw_new(&visit, &Form::default(), Wrong::default()).await
}

async fn draw_new(visit: &Visit, typed: &Form, wrong: Wrong) -> Answer {
    let page = visit.page();
    let ask = pick::Ask {
        label: "group-place",
        help: "group-place-help",
        error: wrong.at("place").to_owned(),
        required: true,
    };
    let status = wrong.status;
    let drawn = NewPage {
        id: match typed.text("id") {
            "" => AssociationId::from_raw(visit.state.app.mint()).to_string(),
            id => id.to_owned(),
        },
        form: told_form(&page, typed),
        place: pick::draw(visit, &page, typed, ask).await?,
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

pub async fn begin(visit: Visit, mut form: Form) -> Answer {
    if pick::settle(&mut form) {
        return draw_new(&visit, &form, Wrong::default()).await;
    }
    let begun = match request(&form) {
        Ok(request) => {
            let id = request.id;
            let begun = begin::begin(&visit.state.app, &visit.actor, request).await;
            begun.map(|()| id)
        }
        Err(refusal) => Err(Error::from(refusal)),
    };
    match begun {
        Ok(id) => {
            let answer = see(&format!("/associations/{id}"));
            let word = "group-begun";
            Ok(flash::say(answer, Tone::Wait, word, visit.transport()))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw_new(&visit, &form, wrong).await
        }
    }
}

fn request(form: &Form) -> Result<Request, Refusal> {
    let id = form.text("id").parse();
    Ok(Request {
        id: id.map_err(|_| Refusal::field("name", "fault-form-old"))?,
        place: pick::needed(form).map_err(|key| Refusal::field("place", key))?,
        told: read_told(form)?,
    })
}

#[derive(Template)]
#[template(path = "pages/resident/group_members.html")]
struct MembersPage<'a> {
    page: &'a Page,
    id: String,
    name: String,
    asking: Vec<Row>,
    members: Vec<Row>,
    form: ToldForm,
    wrong: Wrong,
}

pub struct Row {
    pub person: String,
    pub name: String,
    pub says: String,
    pub since: String,
    pub standing: String,
    pub may_lead: bool,
}

pub fn row(when: &When<'_>, one: &Named) -> Row {
    let member = &one.member;
    let standing = format!("standing-{}", member.standing.word());
    Row {
        person: member.person.to_string(),
        name: one.name.clone(),
        says: member.says.clone(),
        since: when.day_of(member.made_at),
        standing: when.page.t(&standing).into_owned(),
        may_lead: member.standing == Standing::Member,
    }
}

pub async fn members(visit: Visit, Path(id): Path<AssociationId>) -> Answer {
    draw(&visit, id, None, Wrong::default()).await
}

async fn draw(visit: &Visit, id: AssociationId, typed: Option<&Form>, wrong: Wrong) -> Answer {
    let found = look::inside(&visit.state.app, &visit.actor, id, By::Leading).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let group = &found.page.line.group;
    let mut held = Form::default();
    held.put("name", [group.name.clone()]);
    held.put("interest", [group.interest.word().to_owned()]);
    held.put("about", [group.about.clone()]);
    held.put("meets", [group.meets.clone()]);
    held.put("entry", [group.entry.word().to_owned()]);
    let members = found.members.iter();
    let (asking, members): (Vec<&Named>, Vec<&Named>) =
        members.partition(|one| one.member.standing == Standing::Asked);
    let rows = |all: Vec<&Named>| all.into_iter().map(|one| row(&when, one)).collect();
    let status = wrong.status;
    let drawn = MembersPage {
        id: id.to_string(),
        name: group.name.clone(),
        asking: rows(asking),
        members: rows(members),
        form: told_form(&page, typed.unwrap_or(&held)),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

/// What becomes of somebody, as the button says.
pub async fn decide(visit: Visit, Path(id): Path<AssociationId>, form: Form) -> Answer {
    let (app, actor) = (&visit.state.app, &visit.actor);
    let person: Result<PersonId, _> = form.text("person").parse();
    let (done, word) = match (person, form.text("do")) {
        (Ok(person), "take-in") => {
            let done = decide::decide(app, actor, (id, person), Verdict::TakenIn).await;
            (done, "group-taken-in")
        }
        (Ok(person), "let-go") => {
            let done = decide::decide(app, actor, (id, person), Verdict::LetGo).await;
            (done, "group-let-go")
        }
        (Ok(person), "lead-too") => {
            let after = Afterwards::LeadsToo;
            let done = hand_over::hand_over(app, actor, (id, person), after).await;
            (done, "group-handed-over")
        }
        (Ok(person), "hand-over") => {
            let after = Afterwards::StepsBack;
            let done = hand_over::hand_over(app, actor, (id, person), after).await;
            (done, "group-handed-over")
        }
        _ => (Err(Refusal::field("person", "fault-not-choice").into()), ""),
    };
    let address = match form.text("do") {
        "hand-over" => format!("/associations/{id}"),
        _ => format!("/associations/{id}/members"),
    };
    after(&visit, id, None, (done, word, &address)).await
}

pub async fn change(visit: Visit, Path(id): Path<AssociationId>, form: Form) -> Answer {
    let done = match read_told(&form) {
        Ok(told) => change::change(&visit.state.app, &visit.actor, id, told).await,
        Err(refusal) => Err(Error::from(refusal)),
    };
    let address = format!("/associations/{id}");
    after(&visit, id, Some(&form), (done, "group-kept", &address)).await
}

async fn after(
    visit: &Visit,
    id: AssociationId,
    form: Option<&Form>,
    (done, word, address): (Result<(), Error>, &str, &str),
) -> Answer {
    match done {
        Ok(()) => Ok(flash::say(
            see(address),
            Tone::Done,
            word,
            visit.transport(),
        )),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(visit, id, form, wrong).await
        }
    }
}
