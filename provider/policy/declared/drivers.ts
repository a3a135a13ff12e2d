import { isMap } from "../../schema";
import { UNKNOWN_TEXT } from "../../schema/wire-forms";
import { below, NOT_KNOWN, type PartFinding, say } from "./findings";

/** The drivers that Docker itself contains. Any other driver is a plugin, which Docker gets as an image. */
const DRIVERS = {
  logging: "awslogs etwlogs fluentd gcplogs gelf journald json-file local none splunk syslog".split(" "),
  network: "bridge default host ipvlan l2bridge macvlan nat none null overlay transparent".split(" "),
  ipam: ["default", "null"],
  content: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The keys that name the driver in the definition of a network, a logging configuration, a config or a secret. */
const NAMES = ["driver", "template_driver"];

/**
 * Checks the driver in a definition, such as the definition of a network. Returns a finding if `DRIVERS` does not have
 * the driver, because Docker then pulls it as the image of a plugin. Also returns a finding if the driver or the
 * definition is not known, or if the definition is neither a map nor null. A missing driver is no finding.
 */
export function sayDriver(definition: unknown, kind: keyof typeof DRIVERS): readonly PartFinding[] {
  if (definition === null) return [];
  if (definition === UNKNOWN_TEXT) return NOT_KNOWN;
  if (!isMap(definition)) return say("is not written out");
  const known: readonly unknown[] = [undefined, null, "", ...DRIVERS[kind]];
  return NAMES.filter((key) => !known.includes(definition[key])).map((key) =>
    definition[key] === UNKNOWN_TEXT
      ? { words: "is not known", path: [key], isUnknown: true }
      : { words: "has a driver, which is an image of a plugin", path: [key] },
  );
}

/**
 * Returns findings if a network may make Docker use an image. The network's driver, or the driver for its addresses,
 * may be an image.
 */
export function sayNetwork(network: unknown): readonly PartFinding[] {
  const addresses = isMap(network) ? (network.ipam ?? null) : null;
  return [...sayDriver(network, "network"), ...below(["ipam"], sayDriver(addresses, "ipam"))];
}
