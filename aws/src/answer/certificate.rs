//! Issued certificates of ACM with all their names.
//!
//! Which of them serves a host is core's choice.

use aws_sdk_acm::types::{self as sdk, CertificateStatus, CertificateType, Filters, KeyAlgorithm};
use aws_smithy_types::date_time::Format;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use gwchain_core::fact::{Certificate, Environment, Want};

use crate::client::Aws;
use crate::error::{Called as _, Error};
use crate::observe::{AT_ONCE, unless_gone};

/// ACM's largest page.
const PAGE: i32 = 1000;
/// Without being told, ACM lists RSA keys of up to 2048 bits only.
const KEYS: [KeyAlgorithm; 7] = [
    KeyAlgorithm::EcPrime256v1,
    KeyAlgorithm::EcSecp384r1,
    KeyAlgorithm::EcSecp521r1,
    KeyAlgorithm::Rsa1024,
    KeyAlgorithm::Rsa2048,
    KeyAlgorithm::Rsa3072,
    KeyAlgorithm::Rsa4096,
];

/// Fills in certificates.
pub async fn answer(aws: &Aws, wants: &[Want], environment: &mut Environment) -> Result<(), Error> {
    let is_asked = wants.iter().any(|want| matches!(want, Want::Certificates { .. }));
    if environment.certificates.is_some() || !is_asked {
        return Ok(());
    }
    let keys = Filters::builder().set_key_types(Some(KEYS.to_vec())).build();
    let call = aws.acm.list_certificates().certificate_statuses(CertificateStatus::Issued).includes(keys);
    let pages = call.max_items(PAGE).into_paginator().items().send();
    let all = pages.collect::<Result<Vec<_>, _>>().await.called("ListCertificates")?;
    let found = stream::iter(all).map(|one| certificate(aws, one)).buffered(AT_ONCE);
    let mut found: Vec<Certificate> = found.try_filter_map(futures::future::ok).try_collect().await?;
    found.sort_by(|one, other| one.arn.cmp(&other.arn));
    environment.certificates = Some(found);
    Ok(())
}

/// The list tells most: names beyond the first hundred, and who issued a private certificate, need a call.
async fn certificate(aws: &Aws, summary: sdk::CertificateSummary) -> Result<Option<Certificate>, Error> {
    let names = summary.subject_alternative_name_summaries();
    let is_complete = !names.is_empty() && summary.has_additional_subject_alternative_names() != Some(true);
    if is_complete && summary.r#type().is_some_and(|kind| *kind != CertificateType::Private) {
        return Ok(Some(summarised(&summary)));
    }
    let call = aws.acm.describe_certificate().set_certificate_arn(summary.certificate_arn);
    let answer = unless_gone(call.send().await.called("DescribeCertificate"))?;
    Ok(answer.and_then(|answer| answer.certificate).map(|detail| detailed(&detail)))
}

fn summarised(summary: &sdk::CertificateSummary) -> Certificate {
    Certificate {
        arn: summary.certificate_arn().unwrap_or_default().to_owned(),
        domains: summary.subject_alternative_name_summaries().to_vec(),
        kind: summary.r#type().map(|kind| kind.as_str().to_owned()),
        ca_arn: None,
        not_after: summary.not_after().and_then(time),
    }
}

fn detailed(detail: &sdk::CertificateDetail) -> Certificate {
    Certificate {
        arn: detail.certificate_arn().unwrap_or_default().to_owned(),
        domains: detail.subject_alternative_names().to_vec(),
        kind: detail.r#type().map(|kind| kind.as_str().to_owned()),
        ca_arn: detail.certificate_authority_arn().map(str::to_owned),
        not_after: detail.not_after().and_then(time),
    }
}

fn time(moment: &aws_smithy_types::DateTime) -> Option<String> {
    moment.fmt(Format::DateTime).ok()
}

#[cfg(test)]
mod tests;
