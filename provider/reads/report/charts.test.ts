import { curveChart, timelineChart } from "./charts";

const at = (minute: number, value?: number) => ({
  timestamp: new Date(Date.UTC(2026, 2, 1, 12, minute)).toISOString(),
  ...(value === undefined ? {} : { value }),
});

test("bars are as long as their part of the time, and a label that does not fit is only below the bar", () => {
  const chart = timelineChart([
    { name: "queued", seconds: 1 },
    { name: "running", seconds: 99 },
  ]);
  const widths = [...chart.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
  expect(widths).toEqual([7.2, 712.8]);
  expect(chart).toContain("<title>queued 1s</title>");
  expect(chart).not.toContain(">queued 1s</text>");
  expect(chart).toContain(">running 1m39s</text>");
  expect([...chart.matchAll(/<\/i>([^<]+)</g)].map(([, words]) => words)).toEqual(["queued 1s", "running 1m39s"]);
  expect([...chart.matchAll(/class="tick">([^<]+)</g)].map(([, tick]) => tick)).toEqual(["0s", "30s", "1m", "1m30s"]);
});

test.each([
  [0.5, ["0s"]],
  [1, ["0s", "1s"]],
  [2.5, ["0s", "1s", "2s"]],
])("the axis of %p s has whole seconds", (seconds, labels) => {
  const chart = timelineChart([{ name: "running", seconds }]);
  expect([...chart.matchAll(/class="tick">([^<]+)</g)].map(([, tick]) => tick)).toEqual(labels);
});

test("there is no chart without a time", () => {
  expect(timelineChart([])).toBe("");
  expect(timelineChart([{ name: "queued", seconds: 0 }])).toBe("");
});

test("a curve has a unit, a peak and a gap where a sample has no value", () => {
  const chart = curveChart("systemRamUsedBytes", [at(0, 2 ** 30), at(1, 2 ** 31), at(2), at(3, 2 ** 31)]);
  expect(chart).toContain("systemRamUsedBytes (peak 2 GiB)");
  expect([...(/d="([^"]+)"/.exec(chart)?.[1] ?? "").matchAll(/[ML]/g)].join("")).toBe("MLM");
});

test.each([
  ["systemRamUsedBytes", 2 ** 40, "1024 GiB", ["0 GiB", "512 GiB", "1024 GiB"]],
  ["gpuTemperatureCelsius", 80, "80 °C", ["0 °C", "40 °C", "80 °C"]],
  ["gpuPowerWatt", 300, "300 W", ["0 W", "150 W", "300 W"]],
  ["processes", 6, "6", ["0", "3", "6"]],
])("the curve of %s has its unit at the peak and at each level", (name, most, peak, levels) => {
  const chart = curveChart(name, [at(0, 0), at(1, most)]);
  expect(chart).toContain(`(peak ${peak})`);
  expect([...chart.matchAll(/text-anchor="end" class="tick">([^<]+)</g)].map(([, level]) => level)).toEqual(
    expect.arrayContaining(levels),
  );
});

test("the first label of a time axis begins at its tick, and the last one ends there", () => {
  const anchors = [
    ...curveChart("gpuPowerWatt", [at(0, 1), at(1, 2)]).matchAll(/text-anchor="(\w+)" class="tick">(\d+m?s?)</g),
  ];
  expect(anchors.map(([, anchor, label]) => `${label} ${anchor}`)).toEqual(
    expect.arrayContaining(["0s start", "30s middle", "1m end"]),
  );
});

test("the axis of a percentage ends at 100, for any highest value", () => {
  const chart = curveChart("gpuUtilizationPercent", [at(0, 10), at(1, 20)]);
  expect(chart).toContain(">100 %<");
  expect(chart).toContain("peak 20 %");
});

test.each([
  ["no sample", []],
  ["one sample", [at(0, 1)]],
  ["samples of one moment", [at(0, 1), at(0, 2)]],
  ["samples without values", [at(0), at(1)]],
])("%s gives no curve", (_, samples) => {
  expect(curveChart("gpuPowerWatt", samples)).toBe("");
});
