/**
 * The keys of a Compose document that can bring in an image (in addition to `image`), can give a container access to
 * the machine's Docker, or can name files of the machine. No rule sees the content of these files. If a policy has a
 * rule about images, a document may use such a key only if `allowedKeys` names the key.
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

/** One of the keys in {@link CHECKED_KEYS}. */
export type CheckedKey = (typeof CHECKED_KEYS)[number];
