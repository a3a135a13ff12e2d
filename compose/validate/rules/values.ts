import { keysWith, type TextKind } from "../../model/keys";
import { isTextOf, TEXT_TYPES } from "../../model/typed-texts";
import { meantDuration, meantSize } from "../../short-forms";
import type { ValidationContext } from "../context";
import { hasVariables, type Location, select, stringAt, wholeFloatAt } from "../location";
import { lacksRequired, unsetIn, writeMeant } from "../remedies";

/** The diagnostics for texts that Compose cannot convert, by the kind of value. */
const FAILURES = {
  integer: { code: "LYC2112", ...TEXT_TYPES.integer },
  number: { code: "LYC2112", ...TEXT_TYPES.number },
  boolean: { code: "LYC2112", ...TEXT_TYPES.boolean },
  umask: { code: "LYC2112", ...TEXT_TYPES.integer },
  duration: { code: "LYC2212", message: "must be a duration" },
  size: { code: "LYC2213", message: "must be a size" },
  command: {
    code: "LYC2109",
    message: "cannot be split into words",
    remedy: "Close every quote, put parentheses in quotes, or write the command as a list.",
  },
} as const;

interface ValuePattern {
  readonly kind: TextKind;
  /** The path inside a member of the section, such as `deploy.resources.limits.cpus` in a service. */
  readonly rest: string;
}

/**
 * The patterns of the values that Compose converts from text, such as numbers. The first key is the section, the second
 * one the first key of `rest`.
 */
const patternsByKey = new Map<string, Map<string, ValuePattern[]>>();
for (const [pattern, kind] of keysWith("text")) {
  const [section = "", , key = "", ...rest] = pattern.split(".");
  const ofSection = patternsByKey.get(section) ?? new Map<string, ValuePattern[]>();
  patternsByKey.set(section, ofSection);
  ofSection.set(key, [...(ofSection.get(key) ?? []), { kind, rest: [key, ...rest].join(".") }]);
}

/** Checks texts that Compose reads as numbers, sizes, durations or commands. */
export function validateValues(context: ValidationContext): void {
  for (const [section, patterns] of patternsByKey) {
    for (const member of context.members(section)) {
      if (member.node.kind !== "mapping") continue;
      for (const key of member.node.entries.keys()) {
        for (const { kind, rest } of patterns.get(key) ?? []) {
          for (const location of select(member, rest)) validateValue(context, location, kind);
        }
      }
    }
  }
}

function validateValue(context: ValidationContext, location: Location, kind: TextKind): void {
  const text = stringAt(location);
  // The model stores some numbers as a text: `+Inf`, very large numbers, and floats such as `1e6`. Compose reads the
  // float `1e6` as a whole number, so it is valid here. It does not read `"1e6"` so: in quotes, it is a text.
  if (kind === "integer" && wholeFloatAt(location) !== undefined) return;
  if (text === undefined || hasVariables(text) || isTextOf(text, kind) || lacksRequired(location)) return;
  const { code, message, ...usual } = { ...FAILURES[kind], ...unsetIn(location) };
  const meant = kind === "size" ? meantSize(text) : kind === "duration" ? meantDuration(text) : undefined;
  context.addAt(code, location, message, { ...usual, ...writeMeant(meant) });
}
