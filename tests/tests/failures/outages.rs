//! Under a little load the bridge is held, its disk is full, the power goes, its database crashes: every message is
//! acknowledged in the end, stored once, and delivered once and in order.

use serde_json::Value;
use std::process::Command;

#[test]
fn no_message_goes_wrong_around_a_failure_on_sqlite() {
    let outcomes = outcomes("sqlite");
    assert_eq!(names(&outcomes), ["held", "disk full", "power cut"]);
    assert!(figure(&outcomes[1], "told to try again") > 0.0, "a full disk is noticed");
    assert!(figure(&outcomes[1], "ms from its end to the first ack") < 5_000.0);
    assert!(figure(&outcomes[2], "flushes before them") > 50.0);
    assert!(
        figure(&outcomes[2], "writes the disk lost") > 0.0,
        "without power the disk holds less than the system did"
    );
}

#[test]
fn no_message_goes_wrong_around_a_failure_on_postgresql() {
    let outcomes = outcomes("postgres");
    assert_eq!(names(&outcomes), ["held", "database away", "killed in commit"]);
    assert!(figure(&outcomes[1], "ms from its end to the first ack") < 5_000.0);
}

/// What came of each failure. A run in which a message was lost, doubled, reordered or misrouted fails.
fn outcomes(store: &str) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.json");
    let mut load = Command::new(env!("CARGO_BIN_EXE_load"));
    load.arg("--quick").arg("--folder").arg(folder.path());
    load.args(["failures", "--store", store, "--json"]).arg(&report);
    let output = load.output().unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let report: Value = serde_json::from_slice(&std::fs::read(&report).unwrap()).unwrap();
    report["outcomes"].as_array().unwrap().clone()
}

fn names(outcomes: &[Value]) -> Vec<&str> {
    outcomes.iter().filter_map(|outcome| outcome["what"].as_str()).collect()
}

fn figure(outcome: &Value, what: &str) -> f64 {
    let figures = outcome["figures"].as_array().unwrap();
    let found = figures.iter().find(|figure| figure[0] == what).and_then(|figure| figure[1].as_f64());
    found.unwrap_or_else(|| panic!("no figure `{what}` in {outcome}"))
}
