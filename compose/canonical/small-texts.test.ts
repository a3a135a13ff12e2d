import { bundleText } from "../project";
import { plainSmallText, smallTexts } from "../testing/small-texts";
import { Reference, timesAsLong } from "../testing/times-as-long";
import { validateCompose } from "../validate";

const most = 8;
const variables = new Map([["A", { text: "a", secret: false }]]);
const locations: Readonly<Record<string, (text: string) => void>> = {
  validator: (text) => void validateCompose(text, {}),
  bundle: (text) => void bundleText(text, { variables })?.bundle?.text,
};

describe.each(Object.entries(locations))("%s", (_location, answer) => {
  const plain = new Reference(() => answer(plainSmallText));

  test("no small text takes more than eight times what a plain one of its size takes", () => {
    expect(smallTexts.length).toBeGreaterThan(1_500);
    const expensive = smallTexts.filter((text) => timesAsLong(() => answer(text), plain, { enough: most }) > most);
    expect(expensive.map((text) => text.slice(0, 120))).toEqual([]);
  });

  test("an expensive answer is found", () => {
    const expensive = () => {
      for (let times = 0; times < 24; times++) answer(plainSmallText);
    };
    expect(timesAsLong(expensive, plain, { enough: most })).toBeGreaterThan(most);
  });
});
