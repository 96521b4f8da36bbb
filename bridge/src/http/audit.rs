//! `/api/v1/audit`: who changed what, and when, in the settings of the workspace. What was done in conversations is in their
//! events.

mod touched;

use self::touched::Touched;
use super::api::{Page, PageQuery, Query};
use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::store::AuditRow;
use axum::Json;
use axum::extract::State;
use protocol::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Something that somebody changed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Audit")]
pub struct AuditCard {
    /// When.
    at: Timestamp,
    /// Who, as people read it: keys as `NAME (key)`; `null` is the command line or the workspace file.
    by: Option<String>,
    /// What was done: `setup_changed`, `key_made`, `key_revoked`, `assistant_released`, `workflow_published`,
    /// `workflow_rolled_back`, `workflow_stopped`, `webhook_made`.
    kind: String,
    /// With what: the setup's revision, the key's name and beginning, the site or workflow and its version, the webhook's address.
    what: String,
    /// With `setup_changed`: what of the setup is otherwise than before, the first 100 things.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changed: Vec<Touched>,
}

/// Where a page begins: behind so many of those at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    at: u64,
    skip: u64,
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, skip) = text.split_once('.').ok_or(())?;
        Ok(Self { at: at.parse().map_err(drop)?, skip: skip.parse().map_err(drop)? })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at, self.skip)
    }
}

/// `GET /audit`.
pub async fn list(
    State(app): State<Arc<App>>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<AuditCard>>> {
    let cursor = page.cursor::<Place>()?;
    let begin = cursor.behind.unwrap_or(Place { at: i64::MAX.unsigned_abs(), skip: 0 });
    let at = Timestamp::from_millis(begin.at);
    let found = app.store.audit(&app.workspace.id, at, begin.skip, cursor.limit).await?;
    let held = usize::try_from(cursor.limit - 1).map_err(ApiError::internal)?;
    let last = found.get(held.saturating_sub(1)).map(|row| row.at.millis());
    let same = found.iter().take(held).filter(|row| Some(row.at.millis()) == last).count() as u64;
    // Those of one moment may stand on two pages: the next one begins behind all of them that were told.
    let skip = if last == Some(begin.at) { begin.skip + same } else { same };
    let place = |row: &AuditRow| Place { at: row.at.millis(), skip };
    let mut page = cursor.page(found, place, AuditCard::from);
    touched::tell(&app, &mut page.items).await?;
    Ok(Json(page))
}

impl From<AuditRow> for AuditCard {
    fn from(AuditRow { at, by, kind, what }: AuditRow) -> Self {
        Self { at, by, kind, what, changed: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back() {
        let place = Place { at: 1_764_000_000_000, skip: 3 };
        assert_eq!(place.to_string().parse(), Ok(place));
        assert!("7".parse::<Place>().is_err() && "a.b".parse::<Place>().is_err());
    }
}
