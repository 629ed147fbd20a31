-- Plans with updates, questions, owners and accounts; runs that undo or retry others.
-- A CHECK cannot be changed in place, so run and its children are made anew.
ALTER TABLE run RENAME TO old_run;
ALTER TABLE run_line RENAME TO old_run_line;
ALTER TABLE run_fault RENAME TO old_run_fault;
ALTER TABLE run_job RENAME TO old_run_job;
DROP INDEX run_line_outcome;
DROP INDEX run_line_record;
DROP INDEX run_line_digest;

CREATE TABLE run (
    run_id              INTEGER PRIMARY KEY AUTOINCREMENT,
    kind                TEXT NOT NULL CHECK (kind IN ('export', 'undo')),
    object              TEXT NOT NULL CHECK (object IN ('account', 'contact', 'lead')),
    list_id             INTEGER NOT NULL REFERENCES list (list_id),
    list_name           TEXT NOT NULL,
    -- The run that this one retries, repeats or undoes.
    source_run_id       INTEGER REFERENCES run (run_id),
    state               TEXT NOT NULL,
    state_sentence      TEXT NOT NULL,
    api                 TEXT NOT NULL CHECK (api IN ('rest', 'bulk')),
    org_id              TEXT NOT NULL,
    org_name            TEXT NOT NULL,
    org_kind            TEXT NOT NULL,
    mapping_version     INTEGER NOT NULL,
    -- Target fields in the order of the cells of every line, as JSON.
    columns             TEXT NOT NULL,
    -- What was chosen and what the settings were, as JSON.
    options             TEXT NOT NULL DEFAULT '{}',
    -- What the plan found out about the org, as JSON.
    findings            TEXT NOT NULL DEFAULT '{}',
    started_by          TEXT NOT NULL,
    planned_at          TEXT NOT NULL,
    started_at          TEXT,
    finished_at         TEXT,
    -- Records of the run's object; accounts that a run of contacts creates are counted apart.
    total_records       INTEGER NOT NULL,
    created_records     INTEGER NOT NULL DEFAULT 0,
    updated_records     INTEGER NOT NULL DEFAULT 0,
    deleted_records     INTEGER NOT NULL DEFAULT 0,
    restored_records    INTEGER NOT NULL DEFAULT 0,
    skipped_records     INTEGER NOT NULL DEFAULT 0,
    refused_records     INTEGER NOT NULL DEFAULT 0,
    failed_records      INTEGER NOT NULL DEFAULT 0,
    uncertain_records   INTEGER NOT NULL DEFAULT 0,
    waiting_records     INTEGER NOT NULL DEFAULT 0,
    asked_records       INTEGER NOT NULL DEFAULT 0,
    -- The plan's own counts, as they were when it was finished or last answered.
    plan                TEXT NOT NULL DEFAULT '{}',
    api_calls           INTEGER NOT NULL DEFAULT 0,
    estimated_api_calls INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO run (run_id, kind, object, list_id, list_name, state, state_sentence, api, org_id, org_name, org_kind,
        mapping_version, columns, started_by, planned_at, started_at, finished_at, total_records, created_records,
        updated_records, skipped_records, refused_records, failed_records, uncertain_records, waiting_records, plan,
        api_calls, estimated_api_calls)
    SELECT run_id, kind, object, list_id, list_name, state, state_sentence, api, org_id, org_name, org_kind,
        mapping_version, columns, started_by, planned_at, started_at, finished_at, total_records, created_records,
        updated_records, skipped_records, refused_records, failed_records, uncertain_records, waiting_records,
        json_object('create_records', planned_records, 'refuse_records', refused_in_plan_records, 'noted_records', noted_records),
        api_calls, estimated_api_calls FROM old_run;

-- One line for every record of a run: what is to be written, and what became of it.
CREATE TABLE run_line (
    run_id        INTEGER NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
    line          INTEGER NOT NULL,
    object        TEXT NOT NULL CHECK (object IN ('account', 'contact', 'lead')),
    profile_id    INTEGER NOT NULL,
    zoominfo_id   TEXT,
    name          TEXT NOT NULL,
    company       TEXT NOT NULL,
    searchable    TEXT NOT NULL,
    action        TEXT NOT NULL CHECK (action IN ('create', 'update', 'ask', 'skip', 'refuse', 'delete', 'restore')),
    outcome       TEXT NOT NULL,
    -- What decided, in words.
    rule          TEXT NOT NULL,
    -- Criterion and grade of the match, where one decided.
    criterion     TEXT,
    grade         TEXT CHECK (grade IN ('exact', 'likely', 'possible')),
    notes         TEXT NOT NULL,
    -- Values to write, as JSON: {"target": value}. Of an update only those that change.
    cells         TEXT NOT NULL,
    -- What an update does to each field, with the value before: the before-image, as JSON.
    changes       TEXT,
    -- How many values of an update are written into blank fields, over others, made blank, and left.
    filled_values      INTEGER NOT NULL DEFAULT 0,
    overwritten_values INTEGER NOT NULL DEFAULT 0,
    cleared_values     INTEGER NOT NULL DEFAULT 0,
    unchanged_values   INTEGER NOT NULL DEFAULT 0,
    -- When the record was last changed before the plan, as Salesforce tells it.
    modified_at   TEXT,
    -- Values that somebody typed in place of the mapped ones, as JSON: {"target": text}.
    edits         TEXT,
    -- What somebody answered, as JSON.
    answer        TEXT,
    -- The company of a contact, whose account it gets.
    company_number INTEGER,
    -- Id of the account that the record belongs to: rows of one parent are sent together, so that they do not lock each other out.
    parent_id     TEXT,
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
INSERT INTO run_line (run_id, line, object, profile_id, zoominfo_id, name, company, searchable, action, outcome, rule, notes,
        cells, digest, job_number, salesforce_id, error_code, error, attempts, settled_at)
    SELECT old_run_line.run_id, line, run.object, profile_id, zoominfo_id, name, company, searchable,
        CASE outcome WHEN 'refused' THEN 'refuse' WHEN 'skipped' THEN 'skip' ELSE 'create' END,
        CASE outcome WHEN 'sent' THEN 'planned' ELSE outcome END, rule, notes,
        cells, digest, job_number, salesforce_id, error_code, error, attempts, settled_at
    FROM old_run_line JOIN run USING (run_id);
CREATE INDEX run_line_outcome ON run_line (run_id, outcome, line);
CREATE INDEX run_line_record ON run_line (salesforce_id) WHERE salesforce_id IS NOT NULL;
CREATE INDEX run_line_digest ON run_line (run_id, digest) WHERE digest IS NOT NULL;
CREATE INDEX run_line_company ON run_line (run_id, company_number) WHERE company_number IS NOT NULL;

-- How many values of each field the updates of a plan write and leave.
CREATE TABLE run_field (
    run_id             INTEGER NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
    target             TEXT NOT NULL,
    filled_values      INTEGER NOT NULL,
    overwritten_values INTEGER NOT NULL,
    cleared_values     INTEGER NOT NULL,
    unchanged_values   INTEGER NOT NULL,
    PRIMARY KEY (run_id, target)
) STRICT, WITHOUT ROWID;

-- Records of the org that a line may be, or earlier lines of its run, best first.
CREATE TABLE run_candidate (
    run_id        INTEGER NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
    line          INTEGER NOT NULL,
    number        INTEGER NOT NULL,
    object        TEXT NOT NULL CHECK (object IN ('account', 'contact', 'lead')),
    -- Null for an earlier line.
    salesforce_id TEXT,
    -- The earlier line; null for a record of the org.
    other_line    INTEGER,
    grade         TEXT NOT NULL CHECK (grade IN ('exact', 'likely', 'possible')),
    -- Code of the criterion; null where the org's own rules found the record.
    criterion     TEXT,
    -- What agrees, in words.
    reason        TEXT NOT NULL,
    -- The record's texts by API name, as JSON.
    document      TEXT NOT NULL,
    PRIMARY KEY (run_id, line, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_candidate_record ON run_candidate (run_id, salesforce_id) WHERE salesforce_id IS NOT NULL;

-- Companies of a run of contacts: one question each.
CREATE TABLE run_company (
    run_id         INTEGER NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
    company_number INTEGER NOT NULL,
    -- What tells companies of one run apart.
    company_key    TEXT NOT NULL,
    -- What companies that are told apart by their ids and become one account have in common: domain and name.
    account_key    TEXT,
    name           TEXT NOT NULL,
    website        TEXT NOT NULL,
    -- The first contact's profile: the account is made from it.
    profile_id     INTEGER NOT NULL,
    contacts       INTEGER NOT NULL,
    -- How many accounts match.
    accounts       TEXT NOT NULL CHECK (accounts IN ('none', 'one', 'several')),
    -- Accounts of the org, best first, as JSON.
    candidates     TEXT NOT NULL,
    -- What is done, as JSON; null until somebody answers.
    answer         TEXT,
    -- Whether the settings gave the answer.
    is_automatic   INTEGER NOT NULL CHECK (is_automatic IN (0, 1)),
    -- The line that creates the account.
    account_line   INTEGER,
    -- The account, once it is there.
    account_id     TEXT,
    PRIMARY KEY (run_id, company_number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX run_company_key ON run_company (run_id, company_key);
CREATE INDEX run_company_account_key ON run_company (run_id, account_key) WHERE account_line IS NOT NULL;
CREATE INDEX run_company_account_line ON run_company (run_id, account_line) WHERE account_line IS NOT NULL;

CREATE TABLE run_fault (
    run_id   INTEGER NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
    outcome  TEXT NOT NULL,
    code     TEXT NOT NULL,
    sentence TEXT NOT NULL,
    records  INTEGER NOT NULL,
    PRIMARY KEY (run_id, outcome, code, sentence)
) STRICT, WITHOUT ROWID;
INSERT INTO run_fault SELECT * FROM old_run_fault;

-- The journal: every call that writes, before it is made.
CREATE TABLE run_job (
    run_id      INTEGER NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
    job_number  INTEGER NOT NULL,
    api         TEXT NOT NULL CHECK (api IN ('rest', 'bulk')),
    -- What the plan does with the lines that it takes.
    action      TEXT NOT NULL CHECK (action IN ('create', 'update', 'delete', 'restore')),
    -- API name of the object that is written.
    object      TEXT NOT NULL,
    -- Takes every planned line of its object and action, or those that carry its number. Lines that wait for the answer
    -- of a job stay 'planned': which of them are on their way is told by the job, so that starting one writes one row.
    takes       TEXT NOT NULL CHECK (takes IN ('all', 'picked')),
    -- Columns of the upload in order, as JSON; null for a REST call.
    columns     TEXT,
    state       TEXT NOT NULL,
    -- Id of the Bulk job; null before it is created, and for a REST call.
    job_id      TEXT,
    records     INTEGER NOT NULL,
    intended_at TEXT NOT NULL,
    PRIMARY KEY (run_id, job_number)
) STRICT, WITHOUT ROWID;
INSERT INTO run_job (run_id, job_number, api, action, object, takes, columns, state, job_id, records, intended_at)
    SELECT old_run_job.run_id, job_number, old_run_job.api, 'create',
        upper(substr(run.object, 1, 1)) || substr(run.object, 2), 'picked', CASE old_run_job.api WHEN 'bulk' THEN run.columns END,
        old_run_job.state, job_id, records, intended_at
    FROM old_run_job JOIN run USING (run_id);

-- Memberships of a campaign that a run adds, or that an undo takes away.
CREATE TABLE run_member (
    run_id        INTEGER NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
    line          INTEGER NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('planned', 'sent', 'added', 'was_member', 'removed', 'failed')),
    member_id     TEXT,
    error_code    TEXT,
    error         TEXT,
    PRIMARY KEY (run_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_member_record ON run_member (run_id, member_id) WHERE member_id IS NOT NULL;

DROP TABLE old_run_fault;
DROP TABLE old_run_job;
DROP TABLE old_run_line;
DROP TABLE old_run;

-- The Export tab: duplicates of each object.
ALTER TABLE export_setting ADD COLUMN duplicates TEXT NOT NULL DEFAULT '';
-- The Export tab: accounts of contacts, the budget, the assignment rule for Bulk exports, as JSON.
CREATE TABLE export_rules (
    slot     INTEGER PRIMARY KEY CHECK (slot = 1),
    document TEXT NOT NULL
) STRICT;

-- The Salesforce user whom a person is.
CREATE TABLE user_mapping (
    person_id  INTEGER NOT NULL REFERENCES person (person_id) ON DELETE CASCADE,
    org_id     TEXT NOT NULL,
    -- Null: an admin said that the person is nobody of the org.
    user_id    TEXT,
    user_name  TEXT,
    found_by   TEXT NOT NULL CHECK (found_by IN ('email', 'name', 'admin')),
    PRIMARY KEY (person_id, org_id)
) STRICT, WITHOUT ROWID;

-- API calls that this app made, by day of UTC: what the budget is held against.
CREATE TABLE api_use (
    org_id TEXT NOT NULL,
    day    TEXT NOT NULL,
    calls  INTEGER NOT NULL,
    PRIMARY KEY (org_id, day)
) STRICT, WITHOUT ROWID;
