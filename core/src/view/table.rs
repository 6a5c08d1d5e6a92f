//! A plan as a table: stack by stack, resources in the order in which they will exist.
//!
//! It shows what people look for first; the plan document has every field.

mod action;
mod changes;
mod ending;
mod layout;
mod resource;
mod row;
mod set;

#[cfg(test)]
mod tests;

use crate::fact::Want;
use crate::id::LoadBalancerType;
use crate::model::{Stack, Value};
use crate::plan::Plan;
use crate::plan::compare::Action;
use crate::plan::document::{findings, resources, wants};
use crate::plan::summary::Summary;
use crate::render::{Locator, Paint, Style, clean, listing};

pub use changes::changes;
use layout::Layout;
use row::Row;
pub use set::{change_set, label};

/// How a table looks.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Styles.
    pub paint: Paint,
    /// Columns of the terminal; without it lines are as long as they are.
    pub width: Option<usize>,
    /// What it shows.
    pub detail: Detail,
}

/// How much a table shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// One row per resource.
    Rows,
    /// Ids, whole names and origins too.
    Wide,
}

/// What a resource that changes is marked with, in the signs of every plan.
fn mark(action: Action) -> (Style, &'static str) {
    match action {
        Action::Create => (Style::Create, "+"),
        Action::Update => (Style::Warning, "~"),
        Action::Replace => (Style::Error, "-/+"),
        Action::Delete => (Style::Error, "-"),
    }
}

/// The table, the findings, limits and cost, and the summary.
pub fn table(plan: &Plan<'_, '_>, options: Options) -> String {
    let locator = Locator::new(plan.manifests);
    let mut out = String::new();
    let stacks = plan.stacks();
    for stack in &stacks {
        out.push_str(&section(&locator, stack, options));
        out.push('\n');
    }
    out.push_str(&without_stack(plan, options.paint));
    if options.detail == Detail::Wide {
        out.push_str(&open_questions(&stacks, options));
    }
    out.push_str(&listing(&locator, &findings(plan), options.paint));
    out.push_str(&ending::ending(plan, options));
    out.push_str(&options.paint.paint(Style::Strong, &Summary::of(plan).to_string()));
    out.push('\n');
    out
}

fn section(locator: &Locator<'_>, stack: &Stack, options: Options) -> String {
    let mut out = heading(stack, options.paint);
    let rows: Vec<Row> = resources(stack).iter().map(|planned| resource::row(stack, planned)).collect();
    let layout = Layout::of(&rows, options);
    for (row, planned) in rows.iter().zip(resources(stack)) {
        out.push_str(&layout.row(row));
        if options.detail == Detail::Wide {
            out.push_str(&layout.wide(locator, row, &planned));
        }
    }
    out
}

fn heading(stack: &Stack, paint: Paint) -> String {
    let mut parts = vec![stack.lb_type.short().to_owned()];
    if let Some(load_balancer) = &stack.load_balancer {
        parts.push(clean(&load_balancer.spec.scheme).into_owned());
        if let Value::Known(name) = &load_balancer.spec.name {
            parts.push(clean(name).into_owned());
        }
    } else {
        parts.push("being deleted".to_owned());
    }
    let name = paint.paint(Style::Strong, &format!("Gateway {}", clean(&stack.id)));
    let after = stack.depends_on.iter().map(|other| format!("after {}", clean(other)));
    parts.extend(after);
    format!("{name}  {}\n", parts.join(", "))
}

fn without_stack(plan: &Plan<'_, '_>, paint: Paint) -> String {
    let mut out = String::new();
    for blocked in plan.blocked() {
        let name = paint.paint(Style::Strong, &format!("Gateway {}", clean(&blocked.gateway)));
        let verdict = paint.paint(Style::Error, "blocked");
        out.push_str(&format!("{name}  {verdict} ({}): {}\n\n", clean(&blocked.reason), clean(&blocked.message)));
    }
    for (gateway, controller) in plan.others() {
        let id = gateway.meta.id.to_string();
        out.push_str(&format!("Gateway {}  skipped: {} serves it\n\n", clean(&id), clean(controller)));
    }
    out
}

fn open_questions(stacks: &[&Stack], options: Options) -> String {
    let wants = wants(stacks);
    if wants.is_empty() {
        return String::new();
    }
    let mut out = options.paint.paint(Style::Strong, "Known at deployment, or from --environment") + "\n";
    for want in wants {
        let subject = if matches!(want, Want::Subnets { .. }) { "subnets " } else { "" };
        out.push_str(&format!("  ? {subject}{}\n", clean(&want.to_string())));
    }
    out + "\n"
}

/// Protocol and port by which people know the listener of a stack on `port`.
fn listener_name(stack: &Stack, port: i64) -> String {
    let listener = stack.listeners.iter().find(|listener| listener.spec.port == port);
    let fallback = if stack.lb_type == LoadBalancerType::Network { "TCP" } else { "HTTP" };
    format!("{}:{port}", listener.map_or(fallback, |listener| listener.spec.protocol))
}
