import type { ReshapeFault } from "./fault";

/** An answer as far as a reshape looks at it. */
interface Shaped {
  readonly status: number;
  readonly body: unknown;
  readonly contentType?: string;
}

/**
 * The operation's own answer as another service would word it. Failures and answers that are not JSON stay as they are:
 * only what a client reads after a success changes its shape.
 */
export function reshape<A extends Shaped>(answer: A, fault: ReshapeFault): A {
  if (answer.status < 200 || answer.status > 299 || answer.contentType !== undefined) return answer;
  if (fault.empty) return { ...answer, status: 204, body: "" };
  const body = rewrite(answer.body, fault);
  return { ...answer, body: fault.wrap === undefined ? body : { [fault.wrap]: body } };
}

/** Every object of the answer, at any depth: entries of lists and the answer itself name their fields alike. */
function rewrite(value: unknown, fault: ReshapeFault): unknown {
  if (Array.isArray(value)) return value.map((entry) => rewrite(entry, fault));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key]) => !fault.drop.includes(key))
    .map(([key, entry]): [string, unknown] => {
      const name = Object.hasOwn(fault.rename, key) ? (fault.rename[key] ?? key) : key;
      return [name, Object.hasOwn(fault.set, key) ? fault.set[key] : reword(key, rewrite(entry, fault), fault)];
    });
  return Object.fromEntries(entries);
}

function reword(key: string, value: unknown, { upperCase, prefix }: ReshapeFault): unknown {
  if (typeof value !== "string") return value;
  const text = upperCase.includes(key) ? value.toUpperCase() : value;
  return Object.hasOwn(prefix, key) ? `${prefix[key]}${text}` : text;
}
