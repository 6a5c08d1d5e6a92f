//! The SDK's clients of one account and region.
//!
//! It makes no calls of its own.

use aws_config::SdkConfig;

use crate::error::Error;
use crate::pace::Pace;
use crate::settings::Settings;
use crate::watch::{Calls, Watch};

/// An account in a region. Clones share connections, pace and counts.
#[derive(Clone, Debug)]
pub struct Aws {
    pub(crate) elbv2: aws_sdk_elasticloadbalancingv2::Client,
    pub(crate) ec2: aws_sdk_ec2::Client,
    pub(crate) acm: aws_sdk_acm::Client,
    pub(crate) wafv2: aws_sdk_wafv2::Client,
    pub(crate) shield: aws_sdk_shield::Client,
    #[expect(dead_code, reason = "the doctor comes later")]
    pub(crate) sts: aws_sdk_sts::Client,
    #[expect(dead_code, reason = "the doctor comes later")]
    pub(crate) iam: aws_sdk_iam::Client,
    region: String,
    watch: Watch,
}

/// A client of `$sdk` that is watched. Attempts are limited and paced already, so the SDK's allowance of repetitions, which
/// a day of throttling would use up for good, is none.
macro_rules! client {
    ($sdk:ident, $config:expr, $watch:expr) => {{
        use $sdk::config::retry::{RetryPartition, TokenBucket};
        let allowance = RetryPartition::custom("gwchain").token_bucket(TokenBucket::unlimited()).build();
        let builder = $sdk::config::Builder::from($config).interceptor($watch.clone()).retry_partition(allowance);
        $sdk::Client::from_conf(builder.build())
    }};
}

impl Aws {
    /// Finds region and credentials; nothing is called yet.
    pub async fn connect(settings: &Settings) -> Result<Aws, Error> {
        let pace = Pace::new();
        let config = settings.load(&pace).await;
        let region = config.region().ok_or(Error::NoRegion)?.to_string();
        Ok(Aws::new(&config, region, &Watch::new(pace)))
    }

    fn new(config: &SdkConfig, region: String, watch: &Watch) -> Aws {
        Aws {
            elbv2: client!(aws_sdk_elasticloadbalancingv2, config, watch),
            ec2: client!(aws_sdk_ec2, config, watch),
            acm: client!(aws_sdk_acm, config, watch),
            wafv2: client!(aws_sdk_wafv2, config, watch),
            shield: client!(aws_sdk_shield, config, watch),
            sts: client!(aws_sdk_sts, config, watch),
            iam: client!(aws_sdk_iam, config, watch),
            region,
            watch: watch.clone(),
        }
    }

    /// The region.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// What was called so far, by this and all clones.
    pub fn calls(&self) -> Calls {
        self.watch.calls()
    }
}
