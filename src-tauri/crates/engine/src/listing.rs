//! The Lists page: lists, their profiles, renaming, deleting, taking back.

use model::ProfileKind;
use model::Selection;
use store::{ListRow, Read};

use crate::Engine;
use crate::audit::{self, Entry};
use crate::contract::app::Nothing;
use crate::contract::audit::AuditArea;
use crate::contract::event::Event;
use crate::contract::lists::{
    ListHandle, ListKind, ListQuery, ListSummary, Lists, ProfilePage, ProfileQuery, ProfileRow, RenameList,
};
use crate::fault::{Code, Fault};

/// A window of rows is never larger.
pub(crate) const LARGEST_WINDOW: u32 = 500;
const LONGEST_NAME_CHARACTERS: usize = 120;

/// `lists.list`
pub(crate) async fn list(engine: &Engine, params: ListQuery) -> Result<Lists, Fault> {
    let lists = engine.read(|read| Ok(read.lists()?)).await?;
    let total_lists = u32::try_from(lists.len()).unwrap_or(u32::MAX);
    let search = params.search.trim().to_lowercase();
    let lists = lists
        .into_iter()
        .filter(|list| list.name.to_lowercase().contains(&search))
        .map(summary)
        .collect();
    Ok(Lists { lists, total_lists })
}

/// `lists.profiles`
pub(crate) async fn profiles(engine: &Engine, params: ProfileQuery) -> Result<ProfilePage, Fault> {
    engine
        .read(move |read| {
            let list = live_list(read, params.list_id)?;
            let search = params.search.trim().to_owned();
            let selection = if search.is_empty() {
                Selection::All
            } else {
                Selection::Matching {
                    search,
                    except: Vec::new(),
                }
            };
            let matching_profiles = match selection {
                Selection::All => list.profiles,
                _ => read.count_profiles(list.list_id, &selection)?,
            };
            let rows = read.profile_rows(
                list.list_id,
                &selection,
                params.offset,
                params.limit.min(LARGEST_WINDOW),
            )?;
            Ok(ProfilePage {
                list: summary(list),
                matching_profiles,
                offset: params.offset,
                profiles: rows
                    .into_iter()
                    .map(|row| ProfileRow {
                        profile_id: row.profile_id,
                        line: row.line,
                        zoominfo_id: row.zoominfo_id,
                        name: row.name,
                        company: row.company,
                        title: row.title,
                        email: row.email,
                        phone: row.phone,
                        place: row.place,
                    })
                    .collect(),
            })
        })
        .await
}

/// `lists.rename`
pub(crate) async fn rename(engine: &Engine, params: RenameList) -> Result<ListSummary, Fault> {
    let name = checked_name(&params.name)?;
    let list = engine
        .write(move |write| {
            let before = live_list(write, params.list_id)?.name;
            write.rename_list(params.list_id, &name)?;
            let entry = Entry::new(
                AuditArea::Lists,
                "list_renamed",
                format!("Renamed the list “{before}”."),
            );
            audit::note(write, entry.before(before).after(name))?;
            live_list(write, params.list_id)
        })
        .await?;
    engine.emit(Event::Lists {});
    Ok(summary(list))
}

/// `lists.delete`
pub(crate) async fn delete(engine: &Engine, params: ListHandle) -> Result<Nothing, Fault> {
    engine
        .write(move |write| {
            let list = live_list(write, params.list_id)?;
            let told = told(&list);
            write.delete_list(params.list_id, &store::now())?;
            let entry = Entry::new(
                AuditArea::Lists,
                "list_deleted",
                format!("Deleted the list “{}”.", list.name),
            );
            audit::note(write, entry.before(told))
        })
        .await?;
    engine.emit(Event::Lists {});
    Ok(Nothing {})
}

/// `lists.restore`
pub(crate) async fn restore(engine: &Engine, params: ListHandle) -> Result<ListSummary, Fault> {
    let list = engine
        .write(move |write| {
            write.restore_list(params.list_id)?;
            let list = live_list(write, params.list_id)?;
            let entry = Entry::new(
                AuditArea::Lists,
                "list_restored",
                format!("Took back the deletion of the list “{}”.", list.name),
            );
            audit::note(write, entry.after(told(&list)))?;
            Ok(list)
        })
        .await?;
    engine.emit(Event::Lists {});
    Ok(summary(list))
}

/// What the audit log tells of a list.
pub(crate) fn told(list: &ListRow) -> String {
    format!(
        "name: {}\nprofiles: {}\nrefused rows: {}\nfile: {}",
        list.name, list.profiles, list.refused_rows, list.file_name
    )
}

/// A list that is not deleted.
pub(crate) fn live_list(read: &Read<'_>, list_id: i64) -> Result<ListRow, Fault> {
    let list = read.list(list_id)?;
    match list {
        Some(list) if read.list_is_live(list_id)? => Ok(list),
        _ => Err(Fault::new(
            Code::NotFound,
            "This list is not there any more. Choose another one.",
        )),
    }
}

/// A list's name as it may be stored.
pub(crate) fn checked_name(name: &str) -> Result<String, Fault> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Fault::new(Code::Invalid, "The list needs a name.").at_field("name"));
    }
    if name.chars().count() > LONGEST_NAME_CHARACTERS {
        return Err(Fault::new(
            Code::Invalid,
            format!("The name is too long. Use {LONGEST_NAME_CHARACTERS} characters at most."),
        )
        .at_field("name"));
    }
    Ok(name.to_owned())
}

/// A list as the contract shows it.
pub(crate) fn summary(list: ListRow) -> ListSummary {
    ListSummary {
        list_id: list.list_id,
        name: list.name,
        kind: list_kind(list.kind),
        profiles: list.profiles,
        refused_rows: list.refused_rows,
        file_name: list.file_name,
        header: list.header,
        extra_columns: list.extra_columns,
        imported_at: list.imported_at,
        imported_by: list.imported_by,
    }
}

/// The kind of a list of such profiles.
pub(crate) fn list_kind(kind: ProfileKind) -> ListKind {
    match kind {
        ProfileKind::Contact => ListKind::Contacts,
        ProfileKind::Company => ListKind::Companies,
    }
}
