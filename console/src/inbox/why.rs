//! "Why here": a decision of routing, in sentences.

use super::happened::place;
use super::office::Office;
use super::words::age;
use protocol::{Happening, PassedOver, Routed, Timestamp};

/// What routing thought when this happened.
pub fn routed(happening: &Happening) -> Option<&Routed> {
    if let Happening::Offered { routed, .. } = happening {
        Some(routed)
    } else if let Happening::Assigned { routed, .. } = happening {
        routed.as_deref()
    } else {
        None
    }
}

/// The explanation, a sentence each.
pub fn explain(routed: &Routed, at: Timestamp, office: &Office) -> Vec<String> {
    if let Some(why) = without_choice(&routed.strategy) {
        return vec![why.to_owned()];
    }
    let from = routed.queue.as_ref().map_or("People", |queue| office.queue(queue));
    let rule = routed.strategy.replace('_', " ");
    let waited = age(at.millis_since(routed.waiting_since));
    let mut lines = vec![format!("{from}, {}: chosen by “{rule}”, after {waited}.", place(routed.step))];
    if routed.priority != 0 {
        lines.push(format!("Priority {}.", routed.priority));
    }
    lines.push(match (routed.ready, routed.next) {
        (1, _) => "Nobody else could have taken it.".to_owned(),
        (ready, Some(next)) => format!("{ready} could have taken it; next was {}.", office.agent(next)),
        (ready, None) => format!("{ready} could have taken it."),
    });
    if !routed.unavailable.is_empty() {
        let counts = routed.unavailable.iter().map(|(why, count)| format!("{count} {}", reason(*why)));
        lines.push(format!("Could not: {}.", counts.collect::<Vec<_>>().join(", ")));
    }
    for (agent, why) in &routed.passed {
        lines.push(format!("Not {}: {}.", office.agent(*agent), reason(*why)));
    }
    lines
}

/// Why it is somebody's whom routing did not look for.
fn without_choice(rule: &str) -> Option<&'static str> {
    match rule {
        "named" => Some("Chosen by name: nobody else was looked for."),
        "overflow" => Some("Given by a queue that did not keep it: nobody else was looked for."),
        "returned" => Some("It was theirs before: nobody else was looked for."),
        _ => None,
    }
}

fn reason(why: PassedOver) -> &'static str {
    match why {
        PassedOver::Offline => "offline",
        PassedOver::Away => "away",
        PassedOver::Busy => "busy",
        PassedOver::NotResponding => "not responding",
        PassedOver::Full => "without room",
        PassedOver::Skill => "without a skill that is asked for",
        PassedOver::Language => "not speaking the language that is asked for",
        PassedOver::LetGo => "had let it go",
        PassedOver::Never => "never asked by routing",
        PassedOver::QueueLimit => "with as much of this queue as allowed",
        PassedOver::Fairness => "with as much as allowed lately",
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;
    use super::*;

    #[test]
    fn it_says_who_chose_by_what_and_who_was_passed_over() {
        let lines = explain(&super::super::samples::routed(), at(100), &office());
        assert_eq!(
            lines,
            [
                "Front desk, step 2 of the plan: chosen by “longest idle”, after 1 min.",
                "2 could have taken it; next was Ben.",
                "Could not: 3 offline, 1 without room.",
                "Not Cleo: without room.",
            ]
        );
    }

    #[test]
    fn whoever_was_chosen_by_name_stood_against_nobody() {
        let named = Routed { strategy: "named".to_owned(), ready: 1, ..*super::super::samples::routed() };
        assert_eq!(explain(&named, at(100), &office()), ["Chosen by name: nobody else was looked for."]);
    }
}
