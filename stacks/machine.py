"""What every machine of ours has: an encrypted disk, guarded metadata, tags."""

from cdktf_cdktf_provider_aws.launch_template import (
    LaunchTemplateBlockDeviceMappings,
    LaunchTemplateMetadataOptions,
    LaunchTemplateTagSpecifications,
)

from stacks.naming import tags
from stacks.stack import EnvironmentStack


def root_disk(*, gib: int, key_arn: str) -> list[LaunchTemplateBlockDeviceMappings]:
    """The one disk, encrypted with a customer key, which goes when its machine does."""
    return [
        LaunchTemplateBlockDeviceMappings(
            device_name="/dev/xvda",
            ebs={
                "volume_type": "gp3",
                "volume_size": gib,
                "encrypted": "true",
                "kms_key_id": key_arn,
                "delete_on_termination": "true",
            },
        )
    ]


def guarded_metadata() -> LaunchTemplateMetadataOptions:
    """One hop ends at the machine: nothing in a pod can ask for the machine's own credentials."""
    return LaunchTemplateMetadataOptions(
        http_endpoint="enabled", http_tokens="required", http_put_response_hop_limit=1
    )


def machine_tags(
    stack: EnvironmentStack, *, noun: str, name: str
) -> list[LaunchTemplateTagSpecifications]:
    """Tags of what a template starts, which the provider's default tags do not reach."""
    own = {**tags(scope=stack.environment.name, noun=noun), "Name": name}
    return [
        LaunchTemplateTagSpecifications(resource_type=kind, tags=own)
        for kind in ("instance", "volume", "network-interface")
    ]
