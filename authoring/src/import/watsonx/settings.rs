//! Settings of the whole assistant (`watsonx.md` 2.11). What stands at their default is not written.

use super::reference::Scope;
use super::{Importer, defaults};
use crate::Document;
use crate::document::{
    ClarifyDoc, DateStyleDoc, DecimalsDoc, DecimalsWord, DisplayDoc, FrequencyDoc, ModeRulesDoc, ModesDoc,
    TextsDoc, ThousandsDoc, TimeStyleDoc, TopicsDoc,
};
use crate::import::Sort;
use crate::import::node::Node;

const DATE_STYLES: &[(&str, DateStyleDoc)] = &[
    ("short", DateStyleDoc::Short),
    ("medium", DateStyleDoc::Medium),
    ("long", DateStyleDoc::Long),
    ("full", DateStyleDoc::Full),
    ("yy/MM/dd", DateStyleDoc::YearMonthDayShort),
    ("YY/MM/DD", DateStyleDoc::YearMonthDayShort),
    ("yyyy/MM/dd", DateStyleDoc::YearMonthDay),
    ("YYYY/MM/DD", DateStyleDoc::YearMonthDay),
];

const TIME_STYLES: &[(&str, TimeStyleDoc)] =
    &[("short", TimeStyleDoc::Short), ("medium", TimeStyleDoc::Medium)];

const THOUSANDS: &[(&str, ThousandsDoc)] = &[
    ("none", ThousandsDoc::None),
    ("default", ThousandsDoc::Locale),
    ("comma", ThousandsDoc::Comma),
    ("period", ThousandsDoc::Point),
];

const FREQUENCIES: &[(&str, FrequencyDoc)] = &[
    ("more_often", FrequencyDoc::MoreOften),
    ("sometimes", FrequencyDoc::Sometimes),
    ("less_often", FrequencyDoc::LessOften),
];

/// Digits after the point at most.
const DIGITS_MAX: u32 = 14;

/// Topics a clarifying question offers at most.
const CLARIFY_MOST_MAX: u32 = 10;

/// Attempts to learn whether a visitor wants to return at most.
const RETURN_ATTEMPTS_MAX: u32 = 10;

impl<'a> Importer<'a> {
    /// Settings of the whole assistant.
    pub(super) fn settings(&self, document: &mut Document) {
        // The original shows the number alone, so its texts write the unit themselves.
        document.display.currency_symbol = Some(false);
        let Some(settings) = self.workspace.get("system_settings") else { return };
        if let Some(node) = settings.get("disambiguation") {
            document.clarify = self.clarify(&node);
        }
        if let Some(node) = settings.get("topic_switch") {
            document.topics = self.topics(&node);
        }
        if let Some(format) = settings.get("variable").and_then(|variable| variable.get("format")) {
            document.display = self.display(&format);
        }
        if let Some(node) = settings.get("launch_mode") {
            document.modes = self.modes(&node);
        }
        settings.get("off_topic").map(|node| node.has_usual("enabled", true));
        if let Some(node) = settings.get("spelling_auto_correct")
            && let Some(corrects) = node.truth()
        {
            let (sort, what) = match corrects {
                true => (Sort::Default, "spelling that is corrected"),
                false => (Sort::Changed, "spelling that is not corrected"),
            };
            let why = "a wrong letter is forgiven in every language here: it cannot be switched off";
            self.notes.note(sort, &node, what, why);
        }
        if let Some(node) = settings.get("auto_learn") {
            node.take();
            let why = "nothing is learnt from conversations here: add `phrases` for what was not understood";
            self.notes.note(Sort::Changed, &node, "learning from conversations", why);
        }
        if let Some(node) = settings.get("generative_ai") {
            self.generative(&node);
        }
        if let Some(node) = settings.get("search_routing") {
            let why = "searching documents is not part of an assistant here: what is not recognised goes to `no_matches`";
            self.notes.keep(Sort::Decision, &node, "a search before anything else", why);
        }
    }

