//! The wire contract, held by golden samples in `tests/samples/`: one file for every variant that travels, and one for
//! the words of the small enums.
//!
//! A change that makes a sample fail breaks clients and stored events: give the protocol another version, or make the
//! change an addition.

use proptest::prelude::*;
use protocol::inspect::{PreviewOrder, PreviewReport};
use protocol::setup::{ReasonUse, What};
use protocol::{
    Act, AgentFrame, AgentRole, AgentStatus, AssignedHow, BridgeToAgent, BridgeToProgram, BridgeToVisitor,
    BrowserAuthor, ClosingSource, Content, ConversationState, Event, HandOffReason, Happening, OfferEnd,
    OpeningSource, OverflowWhy, PassedOver, ProgramFrame, Promise, QueuedWhy, RefusalCode, ReturnWhy,
    SiteCard, SkipReason, TimerKind, Told, UnassignedWhy, VisitorEvent, VisitorFrame, WakeWhy, WrapUpEnd,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::PathBuf;

/// Something that travels and has a sample for each of its variants.
trait Sampled: Serialize + DeserializeOwned + PartialEq + Debug {
    /// How its samples' names begin.
    const FAMILY: &'static str;
    /// How they end, one for each variant.
    const VARIANTS: &'static [&'static str];

    /// The end of this value's sample's name.
    fn variant(&self) -> &'static str;
}

/// Names every variant once, for the list and for the match, so that a new variant does not compile without a name and
/// does not pass without a file.
macro_rules! sampled {
    ($type:ty as $family:literal, $self:ident => $value:expr, {
        $($enum:ident :: $variant:ident = $name:literal),+ $(,)?
    }) => {
        impl Sampled for $type {
            const FAMILY: &'static str = $family;
            const VARIANTS: &'static [&'static str] = &[$($name),+];

            fn variant(&$self) -> &'static str {
                match $value {
                    $($enum::$variant { .. } => $name),+
                }
            }
        }
    };
}

sampled!(VisitorFrame as "visitor", self => self, {
    VisitorFrame::Hello = "hello",
    VisitorFrame::Say = "say",
    VisitorFrame::RequestAgent = "request-agent",
    VisitorFrame::StopWaiting = "stop-waiting",
    VisitorFrame::End = "end",
    VisitorFrame::Typing = "typing",
    VisitorFrame::Page = "page",
    VisitorFrame::PageEvent = "page-event",
    VisitorFrame::After = "after",
    VisitorFrame::Ping = "ping",
});

sampled!(BridgeToVisitor as "bridge-to-visitor", self => self, {
    BridgeToVisitor::Welcome = "welcome",
    BridgeToVisitor::Happened = "happened",
    BridgeToVisitor::State = "state",
    BridgeToVisitor::Accepted = "accepted",
    BridgeToVisitor::Typing = "typing",
    BridgeToVisitor::Refused = "refused",
    BridgeToVisitor::Pong = "pong",
});

sampled!(AgentFrame as "agent", self => self, {
    AgentFrame::Hello = "hello",
    AgentFrame::SetStatus = "set-status",
    AgentFrame::Idle = "idle",
    AgentFrame::Watch = "watch",
    AgentFrame::Unwatch = "unwatch",
    AgentFrame::Act = "act",
    AgentFrame::Typing = "typing",
    AgentFrame::Ping = "ping",
});

sampled!(BridgeToAgent as "bridge-to-agent", self => self, {
    BridgeToAgent::Welcome = "welcome",
    BridgeToAgent::Changed = "changed",
    BridgeToAgent::Gone = "gone",
    BridgeToAgent::Events = "events",
    BridgeToAgent::Happened = "happened",
    BridgeToAgent::Unwatched = "unwatched",
    BridgeToAgent::Notice = "notice",
    BridgeToAgent::Colleague = "colleague",
    BridgeToAgent::Status = "status",
    BridgeToAgent::Typing = "typing",
    BridgeToAgent::Accepted = "accepted",
    BridgeToAgent::Refused = "refused",
    BridgeToAgent::Pong = "pong",
});

