//! Agents: the workspace file names the first of them, the store keeps them, with ids, passwords and how they stand.

use crate::clock::{self, Clock};
use crate::config::{Agent, Config, Workspace};
use crate::demo;
use crate::password;
use crate::secret::Secret;
use crate::store::{AgentRow, ConversationRow, Store, StoreError};
use anyhow::Context;
use protocol::setup::{
    AgentRole, AgentSetup, Fault, QueueSetup, Reason, ReasonUse, Setup, SiteSetup, TeamSetup,
};
use protocol::{AgentId, QueueId, ReasonId, TeamId, WorkspaceId};
use std::collections::{BTreeMap, BTreeSet};
use switchboard::{Conversation, Directory, Standing};

/// Where nobody has an address: stands in for one that is not known.
const NO_ADDRESS: &str = "no-address.invalid";

/// A sign-in to print: nobody can look it up later.
#[derive(Debug)]
pub struct SignIn {
    /// Whose.
    pub email: String,
    /// The generated password.
    pub password: Secret,
}

/// What the workspace file adds to how the workspace is set up: agents, queues and sites the setup does not have yet. What
/// it has is changed in the settings and by programs, and stays as it is.
pub fn seeded(mut setup: Setup, workspace: &Workspace, rows: &[AgentRow]) -> Setup {
    let rows_by_email: BTreeMap<&str, &AgentRow> = rows.iter().map(|row| (row.email.as_str(), row)).collect();
    let known = || workspace.agents.iter().filter_map(|a| Some((a, rows_by_email.get(a.email.as_str())?.id)));
    let fresh: BTreeSet<AgentId> =
        known().map(|(_, id)| id).filter(|id| !setup.agents.contains_key(id)).collect();
    for (agent, id) in known() {
        let has_address = |one: &AgentSetup| {
            one.email.as_deref().is_some_and(|mail| mail.eq_ignore_ascii_case(&agent.email))
        };
        // Workflows name people by it, so two cannot have the same.
        let email = (!setup.agents.values().any(has_address)).then(|| agent.email.clone());
        setup.agents.entry(id).or_insert_with(|| AgentSetup {
            email,
            role: agent.role,
            capacity: agent.capacity,
            ..AgentSetup::named(&agent.name)
        });
    }
    for (id, name) in &workspace.queues {
        let Ok(team) = TeamId::new(id.as_str()) else { continue };
        let is_new = !setup.queues.contains_key(id);
        let members =
            known().filter(|(agent, id_of)| agent.queues.contains(id) && (is_new || fresh.contains(id_of)));
        let members: Vec<AgentId> = members.map(|(_, id)| id).collect();
        let seeded = setup
            .teams
            .entry(team.clone())
            .or_insert_with(|| TeamSetup { name: name.clone(), ..TeamSetup::default() });
        seeded.members.extend(members);
        setup.queues.entry(id.clone()).or_insert_with(|| QueueSetup::of_team(name, team));
    }
    for (id, site) in &workspace.sites {
        let default_queue = site.default_queue.clone();
        setup.sites.entry(id.clone()).or_insert(SiteSetup { default_queue });
    }
    if setup.reasons.is_empty() {
        setup.reasons = first_reasons();
    }
    setup
}

/// Reasons to begin with.
fn first_reasons() -> BTreeMap<ReasonId, Reason> {
    const FIRST: [(&str, &str, &[ReasonUse]); 8] = [
        ("other-team", "Belongs to another team", &[ReasonUse::Transfer]),
        ("needs-expert", "Needs somebody who knows more", &[ReasonUse::Transfer]),
        ("end-of-shift", "End of shift", &[ReasonUse::Transfer]),
        ("busy", "Too much at the moment", &[ReasonUse::Decline]),
        ("not-mine", "Not my subject", &[ReasonUse::Decline, ReasonUse::Transfer]),
        ("solved", "Solved", &[ReasonUse::Close]),
        ("not-solved", "Not solved", &[ReasonUse::Close]),
        ("no-answer", "The visitor did not answer", &[ReasonUse::Close]),
    ];
    let reasons = FIRST.iter().zip(1..).filter_map(|((id, label, uses), position)| {
        let uses = uses.iter().copied().collect();
        Some((
            ReasonId::new(*id).ok()?,
            Reason { label: (*label).to_owned(), uses, retired: false, position },
        ))
    });
    reasons.collect()
}

/// A conversation that is over stays readable for whoever had it last, for those who serve its queue or are of its team, and
/// for supervisors.
pub fn reads_closed(directory: &Directory, agent: AgentId, row: &ConversationRow) -> bool {
    row.closed && reads(directory, agent, (row.queue.as_ref(), row.team.as_ref(), row.agent))
}

/// The same of a whole conversation.
pub fn read_over(directory: &Directory, agent: AgentId, one: &Conversation) -> bool {
    let had = one.owner().or(one.last_owner);
    one.state().is_over() && reads(directory, agent, (one.queue.as_ref(), one.team.as_ref(), had))
}

fn reads(
    directory: &Directory,
    agent: AgentId,
    (queue, team, had): (Option<&QueueId>, Option<&TeamId>, Option<AgentId>),
) -> bool {
    let serves = queue.is_some_and(|queue| directory.serves(agent, queue));
    let of_team = team.is_some_and(|team| directory.is_member(agent, team));
    had == Some(agent) || serves || of_team || directory.is_at_least(agent, AgentRole::Supervisor)
}

