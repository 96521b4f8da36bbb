//! `/api/v1/contacts`: visitors, as the staff and programs know them over all their conversations.

use super::api::{Caller, Page, PageQuery, Query, Sent};
use super::conversations::{ConversationCard, card};
use super::live::{self, AsQuery};
use crate::app::App;
use crate::clock;
use crate::error::{ApiError, ApiResult, Code};
use crate::people;
use crate::store::ConversationQuery;
use axum::Json;
use axum::extract::{Path, State};
use protocol::limits::{FIELD_NAME_BYTES_MAX, FIELD_VALUE_BYTES_MAX, FIELDS_MAX, TAGS_MAX};
use protocol::{Act, AgentId, AgentRole, ConversationId, RequestId, Timestamp, VisitorId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use switchboard::{Command, Contact};

/// A visitor.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ContactInFull")]
pub struct ContactNow {
    /// Who.
    id: VisitorId,
    /// Their conversation that is not over; `null` when there is none.
    conversation: Option<ConversationId>,
    /// Tags.
    tags: Vec<String>,
    /// Fields by name.
    fields: BTreeMap<String, String>,
    /// Who is asked first, and waited for.
    dedicated: Option<AgentId>,
    /// Who had a conversation of theirs last.
    last_agent: Option<AgentId>,
    /// When somebody who works here last wrote to them.
    last_human_at: Option<Timestamp>,
    /// When they last wrote.
    last_written_at: Option<Timestamp>,
}

/// What is to be known of a visitor. What is not named stays as it is.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ContactWanted {
    /// Fields by name; `null` clears one.
    fields: BTreeMap<String, Option<String>>,
    /// Tags: `true` gives one, `false` takes it away.
    tags: BTreeMap<String, bool>,
    /// Who is asked first, and waited for.
    dedicated: Option<Dedicated>,
}

/// Who is asked first, and waited for.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dedicated {
    /// Who; `null` is nobody.
    to: Option<AgentId>,
}

/// `GET /contacts/{contact}`.
pub async fn show(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(contact): Path<String>,
) -> ApiResult<Json<ContactNow>> {
    let (visitor, _) = known(&app, &caller, &contact).await?;
    Ok(Json(now(&app, visitor).await?))
}

/// `PATCH /contacts/{contact}`. What is known of a visitor changes by events of their conversation, open or over, so that it is
/// told like everything else.
pub async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(contact): Path<String>,
    Sent(wanted): Sent<ContactWanted>,
) -> ApiResult<Json<ContactNow>> {
    let (visitor, conversation) = known(&app, &caller, &contact).await?;
    check(&app, &caller, &wanted, &now(&app, visitor).await?)?;
    let ContactWanted { fields, tags, dedicated } = wanted;
    let fields = fields.into_iter().map(|(field, value)| Act::SetField { field, value });
    let tags = tags.into_iter().map(|(tag, add)| Act::Tag { tag, add });
    let dedicated = dedicated.map(|Dedicated { to }| Act::Dedicate { to });
    for act in fields.chain(tags).chain(dedicated) {
        let request = RequestId::at(app.clock.now(), clock::random());
        let by = live::by(&caller, &AsQuery::default())?;
        live::order(&app, Command::Acts { by, request, conversation, act }).await?;
    }
    Ok(Json(now(&app, visitor).await?))
}

