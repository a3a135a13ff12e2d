import { failureKindOf } from "./http-result";

const coded = (code: string) => Object.assign(new Error("failed"), { code });

test.each([
  ["a connection that is refused", coded("ECONNREFUSED"), false, "unreachable"],
  ["the same, after the request was sent", coded("ECONNREFUSED"), true, "broken"],
  ["a certificate of another host", coded("HOSTNAME_MISMATCH"), false, "certificate"],
  ["a certificate that has expired", coded("CERT_HAS_EXPIRED"), false, "certificate"],
  ["a certificate that signs itself", coded("DEPTH_ZERO_SELF_SIGNED_CERT"), false, "certificate"],
  ["a code that only contains the letters", coded("CERTAIN"), false, "unreachable"],
  ["a proxy without TLS", coded("UND_ERR_PRX_TLS"), false, "proxy"],
  ["a proxy that refuses", new Error("Proxy response (407) !== 200"), false, "proxy"],
  ["a text", "Proxy response", false, "unreachable"],
  ["no cause", undefined, false, "unreachable"],
  ["a null", null, false, "unreachable"],
  ["several addresses", new AggregateError([new Error("a"), coded("CERT_HAS_EXPIRED")], ""), false, "certificate"],
  ["several addresses without a code", new AggregateError([new Error("a")], ""), false, "unreachable"],
  [
    "its own code before that of an address",
    Object.assign(coded("ECONNREFUSED"), { errors: [coded("INVALID_CA")] }),
    false,
    "unreachable",
  ],
])("the failure of %s", (_, cause, sent, kind) => expect(failureKindOf(cause, sent)).toBe(kind));
