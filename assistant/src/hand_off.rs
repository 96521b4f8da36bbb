//! What is handed over when a person is asked for, within the limits of the wire.

use crate::answer::cut;
use crate::definition::{BUILT_IN_ACTIONS, Connect, Definition, FALLBACK, NO_MATCHES};
use crate::known::Known;
use crate::session::{Before, Talk};
use protocol::limits::{COLLECTED_BYTES_MAX, COLLECTED_MAX, FRAME_BYTES_MAX, MESSAGE_BYTES_MAX};
use protocol::{Collected, HandOff, HandOffReason};

/// Words a step's hand-off, with everything the agent should know.
pub fn hand_off(connect: &Connect, talk: &Talk, known: &Known<'_>) -> HandOff {
    let definition = known.definition;
    let before = talk.before.as_ref();
    let earlier = before.into_iter().flat_map(|before| before.collected.iter().cloned());
    let mut collected: Vec<Collected> = earlier.chain(answers(definition, talk)).collect();
    collected.extend(shown_variables(known));
    within_limits(HandOff {
        queue: connect.queue.clone(),
        reason: reason(talk),
        online_message: known.render(&connect.online_message),
        offline_message: known.render(&connect.offline_message),
        message_to_agent: connect.message_to_agent.as_ref().map(|text| known.render(text)),
        action: before.map(|before| before.action.clone()).or_else(|| title(definition, &talk.action)),
        collected,
    })
}

/// What the fallback takes over from a talk: the action it was about, which may lie behind an earlier fallback.
pub fn before(definition: &Definition, talk: Talk) -> Option<Before> {
    let mut collected: Vec<Collected> = answers(definition, &talk).collect();
    match (talk.before, title(definition, &talk.action)) {
        (Some(mut before), _) => {
            before.collected.append(&mut collected);
            Some(before)
        }
        (None, Some(action)) => Some(Before { action, collected }),
        (None, None) => None,
    }
}

/// The code authors compare `fallback_reason` with; the same as on the wire.
pub fn code(reason: HandOffReason) -> &'static str {
    match reason {
        HandOffReason::Planned => "planned",
        HandOffReason::AgentRequested => "agent_requested",
        HandOffReason::NoMatches => "no_matches",
        HandOffReason::ValidationFailed => "validation_failed",
    }
}

fn reason(talk: &Talk) -> HandOffReason {
    let in_no_matches = talk.action == BUILT_IN_ACTIONS[NO_MATCHES];
    talk.reason.unwrap_or(if in_no_matches { HandOffReason::NoMatches } else { HandOffReason::Planned })
}

/// The title of an author's action: the built-in ones tell an agent nothing.
fn title(definition: &Definition, id: &str) -> Option<String> {
    let own = definition.actions.iter().skip(FALLBACK + 1);
    own.into_iter().find(|action| action.id == id).map(|action| action.title.clone())
}

fn answers<'a>(definition: &'a Definition, talk: &'a Talk) -> impl Iterator<Item = Collected> + 'a {
    let action = definition.actions.iter().find(|action| action.id == talk.action);
    talk.answers.iter().map(move |(id, value)| {
        let step = action.and_then(|action| action.steps.iter().find(|step| step.id == *id));
        let label = step.and_then(|step| step.ask.as_ref()?.label.clone());
        Collected { label: label.unwrap_or_else(|| readable(id)), value: value.to_string() }
    })
}

fn shown_variables(known: &Known<'_>) -> Vec<Collected> {
    let shown = known.definition.variables.iter().filter_map(|variable| {
        let label = variable.shown_as.clone()?;
        let value = known.variable(&variable.name)?.to_string();
        (!value.is_empty()).then_some(Collected { label, value })
    });
    shown.collect()
}

/// A step's id as words: `bike_kind` is `Bike kind`.
fn readable(id: &str) -> String {
    let words = id.replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Cuts what is too long: a visitor can write so much that the whole would not fit the frame it travels in. The
/// transcript keeps the full words.
fn within_limits(hand_off: HandOff) -> HandOff {
    /// Left for the rest of the frame.
    const AROUND_BYTES: usize = 1024;
    let mut bytes_max = MESSAGE_BYTES_MAX;
    loop {
        let cut = shortened(&hand_off, bytes_max);
        let bytes = serde_json::to_string(&cut).map_or(0, |json| json.len());
        if bytes + AROUND_BYTES <= FRAME_BYTES_MAX || bytes_max == 0 {
            return cut;
        }
        bytes_max /= 2;
    }
}

fn shortened(hand_off: &HandOff, bytes_max: usize) -> HandOff {
    let text = |text: &String| cut(text, bytes_max).to_owned();
    let value = |text: &String| cut(text, bytes_max.min(COLLECTED_BYTES_MAX)).to_owned();
    let collected = hand_off.collected.iter().take(COLLECTED_MAX);
    HandOff {
        queue: hand_off.queue.clone(),
        reason: hand_off.reason,
        online_message: text(&hand_off.online_message),
        offline_message: text(&hand_off.offline_message),
        message_to_agent: hand_off.message_to_agent.as_ref().map(text),
        action: hand_off.action.as_ref().map(text),
        collected: collected.map(|c| Collected { label: value(&c.label), value: value(&c.value) }).collect(),
    }
}
