//! The proxy does to calls what its schedule says, in AWS's words, and knows what it did.
//!
//! All tests share a server; each looks for things by a name of its own.

use std::io::{ErrorKind, Read as _, Result, Write as _};
use std::net::TcpStream;
use std::os::unix::process::ExitStatusExt as _;
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use gwchain_tests::testbed::apiserver::eventually;
use gwchain_tests::testbed::aws::AwsServer;
use gwchain_tests::testbed::aws::proxy::{Cut, Fault, FaultProxy, Moment, Outcome, Schedule, run};
use serde_json::json;

const SERVICES: [(&str, &str); 7] = [
    ("acm", "list_certificates"),
    ("ec2", "describe_vpcs"),
    ("elbv2", "describe_load_balancers"),
    ("resourcegroupstaggingapi", "get_resources"),
    ("shield", "list_protections"),
    ("sts", "get_caller_identity"),
    ("wafv2", "list_web_acls"),
];

fn server() -> &'static AwsServer {
    static SERVER: OnceLock<AwsServer> = OnceLock::new();
    SERVER.get_or_init(AwsServer::empty)
}

/// Code of the refusal, for each service.
fn codes(proxy: &FaultProxy) -> Vec<String> {
    let code = |(service, operation): (&str, &str)| {
        let parameters = if service == "wafv2" { json!({"Scope": "REGIONAL"}) } else { json!({}) };
        let answer = server().call_at(proxy.url(), service, operation, &parameters);
        answer.expect_err("the proxy refuses").code
    };
    SERVICES.map(code).to_vec()
}

