//! `passerelle import`: the files it writes, and those it leaves alone.

use authoring::cli::Import;
use clap::Parser;
use std::fs;
use std::path::{Path, PathBuf};

const HARBOUR: &str = include_str!("exports/harbour.json");

#[derive(Parser)]
enum Command {
    Import(Import),
}

#[test]
fn the_assistant_is_written_in_the_notation_of_its_name_and_the_report_printed() {
    let folder = Folder::new("notation");
    let (yaml, json, report) = (folder.path("a.yaml"), folder.path("a.json"), folder.path("report.json"));
    let printed = import(HARBOUR, &["-o", &yaml, "--report", &report]).expect("it is imported");
    assert!(printed.starts_with("Harbour Bikes\n\nNeeds a decision ("), "{printed}");
    assert!(printed.contains("\n\nCarried over\n"), "{printed}");
    assert!(read(&yaml).starts_with("format: 1\n"));
    assert!(read(&report).starts_with("{\n  \"assistant\": \"Harbour Bikes\""));
    import(HARBOUR, &["-o", &json]).expect("it is imported");
    assert!(read(&json).starts_with("{\n  \"format\": 1"));
    import(HARBOUR, &["-o", &json, "--force", "--format", "yaml"]).expect("it is imported");
    assert!(read(&json).starts_with("format: 1\n"));
}

#[test]
fn what_asks_nothing_of_anybody_is_counted_and_listed_when_it_is_asked_for() {
    let folder = Folder::new("details");
    let (out, report) = (folder.path("a.yaml"), folder.path("report.txt"));
    let brief = import(HARBOUR, &["-o", &out, "--report", &report]).expect("it is imported");
    let whole = import(HARBOUR, &["-o", &out, "--force", "--details"]).expect("it is imported");
    assert_eq!(whole, read(&report));
    assert!(brief.lines().count() < whole.lines().count());
    let folded = brief.lines().skip_while(|line| !line.starts_with("Left to the defaults (")).nth(1);
    assert_eq!(folded, Some("  nothing to do; --details lists it"), "{brief}");
}

#[test]
fn nothing_is_written_over_unless_it_is_forced() {
    let folder = Folder::new("over");
    let (out, report) = (folder.path("a.yaml"), folder.path("report.txt"));
    fs::write(&report, "mine").expect("it can be written");
    let refused = import(HARBOUR, &["-o", &out, "--report", &report]).expect_err("the report is there");
    assert!(refused.contains("--force"), "{refused}");
    assert!(!Path::new(&out).exists() && read(&report) == "mine");
    import(HARBOUR, &["-o", &out, "--report", &report, "--force"]).expect("it is forced");
    assert!(read(&report).starts_with("Harbour Bikes"));
}

#[test]
fn what_is_no_export_is_refused_by_file_line_and_column() {
    let folder = Folder::new("refused");
    let out = folder.path("a.yaml");
    let refused = import("{\n  \"workspace\": }", &["-o", &out]).expect_err("it is not JSON");
    assert!(refused.starts_with("<stdin>:2:16: this is not JSON"), "{refused}");
    assert!(!Path::new(&out).exists());
}

fn import(stdin: &str, options: &[&str]) -> Result<String, String> {
    let arguments = ["passerelle", "import", "watsonx", "-"].iter().chain(options);
    let Command::Import(import) = Command::try_parse_from(arguments).expect("the arguments are right");
    let mut out = Vec::new();
    import.run(&mut stdin.as_bytes(), &mut out).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(out).expect("it is text"))
}

fn read(path: &str) -> String {
    fs::read_to_string(path).expect("it was written")
}

/// A folder of its own for each test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("passerelle-import-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder can be made");
        Self(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}
