//! What to do about a likeness: act, ask, or neither (`watsonx.md` 1.3 and 1.12). Every number of it is on this page.
//!
//! The likeliest action is taken. Where others are nearly as likely it is asked which is meant. Only the response modes
//! ask about a single action, and offer a person beside it.

use super::Ranked;
use crate::definition::{Clarify, Frequency, ModeRules};

/// A topic or person this sure overrules an answer found inside a sentence; a person, also a free text.
pub const SURE: f32 = 0.9;

/// A topic this sure is followed when the waiting question got no valid answer. Above the usual threshold, because
/// following it interrupts what the visitor has begun.
pub const TOPIC_CHANGE: f32 = 0.7;

/// Only the very words of a phrase are this sure: who says them is not asked back.
const CERTAIN: f32 = 1.0;

/// How little less sure than the likeliest an action is to be asked about.
fn margin(several: Frequency) -> f32 {
    match several {
        Frequency::MoreOften => 0.3,
        Frequency::Sometimes => 0.15,
        Frequency::LessOften => 0.05,
    }
}

/// A single action less sure than this is asked about.
fn sure_enough(one: Frequency) -> f32 {
    match one {
        Frequency::MoreOften => 0.8,
        Frequency::Sometimes => 0.6,
        Frequency::LessOften => 0.5,
    }
}

/// Whether a person is among the choices: always, from the first utterance that was not understood on, from the second.
pub fn offers_support(offer: Frequency, misses: u32) -> bool {
    match offer {
        Frequency::MoreOften => true,
        Frequency::Sometimes => misses >= 1,
        Frequency::LessOften => misses >= 2,
    }
}

/// What an utterance asks for when no answer is waited for, or when another topic is looked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// This action.
    Act(usize),
    /// One of these; which has to be asked. The likeliest first.
    Ask(Vec<usize>),
    /// None.
    Nothing,
}

/// What a decision depends on beside the likeness.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// Below this an action is not taken.
    pub threshold: f32,
    /// How surely the utterance is none of the actions.
    pub against: f32,
    /// Whether it may be asked which action is meant, and of how many.
    pub clarify: &'a Clarify,
    /// The rules of the likeliest action's mode, when modes are on.
    pub rules: Option<&'a ModeRules>,
}

/// Decides among the actions that can be taken, the surest first; `offered` says which may stand in a question.
pub fn decide(
    candidates: &[Ranked],
    offered: impl Fn(usize) -> bool,
    circumstances: &Circumstances<'_>,
) -> Decision {
    let Circumstances { threshold, against, clarify, rules } = *circumstances;
    let Some(top) = candidates.first().filter(|top| top.confidence >= threshold && top.confidence > 0.0)
    else {
        return Decision::Nothing;
    };
    if against > top.confidence {
        return Decision::Nothing;
    }
    if !clarify.enabled || clarify.most == 0 || !offered(top.action) {
        return Decision::Act(top.action);
    }
    let several = rules.map_or(Frequency::Sometimes, |rules| rules.clarify_several);
    let least = match top.confidence >= CERTAIN {
        true => CERTAIN,
        false => (top.confidence - margin(several)).max(threshold),
    };
    let near = candidates.iter().filter(|ranked| ranked.confidence >= least && offered(ranked.action));
    let near: Vec<usize> = near.map(|ranked| ranked.action).take(usize::from(clarify.most)).collect();
    let unsure = rules.is_some_and(|rules| top.confidence < sure_enough(rules.clarify_one));
    match near.len() > 1 || unsure {
        true => Decision::Ask(near),
        false => Decision::Act(top.action),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_action_is_taken_when_it_is_likely_enough() {
        check(&[(0, 0.8), (1, 0.5)], Decision::Act(0));
        check(&[(0, 0.3)], Decision::Nothing);
        check(&[], Decision::Nothing);
    }

    #[test]
    fn nearly_equal_ones_are_asked_about() {
        check(&[(0, 0.8), (1, 0.7), (2, 0.5)], Decision::Ask(vec![0, 1]));
        check(&[(0, 0.45), (1, 0.39)], Decision::Act(0));
    }

    #[test]
    fn the_very_words_are_asked_about_only_when_two_actions_have_them() {
        check(&[(0, 1.0), (1, 0.95)], Decision::Act(0));
        check(&[(0, 1.0), (1, 1.0)], Decision::Ask(vec![0, 1]));
    }

    #[test]
    fn what_is_not_offered_acts_on_top_and_is_left_out_below() {
        check(&[(9, 0.8), (1, 0.75)], Decision::Act(9));
        check(&[(1, 0.8), (9, 0.75)], Decision::Act(1));
        check(&[(1, 0.8), (9, 0.79), (2, 0.75)], Decision::Ask(vec![1, 2]));
    }

    #[test]
    fn no_more_are_offered_than_the_author_wants() {
        check(&[(0, 0.8), (1, 0.8), (2, 0.8), (3, 0.8)], Decision::Ask(vec![0, 1, 2]));
    }

    #[test]
    fn nothing_is_meant_when_a_counterexample_is_nearer() {
        let clarify = clarify();
        let circumstances = Circumstances { against: 0.85, ..usual(&clarify) };
        assert_eq!(decide(&ranked(&[(0, 0.8)]), |_| true, &circumstances), Decision::Nothing);
        assert_eq!(decide(&ranked(&[(0, 0.9)]), |_| true, &circumstances), Decision::Act(0));
    }

    #[test]
    fn modes_ask_about_a_single_action_and_more_or_less_often_about_several() {
        for (often, single, several) in [
            (Frequency::MoreOften, Decision::Ask(vec![0]), Decision::Ask(vec![0, 1])),
            (Frequency::LessOften, Decision::Act(0), Decision::Act(0)),
        ] {
            let rules = ModeRules { clarify_one: often, clarify_several: often, offer_support: often };
            let clarify = clarify();
            let circumstances = Circumstances { rules: Some(&rules), ..usual(&clarify) };
            assert_eq!(decide(&ranked(&[(0, 0.7)]), |_| true, &circumstances), single);
            assert_eq!(decide(&ranked(&[(0, 0.9), (1, 0.7)]), |_| true, &circumstances), several);
        }
    }

    /// Actions as (place, confidence); 9 is not offered.
    fn check(candidates: &[(usize, f32)], expected: Decision) {
        let clarify = clarify();
        let decision = decide(&ranked(candidates), |action| action != 9, &usual(&clarify));
        assert_eq!(decision, expected, "{candidates:?}");
    }

    fn ranked(candidates: &[(usize, f32)]) -> Vec<Ranked> {
        candidates.iter().map(|&(action, confidence)| Ranked { action, confidence }).collect()
    }

    fn clarify() -> Clarify {
        Clarify { enabled: true, most: 3, ..Clarify::default() }
    }

    fn usual(clarify: &Clarify) -> Circumstances<'_> {
        Circumstances { threshold: 0.4, against: 0.0, clarify, rules: None }
    }
}
