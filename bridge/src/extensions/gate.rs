//! How often one address may have extensions called: some at once, then at a steady pace.

use crate::pace::{Allowance, Pace};
use protocol::Timestamp;
use std::net::{IpAddr, Ipv6Addr};

/// Calls an address may make without a pause, one in this time after those, and the longest wait.
const CALLS: Allowance = Allowance { at_once: 30, every_millis: 2_000, wait_seconds_max: 60 };

/// See the module.
pub struct CallGate(Pace<IpAddr>);

impl Default for CallGate {
    fn default() -> Self {
        Self(Pace::new(CALLS))
    }
}

impl CallGate {
    /// Lets a call pass, or says how many seconds the address has to wait.
    pub fn pass(&self, address: IpAddr, now: Timestamp) -> Result<(), u64> {
        self.0.pass(network(address), now)
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
    fn some_calls_pass_at_once_and_those_of_others_too() {
        let gate = CallGate::default();
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
