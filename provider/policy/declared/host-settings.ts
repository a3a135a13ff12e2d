import { isMap } from "../../schema";
import { UNKNOWN_TEXT } from "../../schema/wire-forms";
import { sayDriver } from "./drivers";
import { below, eachItem, isWrittenOut, NOT_KNOWN, type PartFinding, say, when } from "./findings";
import { sayPath } from "./mounts";

const FILE = "names a file of the machine, whose content no rule sees";

/** Returns findings if a key such as `env_file` names files that Docker Compose reads on the machine. */
export function sayFiles(value: unknown): readonly PartFinding[] {
  return eachItem(value, () => say(FILE));
}

/** Returns a finding if `credential_spec` takes the credentials for a Windows container from the machine. */
export function sayCredentials(value: unknown): readonly PartFinding[] {
  const isConfig = isMap(value) && Object.keys(value).every((key) => key === "config" || key.startsWith("x-"));
  return when(value !== null && !isConfig, FILE);
}

/**
 * Returns findings if a config or secret may have a driver, or may take its content from a path or variable of the
 * machine. A driver is the image of a plugin.
 *
 * @param isGiven returns true if the argument `variables` sets a variable, which is then not read from the machine
 */
export function sayContent(definition: unknown, isGiven: (variable: string) => boolean): readonly PartFinding[] {
  if (!isMap(definition)) return [];
  const { file, environment = null } = definition;
  return [
    ...sayDriver(definition, "content"),
    ...(file === undefined ? [] : below(["file"], sayPath(file))),
    ...when(
      environment !== null && !isGiven(String(environment)),
      "is a variable of the machine, whose value no rule sees",
      ["environment"],
    ),
  ];
}

/**
 * Names of container runtimes that run a container from its image alone. Any other name may mean any program of the
 * machine on which the container runs.
 */
const RUNTIMES: ReadonlySet<unknown> = new Set(["crun", "io.containerd.runc.v2", "nvidia", "runc", "runsc"]);

/**
 * Returns a finding for a runtime that is not in `RUNTIMES`, because its name may stand for any program of the machine.
 */
export function sayRuntime(value: unknown): readonly PartFinding[] {
  return when(value !== null && !RUNTIMES.has(value), "is a program of the machine");
}

/** The beginning of annotations that only describe an image. */
const DESCRIBES = "org.opencontainers.image.";

/**
 * Returns findings if annotations may change what the runtime of the container does. An annotation can make some
 * runtimes run hooks or another program.
 */
export function sayAnnotations(value: unknown): readonly PartFinding[] {
  const words = "may change what the runtime does, because no rule knows this annotation";
  if (isMap(value)) return Object.keys(value).flatMap((key) => when(!key.startsWith(DESCRIBES), words, [key]));
  return eachItem(value, (one) => when(!(isWrittenOut(one) && one.startsWith(DESCRIBES)), words));
}

/** Names of a log driver's options that set the target of the log. */
const ADDRESS = /address|endpoint|url/i;

/** Returns findings if the log driver is a plugin, or writes to a socket of the machine. */
export function sayLogging(value: unknown): readonly PartFinding[] {
  const options = isMap(value) ? (value.options ?? null) : null;
  if (options === UNKNOWN_TEXT) return [...sayDriver(value, "logging"), ...below(["options"], NOT_KNOWN)];
  const addresses = isMap(options) ? Object.entries(options).filter(([name]) => ADDRESS.test(name)) : [];
  return [
    ...sayDriver(value, "logging"),
    ...when(options !== null && !isMap(options), "is not written out", ["options"]),
    ...addresses.flatMap(([name, address]) =>
      below(
        ["options", name],
        address === UNKNOWN_TEXT
          ? NOT_KNOWN
          : when(!isWrittenOut(address) || /^\s*unix/i.test(address), "may be a socket of the machine"),
      ),
    ),
  ];
}
