//! How much guests may ask of the bridge: whoever needs no sign-in and no key is bounded by the address they call from, and all
//! of them together. Addresses are those of the network: what stands before the bridge says for whom it speaks, and only those
//! named as such are believed.

mod network;

pub use network::Network;

use crate::pace::{Allowance, Pace};
use axum::http::HeaderMap;
use protocol::Timestamp;
use serde::Deserialize;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Open sockets of visitors, when the workspace file says nothing else.
const SOCKETS: usize = 50_000;
/// Of them, from one address: an office, or a mobile network behind one address, has many people.
const SOCKETS_PER_ADDRESS: usize = 200;
/// Greetings from one address without a pause: after a restart everybody there dials again.
const HELLOS_AT_ONCE: u64 = 300;
/// And each second after those.
const HELLOS_PER_SECOND: u64 = 5;
/// Messages and requests from one address without a pause: what was written while the bridge was away comes at once.
const MESSAGES_AT_ONCE: u64 = 400;
/// And each second after those.
const MESSAGES_PER_SECOND: u64 = 20;
/// The longest anybody has to wait after asking too often.
const WAIT_SECONDS_MAX: u64 = 30;
/// When there are as many sockets as there can be, it is worth trying again after this.
const ROOM_SECONDS: u64 = 5;

/// `[limits]` of the workspace file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Open sockets of visitors.
    pub visitor_sockets: usize,
    /// Of them, from one address.
    pub visitor_sockets_per_address: usize,
    /// Greetings from one address without a pause.
    pub hellos_at_once: u64,
    /// And each second after those, 1 to 1000.
    pub hellos_per_second: u64,
    /// Messages and requests from one address without a pause.
    pub messages_at_once: u64,
    /// And each second after those, 1 to 1000.
    pub messages_per_second: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            trusted_proxies: vec![Network::LOOPBACK_V4, Network::LOOPBACK_V6],
            visitor_sockets: SOCKETS,
            visitor_sockets_per_address: SOCKETS_PER_ADDRESS,
            hellos_at_once: HELLOS_AT_ONCE,
            hellos_per_second: HELLOS_PER_SECOND,
            messages_at_once: MESSAGES_AT_ONCE,
            messages_per_second: MESSAGES_PER_SECOND,
        }
    }
}

impl Limits {
    /// What is wrong with them: which key, and what would be right.
    pub fn mistakes(&self) -> Vec<String> {
        let bounds = [
            ("visitor_sockets", self.visitor_sockets as u64, u64::MAX),
            ("visitor_sockets_per_address", self.visitor_sockets_per_address as u64, u64::MAX),
            ("hellos_at_once", self.hellos_at_once, u64::MAX),
            ("hellos_per_second", self.hellos_per_second, 1_000),
            ("messages_at_once", self.messages_at_once, u64::MAX),
            ("messages_per_second", self.messages_per_second, 1_000),
        ];
        let wrong = bounds.into_iter().filter(|(_, value, most)| !(1..=*most).contains(value));
        wrong
            .map(|(key, value, most)| match most {
                u64::MAX => format!("limits: {key} is {value}, and has to be 1 at least"),
                most => format!("limits: {key} is {value}, and has to be 1 to {most}"),
            })
            .collect()
    }
}

/// See the module.
pub struct Guests {
    limits: Limits,
    open: Mutex<Open>,
    hellos: Pace<IpAddr>,
    messages: Pace<IpAddr>,
    warned: AtomicBool,
}

#[derive(Default)]
struct Open {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// A socket that is open; it counts until this is dropped.
pub struct Entered {
    guests: Arc<Guests>,
    address: Option<IpAddr>,
}

impl Guests {
    /// Nobody is there yet.
    pub fn new(limits: Limits) -> Self {
        let pace = |at_once, per_second: u64| {
            let every_millis = (1_000 / per_second.max(1)).max(1);
            Pace::new(Allowance { at_once, every_millis, wait_seconds_max: WAIT_SECONDS_MAX })
        };
        Self {
            hellos: pace(limits.hellos_at_once, limits.hellos_per_second),
            messages: pace(limits.messages_at_once, limits.messages_per_second),
            limits,
            open: Mutex::default(),
            warned: AtomicBool::new(false),
        }
    }

    /// Whose address it is, as it is counted: an IPv6 network of 64 bits is one. `None` when a proxy speaks for nobody: then there
    /// is nothing to count by.
    pub fn address(&self, peer: IpAddr, headers: &HeaderMap) -> Option<IpAddr> {
        let peer = peer.to_canonical();
        let forwarded = headers.get_all("x-forwarded-for");
        if !self.trusts(peer) {
            if forwarded.iter().next().is_some() && !self.warned.swap(true, Ordering::Relaxed) {
                tracing::warn!(
                    "{peer} sends X-Forwarded-For and is not believed: name it in trusted_proxies, under [limits], if it stands \
                     before this bridge"
                );
            }
            return Some(counted(peer));
        }
        let values = forwarded.iter().filter_map(|value| value.to_str().ok());
        let told: Vec<&str> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
        let addresses = told.iter().rev().map_while(|told| told.parse::<IpAddr>().ok());
        let mut guests = addresses.map(|address| address.to_canonical()).filter(|one| !self.trusts(*one));
        guests.next().map(counted)
    }

