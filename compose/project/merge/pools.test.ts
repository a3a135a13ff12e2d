import { bundleOf, marksOf } from "../testing/bundle";

/** Bundles two files. Each file has one of these values as `config` of a network. */
function merged(base: string, over: string) {
  const network = (config: string) => `networks: {default: {ipam: {config: ${config} }}}`;
  return bundleOf(
    { "compose.yaml": `services: {a: {image: i}}\n${network(base)}`, "over.yaml": network(over) },
    { paths: ["compose.yaml", "over.yaml"] },
  );
}

function poolsOf(base: string, over: string): unknown {
  const bundled = merged(`[${base}]`, `[${over}]`);
  expect(marksOf(bundled)).toEqual([]);
  const model: { networks: { default: { ipam: { config: unknown } } } } = JSON.parse(
    JSON.stringify(bundled.bundle?.model),
  );
  return model.networks.default.ipam.config;
}

// The corpus of tests/differential contains the results of docker compose 2.40.3 for these cases.
it("merges pools of one subnet, and drops a pool whose subnet the later file does not have", () => {
  const [both, other] = [{ subnet: "a", gateway: "g", ip_range: "r" }, { subnet: "b" }];
  expect(poolsOf("{subnet: a, gateway: g}", "{subnet: a, ip_range: r}, {subnet: b}")).toEqual([both, other]);
  expect(poolsOf("{subnet: a}", "{subnet: b}")).toEqual([other]);
});

it("still changes a pool that is already in the result", () => {
  // The pool without a subnet stays in the result, because the last file gives the pool a subnet.
  expect(poolsOf("{gateway: g}", "{ip_range: r}, {subnet: b}, {subnet: b}")).toEqual([
    { gateway: "g", ip_range: "r", subnet: "b" },
    { subnet: "b" },
  ]);
  // The second pool shares its addresses with a pool that was added to the list. So later changes of these addresses
  // appear in both pools.
  const addresses = "{ip_range: r}, {subnet: b, aux_addresses: {a: x}}, {subnet: b, aux_addresses: {c: y}}";
  expect(poolsOf("{}, {subnet: b}", addresses)).toEqual([
    { subnet: "b", aux_addresses: { a: "x", c: "y" } },
    { subnet: "b", aux_addresses: { a: "x", c: "y" } },
    { ip_range: "r" },
  ]);
});

/**
 * Compose refuses files with such pools. The merge must neither lose the other values nor add an error, because another
 * check reports the error.
 */
test.each([
  ["1", "[{subnet: a}]", ["compose.yaml:2:37 LYC2104 networks.default.ipam.config"]],
  ["[{subnet: a}]", "1", ["over.yaml:1:37 LYC2104 networks.default.ipam.config"]],
  ["[1]", "[{subnet: a}]", ["compose.yaml:2:38 LYC2104 networks.default.ipam.config[0]"]],
  ["[{subnet: a}]", "[1]", ["over.yaml:1:38 LYC2104 networks.default.ipam.config[0]"]],
] as const)("pools %s and then %s are refused once", (base, over, expected) =>
  expect(marksOf(merged(base, over))).toEqual(expected),
);

it("names the key of a pool if two values cannot be merged", () => {
  const { diagnostics } = merged("[{subnet: a, x-a: [1]}]", "[{subnet: a, x-a: {b: c}}]");
  expect(diagnostics.map(({ code, path, message }) => [code, path, message])).toEqual([
    [
      "LYC2507",
      "networks.default.ipam.config.x-a",
      "networks.default.ipam.config.x-a is a mapping, and in compose.yaml it is a list",
    ],
  ]);
});

describe("a project that pools would make too large is refused at the list that does it", () => {
  const refused = ["over.yaml:1:37 LYC2502 networks.default.ipam.config"];
  const list = (count: number, item: (index: number) => string) =>
    `[${Array.from({ length: count }, (_, i) => item(i))}]`;

  // 170 × 170 pairs of pools are just below the limit of 5 MB, and 171 × 171 pairs are above it. For each pair, the
  // search visits all pools.
  test.each([
    [170, []],
    [171, refused],
  ])("%i pools are merged with as many others", (count, expected) => {
    const pools = (letter: string) => list(count, (index) => `{subnet: ${letter}${index}}`);
    expect(marksOf(merged(pools("a"), pools("b")))).toEqual(expected);
  });

  test("one large pool replaces many", () => {
    const large = `[{x-a: ${"x".repeat(100_000)}}]`;
    // With repeated subnets in reverse order, all pools are added to the same pool.
    const over = (count: number) =>
      list(2 * count, (index) => `{subnet: b${index < count ? index : 2 * count - 1 - index}}`);
    expect(marksOf(merged(large, over(60)))).toEqual(refused);
    expect(marksOf(merged(large, over(5)))).toEqual([]);
  });

  test("a list in a pool grows with every pair", () => {
    const over = (count: number) =>
      list(count, (pool) => `{subnet: a, x-a: ${list(100, (item) => `x${pool}-${item}`)}}`);
    expect(marksOf(merged("[{subnet: a}]", over(150)))).toEqual(refused);
    expect(marksOf(merged("[{subnet: a}]", over(10)))).toEqual([]);
  });
});
