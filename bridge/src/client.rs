//! One HTTP request on a connection of its own: no redirects, no cookies, no connections kept. What is dialled is an address
//! that was looked at first, so a name cannot lead elsewhere between looking and dialling.

mod public;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Uri, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// Where a request may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Any machine.
    Anywhere,
    /// Machines of the public internet: neither this one, nor its network, nor what such networks keep for themselves.
    Public,
}

/// When to give up.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// On the whole exchange, after so many seconds.
    pub seconds: u64,
    /// On the answer, when its body has more bytes.
    pub answer_bytes: usize,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status; a redirect is an answer like any other.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, whole.
    pub body: Vec<u8>,
}

/// Why nothing came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The name leads to a machine this request may not go to.
    NotPublic,
    /// Nobody answers there, or not by these rules.
    Unreachable,
    /// Not in time.
    TooSlow,
    /// More than may be read.
    TooLarge,
}

impl Failure {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotPublic => "not_public",
            Self::Unreachable => "unreachable",
            Self::TooSlow => "too_slow",
            Self::TooLarge => "too_large",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotPublic => "its address is in a private network, which this request may not reach",
            Self::Unreachable => "it cannot be reached, or does not speak HTTP there",
            Self::TooSlow => "it did not answer in time",
            Self::TooLarge => "it answered with more than may be read",
        })
    }
}

impl std::error::Error for Failure {}

/// Sends a request to the host its address names, and reads the answer whole.
pub async fn send(request: Request<Bytes>, reach: Reach, limits: Limits) -> Result<Answer, Failure> {
    let answer = exchange(request, reach, limits).await?;
    if answer.body.len() > limits.answer_bytes { Err(Failure::TooLarge) } else { Ok(answer) }
}

/// The same, of an answer whose beginning is enough: what is longer is cut off.
pub async fn send_for_beginning(
    request: Request<Bytes>,
    reach: Reach,
    limits: Limits,
) -> Result<Answer, Failure> {
    let mut answer = exchange(request, reach, limits).await?;
    answer.body.truncate(limits.answer_bytes);
    Ok(answer)
}

async fn exchange(request: Request<Bytes>, reach: Reach, limits: Limits) -> Result<Answer, Failure> {
    let exchange = async {
        let stream = dial(request.uri(), reach).await?;
        let response = ask(stream, request).await?;
        read(response, limits.answer_bytes).await
    };
    let waited = tokio::time::timeout(Duration::from_secs(limits.seconds), exchange).await;
    waited.unwrap_or(Err(Failure::TooSlow))
}

/// Bytes both ways.
trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

async fn dial(uri: &Uri, reach: Reach) -> Result<Box<dyn Stream>, Failure> {
    let encrypted = uri.scheme_str() == Some("https");
    let host = uri.host().ok_or(Failure::Unreachable)?.trim_matches(['[', ']']);
    let port = uri.port_u16().unwrap_or(if encrypted { 443 } else { 80 });
    let stream = connect(host, port, reach).await?;
    if !encrypted {
        return Ok(Box::new(stream));
    }
    let name = ServerName::try_from(host.to_owned()).map_err(|_| Failure::Unreachable)?;
    match TLS.connect(name, stream).await {
        Ok(stream) => Ok(Box::new(stream)),
        Err(error) => {
            tracing::warn!("no encrypted connection to {host}: {error}");
            Err(Failure::Unreachable)
        }
    }
}

async fn connect(host: &str, port: u16, reach: Reach) -> Result<TcpStream, Failure> {
    let found = tokio::net::lookup_host((host, port)).await.map_err(|_| Failure::Unreachable)?;
    let addresses: Vec<SocketAddr> = found.collect();
    // One private address among public ones is reason enough: nobody who means well publishes both.
    if reach == Reach::Public && !addresses.iter().all(|address| public::is_public(address.ip())) {
        return Err(Failure::NotPublic);
    }
    for address in addresses {
        if let Ok(stream) = TcpStream::connect(address).await {
            return Ok(stream);
        }
    }
    Err(Failure::Unreachable)
}

async fn ask(stream: Box<dyn Stream>, request: Request<Bytes>) -> Result<Response<Incoming>, Failure> {
    let unreachable = |error: hyper::Error| {
        tracing::debug!("an exchange failed: {error}");
        Failure::Unreachable
    };
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(unreachable)?;
    // It ends when the answer was read or its reader has gone.
    tokio::spawn(connection);
    sender.send_request(in_origin_form(request)?.map(Full::new)).await.map_err(unreachable)
}

/// As HTTP/1.1 wants it: the path alone in the first line, the host in a header.
fn in_origin_form(request: Request<Bytes>) -> Result<Request<Bytes>, Failure> {
    let (mut parts, body) = request.into_parts();
    let host = parts.uri.authority().map_or("", |authority| authority.as_str());
    let host = HeaderValue::try_from(host).map_err(|_| Failure::Unreachable)?;
    parts.headers.insert(header::HOST, host);
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    parts.uri = path.parse().map_err(|_| Failure::Unreachable)?;
    Ok(Request::from_parts(parts, body))
}

/// Reads no further than it takes to see that there is too much.
async fn read(response: Response<Incoming>, bytes_max: usize) -> Result<Answer, Failure> {
    let (parts, mut incoming) = response.into_parts();
    let mut body = Vec::new();
    while let Some(frame) = incoming.frame().await {
        let frame = frame.map_err(|_| Failure::Unreachable)?;
        let Ok(data) = frame.into_data() else { continue };
        body.extend_from_slice(&data);
        if body.len() > bytes_max {
            break;
        }
    }
    Ok(Answer { status: parts.status, headers: parts.headers, body })
}

/// Trusts whom the machine trusts.
static TLS: LazyLock<TlsConnector> = LazyLock::new(|| {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    let (good, _) = roots.add_parsable_certificates(found.certs);
    if good == 0 {
        tracing::warn!("this machine has no root certificates: no https address can be called");
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider has the default versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
});
