//! What a change set looks like to people and programs, byte for byte (`tests/changeset/<name>.txt`, `.json`), and what
//! of it is drift.
//!
//! `GWCHAIN_BLESS=1 cargo test -p gwchain-tests --test changeset` writes the pages anew; read them before committing.
//! Whether a change set is right is `changes.rs`'s and `identity.rs`'s business.

use std::fs;
use std::path::{Path, PathBuf};

use gwchain_core::account::Account;
use gwchain_core::diff::document::{Saved, to_string};
use gwchain_core::diff::{Drift, Proposal, Scope, taken_down, wanted};
use gwchain_core::manifest::{self, ReadOptions, SourceFile};
use gwchain_core::pipeline::{Options, run};
use gwchain_core::plan::Plan;
use gwchain_core::profile::Profile;
use gwchain_core::render::Paint;
use gwchain_core::view::table;
use gwchain_tests::fixture::{self, CLUSTER, Fixture};
use gwchain_tests::schema::violations;
use serde_json::Value as Json;

const CHAIN: &str = "chaining-guide-http-and-https";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").to_owned()
}

fn chain() -> Fixture {
    fixture::all().into_iter().find(|fixture| fixture.name == CHAIN).expect("the fixture is there")
}

fn scope() -> Scope {
    Scope { cluster: CLUSTER.to_owned(), region: "us-west-2".to_owned() }
}

/// What leads from the fixture's account to what its cluster says.
fn proposed<T>(fixture: &Fixture, then: impl FnOnce(&Proposal<'_, '_>) -> T) -> T {
    let file = SourceFile { name: "cluster.json".to_owned(), text: fixture.cluster.text.clone() };
    let manifests = manifest::read(vec![file], &ReadOptions::default());
    let options = Options { profile: Profile::AWS_LBC, complete: true, simulate: false };
    let pipeline = run(&manifests, &fixture.environment, options);
    let plan = Plan { manifests: &manifests, pipeline: &pipeline, shown: None };
    then(&Proposal::new(plan, &wanted(&plan), None, &fixture.account, scope()))
}

/// The same for taking down what `gateways` have.
fn destroyed<T>(fixture: &Fixture, gateways: &[&str], then: impl FnOnce(&Proposal<'_, '_>) -> T) -> T {
    let manifests = manifest::read(Vec::new(), &ReadOptions::default());
    let options = Options { profile: Profile::AWS_LBC, complete: true, simulate: false };
    let pipeline = run(&manifests, &fixture.environment, options);
    let plan = Plan { manifests: &manifests, pipeline: &pipeline, shown: None };
    let stacks = fixture.account.stacks(CLUSTER).into_iter().filter(|stack| gateways.contains(&&*stack.gateway));
    then(&Proposal::new(plan, &taken_down(stacks), None, &fixture.account, scope()))
}

fn text(proposal: &Proposal<'_, '_>) -> String {
    let options = table::Options { paint: Paint::Plain, width: Some(120), detail: table::Detail::Rows };
    table::change_set(proposal, options)
}

#[track_caller]
fn golden(name: &str, proposal: &Proposal<'_, '_>) {
    let schema = fs::read_to_string(root().join("docs/schemas/changeset.schema.json")).expect("the schema is readable");
    let schema: Json = serde_json::from_str(&schema).expect("a schema is JSON");
    let document = to_string(proposal);
    let wrong = violations(&schema, &serde_json::from_str(&document).expect("the document is JSON"));
    assert!(wrong.is_empty(), "{name}: {wrong:?}");
    for (end, made) in [("txt", text(proposal)), ("json", document + "\n")] {
        let path = root().join("tests/changeset").join(format!("{name}.{end}"));
        if std::env::var_os("GWCHAIN_BLESS").is_some() {
            fs::write(&path, &made).expect("the page is writable");
        }
        let expected = fs::read_to_string(&path).expect("the page is there, or GWCHAIN_BLESS=1 writes it");
        assert_eq!(made, expected, "{} differs", path.display());
    }
}

/// Writes the cluster's objects anew with `from` replaced, and nothing told of it yet.
fn edit(fixture: &mut Fixture, kind: &str, name: &str, change: impl FnOnce(&mut Json)) {
    let mut cluster: Json = serde_json::from_str(&fixture.cluster.text).expect("cluster.json is JSON");
    let items = cluster["items"].as_array_mut().expect("it is a list");
    let found = items.iter_mut().find(|item| item["kind"] == kind && item["metadata"]["name"] == name);
    let object = found.expect("the object is there");
    change(object);
    let generation = object["metadata"]["generation"].as_i64().unwrap_or(1);
    object["metadata"]["generation"] = (generation + 1).into();
    fixture.cluster.text = cluster.to_string();
}

/// Without what the reference left.
fn emptied(fixture: &mut Fixture) {
    fixture.account = Account { bindings: Some(Vec::new()), ..Account::default() };
    fixture.environment.existing_load_balancers = Some(Vec::new());
}

#[test]
fn nothing_to_do() {
    proposed(&chain(), |proposal| golden("nothing", proposal));
}

#[test]
fn everything_is_new() {
    let mut fixture = chain();
    emptied(&mut fixture);
    for (kind, name) in [("Gateway", "inner"), ("Gateway", "outer")] {
        edit(&mut fixture, kind, name, |object| object["status"] = Json::Null);
    }
    proposed(&fixture, |proposal| golden("create", proposal));
}

