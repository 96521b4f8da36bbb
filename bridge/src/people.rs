//! Agents: the workspace file says who they are, the store keeps their ids, passwords and statuses.

use crate::clock::{self, Clock};
use crate::config::{Agent, Config, Workspace};
use crate::demo;
use crate::password;
use crate::secret::Secret;
use crate::store::{AgentRow, Store, StoreError};
use anyhow::Context;
use protocol::{AgentBadge, AgentId, AgentStatus, QueueBadge};
use std::collections::BTreeMap;
use switchboard::{AgentProfile, Directory, QueueProfile, SiteProfile};

/// A sign-in to print: nobody can look it up later.
#[derive(Debug)]
pub struct SignIn {
    /// Whose.
    pub email: String,
    /// The generated password.
    pub password: Secret,
}

/// Who and what the switchboard works with. Agents of the store who are no longer in the file are left out: they cannot
/// sign in and are asked for nothing, and what they wrote keeps their name.
pub fn directory(workspace: &Workspace, rows: &[AgentRow]) -> Directory {
    let rows_by_email: BTreeMap<&str, &AgentRow> = rows.iter().map(|row| (row.email.as_str(), row)).collect();
    let known = || workspace.agents.iter().filter_map(|a| Some((a, *rows_by_email.get(a.email.as_str())?)));
    let members = |queue| known().filter(|(a, _)| a.queues.contains(queue)).map(|(_, row)| row.id).collect();
    Directory {
        agents: known().map(|(agent, row)| (row.id, profile(agent, row))).collect(),
        queues: workspace
            .queues
            .iter()
            .map(|(id, name)| {
                let badge = QueueBadge { id: id.clone(), name: name.clone() };
                (id.clone(), QueueProfile { badge, members: members(id) })
            })
            .collect(),
        sites: workspace
            .sites
            .iter()
            .map(|(id, site)| (id.clone(), SiteProfile { default_queue: site.default_queue.clone() }))
            .collect(),
    }
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
        status: AgentStatus::Offline,
    };
    store.add_agent(&workspace.id, &row).await.map_err(|error: StoreError| error.into())
}

fn profile(agent: &Agent, row: &AgentRow) -> AgentProfile {
    AgentProfile {
        badge: AgentBadge { id: row.id, name: agent.name.clone() },
        role: agent.role,
        capacity: agent.capacity,
        status: row.status,
    }
}

fn emails(workspace: &Workspace) -> Vec<String> {
    workspace.agents.iter().map(|agent| agent.email.clone()).collect()
}
