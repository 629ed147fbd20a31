-- People of the organisation. The operator is the one who uses this machine now.
CREATE TABLE person (
    person_id   INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    email       TEXT,
    role        TEXT NOT NULL CHECK (role IN ('admin', 'user')),
    is_primary  INTEGER NOT NULL DEFAULT 0 CHECK (is_primary IN (0, 1)),
    is_operator INTEGER NOT NULL DEFAULT 0 CHECK (is_operator IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX person_operator ON person (is_operator) WHERE is_operator = 1;
CREATE UNIQUE INDEX person_primary ON person (is_primary) WHERE is_primary = 1;

-- The connected org, one row or none. Tokens are in the keychain, never here.
CREATE TABLE org (
    slot          INTEGER PRIMARY KEY CHECK (slot = 1),
    org_id        TEXT NOT NULL,
    name          TEXT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('production', 'sandbox', 'demo')),
    instance_url  TEXT NOT NULL,
    login_url     TEXT NOT NULL,
    client_id     TEXT NOT NULL,
    edition       TEXT NOT NULL,
    api_version   TEXT NOT NULL,
    user_id       TEXT NOT NULL,
    username      TEXT NOT NULL,
    user_name     TEXT NOT NULL,
    user_email    TEXT NOT NULL,
    connected_at  TEXT NOT NULL,
    connected_by  TEXT NOT NULL,
    signed_out    INTEGER NOT NULL DEFAULT 0 CHECK (signed_out IN (0, 1)),
    used_calls    INTEGER,
    max_calls     INTEGER
) STRICT;

-- The integration as a whole, always one row.
CREATE TABLE integration (
    slot           INTEGER PRIMARY KEY CHECK (slot = 1),
    -- Null until somebody turns exports on or off.
    exports_on     INTEGER CHECK (exports_on IN (0, 1)),
    last_client_id TEXT
) STRICT;
INSERT INTO integration (slot) VALUES (1);

-- The Export tab.
CREATE TABLE export_setting (
    object        TEXT PRIMARY KEY CHECK (object IN ('account', 'contact', 'lead')),
    allowed       INTEGER NOT NULL CHECK (allowed IN (0, 1)),
    limit_records INTEGER NOT NULL CHECK (limit_records BETWEEN 1 AND 100000)
) STRICT, WITHOUT ROWID;

-- What Salesforce says of an object, as its describe call answered.
CREATE TABLE describe (
    object       TEXT PRIMARY KEY CHECK (object IN ('account', 'contact', 'lead')),
    org_id       TEXT NOT NULL,
    described_at TEXT NOT NULL,
    document     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Mappings; every save is a version.
CREATE TABLE mapping (
    object   TEXT NOT NULL CHECK (object IN ('account', 'contact', 'lead')),
    version  INTEGER NOT NULL CHECK (version >= 1),
    saved_at TEXT NOT NULL,
    saved_by TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (object, version)
) STRICT, WITHOUT ROWID;

-- Lists of profiles. A deleted one is hidden, so that the ledgers made from it keep their source columns.
CREATE TABLE list (
    list_id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('contact', 'company')),
    file_name     TEXT NOT NULL,
    header        TEXT NOT NULL,
    columns       TEXT NOT NULL,
    extra_columns TEXT NOT NULL,
    profiles      INTEGER NOT NULL,
    refused_rows  INTEGER NOT NULL,
    imported_at   TEXT NOT NULL,
    imported_by   TEXT NOT NULL,
    deleted_at    TEXT
) STRICT;
CREATE UNIQUE INDEX list_name ON list (name) WHERE deleted_at IS NULL;

CREATE TABLE profile (
    profile_id  INTEGER PRIMARY KEY,
    list_id     INTEGER NOT NULL REFERENCES list (list_id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    line        INTEGER NOT NULL,
    zoominfo_id TEXT,
    name        TEXT NOT NULL,
    company     TEXT NOT NULL,
    title       TEXT NOT NULL,
    email       TEXT NOT NULL,
    phone       TEXT NOT NULL,
    place       TEXT NOT NULL,
    -- What a search looks through: the columns above in lower case.
    searchable  TEXT NOT NULL,
    -- The whole profile, as JSON.
    document    TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX profile_position ON profile (list_id, position);
CREATE UNIQUE INDEX profile_zoominfo_id ON profile (list_id, zoominfo_id) WHERE zoominfo_id IS NOT NULL;

-- Runs. The plan is kept, so that one can close the app and come back.
CREATE TABLE run (
    run_id              INTEGER PRIMARY KEY AUTOINCREMENT,
    kind                TEXT NOT NULL CHECK (kind IN ('export')),
    object              TEXT NOT NULL CHECK (object IN ('account', 'contact', 'lead')),
    list_id             INTEGER NOT NULL REFERENCES list (list_id),
    list_name           TEXT NOT NULL,
    state               TEXT NOT NULL,
    state_sentence      TEXT NOT NULL,
    api                 TEXT NOT NULL CHECK (api IN ('rest', 'bulk')),
    org_id              TEXT NOT NULL,
    org_name            TEXT NOT NULL,
    org_kind            TEXT NOT NULL,
    mapping_version     INTEGER NOT NULL,
    -- Target fields in the order of the cells of every line, as JSON.
    columns             TEXT NOT NULL,
    started_by          TEXT NOT NULL,
    planned_at          TEXT NOT NULL,
    started_at          TEXT,
    finished_at         TEXT,
    total_records       INTEGER NOT NULL,
    created_records     INTEGER NOT NULL DEFAULT 0,
    updated_records     INTEGER NOT NULL DEFAULT 0,
    skipped_records     INTEGER NOT NULL DEFAULT 0,
    refused_records     INTEGER NOT NULL DEFAULT 0,
    failed_records      INTEGER NOT NULL DEFAULT 0,
    uncertain_records   INTEGER NOT NULL DEFAULT 0,
    waiting_records     INTEGER NOT NULL DEFAULT 0,
    planned_records     INTEGER NOT NULL DEFAULT 0,
    noted_records       INTEGER NOT NULL DEFAULT 0,
    refused_in_plan_records INTEGER NOT NULL DEFAULT 0,
    api_calls           INTEGER NOT NULL DEFAULT 0,
    estimated_api_calls INTEGER NOT NULL DEFAULT 0
) STRICT;

-- One line for every record of a run: what is to be written, and what became of it.
CREATE TABLE run_line (
    run_id        INTEGER NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
    line          INTEGER NOT NULL,
    profile_id    INTEGER NOT NULL,
    zoominfo_id   TEXT,
    name          TEXT NOT NULL,
    company       TEXT NOT NULL,
    searchable    TEXT NOT NULL,
    outcome       TEXT NOT NULL,
    rule          TEXT NOT NULL,
    notes         TEXT NOT NULL,
    -- Values in the order of run.columns, as JSON: {"target": value}.
    cells         TEXT NOT NULL,
    -- Digest of the cells as CSV text: Bulk results come back unordered and are told apart by their values.
    digest        BLOB,
    job_number    INTEGER,
    salesforce_id TEXT,
    error_code    TEXT,
    error         TEXT,
    attempts      INTEGER NOT NULL DEFAULT 0,
    settled_at    TEXT,
    PRIMARY KEY (run_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_line_outcome ON run_line (run_id, outcome, line);
CREATE INDEX run_line_record ON run_line (salesforce_id) WHERE salesforce_id IS NOT NULL;
CREATE INDEX run_line_digest ON run_line (run_id, digest) WHERE digest IS NOT NULL;

-- Faults of single fields that a plan met, counted.
CREATE TABLE run_fault (
    run_id   INTEGER NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
    outcome  TEXT NOT NULL,
    code     TEXT NOT NULL,
    sentence TEXT NOT NULL,
    records  INTEGER NOT NULL,
    PRIMARY KEY (run_id, outcome, code, sentence)
) STRICT, WITHOUT ROWID;

-- The journal: every call that writes, before it is made.
CREATE TABLE run_job (
    run_id      INTEGER NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
    job_number  INTEGER NOT NULL,
    api         TEXT NOT NULL CHECK (api IN ('rest', 'bulk')),
    state       TEXT NOT NULL,
    -- Id of the Bulk job; null before it is created, and for a REST call.
    job_id      TEXT,
    records     INTEGER NOT NULL,
    intended_at TEXT NOT NULL,
    PRIMARY KEY (run_id, job_number)
) STRICT, WITHOUT ROWID;
