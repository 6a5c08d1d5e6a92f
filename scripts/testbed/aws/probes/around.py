"""Certificates, trust stores, web ACLs, protections: what stands around load balancers."""

from account import refused


def certificates_say_their_names(aws):
    found = aws.acm.describe_certificate(CertificateArn=aws.has["certificates"]["shop"])["Certificate"]
    assert found["Status"] == "ISSUED" and found["Type"] == "IMPORTED"
    assert set(found["SubjectAlternativeNames"]) == {"shop.example.org", "www.shop.example.org"}


def certificates_are_listed(aws):
    found = aws.clients.all("acm", "list_certificates", CertificateStatuses=["ISSUED"])
    assert set(aws.has["certificates"].values()) <= {one["CertificateArn"] for one in found}


def one_that_was_asked_for_is_pending(aws):
    arn = aws.acm.request_certificate(DomainName="asked.example.com", ValidationMethod="DNS")["CertificateArn"]
    assert aws.acm.describe_certificate(CertificateArn=arn)["Certificate"]["Status"] == "PENDING_VALIDATION"


def trust_stores_are_found_by_name(aws):
    store = aws.has["trustStore"]
    found = aws.elbv2.describe_trust_stores(Names=[store["name"]])["TrustStores"]
    assert [one["TrustStoreArn"] for one in found] == [store["arn"]]
    refused("TrustStoreNotFound", aws.elbv2.describe_trust_stores, Names=[aws.name()])


def a_trust_store_in_use_stays(aws):
    bundle = {"CaCertificatesBundleS3Bucket": "b", "CaCertificatesBundleS3Key": "k"}
    store = aws.elbv2.create_trust_store(Name=aws.name(), **bundle)["TrustStores"][0]["TrustStoreArn"]
    alb = aws.alb()
    aws.https(alb, MutualAuthentication={"Mode": "verify", "TrustStoreArn": store})
    refused("TrustStoreInUse", aws.elbv2.delete_trust_store, TrustStoreArn=store)
    aws.elbv2.delete_load_balancer(LoadBalancerArn=alb)
    aws.elbv2.delete_trust_store(TrustStoreArn=store)


def a_web_acl_is_associated_once(aws):
    alb, acl = aws.alb(), aws.has["webAcl"]["arn"]
    assert "WebACL" not in aws.wafv2.get_web_acl_for_resource(ResourceArn=alb)
    aws.wafv2.associate_web_acl(WebACLArn=acl, ResourceArn=alb)
    assert aws.wafv2.get_web_acl_for_resource(ResourceArn=alb)["WebACL"]["ARN"] == acl
    aws.wafv2.disassociate_web_acl(ResourceArn=alb)
    assert "WebACL" not in aws.wafv2.get_web_acl_for_resource(ResourceArn=alb)


def shield_protects_who_has_subscribed(aws):
    alb = aws.alb()
    assert aws.shield.get_subscription_state()["SubscriptionState"] == "INACTIVE"
    aws.shield.create_subscription()
    assert aws.shield.get_subscription_state()["SubscriptionState"] == "ACTIVE"
    made = aws.shield.create_protection(Name="p", ResourceArn=alb)["ProtectionId"]
    assert aws.shield.describe_protection(ResourceArn=alb)["Protection"]["Id"] == made
    aws.shield.delete_protection(ProtectionId=made)
    refused("ResourceNotFoundException", aws.shield.describe_protection, ResourceArn=alb)
