//! Takes connections, and shows strangers out.
//!
//! A stranger is a connection that has not shown what it wants: one whose first request is not here yet, or a socket that has
//! not been greeted. Each has some seconds, and there are only so many at once: when one more comes, the one that has stood
//! there longest goes. Whoever opens thousands of connections and says nothing, or a byte now and then, keeps nobody out.

mod body;
mod strangers;

pub use strangers::{Stranger, Strangers};

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use body::InTime;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot, watch};
use tower_service::Service;

/// A connection's first request has to be here by then.
pub const REQUEST_SECONDS_MAX: u64 = 10;

/// And each one after it: longer than proxies keep a connection they may use again.
const NEXT_REQUEST_SECONDS_MAX: u64 = 75;

/// What a request brings along has to be here by then.
const BODY_SECONDS_MAX: u64 = 30;

/// Wait before the system is asked for connections again, when it had no file left for one.
const NO_FILE_MILLIS: u64 = 100;

/// Serves connections until `stop` says so, then lets requests under way end.
pub async fn serve(listener: TcpListener, routes: Router, mut stop: watch::Receiver<bool>) {
    let strangers = Strangers::default();
    let (alive, mut all_gone) = mpsc::channel::<()>(1);
    loop {
        let (stream, peer) = tokio::select! {
            taken = take(&listener) => taken,
            // An error means that the sender is gone, which is as good a reason to stop.
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let visit = Visit { routes: routes.clone(), peer, stop: stop.clone() };
        let (stranger, alive) = (strangers.meets(), alive.clone());
        tokio::spawn(async move {
            visit.lasts(stream, stranger).await;
            drop(alive);
        });
    }
    drop((listener, alive));
    // Nothing is ever sent: this ends when the last connection has.
    let _: Option<()> = all_gone.recv().await;
}

async fn take(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Frames are small and somebody waits for each; a socket that refuses works all the same.
                let _ = stream.set_nodelay(true);
                return (stream, peer);
            }
            Err(error) if is_theirs(&error) => {}
            Err(error) => {
                tracing::error!("no connection can be taken at the moment: {error}");
                tokio::time::sleep(Duration::from_millis(NO_FILE_MILLIS)).await;
            }
        }
    }
}

/// Whether a connection was gone before it was taken.
fn is_theirs(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// One connection.
struct Visit {
    routes: Router,
    peer: SocketAddr,
    stop: watch::Receiver<bool>,
}

impl Visit {
    /// How it ends is the other side's affair: errors of a connection are nobody's here.
    async fn lasts(mut self, stream: TcpStream, stranger: Stranger) {
        let shown_out = stranger.shown_out();
        let (asks, has_asked) = oneshot::channel();
        let first = Mutex::new(Some((stranger, asks)));
        let service = service_fn(|request| {
            let first = first.lock().unwrap_or_else(PoisonError::into_inner).take();
            let stranger = first.map(|(stranger, asks)| {
                // Nobody listens any more only when the connection is being dropped.
                let _ = asks.send(());
                stranger
            });
            self.routes.clone().call(prepared(request, self.peer, stranger))
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(Duration::from_secs(NEXT_REQUEST_SECONDS_MAX))
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades();
        let mut connection = pin!(connection);
        let patience = tokio::time::timeout(Duration::from_secs(REQUEST_SECONDS_MAX), has_asked);
        tokio::select! {
            _ = connection.as_mut() => return,
            asked = patience => if asked.is_err() { return },
            () = shown_out.notified() => return,
            _ = self.stop.wait_for(|stop| *stop) => return,
        }
        tokio::select! {
            _ = connection.as_mut() => return,
            _ = self.stop.wait_for(|stop| *stop) => connection.as_mut().graceful_shutdown(),
        }
        let _ = connection.await;
    }
}

/// A request as the routes take it. The first of a connection brings the stranger along, for the sockets.
fn prepared(request: Request<Incoming>, peer: SocketAddr, stranger: Option<Stranger>) -> Request {
    let mut request = request.map(|body| Body::new(InTime::new(body, Duration::from_secs(BODY_SECONDS_MAX))));
    request.extensions_mut().insert(ConnectInfo(peer));
    if let Some(stranger) = stranger {
        request.extensions_mut().insert(Arc::new(stranger));
    }
    request
}
