//! Certificates by value.

use aws_sdk_acm::types as sdk;
use aws_smithy_types::DateTime;
use gwchain_core::fact::Certificate;

use super::{detailed, summarised};

fn certificate(ca_arn: Option<&str>, kind: &str) -> Certificate {
    Certificate {
        arn: "arn:cert".to_owned(),
        domains: vec!["a.example".to_owned(), "*.a.example".to_owned()],
        kind: Some(kind.to_owned()),
        ca_arn: ca_arn.map(str::to_owned),
        not_after: Some("2027-01-31T00:00:00Z".to_owned()),
    }
}

#[test]
fn list_and_detail_say_the_same() {
    let end = DateTime::from_secs(1_801_353_600);
    let summary = sdk::CertificateSummary::builder().certificate_arn("arn:cert").r#type(sdk::CertificateType::Imported);
    let summary = summary.subject_alternative_name_summaries("a.example").not_after(end);
    let summary = summary.subject_alternative_name_summaries("*.a.example").build();
    assert_eq!(summarised(&summary), certificate(None, "IMPORTED"));
    let detail = sdk::CertificateDetail::builder().certificate_arn("arn:cert").r#type(sdk::CertificateType::Private);
    let detail = detail.subject_alternative_names("a.example").subject_alternative_names("*.a.example").not_after(end);
    let detail = detail.certificate_authority_arn("arn:ca").build();
    assert_eq!(detailed(&detail), certificate(Some("arn:ca"), "PRIVATE"));
}