    /// Lets a socket open, or says in how many seconds to try again.
    pub fn enter(self: &Arc<Self>, address: Option<IpAddr>) -> Result<Entered, u64> {
        let mut open = self.lock();
        let there = address.and_then(|address| open.by_address.get(&address)).copied().unwrap_or_default();
        if open.all >= self.limits.visitor_sockets || there >= self.limits.visitor_sockets_per_address {
            return Err(ROOM_SECONDS);
        }
        open.all += 1;
        if let Some(address) = address {
            *open.by_address.entry(address).or_default() += 1;
        }
        Ok(Entered { guests: Arc::clone(self), address })
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.limits.trusted_proxies.iter().any(|network| network.holds(address))
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entered {
    /// Lets a greeting pass, or says how many seconds to wait.
    pub fn says_hello(&self, now: Timestamp) -> Result<(), u64> {
        self.address.map_or(Ok(()), |address| self.guests.hellos.pass(address, now))
    }

    /// Lets a message or a request pass, or says how many seconds to wait.
    pub fn asks(&self, now: Timestamp) -> Result<(), u64> {
        self.address.map_or(Ok(()), |address| self.guests.messages.pass(address, now))
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        let mut open = self.guests.lock();
        open.all = open.all.saturating_sub(1);
        if let Some(address) = self.address
            && let Some(there) = open.by_address.get_mut(&address)
        {
            *there = there.saturating_sub(1);
            if *there == 0 {
                open.by_address.remove(&address);
            }
        }
    }
}

/// Who has one address of an IPv6 network has all of it.
fn counted(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_named_proxies_say_who_calls() {
        let limits = Limits { trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()], ..Limits::default() };
        let guests = Guests::new(limits);
        for (peer, forwarded, expected) in [
            ("9.9.9.9", None, Some("9.9.9.9")),
            ("9.9.9.9", Some("1.1.1.1"), Some("9.9.9.9")),
            ("192.168.0.2", Some("1.1.1.1"), Some("192.168.0.2")),
            ("10.0.0.2", Some("6.6.6.6, 1.1.1.1"), Some("1.1.1.1")),
            ("10.0.0.2", Some("6.6.6.6, 1.1.1.1, 10.3.0.1"), Some("1.1.1.1")),
            ("::ffff:10.0.0.2", Some("1.1.1.1"), Some("1.1.1.1")),
            ("10.0.0.2", Some("1.1.1.1, nonsense"), None),
            ("10.0.0.2", None, None),
            ("2001:db8:1:2:3:4:5:6", None, Some("2001:db8:1:2::")),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(forwarded) = forwarded {
                headers.insert("x-forwarded-for", HeaderValue::from_static(forwarded));
            }
            let expected = expected.map(|text| text.parse().unwrap());
            assert_eq!(guests.address(peer.parse().unwrap(), &headers), expected, "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn sockets_are_bounded_by_address_and_in_all_until_they_close() {
        let limits = Limits { visitor_sockets: 3, visitor_sockets_per_address: 2, ..Limits::default() };
        let guests = Arc::new(Guests::new(limits));
        let (one, other) = (Some("1.1.1.1".parse().unwrap()), Some("2.2.2.2".parse().unwrap()));
        let first = guests.enter(one).ok().unwrap();
        let _second = guests.enter(one).ok().unwrap();
        assert!(guests.enter(one).is_err(), "two from one address");
        let _third = guests.enter(other).ok().unwrap();
        assert!(guests.enter(None).is_err(), "three in all");
        drop(first);
        assert!(guests.enter(one).is_ok());
        assert_eq!(guests.lock().by_address.len(), 2, "those who have gone are forgotten");
    }

    #[test]
    fn who_cannot_be_told_apart_is_not_held_back_for_others() {
        let limits = Limits { messages_at_once: 1, messages_per_second: 1, ..Limits::default() };
        let guests = Arc::new(Guests::new(limits));
        let unknown = guests.enter(None).ok().unwrap();
        assert!((0..9).all(|_| unknown.asks(Timestamp::default()).is_ok()));
        let known = guests.enter(Some("1.1.1.1".parse().unwrap())).ok().unwrap();
        assert!(known.asks(Timestamp::default()).is_ok() && known.asks(Timestamp::default()).is_err());
    }

    #[test]
    fn limits_that_cannot_be_are_told_by_their_key() {
        assert!(Limits::default().mistakes().is_empty());
        let limits = Limits { hellos_per_second: 0, messages_per_second: 5_000, ..Limits::default() };
        let told = limits.mistakes().join("\n");
        assert!(told.contains("hellos_per_second is 0") && told.contains("1 to 1000"), "{told}");
    }
}