sampled!(ProgramFrame as "program", self => self, {
    ProgramFrame::Hello = "hello",
    ProgramFrame::Watch = "watch",
    ProgramFrame::Unwatch = "unwatch",
    ProgramFrame::WatchAll = "watch-all",
    ProgramFrame::Act = "act",
    ProgramFrame::Attend = "attend",
    ProgramFrame::Leave = "leave",
    ProgramFrame::SetStatus = "set-status",
    ProgramFrame::Ping = "ping",
});

sampled!(BridgeToProgram as "bridge-to-program", self => self, {
    BridgeToProgram::Welcome = "welcome",
    BridgeToProgram::Events = "events",
    BridgeToProgram::Happened = "happened",
    BridgeToProgram::ForAgent = "for-agent",
    BridgeToProgram::Left = "left",
    BridgeToProgram::Accepted = "accepted",
    BridgeToProgram::Refused = "refused",
    BridgeToProgram::Pong = "pong",
});

sampled!(Act as "act", self => self, {
    Act::Accept = "accept",
    Act::Decline = "decline",
    Act::Say = "say",
    Act::Comment = "comment",
    Act::Assign = "assign",
    Act::Unassign = "unassign",
    Act::Transfer = "transfer",
    Act::TakeOver = "take-over",
    Act::ReturnToAssistant = "return-to-assistant",
    Act::Join = "join",
    Act::Part = "part",
    Act::Snooze = "snooze",
    Act::Wake = "wake",
    Act::Close = "close",
    Act::FinishWrapUp = "finish-wrap-up",
    Act::MarkSpam = "mark-spam",
    Act::UnmarkSpam = "unmark-spam",
    Act::Tag = "tag",
    Act::SetField = "set-field",
    Act::SetPriority = "set-priority",
    Act::Move = "move",
    Act::StartWorkflow = "start-workflow",
    Act::StopWorkflow = "stop-workflow",
    Act::Dedicate = "dedicate",
});

sampled!(Event as "event", self => &self.happening, {
    Happening::Opened = "opened",
    Happening::Said = "said",
    Happening::Commented = "commented",
    Happening::AgentRequested = "agent-requested",
    Happening::Queued = "queued",
    Happening::StepReached = "step-reached",
    Happening::Offered = "offered",
    Happening::OfferEnded = "offer-ended",
    Happening::Overflowed = "overflowed",
    Happening::Parked = "parked",
    Happening::Assigned = "assigned",
    Happening::Unassigned = "unassigned",
    Happening::TransferOffered = "transfer-offered",
    Happening::TransferEnded = "transfer-ended",
    Happening::Transferred = "transferred",
    Happening::Joined = "joined",
    Happening::Parted = "parted",
    Happening::Snoozed = "snoozed",
    Happening::Woken = "woken",
    Happening::Closed = "closed",
    Happening::WrappedUp = "wrapped-up",
    Happening::Reopened = "reopened",
    Happening::ReturnedToAssistant = "returned-to-assistant",
    Happening::MarkedSpam = "marked-spam",
    Happening::UnmarkedSpam = "unmarked-spam",
    Happening::Tagged = "tagged",
    Happening::FieldSet = "field-set",
    Happening::Dedicated = "dedicated",
    Happening::PrioritySet = "priority-set",
    Happening::PromiseMissed = "promise-missed",
    Happening::Reminded = "reminded",
    Happening::PassedOnTooOften = "passed-on-too-often",
    Happening::UnansweredTooOften = "unanswered-too-often",
    Happening::WentQuiet = "went-quiet",
    Happening::WorkflowStarted = "workflow-started",
    Happening::WorkflowEnded = "workflow-ended",
});

sampled!(VisitorEvent as "told", self => &self.told, {
    Told::Opened = "opened",
    Told::Said = "said",
    Told::AgentRequested = "agent-requested",
    Told::Waiting = "waiting",
    Told::LeaveMessage = "leave-message",
    Told::AgentJoined = "agent-joined",
    Told::AssistantBack = "assistant-back",
    Told::Closed = "closed",
    Told::Reopened = "reopened",
});

