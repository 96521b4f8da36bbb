//! A little of `cargo xtask bench routing`: nothing is owned twice, nobody has more than their room, no deadline is early.

use std::process::Command;

#[test]
fn no_assignment_goes_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = Command::new(env!("CARGO_BIN_EXE_routing"));
    let output = bench.arg("--quick").arg("--folder").arg(folder.path()).output().expect("it starts");
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    for part in ["durable, Sqlite", "durable, Postgres", "timers, Sqlite", "timers, Postgres"] {
        let line = said.lines().find(|line| line.starts_with(part)).expect(&said);
        assert!(line.contains("owned twice 0, over capacity 0") || line.contains("early 0;"), "{line}");
    }
}
