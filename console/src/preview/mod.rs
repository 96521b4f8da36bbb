//! The authors' preview as a pure state machine: what the widget in the frame reports, what it is ordered, and what
//! becomes of files, drafts and versions.

mod facts;
mod locate;
pub mod words;

#[cfg(test)]
mod tests;

pub use facts::{
    AskedCall, AuthorFile, Local, Mistake, Published, Ready, Severity, Share, Shared, Source, Task, Trouble,
    Version, Versions,
};
pub use locate::locate;

use protocol::inspect::{PreviewOrder, PreviewReport, Trace, VariableTrace, Waiting, WaitingFor};
use protocol::limits::ASSISTANT_BYTES_MAX;
use std::rc::Rc;

/// Turns that stay in the inspector; older ones are forgotten.
const TURNS_KEPT_MAX: usize = 100;

/// One turn, with its place in the conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// From 1 since the last restart.
    pub number: u32,
    /// What the assistant says of it.
    pub trace: Rc<Trace>,
}

/// Which values are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Variables of the session.
    #[default]
    Session,
    /// Answers and results of the action that runs.
    Action,
}

/// Which side of the inspector is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Turns.
    #[default]
    Talk,
    /// Variables.
    Values,
    /// File, draft, versions.
    File,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// The widget says something.
    Reported(PreviewReport),
    /// Start over.
    RestartPressed,
    /// Look at another side.
    TabChosen(Tab),
    /// Look at other values.
    ScopeChosen(Scope),
    /// The author gave a file.
    FileRead {
        /// Its name.
        name: String,
        /// Its text.
        text: String,
    },
    /// The author gave a file that is not text.
    FileUnreadable(String),
    /// Preview something else.
    SourceChosen(Source),
    /// Set a value by hand, as JSON or plain words.
    ValueEntered {
        /// Its name.
        name: String,
        /// The words.
        text: String,
    },
    /// Keep the file as the site's draft.
    SaveDraftPressed,
    /// Make what is previewed the next version; with what its author says of it.
    PublishPressed(String),
    /// Make a version current again.
    RollBackPressed(u64),
    /// Make a link that lasts so many hours.
    SharePressed(Shared, u64),
    /// Show where a step stands in the file.
    StepChosen(String, String),
    /// Show this line of the file.
    LineChosen(usize),
    /// Nobody is signed in.
    NobodySignedIn,
    /// Somebody signed in: what could not be done is done.
    SignedIn,
    /// This is a local preview.
    LocalCame(Local),
    /// A call waits for the author, or none does.
    CallCame(Option<AskedCall>),
    /// The author answers it: a status, and JSON or plain words.
    CallAnswered(u16, String),
    /// The bridge has answered.
    Answered(Answer),
}

/// What the bridge has answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A file was made ready.
    Tried(Result<Ready, Trouble>),
    /// A draft or a version was read: its name and text.
    Came(Result<(String, String), Trouble>),
    /// Draft and versions were listed.
    Listed(Result<Versions, Trouble>),
    /// A link was made.
    ShareMade(Result<Share, Trouble>),
    /// A file or the draft was published, or was what visitors get already.
    Published(Result<Published, Trouble>),
    /// The author's answer has reached the widget.
    CallAnswered(Result<(), Trouble>),
    /// Something was done that tells nothing more.
    Done(Task, Result<(), Trouble>),
    /// Where the published definition lies.
    PublishedAt(Result<String, Trouble>),
}

/// What the browser has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Tell the widget.
    Order(PreviewOrder),
    /// Ask the bridge to make this file ready to run.
    Try(String, Rc<str>),
    /// Find out where the published definition lies.
    FindPublished,
    /// Read the draft.
    ReadDraft,
    /// Read a version.
    ReadVersion(u64),
    /// List draft and versions.
    List,
    /// Keep this as the draft.
    SaveDraft(String, Rc<str>),
    /// Publish this file, with a note.
    PublishFile(String, Rc<str>, String),
    /// Publish the draft, with a note.
    PublishDraft(String),
    /// Make a version current again.
    RollBack(u64),
    /// Make a link.
    Share(Shared, u64),
    /// Answer the call that waits: a status and JSON.
    AnswerCall(u16, String),
}

