//! Tokens put together, by precedence.

use super::Problem;
use super::cursor::Parser;
use super::grown::Grown;
use super::lexer::{Token, token};
use super::member::arguments_fit;
use crate::compile::nearest::did_you_mean;
use assistant::Value;
use assistant::definition::{BinaryOp, Expr, Function, Method, UnaryOp, built_in};

/// What stands between two operands.
enum Infix {
    Op(BinaryOp),
    Power,
    Matches,
}

impl<'a> Parser<'a> {
    /// Anything that has a value: `test ? a : b`, `a ?: b`, and whatever binds tighter.
    pub fn choice(&mut self) -> Result<Grown, Problem> {
        self.deeper(|parser| {
            let test = parser.binary(1)?;
            let at = parser.at;
            if parser.takes("?")? {
                let then = parser.choice()?;
                parser.expect(":", "a `?` has no `:`")?;
                let otherwise = parser.choice()?;
                return test.choose(then, otherwise, at);
            }
            if parser.takes("?:")? {
                let otherwise = parser.choice()?;
                return test.exists(at)?.choose(test, otherwise, at);
            }
            Ok(test)
        })
    }

    /// A name and everything that follows it.
    pub fn reference(&mut self) -> Result<Grown, Problem> {
        let Token::Name(name) = self.token else {
            let problem = format!("{} stands where a name should", self.token.named());
            return Err(Problem::new(self.at, problem, "write the name of a variable or of a step"));
        };
        let first = self.named(name)?;
        self.continued(first)
    }

    /// Values between commas, up to a closing bracket.
    pub fn items(&mut self, close: &'static str) -> Result<Vec<Grown>, Problem> {
        let mut items = Vec::new();
        while self.token != Token::Sign(close) {
            items.push(self.choice()?);
            if !self.takes(",")? {
                break;
            }
        }
        Ok(items)
    }

    fn binary(&mut self, least: u8) -> Result<Grown, Problem> {
        let mut left = self.unary()?;
        while let Some((infix, level)) = self.infix()?
            && level >= least
        {
            let at = self.at;
            self.advance()?;
            let right = self.binary(level + 1)?;
            left = left.join(right, at, |a, b| match infix {
                Infix::Op(op) => Expr::Binary(op, Box::new(a), Box::new(b)),
                Infix::Power => Expr::Call(Function::Pow, vec![a, b]),
                Infix::Matches => Expr::Method(Box::new(a), Method::Matches, vec![b]),
            })?;
        }
        Ok(left)
    }

    fn infix(&self) -> Result<Option<(Infix, u8)>, Problem> {
        let word = match &self.token {
            Token::Sign(sign) => *sign,
            Token::Name(name) => name,
            Token::Number(_) | Token::Text(_) | Token::Dollar | Token::End => return Ok(None),
        };
        let op = |op, level| Ok(Some((Infix::Op(op), level)));
        match word {
            "||" | "or" | "OR" => op(BinaryOp::Or, 1),
            "&&" | "and" | "AND" => op(BinaryOp::And, 2),
            "==" | "eq" => op(BinaryOp::Equal, 3),
            "!=" | "ne" => op(BinaryOp::NotEqual, 3),
            "<" | "lt" => op(BinaryOp::Less, 3),
            "<=" | "le" => op(BinaryOp::LessOrEqual, 3),
            ">" | "gt" => op(BinaryOp::Greater, 3),
            ">=" | "ge" => op(BinaryOp::GreaterOrEqual, 3),
            "matches" => Ok(Some((Infix::Matches, 3))),
            "+" => op(BinaryOp::Add, 4),
            "-" => op(BinaryOp::Subtract, 4),
            "*" => op(BinaryOp::Multiply, 5),
            "/" | "div" => op(BinaryOp::Divide, 5),
            "%" | "mod" => op(BinaryOp::Remainder, 5),
            "^" => Ok(Some((Infix::Power, 6))),
            "instanceof" | "between" => {
                let problem = format!("`{word}` is not known here");
                Err(Problem::new(self.at, problem, "compare with `==`, `>=` and `<=`"))
            }
            _ => Ok(None),
        }
    }

    fn unary(&mut self) -> Result<Grown, Problem> {
        let op = match self.token {
            Token::Sign("-") => UnaryOp::Minus,
            Token::Sign("!") | Token::Name("not" | "NOT") => UnaryOp::Not,
            Token::Sign(_)
            | Token::Number(_)
            | Token::Text(_)
            | Token::Name(_)
            | Token::Dollar
            | Token::End => {
                let first = self.primary()?;
                return self.continued(first);
            }
        };
        let at = self.at;
        self.advance()?;
        let operand = self.deeper(Self::unary)?;
        match (op, operand.number()) {
            (UnaryOp::Minus, Some(number)) => Ok(Grown::leaf(Expr::Value(Value::Number(-number)))),
            _ => operand.wrap(at, |operand| Expr::Unary(op, Box::new(operand))),
        }
    }

