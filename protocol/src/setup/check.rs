//! What does not fit together in a setup.

use super::{
    AgentSetup, CalendarSetup, Conduct, LEVEL_MAX, OfferMode, PlanStep, Pool, QueueSetup, ReasonUse, Setup,
    Subject,
};
use crate::limits::{
    ASK_AT_ONCE_MAX, ASSISTANT_CLOSE_SECONDS_MIN, AUTO_CLOSE_SECONDS_MAX, AUTO_CLOSE_SECONDS_MIN,
    CAPACITY_MAX, OFFER_SECONDS_MAX, OFFER_SECONDS_MIN, PLAN_STEPS_MAX, QUIET_SECONDS_MIN, REMINDERS_MAX,
};
use crate::{AgentId, CalendarId, Line, Outlet, QueueId, TeamId};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

/// One thing that is wrong in a setup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fault {
    /// Where, as a path of keys such as `queues.front-desk.plan[1].pool`.
    pub place: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// Everything that is wrong; nothing when the setup can be used.
pub fn check(setup: &Setup) -> Vec<Fault> {
    let mut check = Check { setup, faults: Vec::new() };
    check.rules();
    setup.agents.iter().for_each(|(id, agent)| check.agent(*id, agent));
    check.addresses();
    for (id, team) in &setup.teams {
        let place = format!("teams.{id}");
        check.agents(&format!("{place}.members"), &team.members);
        check.conduct(&format!("{place}.conduct"), &team.conduct);
    }
    setup.queues.iter().for_each(|(id, queue)| check.queue(id, queue));
    for (id, site) in &setup.sites {
        check.queue_exists(&format!("sites.{id}.default_queue"), &site.default_queue);
    }
    setup.calendars.iter().for_each(|(id, calendar)| check.calendar(id, calendar));
    for (id, reason) in &setup.reasons {
        check.that(
            !reason.label.trim().is_empty(),
            format!("reasons.{id}.label"),
            "it needs a label to be shown",
        );
        check.that(
            !reason.uses.is_empty(),
            format!("reasons.{id}.uses"),
            "it can never be chosen: name a use",
        );
    }
    check.faults
}

struct Check<'a> {
    setup: &'a Setup,
    faults: Vec<Fault>,
}

