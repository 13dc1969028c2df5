"""Rules of the product, each with a fault put into it by hand, and the test that must see it.

`python -m tools.mutations` puts in one after the other, in a copy of the project.
"""

from dataclasses import dataclass

REPOSITORY = "gitops-template/repository/@{staging(cookiecutter)}@"


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """One fault.

    rule: what the product says, in words.
    file: path in the project; `text` occurs in it once, and `mutated` takes its place.
    caught_by: the test that must fail, as pytest names it.
    """

    rule: str
    file: str
    text: str
    mutated: str
    caught_by: str


SETTINGS = (
    Mutation(
        rule="An environment's network has at least two availability zones",
        file="stacks/settings/network.py",
        text="if len(zones) < 2:",
        mutated="if len(zones) < 1:",
        caught_by="tests/stacks/settings/test_network.py::test_refuses",
    ),
    Mutation(
        rule="Nobody stands in prod's account who was not named there",
        file="stacks/settings/platform.py",
        text="if guest.name not in prod.shares_account_with:",
        mutated="if not prod.shares_account_with:",
        caught_by="tests/stacks/settings/test_guests.py"
        "::test_a_guest_is_refused_where_another_one_is_named",
    ),
    Mutation(
        rule="In production a person syncs",
        file="stacks/settings/environment.py",
        text='if self.gitops.sync != "manual":',
        mutated='if self.gitops.sync == "":',
        caught_by="tests/stacks/settings/test_gitops.py::test_prod_refuses",
    ),
)

STACKS = (
    Mutation(
        rule="No security group lets in the world, not even by two halves",
        file="stacks/guardrails/exposure.py",
        text="prefixlen < SHORTEST_OWN",
        mutated="prefixlen == 0",
        caught_by="tests/stacks/test_guardrails.py::test_catches",
    ),
    Mutation(
        rule="No key, bucket or role is everyone's, in whichever way the principal is written",
        file="stacks/guardrails/access.py",
        text="who = principal.values() if isinstance(principal, dict) else [principal]",
        mutated="who = principal.values() if isinstance(principal, dict) else []",
        caught_by="tests/stacks/test_guardrails.py::test_catches",
    ),
    Mutation(
        rule="A statement with a wildcard says why",
        file="stacks/policy.py",
        text='if action == "*" or action.endswith(":*")',
        mutated='if action == "*"',
        caught_by="tests/stacks/test_policy.py::test_a_wildcard_without_a_reason_is_refused",
    ),
    Mutation(
        rule="A namespace's secret store reads that namespace's secrets alone",
        file="stacks/permissions/secrets.py",
        text='resources=[f"arn:aws:secretsmanager:{region}:{account_id}:secret:{prefix}*"]',
        mutated='resources=[f"arn:aws:secretsmanager:{region}:{account_id}:secret:*"]',
        caught_by="tests/stacks/test_secret_readers.py"
        "::test_a_reader_reads_its_own_namespaces_secrets_alone",
    ),
    Mutation(
        rule="`make destroy` refuses prod",
        file="delivery/teardown.py",
        text="if environment.production:",
        mutated='if environment.name == "production":',
        caught_by="tests/delivery/test_teardown.py"
        "::test_prod_is_refused_with_what_would_have_to_be_true_first",
    ),
)

REVIEW = (
    Mutation(
        rule="An ApplicationSet of prod only creates and updates",
        file="review/rules/sync.py",
        text='if text_at(policy, "applicationsSync") != CREATE_UPDATE:',
        mutated='if text_at(policy, "applicationsSync") == "sync":',
        caught_by="tests/review/rules/test_sync_sets.py"
        "::test_whatever_is_not_create_update_is_an_error",
    ),
    Mutation(
        rule="After dev, our own images are named by their digest",
        file="review/rules/images.py",
        text="if own and environment != FIRST:",
        mutated='if own and environment == "prod":',
        caught_by="tests/review/rules/test_images.py::test_after_dev_our_own_need_a_digest",
    ),
    Mutation(
        rule="A load balancer has at most 100 target groups",
        file="review/rules/target_groups.py",
        text="if number > MOST and not raisable",
        mutated="if number > MOST + 1 and not raisable",
        caught_by="tests/review/rules/test_hosts.py"
        "::test_one_more_is_an_error_and_rules_can_be_raised",
    ),
    Mutation(
        rule="The restricted standard asks each container for a seccomp profile",
        file="review/rules/restricted.py",
        text="        if not value:\n",
        mutated="        if value is False:\n",
        caught_by="tests/review/rules/test_pod_security.py"
        "::test_the_restricted_standard_is_broken_in_this_control_alone",
    ),
    Mutation(
        rule="A key that is destroyed is a danger",
        file="review/stacks/dangers/stateful.py",
        text='    "aws_kms_key": "everything that is encrypted with it, for good",\n',
        mutated="",
        caught_by="tests/review/stacks/test_dangers.py"
        "::test_what_the_guardrails_and_the_pinned_addresses_call_stateful_is_stateful",
    ),
    Mutation(
        rule="A policy whose condition admits more than before is a danger",
        file="review/stacks/policy.py",
        text="else new[key] <= old[key]",
        mutated="else new[key] & old[key]",
        caught_by="tests/review/stacks/test_dangers.py::test_a_planted_danger_is_found",
    ),
)

