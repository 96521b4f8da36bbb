//! What was not understood, and people.

use super::Engine;
use super::flow::Next;
use crate::definition::{BUILT_IN_ACTIONS, Connect, FALLBACK, NO_MATCHES, TRIGGER_WORDS, Text, Then};
use crate::hand_off::Collecting;
use crate::session::Begun;
use protocol::inspect::{EndedBy, StartedBy, Understood};
use protocol::{HandOff, HandOffReason};

impl<'a> Engine<'a> {
    /// Answers an utterance that nothing was recognised in.
    pub fn no_match(&mut self) {
        self.understood = Understood::NoMatch;
        self.session.misses = self.session.misses.saturating_add(1);
        self.begin(NO_MATCHES, Begun::Alone, StartedBy::NoMatches);
    }

    /// Runs the fallback because the visitor asks for a person: it interrupts what waits.
    pub fn bring_person(&mut self) {
        self.understood = Understood::Person;
        let next = self.put_fallback(HandOffReason::AgentRequested, StartedBy::AgentRequested, None);
        self.run(next);
    }

    /// Runs the fallback in place of what waits, which is over.
    pub fn fall_back(&mut self, reason: HandOffReason, how: EndedBy) {
        let next = self.put_fallback(reason, begun_for(reason), Some(how));
        self.run(next);
    }

    /// The same from a step. Where that looked for trigger words, what waits is only interrupted.
    pub fn fall_back_from_step(&mut self, reason: HandOffReason) -> Next {
        let Some(last) = self.session.talks.len().checked_sub(1) else { return Next::Stop };
        let outset = self.outset(last);
        if self.session.talks[outset].action != BUILT_IN_ACTIONS[TRIGGER_WORDS] {
            return self.put_fallback(reason, begun_for(reason), Some(EndedBy::Fallback));
        }
        self.drop_talks(outset, EndedBy::Fallback);
        self.put_fallback(reason, StartedBy::TriggerWordFound, None)
    }

    /// Puts the fallback behind what waits, or in its place when that ends. A fallback that is needed in the middle of
    /// the fallback has failed: it brings a person at once.
    fn put_fallback(&mut self, reason: HandOffReason, why: StartedBy, ends: Option<EndedBy>) -> Next {
        self.session.question = None;
        if self.is_in_fallback() {
            self.connect(None, Some(reason));
            return Next::Stop;
        }
        let mut past = ends.map(|how| self.drop_interrupted(how)).unwrap_or_default();
        past.extend(self.make_way());
        let begun = match self.session.talks.is_empty() {
            true => Begun::Alone,
            false => Begun::Interrupting,
        };
        self.forget_misses = true;
        let next = self.push(FALLBACK, begun, why);
        if let (Next::Step(_), Some(talk)) = (next, self.session.talks.last_mut()) {
            talk.reason = Some(reason);
            talk.past = past;
            talk.silent = true;
        }
        next
    }

    /// Whether the fallback is under way and not interrupted.
    fn is_in_fallback(&self) -> bool {
        let talks = &self.session.talks;
        let Some(last) = talks.len().checked_sub(1) else { return false };
        talks[self.outset(last)..].iter().any(|talk| talk.action == BUILT_IN_ACTIONS[FALLBACK])
    }

    /// Asks for a person: in the words of a step, or in those the fallback would have used. Everything ends with it.
    pub fn connect(&mut self, connect: Option<&'a Connect>, reason: Option<HandOffReason>) {
        let connect = connect.or_else(|| self.fallback_words());
        let rendered =
            |engine: &mut Self, text: Option<&Text>| text.map(|text| engine.text(text)).unwrap_or_default();
        let online_message = rendered(self, connect.map(|connect| &connect.online_message));
        let offline_message = rendered(self, connect.map(|connect| &connect.offline_message));
        let message = connect.and_then(|connect| connect.message_to_agent.as_ref());
        let collecting = Collecting { assistant: self.assistant, session: self.session, around: self.around };
        let hand_off = HandOff {
            queue: connect.and_then(|connect| connect.queue.clone()),
            needs: Vec::new(),
            language: None,
            agent: None,
            reason: reason.or_else(|| self.reason()).unwrap_or(HandOffReason::Planned),
            online_message,
            offline_message,
            message_to_agent: None,
            action: collecting.title(),
            collected: collecting.collected(),
        };
        let message_to_agent = message.map(|message| self.text_for_agent(message));
        self.hand_off = Some(crate::hand_off::within_limits(HandOff { message_to_agent, ..hand_off }));
        self.session.question = None;
        self.drop_talks(0, EndedBy::ConnectedToAgent);
    }

    /// Why a person is needed, as far as the talks know.
    fn reason(&self) -> Option<HandOffReason> {
        let talk = self.session.talk()?;
        let outset = self.outset(self.session.talks.len() - 1);
        let said = self.session.talks[outset..].iter().rev().find_map(|talk| talk.reason);
        let no_matches = talk.action == BUILT_IN_ACTIONS[NO_MATCHES];
        said.or(no_matches.then_some(HandOffReason::NoMatches))
    }

    /// How the fallback asks for a person.
    fn fallback_words(&self) -> Option<&'a Connect> {
        let fallback = self.definition().actions.get(FALLBACK)?;
        fallback.steps.iter().find_map(|step| match &step.then {
            Then::ConnectToAgent(connect) => Some(&**connect),
            Then::Continue
            | Then::End
            | Then::GoTo(_)
            | Then::AskAgain(_)
            | Then::Run(_)
            | Then::Call(_)
            | Then::Fallback(_) => None,
        })
    }
}

fn begun_for(reason: HandOffReason) -> StartedBy {
    match reason {
        HandOffReason::AgentRequested => StartedBy::AgentRequested,
        HandOffReason::ValidationFailed => StartedBy::ValidationFailed,
        HandOffReason::TopicReturnFailed => StartedBy::TopicReturnFailed,
        HandOffReason::DangerWord | HandOffReason::Profanity => StartedBy::TriggerWordFound,
        HandOffReason::NoMatches => StartedBy::NoMatches,
        HandOffReason::Planned => StartedBy::SubAction,
    }
}
