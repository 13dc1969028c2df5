"""What Terraform's AWS provider calls for each type of resource: to read it, to make and delete it.

A deployer whose policy lacks one of these fails in the middle of an apply. Sources: the provider's
resource of that name, and the service authorization reference for what AWS asks in turn.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Needs:
    """Actions of one type of resource, apart by spaces; those of its service without its prefix."""

    service: str
    read: str
    change: str

    def to(self, verb: str) -> Iterator[str]:
        """The actions, whole. verb: "read", or "change", which is making and deleting."""
        for action in (self.read if verb == "read" else self.change).split():
            yield action if ":" in action else f"{self.service}:{action}"


NEEDS = {
    "aws_acm_certificate": Needs(
        "acm",
        "DescribeCertificate ListTagsForCertificate",
        "RequestCertificate DeleteCertificate AddTagsToCertificate",
    ),
    "aws_acm_certificate_validation": Needs("acm", "DescribeCertificate", ""),
    "aws_autoscaling_group": Needs(
        "autoscaling",
        "DescribeAutoScalingGroups DescribeScalingActivities",
        "CreateAutoScalingGroup UpdateAutoScalingGroup DeleteAutoScalingGroup CreateOrUpdateTags "
        "StartInstanceRefresh ec2:RunInstances iam:PassRole",
    ),
    "aws_autoscaling_group_tag": Needs(
        "autoscaling", "DescribeTags", "CreateOrUpdateTags DeleteTags"
    ),
    "aws_cloudwatch_log_group": Needs(
        "logs",
        "DescribeLogGroups ListTagsForResource",
        "CreateLogGroup DeleteLogGroup PutRetentionPolicy TagResource",
    ),
    "aws_cloudwatch_log_metric_filter": Needs(
        "logs", "DescribeMetricFilters", "PutMetricFilter DeleteMetricFilter"
    ),
    "aws_cloudwatch_metric_alarm": Needs(
        "cloudwatch",
        "DescribeAlarms ListTagsForResource",
        "PutMetricAlarm DeleteAlarms TagResource",
    ),
    "aws_cognito_user_group": Needs("cognito-idp", "GetGroup", "CreateGroup DeleteGroup"),
    "aws_cognito_user_pool": Needs(
        "cognito-idp",
        "DescribeUserPool GetUserPoolMfaConfig",
        "CreateUserPool UpdateUserPool SetUserPoolMfaConfig DeleteUserPool TagResource",
    ),
    "aws_cognito_user_pool_client": Needs(
        "cognito-idp", "DescribeUserPoolClient", "CreateUserPoolClient DeleteUserPoolClient"
    ),
    "aws_cognito_user_pool_domain": Needs(
        "cognito-idp", "DescribeUserPoolDomain", "CreateUserPoolDomain DeleteUserPoolDomain"
    ),
    "aws_default_security_group": Needs(
        "ec2",
        "DescribeSecurityGroups",
        "RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateTags",
    ),
    "aws_eip": Needs(
        "ec2",
        "DescribeAddresses DescribeAddressesAttribute",
        "AllocateAddress ReleaseAddress CreateTags",
    ),
    "aws_eks_access_entry": Needs(
        "eks", "DescribeAccessEntry", "CreateAccessEntry DeleteAccessEntry TagResource"
    ),
    "aws_eks_access_policy_association": Needs(
        "eks", "ListAssociatedAccessPolicies", "AssociateAccessPolicy DisassociateAccessPolicy"
    ),
    "aws_eks_addon": Needs("eks", "DescribeAddon", "CreateAddon UpdateAddon DeleteAddon"),
    "aws_eks_cluster": Needs(
        "eks",
        "DescribeCluster DescribeUpdate",
        "CreateCluster DeleteCluster UpdateClusterConfig UpdateClusterVersion TagResource "
        "iam:CreateServiceLinkedRole iam:PassRole kms:CreateGrant kms:DescribeKey",
    ),
    "aws_eks_identity_provider_config": Needs(
        "eks",
        "DescribeIdentityProviderConfig",
        "AssociateIdentityProviderConfig DisassociateIdentityProviderConfig",
    ),
    "aws_eks_node_group": Needs(
        "eks",
        "DescribeNodegroup",
        "CreateNodegroup UpdateNodegroupConfig UpdateNodegroupVersion DeleteNodegroup "
        "ec2:RunInstances iam:CreateServiceLinkedRole iam:PassRole",
    ),
    "aws_eks_pod_identity_association": Needs(
        "eks",
        "DescribePodIdentityAssociation",
        "CreatePodIdentityAssociation DeletePodIdentityAssociation iam:PassRole iam:GetRole",
    ),
    "aws_flow_log": Needs(
        "ec2", "DescribeFlowLogs", "CreateFlowLogs DeleteFlowLogs CreateTags iam:PassRole"
    ),
    "aws_iam_instance_profile": Needs(
        "iam",
        "GetInstanceProfile",
        "CreateInstanceProfile DeleteInstanceProfile AddRoleToInstanceProfile "
        "RemoveRoleFromInstanceProfile TagInstanceProfile PassRole",
    ),
    "aws_iam_openid_connect_provider": Needs(
        "iam",
        "GetOpenIDConnectProvider",
        "CreateOpenIDConnectProvider DeleteOpenIDConnectProvider TagOpenIDConnectProvider",
    ),
    "aws_iam_role": Needs(
        "iam",
        "GetRole ListRolePolicies ListAttachedRolePolicies",
        "CreateRole DeleteRole UpdateAssumeRolePolicy PutRolePermissionsBoundary TagRole "
        "ListInstanceProfilesForRole",
    ),
    "aws_iam_role_policy": Needs("iam", "GetRolePolicy", "PutRolePolicy DeleteRolePolicy"),
    "aws_iam_role_policy_attachment": Needs(
        "iam", "ListAttachedRolePolicies", "AttachRolePolicy DetachRolePolicy"
    ),
    "aws_internet_gateway": Needs(
        "ec2",
        "DescribeInternetGateways",
        "CreateInternetGateway AttachInternetGateway DetachInternetGateway "
        "DeleteInternetGateway CreateTags",
    ),
    "aws_kms_alias": Needs("kms", "ListAliases", "CreateAlias DeleteAlias"),
    "aws_kms_key": Needs(
        "kms",
        "DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags",
        "CreateKey EnableKeyRotation PutKeyPolicy ScheduleKeyDeletion TagResource",
    ),
    "aws_launch_template": Needs(
        "ec2",
        "DescribeLaunchTemplates DescribeLaunchTemplateVersions",
        "CreateLaunchTemplate CreateLaunchTemplateVersion ModifyLaunchTemplate "
        "DeleteLaunchTemplate CreateTags",
    ),
    "aws_nat_gateway": Needs(
        "ec2", "DescribeNatGateways", "CreateNatGateway DeleteNatGateway CreateTags"
    ),
    "aws_route": Needs("ec2", "DescribeRouteTables", "CreateRoute ReplaceRoute DeleteRoute"),
    "aws_route53_record": Needs(
        "route53",
        "GetHostedZone ListResourceRecordSets GetChange",
        "ChangeResourceRecordSets",
    ),
    "aws_route53_zone": Needs(
        "route53",
        "GetHostedZone ListTagsForResource",
        "CreateHostedZone DeleteHostedZone ChangeTagsForResource",
    ),
    "aws_route_table": Needs(
        "ec2", "DescribeRouteTables", "CreateRouteTable DeleteRouteTable CreateTags"
    ),
    "aws_route_table_association": Needs(
        "ec2", "DescribeRouteTables", "AssociateRouteTable DisassociateRouteTable"
    ),
    "aws_s3_bucket": Needs(
        "s3",
        # One call for each, because the provider looks at what older versions of it held here.
        "ListBucket GetBucketAcl GetBucketCORS GetBucketWebsite GetBucketVersioning "
        "GetBucketLogging GetBucketRequestPayment GetBucketObjectLockConfiguration "
        "GetBucketTagging GetBucketPolicy GetAccelerateConfiguration GetLifecycleConfiguration "
        "GetReplicationConfiguration GetEncryptionConfiguration",
        "CreateBucket DeleteBucket PutBucketTagging",
    ),
    "aws_s3_bucket_lifecycle_configuration": Needs(
        "s3", "GetLifecycleConfiguration", "PutLifecycleConfiguration"
    ),
    "aws_s3_bucket_ownership_controls": Needs(
        "s3", "GetBucketOwnershipControls", "PutBucketOwnershipControls"
    ),
    "aws_s3_bucket_policy": Needs("s3", "GetBucketPolicy", "PutBucketPolicy DeleteBucketPolicy"),
    "aws_s3_bucket_public_access_block": Needs(
        "s3", "GetBucketPublicAccessBlock", "PutBucketPublicAccessBlock"
    ),
    "aws_s3_bucket_server_side_encryption_configuration": Needs(
        "s3", "GetEncryptionConfiguration", "PutEncryptionConfiguration"
    ),
    "aws_s3_bucket_versioning": Needs("s3", "GetBucketVersioning", "PutBucketVersioning"),
    "aws_secretsmanager_secret": Needs(
        "secretsmanager",
        "DescribeSecret GetResourcePolicy",
        "CreateSecret UpdateSecret DeleteSecret TagResource",
    ),
    "aws_security_group": Needs(
        "ec2",
        "DescribeSecurityGroups DescribeNetworkInterfaces",
        "CreateSecurityGroup DeleteSecurityGroup RevokeSecurityGroupEgress CreateTags",
    ),
    "aws_sns_topic": Needs(
        "sns",
        "GetTopicAttributes ListTagsForResource",
        "CreateTopic DeleteTopic SetTopicAttributes TagResource",
    ),
    "aws_sns_topic_policy": Needs("sns", "GetTopicAttributes", "SetTopicAttributes"),
    "aws_sns_topic_subscription": Needs(
        "sns", "GetSubscriptionAttributes", "Subscribe Unsubscribe"
    ),
    "aws_sqs_queue": Needs(
        "sqs",
        "GetQueueAttributes GetQueueUrl ListQueueTags",
        "CreateQueue DeleteQueue SetQueueAttributes TagQueue",
    ),
    "aws_ssm_document": Needs(
        "ssm",
        "DescribeDocument DescribeDocumentPermission GetDocument ListTagsForResource",
        "CreateDocument UpdateDocument UpdateDocumentDefaultVersion DeleteDocument "
        "AddTagsToResource",
    ),
    "aws_subnet": Needs(
        "ec2", "DescribeSubnets", "CreateSubnet ModifySubnetAttribute DeleteSubnet CreateTags"
    ),
    "aws_vpc": Needs(
        "ec2",
        "DescribeVpcs DescribeVpcAttribute DescribeNetworkAcls DescribeRouteTables "
        "DescribeSecurityGroups",
        "CreateVpc ModifyVpcAttribute DeleteVpc CreateTags",
    ),
    "aws_vpc_endpoint": Needs(
        "ec2",
        "DescribeVpcEndpoints DescribePrefixLists",
        "CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoints CreateTags "
        "route53:AssociateVPCWithHostedZone",
    ),
    "aws_vpc_security_group_egress_rule": Needs(
        "ec2",
        "DescribeSecurityGroupRules",
        "AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress CreateTags",
    ),
    "aws_vpc_security_group_ingress_rule": Needs(
        "ec2",
        "DescribeSecurityGroupRules",
        "AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress CreateTags",
    ),
    "aws_wafv2_web_acl": Needs(
        "wafv2",
        "GetWebACL ListTagsForResource",
        "CreateWebACL UpdateWebACL DeleteWebACL TagResource",
    ),
    "aws_wafv2_web_acl_logging_configuration": Needs(
        "wafv2",
        "GetLoggingConfiguration logs:DescribeLogGroups logs:DescribeResourcePolicies",
        "PutLoggingConfiguration DeleteLoggingConfiguration logs:CreateLogDelivery "
        "logs:DeleteLogDelivery logs:PutResourcePolicy",
    ),
}
