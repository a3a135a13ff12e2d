import type * as V8 from "node:v8";

/** What holding a parser in its first tier needs of the process. */
export interface WasmEngine {
  /** V8's version, as `process.versions.v8` has it. */
  readonly version: string;
  /** Sets a flag of V8, for what is compiled from now on. */
  setFlag(flag: string): void;
  /** Has undici's parser read one answer, so that what reads answers is compiled; returns what keeps the code alive. */
  parseOnce(): unknown;
}

/** The function that alone may reach the second tier: the module's first, which is an import and is never compiled. */
const ONLY_FIRST_FUNCTION = "--wasm-tier-up-filter=0";
const EVERY_FUNCTION = "--wasm-tier-up-filter=-1";

/** A newer V8 may have lost the flag, and would say so on standard error in the middle of an `up`. */
const NEWEST_KNOWN_V8 = 14;

/** Code lives as long as its module, and a module with the same bytes gets the same code: this one keeps it for undici's. */
const kept: unknown[] = [];

/**
 * Has V8 compile the HTTP parser of undici, which is WebAssembly, without a counter that would have it compiled again
 * by the optimizing compiler. That compiler takes 20 to 36 MB for its largest function on Node 20 and 24, which the C
 * library then often keeps for as long as the process lives, and a tenth of a second of CPU; a parser that reads one list
 * in some seconds is no faster for it. The flag is set while this call lasts: what other WebAssembly there is, is as it was.
 * Where something is other than expected, nothing is held and nothing is lost. See docs/decisions/0009.
 *
 * @returns whether it is held
 */
export function holdParserInFirstTier(engine: WasmEngine): boolean {
  if (!(Number.parseInt(engine.version, 10) <= NEWEST_KNOWN_V8)) return false;
  try {
    engine.setFlag(ONLY_FIRST_FUNCTION);
    try {
      kept.push(engine.parseOnce());
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
  parseOnce: () => {
    const module = new WebAssembly.Module(require("undici/lib/llhttp/llhttp_simd-wasm.js") as Buffer);
    const env = Object.fromEntries(WebAssembly.Module.imports(module).map(({ name }) => [name, () => 0]));
    const parser = new WebAssembly.Instance(module, { env }).exports as ParserExports;
    const at = parser.malloc(ANSWER.length);
    Buffer.from(parser.memory.buffer, at, ANSWER.length).write(ANSWER, "latin1");
    parser.llhttp_execute(parser.llhttp_alloc(RESPONSE), at, ANSWER.length);
    return module;
  },
};
