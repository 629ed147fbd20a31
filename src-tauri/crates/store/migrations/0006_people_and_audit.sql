-- People with unique addresses, their own connections, and what everybody did.
ALTER TABLE person ADD COLUMN email_key TEXT;
ALTER TABLE person ADD COLUMN added_at TEXT;
-- A removed person is hidden, so that the removal can be taken back and ledgers keep their names.
ALTER TABLE person ADD COLUMN removed_at TEXT;
UPDATE person SET email_key = lower(trim(email)) WHERE email IS NOT NULL;
CREATE UNIQUE INDEX person_email ON person (email_key) WHERE email_key IS NOT NULL AND removed_at IS NULL;

-- Who connects to Salesforce, and who turned exports on or off last.
ALTER TABLE integration ADD COLUMN accounts TEXT NOT NULL DEFAULT 'service' CHECK (accounts IN ('service', 'user'));
ALTER TABLE integration ADD COLUMN exports_changed_at TEXT;
ALTER TABLE integration ADD COLUMN exports_changed_by TEXT;

-- In user-account mode everybody connects with a Salesforce user of their own. Tokens are never here.
CREATE TABLE person_connection (
    person_id    INTEGER PRIMARY KEY REFERENCES person (person_id) ON DELETE CASCADE,
    org_id       TEXT NOT NULL,
    user_id      TEXT NOT NULL,
    username     TEXT NOT NULL,
    user_name    TEXT NOT NULL,
    user_email   TEXT NOT NULL,
    connected_at TEXT NOT NULL,
    signed_out   INTEGER NOT NULL DEFAULT 0 CHECK (signed_out IN (0, 1))
) STRICT;

-- Whose run it is; null for runs of earlier versions and of the terminal with a connection of its own.
ALTER TABLE run ADD COLUMN person_id INTEGER;

-- The last report of the connection doctor, one row or none.
CREATE TABLE doctor_report (
    slot       INTEGER PRIMARY KEY CHECK (slot = 1),
    org_id     TEXT NOT NULL,
    checked_at TEXT NOT NULL,
    document   TEXT NOT NULL
) STRICT;

-- Who did what, when, and what was before and after. It only grows.
CREATE TABLE audit_entry (
    entry_id   INTEGER PRIMARY KEY AUTOINCREMENT,
    at         TEXT NOT NULL,
    person_id  INTEGER,
    person     TEXT NOT NULL,
    standing   TEXT NOT NULL,
    area       TEXT NOT NULL,
    action     TEXT NOT NULL,
    sentence   TEXT NOT NULL,
    before     TEXT,
    after      TEXT,
    run_id     INTEGER,
    org_id     TEXT,
    org_name   TEXT,
    searchable TEXT NOT NULL
) STRICT;
CREATE INDEX audit_entry_area ON audit_entry (area, entry_id);
CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
CREATE TRIGGER audit_entry_is_never_deleted BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
