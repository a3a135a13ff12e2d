import type { ComposeNode } from "../model";
import { type ComposePath, formatPath, printableKey } from "../path";
import { PatternTable } from "../patterns";
import type { Span } from "../position";
import { unknownMarker } from "../text";
import type { ProjectFaults } from "./faults";
import { mapValues, type ScalarNode, sequenceNode, textOf } from "./nodes";
import { escapeDollars, type LookUp, substitute, type TemplateFault } from "./template";

type Kind = "integer" | "number" | "boolean";

/** Where Compose turns a text into a number or a truth value, variables or not. */
const casts = new PatternTable<Kind>([
  ...[
    "cpu_count cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares deploy.replicas",
    "deploy.update_config.parallelism deploy.rollback_config.parallelism deploy.restart_policy.max_attempts",
    "deploy.placement.max_replicas_per_node healthcheck.retries oom_score_adj pids_limit ports.[].target scale",
    "ulimits.* ulimits.*.hard ulimits.*.soft",
  ]
    .join(" ")
    .split(" ")
    .map((path) => [`services.*.${path}`, "integer"] as const),
  ...["cpu_percent", "cpus", "deploy.update_config.max_failure_ratio", "deploy.rollback_config.max_failure_ratio"].map(
    (path) => [`services.*.${path}`, "number"] as const,
  ),
  ...[
    "init",
    "healthcheck.disable",
    "oom_kill_disable",
    "privileged",
    "read_only",
    "stdin_open",
    "tty",
    "volumes.[].read_only",
    "volumes.[].volume.nocopy",
  ].map((path) => [`services.*.${path}`, "boolean"] as const),
  ...["external", "internal", "attachable", "enable_ipv4", "enable_ipv6"].map(
    (key) => [`networks.*.${key}`, "boolean"] as const,
  ),
  ...["volumes", "secrets", "configs"].map((section) => [`${section}.*.external`, "boolean"] as const),
]);

/**
 * A tree with the variables put into its strings; keys hold none. A dollar sign that is left is written twice, so that
 * the tree means the same to whoever puts variables in once more. Where Compose reads a number or a truth value, a text
 * becomes one.
 */
export function interpolate(root: ComposeNode, lookUp: LookUp, faults: ProjectFaults): ComposeNode {
  const walk = (node: ComposeNode, path: ComposePath): ComposeNode => {
    if (node.kind === "mapping") return mapValues(node, (value, key) => walk(value, [...path, key]));
    if (node.kind === "sequence") {
      let changed = false;
      const items = node.items.map((item, index) => {
        const result = walk(item, [...path, index]);
        changed ||= result !== item;
        return result;
      });
      return changed ? sequenceNode(items, node.span) : node;
    }
    const text = textOf(node);
    return text === undefined ? node : scalar(node, text, path, lookUp, faults);
  };
  return walk(root, []);
}

function scalar(node: ScalarNode, text: string, path: ComposePath, lookUp: LookUp, faults: ProjectFaults): ComposeNode {
  const put = substitute(text, lookUp);
  for (const fault of put.faults) tell(fault, node, text, path, faults);
  const secret = put.secret || node.secret === true;
  const failed = put.faults.some(({ kind }) => kind !== "unset");
  const kind = failed || put.text.includes(unknownMarker) ? undefined : casts.at(path);
  if (kind === undefined) {
    const value = escapeDollars(put.text);
    if (value === text && secret === (node.secret === true)) return node;
    return { ...node, value, weight: node.weight + value.length - text.length, ...(secret ? { secret } : {}) };
  }
  const value = cast(put.text, kind);
  if (value === undefined) {
    const wanted = { integer: "a whole number", number: "a number", boolean: "true or false" }[kind];
    faults.add("LYC2112", `${formatPath(path)} must be ${wanted}`, { span: node.span, path });
  }
  return { ...node, value: value ?? null, style: "plain", ...(secret ? { secret } : {}) };
}

function cast(text: string, kind: Kind): number | boolean | undefined {
  if (kind === "integer") return /^[-+]?[0-9]+$/.test(text) ? Number(text) : undefined;
  if (kind === "number")
    return /^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[-+]?[0-9]+)?$/i.test(text) ? Number(text) : undefined;
  if (/^(true|y|yes|on)$/i.test(text)) return true;
  return /^(false|n|no|off)$/i.test(text) ? false : undefined;
}

function tell(fault: TemplateFault, node: ScalarNode, text: string, path: ComposePath, faults: ProjectFaults): void {
  const where = formatPath(path);
  const span = spanIn(node.span, text.slice(fault.start, fault.end), faults);
  switch (fault.kind) {
    case "broken":
      faults.add("LYC2310", `${where} holds a variable that is not closed or has no name`, { span, path });
      return;
    case "large":
      faults.add("LYC2502", `${where} grows too large with its variables`, { span, path });
      return;
    case "required":
      faults.add("LYC2309", `${where} needs the variable ${printableKey(fault.name)}, which is not set`, {
        span,
        path,
        remedy: `Give it a value: \`variables: { ${fault.name}: … }\`.`,
      });
      return;
    case "unset":
      faults.add("LYC2308", `${where} holds the variable ${printableKey(fault.name)}, which is not set`, {
        span,
        path,
        remedy: `Give it a value (\`variables: { ${fault.name}: … }\`) or a default (\${${fault.name}:-…}).`,
      });
  }
}

/** Where a piece of a value is written; the whole value when folding or escapes have changed it. */
function spanIn(span: Span, piece: string, faults: ProjectFaults): Span {
  const at = faults.sources.slice(span).indexOf(piece);
  return at === -1 ? span : { start: span.start + at, end: span.start + at + piece.length };
}
