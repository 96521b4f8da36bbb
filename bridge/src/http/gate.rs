//! How often one address, as guests are counted by, may ask for what costs much: some times at once, then at a steady pace.

use crate::pace::{Allowance, Pace};
use protocol::Timestamp;
use std::net::IpAddr;

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
        self.0.pass(address, now)
    }

    /// The last one does not count.
    pub fn refund(&self, address: IpAddr) {
        self.0.refund(address);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_calls_pass_at_once_and_those_of_others_too() {
        let gate = Gate::of_calls();
        let passed = (0..40).filter(|_| gate.pass(ip("1.1.1.1"), Timestamp::default()).is_ok()).count();
        assert_eq!(passed, 30);
        assert!(gate.pass(ip("1.1.1.2"), Timestamp::default()).is_ok(), "others are not kept waiting");
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }
}
