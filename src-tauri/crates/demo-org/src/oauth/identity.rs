//! Who a token stands for: the identity URL and userinfo.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Json,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{
    api::{NEWEST_VERSION, bearer},
    clock,
    org::Org,
    value::{Key, Value},
};

/// `GET /id/{org}/{user}`. Its refusals are 403 with a word of plain text.
pub async fn identity(
    State(org): State<Arc<Org>>,
    Path((organization, user)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let refuse = |word: &'static str| (StatusCode::FORBIDDEN, word).into_response();
    let token = bearer(&headers)
        .map(str::to_owned)
        .or_else(|| query.get("oauth_token").cloned());
    let Some(token) = token else {
        return refuse("Missing_OAuth_Token");
    };
    let Some(caller) = org.sessions().user_of(&token) else {
        return refuse("Bad_OAuth_Token");
    };
    if org.ids.key(&organization) != Some(org.organization) {
        return refuse("Wrong_Org");
    }
    let wanted = org.ids.key(&user).filter(|key| key.object == org.admin.object);
    let Some(wanted) = wanted.filter(|key| org.read().row(*key).is_some()) else {
        return refuse("Bad_Id");
    };
    let version = match query.get("version").map(String::as_str) {
        Some("latest") => NEWEST_VERSION.to_owned(),
        Some(version) => version.to_owned(),
        None => "{version}".to_owned(),
    };
    let mut body = person(&org, wanted);
    body["id"] = json!(format!(
        "{}/id/{}/{}",
        org.instance_url,
        org.organization_id(),
        org.ids.id(wanted)
    ));
    body["asserted_user"] = json!(caller == wanted.number);
    body["urls"] = urls(&org, wanted, &version);
    body["status"] = json!({ "created_date": null, "body": null });
    Json(body).into_response()
}

/// `GET /services/oauth2/userinfo`.
pub async fn userinfo(State(org): State<Arc<Org>>, headers: HeaderMap) -> Response {
    let caller = bearer(&headers).and_then(|token| org.sessions().user_of(token));
    let Some(caller) = caller else {
        return (StatusCode::FORBIDDEN, "Bad_OAuth_Token").into_response();
    };
    let user = org.user(caller);
    let person = person(&org, user);
    let mut body = json!({
        "sub": format!("{}/id/{}/{}", org.instance_url, org.organization_id(), org.ids.id(user)),
        "preferred_username": person["username"],
        "nickname": person["nick_name"],
        "name": person["display_name"],
        "given_name": person["first_name"],
        "family_name": person["last_name"],
        "zoneinfo": person["timezone"],
        "profile": format!("{}/{}", org.instance_url, org.ids.id(user)),
        "picture": person["photos"]["picture"],
        "address": {},
        "updated_at": person["last_modified_date"],
        "urls": urls(&org, user, "{version}"),
    });
    for shared in [
        "user_id",
        "organization_id",
        "email",
        "email_verified",
        "photos",
        "active",
        "user_type",
        "language",
        "locale",
        "utcOffset",
        "is_app_installed",
    ] {
        body[shared] = person[shared].clone();
    }
    Json(body).into_response()
}

fn person(org: &Org, user: Key) -> serde_json::Value {
    let records = org.read();
    let row = records.row(user);
    let text = |name: &str| {
        row.as_ref()
            .and_then(|row| records.named(user, row, name).as_text().map(str::to_owned))
    };
    let active = row
        .as_ref()
        .is_some_and(|row| *records.named(user, row, "IsActive") == Value::Boolean(true));
    let modified = row.as_ref().map_or(0, |row| row.modified);
    let picture = format!("{}/profilephoto/005/F", org.instance_url);
    json!({
        "user_id": org.ids.id(user),
        "organization_id": org.organization_id(),
        "username": text("Username"),
        "nick_name": text("CommunityNickname"),
        "display_name": text("Name"),
        "email": text("Email"),
        "email_verified": true,
        "first_name": text("FirstName"),
        "last_name": text("LastName"),
        "timezone": text("TimeZoneSidKey"),
        "photos": { "picture": picture, "thumbnail": picture.replace("/F", "/T") },
        "addr_street": null,
        "addr_city": text("City"),
        "addr_state": null,
        "addr_country": text("Country"),
        "addr_zip": null,
        "mobile_phone": text("MobilePhone"),
        "active": active,
        "user_type": "STANDARD",
        "language": text("LanguageLocaleKey"),
        "locale": text("LocaleSidKey"),
        "utcOffset": 0,
        "last_modified_date": clock::rest_text(modified),
        "is_app_installed": true,
    })
}

fn urls(org: &Org, user: Key, version: &str) -> serde_json::Value {
    let base = &org.instance_url;
    let short = org.organization_id().get(..15).unwrap_or_default().to_owned();
    let data = format!("{base}/services/data/v{version}");
    json!({
        "enterprise": format!("{base}/services/Soap/c/{version}/{short}"),
        "metadata": format!("{base}/services/Soap/m/{version}/{short}"),
        "partner": format!("{base}/services/Soap/u/{version}/{short}"),
        "rest": format!("{data}/"),
        "sobjects": format!("{data}/sobjects/"),
        "search": format!("{data}/search/"),
        "query": format!("{data}/query/"),
        "recent": format!("{data}/recent/"),
        "tooling_soap": format!("{base}/services/Soap/T/{version}/{short}"),
        "tooling_rest": format!("{data}/tooling/"),
        "profile": format!("{base}/{}", org.ids.id(user)),
        "feeds": format!("{data}/chatter/feeds"),
        "groups": format!("{data}/chatter/groups"),
        "users": format!("{data}/chatter/users"),
        "feed_items": format!("{data}/chatter/feed-items"),
        "feed_elements": format!("{data}/chatter/feed-elements"),
        "custom_domain": base,
    })
}
