"""An account as a cluster finds it: a VPC with subnets in three zones, nodes, certificates. No load balancer."""

import datetime

from clients import REGION
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ZONES = [REGION + letter for letter in "abc"]

# No image has to exist.
IMAGE = "ami-0123456789abcdef0"

# Names of the certificates by the key they are found under in the answer.
CERTIFICATES = {
    "echo": ["echo.example.com"],
    "wildcard": ["*.example.com"],
    "shop": ["shop.example.org", "www.shop.example.org"],
}


def seed(clients, cluster):
    """Makes it all; answers with what has which id. Comes on top of what there is."""
    ec2 = clients["ec2"]
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]["VpcId"]
    ipv6 = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"]
    table = _public_route_table(ec2, vpc)
    public = _subnets(ec2, vpc, ipv6, cluster, "kubernetes.io/role/elb", 0)
    private = _subnets(ec2, vpc, ipv6, cluster, "kubernetes.io/role/internal-elb", len(ZONES))
    for subnet in public:
        ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    group = _node_group(ec2, vpc, cluster)
    addresses = [ec2.allocate_address(Domain="vpc") for _ in ZONES]
    return {
        "region": REGION,
        "cluster": cluster,
        "vpc": vpc,
        "publicSubnets": public,
        "privateSubnets": private,
        "nodeSecurityGroup": group,
        "nodes": [_node(ec2, number, private[number], group) for number in range(2)],
        "allocations": [one["AllocationId"] for one in addresses],
        "certificates": {key: _certificate(clients["acm"], names) for key, names in CERTIFICATES.items()},
        "trustStore": _trust_store(clients["elbv2"]),
        "webAcl": _web_acl(clients["wafv2"]),
    }


def _tags(**tags):
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def _public_route_table(ec2, vpc):
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    ec2.create_route(RouteTableId=table, DestinationIpv6CidrBlock="::/0", GatewayId=gateway)
    return table


def _subnets(ec2, vpc, ipv6, cluster, role, first):
    """One per zone; `first` numbers their address blocks."""
    out = []
    for number, zone in enumerate(ZONES, first):
        made = ec2.create_subnet(
            VpcId=vpc,
            AvailabilityZone=zone,
            CidrBlock=f"10.0.{number * 16}.0/20",
            Ipv6CidrBlock=ipv6.replace("00::/56", f"{number:02x}::/64"),
        )
        out.append(made["Subnet"]["SubnetId"])
        tags = {role: "1", f"kubernetes.io/cluster/{cluster}": "shared"}
        ec2.create_tags(Resources=out[-1:], Tags=_tags(**tags))
    return out


def _node_group(ec2, vpc, cluster):
    group = ec2.create_security_group(GroupName="nodes", Description="nodes", VpcId=vpc)["GroupId"]
    ec2.create_tags(Resources=[group], Tags=_tags(**{f"kubernetes.io/cluster/{cluster}": "owned"}))
    return group


def _node(ec2, number, subnet, group):
    """An instance, and how Kubernetes knows it."""
    interface = {"DeviceIndex": 0, "SubnetId": subnet, "Groups": [group]}
    made = ec2.run_instances(
        ImageId=IMAGE, MinCount=1, MaxCount=1, InstanceType="m5.large", NetworkInterfaces=[interface]
    )
    instance = made["Instances"][0]
    zone = ZONES[number]
    return {
        "name": f"node{number}",
        "instance": instance["InstanceId"],
        "zone": zone,
        "address": instance["PrivateIpAddress"],
        "providerId": f"aws:///{zone}/{instance['InstanceId']}",
    }


def _certificate(acm, names):
    """Signed by itself, good for ten years; answers with its ARN."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    start = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start - datetime.timedelta(days=1))
        .not_valid_after(start + datetime.timedelta(days=3650))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.TraditionalOpenSSL, plain)
    return acm.import_certificate(Certificate=certificate.public_bytes(pem), PrivateKey=private)["CertificateArn"]


def _trust_store(elbv2):
    bundle = {"CaCertificatesBundleS3Bucket": "trust", "CaCertificatesBundleS3Key": "clients.pem"}
    made = elbv2.create_trust_store(Name="clients", **bundle)["TrustStores"][0]
    return {"name": made["Name"], "arn": made["TrustStoreArn"]}


def _web_acl(wafv2):
    visibility = {"SampledRequestsEnabled": False, "CloudWatchMetricsEnabled": False, "MetricName": "web"}
    made = wafv2.create_web_acl(
        Name="web", Scope="REGIONAL", DefaultAction={"Allow": {}}, VisibilityConfig=visibility
    )
    return {"name": made["Summary"]["Name"], "arn": made["Summary"]["ARN"]}
