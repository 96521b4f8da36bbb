//! The agent's socket. It only carries: when to dial, what to say and when to give up is decided in `inbox/link.rs`.

use crate::browser::listener::Listener;
use crate::browser::window;
use crate::inbox::Msg;
use protocol::{AgentFrame, BridgeToAgent};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, WebSocket};
use yew::Callback;

const PATH: &str = "/api/agent/socket";

/// One open or opening socket; closed when dropped, and silent from then on.
pub struct Socket {
    socket: WebSocket,
    _listeners: [Listener; 3],
}

impl Socket {
    /// Opens a socket whose messages carry that call's number. `None` when the browser refuses to open any: then nothing
    /// will be told, and the wait for an answer runs out by itself.
    pub fn dial(call: u32, told: &Callback<Msg>) -> Option<Self> {
        let socket = WebSocket::new(&address()?).ok()?;
        let (opened, heard, lost) = (told.clone(), told.clone(), told.clone());
        let listeners = [
            Listener::new(&socket, "open", move |_| opened.emit(Msg::SocketOpened { call })),
            Listener::new(&socket, "message", move |event| match read(&event) {
                Ok(frame) => heard.emit(Msg::Heard { call, frame: Box::new(frame) }),
                Err(why) => web_sys::console::warn_1(&JsValue::from_str(&why)),
            }),
            Listener::new(&socket, "close", move |_| lost.emit(Msg::SocketLost { call })),
        ];
        Some(Self { socket, _listeners: listeners })
    }

    /// Sends a frame; on a socket that is closing it is lost, which is what names and `hello` are for.
    pub fn send(&self, frame: &AgentFrame) {
        if let Ok(json) = serde_json::to_string(frame) {
            let _ = self.socket.send_with_str(&json);
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = self.socket.close();
    }
}

fn address() -> Option<String> {
    let location = window().location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    Some(format!("{scheme}://{}{PATH}", location.host().ok()?))
}

/// A frame this console does not know is passed over: the bridge may be newer, and the next welcome tells the rest.
fn read(event: &Event) -> Result<BridgeToAgent, String> {
    let message: &MessageEvent = event.unchecked_ref();
    let text = message.data().as_string().ok_or("a frame that is not text was passed over")?;
    serde_json::from_str(&text)
        .map_err(|error| format!("a frame that cannot be read was passed over: {error}"))
}
