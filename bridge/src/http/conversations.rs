//! `/api/v1/conversations`: what visitors and the staff say and do.

mod decisions;

use super::acts::{self, SentAct};
use super::api::{Caller, Page, PageQuery, Query, Sent};
use super::live::{self, AsQuery, Done};
use crate::app::App;
use crate::clock;
use crate::error::{ApiError, ApiResult, Code};
use crate::runtime::{Input, NoAnswer};
use crate::store::ConversationQuery;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use decisions::{Decided, decisions};
use protocol::{
    AgentId, AgentRole, ConversationId, ConversationState, Event, QueueId, Routed, SiteId, Summary, TeamId,
    Timestamp, VisitorId,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use switchboard::{Command, Contact, Conversation};

/// Which conversations.
#[derive(Debug, Default, Deserialize, JsonSchema)]
pub struct ListQuery {
    /// Only those in this state.
    pub state: Option<ConversationState>,
    /// Only those that wait, or waited last, in this queue.
    pub queue: Option<QueueId>,
    /// Only those of this team.
    pub team: Option<TeamId>,
    /// Only those this agent has, or had last.
    pub agent: Option<AgentId>,
    /// Only those of this visitor.
    pub visitor: Option<VisitorId>,
}

/// A conversation of a list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Conversation")]
pub struct ConversationCard {
    /// Which.
    id: ConversationId,
    /// Whose.
    visitor: VisitorId,
    /// Where it began.
    site: SiteId,
    /// When it began.
    opened_at: Timestamp,
    /// Who answers.
    state: ConversationState,
    /// Where it waits, or waited last.
    queue: Option<QueueId>,
    /// The team it waits for, or belongs to.
    team: Option<TeamId>,
    /// Who has it, or had it last.
    agent: Option<AgentId>,
    /// Points of priority it was given.
    priority: i32,
    /// Number of its last event.
    number: u64,
    /// Beginning of the last thing said.
    preview: String,
    /// When that was.
    last_at: Timestamp,
    /// Since when the visitor waits for an answer; `null` when the last word is ours.
    unanswered_since: Option<Timestamp>,
}

/// A conversation with what is known of its visitor.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ConversationInFull {
    /// The conversation.
    conversation: ConversationCard,
    /// As the console's lists show it; `null` when it is over.
    summary: Option<Summary>,
    /// What is known of its visitor.
    contact: ContactCard,
    /// Times it was passed on.
    transfers: u32,
}

/// What is known of a visitor over all conversations.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Contact")]
pub struct ContactCard {
    /// Tags.
    tags: Vec<String>,
    /// Fields by name.
    fields: BTreeMap<String, String>,
    /// Who is asked first.
    dedicated: Option<AgentId>,
    /// Who had a conversation of theirs last.
    last_agent: Option<AgentId>,
}

/// A conversation that is begun with a visitor.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenWanted {
    /// With whom.
    visitor: VisitorId,
    /// On which site.
    site: SiteId,
}

/// Which events.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct EventQuery {
    /// Those with a greater number; all, if not given.
    after: Option<u64>,
    /// How many at most: 1 to 500, and 100 if not given.
    limit: Option<usize>,
}

/// Events of a conversation.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Events {
    /// In order of their numbers.
    items: Vec<Event>,
    /// Whether there are more behind the last.
    more: bool,
}

/// Why a conversation is where it is.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Routing {
    /// Whom it was offered to and whose it became so far, the oldest first.
    decisions: Vec<Decided>,
    /// While it waits: what would be decided now.
    waiting: Option<Waiting>,
}

/// Why it waits still.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Waiting {
    /// Its place, 1 is next; `null` when it waits in no queue.
    place: Option<u32>,
    /// How it would be routed if somebody could take it; `null` when nobody is looked for.
    routed: Option<Routed>,
}

/// `GET /conversations`.
pub async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Query(query): Query<ListQuery>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<ConversationCard>>> {
    let cursor = page.cursor::<i64>()?;
    let ListQuery { state, queue, team, agent, visitor } = query;
    let agent = listed(&caller, agent)?;
    let wanted =
        ConversationQuery { state, queue, team, agent, visitor, before: cursor.behind, limit: cursor.limit };
    let found = app.store.conversations(&app.workspace.id, &wanted).await?;
    Ok(Json(cursor.page(found, |(seq, _)| *seq, |(_, conversation)| card(&conversation))))
}

/// Whose conversations a caller lists: agents their own, supervisors and programs whose they like.
fn listed(caller: &Caller, wanted: Option<AgentId>) -> ApiResult<Option<AgentId>> {
    match caller {
        Caller::Agent(signed_in) if signed_in.role < AgentRole::Supervisor => {
            let own = signed_in.badge.id;
            if wanted.is_some_and(|wanted| wanted != own) {
                let message = "only supervisors list what others have";
                return Err(ApiError::not_allowed(message).at("query.agent"));
            }
            Ok(Some(own))
        }
        Caller::Agent(_) | Caller::Program(_) => Ok(wanted),
    }
}

