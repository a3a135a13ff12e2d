// @ts-check

/**
 * A Compose text of exactly `lines` lines (30 at least) that this package and `docker compose` accept. Its services
 * refer to each other, to networks and to volumes, and publish ports. A validator must compare all with all, or be
 * clever.
 * @param {number} lines
 * @param {number} variant texts of different variants differ, so that nothing can be remembered of them
 */
export function largeText(lines, variant) {
  const count = Math.floor((lines - FRAME) / LINES_OF_A_SERVICE);
  const positions = Array.from({ length: count }, (_, position) => position);
  const missing = lines - FRAME - count * LINES_OF_A_SERVICE;
  const extra = Array.from({ length: missing }, (_, position) => `x-note-${position}: "note ${position}"`);
  const services = positions.map((position) => service(position, variant));
  const volumes = positions.map((position) => `  data-${position}: {}`);
  return `${["services:", ...services, "networks:", "  front: {}", "volumes:", ...volumes, ...extra].join("\n")}\n`;
}

const FRAME = 4;
/** One of them declares its volume. */
const LINES_OF_A_SERVICE = 21;

/**
 * @param {number} position
 * @param {number} variant
 */
function service(position, variant) {
  // The first of ten waits for no service: nobody writes chains of hundreds.
  const before = position % 10 === 0 ? "[]" : `{ worker-${position - 1}: { condition: service_healthy } }`;
  return `  worker-${position}:
    image: registry.example.com/team/worker:1.${variant}.${position}
    command: ["python", "-m", "worker", "--shard", "${position}"]
    depends_on: ${before}
    networks: [front]
    ports:
      - "${20_000 + position}:8080"
    volumes:
      - data-${position}:/srv/data
      - /srv/cache
    environment:
      MODE: train
      PEER: http://worker-${position}:8080/
    healthcheck:
      test: ["CMD", "worker", "--health"]
      interval: 5s
    deploy:
      resources:
        limits: { cpus: "0.5", memory: 512M }
    restart: "no"`;
}
