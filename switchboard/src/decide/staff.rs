//! What the staff, and programs, do with conversations.

use super::draft::{Answered, Draft};
use super::queueing::{self, Entry};
use super::transfer::{self, Why};
use super::{notes, ownership, refuse};
use crate::command::By;
use crate::conversation::{Conversation, Stage};
use crate::{Asker, Decision, Switchboard};
use protocol::setup::AgentRole;
use protocol::{
    Act, Actor, AgentId, AssignedHow, Author, Cause, Content, ConversationId, Happening, OfferEnd,
    OpeningSource, QueuedWhy, Refusal, RefusalCode, RequestId, ReturnWhy, SiteId, Target, Timestamp,
    UnassignedWhy, VisitorId, WakeWhy,
};

/// Who acts, and under which name they asked.
pub struct Staff<'b> {
    board: &'b Switchboard,
    by: &'b By,
    request: RequestId,
}

/// Does something with a conversation. On one that is over, only what is noted of it and its visitor is taken.
pub fn acts(
    board: &Switchboard,
    by: &By,
    request: RequestId,
    id: ConversationId,
    act: &Act,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let staff = Staff { board, by, request };
    let actor = staff.actor()?;
    let conversation = board.conversation(id).or_else(|| board.of_old(id)).filter(|one| staff.may_read(one));
    let conversation = conversation.ok_or_else(refuse::unknown_conversation)?;
    let over = conversation.state().is_over();
    if over
        && !matches!(
            act,
            Act::FinishWrapUp
                | Act::Comment { .. }
                | Act::Tag { .. }
                | Act::SetField { .. }
                | Act::Dedicate { .. }
        )
    {
        return Err(Refusal::new(RefusalCode::Closed, "this conversation is closed"));
    }
    let mut draft = Draft::of(board, conversation, actor, Cause::Asked, now);
    match staff.act(&mut draft, act)? {
        Some(answered) => Ok(draft.accepted(answered)),
        None => Ok(draft.nothing_new(request)),
    }
}

/// Writes to a visitor who has no open conversation: it belongs to whoever opens it.
pub fn opens(
    board: &Switchboard,
    by: &By,
    request: RequestId,
    (visitor, site): (VisitorId, &SiteId),
    fresh: ConversationId,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let staff = Staff { board, by, request };
    let actor = staff.actor()?;
    if board.directory().default_queue(site).is_none() {
        return Err(refuse::unknown_site(site));
    }
    if board.of_visitor(visitor).is_some() {
        return Err(Refusal::new(
            RefusalCode::AlreadyThere,
            "this visitor has an open conversation: write there",
        ));
    }
    let source = match by {
        By::Agent(_) | By::ForAgent { .. } => OpeningSource::Agent,
        By::Program { .. } => OpeningSource::Program,
    };
    let conversation = Conversation::opened(fresh, visitor, site.clone(), now, board.contact(visitor));
    let opened = Happening::Opened { visitor, site: site.clone(), source };
    let mut draft = Draft::fresh(board, conversation, opened, actor, now);
    match by {
        By::Agent(agent) | By::ForAgent { agent, .. } => {
            staff.may_begin(&draft, *agent)?;
            let assigned = ownership::assigned(&draft, *agent, AssignedHow::TookOver, None);
            let answered = draft.answer(staff.asked(), assigned);
            Ok(draft.accepted(answered))
        }
        By::Program { .. } => {
            let answered = draft.last_answers(staff.asked());
            Ok(draft.accepted(answered))
        }
    }
}

