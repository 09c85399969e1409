//! Being asked to help: who is asked and why, yes and no by one tap, two at once, and what
//! everybody sees of it.

use axum::http::StatusCode;
use huiyin_domain::case::Value;
use huiyin_domain::id::{PostId, VolunteerId};
use huiyin_domain::volunteer::{Avoid, FreeWeek, Offer, Reach, Standing, Volunteer};
use huiyin_store::{Tx, volunteers};
use huiyin_testkit::actors::Brought;
use jiff::SignedDuration;

use crate::admin::{desk, missing_words};
use crate::browser::{Browser, House, houses};

const SEALED: &str = "Ms Li of door 302, who cannot walk";
const SHOWN: &str = "Knee pads for the winter";

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A wish on the wall of the first community worker.
async fn wish(house: &House) -> Brought {
    let community = house.town.staff("community");
    let place = community.actor.posts[0].place.clone();
    let values = [
        ("description", text(SEALED)),
        ("place", Value::Place(place)),
    ];
    let wish = house.town.resident("li").opens("wish", &values).await;
    let wish = wish.expect("anybody may wish");
    let values = [
        ("thing", Value::Choice("health".to_owned())),
        ("public_text", text(SHOWN)),
        ("consent", Value::YesNo(true)),
    ];
    let published = community.takes(&wish, "publish", &values).await;
    published.expect("the community may publish");
    wish
}

/// The volunteer of this number in the town offers to help there, and is accepted.
async fn offers(house: &House, number: usize, change: fn(&mut Offer)) -> Browser {
    let community = house.town.staff("community");
    let post = &community.actor.posts[0];
    let person = house
        .town
        .volunteer(number)
        .actor
        .person()
        .expect("a person");
    let mut volunteer = Volunteer {
        id: VolunteerId::from_raw(house.town.app.mint()),
        person,
        offer: Offer {
            name: format!("Helper {number}"),
            place: post.place.clone(),
            unit: None,
            skills: Vec::new(),
            free: FreeWeek::default().with(jiff::civil::Weekday::Saturday, part()),
            days: Vec::new(),
            reach: Reach::Street,
            speaks: Vec::new(),
            avoids: Vec::new(),
            avoid_note: String::new(),
        },
        membership: None,
        asked_at: house.town.app.now(),
        standing: Standing::Asked,
    };
    change(&mut volunteer.offer);
    let (post, now): (PostId, _) = (post.post, house.town.app.now());
    let keep = move |tx: &mut Tx<'_>| {
        volunteers::insert(tx, &volunteer)?;
        volunteers::accept(tx, volunteer.id, post, now)
    };
    let kept = house.town.app.store.write(0, keep).await;
    assert!(kept.expect("a volunteer can be kept"));
    house.signed_in(person).await
}

fn part() -> huiyin_domain::volunteer::DayPart {
    huiyin_domain::volunteer::DayPart::Morning
}

/// Time for another batch.
async fn minutes_pass(house: &House, minutes: i64) {
    house.town.passes(SignedDuration::from_mins(minutes)).await;
}

/// The address of the first answer of this sort on the page of somebody who is asked.
fn answer(page: &str, which: &str) -> String {
    let end = page.find(&format!("/{which}\""));
    let end = end.unwrap_or_else(|| panic!("nothing to {which} in {page}"));
    let start = page[..end]
        .rfind("action=\"")
        .expect("a form has an address");
    page[start + "action=\"".len()..end].to_owned() + "/" + which
}

/// By a letter, put together with others of the same minutes, and by a notice; neither says
/// what is sealed.
async fn is_told(house: &House, asked: &mut Browser) {
    minutes_pass(house, 4).await;
    let letters = house.town.letters().await;
    let told = letters
        .iter()
        .find(|letter| letter.body.contains("/my/proposals"));
    let told = told.expect("whoever is asked is told");
    assert!(!told.body.contains("302") && !told.subject.contains("302"));
    asked
        .get("/my/notices")
        .await
        .says("href=\"/my/proposals\"");
}

async fn is_nobody_elses(house: &House, yes: &str) {
    let stranger = house.town.volunteer(5).actor.person().expect("a person");
    let mut stranger = house.signed_in(stranger).await;
    let theirs = stranger.post(yes, &[]).await;
    assert_eq!(
        theirs.status,
        StatusCode::NOT_FOUND,
        "it is somebody else's"
    );
    stranger
        .get("/my/proposals")
        .await
        .says("You have not offered to help yet");
}

