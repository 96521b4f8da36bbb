//! Orders from the preview page.

use super::helper::Helper;
use super::{Chat, Effect, FetchFailure, Moment, Record};
use assistant::{Assistant, Session, Value};
use protocol::inspect::{PreviewOrder, PreviewReport};

/// Where the bridge keeps definitions; nothing else is run.
const PATH_START: &str = "/api/";

impl Chat {
    pub(super) fn ordered(&mut self, order: PreviewOrder, moment: &mut Moment) {
        if !self.is_preview() {
            return;
        }
        match order {
            PreviewOrder::Restart => {
                self.forget();
                self.greet_if_due(moment);
            }
            PreviewOrder::Load { path } if path.starts_with(PATH_START) => {
                self.effects.push(Effect::FetchDraft { path });
            }
            PreviewOrder::Load { path } => {
                self.broken(format!("{path} is no definition's address: those begin with {PATH_START}"));
            }
            PreviewOrder::SetVariable { name, json } => self.set(name, &json, Session::set_variable),
            PreviewOrder::SetAnswer { name, json } => self.set(name, &json, Session::set_answer),
        }
    }

    /// The talk goes on with the new definition where it can. The bridge knows it by the end of its path.
    pub(super) fn draft_came(
        &mut self,
        path: &str,
        bytes: Result<Vec<u8>, FetchFailure>,
        moment: &mut Moment,
    ) {
        match bytes.map(|bytes| Assistant::load(&bytes)) {
            Ok(Ok(assistant)) => {
                let name = path.rsplit('/').next().unwrap_or_default().to_owned();
                self.assistant_came(assistant, name, moment);
                self.report_values();
            }
            Ok(Err(unreadable)) => self.broken(unreadable.to_string()),
            Err(FetchFailure::NotThere) => self.broken(self.words.draft_not_there.to_owned()),
            Err(FetchFailure::Unreachable) => self.broken(self.words.draft_unreachable.to_owned()),
        }
    }

    fn set(
        &mut self,
        name: String,
        json: &str,
        set: fn(&mut Session, &Assistant, &str, Value) -> Result<(), String>,
    ) {
        let Helper::Ready { assistant, .. } = &self.helper else { return };
        let value = assistant::json::from_json(json).ok_or_else(|| self.words.not_json.to_owned());
        match value.and_then(|value| set(&mut self.record.session, assistant, &name, value)) {
            Ok(()) => self.record_changed = true,
            Err(why) => self.effects.push(Effect::Report(PreviewReport::NotSet { name, why })),
        }
        self.report_values();
    }

    fn report_values(&mut self) {
        let Helper::Ready { assistant, .. } = &self.helper else { return };
        let session = &self.record.session;
        let (variables, answers) = (session.variables(assistant), session.answers(assistant));
        self.effects.push(Effect::Report(PreviewReport::Variables { variables, answers }));
    }

    fn broken(&mut self, why: String) {
        self.effects.push(Effect::Report(PreviewReport::Broken { why }));
    }

    fn forget(&mut self) {
        self.end_pauses();
        self.forget_call();
        self.record = Record::default();
        self.draft.clear();
        self.effects.push(Effect::FocusComposer);
    }
}
