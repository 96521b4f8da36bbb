//! A chat with everything around it played by the test: the bridge, the clock, chance and storage.

pub use super::lamps::{lamps, lamps_bytes};
pub use crate::chat::*;
use crate::locale::ENGLISH;
use assistant::Surroundings;
pub use assistant::{CallWanted, Outcome, Value};
pub use protocol::Speaker as By;
use protocol::inspect::PreviewReport;
use protocol::{AgentBadge, AgentId, AssistantCard, BrowserAuthor, Content, QueueId, SpokenLanguage};
pub use protocol::{
    BridgeToVisitor, ConversationId, ConversationState, RefusalCode, RequestId, SiteCard, StateNow,
    Timestamp, Told, VisitorEvent, VisitorFrame,
};
use protocol::{Refusal, SiteId, SiteLook};

/// A chat, and what it has asked of its surroundings.
pub struct Rig {
    pub chat: Chat,
    pub mode: Mode,
    pub now: Timestamp,
    pub chance: u8,
    pub dials: u32,
    pub hung_up: bool,
    pub pings: u32,
    pub greeted_with: Option<Cursor>,
    pub asked_after: Option<u64>,
    pub sent: Vec<VisitorFrame>,
    pub typing: Vec<bool>,
    pub told: Vec<ToHost>,
    pub reports: Vec<PreviewReport>,
    pub fetches: Vec<String>,
    /// Calls of extensions: number, hash, what.
    pub calls: Vec<(u32, String, CallWanted)>,
    /// Alarms that were set last, and after how long they ring.
    pub alarms: Vec<(Alarm, u32)>,
    /// What storage holds.
    pub kept: Vec<VisitorFrame>,
}

impl Rig {
    pub fn bare() -> Self {
        Self::from(start(Mode::Site, Record::default()))
    }

    pub fn with_assistant() -> Self {
        let mut rig = Self::bare();
        rig.gets_assistant();
        rig
    }

    pub fn preview() -> Self {
        let mut rig = Self::from(start(Mode::Preview, Record::default()));
        rig.gets_assistant();
        rig
    }

    /// A visitor who talks to Ada; seven events have happened.
    pub fn open_with_ada() -> Self {
        let mut rig = Self::waiting_offline();
        rig.happens(7, Told::AgentJoined { agent: ada() });
        rig.stands(7, ConversationState::Open, None);
        rig
    }

    /// A visitor who was told that nobody is there; four events have happened, and everything was accepted.
    pub fn waiting_offline() -> Self {
        let mut rig = Self::with_assistant();
        rig.does(Msg::Opened { focus: true });
        rig.welcome(None, vec![]);
        rig.says("talk to the lamp team");
        rig.happens(1, Told::Opened);
        for (number, frame) in (2..).zip(rig.requests()) {
            let id = frame.request().expect("a request");
            let told = if let VisitorFrame::Say { author, content, written_at, .. } = frame {
                Told::Said { author: told_by(author), content, written_at }
            } else {
                requested(false)
            };
            rig.hears(BridgeToVisitor::Happened(event(number, Some(id), told)));
            rig.hears(BridgeToVisitor::Accepted { id, conversation: conversation(1), number });
        }
        rig.stands(4, ConversationState::Queued, Some(1));
        rig.sent.clear();
        rig
    }

    pub fn from(start: Start) -> Self {
        let mode = start.mode;
        let kept = start.requests.clone();
        let (chat, effects) = Chat::begin(start);
        let mut rig = Self {
            chat,
            mode,
            now: Timestamp::from_millis(1_000_000),
            chance: 0,
            dials: 0,
            hung_up: false,
            pings: 0,
            greeted_with: None,
            asked_after: None,
            sent: Vec::new(),
            typing: Vec::new(),
            told: Vec::new(),
            reports: Vec::new(),
            fetches: Vec::new(),
            calls: Vec::new(),
            alarms: Vec::new(),
            kept,
        };
        rig.note(effects);
        rig
    }

    pub fn start(&self, record: Record) -> Start {
        start(self.mode, record)
    }

    /// The page is loaded again: what was kept is read back as text.
    pub fn reloaded(&self) -> Self {
        let json = serde_json::to_string(self.chat.record()).unwrap();
        let record = serde_json::from_str(&json).unwrap();
        let mut rig = Self::from(Start { requests: self.kept.clone(), ..self.start(record) });
        rig.chance = self.chance;
        rig.gets_assistant();
        rig
    }

    pub fn gets_assistant(&mut self) {
        self.does(Msg::CardCame(Ok(card(Some("abc")))));
        self.does(Msg::DefinitionCame { hash: "abc".to_owned(), bytes: Ok(lamps_bytes()) });
    }

    pub fn does(&mut self, msg: Msg) {
        let chance = &mut self.chance;
        let mut draw = |bytes: &mut [u8]| {
            *chance = chance.wrapping_add(1);
            bytes.fill(*chance);
        };
        let around = |now, chance| Surroundings { chance, ..Surroundings::at(now) };
        let effects = self.chat.update(msg, &mut Moment { now: self.now, draw: &mut draw, around: &around });
        self.note(effects);
    }

