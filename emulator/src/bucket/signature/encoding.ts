import { S3Error } from "../errors";

/** A parameter of a query, decoded. */
export type QueryParameter = readonly [name: string, value: string];

/** Encodes a text as signature v4 does: only the characters `A-Z a-z 0-9 - . _ ~` stay unchanged. */
export function uriEncoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Decodes a part of a URL. @throws InvalidURI if the result is not valid UTF-8 */
export function uriDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error("InvalidURI");
  }
}

/** Returns the path of a URL, still encoded, and the parameters of its query. */
export function splitUrl(url: string): { readonly path: string; readonly query: readonly QueryParameter[] } {
  const mark = url.indexOf("?");
  const path = mark < 0 ? url : url.slice(0, mark);
  const parts = mark < 0 ? [] : url.slice(mark + 1).split("&");
  return {
    path,
    query: parts
      .filter((part) => part !== "")
      .map((part) => {
        const equals = part.indexOf("=");
        const decode = (text: string) => uriDecoded(text.replaceAll("+", " "));
        return equals < 0 ? [decode(part), ""] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
      }),
  };
}

/** Returns the value of a parameter. Undefined if the query does not have the parameter. */
export function parameter(query: readonly QueryParameter[], name: string): string | undefined {
  return query.find(([key]) => key === name)?.[1];
}
