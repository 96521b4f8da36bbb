//! Who answers when no person does: the site's assistant, fetched in the visitor's language; people, where there is
//! none.

use super::{Chat, Effect, FetchFailure, Moment};
use assistant::Assistant;
use protocol::inspect::PreviewReport;
use protocol::{HandOff, HandOffReason, SiteCard};

/// Who answers when no person does.
#[derive(Debug)]
pub enum Helper {
    Loading,
    Ready {
        assistant: Box<Assistant>,
        /// The name the bridge knows it by: a hash, or an author's draft's.
        hash: String,
    },
    /// None is published, or it cannot be read: people answer.
    Absent,
}

impl Chat {
    pub(super) fn card_came(&mut self, card: Result<SiteCard, FetchFailure>, moment: &mut Moment) {
        match card {
            Ok(card) => {
                self.effects.push(Effect::ShowLook { accent: card.look.accent.clone() });
                self.card = Some(card);
                match self.wanted_definition() {
                    Some(hash) => self.effects.push(Effect::FetchDefinition { hash }),
                    None => self.nobody_automatic(self.words.none_published, moment),
                }
            }
            Err(FetchFailure::NotThere) => self.blocked = Some(super::Blocked::UnknownSite),
            Err(FetchFailure::Unreachable) => self.fetch_later(moment),
        }
    }

    pub(super) fn definition_came(
        &mut self,
        hash: String,
        bytes: Result<Vec<u8>, FetchFailure>,
        moment: &mut Moment,
    ) {
        if !self.is_loading() {
            return;
        }
        match bytes.map(|bytes| Assistant::load(&bytes)) {
            Ok(Ok(assistant)) => self.assistant_came(assistant, hash, moment),
            Ok(Err(unreadable)) => self.nobody_automatic(&unreadable.to_string(), moment),
            Err(FetchFailure::NotThere) => self.nobody_automatic(self.words.none_published, moment),
            Err(FetchFailure::Unreachable) => self.fetch_later(moment),
        }
    }

    pub(super) fn fetch_again(&mut self) {
        if self.card.is_none() {
            self.effects.push(Effect::FetchCard);
        } else if let (true, Some(hash)) = (self.is_loading(), self.wanted_definition()) {
            self.effects.push(Effect::FetchDefinition { hash });
        }
    }

    pub(super) fn assistant_came(&mut self, assistant: Assistant, hash: String, moment: &mut Moment) {
        if self.is_preview() {
            let assistant = assistant.name().to_owned();
            self.effects.push(Effect::Report(PreviewReport::Ready { assistant }));
        }
        self.helper = Helper::Ready { assistant: Box::new(assistant), hash };
        self.greet_if_due(moment);
        self.resume_if_due(moment);
        self.catch_up(moment);
    }

    pub(super) fn direct_hand_off(&self) -> HandOff {
        HandOff {
            queue: None,
            needs: Vec::new(),
            language: None,
            agent: None,
            reason: HandOffReason::AgentRequested,
            online_message: self.words.direct_online.to_owned(),
            offline_message: self.words.direct_offline.to_owned(),
            message_to_agent: None,
            action: None,
            collected: Vec::new(),
        }
    }

    /// There is no assistant: whoever has written is handed to people.
    fn nobody_automatic(&mut self, why: &str, moment: &mut Moment) {
        self.helper = Helper::Absent;
        self.forget_call();
        self.effects.push(Effect::Warn(why.to_owned()));
        if self.is_preview() {
            self.effects.push(Effect::Report(PreviewReport::Broken { why: why.to_owned() }));
        }
        self.catch_up(moment);
    }

    /// Hash of the definition in the language that suits the visitor best.
    fn wanted_definition(&self) -> Option<String> {
        let spoken = self.card.as_ref()?.assistant.as_ref()?.best(&self.languages)?;
        Some(spoken.hash.clone())
    }
}
