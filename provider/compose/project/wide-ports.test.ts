import { readCompose } from "..";
import { bundleText } from "./one-text";

const web = (ports: string) => `services: {web: {image: nginx, ports: [${ports}]}}\n`;
const range = "127.0.0.1:1-65535:1-65535";

it("a wide range of ports is accepted, and stays a range", () => {
  const { bundle, diagnostics } = bundleText(web('"10000-30000:10000-30000/udp"'));
  expect(diagnostics).toEqual([]);
  expect(bundle?.model.services).toEqual({ web: { image: "nginx", ports: ["10000-30000:10000-30000/udp"] } });
  expect(readCompose(bundle?.text).kind).toBe("document");
});

it("ten wide ranges are no more than their text", () => {
  const { bundle } = bundleText(web(Array.from({ length: 10 }, () => JSON.stringify(range)).join(", ")));
  expect(bundle?.model.services).toEqual({ web: { image: "nginx", ports: [`${range}/tcp`] } });
  const other = Array.from({ length: 10 }, (_, index) => `"127.0.0.${index + 1}:1-65535:1-65535"`).join(", ");
  expect(JSON.stringify(bundleText(web(other)).bundle?.model).length).toBeLessThan(1_000);
});

it("narrow ranges mean the ports that they stand for", () => {
  const [short, long] = ['"80-81:80-81"', '"80:80", "81:81"'].map((ports) => bundleText(web(ports)).bundle?.model);
  expect(short).toEqual(long);
});
