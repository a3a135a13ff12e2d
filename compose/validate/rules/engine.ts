import type { ValidationContext } from "../context";
import { child, children, hasVariables, type Location, select, textAt } from "../location";
import { didYouMean, writeMeant } from "../remedies";

/** Reports values of a service that Compose accepts, but with which Docker cannot create or start a container. */
export function validateEngine(context: ValidationContext): void {
  for (const service of context.containers) {
    for (const { at, fits, words, meant = [] } of RULES) {
      const location = at.reduce<Location | undefined>(child, service);
      const text = textAt(location);
      if (location === undefined || text === undefined || text === "" || hasVariables(text) || fits(text)) continue;
      const guess = context.meant("LYC2107", text, meant);
      context.addAt("LYC2107", location, `must be ${words}`, writeMeant(guess));
    }
    for (const limit of children(child(service, "ulimits"))) validateLimit(context, limit);
  }
}

interface Rule {
  readonly at: readonly string[];
  readonly fits: (text: string) => boolean;
  /** A description of the valid values. In a message, the description follows "must be". */
  readonly words: string;
  /** Valid values. If the written value is similar to one of them, a remedy suggests this value. */
  readonly meant?: readonly string[];
}

const POLICIES = ["no", "always", "unless-stopped", "on-failure"];
const COMMON_SIGNALS = ["SIGTERM", "SIGINT", "SIGQUIT", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGWINCH", "SIGKILL"];

const RULES: readonly Rule[] = [
  {
    at: ["restart"],
    // Compose also accepts `any` and `none` here, although these values belong to `deploy`.
    fits: (text) => /^(?:no|none|always|any|unless-stopped|on-failure(?::[0-9]+)?)$/.test(text),
    words: "`no`, `always`, `unless-stopped`, `on-failure` or `on-failure:N`, with N a whole number",
    meant: POLICIES,
  },
  {
    at: ["deploy", "restart_policy", "condition"],
    fits: (text) => /^(?:no|none|always|any|unless-stopped|on-failure)$/.test(text),
    words: "`none`, `on-failure` or `any`",
    meant: ["none", "on-failure", "any"],
  },
  {
    at: ["stop_signal"],
    fits: isSignal,
    words: `a signal of Linux, such as ${COMMON_SIGNALS.join(", ")}, or its number`,
    meant: COMMON_SIGNALS,
  },
  {
    at: ["platform"],
    fits: isPlatform,
    words:
      "SYSTEM/PROCESSOR, such as `linux/amd64`: the processor is `amd64`, `arm64`, `arm`, `386`, `ppc64le`, `riscv64` or `s390x`",
  },
];

const SIGNALS = new Set(
  `ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP
  TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX`.split(/\s+/),
);

/** Whether Docker knows a signal, by its name or its number. */
function isSignal(text: string): boolean {
  if (/^[-+]?[0-9]+$/.test(text)) return Number(text) !== 0;
  const name = text.toUpperCase().replace(/^SIG/, "");
  return SIGNALS.has(name) || /^RTMIN\+(?:[1-9]|1[0-5])$|^RTMAX-(?:[1-9]|1[0-4])$/.test(name);
}

const SYSTEMS = new Set(
  `aix android darwin dragonfly freebsd hurd illumos ios js linux macos nacl netbsd openbsd plan9 solaris wasi wasip1
  windows zos`.split(/\s+/),
);
const PROCESSORS = new Set(
  `386 aarch64 amd64 arm arm64 armel armhf i386 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x sparc64
  wasm wasm32 x86-64 x86_64`.split(/\s+/),
);

/**
 * Whether a text is SYSTEM, PROCESSOR, or SYSTEM/PROCESSOR[/VARIANT]. Any variant is accepted, because new variants
 * appear.
 */
function isPlatform(text: string): boolean {
  const [first = "", second, variant = "v", ...others] = text.toLowerCase().split("/");
  const system = first.replace(/\([\w.-]*\)$/, "");
  if (second === undefined) return SYSTEMS.has(system) || PROCESSORS.has(first);
  return SYSTEMS.has(system) && PROCESSORS.has(second) && /^[\w.-]+$/.test(variant) && others.length === 0;
}

const LIMITS =
  `as core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack`.split(" ");

/**
 * Checks the name and the value of a limit in `ulimits`. The value is a single limit, or a soft and a hard limit. -1
 * means no limit. The soft limit must not be above the hard limit.
 */
function validateLimit(context: ValidationContext, location: Location): void {
  const name = String(location.step);
  if (!hasVariables(name) && !LIMITS.includes(name.toLowerCase())) {
    const meant = context.meant("LYC2105", name, LIMITS);
    const remedy = `Write one of ${LIMITS.join(", ")}.`;
    context.addAtKey("LYC2105", location, "is no limit of Linux", { remedy, ...didYouMean(meant) });
  }
  const all = location.node.kind === "mapping" ? select(location, "*") : [location];
  for (const at of all) {
    if (Number(textAt(at)) < -1) context.addAt("LYC2110", at, "must be 0 or more, or -1 for no limit");
  }
  const [soft, hard] = [child(location, "soft"), child(location, "hard")].map((at) => amountOf(textAt(at)));
  if (soft === undefined || hard === undefined || soft <= hard) return;
  context.addAt("LYC2110", child(location, "soft") ?? location, "must not be more than `hard`");
}

function amountOf(text: string | undefined): number | undefined {
  const amount = Number(text);
  return amount >= 0 ? amount : amount === -1 ? Number.POSITIVE_INFINITY : undefined;
}
