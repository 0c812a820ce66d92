"""Put the built editor among the static files under a name that holds its hash, with its licences.

Called by build.sh; needs nothing but Python. `sources()` is also what the test compares.
"""

import hashlib
import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent / "static" / "texts"
MANIFEST = STATIC / "editor.json"
LICENCES = STATIC / "editor-licences.txt"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sources() -> str:
    """One digest of everything that the bundle is made from."""
    files = [*sorted((HERE / "src").glob("*.js")), HERE / "package.json", HERE / "package-lock.json", HERE / "build.sh"]
    return digest("".join(f"{path.name} {digest(path.read_bytes())}\n" for path in files).encode())


def licences() -> str:
    """The licence of every package whose code is in the bundle, under its name and version."""
    locked = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    names = [name for name, package in locked.items() if name and not package.get("dev")]
    texts = []
    for name in sorted(names):
        text = (HERE / name / "LICENSE").read_text(encoding="utf-8").strip()
        texts.append(f"{name.removeprefix('node_modules/')} {locked[name]['version']}\n\n{text}\n")
    return f"\n{'-' * 72}\n\n".join(texts)


def publish() -> None:
    bundle = (HERE / "build" / "editor.js").read_bytes()
    name = f"editor-{digest(bundle)[:12]}.js"
    STATIC.mkdir(parents=True, exist_ok=True)
    for old in STATIC.glob("editor-*.js"):
        old.unlink()
    (STATIC / name).write_bytes(bundle)
    LICENCES.write_text(licences(), encoding="utf-8")
    manifest = {"file": name, "sha256": digest(bundle), "sources": sources()}
    MANIFEST.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    publish()
