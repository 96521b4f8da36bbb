//! Who was asked to take a conversation or was given it, from its events: by whom, how, and why them.

use protocol::{
    Actor, AgentId, AssignedHow, Event, Happening, OfferEnd, ReasonId, Routed, Target, Timestamp,
};
use schemars::JsonSchema;
use serde::Serialize;

/// One decision: somebody was asked to take it, or it became theirs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Decided {
    /// Number of the event.
    number: u64,
    /// When.
    at: Timestamp,
    /// Who was asked, or has it from then on.
    to: Vec<AgentId>,
    /// How it became theirs; `null` when they were only asked.
    how: Option<AssignedHow>,
    /// Whose doing it was; of what was passed on, who passed it on.
    by: Actor,
    /// Why it was passed on, one of the configured reasons; `null` when it was not.
    reason: Option<ReasonId>,
    /// Why them, and who was passed over for what reason; `null` when they took it themselves, or a colleague asked them.
    routed: Option<Routed>,
    /// What became of asking each, but for who accepted: that is a decision of its own.
    ended: Vec<(AgentId, OfferEnd)>,
}

/// That it was passed on, which the next event carries out.
struct Passed<'e> {
    number: u64,
    by: &'e Actor,
    to: &'e Target,
    reason: &'e ReasonId,
}

/// The decisions that these events tell of, in their order: one for each time it became somebody's, and one for each time
/// somebody was asked.
pub fn decisions(events: &[Event]) -> Vec<Decided> {
    let mut decided: Vec<Decided> = Vec::new();
    let mut passed: Option<Passed<'_>> = None;
    for event in events {
        if let Some((agent, why)) = ended(&event.happening) {
            let asked = decided.iter_mut().rev().find(|one| one.how.is_none() && one.to.contains(&agent));
            if let Some(asked) = asked {
                asked.ended.push((agent, why));
            }
        }
        if let Happening::Transferred { to, reason, .. } = &event.happening {
            passed = Some(Passed { number: event.number, by: &event.by, to, reason });
        }
        decided.extend(decision(event, passed.as_ref()));
    }
    decided
}

/// Whom asking ended for, and why.
fn ended(happening: &Happening) -> Option<(AgentId, OfferEnd)> {
    if let Happening::OfferEnded { agent, why, .. } | Happening::TransferEnded { agent, why } = happening {
        Some((*agent, *why))
    } else {
        None
    }
}

fn decision(event: &Event, passed: Option<&Passed<'_>>) -> Option<Decided> {
    let (to, how, reason, routed) = if let Happening::Offered { to, routed, .. } = &event.happening {
        (to.clone(), None, None, Some(routed))
    } else if let Happening::TransferOffered { to, reason, .. } = &event.happening {
        (vec![*to], None, Some(reason), None)
    } else if let Happening::Assigned { to, how, routed, .. } = &event.happening {
        (vec![to.id], Some(*how), None, routed.as_ref())
    } else {
        return None;
    };
    let passed = passed.filter(|passed| {
        let theirs = matches!(passed.to, Target::Agent(agent) if to == [*agent]);
        theirs && passed.number + 1 == event.number
    });
    Some(Decided {
        number: event.number,
        at: event.at,
        to,
        how,
        by: passed.map_or(&event.by, |passed| passed.by).clone(),
        reason: passed.map(|passed| passed.reason).or(reason).cloned(),
        routed: routed.map(|routed| routed.as_ref().clone()),
        ended: Vec::new(),
    })
}
