//! The actions there is one of in every assistant. One that nobody has edited is not written: ours are better.

use super::plan::{BuiltIn, Plan};
use super::{Importer, defaults};
use crate::Document;
use crate::document::{
    BuiltInDoc, ConditionDoc, FallbackThenDoc, OperandDoc, OperatorDoc, ReasonDoc, SaidDoc, SayDoc, StepDoc,
    TestDoc, ThenDoc, ThenWord, VisitsDoc,
};
use crate::import::Sort;
use crate::import::node::Node;
use assistant::definition::built_in;

/// Reasons an edited fallback of an old export has no step for.
const ALL_REASONS: [ReasonDoc; 6] = [
    ReasonDoc::TopicReturnFailed,
    ReasonDoc::ValidationFailed,
    ReasonDoc::AgentRequested,
    ReasonDoc::NoMatches,
    ReasonDoc::DangerWord,
    ReasonDoc::Profanity,
];

impl<'a> Importer<'a> {
    pub(super) fn carry_over_built_in(&self, plan: &Plan<'a>, which: BuiltIn, document: &mut Document) {
        let node = &plan.node;
        let usual_title = defaults::BUILT_IN_TITLES.contains(&plan.title.as_str());
        if let Some(title) = node.get("title").filter(|_| usual_title) {
            title.leave_to_default("the title of a built-in action");
        }
        let trigger = self.trigger(node, &plan.scope);
        let usual = |text: &Node<'a>| text.peek().as_str() == Some(defaults::FALLBACK_DESCRIPTION);
        if let Some(description) = trigger.description.filter(usual) {
            description.leave_to_default("what is said about the phrases of *Fallback*");
        }
        if trigger.when.is_some()
            && let Some(condition) = node.get("condition")
        {
            let why = "a built-in action has no condition here: put it on its steps";
            self.notes.keep(Sort::Decision, &condition, "the condition of a built-in action", why);
        }
        if let Some(topic) = node.get("topic_switch") {
            let usual = [("allowed_from", true), ("allowed_into", true), ("never_return", false)];
            for (key, truth) in usual {
                topic.has_usual(key, truth);
            }
        }
        node.has_usual("disambiguation_opt_out", true);
        let steps = self.steps(plan, Some(which));
        let usual = is_untouched(which, &steps);
        let steps = if usual { None } else { Some(self.complete(which, steps, plan)) };
        let phrases = Some(trigger.phrases).filter(|phrases| !is_usual(which, phrases));
        if phrases.is_none() && which == BuiltIn::Fallback {
            let why = "ours are the same, in the language of the assistant";
            self.notes.note(Sort::Default, node, "the example phrases of *Fallback*", why);
        }
        self.sweep(node);
        let built_in = BuiltInDoc { phrases, steps, counterexamples: None, kept: self.notes.take_kept(node) };
        if built_in.steps.is_none() {
            let what = format!("the built-in action `{}`", plan.title);
            self.notes.note(Sort::Default, node, what, "nobody had edited it: it follows the defaults here");
        }
        let place = match which {
            BuiltIn::Greeting => &mut document.greeting,
            BuiltIn::NoMatches => &mut document.no_matches,
            BuiltIn::Fallback => &mut document.fallback,
            BuiltIn::TriggerWords => &mut document.trigger_words,
        };
        *place = Some(built_in).filter(|built_in| *built_in != BuiltInDoc::default());
    }

    /// Fallbacks of old exports know three reasons, ours six: for the others a person is brought in without further words.
    fn complete(&self, which: BuiltIn, mut steps: Vec<StepDoc>, plan: &Plan<'a>) -> Vec<StepDoc> {
        let conditional = steps.iter().all(|step| step.when.is_some());
        if which != BuiltIn::Fallback || !conditional {
            return steps;
        }
        let text = serde_json::to_string(&steps).unwrap_or_default();
        let missing =
            ALL_REASONS.into_iter().map(defaults::code).filter(|code| !text.contains(&format!("\"{code}\"")));
        let missing: Vec<OperandDoc> = missing.map(|code| OperandDoc::Text(code.to_owned())).collect();
        if !missing.is_empty() {
            let why = "a step at the end brings in a person for reasons that had no step";
            self.notes.note(Sort::Changed, &plan.node, "a fallback that knows few reasons", why);
            let when = Some(reason_is(OperatorDoc::IsAnyOf, OperandDoc::List(missing)));
            let then = Some(ThenDoc::Word(ThenWord::ConnectToAgent));
            steps.push(StepDoc { id: "other_reasons".to_owned(), when, then, ..StepDoc::default() });
        }
        steps
    }
}

