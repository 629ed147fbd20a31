-- What is to be written lies apart from what is decided and becomes of it, so that an outcome rewrites a short row and no
-- values and no index but that of records: short rows are gone through in order faster than an index of outcomes is kept.
ALTER TABLE run_line RENAME TO old_run_line;
DROP INDEX run_line_outcome;
DROP INDEX run_line_record;
DROP INDEX run_line_digest;
DROP INDEX run_line_company;

-- One line for every record of a run: what the plan does with it, and what became of it. Words are checked one by one: a list
-- of them would be made into a table each time that a line is written.
CREATE TABLE run_line (
    run_id         INTEGER NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
    line           INTEGER NOT NULL,
    object         TEXT NOT NULL CHECK (object = 'account' OR object = 'contact' OR object = 'lead'),
    profile_id     INTEGER NOT NULL,
    action         TEXT NOT NULL CHECK (action = 'create' OR action = 'update' OR action = 'ask' OR action = 'skip'
        OR action = 'refuse' OR action = 'delete' OR action = 'restore'),
    outcome        TEXT NOT NULL,
    -- Criterion and grade of the match, where one decided.
    criterion      TEXT,
    grade          TEXT CHECK (grade = 'exact' OR grade = 'likely' OR grade = 'possible'),
    -- What somebody answered, as JSON.
    answer         TEXT,
    -- Whether something was shortened or left out.
    is_noted       INTEGER NOT NULL DEFAULT 0 CHECK (is_noted IN (0, 1)),
    -- How many values of an update are written into blank fields, over others, made blank, and left.
    filled_values      INTEGER NOT NULL DEFAULT 0,
    overwritten_values INTEGER NOT NULL DEFAULT 0,
    cleared_values     INTEGER NOT NULL DEFAULT 0,
    unchanged_values   INTEGER NOT NULL DEFAULT 0,
    -- The company of a contact, whose account it gets.
    company_number INTEGER,
    -- Id of the account that the record belongs to: rows of one parent are sent together, so that they do not lock each other out.
    parent_id      TEXT,
    job_number     INTEGER,
    salesforce_id  TEXT,
    error_code     TEXT,
    error          TEXT,
    attempts       INTEGER NOT NULL DEFAULT 0,
    settled_at     TEXT,
    PRIMARY KEY (run_id, line)
) STRICT, WITHOUT ROWID;
INSERT INTO run_line (run_id, line, object, profile_id, action, outcome, criterion, grade, answer, is_noted, filled_values,
        overwritten_values, cleared_values, unchanged_values, company_number, parent_id, job_number, salesforce_id, error_code,
        error, attempts, settled_at)
    SELECT run_id, line, object, profile_id, action, outcome, criterion, grade, answer, notes <> '[]', filled_values,
        overwritten_values, cleared_values, unchanged_values, company_number, parent_id, job_number, salesforce_id, error_code,
        error, attempts, settled_at FROM old_run_line;
CREATE INDEX run_line_error ON run_line (run_id, outcome, error_code) WHERE error_code IS NOT NULL;
CREATE INDEX run_line_record ON run_line (salesforce_id) WHERE salesforce_id IS NOT NULL;
CREATE INDEX run_line_company ON run_line (run_id, company_number) WHERE company_number IS NOT NULL;

-- The record of a line: whose it is, and what is to be written. It is too long for a table without a row id, in which each
-- would take a page of its own.
CREATE TABLE run_record (
    -- Run and line: run_id << 32 | line.
    place       INTEGER PRIMARY KEY,
    -- Digest of the cells as CSV text: Bulk results come back unordered and are told apart by their values.
    digest      BLOB,
    zoominfo_id TEXT,
    name        TEXT NOT NULL,
    company     TEXT NOT NULL,
    -- What a search looks through: the columns above in lower case.
    searchable  TEXT NOT NULL,
    -- What decided, in words.
    rule        TEXT NOT NULL,
    notes       TEXT NOT NULL,
    -- Values to write, as JSON: {"target": value}. Of an update only those that change.
    cells       TEXT NOT NULL,
    -- What an update does to each field, with the value before: the before-image, as JSON.
    changes     TEXT,
    -- When the record was last changed before the plan, as Salesforce tells it.
    modified_at TEXT,
    -- Values that somebody typed in place of the mapped ones, as JSON: {"target": text}.
    edits       TEXT
) STRICT;
INSERT INTO run_record (place, digest, zoominfo_id, name, company, searchable, rule, notes, cells, changes, modified_at,
        edits)
    SELECT run_id << 32 | line, digest, zoominfo_id, name, company, searchable, rule, notes, cells, changes, modified_at, edits
    FROM old_run_line;
DROP TABLE old_run_line;
CREATE TRIGGER run_record_goes_with_its_run AFTER DELETE ON run
BEGIN DELETE FROM run_record WHERE place >= old.run_id << 32 AND place < (old.run_id + 1) << 32; END;
