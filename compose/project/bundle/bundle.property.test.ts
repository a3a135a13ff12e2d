// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import fc from "fast-check";
import { Document, visit } from "yaml";
import { NO_SECRETS } from "../../model/secret-rules";
import { readCompose } from "../../yaml/read";
import { resolvePlainScalar } from "../../yaml/scalar";
import { mask } from "..";
import { bundleOf, marksOf } from "../testing/bundle";

/** Words, with those among them that YAML, a shell and a variable are written with. */
const word = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."abcXYZ01 -_.:/#'\"\\,[]{}&*!|>%@`=\n\té\u{1f680}"), maxLength: 10 }),
  fc.constantFrom("true", "0440", "1e3", "null", "~", "$$", "a$$b", "${TAG}", "${UNSET:-d}", "${SECRET}-x", "5$"),
);
const name = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
const variable = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,6}$/);
const service = fc
  .record(
    {
      command: fc.oneof(fc.array(word, { maxLength: 3 }), fc.constantFrom("run 'all of it'", "echo ${TAG}")),
      environment: fc.oneof(
        fc.dictionary(variable, fc.oneof(word, fc.integer(), fc.boolean()), { maxKeys: 4 }),
        fc.array(
          fc.tuple(variable, word).map(([key, text]) => `${key}=${text}`),
          { maxLength: 3 },
        ),
      ),
      labels: fc.dictionary(name, word, { maxKeys: 3 }),
      ports: fc.constantFrom<unknown>(["80:80"], [{ target: 80, published: "80" }], ["3000-3001"]),
      deploy: fc.constantFrom<unknown>({ resources: { limits: { memory: "1g" } } }, { replicas: "2" }),
      healthcheck: fc.constantFrom<unknown>({ test: "true", interval: "1m30s" }, { disable: true }),
      env_file: fc.constantFrom<unknown>("a.env", ["a.env", { path: "none.env", required: false }]),
      secrets: fc.constant(["key"]),
      volumes: fc.constantFrom<unknown>(["data:/data"], [{ type: "volume", source: "data", target: "/data" }]),
      profiles: fc.constantFrom(["on"], ["off"]),
    },
    { requiredKeys: [] },
  )
  .map((settings) => ({ image: "i:${TAG}", ...settings }));
const services = fc.dictionary(name, service, { minKeys: 1, maxKeys: 3 });

/** A project of a file, one that overrides it, and one that it includes. */
const project = fc.record({ main: services, over: services, included: services });
type Project = typeof project extends fc.Arbitrary<infer Value> ? Value : never;

/** Ways of writing the same files. */
const style = fc.record({
  flow: fc.boolean(),
  quotes: fc.constantFrom("PLAIN", "QUOTE_SINGLE", "QUOTE_DOUBLE", "BLOCK_LITERAL"),
  reverse: fc.boolean(),
  comment: fc.constantFrom("", "# a comment\n"),
});
type Style = typeof style extends fc.Arbitrary<infer Value> ? Value : never;

function write(data: unknown, { flow, quotes, reverse, comment }: Style): string {
  const document = new Document(data, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value !== "string") return;
      // In other styles than quotes, the writer makes of these what does not read back as itself.
      const delicate = /^\s|\s$|\n|^$|^:/.test(node.value) || resolvePlainScalar(node.value).kind !== "string";
      node.type = delicate && !quotes.startsWith("QUOTE") ? "QUOTE_DOUBLE" : (quotes as "PLAIN");
    },
    Collection(_key, node) {
      node.flow = flow;
    },
    Map(_key, node) {
      if (reverse) node.items.reverse();
    },
  });
  return `${comment}${document.toString({ lineWidth: 0 })}`;
}

const declared = { volumes: { data: {} }, secrets: { key: { file: "key.txt" } } };

function bundled({ main, over, included }: Project, how: Style) {
  // Ports that two services publish, and names that two files declare, would be diagnostics.
  const apart = (all: Project["main"], letter: string) =>
    Object.fromEntries(
      Object.entries(all).map(([key, { ports: _taken, ...rest }], index) => [
        `${letter}${key}`,
        index === 0 && letter === "m" && _taken !== undefined ? { ...rest, ports: _taken } : rest,
      ]),
    );
  const first = Object.keys(apart(main, "m"))[0] ?? "m";
  const overriding = Object.values(apart(over, "o"))[0];
  const files = {
    "compose.yaml": write({ include: ["parts/more.yaml"], services: apart(main, "m"), ...declared }, how),
    "compose.override.yaml": write({ services: { ...apart(over, "o"), [first]: overriding } }, how),
    "parts/more.yaml": write({ services: apart(included, "i") }, how),
    "parts/a.env": "A=of-parts\n",
    "a.env": "A=secret-of-file\nB='$A and more'\n",
    ".env": "TAG=1\n",
    "key.txt": "secret $key\n",
  };
  return bundleOf(files, { paths: ["."], profiles: ["on"], variables: { SECRET: "secret-of-variable" } });
}

const plain: Style = { flow: false, quotes: "QUOTE_DOUBLE", reverse: false, comment: "" };
const amount = { numRuns: 100 };

it("a bundle is its own bundle, reads as its own model, and needs no variable", () => {
  let made = 0;
  fc.assert(
    fc.property(project, (data) => {
      const { bundle } = bundled(data, plain);
      if (bundle === undefined) return;
      made += 1;
      const again = bundleOf({ "compose.yaml": bundle.text });
      expect(marksOf(again).filter((mark) => !/LYC24/.test(mark))).toEqual([]);
      expect(again.bundle?.text).toBe(bundle.text);
      expect(again.bundle?.asWritten).toBe(bundle.text);
      const read = readCompose(bundle.text);
      expect(read.kind === "document" && JSON.stringify(read.model)).toBe(JSON.stringify(bundle.model));
    }),
    amount,
  );
  // What cannot be bundled proves nothing.
  expect(made).toBeGreaterThan(amount.numRuns / 3);
});

it("a bundle is the same however its files are written", () => {
  let made = 0;
  fc.assert(
    fc.property(project, style, (data, how) => {
      const [one, other] = [bundled(data, plain), bundled(data, how)];
      expect(other.bundle?.text).toBe(one.bundle?.text);
      expect(new Set(other.diagnostics.map(({ code }) => code))).toEqual(
        new Set(one.diagnostics.map(({ code }) => code)),
      );
      if (one.bundle !== undefined) made += 1;
    }),
    amount,
  );
  expect(made).toBeGreaterThan(amount.numRuns / 3);
});

it("a masked model holds no secret, whatever it went into, and changes with it", () => {
  let secrets = 0;
  fc.assert(
    fc.property(project, (data) => {
      const { bundle } = bundled(data, plain);
      if (bundle === undefined) return;
      const { model, secrets: found } = mask(bundle, (location, value) => `${location.length}.${value.length}`, {
        secretRules: NO_SECRETS,
      });
      const text = JSON.stringify(model);
      for (const value of ["secret-of-file", "secret-of-variable", "secret $key", "secret $$key"]) {
        if (bundle.text.includes(value)) secrets += 1;
        expect(text).not.toContain(value);
      }
      if (bundle.text.includes("secret-of-")) expect(found.length).toBeGreaterThan(0);
    }),
    amount,
  );
  expect(secrets).toBeGreaterThan(amount.numRuns / 10);
});
