import { defaultPrefix, mountPathOf, mountsFolder } from "./prefix";

const urnOf = (name: string, types = "lyceum:index:StoredFiles") => `urn:pulumi:dev::shop::${types}::${name}`;
const LONG = "a".repeat(100);

test.each([
  ["a plain name", urnOf("data_1.x-Y"), /^shop\/dev\/data_1\.x-Y\/$/],
  ["a name of 100 characters", urnOf(LONG), new RegExp(`^shop/dev/${LONG}/$`)],
  ["a longer name", urnOf(`${LONG}b`), new RegExp(`^shop/dev/${LONG}-[0-9a-f]{8}/$`)],
  ["a name with other characters", urnOf("my data"), /^shop\/dev\/my-data-[0-9a-f]{8}\/$/],
  ["a name of dots only, which would lead to a folder above", urnOf(".."), /^shop\/dev\/\.\.-[0-9a-f]{8}\/$/],
  ["a resource in a component", urnOf("data", "a:b:C$lyceum:index:StoredFiles"), /^shop\/dev\/data-[0-9a-f]{8}\/$/],
  ["no URN", "", /^files\/$/],
])("the default folder of %s", (_name, urn, expected) => {
  expect(defaultPrefix(urn)).toMatch(expected);
});

test("two names that differ only in characters that a path cannot contain have two folders", () => {
  expect(defaultPrefix(urnOf("my data"))).not.toBe(defaultPrefix(urnOf("my/data")));
});

test("the folder of mounted files is that of the resource, with a part of a digest", () => {
  expect(mountsFolder(urnOf("train"), "1f2e")).toBe("pulumi-lyceum/shop/dev/train-1f2e/");
});

test.each([
  ["/mnt/s3", "p/", undefined, "/mnt/s3/p"],
  ["/mnt/s3/", "p/", "a.txt", "/mnt/s3/p/a.txt"],
])("runs see in %s the folder %s and the file %s at %s", (mount, prefix, file, expected) => {
  expect(mountPathOf(mount, prefix, file)).toBe(expected);
});
