//! What steps do.

use super::{Compiler, moment, seconds, template};
use crate::shape::brief;
use crate::workflow::document::{
    AskDoc, AssignDoc, AssignStepDoc, ByDoc, CommentDoc, DateOrderDoc, DoDoc, DuringDoc, KindDoc, MentionDoc,
    OwnerDoc, SaveDoc, StepDoc, ValueDoc,
};
use protocol::{QueueId, Timestamp};
use switchboard::matching::Strategy;
use switchboard::workflow::definition::{
    AgentName, Ask, Assign, Case, ChangeOfTag, Choosing, DateOrder, IfBusy, Kind, Mention, Owner, Save,
    Source, StepAt, Task, TeamId, WhenOpen,
};
use switchboard::workflow::text::Template;
use switchboard::workflow::{Value, WorkflowId};

/// How often a question is asked again where its author does not say.
pub const RETRIES_DEFAULT: u8 = 2;

impl Compiler<'_> {
    pub(super) fn task(&self, step: &StepDoc, path: &str) -> Task {
        let tags = |tags: &[String]| tags.iter().map(|tag| Template::parse(tag)).collect();
        match step {
            StepDoc::Say(step) => Task::Say(Template::parse(&step.say)),
            StepDoc::Ask(step) => {
                let busy = step.busy.as_ref();
                let if_busy =
                    busy.map_or(IfBusy::Wait, |to| IfBusy::Go(self.place(to, &format!("{path}/busy"))));
                Task::Ask(Box::new(Ask {
                    invalid: self.way(step.invalid.as_ref(), format!("{path}/invalid")),
                    timed_out: self.way(step.timed_out.as_ref(), format!("{path}/timed_out")),
                    if_busy,
                    ..self.ask(&step.ask)
                }))
            }
            StepDoc::Assign(step) => Task::Assign(Box::new(self.assign(step, path))),
            StepDoc::Do(step) => match step.does {
                DoDoc::Open => Task::Open,
                DoDoc::Unassign => Task::Unassign,
            },
            StepDoc::Branch(step) => {
                let cases = step.branch.iter().enumerate();
                let case = |(at, case): (usize, &crate::workflow::document::CaseDoc)| Case {
                    name: case.name.clone(),
                    condition: self.condition(&case.when, &format!("{path}/branch/{at}/when")),
                    then: self.place(&case.next, &format!("{path}/branch/{at}/next")),
                };
                Task::Branch(cases.map(case).collect())
            }
            StepDoc::AddTags(step) => Task::Tag { change: ChangeOfTag::Added, tags: tags(&step.add_tags) },
            StepDoc::RemoveTags(step) => {
                Task::Tag { change: ChangeOfTag::Removed, tags: tags(&step.remove_tags) }
            }
            StepDoc::SetField(step) => {
                Task::Field { field: step.set_field.field.clone(), to: source(&step.set_field.to) }
            }
            StepDoc::Set(step) => Task::Set { variable: step.set.variable.clone(), to: source(&step.set.to) },
            StepDoc::Close(step) => Task::Close {
                category: step.close.category.clone(),
                summary: Template::parse(&step.close.summary),
            },
            StepDoc::Comment(step) => comment(&step.comment),
            StepDoc::Jump(step) => {
                let to = self.place(&step.jump.to, &format!("{path}/jump/to"));
                self.jump(to, step.jump.times, &step.jump.to, path)
            }
            StepDoc::Wait(step) => Task::Wait { seconds: seconds(&step.wait).unwrap_or_default() },
            StepDoc::During(step) => Task::WhenOpen {
                when: self.during(&step.during, &format!("{path}/during")),
                outside: self.way(step.outside.as_ref(), format!("{path}/outside")),
            },
            StepDoc::Request(step) => {
                let failed = self.way(step.failed.as_ref(), format!("{path}/failed"));
                Task::Request(Box::new(self.request(&step.request, failed, &format!("{path}/request"))))
            }
            StepDoc::Run(step) => {
                Task::Trigger { workflow: WorkflowId(step.run.workflow.clone()), from: step.run.from.clone() }
            }
        }
    }

    fn jump(&self, to: Option<StepAt>, times: u8, written: &str, path: &str) -> Task {
        if written == crate::workflow::document::END {
            let remedy = "write the name of a step, or end the step before with `next: end`";
            self.findings.error("unknown-step", format!("{path}/jump/to"), "a jump leads to a step", remedy);
        }
        Task::Jump { to: to.unwrap_or(StepAt(0)), times }
    }

    fn ask(&self, doc: &AskDoc) -> Ask {
        let save = |save: &SaveDoc| match save {
            SaveDoc::Tag(_) => Save::Tag,
            SaveDoc::Variable(save) => Save::Variable(save.variable.clone()),
            SaveDoc::Field(save) => Save::Field(save.field.clone()),
        };
        Ask {
            text: Template::parse(&doc.text),
            kind: kind(doc.kind, &doc.options, (doc.min, doc.max), doc.order),
            retries: doc.retries.unwrap_or(RETRIES_DEFAULT),
            retry_text: doc.retry_text.as_ref().map(|text| Template::parse(text)),
            timeout_seconds: self.optional_seconds(doc.timeout.as_ref()),
            save: doc.save.iter().map(save).collect(),
            if_busy: IfBusy::Wait,
            invalid: None,
            timed_out: None,
        }
    }

    fn assign(&self, step: &AssignStepDoc, path: &str) -> Assign {
        let AssignDoc { to, by, online_only, fewer_open_than, timeout } = &step.assign;
        Assign {
            to: owner(to),
            choosing: by.map_or(Choosing::AsConfigured, |by| Choosing::By(strategy(by))),
            online_only: *online_only,
            fewer_open_than: *fewer_open_than,
            timeout_seconds: self.optional_seconds(timeout.as_ref()),
            timed_out: self.way(step.timed_out.as_ref(), format!("{path}/timed_out")),
            nobody: self.way(step.nobody.as_ref(), format!("{path}/nobody")),
        }
    }

    fn during(&self, doc: &DuringDoc, path: &str) -> WhenOpen {
        match doc {
            DuringDoc::Calendar(calendar) => WhenOpen::Calendar(calendar.calendar.clone()),
            DuringDoc::Range(range) => {
                let from = self.moment(&range.from, &format!("{path}/from"));
                let to = self.moment(&range.to, &format!("{path}/to"));
                if let (Some(from), Some(to)) = (from, to)
                    && from > to
                {
                    let problem = "no moment lies between these: the end is before the beginning";
                    self.findings.error("empty-range", path, problem, "exchange `from` and `to`");
                }
                WhenOpen::Range { from: from.unwrap_or_default(), to: to.unwrap_or_default() }
            }
        }
    }

    fn moment(&self, written: &str, path: &str) -> Option<Timestamp> {
        let at = moment(written);
        if at.is_none() {
            let problem = format!("`{}` is no moment", brief(written));
            let remedy = "write one such as `2026-12-24T18:00Z` or `2026-12-24T18:00[Europe/Berlin]`";
            self.findings.error("bad-time", path, problem, remedy);
        }
        at
    }
}

