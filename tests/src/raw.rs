//! Sockets and requests written byte by byte, for whoever does not keep to the rules.

use anyhow::{Context, Result, bail, ensure};
use protocol::{SiteId, VERSION, VisitorSecret};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Whatever takes longer than this will not come.
const PATIENCE: Duration = Duration::from_secs(60);

/// The bit of a frame's first byte that says it is a message's last.
pub const LAST: u8 = 0x80;
/// A message of text.
pub const TEXT: u8 = 1;
/// More of the message before.
pub const MORE: u8 = 0;
/// The end of a connection.
const CLOSE: u8 = 8;

/// A visitor's socket.
pub struct Raw {
    stream: TcpStream,
    /// What the bridge answered when it was opened.
    pub opened: String,
}

impl Raw {
    /// Opens a visitor's socket and offers to compress.
    pub fn dial(bridge: SocketAddr) -> Result<Self> {
        let mut stream = connect(bridge)?;
        write!(
            stream,
            "GET /api/visitor/socket HTTP/1.1\r\nHost: {bridge}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
             Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n"
        )?;
        let opened = head(&mut stream)?;
        ensure!(opened.starts_with("HTTP/1.1 101"), "the bridge does not open the socket: {opened}");
        Ok(Self { stream, opened })
    }

    /// The same, greeted as a new visitor of the demo.
    pub fn greeted(bridge: SocketAddr) -> Result<Self> {
        let mut raw = Self::dial(bridge)?;
        raw.hello(&fresh_secret(), None)?;
        ensure!(raw.json()?.get("welcome").is_some(), "the bridge does not greet");
        Ok(raw)
    }

    /// Says who it is, and which conversation it knows.
    pub fn hello(&mut self, secret: &VisitorSecret, conversation: Option<&str>) -> Result<()> {
        let site = SiteId::new("demo")?;
        let hello = serde_json::json!({ "hello": {
            "version": VERSION, "site": site, "secret": secret.expose(), "conversation": conversation, "after": 0,
        }});
        self.text(&hello.to_string())
    }

    /// Sends a text.
    pub fn text(&mut self, text: &str) -> Result<()> {
        self.frame(LAST | TEXT, text.as_bytes())
    }

    /// Sends a frame with this first byte, masked with zeros as a client's has to be.
    pub fn frame(&mut self, first: u8, payload: &[u8]) -> Result<()> {
        let mut bytes = head_of(first, payload.len(), true);
        bytes.extend_from_slice(payload);
        self.bytes(&bytes)
    }

    /// Sends bytes.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.stream.write_all(bytes)?)
    }

    /// The next frame the bridge sends: its kind and what is in it.
    pub fn hears_frame(&mut self) -> Result<(u8, Vec<u8>)> {
        let mut start = [0; 2];
        self.stream.read_exact(&mut start).context("the bridge sends nothing more")?;
        let length = match start[1] {
            126 => usize::from(u16::from_be_bytes(self.read()?)),
            127 => usize::try_from(u64::from_be_bytes(self.read()?))?,
            short => usize::from(short),
        };
        let mut payload = vec![0; length];
        self.stream.read_exact(&mut payload)?;
        Ok((start[0] & 0x0f, payload))
    }

    /// The next frame, which is JSON.
    pub fn json(&mut self) -> Result<Value> {
        loop {
            match self.hears_frame()? {
                (TEXT, text) => return Ok(serde_json::from_slice(&text)?),
                (CLOSE, reason) => bail!("closed: {reason:?}"),
                _ => {}
            }
        }
    }

    /// Skips frames until one has this tag; gives what is in it.
    pub fn until(&mut self, tag: &str) -> Result<Value> {
        loop {
            let frame = self.json().with_context(|| format!("waiting for `{tag}`"))?;
            if let Some(found) = frame.get(tag) {
                return Ok(found.clone());
            }
        }
    }

    /// The code the bridge closes with; what it says before is skipped. `None` when it hangs up without one.
    pub fn closed(&mut self) -> Option<u16> {
        loop {
            match self.hears_frame().ok()? {
                (CLOSE, reason) => return reason.get(..2).map(|code| u16::from_be_bytes([code[0], code[1]])),
                _ => continue,
            }
        }
    }

    fn read<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.stream.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

/// The head of a frame; a mask is of zeros.
pub fn head_of(first: u8, length: usize, masked: bool) -> Vec<u8> {
    let mask_bit = if masked { 0x80 } else { 0 };
    let mut bytes = vec![first];
    match length {
        0..=125 => bytes.push(mask_bit | length as u8),
        126..=0xffff => {
            bytes.push(mask_bit | 126);
            bytes.extend_from_slice(&(length as u16).to_be_bytes());
        }
        _ => {
            bytes.push(mask_bit | 127);
            bytes.extend_from_slice(&(length as u64).to_be_bytes());
        }
    }
    bytes.extend_from_slice(if masked { &[0; 4] } else { &[] });
    bytes
}

/// A connection that gives up after a while.
pub fn connect(bridge: SocketAddr) -> Result<TcpStream> {
    let stream = TcpStream::connect(bridge)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// What an HTTP request is answered: status, head, body.
pub fn call(
    bridge: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Result<(u16, String, String)> {
    let mut stream = connect(bridge)?;
    let mut request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {bridge}\r\nConnection: close\r\nContent-Length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{request}\r\n{body}").as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").context("no head and no body")?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status")?;
    Ok((status, head.to_owned(), body.to_owned()))
}

/// Somebody nobody knows.
pub fn fresh_secret() -> VisitorSecret {
    VisitorSecret::from_bytes(std::array::from_fn(|_| fastrand::u8(..)))
}

fn head(stream: &mut TcpStream) -> Result<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    Ok(String::from_utf8(head)?)
}