    pub fn note(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::FetchCard => self.fetches.push("card".to_owned()),
                Effect::FetchDefinition { hash } => self.fetches.push(hash),
                Effect::Dial { dial } => self.dials = dial,
                Effect::HangUp => self.hung_up = true,
                Effect::Greet { seen } => self.greeted_with = seen,
                Effect::Send(VisitorFrame::Ping) => self.pings += 1,
                Effect::Send(VisitorFrame::Typing { typing }) => self.typing.push(typing),
                Effect::Send(VisitorFrame::After { after }) => self.asked_after = Some(after),
                Effect::Send(frame) => self.sent.push(frame),
                Effect::KeepRequest(frame) => self.kept.push(frame),
                Effect::DropRequest(id) => self.kept.retain(|frame| frame.request() != Some(id)),
                Effect::TellHost(news) => self.told.push(news),
                Effect::Report(report) => self.reports.push(report),
                Effect::FetchDraft { path } => self.fetches.push(path),
                Effect::Call { call, assistant, wanted } => self.calls.push((call, assistant, wanted)),
                Effect::Wake { alarm, after_millis } => {
                    self.alarms.retain(|(set, _)| *set != alarm);
                    self.alarms.push((alarm, after_millis));
                }
                Effect::KeepRecord
                | Effect::KeepDraft
                | Effect::ShowLook { .. }
                | Effect::FocusComposer
                | Effect::Warn(_) => {}
            }
        }
    }

    pub fn says(&mut self, text: &str) {
        self.does(Msg::Drafted(text.to_owned()));
        self.does(Msg::Submitted);
    }

    pub fn connects(&mut self) {
        self.does(Msg::Socket { dial: self.dials, news: SocketNews::Connected });
    }

    pub fn loses_bridge(&mut self) {
        self.does(Msg::Socket { dial: self.dials, news: SocketNews::Lost });
    }

    pub fn redials(&mut self) {
        self.does(Msg::Woke(Alarm::Dial));
        self.connects();
    }

    pub fn hears(&mut self, frame: BridgeToVisitor) {
        self.does(Msg::Socket { dial: self.dials, news: SocketNews::Frame(Box::new(frame)) });
    }

    pub fn welcome(&mut self, state: Option<StateNow>, events: Vec<VisitorEvent>) {
        self.hears(BridgeToVisitor::Welcome { state, events, more: false });
    }

    pub fn happens(&mut self, number: u64, told: Told) {
        self.hears(BridgeToVisitor::Happened(event(number, None, told)));
    }

    /// The bridge has the visitor's latest line that reads like this.
    pub fn arrives(&mut self, number: u64, text: &str) {
        let request = self.request_of(&format!("visitor: {text}"));
        self.hears(BridgeToVisitor::Happened(event(number, Some(request), said_by_visitor(text))));
    }

    pub fn stands(&mut self, number: u64, now: ConversationState, place: Option<u32>) {
        self.hears(BridgeToVisitor::State(state(number, now, place)));
    }

    pub fn refuses(&mut self, id: Option<RequestId>, code: RefusalCode) {
        self.hears(BridgeToVisitor::Refused { id, refusal: Refusal::new(code, "no") });
    }

    pub fn requests(&self) -> Vec<VisitorFrame> {
        self.kept.clone()
    }

    /// The name of the latest unanswered request that reads like this.
    pub fn request_of(&self, line: &str) -> RequestId {
        let mut kept = self.kept.iter().rev();
        let frame = kept.find(|frame| as_line(frame) == line).unwrap_or_else(|| panic!("no {line}"));
        frame.request().expect("a request")
    }

    pub fn ended_request(&self) -> RequestId {
        self.request_of("end")
    }

    pub fn fresh_request(&mut self) -> RequestId {
        RequestId::at(Timestamp::from_millis(9_999_999), [7; 10])
    }

    pub fn sent(&self) -> Vec<String> {
        self.sent.iter().map(as_line).collect()
    }

    /// The log as it is shown, a line each.
    pub fn shown(&self) -> Vec<String> {
        self.chat.shown().iter().map(|entry| shown(entry)).collect()
    }

    /// After how long this alarm rings, if it was set.
    pub fn rings_after(&self, alarm: Alarm) -> Option<u32> {
        self.alarms.iter().find(|(set, _)| *set == alarm).map(|(_, after)| *after)
    }

    /// Whether the choices of the entry that reads like this can be taken.
    pub fn is_live(&self, line: &str) -> bool {
        let at = self.shown().iter().rposition(|shown| shown == line);
        at.zip(self.chat.live_from()).is_some_and(|(at, live)| at >= live)
    }
}

pub fn start(mode: Mode, record: Record) -> Start {
    let languages = vec!["en-GB".to_owned()];
    Start { mode, words: &ENGLISH, languages, record, requests: Vec::new(), draft: String::new() }
}

