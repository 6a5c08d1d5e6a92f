//! Which module of core may use which.
//!
//! It reads text, not syntax: what follows `crate::`.

use super::{none, shown, sources, text};

/// Core's modules: each uses those before it only.
const ORDER: &[&str] = &[
    "source",
    "id",
    "quota",
    "price",
    "profile",
    "fact",
    "origin",
    "diagnostic",
    "admission",
    "paste",
    "manifest",
    "render",
    "environment",
    "model",
    "budget",
    "cost",
    "account",
    "resolve",
    "translate",
    "pipeline",
    "status",
    "lint",
    "diagnose",
    "plan",
    "diff",
    "view",
    "trace",
    "reference",
    "preview",
];

/// Steps back that are meant: a Gateway can't be resolved without the verdict on its class, nor a rule without that
/// on its configuration.
const STEPS_BACK: &[(&str, &str)] = &[("resolve", "status::class"), ("resolve", "status::rule_config")];

#[test]
fn modules_of_core_use_earlier_ones() {
    let mut found = Vec::new();
    for path in sources().into_iter().filter(|path| shown(path).starts_with("core/src/")) {
        let name = shown(&path);
        let module = name.trim_start_matches("core/src/").trim_end_matches(".rs").split('/').next().unwrap_or_default();
        let Some(place) = ORDER.iter().position(|one| *one == module) else {
            if module != "lib" {
                found.push(format!("{name}: {module} has no place in the order"));
            }
            continue;
        };
        for used in used_modules(&text(&path).unwrap_or_default()) {
            let top = used.split("::").next().unwrap_or_default();
            let later = ORDER[place + 1..].contains(&top);
            if later && !STEPS_BACK.iter().any(|(from, to)| *from == module && used.starts_with(to)) {
                found.push(format!("{name} uses {used}"));
            }
        }
    }
    none("a step that uses a later one (ARCHITECTURE.md, who may depend on whom)", &found);
}

/// What follows each `crate::` outside comments and tests, names in braces one by one.
fn used_modules(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join(" ");
    let mut used = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let path =
            |text: &str| text.trim().chars().take_while(|one| one.is_alphanumeric() || "_:".contains(*one)).collect();
        match rest.strip_prefix('{').and_then(|rest| rest.split_once("};")) {
            Some((list, _)) => used.extend(list.split(',').map(path)),
            None => used.push(path(rest)),
        }
    }
    used
}

#[test]
fn the_rule_can_be_broken() {
    assert_eq!(used_modules("use crate::a::B;\nuse crate::{c, d::E};\n// crate::f\n"), ["a::B", "c", "d::E"]);
}
