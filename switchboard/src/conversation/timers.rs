//! What a conversation waits for (`routing-and-inbox.md` E.7). Every deadline follows from what is saved, so none is lost
//! with the process, and none is kept twice.

use super::{Conversation, Held, Stage, Visit};
use crate::directory::Directory;
use crate::presence::Presence;
use protocol::setup::Orphans;
use protocol::{OpeningSource, Outlet, PlanPlace, Promise, Target, TimerKind, Timestamp};

/// Something that is due at some time.
pub type Timer = (Timestamp, TimerKind);

impl Conversation {
    /// What it waits for, in no order.
    pub fn timers(&self, directory: &Directory, presence: &Presence) -> Vec<Timer> {
        let mut timers = Vec::new();
        match &self.stage {
            Stage::Automated => {
                let silence = directory.rules().assistant_close_seconds;
                let since = self.words.last_at.max(self.quiet_from);
                timers.push((since.plus_seconds(silence.into()), TimerKind::AutoClose));
            }
            Stage::Spam { .. } => {
                let after = directory.rules().spam.close_seconds;
                timers.extend(
                    after.map(|after| (self.quiet_from.plus_seconds(after.into()), TimerKind::AutoClose)),
                );
            }
            Stage::Queued(visit) => {
                self.while_waiting(visit, directory, &mut timers);
                self.promise(directory, &mut timers);
            }
            Stage::Offered { visit, until, .. } => {
                timers.push((*until, TimerKind::Offer));
                self.abandon(visit, directory, &mut timers);
                self.promise(directory, &mut timers);
            }
            Stage::Open(held) => {
                if let Some(passing) = &held.passing {
                    timers.push((passing.until, TimerKind::Offer));
                }
                self.while_open(directory, presence, &mut timers);
                self.promise(directory, &mut timers);
            }
            Stage::Pending { until, .. } => timers.push((*until, TimerKind::Snooze)),
            Stage::Closed { wrap_up, .. } => {
                timers.extend(wrap_up.map(|(_, until)| (until, TimerKind::WrapUp)));
            }
        }
        timers
    }

    /// What is due first.
    pub fn next_timer(&self, directory: &Directory, presence: &Presence) -> Option<Timer> {
        self.timers(directory, presence).into_iter().min()
    }

    /// Until when a first answer is promised, while it waits for one.
    pub fn promised_first(&self, directory: &Directory) -> Option<Timestamp> {
        self.promised(directory, Promise::FirstReply, self.unanswered_wish()?)
    }

    /// The answer that is due next, and until when it is promised.
    pub fn promise_due(&self, directory: &Directory) -> Option<(Promise, Timestamp)> {
        if self.unanswered_wish().is_some() {
            return self.promised_first(directory).map(|until| (Promise::FirstReply, until));
        }
        let until = self.promised(directory, Promise::NextReply, self.words.unanswered_since?)?;
        Some((Promise::NextReply, until))
    }

    /// Since when a person is wanted who has not written yet.
    fn unanswered_wish(&self) -> Option<Timestamp> {
        self.wanted.filter(|wanted| !wanted.answered).map(|wanted| wanted.since)
    }

    fn promised(&self, directory: &Directory, promise: Promise, from: Timestamp) -> Option<Timestamp> {
        let queue = self.queue.as_ref()?;
        let promises = directory.queue(queue)?.promises;
        let seconds = match promise {
            Promise::FirstReply => promises.first_reply_seconds?,
            Promise::NextReply => promises.next_reply_seconds?,
        };
        match directory.hours_of(queue).filter(|_| promises.open_hours_only) {
            Some(hours) => hours.after_open(from, u64::from(seconds) * 1_000),
            None => Some(from.plus_seconds(seconds.into())),
        }
    }

    fn promise(&self, directory: &Directory, timers: &mut Vec<Timer>) {
        let Some((promise, until)) = self.promise_due(directory) else { return };
        let since = match promise {
            Promise::FirstReply => self.unanswered_wish(),
            Promise::NextReply => self.words.unanswered_since,
        };
        // Told once for each answer that is waited for.
        if self.missed_at < since || self.missed_at.is_none() {
            timers.push((until, TimerKind::Promise));
        }
    }

