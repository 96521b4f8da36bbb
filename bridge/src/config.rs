//! What a bridge is started with, and the workspace file: sites, queues and agents.
//!
//! Keys that are not known are refused with line and column, everything else that is wrong with the key and what would
//! be right. What must not be in a file (passwords, statuses, published assistants) is in the store.

mod check;
mod extension;
mod origin;

pub use extension::{Extension, HeaderSource, WorkflowSecret};
pub use origin::Origin;

use crate::demo;
use crate::guests::Limits;
use crate::runtime::AGENT_GRACE_SECONDS;
use crate::secret::Secret;
use crate::webhooks::Patience;
use anyhow::Context;
use authoring::{World, workflow};
use protocol::{AgentRole, QueueId, SiteId, WorkspaceId};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Conversations an agent can hold when the file does not say.
const CAPACITY_DEFAULT: u32 = 4;

/// The brand's colour when the file does not say.
pub const ACCENT_DEFAULT: &str = "#1f6f5c";

/// What a bridge is started with.
#[derive(Clone, Debug)]
pub struct Config {
    /// Folder of everything this process keeps; made when it is not there.
    pub data: PathBuf,
    /// Address of the database. It may hold a password, so it does not print.
    pub database: Secret,
    /// Whose sites, queues and agents.
    pub workspace: WorkspaceSource,
    /// How long an agent may be away before it counts.
    pub agent_grace_seconds: u64,
    /// How long webhooks' receivers that do not answer are waited for.
    pub webhook_patience: Patience,
}

/// Where sites, queues and agents are written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkspaceSource {
    /// In this file.
    File(PathBuf),
    /// In the demo inside the binary.
    Demo,
    /// Nowhere yet: the bridge runs and says how to set it up.
    Nothing,
}

impl Config {
    /// SQLite in the data folder.
    pub fn new(data: impl Into<PathBuf>, workspace: WorkspaceSource) -> Self {
        let data = data.into();
        let database = Secret::new(format!("sqlite://{}", data.join("passerelle.db").display()));
        Self {
            data,
            database,
            workspace,
            agent_grace_seconds: AGENT_GRACE_SECONDS,
            webhook_patience: Patience::default(),
        }
    }
}

/// A checked workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    /// Which.
    pub id: WorkspaceId,
    /// The team, as its pages name it.
    pub name: String,
    /// Sites by id.
    pub sites: BTreeMap<SiteId, Site>,
    /// Queues and their shown names.
    pub queues: BTreeMap<QueueId, String>,
    /// Agents, as written.
    pub agents: Vec<Agent>,
    /// Other systems that assistants may call, by the name authors use.
    pub extensions: BTreeMap<String, Extension>,
    /// Origins in one's own network that webhooks may lead to, and by plain HTTP.
    pub private_webhooks: Vec<String>,
    /// Origins in one's own network that calls of workflows may lead to.
    pub private_workflows: Vec<String>,
    /// What calls of workflows may put in their headers, by the name authors use.
    pub secrets: BTreeMap<String, WorkflowSecret>,
    /// How much guests may ask.
    pub limits: Limits,
    /// Whether this is the demo, which has a site of its own.
    pub is_demo: bool,
}

/// A place the widget is embedded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The business, as the chat's header names it.
    pub name: String,
    /// Pages of these origins may embed the chat; the bridge's own always may.
    pub origins: Vec<Origin>,
    /// The brand's colour, `#rrggbb`.
    pub accent: String,
    /// Where conversations wait when the assistant names no queue.
    pub default_queue: QueueId,
    /// The assistant's file, if the site has one.
    pub assistant: Option<AssistantFile>,
}

/// An author's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssistantFile {
    /// Where it was read.
    pub path: PathBuf,
    /// What is in it.
    pub text: String,
}

