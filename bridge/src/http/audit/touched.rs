//! What a change of the setup touched: found by comparing the revision with the one before, so that nothing is written twice.

use super::AuditCard;
use crate::app::App;
use crate::error::{ApiError, ApiResult};
use protocol::setup::Setup;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

/// One change is told with so many things.
const TOUCHED_MAX: usize = 100;

/// Something of the setup that is otherwise than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Touched {
    /// Where in the setup: `queues.sales`, `rules.rank`.
    place: String,
    /// What became of it.
    how: How,
}

/// What became of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "TouchedHow")]
pub enum How {
    /// It is new.
    Added,
    /// It was there, and is otherwise.
    Changed,
    /// It is gone.
    Removed,
}

/// Tells what each change of the setup touched.
pub async fn tell(app: &App, cards: &mut [AuditCard]) -> ApiResult<()> {
    // The one before a change is the one after the next older change: each is read once.
    let mut read: Option<(u64, Value)> = None;
    for card in cards.iter_mut().filter(|card| card.kind == "setup_changed") {
        let Ok(revision) = card.what.parse::<u64>() else { continue };
        let after = match read.take() {
            Some((at, setup)) if at == revision => setup,
            Some(_) | None => setup_at(app, revision).await?,
        };
        let before = setup_at(app, revision.saturating_sub(1)).await?;
        card.changed = difference(&before, &after);
        read = Some((revision.saturating_sub(1), before));
    }
    Ok(())
}

async fn setup_at(app: &App, revision: u64) -> ApiResult<Value> {
    let kept = app.store.setup_at(&app.workspace.id, revision).await?;
    serde_json::to_value(kept.map_or_else(Setup::default, |row| row.setup)).map_err(ApiError::internal)
}

fn difference(before: &Value, after: &Value) -> Vec<Touched> {
    let parts = after.as_object().into_iter().flatten();
    let of_part = |(part, after): (&String, &Value)| {
        let none = Map::new();
        let (before, after) = (before[part].as_object().unwrap_or(&none), after.as_object().unwrap_or(&none));
        let new = after.iter().filter_map(|(id, value)| match before.get(id) {
            None => Some((id, How::Added)),
            Some(old) if old != value => Some((id, How::Changed)),
            Some(_) => None,
        });
        let gone = before.keys().filter(|id| !after.contains_key(*id)).map(|id| (id, How::Removed));
        let told = new.chain(gone).map(|(id, how)| Touched { place: format!("{part}.{id}"), how });
        told.collect::<Vec<Touched>>()
    };
    parts.flat_map(of_part).take(TOUCHED_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_new_otherwise_or_gone_is_told_and_nothing_else() {
        let before = json!({
            "rules": { "rank": "head_start", "transfers_max": 5 },
            "queues": { "a": { "name": "A" }, "b": { "name": "B" } },
        });
        let after = json!({
            "rules": { "rank": "strict_priority", "transfers_max": 5 },
            "queues": { "b": { "name": "B" }, "c": { "name": "C" } },
        });
        let told = difference(&before, &after);
        let told: Vec<(&str, How)> = told.iter().map(|one| (one.place.as_str(), one.how)).collect();
        let mut wanted = [("queues.a", How::Removed), ("queues.c", How::Added), ("rules.rank", How::Changed)];
        wanted.sort_by_key(|(place, _)| told.iter().position(|(told, _)| told == place));
        assert_eq!(told, wanted);
        assert_eq!(difference(&after, &after), []);
    }
}
