//! Lists an assistant looks for in what extensions answer: where they stand, and what their elements need to have.

use super::hints::Inside;
use assistant::definition::{BinaryOp, Definition, Expr, Method};
use assistant::{Map, Value};
use fastrand::Rng;
use std::collections::BTreeMap;

/// Elements of a list made up, at most.
const ELEMENTS_MAX: usize = 4;

/// Variables that hand a result on to each other, at most.
const HANDED_ON_MAX: usize = 3;

/// In a path, every element of a list.
pub const EACH: &str = "[]";

/// Where something stands inside a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// The action.
    pub action: String,
    /// The result's name in it.
    pub result: String,
    /// The names that lead to it.
    pub path: Vec<String>,
}

/// A list inside a result.
#[derive(Clone, Debug, Default)]
pub struct ListHint {
    /// The names that lead to it.
    pub path: Vec<String>,
    /// What its elements have, and what that is compared with, if with anything.
    fields: Vec<(Vec<String>, Option<Value>)>,
    /// The questions that offer it.
    asked: Vec<(String, String)>,
}

/// All of them, by action and result.
#[derive(Debug, Default)]
pub struct Lists(BTreeMap<(String, String), Vec<ListHint>>);

impl Lists {
    /// Those of one result.
    pub fn of(&self, action: &str, result: &str) -> &[ListHint] {
        self.0.get(&(action.to_owned(), result.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// One whose elements are what expressions call `item`; a question may offer it.
    pub fn add(&mut self, root: Root, about_item: &[&Expr], asked: Option<(&str, &str)>) {
        let mut fields = Vec::new();
        about_item.iter().for_each(|expr| fields_of(expr, "item", &mut fields));
        let list = self.list(root);
        list.fields.extend(fields);
        list.asked.extend(asked.map(|(action, step)| (action.to_owned(), step.to_owned())));
    }

    /// One that is filtered.
    pub fn add_filter(&mut self, root: Root, name: &str, test: &Expr) {
        let mut fields = Vec::new();
        fields_of(test, name, &mut fields);
        self.list(root).fields.extend(fields);
    }

    /// An answer that is a whole element needs what is used of the answer.
    pub fn complete(&mut self, used: &BTreeMap<(String, String), Vec<Inside>>) {
        for list in self.0.values_mut().flatten() {
            let asked = list.asked.iter().filter_map(|key| used.get(key)).flatten();
            let more: Vec<_> = asked.map(|(path, value)| (path.clone(), Some(value.clone()))).collect();
            list.fields.extend(more);
        }
    }

    fn list(&mut self, root: Root) -> &mut ListHint {
        let all = self.0.entry((root.action, root.result)).or_default();
        let at = all.iter().position(|list| list.path == root.path).unwrap_or_else(|| {
            all.push(ListHint { path: root.path, ..ListHint::default() });
            all.len() - 1
        });
        &mut all[at]
    }
}

impl ListHint {
    /// A list of this kind; now and then an empty one.
    pub fn make(&self, rng: &mut Rng) -> Value {
        let count = if rng.u8(..8) == 0 { 0 } else { rng.usize(1..=ELEMENTS_MAX) };
        Value::List((1..=count).map(|number| self.element(rng, number)).collect())
    }

    fn element(&self, rng: &mut Rng, number: usize) -> Value {
        if self.fields.is_empty() {
            return Value::text(format!("choice {number}"));
        }
        let mut element = Value::Map(Map::new());
        // What something is compared with comes last, so that it counts.
        let (free, compared): (Vec<_>, Vec<_>) = self.fields.iter().partition(|(_, value)| value.is_none());
        for (path, compared) in free.into_iter().chain(compared) {
            let name = path.last().map_or("choice", String::as_str);
            let made = Value::text(format!("{name} {number}"));
            let value = compared.clone().filter(|_| rng.u8(..4) > 0).unwrap_or(made);
            put(&mut element, path, value);
        }
        element
    }
}

/// Puts a value where names lead to, making the maps and lists on the way. A list that is empty stays so.
pub fn put(into: &mut Value, path: &[String], value: Value) {
    let Some((first, rest)) = path.split_first() else {
        *into = value;
        return;
    };
    if first == EACH {
        if !matches!(into, Value::List(_)) {
            *into = Value::List(vec![Value::Nothing]);
        }
        if let Value::List(elements) = into {
            elements.iter_mut().for_each(|element| put(element, rest, value.clone()));
        }
        return;
    }
    if !matches!(into, Value::Map(_)) {
        *into = Value::Map(Map::new());
    }
    if let Value::Map(map) = into {
        put(map.get_or_default(first.clone()), rest, value);
    }
}

/// Which results each variable keeps, or parts of them.
pub fn kept_results(definition: &Definition) -> BTreeMap<String, Vec<Root>> {
    let mut kept: BTreeMap<String, Vec<Root>> = BTreeMap::new();
    for _ in 0..HANDED_ON_MAX {
        for action in &definition.actions {
            for set in action.steps.iter().flat_map(|step| &step.set) {
                let Some(target) = &set.target else { continue };
                let roots = roots(&set.value, &action.id, &kept);
                let known = kept.entry(target.clone()).or_default();
                let new: Vec<Root> = roots.into_iter().filter(|root| !known.contains(root)).collect();
                known.extend(new);
            }
        }
    }
    kept
}

/// Where an expression's value comes from.
pub fn roots(expr: &Expr, action: &str, kept: &BTreeMap<String, Vec<Root>>) -> Vec<Root> {
    let mut path = Vec::new();
    let mut at = expr;
    let from = loop {
        match at {
            Expr::Field(of, name) => {
                path.insert(0, name.clone());
                at = of;
            }
            Expr::Index(of, key) => {
                let name = if let Expr::Value(Value::Text(name)) = key.as_ref() { name } else { EACH };
                path.insert(0, name.to_owned());
                at = of;
            }
            Expr::Method(of, Method::Get, _) => {
                path.insert(0, EACH.to_owned());
                at = of;
            }
            Expr::Method(of, ..) | Expr::Filter { of, .. } => at = of,
            Expr::Step(name) => {
                break vec![Root { action: action.to_owned(), result: name.clone(), path: Vec::new() }];
            }
            Expr::Variable(name) => break kept.get(name).cloned().unwrap_or_default(),
            Expr::Value(_)
            | Expr::Offered(_)
            | Expr::Local(_)
            | Expr::Input
            | Expr::List(_)
            | Expr::Map(_)
            | Expr::Unary(..)
            | Expr::Binary(..)
            | Expr::Choose(..)
            | Expr::Call(..) => return Vec::new(),
        }
    };
    let below = |root: Root| Root { path: root.path.iter().chain(&path).cloned().collect(), ..root };
    from.into_iter().map(below).collect()
}

/// What an expression uses of a name bound around it, and compares it with.
fn fields_of(expr: &Expr, local: &str, fields: &mut Vec<(Vec<String>, Option<Value>)>) {
    expr.visit(&mut |inner| {
        fields.extend(path_from(inner, local).map(|path| (path, None)));
        if let Expr::Binary(op, left, right) = inner
            && is_comparison(*op)
            && let (Some(path), Expr::Value(value)) = (path_from(left, local), right.as_ref())
            && value.is_defined()
        {
            fields.push((path, Some(value.clone())));
        }
    });
    fields.retain(|(path, _)| !path.is_empty());
    // Of `item.at.day`, `item.at` is no text of its own.
    let longer: Vec<Vec<String>> = fields.iter().map(|(path, _)| path.clone()).collect();
    let is_whole =
        |path: &Vec<String>| !longer.iter().any(|other| other.len() > path.len() && other.starts_with(path));
    fields.retain(|(path, _)| is_whole(path));
}

/// The names that lead from a bound name to this; none for the name itself.
fn path_from(expr: &Expr, local: &str) -> Option<Vec<String>> {
    if let Expr::Field(of, name) = expr {
        let mut path = path_from(of, local)?;
        path.push(name.clone());
        return Some(path);
    }
    matches!(expr, Expr::Local(name) if name == local).then(Vec::new)
}

fn is_comparison(op: BinaryOp) -> bool {
    matches!(
        op,
        BinaryOp::Equal
            | BinaryOp::NotEqual
            | BinaryOp::Less
            | BinaryOp::LessOrEqual
            | BinaryOp::Greater
            | BinaryOp::GreaterOrEqual
    )
}
