import { formatPath } from "../../diagnostics/position";
import { isAddress, meantPort, NO_TARGET, type PortRange, rangeOf, readShortPort } from "../../short-forms";
import { isFloat, misspelling } from "../../yaml/structure";
import type { ValidationContext } from "../context";
import { child, has, hasVariables, type Location, select, textAt } from "../location";
import { writeMeant } from "../remedies";

/** A published port, or a range of published ports. */
interface Published extends PortRange {
  readonly address: string;
  /** The container port of the first published port. */
  readonly target: number;
  readonly protocol: string;
}

/** Checks the syntax and the numbers of ports. */
export function validatePortForms(context: ValidationContext): void {
  for (const location of context.inWorkloads("ports.[]")) readPortAt(context, location);
}

/** Checks ports in short syntax, and the target of ports in long syntax. */
export function validateShortPorts(context: ValidationContext): void {
  for (const location of context.inWorkloads("ports.[]")) {
    if (location.node.kind === "mapping") validateTarget(context, location);
    else readShort(context, location);
  }
}

function validateTarget(context: ValidationContext, location: Location): void {
  if (!has(location, "target")) {
    context.addAt("LYC2210", location, "needs a `target`", { explainedBy: misspelling(location.node, ["target"]) });
  }
}

/**
 * Checks ports, and reports a port that is published twice: by two services, or for two container ports of one service.
 */
export function validatePorts(context: ValidationContext): void {
  const budget = { left: MOST_COMPARISONS };
  const claims = new Claims(budget);
  for (const { name, section, location: service } of context.workloads) {
    // A job, or a service with profiles, may run without the other services. Its ports are compared only with each
    // other.
    const own = section === "jobs" || has(service, "profiles") ? new Claims(budget) : claims;
    for (const location of select(service, "ports.[]")) {
      const read = readPortAt(context, location);
      if (read === undefined) continue;
      const taken = own.claim(name, read);
      if (taken === undefined) continue;
      const { owner, port } = taken;
      const who =
        owner === name ? "this service publishes for another target" : `${formatPath(["services", owner])} publishes`;
      context.addAt("LYC2211", location, `publishes port ${port}, which ${who}`);
    }
  }
}

function readPortAt(context: ValidationContext, location: Location): Published | undefined {
  return location.node.kind === "mapping" ? readLong(context, location) : readShort(context, location);
}

/** The error for a port with a point or an exponent. Compose does not accept such numbers, even if they are whole. */
const NO_WHOLE_NUMBER = "is a number with a point or an exponent";

/** The largest number of comparisons with ranges in one document. Ordinary projects need only a few. */
const MOST_COMPARISONS = 200_000;

/** A container port, and the service that publishes it. */
interface Holder {
  readonly owner: string;
  readonly target: number;
}

/**
 * The container ports that are published as one port of the host. Each list keeps only its first two different items,
 * because two are enough to find a conflict: any further container port differs from at least one of them.
 */
interface Holders {
  readonly port: number;
  readonly protocol: string;
  /** All container ports that are published as this port. */
  readonly all: Holder[];
  /** The container ports that are published on all addresses of the host. */
  readonly everywhere: Holder[];
  /**
   * For each address of the host, the container port that is published on it. `claim` refuses a second one for an
   * address.
   */
  readonly at: Map<string, Holder>;
}

/** A published port, and the service that publishes this port. */
interface Taken {
  readonly owner: string;
  readonly port: number;
}

/** Records which services publish which ports. A range is not split, because it may have 65 535 ports. */
class Claims {
  private readonly singles = new Map<string, Holders>();
  private readonly ranges: (Published & { readonly owner: string })[] = [];

  /** @param budget the number of comparisons that are left */
  constructor(private readonly budget: { left: number }) {}

  /**
   * Records the published ports of a service. If one of the ports is already published for another service or another
   * container port, records nothing and returns this port.
   */
  claim(owner: string, wanted: Published): Taken | undefined {
    const taken = this.takenInRanges(owner, wanted) ?? this.takenBySingles(owner, wanted);
    if (taken !== undefined) return taken;
    if (wanted.first < wanted.last) this.ranges.push({ ...wanted, owner });
    else this.addSingle({ owner, target: wanted.target }, wanted);
    return undefined;
  }

