"""Read on several machines, one of which dies: hosts of their own network, made with `ip netns`.

    sudo python benchmarks/scale/machines.py [BENCH] [--articles 120]

Two hosts on this machine, each with its own address, its own /tmp and /dev/shm and one core, joined
by a cable (veth); a Ray cluster across them; the archive on a disk that both see. The articles are
read on one machine, on both, and on both while the second is killed in the middle. What is in the
three archives must be the same, row for row. Linux, as root.
"""

import argparse
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from run import Maker, write_articles

ROOT = Path(__file__).parents[2]
HOSTS = {"onrecord-a": "10.77.0.1", "onrecord-b": "10.77.0.2"}
HEAD, OTHER = HOSTS
PORT, STORE = 6399, 200_000_000
TOKEN = secrets.token_hex(32)
"""What Ray's machines know each other by."""
UNLIKE = {"added_at", "at", "started_at", "ended_at", "run_id"}
"""Columns that say when and by whom a row was written."""


def main():
    """Print how long each run took, and whether the archives are the same."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("bench", type=Path, nargs="?", default=ROOT.parent / "shared/bench")
    parser.add_argument("--articles", type=int, default=120)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir="/var/tmp") as made_here:
        folder = Path(made_here)
        write_articles(Maker(options.bench), folder / "articles.jsonl", options.articles)
        alone = timed("one machine", lambda: ingest(folder, "one"))
        both = timed("two machines", lambda: on_cluster(folder, "two"))
        killed = timed("two, one killed", lambda: on_cluster(folder, "killed", kill=True))
    same = alone == both == killed
    print(f"{len(alone):,} rows in each archive: {'the same' if same else 'NOT the same'}")
    if not same:
        raise SystemExit(1)


def timed(what, run):
    begun = time.perf_counter()
    rows = run()
    print(f"{what:<18}{time.perf_counter() - begun:>7.1f} s{len(rows):>9,} rows", flush=True)
    return rows


def ingest(folder, name, *, host=None, kill=False):
    """Run the command, on a host if one is named, and return the rows of its archive."""
    archive = folder / name
    where = ["--address", f"{HOSTS[HEAD]}:{PORT}"] if host else ["--workers", "1"]
    command = [sys.executable, "-m", "onrecord", "ingest", str(folder / "articles.jsonl"),
               "--engine", "ray", "--store", f"{archive}/", *where]  # fmt: skip
    running = subprocess.Popen(
        within(host, command), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    if kill:
        when_read(archive, running)
        for process in processes(OTHER):
            os.kill(process, signal.SIGKILL)
    told = running.communicate()[1].decode()
    if running.returncode:
        raise SystemExit(f"{name}: {told}")
    return rows_of(archive)


def when_read(archive, running):
    """Wait until the first part counts."""
    while running.poll() is None and not list(archive.glob("manifest/*.json")):
        time.sleep(0.2)


def on_cluster(folder, name, *, kill=False):
    """Make the hosts, start Ray on both, run the command on the first, and take all down."""
    first = f"{HOSTS[HEAD]}:{PORT}"
    try:
        connect()
        start(HEAD, "--head", f"--port={PORT}", "--include-dashboard=false")
        start(OTHER, f"--address={first}")
        return ingest(folder, name, host=HEAD, kill=kill)
    finally:
        disconnect()


def start(host, *options):
    """Start Ray on a host, with one core."""
    ray = str(Path(sys.executable).with_name("ray"))
    size = f"--object-store-memory={STORE}"
    command = [ray, "start", *options, f"--node-ip-address={HOSTS[host]}", "--num-cpus=1", size]
    done = subprocess.run(
        within(host, command), check=False, capture_output=True, text=True, env=environment()
    )
    if done.returncode:
        raise SystemExit(f"{host}: {done.stderr}")


def connect():
    """Make two hosts and the cable between them."""
    disconnect()
    for host in HOSTS:
        ip("netns", "add", host)
        Path(f"/var/tmp/{host}").mkdir(exist_ok=True)  # noqa: S108
    ip("link", "add", "or-a", "netns", HEAD, "type", "veth", "peer", "name", "or-b", "netns", OTHER)
    for (host, address), link in zip(HOSTS.items(), ("or-a", "or-b"), strict=True):
        ip("-n", host, "addr", "add", f"{address}/24", "dev", link)
        ip("-n", host, "link", "set", link, "up")
        ip("-n", host, "link", "set", "lo", "up")


def disconnect():
    """Take the hosts down, with all that runs on them."""
    for host in HOSTS:
        for process in processes(host):
            os.kill(process, signal.SIGKILL)
        subprocess.run(["ip", "netns", "del", host], check=False, capture_output=True)
        shutil.rmtree(f"/var/tmp/{host}", ignore_errors=True)  # noqa: S108


def processes(host):
    found = subprocess.run(
        ["ip", "netns", "pids", host], check=False, capture_output=True, text=True
    )
    return [int(each) for each in found.stdout.split()]


def ip(*arguments):
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


def within(host, command):
    """Return a command as it is run on a host: with its own network, /tmp and /dev/shm."""
    if host is None:
        return command
    mount = f'mount --bind /var/tmp/{host} /tmp && exec "$@"'
    return ["ip", "netns", "exec", host, "unshare", "-m", "sh", "-c", mount, "sh", *command]


def environment():
    own = {"PYTHONPATH": str(ROOT / "src"), "RAY_USAGE_STATS_ENABLED": "0"}
    return os.environ | own | {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": TOKEN}


def rows_of(archive):
    """Return all rows of an archive's tables, in order, without when and by whom.

    An actor of several parts stands in each of them, and counts once, as it does when asked for.
    """
    import pyarrow.parquet as pq

    from onrecord.scale.parts import Folder

    folder, found = Folder(str(archive)), []
    paths = [path for each in folder.manifests() for files in each.files.values() for path in files]
    linked = json.loads((archive / "linked.json").read_text("utf-8"))
    for path in (*paths, *(path for files in linked.values() for path in files)):
        table = path.split("/")[1]
        for row in pq.read_table(archive / path).to_pylist():
            kept = {name: value for name, value in row.items() if name not in UNLIKE}
            found.append((table, repr(sorted(kept.items()))))
    return sorted(set(found))


if __name__ == "__main__":
    main()
