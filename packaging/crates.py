"""What is linked into the binary for one target: the crates, their licences (notices), and the bill of materials."""

import hashlib
import json
import pathlib
import re
import subprocess
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent

# What may be linked. A crate whose expression cannot be met by these ends the build.
PERMITTED = {
    "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CDLA-Permissive-2.0",
    "ISC", "MIT", "MPL-2.0", "Unicode-3.0", "Unlicense", "Zlib",
}  # fmt: skip

# Files that hold the text of a licence, or what it asks to be handed on.
TEXTS = re.compile(r"licen[cs]e|copying|copyright|notice", re.IGNORECASE)

# A crate of a registry in Cargo.lock, in which each has its lines in this order. Python reads TOML since 3.11 only, and
# the machines that build for Windows have 3.9.
LOCKED = re.compile(r'^name = "(.+)"\nversion = "(.+)"\nsource = ".+"\nchecksum = "(.+)"$', re.MULTILINE)


class Refused(Exception):
    """Why nothing is packaged."""


def output(*command):
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def metadata():
    """`cargo metadata`: what Cargo.toml says of every package."""
    return json.loads(output("cargo", "metadata", "--locked", "--format-version", "1"))


def linked(target, described):
    """The packages that the binary is made of, without what only builds or tests it; ours is the first."""
    tree = output(
        "cargo", "tree", "--locked", "-p", "stepup", "-e", "normal,no-proc-macro", "--target", target,
        "--prefix", "none", "-f", "{p}",
    )  # fmt: skip
    wanted = {tuple(line.split()[:2]) for line in tree.splitlines() if line}
    found = [package for package in described["packages"] if (package["name"], "v" + package["version"]) in wanted]
    if len(found) != len(wanted):
        raise Refused(f"{len(wanted)} crates are linked, and {len(found)} are described")
    return sorted(found, key=lambda package: (package["name"] != "stepup", package["name"], package["version"]))


def permitted(expression):
    """Whether an SPDX expression can be met: one of its alternatives, each of its parts."""
    flat = expression.replace("/", " OR ")
    while group := re.search(r"\(([^()]*)\)", flat):
        flat = flat[: group.start()] + ("MIT" if permitted(group[1]) else "refused") + flat[group.end() :]
    alternatives = re.split(r"\s+OR\s+", flat)
    return any(all(part.strip() in PERMITTED for part in re.split(r"\s+AND\s+", one)) for one in alternatives)


def licence(package):
    """The licence's expression, as SPDX writes it today."""
    expression = package["license"]
    if not expression or not permitted(expression):
        raise Refused(f"{package['name']} {package['version']}: licence {expression!r} is not permitted")
    return expression.replace("/", " OR ")


def standard(text, owner):
    return f"Copyright (c) {owner}\n\n" + (ROOT / f"packaging/{text}").read_text(encoding="utf-8").strip()


def texts(package):
    """The texts that came with a crate; without any, the standard's, of a licence that it is offered under."""
    folder = pathlib.Path(package["manifest_path"]).parent
    found = sorted(path for path in folder.iterdir() if path.is_file() and TEXTS.search(path.name))
    if found:
        return [path.read_text(encoding="utf-8", errors="replace").strip() for path in found]
    offered = licence(package).split(" OR ")
    if "Apache-2.0" in offered:
        return ["Apache License, Version 2.0: LICENSE, beside this file."]
    if "MIT" in offered:
        return [standard("MIT.txt", ", ".join(package["authors"]) or f"the authors of {package['name']}")]
    raise Refused(f"{package['name']} {package['version']}: its licence has no text")


def notices(packages):
    """Every crate that is not ours with its licence, its source, and each text once with the crates that it is of."""
    lines = ["Third-party software in stepup", "", "Crates, with the licence each is offered under and where its source is:", ""]
    owners = {}
    for package in packages:
        if not package["source"]:
            continue
        name = f"{package['name']} {package['version']}"
        source = package["repository"] or package["homepage"] or f"registry package {package['name']}"
        lines.append(f"  {name}: {licence(package)}; {source}")
        for text in texts(package):
            owners.setdefault(text, []).append(name)
    for text, names in owners.items():
        lines += ["", "=" * 80, "Of " + ", ".join(dict.fromkeys(names)) + ":", "", text]
    musl = standard("MIT.txt", "2005-2020 Rich Felker, et al.")
    lines += ["", "=" * 80, "Of musl, in the static binaries for Linux:", "", musl]
    lines += ["", "=" * 80, "Rust's standard library: COPYRIGHT-rust-library.html, beside this file."]
    return "\n".join(lines) + "\n"


def rust_library_notices():
    """The file that comes with the compiler."""
    sysroot = pathlib.Path(output("rustc", "--print", "sysroot").strip())
    path = sysroot / "share/doc/rust/COPYRIGHT-library.html"
    if not path.is_file():
        raise Refused(f"the compiler came without {path}")
    return path.read_bytes()


def bill_of_materials(packages, target, described, when):
    """CycloneDX 1.5, the same bytes for the same sources."""
    locked = LOCKED.findall((ROOT / "Cargo.lock").read_text(encoding="utf-8"))
    checksums = {(name, version): checksum for name, version, checksum in locked}

    def component(package):
        url = f"pkg:cargo/{package['name']}@{package['version']}"
        whole = {
            "type": "library" if package["source"] else "application",
            "bom-ref": url,
            "name": package["name"],
            "version": package["version"],
            "licenses": [{"expression": licence(package)}],
            "purl": url,
        }
        if package["source"]:
            whole["hashes"] = [{"alg": "SHA-256", "content": checksums[package["name"], package["version"]]}]
        return whole

    references = {package["id"]: component(package)["bom-ref"] for package in packages}
    dependencies = [
        {
            "ref": references[node["id"]],
            "dependsOn": sorted(references[one] for one in node["dependencies"] if one in references),
        }
        for node in described["resolve"]["nodes"]
        if node["id"] in references
    ]
    components = [component(package) for package in packages]
    ours = components[0]
    seed = json.dumps([target, components], sort_keys=True)
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.UUID(hashlib.sha256(seed.encode()).hexdigest()[:32], version=5)}",
        "version": 1,
        "metadata": {
            "timestamp": when.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": ours,
            "properties": [{"name": "cargo:target", "value": target}],
        },
        "components": components[1:],
        "dependencies": dependencies,
    }
    return json.dumps(document, indent=1) + "\n"
