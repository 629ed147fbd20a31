//! Profiles of lists.

use model::{Profile, RetriedLines, Selection};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{OptionalExtension, ToSql, params, params_from_iter};

use crate::word::{from_json, to_json};
use crate::{Read, StoreError, Write};

/// A profile that is being imported.
#[derive(Debug)]
pub struct NewProfile<'a> {
    /// Place within the list, from 0.
    pub position: u32,
    /// Line of the file it came from.
    pub line: u64,
    /// The profile.
    pub profile: &'a Profile,
    /// Columns for the table.
    pub title: String,
    /// E-mail address.
    pub email: String,
    /// Best phone number.
    pub phone: String,
    /// City, state, country.
    pub place: String,
}

/// A profile as a row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileRow {
    /// Id.
    pub profile_id: i64,
    /// Line of the file it came from.
    pub line: u64,
    /// ZoomInfo id.
    pub zoominfo_id: Option<String>,
    /// Name.
    pub name: String,
    /// Company of a contact, website of a company.
    pub company: String,
    /// Title of a contact, industry of a company.
    pub title: String,
    /// E-mail address.
    pub email: String,
    /// Best phone number.
    pub phone: String,
    /// City, state, country.
    pub place: String,
}

/// The condition on `profile` of a selection, and its parameters after the list's id.
fn condition(selection: &Selection, list_id: i64) -> (String, Vec<Value>) {
    let mut values = vec![Value::Integer(list_id)];
    let ids = |ids: &[i64]| {
        Value::Text(format!(
            "[{}]",
            ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
        ))
    };
    let condition = match selection {
        Selection::All => "list_id = ?1".to_owned(),
        Selection::Matching { search, except } => {
            values.push(Value::Text(search.trim().to_lowercase()));
            values.push(ids(except));
            "list_id = ?1 AND instr(searchable, ?2) > 0 AND profile_id NOT IN (SELECT value FROM json_each(?3))".to_owned()
        }
        Selection::Picked { profile_ids: picked } => {
            values.push(ids(picked));
            "list_id = ?1 AND profile_id IN (SELECT value FROM json_each(?2))".to_owned()
        }
        Selection::OfRun { run_id, lines } => {
            values.push(Value::Integer(*run_id));
            let which = match lines {
                RetriedLines::Failed => "outcome IN ('failed', 'refused')",
                RetriedLines::Unanswered => "outcome = 'skipped' AND error_code = 'not_answered'",
                RetriedLines::Picked { lines } => {
                    let lines: Vec<i64> = lines.iter().copied().map(i64::from).collect();
                    values.push(ids(&lines));
                    "line IN (SELECT value FROM json_each(?3))"
                }
            };
            // What a run that followed has written already is not tried again.
            format!(
                "list_id = ?1 AND profile_id IN (SELECT run_line.profile_id FROM run_line JOIN run USING (run_id)
                     WHERE run_line.run_id = ?2 AND run_line.object = run.object AND {which})
                 AND profile_id NOT IN (SELECT run_line.profile_id FROM run_line JOIN run USING (run_id)
                     WHERE run.source_run_id = ?2 AND run.kind = 'export' AND run_line.object = run.object
                         AND outcome IN ('created', 'updated', 'uncertain'))"
            )
        }
    };
    (condition, values)
}

/// A profile as it is stored.
#[derive(Debug, Clone, Copy)]
pub struct StoredProfile<'a> {
    /// Id.
    pub profile_id: i64,
    /// Place within the list, from 0.
    pub position: u32,
    /// ZoomInfo id.
    pub zoominfo_id: Option<&'a str>,
    /// Name.
    pub name: &'a str,
    /// Company of a contact, website of a company.
    pub company: &'a str,
    /// The whole profile, as JSON.
    pub document: &'a str,
}

