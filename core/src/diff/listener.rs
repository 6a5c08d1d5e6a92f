//! Listeners, matched by port; what others have added to the load balancer goes (controller §3.4).
//!
//! Rules are `rule`'s, lists of certificates `certificate`'s.

use super::change::{Action, ResourceId, ResourceKind};
use super::draft::{Draft, Drafts, Hold, Token};
use super::existing::GONE;
use super::field::{Fields, shown};
use super::operation::Operation;
use super::{Stacked, action, certificate, rule, tags};
use crate::account::{Listener as Seen, Pairs};
use crate::id::Text;
use crate::model::action::Action as Planned;
use crate::model::listener::{Listener, MutualAuthentication};
use crate::model::{Resource, Value};

/// Drafts what becomes of the listeners of a stack.
pub fn draft(stacked: Stacked<'_>, drafts: &mut Drafts) {
    for planned in stacked.wanted.model.iter().flat_map(|stack| &stack.listeners) {
        let id = stacked.id(ResourceKind::Listener, &planned.id);
        let seen = stacked.existing.listeners().iter().find(|seen| seen.port == planned.spec.port);
        match seen {
            Some(seen) if is_stuck(stacked, seen) => replace(stacked, drafts, &id, planned, seen),
            Some(seen) => update(stacked, drafts, &id, planned, seen),
            None => create(stacked, drafts, &id, planned, None),
        }
        rule::draft(stacked, drafts, planned, seen.filter(|seen| !is_stuck(stacked, seen)));
    }
    for seen in stacked.existing.listeners() {
        let is_planned = |planned: &Resource<Listener>| planned.spec.port == seen.port;
        if !stacked.wanted.model.is_some_and(|stack| stack.listeners.iter().any(is_planned)) {
            let id = stacked.id(ResourceKind::Listener, &seen.port.to_string().into());
            delete(stacked, drafts, id, Action::Delete, seen);
        }
    }
}

/// Whether it forwards to a target group that must go before its successor can come.
fn is_stuck(stacked: Stacked<'_>, seen: &Seen) -> bool {
    let groups = seen.default_actions.iter().flat_map(crate::account::Action::target_groups);
    let mut groups = groups.filter(|group| stacked.names.is_in_the_way(group));
    groups.next().is_some()
}

fn replace(stacked: Stacked<'_>, drafts: &mut Drafts, id: &ResourceId, planned: &Resource<Listener>, seen: &Seen) {
    delete(stacked, drafts, id.clone(), Action::Replace, seen);
    create(stacked, drafts, id, planned, Some(seen));
}

fn bound(stacked: Stacked<'_>, planned: &Listener) -> Listener {
    let mut spec = planned.clone();
    let bind = |value: &Value| stacked.names.bind(value, &stacked.wanted.stack);
    spec.load_balancer_arn = bind(&planned.load_balancer_arn);
    spec.default_actions = bind_actions(stacked, &planned.default_actions);
    spec.certificates.iter_mut().for_each(|one| one.arn = bind(&one.arn));
    spec
}

/// Actions with their references bound, otherwise as planned.
pub fn bind_actions(stacked: Stacked<'_>, actions: &[Planned]) -> Vec<Planned> {
    let mut actions = actions.to_vec();
    for action in &mut actions {
        if let Planned::Forward { config } = action {
            let bind = |value: &Value| stacked.names.bind(value, &stacked.wanted.stack);
            config.target_groups.iter_mut().for_each(|tuple| tuple.arn = bind(&tuple.arn));
        }
    }
    actions
}

/// A draft that waits for the target groups of `actions`, for their ALBs, and for other load balancers to let go.
pub fn forwarding(stacked: Stacked<'_>, mut draft: Draft, actions: &[Planned]) -> Draft {
    let holder = stacked.existing.load_balancer.map(|lb| lb.load_balancer_arn.clone()).unwrap_or_default();
    for group in targets(actions) {
        if let Some(id) = stacked.names.output(group, &stacked.wanted.stack) {
            draft = draft.waits(Token::Registered(id.clone())).needs(Some(id));
        }
        if let Some(arn) = stacked.names.bind(group, &stacked.wanted.stack).known() {
            draft.takes.push(Hold { held: arn.clone(), holder: holder.clone() });
        }
    }
    draft
}

