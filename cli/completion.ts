import { type Command, type CommandRow, exitCodes, type Surface, UsageError } from "./command";
import type { OptionRow } from "./option-table";

/** The words that a shell can offer for one command. */
export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  /** What may stand behind its name; empty for names of files, `runs` for those of the account. */
  readonly words: readonly string[] | "runs";
  /** `--json`, `-f` and so on, each with its help and the values that are offered; none for one that takes no value. */
  readonly options: readonly (readonly [word: string, help: string, values: readonly string[] | undefined])[];
}

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;
/** What a script calls for the names of runs. */
const RUNS = "runs";
const ASK_FOR_RUNS = `pulumi-lyceum completion ${RUNS} 2>/dev/null`;
const SHELLS = Object.keys(SCRIPTS) as readonly (keyof typeof SCRIPTS)[];

/**
 * `pulumi-lyceum completion`: what a shell needs to complete commands and options.
 *
 * @param rows every command: its words come from the tables that its help comes from
 * @param nameRuns prints the names of runs, for the scripts
 */
export function completionOf(
  rows: () => readonly CommandRow[],
  nameRuns: (surface: Surface) => Promise<number>,
): Command {
  return {
    synopsis: SHELLS.join("|"),
    about: [
      "Prints a script that completes commands, options, runs and statuses in a shell. For the names of runs it asks Lyceum. It is for an installed `pulumi-lyceum`, not for npx.",
      "bash: `source <(pulumi-lyceum completion bash)` in ~/.bashrc. zsh: the same with zsh, behind `compinit`. fish: `pulumi-lyceum completion fish > ~/.config/fish/completions/pulumi-lyceum.fish`.",
    ],
    options: {},
    words: SHELLS,
    closing: ["Exit code: 0, or 2 for another shell."],
    run(args, surface) {
      if (args[0] === RUNS && args.length === 1) return nameRuns(surface);
      const shell = SHELLS.find((name) => name === args[0]);
      if (shell === undefined || args.length > 1) throw new UsageError(`One shell: ${SHELLS.join(", ")}`);
      surface.print(SCRIPTS[shell](rows().map(wordsOf)));
      return exitCodes.clean;
    },
  };
}

function wordsOf({ name, summary, load }: CommandRow): CommandWords {
  const command = load();
  const options = Object.entries<OptionRow>(command.options).flatMap(([option, { type, short, help, words = [] }]) => {
    const text = help.replace(/\s+/g, " ");
    // A value of several words would be several values to a shell.
    const values = type === "string" ? words.filter((word) => !word.includes(" ")) : undefined;
    const signs = [`--${option}`, ...(short === undefined ? [] : [`-${short}`])];
    return signs.map((sign) => [sign, text, values] as const);
  });
  const words = command.takesRuns ? "runs" : (command.words ?? []);
  return { name, summary, words, options: [...options, ["--help", "this text", undefined]] };
}

function bashScript(commands: readonly CommandWords[]): string {
  const cases = commands.flatMap(({ name, words, options }) => [
    ...options.flatMap(([sign, , values]) => {
      if (values === undefined) return [];
      const from = values.length === 0 ? "-f" : `-W "${values.join(" ")}"`;
      return [`    ${name},${sign}) COMPREPLY=($(compgen ${from} -- "$current")); return ;;`];
    }),
    `    ${name},*) words="${options.map(([word]) => word).join(" ")}"; first="${words === "runs" ? "" : words.join(" ")}"; runs=${words === "runs" ? 1 : '""'} ;;`,
  ]);
  return `# Completion of pulumi-lyceum for bash.
_pulumi_lyceum() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words="" first="" runs=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")} --help --version" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]},\${COMP_WORDS[COMP_CWORD-1]}" in
${cases.join("\n")}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *)
      if [ -n "$runs" ]; then
        COMPREPLY=($(compgen -W "$(${ASK_FOR_RUNS})" -- "$current"))
      elif [ "$COMP_CWORD" -eq 2 ] && [ -n "$first" ]; then
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
  const cases = commands.flatMap(({ name, words, options }) => [
    ...options.flatMap(([sign, , values]) => {
      if (values === undefined) return [];
      return [`    ${name},${sign}) ${values.length === 0 ? "_files" : `compadd -- ${values.join(" ")}`}; return ;;`];
    }),
    `    ${name},*) options=(${options.map(([word, help]) => described(word, help)).join(" ")}); first=(${words === "runs" ? "" : words.join(" ")}); runs=${words === "runs" ? 1 : '""'} ;;`,
  ]);
  return `# Completion of pulumi-lyceum for zsh.
_pulumi_lyceum() {
  local -a commands options first
  local runs=""
  if (( CURRENT == 2 )); then
    commands=(${commands.map(({ name, summary }) => described(name, summary)).join(" ")})
    _describe command commands
    return
  fi
  case "\${words[2]},\${words[CURRENT-1]}" in
${cases.join("\n")}
  esac
  if [[ "$PREFIX" == -* ]]; then _describe option options
  elif [[ -n "$runs" ]]; then compadd -- \${(f)"$(${ASK_FOR_RUNS})"}
  elif (( CURRENT == 3 && $#first > 0 )); then compadd -a first
  else _files; fi
}
compdef _pulumi_lyceum pulumi-lyceum`;
}

function fishScript(commands: readonly CommandWords[]): string {
  const lines = commands.flatMap(({ name, summary, words, options }) => [
    `complete -c pulumi-lyceum -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ...(words === "runs"
      ? [`complete -c pulumi-lyceum -f -n ${quoted(`__fish_seen_subcommand_from ${name}`)} -a '(${ASK_FOR_RUNS})'`]
      : []),
    ...(words === "runs" ? [] : words).map((word, _at, all) => {
      const isNext = `__fish_seen_subcommand_from ${name}; and not __fish_seen_subcommand_from ${all.join(" ")}`;
      return `complete -c pulumi-lyceum -f -n ${quoted(isNext)} -a ${word}`;
    }),
    ...options.map(([word, help, values = []]) => {
      const flag = word.startsWith("--") ? `-l ${word.slice(2)}` : `-s ${word.slice(1)}`;
      const choice = values.length === 0 ? "" : ` -x -a ${quoted(values.join(" "))}`;
      return `complete -c pulumi-lyceum -n ${quoted(`__fish_seen_subcommand_from ${name}`)} ${flag}${choice} -d ${quoted(help)}`;
    }),
  ]);
  return ["# Completion of pulumi-lyceum for fish.", ...lines].join("\n");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "").replaceAll("\\", "")}'`;
}
