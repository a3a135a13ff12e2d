import { bundleOf, marksOf } from "./testing/bundle";

function serviceOf(bundled: ReturnType<typeof bundleOf>): unknown {
  expect(marksOf(bundled)).toEqual([]);
  const { services }: { services: { a: unknown } } = JSON.parse(JSON.stringify(bundled.bundle?.model));
  return services.a;
}

describe("as in docker compose, a list is appended also to itself", () => {
  const constraints = (bundled: ReturnType<typeof bundleOf>) =>
    expect(serviceOf(bundled)).toEqual({ image: "i", deploy: { placement: { constraints: ["k", "k"] } } });

  test("where a service and the one that it extends name one anchor", () =>
    constraints(
      bundleOf({
        "compose.yaml":
          "services: {b: {image: i, deploy: &d {placement: {constraints: [k]}}}, a: {extends: b, deploy: *d}}\n",
      }),
    ));

  test("where a file is named twice", () =>
    constraints(
      bundleOf(
        { "compose.yaml": "services: {a: {image: i, deploy: {placement: {constraints: [k]}}}}\n" },
        { paths: ["compose.yaml", "compose.yaml"] },
      ),
    ));

  test("and a file that is named 200 times makes the project too large", () =>
    expect(
      marksOf(
        bundleOf(
          { "compose.yaml": `services: {a: {image: i, deploy: {placement: {constraints: [${"k, ".repeat(99)}k]}}}}\n` },
          { paths: Array.from({ length: 200 }, () => "compose.yaml") },
        ),
      ),
    ).toEqual(["LYC2502"]));
});
