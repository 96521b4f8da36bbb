//! What the staff, programs and workflows can do with a conversation. The same on the console's socket and in the API.

use crate::{AgentId, Line, QueueId, ReasonId, Target, Timestamp, WorkflowId};
use serde::{Deserialize, Serialize};

/// Something done with a conversation. Who may do it is said with each; supervisors and programs may do what agents may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// I take it: it is offered to me, passed to me, or waits in a queue of mine.
    Accept,
    /// I do not take what was offered or passed to me.
    Decline {
        /// Why; one of the configured reasons.
        reason: Option<ReasonId>,
    },
    /// I say this to the visitor. Its owner, or whom the team allows; who picks by writing becomes its owner.
    Say {
        /// What.
        text: Line,
        /// When, by the writer's clock; now, if not given.
        #[serde(default)]
        written_at: Timestamp,
    },
    /// I write this for colleagues. Anybody who may read it.
    Comment {
        /// What.
        text: Line,
        /// Who is told; nobody, if not given.
        #[serde(default)]
        mentions: Vec<Target>,
    },
    /// Somebody is to have it. Supervisors; agents for what waits in a queue of theirs.
    Assign {
        /// Who.
        to: Target,
        /// Even if they have no room or are not online.
        even_if_unavailable: bool,
    },
    /// Nobody is to have it for now: it waits again. Its owner, or a supervisor.
    Unassign,
    /// Somebody else is to go on. Its owner, whom it waits for, or a supervisor.
    Transfer {
        /// Who.
        to: Target,
        /// Why; one of the configured reasons.
        reason: ReasonId,
        /// For whoever has it next.
        note: Option<String>,
    },
    /// I take it from whoever has it, or from the assistant. Supervisors, whatever they have already; agents with room from
    /// the assistant, and what waits.
    TakeOver,
    /// The assistant is to go on. Its owner, whom it waits for, or a supervisor.
    ReturnToAssistant {
        /// Why, for the staff.
        note: Option<String>,
    },
    /// I take part without becoming its owner. Supervisors, and members of its team.
    Join,
    /// I do not any more.
    Part,
    /// It is put aside until then. Its owner, or a supervisor.
    Snooze {
        /// Until when.
        until: Timestamp,
    },
    /// It is needed again before its time.
    Wake,
    /// It is over. Its owner, whom it waits for, or a supervisor.
    Close {
        /// As what it is filed; one of the configured reasons.
        category: Option<ReasonId>,
        /// In some words, for the staff.
        note: Option<String>,
    },
    /// I have finished my notes.
    FinishWrapUp,
    /// It is spam. Anybody who may read it.
    MarkSpam,
    /// It is none.
    UnmarkSpam,
    /// The visitor gets this tag, or loses it. Anybody who may read it.
    Tag {
        /// Which.
        tag: String,
        /// Whether it is added.
        add: bool,
    },
    /// A field of the visitor's is set. Anybody who may read it.
    SetField {
        /// Which.
        field: String,
        /// To what; `None` clears it.
        value: Option<String>,
    },
    /// It is more or less urgent. Supervisors; agents for what is theirs.
    SetPriority {
        /// Points; each is a head start of a minute.
        priority: i32,
    },
    /// It waits in another queue. Supervisors.
    Move {
        /// In which.
        queue: QueueId,
    },
    /// A workflow that agents may start is started.
    StartWorkflow {
        /// Which.
        workflow: WorkflowId,
        /// What was filled in.
        form: Vec<(String, String)>,
    },
    /// A workflow that agents may stop is stopped.
    StopWorkflow {
        /// Which.
        workflow: WorkflowId,
    },
    /// This person is asked first whenever the visitor needs somebody; `None` is nobody. Supervisors.
    Dedicate {
        /// Who.
        to: Option<AgentId>,
    },
}

impl Act {
    /// Its stable code, the same as on the wire.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Decline { .. } => "decline",
            Self::Say { .. } => "say",
            Self::Comment { .. } => "comment",
            Self::Assign { .. } => "assign",
            Self::Unassign => "unassign",
            Self::Transfer { .. } => "transfer",
            Self::TakeOver => "take_over",
            Self::ReturnToAssistant { .. } => "return_to_assistant",
            Self::Join => "join",
            Self::Part => "part",
            Self::Snooze { .. } => "snooze",
            Self::Wake => "wake",
            Self::Close { .. } => "close",
            Self::FinishWrapUp => "finish_wrap_up",
            Self::MarkSpam => "mark_spam",
            Self::UnmarkSpam => "unmark_spam",
            Self::Tag { .. } => "tag",
            Self::SetField { .. } => "set_field",
            Self::SetPriority { .. } => "set_priority",
            Self::Move { .. } => "move",
            Self::StartWorkflow { .. } => "start_workflow",
            Self::StopWorkflow { .. } => "stop_workflow",
            Self::Dedicate { .. } => "dedicate",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn words_need_neither_a_time_nor_anybody_who_is_told() {
        let text = Line::new("Hi").unwrap();
        let say = Act::Say { text: text.clone(), written_at: Timestamp::default() };
        assert_eq!(serde_json::from_str::<Act>(r#"{"say":{"text":"Hi"}}"#).unwrap(), say);
        let comment = Act::Comment { text, mentions: Vec::new() };
        assert_eq!(serde_json::from_str::<Act>(r#"{"comment":{"text":"Hi"}}"#).unwrap(), comment);
    }

    #[test]
    fn an_act_is_on_the_wire_by_its_code_and_reads_back() {
        let (text, note) = (Line::new("Hi").unwrap(), Some("Why".to_owned()));
        let (reason, workflow) = (ReasonId::new("moved").unwrap(), WorkflowId::new("flow").unwrap());
        let at = Timestamp::from_millis(7);
        let agent = AgentId(Uuid::from_u128(1));
        for act in [
            Act::Accept,
            Act::Decline { reason: Some(reason.clone()) },
            Act::Say { text: text.clone(), written_at: at },
            Act::Comment { text, mentions: vec![Target::Anybody] },
            Act::Assign { to: Target::Agent(agent), even_if_unavailable: true },
            Act::Unassign,
            Act::Transfer { to: Target::Anybody, reason: reason.clone(), note: note.clone() },
            Act::TakeOver,
            Act::ReturnToAssistant { note: None },
            Act::Join,
            Act::Part,
            Act::Snooze { until: at },
            Act::Wake,
            Act::Close { category: Some(reason), note },
            Act::FinishWrapUp,
            Act::MarkSpam,
            Act::UnmarkSpam,
            Act::Tag { tag: "vip".to_owned(), add: true },
            Act::SetField { field: "city".to_owned(), value: None },
            Act::SetPriority { priority: -1 },
            Act::Move { queue: QueueId::new("desk").unwrap() },
            Act::StartWorkflow { workflow: workflow.clone(), form: vec![("a".to_owned(), "b".to_owned())] },
            Act::StopWorkflow { workflow },
            Act::Dedicate { to: Some(agent) },
        ] {
            let json = serde_json::to_value(&act).unwrap();
            let tag = json.as_str().or_else(|| json.as_object()?.keys().next().map(String::as_str));
            assert_eq!(tag, Some(act.code()));
            assert_eq!(serde_json::from_value::<Act>(json.clone()).unwrap(), act);
        }
    }
}
