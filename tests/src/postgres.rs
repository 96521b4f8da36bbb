//! A throwaway PostgreSQL: one cluster for each test process, one fresh database for each test.
//!
//! The cluster is reached through a Unix socket in its own folder, which nobody else may enter. A guard process holds the
//! reading end of a pipe whose writing end is this process: when this process ends, however it ends, the guard stops the
//! server and removes the folder. PostgreSQL that is not installed is a failure, never a skipped test.

use anyhow::{Context, bail};
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Where Debian and its kin put each version's programs.
const DEBIAN: &str = "/usr/lib/postgresql";
/// Accounts that may run the server when the tests run as root, which the server refuses to.
const ACCOUNTS: [&str; 2] = ["postgres", "nobody"];
/// Owner of the cluster's databases.
const USER: &str = "passerelle";

/// Tests leave durability out: none pulls the plug on the database's own machine.
const HASTY: &str = "-c fsync=off -c full_page_writes=off -c max_connections=200 -c shared_buffers=32MB";
/// Measuring does not. The rest is what an administrator sets on a machine of a few gigabytes.
const DURABLE: &str = "-c shared_buffers=512MB -c max_wal_size=4GB -c max_connections=50";

/// The guard's whole life: make a cluster, start it, say so, wait for the tests to end, stop it, remove it.
const GUARD: &str = r#"
exec 2>&1
programs=$1; folder=$2; user=$3; settings=$4
trap 'cd /; rm -rf "$folder"' EXIT
cd "$folder" || exit 1
"$programs/initdb" --pgdata=data --username="$user" --auth=trust --encoding=UTF8 --locale=C --no-sync >initdb.log 2>&1 \
    || { cat initdb.log; exit 1; }
"$programs/pg_ctl" start --wait --silent --pgdata=data --log=server.log --options="-k '$folder' -h '' -p 5432 $settings" \
    >start.log 2>&1 \
    || { cat start.log server.log; exit 1; }
echo ready
read -r _
"$programs/pg_ctl" stop --mode=immediate --silent --pgdata=data >/dev/null 2>&1
"#;

/// The address of a database that nobody has used. It lives as long as this process.
pub fn fresh_database() -> anyhow::Result<String> {
    static CLUSTER: OnceLock<Result<Cluster, String>> = OnceLock::new();
    running(&CLUSTER, HASTY)?.create()
}

/// A database that reaches the disk with every commit, and its server.
#[derive(Clone, Debug)]
pub struct Durable {
    /// Its address.
    pub address: String,
    /// The server, which all durable databases of this process share.
    pub server: Server,
}

/// A server that can be stopped and started again.
#[derive(Clone, Debug)]
pub struct Server {
    programs: PathBuf,
    folder: PathBuf,
    account: Option<Account>,
}

/// As [`fresh_database`], of a cluster that keeps what it has acknowledged when the power goes.
pub fn durable_database() -> anyhow::Result<Durable> {
    static CLUSTER: OnceLock<Result<Cluster, String>> = OnceLock::new();
    let cluster = running(&CLUSTER, DURABLE)?;
    Ok(Durable { address: cluster.create()?, server: cluster.server() })
}

impl Server {
    /// Its first process; it is another one after each start.
    pub fn process(&self) -> anyhow::Result<u32> {
        let text = std::fs::read_to_string(self.folder.join("data/postmaster.pid"))?;
        let first = text.lines().next().context("the server does not say which process it is")?;
        Ok(first.trim().parse()?)
    }

    /// Stops it without finishing anything, as a crash would.
    pub fn stop(&self) -> anyhow::Result<()> {
        self.control(&["stop", "--mode=immediate"])
    }

    /// Starts it again; it recovers first.
    pub fn start(&self) -> anyhow::Result<()> {
        let options = format!("-k '{}' -h '' -p 5432 {DURABLE}", self.folder.display());
        self.control(&["start", "--log=server.log", &format!("--options={options}")])
    }

    /// Processes that serve connections of a program's user.
    pub fn backends(&self) -> anyhow::Result<Vec<u32>> {
        let server = self.process()?;
        let ours = |pid: &u32| {
            let title = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            let title = String::from_utf8_lossy(&title).into_owned();
            title.starts_with(&format!("postgres: {USER} test_"))
        };
        Ok(crate::load::machine::children(server).into_iter().filter(ours).collect())
    }

    fn control(&self, arguments: &[&str]) -> anyhow::Result<()> {
        let mut control = Command::new(self.programs.join("pg_ctl"));
        control.args(arguments).args(["--wait", "--silent", "--pgdata=data"]).current_dir(&self.folder);
        // The server keeps what it is given for its whole life: a pipe would never end.
        control.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        let status = run_as(&mut control, self.account).status().context("cannot run `pg_ctl`")?;
        if !status.success() {
            let said = std::fs::read_to_string(self.folder.join("server.log")).unwrap_or_default();
            bail!("`pg_ctl {}` failed:\n{said}", arguments[0]);
        }
        Ok(())
    }
}

fn running(
    once: &'static OnceLock<Result<Cluster, String>>,
    settings: &str,
) -> anyhow::Result<&'static Cluster> {
    let cluster = once.get_or_init(|| Cluster::start(settings).map_err(|error| format!("{error:#}")));
    cluster.as_ref().map_err(|error| anyhow::anyhow!("{error}"))
}

/// A running cluster. Its guard is never waited for: the end of this process is what ends it.
struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    account: Option<Account>,
    _guard: Child,
}

/// Whom the server runs as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Account {
    user: u32,
    group: u32,
}

