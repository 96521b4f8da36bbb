//! What all endpoints of conversations, queues and agents have in common: asking the loop, and telling its refusals.

use super::api::Caller;
use crate::app::App;
use crate::error::{ApiError, ApiResult, Code};
use crate::people;
use crate::runtime::{Answer, Input, NoAnswer};
use crate::store::ConversationRow;
use axum::http::HeaderMap;
use protocol::{ConversationId, Refusal, RefusalCode, RequestId};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;
use switchboard::{By, Command, Switchboard};

/// Where a request's event is.
#[derive(Serialize, JsonSchema)]
pub struct Done {
    /// In which conversation.
    pub conversation: ConversationId,
    /// Under which number.
    pub number: u64,
}

/// Who does something, for the switchboard.
pub fn by(caller: &Caller) -> By {
    match caller {
        Caller::Agent(signed_in) => By::Agent(signed_in.badge.id),
        Caller::Program(program) => {
            By::Program { key: protocol::KeyId(program.id), name: program.name.clone() }
        }
    }
}

/// The caller's own name for the request, or a fresh one. A repeat of a name is answered as the first time.
pub fn request_name(app: &App, headers: &HeaderMap) -> ApiResult<RequestId> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(RequestId::at(app.clock.now(), crate::clock::random()));
    };
    let parsed = value.to_str().ok().and_then(|text| text.parse().ok());
    parsed.ok_or_else(|| {
        ApiError::malformed("a name is a UUID, such as 01932f0c-7d00-7000-8000-000000000001")
            .at("header.idempotency-key")
    })
}

/// Has a command carried out, and says where its event is.
pub async fn order(app: &App, command: Command) -> ApiResult<Option<Done>> {
    match app.runtime.ask(|answer| Input::Orders { command, answer: Some(answer) }).await {
        Ok(Answer::Accepted(_, (conversation, number))) => Ok(Some(Done { conversation, number })),
        Ok(Answer::Done) => Ok(None),
        Ok(Answer::Refused(_, refusal)) => Err(refused(refusal)),
        Err(NoAnswer) => Err(away()),
    }
}

/// Looks at the switchboard as it is now.
pub async fn look<T: Send + 'static>(
    app: &App,
    look: impl FnOnce(&Switchboard) -> T + Send + 'static,
) -> ApiResult<T> {
    let looks = |answer: tokio::sync::oneshot::Sender<T>| {
        Input::Looks(Box::new(move |board: &Switchboard| drop(answer.send(look(board)))))
    };
    app.runtime.ask(looks).await.map_err(|NoAnswer| away())
}

/// The row of a conversation the caller may read. What they may not read is not told from what does not exist.
pub async fn readable(app: &Arc<App>, caller: &Caller, text: &str) -> ApiResult<ConversationRow> {
    let unknown = || ApiError::not_found("there is no such conversation for you");
    let id: ConversationId = text.parse().map_err(|_| unknown())?;
    let row = app.store.conversation(&app.workspace.id, id).await?.ok_or_else(unknown)?;
    let Caller::Agent(signed_in) = caller else { return Ok(row) };
    let agent = signed_in.badge.id;
    let live = look(app, move |board| board.may_read(agent, id)).await?;
    if live || people::reads_closed(&app.directory(), agent, &row) { Ok(row) } else { Err(unknown()) }
}

/// A refusal of the switchboard, as a caller is told.
pub fn refused(refusal: Refusal) -> ApiError {
    let Refusal { code, message } = refusal;
    match code {
        RefusalCode::TryAgain => ApiError::try_again(message),
        RefusalCode::UnknownConversation | RefusalCode::UnknownSite => ApiError::not_found(message),
        RefusalCode::NotAllowed | RefusalCode::NotSignedIn => ApiError::not_allowed(message),
        RefusalCode::TooLarge => ApiError::too_large(message),
        RefusalCode::Malformed
        | RefusalCode::UnknownFrame
        | RefusalCode::WrongVersion
        | RefusalCode::HelloFirst => ApiError::malformed(message),
        RefusalCode::AssistantSilent | RefusalCode::WrongState => ApiError::of(Code::WrongState, message),
        RefusalCode::NoLongerAvailable => ApiError::of(Code::NoLongerAvailable, message),
        RefusalCode::Closed => ApiError::of(Code::Closed, message),
        RefusalCode::NotOnline => ApiError::of(Code::NotOnline, message),
        RefusalCode::ReasonRequired => ApiError::of(Code::ReasonRequired, message),
        RefusalCode::NoteRequired => ApiError::of(Code::NoteRequired, message),
        RefusalCode::UnknownName => ApiError::of(Code::UnknownName, message),
        RefusalCode::AlreadyThere => ApiError::of(Code::AlreadyThere, message),
        RefusalCode::NoRoom => ApiError::of(Code::NoRoom, message),
    }
}

/// The loop does not answer.
pub fn away() -> ApiError {
    ApiError::try_again("the bridge is starting or stopping: ask again in a moment")
}
