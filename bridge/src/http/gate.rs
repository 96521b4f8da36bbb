//! How often one address may ask for what costs much: some times at once, then at a steady pace.

use crate::pace::{Allowance, Pace};
use axum::http::HeaderMap;
use protocol::Timestamp;
use std::net::{IpAddr, Ipv6Addr};

/// Calls an address may make without a pause, one in this time after those, and the longest wait.
const CALLS: Allowance = Allowance { at_once: 30, every_millis: 2_000, wait_seconds_max: 60 };

/// Sign-ins of an address, whoever's; those with the right password do not count. Each of the others costs a processor for tens
/// of milliseconds, and a whole office may have one address.
const SIGN_INS: Allowance = Allowance { at_once: 30, every_millis: 1_000, wait_seconds_max: 60 };

/// See the module.
pub struct Gate(Pace<IpAddr>);

impl Gate {
    /// For calls of extensions.
    pub fn of_calls() -> Self {
        Self(Pace::new(CALLS))
    }

    /// For sign-ins.
    pub fn of_sign_ins() -> Self {
        Self(Pace::new(SIGN_INS))
    }

    /// Lets a call pass, or says how many seconds the address has to wait.
    pub fn pass(&self, address: IpAddr, now: Timestamp) -> Result<(), u64> {
        self.0.pass(network(address), now)
    }

    /// The last one does not count.
    pub fn refund(&self, address: IpAddr) {
        self.0.refund(network(address));
    }
}

/// Who calls. What stands before the bridge is in its own network, and says at the end of `X-Forwarded-For` whom it
/// speaks for; anybody else is believed nothing.
pub fn caller(peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let near = match peer.to_canonical() {
        IpAddr::V4(peer) => peer.is_loopback() || peer.is_private() || peer.is_link_local(),
        IpAddr::V6(peer) => peer.is_loopback() || peer.is_unique_local() || peer.is_unicast_link_local(),
    };
    let told =
        headers.get_all("x-forwarded-for").into_iter().next_back().and_then(|value| value.to_str().ok());
    let told = told.and_then(|value| value.rsplit(',').next()).and_then(|last| last.trim().parse().ok());
    told.filter(|_| near).unwrap_or(peer)
}

/// Whoever has an IPv6 address has all of its /64.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_what_stands_before_the_bridge_says_who_calls() {
        check("127.0.0.1", Some("1.1.1.1"), "1.1.1.1");
        check("10.0.0.2", Some("6.6.6.6, 1.1.1.1"), "1.1.1.1");
        check("9.9.9.9", Some("1.1.1.1"), "9.9.9.9");
        check("127.0.0.1", Some("nonsense"), "127.0.0.1");
        check("127.0.0.1", None, "127.0.0.1");
    }

    fn check(peer: &str, forwarded: Option<&str>, expected: &str) {
        let mut headers = HeaderMap::new();
        if let Some(forwarded) = forwarded {
            headers.insert("x-forwarded-for", HeaderValue::from_str(forwarded).unwrap());
        }
        assert_eq!(caller(peer.parse().unwrap(), &headers), expected.parse::<IpAddr>().unwrap());
    }

    #[test]
    fn some_calls_pass_at_once_and_those_of_others_too() {
        let gate = Gate::of_calls();
        let passed = (0..40).filter(|_| gate.pass(ip("1.1.1.1"), Timestamp::default()).is_ok()).count();
        assert_eq!(passed, 30);
        assert!(gate.pass(ip("1.1.1.2"), Timestamp::default()).is_ok(), "others are not kept waiting");
    }

    #[test]
    fn changing_the_address_within_a_network_gains_nothing() {
        assert_eq!(network(ip("2606:4700::1")), network(ip("2606:4700::ffff:1")));
        assert_ne!(network(ip("2606:4700::1")), network(ip("2606:4700:0:1::1")));
        assert_eq!(network(ip("::ffff:1.1.1.1")), ip("1.1.1.1"));
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }
}
