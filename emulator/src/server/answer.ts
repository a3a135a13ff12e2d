/** An answer before it is sent. */
export interface Answer {
  readonly status: number;
  /** The body. Without `contentType`, it is sent as JSON. With `contentType`, it is sent unchanged. */
  readonly body: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Returns an answer with the status 200 and a body. */
export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** Returns an error in the form of the API. */
export function failure(status: number, detail: unknown): Answer {
  return { status, body: { detail } };
}

/** The answer with the status 401: the API key is missing or wrong. */
export const UNAUTHORIZED: Answer = {
  ...failure(401, "Invalid or missing API key"),
  headers: { "www-authenticate": "Bearer" },
};
