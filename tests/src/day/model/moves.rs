//! How events move a conversation, and which of them may not (`routing-and-inbox.md` E.1, E.5, E.6).

use super::{Hold, Model, State, Talk, Wait, Wrong};
use crate::hold;
use protocol::setup::{ReasonUse, Tier, What};
use protocol::{
    Actor, AgentId, AssignedHow, Author, BrowserAuthor, Closing, ClosingSource, Event, Happening, OfferEnd,
    PlanPlace, QueuedWhy, ReasonId, SkipReason, Target, Timestamp, UnassignedWhy, WrapUpEnd,
};
use std::collections::BTreeMap;

/// Seconds for which whoever let a conversation go is not asked for it.
const EXCLUDED_SECONDS: u64 = 60;

impl Model {
    /// The conversation after an event, or why it may not be.
    pub(super) fn moved(&self, mut talk: Talk, event: &Event) -> Result<Talk, String> {
        talk.number = event.number;
        let owner = talk.owner().map(|hold| hold.agent);
        if let (
            Some(owner),
            Happening::Assigned { .. }
            | Happening::Unassigned { .. }
            | Happening::ReturnedToAssistant { .. }
            | Happening::Closed(_),
        ) = (owner, &event.happening)
        {
            talk.last_agent = Some((owner, event.at));
        }
        if is_silent_from(&talk, event) {
            talk.quiet_from = event.at;
        }
        match &event.happening {
            Happening::Said { author, .. } => self.said(&mut talk, author, event)?,
            Happening::Queued { .. }
            | Happening::StepReached { .. }
            | Happening::Parked { .. }
            | Happening::Overflowed { .. }
            | Happening::AgentRequested { .. } => self.waits(&mut talk, event)?,
            Happening::Offered { .. }
            | Happening::OfferEnded { .. }
            | Happening::TransferOffered { .. }
            | Happening::TransferEnded { .. } => self.asked(&mut talk, event)?,
            Happening::Assigned { .. }
            | Happening::Unassigned { .. }
            | Happening::Transferred { .. }
            | Happening::Snoozed { .. }
            | Happening::Woken { .. }
            | Happening::ReturnedToAssistant { .. } => self.owned(&mut talk, event)?,
            Happening::Closed(closing) => self.closed(&mut talk, closing, event.at)?,
            Happening::WrappedUp { end: WrapUpEnd::Reopened, .. } => {
                hold!(matches!(talk.state, State::Automated | State::Loose(_)), "it was not opened again");
            }
            Happening::WrappedUp { agent, .. } => {
                let State::WrapUp { agent: whose, closed, .. } = talk.state else {
                    return Err("no notes are being finished".to_owned());
                };
                hold!(whose == *agent, "somebody else's notes");
                talk.state = State::Closed { closed };
            }
            Happening::Reopened => self.reopened(&mut talk, event.at)?,
            Happening::MarkedSpam(_) => marked(&mut talk)?,
            Happening::UnmarkedSpam => unmarked(&mut talk, event.at)?,
            Happening::PrioritySet { .. }
            | Happening::Dedicated { .. }
            | Happening::PromiseMissed { .. }
            | Happening::Reminded
            | Happening::WentQuiet
            | Happening::UnansweredTooOften { .. }
            | Happening::PassedOnTooOften { .. }
            | Happening::Joined { .. }
            | Happening::Parted { .. } => self.noted(&mut talk, event)?,
            Happening::Opened { .. }
            | Happening::Commented { .. }
            | Happening::Tagged { .. }
            | Happening::FieldSet { .. }
            | Happening::WorkflowStarted { .. }
            | Happening::WorkflowEnded { .. } => {}
        }
        Ok(talk)
    }