fn owner(doc: &OwnerDoc) -> Owner {
    match doc {
        OwnerDoc::Anybody(_) => Owner::Workspace,
        OwnerDoc::Agent(to) => Owner::Agent(Template::parse(&to.agent)),
        OwnerDoc::Team(to) => Owner::Team(TeamId(to.team.clone())),
        // A name that is none was told of already.
        OwnerDoc::Queue(to) => QueueId::new(to.queue.clone()).map_or(Owner::Workspace, Owner::Queue),
    }
}

/// What counts as an answer.
pub(super) fn kind(
    kind: KindDoc,
    options: &[String],
    (min, max): (Option<f64>, Option<f64>),
    order: Option<DateOrderDoc>,
) -> Kind {
    match kind {
        KindDoc::Text => Kind::Text,
        KindDoc::Choice => Kind::Choice(options.to_vec()),
        KindDoc::Number => Kind::Number { min, max },
        KindDoc::Date => Kind::Date(match order.unwrap_or_default() {
            DateOrderDoc::MonthFirst => DateOrder::MonthFirst,
            DateOrderDoc::DayFirst => DateOrder::DayFirst,
        }),
        KindDoc::Time => Kind::Time,
        KindDoc::Checkbox => Kind::Checkbox,
        KindDoc::Phone => Kind::Phone,
        KindDoc::Email => Kind::Email,
        KindDoc::Url => Kind::Url,
        KindDoc::Rating => Kind::Rating,
    }
}

fn source(value: &ValueDoc) -> Source {
    match value {
        ValueDoc::Text(_) => Source::Text(template(value)),
        ValueDoc::Number(number) => Source::Constant(Value::Number(*number)),
        ValueDoc::YesNo(yes) => Source::Constant(Value::Bool(*yes)),
    }
}

fn comment(doc: &CommentDoc) -> Task {
    let (text, mentions) = match doc {
        CommentDoc::Text(text) => (text, [].as_slice()),
        CommentDoc::Full(full) => (&full.text, full.mention.as_slice()),
    };
    let mention = |mention: &MentionDoc| match mention {
        MentionDoc::Agent(to) => Mention::Agent(AgentName(to.agent.clone())),
        MentionDoc::Team(to) => Mention::Team(TeamId(to.team.clone())),
    };
    Task::Comment { text: Template::parse(text), mentions: mentions.iter().map(mention).collect() }
}

fn strategy(by: ByDoc) -> Strategy {
    match by {
        ByDoc::RoundRobin => Strategy::RoundRobin,
        ByDoc::LeastOpen => Strategy::LeastOpen,
        ByDoc::MostAvailable => Strategy::MostAvailable,
        ByDoc::LongestIdle => Strategy::LongestIdle,
        ByDoc::BestSkill => Strategy::BestSkill,
        ByDoc::Manual => Strategy::Manual,
    }
}
