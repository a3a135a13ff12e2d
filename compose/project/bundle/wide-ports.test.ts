import { readCompose } from "../..";
import { timesAsLong } from "../../testing/times-as-long";
import { bundleText } from "./bundle";

const web = (ports: string) => `services: {web: {image: nginx, ports: [${ports}]}}\n`;
const range = "127.0.0.1:1-65535:1-65535";

it("a wide range of ports is accepted, and stays a range", () => {
  const { bundle, diagnostics } = bundleText(web('"10000-30000:10000-30000/udp"'));
  expect(diagnostics).toEqual([]);
  expect(bundle?.model.services).toEqual({ web: { image: "nginx", ports: ["10000-30000:10000-30000/udp"] } });
  expect(readCompose(bundle?.text).kind).toBe("document");
});

it("ten wide ranges are not written out", () => {
  const { bundle } = bundleText(web(Array.from({ length: 10 }, () => JSON.stringify(range)).join(", ")));
  expect(bundle?.model.services).toEqual({ web: { image: "nginx", ports: [`${range}/tcp`] } });
  const other = Array.from({ length: 10 }, (_, index) => `"127.0.0.${index + 1}:1-65535:1-65535"`).join(", ");
  expect(JSON.stringify(bundleText(web(other)).bundle?.model).length).toBeLessThan(1_000);
});

it("many services with ranges of a hundred ports are no larger than their text", () => {
  const services = Array.from(
    { length: 200 },
    (_, index) => `  s${index}: {image: i, ports: ['10.0.0.${index}:1-99:1-99']}`,
  );
  const { bundle, diagnostics } = bundleText(`services:\n${services.join("\n")}\n`);
  expect(diagnostics).toEqual([]);
  expect(bundle?.text.length).toBeLessThan(20_000);
});

it("80 equal ranges are read as fast as a plain text, and are written out once", () => {
  const equal = web(Array.from({ length: 80 }, () => '"1-99:1-99"').join(", "));
  const services = Array.from({ length: 12 }, (_, i) => `  s${i}: {image: i, environment: {A: "${"x".repeat(40)}"}}`);
  const plain = `services:\n${services.join("\n")}\n`;
  const bundle = (text: string) => () => void bundleText(text).bundle?.text;
  expect(timesAsLong(bundle(equal), bundle(plain), { enough: 8 })).toBeLessThan(8);
  expect(bundleText(equal).bundle?.text.match(/ target:/g)).toHaveLength(99);
});

it.each([
  [1000, 1002],
  [1001, 2],
])(
  "two ranges of %i ports that meet are %i items: those of up to 1000 ports are written out, 2000 in all",
  (count, items) => {
    const { bundle } = bundleText(web(`"1-${count}:1-${count}", "3-${count + 2}:3-${count + 2}"`), {
      diagnostics: { LYC2211: "off" },
    });
    const services = bundle?.model.services as Record<string, { ports: unknown[] }> | undefined;
    expect(services?.web?.ports).toHaveLength(items);
  },
);

it("narrow ranges are written out as their ports", () => {
  const [short, long] = ['"80-81:80-81"', '"80:80", "81:81"'].map((ports) => bundleText(web(ports)).bundle?.model);
  expect(short).toEqual(long);
  expect(bundleText(web('"80-81:80-81", "81:81"')).bundle?.secret).toBe(false);
});

it.each([
  ["apart, the later one first", '"1000-1200:1000-1200", "1-150:1-150"', 2],
  ["of which each meets only the next", '"1-150:1-150", "100-300:100-300", "250-400:250-400"', 400],
  [
    "that meet, and a narrow one that meets a single port",
    '"1-1000:1-1000", "3-1002:3-1002", "5000-5001:5000-5001", "5000:5000"',
    1005,
  ],
])("wide ranges %s", (_name, ports, items) => {
  const services = bundleText(web(ports)).bundle?.model.services as Record<string, { ports: unknown[] }>;
  expect(services.web?.ports).toHaveLength(items);
});

it("equal ranges of more than 100 ports are written out, because recorded models have them so", () => {
  const services = bundleText(web('"1-101:1-101", "1-101:1-101"')).bundle?.model.services as Record<
    string,
    { ports: unknown[] }
  >;
  expect(services.web?.ports).toHaveLength(101);
});

it("a range that shares no port stays a range next to ranges that are written out", () => {
  const { bundle } = bundleText(web('"80-81:80-81", "81:81", "1000-1200:1000-1200"'));
  const services = bundle?.model.services as Record<string, { ports: unknown[] }> | undefined;
  expect(services?.web?.ports).toHaveLength(3);
});

it.each([
  ["that overlap", '"80-82:80-82", "82-83:82-83"', ["80", "81", "82", "83"]],
  ["one inside another", '"80-83:80-83", "81-82:81-82"', ["80", "81", "82", "83"]],
  ["in another order", '"82-83:82-83", "80-82:80-82"', ["82", "83", "80", "81"]],
  ["also behind one inside another", '"80-83:80-83", "81:81", "83-84:83-84"', ["80", "81", "82", "83", "84"]],
  ["and a single port", '"80-81:80-81", "81:81"', ["80", "81"]],
  ["and a long form", '"80-81:80-81", {target: 81, published: "81", mode: ingress, protocol: tcp}', ["80", "81"]],
])("ranges %s share one port", (_name, ports, published) => {
  const services = bundleText(web(ports)).bundle?.model.services as Record<string, { ports: { published: string }[] }>;
  expect(services.web?.ports.map((port) => port.published)).toEqual(published);
});

it.each([
  '"80-81:80-81", "127.0.0.1:80-81:80-81"',
  '"80-81:80-81", "80-81:80-81/udp"',
  '"80-81:80-81", "80-81"',
  // Compose treats a number and the text of its digits as different ports.
  '"80-82:80-82", {target: 81, published: 81}',
])("ranges that have no port in common are all kept: %s", (ports) => {
  const { bundle } = bundleText(web(ports));
  expect(bundle?.text.match(/ target:/g)).toHaveLength(4);
});

it.each([
  ["one range each", (index: number) => `"10.0.${index % 256}.${index >> 8}:1-999:1-999"`],
  ["two ranges each", (index: number) => `"10.0.${index % 256}.${index >> 8}:1-999:1-999", "11.0.0.1:1-999:1-999"`],
  ["a hundred ports each", () => '"1-99:1-99"'],
  ["the same range twice each", () => '"1-999:1-999", "1-999:1-999"'],
  ["ranges that meet each", () => '"1-998:1-998", "2-999:2-999"'],
])("services with wide ranges take no longer than with single ports: %s", (_name, ports) => {
  const project = (of: (index: number) => string) =>
    `services:\n${Array.from({ length: 300 }, (_none, i) => `  s${i}: {image: i, ports: [${of(i)}]}`).join("\n")}\n`;
  const wide = project(ports);
  const single = project((index) => ports(index).replace(/(\d+)-\d+:(\d+)-\d+/g, "$1:$2"));
  const bundle = (text: string) => () => void bundleText(text, { diagnostics: { LYC2211: "off" } });
  expect(timesAsLong(bundle(wide), bundle(single), { enough: 8 })).toBeLessThan(8);
});
