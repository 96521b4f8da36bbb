//! What can be answered: options, patterns, words for yes and no. They lie in `entities`; how options are listed lies in
//! the step's output.

use super::output::{Choice, Said};
use super::reference::{Answer, Scope};
use super::{Importer, Obstacle, defaults, expression};
use crate::document::{
    AskDoc, FullOptionDoc, KindDoc, OptionDoc, OptionsDoc, PatternsDoc, SavedDoc, SavedOptionsDoc,
    SavedPatternsDoc, ShowDoc,
};
use crate::import::node::Node;
use crate::import::{Sort, name};
use indexmap::IndexMap;
use protocol::limits::OPTION_LABEL_BYTES_MAX;
use regex_lite::Regex;

impl<'a> Importer<'a> {
    /// Fills in what can be answered.
    pub(super) fn choices(&self, node: &Node<'a>, said: &Said<'a>, ask: &mut AskDoc, scope: &Scope) {
        if node.get("source_variable").is_some() {
            return self.later_choices(node, said, ask, scope);
        }
        let entity = node.get("entity");
        let name = entity.as_ref().and_then(|entity| entity.text());
        let known = name.and_then(|name| self.entities.get(name));
        known.map(|entity| entity.text_of("entity"));
        if let (Some(entity), None, true) = (&entity, known, ask.kind == KindDoc::Text) {
            let why =
                "there are no choices under this name: the question takes any text until you give it some";
            self.notes.note(
                Sort::Decision,
                entity,
                format!("`{}`, of which nothing is known", name.unwrap_or_default()),
                why,
            );
        }
        match ask.kind {
            KindDoc::Options => self.options(known, name, said, ask),
            KindDoc::Pattern => self.patterns(known, name, ask),
            KindDoc::YesNo => self.yes_no(known, said, ask),
            KindDoc::Number
            | KindDoc::Currency
            | KindDoc::Percent
            | KindDoc::Date
            | KindDoc::Time
            | KindDoc::Text => {
                self.no_choices(said);
            }
        }
    }

    /// Choices beside a question that takes no choice.
    fn no_choices(&self, said: &Said<'a>) {
        said.choices.iter().for_each(|choice| self.misplaced(choice));
    }

    fn misplaced(&self, choice: &Choice<'a>) {
        let why = "the question it stands under has no such choice; it can be answered in words";
        self.notes.keep(Sort::Decision, &choice.node, "a choice", why);
    }

    fn options(&self, known: Option<&Node<'a>>, name: Option<&str>, said: &Said<'a>, ask: &mut AskDoc) {
        let mut left: Vec<FullOptionDoc> = known.map(|entity| self.values(entity)).unwrap_or_default();
        known.map(|entity| entity.has_usual("fuzzy_match", true));
        let mut options = Vec::new();
        for choice in &said.choices {
            let same = |option: &FullOptionDoc| {
                [choice.text, choice.label].iter().any(|text| alike(text, &option.label))
            };
            let option = left.iter().position(same).map(|place| left.remove(place));
            options.push(listed(choice.label, choice.text, option));
        }
        if said.choices.is_empty() {
            ask.show = ShowDoc::Hidden;
        } else if let (false, Some(entity)) = (left.is_empty(), known) {
            let names: Vec<&str> = left.iter().map(|option| option.label.as_str()).collect();
            let why = "they are understood and were not listed; they are listed at the end now";
            self.notes.note(Sort::Changed, entity, format!("the options {}", names.join(", ")), why);
        }
        options.extend(left);
        let options: Vec<OptionDoc> = options.into_iter().map(short).collect();
        if options.is_empty() {
            ask.kind = KindDoc::Text;
            ask.show = ShowDoc::Auto;
            return;
        }
        let saved = SavedDoc::Options(SavedOptionsDoc { options: options.clone() });
        let saved = name.and_then(|name| self.saved(name, saved));
        ask.options = Some(saved.map_or(OptionsDoc::List(options), OptionsDoc::Saved));
    }

