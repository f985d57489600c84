"""Folders for sockets: nobody else may have put anything there."""

import os
import stat
from pathlib import Path


class FolderNotOurs(OSError):
    """Where our folder should be is something that others made or may write to."""


def make_own_folder(folder: Path) -> None:
    """Make `folder`, or make sure that it is a folder of this user, closed to all others.

    In a place that everybody writes to, such as /tmp, somebody may have been there first;
    a server of theirs would be taken for ours. Raises FolderNotOurs with a sentence.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = os.lstat(folder)
        ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
        if not ours or stat.S_IMODE(found.st_mode) & 0o077:
            raise FolderNotOurs(
                f"{folder} is not a folder that belongs to this user alone (mode 0700). "
                "Look who made it; once it is gone, it is made anew."
            ) from None
