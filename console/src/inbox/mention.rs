//! Naming colleagues, teams and queues in a comment: `@` offers them, and whoever is named by their name is told.

use super::office::{Choice, Office};
use super::{Effect, Inbox};
use protocol::limits::MENTIONS_MAX;
use protocol::{Target, Timestamp};

/// Choices offered at once.
const OFFERED_MAX: usize = 6;

/// Which of those who could be named is pointed out, and whether nobody is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mentioning {
    at: usize,
    left: bool,
}

/// Who is named in a comment: by their whole name, or by the first word of it where it is nobody else's.
pub fn mentions(text: &str, office: &Office) -> Vec<Target> {
    let mut all = office.names();
    // "Ana Maria" is not Ana.
    all.sort_by_key(|choice| std::cmp::Reverse(choice.label.len()));
    let places = text.match_indices('@').filter(|(at, _)| begins(text, *at));
    let named = places.filter_map(|(at, _)| named(&text[at + 1..], &all));
    let mut mentions: Vec<Target> = Vec::new();
    for target in named.flatten() {
        if !mentions.contains(target) && mentions.len() < MENTIONS_MAX {
            mentions.push(target.clone());
        }
    }
    mentions
}

/// Those who have the name that stands here.
fn named<'a>(here: &str, all: &'a [Choice]) -> Option<impl Iterator<Item = &'a Target> + use<'a>> {
    let whole = all.iter().find(|choice| is_named(here, &choice.label)).map(|choice| choice.label.as_str());
    let first = || {
        let mut short = all.iter().filter(|choice| is_named(here, first_word(&choice.label)));
        short.next().filter(|_| short.next().is_none()).map(|choice| choice.label.as_str())
    };
    let label = whole.or_else(first)?;
    Some(all.iter().filter(move |choice| choice.label == label).map(|choice| &choice.target))
}

/// Whether a text begins with that name, and the name ends there.
fn is_named(text: &str, name: &str) -> bool {
    let mut rest = text.chars();
    let same = name
        .chars()
        .all(|letter| rest.next().is_some_and(|one| one.to_lowercase().eq(letter.to_lowercase())));
    same && !rest.next().is_some_and(char::is_alphanumeric)
}

fn first_word(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// Whether an `@` there begins a name: it does not in an address.
fn begins(text: &str, at: usize) -> bool {
    !text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
}

/// Where the name that is being written at the end begins, behind its `@`.
fn being_written(text: &str) -> Option<usize> {
    let at = text.rfind('@').filter(|at| begins(text, *at))?;
    (!text[at..].contains('\n')).then_some(at + 1)
}

impl Inbox {
    /// Who could be meant by what is being written, and which of them is pointed out. Nobody outside a comment.
    pub fn mentionable(&self) -> (Vec<Choice>, usize) {
        let draft =
            self.selected.filter(|_| self.is_aside() && !self.mentioning.left).map(|id| self.draft(id));
        let Some((draft, start)) = draft.and_then(|draft| Some((draft, being_written(draft)?))) else {
            return (Vec::new(), 0);
        };
        let part = draft[start..].to_lowercase();
        let meant = |choice: &Choice| {
            let name = choice.label.to_lowercase();
            let begins =
                name.starts_with(&part) || name.split(' ').skip(1).any(|word| word.starts_with(&part));
            begins && name != part.trim_end()
        };
        let choices: Vec<Choice> = self.office.names().into_iter().filter(meant).take(OFFERED_MAX).collect();
        let at = self.mentioning.at.min(choices.len().saturating_sub(1));
        (choices, at)
    }

    pub(super) fn move_mention(&mut self, by: isize) -> Vec<Effect> {
        let (choices, at) = self.mentionable();
        self.mentioning.at = at.saturating_add_signed(by).min(choices.len().saturating_sub(1));
        Vec::new()
    }

    /// Writes the name out.
    pub(super) fn choose_mention(&mut self, target: Option<Target>, now: Timestamp) -> Vec<Effect> {
        let (choices, at) = self.mentionable();
        let chosen = match target {
            Some(target) => choices.into_iter().find(|choice| choice.target == target),
            None => choices.into_iter().nth(at),
        };
        let draft = self.selected.map(|id| self.draft(id)).unwrap_or_default();
        let (Some(chosen), Some(start)) = (chosen, being_written(draft)) else { return Vec::new() };
        let text = format!("{}{} ", &draft[..start], chosen.label);
        let mut effects = self.draft_changed(text, now);
        effects.push(Effect::FocusReply);
        effects
    }

    pub(super) fn leave_mentions(&mut self) -> Vec<Effect> {
        self.mentioning.left = true;
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;
    use super::*;

    #[test]
    fn whoever_is_named_is_told_once() {
        assert_eq!(told("@Ben and @cleo, please: @Ben"), [agent(COLLEAGUE), agent(CLEO)]);
        assert_eq!(told("(@Sales) or @Front desk?").len(), 2);
    }

    #[test]
    fn an_address_and_a_longer_word_name_nobody() {
        assert!(told("write to info@Ben or @Benjamin, not Cleo").is_empty());
    }

    #[test]
    fn the_first_word_is_enough_where_it_is_nobody_elses() {
        assert_eq!(told("@front, can you?").len(), 1);
        let mut office = office();
        let front = protocol::Colleague {
            badge: protocol::AgentBadge {
                id: protocol::AgentId(uuid::Uuid::from_u128(9)),
                name: "Front Man".to_owned(),
            },
            status: protocol::AgentStatus::Online,
            free: 1,
        };
        office.colleague(front);
        assert!(mentions("@front, can you?", &office).is_empty());
        assert_eq!(mentions("@front man, can you?", &office).len(), 1);
    }

    fn told(text: &str) -> Vec<Target> {
        mentions(text, &office())
    }

    fn agent(id: protocol::AgentId) -> Target {
        Target::Agent(id)
    }
}
