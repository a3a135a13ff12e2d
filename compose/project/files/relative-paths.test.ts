// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { plainValue } from "../../model/model";
import { document } from "../../testing/read-marks";
import type { MappingNode } from "../nodes";
import { fromFolder, withBuildContexts, withFolderMounts } from "./relative-paths";

const root = (text: string) => document(text).root;
const of = (settings: string) => root(`services: {a: {image: i, ${settings}}}\n`);
const serviceIn = (node: Parameters<typeof plainValue>[0]) =>
  (plainValue(node) as { readonly services: { readonly a: object } }).services.a;

test.each([
  ["build: .", { build: "./d" }],
  ["build: ../e", { build: "./e" }],
  ["build: ../../e", { build: "../e" }],
  ["build: ../..", { build: ".." }],
  ["build: ../e./f", { build: "./e./f" }],
  ["build: https://x/y", { build: "https://x/y" }],
  [
    "build: {context: c, additional_contexts: {o: ./o, r: 'service:b'}}",
    { build: { context: "./d/c", additional_contexts: { o: "./d/o", r: "service:b" } } },
  ],
  ["env_file: a.env", { env_file: "./d/a.env" }],
  [
    "env_file: [a.env, {path: b.env, required: false}]",
    { env_file: ["./d/a.env", { path: "./d/b.env", required: false }] },
  ],
  ["label_file: /abs", { label_file: "/abs" }],
  ["env_file: ''", { env_file: "" }],
  ["env_file: [1]", { env_file: [1] }],
  ["extends: {file: e.yaml, service: x}", { extends: { file: "./d/e.yaml", service: "x" } }],
  [
    "develop: {watch: [{path: w, action: sync, target: /w}]}",
    { develop: { watch: [{ path: "./d/w", action: "sync", target: "/w" }] } },
  ],
  [
    "volumes: [./v:/v, name:/n, {type: bind, source: v, target: /v}]",
    { volumes: ["./d/v:/v", "name:/n", { type: "bind", source: "./d/v", target: "/v" }] },
  ],
  ["volumes: ['./v:./d/v', './w:/w:ro']", { volumes: ["./d/v:./d/v", "./d/w:/w:ro"] }],
  ["volumes: [{type: volume, source: v, target: /v}]", { volumes: [{ type: "volume", source: "v", target: "/v" }] }],
])("paths of an included file start from its folder: %s", (settings, expected) => {
  expect(serviceIn(fromFolder(of(settings), "/p/d", "/p"))).toMatchObject(expected);
});

test("paths of a file in the project folder stay the same, and a dollar sign in a folder's name is doubled", () => {
  const node = of("build: .");
  expect(fromFolder(node, "/p", "/p")).toBe(node);
  expect(serviceIn(fromFolder(node, "/p/$d", "/p"))).toMatchObject({ build: "./$$d" });
});

test.each([
  ["{driver: local, driver_opts: {o: bind, device: v}}", "./d/v"],
  ["{driver: local, driver_opts: {o: bind, device: /v}}", "/v"],
  ["{driver: local, driver_opts: {o: other, device: v}}", "v"],
  ["{driver: other, driver_opts: {o: bind, device: v}}", "v"],
])("a volume %s has the device %s", (volume, device) => {
  const node = fromFolder(root(`services: {a: {image: i}}\nvolumes: {v: ${volume}}\n`), "/p/d", "/p");
  expect(plainValue(node)).toMatchObject({ volumes: { v: { driver_opts: { device } } } });
});

test.each([
  ["/p/conf", "./conf"],
  ["/p/conf/", "./conf/"],
  ["/p", "."],
  ["/q/x", "../q/x"],
  ["/p2/x", "/p2/x"],
  ["/p/a$$b", "./a$$b"],
  ["./own", "./own"],
])("a mount of %s has the source %s", (source, expected) => {
  const node = of(`volumes: [{type: bind, source: '${source}', target: /x}]`) as MappingNode;
  const moved = withFolderMounts(node, { files: [], folder: "/p", named: "/q" });
  expect(serviceIn(moved)).toMatchObject({ volumes: [{ source: expected }] });
});

test("an included build without a context gets the folder of its file", () => {
  expect(serviceIn(withBuildContexts(of("build: {target: t}")))).toMatchObject({
    build: { target: "t", context: "." },
  });
  expect(serviceIn(withBuildContexts(of("build: {context: c}")))).toMatchObject({ build: { context: "c" } });
  expect(serviceIn(withBuildContexts(of("build: c")))).toMatchObject({ build: "c" });
});
