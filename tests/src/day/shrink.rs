//! Days that fail, made as short as they can be while they still fail: steps are left out, then what the setup says.

use super::step::Day;
use serde_json::Value;

/// Days tried before the shortest so far has to do.
const TRIES: usize = 6_000;

/// The shortest day found that still fails.
pub fn shrink(day: &Day, fails: impl Fn(&Day) -> bool) -> Day {
    let mut search = Search { best: day.clone(), fails: &fails, tries: TRIES };
    loop {
        let before = search.best.clone();
        search.leave_out_steps();
        search.leave_out_settings();
        search.do_nothing_special();
        if search.best == before || search.tries == 0 {
            return search.best;
        }
    }
}

struct Search<'f> {
    best: Day,
    fails: &'f dyn Fn(&Day) -> bool,
    tries: usize,
}

impl Search<'_> {
    /// Larger parts first.
    fn leave_out_steps(&mut self) {
        let mut size = self.best.steps.len().div_ceil(2);
        while size > 0 {
            let mut from = 0;
            while from < self.best.steps.len() {
                let mut steps = self.best.steps.clone();
                steps.drain(from..(from + size).min(steps.len()));
                if !self.attempt(Day { steps, ..self.best.clone() }) {
                    from += size;
                }
            }
            size /= 2;
        }
    }

    /// Whatever can be left out of the first setup's document, from the largest parts to the smallest.
    fn leave_out_settings(&mut self) {
        let Ok(document) = serde_json::to_value(&self.best.setup) else { return };
        let mut paths = Vec::new();
        every_path(&document, &mut Vec::new(), &mut paths);
        paths.sort_by_key(Vec::len);
        for path in paths {
            let Ok(mut document) = serde_json::to_value(&self.best.setup) else { return };
            if leave_out(&mut document, &path)
                && let Ok(setup) = serde_json::from_value(document)
            {
                self.attempt(Day { setup, ..self.best.clone() });
            }
        }
    }

    fn do_nothing_special(&mut self) {
        for at in 0..self.best.steps.len() {
            let mut day = self.best.clone();
            (day.steps[at].jumped, day.steps[at].batched) = (false, false);
            self.attempt(day);
        }
    }

    fn attempt(&mut self, day: Day) -> bool {
        if self.tries == 0 || day == self.best {
            return false;
        }
        self.tries -= 1;
        let fails = (self.fails)(&day);
        if fails {
            self.best = day;
        }
        fails
    }
}

fn every_path(value: &Value, here: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return,
    };
    // From the end, so that places in lists stay true.
    for (key, value) in inner.into_iter().rev() {
        here.push(key);
        paths.push(here.clone());
        every_path(value, here, paths);
        here.pop();
    }
}

fn leave_out(document: &mut Value, path: &[String]) -> bool {
    let Some((last, parents)) = path.split_last() else { return false };
    let mut here = document;
    for key in parents {
        let inner = match here {
            Value::Object(map) => map.get_mut(key),
            Value::Array(list) => key.parse().ok().and_then(|at: usize| list.get_mut(at)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        };
        let Some(inner) = inner else { return false };
        here = inner;
    }
    match here {
        Value::Object(map) => map.remove(last).is_some(),
        Value::Array(list) => last.parse().is_ok_and(|at: usize| {
            at < list.len() && {
                list.remove(at);
                true
            }
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
