"""A running emulator, and the function that starts it. This module needs only Python's own library."""

import json
import os
import queue
import signal
import subprocess
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import IO, Any, Callable, Mapping, Optional, Sequence, Union
from urllib.parse import quote

#: Time limits in seconds: of the start, which may download the package, of the end, and of one call.
_START_LIMIT = 120
_END_LIMIT = 90
_CALL_LIMIT = 60

#: The number of characters of the emulator's messages that an error shows.
_MOST_SHOWN = 4000


class EmulatorError(RuntimeError):
    """The emulator did not start, or refused a call."""


@dataclass(frozen=True)
class StatusTime:
    """A status of a run, and the time in ISO 8601 at which it began."""

    status: str
    at: str


@dataclass(frozen=True)
class Run:
    """A run, as the emulator knows it. ``return_code`` is None until the run has ended."""

    execution_id: str
    status: str
    return_code: Optional[int]
    file_name: Optional[str]
    errors: Sequence[str]
    compose_file_code: str
    timeline: Sequence[StatusTime]


@dataclass(frozen=True)
class ReceivedRequest:
    """A request that the emulator has received. ``operation`` is None for a path that the API does not have."""

    operation: Optional[str]
    method: str
    path: str
    body: Any
    status: Optional[int]
    at: str


class Emulator:
    """A running emulator. It ends with this process, whatever ends the process."""

    def __init__(self, process: "subprocess.Popen[str]", ready: Mapping[str, Any]) -> None:
        self._process = process
        self._pid = int(ready["pid"])
        self._stopped = False
        self._control = str(ready["control"])
        self.url = str(ready["url"])
        self.api_key = str(ready["apiKey"])
        # The emulator is on this machine, so no proxy can reach it.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables with which a program, or Pulumi, uses the emulator."""
        return {"LYCEUM_BASE_URL": self.url, "LYCEUM_API_KEY": self.api_key}

    def inject(self, fault: Mapping[str, Any]) -> Callable[[], None]:
        """Injects an error. Returns a function that removes it again."""
        fault_id = str(self._call("POST", "/faults", fault)["id"])

        def remove() -> None:
            self._call("DELETE", f"/faults/{quote(fault_id, safe='')}")

        return remove

    def requests(self) -> Sequence[ReceivedRequest]:
        """Returns the requests of clients, oldest first. A registry password is ``[redacted]``."""
        names = ("operation", "method", "path", "body", "status", "at")
        return [ReceivedRequest(**{name: one.get(name) for name in names}) for one in self._call("GET", "/requests")]

    def runs(self) -> Sequence[Run]:
        """Returns all runs, in the order of their starts."""
        return [
            Run(
                execution_id=one["executionId"],
                status=one["status"],
                return_code=one["returnCode"],
                file_name=one["fileName"],
                errors=one["errors"],
                compose_file_code=one["composeFileCode"],
                timeline=[StatusTime(**step) for step in one["timeline"]],
            )
            for one in self._call("GET", "/executions")
        ]

    def end(
        self, run: Union[str, Run], status: str, return_code: Optional[int] = None, errors: Sequence[str] = ()
    ) -> None:
        """Ends a simulated run now. ``status`` is the last status of the run, such as ``failed``."""
        execution_id = run.execution_id if isinstance(run, Run) else run
        body = {"status": status, "returnCode": return_code, "errors": list(errors)}
        self._call("POST", f"/executions/{quote(execution_id, safe='')}/end", body)

    def advance(self, seconds: float) -> None:
        """Moves the emulator's clock forward. Everything that is due until then happens."""
        self._call("POST", "/clock", {"advanceSeconds": seconds})

    def stop(self) -> None:
        """Ends the emulator and its runs. May be called more than once."""
        if self._stopped:
            return
        self._stopped = True
        # npx would not pass the signal on, and may have been killed without the emulator.
        try:
            os.kill(self._pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
        self._process.wait(timeout=_END_LIMIT)

    def __enter__(self) -> "Emulator":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _call(self, method: str, path: str, body: Optional[Mapping[str, Any]] = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"authorization": f"Bearer {self.api_key}", "content-type": "application/json"}
        request = urllib.request.Request(self._control + path, data=data, headers=headers, method=method)
        try:
            with self._opener.open(request, timeout=_CALL_LIMIT) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            detail = error.read().decode(errors="replace")
            raise EmulatorError(f"{method} {path} of the emulator: {_detail_of(detail)}") from None
        except urllib.error.URLError as error:
            raise EmulatorError(f"{method} {path} of the emulator got no answer: {error.reason}") from None


def start_emulator(
    engine: str = "simulated",
    api_key: Optional[str] = None,
    command: Sequence[str] = ("npx", "--yes", "pulumi-lyceum"),
) -> Emulator:
    """Starts an emulator at a free port, without records of earlier runs.

    :param engine: ``simulated`` starts no containers. ``docker`` starts real ones.
    :param api_key: The API key that the emulator accepts. It begins with ``lk_local_``. Default: a random key.
    :param command: The command line of the package. By default, ``npx`` takes the package of the project, or downloads it.
    :raises EmulatorError: with the output of the emulator, if it does not start
    """
    options = ["--json", "--temporary", "--port", "0", "--engine", engine, "--parent", str(os.getpid())]
    if api_key is not None:
        options += ["--api-key", api_key]
    try:
        process = subprocess.Popen(
            [*command, "emulator", *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # ^C ends the test runner, which then ends the emulator. A second ^C would otherwise kill the emulator.
            start_new_session=True,
        )
    except FileNotFoundError:
        raise EmulatorError(f"{command[0]} was not found. The emulator needs Node.js 20.18.1 or later.") from None
    return Emulator(process, _ready(process))


def _ready(process: "subprocess.Popen[str]") -> Mapping[str, Any]:
    """Returns what the emulator prints when it is ready. Both outputs are read until their end, so it never blocks."""
    lines: "queue.Queue[str]" = queue.Queue()
    messages = [""]

    def take(output: IO[str]) -> None:
        for line in output:
            lines.put(line)
        lines.put("")

    def keep(errors: IO[str]) -> None:
        for line in errors:
            messages[0] = (messages[0] + line)[-_MOST_SHOWN:]

    readers = [
        threading.Thread(target=target, args=(pipe,), daemon=True)
        for target, pipe in ((take, process.stdout), (keep, process.stderr))
    ]
    for reader in readers:
        reader.start()
    try:
        line = lines.get(timeout=_START_LIMIT)
        if line.startswith("{"):
            ready: Mapping[str, Any] = json.loads(line)
            return ready
        what = "ended" if line == "" else f"printed a line that is not JSON: {line[:200]}"
    except queue.Empty:
        what = f"was not ready after {_START_LIMIT} s"
    except BaseException:
        # For example ^C: nobody else would end the emulator.
        _kill(process)
        raise
    _kill(process)
    readers[1].join(timeout=1)
    raise EmulatorError(f"The emulator {what}.\n{messages[0]}")


def _kill(process: "subprocess.Popen[str]") -> None:
    """Kills npx, its shell and the emulator, which are a process group of their own."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def _detail_of(text: str) -> str:
    try:
        return str(json.loads(text)["detail"])
    except (ValueError, KeyError, TypeError):
        return text[:200]
