"""Course folders on disk: read without following a link, written without leaving a ruin."""

import hashlib
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from courses.common.errors import DomainError
from courses.content.domain.pictures import MAX_PICTURE_BYTES, SUFFIXES
from courses.exchange.domain.mistakes import Mistake, did_you_mean

TOP_FILES = ("course.yaml", "sources.yaml", "claims.yaml")
OPTIONAL_FILES = ("glossary.yaml",)
FOLDERS = {"lessons": (".md",), "questions": (".yaml",), "media": tuple(SUFFIXES)}
MAX_TEXT_BYTES = 2_000_000
MAX_FILES = 2_000
MAX_TOTAL_BYTES = 100_000_000
LINK = "This is a link; a course folder holds files."
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,119}")
# people keep these beside their course; they are none of ours
_LEFT_ALONE = re.compile(r"\..*|README.*|LICEN[CS]E.*|.*~")


class NotACourseFolder(DomainError):
    """The path does not lead to a folder, or not to one that may be written over."""

    code = "not_a_course_folder"
    status = 422


def read_folder(path: Path, mistakes: list[Mistake]) -> dict[str, bytes]:
    """Return the files of a course folder by their paths in it, none of them by a link.

    Adds what does not belong there, is a link, or is too large to `mistakes`. Raises
    NotACourseFolder if `path` is no folder.
    """
    if not path.is_dir():
        raise NotACourseFolder(f"There is no folder {path}.")
    files: dict[str, bytes] = {}
    total = 0
    for relative, entry in _entries(path, mistakes):
        if len(files) >= MAX_FILES:
            mistakes.append(Mistake(relative, 0, f"The folder has more than {MAX_FILES} files."))
            break
        content = _read_file(relative, entry, mistakes)
        if content is None:
            continue
        total += len(content)
        if total > MAX_TOTAL_BYTES:
            size = MAX_TOTAL_BYTES // 1_000_000
            mistakes.append(Mistake(relative, 0, f"The folder is larger than {size} MB."))
            break
        files[relative] = content
    mistakes.extend(
        Mistake(name, 0, "This file is missing from the folder.")
        for name in TOP_FILES
        if name not in files and not any(mistake.file == name for mistake in mistakes)
    )
    return files


def _entries(path: Path, mistakes: list[Mistake]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    top_files = (*TOP_FILES, *OPTIONAL_FILES)
    known = (*top_files, *FOLDERS)
    for entry in sorted(os.scandir(path), key=lambda entry: entry.name):
        if entry.name in FOLDERS and entry.is_dir(follow_symlinks=False):
            yield from _entries_inside(entry, mistakes)
        elif entry.name in top_files:
            yield entry.name, entry
        elif entry.is_symlink():
            mistakes.append(Mistake(_printable(entry.name), 0, LINK))
        elif not _LEFT_ALONE.fullmatch(entry.name):
            hint = did_you_mean(entry.name, known, after=len(mistakes))
            mistakes.append(
                Mistake(_printable(entry.name), 0, f"This does not belong into a course.{hint}")
            )


def _entries_inside(
    folder: os.DirEntry[str], mistakes: list[Mistake]
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    suffixes = FOLDERS[folder.name]
    for entry in sorted(os.scandir(folder.path), key=lambda entry: entry.name):
        if _LEFT_ALONE.fullmatch(entry.name):
            continue
        relative = f"{folder.name}/{entry.name}"
        if not _NAME.fullmatch(entry.name) or Path(entry.name).suffix.lower() not in suffixes:
            sentence = f"Files in {folder.name}/ are named like this: name{suffixes[0]}"
            mistakes.append(Mistake(_printable(relative), 0, f"{sentence}."))
        else:
            yield relative, entry


def _printable(name: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in name)[:150]


def _read_file(relative: str, entry: os.DirEntry[str], mistakes: list[Mistake]) -> bytes | None:
    """Return the content of a regular file of decent size, or None with a mistake noted."""
    largest = MAX_PICTURE_BYTES if relative.startswith("media/") else MAX_TEXT_BYTES
    try:
        # decided on the open file, so that nothing can be put in its place meanwhile
        handle = os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as refused:
        why = LINK if entry.is_symlink() else f"This cannot be read: {refused.strerror}."
        mistakes.append(Mistake(relative, 0, why))
        return None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        mistakes.append(Mistake(relative, 0, "This is no ordinary file."))
        return None
    with os.fdopen(handle, "rb") as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        mistakes.append(Mistake(relative, 0, f"This is larger than {largest / 1_000_000:g} MB."))
        return None
    return content


def folder_digest(path: Path) -> str:
    """Return a digest of a course folder's files, their names and contents.

    Raises NotACourseFolder. What does not belong into a course does not count.
    """
    digest = hashlib.sha256()
    for relative, content in sorted(read_folder(path, []).items()):
        name = relative.encode()
        digest.update(len(name).to_bytes(4, "big") + name)
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


def write_folder(path: Path, files: Mapping[str, bytes]) -> list[str]:
    """Make `path` a folder with exactly these course files; return those that changed.

    What does not belong to a course stays. A file is replaced as a whole or not at all.
    Raises NotACourseFolder rather than write into a folder that is something else.
    """
    _must_be_ours(path)
    path.mkdir(parents=True, exist_ok=True)
    stray: list[Mistake] = []
    present = read_folder(path, stray)
    if any(mistake.sentence == LINK for mistake in stray):
        raise NotACourseFolder(f"The folder {path} holds links; it is left as it is.")
    changed = []
    for relative, content in files.items():
        if present.get(relative) != content:
            _replace(path / relative, content)
            changed.append(relative)
    for relative in sorted(set(present) - set(files)):
        (path / relative).unlink()
        changed.append(relative)
    return changed


def _must_be_ours(path: Path) -> None:
    if path.is_dir():
        if any(path.iterdir()) and not (path / "course.yaml").is_file():
            raise NotACourseFolder(f"The folder {path} is not empty and holds no course.")
        if any((path / name).is_symlink() for name in FOLDERS):
            raise NotACourseFolder(f"The folder {path} holds links; it is left as it is.")
    elif path.exists() or path.is_symlink():
        raise NotACourseFolder(f"{path} is no folder.")


def _replace(target: Path, content: bytes) -> None:
    target.parent.mkdir(exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        shutil.copymode(target, temporary) if target.exists() else os.chmod(temporary, 0o644)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
