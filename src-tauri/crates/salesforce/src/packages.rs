//! Installed packages and their versions (Tooling API Developer Guide, "InstalledSubscriberPackage"). Users who may not
//! see packages are refused.

use serde::Deserialize;
use serde_json::Value;

use crate::client::Client;
use crate::error::Error;
use crate::organization::decode;
use crate::request::Request;

/// An installed package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstalledPackage {
    /// Its namespace, e.g. `DOZISF`; `None` of an unmanaged package.
    pub namespace: Option<String>,
    /// Major and minor version, e.g. 1 and 24.
    pub version: (u32, u32),
}

#[derive(Deserialize)]
struct Answer {
    records: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Installed {
    subscriber_package: Option<Package>,
    subscriber_package_version: Option<Version>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Package {
    namespace_prefix: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Version {
    major_version: u32,
    minor_version: u32,
}

const QUERY: &str = "SELECT SubscriberPackage.NamespacePrefix, SubscriberPackageVersion.MajorVersion, \
     SubscriberPackageVersion.MinorVersion FROM InstalledSubscriberPackage";

impl Client {
    /// The installed packages that the org tells of. One call.
    pub async fn installed_packages(&self) -> Result<Vec<InstalledPackage>, Error> {
        let what = "the installed packages";
        let url = self.data_address(&["tooling", "query"]).await?;
        let answer: Answer = self
            .send(&Request::get(url).query("q", QUERY))
            .await?
            .json(what)?;
        let mut packages = Vec::with_capacity(answer.records.len());
        for record in answer.records {
            let Installed {
                subscriber_package,
                subscriber_package_version,
            } = decode(Some(record), what)?;
            if let Some(version) = subscriber_package_version {
                packages.push(InstalledPackage {
                    namespace: subscriber_package.and_then(|package| package.namespace_prefix),
                    version: (version.major_version, version.minor_version),
                });
            }
        }
        Ok(packages)
    }
}
