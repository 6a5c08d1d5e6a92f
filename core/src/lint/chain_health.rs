//! GWC0108 and GWC0114: health checks that a working ALB does not pass.
//!
//! It asks the planned rules what they would answer; where that depends on the service, it says nothing.

use super::answer::{Answer, answer};
use super::{Chain, Scope, edit};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::target_group::{HealthCheck, HealthCheckPort, Matcher, TargetGroup};
use crate::model::{Number, Resource, Stack};
use crate::origin::Origin;

/// At most one finding per chain.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for chain in &scope.chains {
        let Some(group) = scope.group(chain) else { continue };
        let Some(alb) = scope.gateways[chain.alb].stack() else { continue };
        let check = Check { scope, chain, group, alb };
        findings.extend(check.protocol().or_else(|| check.path()));
    }
}

struct Check<'c, 'p, 'm> {
    scope: &'c Scope<'p, 'm>,
    chain: &'c Chain<'p, 'm>,
    group: &'p Resource<TargetGroup>,
    alb: &'p Stack,
}

impl Check<'_, '_, '_> {
    fn config(&self) -> &HealthCheck {
        &self.group.spec.health_check_config
    }

    fn port(&self) -> Option<i64> {
        match &self.config().port {
            HealthCheckPort::Traffic => Some(self.chain.target.port),
            HealthCheckPort::Number(Number::Known(port)) => Some(*port),
            HealthCheckPort::Number(Number::Pending(_)) => None,
        }
    }

    /// The field that decided, or the backendRef.
    fn place(&self, field: &str) -> Place {
        match self.group.origins.get(field) {
            Some(Origin::Field { object, path }) => Place::Field(*object, *path),
            _ => self.chain.place(),
        }
    }

    fn protocol(&self) -> Option<Diagnostic> {
        let port = self.port()?;
        let listener = self.alb.listeners.iter().find(|listener| listener.spec.port == port)?;
        let (own, wanted) = (&*self.config().protocol, listener.spec.protocol);
        if own == wanted || own == "TCP" {
            return None;
        }
        let alb = &self.scope.gateways[self.chain.alb];
        let label = alb.node.label();
        let message = format!("the health check speaks {own} to port {port} of Gateway {label}, which speaks {wanted}");
        let place = self.place("healthCheckConfig.protocol");
        let is_written = place != self.chain.place();
        let fix = edit::value(self.scope.manifests, &place, wanted, format!("check by {wanted}"));
        let finding = Diagnostic::new(Code::ChainHealthProtocol, place, message)
            .related(alb.listener_place(port), format!("listener {wanted}:{port}"))
            .fix(fix.filter(|_| is_written));
        Some(finding.help(format!("set healthCheckProtocol: {wanted} in a TargetGroupConfiguration of the Gateway")))
    }

    fn path(&self) -> Option<Diagnostic> {
        let path = self.config().path.as_deref()?;
        let port = self.port()?;
        let Answer::Status(status) = answer(self.alb, port, path)? else { return None };
        let Some(Matcher::Http(codes)) = &self.config().matcher else { return None };
        if accepts(codes, status) {
            return None;
        }
        let label = self.scope.gateways[self.chain.alb].node.label();
        let message = format!(
            "Gateway {label} answers {status} to the health check of {path} on port {port}, which expects {codes}"
        );
        let finding = Diagnostic::new(Code::ChainHealthPath, self.place("healthCheckConfig.matcher"), message)
            .related(self.scope.gateways[self.chain.alb].listener_place(port), "the listener that is asked");
        Some(finding.help("give the ALB a rule for the path that holds for any host, or set matcher.httpCode: 200-499"))
    }
}

fn accepts(codes: &str, status: u32) -> bool {
    codes.split(',').any(|part| match part.split_once('-') {
        Some((from, to)) => {
            from.trim().parse().is_ok_and(|from: u32| from <= status)
                && to.trim().parse().is_ok_and(|to: u32| status <= to)
        }
        None => part.trim().parse() == Ok(status),
    })
}