impl Read<'_> {
    /// How many profiles a selection holds.
    pub fn count_profiles(&self, list_id: i64, selection: &Selection) -> Result<u32, StoreError> {
        let (condition, values) = condition(selection, list_id);
        let sql = format!("SELECT count(*) FROM profile WHERE {condition}");
        Ok(self
            .connection
            .query_row(&sql, params_from_iter(values), |row| row.get(0))?)
    }

    /// A window of a list's rows.
    pub fn profile_rows(
        &self,
        list_id: i64,
        selection: &Selection,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<ProfileRow>, StoreError> {
        let (condition, values) = condition(selection, list_id);
        // The whole list is paged by position, which an index answers at once; a search has to look.
        let sql = if *selection == Selection::All {
            format!(
                "SELECT profile_id, line, zoominfo_id, name, company, title, email, phone, place FROM profile
                 WHERE {condition} AND position >= {offset} ORDER BY position LIMIT {limit}"
            )
        } else {
            format!(
                "SELECT profile_id, line, zoominfo_id, name, company, title, email, phone, place FROM profile
                 WHERE {condition} ORDER BY position LIMIT {limit} OFFSET {offset}"
            )
        };
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| {
            Ok(ProfileRow {
                profile_id: row.get(0)?,
                line: row.get(1)?,
                zoominfo_id: row.get(2)?,
                name: row.get(3)?,
                company: row.get(4)?,
                title: row.get(5)?,
                email: row.get(6)?,
                phone: row.get(7)?,
                place: row.get(8)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Hands every profile of a selection to `each`, in the list's order, at most `limit` of them.
    pub fn for_each_profile<E: From<StoreError>>(
        &self,
        list_id: i64,
        selection: &Selection,
        limit: u32,
        mut each: impl FnMut(i64, Profile) -> Result<(), E>,
    ) -> Result<(), E> {
        let (condition, values) = condition(selection, list_id);
        let sql = format!(
            "SELECT profile_id, document FROM profile WHERE {condition} ORDER BY position LIMIT {limit}"
        );
        let mut statement = self.connection.prepare(&sql).map_err(StoreError::from)?;
        let parameters: Vec<&dyn ToSql> = values.iter().map(|value| value as &dyn ToSql).collect();
        let mut rows = statement.query(parameters.as_slice()).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let profile_id: i64 = row.get(0).map_err(StoreError::from)?;
            let document = row.get_ref(1).map_err(StoreError::from)?;
            each(profile_id, from_json("profile.document", text(document)?)?)?;
        }
        Ok(())
    }

    /// Hands the profiles of a selection from a place on to `each`, in the list's order, at most `limit` of them.
    pub fn for_each_stored_profile<E: From<StoreError>>(
        &self,
        list_id: i64,
        selection: &Selection,
        from_position: u32,
        limit: u32,
        mut each: impl FnMut(StoredProfile<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let (condition, values) = condition(selection, list_id);
        let sql = format!(
            "SELECT profile_id, position, zoominfo_id, name, company, document FROM profile
             WHERE {condition} AND position >= {from_position} ORDER BY position LIMIT {limit}"
        );
        let mut statement = self.connection.prepare(&sql).map_err(StoreError::from)?;
        let mut rows = statement
            .query(params_from_iter(values))
            .map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let column = |index| -> Result<&str, StoreError> { text(row.get_ref(index)?) };
            let zoominfo_id = match row.get_ref(2).map_err(StoreError::from)? {
                ValueRef::Null => None,
                id => Some(text(id)?),
            };
            each(StoredProfile {
                profile_id: row.get(0).map_err(StoreError::from)?,
                position: row.get(1).map_err(StoreError::from)?,
                zoominfo_id,
                name: column(3)?,
                company: column(4)?,
                document: column(5)?,
            })?;
        }
        Ok(())
    }

    /// Hands the stored JSON of the profiles at places `from` to before `to` of a list to `each`, with their places.
    pub fn for_each_profile_document<E: From<StoreError>>(
        &self,
        list_id: i64,
        from: u32,
        to: u32,
        mut each: impl FnMut(u32, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT position, document FROM profile WHERE list_id = ?1 AND position >= ?2 AND position < ?3
                 ORDER BY position",
            )
            .map_err(StoreError::from)?;
        let mut rows = statement
            .query(params![list_id, from, to])
            .map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let document = row.get_ref(1).map_err(StoreError::from)?;
            each(row.get(0).map_err(StoreError::from)?, text(document)?)?;
        }
        Ok(())
    }

    /// One profile.
    pub fn profile(&self, profile_id: i64) -> Result<Option<Profile>, StoreError> {
        self.profile_document(profile_id)?
            .map(|document| from_json("profile.document", &document))
            .transpose()
    }

    /// The stored JSON of a profile.
    pub fn profile_document(&self, profile_id: i64) -> Result<Option<String>, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT document FROM profile WHERE profile_id = ?1")?
            .query_row([profile_id], |row| row.get(0))
            .optional()?)
    }

    /// The profile at a place of a list.
    pub fn profile_at(&self, list_id: i64, position: u32) -> Result<Option<Profile>, StoreError> {
        let document: Option<String> = self
            .connection
            .query_row(
                "SELECT document FROM profile WHERE list_id = ?1 AND position = ?2",
                params![list_id, position],
                |row| row.get(0),
            )
            .optional()?;
        document
            .map(|document| from_json("profile.document", &document))
            .transpose()
    }
}

pub(super) fn text(document: ValueRef<'_>) -> Result<&str, StoreError> {
    document.as_str().map_err(|error| StoreError::Unreadable {
        place: "profile.document",
        value: error.to_string(),
    })
}

impl Write<'_> {
    /// Adds a profile; when its ZoomInfo id is in the list already, returns the line of that one instead.
    pub fn add_profile(&self, list_id: i64, new: &NewProfile<'_>) -> Result<Option<u64>, StoreError> {
        let profile = new.profile;
        let name = profile.display_name();
        let company = profile.subtitle();
        let searchable = [
            name.as_str(),
            &company,
            &new.title,
            &new.email,
            profile.zoominfo_id.as_deref().unwrap_or_default(),
        ]
        .join("\n")
        .to_lowercase();
        let added = self
            .connection
            .prepare_cached(
                "INSERT INTO profile (list_id, position, line, zoominfo_id, name, company, title, email, phone, place,
                     searchable, document)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                 ON CONFLICT (list_id, zoominfo_id) WHERE zoominfo_id IS NOT NULL DO NOTHING",
            )?
            .execute(params![
                list_id,
                new.position,
                new.line,
                profile.zoominfo_id,
                name,
                company,
                new.title,
                new.email,
                new.phone,
                new.place,
                searchable,
                to_json("profile.document", profile)?
            ])?;
        if added == 1 {
            return Ok(None);
        }
        let line: u64 = self
            .connection
            .prepare_cached("SELECT line FROM profile WHERE list_id = ?1 AND zoominfo_id = ?2")?
            .query_row(params![list_id, profile.zoominfo_id], |row| row.get(0))?;
        Ok(Some(line))
    }
}
