//! An agent at the console, played with frames.

use super::*;

/// An agent at the console; every message comes a second after the one before.
pub struct Desk {
    pub inbox: Inbox,
    pub second: u64,
    pub call: u32,
}

impl Desk {
    pub fn switched_on(address: Option<ConversationId>) -> (Self, Vec<Effect>) {
        let (inbox, effects) = Inbox::start(badge(ME), Kept::default(), address, at(10));
        (Self { inbox, second: 10, call: 1 }, effects)
    }

    pub fn with(conversations: Vec<Summary>) -> Self {
        let mut desk = Self::switched_on(None).0;
        desk.welcome(conversations);
        desk
    }

    /// Conversation 1 is chosen and read up to event 5.
    pub fn reading(summary: Summary) -> Self {
        let joined = summary.state == ConversationState::Open;
        let mut desk = Self::with(vec![summary]);
        desk.does(Msg::Chosen(Some(conversation(1))));
        let mut events = handed_over();
        events.push(if joined {
            event(5, assigned(ME, AssignedHow::Accepted))
        } else {
            visitor_said(5, "Hello?")
        });
        desk.hears(page(events, false));
        desk
    }

    pub fn talking() -> Self {
        Self::reading(open(1, ME, 5))
    }

    pub fn does(&mut self, msg: Msg) -> Vec<Effect> {
        self.second += 1;
        let mut chance = [0; 10];
        chance[0] = self.second as u8;
        self.inbox.update(msg, Moment { now: at(self.second), chance })
    }

    pub fn hears(&mut self, frame: BridgeToAgent) -> Vec<Effect> {
        self.does(Msg::Heard { call: self.call, frame: Box::new(frame) })
    }

    pub fn welcome(&mut self, conversations: Vec<Summary>) -> Vec<Effect> {
        self.does(Msg::SocketOpened { call: self.call });
        let Told { me, role, queues, teams, colleagues, reasons, terms } = office_told();
        let status = AgentStatus::Offline;
        self.hears(BridgeToAgent::Welcome {
            me,
            role,
            status,
            queues,
            teams,
            colleagues,
            reasons,
            terms,
            conversations,
        })
    }

    /// A workspace in which no reasons are configured.
    pub fn without_reasons(&mut self) {
        self.inbox.office = Rc::new(Office::new(Told { reasons: vec![], ..office_told() }));
    }

    /// A workspace that wants to hear more.
    pub fn on_terms(&mut self, terms: Terms) {
        let reasons = match self.inbox.office.reasons(ReasonUse::Close).next() {
            Some(_) => office_told().reasons,
            None => Vec::new(),
        };
        self.inbox.office = Rc::new(Office::new(Told { terms, reasons, ..office_told() }));
    }

    /// The socket drops, and the next one is being dialled.
    pub fn lose(&mut self) {
        self.does(Msg::SocketLost { call: self.call });
        assert!(!self.inbox.link.is_up());
        self.does(Msg::Woken);
        self.call += 1;
    }

    pub fn says(&mut self, text: &str) -> RequestId {
        self.does(Msg::Drafted(text.to_owned()));
        self.does(Msg::SendPressed);
        self.inbox.requests.unsent(conversation(1)).last().expect("kept").id
    }

    pub fn waiting(&self) -> Vec<u64> {
        numbers(&lists::waiting(&self.inbox.summaries, ME))
    }

    pub fn mine(&self) -> Vec<u64> {
        numbers(&lists::mine(&self.inbox.summaries, ME))
    }

    /// What the form misses.
    pub fn problem(&self) -> String {
        self.inbox.form.as_ref().map(|form| form.problems.join(" ")).unwrap_or_default()
    }

    pub fn marks(&self) -> Vec<Mark> {
        self.inbox.requests.unsent(conversation(1)).into_iter().map(|u| u.mark).collect()
    }

    /// How often the page shows these words.
    pub fn lines(&self, words: &str) -> usize {
        let unsent = self.inbox.requests.unsent(conversation(1));
        let thread = self.inbox.thread().expect("chosen");
        transcript::entries(thread.events(), &unsent, &self.inbox.office)
            .iter()
            .filter(
                |entry| matches!(entry.kind, transcript::Kind::Said { said, .. } if words_of(said) == words),
            )
            .count()
    }
}

pub fn words_of(said: transcript::Said<'_>) -> String {
    match said {
        transcript::Said::Content(content) => content.as_plain_text(),
        transcript::Said::Line(line) => line.to_owned(),
    }
}

pub fn numbers(list: &[&Summary]) -> Vec<u64> {
    list.iter().map(|s| number_of(s.conversation)).collect()
}

pub fn watch(n: u64, after: u64) -> Effect {
    Effect::Send(AgentFrame::Watch { conversation: conversation(n), after })
}

pub fn page(events: Vec<Event>, more: bool) -> BridgeToAgent {
    BridgeToAgent::Events { conversation: conversation(1), events, more }
}

pub fn happened(event: Event) -> BridgeToAgent {
    BridgeToAgent::Happened(event)
}

pub fn my_line(number: u64, id: RequestId, text: &str) -> Event {
    Event { request: Some(id), ..said(number, protocol::Author::Agent(badge(ME)), text) }
}

pub fn refused(id: Option<RequestId>, code: RefusalCode) -> BridgeToAgent {
    BridgeToAgent::Refused { id, refusal: Refusal::new(code, "because") }
}

/// What is done by the frames sent.
pub fn acts(effects: &[Effect]) -> Vec<Act> {
    let done = |effect: &Effect| {
        if let Effect::Send(AgentFrame::Act { act, .. }) = effect { Some(act.clone()) } else { None }
    };
    effects.iter().filter_map(done).collect()
}

/// Names of the requests among the frames sent.
pub fn requests(effects: &[Effect]) -> Vec<RequestId> {
    let sent = |effect: &Effect| if let Effect::Send(frame) = effect { frame.request() } else { None };
    effects.iter().filter_map(sent).collect()
}
