/** Which service of a run failed, as far as its errors show. */
export interface FailedService {
  readonly service: string;
  /** Exit code of its container, where the text has it. */
  readonly exitCode?: number;
  /** The error that reports it. */
  readonly error: string;
}

const LONGEST_ERROR = 2048;

/**
 * Forms in which Compose, Docker and services report the end of a service. Each is anchored to words around the name, so that
 * output of the services themselves is not taken for one.
 */
const FORMS: readonly RegExp[] = [
  /\bservice "([^"\n]{1,100})" exited with code (\d{1,3})\b/i,
  /\bservice "([^"\n]{1,100})" (?:was killed|didn't complete successfully)(?:: exit (\d{1,3}))?/i,
  /\bservice '([^'\n]{1,100})' exited with code (\d{1,3})\b/i,
  /\bservice ([a-zA-Z0-9][\w.-]{0,99}) exited with code (\d{1,3})\b/i,
  /^([a-zA-Z0-9][\w.-]{0,99}?)-\d{1,4} exited with code (\d{1,3})$/,
  /\bcontainer (?:\S{1,100}[-_])?([a-zA-Z0-9][\w.]{0,99})[-_]\d{1,4} exited \((\d{1,3})\)/i,
];

/** The services that failed, each once, the first one first: errors are in the order in which they came about. */
export function failedServices(errors: readonly string[]): readonly FailedService[] {
  // A service that ended well is not one that failed.
  const failed = namedServices(errors).filter(({ exitCode }) => exitCode !== 0);
  return failed.filter(({ service }, at) => failed.findIndex((other) => other.service === service) === at);
}

/** Exit codes by service, of those that errors name with one; undefined where none is named. The first one counts. */
export function exitCodesOf(errors: readonly string[]): Readonly<Record<string, number>> | undefined {
  const codes = new Map<string, number>();
  for (const { service, exitCode } of namedServices(errors)) {
    if (exitCode !== undefined && isKey(service) && !codes.has(service)) codes.set(service, exitCode);
  }
  return codes.size === 0 ? undefined : Object.fromEntries(codes);
}

/** A name becomes a key of an output: those of Compose are, and none that Pulumi takes for a mark of its own, 32 digits. */
function isKey(service: string): boolean {
  return /^[a-zA-Z0-9._-]+$/.test(service) && !/^[0-9a-f]{32}$/.test(service);
}

function namedServices(errors: readonly string[]): readonly FailedService[] {
  return errors.flatMap((error) => {
    for (const form of FORMS) {
      const [, service, code] = form.exec(error.slice(0, LONGEST_ERROR)) ?? [];
      if (service === undefined) continue;
      return [{ service, error, ...(code === undefined ? {} : { exitCode: Number(code) }) }];
    }
    return [];
  });
}
