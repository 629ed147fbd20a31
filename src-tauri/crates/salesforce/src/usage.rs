//! The quota gauge: `Sforce-Limit-Info: api-usage=10018/100000` on each counted answer (REST API Developer Guide,
//! "Limit Info Header").

/// API requests of the org in the last 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApiUsage {
    /// Requests used by everybody in the org.
    pub used_calls: u64,
    /// Requests allowed.
    pub max_calls: u64,
    /// Those of this app alone, in orgs that limit single apps.
    pub app: Option<AppUsage>,
}

/// API requests of one app in the last 24 hours (`per-app-api-usage=17/250(appName=…)`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppUsage {
    /// Requests used by the app.
    pub used_calls: u64,
    /// Requests allowed to the app.
    pub max_calls: u64,
}

impl ApiUsage {
    /// Reads the header's text; `None` if it tells nothing about the org's usage.
    pub(crate) fn parse(header: &str) -> Option<Self> {
        let (used_calls, max_calls) = share(header, "api-usage=")?;
        Some(Self {
            used_calls,
            max_calls,
            app: share(header, "per-app-api-usage=").map(|(used_calls, max_calls)| AppUsage {
                used_calls,
                max_calls,
            }),
        })
    }

    /// Requests that are left before the org, or its limit for this app, refuses.
    #[must_use]
    pub fn remaining_calls(&self) -> u64 {
        let org = self.max_calls.saturating_sub(self.used_calls);
        self.app
            .map_or(org, |app| org.min(app.max_calls.saturating_sub(app.used_calls)))
    }
}

fn share(header: &str, name: &str) -> Option<(u64, u64)> {
    let figures = header
        .split([';', ','])
        .find_map(|part| part.trim().strip_prefix(name))?;
    let (used, max) = figures.split_once('/')?;
    let max = max.split('(').next()?;
    Some((used.trim().parse().ok()?, max.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{ApiUsage, AppUsage};

    #[test]
    fn reads_the_orgs_figures_beside_the_apps_own() {
        let usage = ApiUsage::parse("per-app-api-usage=17/250(appName=Some App); api-usage=18/5000");
        assert_eq!(
            usage,
            Some(ApiUsage {
                used_calls: 18,
                max_calls: 5000,
                app: Some(AppUsage {
                    used_calls: 17,
                    max_calls: 250
                })
            })
        );
        assert_eq!(usage.map(|usage| usage.remaining_calls()), Some(233));
        assert_eq!(ApiUsage::parse("api-usage=x/5000"), None);
        assert_eq!(ApiUsage::parse(""), None);
    }
}
