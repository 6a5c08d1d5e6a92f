//! Where requests go: golden pages (`tests/trace/<name>.txt`), answers, and files of expectations.
//!
//! `GWCHAIN_BLESS=1 cargo test -p gwchain-tests --test trace` writes the pages anew; read them before committing.
//! Single conditions are tested in core.

use std::fs;
use std::path::{Path, PathBuf};

use gwchain_core::fact::Environment;
use gwchain_core::manifest::{ReadOptions, SourceFile, read};
use gwchain_core::pipeline::{Options, run as run_pipeline};
use gwchain_core::profile::Profile;
use gwchain_core::trace::{self, Planned, Request};
use gwchain_tests::scale::SCENARIOS;
use gwchain_tests::schema::violations;
use gwchain_tests::vectors::find;
use serde_json::Value;

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

fn with<T>(files: Vec<SourceFile>, then: impl FnOnce(&Planned<'_, '_>) -> T) -> T {
    let (manifests, environment) = (read(files, &ReadOptions::default()), Environment::default());
    let options = Options { profile: Profile::GWCHAIN, complete: false, simulate: false };
    let pipeline = run_pipeline(&manifests, &environment, options);
    then(&Planned::new(&manifests, &pipeline, None))
}

/// A request in the words of the command line.
fn request(words: &str) -> Request {
    let mut words = words.split(' ').peekable();
    let mut request = Request::parse(words.next().expect("a URL")).expect("the URL is good");
    while let Some(option) = words.next() {
        let value = words.next().expect("every option has a value");
        request = match option {
            "-X" => request.with_method(value),
            "-H" => request.with_header(value),
            _ => request.with_client(value),
        }
        .expect("the option is good");
    }
    request
}

fn pages(folder: &str, requests: &[&str]) -> String {
    with(files(folder), |planned| {
        let page = |words: &&str| {
            let traced = trace::trace(planned, request(words), None);
            format!("$ trace {words}\n{}\n", trace::page(planned, &traced, WIDTH))
        };
        requests.iter().map(page).collect()
    })
}

fn document(files: Vec<SourceFile>, words: &str, via: Option<&str>) -> Value {
    with(files, |planned| {
        let via = via.map(|name| planned.named(name).expect("the Gateway is there"));
        let traced = trace::trace(planned, request(words), via);
        serde_json::from_str(&trace::to_string(planned, &traced)).expect("the document is JSON")
    })
}

#[track_caller]
fn golden(name: &str, text: &str) {
    let path = root().join("tests/trace").join(format!("{name}.txt"));
    if std::env::var_os("GWCHAIN_BLESS").is_some() {
        fs::write(&path, text).expect("the page is writable");
    }
    let expected = fs::read_to_string(&path).expect("the page is there, or GWCHAIN_BLESS=1 writes it");
    assert_eq!(text, expected, "{} differs", path.display());
}

#[test]
fn the_guide_through_its_nlb() {
    let requests = [
        "https://shop.example.com/cart?x=1",
        "http://shop.example.com/",
        "https://shop.example.com:80/",
        "http://shop.example.com:443/",
        "http://shop.example.com:8080/",
        "tcp://shop.example.com:443",
        "udp://shop.example.com:443",
    ];
    golden("gateway-chaining", &pages("examples/gateway-chaining", &requests));
}

#[test]
fn all_conditions_and_actions() {
    let requests = [
        "https://shop.example.com/cart/1%20?x=1",
        "https://shop.example.com/admin -X POST",
        "https://shop.example.com/admin -X POST --from 203.0.113.9",
        "https://shop.example.com/search?lang=fr",
        "https://shop.example.com/gone",
        "https://shop.example.com/nothing",
        "https://shop.example.com/look",
        "http://shop.example.com/old/b?c",
        "https://example.org/",
        "https://shop.example.com/ --from 192.0.2.1",
    ];
    golden("shop", &pages("tests/trace/shop", &requests));
}

#[test]
fn a_database_is_no_http() {
    golden("tcp-and-http", &pages("examples/tcp-and-http", &["tcp://db.example.com:5432", "http://shop.example.com/"]));
}

