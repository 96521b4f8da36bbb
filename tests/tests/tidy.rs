//! The rules of the tree. What each means, and that it can fail, stands in `acceptance::tidy`.

use acceptance::tidy::{Finding, Tree, arrows, files, paths, words};

#[test]
fn crates_point_only_where_the_map_says() {
    check(|tree| arrows::undrawn(&manifests(tree)));
}

#[test]
fn the_deciding_crates_have_nothing_to_do_input_and_output_with() {
    check(|tree| arrows::impure(&manifests(tree)));
}

#[test]
fn every_path_named_in_the_maps_exists() {
    check(paths::named_but_absent);
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    check(paths::dead_links);
}

#[test]
fn no_file_is_too_long() {
    check(files::too_long);
}

#[test]
fn every_module_opens_with_what_it_is_for() {
    check(files::unopened);
}

#[test]
fn both_databases_have_the_same_migrations() {
    check(files::unpaired_migrations);
}

#[test]
fn nothing_is_written_where_it_does_not_belong() {
    check(words::misplaced);
}

#[test]
fn packages_come_from_the_public_registry() {
    check(words::foreign_sources);
}

fn check(rule: impl Fn(&Tree) -> Vec<Finding>) {
    let tree = Tree::read().expect("the tree can be read");
    assert!(tree.files.len() > 50, "only {} files were found: the rules would see nothing", tree.files.len());
    let found: Vec<String> = rule(&tree).iter().map(Finding::to_string).collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

fn manifests(tree: &Tree) -> Vec<arrows::Manifest> {
    arrows::manifests(&tree.root).expect("cargo can read the manifests")
}
