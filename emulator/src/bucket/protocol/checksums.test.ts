import { CHECKSUM_NAMES, checkForm, checksumOf } from "./checksums";

// The checksums of the digits from 1 to 9, from the public catalogues of these algorithms, and those of nothing.
test.each([
  ["crc32", "y/Q5Jg==", "AAAAAA=="],
  ["crc32c", "4waSgw==", "AAAAAA=="],
  ["crc64nvme", "rosUhgp5mIg=", "AAAAAAAAAAA="],
  ["sha1", "98O8HYCOBHMq32eZZczDTKeuNEE=", "2jmj7l5rSw0yVb/vlWAYkK/YBwk="],
  ["sha256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="],
])("the checksum %s of bytes in pieces, and of none", (name, value, ofNothing) => {
  for (const pieces of [["123456789"], ["1", "23456789"], ["1234", "", "56789"]]) {
    const checksum = checksumOf(name);
    for (const piece of pieces) checksum?.update(Buffer.from(piece));
    expect(checksum?.result()).toBe(value);
  }
  expect(checksumOf(name)?.result()).toBe(ofNothing);
  for (const sum of [value, ofNothing]) expect(() => checkForm(name, sum)).not.toThrow();
  for (const wrong of [value.slice(1), `${value}A`, value.replace(/.$/, "?")]) {
    expect(() => checkForm(name, wrong)).toThrow(expect.objectContaining({ code: "InvalidRequest" }));
  }
});

test("each byte has its own checksum of each kind, and no other kind is known", () => {
  for (const name of CHECKSUM_NAMES) {
    const sums = Array.from({ length: 256 }, (_, byte) => {
      const checksum = checksumOf(name);
      checksum?.update(Buffer.from([byte]));
      return checksum?.result();
    });
    expect(new Set(sums).size).toBe(256);
  }
  expect([checksumOf("md5"), checksumOf("toString")]).toEqual([undefined, undefined]);
});
