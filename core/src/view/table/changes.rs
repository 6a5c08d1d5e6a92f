//! A comparison of plans as people read it: what comes, what changes field by field, what goes.
//!
//! It shows only what differs; the plan document has every resource.

use super::ending::ending;
use super::layout::Layout;
use super::resource::row;
use super::row::Row;
use super::{Options, heading, mark, without_stack};
use crate::plan::Plan;
use crate::plan::compare::{Comparison, StackChange};
use crate::render::{Style, clean};

/// Changes of every Gateway, Gateways that can't be built, findings, limits and cost, and the summary.
pub fn changes(after: &Plan<'_, '_>, comparison: &Comparison<'_>, findings: &str, options: Options) -> String {
    let mut out: String = comparison.stacks.iter().map(|stack| section(stack, options) + "\n").collect();
    out.push_str(&without_stack(after, options.paint));
    let paint = options.paint;
    if comparison.totals.unchanged > 0 {
        let text = format!("{} resources stay as they are", comparison.totals.unchanged);
        out.push_str(&format!("{}\n\n", paint.paint(Style::Faint, &text)));
    }
    out + findings + "\n" + &ending(after, options) + &paint.paint(Style::Strong, &comparison.totals.to_string()) + "\n"
}

fn section(stack: &StackChange<'_>, options: Options) -> String {
    let rows: Vec<Row> = stack.changes.iter().map(|change| row(stack.stack, &change.planned)).collect();
    let layout = Layout::of(&rows, options);
    let mut out = heading(stack.stack, options.paint);
    for (row, change) in rows.iter().zip(&stack.changes) {
        out.push_str(&layout.marked(row, mark(change.action)));
        out.extend(change.fields.iter().map(|field| layout.below(&clean(&field.to_string()))));
    }
    out
}