    fn clarify(&self, node: &Node<'a>) -> ClarifyDoc {
        let text = |key: &str, usual: &str| {
            let own = node.get(key)?;
            if own.peek().as_str() == Some(usual) {
                own.leave_to_default(format!("the text `{usual}`"));
            }
            own.text().filter(|text| *text != usual).map(crate::compile::escape)
        };
        if node.truth_of("randomize") == Some(true) {
            let why = "likelier topics come first here; set `shuffle` to mix them";
            self.notes.note(Sort::Default, node, "topics in clarifying questions, in random order", why);
        }
        if let Some(policy) = node.get("suggestion_text_policy").filter(|policy| policy.peek() == "title") {
            policy.leave_to_default("topics that are offered by their titles");
        }
        let most = node.get("max_suggestions").and_then(|most| self.at_most(&most, CLARIFY_MOST_MAX));
        ClarifyDoc {
            enabled: node.truth_of("enabled").unwrap_or(true),
            intro: text("prompt", defaults::CLARIFY_INTRO),
            none: text("none_of_the_above_prompt", defaults::CLARIFY_NONE),
            one: text("single_answer_clarification_prompt", defaults::CLARIFY_ONE),
            support: text("use_connect_to_support_prompt", defaults::CLARIFY_SUPPORT),
            most: most
                .filter(|most| *most != defaults::CLARIFY_MOST)
                .map(|most| u8::try_from(most.max(1)).unwrap_or(u8::MAX)),
            shuffle: false,
        }
    }

    fn topics(&self, node: &Node<'a>) -> TopicsDoc {
        let messages = node.get("messages");
        let said = |key: &str, usual: &str| {
            let node = messages.as_ref().and_then(|messages| messages.get(key))?;
            let mut texts = self.message(&node);
            if texts.iter().all(|text| text.trim() == usual) {
                node.leave_to_default(format!("the text `{usual}`"));
            }
            texts.retain(|text| text.trim() != usual);
            (!texts.is_empty()).then_some(texts)
        };
        let request = said("confirmation_request", defaults::RETURN_REQUEST)
            .or_else(|| said("confirm_return", defaults::RETURN_REQUEST));
        if let Some(node) = messages.as_ref().and_then(|messages| messages.get("confirm_switch")) {
            let why = "nobody is asked before the topic is changed here";
            let what = "a question before the topic is changed";
            match self.message(&node).iter().all(|text| text == defaults::SWITCH_REQUEST) {
                true => self.notes.note(Sort::Changed, &node, what, why),
                false => self.notes.keep(Sort::Kept, &node, what, why),
            }
        }
        let not_understood = said("confirmation_failure", defaults::RETURN_NOT_UNDERSTOOD);
        TopicsDoc {
            enabled: node.truth_of("enabled").unwrap_or(true),
            ask_to_return: messages
                .as_ref()
                .and_then(|node| node.truth_of("enable_confirmation"))
                .unwrap_or(true),
            request: request.map(|texts| texts.join("\n")),
            not_understood: not_understood.map(|mut texts| match texts.len() {
                1 => TextsDoc::One(texts.remove(0)),
                _ => TextsDoc::Several(texts),
            }),
            attempts: node
                .get("max_tries")
                .and_then(|tries| self.at_most(&tries, RETURN_ATTEMPTS_MAX))
                .filter(|tries| *tries != defaults::ATTEMPTS)
                .map(|tries| tries.max(1)),
            unchanged: None,
        }
    }

