//! What an event makes of a conversation.

use super::{Conversation, Held, Passing, Stage, Visit, Wanted};
use crate::contact::Contact;
use protocol::{
    AgentBadge, AgentId, AssignedHow, Author, Closing, Event, Happening, OfferEnd, PlanPlace, QueuedWhy,
    SkipReason, Target, Timestamp,
};
use std::collections::BTreeMap;

/// Seconds for which an agent who let something go is not asked again for it: without that, the only one there would be
/// asked again at once.
pub const EXCLUDED_SECONDS: u64 = 60;

/// Seconds for which whoever missed an offer and accepts is told that they are late. After that they do not mean the offer,
/// which is gone from their list, but pick what waits.
const LATE_SECONDS: u64 = 5;

impl Conversation {
    /// The conversation a first event begins; `None` for any other event.
    pub fn begun_by(event: &Event, contact: Contact) -> Option<Self> {
        let Happening::Opened { visitor, site, source } = &event.happening else { return None };
        let begun = Self::opened(event.conversation, *visitor, site.clone(), event.at, contact);
        Some(Self { opened_by: *source, ..begun })
    }

    /// Moves it by one event. Cannot fail: an event that does not fit its stage changes the number alone.
    pub fn apply(&mut self, event: &Event) {
        self.number = event.number;
        let at = event.at;
        match &event.happening {
            Happening::Said { author, content, .. } => {
                self.words.hear(author, content, at);
                self.heard(author);
            }
            Happening::AgentRequested { queue, hand_off, .. } => {
                self.reason = Some(hand_off.reason);
                self.queue = Some(queue.clone());
                self.needs = hand_off.all_needs();
                self.asked_for = hand_off.agent.clone();
            }
            Happening::Queued { .. } => self.queued(event),
            Happening::StepReached { step, why, since, priority_delta } => {
                self.step_reached(*step, *why, *since, *priority_delta)
            }
            Happening::Offered { to, until, .. } => self.offered(to.clone(), *until),
            Happening::OfferEnded { agent, why, .. } => self.offer_ended(*agent, *why, at),
            Happening::Parked { .. } => {
                if let Stage::Queued(visit) = &mut self.stage {
                    visit.parked = true;
                }
            }
            Happening::Assigned { to, team, how, .. } => {
                let team = team.as_ref().or(self.team.as_ref()).cloned();
                self.assigned(to, team, *how == AssignedHow::LeftFor, at);
            }
            Happening::TransferOffered { .. } => self.passing(Passing::begun_by(event)),
            Happening::TransferEnded { .. } => self.passing(None),
            Happening::Transferred { .. } => self.transfers += 1,
            Happening::Unassigned { why, .. } => {
                self.no_replies += u32::from(*why == protocol::UnassignedWhy::NoReply);
                self.released(at);
            }
            Happening::Joined { agent } => drop(self.participants.insert(agent.id, agent.clone())),
            Happening::Parted { agent } => drop(self.participants.remove(agent)),
            Happening::Snoozed { until } => self.snoozed(*until, at),
            Happening::WentQuiet => self.is_quiet(true),
            Happening::Woken { .. } => self.woken(at),
            Happening::Closed(closing) => {
                self.contact.earlier.absorb(&self.words);
                self.closed(closing, at);
            }
            Happening::WrappedUp { .. } => {
                if let Stage::Closed { wrap_up, .. } = &mut self.stage {
                    *wrap_up = None;
                }
            }
            Happening::ReturnedToAssistant { .. } => self.returned(at),
            Happening::MarkedSpam(_) => self.silenced(at),
            Happening::UnmarkedSpam => self.unmarked(at),
            Happening::Reopened => self.reopened(at),
            Happening::Tagged { tag, added } => self.contact.tag(tag, *added),
            Happening::FieldSet { field, value } => self.contact.set(field, value.as_ref()),
            Happening::Dedicated { agent } => self.contact.dedicated = *agent,
            Happening::PrioritySet { priority } => self.priority = *priority,
            Happening::PromiseMissed { .. } => self.missed_at = Some(at),
            Happening::Reminded => self.reminders += 1,
            Happening::Opened { source, .. } => self.opened_by = *source,
            Happening::WorkflowStarted { workflow, .. } => drop(self.contact.ran.insert(workflow.clone())),
            Happening::Commented { .. }
            | Happening::Overflowed { .. }
            | Happening::PassedOnTooOften { .. }
            | Happening::UnansweredTooOften { .. }
            | Happening::WorkflowEnded { .. } => {}
        }
    }

