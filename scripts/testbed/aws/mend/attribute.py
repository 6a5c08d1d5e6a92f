"""Which attributes load balancers, target groups and listeners have, and their defaults. It checks no values."""

from .replace import refuse

_LOGS = {"enabled": "false", "bucket": "", "prefix": ""}


def _logs(*kinds):
    return {f"{kind}.s3.{key}": value for kind in kinds for key, value in _LOGS.items()}


_ANY_LOAD_BALANCER = {
    "deletion_protection.enabled": "false",
    "ipv6.deny_all_igw_traffic": "false",
    "zonal_shift.config.enabled": "false",
    **_logs("access_logs"),
}

LOAD_BALANCER = {
    "application": {
        **_ANY_LOAD_BALANCER,
        **_logs("connection_logs", "health_check_logs"),
        "client_keep_alive.seconds": "3600",
        "idle_timeout.timeout_seconds": "60",
        "load_balancing.cross_zone.enabled": "true",
        "routing.http.desync_mitigation_mode": "defensive",
        "routing.http.drop_invalid_header_fields.enabled": "false",
        "routing.http.preserve_host_header.enabled": "false",
        "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
        "routing.http.xff_client_port.enabled": "false",
        "routing.http.xff_header_processing.mode": "append",
        "routing.http2.enabled": "true",
        "waf.fail_open.enabled": "false",
    },
    "network": {
        **_ANY_LOAD_BALANCER,
        "dns_record.client_routing_policy": "any_availability_zone",
        "load_balancing.cross_zone.enabled": "false",
        "secondary_ips.auto_assigned.per_subnet": "0",
    },
}

_ANY_TARGET_GROUP = {
    "deregistration_delay.timeout_seconds": "300",
    "load_balancing.cross_zone.enabled": "use_load_balancer_configuration",
    "stickiness.enabled": "false",
    "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
    "target_group_health.dns_failover.minimum_healthy_targets.percentage": "off",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": "1",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": "off",
}

_APPLICATION_TARGET_GROUP = {
    **_ANY_TARGET_GROUP,
    "load_balancing.algorithm.anomaly_mitigation": "off",
    "load_balancing.algorithm.type": "round_robin",
    "slow_start.duration_seconds": "0",
    "stickiness.app_cookie.cookie_name": "",
    "stickiness.app_cookie.duration_seconds": "86400",
    "stickiness.lb_cookie.duration_seconds": "86400",
    "stickiness.type": "lb_cookie",
}

_NETWORK_TARGET_GROUP = {
    **_ANY_TARGET_GROUP,
    "deregistration_delay.connection_termination.enabled": "false",
    "preserve_client_ip.enabled": "true",
    "proxy_protocol_v2.enabled": "false",
    "stickiness.type": "source_ip",
    "target_health_state.unhealthy.connection_termination.enabled": "true",
    "target_health_state.unhealthy.draining_interval_seconds": "0",
}


def of_target_group(target_type, protocol):
    """Default attributes of a target group that does not take an ALB, which has none to change."""
    if target_type == "lambda":
        return {**_ANY_TARGET_GROUP, "lambda.multi_value_headers.enabled": "false"}
    if protocol in ("HTTP", "HTTPS"):
        return dict(_APPLICATION_TARGET_GROUP)
    out = dict(_NETWORK_TARGET_GROUP)
    if target_type == "ip" and protocol in ("TCP", "TLS"):
        out["preserve_client_ip.enabled"] = "false"
    return out


_RESPONSE_HEADERS = (
    "access_control_allow_credentials",
    "access_control_allow_headers",
    "access_control_allow_methods",
    "access_control_allow_origin",
    "access_control_expose_headers",
    "access_control_max_age",
    "content_security_policy",
    "strict_transport_security",
    "x_content_type_options",
    "x_frame_options",
)

_REQUEST_HEADERS = (
    "x_amzn_mtls_clientcert",
    "x_amzn_mtls_clientcert_issuer",
    "x_amzn_mtls_clientcert_leaf",
    "x_amzn_mtls_clientcert_serial_number",
    "x_amzn_mtls_clientcert_subject",
    "x_amzn_mtls_clientcert_validity",
    "x_amzn_tls_cipher_suite",
    "x_amzn_tls_version",
)

_HTTP_LISTENER = {
    "routing.http.response.server.enabled": "true",
    **{f"routing.http.response.{name}.header_value": "" for name in _RESPONSE_HEADERS},
}

LISTENER = {
    "HTTP": _HTTP_LISTENER,
    "HTTPS": {
        **_HTTP_LISTENER,
        **{f"routing.http.request.{name}.header_name": name.title().replace("_", "-") for name in _REQUEST_HEADERS},
    },
    "TCP": {"tcp.idle_timeout.seconds": "350"},
}


def check(what, keys, known, known_elsewhere):
    """Refuses what is no attribute, and what is one of other kinds only."""
    for key in keys:
        if key in known:
            continue
        if any(key in other for other in known_elsewhere):
            refuse("InvalidConfigurationRequest", f"{what} attribute key '{key}' is not supported here")
        refuse("ValidationError", f"{what} attribute key '{key}' is not recognized")
