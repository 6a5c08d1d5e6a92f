//! Reading an AWS account, on a real server of its protocol: answers to a plan's questions, and what exists of stacks.
//!
//! Each test has a server of its own; `src/bin/look.rs` is what looks.

mod answer;
mod observe;

use std::path::{Path, PathBuf};
use std::process::Command;

use gwchain_tests::testbed::aws::AwsServer;
use gwchain_tests::testbed::aws::account::Account;
use gwchain_tests::testbed::aws::proxy::FaultProxy;
use serde_json::Value as Json;

/// A server with what a cluster finds, and a proxy before it.
struct World {
    server: AwsServer,
    proxy: FaultProxy,
    account: Account,
    folder: PathBuf,
}

impl World {
    fn new(name: &str) -> Self {
        let server = AwsServer::empty();
        let account = server.seed("gw");
        let proxy = FaultProxy::before(&server);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("aws_read-{name}"));
        std::fs::create_dir_all(&folder).expect("cargo gives tests a folder");
        Self { server, proxy, account, folder }
    }

    /// What the program says of `manifests`; how it finds the VPC is up to `place`.
    fn look(&self, manifests: &str, place: [&str; 2], more: &[&str]) -> Json {
        let path = self.folder.join("manifests.yaml");
        std::fs::write(&path, manifests).expect("the folder is writable");
        let mut command = Command::new(env!("CARGO_BIN_EXE_look"));
        let output = command.arg(path).args(place).args(more).envs(self.proxy.environment()).output();
        let output = output.expect("cargo has built it");
        let (said, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}{errors}"))
    }

    fn look_at_vpc(&self, manifests: &str, more: &[&str]) -> Json {
        self.look(manifests, [&self.account.vpc, ""], more)
    }

    /// A call by somebody else.
    fn call(&self, operation: &str, parameters: &Json) -> Json {
        let answer = self.server.call("elbv2", operation, parameters);
        answer.unwrap_or_else(|refusal| panic!("{operation}: {refusal:?}"))
    }

    /// The guide's chain with a certificate of this account.
    fn chain(&self) -> String {
        example("gateway-chaining").replace("<my cert arn>", &self.account.certificates["echo"]) + SERVICE
    }
}

/// What the guide's route leads to.
const SERVICE: &str = "---
apiVersion: v1
kind: Service
metadata: {name: echoserver, namespace: example-ns}
spec:
  type: NodePort
  ports: [{port: 80, targetPort: 8080, nodePort: 30080}]
";

/// All manifests of a folder under examples/.
fn example(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(name);
    let entries = std::fs::read_dir(folder).expect("the example is there").flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.filter(|path| !path.ends_with("environment.yaml")).collect();
    files.sort();
    let texts = files.iter().map(|path| std::fs::read_to_string(path).expect("examples are texts"));
    texts.collect::<Vec<_>>().join("\n---\n")
}

fn list(json: &Json) -> Vec<&Json> {
    json.as_array().into_iter().flatten().collect()
}

fn calls(json: &Json) -> u64 {
    json["calls"].as_object().into_iter().flatten().filter_map(|(_, count)| count.as_u64()).sum()
}
