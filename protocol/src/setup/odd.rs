//! What a setup can be used with and nobody can have meant. It is refused where it comes in; a setup that is kept already goes
//! on being used, whatever is odd about it.

use super::{Conduct, Fault, QueueSetup, Setup};
use crate::limits::{QUEUE_WAIT_SECONDS_MAX, WRAP_UP_SECONDS_MAX};

/// Everything that nobody can have meant.
pub fn odd(setup: &Setup) -> Vec<Fault> {
    let mut odd = Odd(Vec::new());
    odd.conduct("rules", &setup.rules.conduct);
    for (id, team) in &setup.teams {
        odd.name(format!("teams.{id}.name"), &team.name, "colleagues");
        odd.conduct(&format!("teams.{id}"), &team.conduct);
    }
    setup.queues.iter().for_each(|(id, queue)| odd.queue(&format!("queues.{id}"), queue));
    odd.0
}

struct Odd(Vec<Fault>);

impl Odd {
    fn add(&mut self, place: String, message: String) {
        self.0.push(Fault { place, message });
    }

    fn name(&mut self, place: String, name: &str, who: &str) {
        if name.trim().is_empty() {
            self.add(place, format!("it cannot be empty: {who} see it"));
        }
    }

    fn conduct(&mut self, place: &str, conduct: &Conduct) {
        let seconds = conduct.wrap_up_seconds;
        if seconds > WRAP_UP_SECONDS_MAX {
            let message = format!(
                "{seconds} is out of bounds: 0 to {WRAP_UP_SECONDS_MAX} seconds, where 0 leaves no time for notes"
            );
            self.add(format!("{place}.conduct.wrap_up_seconds"), message);
        }
    }

    fn queue(&mut self, place: &str, queue: &QueueSetup) {
        self.name(format!("{place}.name"), &queue.name, "agents");
        if let Some(seconds) = queue.max_wait_seconds
            && !(1..=QUEUE_WAIT_SECONDS_MAX).contains(&seconds)
        {
            let message = format!(
                "{seconds} is out of bounds: 1 to {QUEUE_WAIT_SECONDS_MAX} seconds; leave it out, and the plan alone says how long"
            );
            self.add(format!("{place}.max_wait_seconds"), message);
        }
        if let (Some(warn), Some(critical)) = (queue.warn_seconds, queue.critical_seconds)
            && warn >= critical
        {
            let message = format!(
                "{warn} never comes before `critical_seconds`, which is {critical}: it has to be less than that"
            );
            self.add(format!("{place}.warn_seconds"), message);
        }
    }
}
