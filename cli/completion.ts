import { type Command, type CommandRow, exitCodes, UsageError } from "./command";
import type { OptionRow } from "./option-table";

/** The words that a shell can offer for one command. */
export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  /** What may stand behind its name; empty for names of files. */
  readonly words: readonly string[];
  /** `--json`, `-f` and so on, each with its help. */
  readonly options: readonly (readonly [word: string, help: string])[];
}

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;
const SHELLS = Object.keys(SCRIPTS) as readonly (keyof typeof SCRIPTS)[];

/**
 * `pulumi-lyceum completion`: what a shell needs to complete commands and options.
 *
 * @param rows every command: its words come from the tables that its help comes from
 */
export function completionOf(rows: () => readonly CommandRow[]): Command {
  return {
    synopsis: SHELLS.join("|"),
    about: [
      "Prints a script that completes commands and options in a shell. It is for an installed `pulumi-lyceum`, not for npx.",
      "bash: `source <(pulumi-lyceum completion bash)` in ~/.bashrc. zsh: the same with zsh, behind `compinit`. fish: `pulumi-lyceum completion fish > ~/.config/fish/completions/pulumi-lyceum.fish`.",
    ],
    options: {},
    words: SHELLS,
    closing: ["Exit code: 0, or 2 for another shell."],
    run(args, surface) {
      const shell = SHELLS.find((name) => name === args[0]);
      if (shell === undefined || args.length > 1) throw new UsageError(`One shell: ${SHELLS.join(", ")}`);
      surface.print(SCRIPTS[shell](rows().map(wordsOf)));
      return exitCodes.clean;
    },
  };
}

function wordsOf({ name, summary, load }: CommandRow): CommandWords {
  const command = load();
  const options = Object.entries<OptionRow>(command.options).flatMap(([option, { short, help }]) => {
    const text = help.replace(/\s+/g, " ");
    return [[`--${option}`, text] as const, ...(short === undefined ? [] : [[`-${short}`, text] as const])];
  });
  return { name, summary, words: command.words ?? [], options: [...options, ["--help", "this text"]] };
}

function bashScript(commands: readonly CommandWords[]): string {
  const cases = commands.map(
    ({ name, words, options }) =>
      `    ${name}) words="${options.map(([word]) => word).join(" ")}"; first="${words.join(" ")}" ;;`,
  );
  return `# Completion of pulumi-lyceum for bash.
_pulumi_lyceum() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words="" first=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")} --help --version" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *)
      if [ "$COMP_CWORD" -eq 2 ] && [ -n "$first" ]; then
        COMPREPLY=($(compgen -W "$first" -- "$current"))
      else
        COMPREPLY=($(compgen -f -- "$current"))
      fi
      ;;
  esac
}
complete -o filenames -F _pulumi_lyceum pulumi-lyceum`;
}

function zshScript(commands: readonly CommandWords[]): string {
  const described = (word: string, text: string) => quoted(`${word}:${text}`);
  const cases = commands.map(
    ({ name, words, options }) =>
      `    ${name}) options=(${options.map(([word, help]) => described(word, help)).join(" ")}); first=(${words.join(" ")}) ;;`,
  );
  return `# Completion of pulumi-lyceum for zsh.
_pulumi_lyceum() {
  local -a commands options first
  if (( CURRENT == 2 )); then
    commands=(${commands.map(({ name, summary }) => described(name, summary)).join(" ")})
    _describe command commands
    return
  fi
  case "\${words[2]}" in
${cases.join("\n")}
  esac
  if [[ "$PREFIX" == -* ]]; then _describe option options
  elif (( CURRENT == 3 && $#first > 0 )); then compadd -a first
  else _files; fi
}
compdef _pulumi_lyceum pulumi-lyceum`;
}

function fishScript(commands: readonly CommandWords[]): string {
  const lines = commands.flatMap(({ name, summary, words, options }) => [
    `complete -c pulumi-lyceum -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ...words.map((word) => {
      const isNext = `__fish_seen_subcommand_from ${name}; and not __fish_seen_subcommand_from ${words.join(" ")}`;
      return `complete -c pulumi-lyceum -f -n ${quoted(isNext)} -a ${word}`;
    }),
    ...options.map(([word, help]) => {
      const flag = word.startsWith("--") ? `-l ${word.slice(2)}` : `-s ${word.slice(1)}`;
      return `complete -c pulumi-lyceum -n ${quoted(`__fish_seen_subcommand_from ${name}`)} ${flag} -d ${quoted(help)}`;
    }),
  ]);
  return ["# Completion of pulumi-lyceum for fish.", ...lines].join("\n");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "").replaceAll("\\", "")}'`;
}
