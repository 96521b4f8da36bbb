//! What kind of thing a subject is, as far as the file says.

use crate::workflow::document::{
    AskDoc, FormFieldDoc, KindDoc, OperatorDoc, SaveDoc, StepDoc, SubjectDoc, TriggerDoc, ValueDoc,
    WorkflowDoc,
};
use switchboard::workflow::text::{Reference, Space};

/// From where messages to visitors come.
pub const SOURCES: [&str; 4] = ["human", "assistant", "workflow", "api"];

/// How a conversation stands.
pub const STATUSES: [&str; 8] =
    ["automated", "queued", "offered", "open", "pending", "wrap_up", "closed", "spam"];

/// How an agent is.
pub const OF_AGENTS: [&str; 5] = ["online", "busy", "away", "not_responding", "offline"];

/// What kind of thing something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nobody knows: a field, or a text that may be a number or a day.
    Any,
    /// Words.
    Text,
    /// One of these words.
    OneOf(Vec<String>),
    /// A number.
    Number,
    /// Yes or no.
    YesNo,
    /// A day.
    Day,
    /// A time of day.
    TimeOfDay,
    /// A moment.
    Moment,
    /// Several texts.
    List,
}

impl Kind {
    /// That of what a test looks at.
    pub fn of(subject: &SubjectDoc, document: &WorkflowDoc) -> Self {
        match subject {
            SubjectDoc::Name(name) if name == "tags" => Self::List,
            SubjectDoc::Name(name) => {
                let reference = name.strip_prefix('$').and_then(Reference::parse);
                reference.map_or(Self::Any, |reference| Self::of_reference(&reference, document))
            }
            SubjectDoc::LastMessage(_) => Self::Text,
            SubjectDoc::LastMessageAt(_) => Self::Moment,
            SubjectDoc::LastMessageSource(_) => Self::OneOf(SOURCES.map(str::to_owned).to_vec()),
            SubjectDoc::Calendar(_) => Self::YesNo,
        }
    }

    fn of_reference(reference: &Reference, document: &WorkflowDoc) -> Self {
        let name = reference.name.as_str();
        match reference.space {
            Space::Own => of_variable(name, document),
            Space::Contact if matches!(name, "agent_status" | "last_agent_status") => one_of(&OF_AGENTS),
            Space::Contact => Self::Any,
            Space::Conversation if name == "status" => one_of(&STATUSES),
            Space::Conversation => Self::Any,
            Space::Assignee if name == "exists" => Self::YesNo,
            Space::Assignee if name == "status" => one_of(&OF_AGENTS),
            Space::Assignee => Self::Text,
            Space::Trigger => of_trigger(name, &document.trigger),
            Space::Step => document.steps.iter().find(|step| step.id() == name).map_or(Self::Any, of_step),
        }
    }

    /// Whether an operator says anything about such things.
    pub fn takes(&self, operator: OperatorDoc) -> bool {
        match operator {
            OperatorDoc::Exists | OperatorDoc::NotExists | OperatorDoc::Equals | OperatorDoc::NotEquals => {
                true
            }
            OperatorDoc::AnyOf | OperatorDoc::NoneOf => *self != Self::Moment,
            OperatorDoc::AllOf => matches!(self, Self::Any | Self::List),
            OperatorDoc::Contains | OperatorDoc::NotContains => {
                matches!(self, Self::Any | Self::Text | Self::OneOf(_) | Self::List)
            }
            OperatorDoc::Greater | OperatorDoc::Less | OperatorDoc::Between => {
                matches!(self, Self::Any | Self::Number | Self::Day | Self::TimeOfDay | Self::Moment)
            }
            OperatorDoc::After | OperatorDoc::Before | OperatorDoc::Within => {
                matches!(self, Self::Any | Self::Day | Self::TimeOfDay | Self::Moment)
            }
            OperatorDoc::OlderThan | OperatorDoc::NewerThan | OperatorDoc::AgeBetween => {
                matches!(self, Self::Any | Self::Moment)
            }
        }
    }

