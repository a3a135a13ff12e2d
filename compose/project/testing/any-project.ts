// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import fc from "fast-check";
import { Document, isAlias, visit } from "yaml";
import { resolvePlainScalar } from "../../yaml/scalar";
import type { Files } from "./bundle";

const word = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."abXY01 -_.:/#'\"\\,[]{}&*!|>%@`=$\n\té\u{1f680}"), maxLength: 8 }),
  fc.constantFrom("true", "0440", "1e3", "null", "~", "80:80", "10.0.0.1", "1m30s", "512m", "./x:/y", "data:/d", "web"),
  fc.constantFrom(..."$$ ${TAG} $TAG ${NONE:-d} ${NONE:?} ${SECRET} ${ ${TAG:+${SECRET}} oci://x/y".split(" ")),
  fc.constantFrom("", ..."compose.yaml parts/more.yaml base.yaml a.env key.txt . .. /p/a.env /etc".split(" ")),
);
const name = fc.constantFrom("a b", "", ..."web data key default x-a __proto__ 1 image services file".split(" "));

const anything = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    word,
    fc.integer(),
    // A known limit is left out: a whole number that is written with an exponent, and that JavaScript cannot represent
    // exactly. It becomes a text when it is read again.
    fc.double().filter((number) => !Number.isInteger(number) || Number.isSafeInteger(number)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(name, tie("any"), { maxKeys: 3 }),
  ),
})).any;

/** Makes a service that is usually valid. `root` is the folder of the service's files. */
const serviceIn = (root: string) =>
  fc
    .record(
      {
        command: fc.constantFrom<unknown>(["a", "$$b"], "run 'all of it'"),
        environment: fc.constantFrom<unknown>({ A: "${TAG}", B: null, C: 1 }, ["A=$SECRET", "B"]),
        labels: fc.constantFrom<unknown>({ a: true }, ["a=b"]),
        env_file: fc.constantFrom<unknown>(`${root}a.env`, [`${root}a.env`, { path: "none.env", required: false }]),
        extends: fc.constantFrom<unknown>({ file: `${root}base.yaml`, service: "base" }),
        volumes: fc.constantFrom<unknown>(["data:/d"], [{ type: "volume", source: "data", target: "/d" }]),
        networks: fc.constantFrom<unknown>(["back"], { back: { aliases: ["x"] } }),
        configs: fc.constantFrom<unknown>(["settings"], [{ source: "settings", target: "/x", mode: 288 }]),
        secrets: fc.constantFrom<unknown>(["key"], [{ source: "key", target: "x" }]),
        extra_hosts: fc.constantFrom<unknown>(["a=10.0.0.1"], { a: "10.0.0.1" }),
        profiles: fc.constantFrom(["on"], ["on", "off"]),
        deploy: fc.constantFrom<unknown>({ resources: { limits: { memory: "1g", cpus: "0.5" } } }, { labels: ["a=b"] }),
        healthcheck: fc.constantFrom<unknown>({ test: "true", interval: "1m30s" }, { disable: true }),
        build: fc.constantFrom<unknown>(".", { context: ".", args: ["A"] }),
        scale: fc.constantFrom("1", "${NONE:-2}"),
      },
      { requiredKeys: [] },
    )
    .map((settings) => ({ image: "i:${TAG}", ...settings }));
const services = (letter: string, root = "") =>
  fc
    .array(serviceIn(root), { minLength: 1, maxLength: 2 })
    .map((all) => Object.fromEntries(all.map((one, i) => [letter + i, one])));
const main = fc.record(
  {
    services: services("a"),
    include: fc.constantFrom<unknown>(["parts/more.yaml"], [{ path: ["parts/more.yaml"], env_file: "a.env" }]),
    volumes: fc.constant({ data: null }),
    networks: fc.constant({ back: { internal: true } }),
    configs: fc.constantFrom<unknown>({ settings: { file: "key.txt" } }, { settings: { content: "a ${TAG} $$" } }),
    secrets: fc.constantFrom<unknown>({ key: { file: "key.txt" } }, { key: { environment: "SECRET" } }),
    "x-any": anything,
  },
  { requiredKeys: ["services", "volumes", "networks", "configs", "secrets"] },
);

/** A random change of a document: another value at a path, under the same key or another key. */
interface Change {
  readonly at: number;
  readonly value: unknown;
  readonly key?: string | undefined;
}
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(200),
  value: anything,
  key: fc.option(name, { nil: undefined, freq: 4 }),
});

function changed(data: unknown, { at, value, key }: Change): unknown {
  let left = at % Math.max(1, sizeOf(data));
  const walk = (node: unknown): unknown => {
    left -= 1;
    if (left === -1) return key === undefined ? value : { ...(isMap(node) ? node : {}), [key]: value };
    if (Array.isArray(node)) return node.map(walk);
    return isMap(node) ? Object.fromEntries(Object.entries(node).map(([name, found]) => [name, walk(found)])) : node;
  };
  return walk(data);
}

