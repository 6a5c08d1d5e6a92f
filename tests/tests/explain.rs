//! Golden pages: what `explain` tells of examples and vectors, byte for byte (`tests/explain/<name>.txt`).
//!
//! `GWCHAIN_BLESS=1 cargo test -p gwchain-tests --test explain` writes them anew; read them before committing.

use std::fs;
use std::path::{Path, PathBuf};

use gwchain_core::fact::Environment;
use gwchain_core::manifest::{ReadOptions, SourceFile, read};
use gwchain_core::pipeline::{Options, run};
use gwchain_core::plan::{Plan, Shown};
use gwchain_core::profile::Profile;
use gwchain_core::view::explain::{View, answer, page};

const WIDTH: usize = 120;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").to_owned()
}

fn files(folder: &str) -> Vec<SourceFile> {
    let entries = fs::read_dir(root().join(folder)).expect("the folder is there");
    let names = entries.map(|entry| entry.expect("an entry is readable").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".yaml") && name != "environment.yaml").collect();
    names.sort();
    let file = |name| {
        let name = format!("{folder}/{name}");
        SourceFile { text: fs::read_to_string(root().join(&name)).expect("a manifest is readable"), name }
    };
    names.into_iter().map(file).collect()
}

/// What `kubectl gwchain explain -f folder [asked]` prints.
fn told(files: Vec<SourceFile>, asked: Option<&str>) -> String {
    let (manifests, environment) = (read(files, &ReadOptions::default()), Environment::default());
    let options = Options { profile: Profile::GWCHAIN, complete: false, simulate: false };
    let pipeline = run(&manifests, &environment, options);
    let view = View { width: WIDTH, rules: View::RULES };
    let plan = Plan { manifests: &manifests, pipeline: &pipeline, shown: None };
    let Some(asked) = asked else { return page(&plan, None, view).to_string() };
    answer(&plan, asked, view).map_or_else(|error| format!("error: {error}\n"), |page| page.to_string())
}

#[track_caller]
fn golden(name: &str, text: &str) {
    let path = root().join("tests/explain").join(format!("{name}.txt"));
    if std::env::var_os("GWCHAIN_BLESS").is_some() {
        fs::write(&path, text).expect("the page is writable");
    }
    let expected = fs::read_to_string(&path).expect("the page is there, or GWCHAIN_BLESS=1 writes it");
    assert_eq!(text, expected, "{} differs", path.display());
}

#[test]
fn chains_of_examples() {
    for name in ["gateway-chaining", "cross-namespace", "tcp-and-http"] {
        golden(name, &told(files(&format!("examples/{name}")), None));
    }
}

#[test]
fn chains_of_vectors() {
    let vectors = [
        "http/precedence-rules",
        "sg/nlb-disabled-ip-targets",
        "lb/config-missing",
        "chaining/listener-port-missing",
        "listenersets/not-allowed",
        "listeners/route-accepted-on-invalid-listener",
        "listeners/cert-discovery-none",
        "errors/one-bad-service-blocks-gateway",
    ];
    for vector in vectors {
        golden(&vector.replace('/', "-"), &told(files(&format!("tests/vectors/{vector}")), None));
    }
}

/// Questions about one folder, with a line above each answer.
fn answers(folder: &str, questions: &[&str]) -> String {
    let answer = |question: &&str| format!("$ explain {question}\n{}\n", told(files(folder), Some(question)));
    questions.iter().map(answer).collect()
}

#[test]
fn reasons_in_the_guide() {
    let questions = [
        "my-alb-gateway.scheme",
        "my-tcp-gateway.scheme",
        "my-alb-gateway.listeners[443].certificates",
        "my-alb-gateway.ingress",
        "my-tcp-gateway.targetGroups[0].healthCheckConfig.protocol",
        "my-tcp-gateway.targetGroups[0].healthCheckInterval",
        "my-alb-gateway/listener/443",
        "my-alb-gateway.shceme",
        "my-alb-gateway.sslPolicy",
        "nobody",
    ];
    golden("why-gateway-chaining", &answers("examples/gateway-chaining", &questions));
}

#[test]
fn reasons_when_layers_merge() {
    golden(
        "why-merge-default-mode",
        &answers(
            "tests/vectors/merge/default-mode",
            &[
                "web.scheme",
                "web.tags",
                "web.tags.who",
                "web.tags.g",
                "web.tags.nobody",
                "web.loadBalancerAttributes",
                "web.loadBalancerAttributes.idle_timeout.timeout_seconds",
                "web.loadBalancerAttributes[access_logs.s3.enabled]",
                "web.listeners[HTTP:80].sslPolicy",
            ],
        ),
    );
    let questions = ["web.listeners[443].sslPolicy", "web.scheme"];
    golden("why-merge-listeners", &answers("tests/vectors/merge/listener-configurations", &questions));
    golden(
        "why-chained-health-check",
        &answers("examples/cross-namespace", &["outer.targetGroups[0].healthCheckConfig.protocol"]),
    );
}

#[test]
fn reasons_of_rules_target_groups_and_bindings() {
    let questions = ["web.rules[443:1].actions", "web.rules[443:1].tags", "web/rule/HTTPS:443 #1", "web/rule/443:9"];
    golden("why-rule", &answers("tests/vectors/rules/cognito-and-fixed", &questions));
    let questions = [
        "web.targetGroups[0].tags",
        "web.targetGroups[0].healthCheckConfig.intervalSeconds",
        "web.bindings[0].nodeSelector",
        "default/web:default-app:HTTPRoute-default-app:8080",
    ];
    golden("why-target-group", &answers("tests/vectors/tgc/full", &questions));
}

