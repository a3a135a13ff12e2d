// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { isOfNames, isPasswordHash, isPath, isReference } from "./references";

test.each([
  ["/run/secrets/db", true],
  ["./app.yaml", true],
  ["conf/app.yaml", true],
  ["/kq82htz91", true],
  ["/Kq82hTz91", false],
  ["/a/Kq82hTz91", true],
  ["/a/Kq82hTz91Lw9Xv4T", false],
  ["/a/Kq82hTz91Lw9Xv4", true],
  ["/a/kq82htz91lw9xv4t", true],
  ["word", false],
])("whether %s has the form of a path: %s", (value, expected) => expect(isPath(value)).toBe(expected));

test.each([
  ["a_name", true],
  ["MainClass2", true],
  ["a_q8zk2lw9x", false],
  ["name'q8zk2lw9x", true],
])("whether the words of %s are those of names: %s", (value, expected) => expect(isOfNames(value)).toBe(expected));

test.each([
  ["${PASSWORD}", true, true],
  ["/etc/app/key.pem", true, true],
  ["/q8zk2lw9x", true, false],
  ["./q8zk2lw9x", true, false],
  ["/password", true, false],
  ["*anchor", true, true],
  ["*Qx9Kd82jf", false, false],
  ["vault:db", false, true],
  ["vault:db", true, false],
  ["hunter2", false, false],
])("whether %s, of which it is %s that it looks random, refers to a secret: %s", (value, looksRandom, expected) => {
  expect(isReference(value, looksRandom)).toBe(expected);
});

test.each([
  ["$2y$10$eImiTXuWVxfM37uY4JANjQ", true],
  ["{SSHA}W6ph5Mm5Pz8G", true],
  ["$ecret9Pa!", false],
])("whether %s is the hash of a password: %s", (value, expected) => expect(isPasswordHash(value)).toBe(expected));
