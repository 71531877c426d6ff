#!/usr/bin/env python3
"""Registers, shared memory and spills of every CUDA kernel, as ptxas reports them (-Xptxas -v), into registers.csv.

One line a kernel, over all its instances (element types, vector widths, formulas): how many there are, the fewest and the
most registers on each architecture, static shared memory, stack (arrays indexed at run time, calls) and spilled bytes.
Beside it what a launch moves and what its dynamic shared memory is, from MOVED below. Ends with 1 where a kernel spills,
or where MOVED does not know it.
  benchmarks/cuda/registers.py              every .cu file (configure first: cmake --preset cuda; some minutes)
  benchmarks/cuda/registers.py slice pool   the files whose path holds one of these words; other lines stay as they are
"""
import argparse
import csv
import json
import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = Path(__file__).with_name("registers.csv")
ARCHITECTURES = ["sm_80", "sm_90"]
COLUMNS = ["file", "kernel", "instances", *(f"registers {a}" for a in ARCHITECTURES), "static shared bytes",
           "dynamic shared bytes", "stack bytes", "spilled bytes", "bytes moved"]
# s: bytes of an element. Kernel → (bytes moved, dynamic shared bytes).
MOVED = {
    "slice_words": ("2 s an element of the part", "0"),
    "insert_words": ("2 s an element of the part", "0"),
    "pad_words": ("s an element of the part + s an element of the whole", "0"),
    "move_runs": ("2 s an element", "0"),
    "spread_channels": ("2 s an element", "0"),
    "resize": ("s an input element + s an output element", "0"),
    "take_largest": ("s an input element + (s + 1) an output element", "0"),
    "gather_windows": ("(2 s + 1) an output element", "0"),
    "scatter_windows": ("(s + 1) an output element + s an input element", "0"),
    "sort_pairs": ("(2 s + 1/2) an element", "0"),
    "swap_pairs": ("(2 s + 1/2) an element", "0"),
    "sort_in_warps": ("(2 s + 1) an element", "0"),
    "sort_groups": ("(2 s + 1) an element", "0"),
    "move_in_groups": ("(2 s + 1) an element", "0"),
    "softmax_rows": ("2 s an element", "0"),
    "softmax_long_rows": ("2 s an element", "0"),
    "derivative_rows": ("3 s an element", "0"),
    "drop": ("2 s an element", "0"),
    "map_elements": ("(inputs + 1) s an element", "0"),
    "map_lines": ("(inputs + 1) s an element", "0"),
    "sum_lines": ("s an element of each input", "8 values of 8 B a lane and sum, 0 for small groups"),
    "merge_columns": ("s an element", "8 merged moments a lane, 0 for small groups"),
    "adam_weights": ("7 s a weight", "0"),
    "clip_elements": ("2 s an element, 0 where nothing is clipped", "0"),
    "look_for_non_finite": ("s an element", "0"),
    "finish": ("2 s an element", "0"),
    "finish_packed": ("2 s an element", "0"),
    "forward": ("x, w and y once; bound by the caches", "0"),
    "data": ("x, w and y once; bound by the caches", "0"),
    "weights": ("x, w and y once; bound by the caches", "0"),
    "multiply_tiles": ("(m k n / 8 + m n) s", "0"),
    "add_one": ("8 a launch", "0"),
}
ENTRY = re.compile(r"Compiling entry function '(\w+)' for '(\w+)'")
STACK = re.compile(r"(\d+) bytes stack frame, (\d+) bytes spill stores, (\d+) bytes spill loads")
USED = re.compile(r"Used (\d+) registers(?:.*?, (\d+) bytes smem)?")


def commands(build):
    """File → the command that the build compiles it with."""
    database = build / "compile_commands.json"
    if not database.exists():
        sys.exit(f"{database} is not there; configure first: cmake --preset cuda")
    entries = json.loads(database.read_text())
    return {entry["file"]: entry for entry in entries
            if entry["file"].endswith(".cu") and "nvcc" in entry["command"] and has_kernels(Path(entry["file"]))}


def has_kernels(path):
    """Whether a file defines kernels, or includes what does."""
    text = path.read_text(encoding="utf-8")
    included = re.findall(r'#include "(\S+\.cuh)"', text)
    return "__global__" in text or any(has_kernels(ROOT / "kernels" / name) for name in included)


