//! A little load over the real protocol, from another process: nothing is lost, doubled, reordered or misrouted, also when
//! everybody comes back at once and when the bridge is killed. How fast it is, is `cargo xtask bench messages`.

use serde_json::Value;
use std::process::Command;

#[test]
fn no_message_goes_wrong_on_sqlite() {
    check("sqlite");
}

#[test]
fn no_message_goes_wrong_on_postgresql() {
    check("postgres");
}

fn check(store: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("report.json");
    let mut load = Command::new(env!("CARGO_BIN_EXE_load"));
    load.args(["--quick", "--store", store, "--json"]).arg(&report).arg("--folder").arg(folder.path());
    let output = load.output().expect("the generator starts");
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let report: Value = serde_json::from_slice(&std::fs::read(&report).expect("it reports")).expect("JSON");
    let outcomes = report["outcomes"].as_array().expect("a list");
    let what: Vec<&str> = outcomes.iter().filter_map(|outcome| outcome["what"].as_str()).collect();
    assert_eq!(what, ["steady", "storm", "kill -9"], "{said}");
    assert!(outcomes[0]["load"]["messages"].as_u64() > Some(100), "{said}");
}
