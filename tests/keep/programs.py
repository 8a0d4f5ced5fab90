"""The programs that save a workbook with an edit in it, each as a process of its own with its time and memory. Judges nothing."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FORMATS = {".xlsx": "xlsx:Calc MS Excel 2007 XML", ".xlsm": "xlsm:Calc MS Excel 2007 VBA XML"}
OPENPYXL = """
import json, sys, warnings
import openpyxl
warnings.simplefilter("ignore")
source, target, changes = sys.argv[1:]
book = openpyxl.load_workbook(source, keep_vba=source.endswith(".xlsm"))
for change in json.load(open(changes)):
    sheet, place = change["place"].rsplit("!", 1)
    book[sheet][place] = change["value"]
book.save(target)
"""


class Failed(Exception):
    """A program that did not end as it should."""


def run(command, **more):
    """Runs a program to its end; its seconds, those on a processor, and its largest memory in MB. The system counts in what this
    process had at its largest, so this one must stay small."""
    with tempfile.TemporaryFile() as said:
        begun = time.monotonic()
        process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=said, stderr=said, **more)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        taken = time.monotonic() - begun
        if process.returncode:
            said.seek(0)
            raise Failed(f"{command[0]}: {said.read().decode(errors='replace')[-400:]}")
    return taken, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6


def changes(folder, edits):
    """A file that lists edits as plandesk reads them."""
    path = Path(folder) / "changes.json"
    path.write_text(json.dumps([{"place": place, "value": value} for place, value in edits]))
    return path


class Plandesk:
    """The program itself."""

    def __init__(self, program):
        self.program, self.name, self.edits = Path(program).resolve(), "plandesk", True

    def save(self, source, target, edits):
        with tempfile.TemporaryDirectory() as folder:
            command = [self.program, "update", source, "--changes", changes(folder, edits), "-o", target]
            return run(command, env={**os.environ, "PLANDESK_CONFIG": folder})


class Openpyxl:
    """openpyxl, where this Python has it."""

    def __init__(self):
        import openpyxl
        self.name, self.edits = f"openpyxl {openpyxl.__version__}", True

    def save(self, source, target, edits):
        with tempfile.TemporaryDirectory() as folder:
            return run([sys.executable, "-c", OPENPYXL, source, target, changes(folder, edits)])


class Other:
    """Any program that takes a workbook, the file to write and the file that lists the changes."""

    def __init__(self, program):
        self.program, self.name, self.edits = Path(program).resolve(), Path(program).name, True

    def save(self, source, target, edits):
        with tempfile.TemporaryDirectory() as folder:
            return run([self.program, source, target, changes(folder, edits)])


class LibreOffice:
    """LibreOffice, which only loads and saves here: without a macro it edits no cell."""

    def __init__(self):
        said = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=False).stdout.split()
        self.name, self.edits = f"LibreOffice {'.'.join(said[1].split('.')[:2])}" if len(said) > 1 else "LibreOffice", False
        self.profile = tempfile.TemporaryDirectory()

    def convert(self, form, target, sources):
        profile = f"-env:UserInstallation={Path(self.profile.name).as_uri()}"
        return run(["soffice", profile, "--headless", "--convert-to", form, "--outdir", target, *sources])

    def save(self, source, target, _):
        with tempfile.TemporaryDirectory() as folder:
            figures = self.convert(FORMATS[Path(source).suffix], folder, [source])
            written = Path(folder) / Path(source).name
            if not written.exists():
                raise Failed(f"LibreOffice did not open {source}")
            shutil.move(written, target)
            return figures


def others():
    """The other programs that are here, and why one is not."""
    found, missing = [], []
    try:
        found.append(Openpyxl())
    except ImportError:
        missing.append("openpyxl is not here")
    if shutil.which("soffice"):
        found.append(LibreOffice())
    else:
        missing.append("LibreOffice is not here")
    return found, missing


def middle(figures):
    """The medians of the times with the spread of the first, and the largest memory."""
    taken, at_work, memory = zip(*figures)
    return statistics.median(taken), min(taken), max(taken), statistics.median(at_work), max(memory)
