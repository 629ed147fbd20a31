-- Which keys a mirror has lies apart from whose they are: a whole run is held against the former, and the latter is asked for
-- by the few lines that are found. Keys of earlier versions are no longer read, so that a mirror is filled anew.
DROP TABLE mirror_key;

-- The keys of a mirror's records, sorted into buckets by their first bits. A place is the fill's id times 2^32 plus the
-- bucket's number. One entry is four bytes, little-endian: the 32 bits after those of the bucket; entries ascend.
CREATE TABLE mirror_key (
    place   INTEGER PRIMARY KEY,
    entries BLOB NOT NULL
) STRICT;

-- For each entry of a bucket, in the same order, the number of its record, four bytes, little-endian.
CREATE TABLE mirror_key_record (
    place   INTEGER PRIMARY KEY,
    numbers BLOB NOT NULL
) STRICT;
