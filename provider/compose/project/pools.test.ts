import { bundleOf, marksOf } from "./testing/bundle";

function poolsOf(base: string, over: string): unknown {
  const network = (config: string) => `networks: {default: {ipam: {config: [${config}]}}}`;
  const bundled = bundleOf(
    { "compose.yaml": `services: {a: {image: i}}\n${network(base)}`, "over.yaml": network(over) },
    { paths: ["compose.yaml", "over.yaml"] },
  );
  expect(marksOf(bundled)).toEqual([]);
  const model: { networks: { default: { ipam: { config: unknown } } } } = JSON.parse(
    JSON.stringify(bundled.bundle?.model),
  );
  return model.networks.default.ipam.config;
}

// What docker compose 2.40.3 makes of each is in the corpus of tests/differential.
it("merges pools of one subnet, and drops an earlier one that no later one meets", () => {
  const [both, other] = [{ subnet: "a", gateway: "g", ip_range: "r" }, { subnet: "b" }];
  expect(poolsOf("{subnet: a, gateway: g}", "{subnet: a, ip_range: r}, {subnet: b}")).toEqual([both, other]);
  expect(poolsOf("{subnet: a}", "{subnet: b}")).toEqual([other]);
});

it("writes on into a pool that stands in the result", () => {
  // The pool without a subnet stands there when the last one gives it one.
  expect(poolsOf("{gateway: g}", "{ip_range: r}, {subnet: b}, {subnet: b}")).toEqual([
    { gateway: "g", ip_range: "r", subnet: "b" },
    { subnet: "b" },
  ]);
  // The second pool takes the addresses of an added one, which then has what is added to them, too.
  const addresses = "{ip_range: r}, {subnet: b, aux_addresses: {a: x}}, {subnet: b, aux_addresses: {c: y}}";
  expect(poolsOf("{}, {subnet: b}", addresses)).toEqual([
    { subnet: "b", aux_addresses: { a: "x", c: "y" } },
    { subnet: "b", aux_addresses: { a: "x", c: "y" } },
    { ip_range: "r" },
  ]);
});
