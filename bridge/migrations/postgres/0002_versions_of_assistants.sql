-- Drafts and numbered versions of authors' files. The tables assistants and current_assistants are read here for the last
-- time; the version before goes on using them until it is replaced, and a later migration drops them.

CREATE TABLE assistant_files (
    workspace    text   NOT NULL,
    site         text   NOT NULL,
    digest       text   NOT NULL,            -- SHA-256 of source, hexadecimal
    name         text   NOT NULL,            -- its ending says how source is read
    source       text   NOT NULL,
    shared_until bigint NOT NULL DEFAULT 0,  -- a link shows it until then
    PRIMARY KEY (workspace, site, digest)
);

-- What was made of a file, once for each language, its own language first. Made again from the file when they are missing
-- or of another format.
CREATE TABLE assistant_builds (
    workspace text   NOT NULL,
    site      text   NOT NULL,
    digest    text   NOT NULL,
    position  bigint NOT NULL,
    tag       text   NOT NULL,               -- the language
    hash      text   NOT NULL,               -- SHA-256 of bytes, hexadecimal
    bytes     bytea  NOT NULL,
    PRIMARY KEY (workspace, site, digest, position),
    FOREIGN KEY (workspace, site, digest) REFERENCES assistant_files (workspace, site, digest) ON DELETE CASCADE
);

CREATE INDEX assistant_builds_by_hash ON assistant_builds (workspace, site, hash);

CREATE TABLE assistant_versions (
    workspace    text   NOT NULL,
    site         text   NOT NULL,
    number       bigint NOT NULL,            -- from 1, never used twice
    digest       text   NOT NULL,
    published_at bigint NOT NULL,
    published_by text,                       -- null: the file the workspace file names
    note         text   NOT NULL,
    PRIMARY KEY (workspace, site, number),
    FOREIGN KEY (workspace, site, digest) REFERENCES assistant_files (workspace, site, digest)
);

-- Each time a version became the current one; the last of a site says which is. Rows outlive their version.
CREATE TABLE assistant_releases (
    workspace   text   NOT NULL,
    site        text   NOT NULL,
    place       bigint NOT NULL,             -- from 1
    version     bigint NOT NULL,
    digest      text   NOT NULL,
    released_at bigint NOT NULL,
    released_by text,
    PRIMARY KEY (workspace, site, place)
);

CREATE TABLE assistant_drafts (
    workspace text   NOT NULL,
    site      text   NOT NULL,
    digest    text   NOT NULL,
    saved_at  bigint NOT NULL,
    saved_by  text,
    PRIMARY KEY (workspace, site),
    FOREIGN KEY (workspace, site, digest) REFERENCES assistant_files (workspace, site, digest)
);

-- What the bridge signs with.
CREATE TABLE signing_keys (
    workspace text  NOT NULL,
    purpose   text  NOT NULL,
    secret    bytea NOT NULL,
    PRIMARY KEY (workspace, purpose)
);

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
