//! One client's socket: dialling, and what the bridge's frames mean to a generator that must cost little. Frames that are
//! sent are the protocol's own types; of those that come, only what the ledger needs is read.

use anyhow::{Context, Result};
use protocol::{ConversationId, ConversationState, RequestId};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::net::SocketAddr;
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

/// Bytes of a client's buffers: there are thousands of clients.
const BUFFER_BYTES: usize = 2 * 1024;

/// Bytes the system keeps for a visitor who does not read. With less room here, the bridge's side is full sooner.
const VISITOR_UNREAD_BYTES: u32 = 16 * 1024;

/// An open socket.
pub type Socket = WebSocketStream<TcpStream>;

/// What comes from the bridge, to a visitor or to an agent.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    Welcome(Welcome),
    Happened(Event),
    Accepted(Accepted),
    Refused(Refused),
    Events(Page),
    Changed(Summary),
    State(IgnoredAny),
    Typing(IgnoredAny),
    Gone(IgnoredAny),
    Status(IgnoredAny),
    Colleague(IgnoredAny),
    Notice(IgnoredAny),
    Unwatched(IgnoredAny),
    Pong,
}

/// The answer to `hello`; an agent's has neither of these.
#[derive(Debug, Deserialize)]
pub struct Welcome {
    #[serde(default)]
    pub events: Vec<Event>,
    #[serde(default)]
    pub more: bool,
}

#[derive(Debug, Deserialize)]
pub struct Event {
    pub conversation: ConversationId,
    pub number: u64,
    pub request: Option<RequestId>,
}

#[derive(Debug, Deserialize)]
pub struct Accepted {
    pub id: RequestId,
    pub conversation: ConversationId,
    pub number: u64,
}

#[derive(Debug, Deserialize)]
pub struct Refused {
    pub id: Option<RequestId>,
    pub refusal: protocol::Refusal,
}

#[derive(Debug, Deserialize)]
pub struct Page {
    pub conversation: ConversationId,
    pub events: Vec<Event>,
    pub more: bool,
}

#[derive(Debug, Deserialize)]
pub struct Summary {
    pub conversation: ConversationId,
    pub state: ConversationState,
}

/// Whether a frame is a row of the lists, of which every message brings one and which says nothing of delivery.
pub fn is_list_row(frame: &str) -> bool {
    frame.starts_with("{\"changed\":")
}

/// Opens a visitor's socket.
pub async fn dial_visitor(bridge: SocketAddr) -> Result<Socket> {
    let request = format!("ws://{bridge}/api/visitor/socket").into_client_request()?;
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(VISITOR_UNREAD_BYTES)?;
    greet(request, socket.connect(bridge).await?).await
}

/// Opens a console's socket, signed in by this cookie.
pub async fn dial_agent(bridge: SocketAddr, session: &str) -> Result<Socket> {
    let mut request = format!("ws://{bridge}/api/agent/socket").into_client_request()?;
    let headers = request.headers_mut();
    headers.insert("cookie", HeaderValue::from_str(&format!("passerelle_session={session}"))?);
    headers.insert("origin", HeaderValue::from_str(&format!("http://{bridge}"))?);
    greet(request, TcpStream::connect(bridge).await?).await
}

async fn greet(request: Request, stream: TcpStream) -> Result<Socket> {
    stream.set_nodelay(true)?;
    let config = WebSocketConfig::default().read_buffer_size(BUFFER_BYTES).write_buffer_size(BUFFER_BYTES);
    let opened = client_async_with_config(request, stream, Some(config)).await;
    Ok(opened.context("the bridge does not open the socket")?.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{BridgeToAgent, BridgeToVisitor};

    #[test]
    fn every_frame_of_the_bridge_can_be_read() {
        let samples = crate::root().join("tests/samples");
        for file in std::fs::read_dir(samples).unwrap().map(|file| file.unwrap().path()) {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&file).unwrap();
            let known = match name.split('.').next() {
                Some("bridge-to-visitor") => serde_json::from_str::<BridgeToVisitor>(&text).is_ok(),
                Some("bridge-to-agent") => serde_json::from_str::<BridgeToAgent>(&text).is_ok(),
                _ => continue,
            };
            let read = serde_json::from_str::<Told>(&text);
            assert!(known && read.is_ok(), "{name}: {read:?}");
        }
    }

    #[test]
    fn a_row_of_the_lists_is_told_by_its_beginning() {
        let sample = crate::root().join("tests/samples/bridge-to-agent.changed.json");
        let frame: BridgeToAgent = serde_json::from_str(&std::fs::read_to_string(sample).unwrap()).unwrap();
        assert!(is_list_row(&serde_json::to_string(&frame).unwrap()));
    }
}
