"""What the parts of the benchmark share: servers to compare with, rounds, and Markdown.

Nothing but 127.0.0.1 is asked, and only processes that were started here are ended, by their id.
"""

import contextlib
import os
import pwd
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent.parent / "integration"))
import harness

RUNS = max(1, int(os.environ.get("BENCH_RUNS", "5")))
CPUS = sorted(os.sched_getaffinity(0))
SERVER_CPU, CLIENT_CPU = CPUS[0], CPUS[-1]
CLIENT_TOKEN, ACCESS_TOKEN = harness.DEMO[0][:2]


class Lab:
    """The programs under test, a folder for their files, and what is missing."""

    def __init__(self, build, folder):
        self.build = Path(build).absolute()
        self.folder = Path(folder)
        self.exports_mock = str(self.build / "exports-mock")
        harness.Server.program = self.exports_mock

    def tool(self, name):
        """A program of tests/bench."""
        return str(self.build / "tests" / "bench" / name)

    def has(self, *names):
        return all(find(name) for name in names)


def find(name):
    """Where an optional program is, or None."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin:/sbin")


@contextlib.contextmanager
def pinned(cpu):
    """What is started within keeps to one processor."""
    os.sched_setaffinity(0, {cpu})
    try:
        yield
    finally:
        os.sched_setaffinity(0, set(CPUS))


def start(*options, **settings):
    """The server under test: frozen clock, no limit, no log."""
    with pinned(SERVER_CPU):
        return harness.Server(*options, **settings)


def run(*command):
    """Runs a client to its end; gives its stdout."""
    with pinned(CLIENT_CPU):
        return subprocess.run(command, check=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, env=harness.clean_environment()).stdout.decode()


def run_together(commands):
    """Runs clients at once; gives the seconds until the last has ended."""
    with pinned(CLIENT_CPU):
        begin = time.perf_counter()
        clients = [subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
                   for command in commands]
        codes = [client.wait() for client in clients]
        seconds = time.perf_counter() - begin
    if any(codes):
        raise RuntimeError("%s ended with %r" % (commands[0][0], codes))
    return seconds


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Other:
    """Another server, started by a command and ready once it answers a request with 200."""

    def __init__(self, command, port, request):
        self.port = port
        with pinned(SERVER_CPU):
            begin = time.perf_counter()
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL,
                                            stdout=subprocess.DEVNULL)
        try:
            while not is_ready(port, request):
                if self.process.poll() is not None:
                    raise RuntimeError("%s ended at its start" % command[0])
                if time.perf_counter() - begin > harness.WAIT_S:
                    raise RuntimeError("%s does not answer" % command[0])
        except BaseException:
            self.stop()
            raise
        self.ready_ms = (time.perf_counter() - begin) * 1e3

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(harness.WAIT_S)


def is_ready(port, request):
    try:
        with socket.create_connection(("127.0.0.1", port), harness.WAIT_S) as sock:
            sock.sendall(request)
            return sock.recv(4096).startswith(b"HTTP/1.1 200 ")
    except OSError:
        return False


def start_floor(lab, body):
    """libmicrohttpd with a constant answer, tests/bench/floor.c."""
    answer = lab.folder / ("answer-%d" % len(body))
    answer.write_bytes(body)
    port = free_port()
    return Other([lab.tool("floor"), str(port), str(answer)], port, harness.raw_request("/"))


NGINX = """daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr crit;
{user}events {{ worker_connections 256; }}
http {{
    access_log off;
    sendfile on;
    default_type application/octet-stream;
    client_body_temp_path {folder}/nginx-body;
    proxy_temp_path {folder}/nginx-proxy;
    fastcgi_temp_path {folder}/nginx-fastcgi;
    uwsgi_temp_path {folder}/nginx-uwsgi;
    scgi_temp_path {folder}/nginx-scgi;
    server {{ listen 127.0.0.1:{port}; root {root}; {further} }}
}}
"""


def start_nginx(lab, root, ready_target, further=""):
    """nginx, one worker, over the files of a folder; further: what else its configuration says."""
    port = free_port()
    user = "user %s;\n" % pwd.getpwuid(0).pw_name if os.getuid() == 0 else ""
    configuration = lab.folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=lab.folder, port=port, root=root, user=user,
                                          further=further))
    command = [find("nginx"), "-p", str(lab.folder), "-e", "stderr", "-c", str(configuration)]
    return Other(command, port, harness.raw_request(ready_target, "HEAD"))


def processor_s(process):
    """Seconds of processor time of a process and its children so far."""
    ids = [process.pid]
    with contextlib.suppress(OSError):
        children = Path("/proc/%d/task/%d/children" % (process.pid, process.pid))
        ids += children.read_text().split()
    return sum(int(Path("/proc/%s/schedstat" % pid).read_text().split()[0]) for pid in ids) / 1e9


class Noise:
    """How busy the machine is with something else, from now on."""

    def __init__(self):
        self.begin = self.times()

    @staticmethod
    def times():
        """Seconds: of every processor in all, busy, taken by the host, and busy with us."""
        ticks = [int(word) for word in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
        used = os.times()
        tick = os.sysconf("SC_CLK_TCK")
        return (sum(ticks) / tick, (sum(ticks) - ticks[3] - ticks[4] - ticks[7]) / tick,
                ticks[7] / tick, sum(used[:4]))

    def report(self):
        whole, busy, host, ours = (b - a for a, b in zip(self.begin, self.times()))
        if whole == 0:  # nothing was measured
            return
        note("Meanwhile other programs took %.0f %% of the machine, its host %.0f %%." %
             (max(0, busy - ours) / whole * 100, host / whole * 100))


def memory_kb(process, field):
    """VmRSS or VmHWM of a process."""
    status = Path("/proc/%d/status" % process.pid).read_text()
    return int(re.search(r"^%s:\s+(\d+) kB$" % field, status, re.MULTILINE).group(1))


def interleave(contestants, runs=RUNS):
    """Lets every contestant (name: function without arguments) have its turn in each round; gives
    the list of results of each."""
    results = {name: [] for name in contestants}
    for _ in range(runs):
        for name, measure in contestants.items():
            results[name].append(measure())
    return results


def ratio(ours, theirs):
    """The median of the ratios of the rounds: a slow round is slow for both."""
    return statistics.median(a / b for a, b in zip(ours, theirs))


def verdict(met):
    return "met" if met else "**missed**"


def heading(text):
    print("\n## %s\n" % text, flush=True)


def table(names, rows):
    print("| %s |" % " | ".join(names))
    print("|%s" % (" --- |" * len(names)))
    for row in rows:
        print("| %s |" % " | ".join(row))
    sys.stdout.flush()


def note(text):
    print("\n%s" % text, flush=True)


def skip(what, *tools):
    note("Skipped: %s; not installed: %s." %
         (what, ", ".join(tool for tool in tools if not find(tool))))