#[test]
fn a_status_that_contradicts_the_plan_is_told_with_its_object() {
    let text = "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: alb}\nspec: \
                {controllerName: gateway.k8s.aws/alb}\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\n\
                metadata: {name: web, generation: 1}\nspec:\n  gatewayClassName: alb\n  listeners: [{name: http, protocol: \
                HTTP, port: 80}]\nstatus:\n  conditions: [{type: Accepted, status: 'False', reason: Invalid, message: refused, \
                lastTransitionTime: '2026-01-01T00:00:00Z', observedGeneration: 1}]\n";
    let file = || vec![SourceFile { name: "web.yaml".to_owned(), text: text.to_owned() }];
    let page = told(file(), Some("gateway/web"));
    assert!(page.contains("what its status says otherwise") && page.contains("GWC0506"), "{page}");
    assert!(!told(file(), Some("web.scheme")).contains("GWC0506"));
}

#[test]
fn ways_to_routes_and_services() {
    let questions = [
        "service/echoserver",
        "httproute/my-http-app-route",
        "tcproutes/example-ns/my-secure-app-route",
        "gateway/my-alb-gateway.scheme",
        "route/my-http-app-rout",
        "svc/nobody",
    ];
    golden("focus-gateway-chaining", &answers("examples/gateway-chaining", &questions));
    let questions = ["service/app", "route/bad"];
    golden("focus-bad-service", &answers("tests/vectors/errors/one-bad-service-blocks-gateway", &questions));
}

#[test]
fn what_is_known_of_a_blocked_gateway() {
    let questions = ["web.scheme", "web.listeners[80].sslPolicy", "web.targetGroups[0].port", "web/load-balancer"];
    golden("why-blocked", &answers("tests/vectors/lb/config-missing", &questions));
}

#[test]
fn a_text_that_is_no_yaml_is_told() {
    let file = SourceFile { name: "broken.yaml".to_owned(), text: "kind: Gateway\nspec: [\n".to_owned() };
    let page = told(vec![file], None);
    assert!(page.contains("GWC0601") && page.contains("broken.yaml:2"), "{page}");
}

#[test]
fn a_page_never_controls_the_terminal() {
    let text = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: web}\nspec:\n  \
                gatewayClassName: \"a\\e[2Jb\"\n  listeners: [{name: http, protocol: HTTP, port: 80}]\n";
    let file = SourceFile { name: "evil\u{1b}]0;x.yaml".to_owned(), text: text.to_owned() };
    let page = told(vec![file], None);
    assert!(!page.is_empty());
    assert!(page.chars().all(|letter| letter == '\n' || !letter.is_control()), "{page:?}");
}

#[test]
fn many_rules_are_cut() {
    let mut text = "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: alb}\nspec: \
                    {controllerName: gateway.k8s.aws/alb}\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: \
                    Gateway\nmetadata: {name: web}\nspec:\n  gatewayClassName: alb\n  listeners: [{name: http, \
                    protocol: HTTP, port: 80}]\n"
        .to_owned();
    for number in 0..100 {
        text.push_str(&format!(
            "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: r{number}}}\nspec:\n  \
             parentRefs: [{{name: web}}]\n  rules:\n  - backendRefs: [{{name: app, port: 80}}]\n  - matches: [{{path: \
             {{type: Exact, value: /x{number}}}}}]\n    backendRefs: [{{name: app, port: 80}}]\n"
        ));
    }
    let page = told(vec![SourceFile { name: "many.yaml".to_owned(), text }], None);
    assert!(page.contains("… 180 more rules (21–200) of 100 routes; --all shows them"), "{page}");
    assert!(page.lines().all(|line| line.chars().count() <= WIDTH), "{page}");
}

#[test]
fn the_namespace_that_is_shown_decides_among_gateways_of_one_name() {
    let gateway = |namespace: &str| {
        format!(
            "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: web, namespace: {namespace}}}\n\
             spec: {{gatewayClassName: alb, listeners: [{{name: http, protocol: HTTP, port: 80}}]}}\n"
        )
    };
    let class = "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: alb}\n\
                 spec: {controllerName: gateway.k8s.aws/alb}\n";
    let text = format!("{class}{}{}", gateway("blue"), gateway("green"));
    let file = SourceFile { name: "two.yaml".to_owned(), text };
    let (manifests, environment) = (read(vec![file], &ReadOptions::default()), Environment::default());
    let options = Options { profile: Profile::GWCHAIN, complete: false, simulate: false };
    let pipeline = run(&manifests, &environment, options);
    let view = View { width: WIDTH, rules: View::RULES };
    let shown = Shown { namespace: Some("green".into()), ..Shown::default() };
    let of = |shown| Plan { manifests: &manifests, pipeline: &pipeline, shown };
    let error = answer(&of(None), "web", view).expect_err("two are called so");
    assert_eq!(error, "several Gateways are called web: say blue/web or green/web");
    let told = answer(&of(Some(&shown)), "web.scheme", view).expect("one of them is shown").to_string();
    assert!(told.contains("of load balancer of Gateway green/web"), "{told}");
    let all = page(&of(Some(&shown)), None, view).to_string();
    assert!(all.contains("green/web") && !all.contains("blue/web"), "{all}");
}
