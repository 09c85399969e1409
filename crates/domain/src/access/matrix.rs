//! The permission table: action × role → relation.

use std::sync::LazyLock;

use crate::person::Role;

/// How a post must stand towards a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// The post's unit owns the case.
    Own,
    /// The post's unit takes part in the case.
    Called,
    /// The post's unit opened the case.
    Opened,
    /// The case's place lies in the post's place.
    Place,
    /// Any case, or an action that is not about a case.
    Any,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// Something that somebody with a post may be allowed to do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Action { $($(#[$doc])* $name),+ }

        impl Action {
            /// Every action with its word in the table.
            pub const ALL: &'static [(Action, &'static str)] = &[$((Action::$name, $word)),+];
        }
    };
}

actions! {
    /// See a case, its files and its history.
    CaseRead = "case.read",
    /// See cases in a list, a count, a search, an export.
    CaseList = "case.list",
    /// Write a remark or add a file.
    CaseComment = "case.comment",
    /// Bring in a case, for oneself as staff or on behalf of somebody.
    CaseOpen = "case.open",
    /// Take a step of a case, where its kind allows the post.
    CaseStep = "case.step",
    /// Take away what is personal in a closed case.
    CaseErase = "case.erase",
    /// Open the seal on who brought a case in.
    PetitionerRead = "petitioner.read",
    /// Find the open cases of a caller while a call is written down.
    CallerFind = "caller.find",
    /// See the figures of the desk.
    FiguresRead = "figures.read",
    /// Call back whoever brought a case in, where a rule has chosen it.
    FollowUpCall = "follow-up.call",
    /// Read answers over, and tell the unit what could be better.
    AnswersInspect = "answers.inspect",
    /// Change the rules of rates, follow-up calls and inspections.
    SupervisionEdit = "supervision.edit",
    /// See what will be late and why, and what was ruled.
    SupervisionRead = "supervision.read",
    /// Make a line of the duty list out of a ruling.
    PrecedentsAdopt = "precedents.adopt",
    /// Change places.
    PlacesEdit = "places.edit",
    /// Split, merge and move grids, micro-grids and buildings.
    PlacesChange = "places.change",
    /// Change units.
    UnitsEdit = "units.edit",
    /// Change items and the duty list.
    DutiesEdit = "duties.edit",
    /// Look at the kinds.
    KindsRead = "kinds.read",
    /// Make people, give and end posts.
    PeopleEdit = "people.edit",
    /// Make and revoke service tokens.
    TokensEdit = "tokens.edit",
    /// Read the log of looks and of administration.
    LogRead = "log.read",
    /// See work that failed, try it again, give it up.
    JobsEdit = "jobs.edit",
    /// Register addresses elsewhere that are told what happens.
    WebhooksEdit = "webhooks.edit",
    /// Bring in cases from a file.
    CasesImport = "cases.import",
    /// Change the menus of services.
    MenuEdit = "menu.edit",
    /// Write down gifts and where they went.
    GiftsEdit = "gifts.edit",
    /// Accept volunteers, confirm what they did, look after partner units.
    VolunteersKeep = "volunteers.keep",
    /// Speak for a partner unit: its year, its members.
    PartnerSpeak = "partner.speak",
    /// See why somebody was asked to help, and ask somebody by hand.
    ProposalMake = "proposal.make",
    /// Keep venues and their rooms, and decide what is booked in them.
    VenuesEdit = "venues.edit",
    /// Make activities and run them.
    ActivitiesRun = "activities.run",
    /// Make days on which many cases are brought together, and hand them over.
    OccasionsRun = "occasions.run",
    /// Bring a list of many cases at once.
    CollectionsBring = "collections.bring",
    /// See the teams of grids, and who it was when.
    TeamRead = "team.read",
    /// Say who is in the team of a grid, who stands in, and who takes over.
    TeamEdit = "team.edit",
    /// Give a task to the places below, take it back, set how much may lie on a desk.
    TaskGive = "task.give",
    /// See tasks, as far as they lie in the post's place or with its unit.
    TaskRead = "task.read",
    /// Report what was done of a task, or break it down further.
    TaskReport = "task.report",
    /// Strike off what was reported, or send it back.
    TaskVerify = "task.verify",
    /// Keep the catalogue of procedures.
    ProceduresEdit = "procedures.edit",
    /// Keep windows of offices: their hours, their closed days.
    WindowsKeep = "windows.keep",
    /// Take in whoever comes to a window.
    WindowsServe = "windows.serve",
    /// See which doors a place has, and that a contact was left.
    HouseholdsRead = "households.read",
    /// Add doors, name them anew, close them.
    HouseholdsKeep = "households.keep",
    /// Write down the contact of a door, open its seal, erase it.
    HouseholdsContact = "households.contact",
    /// Walk rounds, and see how they stand.
    RoundsWalk = "rounds.walk",
    /// Keep checklists, spots and how often rounds come; hold reviews of what was found.
    RoundsKeep = "rounds.keep",
}

impl Action {
    /// Whether it is done to what is open where somebody works: that goes along when a place
    /// becomes another, and nothing else does.
    pub fn is_about_what_is_open(self) -> bool {
        use Action::*;
        matches!(
            self,
            CaseRead
                | CaseList
                | CaseComment
                | CaseStep
                | PetitionerRead
                | FollowUpCall
                | AnswersInspect
                | ProposalMake
                | TaskRead
                | TaskReport
                | TaskVerify
        )
    }
}

type Line = (Action, Role, Vec<Relation>);

static TABLE: LazyLock<Vec<Line>> =
    LazyLock::new(|| parse(include_str!("matrix.txt")).expect("the permission table is tested"));

/// The relations in which `role` may do `action`; none when it never may.
pub(super) fn relations(action: Action, role: Role) -> &'static [Relation] {
    TABLE
        .iter()
        .find(|line| line.0 == action && line.1 == role)
        .map_or(&[], |line| &line.2)
}

/// Reads the table; the fault names the line.
pub(super) fn parse(text: &str) -> Result<Vec<Line>, String> {
    let mut lines: Vec<Line> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.split('#').next().unwrap_or_default();
        let mut words = line.split_whitespace();
        let Some(action) = words.next() else { continue };
        let fault = |what: &str| format!("matrix.txt:{number}: {what}");
        let &(action, _) = Action::ALL
            .iter()
            .find(|(_, word)| *word == action)
            .ok_or_else(|| fault("no such action"))?;
        let role: Role = words
            .next()
            .and_then(|word| word.parse().ok())
            .ok_or_else(|| fault("no such role"))?;
        let relations = words
            .map(|word| match word {
                "own" => Ok(Relation::Own),
                "called" => Ok(Relation::Called),
                "opened" => Ok(Relation::Opened),
                "place" => Ok(Relation::Place),
                "any" => Ok(Relation::Any),
                _ => Err(fault("no such relation")),
            })
            .collect::<Result<Vec<_>, _>>()?;
        if relations.is_empty() {
            return Err(fault("no relation"));
        }
        if lines.iter().any(|seen| seen.0 == action && seen.1 == role) {
            return Err(fault("stands twice"));
        }
        lines.push((action, role, relations));
    }
    Ok(lines)
}
