//! What a diagnostic looks like.
//!
//! Which diagnostics there are is tested where they are made.

use super::{Locator, Paint, clean, report, text};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::id::{ObjectIx, Text};
use crate::manifest::{Manifests, ReadOptions, SourceFile, read};
use crate::origin::FieldPath;

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
