"""Prints what a poetry.lock fixes for CPython 3.11 on linux-arm64, with the hashes of its files, as pip's requirements have it.

locked.py POETRY_LOCK
"""

import sys

from pip._vendor.packaging.markers import Marker

try:
    import tomllib
except ImportError:
    from pip._vendor import tomli as tomllib

THERE = {
    "implementation_name": "cpython", "implementation_version": "3.11.2", "os_name": "posix", "platform_machine": "aarch64",
    "platform_python_implementation": "CPython", "platform_release": "", "platform_system": "Linux", "platform_version": "",
    "python_full_version": "3.11.2", "python_version": "3.11", "sys_platform": "linux", "extra": "",
}
GROUPS = {"main", "build"}

with open(sys.argv[1], "rb") as file:
    packages = tomllib.load(file)["package"]
for package in packages:
    groups = GROUPS.intersection(package["groups"])
    markers = package.get("markers")
    # One marker for all groups, or one for each.
    wanted = [markers.get(group) for group in groups] if isinstance(markers, dict) else [markers]
    if groups and any(marker is None or Marker(marker).evaluate(THERE) for marker in wanted):
        hashes = " ".join(f"--hash={each['hash']}" for each in package["files"])
        print(f"{package['name']}=={package['version']} {hashes}")
