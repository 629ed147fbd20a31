-- Tests of mappings, and what came of each.
CREATE TABLE mapping_test (
    test_id    INTEGER PRIMARY KEY AUTOINCREMENT,
    object     TEXT NOT NULL CHECK (object IN ('account', 'contact', 'lead')),
    org_id     TEXT NOT NULL,
    org_name   TEXT NOT NULL,
    -- The connected user, who owns what the test makes.
    user_id    TEXT NOT NULL,
    -- Digest of the org and the rows: tells whether exactly these rows were tested.
    digest     BLOB NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('running', 'passed', 'differs', 'refused', 'interrupted')),
    started_at TEXT NOT NULL,
    -- The result, as JSON.
    document   TEXT NOT NULL
) STRICT;
CREATE INDEX mapping_test_digest ON mapping_test (digest, test_id);
CREATE INDEX mapping_test_object ON mapping_test (org_id, object, test_id);

-- The tests' journal: every record, before it is made.
CREATE TABLE mapping_test_record (
    test_id       INTEGER NOT NULL REFERENCES mapping_test (test_id) ON DELETE CASCADE,
    number        INTEGER NOT NULL,
    -- API name.
    object        TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('intended', 'made', 'deleted', 'never_made', 'unclear')),
    -- By Salesforce's clock, so that the record can be found by its date of creation.
    intended_at   TEXT NOT NULL,
    -- Exactly the values that are sent, as JSON.
    cells         TEXT NOT NULL,
    salesforce_id TEXT,
    -- Records of which one may be it, when they cannot be told apart, as JSON.
    candidates    TEXT NOT NULL DEFAULT '[]',
    -- Why it is still there.
    sentence      TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (test_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX mapping_test_record_id ON mapping_test_record (salesforce_id) WHERE salesforce_id IS NOT NULL;
CREATE INDEX mapping_test_record_state ON mapping_test_record (state);
