import { isIP } from "node:net";
import fc from "fast-check";
import { isAddress } from "./addresses";

const group = fc.constantFrom("0", "1", "ff", "FFFF", "abcde", "g", "", "1.2.3.4", "256", "01");
const address = fc.oneof(
  fc.array(group, { maxLength: 9 }).map((groups) => groups.join(":")),
  fc.array(fc.constantFrom("0", "1", "255", "256", "01", "", "a"), { maxLength: 5 }).map((bytes) => bytes.join(".")),
  fc.ipV4(),
  fc.ipV6(),
);

it("knows the addresses that Node knows, without a zone", () => {
  fc.assert(
    fc.property(address, (text) => {
      expect([text, isAddress(text)]).toEqual([text, isIP(text) !== 0]);
    }),
    { numRuns: 2000 },
  );
});

it.each([
  ["::", true],
  ["::1", true],
  ["::ffff:1.2.3.4", true],
  ["1:2:3:4:5:6:7::", true],
  ["1:2:3:4:5:6:7:8", true],
  ["1:2:3:4:5:6:1.2.3.4", true],
  ["1:2:3:4:5:6:7:1.2.3.4", false],
  ["1:2:3:4:5:1.2.3.4", false],
  ["1:2:3:4:5:6:7:8::", false],
  ["::g:1.2.3.4", false],
  ["1::2::3", false],
  [":1:2:3:4:5:6:7", false],
  ["1.2.3.4::", false],
  ["fe80::1%eth0", false],
  ["1:2:3:4:5:6:7:8:9", false],
  ["", false],
])("%s: %s", (text, expected) => expect(isAddress(text)).toBe(expected));
