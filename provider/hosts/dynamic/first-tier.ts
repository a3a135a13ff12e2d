import type * as V8 from "node:v8";

/** What holding a parser in its first tier needs of the process. */
export interface WasmEngine {
  /** V8's version, as `process.versions.v8` has it. */
  readonly version: string;
  /** Sets a flag of V8, for what is compiled from now on. */
  setFlag(flag: string): void;
  /**
   * The code of undici's parser.
   *
   * @throws where undici keeps it elsewhere.
   */
  code(): Buffer;
  /**
   * Has the parser read one answer, so that what reads answers is compiled; returns what keeps the code alive.
   *
   * @throws when it does not read it.
   */
  parseOnce(code: Buffer): unknown;
}

/** The function that alone may reach the second tier: the module's first, which is an import and is never compiled. */
const ONLY_FIRST_FUNCTION = "--wasm-tier-up-filter=0";
const EVERY_FUNCTION = "--wasm-tier-up-filter=-1";

/** A newer V8 may have lost the flag, and would say so on standard error in the middle of an `up`. */
const NEWEST_KNOWN_V8 = 14;

/** Code lives as long as its module, and a module with the same bytes gets the same code: this one keeps it for undici's. */
const kept: { parser?: unknown } = {};

/**
 * Has V8 compile the HTTP parser of undici, which is WebAssembly, without a counter that would have it compiled again
 * by the optimizing compiler: that takes 8 to 29 MB, by the version of Node, which the C library then often keeps for as
 * long as the process lives. A parser that reads one list in some seconds is no faster for it.
 *
 * A collection may throw the code away (Node 24), so it is to be called again after each. Code that was compiled before it
 * is first called stays as it was, counters and all. Where something is other than expected, nothing is held, and nothing is
 * lost but memory. See docs/decisions/0009.
 *
 * @returns whether the parser was compiled so, or would have been, had it not been compiled before
 */
export function holdParserInFirstTier(engine: WasmEngine): boolean {
  if (!(Number.parseInt(engine.version, 10) <= NEWEST_KNOWN_V8)) return false;
  try {
    const code = engine.code();
    engine.setFlag(ONLY_FIRST_FUNCTION);
    try {
      kept.parser = engine.parseOnce(code);
    } finally {
      engine.setFlag(EVERY_FUNCTION);
    }
    return true;
  } catch {
    return false;
  }
}

/** What is used of it: Node has it, and the types of Node 20 do not say so. */
declare const WebAssembly: {
  readonly Module: { new (code: Buffer): object; imports(module: object): readonly { readonly name: string }[] };
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** The parts of undici's parser that are used here; `lib/dispatcher/client-h1.js` of it calls them so. */
interface ParserExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  llhttp_alloc(type: number): number;
  malloc(bytes: number): number;
  llhttp_execute(parser: number, at: number, bytes: number): number;
}

/** `TYPE.RESPONSE` of llhttp. */
const RESPONSE = 2;
/** A body with a length: how undici reads one in chunks is small, and stays as it is. */
const ANSWER = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";

/** This process's own. */
export const processWasmEngine: WasmEngine = {
  version: process.versions.v8,
  setFlag: (flag) => (require("node:v8") as typeof V8).setFlagsFromString(flag),
  code: () => require("undici/lib/llhttp/llhttp_simd-wasm.js") as Buffer,
  parseOnce: (code) => {
    const module = new WebAssembly.Module(code);
    const env = Object.fromEntries(WebAssembly.Module.imports(module).map(({ name }) => [name, () => 0]));
    const parser = new WebAssembly.Instance(module, { env }).exports as ParserExports;
    const at = parser.malloc(ANSWER.length);
    Buffer.from(parser.memory.buffer, at, ANSWER.length).write(ANSWER, "latin1");
    const fault = parser.llhttp_execute(parser.llhttp_alloc(RESPONSE), at, ANSWER.length);
    if (fault !== 0) throw new Error(`The parser answers ${fault}.`);
    return module;
  },
};
