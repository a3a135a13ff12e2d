import { isAddress } from "./addresses";

/** A port in long syntax, with the keys of the Compose Specification. */
export interface LongPort {
  readonly mode: "ingress";
  readonly host_ip?: string;
  readonly target: number;
  readonly published?: string;
  readonly protocol: string;
}

/** The first and the last port of a range. They are equal for a single port. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** The parts of `[HOST_IP:][PUBLISHED:]TARGET[/PROTOCOL]`. A range is not split, because it may have 65 535 ports. */
export interface ShortPort {
  /** The address on the host. Empty if the port is published on all addresses. */
  readonly address: string;
  readonly targets: PortRange;
  readonly published?: PortRange;
  readonly protocol: string;
  /** The number of target ports. */
  readonly count: number;
}

/**
 * Returns the parts of a port in short syntax, or the reason why the text is not a port. The text must not contain
 * variables.
 */
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

/** Returns a port in long syntax. A range becomes one item for each port. */
export function writtenOut({ address, targets, published, protocol, count }: ShortPort): LongPort[] {
  // For a single target port with a range of published ports, Compose chooses any free port of the range.
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

/** Returns a port in short syntax in its canonical spelling. */
export function shortForm({ address, targets, published, protocol }: ShortPort): string {
  const spelled = ({ first, last }: PortRange) => (first === last ? `${first}` : `${first}-${last}`);
  const host = address === "" ? "" : `${address.includes(":") ? `[${address}]` : address}:`;
  const outside = published === undefined ? (host === "" ? "" : ":") : `${spelled(published)}:`;
  return `${host}${outside}${spelled(targets)}/${protocol}`;
}

/** The longest text that can be a port in short syntax, in characters. */
const LONGEST_PORT = 200;

/**
 * The reason why a target port is not valid. Compose refuses the target port 0, so the validation of ports reports it
 * with this reason. `readShortPort` reads it, because models that states record may contain it.
 */
export const NO_TARGET = "has a target that is not a port or a range of ports (1 to 65535)";

/** Reads a port or a range of ports. Returns `undefined` for any other text. */
export function rangeOf(text: string): PortRange | undefined {
  const [, from, to] = /^0*([0-9]{1,5})(?:-0*([0-9]{1,5}))?$/.exec(text) ?? [];
  if (from === undefined) return undefined;
  const [first, last] = [Number(from), Number(to ?? from)];
  return first <= last && last <= 65_535 ? { first, last } : undefined;
}
