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
 * Returns findings if a definition, such as the definition of a network, may name a driver that is not in `DRIVERS`.
 * Docker pulls such a driver as the image of a plugin.
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
 * Returns findings if the driver of a network, or the driver for its addresses (`ipam`), may be the image of a plugin.
 */
export function sayNetwork(network: unknown): readonly PartFinding[] {
  const addresses = isMap(network) ? (network.ipam ?? null) : null;
  return [...sayDriver(network, "network"), ...below(["ipam"], sayDriver(addresses, "ipam"))];
}
