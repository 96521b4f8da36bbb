//! A recording whose times are read and whose names are known, or what is wrong with it.

use super::expectation::ExpectDoc;
use super::recording::{AgentDoc, HoursDoc, Recording, WeekDoc};
use super::timeline::EntryDoc;
use crate::compile::nearest::did_you_mean;
use crate::findings::{Findings, segment};
use crate::shape::brief;
use crate::workflow::compile::{moment, seconds};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use protocol::{AgentId, Timestamp};
use std::collections::BTreeMap;
use switchboard::hours::{Calendar, DAY_MINUTES, Span};

/// Days of the week, from Monday, as calendars name them.
const WEEK: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A recording, ready to be played.
pub struct Prepared<'a> {
    pub recording: &'a Recording,
    pub start: Timestamp,
    pub zone: TimeZone,
    pub agents: Vec<Agent>,
    pub calendars: BTreeMap<String, Hours>,
    /// When each of the earlier messages was written.
    pub earlier: Vec<Timestamp>,
    /// What happens, in the order of time.
    pub entries: Vec<(Timestamp, &'a EntryDoc)>,
}

/// A person of the staff, as the play goes.
#[derive(Clone, Debug)]
pub struct Agent {
    pub email: String,
    pub name: String,
    pub id: AgentId,
    pub doc: AgentDoc,
}

/// When a calendar is open.
#[derive(Clone, Debug)]
pub enum Hours {
    Always(bool),
    Week(Calendar),
}

/// Reads what a recording says; what is wrong is noted, and something stands in for it.
pub fn prepare<'a>(recording: &'a Recording, findings: &Findings) -> Prepared<'a> {
    let reader = Reader { findings };
    let start = reader.moment(&recording.start, "/start");
    let zone = reader.zone(recording.zone.as_deref().unwrap_or("UTC"), "/zone");
    let zone_name = recording.zone.as_deref().unwrap_or("UTC");
    let calendars = recording.calendars.iter();
    let calendars = calendars.map(|(name, hours)| (name.clone(), reader.hours(name, hours, zone_name)));
    let earlier = recording.earlier.iter().enumerate();
    let earlier = earlier.map(|(at, doc)| {
        let path = format!("/earlier/{at}/at");
        let before = |seconds: u64| {
            Timestamp::from_millis(start.millis().saturating_sub(seconds.saturating_mul(1_000)))
        };
        seconds(&doc.at).map_or_else(|| reader.moment(&doc.at, &path), before)
    });
    let prepared = Prepared {
        recording,
        start,
        zone,
        agents: reader.agents(recording),
        calendars: calendars.collect(),
        earlier: earlier.collect(),
        entries: reader.entries(recording, start),
    };
    reader.names(&prepared);
    prepared
}

struct Reader<'a> {
    findings: &'a Findings,
}