pub fn shown(entry: &Entry) -> String {
    match &entry.body {
        Body::Said { by, content } => {
            let by = match by {
                Speaker::Visitor => "visitor",
                Speaker::Assistant => "assistant",
                Speaker::Agent { name } => name,
                Speaker::Business => "business",
            };
            format!("{by}: {}", said(content))
        }
        Body::Noticed(notice) => match notice {
            Notice::Told { text } => format!("told: {text}"),
            Notice::RequestKept => "kept".to_owned(),
            Notice::SomeoneAvailable => "available".to_owned(),
            Notice::Joined { name } => format!("joined: {name}"),
            Notice::Waiting => "waiting".to_owned(),
            Notice::WaitEnded => "wait ended".to_owned(),
            Notice::AssistantBack => "assistant back".to_owned(),
            Notice::Ended => "ended".to_owned(),
            Notice::Reopened => "reopened".to_owned(),
            Notice::RequestRefused { why } => format!("refused: {why}"),
            Notice::Demonstrated(_) => "demonstrated".to_owned(),
        },
    }
}

pub fn as_line(frame: &VisitorFrame) -> String {
    match frame {
        VisitorFrame::Say { author, content, .. } => {
            let by = match author {
                BrowserAuthor::Visitor => "visitor",
                BrowserAuthor::Assistant => "assistant",
            };
            format!("{by}: {}", said(content))
        }
        VisitorFrame::RequestAgent { .. } => "person?".to_owned(),
        VisitorFrame::StopWaiting { .. } => "stop waiting".to_owned(),
        VisitorFrame::End { .. } => "end".to_owned(),
        VisitorFrame::Hello { .. }
        | VisitorFrame::Typing { .. }
        | VisitorFrame::After { .. }
        | VisitorFrame::Page { .. }
        | VisitorFrame::PageEvent { .. }
        | VisitorFrame::Ping => panic!("not a request: {frame:?}"),
    }
}

/// Words without what is offered beside them.
fn said(content: &Content) -> String {
    match content {
        Content::Options { text, .. } => text.as_str().to_owned(),
        Content::Text { .. }
        | Content::Date { .. }
        | Content::Media(_)
        | Content::Button(_)
        | Content::Card(_)
        | Content::Carousel(_)
        | Content::Table(_)
        | Content::UserDefined { .. } => content.as_plain_text(),
    }
}

pub fn card(assistant: Option<&str>) -> SiteCard {
    SiteCard {
        site: SiteId::new("lamps").unwrap(),
        name: "Lamps".to_owned(),
        look: SiteLook { accent: "#123456".to_owned() },
        assistant: assistant.map(|hash| spoken(&[("en", hash)])),
    }
}

pub fn spoken(languages: &[(&str, &str)]) -> AssistantCard {
    let spoken =
        |(tag, hash): &(&str, &str)| SpokenLanguage { tag: (*tag).to_owned(), hash: (*hash).to_owned() };
    AssistantCard { languages: languages.iter().map(spoken).collect() }
}

pub fn conversation(n: u8) -> ConversationId {
    ConversationId::at(Timestamp::from_millis(u64::from(n)), [n; 10])
}

pub fn event(number: u64, request: Option<RequestId>, told: Told) -> VisitorEvent {
    let at = Timestamp::from_millis(2_000_000 + number);
    VisitorEvent { conversation: conversation(1), number, at, request, told }
}

pub fn state(number: u64, state: ConversationState, place: Option<u32>) -> StateNow {
    let assistant_enabled = state.assistant_enabled();
    let queue = place.map(|_| QueueId::new("desk").unwrap());
    let wait_seconds = place.map(|place| 100 * place);
    StateNow { conversation: conversation(1), state, assistant_enabled, number, queue, place, wait_seconds }
}

pub fn ada() -> AgentBadge {
    agent("Ada", 1)
}

pub fn ben() -> AgentBadge {
    agent("Ben", 2)
}

pub fn said_by_ada(text: &str) -> Told {
    said_by(By::Agent(ada()), text)
}

pub fn said_by_visitor(text: &str) -> Told {
    said_by(By::Visitor, text)
}

pub fn said_by(author: By, text: &str) -> Told {
    Told::Said { author, content: Content::text(text).unwrap(), written_at: Timestamp::default() }
}

pub fn requested(online: bool) -> Told {
    let message = if online { "Someone is coming." } else { "Nobody is here." };
    Told::AgentRequested { online, message: message.to_owned() }
}

fn agent(name: &str, n: u8) -> AgentBadge {
    AgentBadge { id: AgentId::at(Timestamp::default(), [n; 10]), name: name.to_owned() }
}

fn told_by(author: BrowserAuthor) -> By {
    match author {
        BrowserAuthor::Visitor => By::Visitor,
        BrowserAuthor::Assistant => By::Assistant,
    }
}