fn targets(actions: &[Planned]) -> impl Iterator<Item = &Value> {
    let configs = actions.iter().filter_map(|action| match action {
        Planned::Forward { config } => Some(config),
        _ => None,
    });
    configs.flat_map(|config| &config.target_groups).map(|tuple| &tuple.arn)
}

fn create(
    stacked: Stacked<'_>,
    drafts: &mut Drafts,
    id: &ResourceId,
    planned: &Resource<Listener>,
    replaced: Option<&Seen>,
) {
    let spec = Box::new(bound(stacked, &planned.spec));
    let tags = tags::wanted(stacked, &planned.id, &planned.spec.tags);
    let action = if replaced.is_some() { Action::Replace } else { Action::Create };
    let lb = stacked.names.output(&planned.spec.load_balancer_arn, &stacked.wanted.stack);
    let draft = Draft::new(id.clone(), action, Operation::CreateListener { spec, tags });
    let mut draft = forwarding(stacked, draft, &planned.spec.default_actions).gives(id.clone()).needs(lb);
    if let Some(seen) = replaced {
        draft = draft.waits(Token::Gone(seen.listener_arn.clone()));
        draft = draft.because("its target group is replaced by another of the same name");
    }
    drafts.add(draft);
    certificate::create(stacked, drafts, id, planned);
    let attributes = wanted_attributes(planned);
    if !attributes.is_empty() {
        let listener = Value::ListenerArn(planned.spec.port);
        let operation = Operation::ModifyListenerAttributes { listener, attributes };
        drafts.add(Draft::new(id.clone(), action, operation).needs(Some(id.clone())));
    }
}

/// ELBv2 knows no attributes of TLS listeners that gateways set (controller §3.4).
pub fn wanted_attributes(planned: &Resource<Listener>) -> Pairs {
    let attributes = planned.spec.listener_attributes.iter().filter(|_| planned.spec.protocol != "TLS");
    attributes.map(|attribute| (attribute.key.clone(), attribute.value.clone())).collect()
}

fn update(stacked: Stacked<'_>, drafts: &mut Drafts, id: &ResourceId, planned: &Resource<Listener>, seen: &Seen) {
    let fields = compared(stacked, planned, seen);
    if !fields.is_empty() {
        let spec = Box::new(bound(stacked, &planned.spec));
        let listener = seen.listener_arn.clone();
        let draft = Draft::new(id.clone(), Action::Update, Operation::ModifyListener { listener, spec });
        let draft = draft.fields(fields.done()).gives_token(Token::Modified(seen.listener_arn.clone()));
        let draft = forwarding(stacked, draft, &planned.spec.default_actions);
        drafts.add(dropping(stacked, draft, &seen.default_actions, &planned.spec.default_actions));
    }
    certificate::update(stacked, drafts, id, planned, seen);
    if let Some(now) = &seen.attributes {
        let mut fields = Fields::default();
        let attributes = fields.pairs("listenerAttributes", now, &wanted_attributes(planned), &planned.origins);
        if !attributes.is_empty() {
            let listener = Value::Known(seen.listener_arn.clone());
            let operation = Operation::ModifyListenerAttributes { listener, attributes };
            drafts.add(Draft::new(id.clone(), Action::Update, operation).fields(fields.done()));
        }
    }
    if let Some(now) = &seen.tags {
        let wanted = tags::wanted(stacked, &planned.id, &planned.spec.tags);
        let place = (tags::Api::Elbv2, id, &seen.listener_arn);
        tags::draft(drafts, place, (now, &wanted), (&planned.origins, stacked.context));
    }
}

/// A draft that lets go of the target groups which only `old` forwards to.
pub fn dropping(stacked: Stacked<'_>, mut draft: Draft, old: &[crate::account::Action], new: &[Planned]) -> Draft {
    let Some(lb) = stacked.existing.load_balancer else {
        return draft;
    };
    let kept: Vec<Value> = targets(new).map(|group| stacked.names.bind(group, &stacked.wanted.stack)).collect();
    for group in old.iter().flat_map(crate::account::Action::target_groups) {
        if !kept.iter().any(|kept| kept.known() == Some(group)) {
            draft = draft.drops(group.clone(), &lb.load_balancer_arn);
        }
    }
    draft
}