#[test]
fn fields_change() {
    let mut fixture = chain();
    edit(&mut fixture, "HTTPRoute", "site", |object| {
        object["spec"]["rules"][0]["matches"] = serde_json::json!([{"path": {"type": "PathPrefix", "value": "/shop"}}]);
    });
    edit(&mut fixture, "LoadBalancerConfiguration", "inner-cfg", |object| {
        object["spec"]["loadBalancerAttributes"] =
            serde_json::json!([{"key": "idle_timeout.timeout_seconds", "value": "120"}]);
        object["spec"]["tags"] = serde_json::json!({"team": "shop"});
    });
    proposed(&fixture, |proposal| golden("update", proposal));
}

#[test]
fn a_scheme_changes() {
    let mut fixture = chain();
    edit(&mut fixture, "LoadBalancerConfiguration", "outer-cfg", |object| object["spec"]["scheme"] = "internal".into());
    proposed(&fixture, |proposal| golden("replace", proposal));
}

#[test]
fn a_listener_goes() {
    let mut fixture = chain();
    edit(&mut fixture, "Gateway", "outer", |object| {
        object["spec"]["listeners"].as_array_mut().expect("it has two").truncate(1);
    });
    proposed(&fixture, |proposal| golden("delete", proposal));
}

/// Somebody took a target away, added a tag, changed a health check, and another one edited a configuration.
fn tampered() -> Fixture {
    let mut fixture = chain();
    for group in fixture.account.target_groups.iter_mut().filter(|group| group.target_type == "alb") {
        group.targets = Some(Vec::new());
        group.tags.insert("owner".into(), "somebody".into());
    }
    for group in fixture.account.target_groups.iter_mut().filter(|group| group.target_type != "alb") {
        group.health_check_path = Some("/health".into());
    }
    fixture.account.load_balancers[0].listeners.iter_mut().flatten().for_each(|one| one.rules = Some(Vec::new()));
    edit(&mut fixture, "LoadBalancerConfiguration", "inner-cfg", |object| {
        object["spec"]["tags"] = serde_json::json!({"team": "shop"});
    });
    fixture
}

#[test]
fn somebody_changed_it_on_aws() {
    proposed(&tampered(), |proposal| golden("drift", proposal));
}

#[test]
fn what_was_edited_since_is_no_drift() {
    let mut fixture = chain();
    edit(&mut fixture, "HTTPRoute", "site", |object| {
        object["spec"]["rules"][0]["matches"] = serde_json::json!([{"path": {"type": "PathPrefix", "value": "/shop"}}]);
    });
    proposed(&fixture, |proposal| {
        let json: Json = serde_json::from_str(&to_string(proposal)).expect("the document is JSON");
        assert!(!json.to_string().contains("\"drift\""), "{json:#}");
        assert_eq!(json["summary"]["update"], 2, "{json:#}");
    });
    assert_eq!(Drift::Certain.as_str(), "drift");
}

#[test]
fn a_protected_load_balancer_stays() {
    let mut fixture = chain();
    for lb in &mut fixture.account.load_balancers {
        lb.attributes.get_or_insert_default().insert("deletion_protection.enabled".into(), "true".into());
    }
    destroyed(&fixture, &["shop/inner", "shop/outer"], |proposal| golden("protected", proposal));
}

#[test]
fn a_chain_is_taken_down_from_the_front() {
    destroyed(&chain(), &["shop/inner", "shop/outer"], |proposal| golden("destroy", proposal));
}

#[test]
fn half_a_chain_is_not_taken_down_from_behind() {
    destroyed(&chain(), &["shop/inner"], |proposal| golden("destroy-behind", proposal));
}

#[test]
fn open_questions_have_remedies() {
    let mut fixture = chain();
    emptied(&mut fixture);
    fixture.environment.subnets = None;
    fixture.environment.vpc = None;
    proposed(&fixture, |proposal| golden("unanswered", proposal));
}

#[test]
fn a_saved_plan_holds_until_the_world_moves() {
    let saved = proposed(&tampered(), |proposal| Saved::parse(&to_string(proposal)).expect("it is one"));
    let objection = |fixture: &Fixture| proposed(fixture, |proposal| saved.objection(proposal));
    assert_eq!(objection(&tampered()), None);
    let mut healthier = tampered();
    for group in healthier.account.target_groups.iter_mut().filter(|group| group.target_type != "alb") {
        group.targets.iter_mut().flatten().for_each(|target| target.state = "unhealthy".into());
    }
    healthier.account.target_groups.reverse();
    assert_eq!(objection(&healthier), None, "health is not the plan's business, nor is the order of answers");
    let mut moved = tampered();
    moved.account.load_balancers[1].tags.insert("kubernetes.io/service-name".into(), "x".into());
    let told = objection(&moved).expect("a tag is new, though nobody cares for it");
    assert_eq!(told, "what exists on AWS has changed since the plan was saved");
    let mut edited = tampered();
    edit(&mut edited, "LoadBalancerConfiguration", "inner-cfg", |object| {
        object["spec"]["tags"] = serde_json::json!({"team": "other"});
    });
    let told = objection(&edited).expect("a tag has another value");
    assert_eq!(told, "the manifests or options are not those the plan was saved with");
}

#[test]
fn other_documents_are_no_saved_plan() {
    let told = Saved::parse(r#"{"apiVersion":"v1","kind":"Pod"}"#).expect_err("a Pod is none");
    assert!(told.starts_with("this is no saved change set: missing field"), "{told}");
}
