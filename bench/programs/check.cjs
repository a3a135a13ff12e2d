/** Times the check of executions in this process; prints `{first, warm}` in milliseconds. Argument: lines of each text. */
const { performance } = require("node:perf_hooks");
const { join } = require("node:path");
const { composeText } = require("./compose-text.cjs");
const { check } = require(
  join(__dirname, "node_modules", "pulumi-lyceum", "dist", "provider", "execution", "index.js"),
);

const lines = Number(process.argv[2]);
const times = Array.from({ length: 200 }, (_, index) => {
  const inputs = { composeFileCode: composeText({ lines, index, runSeconds: 60 }), executionType: "cpu", timeout: 600 };
  const begun = performance.now();
  const { failures } = check({}, inputs);
  const took = performance.now() - begun;
  if (failures.length > 0) throw new Error(JSON.stringify(failures));
  return took;
});
const warm = times.slice(100).sort((left, right) => left - right);
console.log(JSON.stringify({ first: times[0], warm: warm[50] }));