/// A call by hand, which sees how its connection ends.
fn raw(url: &str, form: &str) -> Result<String> {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://"))?;
    stream.write_all(request(form).as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

fn request(form: &str) -> String {
    format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nAuthorization: AWS4-HMAC-SHA256 \
         Credential=a/20260101/us-west-2/elasticloadbalancing/aws4_request, SignedHeaders=host, Signature=b\r\n\r\n{form}",
        form.len()
    )
}

fn create(name: &str) -> String {
    format!(
        "Version=2015-12-01&Action=CreateTrustStore&Name={name}&CaCertificatesBundleS3Bucket=b&CaCertificatesBundleS3Key=k"
    )
}

fn exists(name: &str) -> bool {
    server().call("elbv2", "describe_trust_stores", &json!({"Names": [name]})).is_ok()
}

#[test]
fn calls_are_named_and_counted() {
    let proxy = FaultProxy::before(server());
    for (service, operation) in SERVICES {
        let parameters = if service == "wafv2" { json!({"Scope": "REGIONAL"}) } else { json!({}) };
        server().call_at(proxy.url(), service, operation, &parameters).expect("nothing goes wrong");
    }
    raw(proxy.url(), &create("counted")).expect("it is answered");
    let expected = json!({
        "acm:ListCertificates": 1, "ec2:DescribeVpcs": 1, "elasticloadbalancing:CreateTrustStore": 1,
        "elasticloadbalancing:DescribeLoadBalancers": 1, "shield:ListProtections": 1, "sts:GetCallerIdentity": 1,
        "tagging:GetResources": 1, "wafv2:ListWebACLs": 1,
    });
    assert_eq!(serde_json::to_value(proxy.counts()).expect("it is a map"), expected);
    let calls = proxy.calls();
    assert!(calls.iter().all(|call| call.outcome == Outcome::Answered(200)), "{calls:?}");
    assert_eq!(calls.iter().filter(|call| call.is_write()).count(), 1);
    assert!(calls[7].body.contains("Name=counted"), "{}", calls[7].body);
    proxy.reset();
    assert_eq!(proxy.calls(), []);
}

#[test]
fn each_service_throttles_in_its_own_words() {
    let proxy = FaultProxy::before(server());
    proxy.set(Schedule::seeded(1).with(Fault::Throttle, 100));
    let json = "ThrottlingException";
    assert_eq!(codes(&proxy), [json, "RequestLimitExceeded", "Throttling", json, json, "Throttling", json]);
    assert!(proxy.calls().iter().all(|call| call.outcome == Outcome::Failed(Fault::Throttle)));
}

#[test]
fn each_service_fails_in_its_own_words() {
    let proxy = FaultProxy::before(server());
    proxy.set(Schedule::seeded(1).with(Fault::ServerError, 100));
    let (json, query) = ("InternalServerException", "InternalFailure");
    assert_eq!(codes(&proxy), [json, "InternalError", query, json, json, query, json]);
}

#[test]
fn a_reset_comes_before_or_after_the_call_is_carried_out() {
    let proxy = FaultProxy::before(server());
    proxy.set(Schedule::none().at(1, Fault::ResetBefore).at(2, Fault::ResetAfter));
    for (name, is_there) in [("reset-before", false), ("reset-after", true)] {
        let answer = raw(proxy.url(), &create(name));
        assert_eq!(answer.expect_err("there is no answer").kind(), ErrorKind::ConnectionReset);
        assert_eq!(exists(name), is_there, "{name}");
    }
    assert!(raw(proxy.url(), &create("later")).expect("the third goes through").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_call_that_is_never_answered_holds_up_no_other() {
    let proxy = FaultProxy::before(server());
    proxy.set(Schedule::none().at(1, Fault::TimeOut));
    let url = proxy.url().to_owned();
    let waiting = std::thread::spawn(move || raw(&url, &create("unanswered")));
    eventually("the first call", || proxy.calls().into_iter().next());
    raw(proxy.url(), "Action=DescribeLoadBalancers&Version=2015-12-01").expect("the second is answered");
    assert!(!waiting.is_finished());
    assert!(!exists("unanswered"));
    drop(proxy);
    let answer = waiting.join().expect("it does not panic");
    assert!(answer.is_err() || answer.is_ok_and(|text| text.is_empty()), "there is an answer");
}

#[test]
fn a_slow_answer_is_the_right_one() {
    let proxy = FaultProxy::before(server());
    let slow = Fault::Slow(Duration::from_millis(1));
    proxy.set(Schedule::seeded(1).with(slow, 100));
    raw(proxy.url(), &create("slow")).expect("it is answered in the end");
    assert!(exists("slow"));
    assert_eq!(proxy.calls()[0].outcome, Outcome::Failed(slow));
}

#[test]
fn a_program_is_killed_at_a_call() {
    let proxy = FaultProxy::before(server());
    let program = |name: &str| {
        let (host, port) = proxy.url().trim_start_matches("http://").split_once(':').expect("it has a port");
        let mut command = Command::new("bash");
        let script =
            "exec 3<>/dev/tcp/$0/$1; for _ in 1 2; do echo called; printf '%s' \"$2\" >&3; read -r line <&3; done";
        command.args(["-c", script, host, port, &request(&create(name)).replace("Connection: close\r\n", "")]);
        command
    };
    for (name, moment, is_there) in [("kill-before", Moment::Before, false), ("kill-after", Moment::After, true)] {
        proxy.reset();
        let ended = run(program(name), Some((&proxy, Cut { call: 1, moment })));
        assert_eq!((ended.status.signal(), ended.stdout.as_str()), (Some(9), "called\n"), "{}", ended.stderr);
        assert_eq!(exists(name), is_there, "{name}");
        assert_eq!(proxy.calls()[0].outcome, Outcome::Cut);
    }
    proxy.reset();
    let ended = run(program("kill-later"), Some((&proxy, Cut { call: 5, moment: Moment::Before })));
    assert!(ended.status.success(), "{}", ended.stderr);
    assert_eq!(ended.stdout, "called\ncalled\n");
}

#[test]
fn a_server_that_is_gone_is_a_bad_gateway() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let proxy = FaultProxy::to(nobody.expect("there are free ports"));
    assert!(raw(proxy.url(), "Action=DescribeVpcs").expect("the proxy answers").starts_with("HTTP/1.1 502"));
}
