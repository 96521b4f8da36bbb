//! What an import tells the person who asked for it.

use crate::Document;
use crate::document::{ActionDoc, OptionsDoc, SayDoc, StepDoc, ThenDoc, ThenWord};
use serde::Serialize;
use std::fmt;

/// What was carried over and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The assistant's name.
    pub assistant: String,
    /// What was carried over, in numbers.
    pub counts: Counts,
    /// What each action is called now.
    pub actions: Vec<Taken>,
    /// Everything worth a word, in the order of the source.
    pub notes: Vec<Note>,
    /// What was left out because it says nothing about what visitors meet.
    pub left_out: Vec<LeftOut>,
}

/// Values of one sort that were left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Where such values stand, with `*` for any one key or element and `**` for everything below.
    pub place: String,
    /// What they are.
    pub what: String,
    /// How many there were.
    pub values: usize,
}

/// What an action was called, and is called now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// Its id in the source.
    pub was: String,
    /// Its id in the document.
    pub is: String,
    /// Its title.
    pub title: String,
}

/// Something worth a word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// What sort of word.
    pub sort: Sort,
    /// The value concerned, as a JSON pointer into the source.
    pub pointer: String,
    /// The title of the action it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// The id of the step it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// What it is about.
    pub what: String,
    /// What was done and why, or what is to be done.
    pub why: String,
}

/// What sort of word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// A person has to decide or to add something.
    Decision,
    /// It is in the document as it stood and does nothing.
    Kept,
    /// It was carried over in another form.
    Changed,
    /// It was as it is by default, and follows our defaults now.
    Default,
}

impl Sort {
    /// Each with the heading it stands under.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Decision, "Needs a decision"),
        (Self::Kept, "Kept as it stood; it does nothing"),
        (Self::Changed, "Carried over in another form"),
        (Self::Default, "Left to the defaults"),
    ];
}

/// What was carried over, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Actions, with the built-in ones that were written.
    pub actions: usize,
    /// What visitors say.
    pub phrases: usize,
    /// Steps.
    pub steps: usize,
    /// Steps that have a condition.
    pub conditions: usize,
    /// Steps that say something.
    pub texts: usize,
    /// Questions.
    pub questions: usize,
    /// Choices written in the questions or saved.
    pub options: usize,
    /// Steps that bring in a person.
    pub hand_offs: usize,
    /// Steps that run another action.
    pub runs: usize,
    /// Steps that call an extension.
    pub calls: usize,
    /// Session variables.
    pub variables: usize,
    /// Operations of extensions.
    pub operations: usize,
}

impl Counts {
    /// Counts what is in a document.
    pub fn of(document: &Document) -> Self {
        let built_in =
            [&document.greeting, &document.no_matches, &document.fallback, &document.trigger_words];
        let built_in: Vec<_> = built_in.into_iter().flatten().collect();
        let mut counts = Self {
            actions: document.actions.len() + built_in.iter().filter(|action| action.steps.is_some()).count(),
            variables: document.variables.len(),
            operations: document.extensions.values().map(|extension| extension.operations.len()).sum(),
            ..Self::default()
        };
        for action in &built_in {
            counts.phrases += action.phrases.as_ref().map_or(0, Vec::len);
            action.steps.iter().flatten().for_each(|step| counts.step(step));
        }
        for ActionDoc { phrases, steps, .. } in &document.actions {
            counts.phrases += phrases.len();
            steps.iter().for_each(|step| counts.step(step));
        }
        for saved in document.saved.values() {
            counts.options += match saved {
                crate::document::SavedDoc::Options(saved) => saved.options.len(),
                crate::document::SavedDoc::Patterns(_) => 0,
            };
        }
        counts
    }

    fn step(&mut self, step: &StepDoc) {
        self.steps += 1;
        self.conditions += usize::from(step.when.is_some());
        self.texts += step.say.as_ref().map_or(0, |say| match say {
            SayDoc::Text(_) | SayDoc::Item(_) => 1,
            SayDoc::Items(items) => items.len(),
        });
        if let Some(ask) = &step.ask {
            self.questions += 1;
            if let Some(OptionsDoc::List(options)) = &ask.options {
                self.options += options.len();
            }
        }
        match &step.then {
            Some(ThenDoc::ConnectToAgent(_) | ThenDoc::Word(ThenWord::ConnectToAgent)) => self.hand_offs += 1,
            Some(ThenDoc::Run(_)) => self.runs += 1,
            Some(ThenDoc::Call(_)) => self.calls += 1,
            Some(ThenDoc::Word(ThenWord::Continue | ThenWord::End | ThenWord::Fallback))
            | Some(ThenDoc::GoTo(_) | ThenDoc::AskAgain(_) | ThenDoc::Fallback(_))
            | None => {}
        }
    }

    fn named(&self) -> [(usize, &'static str); 12] {
        [
            (self.actions, "actions"),
            (self.phrases, "phrases"),
            (self.steps, "steps"),
            (self.conditions, "conditions"),
            (self.texts, "texts"),
            (self.questions, "questions"),
            (self.options, "options"),
            (self.hand_offs, "hand-offs"),
            (self.runs, "sub-actions"),
            (self.calls, "calls of extensions"),
            (self.variables, "variables"),
            (self.operations, "operations of extensions"),
        ]
    }
}

impl Report {
    /// Notes of one sort.
    pub fn of(&self, sort: Sort) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(move |note| note.sort == sort)
    }
}

impl Report {
    /// In words: what needs a decision first. What asks nothing of anybody is only counted, unless details are wanted.
    pub fn text(&self, details: bool) -> String {
        let mut out = format!("{}\n", self.assistant);
        for (sort, heading) in Sort::ALL {
            let notes: Vec<String> = self.of(sort).map(ToString::to_string).collect();
            Self::section(&mut out, heading, notes.len(), &notes, details || sort != Sort::Default);
            if sort == Sort::Decision {
                self.carried_over(&mut out);
            }
        }
        let values = self.left_out.iter().map(|left| left.values).sum();
        let lines: Vec<String> = self
            .left_out
            .iter()
            .map(|LeftOut { place, what, values }| format!("  {values} at {place}: {what}\n"))
            .collect();
        let heading = "Left out: it says nothing about what visitors meet";
        Self::section(&mut out, heading, values, &lines, details);
        out
    }

    fn section(out: &mut String, heading: &str, count: usize, lines: &[String], is_open: bool) {
        if lines.is_empty() {
            return;
        }
        out.push_str(&format!("\n{heading} ({count})\n"));
        match is_open {
            true => lines.iter().for_each(|line| out.push_str(line)),
            false => out.push_str("  nothing to do; --details lists it\n"),
        }
    }

    fn carried_over(&self, out: &mut String) {
        let counts = self.counts.named();
        let counts =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, name)| format!("{count} {name}"));
        out.push_str(&format!("\nCarried over\n  {}\n", counts.collect::<Vec<_>>().join(", ")));
        for Taken { was, is, title } in &self.actions {
            out.push_str(&format!("  {was} is {is}: {title}\n"));
        }
    }
}

impl fmt::Display for Report {
    /// With all details.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(true))
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = [self.action.as_deref(), self.step.as_deref(), Some(self.pointer.as_str())];
        let place: Vec<&str> = place.into_iter().flatten().collect();
        writeln!(f, "  {}\n    at {}\n    {}", self.what, place.join(", "), self.why)
    }
}
