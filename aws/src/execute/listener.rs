//! Listeners with their certificates and attributes.
//!
//! Rules are `rule`'s.

use aws_sdk_elasticloadbalancingv2::operation::modify_listener::builders::ModifyListenerFluentBuilder;
use aws_sdk_elasticloadbalancingv2::types::{Certificate, ListenerAttribute, MutualAuthenticationAttributes};
use gwchain_core::account::Pairs;
use gwchain_core::diff::Operation;
use gwchain_core::id::Text;
use gwchain_core::model::listener::{Listener, MutualAuthentication};

use super::argument::{Call, int};
use super::rule::action;
use super::tag::of_elbv2;
use crate::error::{Called, Error};

pub(super) async fn call(call: &Call<'_>) -> Result<Option<Text>, Error> {
    let elb = &call.aws.elbv2;
    match &call.change.operation {
        Operation::CreateListener { spec, tags } => return create(call, spec, tags).await.map(Some),
        Operation::ModifyListener { listener, spec } => modify(call, listener, spec).await?,
        Operation::AddListenerCertificates { listener, certificate: arn } => {
            let certificate = certificate(call.text(arn)?);
            let add = elb.add_listener_certificates().listener_arn(call.text(listener)?).certificates(certificate);
            add.send().await.called("AddListenerCertificates")?;
        }
        Operation::RemoveListenerCertificates { listener, certificate: arn } => {
            let certificate = certificate(arn.to_string());
            let remove = elb.remove_listener_certificates().listener_arn(&**listener).certificates(certificate);
            remove.send().await.called("RemoveListenerCertificates")?;
        }
        Operation::ModifyListenerAttributes { listener, attributes } => {
            let modify = elb.modify_listener_attributes().listener_arn(call.text(listener)?);
            let modify = modify.set_attributes(Some(attributes.iter().map(attribute).collect()));
            modify.send().await.called("ModifyListenerAttributes")?;
        }
        Operation::DeleteListener { listener } => {
            elb.delete_listener().listener_arn(&**listener).send().await.called("DeleteListener")?;
        }
        _ => {}
    }
    Ok(None)
}

fn certificate(arn: String) -> Certificate {
    Certificate::builder().certificate_arn(arn).build()
}

fn attribute((key, value): (&Text, &Text)) -> ListenerAttribute {
    ListenerAttribute::builder().key(&**key).value(&**value).build()
}

/// The default certificate: a listener is made with one, the others follow.
fn default_certificate(call: &Call<'_>, spec: &Listener) -> Result<Option<Vec<Certificate>>, Error> {
    let first = spec.certificates.first().map(|one| call.text(&one.arn)).transpose()?;
    Ok(first.map(|arn| vec![certificate(arn)]))
}

async fn create(call: &Call<'_>, spec: &Listener, tags: &Pairs) -> Result<Text, Error> {
    let lb = call.text(&spec.load_balancer_arn)?;
    let create = call.aws.elbv2.create_listener().load_balancer_arn(&lb).port(int(spec.port));
    let create = create.protocol(spec.protocol.into()).set_tags(of_elbv2(tags));
    let create = create.set_default_actions(Some(action::all(call, &spec.default_actions)?));
    let create = create.set_certificates(default_certificate(call, spec)?);
    let create = create.set_ssl_policy(spec.ssl_policy.as_ref().map(Text::to_string));
    let create = create.set_alpn_policy(spec.alpn_policy.as_ref().map(|policy| vec![policy[0].to_string()]));
    let mutual = spec.mutual_authentication.as_ref().map(|one| mutual(call, one)).transpose()?;
    match create.set_mutual_authentication(mutual).send().await.called("CreateListener") {
        Ok(created) => {
            let arn = created.listeners.unwrap_or_default().pop().and_then(|one| one.listener_arn);
            Ok(arn.unwrap_or_default().into())
        }
        // The answer to an earlier try was lost, or somebody was faster: all listeners of the load balancer are ours.
        Err(error) if error.code() == Some("DuplicateListener") => {
            let arn = find(call, &lb, spec.port).await?.ok_or(error)?;
            modify(call, &arn, spec).await.map(|()| arn.into())
        }
        Err(error) => Err(error),
    }
}

async fn find(call: &Call<'_>, lb: &str, port: i64) -> Result<Option<String>, Error> {
    let mut pages = call.aws.elbv2.describe_listeners().load_balancer_arn(lb).into_paginator().items().send();
    while let Some(listener) = pages.next().await {
        let listener = listener.called("DescribeListeners")?;
        if listener.port == Some(int(port)) {
            return Ok(listener.listener_arn);
        }
    }
    Ok(None)
}

async fn modify(call: &Call<'_>, listener: &str, spec: &Listener) -> Result<(), Error> {
    let modify = call.aws.elbv2.modify_listener().listener_arn(listener).protocol(spec.protocol.into());
    let modify = modify.set_default_actions(Some(action::all(call, &spec.default_actions)?));
    let modify = modify.set_certificates(default_certificate(call, spec)?);
    let modify = modify.set_ssl_policy(spec.ssl_policy.as_ref().map(Text::to_string));
    with_defaults(call, modify, spec)?.send().await.called("ModifyListener").map(drop)
}

/// What is left out of a modification stays as it is: "none" and "off" are said.
fn with_defaults(
    call: &Call<'_>,
    modify: ModifyListenerFluentBuilder,
    spec: &Listener,
) -> Result<ModifyListenerFluentBuilder, Error> {
    let policy = spec.alpn_policy.as_ref().map_or("None", |policy| policy[0].as_str());
    let alpn = (spec.protocol == "TLS").then(|| vec![policy.to_owned()]);
    let off = || MutualAuthenticationAttributes::builder().mode("off").build();
    let mutual = match &spec.mutual_authentication {
        Some(one) => Some(mutual(call, one)?),
        None => (spec.protocol == "HTTPS").then(off),
    };
    Ok(modify.set_alpn_policy(alpn).set_mutual_authentication(mutual))
}

fn mutual(call: &Call<'_>, spec: &MutualAuthentication) -> Result<MutualAuthenticationAttributes, Error> {
    let attributes = MutualAuthenticationAttributes::builder().mode(&*spec.mode);
    if spec.mode != "verify" {
        return Ok(attributes.build());
    }
    let store = spec.trust_store_arn.as_ref().map(|store| call.text(store)).transpose()?;
    let names = Some(&spec.advertise_trust_store_ca_names).filter(|names| !names.is_empty());
    let attributes = attributes.set_trust_store_arn(store.filter(|store| !store.is_empty()));
    let attributes = attributes.set_ignore_client_certificate_expiry(spec.ignore_client_certificate_expiry);
    Ok(attributes.set_advertise_trust_store_ca_names(names.map(|names| names.as_str().into())).build())
}
