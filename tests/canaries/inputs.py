"""What people write: settings, answers and a service's values, refused before anything is made."""

from dataclasses import replace

from delivery.scaffold import bake
from stacks.environments import PLATFORM
from stacks.environments.dev import DEV
from stacks.environments.prod import PROD
from stacks.settings.schema import refuse
from tests.canaries.canary import Canary
from tests.service.chart import render, service

OPEN = ("0.0.0.0/0",)

SETTINGS = (
    Canary(
        claim="a version out of standard support, which checkov's old list would take",
        bad=lambda: replace(DEV.cluster, kubernetes_version="1.33"),
        rejected_by={refuse: "Cluster.kubernetes_version"},
    ),
    Canary(
        claim="a version that is not there yet, which no static list knows",
        bad=lambda: replace(DEV.cluster, kubernetes_version="1.99"),
        rejected_by={refuse: "1.36, 1.35"},
    ),
    Canary(
        claim="1.30 as a number, which is 1.3",
        bad=lambda: replace(DEV.cluster, kubernetes_version=1.30),
        rejected_by={refuse: "Cluster.kubernetes_version"},
    ),
    Canary(
        claim="an endpoint for the whole internet, in dev",
        bad=lambda: replace(DEV.cluster, public_access_cidrs=OPEN),
        rejected_by={refuse: "Cluster.public_access_cidrs"},
    ),
    Canary(
        claim="prod on one NAT gateway",
        bad=lambda: replace(PROD, network=replace(PROD.network, nat_gateways="one")),
        rejected_by={refuse: "Environment.network.nat_gateways"},
    ),
    Canary(
        claim="a network of prod on dev's addresses",
        bad=lambda: replace(
            PLATFORM,
            environments=tuple(
                replace(each, network=replace(each.network, cidr=DEV.network.cidr))
                if each.name == "prod"
                else each
                for each in PLATFORM.environments
            ),
        ),
        rejected_by={refuse: "Platform.network.cidr"},
    ),
    Canary(
        claim="a deployer for every branch of every repository",
        bad=lambda: replace(DEV.deployer, apply="repo:tribe-example/*"),
        rejected_by={refuse: "Deployer.apply"},
    ),
    Canary(
        claim="Kubernetes' own group of masters",
        bad=lambda: replace(DEV.cluster.access[-1], groups=("system:masters",)),
        rejected_by={refuse: "Access.groups"},
    ),
)

VALUES = (
    Canary(
        claim="a budget that holds up every drain",
        bad=service(disruption={"minAvailable": 2}),
        rejected_by={render: "would hold up every drain"},
    ),
    Canary(
        claim="canary and blue-green together, which the kind itself allows",
        bad=service(strategy="blueGreen", canary={"weights": [5, 100]}),
        rejected_by={render: "canary: is given, and the strategy is blueGreen"},
    ),
    Canary(
        claim="a weight of 120, for which the kind itself has no bounds",
        bad=service(
            strategy="canary",
            exposure={"kind": "path", "path": "/orders"},
            canary={"weights": [5, 120]},
        ),
        rejected_by={render: "canary.weights.1: maximum: got 120"},
    ),
    Canary(
        claim="a privileged service",
        bad=service(securityContext={"privileged": True}),
        rejected_by={render: "securityContext.privileged"},
    ),
    Canary(
        claim="latest",
        bad=service(image={"tag": "latest"}),
        rejected_by={render: 'image.tag: "latest" names no version'},
    ),
    Canary(
        claim="an image in prod that may change under its tag",
        bad=service(environment="prod", image={"digest": ""}),
        rejected_by={render: "image.digest: is missing"},
    ),
    Canary(
        claim="a password in git",
        bad=service(env={"DATABASE_PASSWORD": "correct horse"}),
        rejected_by={render: "looks like a secret in clear text"},
    ),
    Canary(
        claim="more replicas at least than at most",
        bad=service(replicas={"min": 12}),
        rejected_by={render: "replicas.min"},
    ),
)

ANSWERS = (
    Canary(
        claim="a name that climbs out of its folder",
        bad={"repository_name": "../../x"},
        rejected_by={bake: "repository_name"},
    ),
    Canary(
        claim="an answer that brings YAML of its own",
        bad={"domain": "tribe.example.com\nkind: Secret"},
        rejected_by={bake: "line break"},
    ),
    Canary(
        claim="an answer that the template would run",
        bad={"platform_team": "@{ 'pl' ~ 'atform' }@"},
        rejected_by={bake: "template's delimiter"},
    ),
    Canary(
        claim="an answer to a question that nobody asked",
        bad={"__slug": "../x"},
        rejected_by={bake: "__slug"},
    ),
)
