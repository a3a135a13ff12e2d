import type { Leaf } from "../../../provider/policy/reviewed";
import { isMap, type Properties } from "../../../provider/schema";

/**
 * Masks the random ends of names in the inputs of a created or replaced resource. A provider makes another random end
 * in each preview, so without the mask, a review and a later preview would differ. For example, the name `logs-1a2b3c4`
 * of the resource `logs` becomes `logs-*******`.
 */
export function withoutRandomEnds(leaves: readonly Leaf[], inputs: Properties, name: string): readonly Leaf[] {
  return leaves.map((leaf) => (mayBeMade(leaf.path, inputs) ? withoutRandomEnd(leaf, name) : leaf));
}

/**
 * Matches the names of inputs for which a provider often makes a value. Used if the inputs do not show which values the
 * provider has made.
 */
const NAMES = /^(?:name|bucket|\w+Name)$/;

/**
 * Returns whether a provider may have chosen the value of an input, such as a random name.
 *
 * | input | the provider may have chosen the value |
 * |---|---|
 * | of a resource with `__defaults`: most providers | if `__defaults` has the name of the input |
 * | `metadata.name`: Kubernetes | if an annotation shows that the provider has chosen the name |
 * | any other | if the name of the input matches `NAMES` |
 */
function mayBeMade(path: string, { __defaults: made, metadata }: Properties): boolean {
  if (Array.isArray(made)) return made.includes(path);
  if (path !== "metadata.name") return NAMES.test(path);
  const annotations = isMap(metadata) ? metadata.annotations : undefined;
  return isMap(annotations) && annotations["pulumi.com/autonamed"] === "true";
}

function withoutRandomEnd(leaf: Leaf, name: string): Leaf {
  if (leaf.kind !== "known" || typeof leaf.value !== "string") return leaf;
  const { value } = leaf;
  const end = value.toLowerCase().startsWith(name.toLowerCase()) ? value.slice(name.length) : "";
  const [, separator, random] = /^([-_.]?)([0-9a-f]{6,8})$/i.exec(end) ?? [];
  return random === undefined ? leaf : { ...leaf, value: `${name}${separator}*******`, hasRandomEnd: true };
}
