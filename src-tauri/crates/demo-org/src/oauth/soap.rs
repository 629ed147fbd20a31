//! Login by SOAP with username and password, which some clients still do first (SOAP API guide, `login`).

use std::{borrow::Cow, sync::Arc};

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::people;
use crate::{html::escape, org::Org};

/// How long a session lasts, in seconds.
const SESSION_SECONDS: u32 = 7200;

/// `POST /services/Soap/{kind}/{version}`: `login` and nothing else.
pub async fn call(
    State(org): State<Arc<Org>>,
    Path((kind, version)): Path<(String, String)>,
    body: String,
) -> Response {
    if element(&body, "login").is_none() {
        return fault(
            "soapenv:Client",
            "soapenv:Client",
            "No operation available for request: the demo org offers login only",
        );
    }
    let username = element(&body, "username").map(unescape).unwrap_or_default();
    let password = element(&body, "password").map(unescape).unwrap_or_default();
    let user = people::named(&org, &username).filter(|user| user.active);
    let Some(user) = user.filter(|_| password == org.password) else {
        return fault(
            "sf:INVALID_LOGIN",
            "INVALID_LOGIN",
            "Invalid username, password, security token; or user locked out.",
        );
    };
    let session = org
        .sessions()
        .issue_access_token(&org.organization_id(), user.number, None, "", "full");
    let user_id = org.ids.id(org.user(user.number));
    let organization_id = org.organization_id();
    let records = org.read();
    let text = |name: &str| {
        let known = records.text_of(org.user(user.number), name).unwrap_or_default();
        escape(&known)
    };
    let server = |kind: &str| {
        let short = organization_id.get(..15).unwrap_or_default();
        escape(&format!(
            "{}/services/Soap/{kind}/{version}/{short}",
            org.instance_url
        ))
    };
    let members = [
        ("metadataServerUrl", server("m")),
        ("passwordExpired", "false".to_owned()),
        ("sandbox", "false".to_owned()),
        ("serverUrl", server(&kind)),
        ("sessionId", escape(&session)),
        ("userId", user_id.clone()),
    ];
    let info = [
        ("orgDefaultCurrencyIsoCode", "USD".to_owned()),
        ("organizationId", organization_id.clone()),
        ("organizationMultiCurrency", "false".to_owned()),
        ("organizationName", "Landbridge demo org".to_owned()),
        ("profileId", org_profile(&org, user.number)),
        ("sessionSecondsValid", SESSION_SECONDS.to_string()),
        ("userEmail", text("Email")),
        ("userFullName", text("Name")),
        ("userId", user_id),
        ("userLanguage", text("LanguageLocaleKey")),
        ("userLocale", text("LocaleSidKey")),
        ("userName", text("Username")),
        ("userTimeZone", text("TimeZoneSidKey")),
        ("userType", "Standard".to_owned()),
    ];
    let result = format!(
        "<loginResponse><result>{}<userInfo>{}</userInfo></result></loginResponse>",
        elements(&members),
        elements(&info)
    );
    let namespace = if kind == "c" { "enterprise" } else { "partner" };
    envelope(
        StatusCode::OK,
        &format!(" xmlns=\"urn:{namespace}.soap.sforce.com\""),
        &result,
    )
}

fn org_profile(org: &Org, user: u32) -> String {
    let records = org.read();
    let key = org.user(user);
    let row = records.row(key);
    let profile = row.and_then(|row| match &*records.named(key, &row, "ProfileId") {
        crate::value::Value::Reference(profile) => Some(org.ids.id(*profile)),
        _ => None,
    });
    profile.unwrap_or_default()
}

fn elements(members: &[(&str, String)]) -> String {
    let mut text = String::new();
    for (name, value) in members {
        text.push_str(&format!("<{name}>{value}</{name}>"));
    }
    text
}

fn envelope(status: StatusCode, namespace: &str, body: &str) -> Response {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope \
         xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"{namespace} \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>"
    );
    (status, [(header::CONTENT_TYPE, "text/xml; charset=utf-8")], text).into_response()
}

fn fault(place: &str, code: &str, message: &str) -> Response {
    let (code, message) = (escape(code), escape(message));
    let body = format!(
        "<soapenv:Fault><faultcode>{place}</faultcode><faultstring>{code}: {message}</faultstring><detail>\
         <sf:LoginFault xsi:type=\"sf:LoginFault\"><sf:exceptionCode>{code}</sf:exceptionCode>\
         <sf:exceptionMessage>{message}</sf:exceptionMessage></sf:LoginFault></detail></soapenv:Fault>"
    );
    let namespace = " xmlns:sf=\"urn:fault.partner.soap.sforce.com\"";
    envelope(StatusCode::INTERNAL_SERVER_ERROR, namespace, &body)
}

/// What stands between the tags of the first element of a name, whatever its namespace prefix.
fn element<'text>(text: &'text str, name: &str) -> Option<&'text str> {
    let mut rest = text;
    loop {
        let (_, after) = rest.split_once('<')?;
        let (tag, inner) = after.split_once('>')?;
        let full = tag.split([' ', '\t', '\r', '\n', '/']).next().unwrap_or_default();
        if full.rsplit(':').next() == Some(name) {
            let end = format!("</{full}>");
            return inner.split_once(&end).map(|(inside, _)| inside);
        }
        rest = inner;
    }
}

fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ];
    let plain = signs
        .iter()
        .fold(text.to_owned(), |text, (coded, sign)| text.replace(coded, sign));
    Cow::Owned(plain)
}