  private takenInRanges(owner: string, wanted: Published): Taken | undefined {
    for (const range of this.ranges) {
      if (this.budget.left-- <= 0) return undefined;
      const port = Math.max(range.first, wanted.first);
      const meets = port <= Math.min(range.last, wanted.last) && range.protocol === wanted.protocol;
      const isOwn = range.owner === owner && range.target - range.first === wanted.target - wanted.first;
      if (!meets || isOwn || !(isAny(range.address) || isAny(wanted.address) || range.address === wanted.address))
        continue;
      return { owner: range.owner, port };
    }
    return undefined;
  }

  private takenBySingles(owner: string, wanted: Published): Taken | undefined {
    const { address, first, last, target, protocol } = wanted;
    for (const { port, all, everywhere, at, ...found } of this.singlesIn(wanted)) {
      if (port < first || port > last || found.protocol !== protocol) continue;
      const there = at.get(address);
      const rivals = isAny(address) ? all : [...everywhere, ...(there === undefined ? [] : [there])];
      const rival = rivals.find((one) => !isSame(one, { owner, target: target + port - first }));
      if (rival !== undefined) return { owner: rival.owner, port };
    }
    return undefined;
  }

  private singlesIn({ first, last, protocol }: Published): Iterable<Holders> {
    if (first === last) {
      const found = this.singles.get(`${first}/${protocol}`);
      return found === undefined ? [] : [found];
    }
    this.budget.left -= this.singles.size;
    return this.budget.left > 0 ? this.singles.values() : [];
  }

  private addSingle(holder: Holder, { address, first, protocol }: Published): void {
    const key = `${first}/${protocol}`;
    const holders = this.singles.get(key) ?? { port: first, protocol, all: [], everywhere: [], at: new Map() };
    this.singles.set(key, holders);
    for (const list of isAny(address) ? [holders.all, holders.everywhere] : [holders.all]) {
      if (list.length < 2 && !list.some((found) => isSame(found, holder))) list.push(holder);
    }
    holders.at.set(address, holder);
  }
}

function isSame(one: Holder, other: Holder): boolean {
  return one.owner === other.owner && one.target === other.target;
}

function isAny(address: string): boolean {
  return address === "" || address === "0.0.0.0" || address === "::";
}

function readShort(context: ValidationContext, location: Location): Published | undefined {
  const text = textAt(location);
  if (text === undefined || hasVariables(text)) return undefined;
  const read = isFloat(location.node) ? NO_WHOLE_NUMBER : readShortPort(text);
  const port = typeof read !== "string" && read.targets.first === 0 ? NO_TARGET : read;
  if (typeof port === "string") {
    context.addAt("LYC2210", location, port, writeMeant(meantPort(text)));
    return undefined;
  }
  const { address, targets, published, protocol } = port;
  // For one target port with a range of published ports, Compose chooses any free port of the range. So it is not known
  // which port is published.
  return published !== undefined && published.last - published.first === targets.last - targets.first
    ? { address, ...published, target: targets.first, protocol }
    : undefined;
}

function readLong(context: ValidationContext, location: Location): Published | undefined {
  const texts = ["host_ip", "published", "target"].map((key) => textAt(child(location, key)) ?? "");
  const [address = "", published = "", target = ""] = texts;
  if (texts.some(hasVariables)) return undefined;
  const at = (key: string) => child(location, key) ?? location;
  validateTarget(context, location);
  if (child(location, "host_ip") !== undefined && !isAddress(address)) {
    context.addAt("LYC2210", at("host_ip"), "must be an IP address");
  }
  if (/^[0-9]+$/.test(target) && rangeOf(target) === undefined) {
    context.addAt("LYC2210", at("target"), "must be a port from 1 to 65535");
  }
  if (published === "") return undefined;
  const range = rangeOf(published);
  if (range === undefined) context.addAt("LYC2210", at("published"), "must be a port or a range of ports (1 to 65535)");
  const protocol = textAt(child(location, "protocol")) ?? "tcp";
  return range !== undefined && range.first === range.last
    ? { address, ...range, target: Number(target), protocol }
    : undefined;
}
