//! A change set as people read it: Gateway by Gateway what comes, what changes field by field, what goes, and why.
//!
//! Arguments of calls are not shown; the document has the order of the calls.

use serde_json::Value as Json;

use super::layout::Layout;
use super::resource::row;
use super::row::Row;
use super::{Options, heading, mark, without_stack};
use crate::account::StackId;
use crate::diff::{Action, FieldChange, Proposal, ResourceChange, ResourceKind, Server, Totals, by_resource, remedy};
use crate::model::Value;
use crate::plan::compare::{Field, between};
use crate::plan::document::{OriginDocument, Spec};
use crate::render::{Locator, Paint, Style, clean};

/// Characters of a value that are shown.
const LONGEST: usize = 160;

/// Changes of every Gateway, what is in the way, open questions, and the numbers.
pub fn change_set(proposal: &Proposal<'_, '_>, options: Options) -> String {
    let locator = Locator::new(proposal.plan.manifests);
    let all = by_resource(&proposal.set);
    let mut out = String::new();
    for stack in stacks(proposal, &all) {
        let of_stack = |one: &&ResourceChange<'_>| one.resource.stack == stack;
        let page = Section { proposal, locator: &locator, options };
        out.push_str(&page.section(stack.as_ref(), &all.iter().filter(of_stack).collect::<Vec<_>>()));
        out.push('\n');
    }
    out.push_str(&blocked(proposal, options.paint));
    out.push_str(&without_stack(&proposal.plan, options.paint));
    out.push_str(&questions(proposal, options.paint));
    out.push_str(&ending(proposal, options.paint));
    out
}

/// What people call a resource, as `listener HTTP:80`.
pub fn label(proposal: &Proposal<'_, '_>, one: &ResourceChange<'_>) -> String {
    let planned = proposal.planned(one.resource).filter(|_| one.action != Action::Delete);
    let row = match planned.zip(proposal.stack(one.resource)) {
        Some((planned, stack)) => row(stack, &planned),
        None => Row::new(one.resource.kind.noun(), &Value::Known(proposal.name(one))),
    };
    format!("{} {}", row.label, row.name)
}

/// Stacks with changes: what all share, those planned in their order, then those that go.
fn stacks(proposal: &Proposal<'_, '_>, all: &[ResourceChange<'_>]) -> Vec<Option<StackId>> {
    let planned = proposal.plan.pipeline.stacks().into_iter();
    let planned = planned.map(|stack| Some(StackId::of(stack)));
    let mut out: Vec<Option<StackId>> = std::iter::once(None).chain(planned).collect();
    for one in all {
        if !out.contains(&one.resource.stack) {
            out.push(one.resource.stack.clone());
        }
    }
    out.retain(|stack| all.iter().any(|one| one.resource.stack == *stack));
    out
}

struct Section<'s, 'a, 'm> {
    proposal: &'s Proposal<'a, 'm>,
    locator: &'s Locator<'m>,
    options: Options,
}

