#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""One TAP stream out of several programs: tap.py PROGRAM... -- COMMAND ARG...

Each program prints TAP with a plan of its own; before the -- each word is a
program, after it stands one command line. A program that breaks its plan, or
exits with an error that no test explains, counts as a failed test.
"""
import os
import re
import subprocess
import sys

TIMEOUT = 300   # seconds for one program


def commands(argv):
    at = argv.index("--") if "--" in argv else len(argv)
    return [[program] for program in argv[:at]] + ([argv[at + 1:]] if argv[at + 1:] else [])


class Stream:
    def __init__(self):
        self.tests = 0
        self.failed = 0

    def result(self, passed, text):
        self.tests += 1
        self.failed += not passed
        print(f"{'ok' if passed else 'not ok'} {self.tests} - {text}", flush=True)

    def run(self, command):
        # The last word that is a file of ours names the suite.
        name = next(os.path.basename(word) for word in command
                    if os.path.basename(word).startswith("test_"))
        env = dict(os.environ, CMOCKA_MESSAGE_OUTPUT="TAP")
        try:
            done = subprocess.run(command, env=env, text=True, errors="replace", timeout=TIMEOUT,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        except subprocess.TimeoutExpired:
            self.result(False, f"{name}: not done after {TIMEOUT} s")
            return
        plan, seen, failed = None, 0, 0
        for line in done.stdout.splitlines():
            match = re.match(r"\s*1\.\.(\d+)", line)
            if match:
                plan = int(match[1])
                continue
            match = re.match(r"(not )?ok \d+(?: -)? (.*)", line)
            if not match:
                if line.strip() and not re.match(r"# (not )?ok - ", line):
                    print("#", line.lstrip("# "))
                continue
            seen += 1
            failed += bool(match[1])
            self.result(not match[1], f"{name}: {match[2]}")
        if not plan or seen != plan:
            self.result(False, f"{name}: {seen} results, {plan} planned")
        elif done.returncode and not failed:
            self.result(False, f"{name}: exit status {done.returncode}")


def main():
    stream = Stream()
    for command in commands(sys.argv[1:]):
        stream.run(command)
    print(f"1..{stream.tests}")
    return 1 if stream.failed or not stream.tests else 0


if __name__ == "__main__":
    sys.exit(main())
