/** The keys of Compose whose lists are the arguments of a command. */
const KEY = /^[ \t]{0,200}(?:- )?["']?(?:command|entrypoint|test|args)["']?:/;
const ITEM = /^[ \t]{0,200}- /;

/**
 * The lists of arguments in a YAML text as commands of one line: `["mysql", "-px"]` is ` mysql   -px `. All other text
 * is blank, and every offset stays. The arguments of a list are read together, as the command that they are.
 */
export function argumentLines(text: string): string {
  let isList = false;
  let isFlow = false;
  const lines = text.split("\n").map((line) => {
    const isKey = !isFlow && KEY.test(line);
    const continues = isFlow || (isList && ITEM.test(line));
    if (!isKey && !continues) {
      isList = isList && line.trim() === "";
      return { line: " ".repeat(line.length), continues: false };
    }
    isList = (isKey && /:\s{0,9}(?:[&!#]|$)/.test(line)) || (isList && continues);
    isFlow = isFlow || (isKey && /:\s{0,9}\[/.test(line)) ? !line.includes("]") : false;
    const item = continues && !isFlow ? line.replace(ITEM, (dash) => " ".repeat(dash.length)) : line;
    return { line: item.replace(/[[\]"',]/g, " "), continues };
  });
  return lines.map((each, index) => (index === 0 ? "" : each.continues ? " " : "\n") + each.line).join("");
}
