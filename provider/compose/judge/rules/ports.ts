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

/** The form of ports. */
export function judgePortForms(context: JudgeContext): void {
  for (const place of select(context.root, "services.*.ports.[]")) readPortAt(context, place);
}

/** The short syntax of ports, and long ones without a target. */
export function judgeShortPorts(context: JudgeContext): void {
  for (const place of select(context.root, "services.*.ports.[]")) {
    if (place.node.kind === "mapping") judgeTarget(context, place);
    else readShort(context, place);
  }
}

function judgeTarget(context: JudgeContext, place: Place): void {
  if (!has(place, "target")) context.addAt("LYC2210", place, "needs a `target`");
}

/** The form of ports, and ports that two services publish. */
export function judgePorts(context: JudgeContext): void {
  const claims = new Claims();
  for (const { name, place: service } of context.services) {
    for (const place of select(service, "ports.[]")) {
      const read = readPortAt(context, place);
      // Services of different profiles may never meet.
      if (read === undefined || has(service, "profiles")) continue;
      const taken = claims.claim(name, read);
      if (taken === undefined) continue;
      const owner = `services.${printableKey(taken.owner)}`;
      context.addAt("LYC2211", place, `publishes port ${taken.port}, which ${owner} publishes`);
    }
  }
}

function readPortAt(context: JudgeContext, place: Place): Published | undefined {
  return place.node.kind === "mapping" ? readLong(context, place) : readShort(context, place);
}

/** Who publishes one port. Of many owners two are enough: one of them is another than who asks. */
interface Holders {
  /** Whatever the address. */
  readonly all: Set<string>;
  /** On every address. */
  readonly everywhere: Set<string>;
  readonly at: Map<string, string>;
}

/** Ports by those who publish them. Beyond its bound it remembers no more: so many ports nobody publishes. */
class Claims {
  private readonly holders = new Map<string, Holders>();
  private left = 50_000;

  /** Takes the ports for an owner, up to the first that another one has. */
  claim(owner: string, { address, first, last, protocol }: Published): { owner: string; port: number } | undefined {
    for (let port = first; port <= last && this.left > 0; port += 1) {
      this.left -= 1;
      const key = `${port}/${protocol}`;
      const known = this.holders.get(key);
      const holders = known ?? { all: new Set(), everywhere: new Set(), at: new Map() };
      if (known === undefined) this.holders.set(key, holders);
      const rivals = isAny(address) ? holders.all : [...holders.everywhere, holders.at.get(address) ?? owner];
      for (const rival of rivals) if (rival !== owner) return { owner: rival, port };
      for (const set of isAny(address) ? [holders.all, holders.everywhere] : [holders.all]) {
        if (set.size < 2) set.add(owner);
      }
      holders.at.set(address, owner);
    }
    return undefined;
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
  judgeTarget(context, place);
  if (child(place, "host_ip") !== undefined && isIP(address) === 0) {
    context.addAt("LYC2210", at("host_ip"), "must be an IP address");
  }
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
