//! What a diagnostic looks like.
//!
//! Which diagnostics there are is tested where they are made.

use super::{Locator, Paint, clean, counts, github, json, report, sarif, text};
use crate::diagnostic::{Code, Diagnostic, Fix, Place, apply};
use crate::id::{ObjectIx, Text};
use crate::manifest::{Manifests, ReadOptions, SourceFile, read};
use crate::origin::FieldPath;
use crate::source::{FileId, Span};

const GATEWAY: &str = "\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: door, namespace: shop}
spec:
  gatewayClassName: alb
  listeners:
  - {name: web, protocol: HTTP, port: 80}
";

fn manifests() -> Manifests {
    let file = SourceFile { name: "door.yaml".to_owned(), text: GATEWAY.to_owned() };
    read(vec![file], &ReadOptions::default())
}

fn at(path: &str) -> Diagnostic {
    Diagnostic::new(Code::ChainPort, Place::Path(ObjectIx(0), Text::from(path)), "no such port")
}

#[test]
fn marks_the_field() {
    let manifests = manifests();
    let path = FieldPath::indexed("spec.listeners[].port", &[0]);
    let finding = Diagnostic::new(Code::ChainPort, Place::Field(ObjectIx(0), path), "no such port").help("use 443");
    let expected = "\
error[GWC0101]: no such port
 --> door.yaml:7:39
  |
7 |   - {name: web, protocol: HTTP, port: 80}
  |                                       ^^
  = help: use 443
";
    let rendered = text(&Locator::new(&manifests), &finding, Paint::Plain);
    assert_eq!(rendered, expected);
}

#[test]
fn marks_the_nearest_ancestor_of_what_is_not_written() {
    let manifests = manifests();
    let rendered = text(&Locator::new(&manifests), &at("spec.listeners[0].tls.mode"), Paint::Plain);
    assert!(rendered.contains("--> door.yaml:7:5\n"), "{rendered}");
    assert!(rendered.contains("|     ^^^^^"), "{rendered}");
}

#[test]
fn marks_the_name_when_nothing_of_the_path_is_written() {
    let manifests = manifests();
    let rendered = text(&Locator::new(&manifests), &at("status.addresses"), Paint::Plain);
    assert!(rendered.contains("door.yaml:3:18\n"), "{rendered}");
}

#[test]
fn names_object_and_place_in_json() {
    let manifests = manifests();
    let found = report(&Locator::new(&manifests), &at("spec.gatewayClassName"));
    assert_eq!(found.object.as_deref(), Some("Gateway shop/door"));
    let location = found.location.expect("the field is written");
    assert_eq!((location.line, location.column, location.end_line, location.end_column), (5, 21, 5, 24));
}

#[test]
fn terminals_get_no_orders_from_texts() {
    assert_eq!(clean("a\u{1b}[31mb\u{9b}c\r\n\u{202e}d\te\u{7f}"), "a␛[31mb\u{fffd}c␍␊\u{fffd}d e␡");
    assert_eq!(clean("grüße, 世界"), "grüße, 世界");
    let manifests = manifests();
    let finding = Diagnostic::new(Code::ChainPort, Place::Nowhere, "name \u{1b}]0;x\u{7} is odd");
    assert!(!text(&Locator::new(&manifests), &finding, Paint::Plain).contains('\u{1b}'));
}

fn of_text(name: &str, text: &str) -> Manifests {
    read(vec![SourceFile { name: name.to_owned(), text: text.to_owned() }], &ReadOptions::default())
}

/// A finding at the first place of `needle`.
fn on(manifests: &Manifests, needle: &str) -> Diagnostic {
    let start = manifests.files[0].text.find(needle).and_then(|at| u32::try_from(at).ok()).expect("it is there");
    let span = Span { start, end: start + u32::try_from(needle.len()).expect("it is short") };
    Diagnostic::new(Code::RuleShadowed, Place::Text(FileId(0), span), "100%, twice")
}

#[test]
fn marks_stand_below_wide_letters_and_tabs() {
    let manifests = of_text("a.yaml", "kind: X\nname: \"世界\tgrüße\"\n");
    let rendered = text(&Locator::new(&manifests), &on(&manifests, "grüße"), Paint::Plain);
    assert!(rendered.contains("\n2 | name: \"世界 grüße\"\n  |             ^^^^^\n"), "{rendered}");
    let rendered = text(&Locator::new(&manifests), &on(&manifests, "世界"), Paint::Plain);
    assert!(rendered.contains("\n  |        ^^^^\n"), "{rendered}");
}

