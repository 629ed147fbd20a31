-- What whoever saved a version said of it.
ALTER TABLE mapping ADD COLUMN note TEXT NOT NULL DEFAULT '';

-- What the org said of an object's fields when its mapping was saved: changes in the org are told against it.
CREATE TABLE mapping_basis (
    object   TEXT PRIMARY KEY CHECK (object IN ('account', 'contact', 'lead')),
    org_id   TEXT NOT NULL,
    document TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO mapping_basis (object, org_id, document)
    SELECT object, org_id, document FROM describe WHERE object IN (SELECT object FROM mapping);
