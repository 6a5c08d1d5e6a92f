//! The stack JSON byte for byte: the two complete examples of translation §9.4, by their SHA-256 there.
//!
//! The vectors compare values; only here do field order and escaping count.

use gwchain_core::environment;
use gwchain_core::manifest::{ReadOptions, SourceFile, read};
use gwchain_core::pipeline::{Options, run};
use gwchain_core::plan::stack_json;
use gwchain_core::profile::Profile;
use sha2::{Digest, Sha256};

const ENVIRONMENT: &str = "
clusterName: demo
vpc: {id: vpc-0123, cidrs: [10.0.0.0/16]}
subnets:
- {id: subnet-0aaa, az: a, cidr: 10.0.0.0/24, tags: {kubernetes.io/role/elb: '1', kubernetes.io/role/internal-elb: '1'}}
- {id: subnet-0bbb, az: b, cidr: 10.0.1.0/24, tags: {kubernetes.io/role/elb: '1', kubernetes.io/role/internal-elb: '1'}}
autoBackendSecurityGroupID: sg-0backend
";

fn digest(text: &str) -> (usize, String) {
    let environment = environment::parse(ENVIRONMENT).expect("the environment is valid").simulated();
    let file = SourceFile { name: "input.yaml".to_owned(), text: text.to_owned() };
    let manifests = read(vec![file], &ReadOptions::default());
    let options = Options { profile: Profile::AWS_LBC, complete: true, simulate: true };
    let pipeline = run(&manifests, &environment, options);
    let [stack] = pipeline.stacks()[..] else { panic!("one stack, not {}", pipeline.stacks().len()) };
    let json = stack_json::to_string(stack);
    let digest = Sha256::digest(json.as_bytes());
    (json.len(), digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[test]
fn the_alb_example_has_the_references_bytes() {
    let expected = "0d089a790fa390244cc995f291d3dd9635cab3a345b74fc03f8f299b65e3a9c6";
    assert_eq!(digest(include_str!("../spec/alb.yaml")), (3308, expected.to_owned()));
}

#[test]
fn the_nlb_example_has_the_references_bytes() {
    let expected = "3fec5a36f295d40fe553790b3bd669098088cd3fcee0c9c9abfb97a102734eed";
    assert_eq!(digest(include_str!("../spec/nlb.yaml")), (1941, expected.to_owned()));
}
