//! Steps: conditions, assignments, words and what comes next. Questions are read in `ask.rs`.

use super::ask::ask;
use super::json::Is;
use super::node::{Node, Object, names};
use super::text::{name, text};
use crate::definition::{Condition, Connect, Operand, Operator, Order, Say, Source, Step, Test, Text, Then};
use crate::limits::SUGGESTIONS_MAX;
use crate::value::Value;
use protocol::QueueId;
use protocol::limits::COLLECTED_BYTES_MAX;

/// Reads one step. A stand-in is chosen for what is wrong such that it causes no mistakes elsewhere.
pub fn step(node: &Node<'_>) -> Step {
    let Some(object) = node.object(&["id", "when", "set", "say", "suggest", "ask", "then"]) else {
        return Step::default();
    };
    let step = Step {
        id: object.need("id", "`\"id\": \"bike_kind\"`").map(|n| name(&n)).unwrap_or_default(),
        when: object.get("when").map(|n| condition(&n)),
        set: object.get("set").map(|n| assignments(&n)).unwrap_or_default(),
        say: object.get("say").map(|n| say(&n)),
        suggest: object.get("suggest").and_then(|n| n.count(1, SUGGESTIONS_MAX)).unwrap_or(0) as usize,
        ask: object.get("ask").map(|n| ask(&n)),
        then: object.get("then").map(|n| then(&n)).unwrap_or_default(),
    };
    if step.say.is_none() && (step.ask.is_some() || step.suggest > 0) {
        node.mistake("this step asks and says nothing", "add the question as `say`");
    }
    if step.ask.is_some() && step.suggest > 0 {
        node.mistake("this step both asks and suggests", "keep `ask` or `suggest`, not both");
    }
    step
}

fn condition(node: &Node<'_>) -> Condition {
    const KEYS: [&str; 6] = ["all", "any", "variable", "step", "operator", "value"];
    let nothing = || Condition::All(Vec::new());
    let Some(object) = node.object(&KEYS) else { return nothing() };
    let group = |key| object.get(key).map(|n| group(&n));
    let present = KEYS.iter().filter(|key| object.get(key).is_some()).count();
    match (group("all"), group("any")) {
        (None, None) => test(node, &object).map_or_else(nothing, Condition::Test),
        (Some(all), None) if present == 1 => Condition::All(all),
        (None, Some(any)) if present == 1 => Condition::Any(any),
        (Some(_), _) | (_, Some(_)) => {
            node.mistake(
                "a group of conditions and something else stand in one object",
                "give `all` or `any` an object of its own",
            );
            nothing()
        }
    }
}

fn group(node: &Node<'_>) -> Vec<Condition> {
    let conditions: Vec<Condition> = node.list("a list of conditions").iter().map(condition).collect();
    if node.is_empty_list() {
        node.mistake("this group has no conditions", "add one, or remove the group");
    }
    conditions
}

fn test(node: &Node<'_>, object: &Object<'_>) -> Option<Test> {
    let left = source(node, object)?;
    let operator = operator(&object.need("operator", "`\"operator\": \"is\"`")?)?;
    let right = object.get("value");
    if right.is_some() && !operator.needs_value() {
        node.mistake("this operator compares with nothing", "remove `value`");
    }
    if operator.needs_value() && right.is_none() {
        node.mistake("`value` is missing", "add what to compare with: `\"value\": 3`");
        return None;
    }
    Some(Test { left, operator, right: right.map(|n| operand(&n)) })
}

fn source(node: &Node<'_>, object: &Object<'_>) -> Option<Source> {
    match (object.get("variable"), object.get("step")) {
        (Some(variable), None) => Some(Source::Variable(name(&variable))),
        (None, Some(step)) => Some(Source::Step(name(&step))),
        (None, None) | (Some(_), Some(_)) => {
            node.mistake("it is not clear what is meant", "name one `variable` or one `step`");
            None
        }
    }
}

fn operator(node: &Node<'_>) -> Option<Operator> {
    let spelled = node.text(usize::MAX)?;
    let found = Operator::ALL.iter().find(|(spelling, _)| *spelling == spelled);
    if found.is_none() {
        let all: Vec<&str> = Operator::ALL.iter().map(|(spelling, _)| *spelling).collect();
        node.mistake(
            format!("there is no operator `{}`", super::node::brief(spelled)),
            format!("write one of {}", names(&all)),
        );
    }
    found.map(|(_, operator)| *operator)
}