/// Adds agents the store does not have yet, with generated passwords, and gives back what has to be printed. The demo's
/// agents share the one password of the data folder, which is printed at every start.
pub async fn enrol(
    config: &Config,
    workspace: &Workspace,
    store: &dyn Store,
    clock: &Clock,
) -> anyhow::Result<Vec<SignIn>> {
    let rows = store.agents(&workspace.id).await?;
    let row_of = |agent: &Agent| rows.iter().find(|row| row.email == agent.email);
    let demo = workspace.is_demo.then(|| demo::sign_in(&config.data, &emails(workspace))).transpose()?;
    let mut sign_ins = Vec::new();
    for agent in &workspace.agents {
        let email = agent.email.clone();
        match (&demo, row_of(agent)) {
            (None, Some(_)) => {}
            (None, None) => {
                let password = Secret::password();
                add(workspace, store, clock, &email, &password).await?;
                sign_ins.push(SignIn { email, password });
            }
            (Some((password, made)), row) => {
                match row {
                    None => add(workspace, store, clock, &email, password).await?,
                    Some(row) if *made => {
                        store.set_password(row.id, &password::hash(password).await?).await?
                    }
                    Some(_) => {}
                }
                sign_ins.push(SignIn { email, password: password.clone() });
            }
        }
    }
    Ok(sign_ins)
}

/// Agents of a setup whom nobody has added: nothing of theirs could be kept.
pub fn strangers(setup: &Setup, rows: &[AgentRow]) -> Vec<Fault> {
    let known: BTreeSet<AgentId> = rows.iter().map(|row| row.id).collect();
    let strangers = setup.agents.keys().filter(|id| !known.contains(id));
    let message = "nobody of this id was added: add people with POST /api/v1/agents, which gives them an id";
    strangers.map(|id| Fault { place: format!("agents.{id}"), message: message.to_owned() }).collect()
}

/// Adds those whom the setup names and the store does not have, with a password that nobody knows: what they do could not be
/// kept otherwise. No change of the setup leads here.
pub async fn adopt(
    workspace: &WorkspaceId,
    setup: &Setup,
    store: &dyn Store,
    mut rows: Vec<AgentRow>,
) -> Result<Vec<AgentRow>, StoreError> {
    let known: BTreeSet<AgentId> = rows.iter().map(|row| row.id).collect();
    for (id, agent) in setup.agents.iter().filter(|(id, _)| !known.contains(id)) {
        let email = agent.email.as_ref().map(|email| email.trim().to_lowercase());
        let email = email.filter(|email| rows.iter().all(|row| row.email != *email));
        let row = AgentRow {
            id: *id,
            email: email.unwrap_or_else(|| format!("{id}@{NO_ADDRESS}")),
            password_hash: password::of_nobody().to_owned(),
            standing: Standing::default(),
        };
        tracing::warn!("the setup names the agent {id}, whom nobody has added: added without a password");
        store.add_agent(workspace, &row).await?;
        rows.push(row);
    }
    Ok(rows)
}

/// Adds somebody under their address, or finds whom it belongs to; whoever it is has this password from now on. Gives their id
/// and the digests of the sign-ins that this ends.
pub async fn admit(
    workspace: &WorkspaceId,
    store: &dyn Store,
    fresh: AgentId,
    email: &str,
    password: &Secret,
) -> anyhow::Result<(AgentId, Vec<Vec<u8>>)> {
    let password_hash = password::hash(password).await?;
    let row = AgentRow {
        id: fresh,
        email: email.to_owned(),
        password_hash: password_hash.clone(),
        standing: Standing::default(),
    };
    store.add_agent(workspace, &row).await?;
    let found = store.agents(workspace).await?.into_iter().find(|row| row.email == email);
    let id = found.context("an agent who was added cannot be found")?.id;
    if id == fresh {
        return Ok((id, Vec::new()));
    }
    store.set_password(id, &password_hash).await?;
    Ok((id, store.remove_sessions_of(id).await?))
}

/// Replaces an agent's password.
pub async fn set_password(
    workspace: &Workspace,
    store: &dyn Store,
    email: &str,
    password: &Secret,
) -> anyhow::Result<()> {
    let email = email.trim().to_lowercase();
    let row = store.agents(&workspace.id).await?.into_iter().find(|row| row.email == email);
    let row = row.with_context(|| {
        format!(
            "there is no agent `{email}` in workspace `{}`: add them to the workspace file and start once",
            workspace.id
        )
    })?;
    store.set_password(row.id, &password::hash(password).await?).await?;
    Ok(())
}

async fn add(
    workspace: &Workspace,
    store: &dyn Store,
    clock: &Clock,
    email: &str,
    password: &Secret,
) -> anyhow::Result<()> {
    let row = AgentRow {
        id: AgentId::at(clock.now(), clock::random()),
        email: email.to_owned(),
        password_hash: password::hash(password).await?,
        standing: Standing::default(),
    };
    store.add_agent(&workspace.id, &row).await.map_err(|error: StoreError| error.into())
}

fn emails(workspace: &Workspace) -> Vec<String> {
    workspace.agents.iter().map(|agent| agent.email.clone()).collect()
}
