import type { ReadStream } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import type { Bucket } from "../bucket";
import type { SignedBody } from "../protocol/body";
import { parameter, type QueryParameter } from "../signature/encoding";

/** A request to the bucket whose signature is valid. */
export interface BucketCall {
  readonly bucket: Bucket;
  /** The key of the object. Empty for the bucket itself. */
  readonly key: string;
  readonly query: readonly QueryParameter[];
  readonly headers: IncomingHttpHeaders;
  /** Returns the body. Throws an error if the headers about the body are not valid. */
  readonly body: () => SignedBody;
  /** The largest number of items on a page of a listing. Set if an injected fault makes pages short. */
  readonly pageSize?: number | undefined;
}

/** An answer before it is sent. */
export interface BucketAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * The content: a text, or an open file. If the answer is not sent, the caller must destroy the stream of the file.
   */
  readonly body?: string | { readonly stream: ReadStream; readonly length: number };
}

/** Carries out one operation. */
export type BucketOperation = (call: BucketCall) => Promise<BucketAnswer>;

/** Makes an answer in XML. */
export function xmlAnswer(body: string, headers: Readonly<Record<string, string>> = {}): BucketAnswer {
  return { status: 200, headers: { "content-type": "application/xml", ...headers }, body };
}

/**
 * Reads a number in the query. Returns `most` for a larger number, and if the parameter is absent or empty. Returns
 * `undefined` if the parameter is not a whole number of one to nine digits.
 */
export function countOf(query: readonly QueryParameter[], name: string, most: number): number | undefined {
  const text = parameter(query, name);
  if (text === undefined || text === "") return most;
  return /^\d{1,9}$/.test(text) ? Math.min(Number(text), most) : undefined;
}
