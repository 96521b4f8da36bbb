//! The ready workflows: each can run, and does on recorded conversations what is promised of it.

use authoring::tree::Notation;
use authoring::workflow::templates::TEMPLATES;
use authoring::workflow::{Workspace, check_all, check_text, read_recording, rehearse};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_ready_workflow_is_in_order() {
    for template in TEMPLATES {
        let told = check_text(Notation::Yaml, template.text, &Workspace::default()).mistakes;
        assert_eq!(told, [], "{}", template.name);
    }
    let texts: Vec<_> = TEMPLATES.iter().map(|template| (Notation::Yaml, template.text)).collect();
    for (checked, template) in check_all(&texts, &Workspace::default()).iter().zip(TEMPLATES) {
        assert_eq!(checked.mistakes, [], "{}, together with the others", template.name);
    }
}

#[test]
fn every_workflow_of_the_examples_is_in_the_binary() {
    let listed: Vec<String> = TEMPLATES.iter().map(|template| format!("{}.yaml", template.name)).collect();
    let mut files: Vec<String> = files(&folder()).iter().map(|path| name(path)).collect();
    files.sort();
    let mut listed_sorted = listed.clone();
    listed_sorted.sort();
    assert_eq!(files, listed_sorted);
}

#[test]
fn every_recorded_conversation_goes_as_it_expects() {
    let mut played: BTreeMap<&str, u32> = BTreeMap::new();
    let mut wrong = Vec::new();
    for path in files(&folder().join("recordings")) {
        let of = name(&path).split('.').next().unwrap_or_default().to_owned();
        let template = TEMPLATES.iter().find(|template| template.name == of);
        let template = template.unwrap_or_else(|| panic!("{} is of no template", path.display()));
        let workflow = check_text(Notation::Yaml, template.text, &Workspace::default()).workflow.unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let recording = read_recording(Notation::Yaml, &text);
        let recording = recording.unwrap_or_else(|mistakes| panic!("{}: {mistakes:#?}", path.display()));
        assert!(recording.expect.is_some(), "{} expects nothing", path.display());
        let rehearsal = rehearse(&workflow, &recording).unwrap();
        if !rehearsal.passed() {
            wrong.push(format!("{}:\n{rehearsal}", path.display()));
        }
        *played.entry(template.name).or_default() += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for template in TEMPLATES {
        assert!(played.get(template.name).is_some_and(|count| *count >= 2), "{}", template.name);
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/workflows")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the examples are there");
    let entries = entries.map(|entry| entry.expect("they can be listed").path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().expect("a file has a name").to_string_lossy().into_owned()
}
