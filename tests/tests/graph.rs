//! Pictures: golden graphs in every form (`tests/graph/<name>.<form>`), and what holds for all of them.
//!
//! `GWCHAIN_BLESS=1 cargo test -p gwchain-tests --test graph` writes the golden ones anew; look at them before committing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use gwchain_core::fact::Environment;
use gwchain_core::manifest::{ReadOptions, SourceFile, read};
use gwchain_core::pipeline::{Options, run};
use gwchain_core::plan::Plan;
use gwchain_core::plan::document::{findings, resources};
use gwchain_core::profile::Profile;
use gwchain_core::trace::{self, Planned, Request};
use gwchain_core::view::graph::{Edge, Extent, Graph, Group, GroupKind, Node, NodeKind, Shape, Subject};
use gwchain_core::view::graph::{dot, graph, mermaid, subject, svg};
use gwchain_tests::scale::SCENARIOS;
use gwchain_tests::schema::violations;
use gwchain_tests::vectors::find;
use serde_json::Value;

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

fn text(text: impl Into<String>) -> Vec<SourceFile> {
    vec![SourceFile { name: "input.yaml".to_owned(), text: text.into() }]
}

/// The picture, after checking what holds for every picture.
fn drawn(files: Vec<SourceFile>, asked: Option<&str>, profile: Profile, extent: Extent) -> Graph {
    let (manifests, environment) = (read(files, &ReadOptions::default()), Environment::default());
    let pipeline = run(&manifests, &environment, Options { profile, complete: false, simulate: false });
    let plan = Plan { manifests: &manifests, pipeline: &pipeline, shown: None };
    let about = asked.map_or(Ok(Subject::Everything), |asked| subject(&plan, asked)).expect("the subject is there");
    let picture = graph(&plan, &findings(&plan), &about, extent);
    check(&picture);
    let ids: BTreeSet<(&str, &str, &str)> = plan
        .stacks()
        .into_iter()
        .flat_map(|stack| resources(stack).into_iter().map(|one| (&*stack.id, one.spec.kind(), one.id)))
        .collect();
    for resource in shapes(&picture).flat_map(|shape| &shape.resources) {
        let id = (resource.gateway.as_str(), resource.kind, resource.id.as_str());
        assert!(ids.contains(&id), "no resource of the plan is called {id:?}");
    }
    picture
}

fn overview(files: Vec<SourceFile>) -> Graph {
    drawn(files, None, Profile::GWCHAIN, Extent::Overview)
}

fn shapes(graph: &Graph) -> impl Iterator<Item = &Shape> {
    graph.nodes.iter().map(|node| &node.shape).chain(graph.groups.iter().map(|group| &group.shape))
}

fn overlap(one: &Shape, other: &Shape) -> bool {
    one.x < other.x + other.width
        && other.x < one.x + one.width
        && one.y < other.y + other.height
        && other.y < one.y + one.height
}

fn lies_in(inner: &Shape, outer: &Shape) -> bool {
    inner.x >= outer.x
        && inner.y >= outer.y
        && inner.x + inner.width <= outer.x + outer.width
        && inner.y + inner.height <= outer.y + outer.height
}

/// Whether the level or bent line from one corner to the next passes through a box: its corners and the stretch between lie
/// between the two, so the box must reach into that.
fn crosses([left, from]: [i32; 2], [right, to]: [i32; 2], shape: &Shape) -> bool {
    let (upper, lower) = (from.min(to), from.max(to));
    left < shape.x + shape.width && shape.x < right && upper < shape.y + shape.height && shape.y <= lower
}

fn check(graph: &Graph) {
    let nodes: BTreeMap<&str, &Node> = graph.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    assert_eq!(nodes.len(), graph.nodes.len(), "every id is there once");
    let groups: BTreeMap<&str, &Group> = graph.groups.iter().map(|group| (group.id.as_str(), group)).collect();
    assert_eq!(groups.len(), graph.groups.len(), "every group is there once");
    for shape in shapes(graph) {
        assert!(shape.x >= 0 && shape.y >= 0, "{shape:?}");
        assert!(shape.x + shape.width <= graph.width && shape.y + shape.height <= graph.height, "{shape:?}");
        for found in &shape.findings {
            assert_eq!(graph.findings[found.finding].code, found.code);
        }
    }
    for group in &graph.groups {
        if let Some(parent) = &group.parent {
            assert!(lies_in(&group.shape, &groups[parent.as_str()].shape), "{} leaves {parent}", group.id);
        }
    }
    for node in &graph.nodes {
        if let Some(group) = &node.group {
            assert!(lies_in(&node.shape, &groups[group.as_str()].shape), "{} leaves {group}", node.id);
        }
    }
    let gateways: Vec<&Group> = graph.groups.iter().filter(|group| group.kind == GroupKind::Gateway).collect();
    none_overlap(gateways.iter().map(|group| (&group.id, &group.shape)).collect());
    none_overlap(graph.nodes.iter().map(|node| (&node.id, &node.shape)).collect());
    for edge in &graph.edges {
        check_edge(graph, edge, &nodes, &gateways);
    }
}

