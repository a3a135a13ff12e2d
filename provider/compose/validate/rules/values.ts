import { typedPatterns } from "../../typed-texts";
import type { ValidationContext } from "../context";
import { type Location, select, stringAt } from "../location";
import { hasVariables } from "../variables";

const integer = /^[-+]?[0-9]+$/;
const float = /^[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[-+]?[0-9]+)?$|^[-+]?inf(?:inity)?$|^nan$/i;
const boolean = /^(?:true|false|y|yes|on|n|no|off)$/i;
const duration = /^[-+]?(?:0|(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h|d|w))+)$/;
const size = /^\+?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[-+]?[0-9]+)? ?(?:[kmgtp](?:i?b)?|b)?$/i;

/** No amount is longer; the forms above take time in the square of a text. */
const longestAmount = 1_000;

interface ValueRule {
  readonly code: "LYC2112" | "LYC2212" | "LYC2213";
  readonly form: RegExp;
  readonly message: string;
  readonly patterns: readonly string[];
}

const ofService = (keys: string) => keys.split(/\s+/).map((key) => `services.*.${key}`);

/** Where Compose turns a string into something else, and refuses what cannot be turned. */
const valueRules: readonly ValueRule[] = [
  {
    code: "LYC2112",
    form: integer,
    message: "must be a whole number",
    patterns: typedPatterns.integer,
  },
  {
    code: "LYC2112",
    form: float,
    message: "must be a number",
    patterns: typedPatterns.number,
  },
  {
    code: "LYC2112",
    form: boolean,
    message: "must be true or false",
    patterns: typedPatterns.boolean,
  },
  {
    code: "LYC2212",
    form: duration,
    message: "must be a duration",
    patterns: ofService(
      `stop_grace_period healthcheck.interval healthcheck.timeout healthcheck.start_period healthcheck.start_interval
      deploy.update_config.delay deploy.update_config.monitor deploy.rollback_config.delay
      deploy.rollback_config.monitor deploy.restart_policy.delay deploy.restart_policy.window`,
    ),
  },
  {
    code: "LYC2213",
    form: size,
    message: "must be a size",
    patterns: ofService(
      `mem_limit mem_reservation mem_swappiness memswap_limit shm_size build.shm_size deploy.resources.limits.memory
      deploy.resources.reservations.memory volumes.[].tmpfs.size blkio_config.device_read_bps.[].rate
      blkio_config.device_read_iops.[].rate blkio_config.device_write_bps.[].rate
      blkio_config.device_write_iops.[].rate`,
    ),
  },
];

interface ValuePattern {
  readonly rule: ValueRule;
  /** The way from the key on. */
  readonly rest: readonly string[];
}

/** By section, and by the key of what stands under its names: all patterns are of services, networks and the like. */
const patternsByKey = new Map<string, Map<string, ValuePattern[]>>();
for (const rule of valueRules) {
  for (const pattern of rule.patterns) {
    const [section = "", , key = "", ...rest] = pattern.split(".");
    const ofSection = patternsByKey.get(section) ?? new Map<string, ValuePattern[]>();
    patternsByKey.set(section, ofSection);
    ofSection.set(key, [...(ofSection.get(key) ?? []), { rule, rest: [key, ...rest] }]);
  }
}

/** Strings that stand for numbers, sizes and durations. */
export function validateValues(context: ValidationContext): void {
  for (const [section, patterns] of patternsByKey) {
    for (const member of context.members(section)) {
      if (member.node.kind !== "mapping") continue;
      for (const key of member.node.entries.keys()) {
        for (const { rule, rest } of patterns.get(key) ?? []) {
          for (const location of select(member, rest)) validateValue(context, location, rule);
        }
      }
    }
  }
}

function validateValue(context: ValidationContext, location: Location, { code, form, message }: ValueRule): void {
  const text = stringAt(location);
  // An infinite or very large number is kept as its text; no rule here means it.
  if (text === undefined || hasVariables(text) || (text.length <= longestAmount && form.test(text))) return;
  context.addAt(code, location, message);
}
