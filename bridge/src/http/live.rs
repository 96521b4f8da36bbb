//! What all endpoints of conversations, queues and agents have in common: asking the loop, and telling its refusals.

use super::api::Caller;
use crate::app::App;
use crate::error::{ApiError, ApiResult, Code};
use crate::keys::Scope;
use crate::people;
use crate::runtime::{Answer, Input, NoAnswer};
use crate::store::ConversationRow;
use axum::http::HeaderMap;
use protocol::{AgentId, ConversationId, KeyId, Refusal, RefusalCode, RequestId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
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

/// In whose name a program acts.
#[derive(Debug, Default, Deserialize, JsonSchema)]
pub struct AsQuery {
    /// The agent in whose name, and with whose rights, a program does it; takes the scope `agents:act`. Without one it does it as
    /// itself.
    pub as_agent: Option<AgentId>,
}

/// Who does something, for the switchboard.
pub fn by(caller: &Caller, AsQuery { as_agent }: &AsQuery) -> ApiResult<By> {
    let program = match (caller, as_agent) {
        (Caller::Agent(signed_in), None) => return Ok(By::Agent(signed_in.badge.id)),
        (Caller::Agent(_), Some(_)) => {
            let message = "only programs act in the name of others: leave `as_agent` out";
            return Err(ApiError::not_allowed(message).at("query.as_agent"));
        }
        (Caller::Program(program), _) => program,
    };
    let (key, name) = (KeyId(program.id), program.name.clone());
    match *as_agent {
        None => Ok(By::Program { key, name }),
        Some(agent) => {
            caller.require_key(Scope::AgentsAct).map_err(|error| error.at("query.as_agent"))?;
            Ok(By::ForAgent { agent, key, name })
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
    readable_row(app, caller, row).await?.ok_or_else(unknown)
}

/// A conversation's row, when the caller may read it.
pub async fn readable_row(
    app: &Arc<App>,
    caller: &Caller,
    row: ConversationRow,
) -> ApiResult<Option<ConversationRow>> {
    let Caller::Agent(signed_in) = caller else { return Ok(Some(row)) };
    let (agent, id) = (signed_in.badge.id, row.conversation);
    let live = look(app, move |board| board.may_read(agent, id)).await?;
    Ok((live || people::reads_closed(&app.directory(), agent, &row)).then_some(row))
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
        RefusalCode::TooOften => ApiError::of(Code::TooManyAttempts, message),
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
