//! Which account and region: the standard chain (environment, profiles, SSO, web identity, instance metadata), and the
//! flags that override it.
//!
//! It calls nothing but what finding credentials takes.

use aws_config::sts::AssumeRoleProvider;
use aws_config::{BehaviorVersion, ConfigLoader, Region, SdkConfig};

/// What flags say of the account; what they don't, the standard chain decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The region.
    pub region: Option<String>,
    /// A profile of the shared configuration files.
    pub profile: Option<String>,
    /// ARN of a role to assume.
    pub role: Option<String>,
    /// URL to call in place of AWS's own, for all services.
    pub endpoint: Option<String>,
}

/// The name that a role is assumed under, as CloudTrail shows it.
const SESSION: &str = "gwchain";

impl Settings {
    /// The SDK's configuration.
    pub(crate) async fn load(&self) -> SdkConfig {
        let config = self.loader().load().await;
        let Some(role) = &self.role else { return config };
        let provider = AssumeRoleProvider::builder(role).session_name(SESSION).configure(&config).build().await;
        self.loader().credentials_provider(provider).load().await
    }

    fn loader(&self) -> ConfigLoader {
        let mut loader = aws_config::defaults(BehaviorVersion::latest());
        if let Some(region) = &self.region {
            loader = loader.region(Region::new(region.clone()));
        }
        if let Some(profile) = &self.profile {
            loader = loader.profile_name(profile);
        }
        if let Some(endpoint) = &self.endpoint {
            loader = loader.endpoint_url(endpoint);
        }
        loader
    }
}
