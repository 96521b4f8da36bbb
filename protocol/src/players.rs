//! Films and sounds that only pages of their own play.

use crate::rich::{Media, MediaKind};

/// Sites whose films and sounds play only in pages of their own. They are linked to: such a page in a frame could follow
/// the visitor, who has not asked for it.
const PLAYERS: [&str; 12] = [
    "youtube.com",
    "youtu.be",
    "vimeo.com",
    "facebook.com",
    "twitch.tv",
    "streamable.com",
    "wistia.com",
    "vidyard.com",
    "dailymotion.com",
    "soundcloud.com",
    "mixcloud.com",
    "spotify.com",
];

/// The host an address leads to, as it is written there.
pub fn host_of(address: &str) -> Option<&str> {
    let rest = address.split_once("://")?.1;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    host.split(':').next().filter(|host| !host.is_empty())
}

impl Media {
    /// Whether it is a film or a sound that only a page of its own plays.
    pub fn plays_elsewhere(&self) -> bool {
        let plays = match self.kind {
            MediaKind::Video | MediaKind::Audio => true,
            MediaKind::Image | MediaKind::Frame => false,
        };
        let host = host_of(&self.source).unwrap_or_default().to_ascii_lowercase();
        let is_of = |player: &str| {
            host.strip_suffix(player).is_some_and(|before| before.is_empty() || before.ends_with('.'))
        };
        plays && PLAYERS.iter().any(|player| is_of(player))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn films_of_players_are_linked_to_and_files_are_played() {
        let plays_elsewhere = |kind, source: &str| {
            let source = source.to_owned();
            Media { kind, source, title: None, description: None, alt: None }.plays_elsewhere()
        };
        assert!(plays_elsewhere(MediaKind::Video, "https://www.YouTube.com/watch?v=1"));
        assert!(plays_elsewhere(MediaKind::Audio, "https://soundcloud.com/a/b"));
        assert!(!plays_elsewhere(MediaKind::Video, "https://cdn.example/vimeo.com/a.mp4"));
        assert!(!plays_elsewhere(MediaKind::Video, "https://notvimeo.com/a.mp4"));
        assert!(!plays_elsewhere(MediaKind::Frame, "https://vimeo.com/1"));
    }

    #[test]
    fn the_host_is_what_stands_between_the_user_and_the_port() {
        assert_eq!(host_of("https://a.example@b.example:81/c@d"), Some("b.example"));
        assert_eq!(host_of("https://b.example?x=//c.example"), Some("b.example"));
        assert_eq!(host_of("mailto:a@b.example"), None);
    }
}
