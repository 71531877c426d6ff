#!/usr/bin/env python3
"""Writes a grey 8-bit TIFF (deflate, strips of 16 rows) of any size from noise in patches, for measuring how `prepare` streams.

    make_large_image.py FILE [ROWS COLUMNS]      # default: the serpentinite's 15,000 x 30,000
"""
import os
import struct
import sys
import zlib

path = sys.argv[1]
rows, columns = (int(a) for a in sys.argv[2:4]) if len(sys.argv) > 3 else (15000, 30000)
strip_rows, cell = 16, 80

# Two grey levels with noise: bytes of noise become 60 … 123 or 120 … 183.
levels = [bytes(60 + n // 4 for n in range(256)), bytes(120 + n // 4 for n in range(256))]


def patch(row, column):
    return ((row * 73856093) ^ (column * 19349663)) // 7 % 3 == 0


def strip(first):
    lines = []
    for row in range(first, min(first + strip_rows, rows)):
        noise = os.urandom(columns)
        lines += [noise[x:x + cell].translate(levels[patch(row // cell, x // cell)]) for x in range(0, columns, cell)]
    return zlib.compress(b"".join(lines), 1)


offsets, lengths = [], []
with open(path, "wb") as file:
    file.write(struct.pack("<2sHI", b"II", 42, 0))
    for first in range(0, rows, strip_rows):
        data = strip(first)
        offsets.append(file.tell())
        lengths.append(len(data))
        file.write(data)
    arrays = file.tell()
    file.write(struct.pack(f"<{len(offsets)}I", *offsets) + struct.pack(f"<{len(lengths)}I", *lengths))
    short, long = 3, 4
    tags = [(256, long, 1, columns), (257, long, 1, rows), (258, short, 1, 8), (259, short, 1, 8), (262, short, 1, 1),
            (273, long, len(offsets), arrays), (277, short, 1, 1), (278, long, 1, strip_rows),
            (279, long, len(lengths), arrays + 4 * len(offsets))]
    directory = file.tell()
    file.write(struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in tags) + struct.pack("<I", 0))
    file.seek(4)
    file.write(struct.pack("<I", directory))
