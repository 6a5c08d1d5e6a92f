//! `diff`, `apply` and `destroy` as users run them, against an AWS server: the guide's chain made, changed, cut off,
//! gone on with and taken down.
//!
//! What is compared and in which order it is changed is tried in core (`changes.rs`); here it is the built program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use gwchain_tests::testbed::apiserver::eventually;
use gwchain_tests::testbed::aws::AwsServer;
use gwchain_tests::testbed::aws::account::Account;
use gwchain_tests::testbed::aws::proxy::{Cut, Ended, FaultProxy, Moment, run};
use gwchain_tests::testbed::plugin;
use serde_json::{Value as Json, json};

const CLUSTER: &str = "gw";
/// Calls that may be made for the guide's chain, at most (issue 6).
const CREATE: usize = 45;
/// Calls per Gateway when nothing is to be done.
const NOTHING: usize = 6;

/// An account with the chain's manifests beside it.
struct Bed {
    server: AwsServer,
    proxy: FaultProxy,
    account: Account,
    folder: PathBuf,
}

impl Bed {
    fn new(name: &str) -> Self {
        let server = AwsServer::empty();
        let proxy = FaultProxy::before(&server);
        let account = server.seed(CLUSTER);
        let folder = std::env::temp_dir().join(format!("gwchain-apply-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("the folder can be made");
        let bed = Self { server, proxy, account, folder };
        bed.write(|text| text);
        bed
    }

    fn file(&self) -> PathBuf {
        self.folder.join("chain.yaml")
    }

    /// Writes the manifests anew, changed.
    fn write(&self, change: impl FnOnce(String) -> String) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("apply/chain.yaml");
        let text = fs::read_to_string(path).expect("the chain is readable");
        fs::write(self.file(), change(text)).expect("the folder is writable");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(plugin());
        let (subcommand, rest) = arguments.split_first().expect("there is a subcommand");
        command.arg(subcommand).arg("-f").arg(self.file()).args(["--cluster-name", CLUSTER]);
        command.args(["--vpc-id", &self.account.vpc]).args(rest).envs(self.proxy.environment());
        command
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        self.proxy.reset();
        run(self.command(arguments), None)
    }

    #[track_caller]
    fn expect(&self, code: i32, arguments: &[&str]) -> Ended {
        let ended = self.run(arguments);
        assert_eq!(ended.status.code(), Some(code), "{arguments:?}\n{}\n{}", ended.stdout, ended.stderr);
        ended
    }

    /// That the account holds the chain and nothing is wrong with it.
    #[track_caller]
    fn assert_made(&self) {
        let left = self.server.snapshot();
        assert_eq!(left.defects(), Vec::<String>::new());
        let count = |kind: &str| left.raw()[kind].as_array().map(Vec::len);
        assert_eq!((count("LoadBalancers"), count("TargetGroups")), (Some(2), Some(3)));
        self.expect(0, &["diff"]);
    }

    /// That nothing is left but what the cluster shares.
    #[track_caller]
    fn assert_gone(&self) {
        let left = self.server.snapshot();
        let count = |kind: &str| left.raw()[kind].as_array().map(Vec::len);
        assert_eq!((count("LoadBalancers"), count("TargetGroups")), (Some(0), Some(0)));
        let groups = left.raw()["SecurityGroups"].as_array().cloned().unwrap_or_default();
        let names: Vec<&str> = groups.iter().filter_map(|group| group["GroupName"].as_str()).collect();
        let ours: Vec<&&str> = names.iter().filter(|name| name.starts_with("k8s-")).collect();
        assert!(ours.iter().all(|name| name.starts_with("k8s-traffic-")), "{names:?}");
    }
}

impl Drop for Bed {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn protect(text: String) -> String {
    text.replace(
        "  scheme: internet-facing\n",
        "  scheme: internet-facing\n  loadBalancerAttributes: [{key: deletion_protection.enabled, value: 'true'}]\n",
    )
}

#[expect(clippy::print_stdout, reason = "how much of the budgets is used is worth a line")]
#[test]
fn a_chain_is_made_changed_and_taken_down() {
    let bed = Bed::new("life");
    let shown = bed.expect(2, &["diff"]);
    assert!(shown.stdout.contains("  + load balancer  k8s-shop-outer-"), "{}", shown.stdout);
    let made = bed.expect(0, &["apply", "--yes"]);
    assert!(made.stderr.contains("shop/inner: rule HTTP:443 #1: created"), "{}", made.stderr);
    assert!(made.stdout.contains("\nDone in "), "{}", made.stdout);
    let calls = bed.proxy.calls().len();
    println!("{calls} calls to make the chain: {:?}", bed.proxy.counts());
    assert!(calls <= CREATE, "{calls} calls: {:?}", bed.proxy.counts());
    bed.assert_made();
    let calls = bed.proxy.calls().len();
    println!("{calls} calls for nothing: {:?}", bed.proxy.counts());
    assert!(calls <= 2 * NOTHING, "{calls} calls: {:?}", bed.proxy.counts());

    bed.write(|text| {
        text.replace("  parentRefs: [{name: inner}]\n", "  parentRefs: [{name: inner}]\n  hostnames: [a.example.com]\n")
    });
    let shown = bed.expect(2, &["diff", "-o", "json"]);
    let document: Json = serde_json::from_str(&shown.stdout).expect("the document is JSON");
    assert_eq!(document["summary"]["calls"]["ModifyRule"], 2, "{document:#}");
    let outcome = bed.expect(0, &["apply", "--yes", "-o", "json"]);
    let outcome: Json = serde_json::from_str(&outcome.stdout).expect("the outcome is JSON");
    assert_eq!((&outcome["kind"], &outcome["status"]), (&json!("Outcome"), &json!("complete")));
    assert_eq!(outcome["resources"][0]["status"], "done");
    bed.assert_made();

    let gone = bed.expect(0, &["destroy", "--yes"]);
    assert!(gone.stderr.contains("shop/outer: load balancer"), "{}", gone.stderr);
    bed.assert_gone();
    let again = bed.expect(0, &["destroy", "--yes"]);
    assert!(again.stderr.contains("note: nothing on AWS is of Gateway shop/inner, shop/outer"), "{}", again.stderr);
}

#[test]
fn a_saved_plan_is_carried_out_as_it_is_or_not_at_all() {
    let bed = Bed::new("saved");
    let saved = bed.folder.join("plan.json");
    let saved = saved.to_str().expect("the folder's name is text");
    bed.expect(2, &["diff", "--out", saved]);
    bed.write(|text| text.replace("path: /", "path: /x").replace("nodePort: 30080", "nodePort: 30081"));
    let refused = bed.expect(1, &["apply", "--plan", saved]);
    assert!(refused.stderr.contains("the manifests or options are not those"), "{}", refused.stderr);
    bed.write(|text| text);
    bed.expect(0, &["apply", "--plan", saved]);
    bed.assert_made();
    let refused = bed.expect(1, &["apply", "--plan", saved]);
    assert!(
        refused.stderr.contains("have changed since the plan was saved: nothing was changed"),
        "{}",
        refused.stderr
    );
}

#[test]
fn nothing_is_done_without_consent_or_against_protection() {
    let bed = Bed::new("consent");
    let refused = bed.expect(1, &["apply"]);
    assert!(refused.stderr.contains("say --yes"), "{}", refused.stderr);
    bed.write(protect);
    bed.expect(0, &["apply", "--yes"]);
    bed.write(|text| text.replace("scheme: internet-facing", "scheme: internal"));
    let refused = bed.expect(1, &["apply", "--yes", "--allow-replace"]);
    assert!(refused.stdout.contains("deletion protection is on"), "{}", refused.stdout);
    let refused = bed.expect(1, &["destroy", "--yes"]).stdout;
    assert!(
        refused.contains("deletion protection is on") && refused.contains("shop/outer has it as a target"),
        "{refused}"
    );
    let turned_off = bed.proxy.calls().iter().any(|call| call.body.contains("deletion_protection"));
    assert!(!turned_off, "deletion protection was touched");
    bed.write(|text| protect(text).replace("'true'", "'false'"));
    bed.expect(0, &["apply", "--yes"]);
    bed.write(|text| text.replace("scheme: internet-facing", "scheme: internal"));
    let refused = bed.expect(1, &["apply", "--yes"]);
    assert!(refused.stderr.contains("would be replaced; say --allow-replace"), "{}", refused.stderr);
    bed.expect(0, &["apply", "--yes", "--allow-replace"]);
    bed.assert_made();
}

#[test]
fn whoever_is_killed_at_a_call_goes_on() {
    let bed = Bed::new("killed");
    for moment in [Moment::Before, Moment::After] {
        for call in (1..CREATE).step_by(7) {
            bed.proxy.reset();
            run(bed.command(&["apply", "--yes"]), Some((&bed.proxy, Cut { call, moment })));
            bed.expect(0, &["apply", "--yes"]);
            bed.assert_made();
            bed.expect(0, &["destroy", "--yes"]);
            bed.assert_gone();
        }
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_cleanly() {
    let bed = Bed::new("interrupted");
    bed.server.set_provisioning(3600.0);
    let mut command = bed.command(&["apply", "--yes"]);
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let child = child.expect("the plugin starts");
    eventually("a look at a load balancer that is not active", || {
        bed.proxy.calls().iter().filter(|call| call.name.ends_with(":DescribeLoadBalancers")).nth(2).map(drop)
    });
    let signal = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(signal.success());
    let ended = child.wait_with_output().expect("it is a child of ours");
    let told = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(130), "{told}");
    assert!(told.contains("the same command goes on from here"), "{told}");
    bed.server.set_provisioning(0.0);
    bed.expect(0, &["apply", "--yes"]);
    bed.assert_made();
}
