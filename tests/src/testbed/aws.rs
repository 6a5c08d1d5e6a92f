//! An AWS API server (moto with mends, `scripts/testbed/aws`), what an account holds before a gateway, and what it
//! holds afterwards. It knows nothing of gwchain, and asks AWS through boto3, not through the SDK under test.
//!
//! ```no_run
//! use gwchain_tests::testbed::aws::AwsServer;
//!
//! let server = AwsServer::empty();
//! let account = server.seed("gw");
//! // … run the plugin with `.envs(server.environment())` and `account.vpc`, and look at what it left:
//! let left = server.snapshot();
//! assert_eq!(left.defects(), Vec::<String>::new());
//! ```
//!
//! A server holds one account and starts in a second; tests that share one call [`AwsServer::reset`] and take turns.

pub mod account;
pub mod proxy;
pub mod snapshot;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use self::account::Account;
use self::snapshot::Snapshot;
use super::{http, root};

/// A running server. It ends with this value, and with the test's process at the latest.
#[derive(Debug)]
pub struct AwsServer {
    /// Its standard input holds the server up.
    process: Child,
    url: String,
}

/// How AWS refused a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// AWS's code, such as `ResourceInUse`.
    pub code: String,
    /// AWS's words.
    pub message: String,
}

impl AwsServer {
    /// Starts one, with an account that holds a default VPC and nothing else.
    pub fn empty() -> Self {
        let mut command = Command::new(root().join("scripts/testbed/aws/run"));
        let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut process = spawned.expect("scripts/testbed/aws/run can be started");
        let mut said = String::new();
        let mut output = BufReader::new(process.stdout.take().expect("it is piped"));
        output.read_line(&mut said).expect("the script writes text");
        let url = said.trim_end().strip_prefix("ready ").map(str::to_owned);
        let url = url.unwrap_or_else(|| panic!("the AWS server does not start; the script says why above: {said:?}"));
        Self { process, url }
    }

    /// Where it answers: the endpoint of every service.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Environment variables for programs that call it.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        environment(&self.url)
    }

    /// Makes what a cluster of that name finds in an account.
    pub fn seed(&self, cluster: &str) -> Account {
        let seeded = self.ask("POST", "seed", &json!({ "cluster": cluster }));
        serde_json::from_value(seeded).expect("seed.py and account.rs agree")
    }

    /// Forgets everything but settings.
    pub fn reset(&self) {
        self.ask("POST", "reset", &Value::Null);
    }

    /// How long a load balancer is provisioned before it is active, those that exist included. At first not at all.
    pub fn set_provisioning(&self, seconds: f64) {
        self.ask("POST", "settings", &json!({ "lbProvisionSeconds": seconds }));
    }

    /// Everything that gateways can leave behind.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::new(self.ask("GET", "snapshot", &Value::Null))
    }

    /// A call by somebody else, with the names of boto3: `call("elbv2", "delete_rule", json!({"RuleArn": …}))`.
    pub fn call(&self, service: &str, operation: &str, parameters: &Value) -> Result<Value, Refusal> {
        self.call_at(&self.url, service, operation, parameters)
    }

    /// The same by way of a proxy.
    pub fn call_at(&self, url: &str, service: &str, operation: &str, parameters: &Value) -> Result<Value, Refusal> {
        let body = json!({ "url": url, "service": service, "operation": operation, "parameters": parameters });
        let (status, answer) = http::send("POST", &format!("{}/testbed/call", self.url), &body);
        let text = |key: &str| answer[key].as_str().unwrap_or_default().to_owned();
        match status {
            200 => Ok(answer),
            400 => Err(Refusal { code: text("code"), message: text("error") }),
            _ => panic!("{service} {operation}: {}", text("error")),
        }
    }

    fn ask(&self, method: &'static str, name: &str, body: &Value) -> Value {
        let (status, answer) = http::send(method, &format!("{}/testbed/{name}", self.url), body);
        assert_eq!(status, 200, "{name}: {}", answer["error"].as_str().unwrap_or_default());
        answer
    }
}

impl Drop for AwsServer {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// What sends a program's AWS calls to a URL, and none anywhere else.
fn environment(url: &str) -> Vec<(&'static str, String)> {
    [
        ("AWS_ENDPOINT_URL", url),
        ("AWS_REGION", "us-west-2"),
        ("AWS_ACCESS_KEY_ID", "testbed"),
        ("AWS_SECRET_ACCESS_KEY", "testbed"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_CONFIG_FILE", "/dev/null"),
        ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into()
}
