-- Few records are edited by hand; which ones is asked for each time that a plan is looked at again.
CREATE INDEX run_record_edited ON run_record (place) WHERE edits IS NOT NULL;
