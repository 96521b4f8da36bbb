//! Workflows: drafts, versions, which of them start, and every run.

use crate::Place;
use crate::talk::{Talk, conversation, elsewhere, here, history, owner, save};
use bridge::store::{
    Mark, Release, RunsOf, Saving, StoreError, WorkflowDraft, WorkflowFile, WorkflowRelease, WorkflowVersion,
};
use protocol::{ConversationId, RunId, Timestamp, WorkflowId};
use switchboard::workflow::Run;
use switchboard::{Bonds, Change, RunMoved};
use uuid::Uuid;

pub async fn a_workflow_has_one_draft_until_it_is_dropped(place: Place) {
    let store = place.open().await;
    let kept = store.workflows();
    kept.keep_workflow_draft(&here(), &draft("vip", "one")).await.unwrap();
    kept.keep_workflow_draft(&here(), &draft("inbound", "two")).await.unwrap();
    kept.keep_workflow_draft(&here(), &draft("vip", "three")).await.unwrap();
    assert_eq!(kept.workflow_draft(&here(), &id("vip")).await.unwrap(), Some(draft("vip", "three")));
    let all = kept.workflow_drafts(&here()).await.unwrap();
    assert_eq!(all, [draft("inbound", "two"), draft("vip", "three")], "in order of their ids");
    assert_eq!(kept.workflow_draft(&elsewhere(), &id("vip")).await.unwrap(), None);
    assert!(!kept.drop_workflow_draft(&elsewhere(), &id("vip")).await.unwrap());
    assert!(kept.drop_workflow_draft(&here(), &id("vip")).await.unwrap());
    assert!(!kept.drop_workflow_draft(&here(), &id("vip")).await.unwrap());
    assert_eq!(kept.workflow_draft(&here(), &id("vip")).await.unwrap(), None);
}

pub async fn a_workflows_version_never_changes_and_numbers_have_no_gaps(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let kept = store.workflows();
    kept.publish_workflow(&lease, &version("vip", 1, "one"), Release::Published).await.unwrap();
    kept.publish_workflow(&lease, &version("vip", 2, "two"), Release::Published).await.unwrap();
    for number in [1, 2, 4] {
        let refused = kept.publish_workflow(&lease, &version("vip", number, "x"), Release::Published).await;
        assert!(matches!(refused, Err(StoreError::OutOfStep(_))), "{number}: {refused:?}");
    }
    drop(store);
    let store = place.open().await;
    let kept = store.workflows();
    let all = kept.workflow_versions(&here(), &id("vip"), 9).await.unwrap();
    assert_eq!(all, [version("vip", 2, "two"), version("vip", 1, "one")], "the newest first");
    assert_eq!(kept.workflow_versions(&here(), &id("vip"), 1).await.unwrap(), [version("vip", 2, "two")]);
    assert_eq!(kept.workflow_version(&here(), &id("vip"), 1).await.unwrap(), Some(version("vip", 1, "one")));
    assert_eq!(kept.workflow_version(&here(), &id("vip"), 3).await.unwrap(), None);
    assert_eq!(kept.workflow_version(&elsewhere(), &id("vip"), 1).await.unwrap(), None);
    assert_eq!(
        kept.workflow_releases(&here(), &id("vip"), 9).await.unwrap().len(),
        2,
        "what was refused left nothing"
    );
}

pub async fn what_was_done_last_says_which_version_starts(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let kept = store.workflows();
    assert!(!kept.stop_workflow(&lease, &id("vip"), &mark(1)).await.unwrap(), "it never started");
    kept.publish_workflow(&lease, &version("vip", 1, "one"), Release::Published).await.unwrap();
    kept.publish_workflow(&lease, &version("inbound", 1, "one"), Release::Published).await.unwrap();
    kept.publish_workflow(&lease, &version("vip", 2, "two"), Release::Published).await.unwrap();
    let back = Release::RolledBack { to: 1 };
    kept.publish_workflow(&lease, &version("vip", 3, "one"), back).await.unwrap();
    let current = async || {
        let states = kept.workflow_states(&here()).await.unwrap();
        states.iter().map(|state| (state.workflow.to_string(), state.current())).collect::<Vec<_>>()
    };
    assert_eq!(current().await, [("inbound".to_owned(), Some(1)), ("vip".to_owned(), Some(3))]);
    assert!(kept.stop_workflow(&lease, &id("vip"), &mark(9)).await.unwrap());
    assert!(!kept.stop_workflow(&lease, &id("vip"), &mark(10)).await.unwrap(), "it has stopped");
    assert_eq!(current().await, [("inbound".to_owned(), Some(1)), ("vip".to_owned(), None)]);
    let done = kept.workflow_releases(&here(), &id("vip"), 2).await.unwrap();
    let release =
        |release, at| WorkflowRelease { workflow: id("vip"), release, version: 3, released: mark(at) };
    assert_eq!(done, [release(Release::Stopped, 9), release(back, 3)]);
    kept.publish_workflow(&lease, &version("vip", 4, "four"), Release::Published).await.unwrap();
    assert_eq!(current().await[1].1, Some(4));
    assert_eq!(kept.workflow_states(&elsewhere()).await.unwrap(), []);
}

