import { sizeText } from "./sizes";

test.each([
  [0, "0 B"],
  [5, "5 B"],
  [999, "999 B"],
  [999.5, "1.0 kB"],
  [1_500, "1.5 kB"],
  [9_940, "9.9 kB"],
  [9_950, "10 kB"],
  [23_400_000, "23 MB"],
  [999_499, "999 kB"],
  [999_500, "1.0 MB"],
  [3e9, "3.0 GB"],
  [2e12, "2.0 TB"],
  [5_000e12, "5000 TB"],
])("%d bytes are shown as %s", (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
