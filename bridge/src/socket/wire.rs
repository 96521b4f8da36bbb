//! One WebSocket: texts in, frames out, and the ends of it. Knows nothing of who is on the other side.

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code};
use futures_util::SinkExt;
use protocol::limits::FRAME_BYTES_MAX;
use protocol::{Refusal, RefusalCode};
use serde::Serialize;
use std::time::Duration;
use tokio::time::{Instant, timeout};
use tokio_tungstenite::tungstenite::{self, error::ProtocolError};

/// A connection that has been silent for so long is asked whether anybody is there.
const SILENCE_SECONDS_MAX: u64 = 45;

/// And is taken for dead when it stays silent for this much longer.
const PONG_SECONDS_MAX: u64 = 15;

/// A write that takes longer than this ends the connection: the other side does not read.
const WRITE_SECONDS_MAX: u64 = 10;

/// What came in.
#[derive(Debug)]
pub enum Heard {
    /// A text within bounds.
    Text(Utf8Bytes),
    /// Something that cannot be a frame; the connection goes on.
    Unreadable(Option<Utf8Bytes>, Refusal),
    /// Nothing more will come.
    Over(End),
}

/// How a connection ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The other side closed it, or the network did.
    Theirs,
    /// Close it with this code and reason.
    Ours(u16, &'static str),
    /// Refuse by name, then close with this code.
    Refused(Refusal, u16),
}

impl End {
    /// The bridge stops, or this connection did not keep up, or the store does not answer: dial again and resume.
    pub const DIAL_AGAIN: Self = Self::Ours(close_code::AGAIN, "connect again and resume");
    /// No good hello in time.
    pub const NO_HELLO: Self = Self::Ours(close_code::POLICY, "say hello first");
    /// The sign-in has ended.
    pub const SIGNED_OUT: Self = Self::Ours(close_code::POLICY, "sign in again");
}

/// One WebSocket.
pub struct Wire {
    socket: WebSocket,
    heard_at: Instant,
    asked: bool,
}

impl Wire {
    /// Takes over a socket.
    pub fn new(socket: WebSocket) -> Self {
        Self { socket, heard_at: Instant::now(), asked: false }
    }

    /// The next thing that comes in. May be dropped and called again without losing anything.
    pub async fn hear(&mut self) -> Heard {
        loop {
            let patience = SILENCE_SECONDS_MAX + if self.asked { PONG_SECONDS_MAX } else { 0 };
            let deadline = self.heard_at + Duration::from_secs(patience);
            match tokio::time::timeout_at(deadline, self.socket.recv()).await {
                Err(_) if self.asked => return Heard::Over(End::Ours(close_code::POLICY, "nobody answers")),
                Err(_) => {
                    self.asked = true;
                    if !self.write(Message::Ping(Default::default())).await {
                        return Heard::Over(End::Theirs);
                    }
                }
                Ok(message) => {
                    self.heard_at = Instant::now();
                    self.asked = false;
                    if let Some(heard) = read(message) {
                        return heard;
                    }
                }
            }
        }
    }

    /// Sends a frame; `false` when the other side cannot be reached any more.
    pub async fn tell<F: Serialize>(&mut self, frame: &F) -> bool {
        match encode(frame) {
            Some(message) => self.write(message).await,
            None => false,
        }
    }

    /// Sends several frames with as few writes as they need.
    pub async fn tell_all<F: Serialize>(&mut self, frames: impl Iterator<Item = F>) -> bool {
        let feed = async {
            for frame in frames {
                let Some(message) = encode(&frame) else { return false };
                if self.socket.feed(message).await.is_err() {
                    return false;
                }
            }
            self.socket.flush().await.is_ok()
        };
        timeout(Duration::from_secs(WRITE_SECONDS_MAX), feed).await.unwrap_or(false)
    }

    /// Says goodbye. `refuse` makes a frame of a last refusal.
    pub async fn end<F: Serialize>(mut self, end: End, refuse: impl Fn(Refusal) -> F) {
        let (code, reason) = match end {
            End::Theirs => return,
            End::Ours(code, reason) => (code, reason),
            End::Refused(refusal, code) => {
                self.tell(&refuse(refusal)).await;
                (code, "")
            }
        };
        let frame = CloseFrame { code, reason: Utf8Bytes::from_static(reason) };
        self.write(Message::Close(Some(frame))).await;
    }

    async fn write(&mut self, message: Message) -> bool {
        let sent = timeout(Duration::from_secs(WRITE_SECONDS_MAX), self.socket.send(message)).await;
        matches!(sent, Ok(Ok(())))
    }
}

/// What a message means; `None` for those that only show that somebody is there.
fn read(message: Option<Result<Message, axum::Error>>) -> Option<Heard> {
    match message {
        Some(Ok(Message::Text(text))) if text.len() > FRAME_BYTES_MAX => {
            let refusal = too_large(text.len());
            Some(Heard::Unreadable(Some(text), refusal))
        }
        Some(Ok(Message::Text(text))) => Some(Heard::Text(text)),
        Some(Ok(Message::Binary(_))) => Some(Heard::Unreadable(
            None,
            Refusal::new(
                RefusalCode::Malformed,
                "frames are JSON in text messages, and this message is binary",
            ),
        )),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => None,
        Some(Ok(Message::Close(_))) | None => Some(Heard::Over(End::Theirs)),
        Some(Err(error)) => Some(Heard::Over(end_of(error))),
    }
}

fn end_of(error: axum::Error) -> End {
    match error.into_inner().downcast::<tungstenite::Error>().map(|error| *error) {
        Ok(tungstenite::Error::Utf8(_)) => {
            let refusal = Refusal::new(RefusalCode::Malformed, "a text message must be UTF-8");
            End::Refused(refusal, close_code::INVALID)
        }
        Ok(tungstenite::Error::Capacity(_)) => End::Refused(
            Refusal::new(RefusalCode::TooLarge, format!("a frame can have {FRAME_BYTES_MAX} bytes")),
            close_code::SIZE,
        ),
        // Nobody is there any more to be told that it was no good bye.
        Ok(tungstenite::Error::Protocol(ProtocolError::ResetWithoutClosingHandshake)) => End::Theirs,
        Ok(tungstenite::Error::Protocol(_)) => {
            End::Ours(close_code::PROTOCOL, "this is not how sockets speak")
        }
        Ok(_) | Err(_) => End::Theirs,
    }
}

fn too_large(bytes: usize) -> Refusal {
    Refusal::new(
        RefusalCode::TooLarge,
        format!("a frame can have {FRAME_BYTES_MAX} bytes and this one has {bytes}: say less at once"),
    )
}

fn encode<F: Serialize>(frame: &F) -> Option<Message> {
    match serde_json::to_string(frame) {
        Ok(json) => Some(Message::Text(json.into())),
        Err(error) => {
            tracing::error!("a frame could not be written as JSON: {error}");
            None
        }
    }
}
