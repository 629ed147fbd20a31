//! The quota gauge: `Sforce-Limit-Info: api-usage=10018/100000` on each counted answer (REST API Developer Guide,
//! "Limit Info Header").

/// API requests of the org in the last 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApiUsage {
    /// Requests used by everybody in the org.
    pub used_calls: u64,
    /// Requests allowed.
    pub max_calls: u64,
}

impl ApiUsage {
    /// Reads the header's text; `None` if it tells nothing about the org's usage.
    pub(crate) fn parse(header: &str) -> Option<Self> {
        let figures = header
            .split([';', ','])
            .find_map(|part| part.trim().strip_prefix("api-usage="))?;
        let (used, max) = figures.split_once('/')?;
        Some(Self {
            used_calls: used.trim().parse().ok()?,
            max_calls: max.trim().parse().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::ApiUsage;

    #[test]
    fn reads_the_orgs_figures_beside_the_apps_own() {
        let usage = ApiUsage::parse("per-app-api-usage=17/250(appName=Some App); api-usage=18/5000");
        assert_eq!(
            usage,
            Some(ApiUsage {
                used_calls: 18,
                max_calls: 5000
            })
        );
        assert_eq!(ApiUsage::parse("api-usage=x/5000"), None);
        assert_eq!(ApiUsage::parse(""), None);
    }
}