/// By sweeping from top to bottom: only neighbours are compared.
fn none_overlap(mut all: Vec<(&String, &Shape)>) {
    all.sort_by_key(|(_, shape)| shape.y);
    for (position, (id, shape)) in all.iter().enumerate() {
        let near = all[position + 1..].iter().take_while(|(_, other)| other.y < shape.y + shape.height);
        for (other_id, other) in near {
            assert!(!overlap(shape, other), "{id} and {other_id} overlap: {shape:?} {other:?}");
        }
    }
}

fn check_edge(graph: &Graph, edge: &Edge, nodes: &BTreeMap<&str, &Node>, gateways: &[&Group]) {
    let (from, to) = (nodes[edge.from.as_str()], nodes[edge.to.as_str()]);
    let name = format!("{} → {}", edge.from, edge.to);
    assert!(edge.points.windows(2).all(|pair| pair[0][0] < pair[1][0]), "{name} goes from left to right");
    assert_eq!(edge.points[0][0], from.shape.x + from.shape.width, "{name} begins at its node");
    assert_eq!(edge.points[edge.points.len() - 1][0], to.shape.x, "{name} ends at its node");
    if graph.nodes.len() > 400 {
        return;
    }
    for pair in edge.points.windows(2) {
        let crossed = graph.nodes.iter().find(|node| crosses(pair[0], pair[1], &node.shape));
        assert!(crossed.is_none(), "{name} crosses {}", crossed.map_or("", |node| &node.id));
        let strange = |group: &&&Group| [from, to].iter().all(|node| node.group.as_ref() != Some(&group.id));
        let of_host = |group: &&&Group| {
            let hosts = [from, to].map(|node| node.group.as_deref().unwrap_or_default());
            !hosts.iter().any(|host| host.starts_with(&format!("{}/", group.id)))
        };
        let crossed =
            gateways.iter().filter(strange).filter(of_host).find(|group| crosses(pair[0], pair[1], &group.shape));
        assert!(crossed.is_none(), "{name} crosses {}", crossed.map_or("", |group| &group.id));
    }
}

#[track_caller]
fn golden(name: &str, text: &str) {
    let path = root().join("tests/graph").join(name);
    if std::env::var_os("GWCHAIN_BLESS").is_some() {
        fs::create_dir_all(root().join("tests/graph")).expect("the folder can be made");
        fs::write(&path, text).expect("the picture is writable");
    }
    let expected = fs::read_to_string(&path).expect("the picture is there, or GWCHAIN_BLESS=1 writes it");
    assert!(text == expected, "{} differs", path.display());
}

#[test]
fn pictures_of_examples() {
    for name in ["gateway-chaining", "tcp-and-http"] {
        let picture = overview(files(&format!("examples/{name}")));
        golden(&format!("{name}.svg"), &svg(&picture));
        golden(&format!("{name}.dot"), &dot(&picture));
        golden(&format!("{name}.mmd"), &mermaid(&picture));
        golden(&format!("{name}.json"), &(picture.to_json() + "\n"));
    }
}

#[test]
fn pictures_of_vectors() {
    for vector in ["rules/oidc", "listenersets/not-allowed", "errors/one-bad-service-blocks-gateway"] {
        golden(
            &format!("{}.svg", vector.replace('/', "-")),
            &svg(&overview(files(&format!("tests/vectors/{vector}")))),
        );
    }
}

