"""How the benchmarks measure: wall and CPU time, the memory of all processes, tables, and where they go."""
import os
import pathlib
import platform
import resource
import statistics
import subprocess
import threading
import time

BENCH = pathlib.Path(__file__).resolve().parent


class Sampler(threading.Thread):
    """The largest sum of resident memory over a process and its descendants."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.peak, self.on = pid, 0, True

    def family(self):
        pids, todo = [], [self.pid]
        while todo:
            pid = todo.pop()
            pids.append(pid)
            for path in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
                todo += [int(word) for word in path.read_text().split()]
        return pids

    def run(self):
        while self.on:
            total = 0
            try:
                for pid in self.family():
                    for line in open(f"/proc/{pid}/status"):
                        if line.startswith("VmRSS:"):
                            total += int(line.split()[1]) * 1024
            except OSError:
                pass
            self.peak = max(self.peak, total)
            time.sleep(0.01)


def measure(command, environment=None):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    sampler = Sampler(process.pid)
    sampler.start()
    _, stderr = process.communicate()
    wall = time.monotonic() - begin
    sampler.on = False
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode != 0:
        raise SystemExit(f"{command} failed: {stderr.decode()}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": cpu, "peak": sampler.peak}


def median(samples, key):
    return statistics.median(sample[key] for sample in samples)


def table(title, rows, results, note):
    ours = results["connhost"]
    lines = [f"### {title}", "", "| program | wall s, median (min–max) | CPU s | rows/s | peak MiB, all processes | wall of it / ours |",
             "|---|---|---|---|---|---|"]
    for name, samples in results.items():
        walls = [sample["wall"] for sample in samples]
        ratio = statistics.median(a["wall"] / b["wall"] for a, b in zip(samples, ours))
        lines.append(f"| {name} | {median(samples, 'wall'):.2f} ({min(walls):.2f}–{max(walls):.2f}) | {median(samples, 'cpu'):.2f} "
                     f"| {rows / median(samples, 'wall') / 1e6:.2f} M | {median(samples, 'peak') / 2**20:.0f} | {ratio:.2f} |")
    return "\n".join([*lines, "", note, ""])


def write_page(author, parts):
    """Puts the parts into docs/performance.md between the two marks of `author`, a file of bench/."""
    page = BENCH.parent / "docs/performance.md"
    begin, end = f"<!-- measured: bench/{author} writes below -->", f"<!-- bench/{author} wrote above -->"
    before, rest = page.read_text().split(begin)
    after = rest.split(end)[1]
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    machine = (f"{os.cpu_count()} cores of {model}, Linux {platform.release()}, Debian 12; "
               f"measured {time.strftime('%Y-%m-%d')}.")
    page.write_text("\n\n".join([before + begin, machine, "\n".join(parts) + end]) + after)
