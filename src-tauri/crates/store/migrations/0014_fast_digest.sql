-- Rows are told apart by another hash: an upload makes the digests of its lines anew where they are missing.
UPDATE run_line SET digest = NULL WHERE digest IS NOT NULL;
