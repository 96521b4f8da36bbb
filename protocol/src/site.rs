//! What the widget and the loader are told of the site they stand on.

use crate::SiteId;
use serde::{Deserialize, Serialize};

/// How the widget looks there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteLook {
    /// The brand's colour, `#rrggbb`.
    pub accent: String,
}

/// Public facts of a site, fetched by the widget before anything else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteCard {
    /// Which site.
    pub site: SiteId,
    /// The business, as the chat's header names it.
    pub name: String,
    /// Colours.
    pub look: SiteLook,
    /// Hash of the published assistant; its definition lies at `/api/sites/{site}/assistant/{hash}` and never
    /// changes there. `None` while none is published: the chat then goes to people directly.
    pub assistant: Option<String>,
}
