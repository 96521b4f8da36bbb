//! What a bridge asks of the system before it serves many: a long queue at its door, and as many open files as it may have.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::io;
use std::net::SocketAddr;
use tokio::net::{TcpListener, TcpSocket};

/// Connections that may wait to be taken; the system may allow fewer (`net.core.somaxconn`). After a restart everybody
/// dials within the same moment, before the bridge takes anybody: who finds the queue full tries again a whole second later.
const WAITING_MAX: u32 = 4096;

/// Listens there.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // A bridge that starts again does not have to wait until the system has forgotten its old connections.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(WAITING_MAX)
}

/// Raises the bound of open files as far as the system lets this process, since each connection is one; gives the bound.
pub fn open_files_max() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    let bound = if setrlimit(Resource::Nofile, raised).is_ok() { limit.maximum } else { limit.current };
    bound.unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hundred_and_fifty_callers_can_wait_while_nobody_answers() {
        // What `TcpListener::bind` allows is 128.
        const CALLERS: usize = 150;
        let listener = listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = listener.local_addr().unwrap();
        let mut waiting = Vec::new();
        for _ in 0..CALLERS {
            let call = tokio::net::TcpStream::connect(address);
            let within = std::time::Duration::from_millis(900);
            waiting.push(tokio::time::timeout(within, call).await.expect("no second attempt").unwrap());
        }
        assert_eq!(waiting.len(), CALLERS);
    }

    #[test]
    fn the_bound_of_open_files_is_as_high_as_it_may_be() {
        let bound = open_files_max();
        let limit = getrlimit(Resource::Nofile);
        assert_eq!((limit.current.unwrap_or(u64::MAX), limit.current), (bound, limit.maximum));
    }
}
