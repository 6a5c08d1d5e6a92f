//! The table of diagnostic codes; a code is never reused.
//!
//! The pages behind the codes live in `core/docs/diagnostics`.

use std::fmt;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably not what was meant.
    Warning,
    /// Something will not work or is left out.
    Error,
}

impl Severity {
    /// Lower-case name, as in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a finding takes out of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    None,
    /// One rule, or one backend of it.
    DropsRule,
    /// One route on one parent.
    DropsRoute,
    /// An object, listener or document of the input.
    DropsObject,
    /// A whole Gateway.
    BlocksGateway,
}

impl Effect {
    /// Name in JSON output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::DropsRule => "DropsRule",
            Self::DropsRoute => "DropsRoute",
            Self::DropsObject => "DropsObject",
            Self::BlocksGateway => "BlocksGateway",
        }
    }
}

macro_rules! codes {
    ($($variant:ident = $code:literal, $severity:ident, $summary:literal;)*) => {
        /// A diagnostic code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $summary] $variant,)*
        }

        impl Code {
            /// `GWC0101` and so on.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// Severity of a finding without effect on the plan.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// One sentence on what the code stands for.
            pub fn summary(self) -> &'static str {
                match self { $(Self::$variant => $summary,)* }
            }
        }

        /// Every code, in numerical order.
        pub fn table() -> &'static [Code] {
            &[$(Code::$variant,)*]
        }
    };
}

