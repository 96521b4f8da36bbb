//! Where a step stands in an author's file. The file is not read for it: what names an action or a step looks the same in
//! JSON and in YAML.

/// The line of a step, from 1; of its action when the step is not found.
pub fn locate(text: &str, action: &str, step: &str) -> Option<usize> {
    let built_in = ["greeting", "no_matches", "fallback", "trigger_words"].contains(&action);
    let begins = |line: &str| if built_in { is_key(line, action) } else { names(line, action) };
    let mut lines = text.lines().enumerate().skip_while(|(_, line)| !begins(line));
    let (first, _) = lines.next()?;
    let found = lines.find(|(_, line)| names(line, step)).map(|(index, _)| index);
    Some(found.unwrap_or(first) + 1)
}

/// Whether a line has `id: NAME` in it, with or without quotes.
fn names(line: &str, name: &str) -> bool {
    let id = line.split_once("\"id\":").or_else(|| line.split_once("id:"));
    id.is_some_and(|(before, after)| {
        let own_word = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        own_word && first_word(after) == name
    })
}

fn is_key(line: &str, name: &str) -> bool {
    let key = line.trim_start().trim_start_matches('"');
    key.strip_prefix(name).is_some_and(|rest| rest.trim_start_matches('"').starts_with(':'))
}

fn first_word(text: &str) -> &str {
    let text = text.trim_start().trim_start_matches(['"', '\'']);
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_found_in_its_own_action_in_json_and_yaml() {
        let json = "{\n\"actions\": [\n{ \"id\": \"a\", \"steps\": [\n{ \"id\": \"ask\" }]},\n{ \"id\": \"b\",\n\"steps\": [{\"id\":\"ask\"}]}]}";
        assert_eq!(locate(json, "a", "ask"), Some(4));
        assert_eq!(locate(json, "b", "ask"), Some(6));
        let yaml = "greeting:\n  steps:\n    - id: hello\nactions:\n  - id: hire\n    steps:\n      - id: kind\n      - { id: hours, say: x }\n";
        assert_eq!(locate(yaml, "hire", "hours"), Some(8));
        assert_eq!(locate(yaml, "greeting", "hello"), Some(3));
        assert_eq!(locate(yaml, "hire", "gone"), Some(5));
        assert_eq!(locate(yaml, "gone", "kind"), None);
    }
}
