//! The statements, in what both databases understand: numbered parameters, `ON CONFLICT`, window functions.

pub const KEEP_FILE: &str = "
    INSERT INTO assistant_files (workspace, site, digest, name, source) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (workspace, site, digest) DO UPDATE SET name = excluded.name";

pub const DROP_BUILDS: &str =
    "DELETE FROM assistant_builds WHERE workspace = $1 AND site = $2 AND digest = $3";

/// Nothing is added to a file that is not kept.
pub const ADD_BUILD: &str = "
    INSERT INTO assistant_builds (workspace, site, digest, position, tag, hash, bytes)
    SELECT workspace, site, digest, $4, $5, $6, $7
    FROM assistant_files WHERE workspace = $1 AND site = $2 AND digest = $3";

pub const ADD_VERSION: &str = "
    INSERT INTO assistant_versions (workspace, site, number, digest, published_at, published_by, note)
    SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6
    FROM assistant_versions WHERE workspace = $1 AND site = $2
    RETURNING number";

/// Adds nothing when there is no such version.
pub const ADD_RELEASE: &str = "
    INSERT INTO assistant_releases (workspace, site, place, version, digest, released_at, released_by)
    SELECT v.workspace, v.site,
        (SELECT coalesce(max(r.place), 0) + 1 FROM assistant_releases AS r
         WHERE r.workspace = v.workspace AND r.site = v.site),
        v.number, v.digest, $4, $5
    FROM assistant_versions AS v WHERE v.workspace = $1 AND v.site = $2 AND v.number = $3";

/// All but the newest `$3` and the current one.
pub const DROP_OLD_VERSIONS: &str = "
    DELETE FROM assistant_versions WHERE workspace = $1 AND site = $2
    AND number NOT IN (
        SELECT number FROM assistant_versions WHERE workspace = $1 AND site = $2 ORDER BY number DESC LIMIT $3)
    AND number NOT IN (
        SELECT version FROM assistant_releases WHERE workspace = $1 AND site = $2 ORDER BY place DESC LIMIT 1)";

/// `$3` is now.
pub const DROP_UNUSED_FILES: &str = "
    DELETE FROM assistant_files WHERE workspace = $1 AND site = $2 AND shared_until <= $3
    AND digest NOT IN (SELECT digest FROM assistant_versions WHERE workspace = $1 AND site = $2)
    AND digest NOT IN (SELECT digest FROM assistant_drafts WHERE workspace = $1 AND site = $2)";

/// The site's name is compared by bytes in both databases, since it is ASCII.
pub const CURRENT_VERSIONS: &str = "
    SELECT site, version, digest, released_at, released_by FROM assistant_releases AS r
    WHERE workspace = $1 AND place = (
        SELECT max(l.place) FROM assistant_releases AS l WHERE l.workspace = r.workspace AND l.site = r.site)";

pub const RELEASES: &str = "
    SELECT site, version, digest, released_at, released_by FROM assistant_releases
    WHERE workspace = $1 AND site = $2 ORDER BY place DESC LIMIT $3";

pub const COUNT_RELEASES: &str =
    "SELECT count(*) FROM assistant_releases WHERE workspace = $1 AND site = $2 AND digest = $3";

pub const VERSIONS: &str = "
    SELECT number, digest, name, published_at, published_by, note
    FROM assistant_versions JOIN assistant_files USING (workspace, site, digest)
    WHERE workspace = $1 AND site = $2 ORDER BY number DESC";

pub const SAVE_DRAFT: &str = "
    INSERT INTO assistant_drafts (workspace, site, digest, saved_at, saved_by) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (workspace, site) DO UPDATE
    SET digest = excluded.digest, saved_at = excluded.saved_at, saved_by = excluded.saved_by";

pub const DRAFT: &str = "
    SELECT digest, name, saved_at, saved_by
    FROM assistant_drafts JOIN assistant_files USING (workspace, site, digest)
    WHERE workspace = $1 AND site = $2";

pub const DELETE_DRAFT: &str = "DELETE FROM assistant_drafts WHERE workspace = $1 AND site = $2";

pub const FILE: &str =
    "SELECT digest, name, source FROM assistant_files WHERE workspace = $1 AND site = $2 AND digest = $3";

pub const BUILDS: &str = "
    SELECT digest, tag, hash, bytes FROM assistant_builds
    WHERE workspace = $1 AND site = $2 AND digest = $3 ORDER BY position";

/// Two files can make the same assistant: any of them.
pub const BUILD: &str = "
    SELECT digest, tag, hash, bytes FROM assistant_builds
    WHERE workspace = $1 AND site = $2 AND hash = $3 ORDER BY digest LIMIT 1";

/// A link that was made earlier may last longer.
pub const KEEP_SHARED: &str = "
    UPDATE assistant_files SET shared_until = $4
    WHERE workspace = $1 AND site = $2 AND digest = $3 AND shared_until < $4";

pub const ADD_KEY: &str = "
    INSERT INTO signing_keys (workspace, purpose, secret) VALUES ($1, $2, $3)
    ON CONFLICT (workspace, purpose) DO NOTHING";

pub const KEY: &str = "SELECT secret FROM signing_keys WHERE workspace = $1 AND purpose = $2";