    fn while_waiting(&self, visit: &Visit, directory: &Directory, timers: &mut Vec<Timer>) {
        if visit.parked {
            return;
        }
        if let Some(end) = visit.place_ends(directory) {
            timers.push((end, TimerKind::PlanStep));
        }
        let queue = self.waits_in().and_then(|queue| directory.queue(queue));
        if let Some(queue) = queue.filter(|queue| queue.overflow != Outlet::Wait)
            && let Some(most) = queue.max_wait_seconds
        {
            timers.push((visit.entered.plus_seconds(most.into()), TimerKind::MaxWait));
        }
        self.abandon(visit, directory, timers);
    }

    /// Whoever left before they waited has the whole time from when they wait.
    fn abandon(&self, visit: &Visit, directory: &Directory, timers: &mut Vec<Timer>) {
        if let (Some(gone), Some(grace)) = (self.visitor_gone, directory.rules().abandon_seconds) {
            timers.push((gone.max(visit.entered).plus_seconds(grace.into()), TimerKind::Abandon));
        }
    }

    fn while_open(&self, directory: &Directory, presence: &Presence, timers: &mut Vec<Timer>) {
        let Stage::Open(held) = &self.stage else { return };
        let conduct = self.conduct(directory);
        let tries_left = self.no_replies < conduct.first_reply_tries;
        if !held.replied
            && conduct.first_reply_seconds > 0
            && tries_left
            && let Some(from) = self.waits_for_first_word_since(held, presence)
        {
            timers.push((from.plus_seconds(conduct.first_reply_seconds.into()), TimerKind::FirstReply));
        }
        if let Orphans::Requeue { after_seconds } = conduct.orphans
            && let Some(gone) = presence.offline_since(held.agent.id)
            && !held.lies()
        {
            timers
                .push((gone.max(held.active_since()).plus_seconds(after_seconds.into()), TimerKind::Orphan));
        }
        if let Some(after) = conduct.quiet_after_seconds.filter(|_| !held.quiet) {
            let written = self.words.visitor.as_ref().map(|said| said.at);
            let since = written.map_or(held.active_since(), |at| at.max(held.active_since()));
            timers.push((since.plus_seconds(after.into()), TimerKind::Quiet));
        }
        let answered = self.wanted.is_some_and(|wanted| wanted.answered);
        let Some(said) = self.words.waits_for_visitor_since().filter(|_| answered) else { return };
        let since = said.max(self.quiet_from);
        let rule = &directory.rules().auto_close;
        if let Some(reminder) = usize::try_from(self.reminders).ok().and_then(|next| rule.reminders.get(next))
        {
            timers.push((since.plus_seconds(reminder.after_seconds.into()), TimerKind::Reminder));
        }
        if let Some(after) = rule.after_seconds {
            timers.push((since.plus_seconds(after.into()), TimerKind::AutoClose));
        }
    }
}

impl Conversation {
    /// Since when its owner is to write; `None` while that is not waited for: it was opened by the staff and the visitor has
    /// said nothing, or it lies in the inbox of somebody who is not back yet.
    fn waits_for_first_word_since(&self, held: &Held, presence: &Presence) -> Option<Timestamp> {
        let by_visitor = self.opened_by == OpeningSource::Visitor || self.queue.is_some();
        let asked = if by_visitor { held.active_since() } else { self.words.unanswered_since? };
        let back = if held.lies() { Some(presence.back_since(held.agent.id)?) } else { None };
        Some(asked.max(held.active_since()).max(back.unwrap_or(asked)))
    }
}

impl Visit {
    /// When the present step is over by time.
    pub fn place_ends(&self, directory: &Directory) -> Option<Timestamp> {
        let seconds = match (self.place, &self.target) {
            (PlanPlace::Preferred(at), _) => self.preferred.get(usize::from(at))?.1?,
            (PlanPlace::Step(at), Target::Queue(queue)) => {
                let plan = directory.plan(queue)?;
                let stays = plan.step(at + 1).is_none() && directory.queue(queue)?.overflow == Outlet::Wait;
                plan.step_or_last(at)?.stay_seconds.filter(|_| !stays)?
            }
            (PlanPlace::Step(_), Target::Agent(_) | Target::Team(_) | Target::Anybody) => return None,
        };
        Some(self.place_since.plus_seconds(seconds.into()))
    }
}