fn operand(node: &Node<'_>) -> Operand {
    if let Is::Object(_) = node.is() {
        let object = node.object(&["variable", "step"]);
        let source = object.and_then(|object| source(node, &object));
        return source.map_or(Operand::Literal(Value::YesNo(false)), Operand::From);
    }
    Operand::Literal(literal(node))
}

/// A value written in the file.
pub fn literal(node: &Node<'_>) -> Value {
    let value = match node.is() {
        Is::Flag(flag) => Some(Value::YesNo(*flag)),
        Is::Number(_) => node.number().map(Value::Number),
        Is::Text(text) if text.is_empty() => Some(Value::Text(String::new())),
        Is::Text(_) => node.text(COLLECTED_BYTES_MAX).map(|text| Value::Text(text.to_owned())),
        Is::Null | Is::List(_) | Is::Object(_) => node.wrong("a text, a number, true or false"),
    };
    value.unwrap_or(Value::YesNo(false))
}

fn assignments(node: &Node<'_>) -> Vec<(String, Operand)> {
    let object = node.any_object("an object of variables and their new values");
    let entries = object.iter().flat_map(Object::entries);
    entries.map(|(variable, value)| (variable.to_owned(), operand(&value))).collect()
}

fn say(node: &Node<'_>) -> Say {
    if let Is::Text(_) = node.is() {
        return Say { order: Order::InTurn, texts: vec![text(node)] };
    }
    let fallback = Say { order: Order::InTurn, texts: vec![Text::plain("…")] };
    let Some(object) = node.object(&["in_turn", "random"]) else { return fallback };
    let (order, list) = match (object.get("in_turn"), object.get("random")) {
        (Some(list), None) => (Order::InTurn, list),
        (None, Some(list)) => (Order::Random, list),
        (None, None) | (Some(_), Some(_)) => {
            node.mistake(
                "it is not clear which wordings are meant",
                "write a text, or one of `in_turn`, `random`",
            );
            return fallback;
        }
    };
    let texts: Vec<Text> = list.list("a list of wordings").iter().map(text).collect();
    if texts.is_empty() {
        list.mistake("there are no wordings here", "add at least one text");
        return fallback;
    }
    Say { order, texts }
}

fn then(node: &Node<'_>) -> Then {
    const EXPECTED: &str =
        "`\"continue\"`, `\"end\"`, `{\"go_to\": \"step\"}` or `{\"connect_to_agent\": {}}`";
    if let Is::Text(word) = node.is() {
        return match word.as_str() {
            "continue" => Then::Continue,
            "end" => Then::End,
            "fallback" => Then::Fallback,
            "connect_to_agent" => Then::ConnectToAgent(Box::default()),
            _ => node.wrong(EXPECTED).unwrap_or_default(),
        };
    }
    let Some(object) = node.object(&["go_to", "connect_to_agent"]) else { return Then::Continue };
    match (object.get("go_to"), object.get("connect_to_agent")) {
        (Some(target), None) => Then::GoTo(name(&target)),
        (None, Some(details)) => Then::ConnectToAgent(Box::new(connect(&details))),
        (None, None) | (Some(_), Some(_)) => {
            node.mistake("it is not clear what comes next", format!("write one of {EXPECTED}"));
            Then::Continue
        }
    }
}

fn connect(node: &Node<'_>) -> Connect {
    let mut connect = Connect::default();
    let keys = ["queue", "online_message", "offline_message", "message_to_agent"];
    let Some(object) = node.object(&keys) else { return connect };
    connect.queue = object.get("queue").and_then(|n| queue(&n));
    if let Some(message) = object.get("online_message") {
        connect.online_message = text(&message);
    }
    if let Some(message) = object.get("offline_message") {
        connect.offline_message = text(&message);
    }
    connect.message_to_agent = object.get("message_to_agent").map(|n| text(&n));
    connect
}

fn queue(node: &Node<'_>) -> Option<QueueId> {
    let written = node.text(usize::MAX)?;
    let queue = QueueId::new(written);
    if queue.is_err() {
        node.mistake(
            format!("`{}` cannot be a queue's name", super::node::brief(written)),
            "use lower-case letters, digits and inner hyphens, such as `front-desk`",
        );
    }
    queue.ok()
}
