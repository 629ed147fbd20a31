-- Where reading the results of a job goes on that are kept beside the database: the file, the byte of its next row, and what the
-- org told last of the job, as JSON. NULL while none are kept.
ALTER TABLE run_job ADD COLUMN results_file TEXT;
ALTER TABLE run_job ADD COLUMN results_byte INTEGER;
ALTER TABLE run_job ADD COLUMN results_job TEXT;
