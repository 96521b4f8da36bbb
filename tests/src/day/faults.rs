//! Faults that can be planted, to see that the rules find them: a simulator that finds nothing may just as well be blind.
//!
//! Most of them run the switchboard under another setup than the second opinion believes, so that it does something
//! else than it should; the others lose, double or alter what it decides.

use protocol::setup::{Conduct, OfferMode, Orphans, QueueSetup, Rank, Setup, Strategy, What};
use protocol::{AgentBadge, Author, Cause, Event, Happening, OfferEnd, Outlet, TimerKind, UnassignedWhy};
use switchboard::Change;

/// One thing that is wrong with the switchboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Agents have room for one more.
    CapacityIgnored,
    /// Skills and languages are not asked for.
    NeedsIgnored,
    /// Tiers are not looked at.
    TiersIgnored,
    /// An agent's limit of a queue is not looked at.
    LimitIgnored,
    /// Routing gives as much as it likes.
    FairnessIgnored,
    /// Always the one who was not asked for longest.
    StrategyIgnored,
    /// One more is asked at once.
    OneMoreAsked,
    /// Priorities are not looked at.
    PriorityIgnored,
    /// Priority comes before age, or the other way round.
    RankTurned,
    /// Queues are always open.
    HoursIgnored,
    /// Queues are never full.
    LengthIgnored,
    /// Steps last a second longer.
    StepsLast,
    /// Steps end a second early.
    StepsEndEarly,
    /// Offers last a second longer.
    OffersLast,
    /// There is no longest wait.
    MaxWaitIgnored,
    /// Everything overflows into silence.
    OverflowIgnored,
    /// Passed by is no step.
    SkipsIgnored,
    /// Nobody waits for the one they know.
    StickyIgnored,
    /// Nobody is asked whether they want it.
    NobodyAsked,
    /// Notes take no time.
    WrapUpIgnored,
    /// Conversations stay with owners who left.
    OrphansKept,
    /// Owners may be silent.
    SilenceAllowed,
    /// Missing an offer has no consequence.
    MissesForgiven,
    /// Reasons need not be of the list.
    ReasonsIgnored,
    /// Closed conversations are never opened again.
    NeverReopened,
    /// Promises are not watched.
    PromisesIgnored,
    /// Weights do not count.
    WeightIgnored,
    /// Nobody is closed for silence.
    AutoCloseIgnored,
    /// Agents who do not work here any more still do.
    DeactivatedStay,
    /// Age begins anew when passed on.
    AgeForgotten,
    /// The first event of some decisions is lost.
    EventLost,
    /// An event is saved twice.
    EventDoubled,
    /// Comments are said to the visitor.
    CommentsTold,
    /// Agents' words come from the assistant.
    AssistantSpeaks,
    /// What is accepted goes to somebody else.
    WrongOwner,
    /// Losers of a broadcast are not told.
    LosersNotTold,
    /// Routing takes the agent who came second.
    SecondBest,
    /// Explanations name the chosen as passed over.
    WronglyExplained,
    /// What is taken from its owner goes nowhere.
    LeftHanging,
    /// Timers sleep for a second.
    TimersSleep,
    /// Timers do what they do twice.
    TimerTwice,
    /// A timer claims to be another.
    TimerMistaken,
    /// One conversation does not survive a restart.
    RestartLosesOne,
}

