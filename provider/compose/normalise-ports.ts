import { type ComposeMapping, type ComposeValue, isMapping, isSequence, mappingFrom } from "./model";
import { readShortPort, shortForm, writtenOut } from "./short-forms";

/**
 * The widest range of ports that is written out port by port. This and the numbers below are a part of the canonical
 * form, which is recorded: another one starts the runs of all documents with such ranges again.
 */
const widest = 100;
/** A range of so many ports is written out however many ranges there are. */
const narrow = 12;
/**
 * The ports of wider ranges that are written out in one document. A range takes ten characters, and each of its ports a
 * hundred: with more, printing a small text would take more than eight times as long as printing a plain one.
 */
const mostInAll = 500;

/** The widest range of ports that is written out in this model: when there are too many of them, wide ones stay ranges. */
export function widestPortRange(model: ComposeMapping): number {
  let left = mostInAll;
  for (const service of isMapping(model.services) ? Object.values(model.services) : []) {
    const ports = isMapping(service) ? service.ports : undefined;
    for (const item of isSequence(ports) ? ports : []) {
      const port = typeof item === "string" && item.includes("-") ? readShortPort(item) : "";
      const count = typeof port === "string" ? 1 : port.count;
      if (count > narrow && count <= widest) left -= count;
      if (left < 0) return narrow;
    }
  }
  return widest;
}

/** A list of ports in the long form, but for ranges of more ports than `widestRange`: those stay ranges, in one spelling. */
export function portsForm(value: ComposeValue, widestRange: number): ComposeValue {
  if (!isSequence(value)) return value;
  return value.flatMap((item) => {
    if (typeof item !== "string" && typeof item !== "number") return [longForm(item)];
    const port = readShortPort(String(item));
    if (typeof port === "string") return [item];
    return port.count > widestRange
      ? [shortForm(port)]
      : writtenOut(port).map((long) => mappingFrom(Object.entries(long)));
  });
}

function longForm(item: ComposeValue): ComposeValue {
  if (!isMapping(item)) return item;
  const { published } = item;
  const defaults = [["mode", "ingress"] as const, ["protocol", "tcp"] as const];
  const text = typeof published === "number" ? [["published", String(published)] as const] : [];
  return mappingFrom([...defaults, ...Object.entries(item), ...text]);
}
