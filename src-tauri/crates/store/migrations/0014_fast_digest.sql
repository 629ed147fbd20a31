-- Rows are told apart by another hash. Whoever needs the digest of a line that has none makes it of its values.
UPDATE run_line SET digest = NULL WHERE digest IS NOT NULL;
