//! The two profiles, as a list of named deviations from the reference.
//!
//! Each deviation is one field here, read in one place, with one line in `docs/deviations.md`.

macro_rules! deviations {
    ($($field:ident = $id:literal, $summary:literal;)*) => {
        /// Which deviations from the reference apply.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Profile {
            /// `aws-lbc` or `gwchain`.
            pub name: &'static str,
            $(#[doc = $summary] pub $field: bool,)*
        }

        impl Profile {
            /// What the AWS Load Balancer Controller v3.5 would do.
            pub const AWS_LBC: Self = Self { name: "aws-lbc", $($field: false,)* };
            /// What gwchain does.
            pub const GWCHAIN: Self = Self { name: "gwchain", $($field: true,)* };

            /// The profile without the deviation of that id; unchanged when there is none.
            #[must_use]
            pub fn without(mut self, id: &str) -> Self {
                $(if id == $id { self.$field = false; })*
                self
            }
        }

        /// Id (of `docs/deviations.md`), field name and summary of every deviation.
        pub const DEVIATIONS: &[(&str, &str, &str)] = &[$(($id, stringify!($field), $summary),)*];
    };
}

deviations! {
    control_port = "B1", "the target control port reaches the target group, its id and the binding's networking";
    certificates_shown = "B2", "certificates appear with their ARN in the stack form";
    no_shared_target_groups = "B3", "two pairs of route and backend never share a target group";
    target_group_per_protocol = "B4", "one target group per protocol and protocol version";
    target_group_per_service_port = "B5", "Service ports with one target port but different node ports get a target group each";
    capacity_merges = "B6", "minimumLoadBalancerCapacity merges like any other field";
    ip_address_type_honoured = "B7", "ipAddressType of a TargetGroupConfiguration counts, else the first family of the Service";
    defaults_always = "B8", "API-server defaults are assumed where they are absent";
    any_host_contributes = "B9", "a listener without hostname contributes any host, an invalid one nothing";
    member_protocol_lookup = "B10", "listenerConfigurations are looked up by the merged and by the member protocols";
    tls_modes_conflict = "B11", "TLS terminate and passthrough on one port: the later listener is ProtocolConflict";
    passthrough_targets_tcp = "B12", "passthrough listeners get TCP target groups";
    traffic_port_stays_open = "B13", "a health check port of its own never closes the traffic port";
    merged_permissions = "B14", "exact duplicates among security group permissions are merged";
    exact_rewrites = "B15", "prefix rewrites are anchored on path segments and escape regular expressions";
    exact_matches = "B16", "literal wildcards and regular expressions are expressed with regexValues, or the rule is dropped";
    authentication_kept = "B17", "a rule with authentication is never served without it";
    rules_isolated = "B18", "a bad rule costs only itself";
    weights_scaled = "B20", "weights over 999 are scaled";
    tags_inherited = "B21", "target groups and rules carry the load balancer's tags below their own";
    served_routes_only = "B22", "an NLB listener is served by its oldest route; the others are told and get no target group";
    empty_listeners = "B23", "an ALB listener without routes is created, and security groups open only ports with a listener";
    no_unused_target_groups = "B24", "no target groups for backends that an action replaces";
    limits_checked = "B25", "what AWS would refuse is not planned";
    addresses_validated = "B27", "CIDRs and address combinations are validated";
    references_checked = "B29", "group and kind of every reference are checked";
    names_unique = "B30", "a target group name is used once";
    own_texts = "B31", "gwchain's own texts";
    listeners_by_the_book = "10.2", "conflicts, attached routes, kinds and parents are reported as the Gateway API says";
    chain_planned_whole = "T-C1", "an ALB that isn't there yet is a pending value, not a failure";
    chain_by_stack = "T-C4", "the ALB's ARN comes from its own stack, never from a condition's message";
    chain_port_checked = "T-C5", "a chained port without ALB listener is BackendNotFound";
    chain_health_protocol = "T-C6", "the health check of a chained target follows the ALB listener";
    chain_health_port = "T-C7", "a numeric health check port that the ALB listens on is honoured";
    chain_tcp_only = "T-C8", "only TCPRoutes on TCP listeners may have Gateway backends";
    chain_default_configuration = "T-C10", "the default TargetGroupConfiguration applies to chained targets";
    chain_security_groups = "T-C11", "the ALB's managed security group admits the chaining NLB";
    chain_cycles = "T-C13", "chains to oneself, to an NLB and in a circle are InvalidKind";
    chain_no_attributes = "attributes", "attributes are never sent for alb target groups";
}

impl Profile {
    /// The profile of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::AWS_LBC, Self::GWCHAIN].into_iter().find(|profile| profile.name == name)
    }
}
