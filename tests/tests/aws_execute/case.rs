//! Manifests of examples and vectors with ids of a seeded account, and the program that makes the account what they mean.
//!
//! What should come of it, the tests say.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use gwchain_tests::testbed::aws::AwsServer;
use gwchain_tests::testbed::aws::account::Account;
use gwchain_tests::testbed::aws::proxy::{Cut, Ended, FaultProxy, run};
use serde_json::Value;

/// An account, a proxy before it, and files.
pub struct Bed {
    pub server: AwsServer,
    pub proxy: FaultProxy,
    pub account: Account,
    folder: PathBuf,
}

impl Bed {
    /// A seeded one.
    pub fn new(name: &str) -> Self {
        let server = AwsServer::empty();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("execute-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("cargo's folder is writable");
        Self { proxy: FaultProxy::before(&server), account: server.seed("demo"), server, folder }
    }

    /// As at the beginning.
    pub fn again(&mut self) {
        self.server.reset();
        self.account = self.server.seed("demo");
        let _ = fs::remove_file(self.bindings());
        let _ = fs::remove_file(self.bindings().with_extension("stacks"));
        self.proxy.reset();
    }

    fn bindings(&self) -> PathBuf {
        self.folder.join("bindings.json")
    }

    /// Carries manifests out, as far as the program gets.
    pub fn try_to(&self, manifests: &str, cut: Option<Cut>) -> Ended {
        let file = self.folder.join("manifests.yaml");
        fs::write(&file, self.with_ids(manifests)).expect("the folder is writable");
        let mut command = Command::new(env!("CARGO_BIN_EXE_carry-out"));
        command.arg(file).args([&self.account.cluster, &self.account.vpc]).arg(self.bindings());
        command.envs(self.proxy.environment());
        run(command, cut.map(|cut| (&self.proxy, cut)))
    }

    /// Carries manifests out to the end, and tells the changes of each round, as `round call resource`.
    #[track_caller]
    pub fn make(&self, manifests: &str) -> Vec<String> {
        let ended = self.try_to(manifests, None);
        assert!(ended.status.success(), "{}\n{}", ended.stdout, ended.stderr);
        ended.stdout.lines().map(str::to_owned).collect()
    }

    /// What the account holds, with names in place of ids; nothing may be there twice or for nothing.
    #[track_caller]
    pub fn left(&self) -> Value {
        let snapshot = self.server.snapshot();
        assert_eq!(snapshot.defects(), Vec::<String>::new());
        snapshot.named()
    }

    /// The manifests with ids of the account in place of those that examples use.
    fn with_ids(&self, manifests: &str) -> String {
        let account = &self.account;
        let mut text = manifests.replace("<my cert arn>", &account.certificates["echo"]);
        text = text.replace("<web acl>", &account.web_acl.arn);
        for (number, id) in account.public_subnets.iter().enumerate() {
            text = text.replace(&format!("subnet-0a1b2c3d4e5f6000{}", number + 1), id);
        }
        for (number, id) in account.allocations.iter().enumerate() {
            text = text.replace(&format!("eipalloc-0a1b2c3d4e5f6000{}", number + 1), id);
        }
        text
    }
}

/// All manifests of an example.
pub fn example(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(name);
    let entries = fs::read_dir(&folder).expect("the example exists").map(|entry| entry.expect("it is readable").path());
    let mut files: Vec<PathBuf> = entries.filter(|path| !path.ends_with("environment.yaml")).collect();
    files.sort();
    files.iter().map(|path| format!("---\n{}\n", read(path))).collect()
}

/// The manifests of a vector.
pub fn vector(name: &str) -> String {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name).join("input.yaml"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("it is a text")
}

/// The guide's chain with the Service that it leaves to the reader.
pub fn guide() -> String {
    let service = "---\napiVersion: v1\nkind: Service\nmetadata: {name: echoserver, namespace: example-ns}\n\
                   spec: {type: NodePort, selector: {app: echo}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}\n";
    example("gateway-chaining") + service
}

/// How many resources of each kind.
pub fn counts(left: &Value) -> BTreeMap<&str, usize> {
    let kinds = ["LoadBalancers", "TargetGroups", "SecurityGroups"];
    kinds.map(|kind| (kind, left[kind].as_array().map_or(0, Vec::len))).into()
}
