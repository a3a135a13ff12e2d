/** One run for each row. The name is that of the resource: a new name is a new run. */
export const table = [
  { name: "slow", rate: 0.1, epochs: 2 },
  { name: "long", rate: 0.1, epochs: 8 },
  { name: "fast", rate: 0.5, epochs: 8 },
];