RELEASES = (
    Mutation(
        rule="A release goes to the first stage alone",
        file="delivery/releases/release.py",
        text="if before := repository.before(stage):",
        mutated='if (before := repository.before(stage)) == "staging":',
        caught_by="tests/delivery/releases/test_release.py::test_it_refuses_and_writes_nothing",
    ),
    Mutation(
        rule="A promotion never puts an older image over a newer one",
        file="delivery/releases/promote.py",
        text="if there and is_newer(",
        mutated="if there and not is_newer(",
        caught_by="tests/delivery/releases/test_promote.py"
        "::test_an_older_version_than_the_stage_has_is_refused",
    ),
    Mutation(
        rule="A promotion needs the image's digest",
        file="delivery/releases/promote.py",
        text="if not image.digest:",
        mutated="if not image.tag:",
        caught_by="tests/delivery/releases/test_promote.py"
        "::test_an_image_without_its_digest_is_refused",
    ),
)

TEMPLATE = (
    Mutation(
        rule="No answer holds a template's delimiter",
        file="gitops-template/scaffolding/answers.py",
        text='DELIMITERS = ("@{", "@%", "@#")',
        mutated='DELIMITERS = ("@{",)',
        caught_by="tests/template/test_invalid.py::test_refused",
    ),
    Mutation(
        rule="What another person's run is at work on is not swept away",
        file="gitops-template/scaffolding/staging.py",
        text="    except PermissionError:\n        pass\n    return True",
        mutated="    except PermissionError:\n        pass\n    return False",
        caught_by="tests/template/test_places.py"
        "::test_what_another_persons_run_is_at_work_on_stays",
    ),
    Mutation(
        rule="A service behind the ALB outlives its deregistration",
        file=f"{REPOSITORY}/charts/service/templates/_faults_reach.tpl",
        text="(lt (int $values.terminationGracePeriodSeconds) 50)",
        mutated="(lt (int $values.terminationGracePeriodSeconds) 10)",
        caught_by="tests/service/test_refused.py::test_refused",
    ),
    Mutation(
        rule="The weights of a canary rise",
        file=f"{REPOSITORY}/charts/service/templates/_faults_rollout.tpl",
        text="{{- if le (int .) (int $before) }}",
        mutated="{{- if lt (int .) (int $before) }}",
        caught_by="tests/service/test_refused.py::test_refused",
    ),
    Mutation(
        rule="Images come from the registry: its name stands first",
        file=f"{REPOSITORY}/platform/templates/admission/images.yaml",
        text="image.startsWith(source)",
        mutated="image.contains(source)",
        caught_by="tests/platform/test_admission_images.py"
        "::test_the_registrys_name_elsewhere_in_an_image_helps_nobody",
    ),
    Mutation(
        rule="In every namespace nothing goes out but what a policy opens",
        file=f"{REPOSITORY}/platform/templates/network-policies.yaml",
        text="  name: default-deny\n  namespace: {{ $name }}\n  labels:\n"
        '    {{- include "platform.labels" $ | nindent 4 }}\nspec:\n'
        "  podSelector: {}\n  policyTypes: [Ingress, Egress]",
        mutated="  name: default-deny\n  namespace: {{ $name }}\n  labels:\n"
        '    {{- include "platform.labels" $ | nindent 4 }}\nspec:\n'
        "  podSelector: {}\n  policyTypes: [Ingress]",
        caught_by="tests/platform/test_reachability.py::test_the_table_holds",
    ),
    Mutation(
        rule="In prod Argo CD syncs no service by itself",
        file=f"{REPOSITORY}/environments/prod/services.yaml",
        text="          enabled: false",
        mutated="          enabled: true",
        caught_by="tests/template/test_environments.py::test_prod_syncs_on_demand_alone",
    ),
    Mutation(
        rule="More than 5 % of failed requests for 5 minutes is an alert",
        file=f"{REPOSITORY}/monitoring/rules/requests.yaml",
        text="service:http_server_errors:ratio_rate5m > 0.05",
        mutated="service:http_server_errors:ratio_rate5m > 0.5",
        caught_by="tests/monitoring/test_thresholds.py::test_the_required_thresholds_stand",
    ),
    Mutation(
        rule="A team makes no Secret by Argo CD",
        file="argocd/projects/services.yaml",
        text='    - {group: "", kind: ServiceAccount}\n',
        mutated='    - {group: "", kind: ServiceAccount}\n    - {group: "", kind: Secret}\n',
        caught_by="tests/argocd/test_projects.py::test_services_may_not_make",
    ),
)

CATALOGUE = (*SETTINGS, *STACKS, *REVIEW, *RELEASES, *TEMPLATE)