fn compared(stacked: Stacked<'_>, planned: &Resource<Listener>, seen: &Seen) -> Fields {
    let (spec, origins) = (&planned.spec, &planned.origins);
    let mut fields = Fields::default();
    fields.compare("protocol", &*seen.protocol, spec.protocol, origins);
    let bind = |value: &Value| stacked.names.bind(value, &stacked.wanted.stack);
    let wanted = action::wanted(&spec.default_actions, bind);
    let now = action::seen(&seen.default_actions);
    if now.as_ref() != Some(&wanted) {
        fields.note("defaultActions", now.and_then(shown), shown(&wanted), origins.get("defaultActions").cloned());
    }
    if let Some(default) = spec.certificates.first().map(|one| bind(&one.arn))
        && default.known() != seen.default_certificate.as_ref()
    {
        let origin = origins.get("certificates").cloned();
        fields.note("defaultCertificate", shown(&seen.default_certificate), shown(&default), origin);
    }
    if spec.ssl_policy.is_some() {
        fields.compare("sslPolicy", &seen.ssl_policy, &spec.ssl_policy, origins);
    }
    fields.compare(
        "alpnPolicy",
        alpn(&seen.alpn_policy),
        alpn(spec.alpn_policy.as_ref().map_or(&[], |one| one)),
        origins,
    );
    let (now, wanted) = (mutual_now(seen), mutual_wanted(spec.mutual_authentication.as_ref(), bind));
    fields.compare("mutualAuthentication", now, wanted, origins);
    fields
}

/// No policy and the policy `None` are one.
fn alpn(policy: &[Text]) -> &str {
    policy.first().map_or("None", |one| one)
}

/// Mutual TLS in a form in which "off" and nothing are one.
#[derive(PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Mutual {
    mode: Text,
    trust_store_arn: Option<Text>,
    ignore_client_certificate_expiry: bool,
    advertise_trust_store_ca_names: Text,
}

fn mutual(mode: &Text, store: Option<Text>, expiry: Option<bool>, names: Option<&Text>) -> Option<Mutual> {
    (mode != "off" && !mode.is_empty()).then(|| Mutual {
        mode: mode.clone(),
        trust_store_arn: store.filter(|store| !store.is_empty()),
        ignore_client_certificate_expiry: expiry.unwrap_or_default(),
        advertise_trust_store_ca_names: names
            .filter(|names| !names.is_empty())
            .cloned()
            .unwrap_or_else(|| "off".into()),
    })
}

fn mutual_now(seen: &Seen) -> Option<Mutual> {
    let now = seen.mutual_authentication.as_ref()?;
    let (expiry, names) = (now.ignore_client_certificate_expiry, now.advertise_trust_store_ca_names.as_ref());
    mutual(&now.mode, now.trust_store_arn.clone(), expiry, names)
}

fn mutual_wanted(wanted: Option<&MutualAuthentication>, bind: impl Fn(&Value) -> Value) -> Option<Mutual> {
    let wanted = wanted?;
    let store = wanted.trust_store_arn.as_ref().map(|store| Text::from(bind(store).to_string()));
    let names = Some(&wanted.advertise_trust_store_ca_names);
    mutual(&wanted.mode, store, wanted.ignore_client_certificate_expiry, names)
}

fn delete(stacked: Stacked<'_>, drafts: &mut Drafts, id: ResourceId, action: Action, seen: &Seen) {
    let operation = Operation::DeleteListener { listener: seen.listener_arn.clone() };
    let mut draft = Draft::new(id, action, operation).gives_token(Token::Gone(seen.listener_arn.clone()));
    if action == Action::Delete {
        draft = draft.because(GONE);
    }
    if let Some(lb) = stacked.existing.load_balancer {
        draft = draft.ends(&format!("{}:{}", lb.load_balancer_arn, seen.port).into());
        let rules = seen.rules.iter().flatten().flat_map(|rule| &rule.actions);
        for group in seen.default_actions.iter().chain(rules).flat_map(crate::account::Action::target_groups) {
            draft = draft.drops(group.clone(), &lb.load_balancer_arn);
        }
    }
    drafts.add(draft);
}
