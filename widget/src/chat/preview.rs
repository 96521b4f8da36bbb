//! Orders from the preview page.

use super::{Chat, Effect, Moment, Record};
use protocol::inspect::{PreviewOrder, PreviewReport};

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
            PreviewOrder::Load { definition } => match assistant::read(&definition) {
                Ok(assistant) => {
                    self.forget();
                    self.assistant_came(assistant, moment);
                }
                Err(mistakes) => {
                    let mistakes = mistakes.iter().map(ToString::to_string).collect();
                    self.effects.push(Effect::Report(PreviewReport::Broken { mistakes }));
                }
            },
        }
    }

    fn forget(&mut self) {
        self.record = Record::default();
        self.draft.clear();
        self.effects.push(Effect::FocusComposer);
    }
}