impl Cluster {
    fn start(settings: &str) -> anyhow::Result<Self> {
        let programs = programs(Path::new(DEBIAN), std::env::var_os("PATH"))?;
        let folder = tempfile::Builder::new().prefix("passerelle-pg-").tempdir()?.keep();
        let account = unprivileged(&folder)?;
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700))?;
        if let Some(account) = account {
            chown(&folder, Some(account.user), Some(account.group))?;
        }
        let mut guard = guard(&programs, &folder, settings, account).spawn().context("cannot run `sh`")?;
        let output = guard.stdout.take().context("the guard's output is a pipe")?;
        await_ready(BufReader::new(output))?;
        Ok(Self { programs, folder, account, _guard: guard })
    }

    fn create(&self) -> anyhow::Result<String> {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = &format!("test_{}", MADE.fetch_add(1, Ordering::Relaxed));
        let mut createdb = Command::new(self.programs.join("createdb"));
        createdb
            .arg("--host")
            .arg(&self.folder)
            .args(["--port=5432", "--username", USER, name])
            .current_dir(&self.folder);
        let made = run_as(&mut createdb, self.account).output().context("cannot run `createdb`")?;
        if !made.status.success() {
            bail!("cannot make the database {name}: {}", String::from_utf8_lossy(&made.stderr));
        }
        Ok(format!("postgres://{USER}@localhost:5432/{name}?host={}", self.folder.display()))
    }

    fn server(&self) -> Server {
        Server { programs: self.programs.clone(), folder: self.folder.clone(), account: self.account }
    }
}

fn guard(programs: &Path, folder: &Path, settings: &str, account: Option<Account>) -> Command {
    let mut guard = Command::new("sh");
    guard.args(["-c", GUARD, "guard"]).arg(programs).arg(folder).arg(USER).arg(settings);
    // A group of its own: Ctrl-C in a terminal ends the tests, and the guard must outlive them.
    guard.process_group(0).current_dir(folder);
    guard.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    run_as(&mut guard, account);
    guard
}

fn run_as(command: &mut Command, account: Option<Account>) -> &mut Command {
    match account {
        Some(account) => command.gid(account.group).uid(account.user),
        None => command,
    }
}

fn await_ready(output: impl BufRead) -> anyhow::Result<()> {
    let mut said = Vec::new();
    for line in output.lines() {
        match line?.as_str() {
            "ready" => return Ok(()),
            other => said.push(other.to_owned()),
        }
    }
    bail!("PostgreSQL did not start:\n{}", said.join("\n"))
}

/// The folder of the newest installed version's programs, else of those on the search path.
fn programs(versions: &Path, search_path: Option<OsString>) -> anyhow::Result<PathBuf> {
    let installed = std::fs::read_dir(versions).into_iter().flatten().flatten();
    let numbered = installed.filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        Some((version, entry.path().join("bin")))
    });
    let newest = numbered.filter(|(_, folder)| folder.join("initdb").is_file()).max();
    let on_path = || {
        let folders: Vec<PathBuf> = std::env::split_paths(&search_path.unwrap_or_default()).collect();
        folders.into_iter().find(|folder| folder.join("initdb").is_file())
    };
    newest.map(|(_, folder)| folder).or_else(on_path).context(
        "these tests need PostgreSQL and `initdb` was not found: `apt-get install postgresql` (a running server is not \
         needed, and none is touched)",
    )
}

/// `None` when the tests are not run by root: then the server runs as whoever runs them.
fn unprivileged(own: &Path) -> anyhow::Result<Option<Account>> {
    if std::fs::metadata(own)?.uid() != 0 {
        return Ok(None);
    }
    let passwd = std::fs::read_to_string("/etc/passwd").context("cannot read /etc/passwd")?;
    let found = ACCOUNTS.iter().find_map(|name| account(&passwd, name));
    let missing = "PostgreSQL refuses to run as root, and there is neither an account `postgres` nor `nobody` to run it";
    found.context(missing).map(Some)
}

fn account(passwd: &str, name: &str) -> Option<Account> {
    let mut fields = passwd
        .lines()
        .map(|line| line.split(':'))
        .find_map(|mut fields| (fields.next() == Some(name)).then_some(fields))?;
    let user = fields.nth(1)?.parse().ok()?;
    let group = fields.next()?.parse().ok()?;
    Some(Account { user, group })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_is_taken_by_number_not_by_spelling() {
        let versions = tempfile::tempdir().unwrap();
        for version in ["9", "15", "notes"] {
            let folder = versions.path().join(version).join("bin");
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("initdb"), "").unwrap();
        }
        std::fs::create_dir(versions.path().join("17")).unwrap();
        assert_eq!(programs(versions.path(), None).unwrap(), versions.path().join("15/bin"));
    }

    #[test]
    fn the_search_path_comes_second_and_absence_names_the_package() {
        let (nothing, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::write(folder.path().join("initdb"), "").unwrap();
        let path = Some(folder.path().as_os_str().to_owned());
        assert_eq!(programs(nothing.path(), path).unwrap(), folder.path());
        let error = programs(nothing.path(), None).unwrap_err().to_string();
        assert!(error.contains("apt-get install postgresql"), "{error}");
    }

    #[test]
    fn an_account_is_found_by_its_whole_name() {
        let passwd = "postgres2:x:7:8::/:/bin/sh\npostgres:x:101:104:The, Admin:/:/bin/sh\n";
        assert_eq!(account(passwd, "postgres"), Some(Account { user: 101, group: 104 }));
        assert_eq!(account(passwd, "nobody"), None);
    }

    #[test]
    fn a_server_that_does_not_start_says_what_it_said() {
        let error = await_ready("FATAL: no room\n".as_bytes()).unwrap_err().to_string();
        assert!(error.contains("FATAL: no room"), "{error}");
        await_ready("ready\n".as_bytes()).unwrap();
    }
}
