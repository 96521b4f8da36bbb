//! What authors write: looking, changing, and trying before anything is kept.

use super::{BYTES, DELETE, GET, MISSING, POST, PUT};
use crate::error::Code;
use crate::http::api::{Access, Endpoint, File, Once, Tag};
use crate::http::assistants::{
    Broken, DraftFile, DraftSaved, FileQuery, PublishWanted, PublishedCard, RollBackWanted, Versions,
};
use crate::http::share::{Link, ShareWanted};
use crate::http::workbench::{Checked, PreviewQuery, Previewed};
use crate::http::{assistants, share, workbench};
use crate::keys::Scope;
use protocol::limits::ASSISTANT_BYTES_MAX;
use serde_json::json;

const FILE: File = File("An author's file, JSON or YAML as its name says.");

/// All of them.
pub fn endpoints() -> Vec<Endpoint> {
    [looking(), changing(), before_anything_is_kept()].into_iter().flatten().collect()
}

fn looking() -> Vec<Endpoint> {
    let (tag, may) = (Tag::Assistants, Access::agents(Scope::AssistantsRead));
    vec![
        Endpoint::new(
            tag,
            may,
            (GET, "/sites/{site}/assistant/draft"),
            ("draft", "Get the draft."),
            assistants::draft,
        )
        .gives::<DraftFile>(200, "The draft, with its text.")
        .refuses(MISSING)
        .compressed()
        .has_earlier_address(),
        Endpoint::new(
            tag,
            may,
            (GET, "/sites/{site}/assistant/versions"),
            ("list_versions", "List versions and releases."),
            assistants::versions,
        )
        .gives::<Versions>(200, "What the site runs, ran, and is worked on.")
        .refuses(MISSING)
        .compressed()
        .has_earlier_address(),
        Endpoint::new(
            tag,
            may,
            (GET, "/sites/{site}/assistant/versions/{number}"),
            ("version_source", "Get a version's file."),
            assistants::source,
        )
        .gives_bytes("text/plain", "The file as it was written, as an attachment with its name.")
        .refuses(MISSING)
        .compressed()
        .has_earlier_address(),
    ]
}

fn changing() -> Vec<Endpoint> {
    let (tag, may) = (Tag::Assistants, Access::admins(Scope::AssistantsWrite));
    vec![
        Endpoint::new(tag, may, (PUT, "/sites/{site}/assistant"), ("publish", "Publish a file at once."), assistants::publish)
            .detail("The draft stays. A file that is current already is not published again.")
            .query::<FileQuery>()
            .takes_file(FILE, ASSISTANT_BYTES_MAX)
            .gives::<PublishedCard>(200, "What the site runs now.")
            .gives::<Broken>(422, "")
            .refuses(&[Code::NotFound, Code::Mistakes])
            .compressed()
            .has_earlier_address(),
        Endpoint::new(tag, may, (PUT, "/sites/{site}/assistant/draft"), ("save_draft", "Keep a file as the draft."), assistants::save_draft)
            .query::<FileQuery>()
            .takes_file(FILE, ASSISTANT_BYTES_MAX)
            .gives::<DraftSaved>(200, "It is kept, also with warnings.")
            .gives::<Broken>(422, "")
            .refuses(&[Code::NotFound, Code::Mistakes])
            .compressed()
            .has_earlier_address(),
        Endpoint::new(tag, may, (DELETE, "/sites/{site}/assistant/draft"), ("delete_draft", "Drop the draft."), assistants::delete_draft)
            .gives_nothing(204, "There is no draft any more.")
            .refuses(MISSING)
            .once(Once::Kept)
            .has_earlier_address(),
        Endpoint::new(tag, may, (POST, "/sites/{site}/assistant/publish"), ("publish_draft", "Publish the draft."), assistants::publish_draft)
            .takes::<PublishWanted>(json!({ "note": "Winter hours" }))
            .gives::<PublishedCard>(200, "What the site runs now.")
            .gives::<Broken>(422, "")
            .refuses(&[Code::NotFound, Code::Mistakes])
            .once(Once::Kept)
            .compressed()
            .has_earlier_address(),
        Endpoint::new(tag, may, (POST, "/sites/{site}/assistant/rollback"), ("roll_back", "Make an earlier version current again."), assistants::roll_back)
            .takes::<RollBackWanted>(json!({ "version": 3 }))
            .gives::<PublishedCard>(200, "What the site runs now.")
            .gives::<Broken>(422, "")
            .refuses(&[Code::NotFound, Code::Mistakes])
            .once(Once::Kept)
            .compressed()
            .has_earlier_address(),
        Endpoint::new(tag, may, (POST, "/sites/{site}/assistant/share"), ("share", "Make a link that shows an assistant to people who cannot sign in."), share::share)
            .detail("It shows that very file until it ends. Whoever has it may look; conversations there are real ones.")
            .takes::<ShareWanted>(json!({ "of": "draft", "hours": 48 }))
            .gives::<Link>(200, "The link.")
            .refuses(MISSING)
            .once(Once::Kept)
            .compressed()
            .has_earlier_address(),
    ]
}

fn before_anything_is_kept() -> Vec<Endpoint> {
    let tag = Tag::Assistants;
    vec![
        Endpoint::new(
            tag,
            Access::agents(Scope::AssistantsRead),
            (POST, "/check"),
            ("check", "Say what is wrong with a file."),
            workbench::check,
        )
        .detail("Nothing is stored.")
        .query::<FileQuery>()
        .takes_file(FILE, ASSISTANT_BYTES_MAX)
        .gives::<Checked>(200, "Everything that is wrong with it, and what it holds.")
        .compressed()
        .has_earlier_address(),
        Endpoint::new(
            tag,
            Access::SIGNED_IN,
            (POST, "/preview"),
            ("make_preview", "Have a file ready for the preview's chat."),
            workbench::preview,
        )
        .detail("Kept in memory for an hour at most. Only an admin's preview may have extensions called.")
        .query::<PreviewQuery>()
        .query::<FileQuery>()
        .takes_file(FILE, ASSISTANT_BYTES_MAX)
        .gives::<Previewed>(200, "Where it lies.")
        .gives::<Broken>(422, "")
        .refuses(&[Code::NotFound, Code::Mistakes])
        .compressed()
        .has_earlier_address(),
        Endpoint::new(
            tag,
            Access::Anyone,
            (GET, "/preview/{preview}"),
            ("preview_bytes", "Get a preview as the chat runs it."),
            workbench::bytes,
        )
        .detail("For whoever knows its name, which cannot be guessed.")
        .gives_bytes(BYTES, "The assistant.")
        .refuses(MISSING)
        .compressed()
        .has_earlier_address(),
    ]
}