impl Check<'_> {
    fn that(&mut self, right: bool, place: String, message: impl Into<String>) {
        if !right {
            self.faults.push(Fault { place, message: message.into() });
        }
    }

    fn within(&mut self, place: String, value: u64, least: u64, most: u64, unit: &str) {
        let right = (least..=most).contains(&value);
        self.that(right, place, format!("{value} is out of bounds: {least} to {most}{unit}"));
    }

    fn rules(&mut self) {
        let rules = &self.setup.rules;
        self.conduct("rules.conduct", &rules.conduct);
        if let Some(after) = rules.auto_close.after_seconds {
            let place = "rules.auto_close.after_seconds".to_owned();
            self.within(place, after.into(), AUTO_CLOSE_SECONDS_MIN, AUTO_CLOSE_SECONDS_MAX, " seconds");
        }
        let reminders = &rules.auto_close.reminders;
        let place = "rules.auto_close.reminders".to_owned();
        self.that(
            reminders.len() <= REMINDERS_MAX,
            place.clone(),
            format!("at most {REMINDERS_MAX} are sent"),
        );
        let closes = rules.auto_close.after_seconds.unwrap_or(u32::MAX);
        let in_time = reminders.iter().all(|reminder| reminder.after_seconds < closes);
        self.that(in_time, place.clone(), "each has to come before the conversation is closed");
        let said = reminders.iter().all(|reminder| Line::new(reminder.text.clone()).is_ok());
        self.that(said, place.clone(), "each needs a text of one line's length");
        let least = ASSISTANT_CLOSE_SECONDS_MIN.into();
        let place_of_close = "rules.assistant_close_seconds".to_owned();
        self.within(place_of_close, rules.assistant_close_seconds.into(), least, u32::MAX.into(), " seconds");
        if let Some(after) = rules.spam.close_seconds {
            self.within(
                "rules.spam.close_seconds".to_owned(),
                after.into(),
                least,
                u32::MAX.into(),
                " seconds",
            );
        }
        let ordered = reminders.windows(2).all(|pair| pair[0].after_seconds < pair[1].after_seconds);
        self.that(ordered, place, "each has to come later than the one before");
        for use_ in [ReasonUse::Transfer, ReasonUse::Close] {
            let needed = use_ == ReasonUse::Transfer || rules.closing_needs_category;
            let some = self.has_reason(use_);
            let message = match use_ {
                ReasonUse::Transfer => "nothing can be passed on without a reason for `transfer`: add one",
                ReasonUse::Close | ReasonUse::Decline => {
                    "nothing can be closed without a reason for `close`: add one"
                }
            };
            self.that(!needed || some, "reasons".to_owned(), message);
        }
    }

    fn has_reason(&self, use_: ReasonUse) -> bool {
        self.setup.reasons.values().any(|reason| !reason.retired && reason.uses.contains(&use_))
    }

    /// Workflows name agents by their addresses.
    fn addresses(&mut self) {
        let mut known = BTreeSet::new();
        let setup = self.setup;
        for (id, email) in setup.agents.iter().filter_map(|(id, agent)| Some((id, agent.email.as_ref()?))) {
            let plain = email.contains('@') && !email.chars().any(|c| c.is_whitespace() || c.is_control());
            self.that(
                plain,
                format!("agents.{id}.email"),
                "it is no address for mail, such as anna@example.com",
            );
            let new = known.insert(email.to_lowercase());
            self.that(new, format!("agents.{id}.email"), "another agent has this address");
        }
    }

    fn agent(&mut self, id: AgentId, agent: &AgentSetup) {
        let place = format!("agents.{id}");
        self.that(
            !agent.name.trim().is_empty(),
            format!("{place}.name"),
            "it cannot be empty: visitors see it",
        );
        self.within(format!("{place}.capacity"), agent.capacity.into(), 0, CAPACITY_MAX.into(), "");
        let skills = agent.skills.iter().map(|(skill, level)| (format!("skills.{skill}"), *level));
        let languages = agent.languages.iter().map(|(tag, level)| (format!("languages.{tag}"), *level));
        for (name, level) in skills.chain(languages) {
            self.within(format!("{place}.{name}"), level.into(), 1, LEVEL_MAX.into(), "");
        }
    }

    fn conduct(&mut self, place: &str, conduct: &Conduct) {
        self.offer(format!("{place}.offer"), conduct.offer);
        self.that(conduct.misses_max > 0, format!("{place}.misses_max"), "it has to be 1 or more");
        if let Some(after) = conduct.quiet_after_seconds {
            let (least, most) = (QUIET_SECONDS_MIN.into(), u32::MAX.into());
            self.within(format!("{place}.quiet_after_seconds"), after.into(), least, most, " seconds");
        }
        let declines = conduct.may_decline && conduct.decline_needs_reason;
        self.that(
            !declines || self.has_reason(ReasonUse::Decline),
            format!("{place}.decline_needs_reason"),
            "nothing can be declined without a reason for `decline`: add one",
        );
    }

    fn offer(&mut self, place: String, offer: OfferMode) {
        if let OfferMode::Ask { seconds } = offer {
            self.within(place, seconds.into(), OFFER_SECONDS_MIN, OFFER_SECONDS_MAX, " seconds");
        }
    }

    fn queue(&mut self, id: &QueueId, queue: &QueueSetup) {
        let place = format!("queues.{id}");
        if let Some(team) = &queue.team {
            self.team_exists(&format!("{place}.team"), team);
        }
        let served = queue.team.is_some() || queue.plan.iter().any(|step| step.pool != Pool::default());
        self.that(served, place.clone(), "nobody serves it: name a team, or a plan with somebody in it");
        self.agents(&format!("{place}.secondary_for"), &queue.secondary_for);
        self.within(format!("{place}.weight"), queue.weight.into(), 1, CAPACITY_MAX.into(), "");
        let at_once = queue.strategy.ask_at_once.into();
        self.within(format!("{place}.strategy.ask_at_once"), at_once, 1, ASK_AT_ONCE_MAX.into(), "");
        if let Some(fairness) = queue.fairness {
            let some = fairness.most > 0 && fairness.within_seconds > 0;
            self.that(
                some,
                format!("{place}.fairness"),
                "nobody would ever get anything: both have to be 1 or more",
            );
        }
        let none = queue.agent_limit == Some(0);
        self.that(
            !none,
            format!("{place}.agent_limit"),
            "nobody could ever take anything: it has to be 1 or more",
        );
        for need in &queue.needs {
            self.within(format!("{place}.needs"), need.level.into(), 1, LEVEL_MAX.into(), " levels");
            if need.mandatory {
                self.somebody_knows(&format!("{place}.needs"), &need.subject);
            }
        }
        self.within(format!("{place}.plan"), queue.plan.len() as u64, 0, PLAN_STEPS_MAX as u64, " steps");
        for (at, step) in queue.plan.iter().enumerate() {
            let last = at + 1 == queue.plan.len();
            self.step(&format!("{place}.plan[{at}]"), step, last);
        }
        self.outlet(&format!("{place}.overflow"), &queue.overflow, id);
        self.outlet(&format!("{place}.when_closed"), &queue.when_closed, id);
        if let Some(hours) = &queue.hours {
            let known = self.setup.calendars.contains_key(hours);
            self.that(known, format!("{place}.hours"), format!("there is no calendar `{hours}`"));
        }
    }

    fn step(&mut self, place: &str, step: &PlanStep, last: bool) {
        self.agents(&format!("{place}.pool.agents"), &step.pool.agents);
        step.pool.teams.iter().for_each(|team| self.team_exists(&format!("{place}.pool.teams"), team));
        let ends = last || step.stay_seconds.is_some();
        self.that(
            ends,
            format!("{place}.stay_seconds"),
            "the steps after it are never reached: say how long it lasts",
        );
        if let Some(strategy) = step.strategy {
            let at_once = strategy.ask_at_once.into();
            self.within(format!("{place}.strategy.ask_at_once"), at_once, 1, ASK_AT_ONCE_MAX.into(), "");
        }
        if let Some(offer) = step.offer {
            self.offer(format!("{place}.offer"), offer);
        }
    }

    fn outlet(&mut self, place: &str, outlet: &Outlet, own: &QueueId) {
        match outlet {
            Outlet::Queue(queue) => {
                self.queue_exists(place, queue);
                self.that(queue != own, place.to_owned(), "a queue cannot overflow into itself");
            }
            Outlet::Agent(agent) => {
                let known = self.setup.agents.contains_key(agent);
                self.that(known, place.to_owned(), format!("there is no agent {agent}"));
            }
            Outlet::Wait | Outlet::Assistant | Outlet::LeaveMessage | Outlet::Close => {}
        }
    }

    fn calendar(&mut self, id: &CalendarId, calendar: &CalendarSetup) {
        self.that(
            !calendar.zone.is_empty(),
            format!("calendars.{id}.zone"),
            "name a time zone such as Europe/Berlin",
        );
    }

    fn agents<'b>(&mut self, place: &str, ids: impl IntoIterator<Item = &'b AgentId>) {
        for id in ids {
            let known = self.setup.agents.contains_key(id);
            self.that(known, place.to_owned(), format!("there is no agent {id}"));
        }
    }

    fn team_exists(&mut self, place: &str, team: &TeamId) {
        let known = self.setup.teams.contains_key(team);
        self.that(known, place.to_owned(), format!("there is no team `{team}`"));
    }

    fn queue_exists(&mut self, place: &str, queue: &QueueId) {
        let known = self.setup.queues.contains_key(queue);
        self.that(known, place.to_owned(), format!("there is no queue `{queue}`"));
    }

    fn somebody_knows(&mut self, place: &str, subject: &Subject) {
        let mut agents = self.setup.agents.values();
        let known = match subject {
            Subject::Skill(skill) => agents.any(|agent| agent.skills.contains_key(skill)),
            Subject::Language(tag) => agents.any(|agent| agent.languages.contains_key(tag)),
        };
        self.that(
            known,
            place.to_owned(),
            format!("nobody knows {subject}: nobody could ever take anything"),
        );
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Skill(skill) => write!(f, "the skill `{skill}`"),
            Self::Language(tag) => write!(f, "the language `{tag}`"),
        }
    }
}
