/** What is wrong with a reference of an image, in words that follow its path, and the reference that was probably meant. */
export interface ImageError {
  readonly reason: string;
  readonly meant?: string;
}

const longestName = 255;
/** A host name, an IPv4 address or an IPv6 address in brackets, and maybe a port. */
const domain =
  /^(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?\.)*[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/;
const component = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const tag = /^\w[\w.-]{0,127}$/;
const digest = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
/** Digits of the algorithms that Docker knows. */
const digits: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/**
 * What Docker refuses in a reference: [DOMAIN[:PORT]/]NAME[:TAG][@DIGEST], in the grammar of the project `distribution`, and
 * read as Docker's own commands read it. `undefined` for a reference that it takes.
 */
export function imageError(text: string): ImageError | undefined {
  const found = errorIn(text);
  if (found?.meant === undefined) return found;
  // A guess that is wrong in another way helps nobody.
  return errorIn(found.meant) === undefined ? found : { reason: found.reason };
}

function errorIn(text: string): ImageError | undefined {
  if (text === "") return { reason: "is empty" };
  const scheme = /^[a-z][a-z0-9+.-]{0,20}:\/\//i.exec(text)?.[0];
  if (scheme !== undefined) return { reason: "starts with a scheme", meant: text.slice(scheme.length) };
  if (/\s/.test(text)) return { reason: "has white space in it", meant: text.trim() };
  if (/^[a-f0-9]{64}$/.test(text)) return { reason: "is the id of an image, which no registry knows" };
  const [named = "", ...digests] = text.split("@");
  const [only] = digests;
  if (digests.length > 1) return { reason: "has more than one @" };
  if (only !== undefined && !isDigest(only)) return { reason: "has a digest in the wrong form, such as @sha256:…" };
  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  const name = colon === -1 ? named : named.slice(0, colon);
  const error = nameError(name, named.slice(name.length));
  if (error !== undefined) return error;
  if (colon === -1) return undefined;
  if (colon === named.length - 1) return { reason: "has nothing after its colon, where its tag stands", meant: name };
  return tag.test(named.slice(colon + 1)) ? undefined : { reason: "has a tag in the wrong form" };
}

function nameError(name: string, rest: string): ImageError | undefined {
  const slash = name.indexOf("/");
  const first = slash === -1 ? "" : name.slice(0, slash);
  const isDomain = /[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase();
  const path = isDomain ? name.slice(slash + 1) : name;
  if (path === "") return { reason: isDomain ? "has no name after its registry" : "has no name" };
  if (isDomain && !domain.test(first)) return { reason: "has a registry in the wrong form" };
  if (path !== path.toLowerCase()) {
    const registry = isDomain ? `${first}/` : "";
    return { reason: "has capital letters in its name", meant: `${registry}${path.toLowerCase()}${rest}` };
  }
  if (path.length > longestName) return { reason: `has a name of more than ${longestName} characters` };
  return path.split("/").every((part) => component.test(part)) ? undefined : { reason: "has a name in the wrong form" };
}

function isDigest(text: string): boolean {
  const [algorithm = "", value = ""] = text.split(":");
  const wanted = digits[algorithm];
  return digest.test(text) && (wanted === undefined || (value.length === wanted && value === value.toLowerCase()));
}
