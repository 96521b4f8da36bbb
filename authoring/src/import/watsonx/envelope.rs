//! What is around the actions: the skill, its name and language.

use super::Importer;
use crate::Document;
use crate::import::node::Node;
use crate::import::{ImportError, Sort};

/// The longest name an assistant has.
const NAME_CHARS_MAX: usize = 256;

/// An action skill.
pub(super) struct Skill<'a> {
    pub node: Node<'a>,
    pub workspace: Node<'a>,
}

/// The action skill of a file: the file itself, one of several skills in it, or what a skill holds and nothing around.
pub(super) fn skill<'a>(root: &Node<'a>) -> Result<Skill<'a>, ImportError> {
    let several = ["assistant_skills", "skills"].into_iter().flat_map(|key| root.items_of(key));
    let candidates: Vec<Node<'a>> = [root.clone()].into_iter().chain(several).chain(root.items()).collect();
    let found = candidates.iter().find_map(|node| {
        let workspace = node.get("workspace").unwrap_or_else(|| node.clone());
        workspace.get("actions").filter(|actions| actions.peek().is_array())?;
        Some(Skill { node: node.clone(), workspace })
    });
    let kind = candidates.iter().find_map(|node| node.peek_text("type")).unwrap_or("action");
    match found {
        Some(skill) if skill.node.peek_text("type").is_none_or(|kind| kind == "action") => {
            skill.node.text_of("type");
            Ok(skill)
        }
        _ if kind != "action" => Err(unreadable(format!("this is a skill of type `{kind}`"))),
        _ => Err(unreadable("there are no actions in it".to_owned())),
    }
}

/// Name and language.
pub(super) fn describe<'a>(importer: &Importer<'a>, skill: &Skill<'a>, document: &mut Document) {
    let name = skill.node.text_of("name").map(str::trim).filter(|name| !name.is_empty());
    document.name = name.unwrap_or("Assistant").chars().take(NAME_CHARS_MAX).collect();
    if name.is_some_and(|name| name != document.name) {
        let why = format!("it was cut after {NAME_CHARS_MAX} characters");
        importer.notes.note(Sort::Changed, &skill.node, "the name of the assistant", why);
    }
    let described = skill.node.get("description");
    described
        .filter(|text| text.peek().as_str().is_some_and(is_written_by_a_program))
        .map(|text| text.take());
    let language = skill.node.get("language").or_else(|| skill.workspace.get("language"));
    let tag = language.as_ref().and_then(|language| language.text()).unwrap_or("en");
    document.language = language_tag(tag).unwrap_or_else(|| {
        if let Some(node) = &language {
            let why = "it names no language: numbers, dates, yes and no are understood as in English until you name one";
            importer.notes.note(Sort::Decision, node, format!("the language `{tag}`"), why);
        }
        "en".to_owned()
    });
}

fn is_written_by_a_program(description: &str) -> bool {
    let id = description.strip_prefix("created for assistant ").unwrap_or(description);
    id.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

/// A language tag as tags are written; `None` is the language of no language, `xx`.
fn language_tag(tag: &str) -> Option<String> {
    let mut parts = tag.split(['-', '_']);
    let language = parts.next().unwrap_or_default().to_lowercase();
    let is_language = (2..=3).contains(&language.len()) && language.chars().all(|c| c.is_ascii_alphabetic());
    if !is_language || language == "xx" {
        return None;
    }
    let rest = parts.map(|part| if part.len() == 2 { part.to_uppercase() } else { part.to_owned() });
    let rest =
        rest.filter(|part| (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()));
    Some([language].into_iter().chain(rest).collect::<Vec<_>>().join("-"))
}

fn unreadable(problem: String) -> ImportError {
    ImportError {
        place: None,
        problem,
        remedy: "export the actions of the assistant: the file has `workspace` and, in it, `actions`"
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_are_written_as_tags_are() {
        assert_eq!(language_tag("en").as_deref(), Some("en"));
        assert_eq!(language_tag("pt-br").as_deref(), Some("pt-BR"));
        assert_eq!(language_tag("zh_TW").as_deref(), Some("zh-TW"));
        assert_eq!(language_tag("xx"), None);
        assert_eq!(language_tag("universal"), None);
    }
}
