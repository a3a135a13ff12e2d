import { parseDocument } from "yaml";
import { composeValues, PlainScalar, plainValues, TaggedValue } from "./compose-values";
import { asList, asMapping, isSet, locationsOf, without } from "./model";
import { isOfBucket, refuseVolumeMount } from "./volume-mounts";

test("values are checked without their spellings and tags", () => {
  const values = composeValues(parseDocument("a: 0440\nb: !override [1.10, x]\nc: !reset [y]\nd: '07'\n"));
  expect(asMapping(values).a).toBeInstanceOf(PlainScalar);
  expect(asMapping(values).b).toBeInstanceOf(TaggedValue);
  expect(plainValues(values)).toEqual({ a: 440, b: [1.1, "x"], c: null, d: "07" });
  expect([plainValues(null), plainValues("x"), plainValues([1])]).toEqual([null, "x", [1]]);
});

const FOLDER = expect.stringContaining("a folder of your machine does not reach the service");
const SOCKET = "the docker socket is the whole machine";
test.each<[string, unknown, unknown, unknown]>([
  ["a named volume", "data:/data", undefined, undefined],
  ["an anonymous volume", "/data", undefined, undefined],
  ["a path of Windows alone, which is an anonymous volume", "c:\\data", undefined, undefined],
  ["a folder of Windows", "c:\\data:/data", FOLDER, FOLDER],
  ["a folder of this project", "./data:/data", FOLDER, FOLDER],
  ["a folder of the home", "~/data:/data", FOLDER, FOLDER],
  ["the bucket", "/mnt/s3/a:/data", FOLDER, undefined],
  ["a way out of the bucket", "/mnt/s3/../a:/data", FOLDER, FOLDER],
  ["the socket of Docker", "/var/run/docker.sock:/s", SOCKET, SOCKET],
  ["the socket in the long form", { type: "bind", source: "/run/docker.sock" }, SOCKET, SOCKET],
  ["a folder in the long form", { type: "bind", source: "data" }, FOLDER, FOLDER],
  ["a folder without a path", { type: "bind" }, FOLDER, FOLDER],
  ["the bucket in the long form", { type: "bind", source: "/mnt/s3" }, FOLDER, undefined],
  ["the bucket as a volume", { type: "volume", source: "/mnt/s3" }, FOLDER, FOLDER],
  ["a volume in the long form", { type: "volume", source: "data" }, undefined, undefined],
  ["a mount without a type", { source: "./a" }, FOLDER, FOLDER],
  ["a mount in memory", { type: "tmpfs" }, undefined, undefined],
  ["a pipe", { type: "npipe" }, 'a mount of type "npipe" is not there; use a volume or tmpfs', expect.any(String)],
  ["no mount", 7, undefined, undefined],
])("a service mounts %s, without and with the bucket", (_what, mount, without_, with_) => {
  expect([refuseVolumeMount(mount, false), refuseVolumeMount(mount, true)]).toEqual([without_, with_]);
});

test.each([
  ["/mnt/s3", true],
  ["/mnt/s3/", true],
  ["/mnt//s3/a", true],
  ["/mnt/s3/..", false],
  ["/mnt/s3x", false],
  [undefined, false],
])("whether %p is in the bucket: %s", (source, expected) => expect(isOfBucket(source)).toBe(expected));

test("an absent, empty or false value sets nothing", () => {
  expect([undefined, null, false, "", [], {}].map(isSet)).toEqual(Array(6).fill(false));
  expect([0, true, "a", [null], { a: null }].map(isSet)).toEqual(Array(5).fill(true));
});

test("the values at a place of a model are found with their paths", () => {
  const model = { services: { a: { volumes: ["x", { source: "y" }] }, b: {}, c: "z" } };
  expect(locationsOf(model, "services.*.volumes.*")).toEqual([
    { path: "services.a.volumes[0]", value: "x" },
    { path: "services.a.volumes[1]", value: { source: "y" } },
  ]);
  expect(locationsOf(model, "services.*.volumes.*.source")).toEqual([
    { path: "services.a.volumes[1].source", value: "y" },
  ]);
  expect([locationsOf(model, "toString"), locationsOf([1], "a"), locationsOf(undefined, "*")]).toEqual([[], [], []]);
  expect([without({ a: 1, b: 2, c: undefined }, ["a"]), asList("x"), asList([1])]).toEqual([{ b: 2 }, [], [1]]);
});
