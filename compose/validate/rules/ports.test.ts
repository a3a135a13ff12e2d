import { validateCompose } from "..";
import { two } from "../testing/fixture";

const reported = (first: string, second: string) =>
  validateCompose(two(first, second)).diagnostics.map(({ code, message }) => `${code} ${message}`);

test.each([
  ["ports: ['80:1']", "ports: ['80:2']"],
  ["ports: ['127.0.0.1:80:1']", "ports: ['0.0.0.0:80:2']"],
  ["ports: ['[::]:80:1']", "ports: ['127.0.0.1:80:2']"],
  ["ports: ['127.0.0.1:80:1']", "ports: ['127.0.0.1:80:2']"],
  ["ports: [{target: 1, published: 80}]", "ports: [{target: 2, published: '80'}]"],
  ["ports: ['79-81:1-3']", "ports: [{target: 2, published: '80', protocol: tcp}]"],
  ["ports: ['80:1/UDP']", "ports: [{target: 2, published: '80', protocol: udp}]"],
  ["ports: ['127.0.0.1:79-81:1-3']", "ports: ['80:2']"],
  ["ports: ['79-81:1-3']", "ports: ['127.0.0.1:80:2']"],
  ["ports: ['127.0.0.1:79-81:1-3']", "ports: ['127.0.0.1:80:2']"],
  ["ports: ['80:1']", "ports: ['79-81:1-3']"],
  ["ports: ['80-82:1-3']", "ports: ['79-80:2-3']"],
])("two services publish one port: %s and %s", (first, second) => {
  expect(reported(first, second)).toEqual([
    "LYC2211 services.b.ports[0] publishes port 80, which services.a publishes",
  ]);
});

test.each([
  ["ports: ['127.0.0.1:80:1']", "ports: ['127.0.0.2:80:2']"],
  ["ports: ['80:1/udp']", "ports: ['80:2/']"],
  ["ports: ['80:1'], profiles: [p]", "ports: ['80:2']"],
  ["ports: ['80:1']", "ports: ['80:2'], profiles: [p]"],
  // The target 1 may use any free port of the range, so the two ports do not conflict.
  ["ports: ['80-90:1']", "ports: ['80:2']"],
  ["ports: [{target: 1, published: 80-90}]", "ports: ['80:2']"],
  ["ports: ['80:1', '127.0.0.1:80:1']", "tty: true"],
  ["ports: [80]", "ports: ['80']"],
  ["ports: ['79-81:1-3']", "ports: ['82:2']"],
  ["ports: ['79-81:1-3']", "ports: ['80:2/udp']"],
  ["ports: ['127.0.0.1:79-81:1-3']", "ports: ['127.0.0.2:80:2']"],
  ["ports: ['80:1']", "ports: ['81-83:1-3']"],
  ["ports: ['84:1']", "ports: ['81-83:1-3']"],
  ["ports: ['82:1/udp']", "ports: ['81-83:1-3']"],
])("two services do not conflict: %s and %s", (first, second) => expect(reported(first, second)).toEqual([]));

test.each([
  ["ports: ['18080:80', '18080:81']"],
  ["ports: ['18080:80', '127.0.0.1:18080:81']"],
  ["ports: ['18080-18082:80-82', '18082:80']"],
  ["ports: ['18080:80', {target: 81, published: '18080'}]"],
  ["ports: ['18080:80', '18080:81'], profiles: [p]"],
  ["ports: ['127.0.0.1:18080:80', '127.0.0.2:18080:80', '127.0.0.3:18080:81', '18080:80']"],
])("one service publishes one port for two targets: %s", (first) => {
  expect(reported(first, "tty: true")).toEqual([
    expect.stringMatching(
      /^LYC2211 services.a.ports\[[13]\] publishes port 1808\d, which this service publishes for another/,
    ),
  ]);
});

test.each([
  ["ports: ['18080:80', '18080:81/udp']"],
  ["ports: ['127.0.0.1:18080:80', '127.0.0.2:18080:81']"],
  ["ports: ['18080-18090:80', '18080:81']"],
  ["ports: ['18080-18082:80-82', '18081:81']"],
])("one service publishes ports without a conflict: %s", (first) => expect(reported(first, "tty: true")).toEqual([]));

test("a job publishes the ports of a service, because it may run without the service", () => {
  const job = "jobs: {j: {image: i, triggers: {manual: true}, ports: ['80:2', '81:1', '81:2']}}\n";
  const { diagnostics } = validateCompose(two("ports: ['80:1']", "tty: true", job));
  expect(diagnostics.filter(({ code }) => code === "LYC2211").map(({ path }) => path)).toEqual(["jobs.j.ports[2]"]);
});

test.each([
  ["behind many single ports", 700, (port: number) => `'${port}:80'`, 1],
  ["behind ranges", 600, (port: number) => `'${port}-${port + 1}:80-81'`, 1],
  [
    "not behind too many ranges, because all comparisons together would take long",
    700,
    (port: number) => `'${port}-${port + 1}:80-81'`,
    0,
  ],
])("a conflict is found %s", (_, count, item, found) => {
  const ports = Array.from({ length: count }, (_, index) => item(10_000 + 2 * index));
  expect(reported(`ports: [${ports.join(", ")}]`, "ports: ['10000:1']")).toHaveLength(found);
});
