-- Finds the entries of the audit log that have the three letters of a part of a word, without reading the log. It keeps which
-- entries have them and nothing else: the words themselves are looked for in those entries.
CREATE VIRTUAL TABLE audit_search USING fts5 (searchable, content = '', detail = none, columnsize = 0,
    tokenize = 'trigram case_sensitive 1');
INSERT INTO audit_search (rowid, searchable) SELECT entry_id, searchable FROM audit_entry;
CREATE TRIGGER audit_entry_is_found AFTER INSERT ON audit_entry
BEGIN INSERT INTO audit_search (rowid, searchable) VALUES (new.entry_id, new.searchable); END;
