//! What follows a value: fields, indexes, methods; and what `T(…)` and `new` begin.

use super::Problem;
use super::class;
use super::cursor::Parser;
use super::grown::Grown;
use super::lexer::Token;
use crate::compile::nearest::did_you_mean;
use assistant::definition::{Expr, Function, Method};

/// Refuses a wrong number of arguments.
pub fn arguments_fit(name: &str, given: usize, min: usize, max: usize, at: usize) -> Result<(), Problem> {
    if (min..=max).contains(&given) {
        return Ok(());
    }
    let wanted = match (min, max) {
        (0, 0) => "none".to_owned(),
        (1, 1) => "one".to_owned(),
        (min, max) if min == max => min.to_string(),
        (min, max) => format!("{min} to {max}"),
    };
    Err(Problem::new(at, format!("`{name}` has {given} arguments"), format!("give it {wanted}")))
}

impl Parser<'_> {
    /// A value and everything that follows it.
    pub fn continued(&mut self, mut grown: Grown) -> Result<Grown, Problem> {
        loop {
            let at = self.at;
            grown = if self.takes(".")? {
                self.member(grown)?
            } else if self.takes("?.")? {
                self.safe_member(grown, at)?
            } else if self.token == Token::Sign("[") {
                let index = self.enclosed("]", Self::choice)?;
                grown.join(index, at, |of, index| Expr::Index(Box::new(of), Box::new(index)))?
            } else {
                return Ok(grown);
            };
        }
    }

    /// Arguments in parentheses.
    pub fn arguments(&mut self) -> Result<Vec<Grown>, Problem> {
        if self.token == Token::Sign("(") {
            return self.enclosed(")", |parser| parser.items(")"));
        }
        let problem = format!("{} stands where `(` should", self.token.named());
        Err(Problem::new(self.at, problem, "write the arguments in parentheses, `()` when there are none"))
    }

    /// `T(class).method(…)`
    pub fn class_call(&mut self) -> Result<Grown, Problem> {
        self.advance()?;
        let (path, path_at) = self.enclosed(")", Self::path)?;
        let class = class::class(&path, path_at)?;
        self.expect(".", "a class alone has no value")?;
        let at = self.at;
        let method = self.name("a method after `.`")?;
        let arguments = self.arguments()?;
        class::call(class, method, arguments, at)
    }

    /// `new Date(…)`, `new Random().nextInt(n)`
    pub fn construction(&mut self) -> Result<Grown, Problem> {
        self.advance()?;
        let (path, at) = self.path()?;
        let made = class::made(&path, at)?;
        let arguments = self.arguments()?;
        if made == "Date" {
            return class::function_call(Function::NewDate, "new Date", arguments, at);
        }
        arguments_fit("new Random", arguments.len(), 0, 0, at)?;
        self.expect(".", "`new Random()` alone has no value")?;
        let at = self.at;
        match self.name("`nextInt` after `.`")? {
            "nextInt" => {
                let arguments = self.arguments()?;
                class::function_call(Function::RandomInt, "nextInt", arguments, at)
            }
            other => Err(Problem::new(
                at,
                format!("`new Random()` has no method `{other}`"),
                "write `new Random().nextInt(n)`: a whole number from 0 to n - 1",
            )),
        }
    }

    /// `a?.method()` is nothing when `a` is; `a?.field` is what `a.field` is anyway.
    fn safe_member(&mut self, of: Grown, at: usize) -> Result<Grown, Problem> {
        let exists = of.exists(at)?;
        let member = self.member(of)?;
        if matches!(member.expr(), Expr::Field(..)) {
            return Ok(member);
        }
        exists.choose(member, Grown::leaf(Expr::default()), at)
    }

    fn member(&mut self, of: Grown) -> Result<Grown, Problem> {
        let at = self.at;
        let name = self.name("a field or a method after `.`")?;
        if self.token != Token::Sign("(") {
            return of.wrap(at, |of| Expr::Field(Box::new(of), name.to_owned()));
        }
        if name == "filter" {
            return self.filter(of, at);
        }
        let Some((_, method, min, max)) = Method::ALL.iter().find(|(spelling, ..)| *spelling == name) else {
            let known = Method::ALL.iter().map(|(spelling, ..)| *spelling).chain(["filter"]);
            let remedy = did_you_mean(name, known, "methods");
            return Err(Problem::new(at, format!("there is no method `{name}`"), remedy));
        };
        let arguments = self.arguments()?;
        arguments_fit(name, arguments.len(), *min, *max, at)?;
        let all = std::iter::once(of).chain(arguments).collect();
        Grown::over(all, at, |mut all| {
            let arguments = all.split_off(1);
            Expr::Method(Box::new(all.pop().unwrap_or_default()), *method, arguments)
        })
    }

    /// `.filter("x", "x.price > 3")`: the test is an expression of its own, written as a text.
    fn filter(&mut self, of: Grown, at: usize) -> Result<Grown, Problem> {
        let (name, test) = self.enclosed(")", |parser| {
            let (name, _) = parser.text("the name of an element, such as \"x\"")?;
            parser.expect(",", "`filter` has no test")?;
            let (source, at) = parser.text("a test, such as \"x.price > 3\"")?;
            let test = parser.nested(&source, at + 1, &name)?;
            Ok((name, test))
        })?;
        of.join(test, at, |of, test| Expr::Filter { of: Box::new(of), name, test: Box::new(test) })
    }

    fn nested(&self, source: &str, at: usize, local: &str) -> Result<Grown, Problem> {
        let outer = |problem: Problem| Problem { at: (problem.at + at).min(self.source.len()), ..problem };
        let mut parser = Parser::new(source, 0, self.names).map_err(outer)?;
        parser.depth = self.depth;
        parser.offset = self.offset + at;
        parser.locals = self.locals.iter().cloned().chain([local.to_owned()]).collect();
        let test = parser.choice().map_err(outer)?;
        parser.expect_end().map_err(outer)?;
        Ok(test)
    }

    fn path(&mut self) -> Result<(String, usize), Problem> {
        let at = self.at;
        let mut path = self.name("the name of a class")?.to_owned();
        while self.takes(".")? {
            path.push('.');
            path.push_str(self.name("the rest of the class's name")?);
        }
        Ok((path, at))
    }
}
