//! Identity with the reference on AWS: on an account that it built, the profile `aws-lbc` changes nothing.

use gwchain_core::account::StackId;
use gwchain_core::diff::{ChangeSet, Context, Wanted, diff};
use gwchain_core::manifest::{self, ReadOptions};
use gwchain_core::pipeline::{Options, run};
use gwchain_core::profile::Profile;
use gwchain_tests::fixture::{self, CLUSTER, Fixture};

fn changes(fixture: &Fixture, profile: Profile) -> ChangeSet {
    let file = manifest::SourceFile { name: fixture.cluster.name.clone(), text: fixture.cluster.text.clone() };
    let manifests = manifest::read(vec![file], &ReadOptions::default());
    let options = Options { profile, complete: true, simulate: false };
    let pipeline = run(&manifests, &fixture.environment, options);
    let wanted: Vec<Wanted<'_>> = pipeline
        .stacks()
        .into_iter()
        .map(|stack| Wanted {
            stack: StackId { lb_type: stack.lb_type, gateway: stack.id.clone() },
            model: Some(stack),
        })
        .collect();
    assert!(!wanted.is_empty(), "{}: nothing is planned", fixture.name);
    let context = Context {
        cluster: CLUSTER,
        account: &fixture.account,
        external_tags: &[],
        default_tags: &fixture.environment.flags.default_tags,
    };
    diff(&wanted, context)
}

#[test]
fn nothing_changes_under_aws_lbc() {
    let mut found = Vec::new();
    for fixture in fixture::all() {
        let set = changes(&fixture, Profile::AWS_LBC);
        found.extend(set.changes.iter().map(|change| {
            format!("{}: {} {:?} {:?}", fixture.name, change.operation.name(), change.resource, change.fields)
        }));
        found.extend(set.unanswered.iter().map(|want| format!("{}: {want}", fixture.name)));
        found.extend(set.blocked.iter().map(|blocked| format!("{}: {}", fixture.name, blocked.reason)));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
