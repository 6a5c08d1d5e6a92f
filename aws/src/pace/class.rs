//! Classes of calls that AWS counts together, with what gwchain allows itself of each.
//!
//! Other programs of the account call too: half of what AWS grants is left to them (users-and-limits §4.6).

/// Calls that share a bucket at AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    ElbRead,
    ElbWrite,
    ElbTargets,
    Ec2Read,
    Ec2Write,
    Certificates,
    WafRead,
    WafWrite,
    Other,
}

/// Calls at once and calls a second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Limit {
    pub(crate) burst: f64,
    pub(crate) rate: f64,
}

impl Class {
    pub(crate) const ALL: [Self; 9] = [
        Self::ElbRead,
        Self::ElbWrite,
        Self::ElbTargets,
        Self::Ec2Read,
        Self::Ec2Write,
        Self::Certificates,
        Self::WafRead,
        Self::WafWrite,
        Self::Other,
    ];

    /// The class of a call, by the names in the SDK.
    pub(crate) fn of(service: &str, call: &str) -> Self {
        let reads = ["Describe", "Get", "List"].iter().any(|verb| call.starts_with(verb));
        match (service, reads) {
            ("Elastic Load Balancing v2", true) => Self::ElbRead,
            ("Elastic Load Balancing v2", false) if call.ends_with("Targets") => Self::ElbTargets,
            ("Elastic Load Balancing v2", false) => Self::ElbWrite,
            ("EC2", true) => Self::Ec2Read,
            ("EC2", false) => Self::Ec2Write,
            ("ACM", _) => Self::Certificates,
            ("WAFV2", true) => Self::WafRead,
            ("WAFV2", false) => Self::WafWrite,
            _ => Self::Other,
        }
    }

    /// What it may have.
    pub(crate) const fn limit(self) -> Limit {
        let (burst, rate) = match self {
            // Of 40, refilled by 10 a second.
            Self::ElbRead => (20.0, 5.0),
            // AWS does not say; the reference's own limits (controller §3.8).
            Self::ElbWrite => (20.0, 3.0),
            Self::ElbTargets => (20.0, 4.0),
            // Of 100, refilled by 20 a second; writes of 50, refilled by 5.
            Self::Ec2Read => (50.0, 10.0),
            Self::Ec2Write => (25.0, 2.5),
            // Of 8 or 10 a second.
            Self::Certificates => (5.0, 4.0),
            // One a second; writes one every two seconds.
            Self::WafRead => (1.0, 1.0),
            Self::WafWrite => (1.0, 0.5),
            Self::Other => (10.0, 5.0),
        };
        Limit { burst, rate }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_have_the_classes_that_aws_counts_by() {
        let elb = |call| Class::of("Elastic Load Balancing v2", call);
        assert_eq!(elb("DescribeRules"), Class::ElbRead);
        assert_eq!(elb("CreateRule"), Class::ElbWrite);
        assert_eq!(elb("DeregisterTargets"), Class::ElbTargets);
        assert_eq!(Class::of("EC2", "AuthorizeSecurityGroupIngress"), Class::Ec2Write);
        assert_eq!(Class::of("WAFV2", "GetWebACLForResource"), Class::WafRead);
        assert_eq!(Class::of("STS", "GetCallerIdentity"), Class::Other);
    }

    #[test]
    fn each_class_stands_at_its_own_place() {
        assert!(Class::ALL.iter().enumerate().all(|(place, class)| *class as usize == place));
    }
}
