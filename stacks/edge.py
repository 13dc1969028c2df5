"""The edge: DNS zone, certificate, firewall, and the login of the monitoring host."""

from cdktf_cdktf_provider_aws.acm_certificate import AcmCertificate
from cdktf_cdktf_provider_aws.acm_certificate_validation import AcmCertificateValidation
from cdktf_cdktf_provider_aws.cognito_user_group import CognitoUserGroup
from cdktf_cdktf_provider_aws.cognito_user_pool import (
    CognitoUserPool,
    CognitoUserPoolAccountRecoverySettingRecoveryMechanism,
)
from cdktf_cdktf_provider_aws.cognito_user_pool_client import CognitoUserPoolClient
from cdktf_cdktf_provider_aws.cognito_user_pool_domain import CognitoUserPoolDomain
from cdktf_cdktf_provider_aws.data_aws_route53_zone import DataAwsRoute53Zone
from cdktf_cdktf_provider_aws.route53_record import Route53Record
from cdktf_cdktf_provider_aws.route53_zone import Route53Zone
from constructs import Construct

from stacks.encryption import Encryption
from stacks.firewall import firewall
from stacks.naming import bucket_name
from stacks.settings import Environment
from stacks.stack import EnvironmentStack
from stacks.waivers import waive

# Grafana takes a person's role from the group (the GitOps repository's monitoring/ maps them).
MONITORING_GROUPS = {
    "platform": "Administers Grafana",
    "developers": "Edits dashboards",
    "viewers": "Looks",
}


class Edge(EnvironmentStack):
    """What stands between the world and the load balancers."""

    def __init__(
        self, scope: Construct, environment: Environment, *, encryption: Encryption
    ) -> None:
        super().__init__(scope, environment, noun="edge")
        zone = self._zone()
        self.zone_id = zone.zone_id
        self.zone_arn = zone.arn
        self.name_servers = zone.name_servers
        self.certificate_arn = self._certificate(self.zone_id)
        self.web_acl_arn = firewall(self, log_key=encryption.logs).arn
        self._login(f"https://monitoring.{environment.domain.name}")

    def _zone(self) -> Route53Zone | DataAwsRoute53Zone:
        domain = self.environment.domain
        if domain.zone_is == "looked-up":
            return DataAwsRoute53Zone(self, "zone", name=domain.zone)
        zone = Route53Zone(
            self,
            "zone",
            name=domain.zone,
            comment=f"Made by the edge stack of {self.environment.name}",
            lifecycle=self.kept(),
        )
        waive(
            zone,
            "CKV2_AWS_38",
            why="A signed zone whose key or parent record is wrong is off the net: DNSSEC is for a "
            "team that watches both.",
        )
        waive(
            zone,
            "CKV2_AWS_39",
            why="Route 53 logs to us-east-1 alone, outside the environment's region and keys; the "
            "firewall and the load balancers log every request.",
        )
        return zone

    def _certificate(self, zone_id: str) -> str:
        """One for the domain and its subdomains. Returns its ARN, once it is valid."""
        name = self.environment.domain.name
        certificate = AcmCertificate(
            self,
            "certificate",
            domain_name=name,
            subject_alternative_names=[f"*.{name}"],
            validation_method="DNS",
            lifecycle={"create_before_destroy": True},  # load balancers hold the old one
        )
        waive(
            certificate,
            "CKV2_AWS_71",
            why="Its key never leaves AWS, and a new host needs no new certificate.",
        )
        # A domain and its wildcard are proven by the same record.
        proof = certificate.domain_validation_options.get(0)
        record = Route53Record(
            self,
            "certificate-proof",
            zone_id=zone_id,
            name=proof.resource_record_name,
            type=proof.resource_record_type,
            records=[proof.resource_record_value],
            ttl=300,
            allow_overwrite=True,
        )
        return AcmCertificateValidation(
            self,
            "certificate-validation",
            certificate_arn=certificate.arn,
            validation_record_fqdns=[record.fqdn],
        ).certificate_arn

    def _login(self, url: str) -> None:
        """Cognito: people are invited, bring a second factor, and get only the code flow."""
        pool = CognitoUserPool(
            self,
            "user-pool",
            name=self.named("monitoring"),
            deletion_protection="ACTIVE" if self.environment.production else "INACTIVE",
            username_attributes=["email"],
            auto_verified_attributes=["email"],
            mfa_configuration="ON",
            software_token_mfa_configuration={"enabled": True},
            admin_create_user_config={"allow_admin_create_user_only": True},
            account_recovery_setting={
                "recovery_mechanism": [
                    CognitoUserPoolAccountRecoverySettingRecoveryMechanism(
                        name="verified_email", priority=1
                    )
                ]
            },
            password_policy={
                "minimum_length": 14,
                "require_lowercase": True,
                "require_uppercase": True,
                "require_numbers": True,
                "require_symbols": True,
                "temporary_password_validity_days": 3,
            },
            lifecycle=self.kept(),
        )
        self.user_pool_arn = pool.arn
        self.user_pool_id = pool.id
        client = CognitoUserPoolClient(
            self,
            "user-pool-client",
            name="load-balancer",
            user_pool_id=self.user_pool_id,
            generate_secret=True,  # load balancers take no client without
            allowed_oauth_flows_user_pool_client=True,
            allowed_oauth_flows=["code"],
            allowed_oauth_scopes=["openid", "email", "profile"],
            supported_identity_providers=["COGNITO"],
            callback_urls=[f"{url}/oauth2/idpresponse"],
            logout_urls=[url],
            prevent_user_existence_errors="ENABLED",
            enable_token_revocation=True,
        )
        self.user_pool_client_id = client.id
        for group, description in MONITORING_GROUPS.items():
            CognitoUserGroup(
                self,
                f"user-group-{group}",
                name=group,
                description=description,
                user_pool_id=self.user_pool_id,
            )
        # Login pages share one namespace over all of a region's accounts.
        self.user_pool_domain = bucket_name(
            self.environment.name, "monitoring", account_id=self.environment.account.id
        )
        CognitoUserPoolDomain(
            self, "user-pool-domain", domain=self.user_pool_domain, user_pool_id=self.user_pool_id
        )
