//! Packages of the operating system: installed when allowed, named exactly when not.

use crate::places::on_path;
use crate::run::{ask, run};
use crate::say;
use anyhow::{Result, bail};
use std::process::Command;

/// Something the system's packages provide, under the name each package manager has for it.
pub struct Provision {
    /// What it is, for the reader.
    pub what: &'static str,
    pub apt: &'static [&'static str],
    pub dnf: &'static [&'static str],
    pub pacman: &'static [&'static str],
    pub apk: &'static [&'static str],
    pub brew: &'static [&'static str],
}

pub const BROWSER: Provision = Provision {
    what: "Chromium and chromedriver",
    apt: &["chromium", "chromium-driver"],
    dnf: &["chromium", "chromedriver"],
    pacman: &["chromium"],
    apk: &["chromium", "chromium-chromedriver"],
    brew: &["--cask", "google-chrome", "chromedriver"],
};

pub const POSTGRESQL: Provision = Provision {
    what: "PostgreSQL's server",
    apt: &["postgresql"],
    dnf: &["postgresql-server"],
    pacman: &["postgresql"],
    apk: &["postgresql"],
    brew: &["postgresql"],
};

/// Installs it where that needs no password; otherwise an error saying what to type.
pub fn provide(provision: &Provision) -> Result<()> {
    let Some(manager) = Manager::of_this_system() else {
        bail!("{} is needed: install it and start this again", provision.what);
    };
    manager.install(provision.what, manager.names(provision))
}

/// Debian's packages, by name.
pub fn apt_install(what: &str, packages: &[&str]) -> Result<()> {
    Manager::Apt.install(what, packages)
}

/// Fetches the lists of packages, which a fresh machine lacks; `None` where that cannot be done.
pub fn apt_update() -> Option<()> {
    on_path(&["apt-get"]).filter(|_| is_root())?;
    run("fetching the lists of packages", Command::new("apt-get").arg("update")).ok()
}

#[derive(Clone, Copy)]
enum Manager {
    Apt,
    Dnf,
    Pacman,
    Apk,
    Brew,
}

impl Manager {
    fn of_this_system() -> Option<Self> {
        let managers = [Self::Apt, Self::Dnf, Self::Pacman, Self::Apk, Self::Brew];
        managers.into_iter().find(|manager| on_path(&[manager.words()[0]]).is_some())
    }

    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Apt => &["apt-get", "install"],
            Self::Dnf => &["dnf", "install"],
            Self::Pacman => &["pacman", "-S"],
            Self::Apk => &["apk", "add"],
            Self::Brew => &["brew", "install"],
        }
    }

    fn names(self, provision: &Provision) -> &'static [&'static str] {
        match self {
            Self::Apt => provision.apt,
            Self::Dnf => provision.dnf,
            Self::Pacman => provision.pacman,
            Self::Apk => provision.apk,
            Self::Brew => provision.brew,
        }
    }

    fn install(self, what: &str, packages: &[&str]) -> Result<()> {
        match self {
            Self::Apt if is_root() => {
                say::doing(&format!("Installing {what}: apt-get install {}", packages.join(" ")));
                apt_get(packages)
            }
            Self::Apt | Self::Dnf | Self::Pacman | Self::Apk | Self::Brew => {
                bail!(
                    "{what}: not installed yet. Please run\n\n    {}\n\nand start this again.",
                    self.to_type(packages)
                )
            }
        }
    }

    fn to_type(self, packages: &[&str]) -> String {
        let words = [self.words(), packages].concat().join(" ");
        match self {
            Self::Brew => words,
            Self::Apt | Self::Dnf | Self::Pacman | Self::Apk => format!("sudo {words}"),
        }
    }
}

/// The package lists of a fresh machine are empty or old: they are fetched when installing fails without.
fn apt_get(packages: &[&str]) -> Result<()> {
    let install = || {
        let mut command = Command::new("apt-get");
        // Without `--no-remove`, a package that conflicts with an installed one would remove it.
        command.args(["install", "--yes", "--no-install-recommends", "--no-remove"]).args(packages);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        run("installing packages", &mut command)
    };
    if install().is_ok() {
        return Ok(());
    }
    say::note("that failed; fetching the lists of packages, then once more");
    apt_update();
    install()
}

fn is_root() -> bool {
    ask(Command::new("id").arg("-u")).as_deref() == Some("0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_to_type_is_complete() {
        check(Manager::Apt, "sudo apt-get install chromium chromium-driver");
        check(Manager::Pacman, "sudo pacman -S chromium");
        check(Manager::Brew, "brew install --cask google-chrome chromedriver");
    }

    fn check(manager: Manager, expected: &str) {
        assert_eq!(manager.to_type(manager.names(&BROWSER)), expected);
    }
}