    fn heard(&mut self, author: &Author) {
        match author {
            Author::Agent(_) => {
                self.reminders = 0;
                if let Some(wanted) = &mut self.wanted {
                    wanted.answered = true;
                }
                if let Stage::Open(held) | Stage::Pending { held, .. } = &mut self.stage {
                    held.replied = true;
                }
            }
            Author::Browser(protocol::BrowserAuthor::Visitor) => {
                self.reminders = 0;
                self.is_quiet(false);
            }
            Author::Browser(protocol::BrowserAuthor::Assistant)
            | Author::Workflow(_)
            | Author::Program { .. }
            | Author::Bridge => {}
        }
    }

    fn queued(&mut self, event: &Event) {
        let Happening::Queued { target, why, team, since, preferred, excluded, choice, .. } =
            &event.happening
        else {
            return;
        };
        self.is_wanted(*why, event.at, *since);
        self.team.clone_from(team);
        match target {
            Target::Queue(queue) => self.queue = Some(queue.clone()),
            Target::Team(_) | Target::Agent(_) | Target::Anybody => {}
        }
        let hops = match why {
            QueuedWhy::Overflowed => self.visit().map_or(0, |visit| visit.hops) + 1,
            QueuedWhy::HandOff
            | QueuedWhy::Transferred
            | QueuedWhy::Unassigned
            | QueuedWhy::Woken
            | QueuedWhy::Reopened
            | QueuedWhy::Unmarked
            | QueuedWhy::Assigned => 0,
        };
        let place = if preferred.is_empty() { PlanPlace::Step(0) } else { PlanPlace::Preferred(0) };
        self.stage = Stage::Queued(Visit {
            target: target.clone(),
            why: *why,
            entered: event.at,
            since: *since,
            preferred: preferred.clone(),
            place,
            place_since: event.at,
            priority_delta: 0,
            kept_from: excluded.iter().copied().collect(),
            let_go: excluded.iter().copied().collect(),
            missed: BTreeMap::new(),
            choice: *choice,
            parked: false,
            hops,
        });
    }

    /// Asking for a person begins a wish; whatever else makes it wait goes on with the one there is.
    fn is_wanted(&mut self, why: QueuedWhy, at: Timestamp, aged_from: Timestamp) {
        let goes_on = match why {
            QueuedWhy::HandOff | QueuedWhy::Reopened => None,
            QueuedWhy::Transferred
            | QueuedWhy::Unassigned
            | QueuedWhy::Overflowed
            | QueuedWhy::Woken
            | QueuedWhy::Unmarked
            | QueuedWhy::Assigned => self.wanted,
        };
        let begun = Wanted::begun(at, aged_from);
        self.wanted = Some(goes_on.map_or(begun, |wanted| Wanted { aged_from, ..wanted }));
    }

    /// A further step asks others: who let the conversation go before can be asked again, but not whom it was taken from.
    fn step_reached(&mut self, step: PlanPlace, why: SkipReason, since: Timestamp, priority_delta: i32) {
        let (Stage::Queued(visit) | Stage::Offered { visit, .. }) = &mut self.stage else { return };
        visit.place = step;
        visit.place_since = since;
        visit.priority_delta = visit.priority_delta.saturating_add(priority_delta);
        match why {
            SkipReason::Time
            | SkipReason::NobodyOnline
            | SkipReason::NobodyEligible
            | SkipReason::TooMany
            | SkipReason::ClosedHours => visit.let_go.clone_from(&visit.kept_from),
            SkipReason::PreferredAway | SkipReason::PreferredLetGo => {}
        }
    }

    fn offered(&mut self, to: Vec<AgentId>, until: Timestamp) {
        if let Stage::Queued(visit) = &mut self.stage {
            let visit = visit.clone();
            self.stage = Stage::Offered { visit, to, until };
        }
    }

    /// Back to waiting, in the old place, when nobody is asked any more. An agent who left was not asked in vain and is not
    /// passed over.
    fn offer_ended(&mut self, agent: AgentId, why: OfferEnd, at: Timestamp) {
        let Stage::Offered { visit, to, .. } = &mut self.stage else { return };
        to.retain(|asked| *asked != agent);
        let until = at.plus_seconds(EXCLUDED_SECONDS);
        match why {
            OfferEnd::Declined => drop(visit.let_go.insert(agent, until)),
            OfferEnd::TimedOut => {
                visit.let_go.insert(agent, until);
                visit.missed.insert(agent, at.plus_seconds(LATE_SECONDS));
            }
            OfferEnd::AgentLeft | OfferEnd::Taken | OfferEnd::Withdrawn => {}
        }
        if to.is_empty() {
            let visit = visit.clone();
            self.stage = Stage::Queued(visit);
        }
    }