impl Fault {
    /// Every one.
    pub const ALL: [Self; 43] = [
        Self::CapacityIgnored,
        Self::NeedsIgnored,
        Self::TiersIgnored,
        Self::LimitIgnored,
        Self::FairnessIgnored,
        Self::StrategyIgnored,
        Self::OneMoreAsked,
        Self::PriorityIgnored,
        Self::RankTurned,
        Self::HoursIgnored,
        Self::LengthIgnored,
        Self::StepsLast,
        Self::StepsEndEarly,
        Self::OffersLast,
        Self::MaxWaitIgnored,
        Self::OverflowIgnored,
        Self::SkipsIgnored,
        Self::StickyIgnored,
        Self::NobodyAsked,
        Self::WrapUpIgnored,
        Self::OrphansKept,
        Self::SilenceAllowed,
        Self::MissesForgiven,
        Self::ReasonsIgnored,
        Self::NeverReopened,
        Self::PromisesIgnored,
        Self::WeightIgnored,
        Self::AutoCloseIgnored,
        Self::DeactivatedStay,
        Self::AgeForgotten,
        Self::EventLost,
        Self::EventDoubled,
        Self::CommentsTold,
        Self::AssistantSpeaks,
        Self::WrongOwner,
        Self::LosersNotTold,
        Self::SecondBest,
        Self::WronglyExplained,
        Self::LeftHanging,
        Self::TimersSleep,
        Self::TimerTwice,
        Self::TimerMistaken,
        Self::RestartLosesOne,
    ];

    /// The setup the switchboard is given.
    pub fn set_up(self, setup: &Setup) -> Setup {
        let mut setup = setup.clone();
        self.rules(&mut setup);
        self.agents(&mut setup);
        setup.queues.values_mut().for_each(|queue| self.queue(queue));
        setup.teams.values_mut().for_each(|team| self.conduct(&mut team.conduct));
        self.conduct(&mut setup.rules.conduct);
        setup
    }

    fn rules(self, setup: &mut Setup) {
        let rules = &mut setup.rules;
        if self == Self::RankTurned {
            rules.rank = if rules.rank == Rank::HeadStart { Rank::StrictPriority } else { Rank::HeadStart };
        }
        if self == Self::NeverReopened {
            rules.reopen_seconds = if rules.reopen_seconds == 0 { 3_600 } else { 0 };
        }
        if self == Self::AutoCloseIgnored {
            rules.auto_close.after_seconds = None;
        }
        if self == Self::ReasonsIgnored {
            setup.reasons.values_mut().for_each(|reason| reason.retired = false);
        }
    }

    fn agents(self, setup: &mut Setup) {
        for agent in setup.agents.values_mut() {
            if self == Self::CapacityIgnored {
                agent.capacity += 1;
            }
            if self == Self::TiersIgnored {
                agent.tier = protocol::setup::Tier::Medium;
            }
            if self == Self::DeactivatedStay {
                agent.active = true;
            }
        }
    }

    fn queue(self, queue: &mut QueueSetup) {
        let strategy = |strategy: &mut Strategy| match self {
            Self::StrategyIgnored if strategy.by != What::Manual => strategy.by = What::RoundRobin,
            Self::OneMoreAsked => strategy.ask_at_once += 1,
            _ => {}
        };
        strategy(&mut queue.strategy);
        for step in &mut queue.plan {
            step.strategy.iter_mut().for_each(strategy);
            let longer = if self == Self::StepsLast { 1 } else { 0 };
            let shorter = if self == Self::StepsEndEarly { 1 } else { 0 };
            step.stay_seconds = step.stay_seconds.map(|seconds| seconds + longer - shorter);
            if self == Self::SkipsIgnored {
                step.skip_if.clear();
            }
            if let (Self::OffersLast, Some(OfferMode::Ask { seconds })) = (self, &mut step.offer) {
                *seconds += 1;
            }
        }
        match self {
            Self::NeedsIgnored => queue.needs.clear(),
            Self::LimitIgnored => queue.agent_limit = None,
            Self::FairnessIgnored => queue.fairness = None,
            Self::PriorityIgnored => queue.priority = 0,
            Self::HoursIgnored => queue.hours = None,
            Self::LengthIgnored => queue.max_length = queue.max_length.map(|most| most + 1),
            Self::MaxWaitIgnored => queue.max_wait_seconds = None,
            Self::OverflowIgnored => queue.overflow = Outlet::Wait,
            Self::StickyIgnored => queue.sticky = None,
            Self::PromisesIgnored => queue.promises = protocol::setup::Promises::default(),
            Self::WeightIgnored => queue.weight = 1,
            Self::AgeForgotten => queue.keep_age = !queue.keep_age,
            _ => {}
        }
    }

