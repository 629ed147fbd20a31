-- Mirrors of the org's records: every filling of an object's mirror, finished or not. Which one counts is in `mirror`.
CREATE TABLE mirror_fill (
    fill_id           INTEGER PRIMARY KEY AUTOINCREMENT,
    object            TEXT NOT NULL CHECK (object IN ('account', 'contact', 'lead')),
    org_id            TEXT NOT NULL,
    started_at        TEXT NOT NULL,
    -- API names of the values of every record, in their order, as JSON.
    columns           TEXT NOT NULL,
    -- API name of the field with ZoomInfo's id, from which keys were made; null where the org has none.
    zoominfo_id_field TEXT,
    -- Version of the rules by which keys were made.
    key_version       INTEGER NOT NULL,
    records           INTEGER NOT NULL DEFAULT 0,
    keys              INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The finished mirror of an object, one row or none.
CREATE TABLE mirror (
    object       TEXT PRIMARY KEY CHECK (object IN ('account', 'contact', 'lead')),
    fill_id      INTEGER NOT NULL REFERENCES mirror_fill (fill_id),
    completed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Its records. A place is the fill's id times 2^32 plus the record's number in it, so that a fill is one range.
CREATE TABLE mirror_record (
    place         INTEGER PRIMARY KEY,
    salesforce_id TEXT NOT NULL,
    -- The values, in the order of mirror_fill.columns, as JSON; null where blank.
    cells         TEXT NOT NULL
) STRICT;

-- The keys of its records, sorted into buckets by their first bits. A place is as above, with the bucket's number.
-- One entry is eight bytes, little-endian: the key's last 32 bits, then the record's number; entries ascend.
CREATE TABLE mirror_key (
    place   INTEGER PRIMARY KEY,
    entries BLOB NOT NULL
) STRICT;

-- Keys of an unfinished fill, as they came, by their first six bits: the key's eight bytes, then the record's number in four.
CREATE TABLE mirror_key_run (
    fill_id INTEGER NOT NULL,
    part    INTEGER NOT NULL,
    entries BLOB NOT NULL
) STRICT;
CREATE INDEX mirror_key_run_part ON mirror_key_run (fill_id, part);
