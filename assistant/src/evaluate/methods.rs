//! Which method does what. A new one takes a line here and a function beside its like.

use super::machine::Machine;
use super::{Failed, dates, fields, lists, texts};
use crate::definition::{Expr, Method};
use crate::json::{from_json, to_json};
use crate::number::read_float;
use crate::surroundings::Case;
use crate::value::Value;
use dates::{Moment, Unit};
use std::cmp::Ordering;

/// A method being called.
pub struct Called<'m, 's> {
    /// What evaluates it.
    pub machine: &'m mut Machine<'s>,
    /// Which one.
    pub method: Method,
    /// Its arguments.
    pub args: Vec<Value>,
}

type OfList = fn(&mut Called<'_, '_>, Vec<Value>) -> Result<Value, Failed>;
type OfText = fn(&mut Called<'_, '_>, String) -> Result<Value, Failed>;
type OfValue = fn(&mut Called<'_, '_>, Value) -> Result<Value, Failed>;

/// What a method belongs to.
enum Belongs {
    /// Lists, and texts. A map is there the list of its names.
    Both(OfList, OfText),
    /// Lists.
    List(OfList),
    /// Lists, which it changes where they are kept.
    Changes(OfList),
    /// Lists and maps.
    Elements(OfValue),
    /// Lists and maps, which it changes where they are kept.
    ChangesElements(OfValue),
    /// Texts, and everything else as [`Value::plain`].
    Text(OfText),
    /// Anything.
    Value(OfValue),
    /// Dates and times: true when the order of the two fits.
    Compares(fn(Ordering) -> bool),
    /// Dates and times.
    Shifts(Unit, i64),
    /// Nothing: `now()` stands alone.
    None,
}

fn belongs(method: Method) -> Belongs {
    use Belongs::{Both, Changes, ChangesElements, Compares, Elements, List, Shifts, Text, Value};
    match method {
        Method::Contains => Both(lists::contains, texts::contains),
        Method::IndexOf => Both(lists::index_of, texts::index_of),
        Method::Size | Method::Length => Both(lists::size, texts::length),
        Method::IsEmpty => Both(lists::is_empty, texts::is_empty),
        Method::Append => Both(lists::append, texts::append),
        Method::Get => Elements(lists::get),
        Method::Add => Changes(lists::add),
        Method::AddAll => Changes(lists::append),
        Method::Clear => Changes(lists::clear),
        Method::ContainsIgnoreCase => List(lists::contains_ignore_case),
        Method::GetRandomItem => List(lists::random_item),
        Method::Join => List(lists::join),
        Method::JoinToArray => List(lists::join_to_array),
        Method::Remove => ChangesElements(lists::remove),
        Method::RemoveValue => Changes(lists::remove_value),
        Method::Set => ChangesElements(lists::set),
        Method::Sort => Changes(lists::sort),
        Method::Transform => List(lists::transform),
        Method::EndsWith => Text(texts::ends_with),
        Method::StartsWith => Text(texts::starts_with),
        Method::Equals => Value(|called, on| Ok(yes(super::equal(&on, called.arg(0))))),
        Method::EqualsIgnoreCase => Text(texts::equals_ignore_case),
        Method::Extract => Text(texts::extract),
        Method::Find => Text(texts::find),
        Method::GetMatch => Text(texts::get_match),
        Method::Matches => Text(texts::matches),
        Method::Substring => Text(texts::substring),
        Method::ToJson => Value(to_or_from_json),
        Method::ToLowerCase => Text(|called, on| called.machine.text(called.in_case(&on, Case::Lower))),
        Method::ToUpperCase => Text(|called, on| called.machine.text(called.in_case(&on, Case::Upper))),
        Method::Trim => Text(|called, on| called.machine.text(on.trim().to_owned())),
        Method::Replace => Text(texts::replace),
        Method::ReplaceAll => Text(texts::replace_all),
        Method::Concat => Text(texts::append),
        Method::Split => Text(texts::split),
        Method::ToText => Text(|called, on| called.machine.text(on)),
        Method::ToInt | Method::ToLong => Value(|_, on| Ok(to_number(&on, f64::trunc))),
        Method::ToDouble => Value(|_, on| Ok(to_number(&on, |number| number))),
        Method::Now => Belongs::None,
        Method::ReformatDateTime => Value(dates::reformat),
        Method::Before => Compares(Ordering::is_lt),
        Method::After => Compares(Ordering::is_gt),
        Method::SameMoment => Compares(Ordering::is_eq),
        Method::SameOrAfter => Compares(Ordering::is_ge),
        Method::SameOrBefore => Compares(Ordering::is_le),
        Method::PlusYears => Shifts(Unit::Years, 1),
        Method::PlusMonths => Shifts(Unit::Months, 1),
        Method::PlusDays => Shifts(Unit::Days, 1),
        Method::PlusHours => Shifts(Unit::Hours, 1),
        Method::PlusMinutes => Shifts(Unit::Minutes, 1),
        Method::PlusSeconds => Shifts(Unit::Seconds, 1),
        Method::MinusYears => Shifts(Unit::Years, -1),
        Method::MinusMonths => Shifts(Unit::Months, -1),
        Method::MinusDays => Shifts(Unit::Days, -1),
        Method::MinusHours => Shifts(Unit::Hours, -1),
        Method::MinusMinutes => Shifts(Unit::Minutes, -1),
        Method::MinusSeconds => Shifts(Unit::Seconds, -1),
    }
}

