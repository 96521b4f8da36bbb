//! What each command leads to, or why it is refused. Nothing here changes anything.

mod answers;
pub mod closing;
pub mod draft;
mod ending;
pub mod notes;
pub mod ownership;
mod page;
mod people;
pub mod queueing;
pub mod refuse;
pub mod spam;
pub mod staff;
mod timers;
mod transfer;
mod visitor;

use crate::{Command, Decision, Switchboard};
use protocol::{Refusal, Timestamp};

/// One arm per command.
pub fn decide(board: &Switchboard, command: &Command, now: Timestamp) -> Result<Decision, Refusal> {
    match command {
        Command::VisitorSays { .. } => visitor::says(board, command, now),
        Command::VisitorRequestsAgent { .. } => visitor::requests_agent(board, command, now),
        Command::VisitorStopsWaiting { visitor, request } => {
            visitor::stops_waiting(board, *visitor, *request, now)
        }
        Command::VisitorEnds { visitor, request } => visitor::ends(board, *visitor, *request, now),
        Command::VisitorConnection { visitor, here } => Ok(visitor::connection(*visitor, *here, now)),
        Command::AgentConnects { agent } => people::connects(board, *agent, now),
        Command::AgentDrops { agent } => Ok(people::drops(board, *agent, now)),
        Command::AgentDisconnects { agent } => Ok(people::disconnects(board, *agent, now)),
        Command::AgentSetsStatus { agent, status } => people::sets_status(board, *agent, *status, now),
        Command::AgentIdles { agent, idle } => people::idles(board, *agent, *idle),
        Command::AgentBegins { agent, conversation } => Ok(people::begins(board, *agent, *conversation, now)),
        Command::Acts { by, request, conversation, act } => {
            staff::acts(board, by, *request, *conversation, act, now)
        }
        Command::Opens { by, request, visitor, site, fresh } => {
            staff::opens(board, by, *request, (*visitor, site), *fresh, now)
        }
        Command::WebhookCalled { workflow, visitor, told } => board.webhook_called(workflow, *visitor, told),
        Command::VisitorSees { visitor, page } => Ok(page::sees(board, *visitor, page, now)),
        Command::PageTells { visitor, name, told } => Ok(board.page_tells(*visitor, name, told)),
        Command::RunAnswered { run, ticket, answer } => Ok(board.run_answered(*run, *ticket, answer, now)),
        Command::TimePasses => Ok(timers::pass(board, now)),
    }
}
