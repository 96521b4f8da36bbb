//! The play itself: one thing after the other in virtual time, and what the run wants of each.

use super::expect::{Done, unmet};
use super::expectation::ExpectDoc;
use super::prepare::Prepared;
use super::report::{Line, LineKind, Rehearsal, RunReport};
use super::world::{Before, World};
use protocol::Timestamp;
use std::collections::{BTreeMap, HashMap, VecDeque};
use switchboard::workflow::facts::Facts;
use switchboard::workflow::{
    AssignWanted, Effect, Happened, Input, NotStarted, Occasion, Run, Start, Stop, Ticket, Value, Workflow,
    advance, may_start,
};

/// Things that happen in one play; a run alone takes a thousand steps at most.
const EVENTS_MAX: u32 = 100_000;

/// Lines that are told of one play; later ones are left out.
const LINES_MAX: usize = 20_000;

/// A play.
pub struct Stage<'a> {
    pub(super) workflow: &'a Workflow,
    pub(super) prepared: &'a Prepared<'a>,
    pub(super) world: World,
    pub(super) now: Timestamp,
    pub(super) runs: Vec<Run>,
    pub(super) done: Done,
    lines: Vec<Line>,
    pub(super) unmet: Vec<String>,
    /// Answers of other systems that are on their way, the first one first.
    pub(super) under_way: Vec<(Timestamp, Input)>,
    /// How many answers each step has had.
    pub(super) answered: HashMap<String, usize>,
    /// Who is looked for.
    pub(super) wish: Option<AssignWanted>,
    /// What the conversation goes back to when nobody is found in time.
    pub(super) before: Option<Before>,
    /// The run's place in the line of questions.
    pub(super) turn: Option<Ticket>,
    pub(super) question_elsewhere: bool,
}

/// What happens next.
enum Next {
    Entry(usize),
    Answer,
    Wake,
}

impl<'a> Stage<'a> {
    /// The stage before the first thing happens.
    pub fn new(workflow: &'a Workflow, prepared: &'a Prepared<'a>) -> Self {
        Self {
            workflow,
            prepared,
            world: World::of(prepared),
            now: prepared.start,
            runs: Vec::new(),
            done: Done::default(),
            lines: Vec::new(),
            unmet: Vec::new(),
            under_way: Vec::new(),
            answered: HashMap::new(),
            wish: None,
            before: None,
            turn: None,
            question_elsewhere: false,
        }
    }

    /// Plays to the end: until nothing is to happen any more.
    pub fn play(mut self) -> Rehearsal {
        let mut played = 0;
        for _ in 0..EVENTS_MAX {
            let Some((at, next)) = self.next(played) else { break };
            self.now = at.max(self.now);
            match next {
                Next::Entry(entry) => {
                    played += 1;
                    self.happen(self.prepared.entries[entry].1);
                }
                Next::Answer => {
                    let (_, input) = self.under_way.remove(0);
                    self.tell(input);
                }
                Next::Wake => self.tell(Input::TimeReached),
            }
        }
        if let Some(expect) = &self.prepared.recording.expect {
            self.compare(expect, "");
        }
        self.report()
    }

    /// At one moment the recording comes first, and the run's own time last.
    fn next(&self, played: usize) -> Option<(Timestamp, Next)> {
        let entry = self.prepared.entries.get(played).map(|(at, _)| (*at, Next::Entry(played)));
        let answer = self.under_way.first().map(|(at, _)| (*at, Next::Answer));
        let wake = self.running().and_then(Run::wakes_at).map(|at| (at, Next::Wake));
        [entry, answer, wake].into_iter().flatten().min_by_key(|(at, _)| *at)
    }

    /// The run that goes on.
    pub(super) fn running(&self) -> Option<&Run> {
        self.runs.last().filter(|run| run.ended().is_none())
    }

