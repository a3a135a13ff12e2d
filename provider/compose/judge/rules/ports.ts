import { isIP } from "node:net";
import { printableKey } from "../../path";
import type { JudgeContext } from "../context";
import { child, has, type Place, select, textAt } from "../place";
import { hasVariables } from "../variables";

/** A published port or range of ports. */
interface Published {
  readonly address: string;
  readonly first: number;
  readonly last: number;
  readonly protocol: string;
}

/** The form of ports, and ports that two services publish. */
export function judgePorts(context: JudgeContext): void {
  const taken = new Map<string, { readonly address: string; readonly owner: string }[]>();
  for (const { name, place: service } of context.services) {
    for (const place of select(service, "ports.[]")) {
      const read = place.node.kind === "mapping" ? readLong(context, place) : readShort(context, place);
      // Services of different profiles may never meet.
      if (read === undefined || has(service, "profiles")) continue;
      claim(context, place, name, read, taken);
    }
  }
}

const mostClaims = 1_000;

function claim(
  context: JudgeContext,
  place: Place,
  owner: string,
  { address, first, last, protocol }: Published,
  taken: Map<string, { readonly address: string; readonly owner: string }[]>,
): void {
  for (let port = first; port <= Math.min(last, first + mostClaims); port += 1) {
    const key = `${port}/${protocol}`;
    const holders = taken.get(key) ?? [];
    const other = holders.find((holder) => isAny(holder.address) || isAny(address) || holder.address === address);
    if (other !== undefined && other.owner !== owner) {
      context.addAt("LYC2211", place, `publishes port ${port}, which services.${printableKey(other.owner)} publishes`);
      return;
    }
    taken.set(key, [...holders, { address, owner }]);
  }
}

function isAny(address: string): boolean {
  return address === "" || address === "0.0.0.0" || address === "::";
}

function readShort(context: JudgeContext, place: Place): Published | undefined {
  const text = textAt(place);
  if (text === undefined || hasVariables(text)) return undefined;
  const parts = text.split(":");
  const [target = "", protocol = "tcp", ...rest] = (parts.pop() ?? "").split("/");
  const published = parts.pop() ?? "";
  const address = parts.join(":").replace(/^\[(.*)\]$/, "$1");
  const fault = (words: string) => {
    context.addAt("LYC2210", place, words);
    return undefined;
  };
  if (rest.length > 0 || !/^(tcp|udp|sctp|)$/i.test(protocol))
    return fault("has a protocol other than tcp, udp or sctp");
  if (address !== "" && isIP(address) === 0) return fault("starts with what is not an IP address");
  const targets = rangeOf(target);
  if (targets === undefined || targets.first === 0)
    return fault("has a target that is not a port or a range of ports (1 to 65535)");
  if (published === "") return undefined;
  const range = rangeOf(published);
  if (range === undefined) return fault("publishes what is not a port or a range of ports (1 to 65535)");
  const [wanted, offered] = [targets.last - targets.first, range.last - range.first];
  if (wanted !== offered && wanted > 0) return fault("publishes a range of another length than its target");
  // One target on a range of ports takes any free one.
  return wanted === offered ? { address, ...range, protocol: protocol.toLowerCase() || "tcp" } : undefined;
}

function readLong(context: JudgeContext, place: Place): Published | undefined {
  const texts = ["host_ip", "published", "target"].map((key) => textAt(child(place, key)) ?? "");
  const [address = "", published = "", target = ""] = texts;
  if (texts.some(hasVariables)) return undefined;
  const at = (key: string) => child(place, key) ?? place;
  if (!has(place, "target")) context.addAt("LYC2210", place, "needs a `target`");
  if (address !== "" && isIP(address) === 0) context.addAt("LYC2210", at("host_ip"), "must be an IP address");
  if (/^[0-9]+$/.test(target) && rangeOf(target) === undefined) {
    context.addAt("LYC2210", at("target"), "must be a port from 1 to 65535");
  }
  if (published === "") return undefined;
  const range = rangeOf(published);
  if (range === undefined) context.addAt("LYC2210", at("published"), "must be a port or a range of ports (1 to 65535)");
  const protocol = textAt(child(place, "protocol")) ?? "tcp";
  return range !== undefined && range.first === range.last ? { address, ...range, protocol } : undefined;
}

function rangeOf(text: string): { first: number; last: number } | undefined {
  const [, from, to] = /^([0-9]{1,5})(?:-([0-9]{1,5}))?$/.exec(text) ?? [];
  if (from === undefined) return undefined;
  const [first, last] = [Number(from), Number(to ?? from)];
  return first <= last && last <= 65_535 ? { first, last } : undefined;
}