def report(entry):
    """What ptxas says of one file: its device code alone is compiled, with the build's options."""
    words = shlex.split(entry["command"])
    while "nvcc" not in Path(words[0]).name:
        words.pop(0)  # a compiler launcher
    words = [word for word in words if not word.startswith("--generate-code")]
    words[words.index("-c")] = "-cubin"
    text = ""
    for architecture in ARCHITECTURES:
        with tempfile.TemporaryDirectory() as folder:
            words[words.index("-o") + 1] = str(Path(folder) / "kernels.cubin")
            run = subprocess.run([*words, f"-arch={architecture}", "-Xptxas", "-v"], cwd=entry["directory"],
                                 capture_output=True, text=True)
        if run.returncode != 0:
            raise SystemExit(f"{entry['file']} does not compile:\n{run.stderr}")
        text += run.stderr + run.stdout
    return text


def kernel_name(mangled):
    """softmax_rows of protolith::kernels::cuda::(anonymous namespace)::softmax_rows<4, true, float>(…)."""
    plain = subprocess.run(["c++filt", mangled], capture_output=True, text=True, check=True).stdout.strip()
    plain = plain.replace("(anonymous namespace)::", "")
    return re.search(r"([A-Za-z_]\w*)(?:<|\(|$)", re.sub(r"^void |protolith::kernels::|cuda::", "", plain)).group(1)


def instances(text):
    """Kernel, architecture, registers, static shared, stack and spilled bytes of each compiled kernel."""
    found = []
    for line in text.splitlines():
        if match := ENTRY.search(line):
            found.append({"kernel": kernel_name(match[1]), "architecture": match[2], "shared": 0})
        elif found and (match := STACK.search(line)):
            stack, stored, loaded = map(int, match.groups())
            found[-1]["stack"], found[-1]["spilled"] = stack, stored + loaded
        elif found and (match := USED.search(line)):
            found[-1]["registers"], found[-1]["shared"] = int(match[1]), int(match[2] or 0)
    return found


def span(values):
    low, high = min(values), max(values)
    return str(low) if low == high else f"{low}–{high}"


def rows(file, found):
    made = []
    for kernel in sorted({one["kernel"] for one in found}):
        mine = [one for one in found if one["kernel"] == kernel]
        moved, dynamic = MOVED.get(kernel, ("?", "?"))
        row = {"file": file, "kernel": kernel, "static shared bytes": span([one["shared"] for one in mine]),
               "dynamic shared bytes": dynamic, "stack bytes": max(one["stack"] for one in mine),
               "spilled bytes": max(one["spilled"] for one in mine), "bytes moved": moved}
        for architecture in ARCHITECTURES:
            registers = [one["registers"] for one in mine if one["architecture"] == architecture]
            row["instances"] = len(registers)
            row[f"registers {architecture}"] = span(registers)
        made.append(row)
    return made


def write(table):
    with TABLE.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for name in sorted(table) for row in table[name])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", help="part of a path; default: every file")
    parser.add_argument("--new", action="store_true", help="only files that the table does not have yet")
    parser.add_argument("--jobs", type=int, default=2, help="files at a time")
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "cuda")
    options = parser.parse_args()
    table = {}
    known = commands(options.build)
    if TABLE.exists():
        with TABLE.open(newline="", encoding="utf-8") as stream:
            for row in csv.DictReader(stream):
                if str(ROOT / row["file"]) in known:
                    table.setdefault(row["file"], []).append(row)
    wanted = {}
    for path, entry in sorted(known.items()):
        file = str(Path(path).relative_to(ROOT))
        if (not options.words or any(word in file for word in options.words)) and not (options.new and file in table):
            wanted[file] = entry
    with ThreadPoolExecutor(options.jobs) as pool:
        running = {pool.submit(report, entry): file for file, entry in wanted.items()}
        for done in as_completed(running):
            print(running[done], flush=True)
            table[running[done]] = rows(running[done], instances(done.result()))
            write(table)
    all_rows = [row for name in table for row in table[name]]
    spilling = [row["kernel"] for row in all_rows if int(row["spilled bytes"])]
    unknown = [row["kernel"] for row in all_rows if row["bytes moved"] == "?"]
    if spilling:
        print(f"spill: {', '.join(spilling)}", file=sys.stderr)
    if unknown:
        print(f"not in MOVED: {', '.join(unknown)}", file=sys.stderr)
    sys.exit(1 if spilling or unknown else 0)


if __name__ == "__main__":
    main()