/// `GET /contacts/{contact}/conversations`.
pub async fn conversations(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(contact): Path<String>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<ConversationCard>>> {
    let cursor = page.cursor::<i64>()?;
    let (visitor, _) = known(&app, &caller, &contact).await?;
    let wanted = ConversationQuery {
        visitor: Some(visitor),
        before: cursor.behind,
        limit: cursor.limit,
        ..ConversationQuery::default()
    };
    let found = app.store.conversations(&app.workspace.id, &wanted).await?;
    let mut page = cursor.page(found, |(seq, _)| *seq, |(_, conversation)| conversation);
    if let Caller::Agent(signed_in) = &caller {
        let agent = signed_in.badge.id;
        let ids: Vec<ConversationId> = page.items.iter().map(|one| one.id).collect();
        let live = live::look(&app, move |board| {
            ids.into_iter().filter(|id| board.may_read(agent, *id)).collect::<Vec<_>>()
        });
        let (live, directory) = (live.await?, app.directory());
        page.items.retain(|one| live.contains(&one.id) || people::read_over(&directory, agent, one));
    }
    Ok(Json(Page { items: page.items.iter().map(card).collect(), next: page.next }))
}

/// A visitor whom the caller may know of, and the conversation of theirs that is open, or was last.
async fn known(app: &Arc<App>, caller: &Caller, contact: &str) -> ApiResult<(VisitorId, ConversationId)> {
    let unknown = || ApiError::not_found("there is no such contact for you");
    let visitor: VisitorId = contact.parse().map_err(|_| unknown())?;
    let row = app.store.latest_conversation(&app.workspace.id, visitor).await?.ok_or_else(unknown)?;
    live::readable_row(app, caller, row).await?.map(|row| (visitor, row.conversation)).ok_or_else(unknown)
}

async fn now(app: &Arc<App>, visitor: VisitorId) -> ApiResult<ContactNow> {
    let open = live::look(app, move |board| {
        let conversation = board.conversation(board.conversation_of(visitor)?)?;
        let mut contact = conversation.contact.clone();
        contact.earlier.absorb(&conversation.words);
        Some((conversation.id, contact))
    });
    let (conversation, contact) = match open.await? {
        Some((conversation, contact)) => (Some(conversation), contact),
        None => {
            let kept = app.store.contacts(&app.workspace.id, &[visitor]).await?;
            (None, kept.into_iter().next().map(|(_, contact)| contact).unwrap_or_default())
        }
    };
    let Contact { tags, fields, dedicated, last_agent, earlier, ran: _ } = contact;
    Ok(ContactNow {
        id: visitor,
        conversation,
        tags: tags.into_iter().collect(),
        fields,
        dedicated,
        last_agent: last_agent.map(|(agent, _)| agent),
        last_human_at: earlier.human.map(|said| said.at),
        last_written_at: earlier.visitor.map(|said| said.at),
    })
}

/// All that can be refused is refused before anything is done.
fn check(app: &App, caller: &Caller, wanted: &ContactWanted, known: &ContactNow) -> ApiResult<()> {
    let names = wanted.fields.keys().map(|name| ("fields", name));
    for (part, name) in names.chain(wanted.tags.keys().map(|name| ("tags", name))) {
        let fits = !name.is_empty() && name.len() <= FIELD_NAME_BYTES_MAX;
        if !fits || name.trim() != name || name.chars().any(char::is_control) {
            let message = format!("a name has 1 to {FIELD_NAME_BYTES_MAX} bytes, without blanks around it");
            return Err(ApiError::malformed(message).at(format!("body.{part}.{name}")));
        }
    }
    if let Some((name, _)) = wanted.fields.iter().find(|(_, value)| too_long(value.as_ref())) {
        let message = format!("a field's value can have {FIELD_VALUE_BYTES_MAX} bytes");
        return Err(ApiError::malformed(message).at(format!("body.fields.{name}")));
    }
    let new_fields =
        wanted.fields.iter().filter(|(name, value)| value.is_some() && !known.fields.contains_key(*name));
    let new_tags = wanted.tags.iter().filter(|(tag, add)| **add && !known.tags.contains(tag));
    if known.fields.len() + new_fields.count() > FIELDS_MAX {
        let message = format!("a visitor can have {FIELDS_MAX} fields: clear one first");
        return Err(ApiError::malformed(message).at("body.fields"));
    }
    if known.tags.len() + new_tags.count() > TAGS_MAX {
        let message = format!("a visitor can have {TAGS_MAX} tags: take one away first");
        return Err(ApiError::malformed(message).at("body.tags"));
    }
    let Some(Dedicated { to }) = wanted.dedicated else { return Ok(()) };
    if let Caller::Agent(signed_in) = caller
        && signed_in.role < AgentRole::Supervisor
    {
        let message = "only supervisors choose whose visitor somebody is";
        return Err(ApiError::not_allowed(message).at("body.dedicated"));
    }
    match to.filter(|agent| app.directory().active(*agent).is_none()) {
        Some(agent) => {
            Err(ApiError::of(Code::UnknownName, format!("there is no agent {agent}")).at("body.dedicated.to"))
        }
        None => Ok(()),
    }
}

fn too_long(value: Option<&String>) -> bool {
    value.is_some_and(|value| value.len() > FIELD_VALUE_BYTES_MAX)
}
