//! Checks the name every object must have.
//! It does not check labels, annotations or owners.

use super::error::{ErrorKind, FieldError, quoted};
use super::format::{is_label, is_subdomain};
use super::schema::{Builtin, Schema};
use crate::source::Node;

const SUBDOMAIN: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SERVICE_LABEL: &str = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

/// Adds what is wrong with the name of the object.
pub(super) fn check(schema: &Schema, object: &Node, errors: &mut Vec<FieldError>) {
    if !schema.is_root {
        return;
    }
    let metadata = object.get("metadata");
    match metadata.and_then(|metadata| metadata.get("name")) {
        Some(name) => check_name(schema.builtin, name, errors),
        None if metadata.is_some_and(|metadata| metadata.get("generateName").is_some()) => {}
        None => {
            let at = metadata.unwrap_or(object);
            errors.push(error(at, ErrorKind::Required, "Required value: name or generateName is required".to_owned()));
        }
    }
}

fn check_name(builtin: Option<Builtin>, node: &Node, errors: &mut Vec<FieldError>) {
    let Some(name) = node.as_str() else {
        return;
    };
    let (is_valid, limit, rule) = match builtin {
        Some(Builtin::Service) => {
            (is_label(name) && !name.starts_with(|first: char| first.is_ascii_digit()), 63, SERVICE_LABEL)
        }
        Some(Builtin::Namespace) => (is_label(name), 63, LABEL),
        None => (is_subdomain(name), 253, SUBDOMAIN),
    };
    if name.len() > limit {
        let detail = format!("Invalid value: {}: must be no more than {limit} bytes", quoted(name));
        errors.push(error(node, ErrorKind::Invalid, detail));
    }
    if !is_valid {
        errors.push(error(node, ErrorKind::Invalid, format!("Invalid value: {}: {rule}", quoted(name))));
    }
}

fn error(node: &Node, kind: ErrorKind, detail: String) -> FieldError {
    FieldError { path: "metadata.name".to_owned(), detail, span: node.span, kind }
}
