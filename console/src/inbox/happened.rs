//! What happened, in one sentence each: who did it, what, and why.

use super::office::Office;
use protocol::{
    Actor, AgentBadge, AgentId, AssignedHow, Closing, ClosingSource, Event, Happening, OfferEnd,
    OpeningSource, Outlet, OverflowWhy, PlanPlace, Promise, QueueId, QueuedWhy, ReasonId, ReturnWhy,
    SkipReason, SpamSign, SpamWhy, Target, UnassignedWhy, WakeWhy, WrapUpEnd,
};

/// The sentence; `None` for what was said: that is shown as it was said.
pub fn sentence(event: &Event, office: &Office) -> Option<String> {
    let by = || actor(&event.by, office);
    let words = match &event.happening {
        Happening::Said { .. } | Happening::Commented { .. } => return None,
        Happening::Opened { site, source, .. } => opened(*source, site.as_str(), &by()),
        Happening::AgentRequested { queue, online, hand_off } => {
            let presence = if *online { "somebody was online" } else { "nobody was online" };
            format!("{} — to {}, {presence}", hand_off.reason.describe(), office.queue(queue))
        }
        Happening::Queued { target, why, preferred, .. } => queued(target, *why, preferred, office),
        Happening::StepReached { step, why, .. } => format!("Now {}: {}", place(*step), skipped(*why)),
        Happening::Offered { to, .. } => format!("Offered to {}", several(to, office)),
        Happening::OfferEnded { agent, why, reason } => offer_end(*agent, *why, reason.as_ref(), office),
        Happening::Overflowed { queue, why, outlet } => overflowed(queue, *why, outlet, office),
        Happening::Parked { .. } => "It waits for somebody to pick it".to_owned(),
        Happening::Assigned { to, how, .. } => assigned(to, *how, &by(), office),
        Happening::Unassigned { from, why } => unassigned(*from, *why, &by(), office),
        Happening::TransferOffered { to, reason, .. } => {
            format!("{} asked {} to take it: {}", by(), office.agent(*to), office.reason(reason))
        }
        Happening::TransferEnded { agent, why } => {
            format!("{} did not take it ({}): it stays where it is", cap(office.agent(*agent)), ended(*why))
        }
        Happening::Transferred { from, to, reason, .. } => {
            let who = passer(&event.by, *from, to, office);
            format!("{who} passed it on to {}: {}", office.target(to), office.reason(reason))
        }
        Happening::Joined { agent } => does(office.badge(agent), "take part", "takes part"),
        Happening::Parted { agent } => {
            does(office.agent(*agent), "do not take part any more", "does not take part any more")
        }
        Happening::Snoozed { .. } => format!("{} put it aside", by()),
        Happening::Woken { why } => woken(*why, &by()),
        Happening::Closed(closing) => closed(closing, &by(), office),
        Happening::WrappedUp { agent, end } => wrapped_up(office.agent(*agent), *end),
        Happening::Reopened => "Opened again: the visitor wrote".to_owned(),
        Happening::ReturnedToAssistant { why, .. } => returned(*why, &by()),
        Happening::MarkedSpam(why) => spam(why, &by()),
        Happening::UnmarkedSpam => format!("{} said that it is no spam", by()),
        Happening::Tagged { tag, added: true } => format!("{} added the tag “{tag}”", by()),
        Happening::Tagged { tag, added: false } => format!("{} removed the tag “{tag}”", by()),
        Happening::FieldSet { field, value: Some(value) } => format!("{} set {field} to “{value}”", by()),
        Happening::FieldSet { field, value: None } => format!("{} cleared {field}", by()),
        Happening::Dedicated { agent: Some(agent) } => {
            format!("{} made this visitor {}’s", by(), office.agent(*agent))
        }
        Happening::Dedicated { agent: None } => format!("{} made this visitor nobody’s in particular", by()),
        Happening::PrioritySet { priority } => format!("{} set the priority to {priority}", by()),
        Happening::PromiseMissed { promise: Promise::FirstReply, .. } => {
            "The first answer is late".to_owned()
        }
        Happening::PromiseMissed { promise: Promise::NextReply, .. } => "An answer is late".to_owned(),
        Happening::Reminded => "The visitor was reminded".to_owned(),
        Happening::PassedOnTooOften { transfers } => {
            format!("Passed on {transfers} times: a supervisor should look at it")
        }
        Happening::UnansweredTooOften { times } => {
            format!("Unanswered {times} times: a supervisor should look at it")
        }
        Happening::WentQuiet => "Quiet: it takes no room until the visitor writes".to_owned(),
        Happening::WorkflowStarted { workflow, version, .. } => {
            format!("The workflow {workflow} began (version {version})")
        }
        Happening::WorkflowEnded { workflow, how, .. } => format!("The workflow {workflow} is over: {how}"),
    };
    Some(words)
}

