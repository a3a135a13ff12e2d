import type { ComposePath } from "./path";
import { PatternTable } from "./patterns";

/** What Compose reads from a text. */
export type TextType = "integer" | "number" | "boolean";

const ofService = (keys: string) => keys.split(/\s+/).map((key) => `services.*.${key}`);

/** Where Compose turns a text into a number or a truth value, by patterns of paths. */
export const typedPatterns: Readonly<Record<TextType, readonly string[]>> = {
  integer: ofService(
    `cpu_count cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares deploy.replicas
    deploy.update_config.parallelism deploy.rollback_config.parallelism deploy.restart_policy.max_attempts
    deploy.placement.max_replicas_per_node deploy.resources.limits.pids
    deploy.resources.reservations.generic_resources.[].discrete_resource_spec.value healthcheck.retries oom_score_adj
    pids_limit ports.[].target scale ulimits.* ulimits.*.hard ulimits.*.soft`,
  ),
  number: ofService(
    `cpu_percent cpus deploy.update_config.max_failure_ratio deploy.rollback_config.max_failure_ratio
    deploy.resources.limits.cpus deploy.resources.reservations.cpus`,
  ),
  boolean: [
    ...ofService(
      `attach init build.no_cache build.privileged build.pull depends_on.*.restart develop.watch.[].exec.privileged
      healthcheck.disable oom_kill_disable post_start.[].privileged pre_stop.[].privileged privileged read_only
      stdin_open tty volumes.[].bind.create_host_path volumes.[].read_only volumes.[].volume.nocopy`,
    ),
    ...["external", "internal", "attachable", "enable_ipv4", "enable_ipv6"].map((key) => `networks.*.${key}`),
    ...["volumes", "secrets", "configs"].map((section) => `${section}.*.external`),
  ],
};

const types = new PatternTable<TextType>(
  (["integer", "number", "boolean"] as const).flatMap((type) =>
    typedPatterns[type].map((pattern) => [pattern, type] as const),
  ),
);

/** What Compose reads from a text at a path; `undefined` where a text stays one. */
export function textTypeAt(path: ComposePath): TextType | undefined {
  return types.at(path);
}

/** The value that a text stands for; `undefined` when it stands for none of its type. */
export function valueOfText(text: string, type: TextType): number | boolean | undefined {
  if (type === "integer") return /^[-+]?[0-9]+$/.test(text) ? Number(text) : undefined;
  if (type === "number") {
    return /^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[-+]?[0-9]+)?$/i.test(text) ? Number(text) : undefined;
  }
  if (/^(true|y|yes|on)$/i.test(text)) return true;
  return /^(false|n|no|off)$/i.test(text) ? false : undefined;
}
