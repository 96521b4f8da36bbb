//! What `T(…)` and `new` can name: the little of Java that assistants use.

use super::Problem;
use super::grown::Grown;
use super::member::arguments_fit;
use crate::compile::nearest::did_you_mean;
use assistant::Value;
use assistant::definition::{BinaryOp, Expr, Function};

/// Static methods by class and name.
const STATIC: [(&str, &str, Function); 15] = [
    ("Math", "max", Function::Max),
    ("Math", "min", Function::Min),
    ("Math", "abs", Function::Abs),
    ("Math", "round", Function::Round),
    ("Math", "floor", Function::Floor),
    ("Math", "ceil", Function::Ceil),
    ("Math", "pow", Function::Pow),
    ("Math", "sqrt", Function::Sqrt),
    ("String", "format", Function::Format),
    ("String", "valueOf", Function::ValueOf),
    ("Double", "parseDouble", Function::ParseNumber),
    ("Double", "valueOf", Function::ParseNumber),
    ("Integer", "parseInt", Function::ParseNumber),
    ("Integer", "valueOf", Function::ParseNumber),
    ("Long", "parseLong", Function::ParseNumber),
];

/// `T(Math).random()` draws from so many numbers, evenly spread below 1.
const RANDOM_STEPS: f64 = 1_000_000_000.0;

/// The class a name with or without its package stands for.
pub fn class(path: &str, at: usize) -> Result<&'static str, Problem> {
    const CLASSES: [&str; 5] = ["Math", "String", "Integer", "Long", "Double"];
    find(path, &CLASSES).ok_or_else(|| {
        let remedy = did_you_mean(path, CLASSES, "classes");
        Problem::new(at, format!("`T({path})` names no class known here"), remedy)
    })
}

/// What can be made with `new`.
pub fn made(path: &str, at: usize) -> Result<&'static str, Problem> {
    const CLASSES: [&str; 2] = ["Random", "Date"];
    find(path, &CLASSES).ok_or_else(|| {
        let remedy = did_you_mean(path, CLASSES, "things to make");
        Problem::new(at, format!("`new {path}` makes nothing known here"), remedy)
    })
}

/// `T(class).method(arguments)`
pub fn call(class: &str, method: &str, arguments: Vec<Grown>, at: usize) -> Result<Grown, Problem> {
    if (class, method) == ("Math", "random") && arguments.is_empty() {
        return random(at);
    }
    let of_class = || STATIC.iter().filter(|(of, _, _)| *of == class);
    let Some((_, _, function)) = of_class().find(|(_, name, _)| *name == method) else {
        let remedy = did_you_mean(method, of_class().map(|(_, name, _)| *name), "methods");
        return Err(Problem::new(at, format!("`T({class})` has no method `{method}`"), remedy));
    };
    function_call(*function, &format!("T({class}).{method}"), arguments, at)
}

/// A function with its arguments, whose number is checked.
pub fn function_call(
    function: Function,
    written: &str,
    arguments: Vec<Grown>,
    at: usize,
) -> Result<Grown, Problem> {
    let (_, _, min, max) = Function::ALL
        [Function::ALL.iter().position(|(_, other, _, _)| *other == function).unwrap_or_default()];
    arguments_fit(written, arguments.len(), min, max, at)?;
    Grown::over(arguments, at, |arguments| Expr::Call(function, arguments))
}

/// How a call of a function begins, up to its opening parenthesis.
pub fn written(function: Function) -> &'static str {
    match function {
        Function::Max => "T(Math).max",
        Function::Min => "T(Math).min",
        Function::Abs => "T(Math).abs",
        Function::Round => "T(Math).round",
        Function::Floor => "T(Math).floor",
        Function::Ceil => "T(Math).ceil",
        Function::Pow => "T(Math).pow",
        Function::Sqrt => "T(Math).sqrt",
        Function::RandomInt => "new Random().nextInt",
        Function::NewDate => "new Date",
        Function::Format => "T(String).format",
        Function::ValueOf => "T(String).valueOf",
        Function::ParseNumber => "T(Double).parseDouble",
    }
}

fn find(path: &str, classes: &[&'static str]) -> Option<&'static str> {
    let last = path.rsplit('.').next().unwrap_or(path);
    let package = &path[..path.len() - last.len()];
    let known = ["", "java.lang.", "java.util.", "java.math."].contains(&package);
    classes.iter().find(|class| known && **class == last).copied()
}

fn random(at: usize) -> Result<Grown, Problem> {
    let steps = || Expr::Value(Value::Number(RANDOM_STEPS));
    let drawn = Grown::leaf(Expr::Call(Function::RandomInt, vec![steps()]));
    let grown = vec![drawn, Grown::leaf(steps())];
    Grown::over(grown, at, |mut both| {
        let steps = both.pop().unwrap_or_default();
        let drawn = both.pop().unwrap_or_default();
        Expr::Binary(BinaryOp::Divide, Box::new(drawn), Box::new(steps))
    })
}
