/** An answer before it is sent. */
export interface Answer {
  readonly status: number;
  /** JSON; sent as it is when `contentType` says something else. */
  readonly body: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** 200 with a body. */
export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** A failure as the API words it. */
export function failure(status: number, detail: unknown): Answer {
  return { status, body: { detail } };
}

/** 401: the key is missing or another one. */
export const UNAUTHORIZED: Answer = {
  ...failure(401, "Invalid or missing API key"),
  headers: { "www-authenticate": "Bearer" },
};
