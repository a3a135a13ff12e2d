import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../harness/root";

const CALLS = 200;

/** Asks a service of its own for its list, `CALLS` times over the package's own client. */
const PROGRAM = `
  const { createServer } = require("node:http");
  const { holdParserInFirstTier, processWasmEngine } = require("./provider/hosts/dynamic/first-tier.js");
  const { processHeap } = require("./provider/hosts/dynamic/trim-heap.js");
  const { createDispatcher } = require("./provider/lyceum/dispatcher.js");
  const { request } = require("undici");
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(Array.from({ length: 20 }, (_, index) => ({ execution_id: index, status: "running" }))));
  });
  server.listen(0, "127.0.0.1", async () => {
    const hold = () => holdParserInFirstTier(processWasmEngine);
    const isHeld = process.argv[1] !== "free";
    if (isHeld) console.log("held: " + hold());
    const heap = processHeap(process.argv[1] === "held" ? hold : undefined);
    const dispatcher = createDispatcher({ kind: "direct" });
    const url = "http://127.0.0.1:" + server.address().port + "/workloads/list";
    let read = 0;
    for (let call = 0; call < ${CALLS}; call++) {
      // A collection may take code that was compiled before away.
      if (call % 50 === 25) await heap.collect();
      read += (await (await request(url, { dispatcher })).body.json()).length;
    }
    console.log("read: " + read);
    // What is compiled on another thread is told of when it is done.
    setTimeout(() => process.exit(0), 1000);
  });
`;

/** What Node tells of the program: its own lines, and one for each function of WebAssembly that was compiled. */
async function traceOf(way: "held" | "free"): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--trace-wasm-compilation-times", "-e", PROGRAM, way],
    // Nothing of the environment: under Jest, undici would take another parser.
    { cwd: join(ROOT, "dist"), env: {}, maxBuffer: 1e8 },
  );
  return stdout;
}

/** Bytes that the optimizing compiler took, function by function; those are left out that are too small to matter. */
function takenByOptimizing(trace: string): number[] {
  const found = trace.matchAll(/ using TurboFan, took .*? and (\d+) \/ \d+ max\/total bytes/g);
  return [...found].map(([, most]) => Number(most)).filter((bytes) => bytes > 1_000_000);
}

test("without the hold, the optimizing compiler takes memory for undici's parser", async () => {
  const trace = await traceOf("free");
  expect(trace).toContain(`read: ${CALLS * 20}\n`);
  expect(takenByOptimizing(trace)).not.toEqual([]);
});

test("held in its first tier, it reads the same and the optimizing compiler takes none", async () => {
  const trace = await traceOf("held");
  expect(trace).toContain("held: true\n");
  expect(trace).toContain(`read: ${CALLS * 20}\n`);
  expect(trace).toContain(" using Liftoff, ");
  expect(takenByOptimizing(trace)).toEqual([]);
});
