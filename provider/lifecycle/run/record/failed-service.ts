/** A service that failed, according to an error in the run's record. */
export interface FailedService {
  readonly service: string;
  /** The exit code of the service's container, if the error contains it. */
  readonly exitCode?: number;
  /** The text of the error that names the service. */
  readonly error: string;
}

const LONGEST_ERROR = 2048;

/**
 * Texts with which Compose, Docker and services report the end of a service. Each pattern has fixed words, so that
 * ordinary output does not match.
 */
const FORMS: readonly RegExp[] = [
  /\bservice "([^"\n]{1,100})" exited with code (\d{1,3})\b/i,
  /\bservice "([^"\n]{1,100})" (?:was killed|didn't complete successfully)(?:: exit (\d{1,3}))?/i,
  /\bservice '([^'\n]{1,100})' exited with code (\d{1,3})\b/i,
  /\bservice ([a-zA-Z0-9][\w.-]{0,99}) exited with code (\d{1,3})\b/i,
  /^([a-zA-Z0-9][\w.-]{0,99}?)-\d{1,4} exited with code (\d{1,3})$/,
  /\bcontainer (?:\S{1,100}[-_])?([a-zA-Z0-9][\w.]{0,99})[-_]\d{1,4} exited \((\d{1,3})\)/i,
];

/** Returns each failed service once, in the order of the errors. */
export function failedServices(errors: readonly string[]): readonly FailedService[] {
  // A service that exits with code 0 has not failed.
  const failed = namedServices(errors).filter(({ exitCode }) => exitCode !== 0);
  return failed.filter(({ service }, at) => failed.findIndex((other) => other.service === service) === at);
}

/** Returns the errors that contain more than the name of a failed service and its exit code. */
export function furtherErrors(errors: readonly string[]): readonly string[] {
  const failed = failedServices(errors);
  return errors.filter((error) => {
    const [named] = namedServices([error]);
    const isShown = failed.some(({ service, exitCode }) => service === named?.service && exitCode === named.exitCode);
    return !(isShown && FORMS.some((form) => /^(?:the )?\.?$/i.test(error.replace(form, ""))));
  });
}

/**
 * Returns the exit code of each service that the errors name. If they show several codes of a service, returns the
 * first one. Returns undefined if they show no exit code.
 */
export function exitCodesOf(errors: readonly string[]): Readonly<Record<string, number>> | undefined {
  const codes = new Map<string, number>();
  for (const { service, exitCode } of namedServices(errors)) {
    if (exitCode !== undefined && isKey(service) && !codes.has(service)) codes.set(service, exitCode);
  }
  return codes.size === 0 ? undefined : Object.fromEntries(codes);
}

/**
 * Whether the name of a service can be a key of an output. Pulumi reads a key of 32 hexadecimal digits as a signature.
 */
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
