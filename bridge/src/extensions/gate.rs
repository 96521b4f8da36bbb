//! How often one address may have extensions called: some at once, then at a steady pace. Asking on while refused makes
//! the wait longer.

use protocol::Timestamp;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

/// Calls an address may make without a pause.
const CALLS_AT_ONCE: u64 = 30;

/// After those, one in this time.
const CALL_EVERY_SECONDS: u64 = 2;

/// The longest wait.
const WAIT_SECONDS_MAX: u64 = 60;

/// Addresses remembered at once; those that were heard of longest ago are forgotten first.
const ADDRESSES_MAX: usize = 10_000;

/// See the module.
#[derive(Default)]
pub struct CallGate {
    /// When an address will have paid for everything it asked for.
    paid_at_by_address: Mutex<BTreeMap<IpAddr, Timestamp>>,
}

impl CallGate {
    /// Lets a call pass, or says how many seconds the address has to wait.
    pub fn pass(&self, address: IpAddr, now: Timestamp) -> Result<(), u64> {
        let address = network(address);
        let mut paid_at_by_address = self.paid_at_by_address.lock().unwrap_or_else(PoisonError::into_inner);
        let paid_at = paid_at_by_address.get(&address).copied().unwrap_or(now).max(now);
        let credit = now.plus_seconds((CALLS_AT_ONCE - 1) * CALL_EVERY_SECONDS);
        let passes = paid_at <= credit;
        let debt_max = credit.plus_seconds(WAIT_SECONDS_MAX);
        let paid_at = paid_at.plus_seconds(CALL_EVERY_SECONDS).min(debt_max);
        if paid_at_by_address.len() >= ADDRESSES_MAX && !paid_at_by_address.contains_key(&address) {
            let oldest = paid_at_by_address.iter().min_by_key(|(_, at)| **at).map(|(address, _)| *address);
            oldest.and_then(|oldest| paid_at_by_address.remove(&oldest));
        }
        paid_at_by_address.insert(address, paid_at);
        if passes { Ok(()) } else { Err(paid_at.millis_since(credit).div_ceil(1_000)) }
    }
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

    #[test]
    fn some_calls_pass_at_once_and_more_at_a_steady_pace() {
        let gate = CallGate::default();
        let passed = (0..CALLS_AT_ONCE).filter(|_| gate.pass(ip("1.1.1.1"), at(0)).is_ok()).count();
        assert_eq!(passed as u64, CALLS_AT_ONCE);
        assert!(gate.pass(ip("1.1.1.1"), at(0)).is_err());
        assert!(gate.pass(ip("1.1.1.2"), at(0)).is_ok(), "others are not kept waiting");
        let much_later = CALLS_AT_ONCE * CALL_EVERY_SECONDS + CALL_EVERY_SECONDS;
        assert!(gate.pass(ip("1.1.1.1"), at(much_later)).is_ok());
    }

    #[test]
    fn asking_on_makes_the_wait_longer_up_to_a_bound() {
        let gate = CallGate::default();
        (0..CALLS_AT_ONCE).for_each(|_| gate.pass(ip("1.1.1.1"), at(0)).unwrap());
        let waits: Vec<u64> = (0..40).filter_map(|_| gate.pass(ip("1.1.1.1"), at(0)).err()).collect();
        assert!(waits.is_sorted() && waits[0] < waits[5], "{waits:?}");
        assert_eq!(waits.last(), Some(&WAIT_SECONDS_MAX));
        assert!(gate.pass(ip("1.1.1.1"), at(WAIT_SECONDS_MAX)).is_ok(), "whoever waits as told may call");
    }

    #[test]
    fn changing_the_address_within_a_network_gains_nothing() {
        assert_eq!(network(ip("2606:4700::1")), network(ip("2606:4700::ffff:1")));
        assert_ne!(network(ip("2606:4700::1")), network(ip("2606:4700:0:1::1")));
        assert_eq!(network(ip("::ffff:1.1.1.1")), ip("1.1.1.1"));
    }

    #[test]
    fn memory_is_bounded() {
        let gate = CallGate::default();
        for n in 0..=ADDRESSES_MAX {
            let address = IpAddr::V4(std::net::Ipv4Addr::from_bits(u32::try_from(n).unwrap()));
            let _ = gate.pass(address, at(n as u64));
        }
        assert_eq!(gate.paid_at_by_address.lock().unwrap().len(), ADDRESSES_MAX);
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn at(seconds: u64) -> Timestamp {
        Timestamp::default().plus_seconds(seconds)
    }
}
