//! Reading of environments, defaults of gates and flags.
//! It does not test the look-ups.

use serde_json::{Value, json};

use super::*;

fn read(value: Value) -> Result<Environment, String> {
    serde_json::from_value(value).map_err(|error| error.to_string())
}

#[test]
fn unknown_fields_are_refused_at_every_level() {
    for value in [
        json!({"clusterNames": "demo"}),
        json!({"vpc": {"id": "vpc-1", "cidr": "10.0.0.0/8"}}),
        json!({"subnets": [{"id": "subnet-1", "zone": "a"}]}),
        json!({"securityGroups": [{"id": "sg-1", "vpcID": "vpc-1"}]}),
        json!({"certificates": [{"arn": "a", "status": "ISSUED"}]}),
        json!({"trustStores": [{"name": "a", "arn": "b", "c": "d"}]}),
        json!({"existingLoadBalancers": [{"gateway": "a/b", "class": "alb", "name": "x"}]}),
        json!({"provisioning": [{"gateway": "a/b", "status": "active"}]}),
        json!({"flags": {"defaultSslPolicy": "x"}}),
    ] {
        let error = read(value).unwrap_err();
        assert!(error.contains("unknown field"), "{error}");
    }
}

#[test]
fn every_field_of_the_format_is_read_and_written_back() {
    let full = json!({
        "clusterName": "demo", "region": "us-west-2", "accountID": "111122223333",
        "vpc": {"id": "vpc-1", "cidrs": ["192.168.0.0/16"], "ipv6Cidrs": []},
        "subnets": [{
            "id": "subnet-1", "az": "us-west-2a", "azID": "usw2-az1", "zoneType": "local-zone",
            "cidr": "192.168.0.0/19", "ipv6Cidrs": [], "tags": {}, "availableIPs": 4000,
            "outpostARN": "arn:o", "public": false, "vpcID": "vpc-1"
        }],
        "securityGroups": [{"id": "sg-1", "name": "one", "tags": {}}],
        "certificates": [{"arn": "arn:c", "domains": [], "type": "PRIVATE", "caARN": "arn:ca"}],
        "trustStores": [{"name": "t", "arn": "arn:t"}],
        "targetGroups": [{"name": "g", "arn": "arn:g"}],
        "existingLoadBalancers": [
            {"gateway": "a/b", "class": "nlb", "arn": "arn:l", "scheme": "internal", "subnets": []}
        ],
        "provisioning": [
            {"gateway": "a/b", "state": "failed-deploy", "arn": "arn:l", "dnsName": "x"}
        ],
        "defaultProvisioningState": "active_impaired",
        "autoBackendSecurityGroupID": "sg-auto",
        "featureGates": {"GatewayListenerSet": true},
        "flags": {
            "defaultTags": {}, "externalManagedTags": [], "defaultSSLPolicy": "p",
            "defaultTargetType": "ip", "defaultLoadBalancerScheme": "internal",
            "enableBackendSecurityGroup": true, "backendSecurityGroup": "",
            "disableRestrictedSGRules": false, "allowedCertificateAuthorityARNs": []
        },
        "runGatewayClassController": true,
        "runListenerRuleConfigurationController": true,
        "admission": "none",
        "gatewayAPIChannel": "experimental"
    });
    let environment = read(full.clone()).unwrap();
    assert_eq!(serde_json::to_value(environment).unwrap(), full);
}

#[test]
fn an_absent_list_is_unanswered_and_an_empty_one_is_not() {
    let environment = read(json!({"subnets": []})).unwrap();
    assert_eq!(environment.subnets, Some(vec![]));
    assert_eq!(environment.certificates, None);
}

#[test]
fn gates_have_the_defaults_of_the_reference() {
    let gate = |environment: &Environment, name| environment.gate(name);
    let defaults = Environment::default();
    for on in [
        "GatewayListenerSet",
        "ALBGatewayAPI",
        "NLBGatewayAPI",
        "SubnetsClusterTagCheck",
        "SubnetDiscoveryByReachability",
    ] {
        assert!(gate(&defaults, on), "{on}");
    }
    for off in ["EnableDefaultTagsLowPriority", "ALBSingleSubnet", "Unheard"] {
        assert!(!gate(&defaults, off), "{off}");
    }
    let stated = read(json!({"featureGates": {"ALBGatewayAPI": false, "ALBSingleSubnet": true}}));
    let stated = stated.unwrap();
    assert!(!gate(&stated, "ALBGatewayAPI"));
    assert!(gate(&stated, "ALBSingleSubnet"));
}

#[test]
fn a_stated_flag_leaves_the_others_at_their_defaults() {
    let flags = read(json!({"flags": {"defaultTargetType": "ip"}})).unwrap().flags;
    assert_eq!(flags.default_target_type, "ip");
    assert_eq!(flags.default_ssl_policy, "ELBSecurityPolicy-2016-08");
    assert_eq!(flags.default_load_balancer_scheme, "internal");
    assert!(flags.enable_backend_security_group);
    assert!(!flags.disable_restricted_sg_rules);
}
