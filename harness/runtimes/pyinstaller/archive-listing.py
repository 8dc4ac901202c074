"""Prints what PyInstaller's own readers find in each archive named on the command line, as JSON."""

import json
import sys

from PyInstaller.archive.readers import CArchiveReader


def listing(file):
    archive = CArchiveReader(file)
    modules = {}
    for name, entry in archive.toc.items():
        if entry[4] == "z":
            modules.update({module: list(place) for module, place in archive.open_embedded_archive(name).toc.items()})
    return {"toc": {name: list(entry) for name, entry in archive.toc.items()}, "options": archive.options, "modules": modules}


json.dump({file: listing(file) for file in sys.argv[1:]}, sys.stdout)
