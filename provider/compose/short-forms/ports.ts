import { isIP } from "node:net";

/** A port in its long form, with the names of the Compose Specification. */
export interface LongPort {
  readonly mode: "ingress";
  readonly host_ip?: string;
  readonly target: number;
  readonly published?: string;
  readonly protocol: string;
}

/** First and last port of a range; equal for a single port. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** `[HOST_IP:][PUBLISHED:]TARGET[/PROTOCOL]` in its parts. A range is not written out: it may be 65 535 ports. */
export interface ShortPort {
  /** Empty for every address. */
  readonly address: string;
  readonly targets: PortRange;
  readonly published?: PortRange;
  readonly protocol: string;
  /** How many ports it stands for. */
  readonly count: number;
}

/** The parts of a port in short syntax; `undefined` when the text is in another form, or holds variables. */
export function readShortPort(text: string): ShortPort | undefined {
  if (text.length > longestPort) return undefined;
  const parts = text.split(":");
  const [target = "", protocol = "", ...rest] = (parts.pop() ?? "").split("/");
  const written = parts.pop() ?? "";
  const address = parts.join(":").replace(/^\[(.*)\]$/, "$1");
  const known = /^(tcp|udp|sctp|)$/i.test(protocol);
  const targets = rangeOf(target);
  if (rest.length > 0 || !known || targets === undefined || (address !== "" && isIP(address) === 0)) return undefined;
  const published = written === "" ? undefined : rangeOf(written);
  if (written !== "" && published === undefined) return undefined;
  const count = targets.last - targets.first + 1;
  if (published !== undefined && count > 1 && published.last - published.first + 1 !== count) return undefined;
  return {
    address,
    targets,
    ...(published === undefined ? {} : { published }),
    protocol: protocol.toLowerCase() || "tcp",
    count,
  };
}

/** The ports that a short syntax stands for, each by itself. */
export function writtenOut({ address, targets, published, protocol, count }: ShortPort): LongPort[] {
  // One target on a range of ports takes any free one.
  const any = count === 1 && published !== undefined && published.last > published.first;
  return Array.from({ length: count }, (_, index) => ({
    mode: "ingress",
    ...(address === "" ? {} : { host_ip: address }),
    target: targets.first + index,
    ...(published === undefined
      ? {}
      : { published: any ? `${published.first}-${published.last}` : String(published.first + index) }),
    protocol,
  }));
}

/** A range in short syntax, in one spelling. */
export function shortForm({ address, targets, published, protocol }: ShortPort): string {
  const spelled = ({ first, last }: PortRange) => (first === last ? `${first}` : `${first}-${last}`);
  const host = address === "" ? "" : `${address.includes(":") ? `[${address}]` : address}:`;
  const outside = published === undefined ? (host === "" ? "" : ":") : `${spelled(published)}:`;
  return `${host}${outside}${spelled(targets)}/${protocol}`;
}

/** Longer is no address and two ranges. */
const longestPort = 200;

/** A port or a range of ports, `undefined` for anything else. */
export function rangeOf(text: string): PortRange | undefined {
  const [, from, to] = /^([0-9]{1,5})(?:-([0-9]{1,5}))?$/.exec(text) ?? [];
  if (from === undefined) return undefined;
  const [first, last] = [Number(from), Number(to ?? from)];
  return first <= last && last <= 65_535 ? { first, last } : undefined;
}
