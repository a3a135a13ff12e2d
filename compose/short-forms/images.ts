/**
 * An error in an image reference. In a message, `reason` follows the path of the value. `meant` is the reference that
 * the author probably meant.
 */
export interface ImageError {
  readonly reason: string;
  readonly meant?: string;
}

/** The parts of an image reference, as Docker splits it. The parts may not be valid. */
export interface ImageReference {
  /** The registry. Absent if the reference contains no registry, which means Docker Hub. */
  readonly registry?: string;
  readonly path: string;
  /** The tag: the text after the colon that follows the path. Absent if there is no tag. */
  readonly tag?: string;
  /** The text after each `@` of the image reference. */
  readonly digests: readonly string[];
}

/**
 * Splits an image reference. The text before the first `/` is a registry if it contains `.`, `:` or a capital letter,
 * or is `localhost`.
 */
export function readImageReference(text: string): ImageReference {
  const [named = "", ...digests] = text.split("@");
  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  const name = colon === -1 ? named : named.slice(0, colon);
  const first = name.slice(0, Math.max(0, name.indexOf("/")));
  const isRegistry = /[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase();
  return {
    ...(isRegistry ? { registry: first } : {}),
    path: isRegistry ? name.slice(first.length + 1) : name,
    ...(colon === -1 ? {} : { tag: named.slice(colon + 1) }),
    digests,
  };
}

const LONGEST_NAME = 255;
/** Matches a host name, an IPv4 address, or an IPv6 address in brackets, with or without a port. */
const DOMAIN =
  /^(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?\.)*[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/;
const COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
/** The digest algorithms that Docker knows, with the number of their digits. */
const DIGITS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/**
 * Returns the reason why Docker refuses an image reference, or `undefined` if the reference is valid. The syntax is
 * `[DOMAIN[:PORT]/]NAME[:TAG][@DIGEST]`. The grammar comes from the library `distribution`, which Docker uses.
 */
export function imageError(text: string): ImageError | undefined {
  const found = errorIn(text);
  if (found?.meant === undefined) return found;
  // The suggestion is left out if it is not a valid reference.
  return errorIn(found.meant) === undefined ? found : { reason: found.reason };
}

function errorIn(text: string): ImageError | undefined {
  if (text === "") return { reason: "is empty" };
  const scheme = /^[a-z][a-z0-9+.-]{0,20}:\/\//i.exec(text)?.[0];
  if (scheme !== undefined) return { reason: "starts with a scheme", meant: text.slice(scheme.length) };
  if (/\s/.test(text)) return { reason: "has white space in it", meant: text.trim() };
  if (/^[a-f0-9]{64}$/.test(text)) return { reason: "is the id of an image, which no registry knows" };
  const reference = readImageReference(text);
  const { digests } = reference;
  const [only] = digests;
  if (digests.length > 1) return { reason: "has more than one @" };
  if (only !== undefined && !isDigest(only)) return { reason: "has a digest in the wrong form, such as @sha256:…" };
  const error = nameError(reference);
  if (error !== undefined || reference.tag === undefined) return error;
  if (reference.tag === "") {
    return {
      reason: "has nothing after its colon, where its tag stands",
      meant: withRegistry(reference, reference.path),
    };
  }
  return TAG.test(reference.tag) ? undefined : { reason: "has a tag in the wrong form" };
}

function withRegistry({ registry }: ImageReference, path: string): string {
  return registry === undefined ? path : `${registry}/${path}`;
}

function nameError(reference: ImageReference): ImageError | undefined {
  const { registry, path, tag: behind } = reference;
  if (path === "") return { reason: registry === undefined ? "has no name" : "has no name after its registry" };
  if (registry !== undefined && !DOMAIN.test(registry)) return { reason: "has a registry in the wrong form" };
  if (path !== path.toLowerCase()) {
    const rest = behind === undefined ? "" : `:${behind}`;
    return {
      reason: "has capital letters in its name",
      meant: `${withRegistry(reference, path.toLowerCase())}${rest}`,
    };
  }
  if (path.length > LONGEST_NAME) return { reason: `has a name of more than ${LONGEST_NAME} characters` };
  return path.split("/").every((part) => COMPONENT.test(part)) ? undefined : { reason: "has a name in the wrong form" };
}

function isDigest(text: string): boolean {
  const [algorithm = "", value = ""] = text.split(":");
  const wanted = DIGITS[algorithm];
  return DIGEST.test(text) && (wanted === undefined || (value.length === wanted && value === value.toLowerCase()));
}