impl Section<'_, '_, '_> {
    fn section(&self, stack: Option<&StackId>, all: &[&ResourceChange<'_>]) -> String {
        let rows: Vec<Row> = all.iter().map(|one| self.row(one)).collect();
        let layout = Layout::of(&rows, self.options);
        let mut out = self.heading(stack, all);
        for (row, one) in rows.iter().zip(all) {
            out.push_str(&layout.marked(row, mark(one.action)));
            out.extend(self.below(one).iter().map(|line| layout.below(&clean(line))));
        }
        out
    }

    fn heading(&self, stack: Option<&StackId>, all: &[&ResourceChange<'_>]) -> String {
        let planned = all.first().and_then(|one| self.proposal.stack(one.resource));
        match (planned, stack) {
            (Some(planned), _) => heading(planned, self.options.paint),
            (None, Some(stack)) => {
                let name = format!("Gateway {}", clean(&stack.gateway));
                let name = self.options.paint.paint(Style::Strong, &name);
                format!("{name}  {}, to be destroyed\n", stack.lb_type.short())
            }
            (None, None) => {
                let name = format!("Cluster {}", clean(&self.proposal.scope.cluster));
                format!("{}  shared by its load balancers\n", self.options.paint.paint(Style::Strong, &name))
            }
        }
    }

    /// What comes is told with what it is like, what goes with the cause; of the rest the name is enough.
    fn row(&self, one: &ResourceChange<'_>) -> Row {
        let planned = self.proposal.planned(one.resource).filter(|_| one.action != Action::Delete);
        let Some((planned, stack)) = planned.zip(self.proposal.stack(one.resource)) else {
            let row = Row::new(one.resource.kind.noun(), &Value::Known(self.proposal.name(one)));
            // Where a whole stack goes its heading says so.
            let cause = one.cause().filter(|_| self.proposal.stack(one.resource).is_some());
            return cause.into_iter().fold(row, |row, cause| row.part(&cause));
        };
        let mut row = row(stack, &planned);
        if one.action == Action::Update && !matches!(planned.spec, Spec::Rule(_)) {
            row.details.clear();
        }
        row
    }

    /// Cause of a replacement, drift, and fields with their origins.
    fn below(&self, one: &ResourceChange<'_>) -> Vec<String> {
        let mut out = Vec::new();
        if let Some(cause) = one.cause().filter(|_| one.action == Action::Replace) {
            let is_named = one.resource.kind == ResourceKind::LoadBalancer;
            let name = if is_named { "; the new one has another DNS name" } else { "" };
            out.push(format!("because {cause}{name}"));
        }
        if one.action == Action::Create
            && let Some(drift) = self.proposal.drifts.missing(one.resource)
        {
            out.push(format!("{}: it was there before", drift.as_str()));
        }
        for field in one.fields() {
            let drift = self.proposal.drifts.field(one.resource, field);
            let drift = drift.map(|drift| format!(" ({})", drift.as_str())).unwrap_or_default();
            out.extend(lines(field).into_iter().map(|line| line + &drift));
            let origin = field.origin.as_ref().map(|origin| OriginDocument::from(self.locator.origin(origin)));
            out.extend(origin.map(|origin| format!("from {origin}")));
        }
        out
    }
}

/// `path: before → after` of each part that differs.
fn lines(field: &FieldChange) -> Vec<String> {
    let parts = between(&field.field, field.before.as_ref(), field.after.as_ref());
    parts.into_iter().map(|part| short(&spelled(part).to_string())).collect()
}

/// `tcp/443 from 0.0.0.0/0`, of a permission.
fn permission(value: &Json) -> Option<String> {
    let (from, to) = (value.get("fromPort")?.as_i64()?, value.get("toPort")?.as_i64()?);
    let ports = if from == to { from.to_string() } else { format!("{from}-{to}") };
    let source = value.as_object()?.values().find_map(|list| list.as_array()?.first()?.as_object()?.values().next())?;
    let source = source.as_str().map_or_else(|| source.to_string(), str::to_owned);
    Some(format!("{}/{ports} from {source}", value.get("ipProtocol")?.as_str()?))
}

/// References to resources that are yet to come, in words.
fn spelled(field: Field) -> Field {
    Field { before: field.before.map(words), after: field.after.map(words), ..field }
}

fn words(value: Json) -> Json {
    let value = match value {
        Json::Array(items) => Json::Array(items.into_iter().map(words).collect()),
        Json::Object(fields) => match fields.get("$ref").or_else(|| fields.get("pending")) {
            Some(Json::String(text)) => Json::String(reference(text)),
            _ => Json::Object(fields.into_iter().map(|(key, value)| (key, words(value))).collect()),
        },
        other => other,
    };
    permission(&value).map_or(value, Json::String)
}

/// `#/resources/TYPE/ID/status/…` as `the new ID`.
fn reference(text: &str) -> String {
    let Some((gateway, rest)) = text.split_once("#/resources/") else { return format!("({text})") };
    let id = rest.rsplit_once("/status/").and_then(|(path, _)| path.split_once('/')).map_or(rest, |(_, id)| id);
    if gateway.is_empty() { format!("the new {id}") } else { format!("the new {id} of Gateway {gateway}") }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn blocked(proposal: &Proposal<'_, '_>, paint: Paint) -> String {
    let one = |blocked: &crate::diff::Blocked| {
        let gateway = blocked.resource.stack.as_ref().map(|stack| clean(&stack.gateway).into_owned());
        let name = paint.paint(Style::Strong, &format!("Gateway {}", gateway.unwrap_or_default()));
        let verdict = paint.paint(Style::Error, "stays as it is");
        format!("{name}  {verdict}: {}\n  help: {}\n\n", clean(&blocked.reason), clean(&blocked.help))
    };
    proposal.set.blocked.iter().map(one).collect()
}

fn questions(proposal: &Proposal<'_, '_>, paint: Paint) -> String {
    let unanswered = &proposal.set.unanswered;
    if unanswered.is_empty() {
        return String::new();
    }
    let mut out = paint.paint(Style::Strong, "Not known, so nothing can be carried out") + "\n";
    for want in unanswered {
        let subject = if matches!(want, crate::fact::Want::Subnets { .. }) { "subnets " } else { "" };
        out.push_str(&format!("  ? {subject}{}\n    help: {}\n", clean(&want.to_string()), remedy(want)));
    }
    out + "\n"
}

fn ending(proposal: &Proposal<'_, '_>, paint: Paint) -> String {
    let totals = Totals::of(&proposal.set);
    if totals.is_change() || !proposal.set.unanswered.is_empty() {
        return paint.paint(Style::Strong, &totals.to_string()) + "\n";
    }
    let waits = proposal.set.changes.iter().filter(|change| change.operation.server() == Server::Nobody).count();
    let waits = match waits {
        0 => String::new(),
        1 => "; 1 load balancer is still being provisioned".to_owned(),
        many => format!("; {many} load balancers are still being provisioned"),
    };
    let is = match proposal.plan.pipeline.stacks().is_empty() {
        true => "nothing is planned, and nothing is there",
        false => "AWS is as the manifests say",
    };
    paint.paint(Style::Strong, &format!("No changes: {is}{waits}")) + "\n"
}
