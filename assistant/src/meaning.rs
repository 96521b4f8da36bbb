//! What an utterance means where the talk stands: an answer, an action, a person, or nothing.
//!
//! An utterance that is nothing but a valid answer to the waiting question is that answer. An answer that stands inside
//! a longer sentence gives way to a surer topic or person. Without a valid answer, a recognised topic is followed, and
//! the answer counts as invalid otherwise.

use crate::Assistant;
use crate::answer::{self, Reading};
use crate::definition::{Action, Ask, BUILT_IN_ACTIONS, Definition, FALLBACK, GREETING, Kind, NO_MATCHES};
use crate::session::Talk;
use crate::value::Value;
use protocol::inspect::Candidate;

/// A topic or person this sure overrules an answer found inside a sentence; a person, also a free text.
const SURE: f32 = 0.9;

/// A topic this sure is followed when the waiting question got no valid answer. Above the threshold, because following
/// it gives up the answers so far.
const TOPIC_CHANGE: f32 = 0.7;

/// How surely each action is meant, the surest first.
#[derive(Debug, Default)]
pub struct Ranking(pub Vec<(usize, f32)>);

/// What an utterance means.
#[derive(Debug, PartialEq)]
pub enum Meaning {
    /// The answer to the waiting question.
    Answer(Value),
    /// An invalid answer to the waiting question, for this reason.
    Invalid(String),
    /// This action.
    Action(usize),
    /// A person is asked for.
    Person,
    /// Nothing the assistant knows.
    Nothing,
}

/// A meaning and, in one sentence, why.
#[derive(Debug)]
pub struct Understood {
    /// The meaning.
    pub meaning: Meaning,
    /// Why.
    pub verdict: String,
}

impl Ranking {
    /// Compares an utterance with all actions.
    pub fn of(assistant: &Assistant, said: &str) -> Self {
        let confidences = assistant.model.confidences(said).into_iter().enumerate();
        let mut ranked: Vec<(usize, f32)> = confidences.filter(|(index, _)| *index != GREETING).collect();
        ranked.sort_unstable_by(|(i, a), (j, b)| b.total_cmp(a).then(i.cmp(j)));
        Self(ranked)
    }

    /// The actions with any likeness at all, for the inspector.
    pub fn candidates(&self, definition: &Definition) -> Vec<Candidate> {
        let candidate = |(index, confidence): &(usize, f32)| {
            let action = definition.actions.get(*index)?;
            Some(Candidate {
                action: action.id.clone(),
                title: action.title.clone(),
                confidence: *confidence,
            })
        };
        self.0.iter().filter(|(_, confidence)| *confidence > 0.0).filter_map(candidate).collect()
    }

    /// Titles of the author's actions that could be meant, the likeliest first; then others as the author ordered them.
    pub fn suggestions(&self, definition: &Definition, count: usize) -> Vec<String> {
        const CONFIDENCE_MIN: f32 = 0.1;
        let likely = self.0.iter().filter(|(_, sure)| *sure >= CONFIDENCE_MIN).map(|(index, _)| *index);
        let others = (0..definition.actions.len()).filter(|index| self.of_action(*index) < CONFIDENCE_MIN);
        let own = likely.chain(others).filter(|index| *index >= BUILT_IN_ACTIONS.len());
        let actions = own.filter_map(|index| definition.actions.get(index));
        actions.take(count).map(|action| action.title.clone()).collect()
    }

    fn of_action(&self, action: usize) -> f32 {
        self.0.iter().find(|(index, _)| *index == action).map_or(0.0, |(_, confidence)| *confidence)
    }

    fn without(&self, action: Option<usize>) -> impl Iterator<Item = (usize, f32)> {
        self.0.iter().copied().filter(move |(index, _)| Some(*index) != action)
    }
}

/// Finds the meaning of an utterance; `talk` is the action that waits for an answer.
pub fn understand(assistant: &Assistant, ranking: &Ranking, talk: Option<&Talk>, said: &str) -> Understood {
    let place = talk.and_then(|talk| talk.place(&assistant.definition));
    match place.and_then(|(index, action, _, step)| Some((index, action, step.ask.as_ref()?))) {
        Some((index, action, ask)) => waiting(assistant, ranking, (index, action), ask, said),
        None => topic(assistant, ranking),
    }
}

