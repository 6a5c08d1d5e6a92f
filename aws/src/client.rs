//! The SDK's clients of one account and region.
//!
//! It makes no calls of its own.

use aws_config::SdkConfig;

use crate::error::Error;
use crate::settings::Settings;

/// An account in a region. Clones share connections.
#[derive(Clone, Debug)]
#[expect(dead_code, reason = "observing, answering and executing come next")]
pub struct Aws {
    pub(crate) elbv2: aws_sdk_elasticloadbalancingv2::Client,
    pub(crate) ec2: aws_sdk_ec2::Client,
    pub(crate) acm: aws_sdk_acm::Client,
    pub(crate) wafv2: aws_sdk_wafv2::Client,
    pub(crate) shield: aws_sdk_shield::Client,
    pub(crate) sts: aws_sdk_sts::Client,
    pub(crate) iam: aws_sdk_iam::Client,
    region: String,
}

impl Aws {
    /// Finds region and credentials; nothing is called yet.
    pub async fn connect(settings: &Settings) -> Result<Aws, Error> {
        let config = settings.load().await;
        let region = config.region().ok_or(Error::NoRegion)?.to_string();
        Ok(Aws::new(&config, region))
    }

    fn new(config: &SdkConfig, region: String) -> Aws {
        Aws {
            elbv2: aws_sdk_elasticloadbalancingv2::Client::new(config),
            ec2: aws_sdk_ec2::Client::new(config),
            acm: aws_sdk_acm::Client::new(config),
            wafv2: aws_sdk_wafv2::Client::new(config),
            shield: aws_sdk_shield::Client::new(config),
            sts: aws_sdk_sts::Client::new(config),
            iam: aws_sdk_iam::Client::new(config),
            region,
        }
    }

    /// The region.
    pub fn region(&self) -> &str {
        &self.region
    }
}
