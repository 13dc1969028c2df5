"""VPC: public subnets for load balancers, private for nodes, intra for the control plane."""

from cdktf_cdktf_provider_aws.default_security_group import DefaultSecurityGroup
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.flow_log import FlowLog
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.internet_gateway import InternetGateway
from cdktf_cdktf_provider_aws.nat_gateway import NatGateway
from cdktf_cdktf_provider_aws.route import Route
from cdktf_cdktf_provider_aws.route_table import RouteTable
from cdktf_cdktf_provider_aws.route_table_association import RouteTableAssociation
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc
from constructs import Construct

from stacks.endpoints import endpoints
from stacks.logs import log_group
from stacks.naming import boundary_arn
from stacks.policy import Statement, document, trust
from stacks.settings import Environment
from stacks.stack import EnvironmentStack

ANYWHERE = "0.0.0.0/0"

# How the load balancer controller finds where its load balancers go
# (https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html).
PUBLIC_TAGS = {"kubernetes.io/role/elb": "1"}
PRIVATE_TAGS = {"kubernetes.io/role/internal-elb": "1"}


class Network(EnvironmentStack):
    """The VPC. Subnets come in the order of the settings' zones."""

    def __init__(self, scope: Construct, environment: Environment, *, log_key: str) -> None:
        super().__init__(scope, environment, noun="network")
        settings = environment.network
        vpc = Vpc(
            self,
            "vpc",
            cidr_block=settings.cidr,
            enable_dns_support=True,  # both switches, or private endpoints do not resolve
            enable_dns_hostnames=True,
            tags={"Name": self.named()},
            lifecycle=self.kept(),
        )
        self.vpc_id = vpc.id
        # A default group with rules is a way in that nobody wrote; adopted and emptied.
        DefaultSecurityGroup(
            self, "default-security-group", vpc_id=self.vpc_id, tags={"Name": self.named("unused")}
        )
        public = self._subnets("public", settings.public_cidrs, PUBLIC_TAGS)
        private = self._subnets("private", settings.private_cidrs, PRIVATE_TAGS)
        intra = self._subnets("intra", settings.intra_cidrs, {})
        self.private_subnet_ids = list(private.values())
        self.intra_subnet_ids = list(intra.values())

        gateway = InternetGateway(
            self, "internet-gateway", vpc_id=self.vpc_id, tags={"Name": self.named()}
        )
        outside = self._route_table("public", public)
        Route(
            self,
            "public-out",
            route_table_id=outside,
            destination_cidr_block=ANYWHERE,
            gateway_id=gateway.id,
        )
        self._route_table("intra", intra)  # no route: the control plane's interfaces need none
        private_tables = self._private_routes(public, private, gateway)
        endpoints(
            self,
            vpc_id=self.vpc_id,
            subnet_ids=self.private_subnet_ids,
            route_table_ids=private_tables,
        )
        self._flow_logs(log_key)

    def _subnets(self, kind: str, cidrs: tuple[str, ...], tags: dict[str, str]) -> dict[str, str]:
        return {
            zone: Subnet(
                self,
                f"{kind}-{zone}",
                vpc_id=self.vpc_id,
                availability_zone=zone,
                cidr_block=cidr,
                map_public_ip_on_launch=False,
                tags={"Name": self.named(kind, zone), **tags},
            ).id
            for zone, cidr in zip(self.environment.network.availability_zones, cidrs, strict=True)
        }

    def _route_table(self, id_: str, subnets: dict[str, str]) -> str:
        table = RouteTable(
            self, f"{id_}-routes", vpc_id=self.vpc_id, tags={"Name": self.named(id_)}
        ).id
        for zone, subnet_id in subnets.items():
            RouteTableAssociation(
                self, f"{id_}-{zone}-routes", route_table_id=table, subnet_id=subnet_id
            )
        return table

    def _private_routes(
        self, public: dict[str, str], private: dict[str, str], gateway: InternetGateway
    ) -> list[str]:
        """A table for each zone, out by its own NAT gateway or by the one that all share."""
        zones = list(private)
        ways_out = zones if self.environment.network.nat_gateways == "one-per-zone" else zones[:1]
        nat = {zone: self._nat_gateway(zone, public[zone], gateway) for zone in ways_out}
        tables = []
        for zone in zones:
            table = self._route_table(f"private-{zone}", {zone: private[zone]})
            Route(
                self,
                f"private-{zone}-out",
                route_table_id=table,
                destination_cidr_block=ANYWHERE,
                nat_gateway_id=nat.get(zone, nat[ways_out[0]]),
            )
            tables.append(table)
        return tables

    def _nat_gateway(self, zone: str, subnet_id: str, gateway: InternetGateway) -> str:
        tags = {"Name": self.named("nat", zone)}
        address = Eip(self, f"nat-{zone}-address", domain="vpc", tags=tags)
        return NatGateway(
            self,
            f"nat-{zone}",
            allocation_id=address.id,
            subnet_id=subnet_id,
            tags=tags,
            depends_on=[gateway],  # an address reaches nothing before the gateway stands
        ).id

    def _flow_logs(self, log_key: str) -> None:
        group = log_group(
            self,
            "flow-log-group",
            name=f"/aws/vpc/{self.named()}",
            key_arn=log_key,
            retention_days=self.environment.network.flow_log_retention_days,
        )
        account_id = self.environment.account.id
        role = IamRole(
            self,
            "flow-log-role",
            name=self.named("flow-logs"),
            assume_role_policy=trust("vpc-flow-logs.amazonaws.com", account_id=account_id),
            permissions_boundary=boundary_arn(account_id),
        )
        write = Statement(
            sid="WriteFlowLogs",
            actions=["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            resources=[f"{group.arn}:*"],
        )
        IamRolePolicy(self, "flow-log-writes", role=role.id, policy=document([write]))
        FlowLog(
            self,
            "flow-log",
            vpc_id=self.vpc_id,
            traffic_type="ALL",
            log_destination=group.arn,
            iam_role_arn=role.arn,
            tags={"Name": self.named()},
        )
