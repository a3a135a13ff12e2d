/** The parts of a URN. */
export interface Urn {
  readonly stack: string;
  readonly project: string;
  /** The type of the resource. The types of its parents, which come first in a URN (`PARENT$TYPE`), are left out. */
  readonly type: string;
  /** The name of the resource, which may contain `::`. */
  readonly name: string;
}

const PREFIX = "urn:pulumi:";

/** Splits a text of the form `urn:pulumi:STACK::PROJECT::TYPE::NAME`. `undefined` for any other text. */
export function readUrn(urn: string): Urn | undefined {
  const [head = "", project, types, ...name] = urn.split("::");
  const stack = head.startsWith(PREFIX) ? head.slice(PREFIX.length) : "";
  if (stack === "" || project === undefined || types === undefined || name.length === 0) return undefined;
  return { stack, project, type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}

/** Makes the URN of a resource without a parent. */
export function urnOf({ stack, project, type, name }: Urn): string {
  return [`${PREFIX}${stack}`, project, type, name].join("::");
}

/** The name in a URN. A text that is not a URN is returned unchanged. */
export function nameOf(urn: string): string {
  return readUrn(urn)?.name || urn;
}

/** Returns the URN in a provider reference, `URN::ID`. Leaves out the id, because a replacement changes the id. */
export function providerUrn(reference: string): string {
  return reference.slice(0, Math.max(0, reference.lastIndexOf("::")));
}

/**
 * Whether a provider is the engine's default provider. The name of a default provider is `default`, sometimes with the
 * version and the address of the plugin. An empty name counts as the default provider.
 */
export function isDefaultProvider(name: string): boolean {
  return /^(default(_\d+_\d+_\d+(_.+)?|_[a-z]+_\/.+)?)?$/.test(name);
}

/** The type in a URN, without the types of the parents. Empty for a text that is not a URN. */
export function typeOf(urn: string): string {
  return readUrn(urn)?.type ?? "";
}
