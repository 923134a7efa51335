#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""The client as a whole on the kernel of fake.c: test_client.py VMWALK-FAKE

What the fake process looks like stands at the top of fake.h; the expected
values here are worked out from that.
"""
import json
import os
import subprocess
import sys
import tempfile

VMWALK = sys.argv[1]
PID = "4242"

REPORT = b"""vmwalk-report 1
[task]
pid:\t4242
comm:\tca\\012t \xc3\xa9
uid:\t0 1 2 3
policy:\t0
nice:\t-5
start_ns:\t2250000000
pc:\t-
[mm]
pgd_pa:\t0x1234000
total_bytes:\t1048576
code:\t0x400000-0x403000
[vmas]
# start end flags offset page_bytes use name
0x400000 0x403000 r-xp        0 4096 code    /bin/a b\\012c
0x600000 0x700000 rw-p        0 4096 anon    
0x700000 0x800000 rw-s     4096 4096 file    /tmp/\xff\xfe"x\\134
[walks]
# landmark address            va level shift kind pa
code      0x400000           0x0 pgd   39 table -
code      0x400000           0x400000 pte   12 page 0x1000000
stack     0x9                - - - - no-vma
[tables]
# level entries tables used bytes 
pte   512     1      3    4096     
[files]
# fd mode flags type pos dev inode path
0 r   0100000  chr 0 00:05 5 /dev/null
3 -   010000000 dir 0 fe:01 2 /a  b 
"""


class Run:
    """One run of the client; sanitizer reports fail whatever is tested."""

    def __init__(self, *args, stdin=b"", stdout=subprocess.PIPE, env=None, report=REPORT,
                 locale="C.UTF-8"):
        with tempfile.NamedTemporaryFile() as file:
            file.write(report)
            file.flush()
            settings = {f"FAKE_{name}": str(value) for name, value in (env or {}).items()}
            done = subprocess.run(
                [VMWALK, *args], input=stdin, stdout=stdout, stderr=subprocess.PIPE, timeout=60,
                env=dict(os.environ, LC_ALL=locale, FAKE_report=file.name, **settings))
        self.status = done.returncode
        self.raw = done.stdout or b""
        self.out = self.raw.decode("utf-8")
        self.err = done.stderr.decode("utf-8", "replace")
        assert "Sanitizer" not in self.err, self.err
        assert "runtime error" not in self.err, self.err

    def good(self):
        assert self.status == 0, (self.status, self.err)
        return self

    def lines(self):
        return [line.split() for line in self.good().out.splitlines()]

    def json(self):
        def unique(pairs):
            assert len(pairs) == len(dict(pairs)), f"a key twice: {pairs}"
            return dict(pairs)
        return json.loads(self.good().out, object_pairs_hook=unique)


def expect(got, want):
    assert got == want, f"got {got!r}, want {want!r}"


def expect_in(part, text):
    assert part in text, f"no {part!r} in {text!r}"


def test_usage():
    for args in ([], ["nonsense"], ["show"], ["show", "x"], ["show", PID, PID],
                 ["maps"], ["maps", "-1"], ["pages", PID, "junk"], ["pages", PID, "1", "2"],
                 ["translate"], ["translate", "0", "0x1"], ["show", PID, "--nonsense"],
                 ["show", PID, "-J", "-r"], ["show", PID, "-o", "pid"],
                 ["show", PID, "-s", "nonsense"], ["show", PID, "-s", "task,,mm"],
                 ["show", PID, "-s", "task", "-o", "start"], ["maps", PID, "-o", "nonsense"],
                 ["maps", PID, "-o", ""], ["translate", PID, "-", "0x1000"],
                 ["end-to-end"], ["end-to-end", PID, "3"], ["end-to-end", PID, "-o", "pid"],
                 ["end-to-end", PID, "-s", "nonsense"]):
        run = Run(*args)
        expect((args, run.status, run.out), (args, 2, ""))
        expect_in("vmwalk", run.err)
    expect_in("'nonsense'", Run("maps", PID, "-o", "start,nonsense").err)
    expect_in("'nonsense'", Run("nonsense").err)
    expect_in("-o needs one section", Run("end-to-end", PID, "-o", "pid").err)


def test_help_and_version():
    for command in ("show", "translate", "fault", "maps", "pages", "frames", "tables", "huge", "zones",
                    "task", "threads", "tree", "files", "inode", "end-to-end"):
        for option in ("-h", "--help", "--usage"):
            expect_in("vmwalk " + command, Run(command, option).good().out)
        expect_in(command, Run("--help").good().out)
        for option in ("-V", "--version"):
            expect_in("vmwalk test", Run(command, option).good().out)
    expect_in("vmwalk test", Run("-V").good().out)


def test_list_columns():
    for command in ("show", "translate", "fault", "maps", "pages", "frames", "tables", "huge", "zones",
                    "task", "threads", "tree", "files", "inode", "end-to-end"):
        rows = Run(command, "-H", "-J").json()["columns"]
        assert len(rows) > 10, rows
        for row in rows:
            expect(list(row), ["table", "column", "format", "help"])
            assert row["help"] and row["format"], row
    rows = Run("maps", "-H", "-r").lines()
    expect(rows[0], ["TABLE", "COLUMN", "FORMAT", "HELP"])
    expect(rows[1][:2], ["vmas", "start"])
    names = [row["column"] for row in Run("maps", "-H", "-J").json()["columns"]]
    for name in names:   # each of them can be asked for
        expect(Run("maps", PID, "-r", "-o", name).lines()[0], [name.upper()])
    sections = {row["table"] for row in Run("show", "-H", "-J").json()["columns"]}
    expect(sections, {"task", "mm", "vmas", "walks", "frames", "backing", "tables", "files",
                      "auxv", "cred", "groups", "signals", "actions", "timers", "family", "names",
                      "namespaces", "numbers", "limits", "threads", "registers", "inodes"})


def test_maps():
    rows = Run("maps", PID).lines()
    expect(rows[0], "START END FLAGS OFFSET DEV INODE USE NAME".split())
    expect(rows[1], ["0x400000", "0x403000", "r-xp", "0", "fe:01", "77", "code",
                     "/bin/a", "b\\012c"])
    expect(rows[2], ["0x40000000", "0x40400000", "rw-p", "0", "fe:01", "0", "anon"])
    expect(len(rows), 4)
    expect(Run("maps", PID, "-n").lines(), rows[1:])
    expect(Run("maps", PID, "-r", "-n", "-o", "name,start").lines()[1], ["-", "0x40000000"])
    expect(Run("maps", PID, "-r", "-o", "start,NAME").lines()[1],
           ["0x400000", "/bin/a\\x20b\\x5c012c"])
    vmas = Run("maps", PID, "-J", "-o", "+pte").json()["vmas"]
    expect(vmas[0], {"start": "0x400000", "end": "0x403000", "flags": "r-xp", "offset": 0,
                     "dev": "fe:01", "inode": 77, "use": "code", "name": "/bin/a b\\012c",
                     "pte": 2})
    expect(vmas[1]["name"], None)
    expect([vma["pte"] for vma in vmas], [2, 0, 0])
    expect(Run("maps", PID, "-r", "-n", "-o", "pte").lines(), [["2"], ["0"], ["0"]])
    expect_in("PTE", Run("maps", PID, "--counts").lines()[0])


def test_pages():
    runs = Run("pages", PID, "-J", "-o", "start,kind,pa,swap_type,swap_offset,shift").json()["runs"]
    expect(len(runs), 9)
    expect(runs[3], {"start": "0x40000000", "kind": "page", "pa": "0x80000000",
                     "swap_type": None, "swap_offset": None, "shift": 21})
    expect(runs[5], {"start": "0x50000000", "kind": "swap", "pa": None, "swap_type": 1,
                     "swap_offset": "0x22", "shift": 12})
    starts = ["0x401000", "0x402000"]
    for text in ("0x401000-0x403000", "0x401000+0x2000", "4198400+8192", "0x401fff-0x402001"):
        expect(Run("pages", PID, text, "-r", "-n", "-o", "start").lines(),
               [[start] for start in starts])
    expect(Run("pages", PID, "0x402000", "-r", "-n", "-o", "kind").lines(), [["none"]])
    expect(Run("pages", PID, "0x1000", "-J").json(), {"runs": []})
    expect(Run("pages", PID, "0x1000").good().out, "")


def test_frames():
    rows = Run("frames", PID).lines()
    expect(rows[0], "VA PAGES LEVEL KIND PFN TYPE ORDER PLACE MAPCOUNT REFCOUNT NODE ZONE "
                    "PAGE_FLAGS".split())
    expect(rows[1], "0x400000 2 pte page 0x1000 file 1 0 2 3 0 DMA32 uptodate".split())
    frames = Run("frames", PID, "-J", "-o", "va,pages,pfn,type,order,memtype").json()["frames"]
    expect(frames, [
        {"va": "0x400000", "pages": 2, "pfn": "0x1000", "type": "file", "order": 1,
         "memtype": "WB"},
        {"va": "0x40000000", "pages": 512, "pfn": "0x80000", "type": "anon", "order": 9,
         "memtype": "WB"},
        {"va": "0x50001000", "pages": 1, "pfn": "0x3333", "type": "shmem", "order": 0,
         "memtype": "WB"},
        {"va": "0x50003000", "pages": 1, "pfn": "0x4444", "type": "none", "order": None,
         "memtype": "WB"}])
    rows = Run("frames", PID, "0x40100000+0x2000", "-r", "-n", "-o", "va,pages,pfn,place").lines()
    expect(rows, [["0x40100000", "2", "0x80100", "256"]])
    hidden = Run("frames", PID, "-J", "-o", "va,pfn,type,mapcount", env={"unprivileged": 1}).good()
    expect(hidden.json()["frames"][1], {"va": "0x40000000", "pfn": None, "type": None,
                                        "mapcount": None})
    expect(hidden.err.count("CAP_SYS_ADMIN"), 1)
    run = Run("frames", PID, env={"lie_pages": 1})
    expect(run.status, 1)
    expect_in("makes no sense", run.err)


def test_files():
    rows = Run("files", PID).lines()
    expect(rows[0], "FD MODE KIND OPTIONS POS REFERENCES ID DEV INODE SIZE PATH".split())
    expect(rows[1], ["0", "r", "regular", "-", "4", "2", "0xfeed0001", "fe:01", "77", "10240",
                     "/bin/a", "b\\012c"])
    expect(rows[2], ["3", "w", "pipe", "wronly", "4", "2", "0xfeed0002", "fe:01", "9", "0",
                     "pipe:[9]"])
    expect(len(rows), 4)
    files = Run("files", PID, "-J", "-o", "fd,pipe_used,pipe_size,path,inode_mode,atime,raw_uid,"
                "cached").json()["files"]
    expect(files[0], {"fd": 0, "pipe_used": None, "pipe_size": None, "path": "/bin/a b\\012c",
                      "inode_mode": "0100644", "atime": files[0]["atime"], "raw_uid": 101000,
                      "cached": 3})
    expect_in("12.000000345", str(files[0]["atime"]))
    expect([file["pipe_used"] for file in files], [None, 1, None])
    hidden = Run("files", PID, "-J", "-o", "cached", env={"unprivileged": 1}).json()["files"]
    expect([file["cached"] for file in hidden], [None, None, None])


def test_one_file():
    one = Run("files", PID, "7", "-J").json()
    expect(list(one), ["file", "inode", "extents"])
    expect([one["file"][0]["fd"], one["inode"][0]["size"]], [7, 10240])
    expect([(e["logical"], e["length"], e["state"], e["physical"]) for e in one["extents"]],
           [(0, 4096, "mapped", 700 * 4096), (4096, 4096, "hole", None),
            (8192, 4096, "mapped", 702 * 4096)])
    expect(Run("files", PID, "7", "-s", "extents", "-r", "-n", "-o", "physical").lines(),
           [["2867200"], ["-"], ["2875392"]])
    out = Run("files", PID, "0").good().out
    for section in ("[file]", "[inode]", "[extents]"):
        expect_in(section, out)
    expect_in("\npath            /bin/a b\\012c\n", out)
    expect_in("\nid              0xfeed0001\n", out)
    assert "pipe_used" not in out, out
    expect_in("\npipe_used       1\n", Run("files", PID, "3").good().out)
    out = Run("inode", PID, "0").good().out
    expect(out.splitlines()[0], "[inode]")
    expect_in("\nfstype          ext4\n", out)
    expect(list(Run("inode", PID, "0", "-J").json()), ["inode"])
    expect(Run("inode", PID, "3", "-r", "-n", "-o", "size,inode").lines(), [["0", "9"]])
    for command in ("files", "inode"):
        run = Run(command, PID, "5")
        expect((run.status, run.out), (1, ""))
        expect_in("no such descriptor", run.err)
    hidden = Run("files", PID, "0", "-J", env={"unprivileged": 1})
    expect(hidden.json()["extents"], [])
    expect_in("CAP_SYS_ADMIN", hidden.err)
    run = Run("files", PID, "0", env={"lie_pages": 1})
    expect(run.status, 1)
    expect_in("makes no sense", run.err)
    for args in (["files", PID, "x"], ["files", PID, "-1"], ["files", PID, "1", "2"],
                 ["files", PID, "4294967295"], ["files", PID, "99999999999"], ["files"],
                 ["inode", PID], ["files", PID, "-s", "inode"], ["files", PID, "0", "-s", "x"],
                 ["files", PID, "0", "-o", "fd"], ["files", PID, "-o", "nonsense"]):
        run = Run(*args)
        expect((args, run.status, run.out), (args, 2, ""))


def test_end_to_end():
    lines = Run("end-to-end", PID).good().out.splitlines()
    assert len(lines) <= 66 and max(map(len, lines)) <= 100, lines
    assert lines[0].startswith("task_struct  4242 fake · "), lines
    for part in ("│  │  1 code    0x400000-0x403000             r-xp  12.0K   A +0        "
                 "/bin/a b\\012c",
                 "│     2 0x40000000          └─ 1───┬─ 0──────────── 0x80000 in 2.0M  "
                 "write,user,huge",
                 "│     3 0x50000000                 └─ 128─── 0───── swap 1:0x22",
                 "│     3 swap: slot 0x22 of area 1  B +0 (page cache: absent)",
                 "│     1 0x1000    file      ×2   3    1     = A +0, block 700           uptodate",
                 "   7    0xfeed0001         r   4         2    0    -                  "
                 "→ A /bin/a b\\012c",
                 "   A fe:01 77         VMA 1 + fd 0,7      regular 10.0K ext4, links 1, "
                 "blocks 700, hole, 702"):
        assert part in lines, (part, lines)
    plain = Run("end-to-end", PID, env={}, locale="C").good().out
    assert plain.isascii() and "|  |- mmap      vm_area_struct  3 of them" in plain, plain
    hidden = Run("end-to-end", PID, env={"unprivileged": 1}).good()
    for part in ("0x1000 ", "0x80000", ", block", "1:0x22"):
        assert part not in hidden.out, (part, hidden.out)
    expect_in("its frame is hidden", hidden.out)
    expect_in("CAP_SYS_ADMIN", hidden.out)
    for most in (1, 2, 3):
        expect(Run("end-to-end", PID, env={"max_done": most}).good().out.splitlines(), lines)


def test_end_to_end_tables():
    whole = Run("end-to-end", PID, "-J").json()
    expect(list(whole), ["task", "thread", "cred", "signals", "parent", "totals", "mm", "vmas",
                         "levels", "files", "extents"])
    expect(whole["totals"], [{"vmas": 3, "descriptors": 3, "children": 0}])
    expect([(v["address"], v["start"], v["use"], v["pfn"], v["block"]) for v in whole["vmas"]],
           [("0x400000", "0x400000", "code", "0x1000", 700),
            ("0x40000000", "0x40000000", "anon", "0x80000", None),
            ("0x50000000", "0x50000000", "shm", None, None)])
    expect([level["level"] for level in whole["levels"] if level["address"] == "0x40000000"],
           ["pgd", "p4d", "pud", "pmd"])
    expect([file["fd"] for file in whole["files"]], [0, 3, 7])
    expect([(e["fd"], e["state"]) for e in whole["extents"]],
           [(fd, state) for fd in (0, 7) for state in ("mapped", "hole", "mapped")])
    expect(whole["mm"][0]["total_bytes"], 1048576)
    expect(whole["mm"][0]["code"], "0x400000-0x403000")
    expect(whole["task"][0]["pid"], 4242)
    expect(Run("end-to-end", PID, "-s", "vmas", "-o", "use", "-r", "-n").lines(),
           [["code"], ["anon"], ["shm"]])
    hidden = Run("end-to-end", PID, "-J", env={"unprivileged": 1}).good()
    expect([v["pfn"] for v in hidden.json()["vmas"]], [None] * 3)
    expect(hidden.json()["extents"], [])
    expect(hidden.err.count("CAP_SYS_ADMIN"), 1)
    kernel = Run("end-to-end", PID, env={"no_mm": 1})
    expect_in("mm       none: ", kernel.good().out)
    kernel = Run("end-to-end", PID, "-J", env={"no_mm": 1})
    expect([len(kernel.json()[part]) for part in ("mm", "vmas", "files")], [0, 0, 3])
    for broken in ({"ioctl_errno": 3}, {"ioctl_errno": 3, "ioctl_errno_after": 9},
                   {"open_errno": 13}, {"lie_pages": 1}):
        run = Run("end-to-end", PID, env=broken)
        expect((run.status, run.out), (1, ""))
        expect_in("vmwalk: ", run.err)


def test_frames_summed():
    def total(*args, **settings):
        return Run("frames", PID, "--sum", "-s", "total", "-J", *args, env=settings).json()["total"]

    sums = Run("frames", PID, "--sum", "-J").json()
    expect(list(sums), ["vmas", "total"])
    expect([(row["start"], row["type"], row["order"], row["pages"], row["bytes"], row["shared"])
            for row in sums["vmas"]],
           [("0x400000", "file", 1, 2, 8192, 2), ("0x40000000", "anon", 9, 512, 2 << 20, 0),
            ("0x50000000", "none", None, 1, 4096, None), ("0x50000000", "shmem", 0, 1, 4096, 1)])
    expect(sums["vmas"][0]["name"], "/bin/a b\\012c")
    expect(list(sums["total"][0]), ["level", "memtype", "node", "zone", "type", "order", "pages",
                                    "bytes", "shared"])
    expect(sum(row["pages"] for row in sums["total"]), 516)
    expect(total("--by", "level", "-o", "level,pages"),
           [{"level": "pte", "pages": 4}, {"level": "pmd", "pages": 512}])
    expect(total("--by", "zone,node"),
           [{"node": None, "zone": None, "pages": 1, "bytes": 4096, "shared": None},
            {"node": 0, "zone": "DMA", "pages": 1, "bytes": 4096, "shared": 1},
            {"node": 0, "zone": "DMA32", "pages": 514, "bytes": 514 * 4096, "shared": 2}])
    expect(total("--by", "type", "-o", "type,pages", unprivileged=1),
           [{"type": None, "pages": 516}])
    rows = Run("frames", PID, "0x40000000+4096", "--by", "order", "-s", "vmas", "-r", "-n").lines()
    expect(rows, [["0x40000000", "0x40400000", "anon", "9", "1", "4096", "0", "-"]])
    out = Run("frames", PID, "--sum").good().out
    expect(out.startswith("[vmas]\n"), True)
    expect_in("\n\n[total]\n", out)
    for args, part in ((["--by", "pages"], "'pages'"), (["--by", ""], "''"),
                       (["-s", "all"], "'all'"), (["--sum", "-o", "pages"], "-s NAME"),
                       (["--by", "node", "-s", "total", "-o", "zone"], "'zone'")):
        run = Run("frames", PID, *args)
        expect((args, run.status, run.out), (args, 2, ""))
        expect_in(part, run.err)


MEMORY_REPORT = (b"vmwalk-report 1\n[task]\npid:\t4242\n[mm]\ntable_bytes:\t28672\n"
                 b"thp_disabled:\t0\n[vmas]\n# start end name\n")


def test_tables():
    def tables(*args, **settings):
        return Run("tables", PID, "-J", *args, env=settings, report=MEMORY_REPORT).json()

    answer = tables()
    expect(list(answer), ["levels", "vmas", "account"])
    columns = ("level", "entries", "entry_bytes", "tables", "bytes", "used", "fill", "leaves",
               "leaf_bytes", "sparse", "sparse_bytes", "shared")
    expect([tuple(row[name] for name in columns) for row in answer["levels"]],
           [("pte", 512, 4096, 2, 8192, 6, 0, 3, 3 * 4096, 2, (510 + 508) * 8, 0),
            ("pmd", 512, 2 << 20, 2, 8192, 3, 0, 1, 2 << 20, None, None, 1),
            ("pud", 512, 1 << 30, 1, 4096, 2, 0, 0, 0, None, None, 0),
            ("pgd", 512, 1 << 39, 1, 4096, 1, 0, 0, 0, None, None, 0)])
    expect([(row["start"], row["pte_tables"], row["pmd_tables"], row["pud_tables"],
             row["table_bytes"], row["used"], row["leaves"], row["sparse"], row["shared"])
            for row in answer["vmas"]],
           [("0x400000", 1, 1, 1, 12288, 4, 2, 1, 0), ("0x40000000", 0, 1, 1, 8192, 2, 1, 0, 1),
            ("0x50000000", 1, 1, 1, 12288, 6, 1, 1, 1)])
    # Five tables below the top were met, and the one huge page keeps one in reserve.
    expect([(row["item"], row["tables"], row["table_bytes"]) for row in answer["account"]],
           [("met", 5, 20480), ("deposited", 1, 4096), ("expected", 6, 24576),
            ("VmPTE", 7, 28672), ("difference", 1, 4096), ("shared", 1, 4096),
            ("uncounted", 1, 4096)])
    assert all(row["meaning"] for row in answer["account"]), answer["account"]
    expect(tables("-s", "levels", "--sparse", "3", "-o", "sparse")["levels"][0], {"sparse": 1})
    expect(tables("-s", "sparse", "--sparse", "3", "-o", "va,used")["sparse"],
           [{"va": "0x400000", "used": 2}])
    expect(len(tables("-s", "all")["all"]), 6)
    hidden = tables(unprivileged=1)
    expect({row["shared"] for row in hidden["levels"]}, {None})
    expect(hidden["account"][5]["tables"], None)
    expect(hidden["account"][4]["tables"], 1)
    expect_in("CAP_SYS_ADMIN", Run("tables", PID, env={"unprivileged": 1},
                                   report=MEMORY_REPORT).err)
    for args, part in ((["--sparse", "x"], "'x'"), (["--sparse", "-1"], "'-1'"),
                       (["--sparse", ""], "''"), (["-s", "nonsense"], "'nonsense'"),
                       (["-s", "levels,"], "''"), (["-o", "level"], "-s NAME")):
        run = Run("tables", PID, *args)
        expect((args, run.status, run.out), (args, 2, ""))
        expect_in(part, run.err)
    run = Run("tables", PID, env={"lie_table": 1})
    expect(run.status, 1)
    expect_in("makes no sense", run.err)
    run = Run("tables", PID, report=REPORT)   # without table_bytes
    expect(run.status, 1)
    expect_in("does not say what is needed", run.err)


THP = "/sys/kernel/mm/transparent_hugepage/"
ROOT_FILES = {
    "/proc/4242/mountinfo": "24 26 0:30 / /tmp rw - tmpfs tmp rw\n",
    THP + "hpage_pmd_size": "2097152\n",
    THP + "enabled": "[always] madvise never\n",
    THP + "shmem_enabled": "always within_size advise [never] deny force\n",
    THP + "khugepaged/max_ptes_none": "511\n",
    THP + "khugepaged/max_ptes_swap": "64\n",
    "/proc/buddyinfo": "Node 0, zone      DMA      2      0      1 \n"
                       "Node 0, zone    DMA32      7      1      3 \n",
    "/proc/zoneinfo": "".join(
        f"Node 0, zone {zone}\n  pages free {free}\n  min 1\n  low 2\n  high 3\n"
        f"  spanned {pages}\n  present {pages}\n  managed {pages}\n  start_pfn: {start}\n"
        for zone, free, pages, start in (("DMA", 6, 0xfff, 1), ("DMA32", 21, 0xff000, 0x1000))),
}


def with_root(test, **changed):
    """Runs a test with files of /proc and /sys of its own; an empty one is left out."""
    with tempfile.TemporaryDirectory() as root:
        for name, text in dict(ROOT_FILES, **changed).items():
            if text:
                os.makedirs(os.path.dirname(root + name), exist_ok=True)
                with open(root + name, "w", encoding="utf-8") as file:
                    file.write(text)
        return test(root)


def test_task():
    shown = Run("task", PID, "-J").json()
    expect(list(shown), ["task", "mm", "cred", "groups", "actions", "timers", "family", "names",
                         "namespaces", "numbers", "limits", "auxv"])
    expect([shown["task"][key] for key in ("pid", "comm", "state", "session", "exit_signal")],
           [4242, "fake", "S", 77, 17])
    expect([shown["cred"][key] for key in ("tid", "uid", "effective", "loginuid", "kuid")],
           [4242, "1 2 3 4", "net_admin,checkpoint_restore", -1, None])
    expect([group["gid"] for group in shown["groups"]], [5, 50])
    expect(shown["family"], [])
    expect(shown["limits"], [{"resource": "stack", "soft": 8 << 20, "hard": 2 ** 64 - 1}])
    expect(shown["names"], [{"kind": "exe", "dev": "fe:01", "inode": 77, "name": "/bin/a b\\012c"},
                            {"kind": "cgroup", "dev": None, "inode": 56, "name": "/user"}])
    expect([(row["type"], row["raw_type"], row["value"]) for row in shown["auxv"]],
           [("pagesz", 6, "0x1000"), ("?99", 99, "0x5")])
    expect(Run("task", PID, "-J", env={"max_done": 1}).json(), shown)
    expect(Run("task", PID, "-s", "names", "-r", "-n", "-o", "name").lines()[1], ["/user"])
    expect(Run("task", PID, "-s", "groups", "-r", "-n", "-o", "gid,index").lines(),
           [["5", "0"], ["50", "1"]])
    expect(Run("task", PID, "-s", "task", "-r", "-n", "-o", "threads").lines(),
           [["threads", "2"]])
    for part in ("[task]\n", "[limits]\n", "user ids as the reader numbers them"):
        expect_in(part, Run("task", PID).good().out)
    for args in (["-s", "vmas"], ["-s", "task,nonsense"], ["-o", "pid"],
                 ["-s", "task", "-o", "nonsense"]):
        run = Run("task", PID, *args)
        expect((args, run.status, run.out), (args, 2, ""))


def test_threads():
    rows = Run("threads", PID, "-J", "-o", "+rt_priority,orig_ax,ip_page,sp_page").json()
    names = ("tid", "comm", "state_name", "on_cpu", "policy", "rt_priority", "ip", "ip_area",
             "ip_page", "sp", "sp_area", "sp_page", "orig_ax")
    expect([tuple(row[name] for name in names) for row in rows["threads"]],
           [(4242, "fa\\012ke", "sleeping", 0, "other", 0, "0x400123", "/bin/a b\\012c",
             "0x1000123", "0x40000010", "anon", "0x80000010", "0x22"),
            (4243, "two", "running", 1, "fifo", 30, "0x9", None, "no-vma", "0x50000008",
             "[shm]", "swap", "0xffffffffffffffff")])
    hidden = Run("threads", PID, "-J", env={"unprivileged": 1}).json()["threads"]
    expect([(row["tid"], row["ip"], row["ip_area"], row["sp_area"]) for row in hidden],
           [(4242, None, None, None), (4243, None, None, None)])
    for most in (1, 2):   # what is asked in parts is the same
        expect(Run("threads", PID, "-J", env={"max_done": most}).json(),
               Run("threads", PID, "-J").json())
    run = Run("threads", PID, "-r", "-n", "-o", "tid,comm", "--cost").good()
    expect_in("0 entries read", run.err)   # no registers asked for, and no memory looked at


def test_tree():
    def report(pid, ppid, comm, resident=None):
        text = f"vmwalk-report 1\n[task]\npid:\t{pid}\ntgid:\t{pid}\nppid:\t{ppid}\ncomm:\t{comm}\n"
        text += "state:\tS\nthreads:\t3\n[mm]\n"
        if resident is None:
            return text + "none:\tno address space\n[vmas]\n"
        return text + (f"total_bytes:\t{2 * resident}\nresident_bytes:\t{resident}\n"
                       f"swap_bytes:\t{resident // 2}\n[vmas]\n# sta")

    def tree(*args, **processes):
        files = {f"/proc/vmwalk/{name[1:]}": text for name, text in processes.items()}
        return with_root(lambda root: Run("tree", *args, env={"root": root}), **files)

    family = {"p1": report(1, 0, "init", 100), "p2": report(2, 0, "kthreadd"),
              "p10": report(10, 1, "a\\040b", 20), "p9": report(9, 10, "leaf", 8),
              "p30": report(30, 1, "other", 6), "p5": report(5, 2, "kworker")}
    rows = tree("-J", **family).json()["processes"]
    names = ("pid", "resident_bytes", "processes", "tree_resident_bytes", "tree")
    expect([tuple(row[name] for name in names) for row in rows],
           [(1, 100, 4, 134, "init"), (10, 20, 2, 28, "  a b"), (9, 8, 1, 8, "    leaf"),
            (30, 6, 1, 6, "  other"), (2, None, 2, 0, "kthreadd"), (5, None, 1, 0, "  kworker")])
    rows = tree("10", "-r", "-n", "-o", "pid,depth,tree_swap_bytes", **family).lines()
    expect(rows, [["10", "0", "14"], ["9", "1", "4"]])
    # Numbers used again while they were read can close a circle.
    circle = {"p7": report(7, 8, "a", 1), "p8": report(8, 7, "b", 2), "p6": report(6, 8, "c", 4)}
    expect(tree("-r", "-n", "-o", "pid,depth,tree_resident_bytes", **circle).lines(),
           [["6", "0", "4"], ["7", "0", "3"], ["8", "1", "2"]])
    expect(tree("8", "-r", "-n", "-o", "pid,depth", **circle).lines(),
           [["8", "0"], ["6", "1"], ["7", "1"]])
    expect(tree("-r", "-n", "-o", "pid,ppid", p4=report(4, 4, "self", 1)).lines(), [["4", "4"]])
    expect(tree("77", **family).status, 1)
    for text in ("", "nonsense\n", report(1, 0, "x")[:40], report(1, -1, "x", 1),
                 report(1, 2 ** 32, "x", 1), report("", 0, "x", 1)):
        run = tree(p1=text or "\n", **{"p2": report(2, 0, "kthreadd")})
        expect((text, run.status), (text, 1))


def test_huge():
    def huge(*args, report=MEMORY_REPORT, changed=None, **settings):
        return with_root(lambda root: Run("huge", PID, *args, report=report,
                                          env=dict(settings, root=root)), **(changed or {}))

    rows = huge("-J", "-o", "+anon_huge,untouched,dense,split").json()["huge"]
    expect([(row["start"], row["reason"], row["eligible"]) for row in rows],
           [("0x400000", "too-small", 0), ("0x40000000", "untouched", 1),
            ("0x50000000", "too-small", 0)])
    expect({name: rows[1][name] for name in ("pte_bytes", "pmd_bytes", "could", "anon_huge",
                                             "untouched", "dense", "split")},
           {"pte_bytes": 0, "pmd_bytes": 2 << 20, "could": 4 << 20, "anon_huge": 2 << 20,
            "untouched": 2 << 20, "dense": 0, "split": 0})
    expect((rows[2]["pte_bytes"], rows[0]["pte_bytes"]), (4096, 8192))
    never = {THP + "enabled": "always madvise [never]\n"}
    expect(huge("-r", "-n", "-o", "reason", changed=never).lines()[1], ["never"])
    prctl = MEMORY_REPORT.replace(b"disabled:\t0", b"disabled:\t1")
    expect(huge("-r", "-n", "-o", "reason", report=prctl).lines()[1], ["prctl"])
    expect(huge("-r", "-n", "-o", "reason", changed={THP + "hpage_pmd_size": ""}).lines()[1],
           ["unsupported"])
    hidden = huge("-J", "-o", "start,pmd_bytes,reason,split", unprivileged=1)
    expect(hidden.json()["huge"][1], {"start": "0x40000000", "pmd_bytes": 2 << 20,
                                      "reason": "untouched", "split": None})
    expect_in("CAP_SYS_ADMIN", hidden.err)
    orders = huge("-s", "orders", "-J").json()["orders"]
    expect([(row["start"], row["level"], row["type"], row["order"], row["pages"])
            for row in orders],
           [("0x400000", "pte", "file", 1, 2), ("0x40000000", "pmd", "anon", 9, 512),
            ("0x50000000", "pte", "none", None, 1), ("0x50000000", "pte", "shmem", 0, 1)])
    for changed in ({THP + "enabled": "always\n"}, {THP + "enabled": "[sometimes]\n"},
                    {"/proc/4242/mountinfo": "rubbish\n"}):
        run = huge(changed=changed)
        expect((changed, run.status, run.out), (changed, 1, ""))
        expect_in("not written as this program knows it", run.err)


def test_zones():
    def zones(*args, changed=None, **settings):
        return with_root(lambda root: Run("zones", *args, env=dict(settings, root=root)),
                         **(changed or {}))

    answer = zones("-J").json()
    expect(list(answer), ["nodes", "zones", "buddy"])
    expect(answer["nodes"], [{"node": 0, "start_pfn": "0x1", "end_pfn": "0x100000",
                              "spanned": 0xfffff, "present": 0xfffff, "managed": 0xfffff,
                              "free": 27, "min": 2, "low": 4, "high": 6}])
    expect(answer["zones"][1], {"node": 0, "zone": "DMA32", "start_pfn": "0x1000",
                                "end_pfn": "0x100000", "spanned": 0xff000, "present": 0xff000,
                                "managed": 0xff000, "free": 21, "min": 1, "low": 2, "high": 3})
    expect([(row["zone"], row["order"], row["block_bytes"], row["blocks"], row["bytes"])
            for row in answer["buddy"]],
           [("DMA", 0, 4096, 2, 8192), ("DMA", 1, 8192, 0, 0), ("DMA", 2, 16384, 1, 16384),
            ("DMA32", 0, 4096, 7, 28672), ("DMA32", 1, 8192, 1, 8192),
            ("DMA32", 2, 16384, 3, 49152)])
    names = ("zone", "mapped", "lowest", "highest")
    placed = zones("-J", "--pid", PID).json()
    expect([tuple(row[name] for name in names) for row in placed["zones"]],
           [("DMA", 1, "0x3333", "0x3333"), ("DMA32", 515, "0x1000", "0x801ff")])
    expect([placed["nodes"][0][name] for name in names[1:]], [516, "0x1000", "0x801ff"])
    hidden = zones("-J", "--pid", PID, "-s", "zones", unprivileged=1)
    expect([tuple(row[name] for name in names) for row in hidden.json()["zones"]],
           [("DMA", None, None, None), ("DMA32", None, None, None)])
    expect_in("CAP_SYS_ADMIN", hidden.err)
    expect(zones("-s", "zones", "-r", "-n", "-o", "zone,free").lines(),
           [["DMA", "6"], ["DMA32", "21"]])
    for args in ((PID,), ("--pid", "x"), ("-s", "zone"), ("-o", "free"),
                 ("-s", "zones", "-o", "mapped"), ("-s", "nodes", "-o", "zone")):
        run = zones(*args)
        expect((args, run.status, run.out), (args, 2, ""))
    for text in ("rubbish\n", "Node 0, zone DMA\n"):
        run = zones(changed={"/proc/zoneinfo": text})
        expect((run.status, run.out), (1, ""))
        expect_in("not written as this program knows it", run.err)
    run = zones(changed={"/proc/buddyinfo": ""})
    expect((run.status, run.out), (1, ""))
    expect_in("a file of the kernel cannot be read: No such file", run.err)
    run = zones("--pid", PID, module_missing=1)
    expect((run.status, run.out), (1, ""))
    expect_in("insmod", run.err)


def test_translate_picture():
    out = Run("translate", PID, "0x400123", "0x9").good().out
    for part in ("0x400123 ", "47..39", "present,user,accessed",
                 "(0x1000 << 12) | 0x123 = 0x1000123", "0x9  no-vma: no VMA covers"):
        expect_in(part, out)
    run = Run("translate", PID, "0x400123", env={"unprivileged": 1}).good()
    assert "<<" not in run.out and "0x1000123" not in run.out, run.out
    expect(run.err.count("CAP_SYS_ADMIN"), 1)
    expect(Run("translate", PID, "0x9", env={"unprivileged": 1}).good().err, "")
    expect(Run("translate", PID, "0x400123").good().err, "")


def test_translate_table():
    walks = Run("translate", PID, "-J", "-o", "address,kind,pa,level,shift,vma_start,va",
                "0x40012345", "0x402001", "0x9").json()["walks"]
    expect(walks, [
        {"address": "0x40012345", "kind": "page", "pa": "0x80012345", "level": "pmd",
         "shift": 21, "vma_start": "0x40000000", "va": "0x40000000"},
        {"address": "0x402001", "kind": "none", "pa": None, "level": "pte", "shift": 12,
         "vma_start": "0x400000", "va": "0x402000"},
        {"address": "0x9", "kind": "no-vma", "pa": None, "level": None, "shift": None,
         "vma_start": None, "va": None}])
    hidden = Run("translate", PID, "-J", "-o", "kind,pa,raw,table,pfn", "0x400000",
                 env={"unprivileged": 1})
    expect(hidden.json()["walks"], [{"kind": "page", "pa": None, "raw": None, "table": None,
                                     "pfn": None}])
    expect_in("CAP_SYS_ADMIN", hidden.err)
    rows = Run("translate", PID, "-l", "-r", "-n", "-o", "address,level,kind,result",
               "0x400000", "0x9").lines()
    expect(rows, [["0x400000", "pgd", "table", "page"], ["0x400000", "p4d", "folded", "page"],
                  ["0x400000", "pud", "table", "page"], ["0x400000", "pmd", "table", "page"],
                  ["0x400000", "pte", "page", "page"], ["0x9", "-", "-", "no-vma"]])


def test_translate_ranges_step_by_page():
    page = os.sysconf("SC_PAGESIZE")
    rows = Run("translate", PID, "-r", "-n", "-o", "address", f"0x400010+{2 * page}", "7").lines()
    start = 0x400010 // page * page
    expect([int(row[0], 16) for row in rows], [0x400010, start + page, start + 2 * page, 7])


def test_translate_checks_all_arguments_first():
    run = Run("translate", PID, "0x400000", "0x4000zz", env={"module_missing": 1})
    expect((run.status, run.out), (2, ""))
    expect_in("'0x4000zz'", run.err)


def test_translate_dossier():
    """What only a dossier has: the picture has it all, a table what is asked for."""
    out = Run("translate", PID, "0x400123").good().out
    for part in ("all levels together allow user mode: read, execute", "frame ", "type file",
                 "order 1", "mapcount 2", "zone DMA32", "memtype WB", "attributes read,exec",
                 "use code", "name /bin/a b\\012c", "fill file", "cache uptodate",
                 "offset 291", "size 10240", "block 700", "block_dev fe:01",
                 "above 0x40000000-0x40400000", "pkru 0x55555554"):
        expect_in(part, out)
    assert max(map(len, out.splitlines())) < 140, out
    run = Run("translate", PID, "-J", "0x400123", "0x50000000", "0x9", "-o",
              "address,type,frame_flags,flags,backing_dev,dev,block,offset,backing_offset,fill,"
              "pkru,name,swap_device,effective,region,task_size")
    first, second, third = run.json()["walks"]
    expect(first, {"address": "0x400123", "type": "file", "frame_flags": "-",
                   "flags": "present,user,accessed", "backing_dev": "fe:01", "dev": "fe:01",
                   "block": 700, "offset": 0, "backing_offset": 291, "fill": "file",
                   "pkru": "0x55555554", "name": "/bin/a b\\012c", "swap_device": None,
                   "effective": "user", "region": "user", "task_size": "0x7ffffffff000"})
    expect([second[key] for key in ("type", "block", "fill", "name", "effective")],
           [None, None, "shmem", "[shm]", None])
    expect([third[key] for key in ("type", "fill", "name", "dev", "task_size")],
           [None, None, None, None, "0x7ffffffff000"])
    hidden = Run("translate", PID, "-J", "0x400123", "-o", "type,cache,block,pkru,fill,attributes",
                 env={"unprivileged": 1})
    expect(hidden.json()["walks"], [{"type": None, "cache": None, "block": None, "pkru": None,
                                     "fill": "file", "attributes": "read,exec"}])
    expect_in("CAP_SYS_ADMIN", hidden.err)
    # One query an address with them, one for all without.
    for columns, queries in (("address,kind", "2 times"), ("address,fill", "4 times")):
        expect_in(f"lock held {queries}", Run("translate", PID, "0x400000", "0x9", "-r", "--cost",
                                              "-o", columns).good().err)


def test_translate_swap_device():
    with tempfile.TemporaryDirectory() as root:
        os.mkdir(root + "/proc")
        with open(root + "/proc/swaps", "w", encoding="ascii") as swaps:
            swaps.write("Filename\tType\tSize\tUsed\tPriority\n/dev/a partition\t1\t0\t-2\n")
        args = ["translate", PID, "0x50000000"]
        walks = Run(*args, "-J", "-o", "swap_device", env={"root": root}).json()["walks"]
        expect(walks, [{"swap_device": "/dev/a"}])
        expect_in("slot 0x22 of /dev/a", Run(*args, env={"root": root}).good().out)
        with open(root + "/proc/swaps", "a", encoding="ascii") as swaps:
            swaps.write("/dev/b partition\t1\t0\t-3\n")
        expect_in("slot 0x22 of one of /dev/a, /dev/b", Run(*args, env={"root": root}).good().out)
    expect_in("slot 0x22 of swap area 1, whose name is not known", Run(*args).good().out)


def test_kernel_addresses():
    out = Run("translate", "--kernel", "0xffff888000000123", "0x1000").good().out
    for part in ("0xffff888000000123  direct-map: all physical memory", "(0x0 << 12) | 0x123 = 0x123",
                 "the kernel only: read, write\n", "0x1000  not an address of the kernel's half"):
        expect_in(part, out)
    walks = Run("translate", "0xffff888000000123", "0xffff900000000000", "--kernel", "-J", "-o",
                "address,region,kind,pa").json()["walks"]
    expect(walks, [
        {"address": "0xffff888000000123", "region": "direct-map", "kind": "page", "pa": "0x123"},
        {"address": "0xffff900000000000", "region": "hole", "kind": "none", "pa": None}])
    for args in (["translate", "--kernel", "0xffff888000000000"],
                 ["pages", "--kernel", "0xffff888000000000+4096"]):
        run = Run(*args, env={"unprivileged": 1})
        expect((run.status, run.out), (1, ""))
        expect_in("addresses of the kernel's half need CAP_SYS_ADMIN", run.err)
        expect_in("cannot be found on this machine", Run(*args, env={"ioctl_errno": 95}).err)
    for args, part in ((["pages", "--kernel"], "which range?"),
                       (["pages", "--kernel", "0x1000"], "not an address of the kernel's half"),
                       (["translate", "--kernel", "1-0"], "'1-0'"),
                       (["translate", "--kernel", "0xffff888000000000", "-J", "-o", "fill"],
                        "'fill'")):
        run = Run(*args)
        expect((args, run.status, run.out), (args, 2, ""))
        expect_in(part, run.err)


def test_addresses_that_are_none():
    """They are answered, and the answer says what they are."""
    out = Run("translate", PID, "0xffff888000000000", "0x800000000000", "0x7ffffffff000").good().out
    expect(out.count("no-vma"), 3)
    expect(out.count("user space, which ends at 0x7ffffffff000"), 3)
    expect(out.count("see --kernel"), 1)
    run = Run("translate", PID, "0xffff888000000000", "0xffff888000001000", "-r")
    expect(run.good().err.count("--kernel"), 1)
    rows = Run("fault", PID, "-r", "-n", "--read", "-o", "outcome,signal,si_code",
               "0xffff888000000000", "0x800000000000", "0x7ffffffff000", "0x9").lines()
    expect(rows, [["sigsegv-maperr", "11", "1"], ["sigsegv", "11", "128"],
                  ["sigsegv-maperr", "11", "1"], ["sigsegv-maperr", "11", "1"]])


def test_fault():
    faults = Run("fault", PID, "-J", "0x402123").json()["faults"]
    expect([fault["access"] for fault in faults], ["read", "write", "exec"])
    expect(faults[0], {"va": "0x402123", "access": "read", "outcome": "minor",
                       "reason": "file-cached", "signal": 0, "si_code": 0, "minor": 1, "major": 0,
                       "level": "pte", "bytes": 4096, "origin": "none", "effects": "around,retry"})
    expect(faults[1], {"va": "0x402123", "access": "write", "outcome": "sigsegv-accerr",
                       "reason": "not-writable", "signal": 11, "si_code": 2, "minor": 0,
                       "major": 0, "level": "pte", "bytes": 0, "origin": "none", "effects": "-"})
    rows = Run("fault", PID, "-r", "-n", "-o", "access,outcome,minor", "0x50000000", "--write",
               "--read").lines()
    expect(rows, [["read", "major", "-"], ["write", "major", "-"]])
    out = Run("fault", PID, "0x402123", "0x9", "--exec").good().out
    for part in ("exec: minor: ", "because file-cached: the page is in the page cache",
                 "the CPU at pgd: pass, pud: pass, pmd: pass, pte: not present\n",
                 "faults: 1 minor, 0 major", "the entry then maps 4096 bytes", "around: ",
                 "exec: sigsegv-maperr: ", "because not-mapped: "):
        expect_in(part, out)
    assert "read: " not in out and "write: " not in out, out
    run = Run("fault", PID, "-J", "-o", "outcome,reason", "--read", "0x402123",
              env={"unprivileged": 1})
    expect(run.json()["faults"], [{"outcome": "unknown", "reason": "cache-unseen"}])
    expect_in("CAP_SYS_ADMIN", run.err)
    rows = Run("fault", PID, "-r", "-n", "-o", "va", "--read", stdin=b"0x9\nx\n0xa\n")
    expect((rows.status, rows.out), (1, "0x9\n0xa\n"))
    for args in (["fault"], ["fault", PID, "0x1", "-"], ["fault", PID, "x"],
                 ["fault", PID, "0x1", "-o", "nonsense"]):
        expect((args, Run(*args).status), (args, 2))
    for errno, part in ((3, "4242"), (6, "4242"), (25, "older"), (12, "memory")):
        run = Run("fault", PID, "0x1", env={"ioctl_errno": errno})
        expect(run.status, 1)
        expect_in(part, run.err)


def test_translate_stdin():
    text = b"# code\n\n 0x400000 \nrubbish\n0x9\n"
    for args in ([], ["-"]):
        run = Run("translate", PID, "-r", "-n", "-o", "address,kind", *args, stdin=text)
        expect((run.status, run.out), (1, "0x400000 page\n0x9 no-vma\n"))
        expect_in("line 4: 'rubbish'", run.err)
    expect(Run("translate", PID, stdin=b"").good().out, "")
    expect(Run("translate", PID, "-J", stdin=b"").json(), {"walks": []})
    many = b"".join(b"%d\n" % (0x400000 + i) for i in range(5000))
    walks = Run("translate", PID, "-J", stdin=many).json()["walks"]
    expect([int(walk["address"], 16) for walk in walks], list(range(0x400000, 0x400000 + 5000)))


def test_translate_answers_before_it_asks_for_more():
    for options in ([], ["-r", "-n", "-o", "address"], ["-J"]):
        with subprocess.Popen([VMWALK, "translate", PID, *options], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE) as client:
            for address in (b"0x400001", b"0x400002"):
                client.stdin.write(address + b"\n")
                client.stdin.flush()
                seen = b""
                while address not in seen:   # tap.py ends a client that waits
                    chunk = os.read(client.stdout.fileno(), 4096)
                    assert chunk, seen
                    seen += chunk
            client.stdin.close()
            client.stdout.read()
            expect(client.wait(timeout=60), 0)


def test_show_json():
    shown = Run("show", PID, "-J").json()
    expect(list(shown), ["task", "mm", "vmas", "walks", "tables", "files"])
    expect(shown["task"], {"pid": 4242, "comm": "ca\\012t \u00e9", "uid": "0 1 2 3",
                           "policy": 0, "nice": -5,
                           "start_ns": 2250000000, "pc": None})
    expect(shown["mm"], {"pgd_pa": "0x1234000", "total_bytes": 1048576,
                         "code": "0x400000-0x403000"})
    expect([vma["name"] for vma in shown["vmas"]],
           ["/bin/a b\\012c", None, "/tmp/\\377\\376\"x\\134"])
    expect(shown["vmas"][2]["offset"], 4096)
    expect(shown["walks"][1], {"landmark": "code", "address": "0x400000", "va": "0x400000",
                               "level": "pte", "shift": 12, "kind": "page", "pa": "0x1000000"})
    expect(shown["walks"][2]["level"], None)
    expect(shown["tables"], [{"level": "pte", "entries": 512, "tables": 1, "used": 3,
                              "bytes": 4096}])
    expect(shown["files"][1], {"fd": 3, "mode": "-", "flags": "010000000", "type": "dir", "pos": 0,
                               "dev": "fe:01", "inode": 2, "path": "/a  b "})
    expect(Run(PID, "-J").json(), shown)


def test_show_text():
    out = Run("show", PID).good().out
    for section in ("task", "mm", "vmas", "walks", "tables", "files"):
        expect_in(f"[{section}]\n", out)
    for part in ("1.0M", "2.2s", "START", "/bin/a b", "scheduling policy"):
        expect_in(part, out)
    expect(Run(PID).good().out, out)
    rows = Run("show", PID, "-s", "vmas", "-r", "-n", "-o", "use,end").lines()
    expect(rows, [["code", "0x403000"], ["anon", "0x700000"], ["file", "0x800000"]])
    rows = Run("show", PID, "-s", "task", "-r", "-n", "-o", "nice,pid").lines()
    expect(rows, [["nice", "-5"], ["pid", "4242"]])
    expect(Run("show", PID, "-s", "mm", "-J", "-o", "total_bytes").json(),
           {"mm": {"total_bytes": 1048576}})
    two = Run("show", PID, "-s", "files,mm").good().out
    assert "[mm]" in two and "[files]" in two and "[vmas]" not in two, two


def test_show_of_a_process_without_address_space():
    report = (b"vmwalk-report 1\n[task]\npid:\t2\n[mm]\nnone:\tno address space\n"
              b"[vmas]\n# start end name\n[files]\n# fd path\n")
    expect(Run("show", "4242", "-J", report=report).json(),
           {"task": {"pid": 2}, "mm": {"none": "no address space"}, "vmas": [], "files": []})
    expect_in("no address space", Run("show", PID, report=report).good().out)


def test_show_of_something_newer():
    """Sections, keys and columns that this client does not know are shown as text."""
    report = b"vmwalk-report 1\n[new]\nkey:\t7\n[rows]\n# a b\n1 x y\n"
    expect(Run("show", PID, "-J", report=report).json(),
           {"new": {"key": "7"}, "rows": [{"a": "1", "b": "x y"}]})
    run = Run("show", PID, report=b"vmwalk-report 2\n")
    expect(run.status, 1)
    expect_in("another version", run.err)


def test_show_of_damaged_reports():
    for report in (b"", b"nonsense\n", REPORT[:-1], REPORT.replace(b"[mm]", b"[mm"),
                   REPORT + b"\0\n", REPORT.replace(b"pid:\t4242", b"pid:\t4242\npid:\t1")):
        run = Run("show", PID, report=report)
        expect(run.status, 1)
        expect_in("not a vmwalk report", run.err)
    number = REPORT.replace(b"pid:\t4242", b"pid:\t4242, \"x\": 1")
    expect(Run("show", PID, "-J", report=number).status, 1)


def test_names_that_are_not_utf8():
    """JSON is UTF-8; other bytes become escapes: the forms of RFC 3629, section 4."""
    names = (
        (b"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", "\u00e9\u20ac\U0001f600"),
        (b"\xef\xbf\xbd\xed\x9f\xbf\xf4\x8f\xbf\xbf", "\ufffd\ud7ff\U0010ffff"),
        (b"\xc0\xaf", r"\300\257"),
        (b"\xc1\xbf", r"\301\277"),
        (b"\xe0\x9f\xbf", r"\340\237\277"),
        (b"\xf0\x8f\xbf\xbf", r"\360\217\277\277"),
        (b"\xed\xa0\x80", r"\355\240\200"),
        (b"\xf4\x90\x80\x80", r"\364\220\200\200"),
        (b"\xf5\x80\x80\x80", r"\365\200\200\200"),
        (b"\x80", r"\200"),
        (b"\xc3", r"\303"),
        (b"\xe2\x82", r"\342\202"),
        (b"\xf0\x9f\x98", r"\360\237\230"),
        (b"\xe2\x82a", r"\342\202a"),
        (b"\xc3\xc3\xa9", "\\303\u00e9"),
    )
    for name, shown in names:
        report = b"vmwalk-report 1\n[files]\n# fd path\n3 /" + name + b"\n"
        expect(Run("show", PID, "-J", report=report).json()["files"][0]["path"], "/" + shown)


def test_large_tables():
    rows = 10001
    report = b"vmwalk-report 1\n[vmas]\n# start end inode name\n" + b"".join(
        b"0x%x 0x%x %d /f%d\n" % (i * 4096, i * 4096 + 4096, i, i) for i in range(rows))
    vmas = Run("show", PID, "-J", report=report).json()["vmas"]
    expect([vma["inode"] for vma in vmas], list(range(rows)))
    for options in ([], ["-r"]):
        lines = Run("show", PID, "-s", "vmas", *options, report=report).lines()
        expect(lines[0], ["START", "END", "INODE", "NAME"])   # once
        expect([line[2] for line in lines[1:]], [str(i) for i in range(rows)])


def test_errors_are_explained():
    for env, part in (({"module_missing": 1}, "insmod"),
                      ({"process_missing": 1}, "no process"),
                      ({"open_errno": 13}, "CAP_SYS_PTRACE"),
                      ({"ioctl_errno": 3}, "4242"),
                      ({"ioctl_errno": 6}, "4242"),
                      ({"ioctl_errno": 25}, "older"),
                      ({"ioctl_errno": 12}, "memory")):
        for args in (["maps", PID], ["pages", PID], ["translate", PID, "0x1"], ["frames", PID],
                     ["frames", PID, "--sum"], ["tables", PID]):
            run = Run(*args, env=env)
            expect((args, env, run.status), (args, env, 1))
            expect_in("vmwalk: ", run.err)
            expect_in(part, run.err)


def test_output_that_cannot_be_written():
    for args in (["maps", PID], ["pages", PID, "-J"], ["translate", PID, "0x1"], ["show", PID],
                 ["show", PID, "-H"], ["--help"], ["show", "--version"]):
        with open("/dev/full", "wb") as full:
            run = Run(*args, stdout=full)
        expect((args, run.status), (args, 1))
        expect(run.err.count("\n"), 1)
        expect_in("cannot write", run.err)


def test_closed_pipe():
    reader, writer = os.pipe()
    os.close(reader)
    run = Run("translate", PID, "0-0x100000000000", stdout=writer)
    os.close(writer)
    expect((run.status, run.err), (1, ""))   # and at once: the range would take weeks


def test_cost():
    run = Run("translate", PID, "--cost", "0x400000", "-r").good()
    expect_in("5 entries read, lock held 2 times, longest 100 ns", run.err)


def main():
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_")]
    failed = 0
    print(f"1..{len(tests)}")
    for number, (name, test) in enumerate(tests, 1):
        try:
            test()
            print(f"ok {number} - {name[5:]}", flush=True)
        except (AssertionError, ValueError, KeyError, IndexError,
                subprocess.SubprocessError) as error:
            failed += 1
            print(f"not ok {number} - {name[5:]}", flush=True)
            for line in f"{type(error).__name__}: {error}".splitlines():
                print("#", line)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
