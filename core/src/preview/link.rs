//! Which stretch of a text makes which planned value, for walking both ways between text and plan.
//!
//! Origins were recorded by `translate`; what was written nowhere has no link.

use std::collections::BTreeMap;

use serde::Serialize;

use super::range::Ranges;
use crate::origin::Origin;
use crate::plan::Plan;
use crate::plan::document::{Planned, resources};

/// A stretch of a text and what it makes. Offsets count UTF-16 code units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Link {
    /// Position among the files of the input.
    pub file: u32,
    /// Offset of the first unit.
    pub start: u32,
    /// Offset after the last.
    pub end: u32,
    /// Values of the plan.
    pub values: Vec<ValueRef>,
}

/// Position of a stack in the plan, of a resource in the stack, and the field's name in `origins`;
/// without a name it is the object that brought the resource about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ValueRef(pub u32, pub u32, pub &'static str);

type Links = BTreeMap<(u32, u32, u32), Vec<ValueRef>>;

/// All links, by place.
pub(super) fn links(plan: &Plan<'_, '_>, ranges: &Ranges<'_>) -> Vec<Link> {
    let mut links = Links::new();
    for (stack, position) in plan.stacks().into_iter().zip(0..) {
        for (planned, resource) in resources(stack).iter().zip(0..) {
            add(&mut links, ranges, planned, (position, resource));
        }
    }
    let link = |((file, start, end), values)| Link { file, start, end, values };
    links.into_iter().map(link).collect()
}

fn add(links: &mut Links, ranges: &Ranges<'_>, planned: &Planned<'_>, (stack, resource): (u32, u32)) {
    let mut put = |place: Option<(u32, u32, u32)>, field| {
        if let Some(place) = place {
            links.entry(place).or_default().push(ValueRef(stack, resource, field));
        }
    };
    put(ranges.field(planned.cause, ""), "");
    for (field, _) in planned.origins.iter() {
        if let Some(Origin::Field { object, path }) = planned.origins.get(field) {
            put(ranges.field(*object, &path.to_string()), field);
        }
    }
}
