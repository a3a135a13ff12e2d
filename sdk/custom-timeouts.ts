import type * as pulumi from "@pulumi/pulumi";

const UNIT_SECONDS: { [unit: string]: number } = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** Seconds of a duration as Pulumi writes it ("1h30m", "90s"); `undefined` for anything else, which the engine refuses itself. */
export function durationSeconds(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, amount = "0", unit = "s"] of text.matchAll(/(?<!\d)(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)) {
    seconds += Number(amount) * (UNIT_SECONDS[unit] ?? 1);
  }
  return seconds;
}

/** The resource option `customTimeouts` in seconds: the engine does not hand it to a dynamic provider. */
export function parseCustomTimeouts(
  timeouts: pulumi.CustomTimeouts | undefined,
): { create?: number; update?: number; delete?: number } | undefined {
  if (timeouts === undefined) return undefined;
  const parsed: { create?: number; update?: number; delete?: number } = {};
  for (const key of ["create", "update", "delete"] as const) {
    const seconds = timeouts[key] === undefined ? undefined : durationSeconds(timeouts[key]);
    if (seconds !== undefined) parsed[key] = seconds;
  }
  return Object.keys(parsed).length === 0 ? undefined : parsed;
}