/// A remark somebody left with it for the staff.
pub fn note(happening: &Happening) -> Option<&str> {
    if let Happening::TransferOffered { note, .. }
    | Happening::Transferred { note, .. }
    | Happening::ReturnedToAssistant { note, .. }
    | Happening::Closed(Closing { note, .. }) = happening
    {
        note.as_deref()
    } else {
        None
    }
}

/// Who did it, at the beginning of a sentence.
fn actor(actor: &Actor, office: &Office) -> String {
    match actor {
        Actor::Visitor => "The visitor".to_owned(),
        Actor::Agent(agent) => cap(office.badge(agent)),
        Actor::Workflow { workflow, .. } => format!("The workflow {workflow}"),
        Actor::Program { name, .. } => format!("The program {name}"),
        Actor::ForAgent { agent, name, .. } => format!("{} (by {name})", cap(office.badge(agent))),
        Actor::Router => "Routing".to_owned(),
        Actor::Bridge => "The bridge".to_owned(),
    }
}

/// Who passed it on. Whoever takes what they were asked to take did not: whose it was did.
fn passer(by: &Actor, from: Option<AgentId>, to: &Target, office: &Office) -> String {
    let acting = match by {
        Actor::Agent(agent) | Actor::ForAgent { agent, .. } => Some(Target::Agent(agent.id)),
        Actor::Visitor | Actor::Workflow { .. } | Actor::Program { .. } | Actor::Router | Actor::Bridge => {
            None
        }
    };
    match from.filter(|_| acting.as_ref() == Some(to)) {
        Some(owner) => cap(office.agent(owner)),
        None => actor(by, office),
    }
}

fn cap(name: &str) -> String {
    if name == "you" { "You".to_owned() } else { name.to_owned() }
}

/// "You take part", "Ben takes part".
fn does(who: &str, mine: &str, theirs: &str) -> String {
    format!("{} {}", cap(who), if who == "you" { mine } else { theirs })
}

fn opened(source: OpeningSource, site: &str, by: &str) -> String {
    match source {
        OpeningSource::Visitor => format!("Conversation started on {site}"),
        OpeningSource::Agent | OpeningSource::Workflow | OpeningSource::Program => {
            format!("{by} started the conversation on {site}")
        }
    }
}

fn queued(target: &Target, why: QueuedWhy, preferred: &[(AgentId, Option<u32>)], office: &Office) -> String {
    let why = match why {
        QueuedWhy::HandOff => "",
        QueuedWhy::Transferred => ", passed on",
        QueuedWhy::Unassigned => ", because nobody has it any more",
        QueuedWhy::Overflowed => ", because another queue did not keep it",
        QueuedWhy::Woken => ", because who put it aside is not there any more",
        QueuedWhy::Reopened => ", because it was opened again",
        QueuedWhy::Unmarked => ", because it is no spam",
        QueuedWhy::Assigned => ", assigned",
    };
    let first = match preferred.first() {
        Some((agent, _)) => format!("; {} first", office.agent(*agent)),
        None => String::new(),
    };
    format!("Waits for {}{why}{first}", office.target(target))
}

pub(super) fn place(place: PlanPlace) -> String {
    match place {
        PlanPlace::Preferred(_) => "held for the preferred person".to_owned(),
        PlanPlace::Step(step) => format!("step {} of the plan", step + 1),
    }
}

fn skipped(why: SkipReason) -> &'static str {
    match why {
        SkipReason::Time => "the time of the step before is over",
        SkipReason::PreferredAway => "the preferred person is not there",
        SkipReason::PreferredLetGo => "the preferred person let it go",
        SkipReason::NobodyOnline => "nobody of the step before is online",
        SkipReason::NobodyEligible => "nobody of the step before could take it",
        SkipReason::TooMany => "too many wait",
        SkipReason::ClosedHours => "the queue is not open",
    }
}

