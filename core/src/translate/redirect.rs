//! Rules with authentication on HTTP listeners (deviation B17).
//!
//! Redirects that a route asks for are in `action`.

use crate::diagnostic::{Code, Diagnostic, Effect, Place};
use crate::id::Text;
use crate::model::action::{Action, RedirectConfig};
use crate::origin::FieldPath;
use crate::resolve::attach::{PortRoute, entry_of};

use super::RouteNote;
use super::overlap::overlap;
use super::rule::Drawing;

/// What a rule with authentication does on an HTTP listener, and why: it redirects to the HTTPS listener that serves
/// the same route and host. Without one it is left out, unless a weaker rule could take its requests, unauthenticated:
/// then it answers them with 500. The route is told.
pub fn without_https(drawing: &mut Drawing<'_, '_, '_>, kind: &str) -> Option<(Action, &'static str)> {
    match https_port(drawing) {
        Some(port) => Some((to_https(drawing, kind, port), REDIRECTED)),
        None => {
            let exposed = drawing.weaker.iter().any(|weaker| overlap(drawing.candidate, weaker));
            note_unserved(drawing, kind, exposed);
            exposed.then(|| (Action::answer("500"), HELD))
        }
    }
}

const REDIRECTED: &str = "authentication is only enforced over HTTPS, so plain HTTP is redirected there";
const HELD: &str = "authentication can't be enforced here, so no weaker rule may take these requests: it answers 500";

fn note_unserved(drawing: &mut Drawing<'_, '_, '_>, kind: &str, exposed: bool) {
    let site = drawing.site;
    let label = site.route.route().describe();
    let place = Place::Field(site.route.object(), FieldPath::indexed("spec.rules[]", &[site.rule]));
    let message = format!("{kind} can't be enforced on an HTTP listener and no HTTPS listener serves the route");
    let what = if exposed { "answers 500" } else { "is left out" };
    let finding = format!("{label}: rule {} {what} on port {}: {message}", site.rule, site.port);
    let finding = Diagnostic::new(Code::AuthenticationRedirect, place, finding).effect(Effect::DropsRule);
    let finding = finding.help("attach the route to an HTTPS listener for the same hosts");
    let note = RouteNote::PartiallyInvalid { port: site.port, rule: site.rule, message };
    drawing.builder.tell(drawing.candidate.position, note, finding);
}

fn to_https(drawing: &mut Drawing<'_, '_, '_>, kind: &str, port: i64) -> Action {
    let site = drawing.site;
    let label = site.route.route().describe();
    let place = Place::Field(site.route.object(), FieldPath::indexed("spec.rules[]", &[site.rule]));
    let message =
        format!("{label}: rule {} on port {} is redirected to HTTPS, where {kind} is enforced", site.rule, site.port);
    let help = "attach the route to the HTTPS listener only, by sectionName";
    let finding = Diagnostic::new(Code::AuthenticationRedirect, place, message).help(help);
    drawing.builder.report_once(finding);
    let config = RedirectConfig {
        protocol: Some(Text::from("HTTPS")),
        port: Some(Text::from(port.to_string())),
        status_code: Text::from("HTTP_301"),
        ..RedirectConfig::default()
    };
    Action::Redirect { config: Box::new(config) }
}

/// The lowest HTTPS port of the load balancer on which the route is served for the candidate's host.
fn https_port(drawing: &Drawing<'_, '_, '_>) -> Option<i64> {
    let builder = &*drawing.builder;
    let serves = |attached: &PortRoute| {
        let hosts = attached.hosts.effective(drawing.site.route.route());
        hosts.is_empty() || drawing.candidate.host.is_some_and(|host| covers(&hosts, host))
    };
    let secure = builder.loaded.ports.iter().filter(|(port, _)| builder.protocols.get(port) == Some(&"HTTPS"));
    { secure }
        .find(|(_, routes)| entry_of(routes, drawing.candidate.position).is_some_and(serves))
        .map(|(port, _)| *port)
}

fn covers(hosts: &[&Text], host: &Text) -> bool {
    hosts.iter().any(|own| *own == host || own.strip_prefix('*').is_some_and(|suffix| host.ends_with(suffix)))
}