impl Reader<'_> {
    fn moment(&self, written: &str, path: &str) -> Timestamp {
        moment(written).unwrap_or_else(|| {
            let problem = format!("`{}` is no moment", brief(written));
            let remedy = "write one such as `2026-12-24T18:00Z` or `2026-12-24T18:00[Europe/Berlin]`";
            self.findings.error("bad-time", path, problem, remedy);
            Timestamp::default()
        })
    }

    fn zone(&self, name: &str, path: &str) -> TimeZone {
        TimeZone::get(name).unwrap_or_else(|_| {
            let problem = format!("there is no time zone `{}`", brief(name));
            self.findings.error("bad-zone", path, problem, "write a name such as `Europe/Berlin`");
            TimeZone::UTC
        })
    }

    fn agents(&self, recording: &Recording) -> Vec<Agent> {
        let agent = |(at, (email, doc)): (u32, (&String, &AgentDoc))| {
            let mut chance = [0; 10];
            chance[..4].copy_from_slice(&at.to_be_bytes());
            let made = AgentId::at(Timestamp::default(), chance);
            let id = doc.id.as_ref().map_or(made, |id| {
                id.parse().unwrap_or_else(|_| {
                    let path = format!("/agents/{}/id", segment(email));
                    let problem = format!("`{}` is no id", brief(id));
                    self.findings.error("bad-id", path, problem, "write a UUID, or leave it out");
                    made
                })
            });
            let name = doc.name.clone().unwrap_or_else(|| email.clone());
            Agent { email: email.clone(), name, id, doc: doc.clone() }
        };
        (0..).zip(&recording.agents).map(agent).collect()
    }

    fn entries<'a>(&self, recording: &'a Recording, start: Timestamp) -> Vec<(Timestamp, &'a EntryDoc)> {
        let mut last = start;
        let mut entries = Vec::new();
        for (at, entry) in recording.timeline.iter().enumerate() {
            if let Some(written) = entry.at() {
                let path = format!("/timeline/{at}/at");
                last = seconds(written)
                    .map_or_else(|| self.moment(written, &path), |seconds| start.plus_seconds(seconds));
            }
            entries.push((last, entry));
        }
        entries.sort_by_key(|(at, _)| *at);
        entries
    }

    fn hours(&self, name: &str, hours: &HoursDoc, zone: &str) -> Hours {
        let path = format!("/calendars/{}", segment(name));
        match hours {
            HoursDoc::Always(open) => Hours::Always(*open),
            HoursDoc::Week(week) => self.week(week, zone, &path),
        }
    }

    fn week(&self, doc: &WeekDoc, zone: &str, path: &str) -> Hours {
        let mut week: [Vec<Span>; 7] = Default::default();
        for (day, hours) in &doc.week {
            let path = format!("{path}/week/{}", segment(day));
            let spans = self.spans(hours, &path);
            match WEEK.iter().position(|known| known == day) {
                Some(at) => week[at] = spans,
                None => {
                    let problem = format!("`{}` is no day of the week", brief(day));
                    self.findings.error("unknown-word", path, problem, did_you_mean(day, WEEK, "days"));
                }
            }
        }
        let mut days = BTreeMap::new();
        for (day, hours) in &doc.days {
            let path = format!("{path}/days/{}", segment(day));
            let spans = self.spans(hours, &path);
            match day.parse::<Date>() {
                Ok(day) => drop(days.insert(day, spans)),
                Err(_) => {
                    let problem = format!("`{}` is no day", brief(day));
                    self.findings.error("bad-date", path, problem, "write one such as `2026-12-24`");
                }
            }
        }
        Calendar::new(doc.zone.as_deref().unwrap_or(zone), week, days).map_or_else(
            |bad| {
                self.findings.error(
                    "bad-zone",
                    path,
                    bad.to_string(),
                    "write a name such as `Europe/Berlin`",
                );
                Hours::Always(false)
            },
            Hours::Week,
        )
    }

    fn spans(&self, hours: &[String], path: &str) -> Vec<Span> {
        let span = |(at, written): (usize, &String)| {
            let span = written.split_once('-').and_then(|(from, to)| {
                Some(Span { from: minutes(from)?, to: minutes(to)? }).filter(|span| span.from < span.to)
            });
            if span.is_none() {
                let problem = format!("`{}` is no part of a day", brief(written));
                let path = format!("{path}/{at}");
                self.findings.error("bad-hours", path, problem, "write one such as `09:00-18:00`");
            }
            span
        };
        hours.iter().enumerate().filter_map(span).collect()
    }

    /// Agents that are spoken of are there.
    fn names(&self, prepared: &Prepared<'_>) {
        let look_for = |email: &str, path: String| {
            if !email.is_empty() && prepared.agent(email).is_none() {
                let known = prepared.agents.iter().map(|agent| agent.email.as_str());
                let problem = format!("there is no agent `{}` in this recording", brief(email));
                self.findings.error("unknown-agent", path, problem, did_you_mean(email, known, "agents"));
            }
        };
        prepared.recording.owner.iter().for_each(|owner| look_for(owner, "/owner".to_owned()));
        let expected = |path: &str, expect: &ExpectDoc| {
            expect.owner.iter().for_each(|owner| look_for(owner, format!("{path}/owner")));
        };
        for (at, entry) in prepared.recording.timeline.iter().enumerate() {
            let path = format!("/timeline/{at}");
            match entry {
                EntryDoc::Assigned(entry) => look_for(&entry.assigned, format!("{path}/assigned")),
                EntryDoc::Status(entry) => look_for(&entry.status_of, format!("{path}/status_of")),
                EntryDoc::Expect(entry) => expected(&format!("{path}/expect"), &entry.expect),
                EntryDoc::Opened(_)
                | EntryDoc::Closed(_)
                | EntryDoc::Visitor(_)
                | EntryDoc::Human(_)
                | EntryDoc::Assistant(_)
                | EntryDoc::Api(_)
                | EntryDoc::TagAdded(_)
                | EntryDoc::TagRemoved(_)
                | EntryDoc::FieldChanged(_)
                | EntryDoc::PageEvent(_)
                | EntryDoc::Shortcut(_)
                | EntryDoc::Webhook(_)
                | EntryDoc::Started(_)
                | EntryDoc::Happens(_) => {}
            }
        }
        prepared.recording.expect.iter().for_each(|expect| expected("/expect", expect));
    }
}

impl Prepared<'_> {
    /// The place of an agent, by e-mail address or id.
    pub fn agent(&self, name: &str) -> Option<usize> {
        self.agents.iter().position(|agent| agent.is(name))
    }
}

impl Agent {
    /// Whether this is who is meant.
    pub fn is(&self, name: &str) -> bool {
        self.email.eq_ignore_ascii_case(name.trim()) || self.id.to_string() == name.trim()
    }
}

fn minutes(written: &str) -> Option<u16> {
    let (hours, minutes) = written.trim().split_once(':')?;
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    Some(hours * 60 + minutes).filter(|at| minutes < 60 && *at <= DAY_MINUTES)
}
