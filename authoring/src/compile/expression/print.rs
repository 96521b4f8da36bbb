//! Expressions written as authors write them, for the inspector and for what imports leave in a file.

use super::class;
use super::lexer::name_length;
use assistant::Value;
use assistant::civil::{date_text, date_time_text, time_text};
use assistant::definition::{BinaryOp, Expr, Method, UnaryOp};

/// How tightly a form binds; what binds less than its place asks for is put in parentheses.
const CHOICE: u8 = 0;
const TEST: u8 = 1;
const UNARY: u8 = 6;
const POSTFIX: u8 = 7;
const WHOLE: u8 = 8;

/// An expression as text. Reading it again gives the same one, but for dates and amounts, which become texts and
/// numbers: there is no way to write them.
pub fn print(expr: &Expr) -> String {
    at_least(expr, CHOICE)
}

fn at_least(expr: &Expr, level: u8) -> String {
    match (level_of(expr) < level, form(expr)) {
        (true, form) => format!("({form})"),
        (false, form) => form,
    }
}

fn level_of(expr: &Expr) -> u8 {
    match expr {
        Expr::Choose(..) => CHOICE,
        Expr::Binary(op, ..) => level_of_op(*op),
        Expr::Unary(..) => UNARY,
        Expr::Value(Value::Number(number)) if number.is_sign_negative() => UNARY,
        Expr::Field(..) | Expr::Index(..) | Expr::Method(..) | Expr::Filter { .. } | Expr::Input => POSTFIX,
        Expr::Value(_)
        | Expr::Variable(_)
        | Expr::Step(_)
        | Expr::Offered(_)
        | Expr::Local(_)
        | Expr::List(_)
        | Expr::Map(_)
        | Expr::Call(..) => WHOLE,
    }
}

fn level_of_op(op: BinaryOp) -> u8 {
    match op {
        BinaryOp::Or => 1,
        BinaryOp::And => 2,
        BinaryOp::Equal
        | BinaryOp::NotEqual
        | BinaryOp::Less
        | BinaryOp::LessOrEqual
        | BinaryOp::Greater
        | BinaryOp::GreaterOrEqual => 3,
        BinaryOp::Add | BinaryOp::Subtract => 4,
        BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Remainder => 5,
    }
}

fn form(expr: &Expr) -> String {
    match expr {
        Expr::Value(value) => literal(value),
        Expr::Variable(name) | Expr::Step(name) | Expr::Offered(name) => format!("${{{name}}}"),
        Expr::Local(name) => local(name),
        Expr::Input => "input.text".to_owned(),
        Expr::List(items) => format!("[{}]", listed(items)),
        Expr::Map(entries) => {
            let entry = |(key, value): &(String, Expr)| format!("{}: {}", quoted(key, '"'), print(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Expr::Unary(UnaryOp::Not, operand) => format!("!{}", at_least(operand, UNARY)),
        Expr::Unary(UnaryOp::Minus, operand) => format!("-{}", at_least(operand, POSTFIX)),
        Expr::Binary(op, left, right) => {
            let level = level_of_op(*op);
            format!("{} {} {}", at_least(left, level), op.spelling(), at_least(right, level + 1))
        }
        Expr::Choose(test, then, otherwise) => {
            format!("{} ? {} : {}", at_least(test, TEST), print(then), print(otherwise))
        }
        Expr::Field(of, name) if name_length(name, false) == name.len() && is_field(name) => {
            format!("{}.{name}", at_least(of, POSTFIX))
        }
        Expr::Field(of, name) => format!("{}[{}]", at_least(of, POSTFIX), quoted(name, '\'')),
        Expr::Index(of, index) => format!("{}[{}]", at_least(of, POSTFIX), print(index)),
        Expr::Method(of, Method::Now, zone) if **of == Expr::default() => format!("now({})", listed(zone)),
        Expr::Method(of, method, arguments) => {
            format!("{}.{}({})", at_least(of, POSTFIX), method.spelling(), listed(arguments))
        }
        Expr::Filter { of, name, test } => {
            let (of, test) = (at_least(of, POSTFIX), quoted(&print(test), '"'));
            format!("{of}.filter({}, {test})", quoted(name, '"'))
        }
        Expr::Call(function, arguments) => format!("{}({})", class::written(*function), listed(arguments)),
    }
}

fn is_field(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn listed(items: &[Expr]) -> String {
    items.iter().map(print).collect::<Vec<_>>().join(", ")
}

/// A name that would be read as something else alone is put in braces.
fn local(name: &str) -> String {
    match name {
        "true" | "false" | "null" | "new" | "not" | "NOT" => format!("${{{name}}}"),
        _ if name_length(name, false) == name.len() => name.to_owned(),
        _ => format!("${{{name}}}"),
    }
}

fn literal(value: &Value) -> String {
    match value {
        Value::Nothing => "null".to_owned(),
        Value::Text(text) => quoted(text, '\''),
        Value::Number(number) | Value::Percent(number) | Value::Money { amount: number, .. } => {
            number.to_string()
        }
        Value::YesNo(yes) => yes.to_string(),
        Value::Date(date) => quoted(&date_text(*date), '\''),
        Value::Time(time) => quoted(&time_text(*time), '\''),
        Value::DateTime(at) => quoted(&date_time_text(*at), '\''),
        Value::List(items) => format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let entry = |(key, value): (&String, &Value)| format!("{}: {}", quoted(key, '"'), literal(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

/// A text in quotes: the quote doubled, control characters with a backslash, and backslashes doubled where one would
/// be read as part of such a character.
fn quoted(text: &str, quote: char) -> String {
    let mut out = String::from(quote);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let backslashes = rest.len() - rest.trim_start_matches('\\').len();
        let (before, after) = rest.split_at(backslashes);
        let next = after.chars().next();
        out.push_str(before);
        if matches!(next, Some('n' | 'r' | 't' | '\n' | '\r' | '\t')) {
            out.push_str(before);
        }
        let taken = if backslashes > 0 { next } else { Some(c) };
        match taken {
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(c) if c == quote => out.extend([quote, quote]),
            Some(c) => out.push(c),
            None => {}
        }
        rest = &after[taken.map_or(0, char::len_utf8)..];
    }
    out.push(quote);
    out
}
