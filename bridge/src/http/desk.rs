//! `/api/v1/queues` and `/api/v1/agents`: queues at this moment, and who is there.

use super::api::{Caller, Page, PageQuery, Query, Sent};
use super::live;
use crate::app::App;
use crate::error::{ApiError, ApiResult};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use protocol::setup::AgentRole;
use protocol::{AgentId, AgentStatus, ConversationId, QueueId, Summary, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use switchboard::{Command, Switchboard};

/// Every queue at this moment.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Queues {
    /// In order of their ids.
    items: Vec<QueueNow>,
}

/// A queue at this moment.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Queue")]
pub struct QueueNow {
    /// Which.
    id: QueueId,
    /// The name agents see.
    name: String,
    /// How many wait.
    waiting: usize,
    /// Since when the one that waits longest does.
    longest_since: Option<Timestamp>,
    /// How many conversations of it belong to somebody who is at work on them.
    in_service: usize,
    /// Room in all of those who serve it and are online.
    slots: u64,
    /// Of that, what conversations of this queue take, offers included.
    own: u64,
    /// Of that, what conversations of other queues take.
    foreign: u64,
    /// Of that, what is left.
    free: u64,
    /// Promised answers that are due within two minutes.
    at_risk: usize,
    /// Promised answers that are late.
    late: usize,
    /// Whether it is open by its hours.
    is_open: bool,
    /// Those who serve it, by status.
    agents: BTreeMap<AgentStatus, usize>,
    /// Seconds after which waiting is long.
    warn_seconds: Option<u32>,
    /// Seconds after which waiting is too long.
    critical_seconds: Option<u32>,
}

/// Everybody who works here.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Agents {
    /// In order of their ids.
    items: Vec<AgentNow>,
}

/// An agent at this moment.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Agent")]
pub struct AgentNow {
    /// Who.
    id: AgentId,
    /// The name visitors and colleagues see.
    name: String,
    /// What they may do.
    role: AgentRole,
    /// How they are.
    status: AgentStatus,
    /// What they chose to be.
    chosen: AgentStatus,
    /// Conversations they are at work on.
    conversations: usize,
    /// Room that is taken, by offers too.
    load: u32,
    /// Room in all.
    capacity: u32,
}

/// A status that is chosen.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusWanted {
    /// `online`, `busy`, `away` or `offline`.
    status: AgentStatus,
}

/// `GET /queues`.
pub async fn queues(State(app): State<Arc<App>>) -> ApiResult<Json<Queues>> {
    let now = app.clock.now();
    let items = live::look(&app, move |board| {
        let queues = board.directory().setup().queues.keys();
        queues.map(|queue| queue_now(board, queue, now)).collect()
    });
    Ok(Json(Queues { items: items.await? }))
}

/// `GET /queues/{queue}/waiting`.
pub async fn waiting(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(queue): Path<String>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<Summary>>> {
    let cursor = page.cursor::<ConversationId>()?;
    let unknown = || ApiError::not_found("there is no such queue for you");
    let queue = QueueId::new(queue).map_err(|_| unknown())?;
    let directory = app.directory();
    let known = directory.queue(&queue).is_some();
    let may = match &caller {
        Caller::Agent(signed_in) => {
            let agent = signed_in.badge.id;
            directory.serves(agent, &queue) || directory.is_at_least(agent, AgentRole::Supervisor)
        }
        Caller::Program(_) => true,
    };
    if !known || !may {
        return Err(unknown());
    }
    let (behind, limit) = (cursor.behind, usize::try_from(cursor.limit).unwrap_or(usize::MAX));
    let items = live::look(&app, move |board| {
        // One that has left the queue meanwhile was somewhere: the list is begun again rather than cut.
        let known =
            behind.filter(|id| board.conversation(*id).and_then(|one| one.waits_in()) == Some(&queue));
        let mut waiting = board.waiting_in(&queue);
        if let Some(behind) = known {
            waiting.by_ref().find(|id| *id == behind);
        }
        waiting.take(limit).filter_map(|id| board.summary(id)).collect()
    });
    Ok(Json(cursor.page(items.await?, |summary: &Summary| summary.conversation, |summary| summary)))
}

/// `GET /agents`.
pub async fn agents(State(app): State<Arc<App>>) -> ApiResult<Json<Agents>> {
    let items = live::look(&app, |board| {
        let active = board.directory().agents().iter().filter(|(_, agent)| agent.active);
        active.map(|(id, _)| agent_now(board, *id)).collect()
    });
    Ok(Json(Agents { items: items.await? }))
}

/// `PUT /agents/{agent}/status`.
pub async fn set_status(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(agent): Path<String>,
    Sent(StatusWanted { status }): Sent<StatusWanted>,
) -> ApiResult<StatusCode> {
    let unknown = || ApiError::not_found("there is no such agent");
    let agent: AgentId = agent.parse().map_err(|_| unknown())?;
    let directory = app.directory();
    directory.active(agent).ok_or_else(unknown)?;
    if let Caller::Agent(signed_in) = &caller
        && signed_in.badge.id != agent
        && signed_in.role < AgentRole::Supervisor
    {
        return Err(ApiError::not_allowed("only supervisors can choose the status of others"));
    }
    live::order(&app, Command::AgentSetsStatus { agent, status }).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn queue_now(board: &Switchboard, queue: &QueueId, now: Timestamp) -> QueueNow {
    let directory = board.directory();
    let setup = directory.queue(queue);
    let counted = board.board(queue, now);
    let mut agents: BTreeMap<AgentStatus, usize> = BTreeMap::new();
    let members = directory.plan(queue).map(|plan| plan.everybody().clone()).unwrap_or_default();
    for agent in members {
        *agents.entry(board.effective_status(agent)).or_default() += 1;
    }
    QueueNow {
        id: queue.clone(),
        name: setup.map(|setup| setup.name.clone()).unwrap_or_default(),
        waiting: counted.waiting,
        longest_since: counted.longest_since,
        in_service: counted.in_service,
        slots: counted.slots,
        own: counted.own,
        foreign: counted.foreign,
        free: counted.free,
        at_risk: counted.at_risk,
        late: counted.late,
        is_open: directory.hours_of(queue).is_none_or(|hours| hours.is_open(now)),
        agents,
        warn_seconds: setup.and_then(|setup| setup.warn_seconds),
        critical_seconds: setup.and_then(|setup| setup.critical_seconds),
    }
}

fn agent_now(board: &Switchboard, id: AgentId) -> AgentNow {
    let setup = board.directory().active(id);
    AgentNow {
        id,
        name: board.directory().badge(id).name,
        role: setup.map_or(AgentRole::Agent, |setup| setup.role),
        status: board.effective_status(id),
        chosen: board.status(id),
        conversations: board.owned(id),
        load: board.load(id),
        capacity: setup.map_or(0, |setup| setup.capacity),
    }
}
