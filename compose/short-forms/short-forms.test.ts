import {
  canonicalDuration,
  canonicalSize,
  isDuration,
  isSize,
  readShortPort,
  readVolume,
  shortForm,
  splitWords,
  writtenOut,
} from ".";

it.each([
  ["80", [{ mode: "ingress", target: 80, protocol: "tcp" }]],
  ["8080:80/UDP", [{ mode: "ingress", target: 80, published: "8080", protocol: "udp" }]],
  [
    "[::1]:1-2:3-4",
    [1, 2].map((n) => ({ mode: "ingress", host_ip: "::1", target: n + 2, published: `${n}`, protocol: "tcp" })),
  ],
  ["127.0.0.1::80", [{ mode: "ingress", host_ip: "127.0.0.1", target: 80, protocol: "tcp" }]],
  ["80-90:80", [{ mode: "ingress", target: 80, published: "80-90", protocol: "tcp" }]],
  ["1-2:1-3", "publishes a range of another length than its target"],
  ["99999:80", "publishes what is not a port or a range of ports (1 to 65535)"],
  ["80/tcp/x", "has a protocol other than tcp, udp or sctp"],
  ["host:80:80", "starts with what is not an IP address"],
])("reads the port %s", (text, expected) => {
  const read = readShortPort(text);
  expect(typeof read === "string" ? read : writtenOut(read)).toEqual(expected);
});

it.each([
  ["[::1]:1-65535:1-65535", "[::1]:1-65535:1-65535/tcp"],
  ["127.0.0.1::1-9", "127.0.0.1::1-9/tcp"],
  ["80", "80/tcp"],
])("the range %s stays a range", (text, short) => {
  const read = readShortPort(text);
  expect(typeof read === "string" ? read : shortForm(read)).toBe(short);
  expect(readShortPort(short)).toEqual(read);
});

it("a text of very many digits is refused as an amount without reading all digits", () => {
  const digits = "1".repeat(1_000_000);
  expect([canonicalSize(`${digits}Z`), canonicalDuration(`${digits}Z`), readShortPort(digits)]).toEqual([
    undefined,
    undefined,
    "is longer than a port can be",
  ]);
});

it.each([
  ["data:/x", { type: "volume", source: "data", target: "/x", options: [] }],
  ["./a:/x:ro,z", { type: "bind", source: "./a", target: "/x", options: ["ro", "z"] }],
  ["/x", { type: "volume", source: "", target: "/x", options: [] }],
  ["my.data:/x", { type: "volume", source: "my.data", target: "/x", options: [] }],
  ["C:\\a:/x", { type: "bind", source: "C:\\a", target: "/x", options: [] }],
  ["", "is empty"],
  ["a1::b", "has an empty part between colons"],
  ["/a:/b:ro:x", "has too many colons"],
])("reads the volume %s", (text, volume) => {
  expect(readVolume(text)).toEqual(volume);
});

it.each([
  ["90s", "1m30s"],
  ["1.5h", "1h30m0s"],
  ["1500ms", "1.5s"],
  ["1us", "1µs"],
  ["-5s", "-5s"],
  ["0", "0s"],
  ["1 s", undefined],
  ["99999999999w", undefined],
  ["9223372036854775807ns", "2562047h47m16.854775807s"],
  ["9223372036854775808ns", undefined],
])("reads the duration %s", (text, duration) => {
  expect(canonicalDuration(text)).toBe(duration);
});

it.each([
  ["1k", "1024"],
  ["1.5Gb", "1610612736"],
  ["2 mib", "2097152"],
  ["10", "10"],
  ["5ib", undefined],
  ["-1m", undefined],
  ["1zb", undefined],
])("reads the size %s", (text, size) => {
  expect(canonicalSize(text)).toBe(size);
});

it.each([
  ['a \'b c\' "d\\" e" f\\ g', ["a", "b c", 'd" e', "f g"]],
  ["a; b", ["a"]],
  ["a 2>&1", ["a"]],
  ["a b>c", ["a", "b"]],
  ["a 2<b", ["a", "2"]],
  ["a \\  b", ["a", " ", "b"]],
  ["$(a", undefined],
  ["`a", undefined],
  ['"a', undefined],
  ["$(a b) `c d`", ["$(a b)", "`c d`"]],
  ["''", [""]],
  ["", []],
  ["'a", undefined],
  ["a (b)", undefined],
  ["a\\", undefined],
])("splits the command %s", (text, words) => {
  expect(splitWords(text)).toEqual(words);
});

it.each([
  [100, true, true],
  [101, true, false],
  [1000, true, false],
  [1001, false, false],
])("whether a text of %d characters is an amount: %s, and has a canonical form: %s", (length, isOne, isShort) => {
  const size = "1".padStart(length, "0");
  const duration = "1s".padStart(length, "0");
  expect([isSize(size), isDuration(duration)]).toEqual([isOne, isOne]);
  expect([canonicalSize(size), canonicalDuration(duration)]).toEqual(isShort ? ["1", "1s"] : [undefined, undefined]);
});
