/** Which service of a run failed, as far as its errors show. */
export interface FailedService {
  readonly service: string;
  /** Exit code of its container, where the text has it. */
  readonly exitCode?: number;
  /** The error that reports it. */
  readonly error: string;
}

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

/** The service that failed first: errors are in the order in which they came about. */
export function failedService(errors: readonly string[]): FailedService | undefined {
  for (const error of errors) {
    for (const form of FORMS) {
      const match = form.exec(error.slice(0, 2048));
      const [, service, code] = match ?? [];
      if (service === undefined) continue;
      const exitCode = code === undefined ? undefined : Number(code);
      // A service that ended well is not the one that failed.
      if (exitCode === 0) continue;
      return { service, error, ...(exitCode === undefined ? {} : { exitCode }) };
    }
  }
  return undefined;
}
