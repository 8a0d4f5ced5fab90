"""What became of a workbook's parts: which are byte for byte as they were, which are there at all, and what is unsound. Runs no program."""

import io
import posixpath
import re
import zipfile
from urllib.parse import unquote
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parts(content):
    """The parts of a package by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist() if not name.endswith("/")}


def kinds(held):
    """The content type of each part."""
    types = ElementTree.fromstring(held["[Content_Types].xml"])
    named, ends = {}, {}
    for entry in types:
        if entry.tag.endswith("}Override"):
            named[entry.get("PartName").lstrip("/")] = entry.get("ContentType")
        else:
            ends[entry.get("Extension").lower()] = entry.get("ContentType")
    return {name: named.get(name, ends.get(name.rpartition(".")[2].lower())) for name in held}


def kept(before, after):
    """The parts that are byte for byte as they were, those that are there at all, by name or else by their kind, and those that are not."""
    old, new = parts(before), parts(after)
    old_kinds, new_kinds = kinds(old), kinds(new)
    same = [name for name in old if new.get(name) == old[name]]
    there = [name for name in old if name in new]
    # Another program may name a part otherwise; each new name stands for one that is missed.
    spare = [new_kinds[name] for name in new if name not in old]
    gone = []
    for name in old:
        if name in new:
            continue
        if old_kinds[name] in spare:
            spare.remove(old_kinds[name])
            there.append(name)
        else:
            gone.append(name)
    return same, there, gone


def unsound(content):
    """What Excel would mend or refuse in a workbook, in words; nothing where it is sound."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            names = book.namelist()
            if book.testzip() is not None:
                return ["a checksum is wrong"]
        held = parts(content)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        return [f"the zip: {error}"]
    found = ["two parts of one name"] if len(set(names)) != len(names) else []
    read = {}
    for name, part in held.items():
        if name.endswith((".xml", ".rels")):
            try:
                read[name] = ElementTree.fromstring(part)
            except ElementTree.ParseError as error:
                found.append(f"{name}: {error}")
    for name, root in read.items():
        if name.endswith(".rels"):
            found += relations(name, root, held)
    types = read.get("[Content_Types].xml")
    if types is not None:
        listed = [entry.get("PartName").lstrip("/") for entry in types if entry.tag.endswith("}Override")]
        found += [f"{name} has a content type and is not there" for name in listed if name not in held]
    styles = read.get("xl/styles.xml")
    looks = len(styles.findall(f"{MAIN}cellXfs/{MAIN}xf")) if styles is not None else None
    texts = read.get("xl/sharedStrings.xml")
    shared = len(texts.findall(f"{MAIN}si")) if texts is not None else 0
    for name, root in read.items():
        if root.tag == f"{MAIN}worksheet":
            found += [f"{name}: {what}" for what in cells(root, looks, shared)]
    return found


def relations(name, root, held):
    folder = posixpath.dirname(posixpath.dirname(name))
    ids = [entry.get("Id") for entry in root]
    found = [f"{name}: two relationships of one id"] if len(set(ids)) != len(ids) else []
    for entry in root:
        target = unquote(entry.get("Target", ""))
        if entry.get("TargetMode") == "External" or target.startswith("#"):
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if path not in held:
            found.append(f"{name}: {target} is not there")
    return found


def number(letters):
    count = 0
    for letter in letters:
        count = count * 26 + ord(letter) - 64
    return count


def cells(root, looks, shared):
    """What is wrong with the rows, cells and merges of a sheet."""
    found, above = [], 0
    for row in root.iter(f"{MAIN}row"):
        at = int(row.get("r", above + 1))
        if at <= above:
            found.append(f"row {at} stands below row {above}")
        above, left = at, 0
        for cell in row.iter(f"{MAIN}c"):
            place = cell.get("r")
            match = re.fullmatch(r"([A-Z]{1,3})(\d+)", place) if place else None
            if place and (match is None or int(match[2]) != at):
                found.append(f"{place} stands in row {at}")
                continue
            column = number(match[1]) if match else left + 1
            if column <= left:
                found.append(f"{place} stands out of order")
            left = column
            if looks is not None and int(cell.get("s", 0)) >= looks:
                found.append(f"{place} has a style that is not there")
            value = cell.find(f"{MAIN}v")
            if cell.get("t") == "s" and (value is None or int(value.text) >= shared):
                found.append(f"{place} has a text that is not there")
    merges = [merge.get("ref") for merge in root.iter(f"{MAIN}mergeCell")]
    areas = []
    for merge in merges:
        (left, top), (right, bottom) = [(number(column), int(row)) for column, row in re.findall(r"([A-Z]+)(\d+)", merge + ":" + merge)[:2]]
        clash = next((held for held in areas if left <= held[2] and held[0] <= right and top <= held[3] and held[1] <= bottom), None)
        if clash:
            found.append(f"{merge} overlaps another merge")
        areas.append((left, top, right, bottom))
    return found
