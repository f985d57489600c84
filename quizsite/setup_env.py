"""Prepares .venv, on any machine with Python 3.11 or newer, pip and make.

    python3 quizsite/setup_env.py runtime     what `make run` needs
    python3 quizsite/setup_env.py dev         that, and tests, checks and benchmarks

Whatever is missing is answered with one sentence that says what to do. An environment
counts as made when its stamp names this checkout, this Python and these requirements; one
without a stamp was left half-made and is made anew. This file has to be readable to very
old Pythons, which are the ones it turns away: no f-strings, no annotations.
"""

import hashlib
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "complete")
FILES = {
    "runtime": ["requirements.txt", "constraints.txt"],
    "dev": ["requirements.txt", "constraints.txt", "requirements-dev.txt"],
}
# What a failed installation prints, and the sentence for it; the first that fits is shown.
PIP_FAILURES = [
    (
        ("No space left on device",),
        "The disk is full: free about 500 MB and run make again.",
    ),
    (
        ("NewConnectionError", "Temporary failure in name resolution", "ConnectTimeout",
         "Network is unreachable", "Connection refused", "Read timed out", "ProxyError",
         "SSLError", "Failed to establish a new connection", "getaddrinfo failed",
         "Connection reset", "RemoteDisconnected", "Max retries exceeded"),
        "The package index cannot be reached: connect to the network, or set pip's proxy or "
        "mirror (PIP_INDEX_URL), and run make again.",
    ),
    (
        ("No matching distribution", "Could not find a version"),
        "A pinned package has no ready-made build for this Python and machine; nothing is "
        "compiled here. Use CPython 3.11, 3.12 or 3.13 on 64-bit Linux or macOS "
        "(PYTHON=python3.12 make run).",
    ),
    (
        ("Permission denied", "Read-only file system"),
        "A file could not be written; make sure that you own this folder, or copy it to a place "
        "of yours, and run make again.",
    ),
]  # fmt: skip


class Refusal(Exception):
    """A sentence for the person at the terminal."""


def main(arguments):
    level = arguments[0] if arguments else "dev"
    if sys.version_info < OLDEST:
        return run_newer_python(arguments)
    refuse_read_only()
    with Lock():
        if level == "dev" and is_made("dev"):
            return 0
        if level == "runtime" and (is_made("runtime") or is_made("dev")):
            return 0
        make(level)
    return 0


def run_newer_python(arguments):
    """Hand over to a newer Python on the PATH; raise Refusal when there is none."""
    for name in ("python3.13", "python3.12", "python3.11", "python3.14", "python3"):
        check = "import sys; sys.exit(sys.version_info[:2] < (%d, %d))" % OLDEST
        try:
            with open(os.devnull, "w") as silence:
                works = subprocess.call([name, "-c", check], stdout=silence, stderr=silence) == 0
        except OSError:
            continue
        if works:
            return subprocess.call([name, os.path.abspath(__file__)] + arguments)
    raise Refusal(
        "Python %d.%d is too old: install Python 3.11 or newer and name it, for example "
        "PYTHON=python3.12 make run." % sys.version_info[:2]
    )


def refuse_read_only():
    probe = os.path.join(ROOT, ".write-probe-%d" % os.getpid())
    try:
        with open(probe, "w"):
            pass
        os.remove(probe)
    except OSError:
        raise Refusal(
            "The folder %s cannot be written to: copy it to a place of your own and run make "
            "there." % ROOT
        )


