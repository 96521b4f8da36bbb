//! `passerelle explore`: walks through an assistant at random.

use super::save::{check_free, save};
use super::test::{load, print};
use crate::explore::{Plan, Problem, ProblemKind, explore};
use clap::Args;
use std::io::Write;
use std::path::PathBuf;

/// Plays random visitors, and reports dead ends, circles, failing expressions and steps nobody reached.
#[derive(Clone, Debug, Args)]
pub struct Explore {
    /// The assistant's file, JSON or YAML.
    assistant: PathBuf,
    /// How many talks.
    #[arg(long, default_value_t = Plan::default().talks)]
    talks: u64,
    /// Turns of one talk at most.
    #[arg(long, default_value_t = Plan::default().turns_max)]
    turns: usize,
    /// The first talk's seed; the same seed gives the same talks.
    #[arg(long, default_value_t = Plan::default().seed)]
    seed: u64,
    /// Which of the assistant's languages, such as `fr`; its own when absent.
    #[arg(long)]
    language: Option<String>,
    /// Writes the shortest talk for each problem here, as conversation tests.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// Writes over a file that is there.
    #[arg(long, requires = "write")]
    force: bool,
    /// Also fails when a step was never reached.
    #[arg(long)]
    every_step: bool,
}

impl Explore {
    /// Walks. `Ok(true)` says that nothing wrong was found.
    pub fn run(&self, out: &mut dyn Write) -> anyhow::Result<bool> {
        self.write.as_ref().map_or(Ok(()), |path| check_free(path, self.force))?;
        let assistant = load(&self.assistant, self.language.as_deref())?;
        let plan = Plan { seed: self.seed, talks: self.talks, turns_max: self.turns };
        let explored = explore(&assistant, plan);
        for problem in &explored.problems {
            let Problem { kind, place, talks, example } = problem;
            writeln!(
                out,
                "{place}: {}, in {talks} of {} talks. The shortest:",
                kind.describe(),
                explored.talks
            )?;
            example.items.iter().try_for_each(|item| {
                item.kind.to_string().lines().try_for_each(|line| writeln!(out, "  {line}"))
            })?;
            writeln!(out)?;
        }
        if let Some(path) = &self.write {
            let cases: String =
                explored.problems.iter().map(|problem| format!("{}\n", problem.example)).collect();
            save(path, &cases)?;
        }
        let steps = explored.steps(assistant.definition());
        print(out, "steps reached", &steps)?;
        writeln!(
            out,
            "{} talks, {} turns, {}",
            explored.talks,
            explored.turns,
            match explored.problems.len() {
                1 => "1 problem".to_owned(),
                count => format!("{count} problems"),
            }
        )?;
        let sound = explored.problems.iter().all(|problem| !is_grave(&problem.kind));
        Ok(sound && (steps.missing.is_empty() || !self.every_step))
    }
}

/// Whether a visitor would be left standing.
fn is_grave(kind: &ProblemKind) -> bool {
    match kind {
        ProblemKind::DeadEnd | ProblemKind::Circle(_) | ProblemKind::NothingToChoose => true,
        ProblemKind::ExpressionFailed(_) => false,
    }
}
