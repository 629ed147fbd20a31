//! API versions of an org: `GET /services/data`, without sign-in and free of quota (REST API Developer Guide,
//! "Versions").

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::client::Client;
use crate::error::{Effort, Error};
use crate::request::Request;

/// A version such as `68.0`. One connection keeps to one version; Bulk jobs need it for their whole life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ApiVersion {
    /// 68 of `68.0`.
    pub major: u16,
}

impl ApiVersion {
    /// The version `major.0`.
    #[must_use]
    pub fn new(major: u16) -> Self {
        Self { major }
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.0", self.major)
    }
}

impl FromStr for ApiVersion {
    type Err = Error;

    /// Reads `68.0`, `v68.0` or `68`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let digits = text
            .trim()
            .trim_start_matches('v')
            .split('.')
            .next()
            .unwrap_or_default();
        digits.parse().map(Self::new).map_err(|_| Error::InvalidName {
            name: text.to_owned(),
            expected: "an API version such as 68.0",
        })
    }
}

/// One version that the org offers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct OfferedVersion {
    /// Release name, e.g. `Winter '27`.
    pub label: String,
    /// Path of its resources.
    pub url: String,
    /// `68.0`.
    pub version: String,
}

impl Client {
    /// Every version that the org offers, in its order.
    pub async fn versions(&self) -> Result<Vec<OfferedVersion>, Error> {
        let request = Request::get(self.instance_url().join("/services/data")?)
            .unsigned()
            .uncounted();
        self.send(&request).await?.json("the list of API versions")
    }

    /// The version of this connection: the one it was given, else the newest that the org offers.
    pub async fn api_version(&self) -> Result<ApiVersion, Error> {
        self.version_cell()
            .get_or_try_init(|| self.newest_version())
            .await
            .copied()
    }

    async fn newest_version(&self) -> Result<ApiVersion, Error> {
        let offered = self.versions().await?;
        offered
            .iter()
            .filter_map(|one| one.version.parse().ok())
            .max()
            .ok_or_else(|| Error::Unreadable {
                what: "the list of API versions",
                detail: "it names no version".to_owned(),
                effort: Effort::default(),
            })
    }
}