/// The preview.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// What runs in the frame, once it has said so.
    pub assistant: Option<String>,
    /// The latest first.
    pub turns: Vec<Turn>,
    /// Variables of the session.
    pub variables: Vec<VariableTrace>,
    /// Answers and results of the action that runs.
    pub answers: Vec<VariableTrace>,
    /// The question that waits.
    pub waiting: Option<Waiting>,
    /// A value that could not be set: its name, and why.
    pub not_set: Option<(String, String)>,
    /// Which side is shown.
    pub tab: Tab,
    /// Which values are shown.
    pub scope: Scope,
    /// What is previewed.
    pub source: Source,
    /// The file behind it, when it is known.
    pub file: Option<AuthorFile>,
    /// Draft and versions, for whoever may see them.
    pub versions: Option<Versions>,
    /// A link that was made.
    pub share: Option<Share>,
    /// What the bridge is doing.
    pub working: Option<Task>,
    /// What was done last.
    pub done: Option<Task>,
    /// Why something was not done, in words.
    pub trouble: Option<String>,
    /// Why somebody has to sign in.
    pub door: Option<String>,
    /// Nobody is signed in: only what is published can be seen.
    pub signed_out: bool,
    /// The version that already was what was to be published.
    pub nothing_new: Option<u64>,
    /// The call that waits for the author.
    pub call: Option<AskedCall>,
    /// The line of the file that is shown, from 1.
    pub line: Option<usize>,
    number: u32,
    /// Another assistant is on its way: the talk begins anew with it.
    changes_assistant: bool,
    /// What is done as soon as somebody has signed in.
    after_door: Option<Box<Msg>>,
}

