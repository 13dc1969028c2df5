// JSON Schemas of custom resources, from the TypeScript models of their API groups.
// Usage: node generate.mjs FOLDER. The models' declarations give the fields; their compiled
// validators, asked with values of the wrong kind, give what TypeScript cannot say: integers,
// enumerations, patterns, bounds.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createGenerator } from "ts-json-schema-generator";

const MODELS = join(import.meta.dirname, "node_modules/@kubernetes-models");
const KINDS = {
  "argo-cd": { "argoproj.io/v1alpha1": ["Application", "ApplicationSet", "AppProject"] },
  "argo-rollouts": {
    "argoproj.io/v1alpha1": [
      "AnalysisTemplate", "ClusterAnalysisTemplate", "Rollout",
    ],
  },
  "external-secrets": {
    "external-secrets.io/v1": [
      "ClusterExternalSecret", "ClusterSecretStore", "ExternalSecret", "SecretStore",
    ],
  },
  keda: {
    "keda.sh/v1alpha1": [
      "ClusterTriggerAuthentication", "ScaledJob", "ScaledObject", "TriggerAuthentication",
    ],
  },
  "prometheus-operator": {
    "monitoring.coreos.com/v1": [
      "Alertmanager", "PodMonitor", "Probe", "Prometheus", "PrometheusRule", "ServiceMonitor",
    ],
    "monitoring.coreos.com/v1alpha1": ["ScrapeConfig"],
  },
};

/** Kinds that meet two types of one name; theirs are written in place instead of being named. */
const INLINE = new Set(["Prometheus"]);

/** The compiled validator of a kind; it answers with every fault of a document. */
async function validatorOf(model) {
  const source = readFileSync(`${model}.js`, "utf8");
  const [, path] = source.match(/from"([^"]*_schemas[^"]*)"/);
  const { validate } = await import(pathToFileURL(resolve(dirname(model), path)));
  return (document) => (validate(document) ? [] : validate.errors);
}

/** A document that has `value` at `path` and nothing else; a number in the path is a list's index. */
function documentWith(path, value) {
  return path.reduceRight((inner, step) => (step === 0 ? [inner] : { [step]: inner }), value);
}

const pointer = (path) =>
  path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** Questions to a validator, by the type that the declarations name. */
const PROBES = {
  number: [1.5, -1e9, 1e12],
  string: ["", "\u0001", "x".repeat(5000)],
  array: [[]],
};
const INT32 = { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };

/** What one fault says about the node it was found at. */
function learn(node, { keyword, params }) {
  if (keyword === "type" && params.type === "integer") node.type = "integer";
  else if (keyword === "enum") node.enum = params.allowedValues;
  else if (keyword === "pattern") node.pattern = params.pattern;
  else if (keyword === "format" && params.format === "int32") Object.assign(node, { ...INT32, ...node });
  else if (/^(minimum|maximum|minLength|maxLength|minItems)$/.test(keyword)) {
    node[keyword] = params.limit;
  }
}

/** Walks a schema beside its validator and tightens it; each definition is walked once. */
function tighten(schema, faultsOf) {
  const seen = new Set();
  function walk(node, path) {
    if (node.$ref) {
      const name = decodeURIComponent(node.$ref.slice("#/definitions/".length));
      if (seen.has(name)) return;
      seen.add(name);
      walk(schema.definitions[name], path);
      return;
    }
    for (const probe of PROBES[node.type] ?? []) {
      for (const fault of faultsOf(documentWith(path, probe))) {
        if (fault.instancePath === pointer(path)) learn(node, fault);
      }
    }
    for (const [name, property] of Object.entries(node.properties ?? {})) {
      walk(property, [...path, name]);
    }
    if (typeof node.additionalProperties === "object") {
      walk(node.additionalProperties, [...path, "key"]);
    }
    if (node.items) walk(node.items, [...path, 0]);
  }
  walk(schema, []);
}

/** An object of which nothing is declared takes anything (RawExtension, JSON, FieldsV1). */
function open(node) {
  if (node.type === "object" && !node.properties && node.additionalProperties === false) {
    node.additionalProperties = true;
  }
  for (const inner of Object.values(node)) {
    if (inner && typeof inner === "object") open(inner);
  }
}

/**
 * Which definitions are Kubernetes' own types, each with the long name that the models give it.
 * Their schemas are taken from the cluster's version when a document is validated.
 */
function kubernetesTypes(models, definitions) {
  const found = {};
  for (const file of readdirSync(join(MODELS, models), { recursive: true })) {
    if (!file.endsWith(".d.ts")) continue;
    const source = readFileSync(join(MODELS, models, file), "utf8");
    const imports = source.matchAll(
      /import \{ I(\w+) \} from "(?:kubernetes-models|@kubernetes-models\/apimachinery)\/([^"]+)"/g,
    );
    for (const [, longName, path] of imports) {
      const name = `I${path.split("/").at(-1)}`;
      if (name in definitions) found[name] = longName;
    }
  }
  return found;
}

const folder = process.argv[2];
for (const [models, groups] of Object.entries(KINDS)) {
  const roots = Object.entries(groups).flatMap(([group, kinds]) =>
    kinds.map((kind) => ({ group, kind, model: join(MODELS, models, group, kind) })),
  );
  for (const { group, kind, model } of roots) {
    const schema = createGenerator({
      path: `${model}.d.ts`,
      type: `I${kind}`,
      tsconfig: join(import.meta.dirname, "tsconfig.json"),
      skipTypeCheck: true,
      additionalProperties: false,
      jsDoc: "none",
      topRef: false,
      expose: INLINE.has(kind) ? "none" : "export",
      sortProps: true,
    }).createSchema(`I${kind}`);
    delete schema.properties.status; // Written by the controller, never in git.
    tighten(schema, await validatorOf(model));
    open(schema);
    schema["x-kubernetes"] = kubernetesTypes(models, schema.definitions ?? {});
    const [name, version] = group.split("/");
    const file = join(folder, name, `${kind.toLowerCase()}_${version}.json`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(schema, null, 1)}\n`);
  }
}
