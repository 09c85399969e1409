//! Teams of the grids in the demo's town: the first community has them all, one grid lacks its
//! grid worker, one is stood in for, and buildings have their heads.

use huiyin_app::teams::hand_over::{self, To};
use huiyin_app::teams::{Agreed, Card, Newcomer, Whom, put, stand_in};
use huiyin_app::{App, Error};
use huiyin_domain::access::Actor;
use huiyin_domain::id::{PersonId, SubstituteId, TeamMemberId};
use huiyin_domain::person::Role;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::team::Function;
use jiff::ToSpan;

use crate::town::Town;
use crate::volunteering::Staff;

const OFFICIALS: [&str; 3] = ["周处长", "古丽主任", "马局长"];
const HEADS: [&str; 6] = [
    "王阿姨",
    "热依木大叔",
    "小李",
    "张师傅",
    "阿依古丽",
    "刘老师",
];
const HOURS: &str = "工作日 9:30-19:00";

/// Says who is there. Needs the town's people and posts.
pub async fn begins(app: &App, town: &Town) -> Result<(), Error> {
    let staff = Staff::of(town);
    let community = staff.first_community(town);
    let Some(keeper) = staff.keeper(&community) else {
        return Ok(());
    };
    let grids = town.places_at(Level::Grid).map(|place| &place.code);
    let grids: Vec<&PlaceCode> = grids.filter(|grid| grid.is_within(&community)).collect();
    let works_at = |place: &PlaceCode| {
        let holds = town.people.iter().filter(|person| {
            let mut posts = person.posts.iter();
            posts.any(|post| {
                post.place == *place && matches!(post.role, Role::Community | Role::GridWorker)
            })
        });
        holds.map(|person| person.id).collect::<Vec<PersonId>>()
    };
    let staff = works_at(&community);
    let mut team = Team {
        app,
        keeper,
        number: 0,
    };
    let mut workers = Vec::new();
    for (number, grid) in grids.iter().enumerate() {
        team.named(
            grid,
            Function::LinkedOfficial,
            OFFICIALS[number % OFFICIALS.len()],
        )
        .await?;
        if let Some(&who) = staff.get(number % staff.len().max(1)) {
            team.colleague(grid, Function::CommunityWorker, who).await?;
        }
        if let Some(&who) = works_at(grid).first() {
            workers.push((team.colleague(grid, Function::GridWorker, who).await?, who));
        }
    }
    let buildings = town.places_at(Level::Building).map(|place| &place.code);
    let buildings = buildings.filter(|building| building.is_within(&community));
    for (building, head) in buildings.zip(HEADS) {
        team.named(building, Function::BuildingHead, head).await?;
    }
    // The first is away for a week; the last has left.
    if let (&[(away, _), (_, other), ..], true) = (workers.as_slice(), workers.len() > 1) {
        team.away(away, other).await?;
    }
    if let Some(&(last, _)) = workers.last().filter(|_| workers.len() > 2) {
        hand_over::hand_over(app, &team.keeper, last, To::Community).await?;
    }
    Ok(())
}

struct Team<'a> {
    app: &'a App,
    keeper: Actor,
    /// How many have a number.
    number: u32,
}

impl Team<'_> {
    fn card(&mut self) -> Card {
        self.number += 1;
        Card {
            phone: format!("0998-555{:04}", 100 + self.number),
            hours: HOURS.to_owned(),
            agreed: Agreed::Yes,
        }
    }

    async fn named(
        &mut self,
        place: &PlaceCode,
        function: Function,
        name: &str,
    ) -> Result<TeamMemberId, Error> {
        self.joins(place, function, Whom::Named(name.to_owned()))
            .await
    }

    async fn colleague(
        &mut self,
        place: &PlaceCode,
        function: Function,
        who: PersonId,
    ) -> Result<TeamMemberId, Error> {
        self.joins(place, function, Whom::Colleague(who)).await
    }

    async fn joins(
        &mut self,
        place: &PlaceCode,
        function: Function,
        whom: Whom,
    ) -> Result<TeamMemberId, Error> {
        let id = TeamMemberId::from_raw(self.app.mint());
        let request = put::Request {
            place: place.clone(),
            function,
            who: Newcomer {
                id,
                whom,
                card: self.card(),
            },
        };
        put::put(self.app, &self.keeper, request).await?;
        Ok(id)
    }

    async fn away(&mut self, member: TeamMemberId, person: PersonId) -> Result<(), Error> {
        let today = self.app.config.day(self.app.now());
        let request = stand_in::Request {
            id: SubstituteId::from_raw(self.app.mint()),
            member,
            person,
            card: self.card(),
            from: today,
            until: today.saturating_add(6.days()),
        };
        stand_in::stand_in(self.app, &self.keeper, request).await
    }
}