    fn patterns(&self, known: Option<&Node<'a>>, entity: Option<&str>, ask: &mut AskDoc) {
        let mut patterns: IndexMap<String, Vec<String>> = IndexMap::new();
        for value in known.map(|entity| entity.items_of("values")).unwrap_or_default() {
            let title = value.text_of("value").unwrap_or_default();
            value.get("type").map(|kind| kind.is("patterns"));
            let each: Vec<String> =
                value.items_of("patterns").iter().filter_map(|node| self.pattern(node)).collect();
            if !each.is_empty() {
                patterns
                    .entry(name::slug(title).unwrap_or_else(|| name::sanitized(title)))
                    .or_default()
                    .extend(each);
            }
        }
        known.map(|entity| entity.has_usual("fuzzy_match", true));
        if patterns.is_empty() {
            ask.kind = KindDoc::Text;
            return;
        }
        let saved = SavedDoc::Patterns(SavedPatternsDoc { patterns: patterns.clone() });
        let saved = entity.and_then(|name| self.saved(name, saved));
        ask.patterns = Some(saved.map_or(PatternsDoc::Own(patterns), PatternsDoc::Named));
    }

    fn pattern(&self, node: &Node<'a>) -> Option<String> {
        let pattern = node.text()?;
        if let Err(error) = Regex::new(pattern) {
            let error = error.to_string();
            let why = format!(
                "it cannot be read here ({}): write it anew",
                error.lines().last().unwrap_or_default().trim()
            );
            self.notes.keep(Sort::Decision, node, "a regular expression", why);
            return None;
        }
        Some(pattern.to_owned())
    }

