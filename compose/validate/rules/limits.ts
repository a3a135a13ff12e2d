import { canonicalSize } from "../../short-forms";
import type { ValidationContext } from "../context";
import { child, type Location, select, textAt } from "../location";

/** Reports a negative number of replicas, and an amount that two keys set to different values. */
export function validateLimits(context: ValidationContext): void {
  for (const { location: service } of context.workloads) {
    for (const pattern of ["scale", "deploy.replicas"]) {
      for (const location of select(service, pattern)) {
        if (Number(textAt(location)) < 0) context.addAt("LYC2110", location, "must be 0 or more");
      }
    }
    const deploy = child(service, "deploy");
    const [scale, replicas] = [child(service, "scale"), child(deploy, "replicas")];
    if (scale !== undefined && replicas !== undefined && differ(scale, replicas, numberOf)) {
      context.addAt("LYC2221", scale, "is another number than `deploy.replicas`");
    }
    for (const { key, section, limit, amountOf } of TWICE) {
      const limits = child(child(deploy, "resources"), section);
      const own = child(service, key);
      if (own === undefined || limits?.node.kind !== "mapping") continue;
      const other = child(limits, limit);
      if (!differ(own, other, amountOf)) continue;
      const where = `\`deploy.resources.${section}.${limit}\``;
      // For this check, Compose treats a missing amount as zero.
      const message =
        textAt(other) === undefined
          ? `needs the same in ${where}, where there are ${section}`
          : `is not what ${where} is`;
      context.addAt("LYC2221", own, message);
    }
  }
}

type AmountOf = (text: string) => number | undefined;

const numberOf: AmountOf = (text) => {
  const value = Math.fround(Number(text));
  return Number.isNaN(value) ? undefined : value;
};

const sizeOf: AmountOf = (text) => {
  const bytes = canonicalSize(text) ?? (/^-[0-9]+$/.test(text) ? text : undefined);
  return bytes === undefined ? undefined : Number(bytes);
};

/**
 * Returns the amount at a location as text. If the amount is a size and a number with a fraction, returns `0`, because
 * Compose ignores such a size.
 */
function amountAt(location: Location | undefined, amountOf: AmountOf): string | undefined {
  const value = location?.node.kind === "scalar" ? location.node.value : undefined;
  const lost = amountOf === sizeOf && typeof value === "number" && !Number.isInteger(value);
  return lost ? "0" : textAt(location);
}

const TWICE: readonly {
  readonly key: string;
  readonly section: "limits" | "reservations";
  readonly limit: string;
  readonly amountOf: AmountOf;
}[] = [
  { key: "cpus", section: "limits", limit: "cpus", amountOf: numberOf },
  { key: "pids_limit", section: "limits", limit: "pids", amountOf: numberOf },
  { key: "mem_limit", section: "limits", limit: "memory", amountOf: sizeOf },
  { key: "mem_reservation", section: "reservations", limit: "memory", amountOf: sizeOf },
];

/**
 * Whether two amounts are known and different. `own` is ignored if it is 0, because Compose takes 0 for not set (but
 * not for `scale`). A missing `other` is 0.
 */
function differ(own: Location, other: Location | undefined, amountOf: AmountOf): boolean {
  const left = amountAt(own, amountOf);
  const one = left === undefined ? undefined : amountOf(left);
  const two = amountOf(amountAt(other, amountOf) ?? "0");
  return one !== undefined && two !== undefined && one !== two && (one !== 0 || own.step === "scale");
}
