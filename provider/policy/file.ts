/** Name of the policy of a project that names no other. */
export const POLICY_FILE = "lyceum-policy.yaml";

/** The error of a policy file that cannot be used. */
export const INVALID_POLICY = {
  code: "LYC5100",
  title: "The policy is not valid",
  remedy: "Correct the file, so that every rule holds.",
} as const;
