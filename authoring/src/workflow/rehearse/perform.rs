//! What a run wants, done to the recorded world.

use super::json::found;
use super::recording::WriterDoc;
use super::report::LineKind;
use super::stage::Stage;
use super::world::Found;
use crate::workflow::compile::seconds;
use switchboard::workflow::definition::{ChangeOfTag, Mention, PathPart};
use switchboard::workflow::{Effect, HttpAnswer, HttpWanted, Input, What, Whom};

impl Stage<'_> {
    /// Does what a run wants, and says what comes of it.
    pub(super) fn perform(&mut self, effect: Effect) -> Option<Input> {
        match effect {
            Effect::Say { text, options } => self.say(text, &options),
            Effect::Comment { text, mentions } => self.comment(text, &mentions),
            Effect::Assign(wish) => {
                self.effect(format!("looks for {}", whom(&wish.to)));
                self.wish = Some(wish);
                None
            }
            Effect::WithdrawAssign { .. } => self.withdraw(),
            Effect::Unassign => {
                if self.world.owner.is_some() {
                    self.world.own(None, self.now);
                }
                self.effect("takes the conversation from its owner".to_owned());
                None
            }
            Effect::Tag { change, tags } => {
                let sign = if change == ChangeOfTag::Added { "adds" } else { "removes" };
                self.effect(format!("{sign} the tags {}", tags.join(", ")));
                self.world.tag(change, &tags);
                None
            }
            Effect::Field { field, value } => {
                self.effect(format!("sets {field} to \"{}\"", value.written()));
                self.world.contact.insert(field, value);
                None
            }
            Effect::Open => {
                self.effect("opens the conversation".to_owned());
                self.world.open();
                None
            }
            Effect::Close { category, summary } => {
                let category = category.map_or_else(String::new, |category| format!(" as {category}"));
                let summary = if summary.is_empty() { summary } else { format!(": {summary}") };
                self.effect(format!("closes the conversation{category}{summary}"));
                self.world.close(self.now);
                Some(Input::Closed)
            }
            Effect::Request(wanted) => self.request(&wanted),
            Effect::Trigger { workflow, from, told, .. } => {
                let from = from.map_or_else(String::new, |from| format!(" at {from}"));
                let told = told.iter().map(|(name, value)| format!("{name} = {}", value.written()));
                let told: Vec<String> = told.collect();
                self.effect(format!("starts the workflow {workflow}{from} with [{}]", told.join(", ")));
                self.done.started.push(workflow.0);
                None
            }
            Effect::AskForTurn { ticket } => {
                self.turn = Some(ticket);
                Some(match self.question_elsewhere {
                    true => Input::TurnRefused { ticket },
                    false => Input::TurnGranted { ticket },
                })
            }
            Effect::ReleaseTurn => {
                self.turn = None;
                None
            }
            Effect::Log(line) => {
                let is_wish = matches!(line.what, What::Waits(None));
                let text = self.world.with_names(&line.told(self.workflow));
                let text = if is_wish { format!("{text} for as long as it takes") } else { text };
                self.line(LineKind::Log, text);
                None
            }
            Effect::WakeAt(_) | Effect::Ended(_) => None,
        }
    }

    fn withdraw(&mut self) -> Option<Input> {
        self.wish = None;
        self.effect("looks for nobody any longer".to_owned());
        if let Some(before) = self.before.take() {
            self.world.go_back(before, self.now);
        }
        None
    }

    fn say(&mut self, text: String, options: &[String]) -> Option<Input> {
        let options = if options.is_empty() { String::new() } else { format!(" [{}]", options.join("] [")) };
        self.effect(format!("says \"{text}\"{options}"));
        self.world.says(WriterDoc::Workflow, &text, self.now);
        self.done.said.push(text);
        None
    }

    fn comment(&mut self, text: String, mentions: &[Mention]) -> Option<Input> {
        let name = |mention: &Mention| match mention {
            Mention::Agent(agent) => format!(" @{agent}"),
            Mention::Team(team) => format!(" @{team}"),
        };
        let mentions: String = mentions.iter().map(name).collect();
        self.effect(format!("writes for the staff \"{}\"{mentions}", self.world.with_names(&text)));
        self.done.comments.push(text);
        None
    }

    /// Looks for whom the run wishes for; somebody may have come.
    pub(super) fn look_for(&mut self) -> Option<Input> {
        let wish = self.wish.as_ref()?;
        let ticket = wish.ticket;
        match self.world.look_for(wish) {
            Found::Nobody => {
                self.wish = None;
                Some(Input::NobodyToAssign { ticket })
            }
            Found::NotNow => {
                if self.before.is_none() {
                    self.before = Some(self.world.wait(self.now));
                }
                None
            }
            Found::Agent(at) => {
                self.wish = None;
                self.before = None;
                self.world.own(Some(at), self.now);
                self.effect(format!("gives the conversation to {}", self.world.agents[at].name));
                Some(Input::Assigned { ticket, agent: self.world.id(at)? })
            }
        }
    }

    /// Somebody has it by hand: nobody is looked for any more.
    pub(super) fn forget_wish(&mut self) {
        self.wish = None;
        self.before = None;
    }

    fn request(&mut self, wanted: &HttpWanted) -> Option<Input> {
        let call = format!("{} {}", method(wanted), wanted.url);
        self.effect(format!("calls {call}"));
        self.done.requests.push(call);
        // A run that wants a call waits at the step that makes it.
        let step = self.running()?.waits_at().and_then(|at| self.workflow.step(at))?.name.clone();
        let answers = self.prepared.recording.answers.get(&step).map_or(&[][..], Vec::as_slice);
        let count = self.answered.entry(step).or_default();
        let answer = answers.get(*count).or(answers.last());
        *count += 1;
        let Some(answer) = answer else {
            self.effect("no answer is recorded for this step: the call fails".to_owned());
            return Some(Input::HttpAnswered { ticket: wanted.ticket, answer: HttpAnswer::default() });
        };
        let at = |path: &Vec<PathPart>| found(&answer.body, path);
        let status = answer.status.and_then(|status| u16::try_from(status).ok());
        let values = if status.is_some() { wanted.wanted.iter().map(at).collect() } else { Vec::new() };
        let input = Input::HttpAnswered { ticket: wanted.ticket, answer: HttpAnswer { status, values } };
        let after = answer.after.as_ref().and_then(|after| seconds(after)).filter(|after| *after > 0);
        match after {
            None => Some(input),
            Some(after) => {
                self.under_way.push((self.now.plus_seconds(after), input));
                self.under_way.sort_by_key(|(at, _)| *at);
                None
            }
        }
    }

    fn effect(&mut self, text: String) {
        self.line(LineKind::Effect, text);
    }
}

fn whom(to: &Whom) -> String {
    match to {
        Whom::Agent(name) => name.to_string(),
        Whom::Team(team) => format!("somebody of the team {team}"),
        Whom::Queue(queue) => format!("somebody of the queue {queue}"),
        Whom::Workspace => "anybody".to_owned(),
    }
}

fn method(wanted: &HttpWanted) -> String {
    serde_json::to_value(wanted.method)
        .ok()
        .and_then(|method| method.as_str().map(str::to_owned))
        .unwrap_or_default()
}