#[test]
fn every_vector_and_example_has_a_picture() {
    let schema = fs::read_to_string(root().join("docs/schemas/graph.schema.json")).expect("the schema is there");
    let schema: Value = serde_json::from_str(&schema).expect("a schema is JSON");
    let examples = ["gateway-chaining", "cross-namespace", "static-ips", "privatelink", "tcp-and-http"];
    let examples = examples.into_iter().map(|name| files(&format!("examples/{name}")));
    let cases = find(&root().join("tests/vectors")).expect("tests/vectors is there");
    let vectors = cases.iter().map(|case| text(case.read().expect("a case is readable").input));
    for files in examples.chain(vectors) {
        for profile in [Profile::GWCHAIN, Profile::AWS_LBC] {
            for extent in [Extent::Overview, Extent::All] {
                let picture = drawn(files.clone(), None, profile, extent);
                let document = serde_json::from_str(&picture.to_json()).expect("it is JSON");
                let found = violations(&schema, &document);
                assert!(found.is_empty(), "{}: {found:#?}", files[0].name);
            }
        }
    }
}

#[test]
fn the_order_of_documents_is_nothing() {
    for name in ["gateway-chaining", "cross-namespace"] {
        let mut turned = files(&format!("examples/{name}"));
        let straight = overview(turned.clone());
        turned.reverse();
        let turned = overview(turned);
        assert!(svg(&straight) == svg(&turned), "{name}");
        assert!(dot(&straight) == dot(&turned), "{name}");
        assert!(mermaid(&straight) == mermaid(&turned), "{name}");
    }
}

fn scenario(name: &str) -> Vec<SourceFile> {
    text(SCENARIOS.iter().find(|scenario| scenario.name == name).expect("the scenario is there").yaml())
}

fn kinds(graph: &Graph, kind: NodeKind) -> Vec<&Node> {
    graph.nodes.iter().filter(|node| node.kind == kind).collect()
}

#[test]
fn long_lists_are_folded() {
    let picture = drawn(scenario("routes-1000"), None, Profile::AWS_LBC, Extent::Overview);
    assert_eq!(kinds(&picture, NodeKind::Rule).len(), 19);
    let [folded] = kinds(&picture, NodeKind::Rules)[..] else { panic!("one node holds the other rules") };
    assert_eq!(folded.members.len(), 981);
    assert_eq!(folded.shape.lines[0].text, "981 more rules for 981 hosts");
    let [targets] = kinds(&picture, NodeKind::TargetGroups)[..] else { panic!("one node holds their target groups") };
    assert_eq!(targets.members.len(), 981);
    let services: usize = kinds(&picture, NodeKind::Services).iter().map(|node| node.members.len()).sum();
    assert_eq!(services + kinds(&picture, NodeKind::Service).len(), 50);
    let all = drawn(scenario("routes-1000"), None, Profile::AWS_LBC, Extent::All);
    assert_eq!(kinds(&all, NodeKind::Rule).len(), 1000);
    assert_eq!(kinds(&all, NodeKind::TargetGroup).len(), 1000);
}

#[test]
fn rules_of_one_route_and_host_share_a_node() {
    let picture = overview(scenario("spread-50x20"));
    assert_eq!(kinds(&picture, NodeKind::Rule).len(), 40 * 20, "20 rules have room");
    let [more] = kinds(&picture, NodeKind::Gateways)[..] else { panic!("one node holds the other Gateways") };
    assert_eq!(more.members.len(), 10);
}

#[test]
fn a_subject_is_shown_with_its_ways() {
    let chain = || files("examples/gateway-chaining");
    let ids = |asked: &str| -> Vec<String> {
        let picture = drawn(chain(), Some(asked), Profile::GWCHAIN, Extent::Overview);
        picture.nodes.into_iter().map(|node| node.id).collect()
    };
    let secure = ids("route/my-secure-app-route");
    assert!(secure.contains(&"example-ns/my-tcp-gateway/listener/443".to_owned()), "{secure:?}");
    assert!(secure.contains(&"service/example-ns/echoserver:80".to_owned()), "{secure:?}");
    assert!(!secure.iter().any(|id| id.ends_with("/80") || id.ends_with("/80/default")), "{secure:?}");
    let service = ids("service/echoserver");
    assert!(service.contains(&"client/example-ns/my-tcp-gateway".to_owned()), "{service:?}");
    assert!(!service.iter().any(|id| id.ends_with("/default")), "{service:?}");
}

