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

/** The parts of a port in short syntax, or why the text is not one. It may hold no variables. */
export function readShortPort(text: string): ShortPort | string {
  if (text.length > LONGEST_PORT) return "is longer than a port can be";
  const parts = text.split(":");
  const [target = "", protocol = "", ...rest] = (parts.pop() ?? "").split("/");
  const written = parts.pop() ?? "";
  const address = parts.join(":").replace(/^\[(.*)\]$/, "$1");
  if (rest.length > 0 || !/^(tcp|udp|sctp|)$/i.test(protocol)) return "has a protocol other than tcp, udp or sctp";
  if (address !== "" && !isAddress(address)) return "starts with what is not an IP address";
  const targets = rangeOf(target);
  if (targets === undefined) return NO_TARGET;
  const published = written === "" ? undefined : rangeOf(written);
  if (written !== "" && published === undefined) return "publishes what is not a port or a range of ports (1 to 65535)";
  const count = targets.last - targets.first + 1;
  if (published !== undefined && count > 1 && published.last - published.first + 1 !== count)
    return "publishes a range of another length than its target";
  return {
    address,
    targets,
    ...(published === undefined ? {} : { published }),
    protocol: protocol.toLowerCase() || "tcp",
    count,
  };
}

/**
 * Whether a text is an IP address. Compose takes none with a zone, such as `fe80::1%eth0`. `node:net` loads Node's streams
 * with it, which takes a command as long as its check of a small project: it is loaded for an address alone.
 */
export function isAddress(text: string): boolean {
  return process.getBuiltinModule("node:net").isIP(text) !== 0 && !text.includes("%");
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
const LONGEST_PORT = 200;

/** Why a target is not one. Compose refuses port 0 as well; recorded forms of refused documents hold it, so it is read. */
export const NO_TARGET = "has a target that is not a port or a range of ports (1 to 65535)";

/** A port or a range of ports, `undefined` for anything else. */
export function rangeOf(text: string): PortRange | undefined {
  const [, from, to] = /^0*([0-9]{1,5})(?:-0*([0-9]{1,5}))?$/.exec(text) ?? [];
  if (from === undefined) return undefined;
  const [first, last] = [Number(from), Number(to ?? from)];
  return first <= last && last <= 65_535 ? { first, last } : undefined;
}
