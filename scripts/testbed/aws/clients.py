"""boto3's clients of one server. They retry nothing: a test bed that fails should say so at once."""

import boto3
from botocore.config import Config

REGION = "us-west-2"
_made = {}


class Clients:
    """`Clients(url)["elbv2"]`: made when first asked for, then kept."""

    def __init__(self, url):
        self.url = url

    def __getitem__(self, service):
        key = (self.url, service)
        if key not in _made:
            _made[key] = boto3.client(
                service,
                endpoint_url=self.url,
                region_name=REGION,
                aws_access_key_id="testbed",
                aws_secret_access_key="testbed",
                config=Config(retries={"total_max_attempts": 1}),
            )
        return _made[key]

    def all(self, service, operation, **parameters):
        """Every page of an operation's only list."""
        paginator = self[service].get_paginator(operation)
        key = paginator.result_keys[0].expression
        return paginator.paginate(**parameters).build_full_result().get(key, [])
