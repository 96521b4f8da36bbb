//! Running actions, step by step, until one waits or none is left.

use super::Engine;
use crate::definition::{Action, BUILT_IN_ACTIONS, Connect, FALLBACK, Step, TRIGGER_WORDS, Then};
use crate::limits::{ACTIONS_VISITED_MAX, STEP_VISITS_MAX, TALKS_MAX};
use crate::session::{Again, Begun, Past, Talk, place_of};
use protocol::HandOffReason;
use protocol::inspect::{EndedBy, Happened, Limit, StartedBy};

/// Where it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// At this step of the last talk.
    Step(usize),
    /// Behind the last talk, which is over.
    Ended(EndedBy),
    /// Nowhere in this turn.
    Stop,
}

impl<'a> Engine<'a> {
    /// Begins an action and runs it.
    pub fn begin(&mut self, index: usize, begun: Begun, why: StartedBy) {
        let next = self.push(index, begun, why);
        self.run(next);
    }

    /// Goes on until an action waits or none is left.
    pub fn run(&mut self, mut next: Next) {
        loop {
            next = match next {
                Next::Step(at) => self.visit(at),
                Next::Ended(how) => self.end(how),
                Next::Stop => return,
            }
        }
    }

    /// Puts a new talk behind the others, unless that is one too many.
    pub fn push(&mut self, index: usize, begun: Begun, why: StartedBy) -> Next {
        let Some(action) = self.definition().actions.get(index) else { return Next::Stop };
        self.begun += 1;
        if self.begun > ACTIONS_VISITED_MAX {
            return self.stop_at(Limit::ActionsVisited);
        }
        // Trigger words are looked for however deep the talk is.
        if self.session.talks.len() >= TALKS_MAX && index != TRIGGER_WORDS {
            return self.stop_at(Limit::Depth);
        }
        self.tell(Happened::ActionStarted { action: action.id.clone(), why });
        self.session.talks.push(Talk::of(action, begun));
        Next::Step(0)
    }

    fn visit(&mut self, at: usize) -> Next {
        let Some((action, talk)) = self.running() else { return Next::Stop };
        let Some(step) = action.steps.get(at) else {
            let nothing = talk.visits.is_empty();
            return Next::Ended(if nothing { EndedBy::NoStepsVisited } else { EndedBy::AllStepsDone });
        };
        self.stand_at(step);
        if !self.step_holds(step) {
            self.tell(Happened::StepSkipped { action: action.id.clone(), step: step.id.clone() });
            return self.below(action, at);
        }
        if self.is_one_visit_too_many(step) {
            return self.stop_at(Limit::StepVisits);
        }
        self.tell(Happened::StepVisited { action: action.id.clone(), step: step.id.clone(), asked: false });
        self.assign(step);
        if let Some(reason) = self.visits_used_up(action, step) {
            return self.fall_back_from_step(reason);
        }
        match &step.ask {
            Some(ask) => self.ask(action, at, step, ask),
            None if self.say_step(action, step) => self.then(action, at),
            None => self.below(action, at),
        }
    }

    fn stand_at(&mut self, step: &Step) {
        if let Some(talk) = self.session.talks.last_mut() {
            talk.step.clone_from(&step.id);
            talk.failures = 0;
        }
    }

    fn is_one_visit_too_many(&mut self, step: &Step) -> bool {
        let Some(talk) = self.session.talks.last_mut() else { return true };
        let visits = talk.visits.get_or_default(step.id.clone());
        *visits = visits.saturating_add(1);
        *visits > STEP_VISITS_MAX
    }

    fn assign(&mut self, step: &'a Step) {
        for assignment in &step.set {
            let value = self.value(&assignment.value);
            if let Some(name) = &assignment.target {
                self.set(name, value);
            }
        }
    }

    /// Why the fallback takes over from a step that was visited too often in the session, if it was.
    fn visits_used_up(&mut self, action: &Action, step: &Step) -> Option<HandOffReason> {
        let limit = step.visits.as_ref()?;
        let visits = self.session.visits.get_or_default(format!("{}/{}", action.id, step.id));
        *visits = visits.saturating_add(1);
        (*visits >= limit.max).then_some(limit.reason)
    }

    /// What comes after a step that is done. While steps are asked again that is the next of them, and only what they
    /// fetch counts: calls, and actions they run.
    pub fn then(&mut self, action: &'a Action, at: usize) -> Next {
        let Some(step) = action.steps.get(at) else { return Next::Stop };
        let again = self.running().is_some_and(|(_, talk)| talk.again.is_some());
        match &step.then {
            Then::Run(run) => self.run_action(run),
            Then::Call(call) => self.want_call(call),
            Then::Continue => self.below(action, at),
            Then::End | Then::GoTo(_) | Then::AskAgain(_) | Then::ConnectToAgent(_) | Then::Fallback(_)
                if again =>
            {
                self.below(action, at)
            }
            Then::End => Next::Ended(EndedBy::EndedByStep),
            Then::GoTo(target) => {
                place_of(action, target).map_or(Next::Ended(EndedBy::EndedByStep), Next::Step)
            }
            Then::AskAgain(steps) => self.ask_again(action, at, steps),
            Then::ConnectToAgent(connect) => self.connect_from_step(connect),
            Then::Fallback(reason) => self.fall_back_from_step(*reason),
        }
    }

