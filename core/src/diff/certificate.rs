//! Certificates of a listener: the default one, and the list for SNI, which holds the default one too (controller §3.4).
//!
//! Which certificates these are is `translate`'s business.

use std::collections::BTreeSet;

use super::Stacked;
use super::change::{Action, FieldChange, ResourceId};
use super::draft::{Draft, Drafts};
use super::operation::Operation;
use crate::account::Listener as Seen;
use crate::id::Text;
use crate::model::listener::Listener;
use crate::model::{Resource, Value};

/// All certificates, bound, the default one first.
pub fn wanted(stacked: Stacked<'_>, planned: &Listener) -> Vec<Value> {
    planned.certificates.iter().map(|one| stacked.names.bind(&one.arn, &stacked.wanted.stack)).collect()
}

/// Drafts the list of a new listener.
pub fn create(stacked: Stacked<'_>, drafts: &mut Drafts, id: &ResourceId, planned: &Resource<Listener>) {
    for certificate in wanted(stacked, &planned.spec) {
        let listener = Value::ListenerArn(planned.spec.port);
        let operation = Operation::AddListenerCertificates { listener, certificate };
        drafts.add(Draft::new(id.clone(), Action::Create, operation).needs(Some(id.clone())));
    }
}

/// Drafts what makes the list of a listener the planned one.
pub fn update(stacked: Stacked<'_>, drafts: &mut Drafts, id: &ResourceId, planned: &Resource<Listener>, seen: &Seen) {
    let Some(now) = &seen.certificates else {
        return;
    };
    let wanted = wanted(stacked, &planned.spec);
    let is_missing = |one: &&Value| one.known().is_none_or(|arn| !now.contains(arn));
    for certificate in wanted.iter().filter(is_missing) {
        let listener = Value::Known(seen.listener_arn.clone());
        let operation = Operation::AddListenerCertificates { listener, certificate: certificate.clone() };
        let origin = planned.origins.get("certificates").cloned();
        let fields = vec![change(None, Some(certificate.to_string().into()), origin)];
        drafts.add(Draft::new(id.clone(), Action::Update, operation).fields(fields));
    }
    let kept: BTreeSet<&Text> = wanted.iter().filter_map(Value::known).collect();
    for certificate in now.iter().filter(|one| !kept.contains(one)) {
        let operation = Operation::RemoveListenerCertificates {
            listener: seen.listener_arn.clone(),
            certificate: certificate.clone(),
        };
        let fields = vec![change(Some(certificate.clone()), None, None)];
        // Before, while it is the default one, AWS would refuse.
        let draft = Draft::new(id.clone(), Action::Update, operation).fields(fields);
        drafts.add(draft.waits(super::draft::Token::Modified(seen.listener_arn.clone())));
    }
}

fn change(before: Option<Text>, after: Option<Text>, origin: Option<crate::origin::Origin>) -> FieldChange {
    let json = |text: Option<Text>| text.map(|text| serde_json::Value::from(text.as_str()));
    FieldChange { field: Text::new_static("certificates"), before: json(before), after: json(after), origin }
}
