/**
 * A Compose text of exactly `lines` lines (16 at least), the same for the same arguments and another for each `index`:
 * texts that differ are the harder case, since nothing can be shared between them.
 * @param {{ lines: number, index: number, runSeconds: number }} options
 */
function composeText({ lines, index, runSeconds }) {
  const count = Math.floor((lines - FRAME) / LINES_OF_A_SERVICE);
  const services = Array.from({ length: count }, (_, position) => service(position, index));
  const missing = lines - FRAME - count * LINES_OF_A_SERVICE;
  const extra = Array.from({ length: missing }, (_, position) => `      EXTRA_${position}: "value ${position}"`);
  return `${["services:", ...services, ...extra, simulation(runSeconds)].join("\n")}\n`;
}

const FRAME = 2;
const LINES_OF_A_SERVICE = 14;

/** The lines of its environment are the last ones, so that more of them can follow. */
function service(position, index) {
  return `  worker-${position}:
    image: registry.example.com/team/worker:1.4.${position}
    command: ["python", "-m", "worker", "--shard", "${position}"]
    working_dir: /srv/worker
    init: true
    restart: "no"
    healthcheck:
      test: ["CMD", "worker", "--health"]
      interval: 5s
    x-lyceum-sim: { output: [] }
    environment:
      RUN: "${index}"
      MODE: train
      LEARNING_RATE: "0.0003"`;
}

function simulation(runSeconds) {
  return `x-lyceum-sim: { start: 0, run: ${runSeconds}, output: [] }`;
}

/** Which resource a text was made for. */
function indexIn(text) {
  return Number(/RUN: "(\d+)"/.exec(text)?.[1] ?? -1);
}

module.exports = { composeText, indexIn };