    /// The step below; while steps are asked again, the next of them. Behind them the step that wanted it is done once
    /// more when something was asked that its condition looks at: perhaps it is still not content. Otherwise, and where it
    /// asks something itself, the step below it follows.
    pub fn below(&mut self, action: &Action, at: usize) -> Next {
        let Some(talk) = self.session.talks.last_mut() else { return Next::Stop };
        let Some(again) = &mut talk.again else { return Next::Step(at + 1) };
        if !again.steps.is_empty() {
            let next = again.steps.remove(0);
            return place_of(action, &next).map_or(Next::Step(at + 1), Next::Step);
        }
        let from = place_of(action, &again.from).unwrap_or(at);
        let Some(again) = talk.again.take() else { return Next::Step(from + 1) };
        let Some(step) = action.steps.get(from) else { return Next::Step(from + 1) };
        let touched = |name: &str| again.touched.iter().any(|known| known == name);
        let matters = again.asked && step.when.as_ref().is_some_and(|when| when.looks_at(touched));
        Next::Step(if matters && step.ask.is_none() { from } else { from + 1 })
    }

    fn ask_again(&mut self, action: &Action, at: usize, chosen: &[String]) -> Next {
        let Some(talk) = self.session.talks.last_mut() else { return Next::Stop };
        let asks_too = |place: usize, step: &Step| place == at && step.ask.is_some();
        let steps =
            action.steps.iter().enumerate().filter(|(place, step)| {
                (*place != at && chosen.contains(&step.id)) || asks_too(*place, step)
            });
        let steps: Vec<&Step> = steps.map(|(_, step)| step).collect();
        let cleared: Vec<&str> =
            steps.iter().flat_map(|step| [Some(step.id.as_str()), step.then.result()]).flatten().collect();
        let (before, kept) = std::mem::take(&mut talk.answers)
            .into_iter()
            .partition(|(name, _)| cleared.contains(&name.as_str()));
        talk.answers = kept;
        talk.passed.retain(|(name, _)| !cleared.contains(&name.as_str()));
        let targets = steps.iter().flat_map(|step| &step.set).filter_map(|set| set.target.as_deref());
        let touched = cleared.iter().copied().chain(targets).map(str::to_owned).collect();
        let steps = steps.iter().map(|step| step.id.clone()).collect();
        talk.again = Some(Again { steps, from: action.steps[at].id.clone(), before, touched, asked: false });
        self.below(action, at)
    }

    fn connect_from_step(&mut self, connect: &'a Connect) -> Next {
        self.connect(Some(connect), None);
        Next::Stop
    }

    /// Ends the last talk, and finds out where it goes on.
    fn end(&mut self, how: EndedBy) -> Next {
        let Some((action, talk)) = self.running() else { return Next::Stop };
        if talk.silent {
            // A fallback without a word: whoever needed it gets a person.
            self.connect(None, None);
            return Next::Stop;
        }
        let never_return = action.never_return;
        let Some(talk) = self.session.talks.pop() else { return Next::Stop };
        self.tell(Happened::ActionEnded { action: talk.action.clone(), how });
        match &talk.begun {
            Begun::Alone => Next::Stop,
            Begun::Interrupting => {
                if never_return {
                    self.drop_interrupted(EndedBy::TopicChanged);
                }
                self.come_back();
                Next::Stop
            }
            Begun::Run { result, ends } => self.return_to_caller(&talk, result, *ends),
        }
    }

    /// Ends the talks from this place on, the last one first.
    pub fn drop_talks(&mut self, from: usize, how: EndedBy) -> Vec<Past> {
        let dropped = self.session.talks.split_off(from.min(self.session.talks.len()));
        for talk in dropped.iter().rev() {
            self.tell(Happened::ActionEnded { action: talk.action.clone(), how });
        }
        dropped.into_iter().flat_map(Talk::into_past).collect()
    }

    /// Ends everything at a limit. Who had asked for a person gets one.
    fn stop_at(&mut self, limit: Limit) -> Next {
        let (action, step) =
            self.session.talk().map(|talk| (talk.action.clone(), talk.step.clone())).unwrap_or_default();
        self.tell(Happened::LimitReached { limit, action, step });
        self.session.question = None;
        let person_wanted = self.session.talks.iter().any(|talk| talk.action == BUILT_IN_ACTIONS[FALLBACK]);
        match person_wanted {
            true => self.connect(None, None),
            false => {
                self.drop_talks(0, EndedBy::LimitReached);
                let sorry = &self.definition().texts.nothing_to_say;
                self.say(sorry);
            }
        }
        Next::Stop
    }
}