    fn assigned(&mut self, to: &AgentBadge, team: Option<protocol::TeamId>, left: bool, at: Timestamp) {
        self.released(at);
        // While they waited for us, the visitor was not silent.
        if self.state().is_waiting() {
            self.quiet_from = at;
        }
        self.wanted.get_or_insert(Wanted::begun(at, at));
        self.team = team;
        self.contact.last_agent = Some((to.id, at));
        self.last_owner = Some(to.id);
        self.participants.remove(&to.id);
        self.stage = Stage::Open(Held::begun(to.clone(), at, left));
    }

    /// Nobody has it any more: what its owner had it for goes with them.
    fn released(&mut self, at: Timestamp) {
        let Some(held) = self.held() else { return };
        let owner = held.agent.id;
        self.last_owner = Some(owner);
        self.contact.last_agent = Some((owner, at));
    }

    fn passing(&mut self, passing: Option<Passing>) {
        if let Stage::Open(held) | Stage::Pending { held, .. } = &mut self.stage {
            held.passing = passing;
        }
    }

    fn snoozed(&mut self, until: Timestamp, at: Timestamp) {
        let had_ms = match &self.stage {
            Stage::Open(held) => held.had_until(at),
            Stage::Pending { held, .. } => held.had_ms,
            Stage::Automated
            | Stage::Queued(_)
            | Stage::Offered { .. }
            | Stage::Spam { .. }
            | Stage::Closed { .. } => return,
        };
        if let Stage::Open(held) | Stage::Pending { held, .. } = &self.stage {
            let held = Held { passing: None, had_ms, ..held.clone() };
            self.stage = Stage::Pending { held, until };
        }
    }

    fn is_quiet(&mut self, quiet: bool) {
        if let Stage::Open(held) | Stage::Pending { held, .. } = &mut self.stage {
            held.quiet = quiet;
        }
    }

    fn woken(&mut self, at: Timestamp) {
        if let Stage::Pending { held, .. } = &self.stage {
            self.stage = Stage::Open(Held { woken: Some(at), quiet: false, ..held.clone() });
            self.quiet_from = at;
        }
    }

    fn closed(&mut self, closing: &Closing, at: Timestamp) {
        self.released(at);
        let owner = self.held().map(|held| held.agent.clone());
        self.participants = BTreeMap::new();
        self.closed_by = Some(closing.source);
        self.stage = Stage::Closed { at, owner, wrap_up: closing.wrap_up };
    }

    fn returned(&mut self, at: Timestamp) {
        self.released(at);
        self.participants = BTreeMap::new();
        self.quiet_from = at;
        self.wanted = None;
        self.stage = Stage::Automated;
    }

    fn silenced(&mut self, at: Timestamp) {
        self.quiet_from = at;
        if let Stage::Open(held) = &mut self.stage {
            held.had_ms = held.had_until(at);
        }
        let before = std::mem::replace(&mut self.stage, Stage::Automated);
        self.stage = Stage::Spam { before: Box::new(before) };
    }

    /// It goes on, with the assistant unless the next event says otherwise. Only visitors open it again, so this one is here.
    fn reopened(&mut self, at: Timestamp) {
        self.visitor_gone = None;
        self.quiet_from = at;
        self.wanted = None;
        self.no_replies = 0;
        self.stage = Stage::Automated;
    }

    /// What it was before. The time it was silenced counts for nothing that was running, and nobody but people takes it for
    /// spam again.
    fn unmarked(&mut self, at: Timestamp) {
        let stage = std::mem::replace(&mut self.stage, Stage::Automated);
        let Stage::Spam { before } = stage else {
            self.stage = stage;
            return;
        };
        self.cleared = true;
        self.quiet_from = at;
        self.stage = match *before {
            Stage::Queued(visit) | Stage::Offered { visit, .. } => {
                Stage::Queued(Visit { entered: at, place_since: at, ..visit })
            }
            Stage::Open(held) => Stage::Open(Held { woken: Some(at), quiet: false, ..held }),
            other
            @ (Stage::Automated | Stage::Pending { .. } | Stage::Spam { .. } | Stage::Closed { .. }) => other,
        };
    }
}
