//! What can happen to a conversation.

use super::{
    AssignedHow, Author, Closing, OfferEnd, OpeningSource, Outlet, OverflowWhy, PlanPlace, QueuedWhy,
    ReturnWhy, Routed, SkipReason, SpamWhy, Target, UnassignedWhy, WakeWhy, WrapUpEnd,
};
use crate::setup::{Need, What};
use crate::{
    AgentBadge, AgentId, Content, HandOff, QueueId, ReasonId, RunId, SiteId, TeamId, Timestamp, VisitorId,
    WorkflowId,
};
use serde::{Deserialize, Serialize};

/// What can happen to a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// It began.
    Opened {
        /// Whose it is.
        visitor: VisitorId,
        /// Where it began.
        site: SiteId,
        /// Who began it.
        source: OpeningSource,
    },
    /// Something was said, for both sides to read.
    Said {
        /// By whom.
        author: Author,
        /// What.
        content: Content,
        /// When, by the writer's own clock; the browser may have been offline since.
        written_at: Timestamp,
    },
    /// Something was written that only the staff reads.
    Commented {
        /// By whom.
        author: Author,
        /// What.
        text: String,
        /// Who is told.
        mentions: Vec<Target>,
    },
    /// A person was asked for. Where that led to is the next event.
    AgentRequested {
        /// The queue meant.
        queue: QueueId,
        /// Whether an agent of that queue was online at that moment.
        online: bool,
        /// What was asked.
        hand_off: HandOff,
    },
    /// It waits for somebody.
    Queued {
        /// For whom.
        target: Target,
        /// Why.
        why: QueuedWhy,
        /// The team whose ways hold while it waits.
        team: Option<TeamId>,
        /// The moment its age counts from.
        since: Timestamp,
        /// What whoever takes it should know.
        needs: Vec<Need>,
        /// Who is asked before others, and for how many seconds it is held for them; `None` is until they can.
        preferred: Vec<(AgentId, Option<u32>)>,
        /// Who is not asked for a while, and until when.
        excluded: Vec<(AgentId, Timestamp)>,
        /// How somebody is chosen, when that differs from what is configured.
        choice: Option<Choice>,
    },
    /// It went to a further step of its queue's plan.
    StepReached {
        /// Which.
        step: PlanPlace,
        /// Why the one before is over.
        why: SkipReason,
        /// The moment its time counts from: where the one before ended by time, that time, however late it was noticed.
        since: Timestamp,
        /// Points of priority the step adds.
        priority_delta: i32,
    },
    /// Agents were asked to accept; the first to do so has it.
    Offered {
        /// Who.
        to: Vec<AgentId>,
        /// When the offer ends by itself.
        until: Timestamp,
        /// Why them.
        routed: Box<Routed>,
    },
    /// An offer ended unaccepted. When it was the last one, the conversation waits again, in its old place.
    OfferEnded {
        /// Whose offer.
        agent: AgentId,
        /// Why.
        why: OfferEnd,
        /// As they said.
        reason: Option<ReasonId>,
    },
    /// Its queue does not keep it. Where that led to is the next event.
    Overflowed {
        /// Which queue.
        queue: QueueId,
        /// Why.
        why: OverflowWhy,
        /// Where to.
        outlet: Outlet,
    },
    /// It stays for somebody to pick: nobody is asked by routing, and the visitor was asked to leave a message.
    Parked {
        /// What the visitor was told.
        message: String,
    },
    /// It belongs to an agent.
    Assigned {
        /// To whom.
        to: AgentBadge,
        /// How that came about.
        how: AssignedHow,
        /// As a member of which team.
        team: Option<TeamId>,
        /// Why them, when routing gave it to them.
        routed: Option<Box<Routed>>,
    },
    /// It belongs to nobody. What follows is the next event.
    Unassigned {
        /// Whose it was.
        from: AgentId,
        /// Why not any more.
        why: UnassignedWhy,
    },
    /// Its owner asked a colleague to take it.
    TransferOffered {
        /// Whom.
        to: AgentId,
        /// Why; one of the configured reasons.
        reason: ReasonId,
        /// For the colleague.
        note: Option<String>,
        /// When the offer ends by itself.
        until: Timestamp,
    },
    /// The colleague did not take it; it stays with its owner.
    TransferEnded {
        /// Who was asked.
        agent: AgentId,
        /// Why not.
        why: OfferEnd,
    },
    /// Its owner, or a supervisor, passed it on. Where it went is the next event.
    Transferred {
        /// Whose it was.
        from: Option<AgentId>,
        /// Where to.
        to: Target,
        /// Why; one of the configured reasons.
        reason: ReasonId,
        /// For whoever has it next.
        note: Option<String>,
    },
    /// Somebody of the staff takes part without being its owner.
    Joined {
        /// Who.
        agent: AgentBadge,
    },
    /// They do not any more.
    Parted {
        /// Who.
        agent: AgentId,
    },
    /// It is put aside.
    Snoozed {
        /// Until when.
        until: Timestamp,
    },
    /// It is back with its owner.
    Woken {
        /// Why.
        why: WakeWhy,
    },
    /// It is over; the assistant answers again.
    Closed(Closing),
    /// Its agent has finished the notes.
    WrappedUp {
        /// Who.
        agent: AgentId,
        /// How.
        end: WrapUpEnd,
    },
    /// The visitor wrote soon after it was closed. Where that led to is the next event.
    Reopened,
    /// The assistant answers again.
    ReturnedToAssistant {
        /// Why.
        why: ReturnWhy,
        /// In some words, for the staff.
        note: Option<String>,
    },
    /// It is taken for spam: nobody is told of it any more.
    MarkedSpam(SpamWhy),
    /// It is none. It is what it was before, as far as that is still possible.
    UnmarkedSpam,
    /// A tag of the conversation's visitor was added or removed.
    Tagged {
        /// Which.
        tag: String,
        /// Whether it was added.
        added: bool,
    },
    /// A field of the conversation's visitor was set.
    FieldSet {
        /// Which.
        field: String,
        /// To what; `None` clears it.
        value: Option<String>,
    },
    /// Who is asked first whenever its visitor needs somebody.
    Dedicated {
        /// Who; `None` is nobody.
        agent: Option<AgentId>,
    },
    /// Its points of priority were set.
    PrioritySet {
        /// To how many; each is a head start of a minute.
        priority: i32,
    },
    /// A promised answer is late.
    PromiseMissed {
        /// Which.
        promise: Promise,
        /// Since when it is late.
        since: Timestamp,
    },
    /// The visitor was reminded that an answer is waited for; what was said is the event before.
    Reminded,
    /// It has been passed on so often that a supervisor should look at it.
    PassedOnTooOften {
        /// How often.
        transfers: u32,
    },
    /// It was taken from owners who did not write, as often as another is looked for: a supervisor should look at it.
    UnansweredTooOften {
        /// How often.
        times: u32,
    },
    /// The visitor has not written for so long that it takes no room of its owner's, until they do.
    WentQuiet,
    /// A workflow began.
    WorkflowStarted {
        /// Which.
        workflow: WorkflowId,
        /// Its version.
        version: u32,
        /// On which of its ways.
        run: RunId,
    },
    /// A workflow is over.
    WorkflowEnded {
        /// Which.
        workflow: WorkflowId,
        /// On which of its ways.
        run: RunId,
        /// How, as a stable code: `finished`, `no_way_out`, `closed`, `spam`, `visitor_wrote`, `human_wrote`,
        /// `assigned_by_hand`, `stopped_by_agent`, `stopped_by_supervisor`, `stopped` (with its workflow), `restarted`,
        /// `too_many_steps`, `no_such_step`.
        how: String,
    },
}

