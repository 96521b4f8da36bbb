//! What is wrong in a setup, told with the places of the request that asked for it.

use crate::error::{ApiError, Code, Flaw};
use protocol::setup::Fault;
use std::collections::{BTreeMap, BTreeSet};

/// What the body of a request holds of a setup.
#[derive(Clone, Copy, Debug)]
pub enum Held<'a> {
    /// All of it, in its field `setup`.
    Whole,
    /// What stands at this place of a setup, such as `queues.sales`.
    At(&'a str),
    /// Nothing: this thing of this part goes.
    Gone(&'a str, &'a str),
}

impl Held<'_> {
    /// Where in the request something of the setup stands, if it does.
    pub fn place(self, place: &str) -> Option<String> {
        match self {
            Self::Whole if place == "." => Some("body.setup".to_owned()),
            Self::Whole => Some(format!("body.setup.{place}")),
            Self::At(own) => match place.strip_prefix(own)? {
                "" => Some("body".to_owned()),
                rest => rest.starts_with(['.', '[']).then(|| format!("body{rest}")),
            },
            Self::Gone(..) => None,
        }
    }

    /// Everything that is wrong.
    pub fn told(self, faults: &[Fault]) -> Vec<Flaw> {
        let told = |Fault { place, message }: &Fault| {
            let (asked, place, message) = (self.place(place), place.clone(), message.clone());
            Flaw { place, asked, message }
        };
        faults.iter().map(told).collect()
    }

    /// The refusal of a change that does not fit together.
    pub fn refused(self, faults: &[Fault]) -> ApiError {
        let flaws = self.told(faults);
        let message = match self {
            Self::Gone(part, id) => needed(part, id, faults),
            Self::Whole | Self::At(_) => {
                faults.iter().map(ToString::to_string).collect::<Vec<String>>().join("; ")
            }
        };
        let place = flaws.iter().find_map(|flaw| flaw.asked.clone());
        let error = ApiError::of(Code::Faults, message).with_faults(flaws);
        match place {
            Some(place) => error.at(place),
            None => error,
        }
    }
}

/// What would lack something that is to go.
fn needed(part: &str, id: &str, faults: &[Fault]) -> String {
    let mut users: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for fault in faults {
        let mut keys = fault.place.split('.');
        if let (Some(of), Some(user)) = (keys.next(), keys.next()) {
            users.entry(of).or_default().insert(user);
        }
    }
    let told = users.iter().map(|(of, users)| {
        let names: Vec<&str> = users.iter().copied().collect();
        let of = if users.len() == 1 { of.trim_end_matches('s') } else { of };
        format!("{} {of}: {}", users.len(), names.join(", "))
    });
    let told: Vec<String> = told.collect();
    let one = part.trim_end_matches('s');
    format!(
        "the {one} `{id}` is still used by {}: change them first, as `faults` says of each",
        told.join("; by ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_of_the_setup_is_one_of_the_request_where_it_stands_there() {
        let place = |held: Held<'_>, place: &str| held.place(place);
        assert_eq!(place(Held::Whole, "queues.zz.team").as_deref(), Some("body.setup.queues.zz.team"));
        let own = Held::At("queues.zz");
        assert_eq!(place(own, "queues.zz.team").as_deref(), Some("body.team"));
        assert_eq!(place(own, "queues.zz").as_deref(), Some("body"));
        assert_eq!(place(own, "queues.zzz.team"), None);
        assert_eq!(place(Held::Gone("teams", "desk"), "queues.zz.team"), None);
    }

    #[test]
    fn what_is_still_used_is_told_with_its_users() {
        let fault = |place: &str| Fault { place: place.to_owned(), message: "there is no team".to_owned() };
        let faults = [fault("queues.a.team"), fault("queues.a.plan[0].pool.teams"), fault("queues.b.team")];
        let error = Held::Gone("teams", "desk").refused(&faults).body().error;
        assert!(
            error.message.starts_with("the team `desk` is still used by 2 queues: a, b"),
            "{}",
            error.message
        );
        assert_eq!((error.place, error.faults.len()), (None, 3));
    }
}
