//! What is answered when something is refused: error arrays for the data API, row errors for collections and jobs.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

/// Why one record was refused. Codes and texts are the documented ones (SOAP API guide, StatusCode).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// Documented code, upper case.
    pub code: &'static str,
    /// Sentence for people.
    pub message: String,
    /// API names of the fields at fault.
    pub fields: Vec<String>,
    /// What a duplicate rule found, when one refused the record.
    pub duplicates: Option<Box<serde_json::Value>>,
}

/// The key of a duplicate rule's result. It is misspelt in every answer that was seen of a real org.
const DUPLICATE_RESULT: &str = "duplicateResut";

impl RowFault {
    /// A fault of the record as a whole.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            fields: Vec::new(),
            duplicates: None,
        }
    }

    /// The same, naming a field.
    pub fn at(mut self, field: &str) -> Self {
        self.fields.push(field.to_owned());
        self
    }

    /// The HTTP status of this fault when a single record was asked for.
    pub fn status(&self) -> StatusCode {
        match self.code {
            "NOT_FOUND" | "ENTITY_IS_DELETED" => StatusCode::NOT_FOUND,
            "INSUFFICIENT_ACCESS_OR_READONLY" => StatusCode::FORBIDDEN,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// The error member of a collections result.
    pub fn row_json(&self) -> serde_json::Value {
        let mut error = json!({ "statusCode": self.code, "message": self.message, "fields": self.fields });
        if let Some(duplicates) = &self.duplicates {
            error[DUPLICATE_RESULT] = duplicates.as_ref().clone();
        }
        error
    }

    /// The `sf__Error` cell of a failed row: `CODE:message:fields --` (Bulk API 2.0 guide, failed results).
    pub fn cell(&self) -> String {
        if self.fields.is_empty() {
            format!("{}:{}:--", self.code, self.message)
        } else {
            format!("{}:{}:{} --", self.code, self.message, self.fields.join(" "))
        }
    }
}

/// A refused request of the data API: always an array of errors.
#[derive(Debug, Clone)]
pub struct ApiFault {
    status: StatusCode,
    code: String,
    message: String,
    fields: Option<Vec<String>>,
    duplicates: Option<Box<serde_json::Value>>,
}

impl ApiFault {
    /// A refusal with its own status.
    pub fn new(status: StatusCode, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.into(),
            message: message.into(),
            fields: None,
            duplicates: None,
        }
    }

    /// A 400.
    pub fn bad_request(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// The 404 of every unknown path, object or record.
    pub fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            "The requested resource does not exist",
        )
    }

    /// A body that is not the JSON that was expected.
    pub fn json(message: impl Into<String>) -> Self {
        Self::bad_request("JSON_PARSER_ERROR", message)
    }

    /// The sentence for people.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The 500 of something that went wrong inside the org.
    pub fn unexpected(error: &dyn std::fmt::Display) -> Self {
        let message = format!("An unexpected error occurred: {error}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "UNKNOWN_EXCEPTION", message)
    }

    /// The 401 of a token that is unknown, expired or revoked.
    pub fn session() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "INVALID_SESSION_ID",
            "Session expired or invalid",
        )
    }
}

impl From<RowFault> for ApiFault {
    fn from(fault: RowFault) -> Self {
        let has_fields = fault.code != "JSON_PARSER_ERROR" && fault.duplicates.is_none();
        let fields = (has_fields && fault.status() == StatusCode::BAD_REQUEST).then(|| fault.fields.clone());
        Self {
            status: fault.status(),
            code: fault.code.to_owned(),
            message: fault.message,
            fields,
            duplicates: fault.duplicates,
        }
    }
}

impl IntoResponse for ApiFault {
    fn into_response(self) -> Response {
        let mut error = json!({ "message": self.message, "errorCode": self.code });
        if let Some(fields) = self.fields {
            error["fields"] = json!(fields);
        }
        if let Some(duplicates) = self.duplicates {
            error[DUPLICATE_RESULT] = *duplicates;
        }
        (self.status, Json(json!([error]))).into_response()
    }
}