/// A person who answers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agent {
    /// What they sign in with; in lower case.
    pub email: String,
    /// The name visitors and colleagues see.
    pub name: String,
    /// What they may do.
    #[serde(default = "default_role")]
    pub role: AgentRole,
    /// Queues they serve.
    #[serde(default)]
    pub queues: Vec<QueueId>,
    /// Conversations they can hold at once.
    #[serde(default = "default_capacity")]
    pub capacity: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    workspace: WorkspaceSection,
    #[serde(default, rename = "site")]
    sites: Vec<SiteSection>,
    #[serde(default, rename = "queue")]
    queues: Vec<QueueSection>,
    #[serde(default, rename = "agent")]
    agents: Vec<Agent>,
    #[serde(default)]
    extensions: BTreeMap<String, Extension>,
    #[serde(default)]
    secrets: BTreeMap<String, WorkflowSecret>,
    #[serde(default)]
    webhooks: OwnNetwork,
    #[serde(default)]
    workflows: OwnNetwork,
    #[serde(default)]
    limits: Limits,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnNetwork {
    #[serde(default)]
    allow_private: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WorkspaceSection {
    id: WorkspaceId,
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SiteSection {
    id: SiteId,
    name: String,
    origins: Vec<Origin>,
    #[serde(default = "default_accent")]
    accent: String,
    default_queue: QueueId,
    assistant: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QueueSection {
    id: QueueId,
    name: String,
}

impl Workspace {
    /// Reads and checks a workspace, with the assistants its sites name.
    pub fn load(source: &WorkspaceSource) -> anyhow::Result<Self> {
        match source {
            WorkspaceSource::File(path) => {
                let text = std::fs::read_to_string(path)
                    .with_context(|| format!("the workspace file {} cannot be read", path.display()))?;
                let folder = path.parent().unwrap_or(Path::new("."));
                let read = |relative: &Path| {
                    let path = folder.join(relative);
                    let text = std::fs::read_to_string(&path)
                        .with_context(|| format!("the assistant {} cannot be read", path.display()))?;
                    Ok(AssistantFile { path, text })
                };
                Self::parse(&text, read).with_context(|| format!("{} cannot be used", path.display()))
            }
            WorkspaceSource::Demo => {
                let read = |relative: &Path| {
                    let text = demo::text(&relative.to_string_lossy())?;
                    Ok(AssistantFile { path: relative.to_owned(), text })
                };
                let workspace = Self::parse(&demo::text("workspace.toml")?, read);
                Ok(Self { is_demo: true, ..workspace.context("the demo's workspace file cannot be used")? })
            }
            WorkspaceSource::Nothing => {
                Self::parse("[workspace]\nid = \"main\"\nname = \"Passerelle\"", |_| {
                    anyhow::bail!("an empty workspace has no assistant")
                })
            }
        }
    }

    /// What authors' files are checked against, as a workspace file says; the assistants it names are not read.
    pub fn world_in(path: &Path) -> anyhow::Result<World> {
        Ok(Self::without_assistants(path)?.world())
    }

    /// A workspace file for what it says of queues and extensions; the assistants it names are not read.
    pub fn without_assistants(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("the workspace file {} cannot be read", path.display()))?;
        let unread = |relative: &Path| Ok(AssistantFile { path: relative.to_owned(), text: String::new() });
        Self::parse(&text, unread).with_context(|| format!("{} cannot be used", path.display()))
    }

    /// What authors' files are checked against.
    pub fn world(&self) -> World {
        World {
            queues: Some(self.queues.keys().cloned().collect()),
            extensions: Some(self.extensions.keys().cloned().collect()),
        }
    }

    /// The secrets that workflows can name, and where each may go.
    pub fn secret_origins(&self) -> BTreeMap<String, Vec<String>> {
        self.secrets.iter().map(|(name, secret)| (name.clone(), secret.origins.clone())).collect()
    }

    /// What workflows are checked against, as far as the file says: teams, calendars and reasons stand in the setup alone.
    pub fn workflow_world(&self) -> workflow::Workspace {
        let agents = self.agents.iter().flat_map(|agent| [agent.email.clone(), agent.name.clone()]);
        workflow::Workspace {
            queues: Some(self.queues.keys().map(ToString::to_string).collect()),
            agents: Some(agents.collect()),
            secrets: Some(self.secret_origins()),
            ..workflow::Workspace::default()
        }
    }

    fn parse(
        text: &str,
        read_assistant: impl Fn(&Path) -> anyhow::Result<AssistantFile>,
    ) -> anyhow::Result<Self> {
        let mut file: File = toml::from_str(text)?;
        for agent in &mut file.agents {
            agent.email = agent.email.trim().to_lowercase();
        }
        check::check(&file)?;
        let mut sites = BTreeMap::new();
        for section in file.sites {
            let assistant = section.assistant.as_deref().map(&read_assistant).transpose()?;
            let SiteSection { id, name, origins, accent, default_queue, assistant: _ } = section;
            sites.insert(id, Site { name, origins, accent, default_queue, assistant });
        }
        Ok(Self {
            id: file.workspace.id,
            name: file.workspace.name,
            sites,
            queues: file.queues.into_iter().map(|queue| (queue.id, queue.name)).collect(),
            agents: file.agents,
            extensions: file.extensions,
            secrets: file.secrets,
            private_webhooks: file.webhooks.allow_private,
            private_workflows: file.workflows.allow_private,
            limits: file.limits,
            is_demo: false,
        })
    }
}

fn default_role() -> AgentRole {
    AgentRole::Agent
}

fn default_capacity() -> u32 {
    CAPACITY_DEFAULT
}

fn default_accent() -> String {
    ACCENT_DEFAULT.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r##"
        [workspace]
        id = "main"
        name = "Corner Shop"

        [[site]]
        id = "shop"
        name = "Corner Shop"
        origins = ["self", "https://shop.example"]
        accent = "#aa5500"
        default_queue = "sales"

        [[queue]]
        id = "sales"
        name = "Sales"

        [[agent]]
        email = "Ada@Shop.example"
        name = "Ada"
        role = "admin"
        queues = ["sales"]
    "##;

    #[test]
    fn a_good_file_is_read_and_emails_are_in_lower_case() {
        let workspace = parse(GOOD).unwrap();
        let agent = &workspace.agents[0];
        assert_eq!(
            (agent.email.as_str(), agent.role, agent.capacity),
            ("ada@shop.example", AgentRole::Admin, 4)
        );
        assert_eq!(workspace.sites[&SiteId::new("shop").unwrap()].origins.len(), 2);
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line_and_column() {
        check_error(&GOOD.replace("accent =", "acent ="), &["line 10, column 9", "acent"]);
    }

    #[test]
    fn a_queue_that_does_not_exist_is_refused_with_those_that_do() {
        let text = GOOD.replace(r#"default_queue = "sales""#, r#"default_queue = "repairs""#);
        check_error(&text, &["site `shop`", "default_queue", "`repairs`", "sales"]);
        let text = GOOD.replace(r#"queues = ["sales"]"#, r#"queues = ["repairs"]"#);
        check_error(&text, &["agent `ada@shop.example`", "queues", "`repairs`", "sales"]);
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let text = GOOD.replace("#aa5500", "brown").replace("Ada@Shop.example", "ada");
        check_error(&text, &["accent", "#1f6f5c", "email", "ada@example.com"]);
    }

    #[test]
    fn the_same_name_twice_is_refused() {
        let twice = format!("{GOOD}\n[[queue]]\nid = \"sales\"\nname = \"More sales\"");
        check_error(&twice, &["queue `sales`", "twice"]);
    }

    #[test]
    fn an_origin_with_a_path_is_refused() {
        check_error(
            &GOOD.replace("https://shop.example", "https://shop.example/chat"),
            &["https://www.example.com"],
        );
    }

    #[test]
    fn an_extension_has_a_safe_address_and_headers_whose_secrets_do_not_print() {
        let extension = |address: &str, more: &str| {
            format!("{GOOD}\n[extensions.orders]\naddress = \"{address}\"\n{more}")
        };
        let headers = "headers = { Authorization = { env = \"ORDERS_KEY\" }, X-Key = \"hunter2\" }";
        let workspace = parse(&extension("https://api.shop.example/v1", headers)).unwrap();
        assert_eq!(workspace.extensions["orders"].headers.len(), 2);
        assert!(!format!("{workspace:?}").contains("hunter2"));
        check_error(
            &extension("http://api.shop.example", ""),
            &["extension `orders`", "https", "allow_private"],
        );
        check_error(&extension("https://api.shop.example?key=1", ""), &["extension `orders`", "?"]);
        check_error(
            &extension("https://a.example", "headers = { Host = \"x\" }"),
            &["extension `orders`", "`Host`"],
        );
        assert!(parse(&extension("http://localhost:9000", "allow_private = true")).is_ok());
    }

    #[test]
    fn a_secret_of_workflows_says_where_it_may_go() {
        let secret = |what: &str| format!("{GOOD}\n[secrets]\ncrm = {{ {what} }}");
        let right = "text = \"hunter2\", origins = [\"https://crm.example\"]";
        let workspace = parse(&secret(right)).unwrap();
        assert!(!format!("{workspace:?}").contains("hunter2"));
        let crm = &workspace.secrets["crm"];
        assert_eq!(crm.for_call("https://crm.example/x?y=1").unwrap().expose(), "hunter2");
        for elsewhere in ["http://crm.example/", "https://crm.example:8443/", "https://evil.example/"] {
            assert!(crm.for_call(elsewhere).is_err(), "{elsewhere}");
        }
        let origins = "origins = [\"https://crm.example\"]";
        check_error(&secret("env = \"CRM\""), &["origins"]);
        check_error(&secret("env = \"CRM\", origins = []"), &["secret `crm`", "origins is empty"]);
        check_error(&secret(origins), &["secret `crm`", "either env", "or text"]);
        check_error(&secret("env = \"CRM\", origins = [\"crm.example\"]"), &["`crm.example`", "no origin"]);
    }

    #[test]
    fn webhooks_may_be_private_where_the_file_names_an_origin() {
        let webhooks = |origin: &str| format!("{GOOD}\n[webhooks]\nallow_private = [\"{origin}\"]");
        let workspace = parse(&webhooks("http://crm.internal:9000")).unwrap();
        assert_eq!(workspace.private_webhooks, ["http://crm.internal:9000"]);
        for bad in
            ["crm.internal", "http://crm.internal:9000/", "http://CRM.internal", "https://a.example:443"]
        {
            check_error(&webhooks(bad), &["webhooks: allow_private", bad, "http://crm.internal:9000"]);
            let workflows = webhooks(bad).replace("[webhooks]", "[workflows]");
            check_error(&workflows, &["workflows: allow_private", bad]);
        }
    }

    #[test]
    fn limits_are_read_and_those_that_cannot_be_are_refused() {
        let limits = |more: &str| format!("{GOOD}\n[limits]\n{more}");
        let workspace = parse(&limits("trusted_proxies = [\"10.0.0.0/8\"]\nvisitor_sockets = 9")).unwrap();
        assert_eq!(workspace.limits.visitor_sockets, 9);
        assert!(workspace.limits.trusted_proxies[0].holds("10.1.2.3".parse().unwrap()));
        check_error(&limits("visitor_sockets = 0"), &["limits", "visitor_sockets", "1 at least"]);
        check_error(&limits("trusted_proxies = [\"proxy\"]"), &["proxy", "10.0.0.0/8"]);
        check_error(&limits("sockets = 9"), &["unknown field `sockets`", "visitor_sockets"]);
    }

    #[test]
    fn the_demo_and_an_empty_workspace_can_be_used() {
        assert!(Workspace::load(&WorkspaceSource::Demo).unwrap().agents.len() >= 3);
        assert!(Workspace::load(&WorkspaceSource::Nothing).unwrap().sites.is_empty());
    }

    #[test]
    fn the_databases_address_does_not_print() {
        let mut config = Config::new("data", WorkspaceSource::Nothing);
        config.database = Secret::new("postgres://me:hunter2@db/passerelle");
        assert!(!format!("{config:?}").contains("hunter2"));
    }

    fn parse(text: &str) -> anyhow::Result<Workspace> {
        Workspace::parse(text, |_| anyhow::bail!("no assistant here"))
    }

    fn check_error(text: &str, expected: &[&str]) {
        let error = format!("{:#}", parse(text).expect_err("must be refused"));
        for part in expected {
            assert!(error.contains(part), "`{part}` is missing in: {error}");
        }
    }
}