#[test]
fn related_places_share_a_margin_and_remarks_may_have_lines() {
    let manifests = of_text("a.yaml", &format!("kind: X\n{}name: y\n", "# z\n".repeat(8)));
    let finding = on(&manifests, "name").related(on(&manifests, "kind").place, "here, too").help("write\n  this");
    let expected = "\
warning[GWC0301]: 100%, twice
  --> a.yaml:10:1
   |
10 | name: y
   | ^^^^
  ::: a.yaml:1:1
   |
 1 | kind: X
   | ---- here, too
   = help: write
             this
";
    assert_eq!(text(&Locator::new(&manifests), &finding, Paint::Plain), expected);
}

#[test]
fn counts_speak_in_numbers() {
    let manifests = manifests();
    let warning = Diagnostic::new(Code::RuleShadowed, Place::Nowhere, "x");
    assert_eq!(counts(&[]), "no findings");
    assert_eq!(counts(&[at("kind"), warning.clone(), warning]), "1 error, 2 warnings");
    assert!(json(&Locator::new(&manifests), &[]).contains("\"findings\": []"));
}

#[test]
fn github_gets_its_escapes() {
    let manifests = of_text("a,b:c.yaml", "kind: X\n");
    let finding = on(&manifests, "kind").help("first\nthen: that");
    let expected = "::warning file=a%2Cb%3Ac.yaml,line=1,endLine=1,col=1,endColumn=5,title=GWC0301::100%25, twice%0Ahelp: \
                    first%0Athen: that\n";
    assert_eq!(github(&Locator::new(&manifests), &[finding]), expected);
    let nowhere = Diagnostic::new(Code::ServiceAssumed, Place::Nowhere, "a\n::error::b");
    assert_eq!(github(&Locator::new(&manifests), &[nowhere]), "::notice title=GWC0309::a␊::error::b\n");
}

#[test]
fn sarif_is_whole() {
    let manifests = of_text("a folder/ü.yaml", "kind: X\nname: y\n");
    let span = Span { start: 0, end: 4 };
    let fix = Fix::one("write it", FileId(0), span, "Kind");
    let finding = on(&manifests, "name").related(on(&manifests, "kind").place, "here").fix(Some(fix));
    let nowhere = Diagnostic::new(Code::ChainPort, Place::Nowhere, "x");
    let text = sarif(&Locator::new(&manifests), &[finding, nowhere]);
    let document: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(document["version"], "2.1.0");
    let (run, rules) = (&document["runs"][0], &document["runs"][0]["tool"]["driver"]["rules"]);
    for result in run["results"].as_array().expect("there are results") {
        let index = result["ruleIndex"].as_u64().and_then(|at| usize::try_from(at).ok()).expect("it is a number");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(rules[index]["helpUri"].as_str().is_some_and(|uri| uri.starts_with("https://")));
        assert!(rules[index]["shortDescription"]["text"].is_string() && rules[index]["help"]["text"].is_string());
    }
    let first = &run["results"][0];
    let place = &first["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20folder/%C3%BC.yaml");
    assert_eq!((&place["region"]["startLine"], &place["region"]["endColumn"]), (&2.into(), &5.into()));
    assert_eq!(first["relatedLocations"][0]["message"]["text"], "here");
    let change = &first["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "Kind");
    assert_eq!(run["results"][1]["level"], "error");
    assert_eq!(run["results"][1]["locations"], serde_json::json!([]));
}

#[test]
fn edits_keep_quotes_comments_and_what_shares_a_line() {
    let text = "a: 'x' # why\nb:\n  c: 1 # gone\n  d: 2\ne: {f: 1}\n";
    let file = FileId(0);
    let span = |needle: &str| {
        let start = u32::try_from(text.find(needle).expect("it is there")).expect("it is short");
        Span { start, end: start + u32::try_from(needle.len()).expect("it is short") }
    };
    let quoted = Fix::retyped("", file, text, span("'x'"), "y").expect("it can be retyped");
    let gone = Fix::without("", file, text, span("c: 1")).expect("it has a line");
    assert_eq!(Fix::without("", file, text, span("f: 1")), None);
    assert_eq!(Fix::retyped("", file, text, span("'x'"), "it's"), None);
    let edits = [&gone.edits[0], &quoted.edits[0]];
    assert_eq!(apply(file, text, &edits), "a: 'y' # why\nb:\n  d: 2\ne: {f: 1}\n");
}