sampled!(PreviewReport as "preview-report", self => self, {
    PreviewReport::Ready = "ready",
    PreviewReport::Turn = "turn",
    PreviewReport::Variables = "variables",
    PreviewReport::NotSet = "not-set",
    PreviewReport::Broken = "broken",
});

sampled!(PreviewOrder as "preview-order", self => self, {
    PreviewOrder::Restart = "restart",
    PreviewOrder::Load = "load",
    PreviewOrder::SetVariable = "set-variable",
    PreviewOrder::SetAnswer = "set-answer",
});

sampled!(Content as "content", self => self, {
    Content::Text = "text",
    Content::Options = "options",
    Content::Date = "date",
    Content::Media = "media",
    Content::Button = "button",
    Content::Card = "card",
    Content::Carousel = "carousel",
    Content::Table = "table",
    Content::UserDefined = "user-defined",
});

#[test]
fn every_variant_reads_its_sample_and_writes_it_back() {
    check_samples::<VisitorFrame>();
    check_samples::<BridgeToVisitor>();
    check_samples::<AgentFrame>();
    check_samples::<BridgeToAgent>();
    check_samples::<ProgramFrame>();
    check_samples::<BridgeToProgram>();
    check_samples::<Act>();
    check_samples::<Event>();
    check_samples::<VisitorEvent>();
    check_samples::<PreviewReport>();
    check_samples::<PreviewOrder>();
    check_samples::<Content>();
}

#[test]
fn every_sample_of_a_content_keeps_to_its_bounds() {
    for name in names_of::<Content>() {
        let content: Content = check_round_trip(&name);
        assert_eq!(content.check(), Ok(()), "{name}");
    }
}

#[test]
fn a_site_card_reads_its_sample_and_writes_it_back() {
    check_round_trip::<SiteCard>("site-card");
}

#[test]
fn every_sample_belongs_to_a_variant() {
    let mut names = BTreeSet::from(["site-card".to_owned(), "words".to_owned()]);
    names.extend(names_of::<VisitorFrame>().chain(names_of::<BridgeToVisitor>()));
    names.extend(names_of::<AgentFrame>().chain(names_of::<BridgeToAgent>()));
    names.extend(names_of::<ProgramFrame>().chain(names_of::<BridgeToProgram>()));
    names.extend(names_of::<Content>().chain(names_of::<Act>()).chain(names_of::<VisitorEvent>()));
    names.extend(names_of::<Event>().chain(names_of::<PreviewReport>()).chain(names_of::<PreviewOrder>()));
    let files = std::fs::read_dir(samples()).expect("the samples are there");
    let stem = |file: std::fs::DirEntry| Some(file.path().file_stem()?.to_str()?.to_owned());
    let kept: BTreeSet<String> = files.filter_map(|file| stem(file.expect("a readable folder"))).collect();
    assert_eq!(kept, names);
}

/// Writes a small enum's every value. The match, without a wildcard, stops compiling when there is another.
macro_rules! words {
    ($enum:ident: $($variant:ident),+ $(,)?) => {{
        let _every_variant_is_listed = |word: $enum| match word { $($enum::$variant => ()),+ };
        serde_json::to_value([$($enum::$variant),+]).expect("words are JSON")
    }};
}

