//! One socket to the bridge. Dropping it closes it, and nothing more is heard of it.

use super::clock::warn;
use super::json;
use crate::chat::{Msg, SocketNews};
use protocol::{BridgeToVisitor, VisitorFrame};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, MessageEvent, WebSocket};
use yew::Callback;

/// Where visitors connect, on the frame's own origin.
const SOCKET_PATH: &str = "/api/visitor/socket";

/// A socket that was dialled.
pub struct Socket {
    socket: Option<WebSocket>,
    _heard: [Closure<dyn FnMut(Event)>; 3],
}

impl Socket {
    /// Dials; the news carry the number.
    pub fn dial(dial: u32, tell: Callback<Msg>) -> Self {
        let news = move |news| tell.emit(Msg::Socket { dial, news });
        let (connected, came, lost) = (news.clone(), news.clone(), news.clone());
        let connected = Closure::<dyn FnMut(Event)>::new(move |_| connected(SocketNews::Connected));
        let lost = Closure::<dyn FnMut(Event)>::new(move |_| lost(SocketNews::Lost));
        let came = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            if let Some(frame) = event.dyn_ref().and_then(read) {
                came(SocketNews::Frame(Box::new(frame)));
            }
        });
        let socket = address().and_then(|address| WebSocket::new(&address).ok());
        match &socket {
            Some(socket) => {
                socket.set_onopen(Some(connected.as_ref().unchecked_ref()));
                socket.set_onmessage(Some(came.as_ref().unchecked_ref()));
                socket.set_onclose(Some(lost.as_ref().unchecked_ref()));
            }
            None => news(SocketNews::Lost),
        }
        Self { socket, _heard: [connected, came, lost] }
    }

    /// Sends a frame. When it does not arrive, the socket is lost, which is heard elsewhere.
    pub fn send(&self, frame: &VisitorFrame) {
        if let Some(socket) = &self.socket {
            let _ = socket.send_with_str(&json::write(frame));
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if let Some(socket) = &self.socket {
            socket.set_onopen(None);
            socket.set_onmessage(None);
            socket.set_onclose(None);
            let _ = socket.close();
        }
    }
}

fn read(event: &MessageEvent) -> Option<BridgeToVisitor> {
    let text = event.data().as_string()?;
    let frame = json::read(&text).ok();
    if frame.is_none() {
        warn("a frame of the bridge cannot be read: is this page older than the bridge?");
    }
    frame
}

fn address() -> Option<String> {
    let location = web_sys::window()?.location();
    let scheme = if location.protocol().ok()? == "https:" { "wss:" } else { "ws:" };
    Some(format!("{scheme}//{}{SOCKET_PATH}", location.host().ok()?))
}