pub async fn an_old_owner_neither_publishes_nor_stops_a_workflow(place: Place) {
    let store = place.open().await;
    let old = owner(&*store).await;
    store.workflows().publish_workflow(&old, &version("vip", 1, "one"), Release::Published).await.unwrap();
    let _new = owner(&*store).await;
    let refused =
        store.workflows().publish_workflow(&old, &version("vip", 2, "two"), Release::Published).await;
    assert!(matches!(refused, Err(StoreError::NotOwner(_))), "{refused:?}");
    let refused = store.workflows().stop_workflow(&old, &id("vip"), &mark(2)).await;
    assert!(matches!(refused, Err(StoreError::NotOwner(_))), "{refused:?}");
    assert_eq!(store.workflows().workflow_states(&here()).await.unwrap()[0].current(), Some(1));
}

pub async fn a_workflow_is_deleted_with_all_that_is_kept_of_it(place: Place) {
    let store = place.open().await;
    let old = owner(&*store).await;
    let lease = owner(&*store).await;
    let kept = store.workflows();
    kept.keep_workflow_draft(&here(), &draft("vip", "one")).await.unwrap();
    for workflow in ["vip", "inbound"] {
        kept.publish_workflow(&lease, &version(workflow, 1, "one"), Release::Published).await.unwrap();
    }
    save(&*store, &lease, &[Change::Ran(ended(1, 1, 70))]).await.unwrap();
    assert!(matches!(kept.delete_workflow(&old, &id("vip")).await, Err(StoreError::NotOwner(_))));
    assert!(kept.delete_workflow(&lease, &id("vip")).await.unwrap());
    assert!(!kept.delete_workflow(&lease, &id("vip")).await.unwrap(), "it is gone");
    assert_eq!(kept.workflow_draft(&here(), &id("vip")).await.unwrap(), None);
    assert_eq!(kept.workflow_versions(&here(), &id("vip"), 9).await.unwrap(), []);
    assert_eq!(kept.workflow_releases(&here(), &id("vip"), 9).await.unwrap(), []);
    assert_eq!(kept.run(&here(), run(1)).await.unwrap(), None);
    let states = kept.workflow_states(&here()).await.unwrap();
    assert_eq!(states.len(), 1, "the other is left alone");
    kept.publish_workflow(&lease, &version("vip", 1, "anew"), Release::Published).await.unwrap();
}

pub async fn a_run_is_kept_with_its_events_as_it_moved_last(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let mut talk = Talk::new(1, 1);
    let changes = [talk.opens(), Change::Ran(goes_on(1, 1)), talk.says(1), Change::Ran(ended(1, 1, 70))];
    save(&*store, &lease, &changes).await.unwrap();
    save(&*store, &lease, &[Change::Ran(goes_on(3, 1)), Change::Ran(goes_on(2, 1))])
        .await
        .expect("a run alone");
    drop(store);
    let store = place.open().await;
    let kept = store.workflows();
    assert_eq!(
        kept.live_runs(&here()).await.unwrap(),
        [goes_on(2, 1), goes_on(3, 1)],
        "in order of their ids"
    );
    assert_eq!(kept.live_runs(&elsewhere()).await.unwrap(), []);
    let row = kept.run(&here(), run(1)).await.unwrap().expect("the run");
    assert_eq!((row.moved, row.ended_at), (ended(1, 1, 70), Some(Timestamp::from_millis(70))));
    assert_eq!(kept.run(&elsewhere(), run(1)).await.unwrap(), None);
    save(&*store, &lease, &[Change::Ran(ended(3, 1, 80))]).await.unwrap();
    assert_eq!(kept.live_runs(&here()).await.unwrap(), [goes_on(2, 1)]);
    assert_eq!(history(&*store, &talk).await.len(), 2);
}

