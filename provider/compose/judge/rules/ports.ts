import { isIP } from "node:net";
import { printableKey } from "../../path";
import { rangeOf } from "../../short-forms/ports";
import type { JudgeContext } from "../context";
import { child, has, type Place, select, textAt } from "../place";
import { hasVariables } from "../variables";

/** A published port or range of ports. */
interface Published {
  readonly address: string;
  readonly first: number;
  readonly last: number;
  /** The port of the container that the first one leads to. */
  readonly target: number;
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

/** The form of ports, and ports that are published twice: by two services, or for two targets of one. */
export function judgePorts(context: JudgeContext): void {
  const budget = { left: mostPorts };
  const claims = new Claims(budget);
  for (const { name, place: service } of context.services) {
    // Services of different profiles may never meet.
    const own = has(service, "profiles") ? new Claims(budget) : claims;
    for (const place of select(service, "ports.[]")) {
      const read = readPortAt(context, place);
      if (read === undefined) continue;
      const taken = own.claim(name, read);
      if (taken === undefined) continue;
      if (taken.owner === name) {
        context.addAt(
          "LYC2211",
          place,
          `publishes port ${taken.port}, which this service publishes for another target`,
        );
        continue;
      }
      const owner = `services.${printableKey(taken.owner)}`;
      context.addAt("LYC2211", place, `publishes port ${taken.port}, which ${owner} publishes`);
    }
  }
}

function readPortAt(context: JudgeContext, place: Place): Published | undefined {
  return place.node.kind === "mapping" ? readLong(context, place) : readShort(context, place);
}

/** More ports nobody publishes: beyond so many nothing is remembered. */
const mostPorts = 50_000;

/** A port of a container that publishes another one. */
interface Holder {
  readonly owner: string;
  readonly target: number;
}

/** Who publishes one port. Of many holders two are enough: one of them is another than who asks. */
interface Holders {
  /** Whatever the address. */
  readonly all: Holder[];
  /** On every address. */
  readonly everywhere: Holder[];
  readonly at: Map<string, Holder>;
}

/** Ports by those who publish them. */
class Claims {
  private readonly holders = new Map<string, Holders>();

  /** @param budget how many ports are still remembered, of all services together */
  constructor(private readonly budget: { left: number }) {}

  /** Takes the ports for an owner, up to the first that another service, or another target of this one, has. */
  claim(
    owner: string,
    { address, first, last, target, protocol }: Published,
  ): { owner: string; port: number } | undefined {
    for (let port = first; port <= last && this.budget.left > 0; port += 1) {
      this.budget.left -= 1;
      const key = `${port}/${protocol}`;
      const known = this.holders.get(key);
      const holders = known ?? { all: [], everywhere: [], at: new Map() };
      if (known === undefined) this.holders.set(key, holders);
      const holder = { owner, target: target + port - first };
      const there = holders.at.get(address);
      const rivals = isAny(address) ? holders.all : [...holders.everywhere, ...(there === undefined ? [] : [there])];
      const rival = rivals.find((found) => !isSame(found, holder));
      if (rival !== undefined) return { owner: rival.owner, port };
      for (const list of isAny(address) ? [holders.all, holders.everywhere] : [holders.all]) {
        if (list.length < 2 && !list.some((found) => isSame(found, holder))) list.push(holder);
      }
      holders.at.set(address, holder);
    }
    return undefined;
  }
}

function isSame(one: Holder, other: Holder): boolean {
  return one.owner === other.owner && one.target === other.target;
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
  return wanted === offered
    ? { address, ...range, target: targets.first, protocol: protocol.toLowerCase() || "tcp" }
    : undefined;
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
  return range !== undefined && range.first === range.last
    ? { address, ...range, target: Number(target), protocol }
    : undefined;
}
