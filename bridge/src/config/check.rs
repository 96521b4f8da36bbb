//! What can be wrong with a workspace file that reads well. All of it is told at once: which key, what is wrong, what
//! would be right.

use super::{ACCENT_DEFAULT, Agent, File, SiteSection};
use crate::webhooks::is_origin;
use protocol::QueueId;
use std::collections::BTreeSet;

/// More conversations at once than anybody can answer.
const CAPACITY_MAX: u32 = 100;

/// Shown names stay readable in lists and headers.
const NAME_CHARS_MAX: usize = 80;

/// Every mistake, or none.
pub fn check(file: &File) -> anyhow::Result<()> {
    let queues: BTreeSet<&QueueId> = file.queues.iter().map(|queue| &queue.id).collect();
    let mut mistakes = Vec::new();
    check_name("workspace", &file.workspace.name, &mut mistakes);
    check_unique("site", file.sites.iter().map(|site| site.id.as_str()), &mut mistakes);
    check_unique("queue", file.queues.iter().map(|queue| queue.id.as_str()), &mut mistakes);
    check_unique("agent", file.agents.iter().map(|agent| agent.email.as_str()), &mut mistakes);
    for queue in &file.queues {
        check_name(&format!("queue `{}`", queue.id), &queue.name, &mut mistakes);
    }
    for site in &file.sites {
        check_site(site, &queues, &mut mistakes);
    }
    for agent in &file.agents {
        check_agent(agent, &queues, &mut mistakes);
    }
    for (name, extension) in &file.extensions {
        let place = format!("extension `{name}`");
        mistakes.extend(extension.mistakes().into_iter().map(|mistake| format!("{place}: {mistake}")));
    }
    for (name, secret) in &file.secrets {
        let place = format!("secret `{name}`");
        mistakes.extend(secret.mistakes().into_iter().map(|mistake| format!("{place}: {mistake}")));
    }
    let webhooks = file.webhooks.allow_private.iter().map(|origin| ("webhooks", origin));
    let workflows = file.workflows.allow_private.iter().map(|origin| ("workflows", origin));
    for (section, origin) in webhooks.chain(workflows).filter(|(_, origin)| !is_origin(origin)) {
        mistakes.push(format!(
            "{section}: allow_private names `{origin}`, which is no origin: write scheme, host and perhaps port, in lower \
             case and without a path, such as \"http://crm.internal:9000\""
        ));
    }
    mistakes.extend(file.limits.mistakes());
    match mistakes.is_empty() {
        true => Ok(()),
        false => Err(anyhow::anyhow!(mistakes.join("\n"))),
    }
}

fn check_site(site: &SiteSection, queues: &BTreeSet<&QueueId>, mistakes: &mut Vec<String>) {
    let place = format!("site `{}`", site.id);
    check_name(&place, &site.name, mistakes);
    let digits = site.accent.strip_prefix('#').unwrap_or_default();
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        mistakes.push(format!(
            "{place}: accent must be a colour such as \"{ACCENT_DEFAULT}\", not \"{}\"",
            site.accent
        ));
    }
    check_queue(&place, "default_queue", &site.default_queue, queues, mistakes);
}

fn check_agent(agent: &Agent, queues: &BTreeSet<&QueueId>, mistakes: &mut Vec<String>) {
    let place = format!("agent `{}`", agent.email);
    check_name(&place, &agent.name, mistakes);
    let (user, host) = agent.email.split_once('@').unwrap_or_default();
    if user.is_empty() || host.is_empty() || agent.email.contains(char::is_whitespace) {
        mistakes.push(format!("{place}: email must be an address such as \"ada@example.com\""));
    }
    if !(1..=CAPACITY_MAX).contains(&agent.capacity) {
        mistakes.push(format!("{place}: capacity must be 1 to {CAPACITY_MAX}, not {}", agent.capacity));
    }
    for queue in &agent.queues {
        check_queue(&place, "queues", queue, queues, mistakes);
    }
}

fn check_queue(
    place: &str,
    key: &str,
    queue: &QueueId,
    queues: &BTreeSet<&QueueId>,
    mistakes: &mut Vec<String>,
) {
    if !queues.contains(queue) {
        let known: Vec<&str> = queues.iter().map(|queue| queue.as_str()).collect();
        let known = if known.is_empty() { "none yet: add a [[queue]]".to_owned() } else { known.join(", ") };
        mistakes
            .push(format!("{place}: {key} names `{queue}`, which is not a queue; the queues are: {known}"));
    }
}

fn check_name(place: &str, name: &str, mistakes: &mut Vec<String>) {
    if name.trim().is_empty() || name.chars().count() > NAME_CHARS_MAX {
        mistakes.push(format!("{place}: name must have 1 to {NAME_CHARS_MAX} characters"));
    }
}

fn check_unique<'a>(what: &str, names: impl Iterator<Item = &'a str>, mistakes: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            mistakes.push(format!("{what} `{name}` is there twice: names must differ"));
        }
    }
}
