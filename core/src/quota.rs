//! AWS's limits as numbers, in one place: translation, lints and plans read them here.
//!
//! It counts nothing. Sources: the quota pages of ALB, NLB and VPC; "NLB guide, ALB as target".

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Limits that AWS raises on request, as the account has them.
pub type Quotas = BTreeMap<Quota, usize>;

/// NLBs that one ALB can be a target of.
pub const NLBS_PER_ALB: usize = 2;
/// Targets that an ALB counts as on an NLB without and with cross-zone balancing.
pub const ALB_AS_TARGETS: [usize; 2] = [50, 100];
/// Percent of a limit from which on it is worth a word.
pub const NEAR: usize = 80;

macro_rules! quotas {
    ($($variant:ident = $name:literal, $limit:literal, $adjustable:literal, $noun:literal;)*) => {
        /// A limit of AWS.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the table says what each is")]
        pub enum Quota { $($variant,)* }

        impl Quota {
            const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name, as `DescribeAccountLimits` has it where that knows it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What AWS grants every account.
            pub const fn granted(self) -> usize {
                match self { $(Self::$variant => $limit,)* }
            }

            /// Whether AWS raises it on request.
            pub const fn is_adjustable(self) -> bool {
                match self { $(Self::$variant => $adjustable,)* }
            }

            /// What it limits, in the plural.
            pub const fn noun(self) -> &'static str {
                match self { $(Self::$variant => $noun,)* }
            }
        }
    };
}

quotas! {
    RulesPerAlb = "rules-per-application-load-balancer", 100, true, "rules";
    TargetGroupsPerAlb = "target-groups-per-application-load-balancer", 100, false, "target groups";
    TargetsPerAlb = "targets-per-application-load-balancer", 1000, true, "targets";
    ListenersPerAlb = "listeners-per-application-load-balancer", 50, true, "listeners";
    CertificatesPerAlb = "certificates-per-application-load-balancer", 25, true, "certificates";
    VerifyingListenersPerAlb = "verify-listeners-per-application-load-balancer", 2, false, "listeners that verify clients";
    ValuesPerRule = "condition-values-per-alb-rule", 5, false, "condition values in one rule";
    WildcardsPerRule = "condition-wildcards-per-alb-rule", 5, false, "wildcards in one rule";
    TargetGroupsPerAction = "target-groups-per-action-on-application-load-balancer", 5, false, "target groups in one action";
    ListenersPerNlb = "listeners-per-network-load-balancer", 50, false, "listeners";
    TargetsPerZoneOfNlb = "targets-per-availability-zone-per-network-load-balancer", 500, true, "targets per zone";
    TargetsPerNlb = "targets-per-network-load-balancer", 3000, true, "targets";
    CertificatesPerNlb = "certificates-per-network-load-balancer", 25, true, "certificates";
    RulesPerGroup = "rules-per-security-group", 60, true, "security group rules";
    GroupsPerInterface = "security-groups-per-network-interface", 5, true, "security groups";
    Albs = "application-load-balancers", 50, true, "ALBs";
    Nlbs = "network-load-balancers", 50, true, "NLBs";
    TargetGroups = "target-groups", 3000, true, "target groups";
}

impl Quota {
    /// The limit of an account.
    pub fn limit(self, quotas: &Quotas) -> usize {
        quotas.get(&self).copied().unwrap_or(self.granted())
    }

    /// Whether so little is granted that using most of it is no news.
    pub fn is_small(self) -> bool {
        self.granted() < 10
    }
}

impl Serialize for Quota {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// A limit whose value an account may know better; the others are fixed.
impl<'de> Deserialize<'de> for Quota {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let fits = |quota: &&Self| quota.name() == name;
        match Self::ALL.iter().find(fits) {
            Some(quota) if quota.is_adjustable() => Ok(*quota),
            Some(_) => Err(serde::de::Error::custom(format!("AWS does not raise the quota {name}"))),
            None => {
                let known: Vec<&str> =
                    Self::ALL.iter().filter(|quota| quota.is_adjustable()).map(|quota| quota.name()).collect();
                Err(serde::de::Error::custom(format!("there is no quota {name}; there are {}", known.join(", "))))
            }
        }
    }
}
