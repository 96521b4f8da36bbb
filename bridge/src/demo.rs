//! The demo business inside the binary: its workspace, its assistant, its site, and a sign-in for its agents that is
//! made once for each data folder.

use crate::secret::Secret;
use anyhow::Context;
use rust_embed::{EmbeddedFile, RustEmbed};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(RustEmbed)]
#[folder = "../examples/demo"]
struct Files;

/// A page, style or picture of the demo's site.
pub fn site_file(path: &str) -> Option<EmbeddedFile> {
    Files::get(&format!("site/{path}"))
}

/// A text of the demo's folder.
pub fn text(path: &str) -> anyhow::Result<String> {
    let file = Files::get(path).with_context(|| format!("this build's demo has no {path}"))?;
    String::from_utf8(file.data.into_owned()).with_context(|| format!("the demo's {path} is not UTF-8"))
}

/// The password the demo's agents share in this data folder, and whether it has just been made.
pub fn sign_in(data: &Path, emails: &[String]) -> anyhow::Result<(Secret, bool)> {
    let path = sign_in_path(data);
    let context = || format!("{} cannot be used", path.display());
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            let password = text.lines().find_map(|line| line.strip_prefix("password: "));
            let password = password.context("it has no line `password: …`; delete it to get a new one");
            Ok((Secret::new(password.with_context(context)?), false))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let password = Secret::password();
            write_sign_in(&path, emails, &password).with_context(context)?;
            Ok((password, true))
        }
        Err(error) => Err(error).with_context(context),
    }
}

/// Where it is kept.
pub fn sign_in_path(data: &Path) -> PathBuf {
    data.join("demo-sign-in.txt")
}

fn write_sign_in(path: &Path, emails: &[String], password: &Secret) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "# The demo agents' sign-in. Whoever reads this file can sign in.")?;
    for email in emails {
        writeln!(file, "email: {email}")?;
    }
    writeln!(file, "password: {}", password.expose())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_in_is_made_once_and_kept_from_others() {
        let data = tempfile::tempdir().unwrap();
        let (first, made) = sign_in(data.path(), &["ada@example.com".to_owned()]).unwrap();
        let (again, made_again) = sign_in(data.path(), &[]).unwrap();
        assert!(made && !made_again && first == again);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(sign_in_path(data.path())).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
