//! The end of a plan's table: how much of AWS's limits each load balancer uses, and what the plan costs.
//!
//! Numbers come from `budget` and `cost`; here is which of them are worth a line.

use super::{Detail, Options};
use crate::budget::{Budget, Level, of_region, of_stack};
use crate::cost::{self, Cost, Item};
use crate::model::Stack;
use crate::plan::Plan;
use crate::price::Confidence;
use crate::quota::{Quota, Quotas};
use crate::render::{Style, clean};

/// Load balancers up to which each has its line; of more only those near a limit.
const EACH: usize = 8;

/// Nothing for a plan without load balancer.
pub(super) fn ending(plan: &Plan<'_, '_>, options: Options) -> String {
    let environment = plan.pipeline.resolver.environment;
    let all = plan.stacks();
    let stacks: Vec<&Stack> = all.iter().copied().filter(|stack| stack.load_balancer.is_some()).collect();
    if stacks.is_empty() {
        return String::new();
    }
    let mut out = limits(&stacks, &environment.quotas, options);
    if let Some(cost) = cost::of(&all, environment) {
        out.push_str(&costs(&cost, options));
    }
    out + "\n"
}

fn limits(stacks: &[&Stack], quotas: &Quotas, options: Options) -> String {
    let is_wide = options.detail == Detail::Wide;
    let mut out = options.paint.paint(Style::Strong, "Limits") + "\n";
    let mut quiet = 0;
    for stack in stacks {
        let budgets = of_stack(stack, quotas);
        let is_fine = budgets.iter().all(|budget| budget.level() == Level::Fine);
        if is_fine && !is_wide && stacks.len() > EACH {
            quiet += 1;
            continue;
        }
        let name = format!("{} {}", stack.lb_type.short(), clean(&stack.id));
        out.push_str(&line(&name, &budgets, options));
    }
    if quiet > 0 {
        out.push_str(&format!("  {quiet} load balancers use less than 80 % of every limit\n"));
    }
    let region = of_region(stacks, quotas);
    if is_wide || region.iter().any(|budget| budget.level() > Level::Fine) {
        out.push_str(&line("Region, with what exists already", &region, options));
    }
    out
}

fn line(name: &str, budgets: &[Budget], options: Options) -> String {
    let is_wide = options.detail == Detail::Wide;
    let shown = budgets.iter().filter(|budget| is_wide || is_telling(budget));
    let (later, sure): (Vec<&Budget>, Vec<&Budget>) =
        shown.partition(|budget| budget.used == 0 && budget.open.is_some());
    let sure: Vec<String> = sure.into_iter().map(|budget| part(budget, options)).collect();
    let mut parts = vec![sure.join(", ")];
    parts.extend(later.into_iter().map(|budget| unknown(budget, options)));
    parts.retain(|part| !part.is_empty());
    format!("  {name}  {}\n", parts.join("; "))
}

/// Whether it is worth a word when nobody asked for all.
fn is_telling(budget: &Budget) -> bool {
    let is_common = !budget.quota.is_small() && budget.quota != Quota::TargetsPerNlb;
    budget.level() > Level::Fine || (is_common && (budget.used > 0 || budget.open.is_some()))
}

fn unknown(budget: &Budget, options: Options) -> String {
    let noun = budget.quota.noun();
    match &budget.open {
        Some(open) if options.detail == Detail::Wide => {
            format!("{noun} of {}: known at deployment, {open}", budget.limit)
        }
        _ => format!("{noun}: known at deployment"),
    }
}

fn part(budget: &Budget, options: Options) -> String {
    let Budget { quota, used, limit, open, .. } = budget;
    let noun = quota.noun();
    let painted = match budget.level() {
        Level::Fine => format!("{noun} {used}/{limit}"),
        Level::Near => {
            options.paint.paint(Style::Warning, &format!("{noun} {used}/{limit} ({} %)", used * 100 / limit.max(&1)))
        }
        Level::Over => options.paint.paint(Style::Error, &format!("{noun} {used}/{limit} (too many)")),
    };
    match open {
        Some(open) => format!("{painted} and {open}"),
        None => painted,
    }
}

fn costs(cost: &Cost, options: Options) -> String {
    let heading = options.paint.paint(Style::Strong, "Cost");
    let units: Vec<String> = cost.units.iter().map(|unit| format!("{} per {}-hour", unit.hourly, unit.name)).collect();
    let mut out = format!(
        "{heading}\n  from {} {} a month, and {} by traffic; {}\n",
        cost.monthly,
        clean(&cost.currency),
        units.join(", "),
        whose(cost)
    );
    if options.detail == Detail::Wide {
        out.push_str(&details(cost));
    }
    out
}

/// Whose prices are used, and of when.
fn whose(cost: &Cost) -> String {
    let (region, date) = (clean(&cost.region), clean(&cost.date));
    match &cost.planned_region {
        Some(planned) => format!("prices of {region} (not of {}) as of {date}", clean(planned)),
        None if cost.is_region_known => format!("prices of {region} as of {date}"),
        None => format!("prices of {region} (no Region is known) as of {date}"),
    }
}

fn details(cost: &Cost) -> String {
    let mut out = String::new();
    for one in &cost.load_balancers {
        let items: Vec<String> = one.items.iter().map(item).collect();
        out.push_str(&format!("  {}: {} = {}\n", clean(&one.gateway), items.join(" + "), one.monthly));
        out.extend(one.not_counted.iter().map(|text| format!("    not counted: {}\n", clean(text))));
    }
    for unit in &cost.units {
        out.push_str(&format!("  1 {} holds, by the dimension that needs most:\n", unit.name));
        out.extend(unit.dimensions.iter().map(|dimension| format!("    {dimension}\n")));
    }
    if let Some(source) = &cost.source {
        out.push_str(&format!("  source of prices: {}\n", clean(source)));
    }
    out
}

fn item(item: &Item) -> String {
    let Item { what, count, hourly, assumed, .. } = item;
    let many = if *count == 1 { String::new() } else { format!("{count} × ") };
    let mut remarks: Vec<&str> = assumed.iter().copied().collect();
    remarks.extend(match item.confidence {
        Confidence::Quoted => None,
        Confidence::SecondHand => Some("price second-hand"),
        Confidence::Unverified => Some("price unverified"),
    });
    let remarks = if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join("; ")) };
    format!("{many}{what} {hourly}/h{remarks}")
}