pub async fn a_run_of_a_batch_that_is_refused_is_not_kept(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let mut talk = Talk::new(1, 1);
    save(&*store, &lease, &[talk.opens(), Change::Ran(goes_on(1, 1))]).await.unwrap();
    talk.number += 1;
    let gap = [Change::Ran(ended(1, 1, 70)), Change::Ran(goes_on(2, 1)), talk.says(1)];
    assert!(save(&*store, &lease, &gap).await.is_err());
    let old = owner(&*store).await;
    owner(&*store).await;
    let changes = [Change::Ran(ended(1, 1, 70))];
    let refused = store.save(&old, Saving { changes: &changes, ..Saving::default() }).await;
    assert!(matches!(refused, Err(StoreError::NotOwner(_))), "{refused:?}");
    assert_eq!(store.workflows().live_runs(&here()).await.unwrap(), [goes_on(1, 1)]);
}

pub async fn runs_are_found_by_workflow_and_by_conversation(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let other = RunMoved { workflow: id("inbound"), ..goes_on(3, 1) };
    let all = [goes_on(1, 1), goes_on(2, 2), other.clone(), goes_on(4, 1)];
    save(&*store, &lease, &all.clone().map(Change::Ran)).await.unwrap();
    let kept = store.workflows();
    let found = async |of: RunsOf, behind: Option<u128>, limit| {
        let rows = kept.runs(&here(), &of, behind.map(run), limit).await.unwrap();
        rows.into_iter().map(|row| row.moved.id.0.as_u128()).collect::<Vec<_>>()
    };
    let vip = || RunsOf::Workflow(id("vip"));
    assert_eq!(found(vip(), None, 9).await, [4, 2, 1], "the newest first");
    assert_eq!(found(vip(), None, 2).await, [4, 2]);
    assert_eq!(found(vip(), Some(2), 2).await, [1]);
    assert_eq!(found(RunsOf::Conversation(conversation(1)), None, 9).await, [4, 3, 1]);
    assert_eq!(found(RunsOf::Conversation(conversation(9)), None, 9).await, []);
    assert_eq!(kept.runs(&elsewhere(), &vip(), None, 9).await.unwrap(), []);
}

pub async fn only_runs_that_ended_long_ago_are_dropped(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let all = [ended(1, 1, 10), ended(2, 1, 20), ended(3, 1, 30), goes_on(4, 1)];
    save(&*store, &lease, &all.map(Change::Ran)).await.unwrap();
    let kept = store.workflows();
    let before = Timestamp::from_millis(30);
    assert_eq!(kept.drop_ended_runs(&elsewhere(), before, 9).await.unwrap(), 0);
    assert_eq!(kept.drop_ended_runs(&here(), before, 1).await.unwrap(), 1, "so many at most");
    assert_eq!(kept.drop_ended_runs(&here(), before, 9).await.unwrap(), 1);
    assert_eq!(kept.drop_ended_runs(&here(), before, 9).await.unwrap(), 0);
    let left = kept.runs(&here(), &RunsOf::Conversation(conversation(1)), None, 9).await.unwrap();
    assert_eq!(left.iter().map(|row| row.moved.id).collect::<Vec<_>>(), [run(4), run(3)]);
}

fn id(name: &str) -> WorkflowId {
    WorkflowId::new(name).expect("a name")
}

fn run(n: u128) -> RunId {
    RunId(Uuid::from_u128(n))
}

fn mark(millis: u64) -> Mark {
    Mark { at: Timestamp::from_millis(millis), by: Some("Ada".to_owned()) }
}

fn file(text: &str) -> WorkflowFile {
    WorkflowFile { name: "w.yaml".to_owned(), source: text.to_owned() }
}

fn draft(workflow: &str, text: &str) -> WorkflowDraft {
    WorkflowDraft { workflow: id(workflow), file: file(text), saved: mark(5) }
}

fn version(workflow: &str, number: u32, text: &str) -> WorkflowVersion {
    WorkflowVersion {
        workflow: id(workflow),
        number,
        file: file(text),
        definition: format!("{{\"of\":{number}}}"),
        published: mark(u64::from(number)),
        note: "What is new".to_owned(),
    }
}

/// A run of `vip` that has yet to end.
fn goes_on(n: u128, of: u128) -> RunMoved {
    let conversation: ConversationId = conversation(of);
    let (workflow, version) = (id("vip"), 1);
    let (run_of, bonds) = (Run::new(Vec::new()), Bonds::default());
    RunMoved { id: run(n), conversation, workflow, version, run: run_of, bonds, wants: Vec::new() }
}

/// The same, over since then.
fn ended(n: u128, of: u128, at: u64) -> RunMoved {
    let mut moved = goes_on(n, of);
    moved.run.lose(Timestamp::from_millis(at));
    moved
}
