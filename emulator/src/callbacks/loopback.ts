import { BlockList, isIP } from "node:net";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** A callback URL, read: one of this machine that may be called, or why it is not called. */
export type ReadCallback =
  | { readonly kind: "call"; readonly url: URL }
  | { readonly kind: "leave"; readonly shown: string; readonly reason: string };

/**
 * Reads one callback URL. Only this machine is ever called: a text that is tried out here must not reach a real service.
 * What is shown of a URL is its origin, since path and query may hold a secret.
 */
export function readCallback(text: string): ReadCallback {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return { kind: "leave", shown: "a callback", reason: "it is not a valid URL" };
  const shown = url.origin === "null" ? url.protocol : url.origin;
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return { kind: "leave", shown, reason: "only http and https are called" };
  }
  if (url.username !== "" || url.password !== "") {
    return { kind: "leave", shown, reason: "a URL with a user name or password is not called" };
  }
  if (!isLoopback(url.hostname)) return { kind: "leave", shown, reason: "only this machine is called" };
  return { kind: "call", url };
}

function isLoopback(hostname: string): boolean {
  if (hostname === "localhost") return true;
  const address = hostname.replace(/^\[|\]$/g, "");
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 6 ? "ipv6" : "ipv4");
}