    fn said(&self, talk: &mut Talk, author: &Author, event: &Event) -> Wrong {
        hold!(!talk.state.is_over(), "words after the end");
        talk.last_at = event.at;
        match author {
            Author::Browser(BrowserAuthor::Assistant) => {
                hold!(talk.state == State::Automated, "the assistant speaks over {:?}", talk.state);
                talk.unanswered_since = None;
            }
            Author::Browser(BrowserAuthor::Visitor) => {
                talk.visitor_at = Some(event.at);
                if let State::Open(hold) | State::Pending { hold, .. } = &mut talk.state {
                    hold.quiet = false;
                }
                talk.unanswered_since.get_or_insert(event.at);
                talk.reminders = 0;
            }
            Author::Agent(badge) => {
                let team = talk.team.as_ref().and_then(|team| self.setup.teams.get(team));
                let colleague = team
                    .is_some_and(|team| team.conduct.anyone_may_reply && team.members.contains(&badge.id));
                let taking_part = talk.participants.contains(&badge.id);
                let State::Open(hold) = &mut talk.state else {
                    return Err("an agent writes in what is not open".to_owned());
                };
                hold!(
                    hold.agent == badge.id || colleague || taking_part,
                    "an agent writes in somebody else's"
                );
                hold.replied = true;
                talk.human_at = Some(event.at);
                talk.answered = true;
                talk.unanswered_since = None;
                talk.reminders = 0;
            }
            Author::Program { .. } => talk.unanswered_since = None,
            Author::Workflow(_) | Author::Bridge => {}
        }
        Ok(())
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "it is called for these happenings alone")]
    fn waits(&self, talk: &mut Talk, event: &Event) -> Wrong {
        if let Happening::AgentRequested { queue, hand_off, .. } = &event.happening {
            talk.needs = super::needs::said(hand_off);
            talk.requested.clone_from(&hand_off.agent);
            let silent = matches!(talk.state, State::Automated | State::Loose("it was reopened"));
            hold!(silent, "a person is asked for in {:?}", talk.state);
            talk.queue = Some(queue.clone());
            talk.state = State::Loose("a person was asked for");
            return Ok(());
        }
        if let Happening::Queued { .. } = &event.happening {
            return self.queued(talk, event);
        }
        let State::Queued(wait) = &mut talk.state else {
            return Err(format!("it does not wait: {:?}", talk.state));
        };
        hold!(!wait.parked, "somebody has to pick it, and it goes on");
        match &event.happening {
            Happening::StepReached { step, why, since, priority_delta } => {
                self.may_advance(talk, (*step, *since), *why, *priority_delta, event.at)?;
                let State::Queued(wait) = &mut talk.state else { return Ok(()) };
                (wait.place, wait.place_since) = (*step, *since);
                wait.delta += priority_delta;
                if !matches!(why, SkipReason::PreferredAway | SkipReason::PreferredLetGo) {
                    wait.let_go.clone_from(&wait.kept_from);
                }
            }
            Happening::Parked { .. } => (wait.parked, wait.leaving) = (true, false),
            Happening::Overflowed { queue, why, outlet } => {
                wait.leaving = true;
                self.may_overflow(talk, queue, *why, outlet, event.at)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn queued(&self, talk: &mut Talk, event: &Event) -> Wrong {
        let Happening::Queued { target, why, team, since, needs, preferred, excluded, choice } =
            &event.happening
        else {
            return Ok(());
        };
        let loose = matches!(talk.state, State::Automated | State::Queued(_) | State::Loose(_));
        hold!(loose, "it is queued from {:?}", talk.state);
        let anew = matches!(why, QueuedWhy::HandOff | QueuedWhy::Reopened);
        let (first, own) = talk.wanted.filter(|_| !anew).unwrap_or((event.at, event.at));
        let keeps = match target {
            Target::Queue(queue) => self.queue(queue).is_none_or(|queue| queue.keep_age),
            Target::Agent(_) | Target::Team(_) | Target::Anybody => true,
        };
        let age = match why {
            QueuedWhy::Unassigned | QueuedWhy::Overflowed | QueuedWhy::Unmarked | QueuedWhy::Woken => own,
            QueuedWhy::Transferred | QueuedWhy::Assigned if keeps => first,
            QueuedWhy::Transferred | QueuedWhy::Assigned | QueuedWhy::HandOff | QueuedWhy::Reopened => {
                event.at
            }
        };
        hold!(*since == age, "its age counts from {since:?}, not {age:?}");
        talk.answered &= talk.wanted.is_some() && !anew;
        talk.wanted = Some((first, *since));
        let asked = self.asked_first(talk, target, *why, event.at);
        hold!(*preferred == asked, "{preferred:?} are asked first, not {asked:?}");
        let known = self.needs(talk, target);
        hold!(*needs == known, "{needs:?} has to be known, not {known:?}");
        let hops = talk.wait().map_or(0, |wait| wait.hops);
        let hops = if *why == QueuedWhy::Overflowed { hops + 1 } else { 0 };
        hold!(hops <= 7, "it is sent in circles");
        let place = if preferred.is_empty() { PlanPlace::Step(0) } else { PlanPlace::Preferred(0) };
        if let Target::Queue(queue) = target {
            talk.queue = Some(queue.clone());
        }
        talk.team.clone_from(team);
        talk.on_its_way = None;
        talk.state = State::Queued(Wait {
            target: target.clone(),
            why: *why,
            entered: event.at,
            since: *since,
            preferred: preferred.clone(),
            place,
            place_since: event.at,
            delta: 0,
            kept_from: excluded.iter().copied().collect(),
            let_go: excluded.iter().copied().collect::<BTreeMap<_, _>>(),
            choice: *choice,
            parked: false,
            hops,
            leaving: false,
        });
        Ok(())
    }

    /// The visitor's own agent, then who had them last, where a conversation comes anew.
    fn asked_first(
        &self,
        talk: &Talk,
        target: &Target,
        why: QueuedWhy,
        now: Timestamp,
    ) -> Vec<(AgentId, Option<u32>)> {
        if !matches!(why, QueuedWhy::HandOff | QueuedWhy::Reopened | QueuedWhy::Woken) {
            return Vec::new();
        }
        let rule = match target {
            Target::Queue(queue) => self.plans.get(queue).and_then(|steps| steps.first()),
            Target::Agent(_) | Target::Team(_) | Target::Anybody => None,
        };
        let (strategy, dropped) = rule.map(|step| (step.strategy, step.dropped.clone())).unwrap_or_default();
        if strategy.by == What::Manual {
            return Vec::new();
        }
        let dedicated = talk.dedicated.filter(|agent| self.is_active(*agent));
        let mut first: Vec<_> = dedicated.map(|agent| (agent, None)).into_iter().collect();
        if why == QueuedWhy::HandOff
            && let Some(agent) = talk.requested.as_ref().and_then(|name| self.named(name))
            && dedicated != Some(agent)
        {
            let sticky = match target {
                Target::Queue(queue) => self.queue(queue).and_then(|queue| queue.sticky),
                Target::Agent(_) | Target::Team(_) | Target::Anybody => None,
            };
            first.push((agent, Some(sticky.map_or(60, |rule| rule.wait_seconds))));
        }
        if let Target::Queue(queue) = target
            && let Some(rule) = self.queue(queue).and_then(|queue| queue.sticky)
            && let Some((agent, at)) = talk.last_agent
        {
            let lately = now <= at.plus_seconds(u64::from(rule.days) * 86_400);
            let serves =
                self.plans.get(queue).into_iter().flatten().any(|step| step.members.contains(&agent));
            let needs = self.needs(talk, target);
            let mut needed = needs.iter().filter(|need| need.mandatory && !dropped.contains(&need.subject));
            let knows = needed.all(|need| self.knows(agent, need));
            let never = strategy.tiered && self.setup.agents[&agent].tier == Tier::Never;
            let asked = first.iter().any(|(one, _)| *one == agent);
            if lately && serves && knows && !never && !asked {
                first.push((agent, Some(rule.wait_seconds)));
            }
        }
        first
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "it is called for these happenings alone")]
    fn asked(&self, talk: &mut Talk, event: &Event) -> Wrong {
        match &event.happening {
            Happening::Offered { to, until, .. } => {
                let State::Queued(wait) = &talk.state else {
                    return Err("what does not wait is offered".to_owned());
                };
                talk.on_its_way = None;
                talk.state = State::Offered { wait: wait.clone(), to: to.clone(), until: *until };
            }
            Happening::OfferEnded { agent, why, .. } => {
                let State::Offered { wait, to, .. } = &mut talk.state else {
                    return Err("nobody is asked".to_owned());
                };
                hold!(to.contains(agent), "they are not asked");
                to.retain(|one| one != agent);
                if matches!(why, OfferEnd::Declined | OfferEnd::TimedOut) {
                    wait.let_go.insert(*agent, event.at.plus_seconds(EXCLUDED_SECONDS));
                }
                if to.is_empty() {
                    talk.state = State::Queued(wait.clone());
                }
            }
            Happening::TransferOffered { to, reason, note, until } => {
                self.may_transfer(reason, note.as_ref())?;
                let State::Open(hold) = &mut talk.state else { return Err("it is not open".to_owned()) };
                hold!(hold.passing.is_none() && hold.agent != *to, "a second colleague is asked");
                (hold.passing, hold.passed_by) = (Some((*to, *until)), Some(event.by.clone()));
            }
            Happening::TransferEnded { agent, .. } => {
                let State::Open(hold) = &mut talk.state else { return Err("it is not open".to_owned()) };
                hold!(hold.passing.as_ref().is_some_and(|(to, _)| to == agent), "they are not asked");
                (hold.passing, hold.passed_by) = (None, None);
            }
            _ => {}
        }
        Ok(())
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "it is called for these happenings alone")]
    fn owned(&self, talk: &mut Talk, event: &Event) -> Wrong {
        match &event.happening {
            Happening::Assigned { to, team, how, .. } => {
                self.may_be_given(talk, to.id)?;
                talk.team = team.clone().or(talk.team.take());
                talk.on_its_way = None;
                talk.participants.remove(&to.id);
                if talk.wanted.is_none() {
                    (talk.wanted, talk.answered) = (Some((event.at, event.at)), false);
                }
                talk.last_agent = Some((to.id, event.at));
                talk.state = State::Open(Hold {
                    agent: to.id,
                    since: event.at,
                    woken: None,
                    replied: false,
                    left: *how == AssignedHow::LeftFor,
                    quiet: false,
                    passing: None,
                    passed_by: None,
                });
            }
            Happening::Unassigned { from, why } => {
                hold!(talk.owner().is_some_and(|hold| hold.agent == *from), "it is not theirs");
                hold!(!is_passing(talk), "a colleague is still asked");
                talk.no_replies += u32::from(*why == UnassignedWhy::NoReply);
                talk.state = State::Loose("it was unassigned");
            }
            Happening::Transferred { from, to, reason, note } => {
                let owner = talk.owner().map(|hold| hold.agent);
                hold!(owner == *from, "it was not theirs");
                match talk.owner().and_then(|hold| hold.passed_by.as_ref()) {
                    Some(by) => hold!(event.by == *by, "{by:?} passed it on"),
                    None => self.may_transfer(reason, note.as_ref())?,
                }
                hold!(owner.is_none_or(|owner| *to != Target::Agent(owner)), "it is passed to its owner");
                talk.transfers += 1;
                talk.on_its_way = Some(to.clone());
            }
            Happening::Snoozed { until } => {
                hold!(!is_passing(talk), "a colleague is still asked");
                let hold = talk.owner().cloned().ok_or("it is nobody's")?;
                talk.state = State::Pending { hold, until: *until };
            }
            Happening::Woken { .. } => {
                let State::Pending { hold, .. } = &talk.state else {
                    return Err("it was not put aside".to_owned());
                };
                talk.state = State::Open(Hold { woken: Some(event.at), quiet: false, ..hold.clone() });
            }
            Happening::ReturnedToAssistant { .. } => {
                let may = talk.owner().is_some() || matches!(talk.state, State::Queued(_));
                hold!(may && !is_passing(talk), "it cannot go back to the assistant");
                talk.participants.clear();
                talk.wanted = None;
                talk.state = State::Automated;
            }
            _ => {}
        }
        Ok(())
    }

    fn may_be_given(&self, talk: &Talk, to: AgentId) -> Wrong {
        match &talk.state {
            State::Offered { to: asked, .. } => {
                hold!(asked.iter().all(|one| *one == to), "others were not told that it is taken");
            }
            State::Open(hold) | State::Pending { hold, .. } => {
                hold!(hold.agent != to, "it is theirs already");
                hold!(hold.passing.as_ref().is_none_or(|(one, _)| *one == to), "a colleague is still asked");
            }
            State::Automated | State::Queued(_) | State::Loose(_) => {}
            State::Spam(_) | State::WrapUp { .. } | State::Closed { .. } => {
                return Err(format!("it cannot be given to anybody: {:?}", talk.state));
            }
        }
        Ok(())
    }

    fn may_transfer(&self, reason: &ReasonId, note: Option<&String>) -> Wrong {
        let known = self.setup.reasons.get(reason);
        let active = known.is_some_and(|known| !known.retired && known.uses.contains(&ReasonUse::Transfer));
        hold!(active, "it is passed on for no reason of the list: {reason}");
        hold!(!self.setup.rules.transfer_needs_note || note.is_some(), "it is passed on without a note");
        Ok(())
    }

    fn closed(&self, talk: &mut Talk, closing: &Closing, at: Timestamp) -> Wrong {
        let quiet = matches!(
            talk.state,
            State::Automated | State::Queued(_) | State::Open(_) | State::Pending { .. } | State::Spam(_)
        );
        hold!(quiet && !is_passing(talk), "it cannot be closed: {:?}", talk.state);
        let by_person = closing.source == ClosingSource::Agent;
        let needed = by_person && self.setup.rules.closing_needs_category;
        hold!(!needed || closing.category.is_some(), "it is closed without a category");
        let seconds = self.conduct(talk.team.as_ref()).wrap_up_seconds;
        let notes = matches!(closing.source, ClosingSource::Agent | ClosingSource::Visitor) && seconds > 0;
        let whose = talk.owner().filter(|_| notes).map(|hold| (hold.agent, at.plus_seconds(seconds.into())));
        hold!(closing.wrap_up == whose, "notes are finished by {:?}, not {whose:?}", closing.wrap_up);
        talk.participants.clear();
        talk.state = match closing.wrap_up {
            Some((agent, until)) => State::WrapUp { agent, until, closed: at },
            None => State::Closed { closed: at },
        };
        Ok(())
    }

    fn reopened(&self, talk: &mut Talk, at: Timestamp) -> Wrong {
        let (State::Closed { closed } | State::WrapUp { closed, .. }) = talk.state else {
            return Err("it was not closed".to_owned());
        };
        let window = u64::from(self.setup.rules.reopen_seconds);
        hold!(window > 0 && at <= closed.plus_seconds(window), "it is too late to open it again");
        // The assistant goes on where no person was wanted any more.
        let alone = talk.wanted.is_none();
        (talk.wanted, talk.no_replies) = (None, 0);
        talk.state = if alone { State::Automated } else { State::Loose("it was reopened") };
        Ok(())
    }

    /// Whether an event's actor may be one.
    pub(super) fn may_follow(&self, event: &Event) -> Wrong {
        if let Actor::Agent(badge) = &event.by {
            hold!(self.is_active(badge.id), "somebody acts who does not work here");
        }
        let leaving =
            self.talks.get(&event.conversation).and_then(Talk::wait).is_some_and(|wait| wait.leaving);
        let leads_on = matches!(
            event.happening,
            Happening::Said { author: Author::Bridge, .. }
                | Happening::Queued { .. }
                | Happening::Parked { .. }
                | Happening::Assigned { .. }
                | Happening::ReturnedToAssistant { .. }
                | Happening::Closed(_)
        );
        hold!(!leaving || leads_on, "it was not kept, and does not go anywhere");
        self.is_in_time(event)
    }
}