#[tokio::test]
async fn whoever_fits_is_asked_with_the_reason_and_says_yes_by_one_tap() {
    for house in houses(81) {
        let mut helper = offers(&house, 0, |_| {}).await;
        let mut other = offers(&house, 1, |offer| offer.reach = Reach::Grid).await;
        helper
            .get("/my/proposals")
            .await
            .says("Nothing to ask you now");
        let wish = wish(&house).await;
        minutes_pass(&house, 6).await;

        let asks = |page: &str| page.contains(SHOWN);
        let (mut first, mut second) = (helper.clone(), other.clone());
        let pages = [
            first.get("/my/proposals").await.body,
            second.get("/my/proposals").await.body,
        ];
        let asked: Vec<bool> = pages.iter().map(|page| asks(page)).collect();
        assert_eq!(
            asked.iter().filter(|asked| **asked).count(),
            1,
            "one is asked"
        );
        let (asked, page) = match asked[0] {
            true => (&mut helper, &pages[0]),
            false => (&mut other, &pages[1]),
        };
        assert!(page.contains("in the same community"), "{page}");
        assert!(page.contains("free on Saturday morning"), "{page}");
        assert!(!page.contains("302"), "what is sealed stays sealed");
        assert_eq!(missing_words(page), Vec::<&str>::new());
        is_told(&house, asked).await;
        let before = asked.get(&format!("/my/{}", wish.id)).await;
        assert_eq!(before.status, StatusCode::NOT_FOUND, "it is not theirs yet");

        let yes = answer(page, "accept");
        asked.get("/my/proposals").await;
        let taken = asked.post(&yes, &[]).await;
        assert_eq!(
            taken.location(),
            format!("/my/{}", wish.id),
            "{}",
            taken.body
        );
        let again = asked.post(&yes, &[]).await;
        assert_eq!(
            again.location(),
            format!("/my/{}", wish.id),
            "twice is once"
        );
        asked
            .get(&format!("/my/{}", wish.id))
            .await
            .says("/steps/deliver");
        asked
            .get("/my/proposals")
            .await
            .says("Nothing to ask you now");
        is_nobody_elses(&house, &yes).await;

        let mut community = desk(&house, "community").await;
        let page = community
            .get(&format!("/desk/cases/{}/proposals", wish.id))
            .await;
        page.says("Said yes")
            .says("in the same community")
            .says("Helper ");
        house.town.verify();
    }
}

