-- Drafts and numbered versions of authors' files. The tables assistants and current_assistants are read here for the last
-- time; the version before goes on using them until it is replaced, and a later migration drops them.

CREATE TABLE assistant_files (
    workspace    TEXT    NOT NULL,
    site         TEXT    NOT NULL,
    digest       TEXT    NOT NULL,  -- SHA-256 of source, hexadecimal
    name         TEXT    NOT NULL,  -- its ending says how source is read
    source       TEXT    NOT NULL,
    shared_until INTEGER NOT NULL DEFAULT 0,  -- a link shows it until then
    PRIMARY KEY (workspace, site, digest)
) STRICT;

-- What was made of a file, once for each language, its own language first. Made again from the file when they are missing
-- or of another format.
CREATE TABLE assistant_builds (
    workspace TEXT    NOT NULL,
    site      TEXT    NOT NULL,
    digest    TEXT    NOT NULL,
    position  INTEGER NOT NULL,
    tag       TEXT    NOT NULL,  -- the language
    hash      TEXT    NOT NULL,  -- SHA-256 of bytes, hexadecimal
    bytes     BLOB    NOT NULL,
    PRIMARY KEY (workspace, site, digest, position),
    FOREIGN KEY (workspace, site, digest) REFERENCES assistant_files (workspace, site, digest) ON DELETE CASCADE
) STRICT;

CREATE INDEX assistant_builds_by_hash ON assistant_builds (workspace, site, hash);

CREATE TABLE assistant_versions (
    workspace    TEXT    NOT NULL,
    site         TEXT    NOT NULL,
    number       INTEGER NOT NULL,  -- from 1, never used twice
    digest       TEXT    NOT NULL,
    published_at INTEGER NOT NULL,
    published_by TEXT,  -- null: the file the workspace file names
    note         TEXT    NOT NULL,
    PRIMARY KEY (workspace, site, number),
    FOREIGN KEY (workspace, site, digest) REFERENCES assistant_files (workspace, site, digest)
) STRICT;

-- Each time a version became the current one; the last of a site says which is. Rows outlive their version.
CREATE TABLE assistant_releases (
    workspace   TEXT    NOT NULL,
    site        TEXT    NOT NULL,
    place       INTEGER NOT NULL,  -- from 1
    version     INTEGER NOT NULL,
    digest      TEXT    NOT NULL,
    released_at INTEGER NOT NULL,
    released_by TEXT,
    PRIMARY KEY (workspace, site, place)
) STRICT;

CREATE TABLE assistant_drafts (
    workspace TEXT    NOT NULL,
    site      TEXT    NOT NULL,
    digest    TEXT    NOT NULL,
    saved_at  INTEGER NOT NULL,
    saved_by  TEXT,
    PRIMARY KEY (workspace, site),
    FOREIGN KEY (workspace, site, digest) REFERENCES assistant_files (workspace, site, digest)
) STRICT;

-- What the bridge signs with.
CREATE TABLE signing_keys (
    workspace TEXT NOT NULL,
    purpose   TEXT NOT NULL,
    secret    BLOB NOT NULL,
    PRIMARY KEY (workspace, purpose)
) STRICT;

INSERT INTO assistant_files (workspace, site, digest, name, source)
SELECT workspace, site, hash, 'assistant.json', definition FROM assistants;

-- The current one is the last, whatever the clock said.
INSERT INTO assistant_versions (workspace, site, number, digest, published_at, published_by, note)
SELECT a.workspace, a.site,
       row_number() OVER (PARTITION BY a.workspace, a.site ORDER BY c.hash IS NOT NULL, a.published_at, a.hash),
       a.hash, a.published_at, NULL, ''
FROM assistants AS a
LEFT JOIN current_assistants AS c ON c.workspace = a.workspace AND c.site = a.site AND c.hash = a.hash;

INSERT INTO assistant_releases (workspace, site, place, version, digest, released_at, released_by)
SELECT workspace, site, number, number, digest, published_at, published_by FROM assistant_versions;
