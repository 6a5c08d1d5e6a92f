//! Which account and region: the standard chain (environment, profiles, SSO, web identity, instance metadata), and the
//! flags that override it.
//!
//! It calls nothing but what finding credentials takes.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, ConfigLoader, Region, SdkConfig};

use crate::http::PacedClient;
use crate::pace::Pace;

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
    /// How often a call is tried before it has failed; 10 unless said.
    pub attempts: Option<u32>,
}

/// The name that a role is assumed under, as CloudTrail shows it.
const SESSION: &str = "gwchain";
/// Attempts per call, as in the reference (controller §3.8).
const ATTEMPTS: u32 = 10;
/// The first repetition follows within this time, later ones within twice the one before: at random, so that those who
/// failed together don't come back together.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// AWS answers within seconds, or not at all.
const CONNECT: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_secs(20);

impl Settings {
    /// The SDK's configuration.
    pub(crate) async fn load(&self, pace: &Pace) -> SdkConfig {
        let config = self.loader(pace).load().await;
        let Some(role) = &self.role else { return config };
        let provider = AssumeRoleProvider::builder(role).session_name(SESSION).configure(&config).build().await;
        self.loader(pace).credentials_provider(provider).load().await
    }

    fn loader(&self, pace: &Pace) -> ConfigLoader {
        let attempts = self.attempts.unwrap_or(ATTEMPTS);
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .http_client(PacedClient::new(pace.clone()))
            .retry_config(RetryConfig::standard().with_max_attempts(attempts).with_initial_backoff(FIRST_PAUSE))
            .timeout_config(TimeoutConfig::builder().connect_timeout(CONNECT).read_timeout(ANSWER).build());
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