/// `POST /conversations`.
pub async fn open(
    State(app): State<Arc<App>>,
    caller: Caller,
    Query(named): Query<AsQuery>,
    headers: HeaderMap,
    Sent(OpenWanted { visitor, site }): Sent<OpenWanted>,
) -> ApiResult<(StatusCode, Json<Done>)> {
    known(&app, visitor).await?;
    let request = live::request_name(&app, &headers)?;
    let fresh = ConversationId::at(app.clock.now(), clock::random());
    let command = Command::Opens { by: live::by(&caller, &named)?, request, visitor, site, fresh };
    let done = live::order(&app, command).await.map_err(|error| acts::named(error, &app, &named));
    let done = done?.ok_or_else(|| ApiError::internal("an opening without an event"))?;
    Ok((StatusCode::CREATED, Json(done)))
}

/// Whether a visitor has ever been here: with somebody who never was there is nothing to say.
async fn known(app: &App, visitor: VisitorId) -> ApiResult<()> {
    if app.store.latest_conversation(&app.workspace.id, visitor).await?.is_some() {
        return Ok(());
    }
    let here = app.runtime.ask(|here| Input::IsHere { visitor, here }).await;
    match here.map_err(|NoAnswer| live::away())? {
        true => Ok(()),
        false => {
            let message =
                format!("there is no visitor {visitor}: visitors are known once their chat was open");
            Err(ApiError::of(Code::UnknownName, message).at("body.visitor"))
        }
    }
}

/// `GET /conversations/{conversation}`.
pub async fn show(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(conversation): Path<String>,
) -> ApiResult<Json<ConversationInFull>> {
    let id = live::readable(&app, &caller, &conversation).await?.conversation;
    let live = live::look(&app, move |board| board.conversation(id).cloned().zip(board.summary(id))).await?;
    let (conversation, summary) = match live {
        Some((conversation, summary)) => (conversation, Some(summary)),
        None => {
            let kept = app.store.whole_conversation(&app.workspace.id, id).await?;
            (kept.ok_or_else(|| ApiError::not_found("there is no such conversation for you"))?, None)
        }
    };
    Ok(Json(ConversationInFull {
        conversation: card(&conversation),
        summary,
        contact: contact(&conversation.contact),
        transfers: conversation.transfers,
    }))
}

/// `GET /conversations/{conversation}/events`.
pub async fn events(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(conversation): Path<String>,
    Query(EventQuery { after, limit }): Query<EventQuery>,
) -> ApiResult<Json<Events>> {
    let limit = limit.unwrap_or(100);
    if !(1..=protocol::limits::EVENTS_PER_PAGE_MAX).contains(&limit) {
        return Err(ApiError::malformed("1 to 500 events can be asked for at once").at("query.limit"));
    }
    let id = live::readable(&app, &caller, &conversation).await?.conversation;
    let mut items = app.store.events_after(id, after.unwrap_or(0), limit + 1).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    Ok(Json(Events { items, more }))
}

/// `POST /conversations/{conversation}/acts`.
pub async fn act(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(conversation): Path<String>,
    Query(named): Query<AsQuery>,
    headers: HeaderMap,
    SentAct(act): SentAct,
) -> ApiResult<Json<Done>> {
    let unknown = || ApiError::not_found("there is no such conversation for you");
    let conversation = conversation.parse().map_err(|_| unknown())?;
    let request = live::request_name(&app, &headers)?;
    let by = live::by(&caller, &named)?;
    let command = Command::Acts { by, request, conversation, act: act.clone() };
    let done = live::order(&app, command).await.map_err(|error| acts::placed(error, &app, &named, &act))?;
    done.map(Json).ok_or_else(|| ApiError::internal("an act without an event"))
}

/// `GET /conversations/{conversation}/routing`.
pub async fn routing(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(conversation): Path<String>,
) -> ApiResult<Json<Routing>> {
    let id = live::readable(&app, &caller, &conversation).await?.conversation;
    let waiting = live::look(&app, move |board| {
        let waits = board.conversation(id)?.visit().is_some();
        waits.then(|| Waiting {
            place: board.state_now(id).and_then(|state| state.place),
            routed: board.explanation(id),
        })
    });
    let waiting = waiting.await?;
    let decisions = decisions(&app.store.decisions_of(id).await?);
    Ok(Json(Routing { decisions, waiting }))
}

pub fn card(conversation: &Conversation) -> ConversationCard {
    ConversationCard {
        id: conversation.id,
        visitor: conversation.visitor,
        site: conversation.site.clone(),
        opened_at: conversation.opened_at,
        state: conversation.state(),
        queue: conversation.queue.clone(),
        team: conversation.team.clone(),
        agent: conversation.owner().or(conversation.last_owner),
        priority: conversation.priority,
        number: conversation.number,
        preview: conversation.words.preview.clone(),
        last_at: conversation.words.last_at,
        unanswered_since: conversation.words.unanswered_since,
    }
}

fn contact(contact: &Contact) -> ContactCard {
    ContactCard {
        tags: contact.tags.iter().cloned().collect(),
        fields: contact.fields.clone(),
        dedicated: contact.dedicated,
        last_agent: contact.last_agent.map(|(agent, _)| agent),
    }
}
