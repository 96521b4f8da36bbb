//! The page of `bench engine` and its module, to one browser on this machine, until it posts its result.
//!
//! The page is isolated from all others (the two `cross-origin` headers): only then does a browser's clock have a
//! resolution of microseconds.

use anyhow::{Context, Result};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

const PAGE: &[u8] = include_bytes!("engine.html");
const SCRIPT: &[u8] = include_bytes!("engine.js");

/// A result is a few thousand numbers.
const RESULT_BYTES_MAX: usize = 256 * 1024;

pub struct PageServer {
    address: SocketAddr,
    answers: Receiver<String>,
}

impl PageServer {
    pub fn start(wasm: Vec<u8>) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port to serve the page on")?;
        let address = listener.local_addr()?;
        let (answer, answers) = channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A browser that hangs up early is its own affair: the answer is what counts.
                let _ = serve(stream, &wasm, &answer);
            }
        });
        Ok(Self { address, answers })
    }

    pub fn address(&self) -> String {
        format!("http://{}/", self.address)
    }

    pub fn answer_within(&self, limit: Duration) -> Result<String> {
        self.answers.recv_timeout(limit).context("the page has not answered in time")
    }
}

fn serve(stream: TcpStream, wasm: &[u8], answer: &Sender<String>) -> Result<()> {
    let mut reader = BufReader::new(&stream);
    let (line, length) = read_head(&mut reader)?;
    let (status, kind, body): (_, _, &[u8]) = match line.split(' ').nth(1).unwrap_or_default() {
        "/" => ("200 OK", "text/html", PAGE),
        "/bench.js" => ("200 OK", "text/javascript", SCRIPT),
        "/bench.wasm" => ("200 OK", "application/wasm", wasm),
        "/result" => {
            let mut result = vec![0; length.min(RESULT_BYTES_MAX)];
            reader.read_exact(&mut result)?;
            answer.send(String::from_utf8_lossy(&result).into_owned())?;
            ("200 OK", "text/plain", b"")
        }
        _ => ("404 Not Found", "text/plain", b""),
    };
    write!(
        &stream,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\
         cross-origin-opener-policy: same-origin\r\ncross-origin-embedder-policy: require-corp\r\n\r\n",
        body.len()
    )?;
    (&stream).write_all(body)?;
    Ok(())
}

/// The request line, and how many bytes of body follow the head.
fn read_head(reader: &mut impl BufRead) -> Result<(String, usize)> {
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut length = 0;
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
            return Ok((request, length));
        }
        let (name, value) = header.split_once(':').unwrap_or_default();
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse()?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_posted_result_arrives_and_the_module_is_served() {
        let server = PageServer::start(b"module".to_vec()).unwrap();
        assert!(ask(&server, "GET /bench.wasm HTTP/1.1\r\n\r\n").ends_with("\r\n\r\nmodule"));
        ask(&server, "POST /result HTTP/1.1\r\nContent-Length: 2\r\n\r\n42");
        assert_eq!(server.answer_within(Duration::from_secs(10)).unwrap(), "42");
    }

    fn ask(server: &PageServer, request: &str) -> String {
        let mut stream = TcpStream::connect(server.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}