    /// Something happened that may start the workflow.
    pub(super) fn may_start(
        &mut self,
        happened: &Happened,
        told: BTreeMap<String, Value>,
        from: Option<String>,
    ) {
        let occasion = Occasion {
            happened,
            told: &told,
            causes: &[],
            running: self.running().is_some(),
            ran_before: self.prepared.recording.ran_before || !self.runs.is_empty(),
        };
        let starts = may_start(self.workflow, &occasion, &self.world, self.now);
        match starts.and_then(|start| if self.world.is_spam() { Err(NotStarted::Spam) } else { Ok(start) }) {
            Ok(start) => {
                if start == Start::InPlace {
                    self.tell(Input::Stopped(Stop::Restarted));
                }
                self.runs.push(Run::new(Vec::new()));
                self.line(LineKind::Start, format!("the workflow starts: run {}", self.runs.len()));
                self.tell(Input::Started { told, from });
            }
            Err(NotStarted::OtherTrigger) => {}
            Err(why) => self.line(LineKind::Start, format!("the workflow does not start: {why}")),
        }
    }

    /// Tells the run, does what it wants, and tells it what comes of that.
    pub(super) fn tell(&mut self, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            let Some(run) = self.runs.last_mut().filter(|run| run.ended().is_none()) else { return };
            let effects = advance(self.workflow, run, input, &self.world, self.now);
            let is_wish = effects.iter().any(|effect| matches!(effect, Effect::Assign(_)));
            for effect in effects {
                inputs.extend(self.perform(effect));
            }
            // Looked for once the run waits, so that the order of the lines is that of the things.
            inputs.extend(is_wish.then(|| self.look_for()).flatten());
        }
    }

    /// Another workflow's question begins or ends.
    pub(super) fn question_elsewhere(&mut self, is_open: bool) {
        self.question_elsewhere = is_open;
        if let Some(ticket) = self.turn.filter(|_| !is_open && !self.running().is_some_and(Run::has_question))
        {
            self.tell(Input::TurnGranted { ticket });
        }
    }

    /// Compares what is so with what is expected.
    pub(super) fn compare(&mut self, expect: &ExpectDoc, when: &str) {
        let unmet = unmet(expect, self.workflow, &self.world, &self.runs, &self.done);
        self.unmet.extend(unmet.into_iter().map(|unmet| format!("{when}{unmet}")));
    }

    pub(super) fn line(&mut self, kind: LineKind, text: String) {
        if self.lines.len() < LINES_MAX {
            let run = (kind != LineKind::Happened && !self.runs.is_empty()).then_some(self.runs.len());
            let after_ms = self.now.millis_since(self.prepared.start);
            self.lines.push(Line { at: written(self.now), after_ms, run, kind, text });
        }
    }

    fn report(self) -> Rehearsal {
        let words = |values: &BTreeMap<String, Value>| -> BTreeMap<String, String> {
            values.iter().map(|(name, value)| (name.clone(), value.written().into_owned())).collect()
        };
        let run = |run: &Run| RunReport {
            began: run.log().lines().next().map_or_else(String::new, |line| written(line.at)),
            ended: run.ended().and_then(|_| run.log().lines().last()).map(|line| ending(line, self.workflow)),
            waits_at: run.waits_at().and_then(|at| self.workflow.step(at)).map(|step| step.name.clone()),
            variables: words(run.memory().variables()),
        };
        Rehearsal {
            title: self.prepared.recording.title.clone(),
            runs: self.runs.iter().map(run).collect(),
            owner: self.world.owner_email().to_owned(),
            status: self.world.conversation("status").written().into_owned(),
            tags: self.world.tags.clone(),
            contact: words(&self.world.contact),
            lines: self.lines,
            unmet: self.unmet,
        }
    }
}

/// How a run ended: the end of its last line.
fn ending(line: &switchboard::workflow::Line, workflow: &Workflow) -> String {
    let told = line.told(workflow);
    told.split_once("over: ").map_or(told.clone(), |(_, end)| end.to_owned())
}

fn written(at: Timestamp) -> String {
    Value::Moment(at).written().into_owned()
}
