//! What everything waits for (`routing-and-inbox.md` E.7).

use super::{Model, State, Talk, Wait};
use protocol::setup::Orphans;
use protocol::{Outlet, PlanPlace, Promise, Target, TimerKind, Timestamp};

/// Something that is due.
pub type Due = (Timestamp, TimerKind);

impl Model {
    /// What is due first of all.
    pub fn first_due(&self) -> Option<Timestamp> {
        self.talks.values().flat_map(|talk| self.dues(talk)).map(|(due, _)| due).min()
    }

    /// What a conversation waits for.
    pub fn dues(&self, talk: &Talk) -> Vec<Due> {
        let mut dues = Vec::new();
        match &talk.state {
            State::Spam(_) => {
                let after = self.setup.rules.spam.close_seconds;
                let end = after.map(|after| talk.quiet_from.plus_seconds(after.into()));
                dues.extend(end.map(|end| (end, TimerKind::AutoClose)));
            }
            State::Automated => {
                let silence = self.setup.rules.assistant_close_seconds;
                let since = talk.last_at.max(talk.quiet_from);
                dues.push((since.plus_seconds(silence.into()), TimerKind::AutoClose));
            }
            State::Queued(wait) => {
                dues.extend(self.promise(talk));
                if !wait.parked {
                    dues.extend(self.place_ends(wait).map(|end| (end, TimerKind::PlanStep)));
                    dues.extend(self.max_wait(wait).map(|end| (end, TimerKind::MaxWait)));
                    dues.extend(self.abandon(talk, wait));
                }
            }
            State::Offered { wait, until, .. } => {
                dues.push((*until, TimerKind::Offer));
                dues.extend(self.promise(talk));
                dues.extend(self.abandon(talk, wait));
            }
            State::Open(hold) => {
                dues.extend(hold.passing.as_ref().map(|(_, until)| (*until, TimerKind::Offer)));
                dues.extend(self.promise(talk));
                self.while_open(talk, &mut dues);
            }
            State::Pending { until, .. } => dues.push((*until, TimerKind::Snooze)),
            State::WrapUp { until, .. } => dues.push((*until, TimerKind::WrapUp)),
            State::Closed { .. } | State::Loose(_) => {}
        }
        dues
    }

    /// When a place of the plan is over by time.
    pub fn place_ends(&self, wait: &Wait) -> Option<Timestamp> {
        let seconds = match (wait.place, &wait.target) {
            (PlanPlace::Preferred(at), _) => wait.preferred.get(usize::from(at))?.1?,
            (PlanPlace::Step(at), Target::Queue(queue)) => {
                let steps = self.plans.get(queue)?;
                let last = usize::from(at) + 1 >= steps.len();
                if last && self.queue(queue)?.overflow == Outlet::Wait {
                    return None;
                }
                steps.get(usize::from(at)).or(steps.last())?.stay?
            }
            (PlanPlace::Step(_), Target::Agent(_) | Target::Team(_) | Target::Anybody) => return None,
        };
        Some(wait.place_since.plus_seconds(seconds.into()))
    }

    /// The answer that is due next: which, since when it is waited for, and until when it is promised.
    pub fn promised(&self, talk: &Talk) -> Option<(Promise, Timestamp, Timestamp)> {
        let first = talk.wanted.map(|(since, _)| since).filter(|_| !talk.answered);
        let queue = talk.queue.as_ref()?;
        let promises = self.queue(queue)?.promises;
        let (promise, from, seconds) = match first {
            Some(from) => (Promise::FirstReply, from, promises.first_reply_seconds?),
            None => (Promise::NextReply, talk.unanswered_since?, promises.next_reply_seconds?),
        };
        let until = match promises.open_hours_only {
            true => self.after_open(queue, from, seconds)?,
            false => from.plus_seconds(seconds.into()),
        };
        Some((promise, from, until))
    }

    fn promise(&self, talk: &Talk) -> Option<Due> {
        let (_, from, until) = self.promised(talk)?;
        let told = talk.missed_at.is_some_and(|at| at >= from);
        (!told).then_some((until, TimerKind::Promise))
    }

    fn max_wait(&self, wait: &Wait) -> Option<Timestamp> {
        let Target::Queue(queue) = &wait.target else { return None };
        let queue = self.queue(queue).filter(|queue| queue.overflow != Outlet::Wait)?;
        Some(wait.entered.plus_seconds(queue.max_wait_seconds?.into()))
    }

    /// The visitor has some time to come back, from when they left or from when it began to matter.
    fn abandon(&self, talk: &Talk, wait: &Wait) -> Option<Due> {
        let gone = self.gone.get(&talk.visitor)?;
        let grace = self.setup.rules.abandon_seconds?;
        Some(((*gone).max(wait.entered).plus_seconds(grace.into()), TimerKind::Abandon))
    }

    fn while_open(&self, talk: &Talk, dues: &mut Vec<Due>) {
        let State::Open(hold) = &talk.state else { return };
        let conduct = self.conduct(talk.team.as_ref());
        let lies = hold.left && !hold.replied;
        let person = self.people.get(&hold.agent);
        let back = if lies { person.and_then(|person| person.back_since) } else { Some(hold.since) };
        if conduct.first_reply_seconds > 0
            && !hold.replied
            && talk.no_replies < conduct.first_reply_tries
            && let Some(back) = back
        {
            let by_visitor = talk.by_visitor || talk.queue.is_some();
            let asked = if by_visitor { Some(hold.active_since()) } else { talk.unanswered_since };
            dues.extend(asked.map(|asked| {
                let since = asked.max(hold.active_since()).max(back);
                (since.plus_seconds(conduct.first_reply_seconds.into()), TimerKind::FirstReply)
            }));
        }
        let offline_since = person.and_then(|person| person.offline_since).filter(|_| !lies);
        if let (Orphans::Requeue { after_seconds }, Some(gone)) = (conduct.orphans, offline_since) {
            dues.push((gone.max(hold.active_since()).plus_seconds(after_seconds.into()), TimerKind::Orphan));
        }
        if let Some(after) = conduct.quiet_after_seconds.filter(|_| !hold.quiet) {
            let since = hold.active_since();
            let since = talk.visitor_at.map_or(since, |written| written.max(since));
            dues.push((since.plus_seconds(after.into()), TimerKind::Quiet));
        }
        let Some(human) = talk
            .human_at
            .filter(|human| talk.answered && talk.visitor_at.is_none_or(|visitor| visitor < *human))
        else {
            return;
        };
        let human = human.max(talk.quiet_from);
        let rule = &self.setup.rules.auto_close;
        let next = rule.reminders.get(usize::try_from(talk.reminders).unwrap_or(usize::MAX));
        dues.extend(next.map(|one| (human.plus_seconds(one.after_seconds.into()), TimerKind::Reminder)));
        dues.extend(rule.after_seconds.map(|after| (human.plus_seconds(after.into()), TimerKind::AutoClose)));
    }
}