class Lock(object):
    """One preparation at a time in this checkout; released by the kernel whatever happens."""

    def __enter__(self):
        import fcntl

        self.folder = os.open(ROOT, os.O_RDONLY)
        try:
            fcntl.flock(self.folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Another make is preparing this checkout; waiting for it.")
            fcntl.flock(self.folder, fcntl.LOCK_EX)

    def __exit__(self, *_):
        os.close(self.folder)


def expected_stamp(level):
    digest = hashlib.sha256()
    for name in FILES[level]:
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    # An environment does not move: its scripts hold its path and that of its Python.
    place = os.path.realpath(VENV)
    return "%s %s %d.%d %s" % ((level, digest.hexdigest()) + venv_version() + (place,))


def venv_version():
    """Return the environment's Python version, or the one that runs this if there is none."""
    try:
        with open(os.path.join(VENV, "pyvenv.cfg")) as file:
            for line in file:
                key, _, value = line.partition("=")
                if key.strip() in ("version", "version_info"):
                    return tuple(int(part) for part in value.strip().split(".")[:2])
    except (OSError, ValueError):
        pass
    return sys.version_info[:2]


def is_made(level):
    try:
        with open(STAMP) as file:
            stamped = file.read().splitlines()
    except OSError:
        return False
    return expected_stamp(level) in stamped and os.access(venv_python(), os.X_OK)


def venv_python():
    return os.path.join(VENV, "bin", "python")


def make(level):
    if os.path.exists(STAMP) and runs(venv_python()):
        os.remove(STAMP)  # from here on it is half-made, until the stamp is back
        say("The requirements have changed; bringing .venv up to date.")
    else:
        if os.path.lexists(VENV):
            say("The environment .venv is incomplete or was moved; making it anew.")
            remove_venv()
        say("Making .venv and installing the pinned packages; once, about half a minute.")
        create_venv()
    install(level)
    with open(STAMP, "w") as file:
        file.write("\n".join(expected_stamp(each) for each in levels_of(level)) + "\n")


def levels_of(level):
    return ["runtime", "dev"] if level == "dev" else ["runtime"]


def runs(python):
    """Return whether `python` starts, has pip beside it or outside, and is where it was made."""
    try:
        with open(STAMP) as file:
            at_home = os.path.realpath(VENV) in file.read()
        return at_home and subprocess.call([python, "-c", "pass"]) == 0
    except OSError:
        return False


def remove_venv():
    try:
        if os.path.islink(VENV) or not os.path.isdir(VENV):
            os.remove(VENV)
        else:
            shutil.rmtree(VENV)
    except OSError as error:
        raise Refusal("The broken environment could not be removed (%s): delete .venv yourself "
                      "and run make again." % error)  # fmt: skip


def create_venv():
    try:
        import venv
    except ImportError:
        raise Refusal(
            "Python lacks its venv module: install it (on Debian and Ubuntu: "
            "apt install python3-venv) and run make again."
        )
    venv.EnvBuilder(with_pip=False, symlinks=True).create(VENV)
    if has_module("ensurepip"):
        run_quietly([venv_python(), "-m", "ensurepip", "--default-pip"])
    elif not has_module("pip"):
        raise Refusal(
            "Python lacks both ensurepip and pip: install one of them (on Debian and Ubuntu: "
            "apt install python3-venv) and run make again."
        )


def has_module(name):
    import importlib.util

    return importlib.util.find_spec(name) is not None


def install(level):
    requirements = "requirements-dev.txt" if level == "dev" else "requirements.txt"
    if subprocess.call([venv_python(), "-c", "import pip"], stderr=subprocess.DEVNULL) == 0:
        pip = [venv_python(), "-m", "pip"]
    else:  # Debian without python3-venv: the pip outside installs into the environment
        pip = [sys.executable, "-m", "pip", "--python", venv_python()]
    run_quietly(
        pip + ["install", "--disable-pip-version-check", "--no-input", "--only-binary", ":all:",
               "--retries", "2", "-r", os.path.join(ROOT, requirements)]
    )  # fmt: skip


def run_quietly(command):
    """Run `command`, its output kept in build/setup.log; raise Refusal when it fails."""
    log = os.path.join(ROOT, "build", "setup.log")
    if not os.path.isdir(os.path.dirname(log)):
        os.makedirs(os.path.dirname(log))
    with open(log, "w") as file:
        status = subprocess.call(command, stdout=file, stderr=subprocess.STDOUT, cwd=ROOT)
    if status:
        with open(log) as file:
            output = file.read()
        raise Refusal(explain(output) + " (All of it: build/setup.log)")


def explain(output):
    for signs, sentence in PIP_FAILURES:
        if any(sign in output for sign in signs):
            return sentence
    lines = [line for line in output.splitlines() if line.strip()] or ["no output"]
    return "Installing the packages failed: %s." % lines[-1].strip().rstrip(".")


def say(sentence):
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Refusal as refusal:
        sys.exit("%s" % refusal)
    except KeyboardInterrupt:
        sys.exit("Stopped. Run make again to go on.")