#[test]
fn the_words_of_small_enums_are_as_promised() {
    let spoken = serde_json::json!({
        "agent_role": words!(AgentRole: Agent, Supervisor, Admin),
        "agent_status": words!(AgentStatus: Online, Busy, Away, NotResponding, Offline),
        "assigned_how": words!(
            AssignedHow:
            Accepted, Routed, Picked, Given, ByWorkflow, Transferred, LeftFor, TookOver, Returned,
        ),
        "browser_author": words!(BrowserAuthor: Visitor, Assistant),
        "closing_source": words!(
            ClosingSource:
            Visitor, Agent, Workflow, Program, Inactive, Abandoned, NoAgent,
        ),
        "conversation_state": words!(
            ConversationState:
            Automated, Queued, Offered, Open, Pending, WrapUp, Closed, Spam,
        ),
        "hand_off_reason": words!(
            HandOffReason:
            Planned, AgentRequested, NoMatches, ValidationFailed, TopicReturnFailed, DangerWord,
            Profanity,
        ),
        "offer_end": words!(OfferEnd: Declined, TimedOut, AgentLeft, Taken, Withdrawn),
        "opening_source": words!(OpeningSource: Visitor, Agent, Workflow, Program),
        "overflow_why": words!(OverflowWhy: MaxWait, Full, ClosedHours, PlanEnded, NoMembers, NobodyOnline),
        "passed_over": words!(
            PassedOver:
            Offline, Away, Busy, NotResponding, Full, Skill, Language, LetGo, Never, QueueLimit,
            Fairness,
        ),
        "promise": words!(Promise: FirstReply, NextReply),
        "queued_why": words!(
            QueuedWhy:
            HandOff, Transferred, Unassigned, Overflowed, Woken, Reopened, Unmarked, Assigned,
        ),
        "reason_use": words!(ReasonUse: Transfer, Decline, Close),
        "refusal_code": words!(
            RefusalCode:
            UnknownFrame, WrongVersion, HelloFirst, TooLarge, Malformed, UnknownSite,
            UnknownConversation, NotSignedIn, NotAllowed, AssistantSilent, NoLongerAvailable,
            Closed, NotOnline, WrongState, ReasonRequired, NoteRequired, UnknownName, AlreadyThere,
            NoRoom, TooOften, TryAgain,
        ),
        "return_why": words!(ReturnWhy: Staff, VisitorCancelled, NoAgent),
        "skip_reason": words!(
            SkipReason:
            Time, PreferredAway, PreferredLetGo, NobodyOnline, NobodyEligible, TooMany, ClosedHours,
        ),
        "timer_kind": words!(
            TimerKind:
            Offer, PlanStep, Exclusion, MaxWait, Abandon, FirstReply, Promise, Reminder, AutoClose,
            Snooze, Quiet, WrapUp, Orphan,
        ),
        "unassigned_why": words!(UnassignedWhy: GivenBack, Taken, NoReply, OwnerLeft, OwnerRemoved),
        "wake_why": words!(WakeWhy: Time, VisitorWrote, AgentWrote, StaffAsked),
        "what": words!(What: RoundRobin, LeastOpen, MostAvailable, LongestIdle, BestSkill, Manual),
        "wrap_up_end": words!(WrapUpEnd: Finished, TimedOut, Reopened),
    });
    assert_eq!(spoken, sample("words"));
}

#[test]
fn the_beginning_of_a_frame_is_not_a_frame() {
    for name in names_of::<VisitorFrame>().chain(names_of::<AgentFrame>()) {
        let text = sample(&name).to_string();
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            assert!(serde_json::from_str::<VisitorFrame>(&text[..end]).is_err(), "{name} cut at {end}");
            assert!(serde_json::from_str::<AgentFrame>(&text[..end]).is_err(), "{name} cut at {end}");
        }
    }
}

#[test]
fn a_visitor_has_no_way_to_write_an_agents_word() {
    let mut say = sample("visitor.say");
    for author in
        [serde_json::json!("agent"), sample("event.commented")["happening"]["commented"]["author"].clone()]
    {
        say["say"]["author"] = author;
        assert!(serde_json::from_value::<VisitorFrame>(say.clone()).is_err(), "{say}");
    }
}

