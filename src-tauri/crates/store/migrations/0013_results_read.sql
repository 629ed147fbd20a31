-- Where reading the results of a job goes on that are kept beside the database: the file, and the byte of its next row. NULL while
-- none are kept.
ALTER TABLE run_job ADD COLUMN results_file TEXT;
ALTER TABLE run_job ADD COLUMN results_byte INTEGER NOT NULL DEFAULT 0;