#[tokio::test]
async fn whoever_says_no_is_not_asked_again_and_somebody_else_is() {
    for house in houses(82) {
        let mut helper = offers(&house, 0, |_| {}).await;
        wish(&house).await;
        minutes_pass(&house, 6).await;
        let page = helper.get("/my/proposals").await.body;
        let no = answer(&page, "decline");
        let odd = helper.post(&no, &[("why", "mood")]).await;
        assert_eq!(odd.status, StatusCode::BAD_REQUEST);
        let said = helper.post(&no, &[("why", "too-far")]).await;
        assert_eq!(said.location(), "/my/proposals", "{}", said.body);
        let twice = helper.post(&no, &[]).await;
        assert_eq!(twice.location(), "/my/proposals", "twice is once");
        let late = helper.post(&answer(&page, "accept"), &[]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        late.says("settled already");

        let mut other = offers(&house, 1, |_| {}).await;
        minutes_pass(&house, 6).await;
        helper
            .get("/my/proposals")
            .await
            .says("Nothing to ask you now");
        other.get("/my/proposals").await.says(SHOWN);
        // Nobody answers: it lapses, and they are not asked about it for some days.
        minutes_pass(&house, 25 * 60).await;
        let person = house.town.volunteer(1).actor.person().expect("a person");
        let mut other = house.signed_in(person).await;
        other
            .get("/my/proposals")
            .await
            .says("Nothing to ask you now");

        let mut community = desk(&house, "community").await;
        let page = community.get("/desk/proposals").await;
        page.says("Not this time: 1")
            .says("Fewer than five said no");
        assert!(!page.body.contains("Helper"), "counts name nobody");
        assert_eq!(missing_words(&page.body), Vec::<&str>::new());
        house.town.verify();
    }
}

#[tokio::test]
async fn staff_ask_by_hand_and_of_two_who_say_yes_one_has_it() {
    for house in houses(83) {
        let mut first = offers(&house, 0, |_| {}).await;
        let mut second = offers(&house, 1, |_| {}).await;
        let unwilling = |offer: &mut Offer| offer.reach = Reach::Km(5);
        let _third = offers(&house, 2, unwilling).await;
        let wish = wish(&house).await;
        minutes_pass(&house, 6).await;
        let address = format!("/desk/cases/{}/proposals", wish.id);
        let mut community = desk(&house, "community").await;
        community
            .get(&format!("/desk/cases/{}", wish.id))
            .await
            .says(&address);
        let page = community.get(&address).await;
        page.says("Waits for an answer").says("Whom you could ask");
        let could: Vec<String> = page
            .body
            .split("name=\"volunteer\" value=\"")
            .skip(1)
            .filter_map(|rest| Some(rest.split('"').next()?.to_owned()))
            .collect();
        assert_eq!(could.len(), 2, "all who fit and are not asked yet");
        for volunteer in &could {
            let asked = community.post(&address, &[("volunteer", volunteer)]).await;
            assert_eq!(asked.location(), address, "{}", asked.body);
            let twice = community.post(&address, &[("volunteer", volunteer)]).await;
            assert_eq!(twice.status, StatusCode::CONFLICT);
            twice.says("asked about this case already");
        }
        let nonsense = community.post(&address, &[("volunteer", "x")]).await;
        assert_eq!(nonsense.status, StatusCode::BAD_REQUEST);

        let one = answer(&first.get("/my/proposals").await.body, "accept");
        let two = answer(&second.get("/my/proposals").await.body, "accept");
        let (one, two) = tokio::join!(first.post(&one, &[]), second.post(&two, &[]));
        let mine = format!("/my/{}", wish.id);
        let won = [&one, &two].into_iter().filter(|a| a.location() == mine);
        assert_eq!(won.count(), 1, "{} {}", one.body, two.body);
        let lost = [&one, &two].into_iter().find(|a| a.location() != mine);
        let lost = lost.expect("the other one");
        assert_eq!(lost.status, StatusCode::CONFLICT);
        lost.says("settled already");
        let page = community.get(&address).await;
        page.says("Somebody else came").says("looks for nobody now");
        house.town.verify();
    }
}

#[tokio::test]
async fn nobody_is_asked_about_what_is_over_and_who_has_left_is_not_asked() {
    for house in houses(84) {
        let mut helper = offers(&house, 0, |_| {}).await;
        let first = wish(&house).await;
        minutes_pass(&house, 6).await;
        let page = helper.get("/my/proposals").await.body;
        let yes = answer(&page, "accept");
        let withdrawn = house
            .town
            .resident("li")
            .takes(&first, "withdraw", &[])
            .await;
        withdrawn.expect("it is theirs");
        helper
            .get("/my/proposals")
            .await
            .says("Nothing to ask you now");
        let late = helper.post(&yes, &[]).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
        house.town.verify();

        let second = wish(&house).await;
        minutes_pass(&house, 6).await;
        helper.get("/my/proposals").await.says(SHOWN);
        let left = helper.post("/volunteer/leave", &[]).await;
        assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.body);
        house.town.verify();
        minutes_pass(&house, 6).await;
        helper
            .get("/my/proposals")
            .await
            .says("You have not offered to help yet");
        let mut community = desk(&house, "community").await;
        let address = format!("/desk/cases/{}/proposals", second.id);
        let page = community.get(&address).await;
        page.says("A volunteer who has left").says("Has left");
        for (login, status) in [
            ("supervisor", StatusCode::FORBIDDEN),
            ("handler", StatusCode::FORBIDDEN),
        ] {
            let answer = desk(&house, login).await.get(&address).await;
            assert_eq!(answer.status, status, "{login}");
        }
    }
}

#[tokio::test]
async fn what_somebody_would_rather_not_do_they_are_not_asked() {
    for house in houses(85) {
        let careful = |offer: &mut Offer| {
            offer.avoids = vec![Avoid::Heavy];
            offer.skills = Vec::new();
        };
        let mut helper = offers(&house, 0, careful).await;
        let community = house.town.staff("community");
        let wish = wish(&house).await;
        let hidden = community
            .takes(&wish, "take_down", &[("reason", text("Too heavy."))])
            .await;
        hidden.expect("the community may");
        let values = [
            ("thing", Value::Choice("food".to_owned())),
            ("public_text", text("A sack of rice")),
            ("consent", Value::YesNo(true)),
        ];
        let shown = community.takes(&wish, "publish", &values).await;
        shown.expect("the community may publish");
        minutes_pass(&house, 6).await;
        helper
            .get("/my/proposals")
            .await
            .says("Nothing to ask you now");
        // From the wall they may take it all the same.
        let claimed = helper
            .post(&format!("/wall/{}/steps/claim", wish.id), &[])
            .await;
        assert_eq!(claimed.location(), format!("/my/{}", wish.id));
        house.town.verify();
    }
}