    fn primary(&mut self) -> Result<Grown, Problem> {
        let at = self.at;
        match self.token.clone() {
            Token::Number(number) => self.leaf(Expr::Value(Value::Number(number))),
            Token::Text(text) => self.leaf(Expr::Value(Value::Text(text))),
            Token::Dollar => {
                let outer = std::mem::replace(&mut self.hyphens, true);
                self.advance()?;
                let grown = self.reference()?;
                self.hyphens = outer;
                self.expect("}", "`${` is not closed")?;
                Ok(grown)
            }
            Token::Sign("(") => self.enclosed(")", Self::choice),
            Token::Sign("[") => {
                let items = self.enclosed("]", |parser| parser.items("]"))?;
                Grown::over(items, at, Expr::List)
            }
            Token::Sign("{") => self.enclosed("}", Self::list_or_map),
            Token::Name(name) => self.word(name),
            Token::Sign(_) | Token::End => Err(self.no_value()),
        }
    }

    fn word(&mut self, name: &'a str) -> Result<Grown, Problem> {
        let at = self.at;
        let called = self.followed_by('(');
        match name {
            "true" => self.leaf(Expr::Value(Value::YesNo(true))),
            "false" => self.leaf(Expr::Value(Value::YesNo(false))),
            "null" => self.leaf(Expr::default()),
            "new" => self.construction(),
            "T" if called => self.class_call(),
            "now" if called => {
                self.advance()?;
                let zone = self.arguments()?;
                arguments_fit("now", zone.len(), 0, 1, at)?;
                Grown::over(zone, at, |zone| Expr::Method(Box::default(), Method::Now, zone))
            }
            "today" if called => {
                self.advance()?;
                arguments_fit("today", self.arguments()?.len(), 0, 0, at)?;
                Ok(Grown::leaf(Expr::Variable(built_in::CURRENT_DATE.to_owned())))
            }
            _ if called => {
                let remedy = did_you_mean(name, ["now", "today"], "functions");
                Err(Problem::new(at, format!("there is no function `{name}`"), remedy))
            }
            _ => self.named(name),
        }
    }

    fn named(&mut self, name: &str) -> Result<Grown, Problem> {
        let at = self.at;
        self.advance()?;
        if self.locals.iter().any(|local| local == name) {
            return Ok(Grown::leaf(Expr::Local(name.to_owned())));
        }
        if name == "input" && self.token == Token::Sign(".") && self.says_text() {
            self.advance()?;
            self.advance()?;
            return Ok(Grown::leaf(Expr::Input));
        }
        Ok(Grown::leaf((self.names)(name, self.offset + at)))
    }

    /// Whether `text` or `original_text` follows this token.
    fn says_text(&self) -> bool {
        let following = token(self.source, self.end, false);
        matches!(following, Ok((Token::Name("text" | "original_text"), ..)))
    }

    /// Inside braces: `{"k": a}` is a map, `{a, b}` a list, `{}` an empty map.
    fn list_or_map(&mut self) -> Result<Grown, Problem> {
        let at = self.at;
        if self.takes(":")? || self.token == Token::Sign("}") {
            return Ok(Grown::leaf(Expr::Map(Vec::new())));
        }
        if !(matches!(self.token, Token::Text(_) | Token::Name(_)) && self.followed_by(':')) {
            let items = self.items("}")?;
            return Grown::over(items, at, Expr::List);
        }
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        while self.token != Token::Sign("}") {
            keys.push(self.key()?);
            self.expect(":", "a key has no value")?;
            values.push(self.choice()?);
            if !self.takes(",")? {
                break;
            }
        }
        Grown::over(values, at, |values| Expr::Map(keys.into_iter().zip(values).collect()))
    }

    fn key(&mut self) -> Result<String, Problem> {
        let key = match self.token.clone() {
            Token::Text(key) => key,
            Token::Name(key) => key.to_owned(),
            Token::Number(_) | Token::Dollar | Token::Sign(_) | Token::End => {
                let problem = format!("{} stands where a key should", self.token.named());
                return Err(Problem::new(self.at, problem, "write keys as texts: {\"key\": value}"));
            }
        };
        self.advance()?;
        Ok(key)
    }

    fn leaf(&mut self, expr: Expr) -> Result<Grown, Problem> {
        self.advance()?;
        Ok(Grown::leaf(expr))
    }
}
