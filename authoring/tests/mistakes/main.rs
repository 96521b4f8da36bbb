//! What `check` says about files.

mod form;
mod meaning;

use authoring::{Mistake, Severity, World, check};

const HEAD: &str = "format: 1\nname: Test\nlanguage: en\n";
const ACTION: &str =
    "actions:\n- id: try\n  title: Try\n  phrases: [try it, have a try, give it a go]\n  steps: ";

fn check_steps(steps: &str, expected: &[&str]) {
    check_file(&format!("{ACTION}{steps}\n"), expected);
}

/// Each mistake as a line must contain its expected words, and there must be no others.
fn check_file(rest: &str, expected: &[&str]) {
    let file = format!("{HEAD}{rest}");
    expect(&file, &check("a.yaml", &file, &World::default()).mistakes, expected);
}

fn expect(file: &str, mistakes: &[Mistake], expected: &[&str]) {
    let line = |m: &Mistake| {
        let severity = if m.severity == Severity::Error { "error" } else { "warning" };
        format!("{}:{} {severity}[{}] {} {}; {}", m.line, m.column, m.code, m.path, m.problem, m.remedy)
    };
    let lines: Vec<String> = mistakes.iter().map(line).collect();
    let matching = lines.iter().zip(expected).all(|(line, expected)| line.contains(expected));
    assert!(matching && lines.len() == expected.len(), "in {file}\nfound {lines:#?}\nexpected {expected:#?}");
}
