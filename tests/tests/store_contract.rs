//! What every store promises, as rules run on SQLite and on PostgreSQL alike. A rule is a function that gets an empty place
//! to open stores at; the list below runs each of them on both.

#![expect(clippy::unwrap_used, reason = "every function of this crate is part of a test")]

#[path = "store_contract/keyring.rs"]
mod keyring;
#[path = "store_contract/outgoing.rs"]
mod outgoing;
#[path = "store_contract/owning.rs"]
mod owning;
#[path = "store_contract/people.rs"]
mod people;
#[path = "store_contract/random.rs"]
mod random;
#[path = "store_contract/reading.rs"]
mod reading;
#[path = "store_contract/saving.rs"]
mod saving;
#[path = "store_contract/shelf.rs"]
mod shelf;
#[path = "store_contract/talk.rs"]
mod talk;
#[path = "store_contract/upgrading.rs"]
mod upgrading;
#[path = "store_contract/workflows.rs"]
mod workflows;

use bridge::store::Store;
use std::sync::Arc;
use tempfile::TempDir;

/// Somewhere a database is, for as long as this lives.
pub struct Place {
    address: String,
    _folder: Option<TempDir>,
}

impl Place {
    fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let address = format!("sqlite://{}", folder.path().join("store.db").display());
        Self { address, _folder: Some(folder) }
    }

    fn postgres() -> Self {
        let address = acceptance::postgres::fresh_database().unwrap_or_else(|error| panic!("{error:#}"));
        Self { address, _folder: None }
    }

    /// Its address, for whoever prepares it.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Opens the store there: each time as another process would.
    pub async fn open(&self) -> Arc<dyn Store> {
        bridge::store::open(&self.address).await.expect("the store opens")
    }
}

macro_rules! contract {
    ($($file:ident: $($rule:ident),+;)+) => {
        mod sqlite {
            $($(
                #[tokio::test(flavor = "multi_thread")]
                async fn $rule() {
                    crate::$file::$rule(crate::Place::sqlite()).await;
                }
            )+)+
        }

        mod postgres {
            $($(
                #[tokio::test(flavor = "multi_thread")]
                async fn $rule() {
                    crate::$file::$rule(crate::Place::postgres()).await;
                }
            )+)+
        }
    };
}

contract! {
    saving:
        what_is_saved_is_read_back_in_order,
        what_is_saved_survives_closing_and_opening_the_store,
        a_batch_is_saved_whole_or_not_at_all,
        a_thousand_changes_are_saved_as_one,
        an_event_must_have_the_next_number,
        a_conversation_begins_with_being_opened_and_only_once,
        a_visitor_has_at_most_one_conversation_that_is_not_closed,
        a_visitor_may_close_and_open_in_one_batch,
        a_request_is_saved_once,
        a_request_of_the_same_name_by_another_asker_is_another_request,
        connections_are_not_kept,
        a_conversation_is_saved_as_it_stands_after_its_last_event,
        what_is_known_of_a_visitor_is_kept_from_one_conversation_to_the_next,
        a_setup_is_kept_with_its_revision_and_only_the_next_one_is_taken;
    owning:
        every_owner_has_a_greater_epoch,
        an_old_owner_cannot_write,
        who_never_owned_the_workspace_cannot_write,
        an_owner_cannot_write_into_another_workspace,
        of_two_processes_only_the_newest_owner_writes,
        owners_in_a_crowd_lose_nothing;
    reading:
        what_is_absent_is_none,
        events_come_in_pages_after_a_number,
        a_conversation_row_follows_its_events,
        the_latest_conversation_is_the_one_opened_last,
        saved_requests_are_found_by_asker_and_name,
        what_is_not_over_comes_whole,
        what_is_not_over_is_that_of_the_workspace;
    people:
        an_agent_is_added_once,
        agents_come_in_order_of_email,
        a_password_is_replaced,
        how_agents_stand_is_kept_with_its_batch,
        how_an_unknown_agent_stands_is_refused,
        a_session_ends_by_itself,
        a_session_ends_when_it_is_removed;
    shelf:
        a_version_is_current_until_the_next,
        an_earlier_version_comes_back_and_the_record_says_by_whom,
        each_site_has_its_own_versions,
        the_oldest_versions_make_room_and_the_current_one_stays,
        a_draft_is_one_file_until_it_is_dropped,
        files_that_nothing_needs_are_dropped,
        what_was_made_of_a_file_can_be_made_again,
        a_signing_key_is_made_once;
    keyring:
        a_key_is_found_by_its_digest_in_its_workspace,
        a_key_is_revoked_once_and_does_not_count_any_more,
        the_last_use_of_a_key_never_goes_back,
        a_name_is_taken_once,
        an_answer_is_kept_under_its_name_until_it_is_old;
    outgoing:
        events_become_deliveries_once_and_only_the_first_of_each_conversation_is_due,
        the_next_event_waits_until_the_one_before_has_ended,
        a_receiver_fails_from_its_first_failure_to_its_next_success,
        only_the_kinds_that_are_wanted_are_told,
        a_process_that_no_longer_owns_the_workspace_delivers_nothing,
        what_has_ended_is_sent_again_in_order,
        an_inactive_webhook_is_told_nothing_and_goes_on_with_what_comes,
        two_secrets_are_good_at_the_same_time_and_not_three,
        old_deliveries_and_removed_webhooks_leave_nothing;
    workflows:
        a_workflow_has_one_draft_until_it_is_dropped,
        a_workflow_is_deleted_with_all_that_is_kept_of_it,
        a_workflows_version_never_changes_and_numbers_have_no_gaps,
        what_was_done_last_says_which_version_starts,
        an_old_owner_neither_publishes_nor_stops_a_workflow,
        a_run_is_kept_with_its_events_as_it_moved_last,
        a_run_of_a_batch_that_is_refused_is_not_kept,
        runs_are_found_by_workflow_and_by_conversation,
        only_runs_that_ended_long_ago_are_dropped;
    upgrading:
        published_definitions_become_versions;
}