    /// In words.
    pub fn told(&self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Text => "a text",
            Self::OneOf(_) => "one of a few words",
            Self::Number => "a number",
            Self::YesNo => "`true` or `false`",
            Self::Day => "a day",
            Self::TimeOfDay => "a time of day",
            Self::Moment => "a moment",
            Self::List => "a list",
        }
    }
}

fn one_of(words: &[&str]) -> Kind {
    Kind::OneOf(words.iter().map(|word| (*word).to_owned()).collect())
}

/// The kind of a variable when all that sets it agrees.
fn of_variable(name: &str, document: &WorkflowDoc) -> Kind {
    let mut kinds = document.steps.iter().filter_map(|step| set_by(step, name));
    let Some(first) = kinds.next() else { return Kind::Any };
    if kinds.all(|kind| kind == first) { first } else { Kind::Any }
}

fn set_by(step: &StepDoc, name: &str) -> Option<Kind> {
    match step {
        StepDoc::Ask(asked) => {
            let saves = asked.ask.save.iter().any(|save| match save {
                SaveDoc::Variable(save) => save.variable == name,
                SaveDoc::Tag(_) | SaveDoc::Field(_) => false,
            });
            saves.then(|| of_step(step))
        }
        StepDoc::Set(step) if step.set.variable == name => Some(match &step.set.to {
            ValueDoc::YesNo(_) => Kind::YesNo,
            ValueDoc::Number(_) => Kind::Number,
            ValueDoc::Text(_) => Kind::Any,
        }),
        StepDoc::Request(step) if step.request.status.as_deref() == Some(name) => Some(Kind::Number),
        StepDoc::Request(step) => step.request.take.contains_key(name).then_some(Kind::Any),
        StepDoc::Set(_)
        | StepDoc::Say(_)
        | StepDoc::Assign(_)
        | StepDoc::Do(_)
        | StepDoc::Branch(_)
        | StepDoc::AddTags(_)
        | StepDoc::RemoveTags(_)
        | StepDoc::SetField(_)
        | StepDoc::Close(_)
        | StepDoc::Comment(_)
        | StepDoc::Jump(_)
        | StepDoc::Wait(_)
        | StepDoc::During(_)
        | StepDoc::Run(_) => None,
    }
}

/// What `$step.` and a step's name is.
fn of_step(step: &StepDoc) -> Kind {
    match step {
        StepDoc::Ask(step) => {
            let AskDoc { kind, options, .. } = &step.ask;
            of_question(*kind, options)
        }
        StepDoc::Request(_) => Kind::Number,
        StepDoc::Say(_)
        | StepDoc::Assign(_)
        | StepDoc::Do(_)
        | StepDoc::Branch(_)
        | StepDoc::AddTags(_)
        | StepDoc::RemoveTags(_)
        | StepDoc::SetField(_)
        | StepDoc::Set(_)
        | StepDoc::Close(_)
        | StepDoc::Comment(_)
        | StepDoc::Jump(_)
        | StepDoc::Wait(_)
        | StepDoc::During(_)
        | StepDoc::Run(_) => Kind::Any,
    }
}

fn of_trigger(name: &str, trigger: &TriggerDoc) -> Kind {
    let TriggerDoc::Shortcut(shortcut) = trigger else { return Kind::Any };
    let field = shortcut.shortcut.form.iter().find(|field| field.name == name);
    field.map_or(Kind::Any, |FormFieldDoc { kind, options, .. }| of_question(*kind, options))
}

/// The kind of an answer. Free words may be a number or a day, and are then compared as one.
fn of_question(kind: KindDoc, options: &[String]) -> Kind {
    match kind {
        KindDoc::Text | KindDoc::Phone => Kind::Any,
        KindDoc::Choice if options.iter().any(|option| looks_like_another_kind(option)) => Kind::Any,
        KindDoc::Choice => Kind::OneOf(options.to_vec()),
        KindDoc::Number | KindDoc::Rating => Kind::Number,
        KindDoc::Date => Kind::Day,
        KindDoc::Time => Kind::TimeOfDay,
        KindDoc::Checkbox => Kind::YesNo,
        KindDoc::Email | KindDoc::Url => Kind::Text,
    }
}

fn looks_like_another_kind(option: &str) -> bool {
    option.starts_with(|c: char| c.is_ascii_digit())
}
