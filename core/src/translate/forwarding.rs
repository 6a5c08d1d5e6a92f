//! Target groups of a rule's backends with their weights (deviations B5, B18, B20).
//!
//! How a target group is built is not its business.

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::action::TargetGroupTuple;
use crate::origin::FieldPath;
use crate::resolve::load::LoadedRule;

use super::target_group::Site;
use super::{BuildError, Builder, isolation, limit};

/// Largest weight that ELBv2 takes.
const HEAVIEST: i64 = 999;

/// Target groups of a rule's backends with their weights as written, in order.
pub fn tuples<'m>(
    builder: &mut Builder<'_, 'm>,
    site: Site<'_, 'm>,
    rule: &LoadedRule<'m>,
    position: usize,
) -> Result<Vec<TargetGroupTuple>, BuildError> {
    let mut tuples = Vec::with_capacity(rule.backends.len());
    for backend in &rule.backends {
        match builder.target_group(site, backend) {
            Ok(arn) => tuples.push(TargetGroupTuple { arn, weight: Some(backend.weight) }),
            Err(error) if builder.isolates() => isolation::backend(builder, site, position, error),
            Err(error) => return Err(error),
        }
    }
    Ok(tuples)
}

/// What one forward action may hold: no target group twice, weights from 0 to 999, no more groups than AWS takes.
pub fn settled(
    builder: &mut Builder<'_, '_>,
    site: Site<'_, '_>,
    mut tuples: Vec<TargetGroupTuple>,
) -> Result<Vec<TargetGroupTuple>, BuildError> {
    if limit::apply(&builder.resolver.profile) {
        tuples = united(tuples);
        let path = FieldPath::indexed("spec.rules[].backendRefs", &[site.rule]);
        limit::target_groups(&tuples).map_err(|error| error.at(site.route.object(), path))?;
    }
    if builder.resolver.profile.weights_scaled {
        scale(builder, site, &mut tuples);
    }
    Ok(tuples)
}

/// Two backends with one target group are one entry with the sum of their weights: AWS takes no group twice.
fn united(tuples: Vec<TargetGroupTuple>) -> Vec<TargetGroupTuple> {
    let mut united: Vec<TargetGroupTuple> = Vec::with_capacity(tuples.len());
    for tuple in tuples {
        match united.iter_mut().find(|known| known.arn == tuple.arn) {
            Some(known) => known.weight = known.weight.zip(tuple.weight).map(|(a, b)| a.saturating_add(b)),
            None => united.push(tuple),
        }
    }
    united
}

/// Brings weights into 0–999 in proportion; only zero becomes zero.
fn scale(builder: &mut Builder<'_, '_>, site: Site<'_, '_>, tuples: &mut [TargetGroupTuple]) {
    let largest = tuples.iter().filter_map(|tuple| tuple.weight).max().unwrap_or_default();
    if largest <= HEAVIEST {
        return;
    }
    let scaled = |weight: i64| if weight == 0 { 0 } else { (weight.saturating_mul(HEAVIEST) / largest).max(1) };
    for weight in tuples.iter_mut().filter_map(|tuple| tuple.weight.as_mut()) {
        *weight = scaled(*weight);
    }
    let shares: Vec<String> = tuples.iter().filter_map(|tuple| tuple.weight).map(|weight| weight.to_string()).collect();
    let label = site.route.route().describe();
    let message = format!("{label}: weights of rule {} up to {largest} become {}", site.rule, shares.join(", "));
    let place = Place::Field(site.route.object(), FieldPath::indexed("spec.rules[].backendRefs", &[site.rule]));
    let finding = Diagnostic::new(Code::WeightScaled, place, message).help("load balancers take weights from 0 to 999");
    builder.report_once(finding);
}
