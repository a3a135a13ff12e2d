import { holdParserInFirstTier, processWasmEngine, type WasmEngine } from "./first-tier";

/** An engine that notes what is asked of it, in order. */
function createEngine(version: string, parseOnce: () => unknown = () => ({})) {
  const asked: string[] = [];
  const engine: WasmEngine = {
    version,
    setFlag: (flag) => asked.push(flag),
    code: () => {
      asked.push("code");
      return Buffer.alloc(0);
    },
    parseOnce: () => {
      asked.push("parse");
      return parseOnce();
    },
  };
  return { engine, asked };
}

// What takes long comes before the flag.
const HELD = ["code", "--wasm-tier-up-filter=0", "parse", "--wasm-tier-up-filter=-1"];

test.each(["11.3.244.8-node.38", "14.6.202.34-node.12"])(
  "the flag stands while the parser is compiled: %s",
  (version) => {
    const { engine, asked } = createEngine(version);
    expect(holdParserInFirstTier(engine)).toBe(true);
    expect(asked).toEqual(HELD);
  },
);

test.each(["15.0.1-node.1", "", "none"])("an engine that is not known is let be: %j", (version) => {
  const { engine, asked } = createEngine(version);
  expect(holdParserInFirstTier(engine)).toBe(false);
  expect(asked).toEqual([]);
});

test("a parser that does not read holds nothing, and leaves no flag behind", () => {
  const { engine, asked } = createEngine("11.3", () => {
    throw new Error("The parser answers 8.");
  });
  expect(holdParserInFirstTier(engine)).toBe(false);
  expect(asked).toEqual(HELD);
});

test("a parser that is not where it was holds nothing, and sets no flag", () => {
  const { engine, asked } = createEngine("11.3");
  engine.code = () => {
    throw new Error("Cannot find module 'undici/lib/llhttp/llhttp_simd-wasm.js'");
  };
  expect(holdParserInFirstTier(engine)).toBe(false);
  expect(asked).toEqual([]);
});

test("an engine that takes no flags is no fault", () => {
  const engine: WasmEngine = {
    version: "11.3",
    setFlag: () => {
      throw new Error("not implemented");
    },
    code: () => Buffer.alloc(0),
    parseOnce: () => ({}),
  };
  expect(holdParserInFirstTier(engine)).toBe(false);
});

// That undici's code is then the same, tests/stress/parser-tier.test.ts shows in a process of its own.
test("this process's parser reads an answer, and code that is none is told from it", () => {
  expect(processWasmEngine.version).toBe(process.versions.v8);
  expect(processWasmEngine.parseOnce(processWasmEngine.code())).toBeDefined();
  expect(() => processWasmEngine.parseOnce(Buffer.from("no code"))).toThrow();
});