fn waiting(
    assistant: &Assistant,
    ranking: &Ranking,
    (index, action): (usize, &Action),
    ask: &Ask,
    said: &str,
) -> Understood {
    let threshold = assistant.definition.threshold;
    let other = ranking.without(Some(index)).next().filter(|(_, sure)| *sure > ranking.of_action(index));
    let other = other.filter(|(index, _)| *index != NO_MATCHES);
    let at_least = |sure: f32| other.filter(|(_, confidence)| *confidence >= sure);
    let person = |(index, confidence): (usize, f32)| (index == FALLBACK).then_some((index, confidence));
    let (overruled, answer) = match answer::read(&ask.kind, said, &assistant.definition.language) {
        Reading::Plain(value) => match &ask.kind {
            Kind::Text => (at_least(SURE).and_then(person), Ok(value)),
            Kind::Options(_) | Kind::Number(_) | Kind::YesNo { .. } => (None, Ok(value)),
        },
        Reading::Inside(value) => (at_least(SURE), Ok(value)),
        Reading::Refused(why) => {
            (at_least(threshold).and_then(person).or_else(|| at_least(TOPIC_CHANGE.max(threshold))), Err(why))
        }
    };
    match (overruled, answer) {
        (Some((other, confidence)), _) => leave(assistant, action, other, confidence),
        (None, Ok(value)) => Understood {
            verdict: format!("A valid answer to the question of “{}”: {value}.", action.title),
            meaning: Meaning::Answer(value),
        },
        (None, Err(why)) => Understood {
            verdict: format!("Not a valid answer to the question of “{}”: {why}.", action.title),
            meaning: Meaning::Invalid(why),
        },
    }
}

fn leave(assistant: &Assistant, from: &Action, to: usize, confidence: f32) -> Understood {
    if to == FALLBACK {
        let verdict =
            format!("A person is asked for ({}) in the middle of “{}”.", percent(confidence), from.title);
        return Understood { meaning: Meaning::Person, verdict };
    }
    let title = title(assistant, to);
    let verdict =
        format!("The topic changed ({}): “{}” is given up for “{title}”.", percent(confidence), from.title);
    Understood { meaning: Meaning::Action(to), verdict }
}

fn topic(assistant: &Assistant, ranking: &Ranking) -> Understood {
    let threshold = assistant.definition.threshold;
    let Some((top, confidence)) = ranking.without(None).next() else {
        return Understood {
            meaning: Meaning::Nothing,
            verdict: "There is nothing to compare with.".to_owned(),
        };
    };
    let title = title(assistant, top);
    if confidence < threshold || confidence <= 0.0 {
        let verdict = format!(
            "Nothing is sure enough: “{title}” comes nearest with {}, {} is needed.",
            percent(confidence),
            percent(threshold)
        );
        return Understood { meaning: Meaning::Nothing, verdict };
    }
    let meaning = match top {
        FALLBACK => Meaning::Person,
        NO_MATCHES => Meaning::Nothing,
        action => Meaning::Action(action),
    };
    Understood {
        meaning,
        verdict: format!("“{title}” is meant ({}){}.", percent(confidence), lead(assistant, ranking, top)),
    }
}

/// How far the surest action is ahead of the next.
fn lead(assistant: &Assistant, ranking: &Ranking, top: usize) -> String {
    match ranking.without(Some(top)).next() {
        Some((next, confidence)) if confidence > 0.0 => {
            let ahead = percent(ranking.of_action(top) - confidence);
            format!(", {ahead} ahead of “{}”", title(assistant, next))
        }
        Some(_) | None => ", and nothing else is likely".to_owned(),
    }
}

fn title(assistant: &Assistant, index: usize) -> &str {
    assistant.definition.actions.get(index).map_or("", |action| &action.title)
}

/// Rounded down, so that 100 % is said of certainty alone.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a confidence lies between 0 and 1"
)]
fn percent(confidence: f32) -> String {
    format!("{} %", (confidence * 100.0) as u32)
}
