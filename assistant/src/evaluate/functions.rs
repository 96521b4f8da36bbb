//! Functions that belong to no value.

use super::machine::Machine;
use super::methods::check_count;
use super::operators::{finite, mapped};
use super::{Failed, dates, format, order};
use crate::definition::{Expr, Function};
use crate::number::read_float;
use crate::value::Value;

/// Calls a function.
pub fn call(machine: &mut Machine<'_>, function: Function, args: &[Expr]) -> Result<Value, Failed> {
    let args: Vec<Value> = args.iter().map(|arg| machine.value(arg)).collect::<Result<_, _>>()?;
    let (name, _, least, most) = Function::ALL[function as usize];
    check_count(name, args.len(), least, most)?;
    let (first, second) = (args.first().unwrap_or(&Value::Nothing), args.get(1).unwrap_or(&Value::Nothing));
    match function {
        Function::Max => {
            greater(name, first, second).map(|first_is| (if first_is { first } else { second }).clone())
        }
        Function::Min => {
            greater(name, first, second).map(|first_is| (if first_is { second } else { first }).clone())
        }
        Function::Abs => mapped(name, first, f64::abs),
        Function::Round => mapped(name, first, |number| (number + 0.5).floor()),
        Function::Floor => mapped(name, first, f64::floor),
        Function::Ceil => mapped(name, first, f64::ceil),
        Function::Sqrt => mapped(name, first, f64::sqrt),
        Function::Pow => power(name, first, second),
        Function::RandomInt => random_int(machine, name, first),
        Function::NewDate => new_date(machine, &args),
        Function::Format => format::format(machine, &args),
        Function::ValueOf => machine.text(first.plain()),
        Function::ParseNumber => parse(first),
    }
}

/// Whether the first is the greater number.
fn greater(name: &str, first: &Value, second: &Value) -> Result<bool, Failed> {
    let comparable = first.number().is_some() && second.number().is_some();
    match order(first, second).filter(|_| comparable) {
        Some(order) => Ok(order.is_ge()),
        None => {
            Err(Failed(format!("`{name}` needs two numbers, not {} and {}", first.kind(), second.kind())))
        }
    }
}

fn power(name: &str, base: &Value, exponent: &Value) -> Result<Value, Failed> {
    match (base.number(), exponent.number()) {
        (Some(base), Some(exponent)) => finite(name, base.powf(exponent)).map(Value::Number),
        (_, _) => {
            Err(Failed(format!("`{name}` needs two numbers, not {} and {}", base.kind(), exponent.kind())))
        }
    }
}

fn random_int(machine: &mut Machine<'_>, name: &str, below: &Value) -> Result<Value, Failed> {
    const BELOW_MAX: f64 = 9e15;
    match below.number() {
        Some(below) if (1.0..=BELOW_MAX).contains(&below) => {
            Ok(Value::Number((machine.scope.chance() % below as u64) as f64))
        }
        Some(_) | None => Err(Failed(format!("`{name}` needs a number from 1, not {}", below.plain()))),
    }
}

/// Now, a moment in milliseconds, or a date in words of ISO 8601.
fn new_date(machine: &mut Machine<'_>, args: &[Value]) -> Result<Value, Failed> {
    let around = machine.scope.surroundings();
    match args {
        [] => dates::now(around, None),
        [given, ..] => match (given.number(), dates::Moment::of(given)) {
            (Some(ms), _) => dates::at_milliseconds(around, ms),
            (None, Some(moment)) => Ok(moment.value()),
            (None, None) => Err(Failed(format!(
                "`new Date` needs milliseconds or a date such as 2026-11-21, not {}",
                given.kind()
            ))),
        },
    }
}

fn parse(given: &Value) -> Result<Value, Failed> {
    let text = given.plain();
    read_float(&text).map(Value::Number).ok_or_else(|| Failed(format!("`{text}` is no number")))
}