fn several(agents: &[AgentId], office: &Office) -> String {
    const NAMED: usize = 3;
    let names: Vec<&str> = agents.iter().take(NAMED).map(|agent| office.agent(*agent)).collect();
    match agents.len().saturating_sub(NAMED) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

fn offer_end(agent: AgentId, why: OfferEnd, reason: Option<&ReasonId>, office: &Office) -> String {
    let whom = office.agent(agent);
    match (why, reason) {
        (OfferEnd::Declined, Some(reason)) => format!("{} declined: {}", cap(whom), office.reason(reason)),
        (OfferEnd::Declined, None) => format!("{} declined", cap(whom)),
        (OfferEnd::TimedOut | OfferEnd::AgentLeft | OfferEnd::Taken | OfferEnd::Withdrawn, _) => {
            format!("The offer to {whom} ended: {}", ended(why))
        }
    }
}

fn ended(why: OfferEnd) -> &'static str {
    match why {
        OfferEnd::Declined => "declined",
        OfferEnd::TimedOut => "no answer",
        OfferEnd::AgentLeft => "no longer online",
        OfferEnd::Taken => "somebody else has it",
        OfferEnd::Withdrawn => "it does not wait any more",
    }
}

fn overflowed(queue: &QueueId, why: OverflowWhy, outlet: &Outlet, office: &Office) -> String {
    let why = match why {
        OverflowWhy::MaxWait => "it waited as long as it may",
        OverflowWhy::Full => "too many wait",
        OverflowWhy::ClosedHours => "it is not open",
        OverflowWhy::PlanEnded => "its plan is over",
        OverflowWhy::NoMembers => "nobody serves it",
        OverflowWhy::NobodyOnline => "nobody who serves it is online",
    };
    let whereto = match outlet {
        Outlet::Wait => "it goes on waiting".to_owned(),
        Outlet::Queue(other) => format!("on to {}", office.queue(other)),
        Outlet::Agent(agent) => format!("on to {}", office.agent(*agent)),
        Outlet::Assistant => "back to the assistant".to_owned(),
        Outlet::LeaveMessage => "the visitor may leave a message".to_owned(),
        Outlet::Close => "it is closed".to_owned(),
    };
    format!("{} did not keep it ({why}): {whereto}", office.queue(queue))
}

fn assigned(to: &AgentBadge, how: AssignedHow, by: &str, office: &Office) -> String {
    let whom = office.badge(to);
    match how {
        AssignedHow::Accepted => format!("{} accepted", cap(whom)),
        AssignedHow::Routed => format!("Routing gave it to {whom}"),
        AssignedHow::Picked => format!("{} picked it", cap(whom)),
        AssignedHow::Given | AssignedHow::ByWorkflow => format!("{by} gave it to {whom}"),
        AssignedHow::Transferred => {
            does(whom, "have it now: it was passed on", "has it now: it was passed on")
        }
        AssignedHow::LeftFor => format!("{by} left it for {whom}, who was away"),
        AssignedHow::TookOver => format!("{} took it over", cap(whom)),
        AssignedHow::Returned => format!("Back with {whom}"),
    }
}

fn unassigned(from: AgentId, why: UnassignedWhy, by: &str, office: &Office) -> String {
    let whose = office.agent(from);
    match why {
        UnassignedWhy::GivenBack => format!("{by} gave it back"),
        UnassignedWhy::Taken => format!("{by} took it from {whose}"),
        UnassignedWhy::NoReply => format!("{} did not answer in time", cap(whose)),
        UnassignedWhy::OwnerLeft => format!("{} went away", cap(whose)),
        UnassignedWhy::OwnerRemoved => {
            does(whose, "do not work here any more", "does not work here any more")
        }
    }
}

fn woken(why: WakeWhy, by: &str) -> String {
    match why {
        WakeWhy::Time => "Back: its time has come".to_owned(),
        WakeWhy::VisitorWrote => "Back: the visitor wrote".to_owned(),
        WakeWhy::AgentWrote => format!("Back: {by} took it up again"),
        WakeWhy::StaffAsked => format!("Back: {by} wanted it"),
    }
}

fn closed(closing: &Closing, by: &str, office: &Office) -> String {
    let what = match closing.source {
        ClosingSource::Visitor => "Ended by the visitor".to_owned(),
        ClosingSource::Agent | ClosingSource::Workflow | ClosingSource::Program => format!("{by} closed it"),
        ClosingSource::Inactive => "Closed: nobody wrote for long".to_owned(),
        ClosingSource::Abandoned => "Closed: the visitor left while waiting".to_owned(),
        ClosingSource::NoAgent => "Closed: nobody could take it".to_owned(),
    };
    match &closing.category {
        Some(category) => format!("{what} — {}", office.reason(category)),
        None => what,
    }
}

fn wrapped_up(who: &str, end: WrapUpEnd) -> String {
    match end {
        WrapUpEnd::Finished => format!("{} finished the notes", cap(who)),
        WrapUpEnd::TimedOut => "The time for notes is over".to_owned(),
        WrapUpEnd::Reopened => "The notes ended: the conversation goes on".to_owned(),
    }
}

