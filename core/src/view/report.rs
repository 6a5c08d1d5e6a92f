//! A plan as Markdown, to be put below a pull request: what will exist, a picture, findings, open questions.
//!
//! It decides nothing. Every text of users is escaped, so that none is taken for Markdown or HTML.

use std::fmt::Write as _;

use super::graph::{Extent, Subject, graph, mermaid};
use crate::diagnostic::Diagnostic;
use crate::model::Stack;
use crate::plan::Plan;
use crate::plan::document::wants;
use crate::plan::summary::Summary;
use crate::render::{Locator, clean};

/// Longest picture, in characters: Git hosts draw no longer ones.
const LONGEST_PICTURE: usize = 40_000;
/// Findings and questions that are listed; the others are counted.
const LISTED: usize = 50;

/// The report.
pub fn report(plan: &Plan<'_, '_>, findings: &[Diagnostic]) -> String {
    let mut out = "## AWS load balancers of these manifests\n\n".to_owned();
    let _ = writeln!(out, "{}, profile `{}`.\n", Summary::of(plan), plan.pipeline.options.profile.name);
    add_picture(&mut out, plan, findings);
    add_stacks(&mut out, plan);
    add_findings(&mut out, plan, findings);
    add_questions(&mut out, plan);
    let _ = writeln!(out, "gwchain {}", env!("CARGO_PKG_VERSION"));
    out
}

fn add_picture(out: &mut String, plan: &Plan<'_, '_>, findings: &[Diagnostic]) {
    let drawn = graph(plan, findings, &Subject::Everything, Extent::Overview);
    let picture = mermaid(&drawn);
    if !drawn.nodes.is_empty() && picture.len() <= LONGEST_PICTURE {
        let _ = writeln!(out, "```mermaid\n{picture}```\n");
    }
}

fn add_stacks(out: &mut String, plan: &Plan<'_, '_>) {
    let (stacks, blocked) = (plan.stacks(), plan.blocked());
    if stacks.is_empty() && blocked.is_empty() {
        return;
    }
    out.push_str("| Gateway | Load balancer | Listeners | Rules | Target groups |\n|---|---|---|---|---|\n");
    for stack in stacks {
        let rules = stack.rules.len();
        let (name, kind, groups) = (escaped(&stack.id), load_balancer(stack), stack.target_groups.len());
        let _ = writeln!(out, "| {name} | {kind} | {} | {rules} | {groups} |", listeners(stack));
    }
    for blocked in blocked {
        let _ = writeln!(out, "| {} | none: {} | | | |", escaped(&blocked.gateway), escaped(&blocked.message));
    }
    out.push('\n');
}

fn load_balancer(stack: &Stack) -> String {
    let scheme = stack.load_balancer.as_ref().map(|found| format!(", {}", escaped(&found.spec.scheme)));
    format!("{}{}", stack.lb_type.short(), scheme.unwrap_or_default())
}

fn listeners(stack: &Stack) -> String {
    let names = stack.listeners.iter().map(|one| format!("{}:{}", one.spec.protocol, one.spec.port));
    names.collect::<Vec<_>>().join(", ")
}

fn add_findings(out: &mut String, plan: &Plan<'_, '_>, findings: &[Diagnostic]) {
    if findings.is_empty() {
        out.push_str("No findings.\n\n");
        return;
    }
    let locator = Locator::new(plan.manifests);
    let mut sorted: Vec<&Diagnostic> = findings.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
    out.push_str("| Severity | Code | Place | Finding |\n|---|---|---|---|\n");
    for finding in sorted.iter().take(LISTED) {
        let place = locator.place(&finding.place);
        let place = place.map(|found| format!("{}:{}", escaped(&found.file.name), found.start.line));
        let help = finding.help.as_ref().map(|help| format!("<br>{}", escaped(help))).unwrap_or_default();
        let (severity, code, message) = (finding.severity().as_str(), finding.code.as_str(), escaped(&finding.message));
        let _ = writeln!(out, "| {severity} | {code} | {} | {message}{help} |", place.unwrap_or_default());
    }
    add_rest(out, findings.len());
}

fn add_questions(out: &mut String, plan: &Plan<'_, '_>) {
    let open = wants(&plan.stacks());
    if open.is_empty() {
        return;
    }
    out.push_str("Known at deployment:\n\n");
    for want in open.iter().take(LISTED) {
        let _ = writeln!(out, "- {}", escaped(&want.to_string()));
    }
    add_rest(out, open.len());
}

fn add_rest(out: &mut String, all: usize) {
    if let Some(more) = all.checked_sub(LISTED).filter(|more| *more > 0) {
        let _ = write!(out, "\nand {more} more\n");
    }
    out.push('\n');
}

/// Text as Markdown and HTML show it, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in clean(&text.replace('\n', " ")).chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '@' => out.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' => {
                out.push('\\');
                out.push(letter);
            }
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escaped, report};
    use crate::fact::Environment;
    use crate::manifest::{ReadOptions, SourceFile, read};
    use crate::pipeline::{Options, run};
    use crate::plan::Plan;
    use crate::plan::document::findings;
    use crate::profile::Profile;

    #[test]
    fn texts_of_users_are_no_markup() {
        let hostile = "<img src=x onerror=alert(1)> | [a](b) `c` **d**\n# e @f";
        let harmless = r"&lt;img src=x onerror=alert(1)> \| \[a\](b) \`c\` \*\*d\*\* \# e &#64;f";
        assert_eq!(escaped(hostile), harmless);
    }

    #[test]
    fn a_report_has_picture_load_balancers_findings_and_questions() {
        let text = include_str!("../../../tests/vectors/chaining/guide-http-and-https/input.yaml").to_owned();
        let manifests = read(vec![SourceFile { name: "a.yaml".to_owned(), text }], &ReadOptions::default());
        let environment = Environment::default();
        let options = Options { profile: Profile::GWCHAIN, complete: false, simulate: false };
        let pipeline = run(&manifests, &environment, options);
        let plan = Plan { manifests: &manifests, pipeline: &pipeline, shown: None };
        let text = report(&plan, &findings(&plan));
        assert!(text.contains("Plan: 2 load balancers, 4 listeners"), "{text}");
        assert!(text.contains("```mermaid\nflowchart LR\n"), "{text}");
        assert!(text.contains("| shop/inner | ALB, internal | HTTP:80, HTTPS:443 | 2 | 1 |"), "{text}");
        assert!(text.contains("| Severity | Code | Place | Finding |"), "{text}");
        assert!(text.contains("\nKnown at deployment:\n"), "{text}");
    }
}