    fn conduct(self, conduct: &mut Conduct) {
        match self {
            Self::NobodyAsked => conduct.offer = OfferMode::AutoAccept,
            Self::WrapUpIgnored => conduct.wrap_up_seconds = 0,
            Self::OrphansKept => conduct.orphans = Orphans::Keep,
            Self::SilenceAllowed => conduct.first_reply_seconds = 0,
            Self::MissesForgiven => conduct.misses_max += 1,
            Self::OffersLast => {
                if let OfferMode::Ask { seconds } = &mut conduct.offer {
                    *seconds += 1;
                }
            }
            _ => {}
        }
    }

    /// What a command led to, altered.
    pub fn tamper(self, mut changes: Vec<Change>) -> Vec<Change> {
        match self {
            Self::EventLost if changes.len() > 2 => drop(changes.remove(1)),
            Self::EventDoubled => changes.extend(changes.first().cloned()),
            Self::LosersNotTold => changes.retain(|change| {
                !matches!(
                    change,
                    Change::Happened {
                        event: Event { happening: Happening::OfferEnded { why: OfferEnd::Taken, .. }, .. },
                        ..
                    }
                )
            }),
            Self::LeftHanging => {
                let hangs = changes.iter().position(|change| {
                    matches!(
                        change,
                        Change::Happened {
                            event: Event {
                                happening: Happening::Unassigned { why: UnassignedWhy::GivenBack, .. },
                                ..
                            },
                            ..
                        }
                    )
                });
                if let Some(at) = hangs {
                    changes.truncate(at + 1);
                }
            }
            _ => {}
        }
        for change in &mut changes {
            if let Change::Happened { event, .. } = change {
                self.alter(event);
            }
        }
        changes
    }

    /// What time led to, altered.
    pub fn mistime(self, mut changes: Vec<Change>) -> Vec<Change> {
        if let (Self::TimerMistaken, Some(Change::Happened { event, .. })) = (self, changes.first_mut())
            && let Cause::Timer(kind) = &mut event.cause
        {
            *kind = TimerKind::Exclusion;
        }
        if let (Self::TimerTwice, Some(Change::Happened { event, asker })) = (self, changes.first().cloned())
        {
            let number = event.number + 1;
            changes.insert(1, Change::Happened { event: Event { number, ..event }, asker });
        }
        changes
    }

    fn alter(self, event: &mut Event) {
        match (self, &mut event.happening) {
            (Self::CommentsTold, Happening::Commented { author, text, .. }) => {
                if let Ok(content) = protocol::Content::text(text.clone()) {
                    event.happening =
                        Happening::Said { author: author.clone(), content, written_at: event.at };
                }
            }
            (Self::AssistantSpeaks, Happening::Said { author: author @ Author::Agent(_), .. }) => {
                *author = Author::Browser(protocol::BrowserAuthor::Assistant);
            }
            (Self::WrongOwner, Happening::Assigned { to, how: protocol::AssignedHow::Accepted, .. }) => {
                *to = AgentBadge { id: super::step::agent(6), name: "Greta".to_owned() };
            }
            _ => {}
        }
    }

    /// What routing led to, altered.
    pub fn misroute(self, mut changes: Vec<Change>) -> Vec<Change> {
        for change in &mut changes {
            let Change::Happened { event, .. } = change else { continue };
            match (self, &mut event.happening) {
                (Self::SecondBest, Happening::Offered { to, routed, .. }) => {
                    if let Some(next) = routed.next {
                        to[0] = next;
                    }
                }
                (Self::SecondBest, Happening::Assigned { to, routed: Some(routed), .. }) => {
                    if let Some(next) = routed.next {
                        to.id = next;
                    }
                }
                (Self::WronglyExplained, Happening::Offered { to, routed, .. }) => {
                    routed.passed.extend(to.first().map(|one| (*one, protocol::PassedOver::Full)));
                }
                _ => {}
            }
        }
        changes
    }
}