    /// The texts of a message of the system. The buttons for yes and no beside it are always there.
    fn message(&self, node: &Node<'a>) -> Vec<String> {
        let generic = node.items_of("generic");
        if generic.is_empty() {
            return self.words(node, &Scope::default()).into_iter().collect();
        }
        let mut texts = Vec::new();
        for response in generic {
            if response.peek_text("response_type") == Some("option") {
                let usual = |option: &Node<'a>| {
                    let text = option.get("value").and_then(|value| value.get("input")?.get("text"));
                    let parts = [option.get("label"), text];
                    parts.iter().flatten().all(|part| part.is("Yes") || part.is("No"))
                };
                if response.items_of("options").iter().all(usual) {
                    response.text_of("response_type");
                }
                response.has_usual("repeat_on_reprompt", true);
                continue;
            }
            texts.extend(
                response.items_of("values").iter().filter_map(|value| self.words(value, &Scope::default())),
            );
            response.get("response_type").map(|kind| kind.is("text"));
            response
                .get("selection_policy")
                .map(|policy| policy.is("sequential") || policy.is("incremental"));
        }
        texts
    }

    /// Response modes. Switched off, they are kept for the day somebody wants them.
    fn modes(&self, node: &Node<'a>) -> Option<ModesDoc> {
        if !node.truth_of("enabled").unwrap_or(false) {
            if ["learning", "confident", "default"].iter().any(|key| node.get(key).is_some()) {
                let why = "they were switched off; write them as `modes` to switch them on";
                self.notes.keep(Sort::Kept, node, "response modes", why);
            }
            return None;
        }
        node.get("default").map(|default| default.is("confident") || default.is("learning"));
        let rules = |key: &str| node.get(key).map(|rules| self.mode_rules(&rules)).unwrap_or_default();
        Some(ModesDoc { clarifying: rules("learning"), confident: rules("confident") })
    }

    fn generative(&self, node: &Node<'a>) {
        for (_, function) in node.members() {
            function.has_usual("enabled", false);
        }
        if !node.unread().is_empty() {
            let why = "no language model answers here: visitors get what the actions say";
            self.notes.keep(Sort::Decision, node, "functions of a language model", why);
        }
    }

    fn mode_rules(&self, node: &Node<'a>) -> ModeRulesDoc {
        let often = |key: &str| node.get(key).and_then(|value| named(&value, FREQUENCIES));
        ModeRulesDoc {
            clarify_one: often("single_answer_clarification"),
            clarify_several: often("disambiguation_clarification"),
            offer_support: often("use_connect_to_support"),
            attempts: node
                .get("step_retry_threshold")
                .and_then(|tries| self.at_most(&tries, assistant::limits::ATTEMPTS_MAX)),
        }
    }

    fn display(&self, format: &Node<'a>) -> DisplayDoc {
        let part = |part: &str, key: &str| format.get(part).and_then(|part| part.get(key));
        let money = part("currency", "fraction_digits").and_then(|digits| self.decimals(&digits));
        let symbol = ["symbol", "show_symbol", "currency_symbol"]
            .iter()
            .find_map(|key| part("currency", key)?.truth());
        DisplayDoc {
            locale: format
                .text_of("locale")
                .filter(|locale| !locale.is_empty())
                .map(|locale| locale.replace('_', "-")),
            date: part("date", "pattern").and_then(|style| named(&style, DATE_STYLES)).unwrap_or_default(),
            time: part("time", "pattern").and_then(|style| named(&style, TIME_STYLES)).unwrap_or_default(),
            decimals: part("number", "fraction_digits").and_then(|digits| self.decimals(&digits)),
            money_decimals: money.filter(|digits| *digits != DecimalsDoc::Fixed(2)),
            thousands: part("number", "delimiter")
                .and_then(|mark| named(&mark, THOUSANDS))
                .unwrap_or_default(),
            currency_symbol: Some(symbol.unwrap_or(false)),
        }
    }

    fn decimals(&self, node: &Node<'a>) -> Option<DecimalsDoc> {
        if node.is("system") || node.is("default") {
            return Some(DecimalsDoc::Word(DecimalsWord::AsNeeded));
        }
        let digits = self.at_most(node, DIGITS_MAX)?;
        Some(DecimalsDoc::Fixed(u8::try_from(digits).unwrap_or(0)))
    }

    /// Reads a whole number, as far as it can be so large here; a larger one is told.
    pub(super) fn at_most(&self, node: &Node<'a>, most: u32) -> Option<u32> {
        let number = node.whole()?;
        if number > most {
            let key = node.pointer().rsplit('/').next().unwrap_or_default();
            let why = format!("{most} is the most here");
            self.notes.note(Sort::Changed, node, format!("`{key}` of {number}"), why);
        }
        Some(number.min(most))
    }
}

fn named<T: Copy>(node: &Node<'_>, names: &[(&str, T)]) -> Option<T> {
    names.iter().find(|(name, _)| node.is(name)).map(|(_, value)| *value)
}
