//! What the reference left on an AWS API server (tests/fixtures), as core's account and environment.
//!
//! It compares nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gwchain_core::account::{Account, Binding, Listener, LoadBalancer, Rule, SecurityGroup, Target, TargetGroup};
use gwchain_core::fact::{self, Environment};
use gwchain_core::id::{LoadBalancerType, Text};
use gwchain_core::manifest::SourceFile;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

/// The cluster's name in all fixtures.
pub const CLUSTER: &str = "gw";

/// A fixture.
#[derive(Debug)]
pub struct Fixture {
    /// Name of its folder.
    pub name: String,
    /// Every object as the API server held it.
    pub cluster: SourceFile,
    /// What existed on AWS.
    pub account: Account,
    /// What AWS would answer.
    pub environment: Environment,
}

/// The folder of all fixtures.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// All fixtures by name.
pub fn all() -> Vec<Fixture> {
    let entries = std::fs::read_dir(folder()).expect("the fixtures are part of the repository");
    let mut folders: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders.iter().map(|folder| load(folder)).collect()
}

fn load(folder: &Path) -> Fixture {
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).expect("each fixture has its three files");
    let aws: Json = serde_json::from_str(&text("aws.json")).expect("aws.json is JSON");
    let cluster: Json = serde_json::from_str(&text("cluster.json")).expect("cluster.json is JSON");
    let mut account = account(&aws);
    account.bindings = Some(bindings(&cluster));
    let environment = environment(&aws, &account);
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let cluster = SourceFile { name: "cluster.json".to_owned(), text: text("cluster.json") };
    Fixture { name, cluster, account, environment }
}

fn read<T: DeserializeOwned>(json: &Json) -> T {
    serde_json::from_value(json.clone()).expect("what AWS describes has the shape of the account")
}

fn pairs(list: &Json) -> BTreeMap<Text, Text> {
    let text = |json: &Json| Text::from(json.as_str().unwrap_or_default());
    list.as_array().into_iter().flatten().map(|pair| (text(&pair["Key"]), text(&pair["Value"]))).collect()
}

fn list(json: &Json) -> impl Iterator<Item = &Json> {
    json.as_array().into_iter().flatten()
}

/// The answers of the Describe calls, put together.
fn account(aws: &Json) -> Account {
    let tags: BTreeMap<&str, BTreeMap<Text, Text>> = list(&aws["DescribeTags"]["TagDescriptions"])
        .map(|one| (one["ResourceArn"].as_str().unwrap_or_default(), pairs(&one["Tags"])))
        .collect();
    let tags_of = |arn: &str| tags.get(arn).cloned().unwrap_or_default();
    let rule = |json: &Json| {
        let mut rule: Rule = read(json);
        rule.tags = Some(tags_of(&rule.rule_arn));
        rule
    };
    let listener = |json: &Json| {
        let mut listener: Listener = read(json);
        let arn = listener.listener_arn.clone();
        listener.tags = Some(tags_of(&arn));
        listener.attributes = Some(pairs(&aws["DescribeListenerAttributes"][&*arn]["Attributes"]));
        listener.default_certificate = json["Certificates"][0]["CertificateArn"].as_str().map(Text::from);
        let extra = list(&aws["DescribeListenerCertificates"][&*arn]["Certificates"]);
        let extra = extra.filter(|one| one["IsDefault"] == false);
        listener.certificates = Some(extra.filter_map(|one| one["CertificateArn"].as_str()).map(Text::from).collect());
        let rules = list(&aws["DescribeRules"][&*arn]["Rules"]).filter(|rule| rule["IsDefault"] == false);
        listener.rules = Some(rules.map(rule).collect());
        listener
    };
    let load_balancer = |json: &Json| {
        let mut lb: LoadBalancer = read(json);
        let arn = lb.load_balancer_arn.clone();
        lb.tags = tags_of(&arn);
        lb.attributes = Some(pairs(&aws["DescribeLoadBalancerAttributes"][&*arn]["Attributes"]));
        lb.listeners = Some(list(&aws["DescribeListeners"][&*arn]["Listeners"]).map(listener).collect());
        lb
    };
    let target = |json: &Json| Target {
        id: Text::from(json["Target"]["Id"].as_str().unwrap_or_default()),
        port: json["Target"]["Port"].as_i64(),
        state: Text::from(json["TargetHealth"]["State"].as_str().unwrap_or_default()),
    };
    let target_group = |json: &Json| {
        let mut group: TargetGroup = read(json);
        let arn = group.target_group_arn.clone();
        group.tags = tags_of(&arn);
        group.attributes = Some(pairs(&aws["DescribeTargetGroupAttributes"][&*arn]["Attributes"]));
        let health = list(&aws["DescribeTargetHealth"][&*arn]["TargetHealthDescriptions"]);
        group.targets = Some(health.map(target).collect());
        group
    };
    let security_group = |json: &Json| {
        let mut without_tags = json.clone();
        without_tags["Tags"] = json!({});
        SecurityGroup { tags: pairs(&json["Tags"]), ..read(&without_tags) }
    };
    Account {
        load_balancers: list(&aws["DescribeLoadBalancers"]["LoadBalancers"]).map(load_balancer).collect(),
        target_groups: list(&aws["DescribeTargetGroups"]["TargetGroups"]).map(target_group).collect(),
        security_groups: list(&aws["DescribeSecurityGroups"]["SecurityGroups"]).map(security_group).collect(),
        bindings: None,
    }
}