impl Preview {
    /// Decides.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Reported(report) => return self.reported(report),
            Msg::NobodySignedIn => self.signed_out = true,
            Msg::RestartPressed => return self.restart(),
            Msg::TabChosen(tab) => self.tab = tab,
            Msg::ScopeChosen(scope) => self.scope = scope,
            Msg::ValueEntered { name, text } => return vec![self.value_entered(name, &text)],
            Msg::StepChosen(action, step) => self.show_step(&action, &step),
            Msg::LineChosen(line) => self.line = Some(line),
            Msg::FileRead { name, text } => return self.file_given(name, text),
            Msg::FileUnreadable(why) => self.trouble = Some(why),
            Msg::SourceChosen(source) => return self.turn_to(source),
            Msg::SignedIn => return self.signed_in(),
            Msg::LocalCame(local) => return self.local_came(local),
            Msg::CallCame(call) => self.call = call,
            Msg::CallAnswered(status, text) => return vec![Effect::AnswerCall(status, as_json(&text))],
            Msg::SaveDraftPressed
            | Msg::PublishPressed(_)
            | Msg::RollBackPressed(_)
            | Msg::SharePressed(..) => {
                return self.pressed(msg);
            }
            Msg::Answered(answer) => return self.answered(answer),
        }
        Vec::new()
    }

    /// The call to answer: one that a restart left behind is of no interest.
    pub fn asked_call(&self) -> Option<&AskedCall> {
        let waits = self.waiting.as_ref().is_some_and(|waiting| waiting.what == WaitingFor::Call);
        self.call.as_ref().filter(|_| waits)
    }

    fn reported(&mut self, report: PreviewReport) -> Vec<Effect> {
        match report {
            PreviewReport::Ready { assistant } => {
                self.assistant = Some(assistant);
                if std::mem::take(&mut self.changes_assistant) {
                    return self.restart();
                }
            }
            PreviewReport::Turn(trace) => self.turn_taken(*trace),
            PreviewReport::Variables { variables, answers } => {
                self.variables = in_order(variables, &self.variables);
                self.answers = in_order(answers, &self.answers);
            }
            PreviewReport::NotSet { name, why } => self.not_set = Some((name, why)),
            PreviewReport::Broken { why } => self.trouble = Some(why),
        }
        Vec::new()
    }

    fn turn_taken(&mut self, trace: Trace) {
        self.number += 1;
        self.variables = in_order(trace.variables.clone(), &self.variables);
        self.answers = in_order(trace.answers.clone(), &self.answers);
        self.waiting.clone_from(&trace.waiting);
        self.not_set = None;
        self.turns.insert(0, Turn { number: self.number, trace: Rc::new(trace) });
        self.turns.truncate(TURNS_KEPT_MAX);
    }

    /// Texts and values go together.
    fn restart(&mut self) -> Vec<Effect> {
        self.turns.clear();
        self.variables.clear();
        self.answers.clear();
        self.waiting = None;
        self.not_set = None;
        self.number = 0;
        vec![Effect::Order(PreviewOrder::Restart)]
    }

    fn value_entered(&mut self, name: String, text: &str) -> Effect {
        self.not_set = None;
        let json = as_json(text);
        Effect::Order(match self.scope {
            Scope::Session => PreviewOrder::SetVariable { name, json },
            Scope::Action => PreviewOrder::SetAnswer { name, json },
        })
    }

    fn show_step(&mut self, action: &str, step: &str) {
        let found = self.file.as_ref().and_then(|file| locate(&file.text, action, step));
        if let Some(line) = found {
            self.line = Some(line);
            self.tab = Tab::File;
        }
    }

    fn file_given(&mut self, name: String, text: String) -> Vec<Effect> {
        self.quiet();
        if text.len() > ASSISTANT_BYTES_MAX {
            let bytes = text.len();
            let remedy = "split off what is not needed";
            self.trouble = Some(format!(
                "{name} has {bytes} bytes and an assistant can have {ASSISTANT_BYTES_MAX}: {remedy}"
            ));
            return Vec::new();
        }
        // The same file, corrected, goes on with the talk.
        let same = self.source == Source::File && self.file.as_ref().is_some_and(|file| file.name == name);
        self.changes_assistant |= !same;
        self.source = Source::File;
        self.tab = Tab::File;
        self.try_out(name, Rc::from(text))
    }

    fn try_out(&mut self, name: String, text: Rc<str>) -> Vec<Effect> {
        self.line = None;
        self.file =
            Some(AuthorFile { name: name.clone(), text: text.clone(), mistakes: Vec::new(), runs: false });
        self.working = Some(Task::Try);
        vec![Effect::Try(name, text)]
    }

    fn turn_to(&mut self, source: Source) -> Vec<Effect> {
        self.quiet();
        self.share = None;
        self.changes_assistant |= self.source != source;
        self.file = None;
        self.source = source;
        match &self.source {
            Source::Published => vec![Effect::FindPublished],
            Source::Draft => {
                self.working = Some(Task::Read);
                vec![Effect::ReadDraft]
            }
            Source::Version(number) => {
                self.working = Some(Task::Read);
                vec![Effect::ReadVersion(*number)]
            }
            Source::File | Source::Local => Vec::new(),
        }
    }

    /// The local file: what is wrong is shown at once, and what runs follows each save.
    fn local_came(&mut self, local: Local) -> Vec<Effect> {
        let name =
            local.name.or_else(|| self.file.as_ref().map(|file| file.name.clone())).unwrap_or_default();
        let sound = local.mistakes.iter().all(|mistake| mistake.severity != Severity::Error);
        self.source = Source::Local;
        let text = local.source.map(Rc::from).or_else(|| self.file.as_ref().map(|file| file.text.clone()));
        self.file =
            Some(AuthorFile { name, text: text.unwrap_or_default(), mistakes: local.mistakes, runs: sound });
        if !sound {
            self.tab = Tab::File;
        }
        let order = local.path.filter(|_| sound).map(|path| Effect::Order(PreviewOrder::Load { path }));
        order.into_iter().collect()
    }

    /// What needs an admin. Without a file or a draft there is nothing to do it with.
    fn pressed(&mut self, msg: Msg) -> Vec<Effect> {
        self.quiet();
        let file = self.file.as_ref().map(|file| (file.name.clone(), file.text.clone()));
        self.after_door = Some(Box::new(msg.clone()));
        let (task, effect) = match (msg, file) {
            (Msg::SaveDraftPressed, Some((name, text))) => (Task::SaveDraft, Effect::SaveDraft(name, text)),
            (Msg::PublishPressed(note), _) if self.source == Source::Draft => {
                (Task::Publish, Effect::PublishDraft(note))
            }
            (Msg::PublishPressed(note), Some((name, text))) => {
                (Task::Publish, Effect::PublishFile(name, text, note))
            }
            (Msg::RollBackPressed(number), _) => (Task::RollBack(number), Effect::RollBack(number)),
            (Msg::SharePressed(shared, hours), _) => (Task::Share, Effect::Share(shared, hours)),
            (_, _) => return Vec::new(),
        };
        self.working = Some(task);
        vec![effect]
    }

    fn answered(&mut self, answer: Answer) -> Vec<Effect> {
        self.working = None;
        match answer {
            Answer::Tried(Ok(ready)) => {
                if let Some(file) = &mut self.file {
                    file.mistakes = ready.mistakes;
                    file.runs = true;
                }
                return vec![Effect::Order(PreviewOrder::Load { path: ready.path })];
            }
            Answer::Came(Ok((name, text))) => return self.try_out(name, Rc::from(text)),
            Answer::PublishedAt(Ok(path)) => return vec![Effect::Order(PreviewOrder::Load { path })],
            Answer::Listed(Ok(versions)) => self.versions = Some(versions),
            // Whoever may not see them previews what is published.
            Answer::Listed(Err(_)) => self.versions = None,
            Answer::ShareMade(Ok(share)) => {
                self.share = Some(share);
                self.done = Some(Task::Share);
            }
            Answer::CallAnswered(Ok(())) => self.call = None,
            Answer::Published(Ok(published)) => {
                self.nothing_new = (!published.is_new).then_some(published.version);
                self.done = Some(Task::Publish);
                self.after_door = None;
                return vec![Effect::List];
            }
            Answer::Done(task, Ok(())) => {
                self.done = Some(task);
                self.after_door = None;
                return vec![Effect::List];
            }
            Answer::Tried(Err(trouble))
            | Answer::Came(Err(trouble))
            | Answer::PublishedAt(Err(trouble))
            | Answer::ShareMade(Err(trouble))
            | Answer::Published(Err(trouble))
            | Answer::CallAnswered(Err(trouble))
            | Answer::Done(_, Err(trouble)) => self.failed(trouble),
        }
        Vec::new()
    }

    fn failed(&mut self, trouble: Trouble) {
        match trouble {
            Trouble::Mistakes(mistakes) => {
                self.tab = Tab::File;
                if let Some(file) = &mut self.file {
                    file.mistakes = mistakes;
                    file.runs = false;
                }
            }
            Trouble::NotAllowed(why) => {
                self.tab = Tab::File;
                self.door = Some(why);
            }
            Trouble::Other(why) => self.trouble = Some(why),
        }
    }

    fn signed_in(&mut self) -> Vec<Effect> {
        self.door = None;
        self.signed_out = false;
        let again = match (&self.source, self.after_door.take()) {
            (_, Some(msg)) => self.update(*msg),
            (Source::File, None) => match self.file.clone() {
                Some(file) if !file.runs => self.try_out(file.name, file.text),
                Some(_) | None => Vec::new(),
            },
            (source @ (Source::Draft | Source::Version(_)), None) => {
                let source = source.clone();
                self.turn_to(source)
            }
            (Source::Published | Source::Local, None) => Vec::new(),
        };
        [Effect::List].into_iter().chain(again).collect()
    }

    /// What was said of the last thing done is no longer of interest.
    fn quiet(&mut self) {
        self.done = None;
        self.trouble = None;
        self.door = None;
        self.after_door = None;
    }
}

/// Values in the order in which they were shown before, new ones at the end: a row that is edited stays where it is.
fn in_order(mut values: Vec<VariableTrace>, before: &[VariableTrace]) -> Vec<VariableTrace> {
    let place = |value: &VariableTrace| before.iter().position(|shown| shown.name == value.name);
    values.sort_by_key(|value| place(value).unwrap_or(before.len()));
    values
}

/// What was typed, as JSON: as it stands when it is JSON, as a text otherwise.
fn as_json(text: &str) -> String {
    let text = text.trim();
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(_) => text.to_owned(),
        Err(_) => serde_json::Value::String(text.to_owned()).to_string(),
    }
}
