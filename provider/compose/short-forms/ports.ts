import { isIP } from "node:net";

/** A port in its long form, with the names of the Compose Specification. */
export interface LongPort {
  readonly mode: "ingress";
  readonly host_ip?: string;
  readonly target: number;
  readonly published?: string;
  readonly protocol: string;
}

/**
 * The ports that `[HOST_IP:][PUBLISHED:]TARGET[/PROTOCOL]` stands for: a range is several. `undefined` when the text is
 * in another form, or holds variables.
 */
export function readPort(text: string): LongPort[] | undefined {
  const parts = text.split(":");
  const [target = "", protocol = "", ...rest] = (parts.pop() ?? "").split("/");
  const published = parts.pop() ?? "";
  const address = parts.join(":").replace(/^\[(.*)\]$/, "$1");
  const known = /^(tcp|udp|sctp|)$/i.test(protocol);
  const targets = rangeOf(target);
  if (rest.length > 0 || !known || targets === undefined || (address !== "" && isIP(address) === 0)) return undefined;
  const range = published === "" ? undefined : rangeOf(published);
  if (published !== "" && range === undefined) return undefined;
  const [wanted, offered] = [targets.last - targets.first, range === undefined ? 0 : range.last - range.first];
  if (range !== undefined && wanted !== offered && wanted > 0) return undefined;
  const ports: LongPort[] = [];
  for (let index = 0; index <= wanted; index += 1) {
    // One target on a range of ports takes any free one.
    const any = wanted === 0 && offered > 0 ? `${range?.first}-${range?.last}` : undefined;
    ports.push({
      mode: "ingress",
      ...(address === "" ? {} : { host_ip: address }),
      target: targets.first + index,
      ...(range === undefined ? {} : { published: any ?? String(range.first + index) }),
      protocol: protocol.toLowerCase() || "tcp",
    });
  }
  return ports;
}

/** A port or a range of ports, `undefined` for anything else. */
export function rangeOf(text: string): { readonly first: number; readonly last: number } | undefined {
  const [, from, to] = /^([0-9]{1,5})(?:-([0-9]{1,5}))?$/.exec(text) ?? [];
  if (from === undefined) return undefined;
  const [first, last] = [Number(from), Number(to ?? from)];
  return first <= last && last <= 65_535 ? { first, last } : undefined;
}
