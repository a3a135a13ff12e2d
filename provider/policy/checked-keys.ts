/**
 * The keys of a Compose document, other than `image`, that a policy with a rule about images checks. With one of these
 * keys, a run may use another image, may use files of the machine, or may reach the machine's Docker. No rule can check
 * the images and files that these keys name. So a risky use of such a key is allowed only if `allowedKeys` names the
 * key.
 */
export const CHECKED_KEYS = [
  "annotations",
  "build",
  "cap_add",
  "cgroup",
  "cgroup_parent",
  "configs",
  "credential_spec",
  "deploy",
  "device_cgroup_rules",
  "devices",
  "env_file",
  "extends",
  "gpus",
  "include",
  "ipc",
  "label_file",
  "logging",
  "models",
  "network_mode",
  "networks",
  "pid",
  "post_start",
  "pre_start",
  "pre_stop",
  "privileged",
  "provider",
  "runtime",
  "secrets",
  "security_opt",
  "use_api_socket",
  "userns_mode",
  "volumes",
  "volumes_from",
] as const;

/** A key in {@link CHECKED_KEYS}. */
export type CheckedKey = (typeof CHECKED_KEYS)[number];
