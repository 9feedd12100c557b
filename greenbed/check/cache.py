"""Verdicts of earlier builds, in SQLite: a note whose snippets all have one is not run again.

Only passes are kept. A row says by which files and packages it was made (`Surroundings.dependencies`), and counts while they
are unchanged. Whatever is wrong with the file, its folder or the disk costs a warning and the speed, never a build; two builds
may share it, since SQLite locks it and each note is one transaction.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from greenbed.check.protocol import Record, as_record
from greenbed.model import Code, Problem, Severity

_VERSION = 2  # of the tables below
_BATCH = 500  # keys in a query: SQLite's oldest limit is 999
_BUSY_SECONDS = 10.0
_KEPT_DAYS = 60  # since a row was last used
_TOUCHED_DAYS = 7  # how stale "last used" may be, so that a build that only reads does not write
_MOST_ROWS = 200_000

_TABLES = """
CREATE TABLE verdicts (key BLOB PRIMARY KEY, record TEXT, dependencies TEXT, verified_on TEXT, used INTEGER) WITHOUT ROWID;
CREATE TABLE facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE scores (key BLOB PRIMARY KEY, score TEXT, dependencies TEXT, used INTEGER) WITHOUT ROWID;
"""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Entry:
    """One verdict as it is kept."""

    record: Record
    dependencies: str  # as Surroundings.dependencies gives them
    verified_on: str  # ISO date


class Cache:
    """Open it with `opened`; after the first thing that goes wrong it forgets everything and says so in `problems`."""

    def __init__(self, folder: Path) -> None:
        self.problems: list[Problem] = []
        self._file = folder / "verdicts.sqlite3"
        self._connection: sqlite3.Connection | None = None
        self._today = int(time.time() // 86400)

    def open(self) -> None:
        """Connect; a file that is no database of ours is moved aside."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._connect()
        except sqlite3.OperationalError as refused:  # locked, read-only, full: the file may be sound
            self._give_up(refused)
        except sqlite3.DatabaseError as damaged:
            self._move_aside(damaged)
        except OSError as refused:
            self._give_up(refused)

    def _connect(self) -> None:
        connection = sqlite3.connect(self._file, timeout=_BUSY_SECONDS, isolation_level=None)
        self._connection = connection
        _share(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        if not _is_current(connection):
            with self._transaction(connection):
                self._make_tables(connection)

    def _make_tables(self, connection: sqlite3.Connection) -> None:
        if _is_current(connection):
            return  # another build was faster
        for name in ("verdicts", "facts", "scores"):
            connection.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in filter(str.strip, _TABLES.split(";")):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {_VERSION}")

    @contextlib.contextmanager
    def _transaction(self, connection: sqlite3.Connection) -> Iterator[None]:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def _move_aside(self, damaged: sqlite3.Error) -> None:
        self.close()
        aside = self._file.with_suffix(".damaged")
        try:
            self._file.replace(aside)
            for suffix in ("-wal", "-shm"):
                self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
            self._connect()
        except (OSError, sqlite3.Error) as refused:
            self._give_up(refused)
            return
        self._warn(f"the cache of verdicts was damaged ({damaged}) and is made anew", f"the old file is {aside}")

    def _give_up(self, reason: Exception) -> None:
        self.close()
        hint = f"look at {self._file.parent}; without it every snippet is run in every build"
        self._warn(f"the cache of verdicts cannot be used: {reason}", hint)

    def _warn(self, message: str, hint: str) -> None:
        self.problems.append(Problem(".", 1, Code.CACHE_DAMAGED, message, hint, severity=Severity.WARNING))

    def _try(self, act: Callable[[sqlite3.Connection], Answer], otherwise: Answer) -> Answer:
        """What `act` gives; `otherwise` where there is no cache, or none any more."""
        if self._connection is None:
            return otherwise
        try:
            return act(self._connection)
        except sqlite3.OperationalError as refused:
            self._give_up(refused)
        except sqlite3.DatabaseError as damaged:
            self._move_aside(damaged)
        return otherwise

    def look_up(self, keys: Sequence[bytes]) -> dict[bytes, Entry]:
        """The entries that are there, whether or not they still hold."""
        return self._try(lambda connection: self._look_up(connection, keys), {})

    def _look_up(self, connection: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, Entry]:
        found: dict[bytes, Entry] = {}
        stale: list[bytes] = []
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            places = ",".join("?" * len(batch))
            columns = "key, record, dependencies, verified_on, used"
            for key, *parts, used in connection.execute(f"SELECT {columns} FROM verdicts WHERE key IN ({places})", batch):
                if (entry := _entry(*parts)) is not None:
                    found[key] = entry
                    stale += [key] * self._is_stale(used)
        self._touch(connection, "verdicts", stale)
        return found

    def _is_stale(self, used: int) -> bool:
        return used < self._today - _TOUCHED_DAYS

    def _touch(self, connection: sqlite3.Connection, table: str, keys: Sequence[bytes]) -> None:
        """Note that rows are still used."""
        if keys:
            with self._transaction(connection):
                connection.executemany(f"UPDATE {table} SET used = ? WHERE key = ?", [(self._today, key) for key in keys])

    def store(self, entries: Mapping[bytes, Entry], facts: Mapping[str, str | float]) -> None:
        """Keep verdicts, and small facts such as how long a note took, in one transaction."""
        verdicts = [(key, *_row(entry), self._today) for key, entry in entries.items()]

        def write(connection: sqlite3.Connection) -> None:
            with self._transaction(connection):
                connection.executemany("INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?, ?)", verdicts)
                connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts.items())

        self._try(write, None)

    def facts(self) -> dict[str, str | float]:
        """Everything that was stored as a fact."""
        return self._try(lambda connection: dict(connection.execute("SELECT name, value FROM facts")), {})

    def scores(self, keys: Sequence[bytes]) -> dict[bytes, tuple[str, str]]:
        """What the mutants of notes came to, and what that depends on, whether or not it still holds."""

        def read(connection: sqlite3.Connection) -> dict[bytes, tuple[str, str]]:
            found: dict[bytes, tuple[str, str]] = {}
            stale: list[bytes] = []
            for start in range(0, len(keys), _BATCH):
                batch = keys[start : start + _BATCH]
                places = ",".join("?" * len(batch))
                columns = "key, score, dependencies, used"
                for key, score, dependencies, used in connection.execute(
                    f"SELECT {columns} FROM scores WHERE key IN ({places})", batch
                ):
                    found[key] = str(score), str(dependencies)
                    stale += [key] * self._is_stale(used)
            self._touch(connection, "scores", stale)
            return found

        return self._try(read, {})

    def store_score(self, key: bytes, score: str, dependencies: str) -> None:
        """Keep what the mutants of one note came to."""

        def write(connection: sqlite3.Connection) -> None:
            with self._transaction(connection):
                connection.execute("INSERT OR REPLACE INTO scores VALUES (?, ?, ?, ?)", (key, score, dependencies, self._today))

        self._try(write, None)

    def prune(self) -> None:
        """Forget what no build has used for long, and the oldest of too much."""

        def forget(connection: sqlite3.Connection) -> None:
            with self._transaction(connection):
                for table in ("verdicts", "scores"):
                    connection.execute(f"DELETE FROM {table} WHERE used < ?", (self._today - _KEPT_DAYS,))
                surplus = connection.execute("SELECT max(0, count(*) - ?) FROM verdicts", (_MOST_ROWS,)).fetchone()[0]
                if surplus:
                    oldest = "SELECT key FROM verdicts ORDER BY used LIMIT ?"
                    connection.execute(f"DELETE FROM verdicts WHERE key IN ({oldest})", (surplus,))

        self._try(forget, None)

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@contextlib.contextmanager
def opened(folder: Path, *, use: bool) -> Iterator[Cache]:
    """The cache below `folder`; one that knows and keeps nothing where it is not to be used."""
    cache = Cache(folder)
    if use:
        cache.open()
    try:
        yield cache
    finally:
        cache.close()


def _share(connection: sqlite3.Connection) -> None:
    """Readers and a writer at once. Whoever changes the mode of a new file does not wait for others, so it is tried again."""
    end = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as refused:
            if "locked" not in str(refused) or time.monotonic() > end:
                raise
        time.sleep(0.01)


def _is_current(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] == _VERSION)


def _entry(record: str, dependencies: str, verified_on: str) -> Entry | None:
    """A row, read; None for one that is damaged, which is a miss."""
    try:
        whole = as_record(json.loads(record))
    except (AttributeError, TypeError, ValueError):
        return None
    return Entry(whole, str(dependencies), str(verified_on)) if whole is not None else None


def _row(entry: Entry) -> tuple[str, str, str]:
    return json.dumps(entry.record), entry.dependencies, entry.verified_on
