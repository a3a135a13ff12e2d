import { bundleOf, marksOf } from "../testing/bundle";

/** Bundles a service that extends a service of `base.yaml`. `services` is the content of `base.yaml`. */
function extending(services: string, keys = "") {
  const extended = `a: {extends: {file: base.yaml, service: base}, ${keys} }`;
  return bundleOf({
    "compose.yaml": `services: {${extended}, b: {image: i}}\nnetworks: {x: {}}\nmodels: {m: {model: m}}\n`,
    "base.yaml": services,
  });
}

function serviceOf(bundled: ReturnType<typeof bundleOf>): unknown {
  expect(marksOf(bundled)).toEqual([]);
  const { services }: { services: { a: unknown } } = JSON.parse(JSON.stringify(bundled.bundle?.model));
  return services.a;
}

const started = { condition: "service_started" };

// tests/differential compares the result of each of these cases with the result of docker compose.
test.each([
  ["network", "networks: [x, x]", { networks: { x: null } }],
  ["model", "models: [m, m]", { models: { m: null } }],
  ["dependency", "depends_on: [b, b]", { depends_on: { b: started } }],
] as const)("a %s that an extended service names twice is there once", (_name, keys, expected) =>
  expect(serviceOf(extending(`services: {base: {image: i, ${keys} }}`))).toEqual({ image: "i", ...expected }),
);

test("in a chain of services, the keys of the service itself win over those of the next one, and so on", () => {
  const services = "services: {base: {user: b, tty: true, extends: last}, last: {image: i, user: c, tty: false}}";
  expect(serviceOf(extending(services, "user: a"))).toEqual({ image: "i", user: "a", tty: true });
});

test.each(["SECRET_A", "A"])("a host of a merged mapping is as secret as its address: %s", (name) => {
  const text = `services: {a: {image: i, extends: b, extra_hosts: {h: $${name}}}, b: {image: i, extra_hosts: [g=2.2.2.2]}}\n`;
  const { bundle } = bundleOf({ "compose.yaml": text }, { variables: { [name]: "1.1.1.1" } });
  expect(bundle?.secret).toBe(name === "SECRET_A");
});

test("a service that takes a value back takes it from no other service", () => {
  const text = "services: {a: {extends: c}, b: {extends: c, user: !reset null}, c: {image: i, user: x}}\n";
  const services = bundleOf({ "compose.yaml": text }).bundle?.model.services;
  expect(services).toEqual({ a: { image: "i", user: "x" }, b: { image: "i" }, c: { image: "i", user: "x" } });
});

test("a repeated item in a list of another key is refused as usual", () =>
  expect(marksOf(extending("services: {base: {image: i, group_add: [x, x]}}"))).toEqual([
    "base.yaml:1:44 LYC2111 services.a.group_add[1]",
  ]));

test("services of an extended file that no service extends may have any content", () =>
  expect(serviceOf(extending("services: {base: {image: i, networks: [x]}, empty: , odd: 1}"))).toEqual({
    image: "i",
    networks: { x: null },
  }));

test.each([
  ["no services", "networks: {x: {}}"],
  ["services that are not a mapping", "services: 1"],
])("an extended file with %s does not have the service", (_name, text) =>
  expect(marksOf(extending(text))).toEqual(["compose.yaml:1:52 LYC2505 services.a.extends"]),
);

test.each([
  ["networks: x", "base.yaml:1:39 LYC2104 services.a.networks"],
  ["models: 1", "base.yaml:1:37 LYC2104 services.a.models"],
  ["depends_on: 1", "base.yaml:1:41 LYC2104 services.base.depends_on"],
])("%s of an extended service is refused, not left out", (keys, mark) =>
  expect(marksOf(extending(`services: {base: {image: i, ${keys} }}`))).toEqual([mark]),
);

describe("as in docker compose, a list that is merged with itself stays as it is", () => {
  const constraints = (bundled: ReturnType<typeof bundleOf>) =>
    expect(serviceOf(bundled)).toEqual({ image: "i", deploy: { placement: { constraints: ["k"] } } });

  test("when a service and the one that it extends use one anchor", () =>
    constraints(
      bundleOf({
        "compose.yaml":
          "services: {b: {image: i, deploy: &d {placement: {constraints: [k]}}}, a: {extends: b, deploy: *d}}\n",
      }),
    ));

  test("when a file is named twice", () =>
    constraints(
      bundleOf(
        { "compose.yaml": "services: {a: {image: i, deploy: {placement: {constraints: [k]}}}}\n" },
        { paths: ["compose.yaml", "compose.yaml"] },
      ),
    ));
});

test.each([
  ["extends: 1", ["compose.yaml:1:35 LYC2104 services.a.extends"]],
  ["extends: {file: base.yaml}", ["compose.yaml:1:26 LYC2106 services.a.extends"]],
  ["extends: {file: 1, service: base}", ["compose.yaml:1:42 LYC2104 services.a.extends.file"]],
  ["extends: {file: none.yaml, service: base}", ["compose.yaml:1:42 LYC2501 services.a.extends.file"]],
] as const)("%s is refused once, with its position", (keys, marks) =>
  expect(marksOf(bundleOf({ "compose.yaml": `services: {a: {image: i, ${keys}}}\n`, "base.yaml": "" }))).toEqual(marks),
);
