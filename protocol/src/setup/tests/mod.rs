//! Setups that fit together, and documents that say only what is particular about them.

mod faults;

use super::*;
use crate::ReasonId;
use uuid::Uuid;

#[test]
fn what_fits_together_has_no_fault() {
    assert_eq!(check(&shop()), []);
}

#[test]
fn an_almost_empty_document_reads_and_has_the_defaults() {
    let setup: Setup = serde_json::from_str("{}").unwrap();
    assert_eq!(setup, Setup::default());
    let text = format!(
        r#"{{"agents":{{"{}":{{"name":"Anna"}}}},"teams":{{"desk":{{"name":"Desk"}}}},
            "queues":{{"desk":{{"name":"Desk","team":"desk"}}}},"sites":{{"shop":{{"default_queue":"desk"}}}},
            "reasons":{{"moved":{{"label":"Moved","uses":["transfer"]}}}}}}"#,
        id().0
    );
    let setup: Setup = serde_json::from_str(&text).unwrap();
    assert_eq!(setup.agents[&id()], AgentSetup::named("Anna"));
    assert_eq!(setup.queues[&desk_id()], QueueSetup::of_team("Desk", TeamId::new("desk").unwrap()));
    let conduct = &setup.teams[&TeamId::new("desk").unwrap()].conduct;
    assert_eq!((conduct.offer, conduct.first_reply_seconds), (OfferMode::Ask { seconds: 30 }, 900));
    assert_eq!(
        (setup.rules.abandon_seconds, setup.rules.reopen_seconds, setup.rules.transfers_max),
        (Some(120), 0, 5)
    );
    assert_eq!(check(&setup), []);
}

#[test]
fn a_document_that_says_what_nobody_reads_is_refused() {
    for text in [r#"{"rule":{}}"#, r#"{"rules":{"rank":"age"}}"#, r#"{"rules":{"conduct":{"offers":1}}}"#] {
        assert!(serde_json::from_str::<Setup>(text).is_err(), "{text}");
    }
}

#[test]
fn a_whole_setup_reads_back() {
    let text = serde_json::to_string(&shop()).unwrap();
    assert_eq!(serde_json::from_str::<Setup>(&text).unwrap(), shop());
}

fn shop() -> Setup {
    let members = [id()].into();
    let team_id = TeamId::new("desk").unwrap();
    let team = TeamSetup { name: "Desk".to_owned(), members, conduct: Conduct::default() };
    let hours = Hours::try_from("09:00-17:00".to_owned()).unwrap();
    let office = CalendarSetup {
        name: "Office".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        week: std::array::from_fn(|_| vec![hours]),
        days: [("2026-12-24".to_owned(), Vec::new())].into(),
    };
    let uses = [ReasonUse::Transfer].into();
    let moved = Reason { label: "Moved".to_owned(), uses, retired: false, position: 1 };
    Setup {
        agents: [(id(), AgentSetup::named("Anna"))].into(),
        teams: [(team_id.clone(), team)].into(),
        queues: [(desk_id(), QueueSetup::of_team("Desk", team_id))].into(),
        sites: [(SiteId::new("shop").unwrap(), SiteSetup { default_queue: desk_id() })].into(),
        calendars: [(CalendarId::new("office").unwrap(), office)].into(),
        reasons: [(ReasonId::new("moved").unwrap(), moved)].into(),
        ..Setup::default()
    }
}

fn desk_id() -> QueueId {
    QueueId::new("desk").unwrap()
}

fn id() -> AgentId {
    AgentId(Uuid::from_u128(1))
}
