//! An act, as the body of a request: read, or refused with its place and with the code that its rule has.

use super::api::Sent;
use super::live::AsQuery;
use crate::app::App;
use crate::error::{ApiError, Code};
use crate::unreadable;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use protocol::Act;
use protocol::setup::ReasonUse;
use std::sync::Arc;

/// Extracted from a request.
pub struct SentAct(pub Act);

impl FromRequest<Arc<App>> for SentAct {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, ApiError> {
        let too_large = |_| ApiError::too_large("the body is larger than this address takes");
        let bytes = Bytes::from_request(request, app).await.map_err(too_large)?;
        let read = Sent::read(&bytes);
        read.map(Self).map_err(|error| match unreadable::lacks_reason(&bytes) {
            true => reason_required(app),
            false => error,
        })
    }
}

fn reason_required(app: &App) -> ApiError {
    let directory = app.directory();
    let reasons = directory.setup().reasons.iter();
    let fits = reasons.filter(|(_, reason)| !reason.retired && reason.uses.contains(&ReasonUse::Transfer));
    let ids: Vec<&str> = fits.map(|(id, _)| id.as_str()).collect();
    let message = format!("passing on needs a reason: choose one of {}", ids.join(", "));
    ApiError::of(Code::ReasonRequired, message).at("body.transfer.reason")
}

/// A refusal of the switchboard, with the place in the request that it is about.
pub fn placed(error: ApiError, app: &App, named: &AsQuery, act: &Act) -> ApiError {
    if is_unknown(app, named) {
        return error.at("query.as_agent");
    }
    match place(act, error.code()) {
        Some(place) => error.at(format!("body.{place}")),
        None => error,
    }
}

/// The same, of what has only the agent in whose name it is done.
pub fn named(error: ApiError, app: &App, named: &AsQuery) -> ApiError {
    if is_unknown(app, named) { error.at("query.as_agent") } else { error }
}

fn is_unknown(app: &App, named: &AsQuery) -> bool {
    named.as_agent.is_some_and(|agent| app.directory().active(agent).is_none())
}

/// What of an act a refusal is about.
fn place(act: &Act, code: Code) -> Option<&'static str> {
    let about = |codes: &[Code], place| codes.contains(&code).then_some(place);
    match act {
        Act::Decline { .. } => about(&[Code::ReasonRequired], "decline.reason"),
        Act::Comment { .. } => about(&[Code::Malformed, Code::UnknownName], "comment.mentions"),
        Act::Assign { .. } => about(&[Code::UnknownName], "assign.to"),
        Act::Transfer { .. } => about(&[Code::ReasonRequired], "transfer.reason")
            .or_else(|| about(&[Code::NoteRequired, Code::Malformed], "transfer.note"))
            .or_else(|| about(&[Code::UnknownName], "transfer.to")),
        Act::ReturnToAssistant { .. } => about(&[Code::Malformed], "return_to_assistant.note"),
        Act::Snooze { .. } => about(&[Code::Malformed], "snooze.until"),
        Act::Close { .. } => about(&[Code::ReasonRequired], "close.category")
            .or_else(|| about(&[Code::NoteRequired, Code::Malformed], "close.note")),
        Act::Tag { .. } => about(&[Code::Malformed], "tag.tag"),
        Act::SetField { .. } => about(&[Code::Malformed], "set_field"),
        Act::SetPriority { .. } => about(&[Code::Malformed], "set_priority.priority"),
        Act::Move { .. } => about(&[Code::UnknownName], "move.queue"),
        Act::StartWorkflow { .. } => about(&[Code::UnknownName], "start_workflow.workflow")
            .or_else(|| about(&[Code::Malformed], "start_workflow.form")),
        Act::StopWorkflow { .. } => about(&[Code::UnknownName], "stop_workflow.workflow"),
        Act::Dedicate { .. } => about(&[Code::UnknownName], "dedicate.to"),
        Act::Accept
        | Act::Say { .. }
        | Act::Unassign
        | Act::TakeOver
        | Act::Join
        | Act::Part
        | Act::Wake
        | Act::FinishWrapUp
        | Act::MarkSpam
        | Act::UnmarkSpam => None,
    }
}
