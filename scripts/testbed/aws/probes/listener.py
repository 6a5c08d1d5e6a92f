"""Listeners."""

from account import NOT_FOUND, forward, pairs, refused


def _certificates(aws, listener):
    found = aws.elbv2.describe_listener_certificates(ListenerArn=listener)["Certificates"]
    return {one["CertificateArn"]: one["IsDefault"] for one in found}


def creating_the_same_again_is_the_first_one(aws):
    alb = aws.alb()
    assert aws.listener_arn(alb) == aws.listener_arn(alb)
    changed = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "503"}}]
    refused("DuplicateListener", aws.listener, balancer=alb, actions=changed)


def a_port_has_one(aws):
    alb = aws.alb()
    aws.listener(alb, 80)
    other = aws.listener_arn(alb, 81)
    refused("DuplicateListener", aws.elbv2.modify_listener, ListenerArn=other, Port=80)
    assert aws.elbv2.modify_listener(ListenerArn=other, Port=82)["Listeners"][0]["Port"] == 82


def protocols_of_an_nlb(aws):
    nlb, groups = aws.nlb(), {}
    for port, protocol in enumerate(("TCP", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"), 5000):
        groups[protocol] = aws.group_arn(protocol, port=port, HealthCheckProtocol="TCP")
        made = aws.listener(nlb, port, protocol, actions=forward(groups[protocol]))
        assert made["Protocol"] == protocol
    both = aws.group_arn("TCP_UDP")
    listener = aws.listener_arn(nlb, 53, "TCP_UDP", actions=forward(both))
    for protocol in ("UDP", "TCP"):
        changed = aws.elbv2.modify_listener(ListenerArn=listener, Protocol=protocol)["Listeners"][0]
        assert changed["Protocol"] == protocol


def protocols_fit(aws):
    nlb, alb, http, tcp = aws.nlb(), aws.alb(), aws.group_arn(), aws.group_arn("TCP")
    wrong = "InvalidConfigurationRequest"
    refused(wrong, aws.listener, balancer=nlb, protocol="TCP", actions=forward(http))
    refused(wrong, aws.listener, balancer=nlb, protocol="UDP", actions=forward(tcp))
    refused(wrong, aws.listener, balancer=alb, actions=forward(tcp))
    _alb, _listener, chained = aws.chained()
    certificates = [{"CertificateArn": aws.has["certificates"]["echo"]}]
    tls = {"protocol": "TLS", "port": 443, "Certificates": certificates}
    refused(wrong, aws.listener, balancer=nlb, actions=forward(chained), **tls)
    listener = aws.listener_arn(nlb, 80, "TCP", actions=forward(chained))
    refused(wrong, aws.elbv2.modify_listener, ListenerArn=listener, Protocol="TLS", Certificates=certificates)


def certificates_are_checked(aws):
    alb, known = aws.alb(), aws.has["certificates"]["echo"]
    refused("CertificateNotFound", aws.listener, balancer=alb, protocol="HTTPS")
    refused("CertificateNotFound", aws.https, balancer=alb, Certificates=[{"CertificateArn": known[:-4] + "0000"}])
    refused("SSLPolicyNotFound", aws.https, balancer=alb, SslPolicy="nope")
    refused("InvalidConfigurationRequest", aws.listener, balancer=alb, Certificates=[{"CertificateArn": known}])


def further_certificates_are_listed_apart(aws):
    echo, wildcard, shop = (aws.has["certificates"][one] for one in ("echo", "wildcard", "shop"))
    listener = aws.https(aws.alb())["ListenerArn"]
    aws.elbv2.add_listener_certificates(ListenerArn=listener, Certificates=[{"CertificateArn": wildcard}])
    aws.elbv2.add_listener_certificates(ListenerArn=listener, Certificates=[{"CertificateArn": wildcard}])
    assert _certificates(aws, listener) == {echo: True, wildcard: False}
    found = aws.elbv2.describe_listeners(ListenerArns=[listener])["Listeners"][0]
    assert found["Certificates"] == [{"CertificateArn": echo}]
    aws.elbv2.modify_listener(ListenerArn=listener, Certificates=[{"CertificateArn": shop}])
    assert _certificates(aws, listener) == {shop: True, wildcard: False}
    aws.elbv2.remove_listener_certificates(ListenerArn=listener, Certificates=[{"CertificateArn": wildcard}])
    assert _certificates(aws, listener) == {shop: True}


def a_certificate_in_use_stays(aws):
    certificate = aws.acm.request_certificate(DomainName="used.example.com")["CertificateArn"]
    alb = aws.alb()
    aws.https(alb, Certificates=[{"CertificateArn": certificate}])
    refused("ResourceInUseException", aws.acm.delete_certificate, CertificateArn=certificate)
    aws.elbv2.delete_load_balancer(LoadBalancerArn=alb)
    aws.acm.delete_certificate(CertificateArn=certificate)


def mutual_authentication_comes_back(aws):
    alb, store = aws.alb(), aws.has["trustStore"]["arn"]
    assert aws.https(alb)["MutualAuthentication"] == {"Mode": "off"}
    verify = {"Mode": "verify", "TrustStoreArn": store, "IgnoreClientCertificateExpiry": False}
    listener = aws.https(alb, 444, MutualAuthentication=verify)
    assert listener["MutualAuthentication"] == verify
    through = {"Mode": "passthrough"}
    arn = listener["ListenerArn"]
    aws.elbv2.modify_listener(ListenerArn=arn, MutualAuthentication=through)
    assert aws.elbv2.describe_listeners(ListenerArns=[arn])["Listeners"][0]["MutualAuthentication"] == through
    unknown = {"Mode": "verify", "TrustStoreArn": store[:-4] + "0000"}
    refused("TrustStoreNotFound", aws.https, balancer=alb, port=445, MutualAuthentication=unknown)


def alpn_comes_back(aws):
    nlb, group = aws.nlb(), aws.group_arn("TCP")
    certificates = [{"CertificateArn": aws.has["certificates"]["echo"]}]
    more = {"Certificates": certificates, "AlpnPolicy": ["HTTP2Preferred"], "actions": forward(group)}
    listener = aws.listener(nlb, 443, "TLS", **more)
    assert listener["AlpnPolicy"] == ["HTTP2Preferred"] and listener["SslPolicy"]
    changed = aws.elbv2.modify_listener(ListenerArn=listener["ListenerArn"], AlpnPolicy=["None"])["Listeners"][0]
    assert changed["AlpnPolicy"] == ["None"]


def a_plain_one_has_no_policy(aws):
    assert "SslPolicy" not in aws.listener(aws.alb())


def attributes_have_defaults_and_are_checked(aws):
    def attributes(arn):
        found = aws.elbv2.describe_listener_attributes(ListenerArn=arn)["Attributes"]
        return {one["Key"]: one["Value"] for one in found}

    http = aws.listener_arn(aws.alb())
    tcp = aws.listener_arn(aws.nlb(), protocol="TCP", actions=forward(aws.group_arn("TCP")))
    assert attributes(http)["routing.http.response.server.enabled"] == "true"
    assert attributes(tcp) == {"tcp.idle_timeout.seconds": "350"}
    modify = aws.elbv2.modify_listener_attributes
    modify(ListenerArn=tcp, Attributes=pairs(tcp__idle_timeout__seconds="100"))
    assert attributes(tcp) == {"tcp.idle_timeout.seconds": "100"}
    refused("ValidationError", modify, ListenerArn=http, Attributes=pairs(nope="1"))
    elsewhere = pairs(tcp__idle_timeout__seconds="100")
    refused("InvalidConfigurationRequest", modify, ListenerArn=http, Attributes=elsewhere)


def one_that_is_gone(aws):
    alb = aws.alb()
    gone, there = aws.listener_arn(alb), aws.listener_arn(alb, 81)
    aws.elbv2.delete_listener(ListenerArn=gone)
    refused("ListenerNotFound", aws.elbv2.delete_listener, ListenerArn=gone)
    refused("ListenerNotFound", aws.elbv2.describe_listeners, ListenerArns=[there, gone])


def the_default_action_can_change(aws):
    group = aws.group_arn()
    listener = aws.listener_arn(aws.alb())
    changed = aws.elbv2.modify_listener(ListenerArn=listener, DefaultActions=forward(group))["Listeners"][0]
    assert changed["DefaultActions"][0]["Type"] == "forward"
    rules = aws.elbv2.describe_rules(ListenerArn=listener)["Rules"]
    assert rules[0]["IsDefault"] and rules[0]["Actions"] == changed["DefaultActions"]
    aws.elbv2.modify_listener(ListenerArn=listener, DefaultActions=NOT_FOUND)
    aws.elbv2.delete_target_group(TargetGroupArn=group)