    fn yes_no(&self, known: Option<&Node<'a>>, said: &Said<'a>, ask: &mut AskDoc) {
        let values = known.map(|entity| entity.items_of("values")).unwrap_or_default();
        let usual = [defaults::YES, defaults::NO];
        let named = |place: usize| {
            let is = |choice: &&Choice<'a>| {
                is_first(choice.text, usual[place]) || is_first(choice.label, usual[place])
            };
            said.choices.iter().find(is)
        };
        // In other languages the buttons say other words: the first is yes.
        let in_order = named(0).is_none() && named(1).is_none();
        let buttons = [0, 1].map(|place| if in_order { said.choices.get(place) } else { named(place) });
        let [yes, no] = [0, 1].map(|place| self.words_for(usual[place], buttons[place], &values));
        (ask.yes, ask.no) = (yes, no);
        for choice in &said.choices {
            let is = |button: &Option<&Choice<'a>>| button.is_some_and(|button| std::ptr::eq(button, choice));
            if !buttons.iter().any(is) {
                self.misplaced(choice);
            }
        }
    }

    /// Words for yes or for no, the button first; none when the usual ones do.
    fn words_for(&self, usual: &[&str], button: Option<&Choice<'a>>, values: &[Node<'a>]) -> Vec<String> {
        let label = button.map(|button| button.label);
        let named = |value: &&Node<'a>| {
            value.peek_text("value").is_some_and(|text| is_first(text, usual) || Some(text) == label)
        };
        let synonyms = values.iter().filter(named).filter_map(|value| self.value(value));
        let mut words: Vec<String> =
            label.or(usual.first().copied()).map(str::to_owned).into_iter().collect();
        words.extend(button.map(|button| button.text.to_owned()).filter(|text| !words.contains(text)));
        words.extend(synonyms.flat_map(|value| value.synonyms));
        let is_usual = |word: &String| usual.iter().any(|usual| usual.eq_ignore_ascii_case(word));
        if words.iter().all(is_usual) {
            let values = values.iter().filter(named);
            values.for_each(|value| value.leave_to_default("the usual words for yes and no"));
            return Vec::new();
        }
        words
    }

    /// The values of an entity, each with its synonyms.
    pub(super) fn values(&self, entity: &Node<'a>) -> Vec<FullOptionDoc> {
        entity.items_of("values").iter().filter_map(|value| self.value(value)).collect()
    }

    fn value(&self, node: &Node<'a>) -> Option<FullOptionDoc> {
        let text = node.get("value").filter(|text| {
            text.peek().as_str().is_some_and(|text| (1..=OPTION_LABEL_BYTES_MAX).contains(&text.len()))
        });
        let label = text?.text()?.to_owned();
        node.get("type").map(|kind| kind.is("synonyms"));
        let synonyms = node.items_of("synonyms");
        let synonyms = synonyms.iter().filter_map(|synonym| synonym.text()).map(str::to_owned).collect();
        Some(FullOptionDoc { label, value: None, synonyms })
    }

    /// Choices known only when they are asked for.
    fn later_choices(&self, node: &Node<'a>, said: &Said<'a>, ask: &mut AskDoc, scope: &Scope) {
        let Some(source) = node.get("source_variable") else { return };
        let from = if source.peek().is_string() {
            Ok(source
                .text()
                .and_then(|name| self.names.any(scope, name, "").ok()?)
                .map(|reference| reference.operand()))
        } else {
            self.value_of(&source, scope).map(Some)
        };
        match from {
            Ok(Some(from)) => ask.from = Some(from),
            Ok(None) | Err(_) => {
                let why =
                    "the list of choices was not found: the question takes any text until you give it one";
                self.notes.keep(Sort::Decision, node, "a question with choices from a variable", why);
                ask.kind = KindDoc::Text;
                return;
            }
        }
        let keeps_element = self.answer_of(node, scope).is_some_and(|answer| answer.element.is_some());
        for (key, place) in [("label", 0), ("value", 1)] {
            let template =
                node.get("option_list").and_then(|list| list.get("templates")?.get(key)?.get("expression"));
            let Some(template) = template else { continue };
            match self.template(&template, scope) {
                Ok(text) if place == 0 => ask.item_label = Some(text),
                Ok(text) => ask.item_value = Some(text).filter(|_| !keeps_element),
                Err(Obstacle { sort, why }) => {
                    self.notes.keep(sort, &template, "how a choice is made of an element", why)
                }
            }
        }
        node.text_of("entity");
        let mut listed = said.choices.iter();
        ask.otherwise = listed.next().map(|choice| short(self::listed(choice.label, choice.text, None)));
        listed.for_each(|choice| {
            self.notes.keep(
                Sort::Decision,
                &choice.node,
                "a choice",
                "one choice beside those of a list is all there is here",
            );
        });
    }

    /// How a label or a value is made of `${item}`.
    fn template(&self, node: &Node<'a>, scope: &Scope) -> Result<String, Obstacle> {
        let mut scope = scope.clone();
        scope.results.insert("item".to_owned(), "item".to_owned());
        let source = node.text().unwrap_or_default();
        let text = expression::rewrite(source, &self.names, &scope)?.text;
        match expression::problem(&text) {
            Some(problem) => Err(Obstacle::new(format!("the expression cannot be read here: {problem}"))),
            None => Ok(text),
        }
    }

    fn answer_of<'s>(&self, question: &Node<'a>, scope: &'s Scope) -> Option<&'s Answer> {
        scope.by_pointer.get(question.pointer().strip_suffix("/question")?)
    }

    /// The name of answers that several questions share, once they are the same.
    fn saved(&self, entity: &str, answers: SavedDoc) -> Option<String> {
        if self.askers.get(entity).copied().unwrap_or(0) < 2 {
            return None;
        }
        let name = name::sanitized(entity);
        let mut saved = self.shared.borrow_mut();
        (*saved.entry(name.clone()).or_insert_with(|| answers.clone()) == answers).then_some(name)
    }

    /// The list of words that stands for an entity, by name.
    pub(super) fn words_of(&self, entity: &str) -> Result<String, Obstacle> {
        let Some(node) = self.entities.get(entity) else {
            return Err(Obstacle::new(format!(
                "there is no `{entity}` with words to listen for: make a list of `words`"
            )));
        };
        let name = name::sanitized(entity);
        if !self.words.borrow().contains_key(&name) {
            let values = self.values(node);
            let words = values.into_iter().flat_map(|value| [value.label].into_iter().chain(value.synonyms));
            self.words.borrow_mut().insert(name.clone(), words.collect());
            node.has_usual("fuzzy_match", false);
            node.text_of("entity");
        }
        Ok(name)
    }
}

/// An option as it is listed; `option` is what is understood.
fn listed(label: &str, text: &str, option: Option<FullOptionDoc>) -> FullOptionDoc {
    let option =
        option.unwrap_or_else(|| FullOptionDoc { label: text.to_owned(), ..FullOptionDoc::default() });
    let value = Some(option.label).filter(|value| value != label);
    let mut synonyms = option.synonyms;
    for other in [Some(text), value.as_deref()].into_iter().flatten() {
        if other != label && !synonyms.iter().any(|known| known == other) {
            synonyms.push(other.to_owned());
        }
    }
    FullOptionDoc { label: label.to_owned(), value, synonyms }
}

/// An option in its shortest form.
fn short(option: FullOptionDoc) -> OptionDoc {
    if option.value.is_none() && option.synonyms.is_empty() {
        return OptionDoc::Label(option.label);
    }
    OptionDoc::Full(option)
}

fn is_first(text: &str, words: &[&str]) -> bool {
    words.first().is_some_and(|word| word.eq_ignore_ascii_case(text))
}

fn alike(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}
