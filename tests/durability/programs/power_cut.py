"""What a disk may hold after a power cut, at every moment of a program that writes to it.

A program that makes a file last has to say so: `fsync` of the file for what is in it, `fsync` of the folder for its
names. Whatever it did not say, the system may have written already, or not, in nearly any order. `recorded(folder)`
watches a program that runs in this process: just before each file operation (open to write, rename, link, remove,
make or remove a folder, truncate, fsync) it takes down what is there, and what was there at the last `fsync`s.

From each such moment follow several disks (`Moment.disks`):

- only what was synced; only the names or only the data beyond that; everything, which is what SIGKILL leaves;
- and some at random: each folder as it was at some moment since it was last synced, each file with what was synced,
  what was written, a part of that, or zeros in its place.

No write needs to be watched, since the content of a file is read when it is synced; so writes of libraries in C count
too. What is not tried: blocks of one file that reach the disk in another order than that of the file, and a disk that
says that it has synced and has not.
"""

import os
import stat
import sys
from contextlib import contextmanager
from dataclasses import dataclass

EVENTS = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}
AT_RANDOM = 6  # disks for each moment

_watching = []  # the recording that is under way; a hook cannot be taken away again


@dataclass
class Moment:
    """How much is acknowledged; by inode, files as (synced, current) and folders as listings, the oldest first."""

    acknowledged: int
    root: int
    files: dict
    folders: dict

    def disks(self, random):
        """What may be on the disk: {path: content, or None for a folder}; the same disk may come again."""
        oldest, newest = (lambda of: of[0]), (lambda of: of[-1])
        ways = [(oldest, oldest), (newest, oldest), (oldest, newest), (newest, newest)]
        ways += [(random.choice, lambda of: random.choice([*of, *_torn(*of, random)]))] * AT_RANDOM
        for names, content in ways:
            yield self._disk(
                {number: names(listings) for number, listings in self.folders.items()},
                {number: content(pair) for number, pair in self.files.items()},
            )

    def _disk(self, listings, contents):
        found = {}

        def enter(folder, path):
            for name, number in listings[folder].items():
                if number in listings:
                    found[f"{path}{name}"] = None
                    enter(number, f"{path}{name}/")
                else:
                    found[f"{path}{name}"] = contents[number]

        enter(self.root, "")
        return found


def _torn(synced, current, random):
    """A file of which a part was written."""
    if not current.startswith(synced):
        return [current[: random.randint(0, len(current))]]
    end = random.randint(len(synced), len(current))
    return [current[:end], current[:end] + b"\0" * (len(current) - end)]


class Recording:
    """See above."""

    def __init__(self, root):
        self.root, self.moments, self._acknowledged, self._busy = root, [], 0, False
        self._files, self._open_folders = {}, []  # held open, so that no inode is given away again
        self._synced, self._listings = {}, {}
        self._take_down()
        for number in [*self._listings, *self._files]:
            self.synced(number)
        self.moments.clear()

    def acknowledge(self):
        """Somebody was told of one more thing."""
        self._acknowledged += 1
        self.take_down()

    def take_down(self):
        """Add a moment."""
        if not self._busy:
            self._busy = True
            try:
                self._take_down()
            finally:
                self._busy = False

    def synced(self, number):
        """An inode was synced; one that is not in the folder does not matter."""
        if number in self._listings:
            del self._listings[number][:-1]
        elif number in self._files:
            self._synced[number] = _content(self._files[number])

    def close(self):
        """Let go of all files."""
        for number in [*self._open_folders, *self._files.values()]:
            os.close(number)

    def _take_down(self):
        root = self._look(self.root)
        files = {number: (self._synced.get(number, b""), _content(file)) for number, file in self._files.items()}
        folders = {number: list(listings) for number, listings in self._listings.items()}
        self.moments.append(Moment(self._acknowledged, root, files, folders))

    def _look(self, path):
        """The inode of what is at a path, and all that is in it."""
        found = os.lstat(path)
        number = found.st_ino
        if not stat.S_ISDIR(found.st_mode):
            if number not in self._files:
                self._files[number] = os.open(path, os.O_RDONLY)
            return number
        if number not in self._listings:
            self._open_folders.append(os.open(path, os.O_RDONLY))
        listings = self._listings.setdefault(number, [{}])  # a folder is empty when it is made
        listing = {name: self._look(f"{path}/{name}") for name in sorted(os.listdir(path))}  # noqa: PTH208
        if listings[-1] != listing:
            listings.append(listing)
        return number


def _content(number):
    return os.pread(number, os.fstat(number).st_size, 0)


def _hook(event, arguments):
    if _watching and (event in EVENTS or (event == "open" and _writes(arguments))):
        _watching[0].take_down()


def _writes(arguments):
    flags = arguments[2]
    return isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)


sys.addaudithook(_hook)


@contextmanager
def recorded(root):
    """Watch what the program does to a folder; what is there at the beginning counts as synced."""
    recording, fsync = Recording(str(root)), os.fsync

    def watched(number):
        recording.take_down()
        fsync(number)
        recording.synced(os.fstat(number).st_ino)

    os.fsync = watched
    _watching.append(recording)
    try:
        yield recording
        recording.take_down()
    finally:
        _watching.clear()
        os.fsync = fsync
        recording.close()


def crashed(recording, folder, random):
    """Every disk that may be left, put into a folder of its own: (its path, how much was acknowledged)."""
    seen = set()
    for moment in recording.moments:
        for disk in moment.disks(random):
            key = (moment.acknowledged, *sorted(disk.items()))
            if hash(key) not in seen:
                seen.add(hash(key))
                yield _put(disk, folder / str(len(seen))), moment.acknowledged


def _put(disk, folder):
    folder.mkdir(parents=True)
    for path, content in disk.items():
        if content is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(content)
    return folder