#[test]
fn the_document_of_the_guide() {
    let document = document(files("examples/gateway-chaining"), "https://shop.example.com/cart?x=1", None);
    let text = serde_json::to_string_pretty(&document).expect("a value is JSON");
    golden("document", &format!("{text}\n"));
}

#[test]
fn a_gateway_can_be_chosen() {
    let chain = || files("examples/gateway-chaining");
    let inner = document(chain(), "https://a.example.com/", Some("my-alb-gateway"));
    assert_eq!(inner["steps"][0]["gateway"], "example-ns/my-alb-gateway");
    assert_eq!(inner["also"][0], "example-ns/my-tcp-gateway");
    let outer = document(chain(), "https://a.example.com/", None);
    assert_eq!(outer["also"], Value::Array(Vec::new()), "an ALB on the way is no other way");
    with(chain(), |planned| {
        let unknown = planned.named("my-alb-gatway").expect_err("there is none");
        assert_eq!(unknown, "no Gateway is called my-alb-gatway; did you mean my-alb-gateway?");
        let unknown = planned.named("nobody").expect_err("there is none");
        assert_eq!(
            unknown,
            "no Gateway is called nobody; there are example-ns/my-alb-gateway, example-ns/my-tcp-gateway"
        );
    });
}

#[test]
fn the_gateway_that_knows_the_host_comes_first() {
    let two = "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: alb}\nspec: \
               {controllerName: gateway.k8s.aws/alb}\n"
        .to_owned();
    let gateway = |name: &str, host: &str| {
        format!(
            "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: {name}}}\nspec:\n  \
             gatewayClassName: alb\n  listeners: [{{name: http, protocol: HTTP, port: 80}}]\n---\napiVersion: \
             gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: {name}}}\nspec:\n  parentRefs: [{{name: \
             {name}}}]\n  {host}\n  rules: [{{backendRefs: [{{name: {name}, port: 80}}]}}]\n"
        )
    };
    let text =
        [two, gateway("any", ""), gateway("b", "hostnames: [b.example]"), gateway("c", "hostnames: [c.example]")];
    let file = || vec![SourceFile { name: "two.yaml".to_owned(), text: text.concat() }];
    let known = document(file(), "http://c.example/", None);
    assert_eq!(known["answer"]["service"], "default/c:80");
    assert_eq!(known["also"], serde_json::json!(["default/any"]));
    assert_eq!(document(file(), "http://d.example/", None)["answer"]["service"], "default/any:80");
}

#[test]
fn expectations_hold() {
    let text = fs::read_to_string(root().join("tests/trace/shop/routing.yaml")).expect("the file is readable");
    with(files("tests/trace/shop"), |planned| {
        let cases = trace::cases(&text, planned).expect("the file is good");
        let verdicts: Vec<_> = cases.iter().map(|case| trace::run(planned, case)).collect();
        let page = trace::verdicts_page(&verdicts).to_string();
        assert!(page.ends_with("11 passed, 0 failed\n"), "{page}");
        let wrong = text.replace("shop/api:80", "shop/apo:80").replace("status: 410", "status: 404");
        let cases = trace::cases(&wrong, planned).expect("the file is good");
        let verdicts: Vec<_> = cases.iter().map(|case| trace::run(planned, case)).collect();
        golden("routing", &trace::verdicts_page(&verdicts).to_string());
    });
}

#[test]
fn an_alb_compares_as_aws_says() {
    let text = fs::read_to_string(root().join("tests/trace/audit/routing.yaml")).expect("the file is readable");
    with(files("tests/trace/audit"), |planned| {
        let cases = trace::cases(&text, planned).expect("the file is good");
        let verdicts: Vec<_> = cases.iter().map(|case| trace::run(planned, case)).collect();
        let page = trace::verdicts_page(&verdicts).to_string();
        assert!(page.ends_with(" passed, 0 failed\n"), "{page}");
    });
    let requests = [
        "https://grpc.example.com/a.B/C",
        "http://shop.example.com/%65xact",
        "http://lrc.example.com/ip",
        "https://shop.example.com/pre/a?x=1",
    ];
    golden("audit", &pages("tests/trace/audit", &requests));
}