fn marked(talk: &mut Talk) -> Wrong {
    let quiet =
        matches!(talk.state, State::Automated | State::Queued(_) | State::Open(_) | State::Pending { .. });
    hold!(quiet && !is_passing(talk), "it cannot become spam here");
    talk.state = State::Spam(Box::new(talk.state.clone()));
    Ok(())
}

/// What it was before; no time has passed for what was running.
fn unmarked(talk: &mut Talk, at: Timestamp) -> Wrong {
    let State::Spam(before) = &talk.state else { return Err("it is no spam".to_owned()) };
    let mut before = before.as_ref().clone();
    if let State::Queued(wait) = &mut before {
        (wait.entered, wait.place_since) = (at, at);
    }
    if let State::Open(hold) = &mut before {
        (hold.woken, hold.quiet) = (Some(at), false);
    }
    talk.state = before;
    Ok(())
}

fn is_passing(talk: &Talk) -> bool {
    talk.owner().is_some_and(|hold| hold.passing.is_some())
}

/// Whether the visitor's silence counts from here at the earliest.
fn is_silent_from(talk: &Talk, event: &Event) -> bool {
    matches!(
        event.happening,
        Happening::ReturnedToAssistant { .. }
            | Happening::MarkedSpam(_)
            | Happening::UnmarkedSpam
            | Happening::Woken { .. }
            | Happening::Reopened
    ) || (talk.wait().is_some() && matches!(event.happening, Happening::Assigned { .. }))
}