/// What the staff does among themselves is no business of the visitor's.
#[test]
fn visitors_are_told_of_what_concerns_them_and_of_nothing_else() {
    let told = [
        "opened",
        "said",
        "agent-requested",
        "parked",
        "assigned",
        "closed",
        "reopened",
        "returned-to-assistant",
    ];
    for (name, variant) in names_of::<Event>().zip(Event::VARIANTS) {
        let event: Event = check_round_trip(&name);
        assert_eq!(event.for_visitor().is_some(), told.contains(variant), "{name}");
    }
    let mut passed_on = sample("event.queued");
    passed_on["happening"]["queued"]["why"] = serde_json::json!("transferred");
    let passed_on: Event = serde_json::from_value(passed_on).expect("an event");
    assert_eq!(passed_on.for_visitor().map(|event| event.told), Some(Told::Waiting));
}

#[test]
fn what_visitors_are_told_says_nothing_of_the_staffs_own() {
    let closed: Event = check_round_trip("event.closed");
    let told = serde_json::to_string(&closed.for_visitor()).expect("it can be written");
    for hidden in ["Thursday at 8", "service-booked", "wrap_up", "01932f0c-7d00-7000-8000-00000000000f"] {
        assert!(!told.contains(hidden), "{hidden} in {told}");
    }
    let assigned: Event = check_round_trip("event.assigned");
    let told = serde_json::to_string(&assigned.for_visitor()).expect("it can be written");
    assert!(!told.contains("longest_idle") && told.contains("Nora"), "{told}");
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic_a_reader(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        read_everywhere(&bytes);
    }

    #[test]
    fn a_damaged_frame_never_panics_a_reader(
        name in proptest::sample::select(frame_names()),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..6),
    ) {
        let mut bytes = sample(&name).to_string().into_bytes();
        for (at, byte, kind) in damage {
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => bytes.truncate(at.max(1)),
            }
        }
        read_everywhere(&bytes);
    }

    #[test]
    fn what_is_written_arrives_letter_for_letter(text in "\\PC{0,40}[^\\s]\\PC{0,40}") {
        let mut say = sample("visitor.say");
        say["say"]["content"] = serde_json::json!({ "text": { "text": text } });
        let frame: VisitorFrame = serde_json::from_value(say.clone()).expect("a text that is not blank");
        prop_assert_eq!(serde_json::to_value(&frame).expect("frames are JSON"), say);
    }
}

/// Reads bytes as everything that can be received; what can be read must read the same when written again.
fn read_everywhere(bytes: &[u8]) {
    fn read<T: Sampled>(bytes: &[u8]) {
        if let Ok(value) = serde_json::from_slice::<T>(bytes) {
            let again = serde_json::to_vec(&value).expect("what was read can be written");
            assert_eq!(serde_json::from_slice::<T>(&again).expect("and read again"), value);
        }
    }
    read::<VisitorFrame>(bytes);
    read::<AgentFrame>(bytes);
    read::<BridgeToVisitor>(bytes);
    read::<BridgeToAgent>(bytes);
    read::<PreviewOrder>(bytes);
    read::<PreviewReport>(bytes);
    read::<Content>(bytes);
    read::<Act>(bytes);
}

fn check_samples<T: Sampled>() {
    for (name, variant) in names_of::<T>().zip(T::VARIANTS) {
        let value: T = check_round_trip(&name);
        assert_eq!(value.variant(), *variant, "{name}.json holds another variant");
    }
}

fn check_round_trip<T: Serialize + DeserializeOwned>(name: &str) -> T {
    let json = sample(name);
    let value: T = serde_json::from_value(json.clone()).unwrap_or_else(|e| panic!("{name}.json: {e}"));
    assert_eq!(
        serde_json::to_value(&value).expect("it can be written"),
        json,
        "{name}.json changed on the way"
    );
    value
}

fn frame_names() -> Vec<String> {
    names_of::<VisitorFrame>().chain(names_of::<AgentFrame>()).chain(names_of::<BridgeToVisitor>()).collect()
}

fn names_of<T: Sampled>() -> impl Iterator<Item = String> {
    T::VARIANTS.iter().map(|variant| format!("{}.{variant}", T::FAMILY))
}

fn sample(name: &str) -> Value {
    let path = samples().join(format!("{name}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn samples() -> PathBuf {
    acceptance::root().join("tests/samples")
}
