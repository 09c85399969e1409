//! Volunteers and wishes: who helps, what is confirmed, who is asked.

use huiyin_app::proposals::{accept as accept_proposal, decline as decline_proposal, own};
use huiyin_app::volunteers::{accept, certify, check, confirm, leave, mine, register, report};
use huiyin_domain::case::Value;
use huiyin_domain::id::{CertificateId, ServiceId, VolunteerId};
use huiyin_domain::volunteer::{CertificateState, FreeWeek, Offer, Reach, Speaks, Whom};
use huiyin_testkit::actors::Staff;
use rand::Rng;
use rand::seq::IndexedRandom;

use super::{Record, World, done};

impl World<'_> {
    pub(super) async fn registers(&mut self) {
        let one = self.somebody();
        let app = &self.town.app;
        let offer = Offer {
            name: format!("帮忙的{one}"),
            place: self.place.clone(),
            unit: None,
            skills: Vec::new(),
            free: FreeWeek::default(),
            days: Vec::new(),
            reach: Reach::Community,
            speaks: vec![Speaks::Zh],
            avoids: Vec::new(),
            avoid_note: String::new(),
        };
        let id = VolunteerId::from_raw(app.mint());
        let reply = register::register(app, &self.people[one], id, offer).await;
        if done(reply).is_none() {
            return;
        }
        let mine = self.mine(one).await.expect("who registers is known");
        let own = accept::accept(app, &self.people[one], mine.volunteer.id).await;
        assert!(done(own).is_none(), "nobody accepts themselves");
        let accepted = accept::accept(app, &self.keeper, mine.volunteer.id).await;
        if done(accepted).is_some() {
            self.count("welcomed");
        }
        self.records.entry(one).or_default();
        self.count("registered");
    }

    pub(super) async fn mine(&self, one: usize) -> Option<mine::Mine> {
        let read = mine::read(&self.town.app, &self.people[one], None).await;
        read.expect("one may read one's own")
    }

    pub(super) fn some_helper(&mut self) -> Option<usize> {
        let helpers: Vec<usize> = self.records.keys().copied().collect();
        helpers.choose(&mut self.rng).copied()
    }

    pub(super) async fn reports(&mut self) {
        let Some(one) = self.some_helper() else {
            return;
        };
        let app = &self.town.app;
        let minutes = 30 * self.rng.random_range(1..5_u32);
        let request = report::Request {
            id: ServiceId::from_raw(app.mint()),
            day: app.config.day(app.now()),
            what: "帮邻居买菜".to_owned(),
            whom: Whom::Elders,
            minutes,
        };
        let id = request.id;
        // Sent twice, as a phone without a signal does.
        for _ in 0..2 {
            if done(report::report(app, &self.people[one], request.clone()).await).is_none() {
                return;
            }
        }
        let record = self.records.get_mut(&one).expect("they are known");
        record.waiting.push((id, minutes));
    }

    pub(super) async fn decides(&mut self) {
        let Some(one) = self.some_helper() else {
            return;
        };
        let record = self.records.get_mut(&one).expect("they are known");
        let Some((id, minutes)) = record.waiting.pop() else {
            return;
        };
        let app = &self.town.app;
        let by_self = confirm::confirm(app, &self.people[one], id).await;
        assert!(done(by_self).is_none(), "nobody confirms their own");
        if self.rng.random_bool(0.2) {
            let reply = confirm::refuse(app, &self.keeper, id, "那天不是您").await;
            reply.expect("what waits can be refused");
            self.count("refused");
            return;
        }
        for time in 0..2 {
            let reply = confirm::confirm(app, &self.keeper, id).await;
            assert_eq!(done(reply).is_some(), time == 0, "it counts once");
        }
        record.confirmed += 1;
        record.minutes += i64::from(minutes);
        self.count("confirmed");
    }

    /// One button, and what they wrote is gone, and their certificates count no more.
    pub(super) async fn goes(&mut self) {
        let Some(one) = self.some_helper() else {
            return;
        };
        let app = &self.town.app;
        leave::leave(app, &self.people[one])
            .await
            .expect("one may go");
        assert!(self.mine(one).await.is_none(), "nothing of theirs is left");
        let record = self.records.remove(&one).expect("they are known");
        self.checks(&record, false).await;
        let asked = own::list(app, &self.people[one])
            .await
            .expect("it is theirs");
        assert!(asked.lines.is_empty(), "whoever has gone is asked nothing");
        self.count("gone");
    }

    pub(super) async fn certifies(&mut self) {
        let Some(one) = self.some_helper() else {
            return;
        };
        let app = &self.town.app;
        let id = CertificateId::from_raw(app.mint());
        let made = done(certify::certify(app, &self.people[one], id).await);
        let record = self.records.get_mut(&one).expect("they are known");
        if made.is_none() {
            return;
        }
        assert!(record.confirmed > 0, "a certificate of nothing");
        let read = certify::read(app, &self.people[one], id).await;
        let certificate = read.expect("it is theirs");
        let CertificateState::Valid(content) = &certificate.state else {
            panic!("it was just made");
        };
        assert_eq!(i64::from(content.services), record.confirmed);
        assert_eq!(i64::from(content.minutes), record.minutes);
        record.code = certificate.code.parse().ok();
        let record = &self.records[&one];
        self.checks(record, true).await;
        self.count("certified");
    }

    /// Anybody who has the code of a certificate learns whether it counts.
    pub(super) async fn checks(&self, record: &Record, counts: bool) {
        let Some(code) = &record.code else {
            return;
        };
        let found = check::check(&self.town.app, code).await;
        let found = found.expect("anybody may check").expect("it was made");
        let is_valid = matches!(found.state, CertificateState::Valid(_));
        assert_eq!(is_valid, counts);
    }

    pub(super) async fn wishes(&mut self) {
        let name = format!("wisher{}", self.wishes.len());
        let values = [
            ("description", Value::Text("想要一副老花镜。".to_owned())),
            ("place", Value::Place(self.place.clone())),
            ("contact", Value::Text(format!("{name}@example.org"))),
        ];
        let brought = self.town.resident(&name).opens("wish", &values).await;
        let wish = brought.expect("anybody may wish");
        let values = [
            ("thing", Value::Choice("health".to_owned())),
            ("public_text", Value::Text("想要一副老花镜。".to_owned())),
            ("consent", Value::YesNo(true)),
        ];
        let keeper = Staff::of(self.town, self.keeper.clone());
        let published = keeper.takes(&wish, "publish", &values).await;
        published.expect("the community may");
        self.wishes.push(wish);
    }

    /// Somebody answers what they are asked: yes, or no; or takes a wish without being asked.
    pub(super) async fn answers(&mut self) {
        let Some(one) = self.some_helper() else {
            return;
        };
        let (app, actor) = (&self.town.app, &self.people[one]);
        let asked = own::list(app, actor).await.expect("it is theirs");
        let Some(line) = asked.lines.first() else {
            return self.claims(one).await;
        };
        if self.rng.random_bool(0.5) {
            let said = decline_proposal::decline(app, actor, line.id, None).await;
            said.expect("no is always allowed");
            self.count("declined");
            return;
        }
        for _ in 0..2 {
            let said = accept_proposal::accept(app, actor, line.id).await;
            let Some(case) = done(said) else {
                return;
            };
            assert_eq!(case, line.case, "yes twice is yes once");
        }
        self.count("accepted");
    }

    pub(super) async fn claims(&mut self, one: usize) {
        let Some(wish) = self.wishes.choose(&mut self.rng).cloned() else {
            return;
        };
        let helper = Staff::of(self.town, self.people[one].clone());
        if done(helper.takes(&wish, "claim", &[]).await).is_some() {
            self.count("claimed");
        }
    }
}
