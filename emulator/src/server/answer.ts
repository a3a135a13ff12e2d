/** An answer before it is sent. */
export interface Answer {
  readonly status: number;
  /** The body. It is sent as JSON, or unchanged if `contentType` is not JSON. */
  readonly body: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** 200 with a body. */
export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** An error in the form of the API. */
export function failure(status: number, detail: unknown): Answer {
  return { status, body: { detail } };
}

/** 401: the key is missing or wrong. */
export const UNAUTHORIZED: Answer = {
  ...failure(401, "Invalid or missing API key"),
  headers: { "www-authenticate": "Bearer" },
};
