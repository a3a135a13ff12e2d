import { document } from "../testing/read-marks";
import { explainChange } from "./explain";

const explain = (before: string, after: string) => explainChange(document(before).model, document(after).model);

it("names services, settings and keys, and no values", () => {
  const before = "services: {api: {image: i, environment: {DB_URL: canary-1, A: b}}, worker: {image: canary-2}}";
  const after =
    "services: {api: {image: i, environment: [DB_URL=canary-3, C=d]}, worker: {image: canary-4}, db: {image: x}}";
  expect(explain(before, after)).toEqual([
    "environment.A removed in services.api",
    "environment.C added in services.api",
    "environment.DB_URL changed in services.api",
    "services.db added",
    "image changed in services.worker",
  ]);
});

it("names what is outside of the services", () => {
  const services = "services: {a: {image: i}}";
  expect(
    explain(
      `name: a\nx-own: {a: {exit: 0}}\nvolumes: {v: {driver: a}, w: }\n${services}`,
      `name: b\nx-own: {a: {exit: 1}}\nvolumes: {v: {driver: b}}\nnetworks: {n: }\n${services}`,
    ),
  ).toEqual([
    "name changed",
    "networks added",
    "driver changed in volumes.v",
    "volumes.w removed",
    "x-own.a.exit changed",
  ]);
});

it("names a list as a whole, and keys only to a limited depth", () => {
  expect(
    explain(
      "services: {a: {image: i, dns: [x], deploy: {resources: {limits: {cpus: 1, memory: 1}}}}}",
      "services: {a: {image: i, dns: [x, y], deploy: {resources: {limits: {cpus: 2, memory: 2}}}}}",
    ),
  ).toEqual(["deploy.resources.limits changed in services.a", "dns changed in services.a"]);
});

it("lists no change if the meaning is the same", () => {
  expect(explain("services: {a: {image: i}}", "# c\nservices:\n  a:\n    image: 'i'\n")).toEqual([]);
});

it("limits the number of lines and the length of a key", () => {
  const many = Array.from({ length: 9 }, (_, i) => `s${i}: {image: i}`).join(", ");
  expect(explain("services: {a: {image: i}}", `services: {a: {image: i}, ${many}}`)).toEqual([
    ...[0, 1, 2, 3, 4].map((i) => `services.s${i} added`),
    "and 4 more",
  ]);
  const [change = ""] = explain(
    "services: {a: {image: i}}",
    `services: {a: {image: i, labels: {"${"k".repeat(500)}": x}}}`,
  );
  expect(change.length).toBeLessThan(120);
});

it("quotes unusual keys, so that they are not mistaken for the words of the message", () => {
  expect(explain("services: {a: {image: i}}", 'services: {a: {image: i}, "b\\n\\e[31m added": {image: i}}')).toEqual([
    'services["b\\n\\u001b[31m added"] added',
  ]);
});

it.each([
  ["both are masked", "(secret) 1f", "(secret) 2e", ["services.a.environment.A (secret) changed"]],
  ["one is masked", "(secret) 1f", "plain", ["services.a.environment.A (secret) changed"]],
  ["none is masked", "b", "plain", ["environment.A changed in services.a"]],
])("a changed value is secret if %s", (_, before, after, changes) => {
  const model = (value: string) => `services: {a: {image: i, environment: {A: '${value}'}}}`;
  expect(explain(model(before), model(after))).toEqual(changes);
});

it.each([
  ["a value", "5"],
  ["a list", "[b]"],
])("a mapping in place of %s is one change", (_, before) => {
  expect(explain(`x-a: ${before}\nservices: {a: {image: i}}`, "x-a: {b: c}\nservices: {a: {image: i}}")).toEqual([
    "x-a changed",
  ]);
});
