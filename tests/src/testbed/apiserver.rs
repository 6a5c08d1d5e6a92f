//! A kube-apiserver with an etcd of its own (`scripts/testbed/apiserver`), and what tests put into it, through kube.
//!
//! There is no controller: nothing makes EndpointSlices or statuses but the tests themselves.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use http::Request;
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::{Client, Config};
use serde_json::Value;
use tokio::runtime::Builder;

use super::root;
use crate::deploy::objects;

/// How long a condition may take to come true.
const DEADLINE: Duration = Duration::from_secs(60);
/// How many objects are written at the same time.
const AT_ONCE: usize = 16;

/// A running API server. It ends with this value, and with the test's process at the latest.
#[derive(Debug)]
pub struct ApiServer {
    /// Its standard input holds the server up.
    process: Child,
    folder: PathBuf,
}

/// Ports that are free now.
fn ports() -> [u16; 3] {
    let listeners = [0; 3].map(|_| TcpListener::bind("127.0.0.1:0").expect("there are free ports"));
    listeners.map(|listener| listener.local_addr().expect("it is bound").port())
}

impl ApiServer {
    /// Starts one, with nothing in it.
    pub fn empty() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("gwchain-testbed-{}-{number}", std::process::id()));
        let mut command = Command::new(root().join("scripts/testbed/apiserver/run"));
        command.arg(&folder).args(ports().map(|port| port.to_string()));
        let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut process = spawned.expect("scripts/testbed/apiserver/run can be started");
        let mut said = String::new();
        let mut output = BufReader::new(process.stdout.take().expect("it is piped"));
        output.read_line(&mut said).expect("the script writes text");
        assert_eq!(said, "ready\n", "the API server does not start; the script says why above");
        Self { process, folder }
    }

    /// Starts one with the CRDs of the Gateway API and of its AWS configuration kinds.
    pub fn with_gateway_api() -> Self {
        let server = Self::empty();
        let mut crds = gateway_api();
        crds.push(aws());
        server.install(&crds);
        server
    }

    /// kubeconfig with the contexts `admin`, `guest` (no rights but those given) and `stranger` (bad credentials).
    pub fn kubeconfig(&self) -> PathBuf {
        self.folder.join("kubeconfig")
    }

    /// Applies the texts' objects, and waits until the kinds they define are served.
    pub fn install(&self, crds: &[String]) {
        self.apply(&crds.join("\n---\n"));
        for crd in crds.iter().flat_map(|text| objects(text)) {
            let (group, plural) = (text(&crd, "/spec/group"), text(&crd, "/spec/names/plural"));
            let versions = crd["spec"]["versions"].as_array().expect("a CRD has versions");
            for version in versions.iter().filter(|version| version["served"] == true) {
                let list = format!("/apis/{group}/{}/{plural}?limit=1", text(version, "/name"));
                eventually(&list, || self.get(&list).ok());
            }
        }
    }

    /// Applies every object of a text of YAML documents, many at the same time.
    pub fn apply(&self, yaml: &str) {
        self.write(objects(yaml), "");
    }

    /// Writes the `status` of every object of a text.
    pub fn apply_status(&self, yaml: &str) {
        self.write(objects(yaml), "/status");
    }

    /// The answer to a GET request.
    pub fn get(&self, path: &str) -> Result<Value, kube::Error> {
        let request = Request::get(path).body(Vec::new()).expect("it is a URL");
        self.block_on(async |client| client.request(request).await)
    }

    /// The answers to POST requests, in their order.
    pub fn post(&self, path: &str, bodies: &[Value]) -> Vec<Result<Value, kube::Error>> {
        self.block_on(async |client| {
            let mut answers = Vec::new();
            for body in bodies {
                let request = Request::post(path).header("content-type", "application/json");
                let request = request.body(body.to_string().into_bytes()).expect("it is a URL");
                answers.push(client.request(request).await);
            }
            answers
        })
    }

    fn write(&self, objects: Vec<Value>, subresource: &'static str) {
        self.block_on(async |client| {
            for chunk in objects.chunks(AT_ONCE) {
                let mut tasks = tokio::task::JoinSet::new();
                for object in chunk {
                    let (client, object) = (client.clone(), object.clone());
                    tasks.spawn(async move {
                        let path = format!("{}{subresource}?fieldManager=testbed&force=true", path(&object));
                        let body = object.to_string().into_bytes();
                        let request = Request::patch(path).header("content-type", "application/apply-patch+yaml");
                        let request = request.body(body).expect("it is a URL");
                        let written = client.request_text(request).await;
                        written.map_err(|error| format!("{}: {error}", text(&object, "/metadata/name")))
                    });
                }
                while let Some(written) = tasks.join_next().await {
                    written.expect("a request does not panic").unwrap_or_else(|why| panic!("{why}"));
                }
            }
        });
    }

    fn block_on<T>(&self, work: impl AsyncFnOnce(Client) -> T) -> T {
        let runtime = Builder::new_current_thread().enable_all().build().expect("an event loop can be made");
        runtime.block_on(async {
            let file = Kubeconfig::read_from(self.kubeconfig()).expect("the script wrote it");
            let config = Config::from_custom_kubeconfig(file, &KubeConfigOptions::default()).await;
            let client = Client::try_from(config.expect("the script wrote it")).expect("its certificates are readable");
            work(client).await
        })
    }
}

impl Drop for ApiServer {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The CRDs of the Gateway API's standard channel, one text per kind.
pub fn gateway_api() -> Vec<String> {
    let built =
        Command::new(root().join("scripts/testbed/apiserver/build")).output().expect("the script can be started");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let folder = PathBuf::from(String::from_utf8_lossy(&built.stdout).trim()).join("crds");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the script put it there")
        .map(|entry| entry.expect("it is readable").path())
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).expect("a CRD is text")).collect()
}

/// The CRDs of `gateway.k8s.aws`.
pub fn aws() -> String {
    fs::read_to_string(root().join("tests/crds/gateway.k8s.aws.yaml")).expect("it lies in the repository")
}

/// Asks until there is an answer.
pub fn eventually<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(start.elapsed() < DEADLINE, "{what} does not come true within {DEADLINE:?}");
        std::thread::yield_now();
    }
}

fn text<'v>(object: &'v Value, pointer: &str) -> &'v str {
    object.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// Where an object lives; plurals are regular for every kind that is used here.
fn path(object: &Value) -> String {
    let (version, kind) = (text(object, "/apiVersion"), text(object, "/kind").to_lowercase());
    let plural = if kind.ends_with('s') { format!("{kind}es") } else { format!("{kind}s") };
    let root = if version.contains('/') { "apis" } else { "api" };
    let namespace = match text(object, "/metadata/namespace") {
        "" => String::new(),
        namespace => format!("/namespaces/{namespace}"),
    };
    format!("/{root}/{version}{namespace}/{plural}/{}", text(object, "/metadata/name"))
}
