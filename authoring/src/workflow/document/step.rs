//! Steps: one kind of step for each key that says what is done.

use super::{
    AskDoc, AssignDoc, CASES_MAX, CloseDoc, CommentDoc, ConditionDoc, DoDoc, DuringDoc, JumpDoc, NAME,
    RequestDoc, RunDoc, SetDoc, SetFieldDoc,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Declares the kinds of steps: `key` as it is written, what stands there, and the ways out besides `next`.
macro_rules! steps {
    ($(
        $(#[$doc:meta])*
        $variant:ident $name:ident $written:literal {
            $(#[$key_doc:meta])* $key:ident: $kind:ty
            $(, $(#[$way_doc:meta])* $way:ident)*
        }
    )*) => {
        /// A step. Its kind is the key that says what is done.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(untagged)]
        pub enum StepDoc {
            $($(#[$doc])* $variant($name),)*
        }

        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
            #[serde(deny_unknown_fields)]
            pub struct $name {
                /// Its name, for other steps and for `$step.name` in texts.
                #[schemars(length(max = 64), regex(pattern = NAME))]
                pub id: String,
                $(#[$key_doc])*
                pub $key: $kind,
                $(
                    $(#[$way_doc])*
                    #[serde(default, skip_serializing_if = "Option::is_none")]
                    pub $way: Option<String>,
                )*
                /// The step that follows: the one below when absent, `end` for none.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub next: Option<String>,
            }
        )*

        impl StepDoc {
            /// Its name.
            pub fn id(&self) -> &str {
                match self { $(Self::$variant(step) => &step.id,)* }
            }

            /// The key that says what it does.
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$variant(_) => $written,)* }
            }

            /// Its ways out by their keys, as far as they are written; `next` comes first.
            pub fn ways(&self) -> Vec<(&'static str, Option<&str>)> {
                match self { $(Self::$variant(step) => vec![
                    ("next", step.next.as_deref()),
                    $((stringify!($way), step.$way.as_deref()),)*
                ],)* }
            }
        }
    };
}

steps! {
    /// Says something to the visitor.
    Say SayStepDoc "say" {
        /// What, with variables such as `$contact.name`. Nothing is said when it comes to nothing.
        #[schemars(length(min = 1))]
        say: String
    }
    /// Asks the visitor and waits for the answer, which is `$step.` and the step's name from then on.
    Ask AskStepDoc "ask" {
        /// What, and what counts as an answer.
        ask: AskDoc,
        /// The step that follows one invalid answer too many; the run ends there when absent.
        invalid,
        /// The step that follows when no answer came in time; the run ends there when absent.
        timed_out,
        /// The step that follows when another workflow's question is open; when absent, this one waits for its turn.
        busy
    }
    /// Gives the conversation to somebody and waits until they have it.
    Assign AssignStepDoc "assign" {
        /// To whom.
        assign: AssignDoc,
        /// The step that follows when nobody had it in time; the run ends there when absent.
        timed_out,
        /// The step that follows when nobody there could ever have it; the run ends there when absent.
        nobody
    }
    /// Changes the conversation.
    Do DoStepDoc "do" {
        /// How.
        #[serde(rename = "do")]
        does: DoDoc
    }
    /// Goes where the first case that holds says, else to `next`.
    Branch BranchStepDoc "branch" {
        /// The cases, looked at one after the other.
        #[schemars(length(min = 1, max = CASES_MAX))]
        branch: Vec<CaseDoc>
    }
    /// Adds tags to the contact.
    AddTags AddTagsStepDoc "add_tags" {
        /// Which, with variables.
        #[schemars(length(min = 1, max = 20))]
        add_tags: Vec<String>
    }
    /// Removes tags from the contact.
    RemoveTags RemoveTagsStepDoc "remove_tags" {
        /// Which, with variables.
        #[schemars(length(min = 1, max = 20))]
        remove_tags: Vec<String>
    }
    /// Sets a field of the contact's.
    SetField SetFieldStepDoc "set_field" {
        /// Which, and to what.
        set_field: SetFieldDoc
    }
    /// Sets a variable of the run.
    Set SetStepDoc "set" {
        /// Which, and to what.
        set: SetDoc
    }
    /// Closes the conversation, and with it the run unless the workflow survives that.
    Close CloseStepDoc "close" {
        /// As what; `{}` says nothing of it.
        close: CloseDoc
    }
    /// Writes what only the staff sees.
    Comment CommentStepDoc "comment" {
        /// What, and who is told of it.
        comment: CommentDoc
    }
    /// Goes to a step, so many times in a run and then to `next`.
    Jump JumpStepDoc "jump" {
        /// To which, and how often.
        jump: JumpDoc
    }
    /// Waits.
    Wait WaitStepDoc "wait" {
        /// How long: `15m`, `2h`, `7d`, `1h30m`.
        #[schemars(regex(pattern = super::DURATION))]
        wait: String
    }
    /// Looks at the time: inside goes to `next`.
    During DuringStepDoc "during" {
        /// What is inside.
        during: DuringDoc,
        /// The step that follows outside; the run ends there when absent.
        outside
    }
    /// Calls another system and waits for its answer. `$step.` and the step's name is the status from then on, 0 when
    /// there was no answer.
    Request RequestStepDoc "request" {
        /// How, and what is taken from the answer.
        request: RequestDoc,
        /// The step that follows any other answer than success (2xx), and none; the run ends there when absent.
        failed
    }
    /// Starts another workflow, which finds this run's variables as `$trigger.name`.
    Run RunStepDoc "run" {
        /// Which.
        run: RunDoc
    }
}

/// One way out of a branch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseDoc {
    /// How people call it; the log says so.
    #[schemars(length(min = 1, max = 64))]
    pub name: String,
    /// What must hold.
    #[schemars(extend("examples" = [{ "subject": "$contact.email", "operator": "exists" }]))]
    pub when: ConditionDoc,
    /// The step that follows, or `end`.
    pub next: String,
}