/// Whether the steps are those of an assistant nobody has edited.
fn is_untouched(which: BuiltIn, steps: &[StepDoc]) -> bool {
    match (which, steps) {
        (BuiltIn::Greeting, [step]) => {
            [Some(ThenWord::End), None].into_iter().any(|then| is(step, says(defaults::GREETING, then), &[]))
        }
        (BuiltIn::NoMatches, [again, given_up]) => {
            let count = |operator| {
                let value = Some(OperandDoc::Number(defaults::NO_MATCHES_MAX));
                let variable = Some(built_in::NO_MATCHES_COUNT.to_owned());
                Some(ConditionDoc::Test(TestDoc { variable, operator, value, ..TestDoc::default() }))
            };
            let asks = StepDoc {
                when: count(OperatorDoc::LessOrEqual),
                ..says(defaults::NO_MATCHES, Some(ThenWord::End))
            };
            let then = Some(ThenDoc::Word(ThenWord::Fallback));
            let gives_up = StepDoc { when: count(OperatorDoc::Greater), then, ..StepDoc::default() };
            is(again, asks, &[]) && is(given_up, gives_up, &[])
        }
        (BuiltIn::Fallback, steps) => {
            let usual = |step: &StepDoc| {
                defaults::FALLBACK.iter().position(|(reason, text)| {
                    let code = OperandDoc::Text(defaults::code(*reason).to_owned());
                    let when = Some(reason_is(OperatorDoc::Is, code));
                    is(step, StepDoc { when, ..says(text, Some(ThenWord::ConnectToAgent)) }, &[])
                })
            };
            let found: Option<Vec<usize>> = steps.iter().map(usual).collect();
            found.is_some_and(|found| [1, 2, 3].iter().all(|reason| found.contains(reason)))
        }
        (BuiltIn::TriggerWords, [danger, profanity]) => {
            let said = |list: &str| Some(ConditionDoc::Said(SaidDoc { said: list.to_owned() }));
            let then = Some(ThenDoc::Fallback(FallbackThenDoc { fallback: ReasonDoc::DangerWord }));
            let hands_over = StepDoc { when: said("danger_words"), then, ..StepDoc::default() };
            let visits = Some(VisitsDoc { max: defaults::PROFANITY_MAX, reason: Some(ReasonDoc::Profanity) });
            let warns = says(defaults::PROFANITY_WARNING, Some(ThenWord::End));
            let warns = StepDoc { when: said("profane_words"), visits, ..warns };
            is(danger, hands_over, &["Connect to agent"]) && is(profanity, warns, &["Show warning"])
        }
        (BuiltIn::Greeting | BuiltIn::NoMatches | BuiltIn::TriggerWords, _) => false,
    }
}

/// Whether a step is another one, but for its id and a usual title.
fn is(step: &StepDoc, usual: StepDoc, titles: &[&str]) -> bool {
    let titled = step.title.as_deref().is_none_or(|title| titles.contains(&title));
    titled && *step == StepDoc { id: step.id.clone(), title: step.title.clone(), ..usual }
}

fn says(text: &str, then: Option<ThenWord>) -> StepDoc {
    StepDoc { say: Some(SayDoc::Text(text.to_owned())), then: then.map(ThenDoc::Word), ..StepDoc::default() }
}

fn reason_is(operator: OperatorDoc, value: OperandDoc) -> ConditionDoc {
    let variable = Some(built_in::FALLBACK_REASON.to_owned());
    ConditionDoc::Test(TestDoc { variable, operator, value: Some(value), ..TestDoc::default() })
}

fn is_usual(which: BuiltIn, phrases: &[String]) -> bool {
    match which {
        BuiltIn::Fallback => phrases == defaults::FALLBACK_PHRASES,
        BuiltIn::Greeting | BuiltIn::NoMatches | BuiltIn::TriggerWords => phrases.is_empty(),
    }
}