codes! {
    ChainPort = "GWC0101", Error, "a chained port has no listener on the ALB Gateway";
    ChainProtocol = "GWC0102", Error, "only a TCPRoute on a TCP listener may have a Gateway backend";
    ChainSplit = "GWC0103", Warning, "a rule splits connections between a chained ALB and other backends";
    ChainFan = "GWC0104", Error, "more than two NLBs forward to one ALB";
    ChainTarget = "GWC0105", Error, "the Gateway behind a chain is no ALB Gateway, or the chain leads back to itself";
    ChainGrant = "GWC0106", Error, "a reference into another namespace has no ReferenceGrant";
    ChainHealthCheck = "GWC0107", Note, "the health check of a chained target was inferred from the ALB";
    ChainHealthPath = "GWC0108", Warning, "a chained ALB itself refuses the health check";
    ChainHealthPort = "GWC0109", Warning, "a setting does not apply to a target group whose target is an ALB";
    ChainBypass = "GWC0110", Warning, "a chained ALB can be reached past its NLB";
    ChainZones = "GWC0111", Warning, "NLB and ALB of a chain don't fit together in their zones";
    ChainClients = "GWC0112", Warning, "the security group of a chained ALB shuts out clients of the NLB";
    ChainDeletion = "GWC0113", Warning, "AWS won't delete a chain in this state";
    ChainHealthProtocol = "GWC0114", Warning, "a health check speaks another protocol than the ALB listener";
    ChainOwnGroups = "GWC0115", Note, "security groups that gwchain does not manage stand between an NLB and its ALB";
    RuleQuota = "GWC0201", Warning, "an ALB uses most of its quota of rules";
    TargetGroupQuota = "GWC0202", Warning, "an ALB uses most of its quota of target groups";
    ListenerQuota = "GWC0203", Warning, "a load balancer uses most of its quota of listeners";
    CertificateQuota = "GWC0204", Warning, "a load balancer uses most of its quota of certificates";
    LimitExceeded = "GWC0205", Error, "AWS would refuse this: a limit is exceeded";
    TargetQuota = "GWC0206", Warning, "ALBs use up most of an NLB's quota of targets";
    GroupQuota = "GWC0207", Warning, "a security group uses most of its quota of rules";
    TransitionQuota = "GWC0208", Error, "load balancers exceed a quota while some are replaced";
    RuleShadowed = "GWC0301", Warning, "a match never applies, as an earlier one takes its requests";
    PrecedenceTie = "GWC0302", Note, "age or name decides between two routes";
    BackendUnusable = "GWC0303", Error, "a backend can't be served";
    RuleUnusable = "GWC0304", Error, "a rule can't be expressed on an ALB";
    HostnameUnseen = "GWC0305", Error, "TLSRoutes with different hostnames share a listener of an NLB, which sees none";
    RouteUnserved = "GWC0306", Warning, "another route serves the listener";
    RouteUnattached = "GWC0307", Error, "a route is not attached to its parent";
    ListenerInvalid = "GWC0308", Error, "a listener is not valid";
    ServiceAssumed = "GWC0309", Note, "a Service is not among the manifests and is assumed to exist";
    WeightScaled = "GWC0310", Note, "weights were scaled to the range of ALB and NLB";
    WeightZero = "GWC0311", Note, "all backends of a rule have weight 0";
    ParentMissing = "GWC0312", Warning, "the parent of a route is not among the manifests";
    Unused = "GWC0313", Note, "nothing uses an object";
    HostUnserved = "GWC0314", Warning, "no listener serves a hostname of a route";
    SettingIgnored = "GWC0315", Warning, "a setting has no counterpart on AWS, so that nobody reads it";
    ShareLost = "GWC0316", Warning, "the requests of a backend that is left out go to the others";
    HostShared = "GWC0401", Warning, "routes of two namespaces claim one hostname";
    CertificateMismatch = "GWC0402", Error, "a listener has no certificate for a hostname that it serves";
    AuthenticationRedirect = "GWC0403", Warning, "a rule with authentication is reachable over plain HTTP";
    TargetGroupCollision = "GWC0404", Note, "two target groups would have had one id";
    ConfigurationInvalid = "GWC0405", Error, "a configuration can't be used";
    OpenGroup = "GWC0406", Warning, "the world can reach a port that is seldom meant for it";
    PlainHttp = "GWC0407", Warning, "routes are served over plain HTTP beside HTTPS";
    OpenAttachment = "GWC0408", Note, "routes of every namespace may attach to a listener";
    CertificateRefUnused = "GWC0409", Note, "a listener does not use the certificate that it names";
    ClientsUnchecked = "GWC0410", Warning, "client certificates are asked for and not checked";
    CertificateExpires = "GWC0411", Warning, "a certificate has expired or soon will";
    PrefixListOpen = "GWC0412", Warning, "prefix lists don't close a load balancer that is open to everybody";
    Replacement = "GWC0501", Error, "a change replaces a load balancer, and its DNS name";
    VersionDeprecated = "GWC0502", Warning, "an API version is deprecated or no longer served";
    AddressTwice = "GWC0503", Warning, "a hostname would be published with two addresses";
    GatewayBlocked = "GWC0504", Error, "a Gateway can't be built";
    IgnoreUnknown = "GWC0505", Warning, "an annotation ignores a code that does not exist";
    StatusContradicts = "GWC0506", Warning, "a status contradicts the plan";
    SyntaxError = "GWC0601", Error, "the text is not valid YAML or JSON";
    DuplicateKey = "GWC0602", Error, "a key is given twice";
    UnknownField = "GWC0603", Warning, "the API server does not know this field and drops it";
    SchemaViolation = "GWC0604", Error, "the API server would refuse the object";
    SkippedKind = "GWC0605", Note, "objects of kinds that do not matter here were skipped";
    DuplicateObject = "GWC0606", Warning, "an object is given twice; the later one counts";
    VersionUnserved = "GWC0607", Error, "no such kind in this API version";
    TooBig = "GWC0608", Error, "the input is larger or deeper than gwchain reads";
    NotAnObject = "GWC0609", Error, "a document is not a Kubernetes object";
    IndentationRestored = "GWC0610", Note, "the indentation of documents was lost and has been restored";
    IndentationUnclear = "GWC0611", Error, "a document has lost its indentation and can't be read without it";
    PageRead = "GWC0612", Note, "the blocks of a Markdown page were read";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
