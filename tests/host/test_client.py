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

    def __init__(self, *args, stdin=b"", stdout=subprocess.PIPE, env=None, report=REPORT):
        with tempfile.NamedTemporaryFile() as file:
            file.write(report)
            file.flush()
            settings = {f"FAKE_{name}": str(value) for name, value in (env or {}).items()}
            done = subprocess.run(
                [VMWALK, *args], input=stdin, stdout=stdout, stderr=subprocess.PIPE, timeout=60,
                env=dict(os.environ, LC_ALL="C.UTF-8", FAKE_report=file.name, **settings))
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
                 ["maps", PID, "-o", ""], ["translate", PID, "-", "0x1000"]):
        run = Run(*args)
        expect((args, run.status, run.out), (args, 2, ""))
        expect_in("vmwalk", run.err)
    expect_in("'nonsense'", Run("maps", PID, "-o", "start,nonsense").err)
    expect_in("'nonsense'", Run("nonsense").err)


def test_help_and_version():
    for command in ("show", "translate", "maps", "pages"):
        for option in ("-h", "--help", "--usage"):
            expect_in("vmwalk " + command, Run(command, option).good().out)
        expect_in(command, Run("--help").good().out)
        for option in ("-V", "--version"):
            expect_in("vmwalk test", Run(command, option).good().out)
    expect_in("vmwalk test", Run("-V").good().out)


def test_list_columns():
    for command in ("show", "translate", "maps", "pages"):
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
    expect(sections, {"task", "mm", "vmas", "walks", "tables", "files"})


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
        for args in (["maps", PID], ["pages", PID], ["translate", PID, "0x1"]):
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