impl Staff<'_> {
    /// Whose request it is, and its name.
    pub fn asked(&self) -> (Asker, RequestId) {
        (self.by.asker(), self.request)
    }

    /// The agent, if it is one.
    pub fn agent(&self) -> Option<AgentId> {
        match self.by {
            By::Agent(agent) | By::ForAgent { agent, .. } => Some(*agent),
            By::Program { .. } => None,
        }
    }

    fn actor(&self) -> Result<Actor, Refusal> {
        let directory = self.board.directory();
        if let Some(agent) = self.agent() {
            directory.active(agent).ok_or_else(|| refuse::not_there(directory, agent))?;
        }
        match self.by {
            By::Agent(agent) => Ok(Actor::Agent(directory.badge(*agent))),
            By::ForAgent { agent, key, name } => {
                Ok(Actor::ForAgent { agent: directory.badge(*agent), key: *key, name: name.clone() })
            }
            By::Program { key, name } => Ok(Actor::Program { key: *key, name: name.clone() }),
        }
    }

    fn author(&self) -> Author {
        match self.by {
            By::Agent(agent) | By::ForAgent { agent, .. } => {
                Author::Agent(self.board.directory().badge(*agent))
            }
            By::Program { name, .. } => Author::Program { name: name.clone() },
        }
    }

    /// Whether all of it is theirs to look after: supervisors, admins, programs.
    pub fn oversees(&self) -> bool {
        self.agent().is_none_or(|agent| self.board.directory().is_at_least(agent, AgentRole::Supervisor))
    }

    fn may_read(&self, conversation: &Conversation) -> bool {
        // What is over stays readable for whoever had it last.
        let had = |agent| conversation.is_gone() && conversation.last_owner == Some(agent);
        self.agent().is_none_or(|agent| self.board.reads(agent, conversation) || had(agent))
    }

    /// Whether it is theirs.
    pub fn owns(&self, conversation: &Conversation) -> bool {
        self.agent().is_some_and(|agent| conversation.owner() == Some(agent))
    }

    /// Its owner may, and whoever oversees; anybody it waits for, while it waits.
    pub fn owns_or_oversees(&self, conversation: &Conversation) -> Result<(), Refusal> {
        let waits = conversation.state().is_waiting();
        if self.owns(conversation) || self.oversees() || waits {
            return Ok(());
        }
        Err(refuse::not_allowed("this conversation is not yours: accept it first, or ask a supervisor"))
    }

    /// Refuses everybody else.
    pub fn supervisors_only(&self, what: &str) -> Result<(), Refusal> {
        if self.oversees() {
            Ok(())
        } else {
            Err(refuse::not_allowed(format!("only supervisors can {what}")))
        }
    }

    /// Refuses programs.
    pub fn people_only(&self, what: &str) -> Result<AgentId, Refusal> {
        self.agent().ok_or_else(|| refuse::not_allowed(format!("a program cannot {what}: only people can")))
    }

    /// One arm per act. `None` is what is so already.
    fn act(&self, draft: &mut Draft<'_>, act: &Act) -> Result<Option<Answered>, Refusal> {
        match act {
            Act::Accept => self.accept(draft),
            Act::Decline { reason } => self.decline(draft, reason.as_ref()).map(Some),
            Act::Say { text, written_at } => {
                self.say(draft, Content::Text { text: text.clone() }, *written_at).map(Some)
            }
            Act::Comment { text, mentions } => {
                notes::mentions(self.board.directory(), mentions)?;
                let text = text.as_str().to_owned();
                let commented =
                    Happening::Commented { author: self.author(), text, mentions: mentions.clone() };
                Ok(Some(draft.answer(self.asked(), commented)))
            }
            Act::Assign { to, even_if_unavailable } => self.assign(draft, to, *even_if_unavailable),
            Act::Unassign => self.unassign(draft).map(Some),
            Act::Transfer { to, reason, note } => {
                transfer::pass_on(self, draft, to, &Why { reason, note: note.as_ref() }).map(Some)
            }
            Act::TakeOver => self.take_over(draft),
            Act::ReturnToAssistant { note } => self.return_to_assistant(draft, note.as_ref()).map(Some),
            Act::Join => self.join(draft),
            Act::Part => self.part(draft),
            Act::Snooze { until } => self.snooze(draft, *until).map(Some),
            Act::Wake => self.wake(draft),
            Act::Close { category, note } => self.close(draft, category.as_ref(), note.as_ref()).map(Some),
            Act::FinishWrapUp => self.finish_wrap_up(draft),
            Act::MarkSpam => self.mark_spam(draft),
            Act::UnmarkSpam => self.unmark_spam(draft),
            Act::Tag { tag, add } => notes::tag(self, draft, tag, *add),
            Act::SetField { field, value } => notes::field(self, draft, field, value.as_ref()),
            Act::SetPriority { priority } => {
                if !self.owns(draft.conversation()) {
                    self.supervisors_only("set the priority of what is not theirs")?;
                }
                notes::priority(self, draft, *priority)
            }
            Act::Move { queue } => {
                self.supervisors_only("move conversations")?;
                self.wait_for(draft, &Target::Queue(queue.clone()))
            }
            Act::StartWorkflow { workflow, form } => self.board.start_by_hand(self, draft, workflow, form),
            Act::StopWorkflow { workflow } => self.board.stop_by_hand(self, draft, workflow),
            Act::Dedicate { to } => {
                self.supervisors_only("choose whose visitor somebody is")?;
                notes::dedicate(self, draft, *to)
            }
        }
    }

    /// Its owner writes; whoever writes first to somebody who waits picks them.
    fn say(
        &self,
        draft: &mut Draft<'_>,
        content: Content,
        written_at: Timestamp,
    ) -> Result<Answered, Refusal> {
        content.check().map_err(refuse::malformed)?;
        if let Some(agent) = self.agent() {
            self.may_write(draft, agent)?;
        }
        let woken = self.wakes(draft);
        // Programs need not say when.
        let written_at = if written_at == Timestamp::default() { draft.now } else { written_at };
        let said = Happening::Said { author: self.author(), content, written_at };
        let answered = draft.answer(self.asked(), said);
        if let Some(owner) = woken {
            ownership::goes_on(draft, owner);
        }
        Ok(answered)
    }

    /// What was put aside is needed now. Whose it is, if it was put aside.
    pub fn wakes(&self, draft: &mut Draft<'_>) -> Option<AgentId> {
        let Stage::Pending { held, .. } = draft.stage() else { return None };
        let owner = held.agent.id;
        draft.add(Happening::Woken { why: self.wake_why(owner) });
        Some(owner)
    }

    /// Why it is woken by them.
    pub fn wake_why(&self, owner: AgentId) -> WakeWhy {
        if self.agent() == Some(owner) { WakeWhy::AgentWrote } else { WakeWhy::StaffAsked }
    }

    fn may_write(&self, draft: &mut Draft<'_>, agent: AgentId) -> Result<(), Refusal> {
        let directory = self.board.directory();
        let conversation = draft.conversation();
        let own = conversation.owner() == Some(agent) || conversation.participants.contains_key(&agent);
        let team = conversation.team.as_ref().is_some_and(|team| directory.is_member(agent, team));
        let anyone = team && conversation.conduct(directory).anyone_may_reply;
        match draft.stage() {
            Stage::Open(_) | Stage::Pending { .. } if own || anyone => Ok(()),
            Stage::Queued(_) | Stage::Offered { .. } => {
                let how = self.how_taken(draft, agent)?;
                ownership::give(draft, agent, how, None);
                Ok(())
            }
            Stage::Open(_) | Stage::Pending { .. } | Stage::Automated | Stage::Closed { .. } => {
                Err(refuse::not_allowed(
                    "this conversation is not yours: accept it, join it or take it over first",
                ))
            }
            Stage::Spam { .. } => {
                Err(refuse::wrong_state(conversation.state(), "say that it is no spam before you answer"))
            }
        }
    }

    /// Gives it to somebody, or lets it wait for one of several.
    fn assign(&self, draft: &mut Draft<'_>, to: &Target, anyway: bool) -> Result<Option<Answered>, Refusal> {
        self.owns_or_oversees(draft.conversation())?;
        if !self.oversees() && !draft.conversation().state().is_waiting() {
            return Err(refuse::not_allowed(
                "only supervisors can assign what belongs to somebody: pass it on",
            ));
        }
        if !self.board.directory().knows(to) {
            return Err(refuse::unknown_name(format!("there is no {}", notes::target(to))));
        }
        if matches!(draft.stage(), Stage::Spam { .. }) {
            return Err(refuse::wrong_state(draft.conversation().state(), "say that it is no spam first"));
        }
        let Target::Agent(agent) = to else { return self.wait_for(draft, to) };
        if draft.conversation().owner() == Some(*agent) {
            return Ok(None);
        }
        if anyway {
            self.supervisors_only("give conversations to somebody who is not available")?;
        } else {
            if !self.board.is_here(*agent) {
                let who = self.board.directory().badge(*agent).name;
                return Err(Refusal::new(RefusalCode::NotOnline, format!("{who} is not online")));
            }
            self.has_room(draft, *agent)?;
        }
        ownership::before_giving(draft, *agent);
        let assigned = ownership::assigned_by_name(draft, *agent, AssignedHow::Given);
        Ok(Some(draft.answer(self.asked(), assigned)))
    }

    /// It waits for this target; the event that says so is the answer.
    fn wait_for(&self, draft: &mut Draft<'_>, to: &Target) -> Result<Option<Answered>, Refusal> {
        let state = draft.conversation().state();
        if !self.board.directory().knows(to) {
            return Err(refuse::unknown_name(format!("there is no {}", notes::target(to))));
        }
        if draft.conversation().visit().is_some_and(|visit| visit.target == *to && !visit.parked) {
            return Ok(None);
        }
        if matches!(draft.stage(), Stage::Spam { .. }) {
            return Err(refuse::wrong_state(state, "say that it is no spam first"));
        }
        refuse::nobody_in(self.board.directory(), to)?;
        let entry = Entry::new(to.clone(), QueuedWhy::Assigned);
        match draft.conversation().owner() {
            Some(from) => {
                ownership::end_passing(draft, OfferEnd::Withdrawn, None);
                draft.add(Happening::Unassigned { from, why: UnassignedWhy::Taken });
                ownership::enter_without(draft, from, entry);
            }
            None => queueing::enter(draft, entry),
        }
        Ok(Some(draft.last_answers(self.asked())))
    }

    fn unassign(&self, draft: &mut Draft<'_>) -> Result<Answered, Refusal> {
        self.owns_or_oversees(draft.conversation())?;
        let state = draft.conversation().state();
        let own = self.owns(draft.conversation());
        if draft.conversation().owner().is_none() {
            return Err(refuse::wrong_state(state, "it belongs to nobody"));
        }
        let why = if own { UnassignedWhy::GivenBack } else { UnassignedWhy::Taken };
        ownership::requeue(draft, why, QueuedWhy::Unassigned);
        Ok(draft.last_answers(self.asked()))
    }

    /// From the assistant, anybody who may read it; from a colleague, supervisors.
    fn take_over(&self, draft: &mut Draft<'_>) -> Result<Option<Answered>, Refusal> {
        let agent = self.people_only("take a conversation over")?;
        if draft.conversation().owner() == Some(agent) {
            return Ok(None);
        }
        match draft.stage() {
            Stage::Automated if self.oversees() => {}
            Stage::Automated => self.has_room(draft, agent)?,
            Stage::Queued(_) | Stage::Offered { .. } if !self.oversees() => return self.accept(draft),
            Stage::Queued(_) | Stage::Offered { .. } | Stage::Open(_) | Stage::Pending { .. } => {
                self.supervisors_only("take conversations over from others")?;
            }
            Stage::Spam { .. } | Stage::Closed { .. } => {
                return Err(refuse::wrong_state(draft.conversation().state(), "it cannot be taken over"));
            }
        }
        if !self.board.is_here(agent) {
            return Err(self.not_online(agent));
        }
        ownership::before_giving(draft, agent);
        let assigned = ownership::assigned(draft, agent, AssignedHow::TookOver, None);
        Ok(Some(draft.answer(self.asked(), assigned)))
    }

    fn return_to_assistant(&self, draft: &mut Draft<'_>, note: Option<&String>) -> Result<Answered, Refusal> {
        notes::note(note, false)?;
        self.owns_or_oversees(draft.conversation())?;
        let state = draft.conversation().state();
        if draft.conversation().held().is_none() && !state.is_waiting() {
            return Err(refuse::wrong_state(state, "there is nothing to give back to the assistant"));
        }
        queueing::withdraw_offers(draft, OfferEnd::Withdrawn, None);
        ownership::end_passing(draft, OfferEnd::Withdrawn, None);
        let returned = Happening::ReturnedToAssistant { why: ReturnWhy::Staff, note: note.cloned() };
        Ok(draft.answer(self.asked(), returned))
    }

    fn join(&self, draft: &mut Draft<'_>) -> Result<Option<Answered>, Refusal> {
        let agent = self.people_only("join a conversation")?;
        let conversation = draft.conversation();
        let team = conversation.team.as_ref();
        let colleague = team.is_some_and(|team| self.board.directory().is_member(agent, team));
        if !self.oversees() && !colleague {
            return Err(refuse::not_allowed(
                "only supervisors and members of its team can join a conversation",
            ));
        }
        if conversation.owner() == Some(agent) || conversation.participants.contains_key(&agent) {
            return Ok(None);
        }
        if conversation.held().is_none() {
            return Err(refuse::wrong_state(conversation.state(), "it belongs to nobody: accept it instead"));
        }
        let joined = Happening::Joined { agent: self.board.directory().badge(agent) };
        Ok(Some(draft.answer(self.asked(), joined)))
    }

    fn part(&self, draft: &mut Draft<'_>) -> Result<Option<Answered>, Refusal> {
        let agent = self.people_only("leave a conversation")?;
        if !draft.conversation().participants.contains_key(&agent) {
            return Ok(None);
        }
        Ok(Some(draft.answer(self.asked(), Happening::Parted { agent })))
    }

    /// Whether somebody may write to a visitor of their own accord: supervisors whatever they have already.
    fn may_begin(&self, draft: &Draft<'_>, agent: AgentId) -> Result<(), Refusal> {
        if !self.board.is_here(agent) {
            return Err(self.not_online(agent));
        }
        if self.oversees() { Ok(()) } else { self.has_room(draft, agent) }
    }

    /// Why somebody who is not there may not do something.
    pub fn not_online(&self, agent: AgentId) -> Refusal {
        refuse::not_online(self.board.effective_status(agent))
    }

    /// Refuses who has no room, where those they work with may not exceed it.
    pub fn has_room(&self, draft: &Draft<'_>, agent: AgentId) -> Result<(), Refusal> {
        let directory = self.board.directory();
        let conversation = draft.conversation();
        let conduct = directory.conduct_of(agent, conversation.team.as_ref());
        if conduct.may_exceed_capacity || self.board.fits(agent, conversation) {
            return Ok(());
        }
        let who = if self.agent() == Some(agent) {
            "you hold".to_owned()
        } else {
            directory.badge(agent).name + " holds"
        };
        let held = self.board.load(agent);
        let message = format!("{who} {held}, which is the limit: something has to be closed first");
        Err(Refusal::new(RefusalCode::NoRoom, message))
    }
}