/// How somebody is chosen, where a workflow says so itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Choice {
    /// By this rule; `None` is as configured.
    pub by: Option<What>,
    /// Only who has fewer conversations than this.
    pub fewer_than: Option<u32>,
}

/// An answer that visitors are promised by some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Promise {
    /// The first word of a person.
    FirstReply,
    /// Every further one.
    NextReply,
}

impl Happening {
    /// Its stable code, the same as on the wire.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Said { .. } => "said",
            Self::Commented { .. } => "commented",
            Self::AgentRequested { .. } => "agent_requested",
            Self::Queued { .. } => "queued",
            Self::StepReached { .. } => "step_reached",
            Self::Offered { .. } => "offered",
            Self::OfferEnded { .. } => "offer_ended",
            Self::Overflowed { .. } => "overflowed",
            Self::Parked { .. } => "parked",
            Self::Assigned { .. } => "assigned",
            Self::Unassigned { .. } => "unassigned",
            Self::TransferOffered { .. } => "transfer_offered",
            Self::TransferEnded { .. } => "transfer_ended",
            Self::Transferred { .. } => "transferred",
            Self::Joined { .. } => "joined",
            Self::Parted { .. } => "parted",
            Self::Snoozed { .. } => "snoozed",
            Self::Woken { .. } => "woken",
            Self::Closed(_) => "closed",
            Self::WrappedUp { .. } => "wrapped_up",
            Self::Reopened => "reopened",
            Self::ReturnedToAssistant { .. } => "returned_to_assistant",
            Self::MarkedSpam(_) => "marked_spam",
            Self::UnmarkedSpam => "unmarked_spam",
            Self::Tagged { .. } => "tagged",
            Self::FieldSet { .. } => "field_set",
            Self::Dedicated { .. } => "dedicated",
            Self::PrioritySet { .. } => "priority_set",
            Self::PromiseMissed { .. } => "promise_missed",
            Self::Reminded => "reminded",
            Self::PassedOnTooOften { .. } => "passed_on_too_often",
            Self::UnansweredTooOften { .. } => "unanswered_too_often",
            Self::WentQuiet => "went_quiet",
            Self::WorkflowStarted { .. } => "workflow_started",
            Self::WorkflowEnded { .. } => "workflow_ended",
        }
    }
}