/// Calls a method of the value of an expression.
pub fn call(machine: &mut Machine<'_>, of: &Expr, method: Method, args: &[Expr]) -> Result<Value, Failed> {
    let (name, _, least, most) = Method::ALL[method as usize];
    check_count(name, args.len(), least, most)?;
    let belongs = belongs(method);
    let alone = matches!(belongs, Belongs::None);
    let on = if alone { Value::Nothing } else { machine.defined(of)? };
    let args = args.iter().map(|arg| machine.value(arg)).collect::<Result<_, _>>()?;
    let mut called = Called { machine, method, args };
    let changes = matches!(belongs, Belongs::Changes(_) | Belongs::ChangesElements(_));
    let value = called.on(belongs, on)?;
    if changes {
        machine.keep(of, value.clone())?;
    }
    Ok(value)
}

impl Called<'_, '_> {
    fn on(&mut self, belongs: Belongs, on: Value) -> Result<Value, Failed> {
        match (belongs, on) {
            (
                Belongs::Both(of_list, _) | Belongs::List(of_list) | Belongs::Changes(of_list),
                Value::List(items),
            ) => of_list(self, items),
            (Belongs::Both(of_list, _), Value::Map(map)) => {
                of_list(self, map.into_iter().map(|(name, _)| Value::Text(name)).collect())
            }
            (Belongs::Both(_, of_text) | Belongs::Text(of_text), on) => of_text(self, on.plain()),
            (Belongs::List(_) | Belongs::Changes(_), on) => Err(self.unfit("a list", &on)),
            (Belongs::Elements(of) | Belongs::ChangesElements(of), on @ (Value::List(_) | Value::Map(_))) => {
                of(self, on)
            }
            (Belongs::Elements(_) | Belongs::ChangesElements(_), on) => {
                Err(self.unfit("a list or a map", &on))
            }
            (Belongs::Value(of), on) => of(self, on),
            (Belongs::Compares(fits), on) => dates::compared(self, &on, fits),
            (Belongs::Shifts(unit, sign), on) => dates::shifted(self, &on, unit, sign),
            (Belongs::None, _) => {
                let zone = self.args.first().map(Value::plain);
                dates::now(self.machine.scope.surroundings(), zone.as_deref())
            }
        }
    }

    /// An argument; nothing when it is left out.
    pub fn arg(&self, index: usize) -> &Value {
        self.args.get(index).unwrap_or(&Value::Nothing)
    }

    /// An argument as text.
    pub fn text(&self, index: usize) -> String {
        self.arg(index).plain()
    }

    /// A text in capital or in small letters.
    pub fn in_case(&self, text: &str, case: Case) -> String {
        (self.machine.scope.surroundings().in_case)(text, case)
    }

    /// An argument as a whole number.
    pub fn whole(&self, index: usize) -> Result<i64, Failed> {
        const WHOLE_MAX: f64 = 1e12;
        let arg = self.arg(index);
        match arg.number() {
            Some(number) if number.fract() == 0.0 && number.abs() <= WHOLE_MAX => Ok(number as i64),
            Some(_) | None => Err(self.unfit("a whole number", arg)),
        }
    }

    /// An argument as a place in a list.
    pub fn place(&self, index: usize) -> Result<usize, Failed> {
        fields::place(self.arg(index))
    }

    /// A value as date or time.
    pub fn moment(&self, value: &Value) -> Result<Moment, Failed> {
        Moment::of(value).ok_or_else(|| self.unfit("a date or a time", value))
    }

    /// Why this value does not do.
    pub fn unfit(&self, needed: &str, value: &Value) -> Failed {
        Failed(format!("`{}` needs {needed}, not {}", self.method.spelling(), value.kind()))
    }
}

/// Fails unless so many arguments are taken. Whoever wrote the expression was told; this keeps us from relying on it.
pub fn check_count(name: &str, given: usize, least: usize, most: usize) -> Result<(), Failed> {
    match (least..=most).contains(&given) {
        true => Ok(()),
        false => Err(Failed(format!("`{name}` takes {least} to {most} arguments, not {given}"))),
    }
}

/// Yes or no as a value.
pub fn yes(yes: bool) -> Value {
    Value::YesNo(yes)
}

/// A text is read as JSON, everything else is written as JSON.
fn to_or_from_json(called: &mut Called<'_, '_>, on: Value) -> Result<Value, Failed> {
    let Value::Text(text) = on else {
        return called.machine.text(to_json(&on));
    };
    called.machine.spend(text.len())?;
    let value = from_json(&text).ok_or_else(|| Failed("`toJson` needs JSON: the text is none".to_owned()))?;
    called.machine.made(value)
}

/// The number it is; nothing when it is none.
fn to_number(on: &Value, apply: fn(f64) -> f64) -> Value {
    let number = if let Value::Text(text) = on { read_float(text) } else { on.number() };
    number.map_or(Value::Nothing, |number| Value::Number(apply(number)))
}