fn returned(why: ReturnWhy, by: &str) -> String {
    match why {
        ReturnWhy::Staff => format!("{by} gave it back to the assistant"),
        ReturnWhy::VisitorCancelled => "The visitor stopped waiting: the assistant answers again".to_owned(),
        ReturnWhy::NoAgent => "Nobody could take it: the assistant answers again".to_owned(),
    }
}

fn spam(why: &SpamWhy, by: &str) -> String {
    match why {
        SpamWhy::Marked => format!("{by} marked it as spam"),
        SpamWhy::Detected(signs) => {
            let signs: Vec<String> = signs.iter().map(sign).collect();
            format!("Taken for spam: {}", signs.join(", "))
        }
    }
}

fn sign(sign: &SpamSign) -> String {
    match sign {
        SpamSign::TooMany { messages, seconds } => format!("{messages} messages in {seconds} s"),
        SpamSign::Repeated { times, seconds } => format!("the same {times} times in {seconds} s"),
        SpamSign::Links(count) => format!("{count} links in one message"),
        SpamSign::Word(word) => format!("the word “{word}”"),
        SpamSign::Host(host) => format!("a link to {host}"),
        SpamSign::Blocked => "the visitor is blocked".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;
    use super::*;

    #[test]
    fn a_sentence_says_who_did_it_and_why() {
        let reason = ReasonId::new("billing").expect("a slug");
        let to = Target::Team(protocol::TeamId::new("sales").expect("a slug"));
        let passed = Happening::Transferred { from: Some(ME), to, reason, note: Some("VIP".to_owned()) };
        assert_eq!(note(&passed), Some("VIP"));
        for (by, who) in [(ME, "You"), (COLLEAGUE, "Ben")] {
            let event = Event { by: Actor::Agent(badge(by)), ..event(1, passed.clone()) };
            let expected = format!("{who} passed it on to the team Sales: About a bill");
            assert_eq!(sentence(&event, &office()), Some(expected));
        }
    }

    #[test]
    fn whoever_accepts_what_was_passed_on_is_not_who_passed_it_on() {
        let reason = ReasonId::new("billing").expect("a slug");
        let told = |by, from, to| {
            let passed = Happening::Transferred {
                from: Some(from),
                to: Target::Agent(to),
                reason: reason.clone(),
                note: None,
            };
            sentence(&Event { by: Actor::Agent(badge(by)), ..event(1, passed) }, &office())
        };
        for accepted_by_or_passed_by in [ME, COLLEAGUE] {
            let words = told(accepted_by_or_passed_by, COLLEAGUE, ME);
            assert_eq!(words.as_deref(), Some("Ben passed it on to you: About a bill"));
        }
        for accepted_by_or_passed_by in [ME, CLEO] {
            let words = told(accepted_by_or_passed_by, ME, CLEO);
            assert_eq!(words.as_deref(), Some("You passed it on to Cleo: About a bill"));
        }
        assert_eq!(told(CLEO, ME, COLLEAGUE).as_deref(), Some("Cleo passed it on to Ben: About a bill"));
    }

    #[test]
    fn i_am_you_in_every_place_of_a_sentence() {
        let cases = [
            (
                Happening::Offered { to: vec![ME, COLLEAGUE], until: at(9), routed: routed() },
                "Offered to you, Ben",
            ),
            (declined(ME, None), "You declined"),
            (declined(COLLEAGUE, Some("lunch")), "Ben declined: lunch"),
            (Happening::Joined { agent: badge(ME) }, "You take part"),
            (Happening::Joined { agent: badge(COLLEAGUE) }, "Ben takes part"),
        ];
        for (happening, words) in cases {
            assert_eq!(sentence(&event(1, happening), &office()).as_deref(), Some(words));
        }
    }

    #[test]
    fn spam_is_explained_by_its_signs() {
        let signs = vec![SpamSign::Links(9), SpamSign::Word("casino".to_owned())];
        let words = sentence(&event(1, Happening::MarkedSpam(SpamWhy::Detected(signs))), &office());
        assert_eq!(words.as_deref(), Some("Taken for spam: 9 links in one message, the word “casino”"));
    }

    fn declined(agent: AgentId, reason: Option<&str>) -> Happening {
        let reason = reason.map(|reason| ReasonId::new(reason).expect("a slug"));
        Happening::OfferEnded { agent, why: OfferEnd::Declined, reason }
    }
}
