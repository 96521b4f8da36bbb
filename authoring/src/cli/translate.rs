//! `passerelle translate`: everything another language needs, for a translator to fill in.

use super::save::{check_free, save};
use super::source::Source;
use crate::document::LANGUAGE;
use crate::template::Template;
use crate::tree::Notation;
use crate::{Severity, World, check_text};
use anyhow::{Result, bail, ensure};
use clap::Args;
use regex_lite::Regex;
use std::io::{Read, Write};
use std::path::PathBuf;

/// Writes a translation with every text and phrase of an assistant; what is translated already stays, the rest is empty.
#[derive(Clone, Debug, Args)]
pub struct Translate {
    /// The assistant, JSON or YAML; `-` is standard input.
    file: PathBuf,
    /// The language to translate into, such as `fr`.
    #[arg(long, value_name = "TAG")]
    language: String,
    /// Where it is written, in the notation of this name; printed, in that of the assistant, when absent.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Writes over a file that is there.
    #[arg(long, requires = "out")]
    force: bool,
}

impl Translate {
    /// Writes the template. `Ok(true)` always: that something is not translated yet is why one asks for it.
    pub fn run(&self, stdin: &mut dyn Read, out: &mut dyn Write) -> Result<bool> {
        let is_tag = Regex::new(LANGUAGE).is_ok_and(|tag| tag.is_match(&self.language));
        ensure!(is_tag, "`{}` is no language: write a tag such as `fr` or `pt-BR`", self.language);
        self.out.as_ref().map_or(Ok(()), |path| check_free(path, self.force))?;
        let source = Source::read(&self.file, stdin)?;
        let checked = check_text(source.notation, &source.text, &World::default());
        let Some(document) = checked.document else {
            let errors = checked.mistakes.iter().filter(|mistake| mistake.severity == Severity::Error);
            let lines: Vec<String> = errors.map(|mistake| format!("{}:{mistake}", source.name)).collect();
            bail!("{}", lines.join("\n"));
        };
        let is_own = self.language.eq_ignore_ascii_case(&document.language);
        ensure!(!is_own, "`{}` is the language of the assistant itself", self.language);
        let template = Template::of(&document, &self.language);
        let Some(path) = &self.out else {
            out.write_all(template.write(source.notation).as_bytes())?;
            return Ok(true);
        };
        save(path, &template.write(Notation::of(&path.to_string_lossy())))?;
        let left = template.left().into_iter();
        let left: Vec<String> = left.map(|(part, left, all)| format!("{part} {left} of {all}")).collect();
        writeln!(out, "{}: still to be translated: {}", path.display(), left.join(", "))?;
        Ok(true)
    }
}