function sizeOf(node: unknown): number {
  const below = Array.isArray(node) ? node : isMap(node) ? Object.values(node) : [];
  return 1 + below.reduce((sum: number, value) => sum + sizeOf(value), 0);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const style = fc.record({
  flow: fc.boolean(),
  reverse: fc.boolean(),
  quotes: fc.constantFrom("PLAIN", "QUOTE_SINGLE", "QUOTE_DOUBLE", "BLOCK_LITERAL"),
});
interface Style {
  readonly flow: boolean;
  /** Whether the keys are in reverse order. */
  readonly reverse?: boolean;
  /** The style of texts, such as `QUOTE_SINGLE`. Default: the YAML library chooses the style of each text. */
  readonly quotes?: string;
}

/**
 * A YAML tag, and the number of the key whose value gets the tag, counted from 1. If the document has no key with this
 * number, or if the value is an alias, no value gets the tag.
 */
const tag = fc.record({ at: fc.nat(60), tag: fc.constantFrom("!reset", "!override", "!!str", "!x") });

function written(
  data: unknown,
  { flow, reverse = false, quotes }: Style,
  tagged?: { readonly at: number; readonly tag: string },
): string {
  const document = new Document(data, { aliasDuplicateObjects: !reverse });
  let count = 0;
  visit(document, {
    Scalar(place, node) {
      if (typeof node.value !== "string" || quotes === undefined) return;
      // Matches texts that the YAML library prints without quotes, although the result is read as another text.
      const isDelicate =
        place === "key" || /^\s|\s$|\n|^$|^:/.test(node.value) || resolvePlainScalar(node.value).kind !== "string";
      node.type = (isDelicate && !quotes.startsWith("QUOTE") ? "QUOTE_DOUBLE" : quotes) as "PLAIN";
    },
    Seq(_key, node) {
      node.flow = flow;
    },
    Map(_key, node) {
      node.flow = flow;
      if (reverse) node.items.reverse();
    },
    Pair(_key, pair) {
      count += 1;
      if (count === tagged?.at && pair.value !== null && !isAlias(pair.value))
        (pair.value as { tag?: string }).tag = tagged.tag;
    },
  });
  return document.toString({ lineWidth: 0 });
}

const lines = fc
  .array(
    fc.oneof(
      word,
      fc.tuple(name, fc.constantFrom("=", ": "), word).map((parts) => parts.join("")),
    ),
    { maxLength: 5 },
  )
  .map((all) => all.join("\n"));
const pairs = fc.constantFrom("A=1\nB='$A and more'\n", "# nothing\nTAG=2\n", "export SECRET=s3cr3t-of-file\n");

/**
 * The content of a file. Usually the content is the intended one. Sometimes it is random lines, a part of the intended
 * content, or random bytes.
 */
const content = (meant: fc.Arbitrary<string>): fc.Arbitrary<string | Uint8Array> =>
  fc.oneof(
    { arbitrary: meant, weight: 40 },
    { arbitrary: lines, weight: 1 },
    { arbitrary: fc.tuple(meant, fc.nat(300)).map(([text, length]) => text.slice(0, length)), weight: 1 },
    { arbitrary: fc.uint8Array({ maxLength: 60 }), weight: 1 },
  );
const document = (meant: fc.Arbitrary<unknown>) =>
  content(
    fc
      .tuple(
        meant,
        fc.oneof({ arbitrary: fc.constant([]), weight: 4 }, fc.array(change, { maxLength: 3 })),
        fc.boolean(),
        tag,
      )
      .map(([data, changes, flow, tagged]) => written(changes.reduce(changed, data), { flow }, tagged)),
  );
const override = fc.record({ services: services("a") });
const included = fc.record({ services: services("b", "../") });
const base = { services: { base: { tty: true, environment: ["BASE=1"] } } };

/** A valid project in two styles. Both must mean the same. */
export const twiceWritten: fc.Arbitrary<readonly [Files, Files]> = fc
  .tuple(main, override, included, style, style)
  .map(([main, override, included, one, other]) => {
    const files = (how: Style) => ({
      "compose.yaml": written(main, how),
      "compose.override.yaml": written(override, how),
      "parts/more.yaml": written(included, how),
      "base.yaml": written(base, how),
      "a.env": "A=1\nB='$A and more'\n",
      ".env": "TAG=2\n",
      "key.txt": "secret $key\n",
    });
    return [files(one), files(other)] as const;
  });

/** Projects with files that are valid, nearly valid, or random. */
export const anyProject: fc.Arbitrary<Files> = fc
  .record({
    "compose.yaml": document(main),
    "compose.override.yaml": fc.option(document(override), { nil: undefined }),
    "parts/more.yaml": document(included),
    "base.yaml": document(fc.constant(base)),
    "a.env": content(pairs),
    ".env": fc.option(content(pairs), { nil: undefined }),
    "key.txt": content(fc.constantFrom("secret $key\n", "one line")),
  })
  .map((files) =>
    Object.fromEntries(Object.entries(files).flatMap(([path, text]) => (text === undefined ? [] : [[path, text]]))),
  );
