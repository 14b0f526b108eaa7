"""A house in processes of its own, made to be killed; its callers note every acknowledgement."""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from entente.app import open_house
from entente.core.access import Role
from entente.desk import HOUSE_ASKER, sit
from entente.rooms.bureaus import register
from entente.rooms.bureaus.service import issue_key
from entente.settings import Settings

LINES = 4_000
LOADER = """
    import sys
    from pathlib import Path
    from entente.app import open_house
    from entente.core.access import Asker, Handling, Purpose, Role
    from entente.rooms.records.loading import load
    from entente.settings import Settings

    house = open_house(Settings(data=Path(sys.argv[1])))
    asker = Asker("operator", 1, Purpose.DESK, "torture", frozenset({Role.CONTRIBUTOR}))
    sys.stdin.readline()
    for number in sys.argv[2:]:
        done = None
        for step in load(house, asker, Path(sys.argv[1], f"{number}.jsonl"), Handling(1)):
            done = step.read + (step.resumed_at if done is None else done)
            print(number, done, flush=True)
        print(number, -1, flush=True)
"""


@dataclass(slots=True)
class Told:
    """What the house acknowledged: records with version and name, searches, lines of each file."""

    records: dict[str, tuple[int, str]] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    searches: list[str] = field(default_factory=list)
    lines: dict[int, int] = field(default_factory=dict)
    refused: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Running:
    """One house in a folder; `start`, `torment`, `kill`, again and again."""

    def __init__(self, data: Path, seed: int) -> None:
        self.settings = Settings(data=data)
        self.chance = random.Random(seed)
        self.told = Told()
        self.file = 0
        self._server: subprocess.Popen[bytes] | None = None
        self._loader: subprocess.Popen[str] | None = None
        self._loaders: list[subprocess.Popen[str]] = []
        with closing(open_house(self.settings)) as house, sit(house, HOUSE_ASKER, writing=True) as desk:
            bureau = register(desk, "XA", "Bureau of Arvenia")
            assert bureau.number == 1
            roles = (Role.OFFICER, Role.CONTRIBUTOR)
            self.key, _ = issue_key(desk, bureau, "torture", roles)

    def start(self) -> float:
        """Start a server and a loader, which waits; returns the seconds to the server's first answer."""
        self._open_loader()
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            self.port = int(held.getsockname()[1])
        env = {**os.environ, "ENTENTE_DATA": str(self.settings.data)}
        command = [sys.executable, "-m", "entente.cli", "serve", "--port", str(self.port)]
        began = time.monotonic()
        self._server = subprocess.Popen(command, env=env, start_new_session=True)
        while time.monotonic() - began < 60:
            try:
                with closing(self.line()) as line:
                    status, _ = self.ask(line, "GET", "/api/v1/records?limit=1")
            except OSError:
                assert self._server.poll() is None, "the server ended by itself"
                time.sleep(0.05)
            else:
                assert status == 200
                return time.monotonic() - began
        raise AssertionError("the server does not answer")

    def line(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ask(
        self, line: http.client.HTTPConnection, method: str, path: str, said: Any = None
    ) -> tuple[int, Any]:
        """(status, answer). Raises OSError or HTTPException when the server is killed meanwhile."""
        headers = {
            "Authorization": f"Bearer {self.key}",
            "Entente-Purpose": "identify",
            "Entente-Justification": "torture",
            "Content-Type": "application/json",
        }
        line.request(method, path, json.dumps(said).encode() if said is not None else None, headers)
        answer = line.getresponse()
        body = answer.read()
        return answer.status, json.loads(body) if body else None

    def torment(self, callers: int = 3) -> None:
        """Load and call from several threads; kill everything at a moment nobody chose."""
        loader = self._loader
        assert loader is not None and loader.stdin is not None and loader.stdout is not None
        threads = [threading.Thread(target=self._listen, args=(loader,))]
        threads += [threading.Thread(target=self._call, args=(self.chance.random(),)) for _ in range(callers)]
        for thread in threads:
            thread.start()
        loader.stdin.write("go\n")
        loader.stdin.flush()
        time.sleep(self.chance.uniform(0.2, 1.4))
        until = time.monotonic() + 20
        while self.file > 3 and not any(self.told.lines.values()) and time.monotonic() < until:
            time.sleep(0.01)  # on a busy machine no loader has come to its first line yet
        self.kill()
        for thread in threads:
            thread.join(30)

    def kill(self) -> None:
        if self._server is not None:
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()
            self._server = None
        if self._loader is not None:
            self._loader.kill()
            self._loader.wait()

    def close(self) -> None:
        self.kill()
        for loader in self._loaders:
            assert loader.stdin is not None and loader.stdout is not None
            with suppress(BrokenPipeError):
                loader.stdin.close()
            loader.stdout.close()

    def _open_loader(self) -> None:
        """A loader of a new file and of all that are not loaded wholly; it begins when it is told to."""
        unfinished = [f for f, done in self.told.lines.items() if done >= 0]
        self.file += 1
        self._write(self.file)
        self.told.lines[self.file] = 0
        files = [str(f) for f in (*unfinished, self.file)]
        command = [sys.executable, "-c", textwrap.dedent(LOADER), str(self.settings.data), *files]
        pipe = subprocess.PIPE
        self._loader = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
        self._loaders.append(self._loader)

    def _write(self, file: int) -> None:
        with (self.settings.data / f"{file}.jsonl").open("w") as lines:
            for i in range(LINES):
                person = {"name": [f"Loaded{spelled(file)} Person{spelled(i)}"], "birthDate": ["1970"]}
                lines.write(
                    json.dumps({"id": f"{file}-{i}", "schema": "Person", "properties": person}) + "\n"
                )

    def _listen(self, loader: "subprocess.Popen[str]") -> None:
        assert loader.stdout is not None
        for line in loader.stdout:
            file, done = line.split()
            self.told.lines[int(file)] = int(done)

    def _call(self, seed: float) -> None:
        """Contribute, correct, withdraw and search until the server is gone."""
        chance, mine, line = random.Random(seed), list[str](), self.line()
        try:
            while True:
                name = f"Called{spelled(chance.randrange(26**6))} Person{spelled(chance.randrange(26**6))}"
                sort = chance.random()
                if sort < 0.4 or not mine:
                    draft = {"kind": "Person", "properties": {"name": name}, "handling": {"mode": "everyone"}}
                    status, kept = self.ask(line, "POST", "/api/v1/records", draft)
                    self._note(status == 201, kept, name, mine)
                elif sort < 0.55:
                    id = chance.choice(mine)
                    change = {"version": self.told.records[id][0], "properties": {"name": name}}
                    status, kept = self.ask(line, "PUT", f"/api/v1/records/{id}", change)
                    self._note(status == 200, kept, name, [])
                elif sort < 0.6:
                    id = mine.pop(chance.randrange(len(mine)))
                    with self.told.lock:
                        del self.told.records[id]  # from here on it may be gone, acknowledged or not
                    status, _ = self.ask(line, "DELETE", f"/api/v1/records/{id}")
                    if status == 204:
                        with self.told.lock:
                            self.told.withdrawn.add(id)
                else:
                    status, answer = self.ask(line, "POST", "/api/v1/search", {"text": name})
                    with self.told.lock:
                        self.told.refused += status != 200
                        if status == 200:
                            self.told.searches.append(answer["search"])
        except (OSError, http.client.HTTPException, ValueError):
            pass  # killed: whatever was not acknowledged may stand or not
        finally:
            line.close()

    def _note(self, acknowledged: bool, kept: Any, name: str, mine: list[str]) -> None:
        with self.told.lock:
            if acknowledged:
                self.told.records[kept["id"]] = kept["version"], name
                mine.append(kept["id"])
            else:
                self.told.refused += 1


def spelled(number: int) -> str:
    """A number in letters, so that it is part of a name."""
    letters = ""
    while number or not letters:
        number, digit = divmod(number, 26)
        letters += chr(97 + digit)
    return letters
