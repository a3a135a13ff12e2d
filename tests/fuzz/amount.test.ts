import fc from "fast-check";
import { withFailureLine } from "./amount";

type Files = Readonly<Record<string, string | Uint8Array>>;

test("a failure is printed as one line with the seed and the whole smallest input", () => {
  const lines: string[] = [];
  const write = jest.spyOn(process.stderr, "write").mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    const bytes = fc.constant<Files>({ "a.yaml": "x\n", "b.bin": Uint8Array.of(255) });
    const property = fc.property(bytes, (files: Files) => Object.keys(files).length === 0);
    const fails = () => fc.assert(property, { seed: 7, ...withFailureLine<[Files]>("a test") });
    expect(fails).toThrow(/Counterexample/);
  } finally {
    write.mockRestore();
  }
  expect(lines).toEqual([
    'fuzz: a test failed: {"seed":7,"path":"0","counterexample":[{"a.yaml":"x\\n","b.bin":{"base64":"/w=="}}]}\n',
  ]);
});