/// Every node that a request passes is in the picture, and edges lead from one to the next.
#[test]
fn a_trace_finds_its_way() {
    let examples = ["gateway-chaining", "cross-namespace", "tcp-and-http"];
    let mut inputs: Vec<Vec<SourceFile>> = examples.iter().map(|name| files(&format!("examples/{name}"))).collect();
    inputs.push(files("tests/trace/shop"));
    inputs.extend(["routes-1000", "spread-50x20"].map(scenario));
    let urls = [
        "https://shop.example.com/cart/1",
        "http://shop.example.com/gone",
        "http://h00500.example.com/r0",
        "tcp://a:5432",
    ];
    let mut passed = 0;
    for input in inputs {
        let (manifests, environment) = (read(input, &ReadOptions::default()), Environment::default());
        let options = Options { profile: Profile::GWCHAIN, complete: false, simulate: false };
        let pipeline = run(&manifests, &environment, options);
        let plan = Plan { manifests: &manifests, pipeline: &pipeline, shown: None };
        let planned = Planned::new(&manifests, &pipeline, None);
        let picture = graph(&plan, &findings(&plan), &Subject::Everything, Extent::Overview);
        let mut shown: BTreeMap<&str, &str> = BTreeMap::new();
        for node in &picture.nodes {
            shown.insert(&node.id, &node.id);
            shown.extend(node.members.iter().map(|member| (member.as_str(), node.id.as_str())));
        }
        let edges: BTreeSet<(&str, &str)> = picture.edges.iter().map(|edge| (&*edge.from, &*edge.to)).collect();
        for url in urls {
            let request = Request::parse(url).expect("the URL is good");
            let way = trace::way(&planned, &trace::trace(&planned, request, None));
            let find = |id: &String| *shown.get(id.as_str()).unwrap_or_else(|| panic!("{url}: no node {id}"));
            let mut way: Vec<&str> = way.iter().map(find).collect();
            way.dedup();
            passed += way.len();
            for pair in way.windows(2) {
                assert!(edges.contains(&(pair[0], pair[1])), "{url}: no edge {pair:?}");
            }
        }
    }
    assert!(passed > 40, "requests go through the pictures: {passed}");
}

/// Names that try to end what they stand in, in every form.
fn hostile() -> Vec<SourceFile> {
    let evil =
        "x\\\"']]></title></svg><script>alert(1)</script>--%>`;end\\n]\\u202e\\u0001 click n0 <img src=x onerror=y>";
    text(format!(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {{name: alb}}\nspec: {{controllerName: \
         gateway.k8s.aws/alb}}\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: web, namespace: \
         a}}\nspec:\n  gatewayClassName: alb\n  listeners: [{{name: http, protocol: HTTP, port: 80}}]\n---\napiVersion: \
         gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: r, namespace: a}}\nspec:\n  parentRefs: [{{name: web}}]\n  \
         rules:\n  - matches: [{{headers: [{{name: X-A, value: \"{evil}\"}}]}}]\n    backendRefs: [{{name: app, port: \
         80}}]\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: web2, namespace: a}}\nspec:\n  \
         gatewayClassName: \"{evil}\"\n  listeners: [{{name: http, protocol: HTTP, port: 80}}]\n"
    ))
}

#[test]
fn no_text_is_obeyed() {
    let picture = overview(hostile());
    let said = picture.to_json();
    assert!(said.contains("alert(1)"), "the text is shown: {said}");
    let forms = [svg(&picture), dot(&picture), mermaid(&picture)];
    for form in &forms {
        assert!(form.chars().all(|letter| letter == '\n' || !letter.is_control()), "{form}");
        assert!(!form.contains('\u{202e}'), "{form}");
    }
    assert!(!forms[0].contains("<script") && !forms[0].contains("<img"), "{}", forms[0]);
    assert_eq!(forms[0].matches("</svg>").count(), 1);
    assert!(!forms[2].contains("<script") && !forms[2].contains('`'), "{}", forms[2]);
    for line in forms[1].lines() {
        let open = line.replace("\\\\", "").replace("\\\"", "").matches('"').count();
        assert_eq!(open % 2, 0, "{line}");
    }
}

#[test]
fn nothing_is_a_picture_too() {
    let picture = overview(text("kind: Nothing\n"));
    assert!(picture.nodes.is_empty() && picture.width > 0 && picture.height > 0);
    assert!(svg(&picture).ends_with("</svg>\n"));
}
