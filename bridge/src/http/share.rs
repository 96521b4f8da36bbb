//! `POST …/assistant/share` and `GET /shared/{token}`: an assistant, shown to people who cannot sign in.

use super::api::Sent;
use super::assistants::refused;
use super::page::{EMBEDDING_SITE, filled, message, page};
use super::sites::find;
use crate::app::App;
use crate::assistants::share::{NoShare, SHARE_HOURS_MAX, Share};
use crate::assistants::{NotDone, Shown};
use crate::error::{ApiError, ApiResult};
use assistant::surroundings::utc;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use protocol::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

pub const SHARED_PAGE: &str = include_str!("../../pages/shared.html");

/// What a link shows, and for how long.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareWanted {
    /// `draft`, `published`, or a version's number.
    of: Of,
    /// 1 to 744.
    hours: u64,
}

/// A link.
#[derive(Serialize, JsonSchema)]
pub struct Link {
    /// Where the page is.
    address: String,
    /// When it ends.
    expires_at: Timestamp,
}

/// A version by its number, or in a word.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum Of {
    Number(u64),
    Word(Word),
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Word {
    Draft,
    Published,
}

/// `POST …/assistant/share` `{of, hours}`.
pub async fn share(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    Sent(ShareWanted { of, hours }): Sent<ShareWanted>,
) -> ApiResult<Json<Link>> {
    let (site, _) = find(&app, &site)?;
    if !(1..=SHARE_HOURS_MAX).contains(&hours) {
        let right = format!("a link can last 1 to {SHARE_HOURS_MAX} hours");
        return Err(ApiError::malformed(right).at("body.hours"));
    }
    let shown = match of {
        Of::Word(Word::Draft) => Shown::Draft,
        Of::Word(Word::Published) => {
            let current = app.assistants.current(site).ok_or_else(|| refused(NotDone::NoVersion))?;
            Shown::Version(current.version)
        }
        Of::Number(number) => Shown::Version(number),
    };
    // A token counts in seconds.
    let until = app.clock.now().plus_seconds(hours * 3_600).millis() / 1_000 * 1_000;
    let until = Timestamp::from_millis(until);
    let share = app.assistants.share(site, shown, until).await.map_err(refused)?;
    let address = format!("/shared/{}", app.share_key.sign(&share));
    Ok(Json(Link { address, expires_at: until }))
}

/// `GET /shared/{token}`: a page with the site's chat, whose assistant is the one the link shows.
pub async fn show(State(app): State<Arc<App>>, Path(token): Path<String>) -> Response {
    let share = match app.share_key.read(&token, app.clock.now()) {
        Ok(share) => share,
        Err(NoShare::Expired) => {
            let remedy = "Ask whoever sent it to you for another.";
            return message(StatusCode::GONE, "This preview link has ended", remedy);
        }
        Err(NoShare::Invalid) => return nothing_shown(),
    };
    let Some(facts) = app.workspace.sites.get(&share.site) else { return nothing_shown() };
    let html = filled(
        SHARED_PAGE,
        &[
            ("site", share.site.as_str()),
            ("shared", &token),
            ("name", &facts.name),
            ("version", &version(&share)),
            ("until", &until(share.until)),
            ("until_exact", &format!("{}Z", assistant::civil::date_time_text(utc(share.until)))),
        ],
    );
    page(StatusCode::OK, html, EMBEDDING_SITE)
}

fn nothing_shown() -> Response {
    let remedy =
        "A part of the link may be missing: copy it whole, or ask whoever sent it to you for another.";
    message(StatusCode::NOT_FOUND, "This link shows nothing", remedy)
}

fn version(share: &Share) -> String {
    share.version.map_or_else(|| "draft".to_owned(), |number| number.to_string())
}

/// `2026-11-21, 14:05 UTC`.
fn until(at: Timestamp) -> String {
    let text = assistant::civil::date_time_text(utc(at));
    let (date, time) = text.split_once('T').unwrap_or((&text, ""));
    format!("{date}, {} UTC", time.get(..5).unwrap_or(time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_link_is_told_to_the_minute() {
        assert_eq!(until(Timestamp::from_millis(1_709_251_199_000)), "2024-02-29, 23:59 UTC");
    }
}
