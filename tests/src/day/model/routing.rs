//! What routing did: whether it gave the right thing to the right agent and says so truly, and whether plans go on only when
//! they may (`routing-and-inbox.md` E.3, E.4, E.7).

use super::{Model, State, Talk, Wait, Wrong};
use crate::hold;
use protocol::setup::{OfferMode, SkipIf, Tier};
use protocol::{
    Actor, AgentId, AgentStatus, AssignedHow, Cause, Event, Happening, Outlet, OverflowWhy, PassedOver,
    PlanPlace, QueueId, QueuedWhy, Routed, SkipReason, Target, Timestamp,
};

impl Model {
    /// Whether what routing or a timer does may be done now.
    #[expect(clippy::wildcard_enum_match_arm, reason = "routing does few of them")]
    pub(super) fn is_in_time(&self, event: &Event) -> Wrong {
        let Some(talk) = self.talks.get(&event.conversation) else { return Ok(()) };
        if let Cause::Timer(kind) = event.cause {
            let dues = self.dues(talk);
            let due = dues.iter().filter(|(_, one)| *one == kind).map(|(due, _)| *due).min();
            let due = due.ok_or_else(|| format!("nothing of this kind is due: {dues:?}"))?;
            hold!(due <= event.at, "the timer is early: it is due at {due:?}");
            hold!(self.first_due() == Some(due), "something else was due before: {:?}", self.first_due());
        }
        match &event.happening {
            Happening::Offered { to, until, routed } => {
                if let Some(Target::Agent(agent)) = &talk.on_its_way {
                    let named = *to == [*agent] && routed.strategy == "named";
                    hold!(named, "it was passed to {agent}, and {to:?} are asked");
                    return Ok(());
                }
                hold!(event.by == Actor::Router, "only routing asks");
                self.may_be_found(talk, to, Some(*until), routed, event.at)
            }
            Happening::Assigned { to, how: AssignedHow::Routed, routed, .. } => match routed {
                Some(routed) if routed.strategy == "overflow" => {
                    let leaving = talk.wait().is_some_and(|wait| wait.leaving);
                    hold!(leaving, "its queue keeps it, and gave it to {}", to.id);
                    Ok(())
                }
                Some(routed) => self.may_be_found(talk, &[to.id], None, routed, event.at),
                None => Err("routing gave it to somebody and does not say why".to_owned()),
            },
            Happening::Assigned { to, how: AssignedHow::Returned, .. } => {
                let capacity = self.setup.agents.get(&to.id).map_or(0, |agent| agent.capacity);
                let free = capacity.saturating_sub(self.load(to.id));
                hold!(free >= self.weight(talk), "it goes back to who has no room for it");
                Ok(())
            }
            Happening::Assigned { to, how: AssignedHow::Accepted, .. } => {
                let asked = matches!(&talk.state, State::Offered { to: asked, .. } if asked.contains(&to.id));
                hold!(asked, "they accept what they were not asked");
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn may_be_found(
        &self,
        talk: &Talk,
        to: &[AgentId],
        until: Option<Timestamp>,
        routed: &Routed,
        now: Timestamp,
    ) -> Wrong {
        let State::Queued(wait) = &talk.state else { return Err("what does not wait is routed".to_owned()) };
        let able = self.eligible(talk, wait, now);
        let most = usize::from(self.strategy(wait).ask_at_once.max(1));
        let expected: Vec<AgentId> = match self.offer_mode(talk, wait) {
            OfferMode::Ask { seconds } => {
                hold!(until == Some(now.plus_seconds(seconds.into())), "the offer lasts until {until:?}");
                able.iter().copied().take(most).collect()
            }
            OfferMode::AutoAccept => {
                hold!(until.is_none(), "they are asked, although they need not be");
                able.iter().copied().take(1).collect()
            }
        };
        hold!(to == expected, "{to:?} are chosen; those who can are {able:?}");
        self.is_first(talk, wait, to, now)?;
        self.is_explained(talk, wait, to, &able, routed)
    }

    /// Nothing that waits for the same may come before it.
    fn is_first(&self, talk: &Talk, wait: &Wait, to: &[AgentId], now: Timestamp) -> Wrong {
        let own = self.key(talk, wait);
        for other in self.talks.values().filter(|other| other.id != talk.id) {
            let State::Queued(waits) = &other.state else { continue };
            let same = waits.target == wait.target
                && waits.place == wait.place
                && other.needs == talk.needs
                && waits.choice == wait.choice
                && self.weight(other) == self.weight(talk)
                && matches!(wait.place, PlanPlace::Step(_));
            if !same || self.key(other, waits) > own {
                continue;
            }
            let able = self.eligible(other, waits, now);
            hold!(!to.iter().any(|agent| able.contains(agent)), "{} came before it", other.id);
        }
        Ok(())
    }

    fn is_explained(
        &self,
        talk: &Talk,
        wait: &Wait,
        to: &[AgentId],
        able: &[AgentId],
        routed: &Routed,
    ) -> Wrong {
        hold!(routed.queue.as_ref() == talk.waits_in(), "explained with another queue");
        hold!(routed.step == wait.place, "explained with another step");
        hold!(routed.waiting_since == wait.since, "explained with another age");
        hold!(routed.priority == self.points(talk, wait), "explained with another priority");
        let rule = self.rule(talk, wait);
        hold!(routed.strategy == rule, "explained with the rule {}, not {rule}", routed.strategy);
        let ready = u32::try_from(able.len()).unwrap_or(u32::MAX);
        hold!(routed.ready == ready, "explained with {} ready, not {ready}", routed.ready);
        let next = able.iter().find(|agent| !to.contains(agent)).copied();
        hold!(routed.next == next, "explained with {:?} as next, not {next:?}", routed.next);
        for (agent, why) in &routed.passed {
            hold!(!able.contains(agent) && !to.contains(agent), "{agent} was not passed over");
            hold!(self.is_why(*agent, *why, talk, wait), "{agent} was not passed over as {why:?}");
        }
        let pool = self.pool(wait);
        for (why, status) in [
            (PassedOver::Offline, AgentStatus::Offline),
            (PassedOver::Away, AgentStatus::Away),
            (PassedOver::Busy, AgentStatus::Busy),
            (PassedOver::NotResponding, AgentStatus::NotResponding),
        ] {
            let count = pool.iter().filter(|agent| self.askable(**agent) == status).count();
            let told = routed.unavailable.get(&why).copied().unwrap_or_default();
            hold!(usize::try_from(told) == Ok(count), "explained with {told} {why:?}, not {count}");
        }
        let counted = able.len() + routed.unavailable.values().map(|count| *count as usize).sum::<usize>();
        hold!(counted == pool.len(), "{counted} of {} are accounted for", pool.len());
        Ok(())
    }

    /// The rule by which somebody is found at a place, as it is told.
    fn rule(&self, talk: &Talk, wait: &Wait) -> &'static str {
        let preferred = match wait.place {
            PlanPlace::Preferred(at) => wait.preferred.get(usize::from(at)).copied(),
            PlanPlace::Step(_) => None,
        };
        let requested = talk.requested.as_ref().and_then(|name| self.named(name));
        match preferred {
            Some((_, None)) => "dedicated",
            Some((agent, _)) if wait.why == QueuedWhy::HandOff && requested == Some(agent) => "asked_for",
            Some(_) => "sticky",
            None if matches!(wait.target, Target::Agent(_)) => "named",
            None => self.strategy(wait).by.code(),
        }
    }

    fn is_why(&self, agent: AgentId, why: PassedOver, talk: &Talk, wait: &Wait) -> bool {
        let capacity = self.setup.agents.get(&agent).map_or(0, |agent| agent.capacity);
        let status = self.askable(agent);
        match why {
            PassedOver::Offline => status == AgentStatus::Offline || !self.is_active(agent),
            PassedOver::Away => status == AgentStatus::Away,
            PassedOver::Busy => status == AgentStatus::Busy,
            PassedOver::NotResponding => status == AgentStatus::NotResponding,
            PassedOver::Full => {
                !self.is_active(agent) || capacity.saturating_sub(self.load(agent)) < self.weight(talk)
            }
            PassedOver::Skill | PassedOver::Language => !self.knows_enough(agent, talk, wait),
            PassedOver::LetGo => wait.let_go.contains_key(&agent),
            PassedOver::Never => {
                let tier = self.setup.agents.get(&agent).map(|agent| agent.tier);
                self.strategy(wait).tiered && tier == Some(Tier::Never)
            }
            PassedOver::QueueLimit | PassedOver::Fairness => true,
        }
    }

    /// Whether a plan may go on to this place.
    pub(super) fn may_advance(
        &self,
        talk: &Talk,
        (to, since): (PlanPlace, Timestamp),
        why: SkipReason,
        delta: i32,
        now: Timestamp,
    ) -> Wrong {
        let State::Queued(wait) = &talk.state else { return Ok(()) };
        let next = match wait.place {
            PlanPlace::Preferred(at) if usize::from(at) + 1 < wait.preferred.len() => {
                PlanPlace::Preferred(at + 1)
            }
            PlanPlace::Preferred(_) => PlanPlace::Step(0),
            PlanPlace::Step(at) => PlanPlace::Step(at + 1),
        };
        hold!(to == next, "after {:?} comes {next:?}", wait.place);
        let after = Wait { place: to, ..wait.clone() };
        let expected = self.step(&after).filter(|_| to > PlanPlace::Step(0)).map_or(0, |step| step.delta);
        hold!(delta == expected, "the step adds {expected} points, not {delta}");
        if why == SkipReason::Time {
            let end = self.place_ends(wait);
            hold!(end.is_some_and(|end| end <= now), "its time is not over");
            hold!(end == Some(since), "the time of steps does not add up: {since:?} follows {end:?}");
            return Ok(());
        }
        hold!(since == now, "its time does not begin now");
        hold!(self.eligible(talk, wait, now).is_empty(), "somebody could take it where it was");
        let preferred = match wait.place {
            PlanPlace::Preferred(at) => wait.preferred.get(usize::from(at)).copied(),
            PlanPlace::Step(_) => None,
        };
        let skips = |skip: &SkipIf| self.step(wait).is_some_and(|step| step.skip_if.contains(skip));
        let queue = talk.waits_in();
        let holds = match why {
            SkipReason::Time => true,
            SkipReason::PreferredAway => preferred.is_some_and(|(agent, seconds)| {
                !self.is_active(agent) || (seconds.is_some() && !self.people[&agent].is_here())
            }),
            SkipReason::PreferredLetGo => preferred.is_some_and(|(agent, _)| wait.let_go.contains_key(&agent)),
            SkipReason::NobodyOnline => skips(&SkipIf::NobodyOnline) && !self.is_anybody_online(wait),
            SkipReason::NobodyEligible => {
                let soon = |agent: &AgentId| {
                    self.people[agent].dropped && self.effective(*agent) == AgentStatus::Online
                };
                skips(&SkipIf::NobodyEligible) && !self.pool(wait).iter().any(soon)
            }
            SkipReason::TooMany => self.step(wait).is_some_and(|step| {
                let many = |skip: &SkipIf| matches!(skip, SkipIf::MoreWaitThan(most) if self.count(queue) > *most as usize);
                step.skip_if.iter().any(many)
            }),
            SkipReason::ClosedHours => {
                skips(&SkipIf::ClosedHours) && queue.is_some_and(|queue| !self.is_open(queue, now))
            }
        };
        hold!(holds, "the step is not over for {why:?}");
        Ok(())
    }

    /// Whether a queue may let it go.
    pub(super) fn may_overflow(
        &self,
        talk: &Talk,
        queue: &QueueId,
        why: OverflowWhy,
        outlet: &Outlet,
        now: Timestamp,
    ) -> Wrong {
        let (Some(setup), State::Queued(wait)) = (self.queue(queue), &talk.state) else {
            return Err("there is no such queue".to_owned());
        };
        hold!(talk.waits_in() == Some(queue), "it waits elsewhere");
        let closed = why == OverflowWhy::ClosedHours;
        let expected = if closed { &setup.when_closed } else { &setup.overflow };
        hold!(outlet == expected && *outlet != Outlet::Wait, "it leaves for {outlet:?}, not {expected:?}");
        let steps = self.plans.get(queue).map(Vec::as_slice).unwrap_or_default();
        let everybody = || steps.iter().flat_map(|step| &step.members);
        let at_last =
            wait.place >= PlanPlace::Step(u16::try_from(steps.len()).unwrap_or(1).saturating_sub(1));
        let holds = match why {
            OverflowWhy::MaxWait => {
                setup.max_wait_seconds.is_some_and(|most| wait.entered.plus_seconds(most.into()) <= now)
            }
            OverflowWhy::Full => setup.max_length.is_some_and(|most| self.count(Some(queue)) > most as usize),
            OverflowWhy::ClosedHours => {
                !self.is_open(queue, wait.entered) && wait.entered == wait.place_since
            }
            OverflowWhy::PlanEnded => at_last,
            OverflowWhy::NoMembers => everybody().next().is_none(),
            OverflowWhy::NobodyOnline => {
                setup.drain_when_empty && !everybody().any(|one| self.effective(*one) == AgentStatus::Online)
            }
        };
        hold!(holds, "the queue has to keep it: {why:?} is not so");
        Ok(())
    }

    /// What should have gone on, or to somebody, and did not.
    pub fn is_at_rest(&self, now: Timestamp) -> Wrong {
        for talk in self.talks.values() {
            if let State::Queued(wait) = &talk.state {
                let able = self.eligible(talk, wait, now);
                hold!(able.is_empty(), "{} waits although {able:?} could take it", talk.id);
                if !wait.parked {
                    self.is_kept_rightly(talk, wait, now).map_err(|why| format!("{}: {why}", talk.id))?;
                }
            }
        }
        Ok(())
    }

    fn is_kept_rightly(&self, talk: &Talk, wait: &Wait, now: Timestamp) -> Wrong {
        if let PlanPlace::Preferred(at) = wait.place
            && let Some((agent, seconds)) = wait.preferred.get(usize::from(at))
        {
            // Who comes back after a restart is not known at once.
            let awaited = self.restarted.is_some() && self.people[agent].offline_since == self.restarted;
            let held =
                self.is_active(*agent) && (seconds.is_none() || awaited || self.people[agent].is_here());
            hold!(held, "it is held for {agent}, who is not there");
            hold!(!wait.let_go.contains_key(agent), "it is held for {agent}, who let it go");
        }
        match &wait.target {
            Target::Queue(queue) => {
                let setup = self.queue(queue).ok_or("it waits in a queue that is gone")?;
                let steps = self.plans.get(queue).map(Vec::as_slice).unwrap_or_default();
                let empty = steps.iter().all(|step| step.members.is_empty());
                hold!(!empty || setup.overflow == Outlet::Wait, "it waits in a queue that nobody serves");
                let came = self.came.contains(&talk.id) && wait.entered == now && wait.place_since == now;
                let came = came && wait.place == PlanPlace::Step(0);
                let closed = came && setup.when_closed != Outlet::Wait && !self.is_open(queue, now);
                hold!(!closed, "it came while the queue was not open");
                let last =
                    wait.place >= PlanPlace::Step(u16::try_from(steps.len()).unwrap_or(1).saturating_sub(1));
                let stays = last && setup.overflow == Outlet::Wait;
                let skipped =
                    self.step(wait).is_some_and(|step| step.skip_if.contains(&SkipIf::NobodyOnline))
                        && !stays;
                // While nobody is online, nothing but its length decides.
                let alone = came && setup.overflow != Outlet::Wait && !self.is_anybody_online(wait);
                let full = setup.max_length.is_some_and(|most| self.count(Some(queue)) > most as usize);
                hold!(!(alone && full), "it came although the queue was full");
                let came = self.came.contains(&talk.id) && wait.place_since == now;
                hold!(!(came && skipped) || self.is_anybody_online(wait), "its step is to be passed by");
            }
            Target::Team(team) => {
                hold!(self.setup.teams.contains_key(team), "it waits for a team that is gone");
                hold!(!self.pool(wait).is_empty(), "it waits for a team without members");
            }
            Target::Agent(agent) => hold!(self.is_active(*agent), "it waits for somebody who is gone"),
            Target::Anybody => {}
        }
        Ok(())
    }

    /// How many wait in a queue, offered or not.
    fn count(&self, queue: Option<&QueueId>) -> usize {
        let turns = self.talks.values().filter(|talk| talk.wait().is_some_and(|wait| !wait.parked));
        turns.filter(|talk| talk.waits_in().is_some() && talk.waits_in() == queue).count()
    }

    fn is_anybody_online(&self, wait: &Wait) -> bool {
        self.pool(wait).iter().any(|agent| self.effective(*agent) == AgentStatus::Online)
    }
}