#[test]
fn a_bad_file_of_expectations_is_told_with_places() {
    let errors = |text: &str| {
        with(files("tests/trace/shop"), |planned| trace::cases(text, planned).expect_err("the file is bad"))
    };
    let text = "requets: []\nrequests:\n- url: shop\n  methd: GET\n  expect: {}\n- expect: {servce: x}\n- url: \
                http://a\n  via: wob\n  headers: [x]\n  expect: {status: [4]}\n- 1\n";
    assert_eq!(
        errors(text),
        [
            "1:1: unknown field requets; did you mean requests?",
            "4:3: unknown field methd; did you mean method?",
            "5:11: expect is empty; there are service, status, redirect, rule, path, host, gateway, listener",
            "3:8: URL shop: it must begin with https://, http://, tcp://, tls:// or udp://",
            "6:12: unknown field servce; did you mean service?",
            "6:3: url is missing",
            "10:20: status must be a text",
            "8:8: no Gateway is called wob; did you mean web?",
            "9:12: headers must be a map from names to values",
            "11:3: a request must be a map",
        ]
    );
    assert_eq!(errors(""), ["1:1: there is no document"]);
    assert_eq!(errors("requests: []"), ["1:11: requests must be a list with at least one request"]);
    assert_eq!(errors("kind: Plan\nrequests: [")[0].split(": ").next(), Some("2:12"));
}

#[test]
fn many_rules_are_folded() {
    let scenario = SCENARIOS.iter().find(|scenario| scenario.name == "routes-5000").expect("the scenario is there");
    let file = SourceFile { name: "many.yaml".to_owned(), text: scenario.yaml() };
    let page = with(vec![file], |planned| {
        let traced = trace::trace(planned, request("http://nobody.example.org/x"), None);
        trace::page(planned, &traced, WIDTH).to_string()
    });
    assert!(page.contains("rules for other hosts"), "{page}");
    assert!(page.lines().count() < 30, "{page}");
}

/// Every vector under both profiles: some answer for each request, none without a reason, told as the schema says.
#[test]
fn every_vector_answers() {
    let requests = ["http://shop.example.com/cart?x=1", "https://www.example.com/", "tcp://a:80", "udp://a:53"];
    let schema = fs::read_to_string(root().join("docs/schemas/trace.schema.json")).expect("the schema is there");
    let schema: Value = serde_json::from_str(&schema).expect("a schema is JSON");
    for case in find(&root().join("tests/vectors")).expect("tests/vectors is there") {
        let text = case.read().expect("a case is readable").input;
        let manifests = read(vec![SourceFile { name: "input.yaml".to_owned(), text }], &ReadOptions::default());
        for profile in [Profile::GWCHAIN, Profile::AWS_LBC] {
            let environment = Environment::default();
            let options = Options { profile, complete: false, simulate: false };
            let pipeline = run_pipeline(&manifests, &environment, options);
            let planned = Planned::new(&manifests, &pipeline, None);
            for words in requests {
                let traced = trace::trace(&planned, request(words), None);
                let answer = &traced.answer;
                let answers = answer.service.is_some() || answer.target_group.is_some() || answer.status.is_some();
                assert_ne!(answers, answer.error.is_some(), "{}: {words}: {answer:?}", case.name);
                let document = serde_json::from_str(&trace::to_string(&planned, &traced)).expect("it is JSON");
                let found = violations(&schema, &document);
                assert!(found.is_empty(), "{}: {words}: {found:#?}", case.name);
            }
        }
    }
}

#[test]
fn what_is_missing_on_the_way_is_said() {
    let vector = files("tests/vectors/chaining/listener-port-missing");
    let document = document(vector, "http://shop.example.com/", None);
    assert_eq!(document["steps"][0]["gateway"], "default/edge-alb");
    let note = document["notes"][0].as_str().expect("there is a note");
    assert!(note.starts_with("NLB Gateway default/"), "{note}");
}

#[test]
fn a_page_never_controls_the_terminal() {
    let words = "http://shop.example.com/x -H X-A:\u{202e}b";
    let page = pages("tests/trace/shop", &[words]);
    let told = page.lines().skip(1).collect::<String>();
    assert!(told.chars().all(|letter| !letter.is_control() && letter != '\u{202e}'), "{page:?}");
}