fn bindings(cluster: &Json) -> Vec<Binding> {
    let all = list(&cluster["items"]).filter(|object| object["kind"] == "TargetGroupBinding");
    all.map(Binding::of).collect()
}

/// What AWS would answer to the questions of a plan.
fn environment(aws: &Json, account: &Account) -> Environment {
    let vpc = account.load_balancers.first().map(|lb| lb.vpc_id.clone()).unwrap_or_default();
    let mine = |json: &&Json| json["VpcId"] == *vpc;
    let text = |json: &Json| json.as_str().unwrap_or_default().to_owned();
    let public: Vec<String> = list(&aws["DescribeRouteTables"]["RouteTables"])
        .filter(|table| list(&table["Routes"]).any(|route| text(&route["GatewayId"]).starts_with("igw-")))
        .flat_map(|table| list(&table["Associations"]).map(|one| text(&one["SubnetId"])))
        .collect();
    let subnet = |json: &Json| fact::Subnet {
        id: Text::from(text(&json["SubnetId"])),
        az: text(&json["AvailabilityZone"]),
        az_id: Some(text(&json["AvailabilityZoneId"])),
        cidr: text(&json["CidrBlock"]),
        tags: pairs(&json["Tags"]).into_iter().map(|(key, value)| (key.into(), value.into())).collect(),
        available_ips: json["AvailableIpAddressCount"].as_u64().and_then(|count| u32::try_from(count).ok()),
        public: public.contains(&text(&json["SubnetId"])),
        vpc_id: Some(text(&json["VpcId"])),
        ..fact::Subnet::default()
    };
    let certificate = |json: &Json| json!({"arn": json["CertificateArn"], "domains": json["SubjectAlternativeNames"], "type": json["Type"]});
    let group = |group: &SecurityGroup| json!({"id": group.group_id, "name": group.group_name, "tags": group.tags});
    let certificates: Vec<Json> = list(&aws["DescribeCertificate"]).map(certificate).collect();
    let groups: Vec<Json> = account.security_groups.iter().filter(|group| group.vpc_id == vpc).map(group).collect();
    Environment {
        cluster_name: Some(CLUSTER.to_owned()),
        region: Some("us-west-2".to_owned()),
        vpc: Some(read(&json!({"id": vpc, "cidrs": ["10.0.0.0/16"]}))),
        subnets: Some(list(&aws["DescribeSubnets"]["Subnets"]).filter(mine).map(subnet).collect()),
        security_groups: Some(read(&Json::from(groups))),
        certificates: Some(read(&Json::from(certificates))),
        existing_load_balancers: Some(account.load_balancers.iter().filter_map(existing).collect()),
        trust_stores: Some(Vec::new()),
        target_groups: Some(Vec::new()),
        ..Environment::default()
    }
}

fn existing(lb: &LoadBalancer) -> Option<fact::ExistingLoadBalancer> {
    let (stack, _) = gwchain_core::account::tracked(&lb.tags, CLUSTER)?;
    let class = match stack.lb_type {
        LoadBalancerType::Application => "alb",
        LoadBalancerType::Network => "nlb",
    };
    let subnets: Vec<&Text> = lb.availability_zones.iter().map(|zone| &zone.subnet_id).collect();
    let (arn, scheme) = (&lb.load_balancer_arn, &lb.scheme);
    Some(read(&json!({"gateway": stack.gateway, "class": class, "arn": arn, "scheme": scheme, "subnets": subnets})))
}
